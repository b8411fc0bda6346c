"""Times as deadlines: which binds a promise, and which only dates something."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from corpus.commitment import Deadline
from corpus.document import Span
from ingest.dates import Reference, Time

_SAYS_YEAR = re.compile(r"\d{2,4}年|[今本去上明前]年|“?十[一二三四五六]?五")
_OPENS = 6  # characters from a sentence's start within which a time opens it, and so binds all that follows


def binding(time: Time, reference: Reference) -> Deadline | None:
    """A time as a deadline; None for a past or a mere mention."""
    if time.role in ("period", "point"):
        return None
    if time.recurrence is not None:
        return Deadline(time.said, recurrence=time.recurrence)
    if time.end is not None and reference.year is not None and time.end < datetime.date(reference.year, 1, 1):
        return None
    return Deadline(time.said, time.end, start=time.start if time.end is not None else None)


def deadline_of(
    text: str, found: Sequence[Time], row: Span, sentence: Span, reference: Reference
) -> Deadline | None:
    """The time that binds a row: its own, else the one that opens its sentence or stands before a colon.

    A resolved time comes before a vague one.
    """
    own = [time for time in found if row.covers(time.span)]
    opening = [
        time
        for time in found
        if time.span.end <= row.start
        and (time.span.start - sentence.start <= _OPENS or "：" in text[time.span.end : row.start])
    ]
    for candidates in (own, opening):
        usable = [made for made in (binding(time, reference) for time in candidates) if made is not None]
        settled = [made for made in usable if made.resolved]
        if usable:
            return (settled or usable)[0]
    return None


def period_of(
    found: Sequence[Time], row: Span, reference: Reference, reviewed: int | None
) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that a report speaks of: by its own time, else by the one before it in its sentence.

    In the review of another year than the document's own, 全年 and 年末 mean that year; 去年 and 2023年 mean what they say. Where
    nothing is said, it is the whole year under review; None where that is not known.
    """
    shift = 0 if reviewed is None or reference.year is None else reviewed - reference.year
    own = [time for time in found if row.covers(time.span)]
    before = [time for time in reversed(found) if time.span.end <= row.start]
    for time in [*own, *before]:
        if time.end is None:
            continue
        first, last = time.start or time.end, time.end
        if shift and first.year == reference.year and not _SAYS_YEAR.search(time.said):
            first, last = _moved(first, shift), _moved(last, shift)
        return (first, last)
    return None if reviewed is None else (datetime.date(reviewed, 1, 1), datetime.date(reviewed, 12, 31))


def _moved(day: datetime.date, years: int) -> datetime.date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if leap else day.day)
