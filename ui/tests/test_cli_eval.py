"""`wennuo eval` over stand-ins: tables, files, comparison, and the gate."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from evals.tests.fakes import FakeAssistant, FakeLibrary
from ui.cli import main
from ui.parts import Parts

TEXT = "全市抽检合格率稳定在98%以上。\n市局办公室牵头督查。\n"
ROWS = [
    {"id": "q1", "question": "抽检合格率稳定在多少", "kind": "figure", "facts": [["98%"]], "quotes": [{"doc": "a.txt", "text": "合格率稳定在98%以上"}]},
    {"id": "q2", "question": "天气", "kind": "unanswerable", "facts": []},
    {"id": "q3", "question": "市局办公室督查怎么做", "kind": "measure", "facts": [["红黄绿灯"]], "quotes": [{"doc": "a.txt", "text": "不在这里"}]},
]  # fmt: skip


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def library():
    return FakeLibrary({"a.txt": TEXT})


@pytest.fixture
def evaluate(library, questions, tmp_path):
    def run(*arguments, name=questions):
        parts = Parts(
            open_library=lambda settings, **_: library,
            make_assistant=FakeAssistant,
            demonstration=lambda: nullcontext(FakeLibrary({"a.txt": TEXT})),
        )
        given = [
            "eval",
            name,
            "--baseline",
            tmp_path / "baseline.json",
            "--home",
            tmp_path / "home",
            *arguments,
        ]
        result = CliRunner().invoke(main, [str(part) for part in given], obj=parts)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def values(text):
    return {line.split()[0]: line.split()[1] for line in text.splitlines() if len(line.split()) > 1}


def test_measures_and_kinds_on_the_terminal(evaluate):
    result = evaluate()
    assert result.exit_code == 0
    found = values(result.stdout)
    assert found["correct"] == "0.667"
    assert found["refusal_f1"] == "1.000"
    assert found["verbatim"] == "1.000"
    assert "correct_follow_up" not in found
    assert found["unanswerable"] == "1"
    assert result.stderr == "q3: its quotes do not all stand in this library's documents\n"


def test_the_gate(evaluate, library, tmp_path):
    baseline = tmp_path / "baseline.json"
    result = evaluate("--update-baseline")
    assert result.exit_code == 0
    assert json.loads(baseline.read_text())["small"]["correct"] == 0.6667
    assert evaluate().exit_code == 0
    library.texts["a.txt"] = TEXT.replace("98%", "89%")
    result = evaluate()
    assert result.exit_code == 1
    assert "below the baseline: correct: 0.3333, baseline 0.6667" in result.stderr
    assert evaluate("--update-baseline").exit_code == 0
    assert evaluate().exit_code == 0


def test_a_run_is_kept_and_compared_with_and_reported(evaluate, library, tmp_path):
    assert evaluate("--out", tmp_path / "run.jsonl").exit_code == 0
    library.texts["a.txt"] = TEXT + "督查实行红黄绿灯，办公室市局督查怎么做。\n"
    result = evaluate("--compare", tmp_path / "run.jsonl", "--report", tmp_path / "report.html")
    assert result.exit_code == 0
    assert "1/0" in result.stdout
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "新答对 1 题" in page
    assert 'href="#q3"' in page


def test_demonstration_asks_another_library(evaluate, library):
    library.texts.clear()
    assert values(evaluate("--demonstration").stdout)["correct"] == "0.667"
    assert "`wennuo ingest PATH` fills it" in evaluate().stderr


@pytest.mark.parametrize("name", ["none.jsonl", "none"])
def test_a_set_that_is_not_there(evaluate, name):
    result = evaluate(name=name)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert "no such file" in result.stderr


def test_a_run_that_is_not_there(evaluate, tmp_path):
    result = evaluate("--compare", tmp_path / "none.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "none.jsonl: cannot be read" in result.stderr
