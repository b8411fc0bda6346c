"""Years and their parts: 2022年底前, 今年上半年, 1—6月, 9月30日前, 年内. The one rule that takes a calendar expression apart."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest import calendar
from ingest.calendar import NOWHEN, Interval
from ingest.time_context import Surroundings
from ingest.time_values import Resolved, Role, number, year_number

Match = re.Match[str]

STEPS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "明年": 1,
    "明年度": 1,
    "来年": 1,
    "下年": 1,
    "下年度": 1,
    "后年": 2,
}
STEPS |= {"去年": -1, "上年": -1, "上年度": -1, "前年": -2}
_BEFORE = ("前", "之前", "以前")
_EARLY = 3  # a document of these first months that reports 全年 or 年底 reports the year before
_SUBS = ("half", "firstquarters", "quarter", "onequarter", "firstmonths", "month", "onemonth", "yearend")


def calendar_time(match: Match, around: Surroundings) -> Resolved | None:
    """What a year, a part of a year or a day stands for; None where the words are no time."""
    part = match.groupdict()
    named_year = any(part[name] for name in ("from", "year", "han", "short", "both", "word"))
    if not named_year and not any(part[name] for name in _SUBS):
        return None
    if not _coherent(part, match, around):
        return None
    span = _years(part, around)
    if named_year and span is None and part["word"] is None and part["both"] is None:
        return None
    if not named_year:
        span = _assumed(part, match, around)
    interval = NOWHEN if span is None else _interval(part, *span)
    if interval is None:
        return None
    _remember(part, named_year, span, around)
    bounded = _bounded(part, interval)
    return Resolved(_role(match, part, interval, around), bounded.start, bounded.end)


def _coherent(part: dict[str, str | None], match: Match, around: Surroundings) -> bool:
    """False for 一、10月 and 三、四季度 where a heading's number stands before the time; True for 7、8月."""
    for first, last in (("month", "tillmonth"), ("quarter", "tillquarter")):
        low, high = number(part[first]), number(part[last])
        if low is None or high is None:
            continue
        if low >= high:
            return False
        if "、" in match.group() and (high != low + 1 or around.opens_line(match.start())):
            return False
    return True


def _years(part: dict[str, str | None], around: Surroundings) -> tuple[int, int] | None:
    """The first and last year said; None where only the document's year could tell and it has none."""
    if part["from"] and part["till"]:
        low, high = int(part["from"]), int(part["till"])
        return (low, high) if low <= high else None
    said = part["year"] or part["han"]
    if said:
        year = year_number(said)
        return (year, year) if year and calendar.is_year(year) else None
    if around.year is None:
        return None
    if part["short"]:
        year = 2000 + int(part["short"])
        return (year, year) if abs(year - around.year) <= 10 else None
    if part["both"]:
        return around.year, around.year + 1
    step = STEPS.get(part["word"] or "")
    return None if step is None else (around.year + step, around.year + step)


def _assumed(part: dict[str, str | None], match: Match, around: Surroundings) -> tuple[int, int] | None:
    """The year of an expression that says none: of the one before it in the sentence, else the assumed one.

    A document with a day that tells of a month yet to come (a January speech on 11月) tells of the year before.
    """
    month = number(part["onemonth"])
    if around.spent and month is not None and month >= around.spent[1]:
        return around.spent[0], around.spent[0]
    if around.assumed is None:
        return None
    year = around.assumed
    if around.day is not None and around.day.year == year and around.reported(match.end()):
        interval = _interval(part, year, year)
        to_come = interval is not None and interval.start is not None and interval.start > around.day
        if to_come or (part["yearend"] not in (None, "年初") and around.day.month <= _EARLY):
            year -= 1
    return year, year


def _remember(
    part: dict[str, str | None], named_year: bool, span: tuple[int, int] | None, around: Surroundings
) -> None:
    month = number(part["onemonth"])
    if named_year:
        around.spent = (span[1], month) if span and month else None
    elif around.spent and month and span:
        around.spent = (span[1], month)


