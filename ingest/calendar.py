"""Days that the words of a plan stand for: last days, quarters, plan periods, holidays. Pure arithmetic."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

Day = datetime.date

# Lunar holidays in the civil calendar, month and day, 2010 to 2035 (computed from the lunar calendar, not copied from a notice).
_FIRST_TABLED = 2010
_SPRING = (
    "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 "
    "0123 0211 0131 0219 0208"
)
_DRAGON_BOAT = (
    "0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 "
    "0624 0612 0601 0620 0610"
)
_MID_AUTUMN = (
    "0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 "
    "1001 0919 0908 0927 0916"
)
_MOVING: dict[str, str] = {"春节": _SPRING, "端午": _DRAGON_BOAT, "中秋": _MID_AUTUMN}
_FIXED = {"元旦": (1, 1), "五一": (5, 1), "七一": (7, 1), "国庆": (10, 1), "十一": (10, 1)}


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included; None where open or not said."""

    start: Day | None
    end: Day | None


NOWHEN = Interval(None, None)


def is_year(year: int) -> bool:
    """Whether `year` is one that a document can speak of."""
    return 1900 <= year <= 2100


def years(first: int, last: int) -> Interval:
    """From the first day of one year to the last of another."""
    return Interval(Day(first, 1, 1), Day(last, 12, 31))


def last_of_month(year: int, month: int) -> Day:
    """The last day of a month."""
    return Day(year, month, calendar.monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> Interval:
    """Whole months of one year."""
    return Interval(Day(year, first, 1), last_of_month(year, last))


def quarters(year: int, first: int, last: int) -> Interval:
    """Whole quarters of one year."""
    return months(year, 3 * first - 2, 3 * last)


def shifted_month(year: int, month: int, step: int) -> tuple[int, int]:
    """The month that lies `step` months later."""
    count = year * 12 + month - 1 + step
    return count // 12, count % 12 + 1


def day_of(year: int, month: int, day: int) -> Day | None:
    """That day, or None where the calendar has none (2月30日)."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Day(year, month, day)


def part_of_month(year: int, month: int, part: str) -> Interval:
    """上旬 and 初: days 1 to 10; 中旬 and 中: 11 to 20; 下旬: 21 to the last."""
    if part in ("上旬", "初"):
        return Interval(Day(year, month, 1), Day(year, month, 10))
    if part in ("中旬", "中"):
        return Interval(Day(year, month, 11), Day(year, month, 20))
    return Interval(Day(year, month, 21), last_of_month(year, month))


def plan_period(number: int) -> Interval:
    """The years of the n-th five-year plan: 14 gives 2021 to 2025."""
    first = 1951 + 5 * number
    return years(first, first + 4)


def week_of(day: Day, step: int = 0) -> Interval:
    """Monday to Sunday of the week `step` weeks after the one that holds `day`."""
    monday = day - datetime.timedelta(days=day.weekday()) + datetime.timedelta(weeks=step)
    return Interval(monday, monday + datetime.timedelta(days=6))


def holiday(name: str, year: int) -> Day | None:
    """The day of a holiday; None for a moving one outside the table."""
    if name in _FIXED:
        return Day(year, *_FIXED[name])
    at = 5 * (year - _FIRST_TABLED)
    entry = _MOVING.get(name, "")[at : at + 4] if at >= 0 else ""
    return Day(year, int(entry[:2]), int(entry[2:])) if entry else None


def after(day: Day, count: int, unit: str) -> Day | None:
    """The last day of a term of `count` units that begins with `day`, which itself is not counted.

    Civil Code articles 201 and 202: the first day does not count, and a term of months ends on the same day of its
    last month, or on that month's last day where it has no such day. None for units that need a table of working
    days, or hours.
    """
    if unit in ("日", "天", "自然日"):
        return day + datetime.timedelta(days=count)
    if unit in ("周", "星期"):
        return day + datetime.timedelta(weeks=count)
    step = {"月": 1, "季度": 3, "年": 12}.get(unit)
    if step is None:
        return None
    year, month = shifted_month(day.year, day.month, step * count)
    return Day(year, month, min(day.day, calendar.monthrange(year, month)[1])) if is_year(year) else None
