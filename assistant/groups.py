"""Lists as a document numbers them: runs of headings or items side by side (一是…二是…), with what leads them in.

A speech may number two items 三, and nest a run in another; so a run is read by successive numbers, and siblings that are
numbered wrongly are also taken together (law 5: identity is the span, never the number).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from assistant.measures import counted
from corpus.document import Document, Section, Span
from corpus.text import fold, sentences

NEAR = 120  # characters before the first item within which the sentence that leads it in is looked for
_NUMBER = re.compile(
    r"[（(]?第?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、.．,，]|[是要]|个?方面|条|项)?"
)


@dataclass(frozen=True, slots=True)
class Group:
    """A list: its items' headings in text order, and in folded words what leads it in and stands over it.

    led: what stands right over it alone, its own heading and the sentence before its first item.
    """

    items: tuple[Span, ...]
    about: str
    said: str
    led: str


@lru_cache(maxsize=128)
def groups(document: Document) -> tuple[Group, ...]:
    """The lists of two items and more in a document, in text order."""
    found = []
    for (parent, _), siblings in groupby(
        sorted(
            document.sections, key=lambda section: (_order(section.parent), section.level, section.span.start)
        ),
        key=lambda section: (section.parent, section.level),
    ):
        for run in _runs(document, list(siblings)):
            spans = tuple(section.heading for section in run)
            path, before = _above(document, run[0], parent)
            found.append(
                Group(
                    spans,
                    about=fold(" ".join([*path, before])),
                    said=fold(" ".join(map(document.quote, spans))),
                    led=fold(" ".join([*path[-1:], before])),
                )
            )
    return tuple(sorted(found, key=lambda group: (group.items[0].start, len(group.items))))


def _order(parent: int | None) -> int:
    return -1 if parent is None else parent


def _runs(document: Document, siblings: Sequence[Section]) -> Iterator[Sequence[Section]]:
    numbers = [_number(document.quote(section.heading)) for section in siblings]
    starts = [0, *(at for at in range(1, len(numbers)) if numbers[at] != numbers[at - 1] + 1), len(numbers)]
    runs = [siblings[start:end] for start, end in pairwise(starts)]
    yield from (run for run in runs if len(run) > 1)
    if len(runs) > 1:
        yield siblings


def _number(heading: str) -> int:
    found = _NUMBER.match(heading.lstrip("　 #*"))
    return counted(found.group("number")) if found else 0


def _above(document: Document, first: Section, parent: int | None) -> tuple[Sequence[str], str]:
    """The headings over a list, and the sentence before its first item; "" where that stands under another heading."""
    path = document.path(first.span.start)[:-1]
    start = max(0, first.span.start - NEAR)
    before = list(sentences(document.text, Span(start, first.span.start))) if start < first.span.start else []
    inside = parent is None or (before and before[-1].start >= document.sections[parent].span.start)
    return path, document.quote(before[-1]) if before and inside else ""
