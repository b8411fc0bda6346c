"""What the overview for leadership shows: what is due, overdue and unclear in one year's promises, and what became of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from assistant.reconciliation import Reckoning
from corpus.ledger import Kept
from corpus.library import Library
from ui.ledger.view import YEARS, Quick, View, fields_of, number_of
from ui.reconciliation.reading import PairsReading, PairsView, Sorted, latest

Part = Literal["overdue", "quarter", "no_owner", "no_figure"]
PARTS: tuple[Part, ...] = get_args(Part)
JUDGED: tuple[Sorted, ...] = ("met", "exceeded", "missed", "no_figure", "not_comparable", "not_reported")
SHOWN = 5
"""Rows of one part; the tabs of the ledger and of promised versus reported have all of them."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The first rows of one part and how many there are; view gives all of them in the ledger."""

    part: Part
    count: int
    rows: tuple[Kept, ...]
    view: View


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the promises of view.year by the documents of view.until: counts by verdict, and the first of two.

    The year is the one that was asked for where later documents report on it, else the latest on which any do.
    """

    view: PairsView
    counts: dict[str, int]
    missed: tuple[Reckoning, ...]
    unreported: tuple[Reckoning, ...]

    @property
    def total(self) -> int:
        """All promises of the year."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Overview:
    """One body's promises of one year as of `day`.

    years, issuers: what can be chosen, newest first; year is one of them. total, done: promises, and those noted as done.
    last_due: the last day on which anything of the year is due. outcome: None where nothing was promised.
    """

    day: datetime.date
    year: int | None
    issuer: str
    years: tuple[int, ...]
    issuers: tuple[str, ...]
    total: int
    done: int
    last_due: datetime.date | None
    listings: tuple[Listing, ...]
    outcome: Outcome | None


class OverviewReading:
    """Reads the overview from one view of the library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._pairs = PairsReading(library)

    def overview(self, pairs: Iterable[tuple[str, str]], today: datetime.date) -> Overview:
        """What the fields of the form ask for: year, issuer, day; the latest year with promises unless another is chosen."""
        given = fields_of(pairs)
        by_year = self.library.count_commitments(by="year")
        years = tuple(sorted((int(year) for year in by_year if year), reverse=True))
        chosen = number_of(given, "year", YEARS)
        year = chosen if chosen in years else next(iter(years), None)
        issuers = tuple(issuer for issuer in self.library.count_commitments(by="issuer") if issuer)
        issuer = given.get("issuer", "") if given.get("issuer") in issuers else ""
        try:
            day = datetime.date.fromisoformat(given.get("day", ""))
        except ValueError:
            day = today
        if day.year not in YEARS:
            day = today
        view = View(day=day, year=year, issuer=issuer, order="due")
        return Overview(
            day=day,
            year=year,
            issuer=issuer,
            years=years,
            issuers=issuers,
            total=self.library.count_commitments(view.wanted)[""],
            done=self.library.count_commitments(view.with_quick("done"))[""],
            last_due=self._last_due(view),
            listings=tuple(self._listing(part, view) for part in PARTS),
            outcome=self._outcome(year, issuer),
        )

    def _listing(self, part: Part, view: View) -> Listing:
        quick: frozenset[Quick] = frozenset({part})
        view = replace(view, quick=quick, order="due" if part in ("overdue", "quarter") else "document")
        if part in ("no_owner", "no_figure"):
            view = replace(view, kind="target" if part == "no_owner" else "task")
        wanted = view.wanted
        count = self.library.count_commitments(wanted)[""]
        return Listing(part, count, self.library.commitments(wanted, order=view.order, limit=SHOWN), view)  # type: ignore[arg-type]

    def _last_due(self, view: View) -> datetime.date | None:
        wanted = replace(view.wanted, has_due=True)
        count = self.library.count_commitments(wanted)[""]
        last = self.library.commitments(wanted, order="due", limit=1, offset=max(0, count - 1))
        return next((kept.row.deadline.due for kept in last if kept.row.deadline), None)

    def _outcome(self, year: int | None, issuer: str) -> Outcome | None:
        if year is None:
            return None
        choices = self._pairs.choices()
        later = [reported for reported in choices.reported if reported > year]
        promised, until = (year, min(later)) if later else latest(choices)
        view = PairsView(issuer=issuer, year=promised, until=until)
        every = self._pairs.reckonings(view)
        if not every:
            return None
        counts: dict[str, int] = dict.fromkeys(JUDGED, 0)
        for one in every:
            counts[one.settled] += 1

        def first(verdict: Sorted) -> tuple[Reckoning, ...]:
            found = [one for one in every if one.settled == verdict]
            figures = [one for one in found if one.promise.row.metric is not None]
            return tuple((figures or found)[:SHOWN])

        return Outcome(view, counts, first("missed"), first("not_reported"))
