"""Follow-up questions to an answer from the ledger that change one thing in what was asked: 那2024年呢, 药品科呢, 配合的呢."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from dataclasses import replace

from assistant.ledger_questions import LedgerQuestion, in_year
from assistant.ledger_reading import Parts, take_apart

SHORT = 16  # characters of a follow-up that only changes the question before
_FOLLOWS = re.compile(r"^(?:那么?|还有)|(?:的)?呢?[?？。]*$")


def changed(
    before: LedgerQuestion, folded: str, places: Collection[str], latest: int, today: datetime.date
) -> LedgerQuestion | None:
    """`before` with what a short follow-up changes in it (那2024年呢, 药品科呢, 配合的呢); None where it says more."""
    text = _FOLLOWS.sub("", folded)
    if not 0 < len(text) <= SHORT:
        return None
    own = before.due.last.year if before.due else max(before.years, default=0)
    parts = take_apart(text, places, own or latest, today)
    if parts.rest or parts.words - {"little", "lead", "cooperate", "due", "expires", "noun"}:
        return None
    made = _in_other_days(before, parts) if parts.times else before
    if made is None:
        return None
    made = replace(
        made,
        units=tuple(parts.units) or before.units,
        role="cooperate" if "cooperate" in parts.words else "lead" if "lead" in parts.words else before.role,
        documents=parts.documents or before.documents,
        places=tuple(parts.places) or (() if parts.level else before.places),
        level=parts.level or ("" if parts.places else before.level),
        with_helpers=False,
    )
    return made if made != before else None


def _in_other_days(before: LedgerQuestion, parts: Parts) -> LedgerQuestion | None:
    """`before` with the year or the days of a follow-up; a year alone moves the due days that were asked for."""
    years = tuple(sorted({time.last.year for time in parts.times if time.bare}))
    days = [time for time in parts.times if not time.bare]
    if len(days) > 1 or len(years) > 1:
        return None
    if days:
        day = in_year(days[0], years[0]) if years else replace(days[0], no_year=False)
        return replace(before, due=day, years=() if before.due or years else before.years)
    if before.due and not before.overdue:
        return replace(before, due=in_year(before.due, years[0]))
    return replace(before, years=years)