def _interval(part: dict[str, str | None], first: int, last: int) -> Interval | None:
    """The days of the part of a year; None for a day that the calendar has not."""
    year = last
    if part["half"]:
        return calendar.months(year, 1, 6) if part["half"] == "上半年" else calendar.months(year, 7, 12)
    if part["firstquarters"]:
        return calendar.quarters(year, 1, number(part["firstquarters"]) or 1)
    low = number(part["quarter"]) or number(part["onequarter"])
    if low:
        return calendar.quarters(year, low, number(part["tillquarter"]) or low)
    if part["firstmonths"]:
        return calendar.months(year, 1, number(part["firstmonths"]) or 1)
    month = number(part["month"]) or number(part["onemonth"])
    if month:
        return _of_month(part, year, month)
    if part["yearend"] == "年初":
        return calendar.months(year, 1, 1)
    if part["yearend"] == "年中":
        return calendar.months(year, 6, 6)
    if part["yearend"] and part["yearend"].rstrip("度") not in ("全年", "年内"):
        return Interval(None, calendar.last_of_month(year, 12))
    return calendar.years(first, last)


def _of_month(part: dict[str, str | None], year: int, month: int) -> Interval | None:
    till = number(part["tillmonth"])
    if till:
        return calendar.months(year, month, till)
    if part["part"]:
        return calendar.part_of_month(year, month, part["part"])
    if not part["day"]:
        return calendar.months(year, month, month)
    first = calendar.day_of(year, month, number(part["day"]) or 0)
    last = calendar.day_of(year, month, number(part["tillday"]) or 0) if part["tillday"] else first
    return Interval(first, last) if first and last and first <= last else None


def _bounded(part: dict[str, str | None], interval: Interval) -> Interval:
    """The interval as the words around it cut it: 底 and 前 leave only the end, 起 only the start."""
    edge, bound, before = part["edge"] or "", part["bound"] or "", part["before"] or ""
    if edge in ("底", "末", "期末"):
        interval = Interval(None, interval.end)
    elif edge == "初" and interval.start is not None:
        interval = calendar.months(interval.start.year, interval.start.month, interval.start.month)
    if bound in _BEFORE or bound.endswith("止") or before in ("到", "至") or before.startswith("截"):
        return Interval(None, interval.end)
    if bound in ("起", "以来", "开始"):
        return replace(interval, end=None)
    if bound:
        return NOWHEN
    return interval


def _role(match: Match, part: dict[str, str | None], whole: Interval, around: Surroundings) -> Role:
    edge, bound, before = part["edge"] or "", part["bound"] or "", part["before"] or ""
    start, end = match.start(), match.end()
    if before.startswith("截") or bound == "以来":
        return "period"
    if bound not in _BEFORE and (bound or around.compared(start)):
        return "point"
    if part["yearend"] == "年初" or edge == "初" or around.attributive(end):
        return "point"
    last = whole.end
    if last is not None and around.year is not None and last.year < around.year:
        return "period"
    if around.reported(end):
        return "period"
    if bound in _BEFORE or edge or before in ("到", "至"):
        return "deadline"
    sub = any(part[name] for name in _SUBS)
    if not sub and around.names_meeting(end):
        return "point"
    if last is None:
        return "deadline" if part["word"] not in ("去年", "上年", "上年度", "前年") else "period"
    if part["day"] and not part["tillday"]:
        settled = around.planned(start, end) or match.group().strip() == around.whole.strip()
        return "deadline" if settled else "point"
    if before in ("自", "从") and not any(
        part[name] for name in ("till", "tillquarter", "tillmonth", "tillday")
    ):
        return "point"
    if sub and _opens_year(part) and not around.planned(start, end):
        return "deadline" if around.day is not None and last >= around.day else "period"
    return around.role_of_interval(start, end, last)


def _opens_year(part: dict[str, str | None]) -> bool:
    """Whether it is a part that a report counts from January on: 上半年, 前三季度, 1—6月, 一季度."""
    return bool(
        part["half"] == "上半年"
        or part["firstquarters"]
        or part["firstmonths"]
        or (part["tillmonth"] and number(part["month"]) == 1)
        or number(part["quarter"]) == 1
        or number(part["onequarter"]) == 1
    )
