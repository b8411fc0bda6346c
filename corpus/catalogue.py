"""The system of record: documents, passages, their vectors, a person's corrections and the outbox of the two indexes."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, RowMapping, Select, func, select, text
from sqlalchemy.exc import DatabaseError

from corpus import records, schema
from corpus.document import Document
from corpus.errors import DocumentNotFoundError, LibraryDamagedError
from corpus.passage import Passage
from corpus.rows import CANDIDATES_AMONG, COUNTED, PASSAGES, PASSAGES_AMONG, VECTORS, Candidates, Entry
from corpus.schema import documents, overrides, passages
from corpus.state import Index, Pending, State, last_posted, pending_in, state_in

CHUNK = 500
"""How many keys one statement names; SQLite takes 32,766 at most."""


class Catalogue:
    """One SQLite file. Reading is safe from several threads; writing is for the holder of the library's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
            self._engine = None

    def create(self) -> None:
        """Make an empty catalogue where there is none; bring one of an older layout up to date."""
        if not self.path.exists():
            fresh = {
                "generation": "0",
                "format": str(schema.FORMAT),
                "words": "words-1",
                "vectors": "vectors-1",
            }
            schema.create(self.path, fresh)
        elif self.state().format != schema.FORMAT:
            with self.writing() as connection:
                schema.upgrade(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """A connection that sees one state throughout; None where there is no catalogue yet."""
        engine = self._open()
        if engine is None:
            yield None
            return
        try:
            with engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise LibraryDamagedError(
                f"the catalogue {self.path} cannot be read ({error.orig}); restore it from a copy"
            ) from error

    @contextmanager
    def reading_ledger(self) -> Iterator[Connection | None]:
        """`reading`, but None too where the catalogue's layout has no ledger."""
        with self.reading() as connection:
            there = connection is not None and state_in(connection).format != schema.FIRST
            yield connection if there else None

    @contextmanager
    def reading_shelves(self) -> Iterator[Connection | None]:
        """`reading`, but None too where the catalogue's layout has no collections."""
        with self.reading() as connection:
            there = connection is not None and state_in(connection).format >= schema.SHELVED
            yield connection if there else None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept, or none."""
        engine = self._open()
        if engine is None:
            raise LibraryDamagedError(f"the catalogue {self.path} has gone; open the library again")
        with engine.connect() as plain:
            connection = plain.execution_options(**{schema.WRITING: True})
            with connection.begin():
                yield connection

    def _open(self) -> Engine | None:
        with self._opening:
            if self._engine is None and self.path.exists():
                self._engine = schema.make_engine(self.path)
            return self._engine

    # reading

    def state(self) -> State:
        """The present facts. Raises LibraryDamagedError where the layout is of another version."""
        with self.reading() as connection:
            return State() if connection is None else state_in(connection)

    def entries(self) -> tuple[Entry, ...]:
        """All documents without their texts, sorted by name."""
        columns = [column for column in documents.c if column.name not in ("text", "layout")]
        with self.reading() as connection:
            rows = [] if connection is None else connection.execute(select(*columns)).mappings().all()
        entries = [
            Entry(
                metadata=records.unpack_metadata(row["metadata"]),
                **{name: row[name] for name in Entry.__dataclass_fields__ if name != "metadata"},
            )
            for row in rows
        ]
        return tuple(sorted(entries, key=lambda entry: entry.name))

    def number(self, name: str) -> int:
        """The document's number, new with every put. Raises DocumentNotFoundError."""
        query = select(documents.c.number).where(documents.c.name == name)
        with self.reading() as connection:
            found = None if connection is None else connection.scalar(query)
        if found is None:
            raise DocumentNotFoundError(name)
        return int(found)

    def holds(self, name: str, revision: str, rules: str) -> bool:
        """Whether this revision of the document, made by these rules, is there."""
        query = select(documents.c.number).where(
            documents.c.name == name, documents.c.revision == revision, documents.c.rules == rules
        )
        with self.reading() as connection:
            return connection is not None and connection.scalar(query) is not None

    def document(self, number: int) -> Document | None:
        """The document of that number; None where it has been replaced or removed since."""
        with self.reading() as connection:
            query = select(documents).where(documents.c.number == number)
            row = connection.execute(query).mappings().first() if connection is not None else None
        return None if row is None else records.unpack_document(_fields(row))

    def passages(self, name: str) -> tuple[Passage, ...]:
        """The passages of one document in text order. Raises DocumentNotFoundError."""
        query = PASSAGES.where(documents.c.number == self.number(name)).order_by(passages.c.ordinal)
        with self.reading() as connection:
            rows = [] if connection is None else connection.execute(query).all()
        return tuple(records.unpack_passage(row) for row in rows)

    def find(self, keys: Collection[int]) -> dict[int, Passage]:
        """The passages that are there among `keys`; what has gone is left out."""
        return {row[0]: records.unpack_passage(row) for row in self._among(PASSAGES_AMONG, keys)}

    def candidates(self, keys: Collection[int]) -> Candidates:
        """What scoring needs of the passages that are there among `keys`, in no order."""
        rows = self._among(CANDIDATES_AMONG, keys)
        return (
            Candidates(*map(list, zip(*rows, strict=True)))
            if rows
            else Candidates([], [], [], [], [], [], [])
        )

    def _among(self, query: Select[Any], keys: Collection[int]) -> list[Row[Any]]:
        wanted = list(keys)
        rows: list[Row[Any]] = []
        with self.reading() as connection:
            if connection is not None:
                for first in range(0, len(wanted), CHUNK):
                    rows += connection.execute(query, {"keys": wanted[first : first + CHUNK]}).all()
        return rows

    def keys(self) -> set[int]:
        """The keys of all passages."""
        with self.reading() as connection:
            return set() if connection is None else set(connection.scalars(select(passages.c.key)))

    def size(self) -> tuple[int, int]:
        """How many passages there are, and how many tokens they hold together."""
        query = select(
            func.coalesce(func.sum(documents.c.passages), 0), func.coalesce(func.sum(documents.c.tokens), 0)
        )
        with self.reading() as connection:
            row = (0, 0) if connection is None else connection.execute(query).one()
        return int(row[0]), int(row[1])

    def hidden(self) -> frozenset[str]:
        """Names of the documents, there or not, that are not to be seen here; () for a whole catalogue."""
        return frozenset()

    def numbers(self) -> dict[int, str]:
        """Name of each document by its number."""
        with self.reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(select(documents.c.number, documents.c.name)).all()
        return {row[0]: row[1] for row in rows}

    def vectors(self, numbers: Collection[int]) -> Iterator[tuple[int, int, bytes]]:
        """(document number, key, vector as stored) of the passages of these documents, document by document."""
        wanted = sorted(numbers)
        with self.reading() as connection:
            for first in range(0, len(wanted) if connection is not None else 0, CHUNK):
                assert connection is not None
                part = {"numbers": wanted[first : first + CHUNK]}
                for row in connection.execute(VECTORS, part):
                    yield row[0], row[1], row[2]

    def overrides(self, name: str) -> dict[str, Any]:
        """A person's corrections for documents of that name; {} when none."""
        with self.reading() as connection:
            if connection is None:
                return {}
            packed = connection.scalar(select(overrides.c.fields).where(overrides.c.name == name))
        return {} if packed is None else records.unpack_fields(packed)

    def pending(self, index: Index, limit: int | None = None) -> Pending:
        """What `index` has yet to take in, oldest first, at most `limit` entries."""
        with self.reading() as connection:
            return Pending((), (), 0) if connection is None else pending_in(connection, index, limit)

    def last_posted(self) -> int:
        """The number that the outbox has come to."""
        with self.reading() as connection:
            return 0 if connection is None else last_posted(connection)

    def miscounts(self) -> list[str]:
        """Documents whose rows are not as many as were put, one sentence each."""
        with self.reading() as connection:
            rows = [] if connection is None else connection.execute(COUNTED).all()
        return [
            f"{row.name!r}: {row.rows} of {row.passages} passages are there; ingest it again"
            for row in rows
            if row.rows != row.passages
        ]

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        with self.reading() as connection:
            if connection is None:
                return []
            found = [row[0] for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            found += [
                f"a row of {row[0]} has no parent"
                for row in connection.execute(text("PRAGMA foreign_key_check"))
            ]
        return found


def _fields(row: RowMapping) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
