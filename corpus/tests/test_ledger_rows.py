"""Any commitment comes back from the catalogue's rows as it went in; doctor sees what was changed there."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_fakes import plan
from store_fakes import CountingEncoder

from corpus.commitment import PROMISES, Commitment, Deadline, Metric, Owner, identified
from corpus.document import Document, Inferred, Metadata, Span
from corpus.ledger import LedgerFilter
from corpus.ledger_rows import COMMITMENTS, pack_commitment, unpack_commitment
from corpus.library import Library
from corpus.settings import LibrarySettings

DAYS = st.dates()
NUMBERS = st.none() | st.decimals(allow_nan=False)


def texts(characters: st.SearchStrategy[str], least: int = 0, most: int = 12) -> st.SearchStrategy[str]:
    return st.text(characters, min_size=least, max_size=most)


@st.composite
def deadlines(draw: st.DrawFn, said: st.SearchStrategy[str]) -> Deadline:
    start, due = sorted((draw(DAYS), draw(DAYS)))
    shape = draw(st.sampled_from(["open", "day", "interval", "recurrence"]))
    return Deadline(
        draw(said),
        due if shape in ("day", "interval") else None,
        draw(st.sampled_from(["daily", "annual"])) if shape == "recurrence" else None,
        start if shape == "interval" else None,
    )


@st.composite
def metrics(draw: st.DrawFn, words: st.SearchStrategy[str]) -> Metric:
    masked = draw(st.booleans())
    said = st.none() | words
    return Metric(
        name=draw(words),
        comparator=draw(st.sampled_from([None, ">=", "range"])),
        value=None if masked else draw(said),
        unit=draw(said),
        masked=masked,
        upper=draw(said),
        number=None if masked else draw(NUMBERS),
        upper_number=draw(NUMBERS),
        base=draw(said),
    )


@st.composite
def documents(draw: st.DrawFn, characters: st.SearchStrategy[str]) -> tuple[Document, list[Commitment]]:
    text = draw(texts(characters, 1, 60))
    document = Document("甲.txt", "r" * 64, text, Metadata(Inferred("甲", 0.5)))
    words = texts(characters)
    rows = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        span = Span(start, draw(st.integers(start + 1, len(text))))
        kind = draw(st.sampled_from([*PROMISES, "report"]))
        owner = st.builds(
            Owner,
            words,
            st.sampled_from(["explicit", "inherited"]),
            st.lists(words, max_size=2).map(tuple),
        )
        rows.append(
            Commitment(
                document=document.name,
                revision=document.revision,
                span=span,
                quote=document.quote(span),
                path=tuple(draw(st.lists(words, max_size=2))),
                kind=kind,
                what=draw(texts(characters, 1, 40)),
                owner=draw(st.none() | owner),
                deadline=None if kind == "report" else draw(st.none() | deadlines(words)),
                metric=draw(st.none() | metrics(words)),
                period=draw(st.none() | st.tuples(DAYS, DAYS)),
                year=draw(st.none() | st.integers(1900, 2200)),
                page=draw(st.none() | st.integers(1, 9999)),
            )
        )
    return document, list(identified(rows))


HALVES = st.characters(exclude_categories=[]) | st.just("\ud800")
"""Any character, and the first half of one as damaged files hold it."""


@given(documents(HALVES.filter(lambda character: not "\udc00" <= character <= "\udfff")))
def test_row_and_back(made: tuple[Document, list[Commitment]]) -> None:
    document, rows = made
    names = [column.name for column in COMMITMENTS.selected_columns][2:]
    for row in rows:
        packed = pack_commitment(row, None)
        assert unpack_commitment([document.name, document.revision, *map(packed.__getitem__, names)]) == row


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(LibrarySettings(tmp_path / "h"), write=True, encoder=CountingEncoder()) as library:
        yield library


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(st.characters(exclude_categories=["Cs"])))
def test_into_the_catalogue_and_back(library: Library, made: tuple[Document, list[Commitment]]) -> None:
    document, rows = made
    try:
        library.put(document, (), "", rows)
        kept = library.commitments(LedgerFilter(kinds=()))
        assert [each.row for each in kept] == rows
        for each in kept:
            word = "".join(each.row.quote.split())
            assert each in library.commitments(LedgerFilter(kinds=(), words=word))
        assert library.doctor() == ()
    finally:
        library.remove(document.name)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            "UPDATE commitments SET quote = replace(quote, '批', '箱') WHERE ordinal = 0",
            "is not what the text says",
        ),
        (
            "UPDATE commitments SET start = start + 900, end = end + 900 WHERE ordinal = 1",
            "is not what the text",
        ),
        ("UPDATE commitments SET end = end - 1 WHERE ordinal = 2", "breaks a law: .* a quote of"),
        ("UPDATE commitments SET due = '2022-02-30' WHERE ordinal = 0", "breaks a law"),
        ("UPDATE commitments SET metric = '{}' WHERE ordinal = 0", "breaks a law"),
        ("DELETE FROM commitments WHERE ordinal = 4", "4 of 5 commitments are there"),
        ("UPDATE ledgers SET rows = 6", "5 of 6 commitments are there"),
        ("DELETE FROM ledgers", "5 of 0 commitments are there"),
    ],
)
def test_doctor(library: Library, change: str, finding: str) -> None:
    document, rows = plan()
    library.put(document, (), "", rows)
    assert library.doctor() == ()
    with closing(sqlite3.connect(library.settings.home / "catalogue.sqlite3")) as raw, raw:
        raw.execute(change)
    (found,) = library.doctor()
    assert re.search(finding, found)
