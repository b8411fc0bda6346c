"""What the ledger costs an ingest: python -m evals.benchmarks.extraction FOLDER [--repeats N] [--jobs N | --processor].

The folder is taken in with and without extraction in turn, each time into a fresh library that is thrown away, after one run of
each that is not counted. Prints a table of the seconds, and the ratio of their medians and of each pair.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

from corpus.commitment import Commitment, CommitmentKind
from corpus.document import Document
from corpus.errors import WenNuoError
from corpus.ledger import LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings, silence_telemetry
from ingest import pipeline
from ingest.readers.limits import Limits

MOST = 1.5
"""The greatest ratio that is good enough."""
_USUAL = pipeline._parse


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each counted run, in order; the n-th of both ran one after the other."""

    documents: int
    commitments: int
    with_extraction: tuple[float, ...]
    without: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Of the medians."""
        return statistics.median(self.with_extraction) / statistics.median(self.without)

    @property
    def ratios(self) -> tuple[float, ...]:
        """Of each pair."""
        return tuple(one / other for one, other in zip(self.with_extraction, self.without, strict=True))


def read_only(task: Any, limits: Limits) -> Any:
    """What `ingest` does with one file, but for the commitments. Runs in a worker, which finds it by its name."""
    with patch.object(pipeline, "extract", _nothing):
        return _USUAL(task, limits)


def _nothing(_: Document) -> tuple[Commitment, ...]:
    return ()


def ingest_once(
    folder: Path,
    jobs: int,
    work: Callable[[Any, Limits], Any],
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, int, int]:
    """Seconds of taking the folder into a fresh library, its documents, and its commitments and reports."""
    with tempfile.TemporaryDirectory(prefix="wennuo-extraction-") as home:
        settings = LibrarySettings.from_environment(Path(home) / "home")
        with patch.object(pipeline, "_parse", work), Library.open(settings, write=True) as library:
            start = clock()
            pipeline.ingest(library, [folder], jobs=jobs)
            seconds = clock() - start
            rows = library.count_commitments(LedgerFilter(kinds=get_args(CommitmentKind)))[""]
            return seconds, len(library.entries()), rows


def measure(folder: Path, repeats: int, jobs: int, clock: Callable[[], float] = time.perf_counter) -> Timing:
    """Both ways in turn, and the other way round every second time: what grows or shrinks meanwhile meets both alike."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    documents = commitments = 0
    for count in range(-1, repeats):
        for extracted in (True, False) if count % 2 else (False, True):
            spent, documents, rows = ingest_once(folder, jobs, _USUAL if extracted else read_only, clock)
            commitments = rows if extracted else commitments
            if count >= 0:
                seconds[extracted].append(spent)
    return Timing(documents, commitments, tuple(seconds[True]), tuple(seconds[False]))


def table(timing: Timing) -> str:
    """The figures in columns."""
    lines = [f"{timing.documents} documents, {timing.commitments} commitments and reports", ""]
    lines.append(f"{'run':<8}{'with':>10}{'without':>10}{'ratio':>8}")
    runs = zip(timing.with_extraction, timing.without, timing.ratios, strict=True)
    lines += [f"{n:<8}{one:>10.2f}{two:>10.2f}{ratio:>8.2f}" for n, (one, two, ratio) in enumerate(runs, 1)]
    medians = (statistics.median(times) for times in (timing.with_extraction, timing.without))
    lines.append("{:<8}{:>10.2f}{:>10.2f}{:>8.2f}".format("median", *medians, timing.ratio))
    return "\n".join([*lines, "", f"at most {MOST}: {'yes' if timing.ratio <= MOST else 'no'}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.extraction", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--processor", action="store_true", help="processor time in one process, where others are at work too"
    )
    options = parser.parse_args(arguments)
    if options.repeats < 1:
        parser.error("--repeats must be at least 1")
    silence_telemetry()
    try:
        if options.processor:
            timing = measure(options.folder, options.repeats, 1, time.process_time)
        else:
            timing = measure(options.folder, options.repeats, options.jobs)
    except WenNuoError as error:
        print(error, file=sys.stderr)
        return 1
    if not timing.documents:
        print(f"{options.folder}: nothing could be read", file=sys.stderr)
        return 1
    print(table(timing))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
