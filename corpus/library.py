"""The library: documents in, passages out. The one face of this floor.

The catalogue is the truth; the indexes of words and vectors follow it and are never believed: every hit is looked up in the
catalogue before it counts. So a process that is killed at any moment leaves each document whole or absent, and a reader whose
indexes lag behind a writer's misses what is new for a moment but never returns what has gone.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from corpus import changes, records
from corpus.changes import Verdict
from corpus.collections import Role
from corpus.commitment import Commitment
from corpus.document import Document, Metadata
from corpus.encoder import Aligner, Encoder
from corpus.errors import DocumentNotFoundError
from corpus.examination import examine
from corpus.following import STEP
from corpus.lock import WriterLock
from corpus.making import commitment_rows, passage_rows
from corpus.passage import Passage
from corpus.rows import Entry
from corpus.search import Scored
from corpus.settings import LibrarySettings
from corpus.shelving import ShelvedLibrary

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

__all__ = ["Entry", "Item", "Library", "Scored", "Verdict"]

Item = tuple[Document, Sequence[Passage], str] | tuple[Document, Sequence[Passage], str, Sequence[Commitment]]
"""What is put: a document, its passages, the version of the rules that made it, and its commitments."""

CACHED = 32
"""Documents kept in memory."""


class Library(ShelvedLibrary):
    """One library, open for reading or for writing; a context manager. Reading is safe from several threads."""

    def __init__(self, settings: LibrarySettings, encoder: Encoder, lock: WriterLock | None) -> None:
        """Use `open`."""
        super().__init__(settings, encoder, lock)
        self._documents: OrderedDict[int, Document] = OrderedDict()
        self._caching = threading.Lock()
        self._views: dict[Role, Library] = {}

    def seen_by(self, role: Role) -> Library:
        """The library as that role sees it: documents that are not for it are not there, nor anything of them.

        Of use as long as this library is open; collections may change meanwhile. For "admin", this library itself.
        """
        if role == "admin":
            return self
        with self._caching:
            if role not in self._views:
                from corpus.seeing import RestrictedLibrary

                self._views[role] = RestrictedLibrary(self, role)
            return self._views[role]

    def close(self) -> None:
        """Let the indexes take in what they owe, and let go of everything, restricted views included."""
        for view in self._views.values():
            view._catalogue.close()
        super().close()

    def generation(self) -> int:
        """Grows with every committed change, by any process; 0 when nothing was ever put in."""
        return self._catalogue.state().generation

    def entries(self) -> tuple[Entry, ...]:
        """All documents without their texts, sorted by name."""
        return self._catalogue.entries()

    def document(self, name: str) -> Document:
        """The document of that name. Raises DocumentNotFoundError."""
        for _ in range(3):
            number = self._catalogue.number(name)
            with self._caching:
                if number in self._documents:
                    self._documents.move_to_end(number)
                    return self._documents[number]
            document = self._catalogue.document(number)
            if document is None:
                continue  # replaced between the two looks
            with self._caching:
                self._documents[number] = document
                while len(self._documents) > CACHED:
                    self._documents.popitem(last=False)
            return document
        raise DocumentNotFoundError(name)

    def passages(self, name: str) -> tuple[Passage, ...]:
        """The passages of one document in text order. Raises DocumentNotFoundError."""
        return self._catalogue.passages(name)

    def search(
        self, query: str, *, k: int = 20, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The k passages that fit the query best by words and vectors together, best first.

        documents: names to search in; None for all. Same query and same library, same result; ties by document name, then
        start. A blank query finds nothing.
        """
        return self._search.fused(query, k, documents)

    def search_words(
        self, query: str, *, k: int = 100, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The k best by BM25 over character bigrams of `Passage.searched`; none that shares no bigram with the query."""
        return self._search.words(query, k, documents)

    def search_vectors(
        self, query: str, *, k: int = 100, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The k best by cosine with the query's vector."""
        return self._search.vectors(query, k, documents)

    def likeness(self, query: str, texts: Sequence[str]) -> list[tuple[float, float]]:
        """How like each text is to the query by meaning: the cosine of the two, and how much of the query it holds.

        Zeros where the encoder is one that would take long over many texts.
        """
        if not texts or not isinstance(self.encoder, Aligner):
            return [(0.0, 0.0)] * len(texts)
        vectors = self.encoder.encode([query, *texts])
        cosines = [round(float(cosine), 6) for cosine in vectors[1:] @ vectors[0]]
        return list(zip(cosines, map(float, self.encoder.alignment(query, texts)), strict=True))

    def frequencies(self, bigrams: Collection[str]) -> tuple[dict[str, int], int]:
        """In how many passages each bigram occurs, and how many passages there are: what rarity is computed from."""
        return self._search.frequencies(bigrams)

    def warm(self) -> None:
        """Open all that searches need, so that none has to wait for it: for a server, at its start. Takes about 1.5 s."""
        self._search.warm()

    def as_retriever(self, k: int = 8) -> BaseRetriever:
        """A LangChain retriever on `search`."""
        from corpus.retriever import LibraryRetriever

        return LibraryRetriever(library=self, k=k)

    def overrides(self, name: str) -> dict[str, Any]:
        """What a person corrected in the metadata of documents of that name; {} when nothing.

        Keys are fields of Metadata; values are plain (str, int, datetime.date, list of str), None where the person emptied the
        field. They outlive the document.
        """
        return self._catalogue.overrides(name)

    def doctor(self) -> tuple[str, ...]:
        """What is wrong, one sentence a finding; () when catalogue and indexes agree and every law holds.

        What the indexes have yet to take in is no finding: the outbox knows it.
        """
        if self._following is not None:
            with self._writing:
                self._following.settle()
                return examine(self.settings.home, self._catalogue, self.encoder)
        self._indexes.close_vectors()  # else what is looked at is the state it was opened in
        return examine(self.settings.home, self._catalogue, self.encoder)

    def put(
        self,
        document: Document,
        passages: Sequence[Passage],
        rules: str = "",
        commitments: Sequence[Commitment] = (),
        by: str = "",
    ) -> Verdict:
        """Add or replace one document, wholly or not at all, and let the indexes follow.

        rules: the version of the rules that made passages and commitments; the same name, revision and rules are "unchanged".
        by: who puts it, for `revisions`. What people noted on commitments of this document stays with those whose words are still there. Raises ValueError
        where a passage or a commitment is not the document's own.
        """
        return self.put_many([(document, passages, rules, commitments)], by)[0]

    def takes(self, name: str) -> bool:  # noqa: ARG002 (a restricted library has to look)
        """Whether a document may be put under that name."""
        return True

    def put_many(self, items: Iterable[Item], by: str = "") -> list[Verdict]:
        """`put` for each item; each is committed by itself, the indexes follow in larger steps."""
        verdicts: list[Verdict] = []
        with self._writing:
            indexes = self._writable()
            self._require_own_vectors()
            owed = 0
            try:
                for document, passages, rules, *rest in items:
                    verdict = self._put(document, passages, rules, rest[0] if rest else (), by)
                    verdicts.append(verdict)
                    owed += 0 if verdict == "unchanged" else len(passages)
                    if owed >= STEP:
                        indexes.settle()
                        owed = 0
            finally:
                indexes.settle()
        return verdicts

    def remove(self, name: str) -> None:
        """Remove a document. Raises DocumentNotFoundError."""
        with self._writing:
            indexes = self._writable()
            with self._catalogue.writing() as connection:
                changes.remove(connection, name)
            indexes.settle()

    def set_metadata(
        self,
        name: str,
        metadata: Metadata,
        passages: Sequence[Passage],
        commitments: Sequence[Commitment],
        forget: Collection[str] = (),
    ) -> None:
        """Give a document the metadata that a person corrected, with its passages and commitments made anew.

        What differs from before, or has the source "person", is kept as `overrides(name)`, for the next ingest to apply;
        but for the fields in `forget`, whose corrections are taken back: there `metadata` holds what was inferred.
        Raises DocumentNotFoundError, and ValueError where a passage or a commitment is not the document's own.
        """
        with self._writing:
            indexes = self._writable()
            self._require_own_vectors()
            before = self.document(name)
            entry = next(entry for entry in self.entries() if entry.name == name)
            corrected = records.corrections(before.metadata, metadata)
            after = before.with_metadata(metadata)
            rows, promised = self._rows(after, passages), commitment_rows(after, commitments)
            made_by, rules, taken = self._made_by(), entry.rules, entry.ingested_at
            with self._catalogue.writing() as connection:
                changes.put(connection, after, rows, made_by, rules, taken, promised)
                changes.correct(connection, name, corrected, forget)
            indexes.settle()

    def reindex(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Build both indexes anew from the catalogue with the configured encoder; the number of passages.

        progress is called with the passages done and their total. Until it is finished, searches see the old indexes.
        """
        with self._writing:
            return self._writable().rebuild(progress)

    def _made_by(self) -> tuple[str, int]:
        return self.encoder.name, self.encoder.dimensions

    def _put(
        self,
        document: Document,
        passages: Sequence[Passage],
        rules: str,
        commitments: Sequence[Commitment],
        by: str,
    ) -> Verdict:
        if self._catalogue.holds(document.name, document.revision, rules):
            return "unchanged"
        rows, promised = self._rows(document, passages), commitment_rows(document, commitments)
        with self._catalogue.writing() as connection:
            return changes.put(connection, document, rows, self._made_by(), rules, "", promised, by)

    def _rows(self, document: Document, passages: Sequence[Passage]) -> list[dict[str, Any]]:
        return passage_rows(document, passages, self._catalogue, self.encoder)
