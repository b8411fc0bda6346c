"""Times as deadlines: which binds a promise, and which only dates something."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from corpus.commitment import Deadline
from corpus.document import Span
from ingest.dates import Reference, Time

_OPENS = 3  # characters from a sentence's start within which a time opens it, and so binds all that follows


def binding(time: Time, reference: Reference) -> Deadline | None:
    """A time as a deadline; None for a past or a mere mention."""
    if time.role == "point" or (time.role == "period" and "截" in time.said):
        return None
    if time.recurrence is not None:
        return Deadline(time.said, recurrence=time.recurrence)
    if time.end is not None and reference.year is not None and time.end < datetime.date(reference.year, 1, 1):
        return None
    return Deadline(time.said, time.end, start=time.start if time.end is not None else None)


def deadline_of(
    text: str, found: Sequence[Time], row: Span, sentence: Span, reference: Reference, *, own_subject: bool
) -> Deadline | None:
    """The time that binds a row: its own, else the one that opens its sentence or stands before a colon.

    A resolved time comes before a vague one. own_subject: whether the row names its own actor, to whom a time that was said of
    another does not carry.
    """
    own = [time for time in found if row.covers(time.span)]
    opening = [
        time
        for time in found
        if time.span.end <= row.start
        and _carries(text[sentence.start : time.span.start], text[time.span.end : row.start])
    ]
    if own_subject or own or "期间" in text[row.start : row.end]:
        opening = [time for time in opening if "：" in text[time.span.end : row.start]]
    for candidates in (own, opening):
        usable = [made for made in (binding(time, reference) for time in candidates) if made is not None]
        settled = [made for made in usable if made.resolved]
        if usable:
            return (settled or usable)[0]
    return None


def _carries(before: str, between: str) -> bool:
    """Whether a time binds what comes later in its sentence: one that opens the sentence, or stands before a colon."""
    return "：" in between or len(before.strip()) <= _OPENS


def period_of(
    found: Sequence[Time], row: Span, default: tuple[datetime.date, datetime.date] | None
) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that a report speaks of: by its own time, else by the one before it in its sentence, else the default.

    A mere mention (比1979年) dates nothing.
    """
    own = [time for time in found if row.covers(time.span)]
    before = [time for time in reversed(found) if time.span.end <= row.start]
    for time in [*own, *before]:
        if time.end is not None and time.role != "point":
            return (time.start or time.end, time.end)
    return default
