"""Figures of official prose: 98％, 5.2万户, 百分之五, 三至五名, 前6名, 翻一番, 全覆盖, 零事故, and masked ones (XX万户).

A year, a date, an item number, a hotline, a slogan (“四个带头”, “5+N”) or an article (一项) is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.document import Span
from ingest.figure_pattern import FIGURE, UPPER_END
from ingest.numbers import SCALES, parse_numeral, tidy
from ingest.units import MASK, PLAIN_END, SAME_BASE, folded

__all__ = ["Figure", "Shape", "figures", "parse_numeral"]

Shape = Literal["number", "percent", "points", "rank", "multiple", "whole", "word"]
_BEFORE = 8  # characters of context to the left of a span
_SHARES = {"百": "%", "千": "‰", "万": "‱"}
_MASKED = re.compile(MASK)
_END = re.compile(PLAIN_END)
_LEVEL = re.compile(
    r"(?:达到|达|为|至|到|超过?|突破|不(?:低|少|高|多)于|不超过|增长|下降|提高|提升|近|约|逾|过|破|上限)了?$"
)
_AT_LEAST_ONE = re.compile(
    r"(?:至少|不少于|不低于|增加|达到?|超过?|每[^,，。；]{1,5})(?:有|建|设|新增|培育|开展|组织|举办|召开)?$"
)
_ROUND = re.compile(r"(?:近|超过?|过|逾|约|达到?|破|到|至)$")
_AIM = re.compile(r"(?:实现|确保|做到|保持|达到|力争|争取)[“‘]$")
_SPLIT = re.compile(
    r"([零一二两三四五六七八九十百千点]*[零一二两三四五六七八九十])(万亿|[千百]?亿|[千百]?万)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as said and what it says.

    value and upper are the printed number without its unit (digits half-width); a rank without 名 or 位 keeps its 第 or 前 there, and 全覆盖, 翻一番,
    前列 are printed whole. unit is as printed with its scale ("万户"). number and upper_number are in base units ("户"; 百分之 and
    成 as "%"). value and number are None where masked; number also where value is no number (前列). more: 余, 多, 几 follow the number.
    """

    span: Span
    said: str
    value: str | None
    unit: str | None
    number: Decimal | None
    base: str | None
    upper: str | None = None
    upper_number: Decimal | None = None
    masked: bool = False
    shape: Shape = "number"
    more: bool = False


def figures(text: str, within: Span) -> tuple[Figure, ...]:
    """The figures inside `within`, in order; they do not overlap, and text[figure.span] is figure.said."""
    start = max(0, within.start - _BEFORE)
    plain = folded(text[start : within.end])
    return tuple(_shared_units(list(_figures(text, plain, start, within.start - start)), text))


def _figures(text: str, plain: str, offset: int, at: int) -> Iterator[Figure]:
    while match := FIGURE.search(plain, at):
        at = match.end()
        if match["none"] is not None:
            continue
        made = _special(match) if match["token"] is None else _counted(match)
        if made is None:
            at = _resume(match)
            continue
        at = max(at, made.span.end)
        yield _placed(made, text, offset)


def _resume(match: re.Match[str]) -> int:
    """Where to look on after a token that is no figure: behind its number, for its unit may belong to another."""
    number_end = match.end("number") if match["token"] is not None and match["number"] else match.end()
    return max(match.start() + 1, number_end)


def _placed(figure: Figure, text: str, offset: int) -> Figure:
    span = Span(figure.span.start + offset, figure.span.end + offset)
    said = text[span.start : span.end]
    unit = "％" if figure.unit == "%" and "％" in said else figure.unit
    return replace(figure, span=span, said=said, unit=unit)


def _special(match: re.Match[str]) -> Figure | None:
    """A rank, a whole, a multiple or a zero."""
    said = match[0]
    span = Span(*match.span())
    if match["word"] is not None:
        return Figure(span, said, said, None, None, None, shape="word")
    if match["head"] is not None:
        return Figure(span, said, said, None, Decimal(1), "名", shape="rank")
    if match["whole"] is not None:
        return _whole(match)
    if match["multiple"] is not None:
        times = int(parse_numeral(match["times"] or "一") or 1)
        number = Decimal(2) ** times if match["double"] == "番" else Decimal(times + 1)
        return Figure(span, said, said, None, number, "倍", shape="multiple")
    if match["zero"] is not None:
        return _zero(match, span)
    return _rank(match, span)


def _rank(match: re.Match[str], span: Span) -> Figure:
    said = match[0]
    if match["ranked"] is None:  # 居第2; 第3.7个, where a line break was lost between rank 3 and 7个
        if _MASKED.search(said):
            return Figure(span, said, None, None, None, "名", masked=True, shape="rank")
        return Figure(span, said, said, None, parse_numeral(said[1:]), "名", shape="rank")
    number, upper, unit = match["rank"], match["rank_upper"], match["rank_unit"]
    base = "%" if unit == "%" else "名"
    if _MASKED.search(number):
        return Figure(span, said, None, unit, None, base, masked=True, shape="rank")
    above = parse_numeral(upper) if upper else None
    return Figure(span, said, number, unit, parse_numeral(number), base, upper, above, shape="rank")


