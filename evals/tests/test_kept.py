"""Runs kept with their judgements: the figures stay, whatever becomes of set and documents."""

from __future__ import annotations

import json

import pytest

from corpus.errors import QuestionSetError
from evals.cases import Case, QuestionSet, Quote
from evals.judging import judge, summary
from evals.kept import keep, read_about, read_kept
from evals.measure import interval
from evals.run import read_run, run_set
from evals.sources import Sources
from evals.tests.fakes import FakeAssistant, FakeLibrary

TEXT = "全市抽检合格率稳定在98%以上。\n市食药安办牵头协调抽检。\n"
ONE = Case(
    "q1", "抽检合格率是多少", "figure", "98%", (("98%",),), ("97%",), (Quote("a.txt", "合格率稳定在98%"),)
)
GONE = Case("q2", "谁牵头协调抽检？", facts=(("食药安办",),), quotes=(Quote("a.txt", "不在这里"),))
QUESTIONS = QuestionSet(
    "s", ((ONE,), (GONE,), (Case("d#1", "明年呢", turn=1), Case("d#2", "谁牵头", turn=2)))
)


@pytest.fixture
def library():
    return FakeLibrary({"a.txt": TEXT})


def test_a_kept_run_gives_the_same_judgements_when_all_else_is_gone(library, tmp_path):
    run = run_set(QUESTIONS, library, FakeAssistant(library))
    judged = judge(QUESTIONS, run, Sources.of(library))
    path = tmp_path / "runs" / "one.jsonl"
    about = keep(run.about | {"by": "周敏"}, judged, path)
    library.texts.clear()
    kept = read_kept(path)
    assert [one.case for one in kept.judgements] == list(QUESTIONS.cases)
    assert [(one.wanted, one.cited, one.exact, one.ranking) for one in kept.judgements] == [
        (one.wanted, one.cited, one.exact, one.ranking) for one in judged
    ]
    assert summary(kept.judgements) == summary(judged) == about["summary"]
    assert kept.about == read_about(path) == about
    assert kept.about["by"] == "周敏"
    assert not list(path.parent.glob("*.part"))


def test_a_kept_run_is_a_run_file(library, tmp_path):
    run = run_set(QUESTIONS, library, FakeAssistant(library))
    keep(run.about, judge(QUESTIONS, run, Sources.of(library)), tmp_path / "one.jsonl")
    again = read_run(tmp_path / "one.jsonl")
    assert list(again.records) == ["q1", "q2", "d#1", "d#2"]
    assert again.name == run.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json\n",
        "[]\n",
        '{"id": "q1", "answer": "", "abstained": false}\n',
        '{"id": "", "run": {}}\n',
        '{"id": "", "run": {"summary": {}}}\n{"id": "q1", "answer": "", "abstained": false}\n',
        '{"id": "", "run": {"summary": {}}}\n{"id": "q1", "case": 3, "turn": 0}\n',
    ],
)
def test_what_is_no_kept_run_is_named(tmp_path, text):
    path = tmp_path / "one.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"one\.jsonl"):
        read_kept(path)


def test_a_row_of_a_set_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_text(json.dumps(ONE.to_json(), ensure_ascii=False), encoding="utf-8")
    from evals.cases import read_set

    assert read_set(path).cases == (ONE,)


def test_few_questions_say_little():
    low, high = interval(3, 3)
    assert (round(low, 2), round(high, 2)) == (0.44, 1.0)
    low, high = interval(195, 250)
    assert (round(low, 2), round(high, 2)) == (0.72, 0.83)
    with pytest.raises(ValueError, match="n must be"):
        interval(0, 0)
