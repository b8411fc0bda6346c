"""What happened since the start, counted: acts by name, answers by status, files by verdict."""

from __future__ import annotations

import threading
from collections import Counter


class Tally:
    """Counts by heading and value. Safe for several threads."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, heading: str, value: str) -> None:
        """One more."""
        with self._lock:
            self._counts[heading, value] += 1

    def counts(self, heading: str) -> dict[str, int]:
        """How many of each value under the heading."""
        with self._lock:
            return {value: count for (of, value), count in self._counts.items() if of == heading}
