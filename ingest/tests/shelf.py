"""A library in memory, as the pipeline sees one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.commitment import Commitment
from corpus.document import Document
from corpus.passage import Passage


@dataclass(frozen=True)
class ShelfEntry:
    """The part of a library's entry that the pipeline reads."""

    name: str
    revision: str
    rules: str
    source: str


@dataclass
class Shelf:
    """Keeps what is put; `puts` counts the documents that were handed over, `corrections` is what a person said."""

    documents: dict[str, tuple[Document, Sequence[Passage], str]] = field(default_factory=dict)
    commitments: dict[str, Sequence[Commitment]] = field(default_factory=dict)
    corrections: dict[str, dict[str, Any]] = field(default_factory=dict)
    puts: int = 0

    def entries(self) -> tuple[ShelfEntry, ...]:
        return tuple(
            ShelfEntry(name, document.revision, rules, document.source)
            for name, (document, _, rules) in sorted(self.documents.items())
        )

    def overrides(self, name: str) -> dict[str, Any]:
        return self.corrections.get(name, {})

    def takes(self, name: str) -> bool:
        return True

    def put_many(
        self, items: Iterable[tuple[Document, Sequence[Passage], str, Sequence[Commitment]]], by: str = ""
    ) -> list[str]:
        verdicts = []
        for document, passages, rules, commitments in items:
            self.puts += 1
            verdicts.append("replaced" if document.name in self.documents else "added")
            self.documents[document.name] = (document, passages, rules)
            self.commitments[document.name] = commitments
        return verdicts

    def remove(self, name: str) -> None:
        del self.documents[name]
