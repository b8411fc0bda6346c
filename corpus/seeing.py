"""The library as one role sees it: what is not for that role is not there.

It is enforced under all questions, not in them: each connection of a restricted catalogue has temporary views that stand in
front of the tables of the same names and leave out what is hidden, so a statement that forgets to ask for it cannot be
written. The views look up the collections anew in every statement; nothing is cached that a change could leave behind. The
two indexes hold everything, so searches are told what to leave out, and each hit is looked up through the views before it
counts.
"""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

from sqlalchemy import Connection, text

from corpus import ledger_changes
from corpus.catalogue import Catalogue
from corpus.changes import Verdict
from corpus.collections import ROLES, Role, reaches
from corpus.commitment import Commitment
from corpus.document import Metadata
from corpus.errors import CollectionNotFoundError, DocumentNotFoundError, NameTakenError, NotAllowedError
from corpus.following import FollowingIndexes
from corpus.ledger import Progress, Ruling, Status
from corpus.library import Item, Library
from corpus.passage import Passage
from corpus.schema import SHELVED
from corpus.search import Search
from corpus.state import state_in

if TYPE_CHECKING:
    from types import TracebackType

_HIDDEN = """SELECT m.document FROM main.memberships m JOIN main.collections c ON c.name = m.collection
    WHERE c.audience NOT IN ({roles})"""
_NUMBERS = f"SELECT d.number FROM main.documents d WHERE d.name IN ({_HIDDEN})"  # noqa: S608 (all words are ours)
_VIEWS = {
    "documents": f"name NOT IN ({_HIDDEN})",
    "passages": f"document NOT IN ({_NUMBERS})",
    "overrides": f"name NOT IN ({_HIDDEN})",
    "ledgers": f"document NOT IN ({_NUMBERS})",
    "commitments": f"document NOT IN ({_NUMBERS})",
    "progress": f"document NOT IN ({_HIDDEN})",
    # a ruling that goes by a hidden report is hidden, and so is what it took the place of: that holds no more
    "rulings": f"""document NOT IN ({_HIDDEN}) AND NOT EXISTS (SELECT 1 FROM main.rulings later
        WHERE later.promise = rulings.promise AND later.sequence >= rulings.sequence
        AND later.report_document IN ({_HIDDEN}))""",  # noqa: S608
    "collections": "audience IN ({roles})",
    "memberships": f"document NOT IN ({_HIDDEN})",
    "revisions": f"document NOT IN ({_HIDDEN})",
    "outbox": "0",
}
"""What is left of each table; `state`, which holds numbers and the names of folders, is as it is."""


