"""A restricted library: what is not for a role is not there, by whatever way it is asked for."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_fakes import written
from store_fakes import PLAN, SPEECH, CountingEncoder, made

from corpus import schema, seeing
from corpus.collections import ROLES, Collection, Role, reaches
from corpus.commitment import Commitment
from corpus.document import Document, Inferred, Metadata
from corpus.errors import (
    CollectionNotFoundError,
    CommitmentNotFoundError,
    DocumentNotFoundError,
    NameTakenError,
    NotAllowedError,
)
from corpus.ledger import LedgerFilter
from corpus.library import Library
from corpus.passage import Passage
from corpus.settings import LibrarySettings
from corpus.text import sentences

RESTRICTED = {
    *("entries", "document", "passages", "search", "search_words", "search_vectors", "frequencies"),
    *("as_retriever", "overrides", "commitments", "count_commitments", "stretches", "without_ledger"),
    *("progress_history", "orphans", "rulings", "ruling_history"),
    *("collections", "collections_of", "revisions", "seen_by"),
}
"""Gives nothing of what is not seen; `told` asks each."""
CHECKED = {"put", "put_many", "takes", "remove", "set_metadata", "set_progress", "set_ruling", "assign"}
"""Acts only on what is seen."""
REFUSED = {"set_collection", "rename_collection", "remove_collection", "doctor", "reindex"}
"""Concerns the whole library."""
HARMLESS = {
    "generation": "a count of changes",
    "ledger_generation": "a count of changes",
    "likeness": "weighs words that are given, knows nothing of the library",
    "warm": "gives nothing",
    "open": "opens another library by its folder",
    "close": "gives nothing",
}
WORDS = ("曙光", "长河", "青松", "雪原")
NAMES = tuple(f"{word}.txt" for word in WORDS)


def item(name: str, more: str = "") -> tuple[Document, tuple[Passage, ...], str, tuple[Commitment, ...]]:
    """A document that says its own word everywhere, and a common one."""
    word = name.removesuffix(".txt")
    text = f"{word}工作要点\n由{word}科牵头，六月底前完成{word}检查。\n全年完成抽检四千批次{word}。\n{more}"
    document, commitments = written(name, text, issuer=f"{word}局")
    passages = tuple(
        Passage(name, document.revision, span, document.quote(span), (f"{word}要点",), f"{word} 2022年")
        for span in sentences(text)
    )
    return document, passages, "1", commitments


def fill(library: Library) -> None:
    """All documents, with notes, rulings, corrections, and a revision that lost its noted sentence."""
    for word, name in zip(WORDS, NAMES, strict=True):
        document, passages, rules, commitments = item(name, f"再办一件{word}实事。\n")
        library.put(document, passages, rules, commitments, by=f"{word}员")
        for row in library.commitments(LedgerFilter(documents=(name,), kinds=())):
            library.set_progress(row.row.identity, status="done", note=f"{word}已办", by=word)
        first, last = rows_of(library, name)[0], rows_of(library, name)[-1]
        library.set_ruling(first, report=last, verdict="kept", why=f"{word}为证", by=word)
        described = document.metadata.__class__(title=Inferred(f"{word}改题", 1.0, "person"))
        library.set_metadata(name, described, passages, commitments)
        library.put(*item(name, "\n"), by=f"{word}员")


def rows_of(library: Library, name: str) -> list[str]:
    kept = library.commitments(LedgerFilter(documents=(name,), kinds=()))
    return [row.row.identity for row in kept]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = LibrarySettings(tmp_path_factory.mktemp("seen") / "home")
    with Library.open(home, write=True, encoder=CountingEncoder()) as library:
        fill(library)
        yield library


@pytest.fixture
def library(filled: Library) -> Library:
    for name in NAMES:
        filled.assign(name, [])
    for collection in filled.collections():
        filled.remove_collection(collection.name)
    return filled


def told(view: Library, whole: Library) -> dict[str, str]:
    """What every reading method of the view says, asked about everything that the whole library holds."""
    identities = [row for name in NAMES for row in rows_of(whole, name)]
    identities += [note.identity for note, _, _ in whole.orphans()]

    def tried(ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except (DocumentNotFoundError, CommitmentNotFoundError) as error:
            return type(error).__name__

    def of_each(ask: Callable[[str], Any]) -> list[Any]:
        return [tried(lambda name=name: ask(name)) for name in NAMES]  # type: ignore[misc]

    queries = [*WORDS, "抽检批次", "六月底前完成检查"]
    headings = ("owner", "kind", "year", "quarter", "document", "issuer", "status")
    answers: dict[str, Any] = {
        "entries": view.entries(),
        "document": of_each(view.document),
        "passages": of_each(view.passages),
        "search": [view.search(query, k=k) for query in queries for k in (1, 50)]
        + [view.search("抽检", documents=NAMES)],
        "search_words": [view.search_words(query) for query in queries]
        + [view.search_words("抽检", documents=NAMES)],
        "search_vectors": [view.search_vectors(query) for query in queries]
        + [view.search_vectors("抽检", documents=NAMES)],
        "frequencies": [word for word in WORDS if view.frequencies([word])[0][word]],
        "as_retriever": [view.as_retriever(k=50).invoke(query) for query in queries],
        "overrides": of_each(view.overrides),
        "commitments": [
            view.commitments(LedgerFilter(kinds=())),
            view.commitments(LedgerFilter(identities=tuple(identities), kinds=())),
            view.commitments(order="due"),
            view.commitments(limit=2, offset=1),
        ],
        "count_commitments": [view.count_commitments(LedgerFilter(kinds=()), by=by) for by in headings],  # type: ignore[arg-type]
        "stretches": of_each(lambda name: (view.stretches(name) and name) or ""),
        "without_ledger": view.without_ledger(),
        "progress_history": [view.progress_history(identity) for identity in identities],
        "orphans": view.orphans(),
        "rulings": view.rulings(),
        "ruling_history": [view.ruling_history(identity) for identity in identities],
        "collections": view.collections(),
        "collections_of": of_each(lambda name: (view.collections_of(name) and name) or ""),
        "revisions": of_each(view.revisions),
        "seen_by": [view.seen_by(role).entries() for role in ROLES],
    }
    assert set(answers) == RESTRICTED
    return {method: repr(answer) for method, answer in answers.items()}


def test_every_public_method_is_accounted_for() -> None:
    public = {name for name in dir(Library) if not name.startswith("_")}
    known = [RESTRICTED, CHECKED, REFUSED, set(HARMLESS)]
    assert public == set().union(*known), "say for each new method what a restricted library does with it"
    assert sum(map(len, known)) == len(public)


def test_every_table_is_accounted_for() -> None:
    assert set(seeing._VIEWS) | {"state"} == set(schema.tables.tables)


def test_all_is_told_of_all_where_nothing_is_restricted(library: Library) -> None:
    whole = told(library, library)
    assert told(library.seen_by("reader"), library) == whole
    for method, answer in whole.items():
        if method not in ("collections", "collections_of", "without_ledger"):
            assert all(word in answer for word in WORDS), method
    assert library.seen_by("admin") is library
    assert library.seen_by("reader") is library.seen_by("reader")


AUDIENCES = st.lists(st.sampled_from(ROLES), min_size=3, max_size=3)
SHELVES = st.lists(st.sets(st.integers(0, 2)), min_size=len(NAMES), max_size=len(NAMES))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(audiences=AUDIENCES, shelves=SHELVES)
def test_nothing_of_what_is_not_seen_comes_out(
    library: Library, audiences: list[Role], shelves: list[set[int]]
) -> None:
    for number, audience in enumerate(audiences):
        library.set_collection(f"第{number}架", audience)
    for name, numbers in zip(NAMES, shelves, strict=True):
        library.assign(name, [f"第{number}架" for number in numbers])
    for role in ROLES:
        answers = told(library.seen_by(role), library)
        for word, numbers in zip(WORDS, shelves, strict=True):
            seen = all(reaches(role, audiences[number]) for number in numbers)
            for method, answer in answers.items():
                if not seen:
                    assert word not in answer, f"{method} of a {role}"
                elif method in ("entries", "document", "search", "commitments", "progress_history"):
                    assert word in answer, f"{method} of a {role}"
        told_of = library.seen_by(role).collections()
        assert all(reaches(role, collection.audience) for collection in told_of)


def test_scores_counts_and_limits_are_those_of_a_library_without_it(library: Library, tmp_path: Path) -> None:
    library.set_collection("内部", "curator")
    library.assign(NAMES[0], ["内部"])
    view = library.seen_by("reader")
    with Library.open(
        LibrarySettings(tmp_path / "without"), write=True, encoder=CountingEncoder()
    ) as without:
        without.put_many(item(name, "\n") for name in NAMES[1:])
        for query in ("抽检批次", WORDS[0], WORDS[1]):
            assert view.search_words(query) == without.search_words(query)
            for k in (1, 5, 50):
                assert view.search(query, k=k) == without.search(query, k=k)
        assert view.search_vectors("抽检", k=4) == without.search_vectors("抽检", k=4)
        terms = ["抽检", WORDS[0], WORDS[1], "没有"]
        assert view.frequencies(terms) == without.frequencies(terms)
        assert view.count_commitments() == without.count_commitments()
        assert len(view.commitments(limit=4)) == 4


def test_a_view_that_is_held_follows_the_collections_at_once(library: Library) -> None:
    reader, curator = library.seen_by("reader"), library.seen_by("curator")
    assert reader.search(WORDS[0])
    assert reader.document(NAMES[0]).name == NAMES[0]
    library.set_collection("内部", "reader")
    library.assign(NAMES[0], ["内部"])
    assert NAMES[0] in [entry.name for entry in reader.entries()]
    for audience, seen in (("curator", 1), ("admin", 0), ("reader", 2), ("curator", 1)):
        library.set_collection("内部", audience)  # type: ignore[arg-type]
        for view, there in ((reader, seen > 1), (curator, seen > 0)):
            assert (NAMES[0] in [entry.name for entry in view.entries()]) is there
            assert (NAMES[0] in {hit.passage.document for hit in view.search(WORDS[0])}) is there
            assert bool(view.frequencies([WORDS[0]])[0][WORDS[0]]) is there
    library.remove_collection("内部")
    assert reader.search(WORDS[0])[0].passage.document == NAMES[0]


def test_another_process_that_restricts_is_heeded(library: Library) -> None:
    with Library.open(library.settings, encoder=CountingEncoder()) as other:
        view = other.seen_by("reader")
        assert view.document(NAMES[2]).name == NAMES[2]
        library.set_collection("内部", "admin")
        library.assign(NAMES[2], ["内部"])
        assert WORDS[2] not in "".join(told(view, library).values())


def test_lower_views_never_widen(library: Library) -> None:
    reader, curator = library.seen_by("reader"), library.seen_by("curator")
    assert [reader.seen_by(role) for role in ROLES] == [reader] * 3
    assert [curator.seen_by(role) for role in ROLES] == [reader, curator, curator]


def test_what_is_not_seen_is_not_acted_on(library: Library) -> None:
    library.set_collection("内部", "admin")
    library.assign(NAMES[0], ["内部"])
    view = library.seen_by("curator")
    hidden, seen = rows_of(library, NAMES[0]), rows_of(library, NAMES[1])
    document, passages, rules, commitments = item(NAMES[0], "另一版。\n")
    before = library.document(NAMES[0])
    with pytest.raises(NameTakenError, match="the name is taken"):
        view.put(document, passages, rules, commitments)
    with pytest.raises(DocumentNotFoundError):
        view.remove(NAMES[0])
    with pytest.raises(DocumentNotFoundError):
        view.set_metadata(NAMES[0], Metadata(Inferred("新", 1.0)), passages, commitments)
    for identity in (hidden[0], "nowhere"):
        with pytest.raises(CommitmentNotFoundError):
            view.set_progress(identity, status="done")
        with pytest.raises(CommitmentNotFoundError):
            view.set_ruling(identity, verdict="kept", why="", by="")
        with pytest.raises(CommitmentNotFoundError):
            view.set_ruling(seen[0], report=identity, verdict="kept", why="", by="")
    with pytest.raises(DocumentNotFoundError):
        view.assign(NAMES[0], [])
    with pytest.raises(CollectionNotFoundError):
        view.assign(NAMES[1], ["内部"])
    assert not view.takes(NAMES[0])
    assert view.takes("别的.txt")
    assert library.document(NAMES[0]) == before
    assert library.collections_of(NAMES[0]) == ("内部",)


def test_a_name_that_is_kept_for_a_hidden_collection_is_taken(library: Library) -> None:
    library.set_collection("内部", "admin")
    library.assign("将来.txt", ["内部"])
    with pytest.raises(NameTakenError):
        library.seen_by("curator").put(*item("将来.txt"))
    library.assign("将来.txt", [])


def test_what_is_seen_is_acted_on(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path / "home"), write=True, encoder=CountingEncoder()) as library:
        view = library.seen_by("curator")
        assert view.put(*item(NAMES[0]), by="王") == "added"
        assert view.put_many([item(NAMES[0]), item(NAMES[1])], "王") == ["unchanged", "added"]
        assert [revision.by for revision in view.revisions(NAMES[0])] == ["王"]
        identity = rows_of(view, NAMES[0])[0]
        assert view.set_progress(identity, note="办了").note == "办了"
        assert view.set_ruling(identity, verdict="kept", why="见报告", by="王").why == "见报告"
        library.set_collection("公开", "reader")
        view.assign(NAMES[0], ["公开"])
        assert view.collections() == (Collection("公开", "reader", (NAMES[0],)),)
        document, passages, _, commitments = item(NAMES[0])
        described = Metadata(Inferred("改题", 1.0, "person"))
        view.set_metadata(NAMES[0], described, passages, commitments)
        assert view.overrides(NAMES[0])["title"] == "改题"
        assert view.document(NAMES[0]).text == document.text
        view.remove(NAMES[1])
        assert [entry.name for entry in library.entries()] == [NAMES[0]]
        assert library.doctor() == ()


def test_what_concerns_all_is_refused(library: Library) -> None:
    view = library.seen_by("curator")
    acts: dict[str, Callable[[], Any]] = {
        "set_collection": lambda: view.set_collection("甲", "reader"),
        "rename_collection": lambda: view.rename_collection("甲", "乙"),
        "remove_collection": lambda: view.remove_collection("甲"),
        "doctor": view.doctor,
        "reindex": view.reindex,
    }
    assert set(acts) == REFUSED
    for act in acts.values():
        with pytest.raises(NotAllowedError):
            act()
    with view:
        view.warm()
    view.close()
    assert view.entries()


def test_a_ruling_by_a_hidden_report_is_hidden_with_what_it_replaced(library: Library) -> None:
    promise, other = rows_of(library, NAMES[1])[0], rows_of(library, NAMES[0])[0]
    library.set_ruling(promise, verdict="kept", why="先", by="王")
    library.set_ruling(promise, report=other, verdict="broken", why="见另一份", by="王")
    library.set_collection("内部", "curator")
    library.assign(NAMES[0], ["内部"])
    view = library.seen_by("reader")
    assert promise not in view.rulings()
    assert view.ruling_history(promise) == ()
    library.set_ruling(promise, verdict="kept", why="后", by="王")
    assert [ruling.why for ruling in view.ruling_history(promise)] == ["后"]
    assert view.rulings()[promise].why == "后"


def test_an_audience_that_is_no_role_hides(library: Library) -> None:
    library.set_collection("内部", "curator")
    library.assign(NAMES[0], ["内部"])
    with closing(sqlite3.connect(library.settings.home / "catalogue.sqlite3")) as raw, raw:
        raw.execute("UPDATE collections SET audience = 'everyone'")
    assert NAMES[0] not in [entry.name for entry in library.seen_by("curator").entries()]
    library.set_collection("内部", "curator")
    assert NAMES[0] in [entry.name for entry in library.seen_by("curator").entries()]


def test_a_transaction_that_breaks_off_leaves_the_views_in_place(library: Library) -> None:
    library.set_collection("内部", "admin")
    library.assign(NAMES[0], ["内部"])
    view = library.seen_by("reader")
    view._catalogue.close()
    for _ in range(3):
        with pytest.raises(KeyError), view._catalogue.reading():
            raise KeyError
        assert NAMES[0] not in [entry.name for entry in view.entries()]
    with pytest.raises(NotAllowedError), view._catalogue.writing():
        pass


def test_several_threads_at_once(library: Library) -> None:
    library.set_collection("内部", "curator")
    library.assign(NAMES[0], ["内部"])
    wrong: list[str] = []

    def ask(role: Role) -> None:
        for _ in range(20):
            found = {hit.passage.document for hit in library.seen_by(role).search("抽检批次", k=50)}
            if (NAMES[0] in found) is (role == "reader"):
                wrong.append(role)

    threads = [threading.Thread(target=ask, args=(role,)) for role in ROLES * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_older_layout_hides_nothing_until_it_is_brought_up_to_date(tmp_path: Path) -> None:
    home = LibrarySettings(tmp_path / "home")
    with Library.open(home, write=True, encoder=CountingEncoder()) as library:
        library.put_many([(*made("讲话.txt", SPEECH), "1"), (*made("要点.txt", PLAN), "1")])
        kept = library.revisions("讲话.txt")
    with closing(sqlite3.connect(home.home / "catalogue.sqlite3")) as raw, raw:
        for table in ("memberships", "collections", "revisions"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("UPDATE state SET value = '2' WHERE name = 'format'")
    with Library.open(home, encoder=CountingEncoder()) as reader:
        view = reader.seen_by("reader")
        assert reader.collections() == view.collections() == ()
        assert reader.collections_of("讲话.txt") == ()
        assert reader.revisions("讲话.txt") == view.revisions("讲话.txt") == kept
        assert reader.doctor() == ()
        assert view.search("专利") == reader.search("专利")
        with Library.open(home, write=True, encoder=CountingEncoder()) as library:
            assert library.revisions("讲话.txt") == kept
            assert library.doctor() == ()
            library.set_collection("内部", "curator")
            library.assign("要点.txt", ["内部"])
            assert [entry.name for entry in view.entries()] == ["讲话.txt"]
            assert {hit.passage.document for hit in view.search("专利")} == {"讲话.txt"}
