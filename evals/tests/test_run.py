"""Runs: asked over the product's path, kept as a file, read again."""

from __future__ import annotations

import json

import pytest

from corpus.errors import QuestionSetError
from evals.cases import Case, QuestionSet, Quote
from evals.judging import judge, summary
from evals.run import read_run, run_set, write_run
from evals.sources import Sources
from evals.tests.fakes import FakeAssistant, FakeLibrary

TEXT = "全市抽检合格率稳定在98%以上。\n市食药安办牵头协调抽检。\n"
QUESTIONS = QuestionSet(
    "s",
    (
        (
            Case(
                "q1",
                "抽检合格率是多少",
                "figure",
                facts=(("98%",),),
                quotes=(Quote("a.txt", "合格率稳定在98%"),),
            ),
        ),
        (
            Case("d#1", "抽检合格率稳定在多少", facts=(("98%",),), turn=1),
            Case("d#2", "谁牵头协调抽检？", facts=(("食药安办",),), turn=2),
        ),
    ),
)


@pytest.fixture
def library():
    return FakeLibrary({"a.txt": TEXT})


def test_a_run_walks_the_products_path_and_comes_back_from_its_file(library, tmp_path):
    assistant, steps = FakeAssistant(library), []
    run = run_set(QUESTIONS, library, assistant, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert [history for _, history, _ in assistant.asked] == [0, 0, 1]
    assert run.records["d#2"].asked == "抽检合格率稳定在多少谁牵头协调抽检？"
    assert run.about["documents"] == {"a.txt": "r" * 12}
    assert run.about["questions"] == 3
    write_run(run, tmp_path / "runs" / "one.jsonl")
    again = read_run(tmp_path / "runs" / "one.jsonl")
    sources = Sources.of(library)
    assert summary(judge(QUESTIONS, again, sources)) == summary(judge(QUESTIONS, run, sources))
    assert again.about == run.about
    assert again.name.startswith("s 20")
    assert list(again.records) == ["q1", "d#1", "d#2"]


def test_sources_of_a_library_know_what_is_not_there(library):
    sources = Sources.of(library)
    assert sources.find("a.txt", "98%")
    assert sources.find("b.txt", "98%") is None


def test_answers_of_ask_batch_are_a_run_too(tmp_path):
    answer = {
        "question": "谁？",
        "answer": "办公室",
        "abstained": False,
        "citations": [{"document": "a", "quote": "x"}],
    }
    path = tmp_path / "answers.jsonl"
    path.write_text(
        json.dumps({"id": 7} | answer) + "\n" + json.dumps({"id": "d", "turns": [answer, answer]}) + "\n",
        encoding="utf-8",
    )
    run = read_run(path)
    assert list(run.records) == ["7", "d#1", "d#2"]
    assert run.name == "answers"
    assert run.records["7"].citations[0].document == "a"


@pytest.mark.parametrize(
    "row",
    [
        '{"id":"q"}',
        '{"id":"q","turns":[3]}',
        '{"answer":"x","abstained":false}',
        '{"id":"q","answer":"","abstained":0,"citations":[3]}',
    ],
)
def test_a_broken_run_is_named_by_file_and_line(tmp_path, row):
    path = tmp_path / "run.jsonl"
    path.write_text("\n" + row + "\n", encoding="utf-8")
    with pytest.raises(QuestionSetError, match=r"run\.jsonl:2: "):
        read_run(path)


def test_an_empty_run_is_none(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"id":"","run":{"set":"s"}}\n', encoding="utf-8")
    with pytest.raises(QuestionSetError, match="holds no answer"):
        read_run(path)
