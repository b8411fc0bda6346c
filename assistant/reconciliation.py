"""Promised versus reported: what later documents say of each promise, and what that makes of it.

Reports count when their document is later than the promise's and of the same body, or stand in the promise's own row of a
supervision ledger. A person's ruling stands beside what was reckoned, and settles it.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.likeness import Rarity, grams
from assistant.reckoning import HELD, judge, reckon
from assistant.told import Told, window, years
from assistant.weighing import Reason, Verdict
from corpus.commitment import PROMISES, Commitment
from corpus.ledger import Kept, LedgerFilter, Ruling
from corpus.library import Library

__all__ = ["Reason", "Reckoning", "Verdict", "pair", "reckon", "reconcile"]

ReportScope = Literal["issuer", "library"]
_NEAR = 12  # characters between two clauses of which one names what the other counts
_ANY_OFFICE = re.compile(r"[省市县区]?(?:人民)?(?:政府|市场监督管理局|市场监管局|局)")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What became of a promise.

    report: the one that the verdict goes by; None where nothing was found. others: further reports that may speak of it, best
    first. ruling: a person's word over the verdict.
    """

    promise: Kept
    report: Kept | None
    verdict: Verdict
    reason: Reason
    others: tuple[Kept, ...] = ()
    ruling: Ruling | None = None

    @property
    def settled(self) -> str:
        """The verdict that holds: a person's, else the reckoned one."""
        return self.ruling.verdict if self.ruling else self.verdict


def reconcile(
    library: Library,
    wanted: LedgerFilter,
    *,
    scope: ReportScope = "issuer",
    year_to: int | None = None,
) -> tuple[Reckoning, ...]:
    """A reckoning for each promise that `wanted` leaves, in its order.

    scope: reports by the same body, or by any of the library. year_to: only documents of this year or before report.
    """
    kinds = tuple(kind for kind in wanted.kinds if kind in PROMISES)
    if not kinds:
        return ()
    promises = library.commitments(replace(wanted, kinds=kinds))
    rows = library.commitments(LedgerFilter(kinds=(*PROMISES, "report"), years=_years(library, promises)))
    return pair(promises, rows, scope=scope, year_to=year_to, rulings=library.rulings())


def _years(library: Library, promises: Sequence[Kept]) -> tuple[int, ...]:
    """The years of the documents that can report on the promises; () for any."""
    first = min((promise.row.year or 0 for promise in promises), default=0)
    there = library.count_commitments(LedgerFilter(kinds=("report",)), by="year") if first else {}
    return tuple(int(year) for year in there if year and int(year) >= first) or ((first,) if first else ())


def pair(
    promises: Sequence[Kept],
    rows: Sequence[Kept],
    *,
    scope: ReportScope = "issuer",
    year_to: int | None = None,
    rulings: dict[str, Ruling] | None = None,
) -> tuple[Reckoning, ...]:
    """`reconcile` on rows at hand. rows: all rows of the ledger, of each document in text order."""
    asked = {promise.row.identity for promise in promises}
    told = {kept.row.identity: one for kept, one in _made_ready(rows, asked)}
    held = {kept.row.identity: kept for kept in rows}
    shelves = _Shelves(scope)
    for kept in rows:
        if kept.row.kind == "report" and not (year_to and (kept.row.year or 0) > year_to):
            shelves.add(kept, told[kept.row.identity])
    rarity = Rarity(kept.row.quote for kept in rows if kept.row.kind == "report")
    made = []
    for promise in promises:
        one = told.get(promise.row.identity) or Told.of(promise.row)
        found = judge(one, shelves.reports(promise, one, rarity), rarity)
        report = held[found.report.identity] if found.report else None
        others = tuple(held[row.identity] for row in found.others)
        ruling = (rulings or {}).get(promise.row.identity)
        made.append(Reckoning(promise, report, found.verdict, found.reason, others, ruling))
    return tuple(made)


