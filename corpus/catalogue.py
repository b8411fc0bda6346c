"""The system of record: documents, passages, their vectors, a person's corrections and the outbox of the two indexes."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DatabaseError

from corpus import records, schema
from corpus.document import Document, Metadata
from corpus.errors import DocumentNotFoundError, LibraryDamagedError
from corpus.passage import Passage
from corpus.schema import documents, outbox, overrides, passages, state

Verdict = Literal["added", "replaced", "unchanged"]
Index = Literal["words", "vectors"]
CHUNK = 500
"""How many keys one statement names; SQLite takes 32,766 at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in the list, without its text. ingested_at is ISO 8601, UTC, to the second."""

    name: str
    revision: str
    metadata: Metadata
    characters: int
    passages: int
    ingested_at: str
    source: str
    rules: str


@dataclass(frozen=True, slots=True)
class State:
    """Facts on the whole library. generation grows with every committed change of documents; 0 when there is no library.

    encoder and dimensions: what made the stored vectors ("" and 0 before the first). words and vectors name each index's
    folder; words_taken and vectors_taken are the last number of the outbox that each has taken in.
    """

    generation: int = 0
    format: int = schema.FORMAT
    encoder: str = ""
    dimensions: int = 0
    words: str = ""
    vectors: str = ""
    words_taken: int = 0
    vectors_taken: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns of equal length: key, document name, start and end of each passage, its length in tokens, its terms and vector as stored."""

    keys: list[int]
    names: list[str]
    starts: list[int]
    ends: list[int]
    tokens: list[int]
    terms: list[bytes]
    vectors: list[bytes]


@dataclass(frozen=True, slots=True)
class Pending:
    """What one index has yet to take in: keys to hold, keys to drop, and the outbox number that this reaches."""

    hold: tuple[int, ...]
    drop: tuple[int, ...]
    reaches: int


