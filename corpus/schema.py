"""The catalogue's tables, and how its database is made, opened and brought up to date.

One SQLite file in WAL mode.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.pool import NullPool, QueuePool

FORMAT = 3
"""The version of this layout; a library of a newer one is refused."""

FIRST = 1
"""The oldest layout that is read; it has no ledger. Writing brings it up to date."""

SHELVED = 3
"""The first layout that has collections and revisions."""

READABLE = tuple(str(number) for number in range(FIRST, FORMAT + 1))

WRITING = "wennuo_writing"
"""The execution option of a connection that will write: it takes SQLite's write lock at once, and waits for it if need be."""

tables = MetaData()

state = Table(
    "state",
    tables,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""A handful of facts on the library as a whole; `corpus.state.State` names them."""

documents = Table(
    "documents",
    tables,
    Column("number", Integer, primary_key=True),  # new with every put; never used twice
    Column("name", Text, nullable=False, unique=True),
    Column("revision", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ingested_at", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("tokens", Integer, nullable=False),  # the sum over its passages
    Column("metadata", Text, nullable=False),
    Column("layout", Text, nullable=False),  # sections, pages, blocks, margins
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)

passages = Table(
    "passages",
    tables,
    Column("key", Integer, primary_key=True, autoincrement=False),  # a content hash: `records.key_of`
    Column("document", Integer, ForeignKey("documents.number", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("tokens", Integer, nullable=False),  # length in bigrams, repeats counted
    Column("path", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("terms", LargeBinary, nullable=False),  # scoring.TERMS
    Column("vector", LargeBinary, nullable=False),  # scoring.VECTOR
)
Index("passages_by_document", passages.c.document, passages.c.ordinal, unique=True)

outbox = Table(
    "outbox",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("key", Integer, nullable=False),
    Column("present", Integer, nullable=False),  # 1: the indexes must hold the key, 0: must not
    sqlite_autoincrement=True,
)
"""What the two indexes have yet to take in, in order; how far each has come stands in `state`."""

overrides = Table(
    "overrides",
    tables,
    Column("name", Text, primary_key=True),
    Column("fields", Text, nullable=False),
)
"""A person's corrections by document name; they outlive the document."""

ledgers = Table(
    "ledgers",
    tables,
    Column(
        "document",
        Integer,
        ForeignKey("documents.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("rows", Integer, nullable=False),
)
"""How many commitments each document was put with; none for documents of layout 1 that were not read again since."""

commitments = Table(
    "commitments",
    tables,
    Column("identity", Text, primary_key=True),
    Column("document", Integer, ForeignKey("documents.number", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("owner", Text),
    Column("owner_scope", Text),
    Column("cooperating", Text, nullable=False),
    Column("said", Text),  # the deadline's words; NULL without a deadline
    Column("due", Text),  # days are ISO 8601, so that text order is time order
    Column("recurrence", Text),
    Column("due_start", Text),
    Column("metric", Text),
    Column("masked", Integer, nullable=False),
    Column("period_start", Text),
    Column("period_end", Text),
    Column("year", Integer),
    Column("page", Integer),
    Column("issuer", Text),  # the document's, as its metadata has it
    Column("units", Text, nullable=False),  # squeezed names of owner and cooperating units, a line each
    Column("searched", Text, nullable=False),  # squeezed quote, what, units and headings, a line each
)
Index("commitments_by_document", commitments.c.document, commitments.c.ordinal, unique=True)
Index("commitments_by_due", commitments.c.due)
Index("commitments_by_year", commitments.c.year, commitments.c.kind)
Index("commitments_by_issuer", commitments.c.issuer)

progress = Table(
    "progress",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("identity", Text, nullable=False),
    Column("document", Text, nullable=False),  # name of the document that it was noted on
    Column("quote", Text, nullable=False),  # the commitment's words then
    Column("status", Text),
    Column("percent", Integer),
    Column("note", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What people noted, oldest first; nothing is deleted, and only `identity` changes, when a sentence is reworded."""
Index("progress_by_identity", progress.c.identity, progress.c.sequence)
Index("progress_by_document", progress.c.document)

rulings = Table(
    "rulings",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("promise", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("report", Text, nullable=False),  # "" for none, and then its document and quote too
    Column("report_document", Text, nullable=False),
    Column("report_quote", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""As `progress`, on what became of promises."""
Index("rulings_by_promise", rulings.c.promise, rulings.c.sequence)

collections = Table(
    "collections",
    tables,
    Column("name", Text, primary_key=True),
    Column("audience", Text, nullable=False),  # the lowest role that may see the documents
)

memberships = Table(
    "memberships",
    tables,
    Column(
        "collection",
        Text,
        ForeignKey("collections.name", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
    ),
    Column("document", Text, primary_key=True),  # its name: there or not
)
"""Which documents are in which collections, by name; they outlive the document."""
Index("memberships_by_document", memberships.c.document)

revisions = Table(
    "revisions",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("document", Text, nullable=False),  # its name
    Column("revision", Text, nullable=False),
    Column("ingested_at", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("by", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Every revision that documents had, oldest first; they outlive the document."""
Index("revisions_by_document", revisions.c.document, revisions.c.sequence)


def make_engine(path: Path, *, create: bool = False) -> Engine:
    """An engine on the SQLite file at `path`; without `create`, connecting to a missing file fails and makes nothing.

    Connections may be shared between threads, one thread at a time.
    """
    mode = "rwc" if create else "rw"

    def connect() -> sqlite3.Connection:
        address = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=30.0, check_same_thread=False)
        connection.isolation_level = None  # transactions begin where we say, reads included
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    if create:
        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    else:
        engine = create_engine(
            "sqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=-1
        )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def create(path: Path, facts: dict[str, str]) -> None:
    """Make an empty catalogue at `path`, whole or not at all; `facts` is its first state."""
    draft = path.with_name(path.name + ".draft")
    for leftover in path.parent.glob(draft.name + "*"):
        leftover.unlink()
    engine = make_engine(draft, create=True)
    with engine.begin() as connection:
        tables.create_all(connection)
        connection.execute(state.insert(), [{"name": name, "value": value} for name, value in facts.items()])
    engine.dispose()
    with sqlite3.connect(draft) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    draft.replace(path)


def upgrade(connection: Connection) -> None:
    """Bring a catalogue of an older layout to this one, within a transaction; any other is left as it is."""
    found = connection.scalar(state.select().with_only_columns(state.c.value).where(state.c.name == "format"))
    if found not in READABLE or found == str(FORMAT):
        return
    tables.create_all(connection)
    columns = (documents.c.name, documents.c.revision, documents.c.ingested_at, documents.c.characters)
    title = func.json_extract(documents.c.metadata, "$.title[0]")
    present = select(*columns, title, literal("")).order_by(documents.c.number)
    names = ["document", "revision", "ingested_at", "characters", "title", "by"]
    connection.execute(insert(revisions).from_select(names, present))
    connection.execute(update(state).where(state.c.name == "format").values(value=str(FORMAT)))
