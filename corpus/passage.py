"""A passage: the unit that is indexed and retrieved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from corpus.document import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences (or clauses of one long sentence) inside one section of one document.

    text is the document's text at span, verbatim. path holds the headings above it, outermost first. context is what is
    searched besides text: the metadata and headings, in words. page is the page of its first character, None without pages.
    """

    document: str
    revision: str
    span: Span
    text: str
    path: tuple[str, ...] = ()
    context: str = ""
    page: int | None = None

    def __post_init__(self) -> None:
        if len(self.text) != len(self.span):
            raise ValueError(f"{self.document}: passage text has {len(self.text)} characters for {self.span}")

    @property
    def identity(self) -> str:
        """The same on every machine: document, revision and span, hashed to 32 hex digits."""
        key = f"{self.document}\0{self.revision}\0{self.span.start}\0{self.span.end}"
        return hashlib.sha256(key.encode()).hexdigest()[:32]

    @property
    def searched(self) -> str:
        """What both indexes see: context and text."""
        return f"{self.context}\n{self.text}" if self.context else self.text