_PASSAGES = select(
    passages.c.key,
    documents.c.name,
    documents.c.revision,
    passages.c.start,
    passages.c.end,
    passages.c.text,
    passages.c.path,
    passages.c.context,
    passages.c.page,
).join(documents)
_AMONG = passages.c.key.in_(bindparam("keys", expanding=True))
_PASSAGES_AMONG = _PASSAGES.where(_AMONG)
_CANDIDATES_AMONG = (
    select(
        passages.c.key,
        documents.c.name,
        passages.c.start,
        passages.c.end,
        passages.c.tokens,
        passages.c.terms,
        passages.c.vector,
    )
    .join(documents)
    .where(_AMONG)
)


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
        """Make an empty catalogue where there is none."""
        if not self.path.exists():
            fresh = {
                "generation": "0",
                "format": str(schema.FORMAT),
                "words": "words-1",
                "vectors": "vectors-1",
            }
            schema.create(self.path, fresh)

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
        query = _PASSAGES.where(documents.c.number == self.number(name)).order_by(passages.c.ordinal)
        with self.reading() as connection:
            rows = [] if connection is None else connection.execute(query).all()
        return tuple(records.unpack_passage(row) for row in rows)

    def find(self, keys: Collection[int]) -> dict[int, Passage]:
        """The passages that are there among `keys`; what has gone is left out."""
        return {row[0]: records.unpack_passage(row) for row in self._among(_PASSAGES_AMONG, keys)}

    def candidates(self, keys: Collection[int]) -> Candidates:
        """What scoring needs of the passages that are there among `keys`, in no order."""
        rows = self._among(_CANDIDATES_AMONG, keys)
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
        query = (
            select(passages.c.document, passages.c.key, passages.c.vector)
            .where(passages.c.document.in_(bindparam("numbers", expanding=True)))
            .order_by(passages.c.document, passages.c.ordinal)
        )
        with self.reading() as connection:
            for first in range(0, len(wanted) if connection is not None else 0, CHUNK):
                assert connection is not None
                part = {"numbers": wanted[first : first + CHUNK]}
                for row in connection.execute(query, part):
                    yield row[0], row[1], row[2]

    def overrides(self, name: str) -> dict[str, Any]:
        """A person's corrections for documents of that name; {} when none."""
        with self.reading() as connection:
            if connection is None:
                return {}
            packed = connection.scalar(select(overrides.c.fields).where(overrides.c.name == name))
        return {} if packed is None else records.unpack_fields(packed)

    def pending(self, index: Index, limit: int | None = None) -> Pending:
        """What `index` has yet to take in, oldest first, at most `limit` entries; the last word on a key counts."""
        with self.reading() as connection:
            if connection is None:
                return Pending((), (), 0)
            taken = getattr(state_in(connection), f"{index}_taken")
            query = select(outbox).where(outbox.c.sequence > taken).order_by(outbox.c.sequence).limit(limit)
            rows = connection.execute(query).all()
        last = {row.key: row.present for row in rows}
        return Pending(
            hold=tuple(key for key, present in last.items() if present),
            drop=tuple(key for key, present in last.items() if not present),
            reaches=rows[-1].sequence if rows else taken,
        )

    # writing

    def put(
        self,
        document: Document,
        rows: Sequence[Mapping[str, Any]],
        encoder: tuple[str, int],
        rules: str,
        ingested_at: str = "",
        corrected: Mapping[str, Any] | None = None,
    ) -> Verdict:
        """Add or replace a document with its passages (rows as `passages` holds them, without document and ordinal).

        encoder: name and dimensions of what made the vectors. ingested_at: now, if empty. corrected: fields to keep as a
        person's corrections for that name, beside earlier ones on other fields.
        """
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        row = {
            "name": document.name,
            "revision": document.revision,
            "rules": rules,
            "source": document.source,
            "ingested_at": ingested_at or now,
            "characters": len(document.text),
            "passages": len(rows),
            "tokens": sum(passage["tokens"] for passage in rows),
            "metadata": records.pack_metadata(document.metadata),
            "layout": records.pack_layout(document),
            "text": document.text,
        }
        with self.writing() as connection:
            before = _drop(connection, document.name)
            number = connection.scalar(insert(documents).values(row).returning(documents.c.number))
            if rows:
                numbered = [
                    {**passage, "document": number, "ordinal": ordinal}
                    for ordinal, passage in enumerate(rows)
                ]
                connection.execute(insert(passages), numbered)
            _post(connection, before or set(), {passage["key"] for passage in rows})
            if corrected is not None:
                _correct(connection, document.name, corrected)
            set_state(connection, encoder=encoder[0], dimensions=encoder[1])
            _grow(connection)
        return "added" if before is None else "replaced"

    def remove(self, name: str) -> None:
        """Remove a document with its passages; corrections stay. Raises DocumentNotFoundError."""
        with self.writing() as connection:
            before = _drop(connection, name)
            if before is None:
                raise DocumentNotFoundError(name)
            _post(connection, before, set())
            _grow(connection)

    def take(self, index: Index, reaches: int) -> None:
        """Note that `index` holds all that the outbox says up to `reaches`; what both have taken in is cleared."""
        with self.writing() as connection:
            set_state(connection, **{f"{index}_taken": reaches})
            facts = state_in(connection)
            done = min(facts.words_taken, facts.vectors_taken)
            connection.execute(delete(outbox).where(outbox.c.sequence <= done))

    def switch(self, connection: Connection, index: Index, folder: str) -> None:
        """Make `folder`, which holds every passage, the folder of `index`, within a running transaction."""
        last = connection.scalar(select(func.coalesce(func.max(outbox.c.sequence), 0))) or 0
        facts = state_in(connection)
        reaches = max(last, facts.words_taken, facts.vectors_taken)
        set_state(connection, **{index: folder, f"{index}_taken": reaches})
        _grow(connection)

    def revise(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Set columns of passages (each row: `at`, the key, and the new values), within a running transaction."""
        if rows:
            values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "at"}
            connection.execute(update(passages).where(passages.c.key == bindparam("at")).values(values), rows)

    def recount(self, connection: Connection) -> None:
        """Set each document's tokens to the sum over its passages, within a running transaction."""
        total = select(func.coalesce(func.sum(passages.c.tokens), 0)).where(
            passages.c.document == documents.c.number
        )
        connection.execute(update(documents).values(tokens=total.scalar_subquery()))

    def miscounts(self) -> list[str]:
        """Documents whose rows are not as many as were put, one sentence each."""
        counted = (
            select(
                documents.c.name,
                documents.c.passages,
                func.count(passages.c.key).label("rows"),
            )
            .select_from(documents)
            .join(passages, isouter=True)
            .group_by(documents.c.number)
        )
        with self.reading() as connection:
            rows = [] if connection is None else connection.execute(counted).all()
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


def state_in(connection: Connection) -> State:
    """The facts as this transaction sees them."""
    rows = connection.execute(select(state.c.name, state.c.value)).all()
    facts: dict[str, Any] = {row[0]: row[1] for row in rows}
    if facts.get("format") != str(schema.FORMAT):
        raise LibraryDamagedError(
            f"this library has layout {facts.get('format')!r}, this version reads {schema.FORMAT}; ingest into a new --home"
        )
    texts = ("encoder", "words", "vectors")
    fields: dict[str, Any] = {name: value if name in texts else int(value) for name, value in facts.items()}
    return State(**fields)


def set_state(connection: Connection, **facts: str | int) -> None:
    """Set facts, named as in State."""
    for name, value in facts.items():
        changed = connection.execute(update(state).where(state.c.name == name).values(value=str(value)))
        if not changed.rowcount:
            connection.execute(insert(state).values(name=name, value=str(value)))


def _correct(connection: Connection, name: str, fields: Mapping[str, Any]) -> None:
    packed = connection.scalar(select(overrides.c.fields).where(overrides.c.name == name))
    kept = (records.unpack_fields(packed) if packed else {}) | dict(fields)
    connection.execute(delete(overrides).where(overrides.c.name == name))
    if kept:
        connection.execute(insert(overrides).values(name=name, fields=records.pack_fields(kept)))


def _grow(connection: Connection) -> None:
    set_state(connection, generation=state_in(connection).generation + 1)


def _drop(connection: Connection, name: str) -> set[int] | None:
    """Delete a document; the keys its passages had, or None where there was none."""
    number = connection.scalar(select(documents.c.number).where(documents.c.name == name))
    if number is None:
        return None
    keys = set(connection.scalars(select(passages.c.key).where(passages.c.document == number)))
    connection.execute(delete(documents).where(documents.c.number == number))
    return keys


def _post(connection: Connection, before: set[int], after: set[int]) -> None:
    """Tell the indexes what came and what went."""
    rows = [{"key": key, "present": 0} for key in sorted(before - after)]
    rows += [{"key": key, "present": 1} for key in sorted(after - before)]
    if rows:
        connection.execute(insert(outbox), rows)
