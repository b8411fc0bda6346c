"""The automatic numbers of Word: 一、 and 1. that stand in no text, only in numbering.xml.

A paragraph names a list (numId) and a level in it, itself or through its style. The list says how the number looks
(lvlText "（%1）", numFmt chineseCounting) and where it starts; the number itself comes from counting the paragraphs.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CLOSED = "、，。．.）)：:】〕"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list looks. style is the paragraph style bound to it ("" for none)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    arabic: bool = False
    restarts: bool = True


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstract list → level
    lists: dict[str, str] = field(default_factory=dict)  # numId → abstract list
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)  # numId → levels of its own
    restarts: dict[str, dict[int, int]] = field(
        default_factory=dict
    )  # numId → level → value to start again from
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that list `number` binds to paragraph style `style`; 0 where it binds none."""
        levels = self.levels.get(self.lists.get(number, ""), {})
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)

    def next(self, number: str, depth: int) -> str:
        """The number as printed for the next paragraph of list `number` at `depth` (0 is the topmost), "" for bullets."""
        abstract = self.lists.get(number)
        if abstract is None:
            return ""
        levels = self.levels.get(abstract, {}) | self.overrides.get(number, {})
        level = levels.get(depth, Level())
        counts = self._counts.setdefault(abstract, {})
        for restarted, value in self.restarts.pop(number, {}).items():
            counts[restarted] = value - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth and levels.get(d, Level()).restarts]:
            del counts[deeper]
        if level.format == "bullet":
            return ""
        return self._print(level, levels, counts)

    def _print(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        text = level.text
        for depth in range(9):
            if f"%{depth + 1}" in text:
                shape = levels.get(depth, Level())
                value = counts.setdefault(depth, shape.start)
                text = text.replace(
                    f"%{depth + 1}", print_number(value, "decimal" if level.arabic else shape.format)
                )
        return "".join(c for c in text if not "\ue000" <= c <= "\uf8ff")  # symbol fonts


def with_number(number: str, text: str) -> str:
    """`text` behind its number: 一、 and （一） close up, a bare 第一章 or a "1." before a figure keeps a blank."""
    if not number or not text:
        return number + text
    closed = number[-1] in _CLOSED and not (text[0].isdigit() and number[-1] in ".．")
    return number + ("" if closed or number[-1].isspace() else " ") + text


def parse_numbering(root: etree._Element | None, style_lists: dict[str, str]) -> Numbering:
    """The lists of numbering.xml; style_lists maps a list style's id to the numId that it stands for."""
    numbering = Numbering()
    if root is None:
        return numbering
    borrowed: dict[str, str] = {}
    for abstract in root.iter(f"{W}abstractNum"):
        identity = abstract.get(f"{W}abstractNumId", "")
        numbering.levels[identity] = dict(map(_level, abstract.findall(f"{W}lvl")))
        link = abstract.find(f"{W}numStyleLink")
        if link is not None:
            borrowed[identity] = link.get(f"{W}val", "")
    for number in root.iter(f"{W}num"):
        identity = number.get(f"{W}numId", "")
        numbering.lists[identity] = _value(number, "abstractNumId")
        for override in number.findall(f"{W}lvlOverride"):
            depth = _integer(override.get(f"{W}ilvl"), 0)
            restart = override.find(f"{W}startOverride")
            if restart is not None:
                numbering.restarts.setdefault(identity, {})[depth] = _integer(restart.get(f"{W}val"), 1)
            own = override.find(f"{W}lvl")
            if own is not None:
                numbering.overrides.setdefault(identity, {})[depth] = _level(own)[1]
    for identity, style in borrowed.items():
        lender = numbering.lists.get(style_lists.get(style, ""), "")
        if lender and not numbering.levels[identity]:
            numbering.levels[identity] = numbering.levels.get(lender, {})
    return numbering


def _level(element: etree._Element) -> tuple[int, Level]:
    level = Level(
        start=_integer(_value(element, "start"), 1),
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        style=_value(element, "pStyle"),
        arabic=element.find(f"{W}isLgl") is not None,
    )
    if _value(element, "lvlRestart") == "0":
        level = replace(level, restarts=False)
    return _integer(element.get(f"{W}ilvl"), 0), level


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _integer(text: str | None, default: int) -> int:
    try:
        return min(max(int(text or ""), 0), 32767)
    except ValueError:
        return default


def print_number(value: int, form: str) -> str:
    """`value` in one of Word's number formats; an unknown format prints as decimal, "none" as nothing.

    >>> print_number(21, "chineseCounting"), print_number(105, "chineseCountingThousand"), print_number(4, "upperRoman")
    ('二十一', '一百零五', 'IV')
    """
    printed = _chinese(value, form)
    if printed is None:
        printed = _western(value, form)
    return str(value) if printed is None else printed


def _chinese(value: int, form: str) -> str | None:
    if form in ("chineseCounting", "taiwaneseCounting"):
        return _counting(value).replace("零", "○")
    if form in ("chineseCountingThousand", "taiwaneseCountingThousand"):
        return _counting(value)
    if form == "japaneseCounting":
        return _counting(value).replace("零", "").replace("一百", "百").replace("一千", "千")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _counting(value).translate(_LEGAL)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
    if form == "ideographTraditional" and 1 <= value <= 10:
        return _STEMS[value - 1]
    if form == "ideographZodiac" and 1 <= value <= 12:
        return _BRANCHES[value - 1]
    if form == "ideographEnclosedCircle" and 1 <= value <= 10:
        return chr(0x3280 + value - 1)
    return None


def _counting(value: int) -> str:
    """1..99,999 in Chinese: 10 is 十, 21 is 二十一, 105 is 一百零五; beyond that in decimal."""
    if value == 0:
        return "零"
    if value >= 100_000:
        return str(value)
    if value >= 10_000:
        rest = value % 10_000
        return (
            _counting(value // 10_000)
            + "万"
            + (("零" if rest < 1000 else "") + _counting(rest) if rest else "")
        )
    printed, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            printed += ("零" if gap and printed else "") + _DIGITS[digit] + name
        gap = digit == 0
    return printed.removeprefix("一") if 10 <= value < 20 else printed


def _western(value: int, form: str) -> str | None:
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(value))
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letters = string.ascii_lowercase if form == "lowerLetter" else string.ascii_uppercase
        return letters[(value - 1) % 26] * min((value - 1) // 26 + 1, 30)  # Word: a … z, aa, bb
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form == "decimalEnclosedParen" and 1 <= value <= 20:
        return chr(0x2474 + value - 1)
    if form == "decimalEnclosedFullstop" and 1 <= value <= 20:
        return chr(0x2488 + value - 1)
    return None


def _roman(value: int) -> str:
    printed = ""
    for unit, letters in _ROMAN + _ROMAN_ONES:
        printed += letters * (value // unit)
        value %= unit
    return printed
