"""Metrics without a number: 争取更多…获评, 排名提升, 数量增长 (only of what can be counted or ranked)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.commitment import Metric
from ingest.indicators import before_figure, clean, coordinated, shortened

WORDINGS = re.compile(
    r"(?P<ranked>(?:排名|位次|名次|排位)(?:持续|明显|稳步|大幅|进一步|不断|有所|实现|再)*(?:提升|前移|上升|进位|靠前|提高|晋位|跃升)(?![至到]))|"
    r"(?<=争取|培育|打造|创建|引进|推动|吸引|促成|形成|制定)(?P<more>更多)(?!的?(?:了|地(?!方)|于|要|精力|时间|人民|人享|机会|元素|力量|依靠))"
    r"(?P<what>[^，。；、]{0,14}?)(?:(?P<gained>获评|入选|获批|列入|进入|成为|通过|跻身)(?P<honour>“[^”]{1,14}”|[^，。；、]{1,10})|(?P<noun>企业|产品|项目|标准|品牌|案例|单位|专利|商标|人才|平台|试点|示范区|县市区?)(?=[，。；、！”]|$))|"
    r"(?P<count>(?:数量|总量|件数|户数|家数|拥有量)(?:持续|明显|稳步|大幅|进一步|不断|有所|实现|快速)*(?P<grown>增长|增加|提升|提高|扩大))(?![0-9０-９了到至]|[^，。；]{0,6}[%％])"
)


def worded(before: str, wording: re.Match[str]) -> Iterator[Metric]:
    """更多产品获评“…”, 排名提升, 数量增长: what is to grow without a number."""
    if wording["more"]:
        what = wording["what"] + (wording["noun"] or "")
        name = f"{wording['gained']}{wording['honour']}的{what}数" if wording["gained"] else what
        yield Metric(shortened(name), "increase", wording["more"], None)
        return
    noun = (wording["ranked"] or wording["count"])[:2]
    if wording["count"]:
        noun = re.match(r"数量|总量|件数|户数|家数|拥有量", wording["count"])[0]  # type: ignore[index]
    value = wording["ranked"] or wording["count"]
    before = re.sub(r"(?:得分|成绩|等次)[^、]*[、和]$", "", before)
    for name in coordinated(clean(before_figure(before)[0])):
        yield Metric(shortened(name + noun), "increase", value, None)
