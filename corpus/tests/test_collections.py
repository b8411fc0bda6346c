"""Collections and revisions: kept, changed, found by doctor; and the layouts before there were any."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_fakes import PLAN, SPEECH, CountingEncoder, made

from corpus.collections import LONGEST_COLLECTION, ROLES, Collection, reaches
from corpus.document import Inferred
from corpus.errors import CollectionNotFoundError
from corpus.library import Library
from corpus.settings import LibrarySettings


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    settings = LibrarySettings(tmp_path / "home")
    with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
        library.put(*made("讲话.txt", SPEECH), "1", by="王")
        library.put(*made("要点.txt", PLAN), "1")
        yield library


@pytest.mark.parametrize(
    "name", ["", " 甲", "甲 ", " ", "a\nb", "a\x00b", "a\u202eb", "\ud800", "长" * (LONGEST_COLLECTION + 1)]
)
def test_a_name_that_cannot_be_shown_is_refused(library: Library, name: str) -> None:
    with pytest.raises(ValueError, match="name of a collection"):
        Collection(name, "reader")
    with pytest.raises(ValueError, match="name of a collection"):
        library.set_collection(name, "reader")
    library.set_collection("甲", "reader")
    with pytest.raises(ValueError, match="name of a collection"):
        library.rename_collection("甲", name)


def test_an_audience_is_a_role(library: Library) -> None:
    with pytest.raises(ValueError, match="no role"):
        library.set_collection("甲", "everyone")  # type: ignore[arg-type]
    assert [reaches("curator", role) for role in ROLES] == [True, True, False]


def test_collections_are_made_changed_renamed_and_removed(library: Library) -> None:
    assert library.collections() == ()
    library.set_collection("公开", "reader")
    library.set_collection("党组会议", "curator")
    library.assign("讲话.txt", ["党组会议", "公开"])
    library.assign("要点.txt", ["公开"])
    assert library.collections() == (
        Collection("党组会议", "curator", ("讲话.txt",)),
        Collection("公开", "reader", ("要点.txt", "讲话.txt")),
    )
    library.set_collection("党组会议", "admin")
    library.rename_collection("党组会议", "内部")
    assert library.collections_of("讲话.txt") == ("公开", "内部")
    assert library.collections()[1] == Collection("内部", "admin", ("讲话.txt",))
    library.assign("讲话.txt", ["内部"])
    assert library.collections()[0] == Collection("公开", "reader", ("要点.txt",))
    library.remove_collection("内部")
    assert library.collections_of("讲话.txt") == ()
    assert library.doctor() == ()


def test_what_is_not_there_is_said(library: Library) -> None:
    library.set_collection("甲", "reader")
    library.set_collection("乙", "reader")
    with pytest.raises(CollectionNotFoundError, match="丙"):
        library.assign("讲话.txt", ["甲", "丙"])
    assert library.collections_of("讲话.txt") == ()
    with pytest.raises(CollectionNotFoundError):
        library.remove_collection("丙")
    with pytest.raises(CollectionNotFoundError):
        library.rename_collection("丙", "丁")
    with pytest.raises(ValueError, match="already"):
        library.rename_collection("甲", "乙")
    library.rename_collection("甲", "甲")
    with pytest.raises(ValueError, match="name"):
        library.assign("", ["甲"])


def test_they_outlive_the_document_and_wait_for_it(library: Library) -> None:
    library.set_collection("甲", "reader")
    library.assign("讲话.txt", ["甲"])
    library.assign("新.txt", ["甲"])
    library.remove("讲话.txt")
    assert library.collections() == (Collection("甲", "reader"),)
    assert library.collections_of("讲话.txt") == ("甲",)
    library.put_many([(*made("讲话.txt", SPEECH), "1"), (*made("新.txt", PLAN), "1")])
    assert library.collections() == (Collection("甲", "reader", ("新.txt", "讲话.txt")),)


def test_every_change_grows_both_generations(library: Library) -> None:
    def grown() -> tuple[int, int]:
        return library.generation(), library.ledger_generation()

    seen = [grown()]
    for change in (
        lambda: library.set_collection("甲", "reader"),
        lambda: library.set_collection("甲", "curator"),
        lambda: library.assign("讲话.txt", ["甲"]),
        lambda: library.rename_collection("甲", "乙"),
        lambda: library.remove_collection("乙"),
    ):
        change()
        assert min(grown()[0] - seen[-1][0], grown()[1] - seen[-1][1]) > 0
        seen.append(grown())


def test_revisions_tell_when_a_document_was_replaced(library: Library) -> None:
    first = library.revisions("讲话.txt")
    assert [(r.characters, r.title, r.by) for r in first] == [(len(SPEECH), "讲话.txt", "王")]
    assert first[0].revision == library.document("讲话.txt").revision
    library.put(*made("讲话.txt", SPEECH), "2")  # other rules, the same bytes
    assert library.revisions("讲话.txt") == first
    library.put(*made("讲话.txt", SPEECH + PLAN), "2", by="李")
    newest, older = library.revisions("讲话.txt")
    assert (newest.characters, newest.by, older) == (len(SPEECH + PLAN), "李", first[0])
    library.put(*made("讲话.txt", SPEECH), "2")
    assert [r.characters for r in library.revisions("讲话.txt")] == [
        len(SPEECH),
        len(SPEECH + PLAN),
        len(SPEECH),
    ]
    library.remove("讲话.txt")
    assert len(library.revisions("讲话.txt")) == 3
    assert library.revisions("没有.txt") == ()


def test_a_corrected_title_is_that_of_the_revision(library: Library) -> None:
    document, passages = made("讲话.txt", SPEECH)
    metadata = document.metadata.__class__(title=Inferred("改过", 1.0, "person"))
    library.set_metadata("讲话.txt", metadata, passages, ())
    assert [(r.title, r.by) for r in library.revisions("讲话.txt")] == [("改过", "王")]


def test_a_correction_can_be_taken_back(library: Library) -> None:
    document, passages = made("讲话.txt", SPEECH)
    inferred = document.metadata
    corrected = inferred.__class__(title=Inferred("改过", 1.0, "person"), year=Inferred(1999, 1.0, "person"))
    library.set_metadata("讲话.txt", corrected, passages, ())
    assert library.overrides("讲话.txt") == {"title": "改过", "year": 1999}
    back = inferred.__class__(title=corrected.title, year=inferred.year)
    library.set_metadata("讲话.txt", back, passages, (), forget=["year"])
    assert library.overrides("讲话.txt") == {"title": "改过"}
    assert library.document("讲话.txt").metadata.year == inferred.year


def test_doctor_finds_what_is_wrong(library: Library) -> None:
    library.set_collection("甲", "reader")
    with closing(sqlite3.connect(library.settings.home / "catalogue.sqlite3")) as raw, raw:
        raw.execute("UPDATE collections SET audience = 'everyone'")
        raw.execute("DELETE FROM revisions WHERE document = '要点.txt'")
    findings = library.doctor()
    assert len(findings) == 2
    assert "'甲' breaks a law" in findings[0]
    assert "'要点.txt': the latest revision" in findings[1]
    library.set_collection("甲", "reader")
    library.put(*made("要点.txt", PLAN), "2")
    assert library.doctor() == ()
