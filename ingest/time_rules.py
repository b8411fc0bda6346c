"""What each kind of time expression stands for: one rule a branch of ingest.time_words. Years are in ingest.time_years."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from corpus.commitment import Recurrence
from ingest import calendar
from ingest.time_context import Surroundings
from ingest.time_values import Resolved, Role, number
from ingest.time_years import STEPS, calendar_time

Match = re.Match[str]

_UNITS: dict[str, Recurrence] = {
    "年": "annual",
    "年度": "annual",
    "半年": "semiannual",
    "季": "quarterly",
    "季度": "quarterly",
    "月": "monthly",
    "月度": "monthly",
    "个月": "monthly",
    "半月": "semimonthly",
    "半个月": "semimonthly",
    "两个月": "bimonthly",
    "2个月": "bimonthly",
    "周": "weekly",
    "星期": "weekly",
    "个星期": "weekly",
    "日": "daily",
    "天": "daily",
}


def resolve(branch: str, match: Match, around: Surroundings) -> Resolved | None:
    """What the words of `match` stand for; None where they are no time after all."""
    return _RULES[branch](match, around)


def _unresolved(_match: Match, _around: Surroundings) -> Resolved:
    """及时, XX月, 汛期前: a time that the text does not say."""
    return Resolved("vague")


def _numeric(match: Match, around: Surroundings) -> Resolved | None:
    year, month = int(match["ny"]), int(match["nm"] or match["nm2"])
    if match["nd"] is None:
        if not 1 <= month <= 12:
            return None
        interval = calendar.months(year, month, month)
        return (
            Resolved("point", interval.start)
            if match["nbound"] == "起"
            else _until(interval.end, match, around)
        )
    day = calendar.day_of(year, month, int(match["nd"]))
    if day is None:
        return None
    if match["nbound"] == "起" or match["nbefore"] in ("自", "从"):
        return Resolved("point", day)
    if match["nbound"] or match["nbefore"] or match.group().strip() == around.whole.strip():
        return _until(day, match, around)
    return Resolved("point", day, day)


def _until(day: datetime.date | None, match: Match, around: Surroundings) -> Resolved:
    past = day is not None and around.year is not None and day.year < around.year
    told = past or (match["nbefore"] or "").startswith("截") or around.reported(match.end())
    return Resolved("period" if told else "deadline", None, day)


def _relative(match: Match, around: Surroundings) -> Resolved | None:
    """本月, 下季度末, 月底前, 20日前: by the document's day, else None."""
    day = around.day
    last_gone = match["which"] == "上"
    told = last_gone or (match["rbefore"] or "").startswith("截") or around.reported(match.end())
    role: Role = "period" if told else "deadline"
    if match["redge"] == "初":
        return Resolved("point")
    if day is None:
        return Resolved(role)
    step = {"上": -1, "下": 1}.get(match["which"] or "", 0)
    unit = match["unit"] or ("季度" if (match["bare"] or "").startswith("季") else "月")
    if unit in ("周", "星期"):
        interval = calendar.week_of(day, step)
        if match["weekday"] and interval.start is not None:
            end = interval.start + datetime.timedelta(
                days="一二三四五六日".find(match["weekday"].replace("天", "日"))
            )
            return Resolved(role, None, end)
    elif unit == "季度":
        year, month = calendar.shifted_month(day.year, day.month, 3 * step)
        interval = calendar.quarters(year, (month + 2) // 3, (month + 2) // 3)
    else:
        year, month = calendar.shifted_month(day.year, day.month, step)
        interval = calendar.months(year, month, month)
        said = match["rday"] or match["alone"]
        if said:
            end_or_none = calendar.day_of(year, month, int(said))
            late = end_or_none is not None and (match["alone"] is None or end_or_none >= day)
            return Resolved(role, None, end_or_none if late else None)
    only_end = match["redge"] in ("底", "末") or match["bare"] or match["rbound"] or match["rbefore"]
    return Resolved(role, None if only_end else interval.start, interval.end)


def _plan(match: Match, around: Surroundings) -> Resolved:
    """“十四五”期间: a term to act in; “十四五”规划: a plan's name, which binds nothing."""
    interval = calendar.plan_period(number(match["quoted"] or match["plain"]) or 0)
    tail, before = match["tail"] or "", match["pbefore"] or ""
    if interval.start is None or interval.end is None:
        return Resolved("point")
    if tail == "以来":
        return Resolved("period", interval.start)
    if tail in ("收官之年", "开局之年"):
        year = interval.end.year if tail == "收官之年" else interval.start.year
        named = calendar.years(year, year)
        return Resolved("point", named.start, named.end)
    past = around.year is not None and interval.end.year < around.year
    reached = before in ("到", "至") and not around.names_plan(match.end())
    if tail in ("末", "期末") or match["pbound"] or reached:
        return Resolved("period" if past else "deadline", None, interval.end)
    if tail:
        role = around.role_of_interval(match.start(), match.end(), interval.end)
        return Resolved(role, interval.start, interval.end)
    return Resolved("point", interval.start, interval.end)


def _duration(match: Match, around: Surroundings) -> Resolved | None:
    """30日内: resolved only where the text counts from now (自即日起) and the document has a day."""
    if match["spent"]:
        return Resolved("period" if around.reported(match.end()) else "deadline")
    if around.is_measured(match.start()):
        return Resolved("point")
    if match["anchor"] is None or around.day is None:
        return Resolved("deadline")
    count, unit = number(match["most"] or match["count"]), match["term"].removeprefix("个")
    if match["count"] == "半":
        count, unit = {"年": (6, "月"), "月": (15, "天")}.get(unit, (0, ""))
    end = calendar.after(around.day, count, unit) if count else None
    return Resolved("deadline", around.day if end else None, end)


def _holiday(match: Match, around: Surroundings) -> Resolved:
    """国庆前 ends on the day before; 春节期间 and the like bind nothing, since how long is not said."""
    if match["hbound"] not in ("前", "之前", "以前", "前夕"):
        return Resolved("point")
    year = around.year
    if match["hyear"]:
        year = int(match["hyear"])
    elif year is not None and match["hword"]:
        year += STEPS[match["hword"]]
    elif year is not None and match["holiday"] in ("元旦", "春节"):
        late = around.day is not None and around.day.month >= 9
        year = around.day.year + 1 if late and around.day is not None else year + (match["holiday"] == "元旦")
    day = calendar.holiday(match["holiday"], year) if year is not None else None
    role: Role = "period" if around.reported(match.end()) else "deadline"
    return Resolved(role, None, day - datetime.timedelta(days=1) if day else None)


def _recurrence(match: Match, around: Surroundings) -> Resolved | None:
    start, end = match.start(), match.end()
    if match["rhythm"]:
        if match["rhythm"] == "半年":
            return None
        if match["rhythm"] in ("年", "年度") or around.is_mechanism(start, end):
            return Resolved("point")
        return Resolved("recurrence", recurrence=_UNITS[match["rhythm"]])
    if match["each"]:
        return Resolved("recurrence", recurrence=_UNITS[match["each"]])
    if match["every"]:
        if around.is_rate(start, end):
            return Resolved("point")
        return Resolved("recurrence", recurrence=_UNITS.get(match["every"]))
    unit = match["periodunit"] or match["shortunit"]
    if match["period"] == "半":
        return Resolved("recurrence", recurrence="semiannual") if unit == "年" else Resolved("recurrence")
    every = unit.removeprefix("个") if match["period"] in ("一", "1") else ""
    return Resolved("recurrence", recurrence=_UNITS.get(every))


def _past(match: Match, around: Surroundings) -> Resolved:
    """过去一年 is the year before the document's; 近年来, 三年来, 同期 say no days."""
    if match["lastyear"] and around.year is not None:
        interval = calendar.years(around.year - 1, around.year - 1)
        return Resolved("period", interval.start, interval.end)
    return Resolved("period")


def _century(match: Match, _around: Surroundings) -> Resolved:
    return Resolved("deadline", None, datetime.date(2050 if match["century"] == "中叶" else 2100, 12, 31))


def _since(_match: Match, around: Surroundings) -> Resolved:
    return Resolved("point", around.day)


def _yearly(match: Match, around: Surroundings) -> Resolved:
    """年度 is a term where a task is to be completed in it, else an attribute: 年度考核."""
    if around.year is None or not around.has_task(match.start(), match.end()):
        return Resolved("point")
    interval = calendar.years(around.year, around.year)
    role: Role = "period" if around.reported(match.end()) else "deadline"
    return Resolved(role, interval.start, interval.end)


_RULES: dict[str, Callable[[Match, Surroundings], Resolved | None]] = {
    "masked": _unresolved,
    "recurrence": _recurrence,
    "plan": _plan,
    "calendar": calendar_time,
    "numeric": _numeric,
    "duration": _duration,
    "holiday": _holiday,
    "season": _unresolved,
    "relative": _relative,
    "since": _since,
    "past": _past,
    "ahead": _unresolved,
    "century": _century,
    "yearly": _yearly,
    "vague": _unresolved,
}
