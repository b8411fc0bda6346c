"""What the assistant gives back: an answer whose every shown fact carries a citation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from assistant.ledger_questions import LedgerQuestion
from corpus.document import Document, Span
from corpus.ledger import LedgerFilter

Status = Literal["answered", "masked", "not_found"]
Mode = Literal["quoting", "writing"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote of one revision of one document. number counts from 1 and is the marker's in the answer text."""

    number: int
    document: str
    revision: str
    title: str
    path: tuple[str, ...]
    span: Span
    quote: str
    page: int | None = None

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"citation {self.number} quotes {len(self.quote)} characters for {self.span}")

    @classmethod
    def of(cls, number: int, document: Document, span: Span) -> Citation:
        """The citation of the words at `span` in `document`. Raises ValueError where the span leaves the text."""
        return cls(
            number=number,
            document=document.name,
            revision=document.revision,
            title=document.metadata.title.value,
            path=document.path(span.start),
            span=span,
            quote=document.quote(span),
            page=document.page_at(span.start),
        )

    def to_json(self) -> dict[str, Any]:
        """The contract's shape: start and end are character offsets into the canonical text."""
        return {
            "number": self.number,
            "document": self.document,
            "revision": self.revision,
            "title": self.title,
            "path": list(self.path),
            "start": self.span.start,
            "end": self.span.end,
            "quote": self.quote,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """That an answer is from the ledger: what was asked of it, the filter that leaves just its rows, how many, how many are shown."""

    asked: LedgerQuestion
    wanted: LedgerFilter
    count: int
    shown: int

    def to_json(self) -> dict[str, Any]:
        """The filter's fields that narrow, as plain values, with the numbers."""
        unset = LedgerFilter()
        narrowing = {
            name: value
            for name in LedgerFilter.__dataclass_fields__
            if (value := getattr(self.wanted, name)) != getattr(unset, name)
        }
        plain = {
            name: value.isoformat()
            if isinstance(value, datetime.date)
            else list(value)
            if isinstance(value, tuple)
            else value
            for name, value in narrowing.items()
        }
        return {"filter": plain, "count": self.count, "shown": self.shown}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal (status not_found), to one question.

    text carries markers [1], [2] that name citations; citations are in the order of their numbers. A refusal may cite what
    is nearest. question is as asked; asked is the self-contained form that was searched (the same for a first question).
    confidence is 0..1. warnings are sentences for the reader. elapsed is in milliseconds. ledger: set where rows of the ledger
    answer, so that a face can offer all of them.
    """

    question: str
    asked: str
    text: str
    status: Status
    mode: Mode = "quoting"
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: float = 1.0
    kind: str = ""
    elapsed: float = 0.0
    ledger: Listed | None = None

    def __post_init__(self) -> None:
        if [citation.number for citation in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("citations must be numbered 1, 2, 3 … in order")

    @property
    def abstained(self) -> bool:
        """Whether this is a refusal."""
        return self.status == "not_found"

    def to_json(self, identity: str | None = None) -> dict[str, Any]:
        """The contract's shape; identity becomes "id" where given."""
        shape: dict[str, Any] = {"id": identity} if identity is not None else {}
        shape |= {
            "question": self.question,
            "answer": self.text,
            "status": self.status,
            "abstained": self.abstained,
            "mode": self.mode,
            "citations": [citation.to_json() for citation in self.citations],
            "warnings": list(self.warnings),
            "elapsed_ms": round(self.elapsed, 1),
        }
        return shape | ({"ledger": self.ledger.to_json()} if self.ledger else {})
