"""`wennuo eval` over stand-ins: tables, files, comparison, and the gate."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from evals.tests.fakes import FakeAssistant, FakeLibrary
from ui.cli.main import main
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


def test_what_was_not_answered_is_listed(evaluate):
    assert "q3\t市局办公室督查怎么做\t" in evaluate("--misses").stdout
    assert "q3" not in evaluate().stdout


COMMITMENTS = [
    {"id": "c1", "doc": "a.txt", "kind": "target", "quote": "各科室要在2024年底前把合格率提到98％", "owner": "各科室", "due": "2024-12-31", "metric": {"value": "98"}},
    {"id": "c2", "doc": "a.txt", "kind": "task", "quote": "市局办公室牵头督查", "owner": "市局办公室", "due": "monthly"},
    {"id": "c3", "doc": "b.txt", "kind": "task", "quote": "不在这里"},
]  # fmt: skip
PROMISES = "各科室要在2024年底前把合格率提到98％。\n各县局要建立3个专班。\n市局办公室牵头督查。\n"


@pytest.fixture
def ledger(tmp_path, library):
    library.texts["a.txt"] = PROMISES
    path = tmp_path / "promises.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in COMMITMENTS), encoding="utf-8")
    return path


def test_a_ledger_set_is_known_by_its_rows(evaluate, ledger):
    result = evaluate(name=ledger)
    assert result.exit_code == 0
    found = values(result.stdout)
    assert found["promises,"] == "3"
    assert found["verbatim"] == "1.000"
    assert (found["a.txt"], found["target"]) == ("2", "1")
    assert "missed" not in result.stdout
    assert result.stderr == "c3: its quote does not stand in this library's documents\n"


def test_a_ledger_is_kept_compared_reported_listed_and_held(evaluate, ledger, library, tmp_path):
    assert evaluate("--update-baseline", "--out", tmp_path / "run.jsonl", name=ledger).exit_code == 0
    assert json.loads((tmp_path / "baseline.json").read_text())["promises"]["verbatim"] == 1.0
    assert evaluate(name=ledger).exit_code == 0
    ledger.write_text(
        ledger.read_text(encoding="utf-8").replace("2024-12-31", "2023-12-31"), encoding="utf-8"
    )
    wanted = ("--compare", tmp_path / "run.jsonl", "--report", tmp_path / "r.html", "--misses")
    result = evaluate(*wanted, name=ledger)
    assert result.exit_code == 1
    assert "below the baseline: due_recall: " in result.stderr
    assert "before" in result.stdout
    [listed] = [line for line in result.stdout.splitlines() if line.startswith("differs\tc1")]
    assert "due: 2023-12-31, found 2024-12-31" in listed
    assert "<h2>逐项</h2>" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_answers_are_no_run_of_a_ledger(evaluate, ledger, questions):
    result = evaluate("--compare", questions, name=ledger)
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'needs a "doc"' in result.stderr
