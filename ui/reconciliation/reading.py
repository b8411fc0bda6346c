"""What the page of promised versus reported asks for, and what it shows of it."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from assistant.reconciliation import Reckoning, Verdict, reconcile
from corpus.commitment import PROMISES, CommitmentKind
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from ui.ledger.view import HIGHEST_PAGE, YEARS, fields_of, number_of, one_of

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Sorted = Literal["met", "exceeded", "missed", "no_figure", "not_comparable", "not_reported", "ruled"]
TILES: tuple[Sorted, ...] = get_args(Sorted)
SCOPES: tuple[Literal["issuer", "library"], ...] = ("issuer", "library")
ROWS = 50
CACHED = 8


@dataclass(frozen=True, slots=True)
class PairsView:
    """What is shown. year: of the promises; until: the last year whose documents report; None for any.

    verdicts: one of these holds; "ruled": a person's. Empty for all.
    """

    issuer: str = ""
    scope: Literal["issuer", "library"] = "issuer"
    year: int | None = None
    until: int | None = None
    kind: CommitmentKind | Literal[""] = ""
    owner: str = ""
    words: str = ""
    verdicts: frozenset[Sorted] = field(default_factory=frozenset)
    page: int = 1

    @property
    def wanted(self) -> LedgerFilter:
        """The filter of the promises."""
        return LedgerFilter(
            years=(self.year,) if self.year else (),
            issuers=(self.issuer,) if self.issuer else (),
            kinds=(self.kind,) if self.kind else PROMISES,
            owner=self.owner,
            words=self.words,
        )


@dataclass(frozen=True, slots=True)
class PairsChoices:
    """What the form offers: issuers and years of promises, years of reports, newest first."""

    issuers: tuple[str, ...]
    promised: tuple[int, ...]
    reported: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairsSheet:
    """One page of reckonings. count: those of the view; total: those of any verdict; counts: by verdict that holds."""

    view: PairsView
    rows: tuple[Reckoning, ...]
    count: int
    total: int
    counts: dict[Sorted, int]

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.count // ROWS))


def read(pairs: Iterable[tuple[str, str]], choices: PairsChoices) -> PairsView:
    """The view that the fields of a form tell; without any, the latest promises that later documents report on."""
    pairs = list(pairs)
    given = fields_of(pairs)
    year, until = number_of(given, "promised", YEARS), number_of(given, "until", YEARS)
    if "promised" not in given and "until" not in given:
        year, until = latest(choices)
    chosen = {value for name, value in pairs if name == "verdict"}
    return PairsView(
        issuer=given.get("issuer", ""),
        scope=one_of(given, "scope", SCOPES) or "issuer",
        year=year,
        until=until,
        kind=one_of(given, "kind", PROMISES) or "",
        owner=given.get("owner", ""),
        words=given.get("words", ""),
        verdicts=frozenset(each for each in TILES if each in chosen),
        page=number_of(given, "page", range(1, HIGHEST_PAGE)) or 1,
    )


def latest(choices: PairsChoices) -> tuple[int | None, int | None]:
    """The latest year of promises that a later year's documents can report on, and the year after it."""
    for year in choices.promised:
        if any(year < reported for reported in choices.reported):
            return year, min(reported for reported in choices.reported if reported > year)
    return (choices.promised[0] if choices.promised else None), None


def report_of(one: Reckoning) -> Kept | None:
    """The report that the settled verdict goes by: a person's choice where it is among those found, else the reckoned one."""
    if one.ruling is None:
        return one.report
    candidates = [one.report, *one.others]
    return next((kept for kept in candidates if kept and kept.row.identity == one.ruling.report), None)


class PairsReading:
    """Reckons for the page; what was reckoned is kept until documents change, whatever people rule."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._reckoned: OrderedDict[object, tuple[Reckoning, ...]] = OrderedDict()
        self._keeping = threading.Lock()

    def choices(self) -> PairsChoices:
        """What can be chosen in the form."""
        count = self.library.count_commitments
        reports = LedgerFilter(kinds=("report",))
        return PairsChoices(
            tuple(issuer for issuer in count(by="issuer") if issuer),
            tuple(sorted((int(year) for year in count(by="year") if year), reverse=True)),
            tuple(sorted((int(year) for year in count(reports, by="year") if year), reverse=True)),
        )

    def reckonings(self, view: PairsView) -> tuple[Reckoning, ...]:
        """One for each promise of the view, whatever its verdict; those with a report first."""
        rulings = self.library.rulings()
        ruled = (replace(one, ruling=rulings.get(one.promise.row.identity)) for one in self._reckon(view))
        return tuple(sorted(ruled, key=lambda one: one.settled == "not_reported"))

    def _reckon(self, view: PairsView) -> tuple[Reckoning, ...]:
        """As `reckonings`, in the order of the documents; the rulings may be old ones."""
        key = (self.library.generation(), view.wanted, view.scope, view.until)
        with self._keeping:
            found = self._reckoned.get(key)
        if found is None:
            found = reconcile(self.library, view.wanted, scope=view.scope, year_to=view.until)
        with self._keeping:
            self._reckoned[key] = found
            self._reckoned.move_to_end(key)
            while len(self._reckoned) > CACHED:
                self._reckoned.popitem(last=False)
        return found

    def sheet(self, view: PairsView) -> PairsSheet:
        """All that is shown of `view`; a page beyond the last one is the last one."""
        every = self.reckonings(view)
        shown = [one for one in every if not view.verdicts or view.verdicts & labels(one)]
        view = replace(view, page=min(view.page, max(1, -(-len(shown) // ROWS))))
        counted = Counter(label for one in every for label in labels(one))
        return PairsSheet(
            view=view,
            rows=tuple(shown[(view.page - 1) * ROWS : view.page * ROWS]),
            count=len(shown),
            total=len(every),
            counts={each: counted[each] for each in TILES},
        )

    def one(self, view: PairsView, identity: str) -> Reckoning | None:
        """The reckoning of that promise, if the ledger has it."""
        found = (one for one in self.reckonings(view) if one.promise.row.identity == identity)
        return next(found, None) or next(
            iter(
                reconcile(
                    self.library,
                    LedgerFilter(identities=(identity,)),
                    scope=view.scope,
                    year_to=view.until,
                )
            ),
            None,
        )


def labels(one: Reckoning) -> set[str]:
    """Under which tiles it counts: the verdict that holds, and whether it is a person's."""
    return {one.settled, "ruled"} if one.ruling else {one.settled}
