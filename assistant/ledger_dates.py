"""Spans of days that a question about the ledger names: 2022年底前, 三季度, 下半年, 本月, 9月1日至9月30日.

A day is reckoned from the year that the question names, or from the library's latest; from today only where the question
says 现在, 目前, 本季度, 本月 or the like.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from assistant.measures import counted

_COUNT = r"[一二两三四五六七八九十]{1,3}|\d{1,3}"
_PART = (
    rf"(?P<month>{_COUNT})月(?:份|(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?(?P<month_end>底|末)?|"
    r"(?:第?(?P<quarter>[一二三四1-4])个?季度|Q(?P<q>[1-4])|q(?P<small>[1-4]))(?:末|底)?|(?P<half>[上下])半年(?:末|底)?|(?P<year_end>年?[底末终])|(?P<whole>年内|全年|年度内|内)"
)
_YEAR = r"(?:(?P<year>20[0-4]\d)年(?:度)?|(?P<said>今年|本年度?|去年|上年|明年))"
_NAMED = re.compile(rf"(?:到|在|截[至止]到?)?(?:{_YEAR}的?)?(?:{_PART})?(?P<before>之前|以前|前)?")
_STEPS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "明年": 1}
_TODAY = re.compile(
    rf"(?P<step>本|这个?|下个?)(?P<unit>季度|月|周)|(?:未来|今后|接下来|最近|近|再过)?(?P<count>{_COUNT})个?(?P<of>天|日|周|月)(?:之内|以内|内)"
)
TO = re.compile(r"至|到|[-—~－–]+")
DAY_OF_ASKING = re.compile(r"截[至止]目前|到目前为止|到现在为止|现在|目前|当前|眼下|今天|今日")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of days that a question names.

    first and last are included; first is None where only an end counts. end is where the words end. bare: a year and no
    more, which says whose work is meant rather than a due day. no_year: the year was not said and is `year`. today:
    reckoned from the day of asking. day: one day alone.
    """

    first: datetime.date | None
    last: datetime.date
    end: int
    bare: bool = False
    no_year: bool = False
    today: bool = False

    @property
    def day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


def named(text: str, at: int, latest: int, today: datetime.date) -> Named | None:
    """The days that the words of `text` at `at` name; None when they name none. latest: the year where none is said.

    >>> named("2022年底前完成", 0, 2025, datetime.date(2026, 1, 1)).last
    datetime.date(2022, 12, 31)
    """
    relative = _TODAY.match(text, at)
    if relative:
        first, last = _from_today(relative, today)
        return Named(first, last, relative.end(), today=True)
    match = _NAMED.match(text, at)
    if match is None:
        return None
    said = match["year"] or match["said"]
    year = int(match["year"]) if match["year"] else latest + _STEPS.get(match["said"] or "今年", 0)
    bare = match["month"] is None and not any(
        match[name] for name in ("quarter", "q", "small", "half", "year_end", "whole")
    )
    if not said and bare:
        return None
    if not said and (match["whole"] == "内" or (match["year_end"] or "年")[0] != "年"):
        return None
    try:
        first, last = _days(match, year)
    except ValueError:  # 13月, 2月30日
        return None
    if match["before"]:
        if bare:  # 2023年前: before it begins
            return Named(None, datetime.date(year - 1, 12, 31), match.end())
        single = match["day"] is not None
        first = datetime.date(year, 1, 1)
        if not single and match["month"] and not match["month_end"]:  # 9月前
            last = datetime.date(year, max(counted(match["month"]) - 1, 1), 1)
            last = last.replace(day=calendar.monthrange(year, last.month)[1])
    return Named(first, last, match.end(), bare, not said)


def _days(match: re.Match[str], year: int) -> tuple[datetime.date, datetime.date]:
    if match["month"]:
        month = counted(match["month"])
        if match["day"]:
            day = datetime.date(year, month, counted(match["day"]))
            return day, day
        return datetime.date(year, month, 1), _month_end(year, month)
    quarter = match["quarter"] or match["q"] or match["small"]
    if quarter:
        number = counted(quarter)
        return datetime.date(year, 3 * number - 2, 1), _month_end(year, 3 * number)
    if match["half"]:
        begins = 1 if match["half"] == "上" else 7
        return datetime.date(year, begins, 1), _month_end(year, begins + 5)
    begins = 12 if match["year_end"] else 1
    return datetime.date(year, begins, 1), datetime.date(year, 12, 31)


def _from_today(match: re.Match[str], today: datetime.date) -> tuple[datetime.date, datetime.date]:
    if match["count"]:
        count = counted(match["count"])
        days = {"天": 1, "日": 1, "周": 7, "月": 30}[match["of"]] * count
        return today, today + datetime.timedelta(days=days)
    following = match["step"].startswith("下")
    if match["unit"] == "周":
        monday = today - datetime.timedelta(days=today.weekday() - 7 * following)
        return monday, monday + datetime.timedelta(days=6)
    length = 3 if match["unit"] == "季度" else 1
    begins = (today.month - 1) // length * length + length * following
    year, month = today.year + begins // 12, begins % 12 + 1
    return datetime.date(year, month, 1), _month_end(year, month + length - 1)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
