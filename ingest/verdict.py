"""What became of each file of a run."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["added", "replaced", "unchanged", "failed", "removed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file. reason says why it failed, or what is worth knowing; path is where it lies ("" for none)."""

    name: str
    outcome: Outcome
    reason: str = ""
    path: str = ""

    def line(self) -> str:
        """The verdict in one printable line, whatever the file is called."""
        reason = f": {self.reason}" if self.reason else ""
        return f"{self.outcome:<9} {one_line(self.name)}{one_line(reason)}"


@dataclass(frozen=True, slots=True)
class Summary:
    """All verdicts of a run in the order they fell; warnings concern no single file. seconds: how long it took."""

    verdicts: tuple[Verdict, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return Counter(verdict.outcome for verdict in self.verdicts)[outcome]

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts that a person has to look at."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == "failed")


def one_line(text: str) -> str:
    """`text` with control, direction and line-end characters escaped: it prints as one line and as what it is.

    A line end comes out as a backslash and an n.
    """
    return "".join(
        character.encode("unicode_escape").decode()
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else character
        for character in text
    )
