"""Times in official prose, resolved by the document's own year and day, never by today.

`times` finds them; ingest.time_words has the words, ingest.time_rules what each stands for. What the text does not say is None:
及时, 限期, XX月, 三年内 without a day to count from.

Where words only name an end (到2022年末, 6月底, 9月30日前) start is None; where they name an interval (四季度, 今年, 8月) both days are
given. An interval before 前 is in it: 2025年前 and 2025年底前 end on 2025-12-31, as 6月30日前 ends on that day (the plans of the
dual-carbon goals speak so of 2030年前); 6月前 therefore ends on 06-30.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.commitment import Recurrence
from corpus.document import Span
from corpus.text import fold
from ingest import time_rules
from ingest.time_context import Surroundings
from ingest.time_values import Resolved, Role
from ingest.time_words import ANY, BRANCHES

_AROUND = 48  # characters before and after a stretch that may decide what a word in it means
_LINK = re.compile(r" ?(?:-|—{1,2}|–|~|至|到) ?")
_SENTENCE_END = re.compile(r"[。；;!?\n]")


@dataclass(frozen=True, slots=True)
class Reference:
    """The year whose work the document lays out, and its day. None where unknown.

    assumed: the year of words that name none (全年, 6月底) in this stretch, where it is another than `year`: the year before
    in a section that looks back. 今年 and 去年 go by `year` all the same.
    """

    year: int | None
    date: datetime.date | None
    assumed: int | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """One expression of time.

    said: the words at span, verbatim. start, end: first and last day, both included, None where the text does not say; with a
    recurrence both are None. role: "deadline" (until when, or an interval to act in), "period" (what a report speaks of),
    "recurrence" (again and again; recurrence None where it is no common one: 每两年), "vague" (及时, 限期: no days), "point" (a
    mention that binds nothing: a name's part, 比上年, 年终考核, a bare day, 自6月1日起).
    """

    span: Span
    said: str
    start: datetime.date | None
    end: datetime.date | None
    recurrence: Recurrence | None
    role: Role


def times(text: str, within: Span, reference: Reference) -> tuple[Time, ...]:
    """All times in that stretch of `text`, in order, not overlapping; of two at one place the longer.

    What stands in 《…》 is a title and gives none; in “…” a time that is a part of a name is a "point" without days.
    """
    start, end = within.start, min(within.end, len(text))
    if start >= end:
        return ()
    origin = max(0, start - _AROUND)
    around = Surroundings(
        fold(text[origin : end + _AROUND]),
        reference.date,
        reference.year,
        reference.assumed or reference.year,
        (start - origin, end - origin),
    )
    made = []
    for first, last, found in _joined(around, list(_single(around))):
        if around.in_title(first, last):
            continue
        if around.in_name(first, last):
            found = Resolved("point")
        span = Span(first + origin, last + origin)
        made.append(
            Time(span, text[span.start : span.end], found.start, found.end, found.recurrence, found.role)
        )
    return tuple(made)


Found = tuple[int, int, Resolved]


def _single(around: Surroundings) -> Iterator[Found]:
    """Expressions one by one; the longest that means something at each place."""
    at, stop = around.stretch
    while (place := ANY.search(around.text, at)) is not None and place.start() < stop:
        start = place.start()
        while start < stop and around.text[start] == " ":
            start += 1
        if around.spent and _SENTENCE_END.search(around.text, at, start):
            around.spent = None
        at = start + 1
        matches = [(name, branch.match(around.text, start)) for name, branch in BRANCHES.items()]
        for name, match in sorted(
            ((name, match) for name, match in matches if match), key=lambda pair: -pair[1].end()
        ):
            last = match.start() + len(match.group().rstrip(" 的"))
            if not start < last <= stop:
                continue
            if name == "campaign":
                at = last
                break
            found = time_rules.resolve(name, match, around)
            if found is not None:
                at = last
                yield start, last, found
                break


def _joined(around: Surroundings, found: list[Found]) -> Iterator[Found]:
    """Neighbours that are the two ends of one interval (7月1日至12月31日, 即日起至年底) made one."""
    held: Found | None = None
    for each in found:
        if held is not None and (one := _one(around, held, each)) is not None:
            held = one
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def _one(around: Surroundings, left: Found, right: Found) -> Found | None:
    gap = around.text[left[1] : right[0]]
    linked = _LINK.fullmatch(gap) or (gap in ("", " ") and around.text[right[0]] in "至到")
    first, last = left[2], right[2]
    if not linked or last.end is None or "recurrence" in (first.role, last.role) or first.start is None:
        return None
    if first.start > last.end:
        return None
    role = last.role
    if role == "point":
        role = around.role_of_interval(left[0], right[1], last.end)
    return left[0], right[1], replace(last, start=first.start, role=role)
