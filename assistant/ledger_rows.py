"""The rows that a question to the ledger asks for, all of them counted, the first of them read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.ledger_questions import LedgerQuestion
from assistant.ledger_units import is_body, leads, spelled_out, takes_part
from corpus.commitment import Commitment
from corpus.ledger import Kept, LedgerFilter, Order
from corpus.library import Library

_PLAIN = re.compile(r"[底末终前内月日]|季度|半年")
READ = 60  # rows, at most, that one answer shows
_OPEN = ("", "not_started", "under_way")


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found. rows: the first READ of `count`. wanted: the filter that leaves exactly these rows.

    helping: rows in which the bodies asked for take part, and helped of them in all. masked: rows of the same kind whose
    figure is masked. documents: of how many documents the rows are. unit: what an abbreviated body was read as.
    mentioned: nobody of that name owns a row, and these rows only mention it.
    """

    rows: tuple[Kept, ...]
    count: int
    wanted: LedgerFilter
    helping: tuple[Kept, ...] = ()
    helped: int = 0
    masked: int = 0
    documents: int = 1
    unit: str = ""
    mentioned: bool = False
    by: dict[str, int] = field(default_factory=dict)


def filter_of(asked: LedgerQuestion, documents: Sequence[str] = ()) -> LedgerFilter:
    """The filter that a question amounts to, apart from bodies, values and how often; these are looked at row by row."""
    due = asked.due
    overdue = asked.overdue and due is not None
    repeats = True if asked.recurrence else None
    if asked.has_due is False:
        repeats = False
    return LedgerFilter(
        documents=tuple(sorted(documents)),
        years=asked.years,
        kinds=asked.kinds,
        due_from=due.first if due and not overdue else None,
        due_before=None if due is None else due.last - datetime.timedelta(days=1) if overdue else due.last,
        recurrence=repeats,
        has_owner=asked.has_owner,
        has_due=asked.has_due,
        has_metric=True if asked.value else asked.has_metric,
        masked=asked.masked,
        words=asked.topic,
        statuses=_OPEN if overdue else (),
    )


def select(library: Library, asked: LedgerQuestion, documents: Sequence[str]) -> Selection:
    """The rows that `asked` asks for, by due day where it asks for days, else in document order."""
    wanted = filter_of(asked, documents)
    order: Order = "due" if asked.due else "document"
    if asked.units:
        return _of_units(library, asked, wanted)
    if asked.value or asked.with_helpers or asked.recurrence not in ("", "any"):
        rows = [kept for kept in library.commitments(wanted, order=order) if _fits(kept.row, asked)]
        return _exact(rows, wanted)
    rows = list(library.commitments(wanted, order=order, limit=None if asked.due else READ))
    if asked.due:
        rows = sorted(rows, key=_due_and_plainness)[:READ]
    by = library.count_commitments(wanted, by="document") if rows else {}
    masked = 0
    if asked.has_metric is False:
        masked = library.count_commitments(replace(wanted, has_metric=None, masked=True))[""]
    return Selection(tuple(rows), sum(by.values()), wanted, masked=masked, documents=len(by))


def known(library: Library, units: Sequence[str]) -> bool:
    """Whether one of the bodies owns any row."""
    owners = library.count_commitments(LedgerFilter(), by="owner")
    return any(is_body(unit, name) for unit in units for name in owners if name)


def _of_units(library: Library, asked: LedgerQuestion, wanted: LedgerFilter) -> Selection:
    lead, help_ = _led_and_helped(library, asked, wanted, asked.units)
    unit = ""
    if not lead and not help_ and len(asked.units) == 1:
        unit = spelled_out(asked.units[0], library.count_commitments(LedgerFilter(), by="owner"))
        lead, help_ = _led_and_helped(library, asked, wanted, (unit,)) if unit else ([], [])
    if not lead and not help_:
        mentions = replace(wanted, words=" ".join([wanted.words, *asked.units]).strip())
        rows = list(library.commitments(mentions))
        return replace(_exact(rows, mentions), mentioned=True)
    first, second = (help_, lead) if asked.role == "cooperate" else (lead, help_)
    found = _exact(first, wanted)
    helping = () if asked.role == "cooperate" else tuple(second[:READ])
    return replace(found, helping=helping, helped=len(second), unit=unit)


def _led_and_helped(
    library: Library, asked: LedgerQuestion, wanted: LedgerFilter, units: Sequence[str]
) -> tuple[list[Kept], list[Kept]]:
    rows = library.commitments(replace(wanted, has_owner=True), order="due" if asked.due else "document")
    fitting = [kept for kept in rows if _fits(kept.row, asked)]
    fitting = sorted(fitting, key=_due_and_plainness) if asked.due else fitting
    return (
        [kept for kept in fitting if leads(kept.row, units)],
        [kept for kept in fitting if takes_part(kept.row, units)],
    )


def _exact(rows: Sequence[Kept], wanted: LedgerFilter) -> Selection:
    identities = tuple(kept.row.identity for kept in rows)
    names = {kept.row.document for kept in rows}
    exact = replace(wanted, identities=identities) if rows else wanted
    return Selection(tuple(rows[:READ]), len(rows), exact, documents=len(names))


def _due_and_plainness(kept: Kept) -> tuple[datetime.date, bool]:
    """By due day; on one day, those whose words name a time within the year (9月底前, 年底前) before 今年 and 2022年."""
    deadline = kept.row.deadline
    if deadline is None or deadline.due is None:
        return datetime.date.max, True
    return deadline.due, _PLAIN.search(deadline.said) is None


def _fits(row: Commitment, asked: LedgerQuestion) -> bool:
    if asked.recurrence not in ("", "any") and (
        row.deadline is None or row.deadline.recurrence != asked.recurrence
    ):
        return False
    if asked.with_helpers and not (row.owner and row.owner.cooperating):
        return False
    return asked.value is None or _of_value(row, *asked.value)


def _of_value(row: Commitment, comparator: str, number: str) -> bool:
    """Whether a row asks for that share: 达到95％以上的 are those of 95 and more, 100％ those of just 100."""
    metric = row.metric
    if metric is None or metric.number is None or metric.unit not in ("％", "%"):
        return False
    wanted = Decimal(number)
    return {
        "=": metric.number == wanted,
        ">=": metric.number >= wanted,
        "<=": metric.number <= wanted,
        ">": metric.number > wanted,
        "<": metric.number < wanted,
    }[comparator]
