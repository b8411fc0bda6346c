"""Questions that only the ledger can answer: which ones, how many, whose, until when.

A question is taken apart from left to right into words that this grammar knows; one that has other words left than a topic
(食品安全方面的) is not taken, and so is one that names no dimension of the ledger: it is answered from passages. So a question
for one indicator's figure, for a definition or for a list spoken in one place never comes here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.ledger_dates import Named
from assistant.ledger_grammar import GATE, TOPIC
from assistant.ledger_reading import Parts, take_apart
from corpus.commitment import PROMISES, CommitmentKind, Recurrence
from corpus.ledger import Heading

Role = Literal["lead", "cooperate", "either"]
_ASKING = {"kept", "which", "many", "group", "versus", "list", "owns"}
_NUMBERED = re.compile(r"[一二两三四五六七八九十\d]+[项个条件大张类]")
LONGEST_TOPIC = 10  # characters


@dataclass(frozen=True, slots=True)
class LedgerQuestion:
    """What is asked of the ledger.

    noun: what the rows were called (任务, 目标). kinds: which ones that means. counts: the number is the answer, so 0 is one.
    units with their role; years: of the work. due: the days within which; overdue: those past due on `due.last`. None for
    any of the has_… asks nothing. recurrence: "any" or how often. value: (">=", "<=", ">", "<" or "=", per cent).
    documents: the words that name a document ("2024年工作要点"). by: what rows are counted by; versus: the units stand against
    each other. topic: words that the rows must hold. places and level (市局, 全县): of the documents. with_helpers: only rows that name who takes part. outcome: what became of
    the rows, by later documents.
    """

    noun: str = "任务"
    kinds: tuple[CommitmentKind, ...] = PROMISES
    counts: bool = False
    units: tuple[str, ...] = ()
    role: Role = "either"
    years: tuple[int, ...] = ()
    due: Named | None = None
    overdue: bool = False
    has_owner: bool | None = None
    has_due: bool | None = None
    has_metric: bool | None = None
    masked: bool | None = None
    recurrence: Recurrence | Literal["any", ""] = ""
    value: tuple[str, str] | None = None
    documents: str = ""
    by: Heading | None = None
    versus: bool = False
    topic: str = ""
    places: tuple[str, ...] = ()
    level: str = ""
    with_helpers: bool = False
    outcome: bool = False


def read(folded: str, places: Collection[str], latest: int, today: datetime.date) -> LedgerQuestion | None:
    """The question to the ledger that a folded, simplified text asks; None where it asks none.

    places: those that the text names. latest: the library's latest year, which is meant where a day is named without a year.
    """
    if not GATE.search(folded):
        return None
    parts = take_apart(folded.strip("。？?!！，, "), places, latest, today)
    return _understood(parts) if parts else None


def in_year(asked: Named, year: int) -> Named:
    """The same days of another year."""
    first = asked.first.replace(year=year, day=1) if asked.first else None  # every span begins with a month
    if asked.first and asked.day:
        first = _moved(asked.first, year)
    return replace(asked, first=first, last=_moved(asked.last, year), no_year=False)


def _understood(parts: Parts) -> LedgerQuestion | None:
    words = parts.words
    topic = _topic(parts.rest)
    if topic is None or "outcome" in words or not words & _ASKING:
        return None
    made = LedgerQuestion(
        noun=parts.noun or "任务",
        counts="many" in words,
        units=tuple(dict.fromkeys(parts.units)),
        role="cooperate"
        if "cooperate" in words and "lead" not in words
        else "lead"
        if "lead" in words
        else "either",
        has_owner=_there("owner", words),
        has_due=_there("date", words),
        has_metric=_there("figure", words),
        masked=True if "masked" in words else None,
        recurrence=parts.recurrence,  # type: ignore[arg-type]
        value=parts.value,
        documents=parts.documents,
        by=parts.by,
        versus="versus" in words,
        topic=topic,
        places=tuple(parts.places),
        level=parts.level,
        outcome="kept" in words,
    )
    timed = _timed(made, parts)
    if timed is None or not _asks_the_ledger(timed, parts):
        return None
    return replace(timed, kinds=_kinds(timed))


def _there(what: str, words: Collection[str]) -> bool | None:
    return False if f"no_{what}" in words else True if f"with_{what}" in words else None


def _topic(rest: Sequence[tuple[str, str]]) -> str | None:
    """The topic that the words left over are; "" where none are, None where they are none."""
    if not rest:
        return ""
    if len(rest) > 1:
        return None
    words, after = rest[0]
    if _NUMBERED.match(words):  # 四项指标: spoken in one place
        return None
    return words if 2 <= len(words) <= LONGEST_TOPIC and TOPIC.match(after) else None


def _timed(made: LedgerQuestion, parts: Parts) -> LedgerQuestion | None:
    """With years, due days and the day of asking told apart; None where the times make no sense together."""
    years = tuple(sorted({time.last.year for time in parts.times if time.bare}))
    days = [time for time in parts.times if not time.bare]
    due = bool(parts.words & {"due", "expires"})
    if "overdue" in parts.words:
        stated = [time for time in days if time.day]
        return (
            replace(made, years=years, due=stated[0], overdue=True) if len(stated) == len(days) == 1 else None
        )
    days = [time for time in days if not (time.today and time.day)]
    if not days:
        if due and "expires" in parts.words and len(years) == 1:
            year = years[0]
            whole = Named(datetime.date(year, 1, 1), datetime.date(year, 12, 31), 0)
            return replace(made, due=whole)
        return None if due and not made.by else replace(made, years=years)
    if len(days) > 1 or not due or len(years) > 1:
        return None
    asked = days[0]
    stated_year = years[0] if years else _year_in(parts.documents)
    if asked.no_year and stated_year and not asked.today:
        asked = in_year(asked, stated_year)
        return replace(made, due=asked)
    return replace(made, due=asked, years=years)


def _year_in(words: str) -> int | None:
    found = re.search(r"20[0-4]\d", words)
    return int(found.group()) if found else None


def _moved(day: datetime.date, year: int) -> datetime.date:
    try:
        moved = day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)
    after = moved + datetime.timedelta(days=1)
    return after if (after.month, after.day) == (2, 29) else moved


def _asks_the_ledger(made: LedgerQuestion, parts: Parts) -> bool:
    """Whether a dimension of the ledger is asked for, so that no one passage can answer."""
    dimension = any(
        (
            made.due,
            made.recurrence and parts.noun,
            made.has_owner is not None,
            made.has_due is not None,
            made.has_metric is not None,
            made.masked,
            made.value and parts.noun,
            made.by,
            made.units and (parts.words & {"lead", "cooperate", "owns"} or parts.noun),
        )
    )
    if made.versus:
        return len(made.units) >= 2
    if made.outcome:
        plain = not (made.recurrence or made.value or made.by or made.masked or made.due or made.topic)
        return bool(plain and parts.noun and (made.years or made.documents))
    if not dimension:
        scoped = bool(made.years or made.documents) or parts.noun == "承诺"
        return scoped and made.counts and parts.noun in ("目标", "承诺", "指标任务")
    if made.units and not parts.words & {"lead", "cooperate", "owns", "which", "many", "list"}:
        return False
    return bool(
        parts.noun
        or "owns" in parts.words
        or "lead" in parts.words
        or "cooperate" in parts.words
        or made.due
        or made.masked
    )


def _kinds(made: LedgerQuestion) -> tuple[CommitmentKind, ...]:
    """Targets for 目标 and 指标, rules for 要求; else all promises, but rules only where somebody or a day is named."""
    if made.masked and not re.search("目标|任务", made.noun):
        return (*PROMISES, "report")
    if re.search("目标(?!任务)|指标", made.noun):
        return ("target",)
    if re.search("要求|规定", made.noun):
        return ("requirement",)
    return (
        PROMISES
        if made.units or made.due or made.by or re.search("承诺|事项", made.noun)
        else ("target", "task")
    )