def _whole(match: re.Match[str]) -> Figure:
    if match["cover"] is not None:
        cover = match["cover"]
        return Figure(Span(*match.span("cover")), cover, cover, None, Decimal(100), "%", shape="whole")
    said = match[0]
    arabic = "100" in said
    value = "100" if arabic else "百分之百" if "之" in said else "百分百"
    unit = "%" if arabic else None
    return Figure(Span(*match.span()), said, value, unit, Decimal(100), "%", shape="whole")


def _zero(match: re.Match[str], span: Span) -> Figure | None:
    before = match.string[max(0, span.start - 4) : span.start]
    if before.endswith(("“", "‘", "从", "归")) and not _AIM.search(before):
        return None  # “零差错”标准 is a slogan; 实现“零差错” is a target
    unit = "分" if match["zero"] == "扣分" else None
    base = "%" if match["zero"] == "增长" else unit
    return Figure(span, match[0], "零", unit, Decimal(0), base)


def _counted(match: re.Match[str]) -> Figure | None:
    """A number, share or mask with its unit, and the upper end where it is a range; None where it is no figure."""
    plain = match.string
    before = plain[max(0, match.start() - _BEFORE) : match.start()]
    upper = None if before.endswith(("从", "由")) else UPPER_END.match(plain, match.end())
    if upper is not None and not _is_range(match, upper):
        upper = None
    last = upper or match
    share, unit = match["of"], last["unit"]
    if not share and not _is_figure(match, last, before):
        return None
    value, scale = _split(last)
    base = _base(unit) if unit else None
    printed = (scale + (unit or "")) or None
    if share in _SHARES:
        base, printed = _SHARES[share], share + "分之"
    more = bool(last["more"] or last["over"])
    span = Span(match.start(), last.end())
    if match["mask"] is not None:
        return Figure(span, "", None, printed, None, base, masked=True, shape=_shape(base, None), more=more)
    if last["mask"] is not None:
        return None
    if share and share not in _SHARES:  # 三分之二
        value = f"{share}分之{value}"
    number = _number(value, scale, unit)
    if number is None:
        return None
    base = "%" if unit == "成" else base
    if upper is None:
        return Figure(span, "", value, printed, number, base, shape=_shape(base, number), more=more)
    low, low_scale = _split(match)
    lower = _number(low, low_scale, unit)
    if lower is not None and not low_scale and scale and lower * SCALES[scale] <= number:
        lower = tidy(lower * SCALES[scale])  # 3至5万户
    shape = _shape(base, None)
    return Figure(span, "", low, printed, lower, base, value, number, shape=shape, more=more)


def _split(token: re.Match[str]) -> tuple[str, str]:
    """The printed number and its scale: 三点二 and 亿; but 百万 and 三亿两千万 stay whole."""
    number, scale = token["number"] or "", token["scale"] or ""
    if scale or not number or number[0].isdigit():
        return number, scale
    split = _SPLIT.fullmatch(number)
    return (split[1], split[2]) if split else (number, scale)


def _base(unit: str) -> str:
    """The unit by one name, with what it is per: 元/月."""
    whole, slash, per = unit.partition("/")
    return SAME_BASE.get(whole, whole) + slash + per


def _number(value: str, scale: str, unit: str | None) -> Decimal | None:
    number = parse_numeral(value + scale)
    return None if number is None else tidy(number * 10 if unit == "成" else number)


def _shape(base: str | None, number: Decimal | None) -> Shape:
    if base in ("%", "‰", "‱"):
        return "whole" if number == 100 and base == "%" else "percent"
    return "points" if base in ("个百分点", "个基点") else "multiple" if base == "倍" else "number"


def _is_range(low: re.Match[str], high: re.Match[str]) -> bool:
    if (low["unit"] and low["unit"] != high["unit"]) or (low["mask"] is None) != (high["mask"] is None):
        return False
    return high["unit"] is not None or high["scale"] is not None or low["of"] is not None


def _is_figure(token: re.Match[str], last: re.Match[str], before: str) -> bool:
    """Whether a token counts something: by its unit or scale, or by the word before it where it has none."""
    plain, unit = token.string, last["unit"]
    number = token["number"] or ""
    if token["mask"] is not None or number[0].isdigit():
        if unit or last["scale"]:
            return True
        year = len(number) == 4 and number[:2] in ("19", "20")
        return not year and _LEVEL.search(before) is not None and _END.match(plain, last.end()) is not None
    if number[0] in "百千万亿":
        return unit is not None and number[0] != "万" and _ROUND.search(before) is not None
    if (
        unit is None
        or number == "零"
        or (last is token and re.fullmatch(r"[一二两三四五六七八九]{2,}", number))
    ):
        return False  # 三五家 says no number
    if number == "一" and last is token and not token["scale"] and not token["more"]:
        return unit in ("倍", "成", "%") or _AT_LEAST_ONE.search(before) is not None
    return not before.endswith(("第", "数", "几"))


def _shared_units(found: list[Figure], text: str) -> Iterable[Figure]:
    """Each figure; in 10.6万、3.8万、3.3万平方公里 those without a unit of their own share the base of the last."""
    base, next_start = None, -1
    kept = []
    for figure in reversed(found):
        joined = next_start >= 0 and text[figure.span.end : next_start] in ("、", "和", "及", "与")
        made = replace(figure, base=base) if figure.base is None and figure.unit and joined else figure
        base, next_start = made.base, made.span.start
        kept.append(made)
    return reversed(kept)
