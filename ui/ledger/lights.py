"""Traffic lights of a supervision ledger: how a commitment stands on a given day. Pure.

Green: on schedule, or done. Yellow: due within a month, or 10 to 30 points behind. Red: overdue, or more than 30 points
behind. Points behind are the per cent of the time that has gone by less the per cent that is done; where nobody noted how much is
done, only the due day counts.
"""

from __future__ import annotations

import calendar
import datetime
from typing import Literal

from corpus.ledger import Kept, Status

Light = Literal["green", "yellow", "red", ""]
LIGHTS: tuple[Light, ...] = ("red", "yellow", "green", "")
BEHIND, FAR_BEHIND = 10, 30
"""Points behind from which on, and above which, a light is yellow and red."""


def light(
    due: datetime.date | None,
    status: Status | None,
    percent: int | None,
    day: datetime.date,
    since: datetime.date | None = None,
) -> Light:
    """The light of a commitment on `day`; "" for one that was stopped, or that has no due day and is not done.

    percent: how much is done, 0..100; None when unknown, but 0 for what is not started. since: the day from which its time counts;
    None when unknown, and then nothing is behind before it is due. On its due day it is not yet overdue.
    """
    if status == "stopped":
        return ""
    if status == "done" or percent == 100:
        return "green"
    if due is None:
        return ""
    if due < day:
        return "red"
    points = _points_behind(due, 0 if percent is None and status == "not_started" else percent, day, since)
    if points > FAR_BEHIND:
        return "red"
    return "yellow" if points >= BEHIND or due <= month_after(day) else "green"


def light_of(kept: Kept, day: datetime.date) -> Light:
    """The light of a row of the ledger. Reports have none.

    Its time counts from the first day of the interval that its deadline names, else from the document's date, else from 1
    January of the due year.
    """
    deadline, noted = kept.row.deadline, kept.progress
    if kept.row.kind == "report":
        return ""
    due = deadline.due if deadline else None
    since = (deadline.start if deadline else None) or kept.date
    if since is None and due is not None:
        since = due.replace(month=1, day=1)
    return light(due, noted.status if noted else None, noted.percent if noted else None, day, since)


def month_after(day: datetime.date) -> datetime.date:
    """The same day of the next month, or its last where it is shorter; the last day there is, at the end of time.

    >>> month_after(datetime.date(2023, 1, 31))
    datetime.date(2023, 2, 28)
    """
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _points_behind(
    due: datetime.date, percent: int | None, day: datetime.date, since: datetime.date | None
) -> float:
    if percent is None or since is None or day <= since or due <= since:
        return 0
    return 100 * (day - since).days / (due - since).days - percent
