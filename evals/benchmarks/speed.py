"""How long ingesting and asking take on a folder: python -m evals.benchmarks.speed FOLDER [--questions SET.jsonl].

Everything runs through the command line in processes of its own, as a user would start it, in a library of its own that is thrown away;
only the warm questions are asked in this process. Prints one JSON object; times in seconds unless the name says otherwise.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import WenNuoError
from corpus.settings import LibrarySettings, silence_telemetry
from evals.cases import read_inquiries

COLD_STARTS = 3
# Runs a command as a child, so that the greatest memory of the children of this process is that command's alone.
MEASURED = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
seconds = time.perf_counter() - start
print(json.dumps([code, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""


def measure(home: Path, *arguments: str) -> tuple[int, float, float]:
    """Exit code, seconds and megabytes of memory (the greatest of its processes) of one `wennuo` command."""
    command = [
        sys.executable,
        "-c",
        MEASURED,
        sys.executable,
        "-m",
        "ui.cli.main",
        *arguments,
        "--home",
        str(home),
    ]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603
    code, seconds, kilobytes = json.loads(output)
    return code, seconds, kilobytes / 1024


def ask_warm(home: Path, questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds of each question in one process, the first of them apart, and this process's memory."""
    from assistant.bootstrap import make_assistant
    from corpus.library import Library

    with Library.open(LibrarySettings.from_environment(home)) as library:
        assistant = make_assistant(library)
        asked = questions or assistant.starters(12)
        times = []
        for question in asked:
            start = time.perf_counter()
            assistant.answer(question)
            times.append((time.perf_counter() - start) * 1000)
    warm = sorted(times[1:] or times)
    return {
        "questions": len(times),
        "first_ms": times[0],
        "warm_median_ms": statistics.median(warm),
        "warm_p95_ms": warm[min(len(warm) - 1, round(0.95 * len(warm)))],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def benchmark(folder: Path, questions: Sequence[str], jobs: int) -> dict[str, Any]:
    """All figures for one folder."""
    with tempfile.TemporaryDirectory(prefix="wennuo-speed-") as temporary:
        home = Path(temporary) / "home"
        ingest = ("ingest", str(folder), "--jobs", str(jobs))
        code, first, memory = measure(home, *ingest)
        _, second, _ = measure(home, *ingest)
        warm = ask_warm(home, questions)
        question = questions[0] if questions else "今年的主要目标是什么？"
        cold = [measure(home, "ask", question) for _ in range(COLD_STARTS)]
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    return {
        "ingest": {"seconds": first, "again_seconds": second, "memory_mb": memory, "all_read": code == 0},
        "home_mb": size / 2**20,
        "ask_cold": {
            "seconds_median": statistics.median(seconds for _, seconds, _ in cold),
            "memory_mb": max(megabytes for _, _, megabytes in cold),
        },
        "ask_warm": warm,
    }


def rounded(value: Any) -> Any:
    """The same shape with floats to two digits."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return round(value, 2) if isinstance(value, float) else value


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.speed", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--questions", type=Path, help="questions to ask (JSONL); else starters of the library"
    )
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    silence_telemetry()
    try:
        inquiries = read_inquiries(options.questions) if options.questions else ()
        figures = benchmark(options.folder, [inquiry.questions[0] for inquiry in inquiries], options.jobs)
    except WenNuoError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(rounded(figures), ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
