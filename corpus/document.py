"""The nouns: spans, sections, pages, metadata and the document that holds them.

Every span is a half-open interval of character offsets (code points, not bytes) into the canonical
text of one document. `document.quote(span)` is the only way from a span to words.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, Literal, TypeVar

Kind = Literal["speech", "plan", "report", "ledger", "other"]
KINDS: tuple[Kind, ...] = ("speech", "plan", "report", "ledger", "other")
BlockKind = Literal["heading", "paragraph", "row"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open, non-empty interval [start, end) of characters."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a half-open, non-empty span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """The number of characters that both spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged format; number counts from 1."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that the file format itself marks: a heading with its level, a paragraph, a table row.

    level is 1 for the topmost heading and 0 for anything that is no heading.
    """

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it, subsections included.

    span covers heading and body; heading is the heading's own span, without line end, and starts where span starts.
    level is 1 for the topmost; an item inside a paragraph (一是, 二是) is a section too, one level below what holds it.
    parent is the index of the enclosing section in `Document.sections`, or None. What stands before the first heading is
    in no section. Identity is the span: numbers may be missing or repeated.
    """

    span: Span
    heading: Span
    level: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class Inferred(Generic[T]):
    """A value with the confidence (0..1) of the rule that found it; 1.0 means said by a person."""

    value: T
    confidence: float
    source: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not within 0..1")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document is; None where nothing was found.

    title: as printed, or made from the file name. kind: one of KINDS. issuer: the body that speaks ("济宁市市场监督管理局").
    region: the place it speaks of ("山东省济宁市"). date: the day it was given. year: the year whose work it lays out
    (a speech of 2022 that reviews 2021 has year 2022). period: the stretch of time it speaks of, in its own words
    ("2023年一季度"). speaker: the level or post that speaks ("市政府", "市局"). aliases: other words by which people call it
    ("务虚会", "市场监管工作会议").
    """

    title: Inferred[str]
    kind: Inferred[Kind] | None = None
    issuer: Inferred[str] | None = None
    region: Inferred[str] | None = None
    date: Inferred[datetime.date] | None = None
    year: Inferred[int] | None = None
    period: Inferred[str] | None = None
    speaker: Inferred[str] | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One revision of one document.

    name is the file name, unique in a library. revision is the sha256 (hex) of the file's bytes. text is canonical: as
    decoded, nothing cleaned out. Sections are ordered by start, parents before children. margins holds page headers and
    footers, which are no part of the text. source is the folder-qualified path it was read from ("" for an upload).
    """

    name: str
    revision: str
    text: str
    metadata: Metadata
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    margins: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for spans in (self.sections, self.pages, self.blocks):
            for item in spans:
                if item.span.end > len(self.text):
                    raise ValueError(
                        f"{self.name}: {item.span} lies outside a text of {len(self.text)} characters"
                    )
        for first, second in pairwise(self.sections):
            if second.span.start < first.span.start:
                raise ValueError(f"{self.name}: sections are not in order")
        for index, section in enumerate(self.sections):
            if section.parent is not None and not (
                section.parent < index and self.sections[section.parent].span.covers(section.span)
            ):
                raise ValueError(f"{self.name}: section {index} does not lie in its parent")

    def quote(self, span: Span) -> str:
        """The words at `span`. Raises ValueError where the span leaves the text."""
        if span.end > len(self.text):
            raise ValueError(f"{self.name}: {span} lies outside the text")
        return self.text[span.start : span.end]

    def section_at(self, offset: int) -> int | None:
        """Index of the innermost section that holds the character at `offset`, or None."""
        index: int | None = bisect_right(self.sections, offset, key=lambda section: section.span.start) - 1
        while index is not None and index >= 0:
            if offset < self.sections[index].span.end:
                return index
            index = self.sections[index].parent
        return None

    def headings_above(self, offset: int) -> Iterator[Span]:
        """The heading spans over the character at `offset`, outermost first; a heading is above itself."""
        chain = []
        index = self.section_at(offset)
        while index is not None:
            section = self.sections[index]
            chain.append(section.heading)
            index = section.parent
        return reversed(chain)

    def path(self, offset: int) -> tuple[str, ...]:
        """The headings over the character at `offset` as printed, outermost first."""
        return tuple(self.quote(heading) for heading in self.headings_above(offset))

    def page_at(self, offset: int) -> int | None:
        """Number of the page that holds the character at `offset`; None where the format has no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.span.start) - 1
        return self.pages[index].number if index >= 0 and offset < self.pages[index].span.end else None

    def with_metadata(self, metadata: Metadata) -> Document:
        """The same revision under other metadata."""
        return replace(self, metadata=metadata)
