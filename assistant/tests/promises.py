"""Promises and reports made from a few words, for tests."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

from corpus.commitment import Commitment, Deadline, Metric
from corpus.document import Span

SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
Days = tuple[datetime.date, datetime.date]


def figure(said: str) -> Metric | None:
    """name|comparator|value|unit; 6.5~7 is a range, XX is masked."""
    if not said:
        return None
    name, comparator, value, unit = said.split("|")
    base, factor = unit, 1
    for scale, times in SCALES.items():
        if unit.startswith(scale):
            base, factor = unit.removeprefix(scale), times
            break
    if value == "XX":
        return Metric(name, comparator, None, unit, masked=True, base=base or None)  # type: ignore[arg-type]
    low, _, high = value.partition("~")
    number = Decimal(100) if value == "全覆盖" else Decimal(low) * factor
    return Metric(
        name,
        comparator,  # type: ignore[arg-type]
        low,
        unit or None,
        upper=high or None,
        number=number,
        upper_number=Decimal(high) * factor if high else None,
        base="%" if value == "全覆盖" else base or None,
    )


def promise(quote: str, said: str = "", *, year: int = 2023, due: str = "") -> Commitment:
    deadline = Deadline(due, datetime.date.fromisoformat(due)) if due else None
    kind = "target" if said else "task"
    row = Commitment(
        "要点", "r", Span(0, len(quote)), quote, (), kind, quote[:40], None, deadline, figure(said)
    )  # type: ignore[arg-type]
    return replace(row, year=year, identity="p")


def report(quote: str, said: str = "", *, year: int = 2024, period: Days | str | None = "year") -> Commitment:
    days = (
        (datetime.date(year - 1, 1, 1), datetime.date(year - 1, 12, 31))
        if isinstance(period, str)
        else period
    )
    row = Commitment("讲话", "r", Span(0, len(quote)), quote, (), "report", quote[:40], metric=figure(said))
    return replace(row, year=year, period=days, identity="r")


def days(first: str, last: str) -> Days:
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
