"""A question to the ledger taken apart from left to right into words that the grammar knows, and what is left over."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from assistant.ledger_dates import DAY_OF_ASKING, TO, Named, named
from assistant.ledger_grammar import GROUPS, KNOWN, RANKED, ROLE_AHEAD, SUPERIOR, UNIT, documents_named
from corpus.commitment import Recurrence
from corpus.ledger import Heading

_BODY = re.compile(r"(?:[省市州盟县区旗]?局)?[省市州盟县区旗]?")
_RECURRENCES: dict[str, Recurrence] = {
    "天": "daily",
    "日": "daily",
    "周": "weekly",
    "月": "monthly",
    "季": "quarterly",
    "半": "semiannual",
    "年": "annual",
}


@dataclass(slots=True)
class Parts:
    """What the words of a question said. words: the kinds of known words in it. rest: runs of others, each with what follows it."""

    words: set[str] = field(default_factory=set)
    times: list[Named] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    rest: list[tuple[str, str]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    level: str = ""
    noun: str = ""
    documents: str = ""
    recurrence: str = ""
    value: tuple[str, str] | None = None
    by: Heading | None = None


def take_apart(text: str, places: Collection[str], latest: int, today: datetime.date) -> Parts:
    """The words of a folded, simplified text; places are those that it names, latest the year where a day is said without one."""
    parts = Parts()
    at, rest = 0, ""
    where = re.compile("|".join(sorted(map(re.escape, places), key=len, reverse=True)) or r"(?!)")
    while at < len(text):
        end = _word(text, at, parts, where, latest, today)
        if end == at:
            rest += text[at]
            at += 1
            continue
        if rest:
            parts.rest.append((rest, text[at:]))
            rest = ""
        at = end
    if rest:
        parts.rest.append((rest, ""))
    return parts


def _word(text: str, at: int, parts: Parts, where: re.Pattern[str], latest: int, today: datetime.date) -> int:
    """The end of the known word at `at`, noted in `parts`; `at` where there is none."""
    document = documents_named(text, at)
    if document and not parts.documents:
        parts.documents = document.group("name")
        return document.end()
    asked = DAY_OF_ASKING.match(text, at)
    if asked:
        parts.times.append(Named(today, today, asked.end(), today=True))
        return asked.end()
    time = named(text, at, latest, today)
    if time:
        return _time(text, time, parts, today)
    unit = UNIT.match(text, at)
    place = where.match(text, at)
    level = None if place else RANKED.match(text, at)
    if place or level:
        end = _BODY.match(text, (place or level).end()).end()  # type: ignore[union-attr]
        if not unit or unit.end() > end or not ROLE_AHEAD.match(text, end):
            parts.places += [place.group()] if place else []
            parts.level = level.group() if level else parts.level
            return end
    known = KNOWN.match(text, at)
    if known and not (unit and known.lastgroup == "little"):
        return _known(known, parts)
    if unit and not SUPERIOR.fullmatch(unit.group()):
        parts.units.append(unit.group())
        return unit.end()
    return at


def _time(text: str, time: Named, parts: Parts, today: datetime.date) -> int:
    joined = TO.match(text, time.end)
    until = named(text, joined.end(), time.last.year, today) if joined else None
    if until and not time.bare and time.first and until.last >= time.first:
        time = replace(until, first=time.first, no_year=time.no_year)
    parts.times.append(time)
    return time.end


def _known(match: re.Match[str], parts: Parts) -> int:
    name = match.lastgroup or ""
    parts.words.add(name)
    if name == "noun":
        parts.noun = parts.noun or re.sub(r"(?:总数|数量|数)$", "", match.group())
        parts.words |= {"list"} if match.end() == len(match.string) else set()  # 9月底前到期的任务
    elif name == "recurs":
        parts.recurrence = next((how for sign, how in _RECURRENCES.items() if sign in match.group()), "any")
    elif name == "value":
        parts.value = _value(match.group())
    elif name == "group":
        parts.by = next(by for by, sign in GROUPS if re.search(sign, match.group()))
    return match.end()


def _value(said: str) -> tuple[str, str]:
    number = re.search(r"\d+(?:\.\d+)?", said)
    sign = "="
    for words, comparator in (
        ("不低于|以上|不少于|至少", ">="),
        ("不超过|以下|以内|不高于", "<="),
        ("超过|高于", ">"),
        ("低于|不到", "<"),
    ):
        if re.search(words, said):
            sign = comparator
            break
    return sign, number.group() if number else "100"
