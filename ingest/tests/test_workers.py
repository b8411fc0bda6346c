"""A file that kills its worker costs itself only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.readers.limits import Limits
from ingest.workers import Workers

LIMITS = Limits(memory_bytes=2**30, seconds=2)


def work(task: str, limits: Limits) -> str:
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "sleep":
        time.sleep(60)
    if task == "eat":
        try:
            return str(len(bytearray(limits.memory_bytes)))
        except MemoryError:
            return "no memory"
    if task == "raise":
        raise ZeroDivisionError
    return f"{task} in {os.getpid()}"


def lost(task: str, limits: Limits) -> str:
    return f"{task} lost"


def run(tasks: list[str], jobs: int = 2) -> list[str]:
    return [result.partition(" in ")[0] for result in Workers(work, lost, jobs, LIMITS).run(tasks)]


def test_order_and_other_processes() -> None:
    tasks = [f"task {number}" for number in range(30)]
    assert run(tasks) == tasks
    results = list(Workers(work, lost, 2, LIMITS).run(tasks))
    assert not any(result.endswith(f" {os.getpid()}") for result in results)


def test_one_job_stays_here() -> None:
    assert list(Workers(work, lost, 1, LIMITS).run(["a"])) == [f"a in {os.getpid()}"]
    assert run([]) == []


@pytest.mark.slow
def test_killed_hanging_and_hungry_tasks() -> None:
    tasks = ["a", "kill", "b", *"cdefghij", "eat", "k", "sleep", "l", "kill"]
    expected = [
        {"kill": "kill lost", "sleep": "sleep lost", "eat": "no memory"}.get(task, task) for task in tasks
    ]
    started = time.monotonic()
    assert run(tasks) == expected
    assert time.monotonic() - started < 30


def test_a_mistake_of_ours_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        run(["a", "raise", "b"])


ORPHAN_MAKER = """
import sys, os, signal
sys.path[:0] = [{here!r}, {root!r}]
from test_workers import LIMITS, lost, work
from ingest.workers import Workers
if __name__ == "__main__":
    for result in Workers(work, lost, 2, LIMITS).run([str(n) for n in range(20)]):
        print(result.rpartition(" ")[2], flush=True)
        if result.startswith("10 "):
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see processes")
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    here = Path(__file__).parent
    script = tmp_path / "script.py"
    script.write_text(ORPHAN_MAKER.format(here=str(here), root=str(here.parents[1])), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    workers = {int(line) for line in done.stdout.split()}
    assert workers, done.stderr
    deadline = time.monotonic() + 10
    while (
        alive := [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    ) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert alive == []


NO_PROCESSES = """
import multiprocessing, sys
sys.path[:0] = [{here!r}, {root!r}]
from test_workers import LIMITS, lost, work
from corpus.errors import WorkersError
from ingest.workers import Workers
if __name__ == "__main__":
    multiprocessing.set_executable("/nowhere/python")
    try:
        list(Workers(work, lost, 2, LIMITS).run(["a", "b", "c"]))
    except WorkersError as error:
        print(error)
"""


@pytest.mark.slow
def test_where_no_process_can_be_started_it_says_so(tmp_path: Path) -> None:
    here = Path(__file__).parent
    script = tmp_path / "script.py"
    script.write_text(NO_PROCESSES.format(here=str(here), root=str(here.parents[1])), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert "cannot be started" in done.stdout, done.stderr
    assert "--jobs 1" in done.stdout
