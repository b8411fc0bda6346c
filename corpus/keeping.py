"""The ledger's side of the library: commitments by filter, and what people note on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from corpus import ledger_changes, ledger_queries
from corpus.ledger import Heading, Kept, LedgerFilter, Order, Progress, Ruling, Status, Stretch
from corpus.opening import OpenLibrary

_T = TypeVar("_T")
_PROMISES = LedgerFilter()


class LedgerLibrary(OpenLibrary):
    """The ledger of an open library. Reading is safe from several threads, and sees one state throughout a call."""

    def ledger_generation(self) -> int:
        """Grows with every change of documents, notes and rulings, by any process."""
        return self._catalogue.state().ledger_generation

    def commitments(
        self,
        wanted: LedgerFilter = _PROMISES,
        *,
        order: Order = "document",
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Kept, ...]:
        """The rows that `wanted` leaves; what has no due day, owner or year comes last. Ties by document name, then text order."""
        return self._ask(lambda ledger: ledger_queries.kept(ledger, wanted, order, limit, offset), ())

    def count_commitments(
        self, wanted: LedgerFilter = _PROMISES, by: Heading | None = None
    ) -> dict[str, int]:
        """How many rows `wanted` leaves under each heading, sorted by it ("2024Q2" for a quarter, by due day).

        "" is for rows without one; without `by` it is the only heading.
        """
        empty: dict[str, int] = {} if by else {"": 0}
        return self._ask(lambda ledger: ledger_queries.counted(ledger, wanted, by), empty)

    def stretches(self, name: str) -> tuple[Stretch, ...]:
        """Where the rows of one document stand, promises and reports, in text order; () when it is not there or has none."""
        return self._ask(lambda ledger: ledger_queries.stretches(ledger, name), ())

    def without_ledger(self) -> tuple[str, ...]:
        """Names of the documents that were taken in before libraries had a ledger; the next ingest reads them again."""
        none: frozenset[str] = frozenset()
        there = self._ask(ledger_queries.read_documents, none)
        return tuple(sorted(set(self._catalogue.numbers().values()) - there))

    def set_progress(
        self,
        identity: str,
        *,
        status: Status | None = None,
        percent: int | None = None,
        note: str = "",
        by: str = "",
    ) -> Progress:
        """Note how far a commitment has come; it takes the place of all noted before, which stays as history.

        Raises CommitmentNotFoundError, and ValueError for a value that Progress cannot hold.
        """
        made = Progress(identity, status, percent, note, by, ledger_changes.now())
        self._change(lambda connection: ledger_changes.note(connection, made))
        return made

    def progress_history(self, identity: str) -> tuple[Progress, ...]:
        """All notes on a commitment, newest first."""
        return self._ask(lambda ledger: ledger_queries.progress_history(ledger, identity), ())

    def orphans(self) -> tuple[tuple[Progress, str, str], ...]:
        """The latest notes on commitments that are gone, each with the document's name and the words it was noted on."""
        return self._ask(ledger_queries.orphans, ())

    def set_ruling(self, promise: str, *, report: str = "", verdict: str, why: str, by: str) -> Ruling:
        """Say what became of a promise; an empty verdict takes back what was said.

        Raises CommitmentNotFoundError, and ValueError for a value that Ruling cannot hold.
        """
        made = Ruling(promise, report, verdict, why, by, ledger_changes.now())
        self._change(lambda connection: ledger_changes.rule(connection, made))
        return made

    def rulings(self) -> dict[str, Ruling]:
        """The ruling that holds, by the promise's identity."""
        return self._ask(ledger_queries.latest_rulings, {})

    def ruling_history(self, promise: str) -> tuple[Ruling, ...]:
        """All rulings on a promise, newest first."""
        return self._ask(lambda ledger: ledger_queries.ruling_history(ledger, promise), ())

    def _ask(self, question: Callable[[Connection], _T], empty: _T) -> _T:
        with self._catalogue.reading_ledger() as connection:
            return empty if connection is None else question(connection)

    def _change(self, change: Callable[[Connection], None]) -> None:
        with self._writing:
            self._writable()
            with self._catalogue.writing() as connection:
                change(connection)
