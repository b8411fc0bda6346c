"""When a sentence speaks of, and whether it reports or plans.

A speech of 2024 reviews 2023 and plans 2024; “去年” in it is 2023. Years resolve by the document's own year, never by today.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from corpus.document import Metadata
from corpus.text import clauses, fold

Tense = Literal["report", "plan", "either"]
LONG_REVIEW = 2  # years; what is told of five years together is of none of them

_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?:年|[—\-至到](?=20[0-4]\d年)|、(?=20[0-4]\d))")
_BY_YEAR = re.compile(r"(?:到|至|在)((?:20)\d\d)年(?:底|末|前|内)?|((?:20)\d\d)年(?:底|末)?(?:之|以)?前")
_RELATIVE = (
    ("今年", 0),
    ("本年", 0),
    ("年内", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
    ("下年", 1),
    ("过去一年", -1),
    ("一年来", -1),
)
_REPORTS = re.compile(
    r"了|已(?!经?要)|完成(?!时限)|取得|累计|同比|比上年|比去年|增长了|下降了|达到了|没有(?:达到|完成|建成|上线|兑现|办)|未(?:达|完成)|超过|超额|列全[省市国]第|排全[省市国]第|获|实现了|截至|进展情况"
)
_PLANS = re.compile(
    r"要(?!求)|确保|力争|争取|不低于|不少于|不超过|不高于|控制在|目标|计划|[底末内]前|前(?:完成|建成|达到|实现|上线)|将|拟|[年月周日季度]内|到位|力求|必须|务必|以上|以内|推动|开展"
)
_ASKS_REPORT = re.compile(
    r"(?<![划要拟想])建成了?(?:多少|几)|当时|以后来了|完成(?:了|没|得|情况)|了没|了吗|(?<![变定写说提有]了)(?<![变定写说提有])没有[?？]?$|实际|最后|最终|结果|后来|怎么样了|上去了|拿下|办结了?多少|查办了?多少|达到了|多少了|进展|兑现|已经|取得|做到[了哪]|推进到|上半年(?!要|计划|的?目标)|[了过](?:多少|几|哪)|截至|底是什么情况|有没有|是不是|实现了|排了?第几|列第几"
)
_ASKS_PLAN = re.compile(
    r"提出的|目标|想(?:增|要|让|达|把|做|实现|提|降)|要(?:达|到|进|求|实现|完成|提高|下降|降|增|减|控|压|保持|多|冲|求|办|建|改|抓|在|把|求|推|做|怎么|如何)|力争|争取|计划|预期|打算|准备|安排|部署|定(?:多少|的|了|在)|下半年|往后|往下|下一步|接下来|今后|下步|接着|要求是|最迟|之前|什么时候(?:完成|前)|时限|期限"
)

_SURELY_REPORTS = re.compile(
    r"已经?(?:全部|完成|实现|建成|获批|上线|打通|达|纠正|终止)|截至|没有(?:达到|完成|建成|上线|兑现)|未(?:达到|完成)|超过[^，。；]{1,12}目标|完成了|实际(?!需)|距[^，。；,;]{1,16}差|[，；]比(?:上年|去年|目标)|列全[省市国]第"
)
_HELD_AGAINST = r"(?:比|较|与|同|高于|低于|快于)[^，。；]{0,2}(?:上年|去年|前年|(?:19|20)\d\d年)(?:同期)?|从(?:上年|去年|前年|(?:19|20)\d\d年)的?(?=[\d.]+(?:万亿|[%％万亿]))|(?:是|为|相当于)(?:上年|去年|前年|(?:19|20)\d\d年)的?(?=[\d.]+倍)"
_NO_YEAR_OF_A_CLAUSE = re.compile(rf"{_HELD_AGAINST}|(?:到|至)(?:19|20)\d\d年[底末]?")
_YEAR_BESIDE = re.compile(_HELD_AGAINST)
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d年?(?:到|至|[-—~])+(?:19|20)\d\d年?")
_TOGETHER = re.compile(r"累计|一共|总共|合计|共(?:有|计)?|年均|期间|[三四五]年")
_SPAN_OF_A_PLAN = re.compile(r"“?十[一二三四]五”?(?:期间|时期|五年|这五年)")
_SEVERAL_YEARS = re.compile(
    r"[三四五]年|累计|年均|期间|时期|以来|(?:19|20)\d\d年?(?:到|至|[-—~])+(?:19|20)\d\d|十[一二三四]五"
)
_ASKS_OUTCOME = re.compile(
    r"[建培育打创]成了(?:多少|几)|完成(?:了|没|得怎|情况)|了没|(?<![高低多少大小快慢变])了吗|实际|后来|怎么样了|当时|截至|以后来了|进展|兑现|齐了|上了没|没有[?？]?$|追上|[哪几]一?步了|最后.{0,12}(?:了|吗|没)|结果"
)


def speaks_of(
    text: str,
    path: Sequence[str],
    metadata: Metadata,
    tense: Tense,
    reviewed: tuple[int, int] | None = None,
) -> frozenset[int]:
    """The years that a sentence speaks of; empty when nothing tells.

    Explicit and relative years in it come first, then years in the headings above it, then those that the ledger's rows of it
    report of, then the document's year, and the year before it, since a yearly speech reviews the past one. A year that is
    only a deadline (到2025年底) leaves the document's in, and one that a figure is only held against (比上年) tells nothing. tense: whether the sentence reports or plans.
    """
    own = metadata.year.value if metadata.year else None
    folded = _YEAR_BESIDE.sub(" ", fold(text))
    years = {int(year) for year in _YEAR.findall(folded)}
    deadlines = {int(a or b) for a, b in _BY_YEAR.findall(folded)}
    if own is not None:
        years |= {own + step for word, step in _RELATIVE if word in folded}
        if years and years <= deadlines and max(years) > own:
            years.add(own)
    if years:
        return frozenset(years)
    for heading in reversed(path):
        named = {int(year) for year in _YEAR.findall(fold(heading))}
        if named:
            return frozenset(named)
    if own is None:
        return frozenset()
    if reviewed is not None and tense == "report":
        return (
            frozenset(range(reviewed[0], reviewed[1] + 1))
            if reviewed[1] - reviewed[0] < LONG_REVIEW
            else frozenset()
        )
    kind = metadata.kind.value if metadata.kind else "other"
    if kind in ("plan", "ledger") or metadata.period is not None or tense == "plan":
        return frozenset({own})
    return frozenset({own - 1} if tense == "report" and _SURELY_REPORTS.search(folded) else {own - 1, own})


def years_of_clauses(text: str, own: int | None) -> list[frozenset[int]]:
    """For each clause of a sentence the years that it says, or else those of the clause before it; empty where nothing tells.

    own: the year that 今年 is. A year that something is compared with (比去年) or that is only a deadline (到2025年) tells nothing.
    """
    found: list[frozenset[int]] = []
    said: frozenset[int] = frozenset()
    for span in clauses(text):
        clause = _NO_YEAR_OF_A_CLAUSE.sub(" ", fold(text[span.start : span.end]))
        years = {int(year) for year in _YEAR.findall(clause)}
        if own is not None:
            years |= {own + step for word, step in _RELATIVE if word in clause}
        said = frozenset(years) or said
        found.append(said)
    return found


@lru_cache(maxsize=16_384)
def tense_of(text: str) -> Tense:
    """Whether a sentence reports what was, plans what is to be, or could be either."""
    folded = fold(text)
    if _SURELY_REPORTS.search(folded):
        return "report"
    reports, plans = bool(_REPORTS.search(folded)), bool(_PLANS.search(folded))
    if reports == plans:
        return "either"
    return "report" if reports else "plan"


def span_asked(folded: str) -> str:
    """The years that a question asks of together (2013到2017年一共, 十三五期间), as it says them; "" where it asks of none so."""
    found = _SPAN_OF_YEARS.search(folded)
    if found and _TOGETHER.search(folded):
        return found.group()
    plan = _SPAN_OF_A_PLAN.search(folded)
    return plan.group() if plan else ""


def says_several_years(folded: str) -> bool:
    """Whether a sentence tells of several years together (五年累计, 年均, 十三五时期)."""
    return _SEVERAL_YEARS.search(folded) is not None


def asks_outcome(folded: str) -> bool:
    """Whether a question asks what came of a plan, so that the plan itself is no answer."""
    return bool(_ASKS_OUTCOME.search(folded))


def tense_asked(folded: str) -> Tense:
    """Whether a question asks for what was or for what is to be."""
    reports, plans = bool(_ASKS_REPORT.search(folded)), bool(_ASKS_PLAN.search(folded))
    if reports == plans:
        return "either"
    return "report" if reports else "plan"
