"""From a query to passages: candidates from both indexes, looked up in the catalogue, scored exactly, fused.

Fused score: BM25 and cosine of every candidate of either index, each standardised over all candidates, the cosine weighed by the
encoder's weight. Where the encoder can look closer, the first are then put in order by their alignment with the query, too. Ties
are ordered by document name, then start. The order depends on the library's content alone, but for what a graph of nearest
neighbours misses: with the numbers below, in 93 queries on 10,000 passages, it missed none of the first 60.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue
from corpus.encoder import Aligner, Encoder
from corpus.errors import EncoderMismatchError, LibraryDamagedError
from corpus.indexes import Indexes
from corpus.matrix import Matrix
from corpus.passage import Passage
from corpus.records import document_key
from corpus.rows import Candidates
from corpus.scoring import bm25, cosines, inverse_frequency, standardise, term_number, unpack_vectors
from corpus.settings import HASHING
from corpus.state import State
from corpus.text import bigrams

WORDS, VECTORS = 200, 60
"""Candidates that each index gives to a fused search, at least."""
OVERFETCH = 2
"""Chroma is asked for so many times more vectors than are used: the far end of its answer has gaps."""
ALIGNED, ALIGNMENT = 30, 0.5
"""The first of a fused search that an encoder which can looks at piece by piece, and what that counts beside the fused score."""
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
    """What scoring needs of a whole generation: passages, mean tokens of a passage, document names by number; and the folder of vectors.

    hidden: keys of the documents that the indexes hold and that are not to be found.
    """

    generation: int
    vectors: str
    passages: int
    mean: float
    names: dict[int, str]
    hidden: frozenset[int] = frozenset()


class Search:
    """Searches one library. Safe for several threads."""

    def __init__(
        self, catalogue: Catalogue, indexes: Indexes, encoder: Encoder, whole: Search | None = None
    ) -> None:
        """whole: that of the whole library, where `catalogue` is restricted; the vectors in memory are its."""
        self._catalogue = catalogue
        self._indexes = indexes
        self._encoder = encoder
        self._whole = whole or self
        self._matrix = Matrix(catalogue, IN_MEMORY)
        self._facts = Facts(-1, "", 0, 0.0, {})
        self._asked = 0
        self._lock = threading.Lock()

    def fused(self, query: str, k: int, documents: Collection[str] | None) -> tuple[Scored, ...]:
        """The best k by both."""
        state, terms = self._catalogue.state(), _terms(query)
        facts = self._facts_of(state)
        if not query.strip() or not facts.passages:
            return ()
        keys = self._by_words(state, facts, terms, max(WORDS, 2 * k), documents)
        weight = self._encoder.weight
        if not weight:
            return self._words_only(state, facts, terms, keys, k, documents)
        vector = self._vector(query, state)
        near = self._by_vectors(state, facts, vector, max(VECTORS, k), documents)
        found = self._catalogue.candidates({*keys, *near})
        cosine = self._cosines(vector, found)
        chosen = _allowed(found, documents) & _chosen(found, cosine, set(keys), set(near), max(VECTORS, k))
        scores = np.zeros(len(found.keys))
        scores[chosen] = standardise(self._bm25(state, facts, terms, found)[chosen])
        scores[chosen] += weight * standardise(cosine[chosen])
        return self._aligned(query, self._best(found, scores, chosen, max(k, ALIGNED)))[: max(k, 0)]

    def _aligned(self, query: str, best: tuple[Scored, ...]) -> tuple[Scored, ...]:
        """The first ALIGNED in a new order, where the encoder can look closer; the scores stay, each in its place."""
        head = best[:ALIGNED]
        if len(head) < 2 or not isinstance(self._encoder, Aligner):
            return best
        texts = [" ".join((s.passage.context, *s.passage.path, s.passage.text)) for s in head]
        scores = standardise(np.array([scored.score for scored in head]))
        scores += ALIGNMENT * standardise(self._encoder.alignment(query, texts))
        order = np.argsort(-np.round(scores, 6), kind="stable").tolist()
        moved = (Scored(head[at].passage, place.score) for at, place in zip(order, head, strict=True))
        return (*moved, *best[ALIGNED:])

    def _words_only(
        self,
        state: State,
        facts: Facts,
        terms: Sequence[str],
        keys: Collection[int],
        k: int,
        documents: Collection[str] | None,
    ) -> tuple[Scored, ...]:
        found = self._catalogue.candidates(keys)
        return self._best(found, self._bm25(state, facts, terms, found), _allowed(found, documents), k)

    def words(self, query: str, k: int, documents: Collection[str] | None) -> tuple[Scored, ...]:
        """The best k by BM25; only passages that share a bigram with the query."""
        state, terms = self._catalogue.state(), _terms(query)
        facts = self._facts_of(state)
        if not facts.passages:
            return ()
        keys = self._by_words(state, facts, terms, max(WORDS, 2 * k), documents)
        return self._words_only(state, facts, terms, keys, k, documents)

    def vectors(self, query: str, k: int, documents: Collection[str] | None) -> tuple[Scored, ...]:
        """The best k by cosine."""
        state = self._catalogue.state()
        facts = self._facts_of(state)
        if not query.strip() or not facts.passages:
            return ()
        vector = self._vector(query, state)
        found = self._catalogue.candidates(self._by_vectors(state, facts, vector, k, documents))
        return self._best(found, self._cosines(vector, found), _allowed(found, documents), k)

    def frequencies(self, terms: Collection[str]) -> tuple[dict[str, int], int]:
        """In how many passages each bigram occurs, and how many passages there are."""
        state = self._catalogue.state()
        facts = self._facts_of(state)
        if not facts.passages:
            return dict.fromkeys(terms, 0), 0
        return self._indexes.words(state).frequencies(terms, facts.hidden), facts.passages

    def warm(self) -> None:
        """Open both indexes now and read the vectors, so that no later search has to."""
        state = self._catalogue.state()
        facts = self._facts_of(state)
        if facts.passages:
            self._asked = COLD
            self._indexes.words(state)
            self._nearest(self._vector("问", state), 1, state)
            with self._indexes.vectors(state, wait=True):
                pass

    # candidates

    def _by_words(
        self,
        state: State,
        facts: Facts,
        terms: Sequence[str],
        limit: int,
        documents: Collection[str] | None,
    ) -> list[int]:
        if not terms:
            return []
        within = None
        if documents is not None:
            within = [key for key in map(document_key, documents) if key not in facts.hidden]
        return self._indexes.words(state).search(terms, limit, within, facts.hidden)

    def _by_vectors(
        self,
        state: State,
        facts: Facts,
        vector: NDArray[np.float32],
        limit: int,
        documents: Collection[str] | None,
    ) -> list[int]:
        if documents is not None or facts.hidden:
            within = None if documents is None else frozenset(documents)
            wanted = [number for number, name in facts.names.items() if within is None or name in within]
            return self._nearest(vector, limit, state, wanted)
        small = facts.passages <= IN_MEMORY
        if not small or self._chroma_is_due(state):
            try:
                with self._indexes.vectors(state, wait=not small) as vectors:
                    if vectors is not None:
                        return vectors.search(vector, min(OVERFETCH * limit, facts.passages))
            except LibraryDamagedError:
                pass  # the catalogue holds the vectors too; `doctor` tells
        return self._nearest(vector, limit, state)

    def _nearest(
        self, vector: NDArray[np.float32], limit: int, state: State, wanted: Collection[int] | None = None
    ) -> list[int]:
        whole = self._whole
        facts = whole._facts_of(state)
        return whole._matrix.nearest(vector, limit, facts.names, facts.passages, wanted)

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

    # scores

    def _best(
        self, found: Candidates, scores: NDArray[np.float64], chosen: NDArray[np.bool_], k: int
    ) -> tuple[Scored, ...]:
        rounded = np.round(scores, 9).tolist()
        order = sorted(
            np.flatnonzero(chosen).tolist(),
            key=lambda at: (-rounded[at], found.names[at], found.starts[at], found.ends[at]),
        )[: max(k, 0)]
        passages = self._catalogue.find([found.keys[at] for at in order])
        kept = ((passages.get(found.keys[at]), rounded[at]) for at in order)
        return tuple(Scored(passage, score) for passage, score in kept if passage is not None)

    def _bm25(
        self, state: State, facts: Facts, terms: Sequence[str], found: Candidates
    ) -> NDArray[np.float64]:
        frequencies = self._indexes.words(state).frequencies(terms, facts.hidden) if terms else {}
        weights = {
            term_number(term): inverse_frequency(facts.passages, frequency)
            for term, frequency in frequencies.items()
            if frequency
        }
        return bm25(weights, found.terms, found.tokens, facts.mean)

    def _cosines(self, vector: NDArray[np.float32], found: Candidates) -> NDArray[np.float64]:
        rows = unpack_vectors(found.vectors, self._encoder.dimensions)
        return cosines(vector, rows)

    def _vector(self, query: str, state: State) -> NDArray[np.float32]:
        if state.encoder != self._encoder.name:
            raise EncoderMismatchError(mismatch(state.encoder, self._encoder.name))
        vector: NDArray[np.float32] = self._encoder.encode([query])[0]
        return vector

    def _facts_of(self, state: State) -> Facts:
        facts = self._facts
        if facts.generation != state.generation:
            if facts.vectors != state.vectors:  # indexed anew: the same documents have other vectors
                self._matrix = Matrix(self._catalogue, IN_MEMORY)
            passages, tokens = self._catalogue.size()
            mean = tokens / max(passages, 1)
            hidden = frozenset(map(document_key, self._catalogue.hidden()))
            facts = Facts(state.generation, state.vectors, passages, mean, self._catalogue.numbers(), hidden)
            self._facts = facts
        return facts


def mismatch(built: str, configured: str) -> str:
    """The message of an EncoderMismatchError."""
    back = f"set WENNUO_ENCODER={HASHING}" if built.startswith(f"{HASHING}-") else "set WENNUO_ENCODER back"
    return (
        f"this library was indexed with the encoder {built!r}, but {configured!r} is configured: "
        f"run `wennuo reindex` once (documents, ledger and notes stay as they are), or {back}"
    )


def _terms(query: str) -> list[str]:
    return list(dict.fromkeys(bigrams(query)))


def _allowed(found: Candidates, documents: Collection[str] | None) -> NDArray[np.bool_]:
    allowed = None if documents is None else frozenset(documents)
    return np.array([allowed is None or name in allowed for name in found.names], dtype=bool)


def _chosen(
    found: Candidates, cosine: NDArray[np.float64], by_words: set[int], near: set[int], limit: int
) -> NDArray[np.bool_]:
    """Whether each is a candidate by words, or among the `limit` nearest (with all that tie with the last)."""
    is_near = np.array([key in near for key in found.keys], dtype=bool)
    scores = np.sort(cosine[is_near])
    last = scores[-limit] if len(scores) > limit else -np.inf
    return np.array([key in by_words for key in found.keys], dtype=bool) | (is_near & (cosine >= last))
