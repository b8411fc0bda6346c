"""Evaluations in the background: begun, watched, cancelled, kept; and what a crash or a restart leaves."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from quality_fakes import OPEN, QUESTIONS, SearchingAssistant, World, lines
from ui_fakes import FakeLibrary

from corpus.errors import QuestionSetError
from evals.cases import read_set
from evals.judging import judge, summary
from evals.run import run_set
from evals.sources import Sources
from ui.people import Person
from ui.quality.runner import BusyError, Order, Runner
from ui.quality.runs import MOST_RUNS, RunEntry, Runs
from ui.quality.sets import SetEntry, Sets

ADMIN = Person("王主", "admin", "a")


class Bench:
    """A runner on a library with one document, and a set to run."""

    def __init__(self, home: Path, gate: threading.Semaphore | None = None, rows: Any = None) -> None:
        self.library: Any = FakeLibrary(home, OPEN)
        self.gate = gate
        self.entered = 0
        self.runs = Runs(home)
        self.runner = Runner(self.runs, self.opened, 0.0)
        self.sets = Sets(home)
        self.entry = self.sets.take("抽查.jsonl", lines(rows or QUESTIONS), replacing=True)

    @contextmanager
    def opened(self, where: str) -> Iterator[Any]:
        self.entered += 1
        if where == "demonstration":
            raise OSError("no space left")
        yield self.library, SearchingAssistant(self.library, self.gate)

    def order(self, where: Any = "curator") -> Order:
        return Order(self.entry, self.sets.read(self.entry), where, "李管")


def test_a_run_shows_the_very_figures_that_the_command_line_shows(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    begun = bench.runner.start(bench.order())
    assert (begun.stage, begun.total, begun.done) == ("preparing", 5, 0)
    bench.runner.wait(20)
    ended = bench.runner.progress()
    assert ended is not None
    assert (ended.stage, ended.done, ended.broken, ended.under_way) == ("done", 5, 0, False)
    questions = read_set(bench.sets.path(bench.entry))
    direct = run_set(questions, bench.library, SearchingAssistant(bench.library))  # type: ignore[arg-type]
    wanted = summary(judge(questions, direct, Sources.of(bench.library)))
    kept = bench.runs.read(ended.run)
    assert summary(kept.judgements) == wanted
    assert kept.about["summary"] == wanted
    (entry,) = bench.runs.entries()
    assert (entry.name, entry.set, entry.where, entry.audience) == (ended.run, "抽查", "curator", "curator")
    assert (entry.about["by"], entry.about["broken"], entry.documents) == ("李管", 0, {OPEN.name})
    assert entry.value("correct") == wanted["correct"]
    assert not (tmp_path / "evaluations" / "running.json").exists()


def test_one_at_a_time_and_its_progress(tmp_path: Path) -> None:
    gate = threading.Semaphore(0)
    bench = Bench(tmp_path, gate)
    bench.runner.start(bench.order())
    with pytest.raises(BusyError):
        bench.runner.start(bench.order())
    for _ in range(2):
        gate.release()
    for _ in range(500):
        progress = bench.runner.progress()
        if progress and progress.done == 2:
            break
        threading.Event().wait(0.01)
    assert progress is not None
    assert (progress.stage, progress.done, progress.total) == ("asking", 2, 5)
    assert progress.seconds > 0
    assert json.loads((tmp_path / "evaluations" / "running.json").read_text())["set"] == "抽查"
    gate.release(5)
    bench.runner.wait(20)
    assert bench.entered == 1
    gate.release(10)
    bench.runner.start(bench.order())
    bench.runner.wait(20)
    assert len(bench.runs.entries()) == 2


def test_a_cancelled_run_leaves_nothing(tmp_path: Path) -> None:
    gate = threading.Semaphore(1)
    bench = Bench(tmp_path, gate)
    assert not bench.runner.cancel()
    bench.runner.start(bench.order())
    assert bench.runner.cancel()
    gate.release(5)
    bench.runner.wait(20)
    progress = bench.runner.progress()
    assert progress is not None
    assert (progress.stage, progress.run) == ("cancelled", "")
    assert bench.runs.entries() == ()
    assert not bench.runner.cancel()
    gate.release(9)
    bench.runner.start(bench.order())  # and the next one is as any
    bench.runner.wait(20)
    assert len(bench.runs.entries()) == 1


def test_closing_gives_up_the_run(tmp_path: Path) -> None:
    gate = threading.Semaphore(3)
    bench = Bench(tmp_path, gate)
    bench.runner.start(bench.order())
    threading.Timer(0.2, gate.release, (5,)).start()
    bench.runner.close()
    progress = bench.runner.progress()
    assert progress is not None
    assert progress.stage == "cancelled"
    bench.runner.close()


def test_a_question_that_breaks_counts_as_wrong_and_does_not_end_the_run(tmp_path: Path) -> None:
    rows = [*QUESTIONS[:1], {"id": "q9", "question": "坏的问题", "facts": []}, *QUESTIONS[3:]]
    bench = Bench(tmp_path, rows=rows)
    bench.runner.start(bench.order())
    bench.runner.wait(20)
    progress = bench.runner.progress()
    assert progress is not None
    assert (progress.stage, progress.broken) == ("done", 1)
    judged = {one.case.id: one for one in bench.runs.read(progress.run).judgements}
    assert not judged["q9"].correct, "no answer is not a refusal"
    assert judged["q9"].record.warnings == ("KeyError",)
    assert judged["q1"].correct
    assert bench.runs.entries()[0].about["broken"] == 1


def test_a_run_that_breaks_off_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench(tmp_path)
    bench.runner.start(bench.order("demonstration"))
    bench.runner.wait(20)
    progress = bench.runner.progress()
    assert progress is not None
    assert progress.stage == "failed"
    assert "no space left" in caplog.text
    assert bench.runs.entries() == ()
    bench.runner.start(bench.order())
    bench.runner.wait(20)
    assert len(bench.runs.entries()) == 1


def test_a_restart_clears_what_was_left_and_tells(tmp_path: Path) -> None:
    gate = threading.Semaphore(0)
    bench = Bench(tmp_path, gate)
    bench.runner.start(bench.order())
    folder = tmp_path / "evaluations"
    (folder / "20260101-000000-001.part").write_text("half a ru")
    again = Runner(Runs(tmp_path), bench.opened)  # as the next server does, the first one having been killed
    progress = again.progress()
    assert progress is not None
    assert (progress.stage, progress.set, progress.by, progress.under_way) == (
        "interrupted",
        "抽查",
        "李管",
        False,
    )
    assert list(folder.iterdir()) == []
    assert Runner(Runs(tmp_path), bench.opened).progress() is None
    gate.release(9)
    bench.runner.close()


@pytest.mark.parametrize(
    "left", ["", "[]", "{}", '{"set": 1, "shelf": "", "where": "x", "audience": "king"}', "\x00"]
)
def test_a_strange_marker_is_cleared_as_well(tmp_path: Path, left: str) -> None:
    folder = tmp_path / "evaluations"
    folder.mkdir()
    (folder / "running.json").write_text(left)
    assert Runner(Runs(tmp_path), Bench(tmp_path / "x").opened).progress() is None
    assert list(folder.iterdir()) == []


def test_who_may_see_a_run_is_the_higher_of_view_and_set() -> None:
    def audience(shelf: Any, where: Any) -> str:
        return Order(SetEntry(shelf, "x"), None, where).audience  # type: ignore[arg-type]

    assert audience("package", "demonstration") == "curator"
    assert audience("office", "curator") == "curator"
    assert audience("office", "admin") == "admin"
    assert audience("admin", "curator") == "admin"


def test_runs_are_bounded_and_their_names_lead_nowhere(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.runner.start(bench.order())
    bench.runner.wait(20)
    (first,) = bench.runs.entries()
    kept = bench.runs.read(first.name)
    for _ in range(MOST_RUNS):
        bench.runs.keep(kept.about, kept.judgements)
    names = [entry.name for entry in bench.runs.entries()]
    assert len(names) == MOST_RUNS == len(set(names))
    assert first.name not in names
    assert names == sorted(names, reverse=True)
    secret = tmp_path / "secret.jsonl"
    secret.write_text("x")
    for name in ("../secret", "..", "", names[0] + "/../../secret", "20260101-000000-00x", "running"):
        assert not bench.runs.remove(name)
        with pytest.raises(QuestionSetError):
            bench.runs.read(name)
    assert secret.exists()
    assert bench.runs.remove(names[0])
    assert not bench.runs.remove(names[0])
    assert len(bench.runs.entries()) == MOST_RUNS - 1


def test_a_file_that_is_no_run_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "evaluations"
    folder.mkdir()
    (folder / "20260101-000000-001.jsonl").write_text("nothing\n")
    (folder / "notes.jsonl").write_text('{"id": "", "run": {"summary": {}}}\n')
    assert Runs(tmp_path).entries() == ()


def test_a_run_of_unknown_kind_is_for_admins() -> None:
    entry = RunEntry(
        "20260101-000000-001", {"summary": {"correct": "x"}, "where": "moon", "audience": "king"}
    )
    assert (entry.where, entry.audience, entry.value("correct")) == ("admin", "admin", None)
    assert entry.seen_by(ADMIN, ())
    assert not entry.seen_by(Person("", "curator", ""), ())


def test_the_server_gives_up_a_run_when_it_stops(tmp_path: Path) -> None:
    gate = threading.Semaphore(0)
    world = World(tmp_path, gate=gate)
    world.desk.sets.take("抽查.jsonl", lines())
    with world.client() as client:
        assert client.post(
            "/wennuo/quality/start", json={"set": "office/抽查", "where": "curator"}
        ).is_success
        threading.Timer(0.2, gate.release, (9,)).start()
    progress = world.desk.runner.progress()
    assert progress is not None
    assert progress.stage == "cancelled"
