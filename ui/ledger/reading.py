"""What the ledger's page shows of a view: the rows of one page, the numbers above them and the charts beside them."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace

from corpus.commitment import PROMISES
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from ui.ledger.charts import DayMark, most_urgent
from ui.ledger.lights import Light, light_of
from ui.ledger.view import QUICK, Quick, View

ROWS = 50
"""Rows of one page."""
CACHED = 32


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers: (name, title) of each document with commitments, years newest first, issuers, owners."""

    documents: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    issuers: tuple[str, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of rows and the numbers of the view.

    total: rows without the quick filters; quick: what each of them would leave; count: rows of the view. owners, quarters: how
    many rows there are under each, "" for none. They and days tell what else could be chosen: owners of the view without its
    owner, quarters and days of the view without its due days.
    """

    view: View
    rows: tuple[Kept, ...]
    count: int
    total: int
    quick: dict[Quick, int]
    owners: dict[str, int]
    quarters: dict[str, int]
    days: tuple[DayMark, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.count // ROWS))


class LedgerReading:
    """Reads the ledger for the page; the days of the timeline are kept until the ledger changes."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._days: OrderedDict[tuple[int, LedgerFilter, datetime.date], tuple[DayMark, ...]] = OrderedDict()
        self._keeping = threading.Lock()

    def choices(self) -> Choices:
        """What can be chosen in the form."""
        library = self.library
        titles = {entry.name: entry.metadata.title.value for entry in library.entries()}
        shown = [(name, titles.get(name, name)) for name in library.count_commitments(by="document")]
        known = [title for _, title in shown]
        years = library.count_commitments(by="year")
        return Choices(
            tuple(
                (name, title if known.count(title) == 1 else f"{title}（{name}）") for name, title in shown
            ),
            tuple(sorted((int(year) for year in years if year), reverse=True)),
            tuple(issuer for issuer in library.count_commitments(by="issuer") if issuer),
            tuple(owner for owner in library.count_commitments(by="owner") if owner),
        )

    def sheet(self, view: View) -> Sheet:
        """All that is shown of `view`; a page beyond the last one is the last one."""
        library, wanted = self.library, view.wanted
        count = library.count_commitments(wanted)[""]
        view = replace(view, page=min(view.page, max(1, -(-count // ROWS))))
        return Sheet(
            view=view,
            rows=self.rows(view, ROWS, (view.page - 1) * ROWS),
            count=count,
            total=library.count_commitments(view.with_quick())[""],
            quick={each: library.count_commitments(view.with_quick(each))[""] for each in QUICK},
            owners=library.count_commitments(replace(view, owner="").wanted, by="owner"),
            quarters=library.count_commitments(_whenever(view).wanted, by="quarter"),
            days=self.days(view),
        )

    def rows(self, view: View, limit: int | None = None, offset: int = 0) -> tuple[Kept, ...]:
        """Rows of the view in its order; by kind: targets, tasks, requirements, each in the order of the documents."""
        wanted = view.wanted
        if view.order != "kind":
            return self.library.commitments(wanted, order=view.order, limit=limit, offset=offset)
        counts = self.library.count_commitments(wanted, by="kind")
        found: list[Kept] = []
        for kind in PROMISES:
            there = counts.get(kind, 0)
            if there > offset and (limit is None or len(found) < limit):
                left = None if limit is None else limit - len(found)
                found += self.library.commitments(replace(wanted, kinds=(kind,)), limit=left, offset=offset)
            offset = max(0, offset - there)
        return tuple(found)

    def days(self, view: View) -> tuple[DayMark, ...]:
        """A mark for each day on which something is due, in order."""
        wanted = replace(_whenever(view).wanted, has_due=True)
        key = (self.library.ledger_generation(), wanted, view.day)
        with self._keeping:
            marks = self._days.get(key)
        if marks is None:
            marks = self._marks(wanted, view.day)
        with self._keeping:
            self._days[key] = marks
            self._days.move_to_end(key)
            while len(self._days) > CACHED:
                self._days.popitem(last=False)
        only = view.due_from if view.due_from == view.due_to else None
        return tuple(replace(mark, chosen=True) if mark.day == only else mark for mark in marks)

    def _marks(self, wanted: LedgerFilter, day: datetime.date) -> tuple[DayMark, ...]:
        lights: defaultdict[datetime.date, list[Light]] = defaultdict(list)
        for kept in self.library.commitments(wanted):
            if kept.row.deadline and kept.row.deadline.due:
                lights[kept.row.deadline.due].append(light_of(kept, day))
        return tuple(DayMark(due, len(found), most_urgent(found)) for due, found in sorted(lights.items()))

    def kept(self, identity: str) -> Kept | None:
        """The row of that identity, if the ledger has it."""
        return next(iter(self.library.commitments(LedgerFilter(kinds=(), identities=(identity,)))), None)


def _whenever(view: View) -> View:
    return replace(view, due_from=None, due_to=None)
