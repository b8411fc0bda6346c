"""Questions to begin with, made from what the library holds."""

from __future__ import annotations

from corpus.library import Library


def starters(library: Library, count: int) -> tuple[str, ...]:
    """At most `count` questions that documents of the library answer; the same library gives the same questions."""
    return tuple(f"{entry.metadata.title.value}提出了哪些目标？" for entry in library.entries()[:count])
