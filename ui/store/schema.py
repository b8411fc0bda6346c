"""The tables of the office's own database, and how it is opened.

One SQLite file in WAL mode, `office.sqlite3` in the library's home. Unlike the indexes it cannot be rebuilt from anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, ForeignKey, MetaData, Table, Text

from corpus.schema import WRITING, make_engine

FILE = "office.sqlite3"

tables = MetaData()
"""Each module of this package adds its own."""

users = Table(
    "users",
    tables,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("post", Text, nullable=False, server_default="staff"),
    Column("password", Text),  # argon2's own encoding; NULL where another server knows the password
    Column("made_at", Text, nullable=False),
    Column("subject", Text),  # issuer and subject of the other server's account, once it was used to log in
)

sessions = Table(
    "sessions",
    tables,
    Column("digest", Text, primary_key=True),  # sha256 of the cookie, so that the file gives no session away
    Column("name", Text, ForeignKey("users.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("begun_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
)

tokens = Table(
    "tokens",
    tables,
    Column("digest", Text, primary_key=True),
    Column("name", Text, ForeignKey("users.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text),  # NULL: until it is taken back
)


class Store:
    """The open database. Safe for several threads; several processes may write, one after another."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, home: Path) -> Store:
        """The database in `home`, made where it is missing, with any table that a newer version added."""
        home.mkdir(parents=True, exist_ok=True)
        path = home / FILE
        maker = make_engine(path, create=True)
        try:
            with maker.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
                tables.create_all(connection)
        finally:
            maker.dispose()
        path.chmod(0o600)
        with sqlite3.connect(path) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
        raw.close()
        return cls(make_engine(path))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, or not at all where an error leaves the block."""
        with (
            self._engine.connect().execution_options(**{WRITING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
