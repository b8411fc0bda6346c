"""Where quotes stand in the canonical texts, and which places support each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.library import Library

BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """The half-open span [start, end) of a document's canonical text, in characters."""

    document: str
    start: int
    end: int

    def overlap(self, other: Place) -> int:
        """The number of characters that both hold; 0 in different documents."""
        if self.document != other.document:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def supports(self, wanted: Place) -> bool:
        """Whether both share at least half of the shorter one."""
        shorter = min(self.end - self.start, wanted.end - wanted.start)
        return shorter > 0 and self.overlap(wanted) >= 0.5 * shorter


class _Squeezed:
    """A text without white space that knows where each of its characters stood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.squeezed = BLANK.sub("", text)
        self._offsets = [at for at, character in enumerate(text) if not character.isspace()]

    def find(self, quote: str) -> tuple[int, int] | None:
        """The first place of `quote`: as it is, else with white space ignored on both sides."""
        at = self.text.find(quote)
        if at >= 0:
            return at, at + len(quote)
        words = BLANK.sub("", quote)
        at = self.squeezed.find(words)
        return (self._offsets[at], self._offsets[at + len(words) - 1] + 1) if at >= 0 else None


@dataclass(slots=True)
class Sources:
    """The canonical texts by document name; `text` gives None for a document that is not there."""

    text: Callable[[str], str | None]
    _known: dict[str, _Squeezed | None] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library) -> Sources:
        """The texts of a library; it must stay open."""
        from corpus.errors import DocumentNotFoundError

        def text(name: str) -> str | None:
            try:
                return library.document(name).text
            except DocumentNotFoundError:
                return None

        return cls(text)

    def find(self, document: str, quote: str) -> Place | None:
        """Where `quote` first stands in the document of that file name, white space ignored; None where it does not."""
        name = PurePath(document).name
        if name not in self._known:
            text = self.text(name)
            self._known[name] = None if text is None else _Squeezed(text)
        source = self._known[name]
        found = source.find(quote) if source and quote.strip() else None
        return Place(name, *found) if found else None

    def holds(self, document: str, start: int, end: int, quote: str) -> bool:
        """Whether the document's text at [start, end) is exactly `quote`."""
        text = self.text(PurePath(document).name)
        return text is not None and 0 <= start < end <= len(text) and text[start:end] == quote


def covered(wanted: Place, passages: list[Place], budget: int) -> float:
    """The share (0..1) of `wanted` that the first `budget` characters of the passages hold, best passage first."""
    spent = [0, *accumulate(place.end - place.start for place in passages)]
    within = passages[: bisect_left(spent, budget)]
    hit: set[int] = set()
    for place, before in zip(within, spent, strict=False):
        if place.document == wanted.document:
            end = min(place.end, place.start + budget - before, wanted.end)
            hit.update(range(max(place.start, wanted.start), end))
    return len(hit) / (wanted.end - wanted.start)
