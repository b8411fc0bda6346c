"""What a reported figure makes of a promised one.

A floor (以上, a plain number, a growth) can be exceeded; a cap (以内, 控制在; prices, unemployment, deficits, waiting times) can
only be kept or broken; 左右 allows one twentieth either way; a fall is a floor on how far. A masked figure is never compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from assistant.indicators import Indicator
from corpus.commitment import Metric

Verdict = Literal["met", "exceeded", "missed", "no_figure", "not_reported", "not_comparable"]
Reason = Literal[
    "figures",
    "so far",
    "done",
    "late",
    "words only",
    "nothing promised in figures",
    "nothing found",
    "masked",
    "unit",
    "measure",
    "period",
    "wider",
    "bound",
    "magnitude",
    "early",
]
"""Why a verdict fell.

figures: they were compared. so far: compared, though the time is not up. done, late: a task is said to be done, in time or after.
words only: the report gives no figure for what was promised in one; nothing promised in figures: nor was there one to be held
to. masked: a figure is masked. unit, measure, period: they are of different units; a level against a rise, an average or a sum
against one year, a year's end against the whole year; of different stretches of time. wider: what is reported includes what was
promised. bound: the report only says more than or less than, which decides nothing. magnitude: more than three times what was
promised, or less than a third, which is more likely a figure of another kind. early: the promise was not due, and the figure not yet reached.
"""
Shape = Literal["floor", "cap", "about", "range", "fall", "rank", "all"]
Judged = tuple[Verdict, Reason]

TOLERANCE = Decimal("0.05")
"""What 左右 allows, as a share of the promised figure."""
MAGNITUDE = 3
_LEVELS = ("percent", "points", "rank", "minute", "工作日")
_CAPPED = re.compile(
    r"失业率|赤字|用时|时限|时间|纠错率|败诉率|事故|死亡|伤亡|发案|不合格率|投诉率|发生率|差错率|超标|物价|价格(?:总水平)?$"
)
_ALL = re.compile(r"全覆盖|全部|全面覆盖|实现覆盖|全数|均已|百分之百|一[个家所台件]不[漏少]|清零")


def shape(metric: Metric, told: Indicator) -> Shape:
    """How the promised figure binds."""
    comparator, capped = metric.comparator, told.cap or _CAPPED.search(told.name) is not None
    if told.figure.sort == "rank":
        return "rank"
    if comparator == "range" and metric.upper_number is not None:
        return "range"
    if comparator in ("<=", "<"):
        return "cap"
    if comparator == "cover" or _is_whole(metric):
        return "all"
    if metric.number == 0:
        return "cap"
    if told.change == "down" and told.figure.sort in ("percent", "points"):
        return "about" if comparator == "about" else "fall"
    if capped and comparator not in (">=", ">", "increase") and told.change != "down":
        return "cap"
    return "about" if comparator == "about" else "floor"


def weigh(promise: Metric, told: Indicator, report: Metric, heard: Indicator, *, early: bool) -> Judged:
    """The verdict on two figures of one indicator. early: the report was made before the promise was due."""
    if promise.masked or report.masked:
        return "not_comparable", "masked"
    if (obstacle := _obstacle(told, heard)) is not None:
        return "not_comparable", obstacle
    kind = shape(promise, told)
    if kind == "all" and (_ALL.search(heard.clause) or _is_whole(report)):
        return _timed("met", early, keeps=True)
    wanted, got = told.figure.number, heard.figure.number
    if wanted is None:
        return "no_figure", "nothing promised in figures"
    if got is None:
        return "no_figure", "words only"
    if not told.figure.compares(heard.figure):
        return "not_comparable", "unit"
    if kind != "rank" and wanted > 0 and got > MAGNITUDE * wanted:
        return "not_comparable", "magnitude"
    if kind == "floor" and told.figure.sort not in _LEVELS and not early and 0 <= MAGNITUDE * got < wanted:
        return "not_comparable", "magnitude"
    if told.change and heard.change and told.change != heard.change:
        if told.figure.sort not in ("percent", "points"):
            return "not_comparable", "measure"
        got = -got  # a growth was promised, a fall is reported
    verdict = _COMPARED[kind](wanted, told.figure.upper, got)
    if _undecided(report.comparator, kind, wanted, got, heard.clause):
        return "not_comparable", "bound"
    if report.comparator == ">=" and got == wanted and kind == "floor" and "超过" in heard.clause:
        verdict = "exceeded"
    return _timed(
        verdict, early, keeps=kind != "cap" or told.figure.sort not in ("person", "thing", "plain", "元")
    )


def _obstacle(told: Indicator, heard: Indicator) -> Reason | None:
    """Why two figures of one indicator do not speak of the same, where that is so."""
    if "average" in heard.marks - told.marks or "average" in told.marks - heard.marks:
        return "period"
    if "years" in heard.marks ^ told.marks:
        return "period"
    if "year end" in heard.marks and "whole year" in told.marks:
        return "measure"
    if told.figure.sort in ("percent", "points") and heard.figure.sort == told.figure.sort:
        return "measure" if bool(told.change) != bool(heard.change) else None
    if {told.stock, heard.stock} == {"flow", "stock"} and "total" in heard.marks ^ told.marks:
        return "measure"
    if (
        told.figure.sort not in ("percent", "rank")
        and "total" in heard.marks - told.marks
        and told.stock == "flow"
    ):
        return "measure"
    return None


def _undecided(comparator: str | None, kind: Shape, wanted: Decimal, got: Decimal, clause: str) -> bool:
    """Whether a figure that is only a bound (超过3%, 不到5%) leaves open on which side of the promise it lies."""
    if comparator in (">=", ">"):
        return (
            got < wanted if kind in ("floor", "fall", "about", "range") else kind == "cap" and got <= wanted
        )
    if comparator in ("<=", "<") and "控制在" not in clause:
        return got >= wanted if kind != "cap" else got > wanted
    return False


def _timed(verdict: Verdict, early: bool, *, keeps: bool) -> Judged:
    if not early:
        return verdict, "figures"
    if verdict == "missed" or not keeps:
        return "not_comparable", "early"
    return verdict, "so far"


def _is_whole(metric: Metric) -> bool:
    return metric.base == "%" and metric.number == 100 and metric.comparator not in ("increase", "decrease")


def _floor(wanted: Decimal, _: Decimal | None, got: Decimal) -> Verdict:
    return "exceeded" if got > wanted else "met" if got == wanted else "missed"


def _cap(wanted: Decimal, _: Decimal | None, got: Decimal) -> Verdict:
    return "met" if got <= wanted else "missed"


def _about(wanted: Decimal, _: Decimal | None, got: Decimal) -> Verdict:
    if abs(got - wanted) <= TOLERANCE * abs(wanted):
        return "met"
    return "exceeded" if got > wanted else "missed"


def _range(wanted: Decimal, upper: Decimal | None, got: Decimal) -> Verdict:
    if got < wanted:
        return "missed"
    return "exceeded" if upper is not None and got > upper else "met"


def _rank(wanted: Decimal, _: Decimal | None, got: Decimal) -> Verdict:
    return "exceeded" if got < wanted else "met" if got == wanted else "missed"


def _all(wanted: Decimal, _: Decimal | None, got: Decimal) -> Verdict:
    return "met" if got >= wanted else "missed"


_COMPARED: dict[Shape, Callable[[Decimal, Decimal | None, Decimal], Verdict]] = {
    "floor": _floor,
    "cap": _cap,
    "about": _about,
    "range": _range,
    "fall": _floor,
    "rank": _rank,
    "all": _all,
}
