"""Of what sort a figure is, and how it is brought to the unit of its sort: what tells whether two figures can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.commitment import Metric

Sort = Literal["percent", "points", "rank", "person", "thing", "plain", "word", "other"]

_ALIKE = {  # base: (sort, how many of the sort's unit it is)
    "%": ("percent", "1"),
    "‰": ("percent", "0.1"),
    "成": ("percent", "10"),
    "个百分点": ("points", "1"),
    "公斤": ("kilogram", "1"),
    "斤": ("kilogram", "0.5"),
    "吨": ("kilogram", "1000"),
    "克": ("kilogram", "0.001"),
    "亩": ("mu", "1"),
    "公顷": ("mu", "15"),
    "平方公里": ("mu", "1500"),
    "米": ("metre", "1"),
    "公里": ("metre", "1000"),
    "分钟": ("minute", "1"),
    "小时": ("minute", "60"),
    "千瓦": ("kilowatt", "1"),
    "兆瓦": ("kilowatt", "1000"),
    "吉瓦": ("kilowatt", "1000000"),
    "千瓦时": ("kilowatt-hour", "1"),
    "度电": ("kilowatt-hour", "1"),
    "人": ("person", "1"),
    "名": ("person", "1"),
    "位": ("person", "1"),
}
_ALIKE |= dict.fromkeys(
    ("个", "家", "户", "所", "处", "座", "项", "套", "台", "件", "份", "条"), ("thing", "1")
)
_STRICT = {"套", "台", "件", "份", "条", "项"}
_RANKED = re.compile(r"第|前|[列居排位]|名次|位次|考核|评议")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in the unit of its sort.

    sort: a Sort, or the unit itself where nothing else is like it ("元", "工作日"). counter: the classifier of a thing.
    number is None for a masked figure or one that is a word. upper: the higher end of a range.
    """

    sort: str
    number: Decimal | None
    upper: Decimal | None = None
    counter: str = ""

    def compares(self, other: Quantity) -> bool:
        """Whether both can be set against each other."""
        sorts = {self.sort, other.sort}
        if sorts == {"thing"}:
            counters = {self.counter, other.counter}
            return len(counters) == 1 or not counters & _STRICT
        return len(sorts) == 1 or sorts in ({"plain", "person"}, {"plain", "thing"})


def quantity(metric: Metric, clause: str) -> Quantity:
    """The figure of a metric; `clause` is the text around it, which tells a rank (第3名) from a number of people (3名)."""
    base, number, upper = metric.base or "", metric.number, metric.upper_number
    if metric.comparator == "top" or (base in ("名", "位") and _ranked(metric, clause)):
        return Quantity("rank", number, upper)
    if not base:
        whole = metric.comparator == "cover" and metric.value is not None
        sort = "percent" if whole else "plain" if number is not None else "word"
        return Quantity(sort, Decimal(100) if whole and number is None else number, upper)
    sort, factor = _ALIKE.get(base, (base, "1"))
    by = Decimal(factor)
    return Quantity(
        sort,
        None if number is None else number * by,
        None if upper is None else upper * by,
        base if sort == "thing" else "",
    )


def _ranked(metric: Metric, clause: str) -> bool:
    if metric.number is None or metric.number > 60 or (metric.unit or "") not in ("名", "位"):
        return False
    at = clause.find(metric.value or "")
    return at >= 0 and _RANKED.search(clause[max(0, at - 8) : at]) is not None
