"""Libraries of an older layout: read as they are, brought up to date when opened for writing, nothing lost."""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ledger_fakes import plan
from store_fakes import PLAN, SPEECH, CountingEncoder, made

from corpus import schema
from corpus.errors import LibraryDamagedError
from corpus.ledger import LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings

LAYOUT_1 = """
CREATE TABLE state (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name));
CREATE TABLE documents (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, revision TEXT NOT NULL, rules TEXT NOT NULL,
    source TEXT NOT NULL, ingested_at TEXT NOT NULL, characters INTEGER NOT NULL, passages INTEGER NOT NULL,
    tokens INTEGER NOT NULL, metadata TEXT NOT NULL, layout TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (name)
);
CREATE TABLE outbox (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "key" INTEGER NOT NULL, present INTEGER NOT NULL
);
CREATE TABLE overrides (name TEXT NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (name));
CREATE TABLE passages (
    "key" INTEGER NOT NULL, document INTEGER NOT NULL, ordinal INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, page INTEGER, tokens INTEGER NOT NULL, path TEXT NOT NULL, context TEXT NOT NULL,
    text TEXT NOT NULL, terms BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY ("key"), FOREIGN KEY(document) REFERENCES documents (number) ON DELETE CASCADE
);
CREATE UNIQUE INDEX passages_by_document ON passages (document, ordinal);
"""
TABLES = ("state", "documents", "outbox", "overrides", "passages")


@pytest.fixture
def old(tmp_path: Path) -> LibrarySettings:
    """A library as the first version left it: its tables, and in them what it would have written."""
    settings = LibrarySettings(tmp_path / "home")
    with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
        library.put_many([(*made("讲话.txt", SPEECH), "1"), (*made("要点.txt", PLAN, year=2023), "1")])
        corrected = made("讲话.txt", SPEECH, year=2021)[0].metadata
        library.set_metadata("讲话.txt", corrected, made("讲话.txt", SPEECH)[1], ())
    catalogue = settings.home / "catalogue.sqlite3"
    newer = catalogue.rename(settings.home / "newer.sqlite3")
    with closing(sqlite3.connect(catalogue)) as raw, raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.executescript(LAYOUT_1)
        raw.execute("ATTACH ? AS newer", [str(newer)])
        for table in TABLES:
            raw.execute(f"INSERT INTO {table} SELECT * FROM newer.{table}")
        numbered = "SELECT * FROM newer.sqlite_sequence WHERE name IN ('documents', 'outbox')"
        raw.execute("DELETE FROM sqlite_sequence")
        raw.execute(f"INSERT INTO sqlite_sequence {numbered}")
        raw.execute("DELETE FROM state WHERE name = 'ledger_generation'")
        raw.execute("UPDATE state SET value = '1' WHERE name = 'format'")
    newer.unlink()
    return settings


def dumped(settings: LibrarySettings) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(settings.home / "catalogue.sqlite3")) as raw:
        queries = {table: f"SELECT * FROM {table} ORDER BY 1" for table in TABLES}
        return {table: raw.execute(query).fetchall() for table, query in queries.items()}


def layout_of(settings: LibrarySettings) -> tuple[str, set[str]]:
    with closing(sqlite3.connect(settings.home / "catalogue.sqlite3")) as raw:
        (found,) = raw.execute("SELECT value FROM state WHERE name = 'format'").fetchone()
        tables = raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        return found, {name for (name,) in tables}


def test_reading_leaves_it_as_it_is_and_finds_an_empty_ledger(old: LibrarySettings) -> None:
    with Library.open(old, encoder=CountingEncoder()) as reader:
        assert reader.commitments() == reader.orphans() == reader.progress_history("x") == ()
        assert reader.count_commitments() == {"": 0}
        assert reader.count_commitments(by="kind") == reader.rulings() == {}
        assert reader.ruling_history("x") == ()
        assert reader.ledger_generation() == 0
        assert reader.without_ledger() == ("要点.txt", "讲话.txt")
        assert reader.document("讲话.txt").text == SPEECH
        assert reader.search("食品抽检")[0].passage.document == "讲话.txt"
        assert reader.overrides("讲话.txt") == {"year": 2021}
        assert reader.doctor() == ()
    assert layout_of(old) == ("1", set(TABLES))


def test_writing_brings_it_up_to_date_and_loses_nothing(old: LibrarySettings) -> None:
    before = dumped(old)
    with Library.open(old, encoder=CountingEncoder()) as reader:
        found = reader.search("专利")
        with Library.open(old, write=True, encoder=CountingEncoder()) as library:
            assert layout_of(old) == (str(schema.FORMAT), set(schema.tables.tables))
            after = dumped(old)
            assert after | {"state": []} == before | {"state": []}
            assert set(before["state"]) - set(after["state"]) == {("format", "1")}
            assert reader.search("专利") == found
            assert reader.doctor() == library.doctor() == ()
            document, rows = plan()
            assert library.put(*made("讲话.txt", SPEECH), "1") == "unchanged"
            assert library.put(document, (), "1", rows) == "replaced"
            assert [kept.row for kept in reader.commitments(LedgerFilter(kinds=()))] == list(rows)
            assert reader.without_ledger() == ("讲话.txt",)
            assert library.doctor() == ()
    with Library.open(old, write=True, encoder=CountingEncoder()) as library:
        assert len(library.commitments()) == 4


def test_broken_off_in_between_it_is_as_before(old: LibrarySettings) -> None:
    before = dumped(old)
    with Library.open(old, encoder=CountingEncoder()) as library:
        with contextlib.suppress(KeyboardInterrupt), library._catalogue.writing() as connection:
            schema.upgrade(connection)
            raise KeyboardInterrupt
        assert library.commitments() == ()
    assert layout_of(old) == ("1", set(TABLES))
    assert dumped(old) == before


@pytest.mark.parametrize("layout", ["0", "4", "999", "", "two"])
def test_any_other_layout_is_refused_and_left_alone(old: LibrarySettings, layout: str) -> None:
    with closing(sqlite3.connect(old.home / "catalogue.sqlite3")) as raw, raw:
        raw.execute("UPDATE state SET value = ? WHERE name = 'format'", [layout])
    for write in (False, True):
        with pytest.raises(LibraryDamagedError, match="layout"):
            Library.open(old, write=write, encoder=CountingEncoder())
    assert layout_of(old) == (layout, set(TABLES))