class _Shelves:
    """Reports by body and year, and on each shelf by indicator and word."""

    def __init__(self, scope: ReportScope) -> None:
        self._scope = scope
        self._reports: list[tuple[Kept, Told]] = []
        self._named: dict[tuple[str, int, str], list[int]] = defaultdict(list)
        self._worded: dict[tuple[str, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._own: dict[str, list[int]] = defaultdict(list)
        self._bodies: dict[str, str] = {}

    def add(self, kept: Kept, told: Told) -> None:
        number = len(self._reports)
        self._reports.append((kept, told))
        for identity in told.row_of:
            self._own[identity].append(number)
        body = self._body(kept)
        for year in years(told) if body else ():
            for name in _names(told):
                self._named[body, year, name].append(number)
            for gram in told.words:
                self._worded[body, year][gram].append(number)

    def reports(self, promise: Kept, told: Told, rarity: Rarity) -> Iterator[Told]:
        """The reports that may speak of the promise."""
        numbers = set(self._own.get(promise.row.identity, ()))
        span, body = window(promise.row), self._body(promise)
        later: set[int] = set()
        if span and body:
            probe = grams(told.measured.name) if told.measured else told.words
            rarest = tuple(rarity.rarest(probe, HELD))
            for year in range(span[0].year, span[1].year + 1):
                for name in _names(told):
                    later.update(self._named.get((body, year, name), ()))
                worded = self._worded.get((body, year), {})
                for gram in rarest:
                    later.update(worded.get(gram, ()))
        numbers |= {number for number in later if _is_later(self._reports[number][0], promise)}
        return (self._reports[number][1] for number in sorted(numbers))

    def _body(self, kept: Kept) -> str:
        """One name for the issuers that are the same body (安澜县市场监管局, 云川市安澜县市场监管局); "" where none is known."""
        if self._scope == "library":
            return "*"
        issuer = kept.issuer or ""
        if issuer not in self._bodies:
            same = (
                body
                for known, body in self._bodies.items()
                if known
                and not _ANY_OFFICE.fullmatch(min(known, issuer, key=len))
                and (known.endswith(issuer) or issuer.endswith(known))
            )
            self._bodies[issuer] = next(same, issuer) if issuer else ""
        return self._bodies[issuer]


def _names(told: Told) -> Iterable[str]:
    measured = told.measured
    own = (measured.name, *measured.parts, *measured.wider) if measured and measured.name else ()
    return {*own, *told.spoken}


def _is_later(report: Kept, promise: Kept) -> bool:
    """Whether the report's document came after the promise's, as far as their dates and years say."""
    if report.row.document == promise.row.document:
        return False
    if report.date and promise.date:
        return report.date > promise.date
    own, its = promise.row.year or 0, report.row.year or 0
    return its > own or (
        its == own and (report.date is None or report.date >= datetime.date(own or 1, 3, 31))
    )


def _made_ready(rows: Sequence[Kept], asked: Collection[str]) -> Iterator[tuple[Kept, Told]]:
    """Each report and each promise asked for, with the name of what it counts taken from the clause before or the table row around it."""
    before: Commitment | None = None
    around: list[Commitment] = []  # promises of one table row
    for kept in rows:
        row = kept.row
        if around and (around[0].document != row.document or not around[0].span.covers(row.span)):
            around = []
        heading, row_of = "", frozenset[str]()
        if row.kind != "report" and kept.kind_of_document == "ledger":
            around.append(row)
        elif row.kind == "report" and around:
            heading = _heading_of(around, row)
            row_of = frozenset(promise.identity for promise in around)
        elif before is not None and before.document == row.document:
            heading = _preceding(before, row)
        if row.kind == "report" or row.identity in asked:
            yield kept, Told.of(row, heading, row_of, kept.date)
        if row.metric is None or len(row.metric.name) > 2 or before is None:
            before = row


def _heading_of(around: Sequence[Commitment], row: Commitment) -> str:
    named = [promise.metric for promise in around if promise.metric]
    base = row.metric.base if row.metric else None
    return next((metric.name for metric in named if metric.base == base), "")


def _preceding(before: Commitment, row: Commitment) -> str:
    gap = row.span.start - before.span.end
    if before.span == row.span or (before.metric and 0 <= gap <= _NEAR):
        return before.metric.name if before.metric else ""
    return re.split(r"[，,]", before.quote)[-1] if before.metric is None and 0 <= gap <= 4 else ""
