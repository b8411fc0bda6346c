"""Numerals as numbers: 1.2万, 三点二亿, 二十一, 一万二, 三分之二."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.units import ARABIC, HAN, SCALE, folded

_DIGITS = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7}
SCALES |= {"百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 100}


_AMOUNT = re.compile(rf"(?:(?:{ARABIC})(?:{SCALE})?)+")
_AMOUNT_PART = re.compile(rf"({ARABIC})({SCALE})?")
_SHARE = re.compile(rf"(百|千|万|{HAN})分之({HAN}|{ARABIC})")
_HAN = re.compile(rf"{HAN}")
_SECTION = re.compile(
    r"(?:([一二两三四五六七八九])?千)?(?:零?([一二两三四五六七八九])?百)?(?:零?([一二三四五六七八九])?十)?零?([一二两三四五六七八九])?"
)


def parse_numeral(said: str) -> Decimal | None:
    """The number that a numeral says, Arabic or Chinese, in any scale; None where it is not one numeral.

    百分之X, 千分之X and 万分之X are X, as they are printed; other fractions are shares.

    >>> parse_numeral("1.2万"), parse_numeral("三点二亿"), parse_numeral("百分之五"), parse_numeral("一二三四五六七")
    (Decimal('12000'), Decimal('320000000'), Decimal('5'), Decimal('1234567'))
    """
    said = re.sub(r"\s|[余多]$", "", folded(said)).replace("，", ",")
    if _AMOUNT.fullmatch(said):
        parts = [
            (Decimal(number.replace(",", "")), SCALES.get(scale, 1))
            for number, scale in _AMOUNT_PART.findall(said)
        ]
        scales = [scale for _, scale in parts]
        if scales != sorted(set(scales), reverse=True):
            return None
        return tidy(sum((number * scale for number, scale in parts), Decimal(0)))
    share = _SHARE.fullmatch(said)
    if share:
        part, whole = parse_numeral(share[2]), parse_numeral(share[1])
        if share[1] in ("百", "千", "万", "一百", "一千") or not part or not whole:
            return part
        return part / whole
    number = _han_number(said) if _HAN.fullmatch(said) else None
    return None if number is None else tidy(number)


def tidy(number: Decimal) -> Decimal:
    """A whole number without decimals: 52000, not 52000.0."""
    return number.quantize(Decimal(1)) if number < 10**20 and number == number.to_integral_value() else number


def _han_number(said: str) -> Decimal | None:
    whole, point, decimals = said.partition("点")
    if point:
        digits = decimals.rstrip("百千万亿")
        lower = Decimal(int("".join(str(_DIGITS[c]) for c in digits))).scaleb(-len(digits))
        upper = _han_number(whole)
        return (
            None
            if upper is None or upper >= 10**4
            else (upper + lower) * SCALES.get(decimals[len(digits) :], 1)
        )
    if len(whole) > 1 and all(character in _DIGITS for character in whole):
        return Decimal(int("".join(str(_DIGITS[character]) for character in whole)))
    if whole == "零":
        return Decimal(0)
    for scale, value in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = whole.rpartition(scale)
        if found:
            high = _han_number(head) if head else None
            low = _han_number(tail.removeprefix("零")) if tail else Decimal(0)
            if low is not None and len(tail) == 1:
                low *= value // 10  # 一万二 is 12,000
            return None if high is None or low is None or low >= value else high * value + low
    section = _SECTION.fullmatch(whole)
    if not whole or section is None:
        return None
    short = re.fullmatch(r"(.*[百千])([一二三四五六七八九])", whole)
    if short:  # 五百八 is 580
        return (_han_number(short[1]) or 0) + Decimal(_DIGITS[short[2]] * _SMALL[short[1][-1]] // 10)
    total = Decimal(0)
    for digit, sign, value in zip(section.groups(), ("千", "百", "十", ""), (1000, 100, 10, 1), strict=True):
        if digit:
            total += _DIGITS[digit] * value
        elif sign and sign in whole:
            total += value
    return total
