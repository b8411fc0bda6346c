"""From a query to passages: candidates from both indexes, looked up in the catalogue, scored exactly, fused.

Fused score: BM25 and cosine of every candidate of either index, each standardised over all candidates, the cosine weighed by the
encoder's weight. Ties are ordered by document name, then start. The order depends on the library's content alone, but for what a
graph of nearest neighbours misses: with the numbers below, the first 100 vectors are complete in all but rare cases.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue, Indexed, State
from corpus.encoder import Encoder
from corpus.errors import EncoderMismatchError, LibraryDamagedError
from corpus.indexes import Indexes
from corpus.matrix import Matrix
from corpus.passage import Passage
from corpus.records import document_key
from corpus.scoring import bm25, cosines, inverse_frequency, standardise, term_number, unpack_vectors
from corpus.text import bigrams

WORDS, VECTORS = 200, 100
"""Candidates that each index gives to a fused search, at least."""
OVERFETCH = 3
"""Chroma is asked for so many times more vectors than are used: the far end of its answer has gaps."""
IN_MEMORY = 100_000
"""Vectors that are kept in memory, at most (200 MB of 512 components)."""
COLD = 8
"""Unfiltered searches that a new process answers from memory before it opens Chroma, in another thread: importing chromadb takes
1 s, reading the vectors of 10,000 passages 0.05 s, and a command that asks one question should not wait for the former."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with its score; higher is better. Scores of two queries do not compare."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What scoring needs of a whole generation: passages, mean tokens of a passage, document names by number."""

    generation: int
    passages: int
    mean: float
    names: dict[int, str]


class Search:
    """Searches one library. Safe for several threads."""

    def __init__(self, catalogue: Catalogue, indexes: Indexes, encoder: Encoder) -> None:
        self._catalogue = catalogue
        self._indexes = indexes
        self._encoder = encoder
        self._matrix = Matrix(catalogue, IN_MEMORY)
        self._facts = Facts(-1, 0, 0.0, {})
        self._asked = 0
        self._lock = threading.Lock()

    def fused(self, query: str, k: int, documents: Collection[str] | None) -> tuple[Scored, ...]:
        """The best k by both."""
        state, terms = self._catalogue.state(), _terms(query)
        facts = self._facts_of(state)
        if not query.strip() or not facts.passages:
            return ()
        keys = set(self._by_words(state, terms, max(WORDS, 2 * k), documents))
        weight = self._encoder.weight
        vector = self._vector(query, state) if weight else None
        if vector is not None:
            near = self._by_vectors(state, facts, vector, OVERFETCH * max(VECTORS, k), documents)
            keys |= self._nearest(near, vector, max(VECTORS, k))
        found = self._find(keys, documents)
        scores = standardise(self._bm25(state, facts, terms, found))
        if vector is not None:
            scores = scores + weight * standardise(self._cosines(vector, found))
        return _best(found, scores, k)

    def words(self, query: str, k: int, documents: Collection[str] | None) -> tuple[Scored, ...]:
        """The best k by BM25; only passages that share a bigram with the query."""
        state, terms = self._catalogue.state(), _terms(query)
        facts = self._facts_of(state)
        if not facts.passages:
            return ()
        found = self._find(self._by_words(state, terms, max(WORDS, 2 * k), documents), documents)
        return _best(found, self._bm25(state, facts, terms, found), k)

    def vectors(self, query: str, k: int, documents: Collection[str] | None) -> tuple[Scored, ...]:
        """The best k by cosine."""
        state = self._catalogue.state()
        facts = self._facts_of(state)
        if not query.strip() or not facts.passages:
            return ()
        vector = self._vector(query, state)
        found = self._find(self._by_vectors(state, facts, vector, OVERFETCH * k, documents), documents)
        return _best(found, self._cosines(vector, found), k)

    def frequencies(self, bigrams: Collection[str]) -> tuple[dict[str, int], int]:
        """In how many passages each bigram occurs, and how many passages there are."""
        state = self._catalogue.state()
        facts = self._facts_of(state)
        if not facts.passages:
            return dict.fromkeys(bigrams, 0), 0
        return self._indexes.words(state).frequencies(bigrams), facts.passages

    def warm(self) -> None:
        """Open both indexes now and read the vectors, so that no later search has to."""
        state = self._catalogue.state()
        if self._facts_of(state).passages:
            self._asked = COLD
            self._indexes.words(state)
            self._matrix.nearest(self._vector("问", state), 1, self._facts_of(state).names)
            with self._indexes.vectors(state, wait=True):
                pass

    # candidates

    def _by_words(
        self, state: State, terms: Sequence[str], limit: int, documents: Collection[str] | None
    ) -> list[int]:
        if not terms:
            return []
        within = None if documents is None else [document_key(name) for name in documents]
        return self._indexes.words(state).search(terms, limit, within)

    def _by_vectors(
        self,
        state: State,
        facts: Facts,
        vector: NDArray[np.float32],
        limit: int,
        documents: Collection[str] | None,
    ) -> list[int]:
        if documents is not None:
            wanted = [number for number, name in facts.names.items() if name in set(documents)]
            return self._matrix.nearest(vector, limit, facts.names, wanted)
        small = facts.passages <= IN_MEMORY
        if not small or self._chroma_is_due(state):
            try:
                with self._indexes.vectors(state, wait=not small) as vectors:
                    if vectors is not None:
                        return vectors.search(vector, limit)
            except LibraryDamagedError:
                pass  # the catalogue holds the vectors too; `doctor` tells
        return self._matrix.nearest(vector, limit, facts.names)

    def _chroma_is_due(self, state: State) -> bool:
        """Whether Chroma should answer; where it should but is not fresh, it is opened in another thread."""
        if self._indexes.vectors_fresh(state):
            return True
        with self._lock:
            self._asked += 1
            due = self._asked > COLD
        if due:
            self._indexes.prepare(state)
        return False

    def _nearest(self, keys: Sequence[int], vector: NDArray[np.float32], limit: int) -> set[int]:
        """Of these, the `limit` keys nearest by exact cosine, and those that tie with the last."""
        if len(keys) <= limit:
            return set(keys)
        held, vectors = self._catalogue.vectors_of(keys)
        if len(held) <= limit:
            return set(held)
        scores = np.round(cosines(vector, unpack_vectors(vectors, self._encoder.dimensions)), 9)
        last = np.sort(scores)[-limit]
        return {key for key, score in zip(held, scores, strict=True) if score >= last}

    # scores

    def _find(self, keys: Collection[int], documents: Collection[str] | None) -> list[Indexed]:
        allowed = None if documents is None else frozenset(documents)
        found = self._catalogue.find(keys)
        return [item for item in found if allowed is None or item.passage.document in allowed]

    def _bm25(
        self, state: State, facts: Facts, terms: Sequence[str], found: list[Indexed]
    ) -> NDArray[np.float64]:
        frequencies = self._indexes.words(state).frequencies(terms) if terms else {}
        weights = {
            term_number(term): inverse_frequency(facts.passages, frequency)
            for term, frequency in frequencies.items()
            if frequency
        }
        return bm25(weights, [item.terms for item in found], [item.tokens for item in found], facts.mean)

    def _cosines(self, vector: NDArray[np.float32], found: list[Indexed]) -> NDArray[np.float64]:
        rows = unpack_vectors([item.vector for item in found], self._encoder.dimensions)
        return cosines(vector, rows)

    def _vector(self, query: str, state: State) -> NDArray[np.float32]:
        if state.encoder != self._encoder.name:
            raise EncoderMismatchError(mismatch(state.encoder, self._encoder.name))
        vector: NDArray[np.float32] = self._encoder.encode([query])[0]
        return vector

    def _facts_of(self, state: State) -> Facts:
        facts = self._facts
        if facts.generation != state.generation:
            passages, tokens = self._catalogue.size()
            facts = Facts(state.generation, passages, tokens / max(passages, 1), self._catalogue.numbers())
            self._facts = facts
        return facts


def mismatch(built: str, configured: str) -> str:
    """The message of an EncoderMismatchError."""
    return (
        f"this library was indexed with the encoder {built!r}, but {configured!r} is configured: "
        "run `wennuo reindex`, or set WENNUO_ENCODER back"
    )


def _terms(query: str) -> list[str]:
    return list(dict.fromkeys(bigrams(query)))


def _best(found: list[Indexed], scores: NDArray[np.float64], k: int) -> tuple[Scored, ...]:
    scored = [
        Scored(item.passage, float(score)) for item, score in zip(found, np.round(scores, 9), strict=True)
    ]
    scored.sort(key=lambda one: (-one.score, one.passage.document, one.passage.span))
    return tuple(scored[: max(k, 0)])
