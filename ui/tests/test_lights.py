from __future__ import annotations

from datetime import date

import pytest

from corpus.commitment import Commitment, Deadline
from corpus.document import Span
from corpus.ledger import Kept, Progress
from ui.ledger.lights import light, light_of, month_after

DAY = date(2024, 6, 30)
END = date(2024, 12, 31)
NEW_YEAR = date(2024, 1, 1)  # of 365 days to END, 181 have gone by on DAY: 49.6 points
TRAPS = [
    # due, status, percent, since, light, name of the trap
    (END, None, None, NEW_YEAR, "green", "months to go and nobody noted how far it is"),
    (None, None, None, NEW_YEAR, "", "no day"),
    (None, "under_way", 40, NEW_YEAR, "", "no day, though begun"),
    (None, "done", None, NEW_YEAR, "green", "no day, but done"),
    (None, None, 100, None, "green", "wholly done, without a status"),
    (date(2024, 6, 29), None, None, NEW_YEAR, "red", "overdue since yesterday"),
    (date(2024, 6, 30), None, None, NEW_YEAR, "yellow", "due today is not overdue"),
    (date(2024, 6, 29), "done", None, NEW_YEAR, "green", "done, however late"),
    (date(2024, 6, 29), "done", 60, NEW_YEAR, "green", "done counts more than its per cent"),
    (date(2024, 6, 29), None, 99, NEW_YEAR, "red", "nearly done is overdue"),
    (date(2024, 6, 29), "stopped", None, NEW_YEAR, "", "stopped is not overdue"),
    (END, "stopped", 10, NEW_YEAR, "", "stopped is not behind"),
    (date(2024, 7, 30), None, None, NEW_YEAR, "yellow", "a month to the day"),
    (date(2024, 7, 31), None, None, NEW_YEAR, "green", "a month and a day"),
    (date(2024, 7, 15), "under_way", 99, NEW_YEAR, "yellow", "due soon, however far it is"),
    (END, "under_way", 40, NEW_YEAR, "green", "9.6 points behind"),
    (END, "under_way", 39, NEW_YEAR, "yellow", "10.6 points behind"),
    (END, "under_way", 20, NEW_YEAR, "yellow", "29.6 points behind"),
    (END, "under_way", 19, NEW_YEAR, "red", "30.6 points behind"),
    (END, "under_way", 90, NEW_YEAR, "green", "ahead"),
    (END, "not_started", None, NEW_YEAR, "red", "not started is 0 per cent"),
    (END, "under_way", None, NEW_YEAR, "green", "under way by an unknown per cent"),
    (END, "under_way", 0, None, "green", "nobody knows since when"),
    (END, "under_way", 0, date(2024, 9, 1), "green", "its time has not begun"),
    (END, "under_way", 0, END, "green", "an interval of one day"),
    (END, "under_way", 0, date(2025, 3, 1), "green", "the document is later than the day it names"),
]
EXACT = [  # of 100 days 60 have gone by
    (50, "yellow", "10 points behind are yellow"),
    (51, "green", "9 points"),
    (30, "yellow", "30 points are not yet red"),
    (29, "red", "31 points"),
]


@pytest.mark.parametrize(("due", "status", "percent", "since", "expected", "trap"), TRAPS)
def test_lights(due, status, percent, since, expected, trap):
    assert light(due, status, percent, DAY, since) == expected, trap


@pytest.mark.parametrize(("percent", "expected", "trap"), EXACT)
def test_points_at_the_borders(percent, expected, trap):
    assert light(date(2024, 9, 1), None, percent, date(2024, 7, 23), date(2024, 5, 24)) == expected, trap


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2024, 12, 15), date(2025, 1, 15)),
        (date(9999, 12, 15), date.max),
    ],
)
def test_a_month_after(day, after):
    assert month_after(day) == after


def kept(
    deadline: Deadline | None, percent: int | None = None, dated: date | None = None, kind: str = "task"
) -> Kept:
    row = Commitment("甲.txt", "r", Span(0, 4), "年底完成", (), kind, "完成", None, deadline)
    noted = None if percent is None else Progress("", "under_way", percent, "", "", "2024-06-30T00:00:00Z")
    return Kept(row, None, "甲", noted, None, dated)


@pytest.mark.parametrize(
    ("given", "expected", "trap"),
    [
        (kept(None), "", "no deadline"),
        (kept(Deadline("每季度", None, "quarterly")), "", "a recurrence has no day"),
        (kept(Deadline("限期")), "", "a deadline that says no day"),
        (kept(None, kind="report"), "", "a report promises nothing"),
        (kept(None, 100, kind="report"), "", "not even where someone noted on it"),
        (kept(Deadline("年底前", END), 20), "yellow", "counts from 1 January where nothing is known"),
        (kept(Deadline("年底前", END), 14, date(2024, 5, 1)), "yellow", "10.6 points behind since May"),
        (kept(Deadline("年底前", END), 15, date(2024, 5, 1)), "green", "9.6 points behind since May"),
        (
            kept(Deadline("四季度", END, None, date(2024, 10, 1)), 0, NEW_YEAR),
            "green",
            "not before its quarter",
        ),
        (kept(Deadline("一季度", date(2024, 3, 31)), 90), "red", "overdue"),
    ],
)
def test_light_of_a_row(given, expected, trap):
    assert light_of(given, DAY) == expected, trap
