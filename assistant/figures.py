"""Figures and times of official prose as values: 98％ = 百分之九十八, 1.2万 = 12,000 = 一万二千, 年底前 ≠ 年底.

All offsets are into the plain form of a text (`plain`), on which every comparison is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from corpus.text import fold

_HAN_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "两": 2,
    **{digit: n for n, digit in enumerate("一二三四五六七八九", 1)},
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6}
_SCALES |= {"十万": 10**5, "万": 10**4, "千": 10**3, "百": 100}
_HAN = "零〇一二两三四五六七八九十百千万亿"
_HAN_NUMBER = rf"[{_HAN}]+(?:点[零〇一二三四五六七八九]+)?"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千(?![克米瓦伏帕卡])|百(?!分))"
_UNIT_NAMES = (
    "个百分点|百分点|%|‰|个工作日|工作日|个小时|小时|分钟|秒|个季度|季度|个月|个半月|天|日|周|年|月|美元|元|人次|户次|家次|件次|批次|车次|"
    "场次|人|户|家|件|项|个|名|次|台|条|批|吨|公斤|千克|斤|克|毫克|公顷|亩|平方公里|平方千米|平方米|立方米|公里|千米|米|位|份|所|场|期|"
    "部|笔|辆|倍|类|级|分|张|本|篇|座|处|起|宗|例|款|种|只|套|组|支|间|层|号|届|岁|版|轮|遍|番|成|度|环|档|艘|头|瓶|袋|盒|箱|"
    "车|升|千瓦时|千瓦|兆瓦|县|镇|乡|村|条次|方面|门|道|步|片|栋|村次|字|页|课时|学时|国|省|市|区|局|站|点"
)
_UNIT = "|".join(sorted(_UNIT_NAMES.split("|"), key=len, reverse=True))
_SAME_UNIT = {"百分点": "个百分点", "日": "天", "公斤": "千克", "公里": "千米", "平方公里": "平方千米"}
_SAME_UNIT |= {"个工作日": "工作日", "个小时": "小时", "个季度": "季度", "个月": "月份数"}
_NUMBER = re.compile(
    rf"(?P<rank>第|(?<![底以之月日年末节会汛期目此当提])前)?(?:"
    rf"(?P<denominator>{_HAN_NUMBER}|[百千万])分之(?P<numerator>{_HAN_NUMBER}|{_ARABIC})|"
    rf"(?P<arabic>(?:{_ARABIC}{_SCALE}(?=\d))*{_ARABIC})(?P<more>[余多几])?(?P<scale>{_SCALE})?|"
    rf"(?P<han>{_HAN_NUMBER}))"
    rf"(?P<over>[余多](?!次|数|种|元|样|年|方|地|点|部))?(?P<unit>{_UNIT})?"
)
_BEFORE = re.compile(
    r"(?:(?P<min>不得?低于|不得?少于|不得?小于|至少|最少|≥|>=)|(?P<max>不得?超过|不得?高于|不得?大于|不得?多于|最多|至多|≤|<=)|"
    r"(?P<over>超过|超出|超|高于|大于|多于|突破|>)|(?P<under>低于|少于|小于|不足|不到|<)|(?P<about>大约|大概|约)|(?P<near>将近|接近|近)|"
    r"(?P<to>(?:提高|提升|增加|增长|扩大|上升|延长|增|升|降低|下降|减少|压缩|缩短|缩减|压减|降|减|缩)[到至]))[了为达到在]{0,2}$"
)
_CHANGE = re.compile(
    r"(?:(?P<up>增长|提高|提升|上升|增加|扩大|增)|(?P<down>下降|降低|减少|压缩|缩减|下滑|回落|压减|减|降))[了到至]?$"
)
_AFTER = re.compile(
    r"(?:(?P<min>(?:及|或)?以上|起(?!来|草|到|码|步|诉|点|色|重))|(?P<max>(?:及|或)?以下|[以之]?内(?!容|部|控|外|涵))|(?P<about>左右|上下)|(?P<over>[余多])|"
    r"(?P<after>[之以]?后(?![续勤台进]))|(?P<before>[之以]?前(?![后列]))|(?P<since>以?来))"
)
_TIME_UNITS = frozenset(["天", "工作日", "小时", "分钟", "秒", "周", "年", "月份数", "季度"])
_RANGE = re.compile(r"[-—–~至到]{1,2}")
_NO_FIGURE = re.compile(
    r"第一(?:时间|线|手|责任|书记|要务|资源|位的)|(?:^|(?<=[,;。:!?、]))第[一二三四五六七八九十]+[,、:]|十分(?!钟|之)"
)

_BOUND = r"(?P<bound>[之以]?前(?![后列茅沿期往])|[之以]后|[之以]?内(?!容|部|控|外)|以来|起|为?止)?"
_TIME = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d{2})(?:年度?|(?=[-—–~至到]{1,2}(?:19|20)\d{2}年))|(?P<hanyear>[一二][九零〇○][零〇○一二三四五六七八九]{2})年度?)?"
    r"(?:(?P<half>[上下]半年|全年|前[一二三1-3]个?季度|第?[一二三四1-4]季度|(?<![\d一二两三四五六七八九十几多数余])年(?=[之以]?内))|"
    r"(?:(?P<of>[年月周]|季度?)|(?<=年)|(?<=年度))(?P<part>[底末终]|初(?![步次始级期心中衷见]))|"
    r"(?<![\d一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?P<monthpart>[底末初]|[上中下]旬)?"
    r"(?:(?P<day>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?)?"
    + _BOUND
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at [start, end): value in its unit (万 and 亿 multiplied out; 百分之 and 成 as %), and what bounds it.

    bounds holds classes: min (不低于, 以上), max, over (超过, 多), under, about, near, to (提高到), from and upto (both ends of
    a range), after, before, since. unit is "" where none of the known ones follows; "第" and "前" begin ranks.
    """

    value: Fraction
    unit: str
    bounds: frozenset[str]
    change: int
    start: int
    end: int

    def same(self, other: Figure) -> bool:
        """Whether both say the same quantity, bounded alike, and neither tells as growth what the other tells as a fall."""
        alike = (self.value, self.unit, self.bounds) == (other.value, other.unit, other.bounds)
        return alike and self.change * other.change >= 0


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch or point of the calendar at [start, end). part is a half, a quarter or 年末; bound is 前, 后, 内 …, or ""."""

    year: int | None
    month: int | None
    day: int | None
    part: str
    bound: str
    start: int
    end: int

    @property
    def bare_year(self) -> bool:
        """Whether only a year is said."""
        return self.month is None and not self.part and not self.bound


def plain(text: str) -> str:
    """The form that is compared: folded, without white space but one blank between Latin words or numbers."""
    return re.sub(r"(?<=[0-9a-z])\s+(?=[0-9a-z])|\s+", lambda run: " " if _inside(run) else "", fold(text))


def _inside(run: re.Match[str]) -> bool:
    whole = run.string
    return (
        run.start() > 0
        and run.end() < len(whole)
        and (whole[run.start() - 1] + whole[run.end()]).isascii()
        and whole[run.start() - 1].isalnum()
        and whole[run.end()].isalnum()
    )


def value_of(numeral: str) -> Fraction:
    """The value of a Chinese numeral, with 点 and 万 and 亿.

    >>> value_of("一万二千"), value_of("九十八点五"), value_of("二〇二三")
    (Fraction(12000, 1), Fraction(197, 2), Fraction(2023, 1))
    """
    whole, _, decimals = numeral.partition("点")
    fraction = (
        Fraction(int("".join(str(_HAN_DIGITS[c]) for c in decimals)), 10 ** len(decimals)) if decimals else 0
    )
    if whole and all(character in _HAN_DIGITS for character in whole):
        return int("".join(str(_HAN_DIGITS[character]) for character in whole)) + Fraction(fraction)
    total = section = digit = 0
    for character in whole:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            scale = _SCALES[character]
            lower = section + digit
            total = (total + lower) * scale if scale > 10**4 else total + (lower or 1) * scale
            section = digit = 0
    return total + section + digit + Fraction(fraction)


def _arabic_value(amount: str) -> Fraction:
    total = Fraction(0)
    for number, scale in re.findall(rf"({_ARABIC})({_SCALE})?", amount):
        total += Fraction(number.replace(",", "")) * _SCALES.get(scale, 1)
    return total


def times(text: str) -> tuple[Time, ...]:
    """The calendar times in a plain text, in order."""
    return tuple(_times(text))


def _times(text: str) -> Iterator[Time]:
    for match in _TIME.finditer(text):
        said = match.groupdict()
        if not any(said[name] for name in ("year", "hanyear", "half", "part", "month")):
            continue
        year = (
            int(said["year"]) if said["year"] else int(value_of(said["hanyear"])) if said["hanyear"] else None
        )
        part = said["half"] or ""
        part = re.sub(r"第|个", "", part).translate(str.maketrans("一二三四", "1234"))
        if said["part"] or said["monthpart"]:
            part = (said["of"] or ("月" if said["month"] else "年")) + (said["part"] or said["monthpart"])
            part = re.sub(r"[底终]$", "末", part).replace("季度", "季")
        bound = re.sub(r"^[之以](?!来)|^为", "", said["bound"] or "")
        yield Time(year, _small(said["month"]), _small(said["day"]), part, bound, match.start(), match.end())


def _small(number: str | None) -> int | None:
    if not number:
        return None
    return int(number) if number.isdecimal() else int(value_of(number))


def figures(text: str) -> tuple[Figure, ...]:
    """The quantities in a plain text, in order. Calendar times, list labels and idioms (十分, 第一时间, 一是) are none."""
    characters = list(text)
    taken = [(time.start, time.end) for time in times(text)]
    for start, end in (*taken, *(match.span() for match in _NO_FIGURE.finditer(text))):
        characters[start:end] = "□" * (end - start)
    return tuple(_ranges("".join(characters)))


def _ranges(text: str) -> Iterator[Figure]:
    before: Figure | None = None
    for figure in _figures(text):
        current = figure
        if (
            before is not None
            and _RANGE.fullmatch(text[before.end : figure.start])
            and before.unit in ("", figure.unit)
        ):
            before = replace(before, unit=figure.unit, bounds=before.bounds | {"from"})
            current = replace(figure, bounds=figure.bounds | {"upto"})
        if before is not None:
            yield before
        before = current
    if before is not None:
        yield before


def _figures(text: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        said = match.groupdict()
        unit, rank = said["unit"] or "", said["rank"] or ""
        if said["han"] and not _counts(said["han"], unit, rank):
            continue
        if (
            said["arabic"]
            and text[match.start() - 1 : match.start()] == "("
            and text[match.end() : match.end() + 1] == ")"
        ):
            continue
        if said["denominator"]:
            value, unit = _share(said["denominator"], said["numerator"])
        elif said["arabic"]:
            value = _arabic_value(said["arabic"] + (said["scale"] or ""))
        else:
            value = value_of(said["han"])
        if unit == "成":
            value, unit = value * 10, "%"
        unit = _SAME_UNIT.get(unit, unit)
        if rank:
            unit = rank + ("" if unit in ("名", "位") else unit)
        bounds = set(_bounds(text, match, unit))
        if said["more"] or said["over"]:
            bounds.add("over")
        change = _CHANGE.search(text[max(0, match.start() - 4) : match.start()])
        sign = 0 if change is None else 1 if change["up"] else -1
        yield Figure(value, unit, frozenset(bounds), sign, match.start(), match.end())


def _counts(numeral: str, unit: str, rank: str) -> bool:
    """Whether a Chinese numeral is a quantity here: it has a unit or a rank, or is written out (一万二千, 九十八)."""
    if unit or rank:
        return numeral[0] not in "百千万亿"
    return len(numeral) >= 2 and numeral[0] not in "百千万亿" and bool(re.search(r"[十百千万亿]", numeral))


def _share(denominator: str, numerator: str) -> tuple[Fraction, str]:
    part = Fraction(numerator.replace(",", "")) if numerator[0].isdecimal() else value_of(numerator)
    if denominator in ("百", "一百"):
        return part, "%"
    if denominator in ("千", "一千"):
        return part, "‰"
    whole = value_of(denominator)
    return (part / whole if whole else part), "分之"


def _bounds(text: str, match: re.Match[str], unit: str) -> Iterator[str]:
    before = _BEFORE.search(text[max(0, match.start() - 8) : match.start()])
    if before and before.lastgroup:
        yield before.lastgroup
    after = _AFTER.match(text, match.end())
    if after and after.lastgroup:
        if after.lastgroup in ("after", "before", "since") and unit not in _TIME_UNITS:
            return
        yield after.lastgroup
