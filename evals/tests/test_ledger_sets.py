"""Ledger sets and runs as files, and which found row is which wanted one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionSetError
from evals.cases import SETS
from evals.ledger import LedgerRow, LedgerSet, is_ledger, ledger_row, read_ledger
from evals.ledger_run import read_ledger_run, run_ledger, write_ledger_run
from evals.matching import ENOUGH, judge_ledger, match, unplaced_rows
from evals.sources import Place, Sources
from evals.tests.fakes import FakeLibrary

TEXT = "去年办了不少事。各科室要把台账报齐。12月底前清零。下面讲第二点。"


def places(*spans):
    return [Place("a", *span) for span in spans]


@pytest.mark.parametrize(
    ("wanted", "found", "expected", "trap"),
    [
        ([(0, 10)], [(0, 10)], {0: 0}, "the same"),
        ([(0, 10)], [(4, 14)], {0: 0}, "six tenths are enough"),
        ([(0, 10)], [(5, 15)], {}, "half is not"),
        ([(0, 10)], [(10, 20)], {}, "side by side"),
        ([(0, 100)], [(40, 45)], {0: 0}, "the share is of the shorter"),
        ([(0, 100)], [(40, 45), (0, 90)], {0: 1}, "of two that lie within, the longer"),
        ([(0, 10), (10, 20)], [(0, 20)], {0: 0}, "one to one: the first of equals"),
        ([(0, 10)], [(0, 10), (0, 10)], {0: 0}, "one to one on the found side"),
        ([(0, 10), (0, 10)], [(0, 10), (0, 10)], {0: 0, 1: 1}, "two on one span, in order"),
        ([(0, 10), (0, 10), (0, 10)], [(0, 10)], {0: 0}, "three on one span, one found: the first"),
        ([(0, 10), (0, 20)], [(0, 20)], {1: 0}, "the longest overlap comes first, though it begins with another"),
        ([(0, 10), (0, 20)], [(0, 12), (0, 20)], {0: 0, 1: 1}, "what is left goes to the next best"),
        ([(0, 10), (8, 20)], [(0, 14), (9, 20)], {0: 0, 1: 1}, "each to its own, though both reach over"),
        ([], [(0, 10)], {}, "nothing wanted"),
        ([(0, 10)], [], {}, "nothing found"),
    ],
)  # fmt: skip
def test_match(wanted, found, expected, trap):
    assert match(places(*wanted), places(*found)) == expected, trap


def test_places_of_two_documents_never_match():
    assert match([Place("a", 0, 10)], [Place("b", 0, 10)]) == {}


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1])), max_size=8
)


@given(SPANS, SPANS)
def test_a_match_is_one_to_one_and_close_enough_and_leaves_no_pair_over(wanted, found):
    first, second = places(*wanted), places(*found)
    matched = match(first, second)
    assert len(set(matched.values())) == len(matched)

    def close(one, other):
        return one.overlap(other) >= ENOUGH * min(one.end - one.start, other.end - other.start)

    assert all(close(first[one], second[other]) for one, other in matched.items())
    left = [other for index, other in enumerate(second) if index not in matched.values()]
    assert not any(close(one, other) for i, one in enumerate(first) if i not in matched for other in left)


def row(identity, quote, **rest):
    return LedgerRow(identity, "a.txt", quote, rest.pop("kind", "task"), **rest)


def judged(wanted, found, text=TEXT):
    sources = Sources({"a.txt": text}.get)
    return judge_ledger(LedgerSet("s", tuple(wanted)), found, sources)


def outline(outcomes):
    return [(one.wanted and one.wanted.id, one.found and one.found.id) for one in outcomes]


@pytest.mark.parametrize(
    ("found", "expected", "trap"),
    [
        ([], [("w1", None), ("w2", None)], "all missed"),
        ([row("f1", "12月底前清零"), row("f2", "各科室要把台账报齐")], [("w1", "f2"), ("w2", "f1")], "in text order"),
        ([row("f", "去年办了不少事")], [("w1", None), ("w2", None)], "before the stretch: not judged"),
        ([row("f", "下面讲第二点")], [("w1", None), ("w2", None)], "after the stretch: not judged"),
        ([row("f", "去年办了不少事。各科室")], [(None, "f"), ("w1", None), ("w2", None)], "reaches into it: too many"),
        ([row("f", "各科室要把台账报齐", kind="report")], [("w1", None), ("w2", None)], "a report is no promise"),
        ([row("f", "各科室要把卷宗报齐")], [("w1", None), ("w2", None), (None, "f")], "words of nobody: too many"),
        ([row("f", "x", start=8, end=17)], [("w1", "f"), ("w2", None)], "where it says counts, not its words"),
    ],
)  # fmt: skip
def test_judge_ledger(found, expected, trap):
    wanted = [row("w1", "各科室要把台账报齐"), row("w2", "12月底前清零")]
    assert outline(judged(wanted, found)) == expected, trap


def test_too_many_on_one_span_have_names_of_their_own():
    extra = row("f", "各科室", start=8, end=11)
    outcomes = judged([row("w", "12月底前清零"), row("v", "去年")], [extra, extra])
    assert [one.id for one in outcomes] == ["v", "a.txt:8-11", "a.txt:8-11#2", "w"]


def test_rows_that_stand_nowhere_are_told():
    wanted = LedgerSet(
        "s", (row("w1", "各科室"), row("w2", "没有这句"), LedgerRow("w3", "b.txt", "各科室", "task"))
    )
    sources = Sources({"a.txt": TEXT}.get)
    assert unplaced_rows(wanted, sources) == ("w2", "w3")
    assert [one.id for one in judge_ledger(wanted, (), sources)] == ["w1"]


GOOD = {"id": "w1", "doc": "a.txt", "kind": "task", "quote": "各科室要把台账报齐"}


def written(tmp_path, *rows):
    path = tmp_path / "small.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in rows) + "\n", encoding="utf-8")
    return path


def test_a_set_is_read(tmp_path):
    metric = {"name": "率", "comparator": ">=", "value": 85, "unit": "％", "masked": False}
    second = GOOD | {
        "id": "w2",
        "doc": "folder/b.txt",
        "metric": metric,
        "cooperating": ["甲局"],
        "owner": "",
        "x": 1,
    }
    wanted = read_ledger(written(tmp_path, GOOD, second))
    assert (wanted.name, wanted.documents) == ("small", ("a.txt", "b.txt"))
    assert wanted.rows[1].metric.value == "85"
    assert wanted.rows[1].owner is None
    assert [one.cooperating for one in wanted.rows] == [(), ("甲局",)]
    assert read_ledger(written(tmp_path, GOOD)).rows[0].cooperating is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"id": ""}, 'needs an "id"'),
        ({"id": "w1"}, "occurs twice"),
        ({"kind": "report"}, '"kind" must be one of target, task, requirement'),
        ({"quote": " "}, 'needs a "doc"'),
        ({"doc": None}, 'needs a "doc"'),
        ({"owner": 3}, '"owner" must be a string'),
        ({"cooperating": "甲局"}, '"cooperating" must be a list'),
        ({"metric": "85"}, '"metric" must be an object'),
    ],
)
def test_a_broken_set_is_named_by_file_and_line(tmp_path, wrong, says):
    with pytest.raises(QuestionSetError, match=rf"small\.jsonl:2: .*{says}"):
        read_ledger(written(tmp_path, GOOD, GOOD | {"id": "w2"} | wrong))


def test_an_empty_set_holds_nothing(tmp_path):
    with pytest.raises(QuestionSetError, match="holds no commitment"):
        read_ledger(written(tmp_path))


@pytest.mark.parametrize(
    ("first", "expected"),
    [(GOOD, True), ({"id": "q", "question": "？", "facts": []}, False), ({"id": "d", "turns": []}, False)],
)
def test_a_ledger_set_is_known_by_its_first_row(tmp_path, first, expected):
    assert is_ledger(written(tmp_path, first)) is expected


def test_the_sets_of_the_package_are_told_apart():
    known = {path.stem for path in SETS.glob("demonstration*.jsonl") if is_ledger(path)}
    assert known == {"demonstration_ledger"}


def test_a_run_comes_back_from_its_file(tmp_path):
    library = FakeLibrary({"a.txt": TEXT, "b.txt": TEXT})
    wanted = read_ledger(written(tmp_path, GOOD))
    run = run_ledger(wanted, library)
    assert {one.document for one in run.rows} == {"a.txt"}
    assert run.about["questions"] == 1
    write_ledger_run(run, tmp_path / "runs" / "run.jsonl")
    again = read_ledger_run(tmp_path / "runs" / "run.jsonl")
    assert (again.rows, again.about) == (run.rows, run.about)
    assert again.name.startswith("small 20")
    with pytest.raises(QuestionSetError, match="holds no commitment"):
        read_ledger_run(written(tmp_path))


def test_a_row_of_another_hand_needs_no_span():
    found = ledger_row({"document": "a.txt", "quote": "各科室", "start": True, "end": 3}, "here")
    assert (found.start, found.end, found.kind) == (None, None, "?")
