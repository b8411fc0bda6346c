"""A row of the ledger made ready to be held against others: what it measures, its words, its place and its time."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from assistant.indicator_table import mentioned, squeeze
from assistant.indicators import Indicator, indicator
from assistant.likeness import grams
from corpus.commitment import Commitment

Days = tuple[datetime.date, datetime.date]
"""The first and the last."""
_LONG_PERIOD, _MOST_OF_A_YEAR = datetime.timedelta(days=400), datetime.timedelta(days=300)
_SPRING = 3  # months in which a year's work is laid out and the last one's reviewed
_OF_A_PLACE = re.compile(
    r"(?:^|[，。；：、,;:\d）)是])((?:(?![全各本我这该些的和及对由在为从向使让给以把将提升推促加支建服市县区省国镇乡困贫大重主两几个一二三四五六七八九十])[一-鿿]){2,3}"
    r"(?:县|区|自治州)(?:局|分局)?)(?![域别级间内市城乡镇直里外财以])"
)
_NO_PLACE = re.compile(
    r"(?:[小社园地景山灾校厂库特老城郊牧林矿片街新]|开发|高新|示范|试验|保税|自治|合作|功能|保护)区"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A row made ready to be matched.

    measured: None for a row without a figure. spoken: the names of known indicators in its words. words: its bigrams.
    day: when its document was given. period: what a report speaks of, as far as that can be.
    """

    row: Commitment
    measured: Indicator | None
    spoken: frozenset[str]
    words: frozenset[str]
    place: str
    row_of: frozenset[str] = frozenset()
    day: datetime.date | None = None
    period: Days | None = None

    @classmethod
    def of(
        cls,
        row: Commitment,
        heading: str = "",
        row_of: frozenset[str] = frozenset(),
        day: datetime.date | None = None,
    ) -> Told:
        """heading: what names its figure where it does not itself. row_of: the identities of the promises in whose table row it stands."""
        text = row.what if len(row.quote) > len(row.what) + 40 and row.kind != "report" else row.quote
        measured, spoken = indicator(row, heading), mentioned(text)
        if measured is not None and not measured.name:  # a goal that is only recalled
            spoken -= mentioned(measured.clause)
        return cls(
            row,
            measured,
            spoken,
            grams(text),
            _place(text),
            row_of,
            day,
            _period(row, day),
        )


def window(promise: Commitment) -> Days | None:
    """The first and last day that a promise is about; None where neither year nor due day is known."""
    due = promise.deadline.due if promise.deadline else None
    start = promise.year or (due.year if due else None)
    if start is None:
        return None
    return datetime.date(start, 1, 1), max(due or datetime.date(start, 12, 31), datetime.date(start, 1, 1))


def years(report: Told) -> tuple[int, ...]:
    """The years that a report may speak of; of several years together only the last, which closes them."""
    if report.period is None:
        return (report.row.year - 1, report.row.year) if report.row.year else ()
    first, last = report.period
    return (last.year,) if last - first > _LONG_PERIOD else tuple(range(first.year, last.year + 1))


def _period(row: Commitment, day: datetime.date | None) -> Days | None:
    """The report's period; None for the whole of the document's own year, which it cannot look back on in spring."""
    if row.period is None:
        return None
    first, last = row.period
    spring = day is None or (day.month <= _SPRING and day < last)
    return None if spring and last.year == row.year and last - first > _MOST_OF_A_YEAR else row.period


def in_time(span: Days, report: Told) -> bool:
    """Whether the report may speak of these days."""
    if report.period is None:
        return report.row.year is not None and span[0].year <= report.row.year <= span[1].year + 1
    first, last = report.period
    if last - first > _LONG_PERIOD and last.year > span[1].year:
        return False  # of several years of which the promise was about an earlier one
    return first <= span[1].replace(month=12, day=31) and last >= span[0]


def last(report: Told) -> datetime.date | None:
    """The last day that a report can speak of: none after its document."""
    end = report.period[1] if report.period else None
    given = report.day or (datetime.date(report.row.year, 12, 31) if report.row.year else None)
    return min(end, given) if end and given else end or report.day


def is_early(span: Days, report: Told) -> bool:
    """Whether the report was made before the promise was due, as far as the rows say."""
    if report.row.year is not None and report.row.year > span[1].year:
        return False
    end = last(report)
    return end is None or end < span[1]


def is_long(span: Days, report: Told) -> bool:
    """Whether the report speaks of much longer than the promise."""
    if report.period is None:
        return False
    length = report.period[1] - report.period[0]
    return length > _LONG_PERIOD and length > (span[1] - span[0]) + _LONG_PERIOD


def _place(text: str) -> str:
    """The county or district that the words are about: 安澜县; "" where they name none."""
    for hit in _OF_A_PLACE.finditer(squeeze(text)):
        if not _NO_PLACE.search(hit[1]):
            return hit[1]
    return ""
