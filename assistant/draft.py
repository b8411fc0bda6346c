"""What an answer is made of before it is an answer: verbatim quotes, and what is said of them in our words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation, Status
from assistant.evidence import Evidence
from corpus.commitment import Commitment
from corpus.document import Document, Span
from corpus.errors import StaleCitationError
from corpus.library import Library
from corpus.passage import Passage

LONGEST_QUOTE = 130  # characters of one quote
LONGEST_ANSWER = 280  # characters of all quotes together: the direct answer stands in the first 300


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of one document that goes into the answer; label is said before it, in our words.

    document is the revision that was searched, whole, so that a span never meets the text of another.
    """

    document: Document
    span: Span
    label: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer made of the evidence. note is said after the quotes, in our words."""

    quotes: tuple[Quote, ...]
    status: Status = "answered"
    note: str = ""
    confidence: float = 1.0


def searched(library: Library, found: Passage | Citation | Commitment) -> Document:
    """The document of a passage, a citation or a row of the ledger, in its revision. Raises StaleCitationError when it was replaced since."""
    document = library.document(found.document)
    if document.revision != found.revision:
        raise StaleCitationError(f"{found.document} was replaced while it was being read; ask again")
    return document


def distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without those that overlap one before them; one that covers it takes its place."""
    kept: list[Quote] = []
    for quote in quotes:
        over = [
            at
            for at, other in enumerate(kept)
            if other.document.name == quote.document.name and other.span.overlap(quote.span)
        ]
        if not over:
            kept.append(quote)
        elif len(over) == 1 and quote.span.covers(kept[over[0]].span):
            kept[over[0]] = replace(quote, label=kept[over[0]].label)
    return kept


def unquoted(evidence: Evidence, quotes: Sequence[Quote]) -> Evidence:
    """The evidence without the sentences that are quoted already."""
    units = tuple(
        unit
        for unit in evidence.units
        if not any(quote.document.name == unit.document and quote.span.overlap(unit.span) for quote in quotes)
    )
    return replace(evidence, units=units)


def wording(citations: Sequence[Citation], draft: Draft) -> str:
    """The answer text: each quote with its marker, then the note."""
    pieces = [
        f"{quote.label}{' '.join(citation.quote.split())}[{citation.number}]"
        for quote, citation in zip(draft.quotes, citations, strict=True)
    ]
    return "；".join(pieces) + draft.note + "。"
