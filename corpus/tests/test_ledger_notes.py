"""What people note on commitments: kept, never lost, and carried along when a sentence is reworded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_fakes import written
from store_fakes import CountingEncoder

from corpus.errors import CommitmentNotFoundError, WenNuoError
from corpus.ledger import LedgerFilter, Progress
from corpus.library import Library
from corpus.reattaching import Traits, successors
from corpus.settings import LibrarySettings

HEADING = "望山县要点\n"
LIFTS = "六月底前完成全县电梯隐患排查整治。"
PATENTS = "全年培育高价值专利三十件。"


@pytest.fixture
def home(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(tmp_path / "home")


@pytest.fixture
def library(home: LibrarySettings) -> Iterator[Library]:
    with Library.open(home, write=True, encoder=CountingEncoder()) as library:
        yield library


def put(library: Library, *lines: str, name: str = "要点.txt") -> None:
    document, rows = written(name, HEADING + "\n".join(lines) + "\n")
    library.put(document, (), "1", rows)


def identity_of(library: Library, quote: str) -> str:
    return next(kept.row.identity for kept in library.commitments() if kept.row.quote == quote)


def noted(library: Library) -> dict[str, str]:
    """The note on each quote that has one."""
    return {kept.row.quote: kept.progress.note for kept in library.commitments() if kept.progress}


class TestProgress:
    def test_latest_counts_and_all_are_kept(self, library: Library) -> None:
        put(library, LIFTS, PATENTS)
        identity = identity_of(library, LIFTS)
        assert library.progress_history(identity) == ()
        first = library.set_progress(identity, status="under_way", percent=0, note="已开始", by="甲")
        second = library.set_progress(identity, status="done", percent=100)
        assert library.progress_history(identity) == (second, first)
        assert [kept.progress for kept in library.commitments()] == [second, None]
        assert (second.note, second.by) == ("", "")  # nothing of an earlier note is carried over
        noted_at = datetime.datetime.fromisoformat(first.at)
        assert (noted_at.utcoffset(), noted_at.microsecond) == (datetime.timedelta(0), 0)
        assert library.count_commitments(by="status") == {"": 1, "done": 1}

    def test_taken_back(self, library: Library) -> None:
        put(library, LIFTS)
        identity = identity_of(library, LIFTS)
        library.set_progress(identity, status="done")
        library.set_progress(identity)
        assert library.count_commitments(LedgerFilter(statuses=("",))) == {"": 1}
        assert len(library.progress_history(identity)) == 2

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"status": "late"}, "no status"),
            ({"percent": 101}, "0..100"),
            ({"percent": -1}, "0..100"),
            ({"note": "长" * 2001}, "2000 characters"),
            ({"note": "\ud83d"}, "half a character"),
            ({"by": "甲" * 201}, "200 characters"),
        ],
    )
    def test_values_that_it_cannot_hold(self, library: Library, wrong: dict[str, Any], reason: str) -> None:
        put(library, LIFTS)
        with pytest.raises(ValueError, match=reason):
            library.set_progress(identity_of(library, LIFTS), **wrong)
        assert noted(library) == {}

    @pytest.mark.parametrize("identity", ["", "x", "' OR 1=1 --", "0" * 24])
    def test_unknown_commitment(self, library: Library, identity: str) -> None:
        put(library, LIFTS)
        with pytest.raises(CommitmentNotFoundError, match="no commitment"):
            library.set_progress(identity, status="done")
        with pytest.raises(CommitmentNotFoundError):
            library.set_ruling(identity, verdict="kept", why="", by="")
        with pytest.raises(CommitmentNotFoundError):
            library.set_ruling(
                identity_of(library, LIFTS), report=identity or "x", verdict="kept", why="", by=""
            )
        assert library.rulings() == {}

    def test_reading_refuses_to_write(self, library: Library, home: LibrarySettings) -> None:
        put(library, LIFTS)
        identity = identity_of(library, LIFTS)
        with Library.open(home, encoder=CountingEncoder()) as reader:
            for act in (
                lambda: reader.set_progress(identity, status="done"),
                lambda: reader.set_ruling(identity, verdict="kept", why="", by=""),
            ):
                with pytest.raises(WenNuoError, match="write=True"):
                    act()
            library.set_progress(identity, note="新的")
            assert noted(reader) == {LIFTS: "新的"}


def test_rulings(library: Library) -> None:
    put(library, LIFTS, PATENTS)
    put(library, "全年培育高价值专利三十五件。", name="讲话.txt")
    lifts, patents = identity_of(library, LIFTS), identity_of(library, PATENTS)
    report = identity_of(library, "全年培育高价值专利三十五件。")
    first = library.set_ruling(patents, verdict="short", why="", by="甲")
    second = library.set_ruling(patents, report=report, verdict="met", why="超过五件", by="乙")
    library.set_ruling(lifts, verdict="met", why="", by="")
    assert library.ruling_history(patents) == (second, first)
    library.set_ruling(lifts, verdict="", why="弄错了", by="")
    assert library.rulings() == {patents: second}
    assert [ruling.verdict for ruling in library.ruling_history(lifts)] == ["", "met"]
    library.remove("要点.txt")
    assert library.rulings() == {patents: second}
    library.set_ruling(patents, verdict="", why="文件已撤", by="")  # what was ruled on can be taken back
    assert library.rulings() == {}


class TestGone:
    def test_removed_and_put_again(self, library: Library) -> None:
        put(library, LIFTS, PATENTS)
        note = library.set_progress(identity_of(library, LIFTS), note="已排查")
        assert library.orphans() == ()
        library.remove("要点.txt")
        assert library.orphans() == ((note, "要点.txt", LIFTS),)
        put(library, PATENTS, LIFTS)
        assert library.orphans() == ()
        assert noted(library) == {LIFTS: "已排查"}

    def test_orphan_can_be_taken_back(self, library: Library) -> None:
        put(library, LIFTS)
        identity = identity_of(library, LIFTS)
        library.set_progress(identity, percent=0)
        library.remove("要点.txt")
        assert len(library.orphans()) == 1
        library.set_progress(identity)
        assert library.orphans() == ()

    @pytest.mark.parametrize(
        ("lines", "left"),
        [
            ([PATENTS, LIFTS], LIFTS),
            ([LIFTS.replace("。", "，"), PATENTS], LIFTS.replace("。", "，")),
            (["六月底前完成 全县电梯隐患排查整治"], "六月底前完成 全县电梯隐患排查整治"),
            (["各所六月底前完成全县电梯隐患排查整治。"], "各所六月底前完成全县电梯隐患排查整治。"),
            (["完成全县电梯隐患排查整治。"], "完成全县电梯隐患排查整治。"),
            (["完成全县电梯隐患排查。", "完成全县电梯隐患排查整治。"], "完成全县电梯隐患排查整治。"),
            ([LIFTS.replace("六", "九")], None),
            (["完成全县电梯隐患。"], None),
            ([PATENTS], None),
            ([], None),
        ],
        ids=[
            "moved",
            "another mark",
            "blanks",
            "longer",
            "shorter",
            "nearest of two",
            "another month",
            "too little is left",
            "another sentence",
            "nothing",
        ],
    )
    def test_reworded(self, library: Library, lines: list[str], left: str | None) -> None:
        put(library, LIFTS, PATENTS)
        identity = identity_of(library, LIFTS)
        library.set_progress(identity, status="under_way", note="一")
        library.set_progress(identity, status="done", note="二")
        library.set_ruling(identity, verdict="met", why="三", by="")
        put(library, *lines)
        if left is None:
            assert (noted(library), len(library.orphans())) == ({}, 1)
            return
        assert (noted(library), library.orphans()) == ({left: "二"}, ())
        now = identity_of(library, left)
        assert [note.note for note in library.progress_history(now)] == ["二", "一"]
        assert library.rulings()[now].why == "三"
        put(library, LIFTS, PATENTS)  # and back
        assert noted(library) == {LIFTS: "二"}

    def test_two_that_fit_equally_leave_an_orphan(self, library: Library) -> None:
        put(library, LIFTS)
        library.set_progress(identity_of(library, LIFTS), note="一")
        put(library, "一、" + LIFTS, "二、" + LIFTS)
        assert (noted(library), len(library.orphans())) == ({}, 1)
        put(library, "三、" + LIFTS)
        assert (noted(library), library.orphans()) == ({"三、" + LIFTS: "一"}, ())

    def test_row_that_was_there_before_is_no_successor(self, library: Library) -> None:
        put(library, LIFTS, PATENTS, LIFTS)
        _, _, second = (kept.row.identity for kept in library.commitments())
        library.set_progress(second, note="第二处")
        put(library, LIFTS, PATENTS)
        assert (noted(library), len(library.orphans())) == ({}, 1)
        put(library, LIFTS, LIFTS)
        assert [kept.progress.note if kept.progress else "" for kept in library.commitments()] == [
            "",
            "第二处",
        ]

    def test_report_that_is_reworded(self, library: Library) -> None:
        put(library, LIFTS)
        put(library, PATENTS, name="讲话.txt")
        promise = identity_of(library, LIFTS)
        library.set_ruling(promise, report=identity_of(library, PATENTS), verdict="met", why="", by="")
        put(library, "已" + PATENTS, name="讲话.txt")
        assert library.rulings()[promise].report == identity_of(library, "已" + PATENTS)

    def test_another_document_is_left_alone(self, library: Library) -> None:
        put(library, LIFTS)
        put(library, LIFTS, name="乙.txt")
        for kept in library.commitments():
            library.set_progress(kept.row.identity, note=kept.row.document)
        put(library, "各所" + LIFTS)
        assert {
            kept.row.document: kept.progress and kept.progress.note for kept in library.commitments()
        } == {
            "要点.txt": "要点.txt",
            "乙.txt": "乙.txt",
        }

    def test_note_survives_a_failed_put(self, library: Library) -> None:
        put(library, LIFTS)
        note: Progress = library.set_progress(identity_of(library, LIFTS), note="一")
        document = written("要点.txt", HEADING + "各所" + LIFTS)[0]
        with pytest.raises(ValueError, match="own"):
            library.put(document, (), "1", written("要点.txt", HEADING + PATENTS)[1])
        assert [kept.progress for kept in library.commitments()] == [note]


TRAITS = st.builds(
    Traits, st.text("甲乙", min_size=1, max_size=6), st.sampled_from("ab"), st.sampled_from("xy")
)


@given(st.lists(TRAITS, max_size=5), st.lists(TRAITS, max_size=5))
def test_successors_are_one_to_one_and_in_no_order(lost: list[Traits], fresh: list[Traits]) -> None:
    old = {f"旧{number}": traits for number, traits in enumerate(lost)}
    new = {f"新{number}": traits for number, traits in enumerate(fresh)}
    found = successors(old, new)
    assert len(set(found.values())) == len(found)
    assert all(old[before].likeness(new[after]) for before, after in found.items())
    assert found == successors(dict(reversed(old.items())), dict(reversed(new.items())))


@pytest.mark.parametrize(
    ("fresh", "successor"),
    [
        ([Traits("完成抽检", "批次"), Traits("完成抽检", "合格率")], 1),
        ([Traits("完成抽检", "合格率", "[]"), Traits("完成抽检", "合格率", "[1]")], 0),
        ([Traits("完成抽检", "合格率"), Traits("完成抽检", "合格率")], None),
    ],
    ids=["metric", "headings", "nothing tells them apart"],
)
def test_what_tells_equal_words_apart(fresh: list[Traits], successor: int | None) -> None:
    named = {str(number): traits for number, traits in enumerate(fresh)}
    found = successors({"旧": Traits("完成抽检", "合格率", "[]")}, named)
    assert found == ({} if successor is None else {"旧": str(successor)})
