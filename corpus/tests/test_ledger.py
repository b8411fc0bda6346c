"""The ledger as its users see it: what is put comes back, by every filter, counted by every heading."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_fakes import CHECKS, DONE, LIFTS, MARKS, VISITS, day, fits, plan, task, written
from store_fakes import SPEECH, CountingEncoder, made

from corpus.commitment import PROMISES, Deadline
from corpus.document import Inferred, Span
from corpus.ledger import Heading, LedgerFilter, Order
from corpus.library import Library
from corpus.settings import LibrarySettings

SHARED_LIBRARY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
EVERYTHING = LedgerFilter(kinds=())


@pytest.fixture
def home(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(tmp_path / "home")


@pytest.fixture
def library(home: LibrarySettings) -> Iterator[Library]:
    with Library.open(home, write=True, encoder=CountingEncoder()) as library:
        yield library


@pytest.fixture
def filled(library: Library) -> Library:
    """Two documents with rows and one without; the first has a note on its lifts."""
    other = written("县局.txt", "望山县要点\n培育专利三十件。\n整治电梯困人。\n", year=2021, issuer=None)
    library.put_many(
        (document, (), "1", rows) for document, rows in (plan(), other, (made("讲话.txt", SPEECH)[0], ()))
    )
    library.set_progress(identity_of(library, LIFTS), status="under_way", percent=40)
    return library


def identity_of(library: Library, quote: str) -> str:
    (identity,) = (kept.row.identity for kept in library.commitments(EVERYTHING) if kept.row.quote == quote)
    return identity


def quotes(library: Library, wanted: LedgerFilter, order: Order = "document") -> list[str]:
    return [kept.row.quote for kept in library.commitments(wanted, order=order)]


class TestRows:
    def test_all_of_a_row_and_its_document_comes_back(self, library: Library) -> None:
        document, rows = plan()
        library.put(document, (), "1", rows[::-1])
        kept = library.commitments(EVERYTHING)
        assert tuple(each.row for each in kept) == rows
        first = kept[0]
        assert (first.issuer, first.title, first.kind_of_document) == (
            "临江市市场监管局",
            "《要点.txt》",
            "plan",
        )
        assert (first.date, first.progress) == (day("2022-03-01"), None)

    def test_reports_are_left_out_unless_asked_for(self, filled: Library) -> None:
        assert DONE not in quotes(filled, LedgerFilter())
        assert quotes(filled, LedgerFilter(kinds=("report",))) == [DONE]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"document": "另.txt"},
            {"revision": "0" * 64},
            {"quote": MARKS.replace("XX", "20")},
            {"span": Span(9000, 9000 + len(MARKS))},
        ],
        ids=["name", "revision", "quote", "span"],
    )
    def test_row_that_is_not_the_documents_own_is_refused_whole(
        self, library: Library, wrong: dict[str, Any]
    ) -> None:
        document, rows = plan()
        changed = dataclasses.replace(rows[2], **wrong)
        with pytest.raises(ValueError, match="not the document's own"):
            library.put(document, (), "1", [*rows[:2], changed])
        assert library.entries() == library.commitments(EVERYTHING) == ()

    def test_document_passages_and_commitments_are_of_one_transaction(self, library: Library) -> None:
        document, passages = made("讲话.txt", SPEECH)
        rows = [task(document, passage.span) for passage in passages]
        broken = [
            *rows[1:],
            dataclasses.replace(rows[0], what="\ud800"),
        ]  # which SQLite refuses, after the passages
        library.put(document, passages, "1", rows)
        before = library.commitments(), library.passages("讲话.txt"), library.ledger_generation()
        with pytest.raises(UnicodeEncodeError):
            library.put(document, passages[:3], "2", broken)
        assert (library.commitments(), library.passages("讲话.txt"), library.ledger_generation()) == before
        with pytest.raises(UnicodeEncodeError):
            library.put(
                made("新.txt", SPEECH)[0],
                (),
                "2",
                [dataclasses.replace(r, document="新.txt") for r in broken],
            )
        assert [entry.name for entry in library.entries()] == ["讲话.txt"]
        assert library.doctor() == ()

    def test_unchanged_stays_unchanged_and_replaced_replaces(self, library: Library) -> None:
        document, rows = plan()
        assert library.put(document, (), "1", rows) == "added"
        assert library.put(document, (), "1", ()) == "unchanged"
        assert len(library.commitments(EVERYTHING)) == 5
        assert library.put(document, (), "2", rows[:1]) == "replaced"
        assert [kept.row for kept in library.commitments()] == [rows[0]]
        library.remove(document.name)
        assert library.commitments(EVERYTHING) == ()

    def test_corrected_metadata_bring_their_rows(self, library: Library) -> None:
        document, rows = plan()
        library.put(document, (), "1", rows)
        after = dataclasses.replace(document.metadata, issuer=Inferred("另一个局", 1.0, "person"))
        moved = [dataclasses.replace(row, year=2030) for row in rows]
        library.set_metadata(document.name, after, (), moved)
        assert {kept.issuer for kept in library.commitments()} == {"另一个局"}
        assert library.count_commitments(by="issuer") == {"另一个局": 4}
        assert library.count_commitments(by="year") == {"2030": 4}

    def test_generation_of_the_ledger(self, library: Library) -> None:
        document, rows = plan()
        seen = [library.ledger_generation()]
        for act in (
            lambda: library.put(document, (), "1", rows),
            lambda: library.set_progress(rows[0].identity, percent=3),
            lambda: library.set_ruling(rows[0].identity, verdict="kept", why="", by=""),
            lambda: library.remove(document.name),
        ):
            act()
            seen.append(library.ledger_generation())
        assert seen == sorted(set(seen))
        assert library.generation() == 2  # what searches keep is not thrown away by a note


TABLE = {
    "documents": (LedgerFilter(documents=("县局.txt", "无.txt")), ["培育专利三十件。", "整治电梯困人。"]),
    "years": (LedgerFilter(years=(2023, 2030)), [VISITS]),
    "issuers": (LedgerFilter(issuers=("临江市市场监管局",)), [CHECKS, LIFTS, MARKS, VISITS]),
    "a part of an issuer is none": (LedgerFilter(issuers=("临江市",)), []),
    "kinds": (LedgerFilter(kinds=("target",)), [CHECKS, MARKS]),
    "owner": (LedgerFilter(owner="设备"), [LIFTS]),
    "cooperating, folded, blanks aside": (LedgerFilter(owner="ab公 司"), [LIFTS]),
    "no owner is named so": (LedgerFilter(owner="科\n各"), []),
    "due from": (LedgerFilter(due_from=day("2022-06-30")), [CHECKS, LIFTS]),
    "due before": (LedgerFilter(due_before=day("2022-06-30")), [LIFTS]),
    "recurrence": (LedgerFilter(recurrence=True), [VISITS]),
    "has no owner": (LedgerFilter(has_owner=False, years=(2022,)), [CHECKS, MARKS]),
    "has due day": (LedgerFilter(has_due=True), [CHECKS, LIFTS]),
    "has metric": (LedgerFilter(has_metric=True), [CHECKS, MARKS]),
    "masked": (LedgerFilter(masked=True), [MARKS]),
    "not masked": (LedgerFilter(masked=False, documents=("要点.txt",)), [CHECKS, LIFTS, VISITS]),
    "words, each somewhere": (LedgerFilter(words="98%　抽检"), [CHECKS]),
    "words of headings": (LedgerFilter(words="食品与设备"), [CHECKS, LIFTS]),
    "a word that is a wildcard": (LedgerFilter(words="%"), [CHECKS, VISITS]),
    "another": (LedgerFilter(words="_"), [VISITS]),
    "both, in order": (LedgerFilter(words="100%_企"), [VISITS]),
    "quotes": (LedgerFilter(words="' OR 1=1 --"), []),
    "half a character": (LedgerFilter(words="\ud800"), []),
    "half a character among others": (LedgerFilter(documents=("\ud800", "县局.txt"), owner="\udfff"), []),
    "a zero character": (LedgerFilter(words="\0"), []),
    "status": (LedgerFilter(statuses=("under_way", "done")), [LIFTS]),
    "no status": (LedgerFilter(statuses=("",), documents=("要点.txt",)), [CHECKS, MARKS, VISITS]),
    "identities": (LedgerFilter(identities=("", "x")), []),
    "all together": (
        LedgerFilter(("要点.txt",), (2022,), has_owner=True, words="电梯", owner="县局"),
        [LIFTS],
    ),
}


class TestFilters:
    @pytest.mark.parametrize(("wanted", "left"), TABLE.values(), ids=TABLE.keys())
    def test_each(self, filled: Library, wanted: LedgerFilter, left: list[str]) -> None:
        assert sorted(quotes(filled, wanted)) == sorted(left)
        assert filled.count_commitments(wanted) == {"": len(left)}

    @SHARED_LIBRARY
    @given(
        st.builds(
            LedgerFilter,
            documents=st.sampled_from([(), ("要点.txt",), ("县局.txt", "讲话.txt")]),
            years=st.sampled_from([(), (2022,), (2021, 2023)]),
            issuers=st.sampled_from([(), ("临江市市场监管局",)]),
            kinds=st.sampled_from([(), PROMISES, ("report",), ("task", "target")]),
            owner=st.sampled_from(["", " ", "科", "县局", "设 备"]),
            due_from=st.sampled_from([None, day("2022-06-30"), day("2022-07-01")]),
            due_before=st.sampled_from([None, day("2022-06-30"), day("2022-12-31")]),
            recurrence=st.sampled_from([None, True, False]),
            has_owner=st.sampled_from([None, True, False]),
            has_due=st.sampled_from([None, True, False]),
            has_metric=st.sampled_from([None, True, False]),
            masked=st.sampled_from([None, True, False]),
            words=st.sampled_from(["", "食品", "电梯", "件 商标", "％"]),
            statuses=st.sampled_from([(), ("",), ("under_way",), ("", "done")]),
        ),
        st.sampled_from(["document", "due", "owner", "year"]),
    )
    def test_together_as_without_sql(self, filled: Library, wanted: LedgerFilter, order: Order) -> None:
        everything = filled.commitments(EVERYTHING, order=order)
        due = tuple(kept for kept in everything if fits(kept, wanted))
        assert filled.commitments(wanted, order=order) == due
        assert filled.count_commitments(wanted) == {"": len(due)}
        assert filled.commitments(wanted, order=order, limit=2, offset=1) == due[1:3]

    def test_orders(self, filled: Library) -> None:
        theirs = ["培育专利三十件。", "整治电梯困人。"]
        assert quotes(filled, LedgerFilter()) == [*theirs, CHECKS, LIFTS, MARKS, VISITS]
        assert quotes(filled, LedgerFilter(), "due") == [LIFTS, CHECKS, *theirs, MARKS, VISITS]
        assert quotes(filled, LedgerFilter(), "owner") == [LIFTS, VISITS, *theirs, CHECKS, MARKS]
        assert quotes(filled, EVERYTHING, "year") == [*theirs, CHECKS, LIFTS, MARKS, VISITS, DONE]
        assert [kept.row.quote for kept in filled.commitments(offset=4)] == [MARKS, VISITS]

    @pytest.mark.parametrize(
        ("by", "counts"),
        [
            (None, {"": 6}),
            ("owner", {"": 4, "特种设备科": 1, "登记科": 1}),
            ("kind", {"requirement": 1, "target": 2, "task": 3}),
            ("year", {"2021": 2, "2022": 3, "2023": 1}),
            ("quarter", {"": 4, "2022Q2": 1, "2022Q4": 1}),
            ("document", {"县局.txt": 2, "要点.txt": 4}),
            ("issuer", {"": 2, "临江市市场监管局": 4}),
            ("status", {"": 5, "under_way": 1}),
        ],
    )
    def test_counts(self, filled: Library, by: Heading | None, counts: dict[str, int]) -> None:
        assert filled.count_commitments(by=by) == counts
        assert list(filled.count_commitments(by=by)) == sorted(counts)

    def test_every_month_is_in_its_quarter(self, library: Library) -> None:
        document, _ = written("月.txt", "标题\n" + "完成。\n" * 12)
        spans = [Span(3 + 4 * n, 6 + 4 * n) for n in range(12)]
        rows = [
            task(document, span, deadline=Deadline("月", day(f"2024-{month:02}-28")))
            for month, span in enumerate(spans, start=1)
        ]
        library.put(document, (), "", rows)
        assert library.count_commitments(by="quarter") == {f"2024Q{quarter}": 3 for quarter in range(1, 5)}

    def test_many_identities(self, filled: Library) -> None:
        wanted = (identity_of(filled, MARKS), *(f"{number:024x}" for number in range(40_000)))
        assert quotes(filled, LedgerFilter(identities=wanted)) == [MARKS]

    @pytest.mark.parametrize("wrong", [{"kinds": ("promise",)}, {"statuses": ("late",)}])
    def test_words_that_no_filter_knows(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="is no "):
            LedgerFilter(**wrong)

    def test_reading_from_many_threads(self, filled: Library) -> None:
        due = {name: filled.commitments(wanted) for name, (wanted, _) in TABLE.items()}

        def ask(name: str) -> bool:
            return filled.commitments(TABLE[name][0]) == due[name]

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, [*TABLE] * 8))
