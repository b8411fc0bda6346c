"""Whether times are found in time that grows with the text: python -m evals.benchmarks.times.

Prints for text of one word repeated the milliseconds, those of four times as much, and their ratio; the least of three each. Four
is what it should be, and sixteen would be quadratic.
"""

from __future__ import annotations

import time

from corpus.document import Span
from ingest.dates import Reference, times

UNITS = ("2024年6月", "“", "1-", "十", "每", "《年", "x", "到年底、", " ")
"""Words that begin what a pattern looks for, and seldom end it."""
REPEATED = 4_000


def seconds(text: str) -> float:
    """The least of three runs, in time of the processor."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        times(text, Span(0, len(text)), Reference(2024, None))
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> int:
    """Measure, print, and return the exit code."""
    print(f"{'word':<12}{'ms':>10}{'ms of 4':>10}{'ratio':>8}")
    for unit in UNITS:
        once, four = seconds(unit * REPEATED), seconds(unit * REPEATED * 4)
        print(f"{unit!r:<12}{1000 * once:>10.1f}{1000 * four:>10.1f}{four / max(once, 1e-9):>8.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