class RestrictedCatalogue(Catalogue):
    """The catalogue as `role` sees it; for reading only."""

    def __init__(self, path: Path, role: Role) -> None:
        super().__init__(path)
        self._role = role
        seen = ", ".join(f"'{audience}'" for audience in ROLES if reaches(role, audience))
        self._hidden = _HIDDEN.format(roles=seen)
        self._views = [
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {rest.format(roles=seen)}"  # noqa: S608
            for table, rest in _VIEWS.items()
        ]

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """As in a whole catalogue, with the views in front of the tables; a layout without collections hides nothing."""
        with super().reading() as connection:
            if connection is not None and state_in(connection).format >= SHELVED:
                self._narrow(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Never: what a restricted library may do, the whole one does for it."""
        raise NotAllowedError("a restricted library writes through the whole one")
        yield  # pragma: no cover  (makes it a generator)

    def hidden(self) -> frozenset[str]:
        """Names of the documents, there or not, that the role does not see."""
        with self.reading_shelves() as connection:
            return frozenset() if connection is None else frozenset(connection.scalars(text(self._hidden)))

    def _narrow(self, connection: Connection) -> None:
        """Put the views in place, once a connection; what a broken-off transaction took back is put there again."""
        there = connection.scalar(text("SELECT count(*) FROM sqlite_temp_master WHERE type = 'view'"))
        if there != len(self._views):
            for view in self._views:
                connection.exec_driver_sql(view)


class RestrictedLibrary(Library):
    """A library as a role below admin sees it. It lives as long as the whole one does; made by `Library.seen_by`.

    What a role may do to documents that it sees, it may do here. Documents that it does not see are not there: acts on them
    raise DocumentNotFoundError or CommitmentNotFoundError; only a put under the name of one raises NameTakenError. What
    concerns the whole library raises NotAllowedError.
    """

    def __init__(self, whole: Library, role: Role) -> None:
        self.settings = whole.settings
        self.encoder = whole.encoder
        self.role: Role = role
        self._whole = whole
        self._lock = None
        self._following = None
        self._writing = whole._writing
        self._catalogue = RestrictedCatalogue(whole._catalogue.path, role)
        self._indexes = whole._indexes
        self._search = Search(self._catalogue, whole._indexes, whole.encoder, whole._search)
        self._documents = whole._documents  # by number, which is asked of the restricted catalogue each time
        self._caching = whole._caching
        self._views = {}

    def seen_by(self, role: Role) -> Library:
        """As the lower one of both roles sees it."""
        return self._whole.seen_by(role) if reaches(self.role, role) else self

    def close(self) -> None:
        """Nothing: the whole library lets go of all."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing, as `close`."""

    def warm(self) -> None:
        """Warm the whole library."""
        self._whole.warm()

    # acts on documents that are seen

    def takes(self, name: str) -> bool:
        """Whether a document may be put under that name: not where one has it, or is to have it, that is not seen."""
        return name not in self._catalogue.hidden()

    def put_many(self, items: Iterable[Item], by: str = "") -> list[Verdict]:
        """As in the whole library. Raises NameTakenError at the first item whose name is that of a document not seen."""

        def checked() -> Iterator[Item]:
            for item in items:
                if not self.takes(item[0].name):
                    raise NameTakenError(item[0].name)
                yield item

        return self._whole.put_many(checked(), by)

    def remove(self, name: str) -> None:
        """Remove a document. Raises DocumentNotFoundError."""
        with self._writing:
            self._catalogue.number(name)
            self._whole.remove(name)

    def set_metadata(
        self,
        name: str,
        metadata: Metadata,
        passages: Sequence[Passage],
        commitments: Sequence[Commitment],
        forget: Several[str] = (),
    ) -> None:
        """As in the whole library. Raises DocumentNotFoundError."""
        with self._writing:
            self._catalogue.number(name)
            self._whole.set_metadata(name, metadata, passages, commitments, forget)

    def set_progress(
        self,
        identity: str,
        *,
        status: Status | None = None,
        percent: int | None = None,
        note: str = "",
        by: str = "",
    ) -> Progress:
        """As in the whole library. Raises CommitmentNotFoundError."""
        with self._writing:
            self._require_commitment(identity)
            return self._whole.set_progress(identity, status=status, percent=percent, note=note, by=by)

    def set_ruling(self, promise: str, *, report: str = "", verdict: str, why: str, by: str) -> Ruling:
        """As in the whole library. Raises CommitmentNotFoundError."""
        with self._writing:
            self._require_commitment(promise)
            if report:
                self._require_commitment(report)
            return self._whole.set_ruling(promise, report=report, verdict=verdict, why=why, by=by)

    def assign(self, document: str, names: Several[str]) -> None:
        """As in the whole library, for documents and collections that are seen.

        Raises DocumentNotFoundError, CollectionNotFoundError.
        """
        with self._writing:
            if not self.takes(document):
                raise DocumentNotFoundError(document)
            known = {collection.name for collection in self.collections()}
            for name in names:
                if name not in known:
                    raise CollectionNotFoundError(name)
            self._whole.assign(document, names)

    # what concerns the whole library

    def doctor(self) -> tuple[str, ...]:
        """Not here: raises NotAllowedError."""
        self._refuse()

    def _writable(self) -> FollowingIndexes:
        """What is not allowed above is refused: changes of collections, `reindex`, and whatever else would write."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise NotAllowedError(f"this concerns the whole library; a {self.role} may not do it")

    def _require_commitment(self, identity: str) -> None:
        with self._catalogue.reading_ledger() as connection:
            ledger_changes.require(connection, identity)
