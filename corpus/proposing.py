"""Which passages are worth scoring: those that the two indexes propose for a query.

Vectors are asked of Chroma, or of the catalogue's own where Chroma is not the right one to ask: for some documents only, for the first
searches of a process, and where its index is damaged.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue
from corpus.citing import Citations
from corpus.errors import LibraryDamagedError
from corpus.indexes import Indexes
from corpus.matrix import Matrix
from corpus.records import document_key
from corpus.state import State

OVERFETCH = 2
"""Chroma is asked for so many times more vectors than are used: the far end of its answer has gaps."""
IN_MEMORY = 100_000
"""Vectors that are kept in memory, at most (200 MB of 512 components)."""
COLD = 8
"""Unfiltered searches that a new process answers from memory before it opens Chroma, in another thread: importing chromadb takes
1 s, reading the vectors of 10,000 passages 0.05 s, and a command that asks one question should not wait for the former."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What scoring needs of a whole generation: passages, mean tokens of a passage, document names by number; and the folder of vectors.

    hidden: keys of the documents that the indexes hold and that are not to be found. cited: how many others name a document, by its
    name; those that none names are left out.
    """

    generation: int
    vectors: str
    passages: int
    mean: float
    names: dict[int, str]
    hidden: frozenset[int] = frozenset()
    cited: dict[str, int] = field(default_factory=dict)


class Proposer:
    """Proposes candidates of one library, by key, in no order that counts. Safe for several threads."""

    def __init__(self, catalogue: Catalogue, indexes: Indexes, whole: Proposer | None = None) -> None:
        """whole: that of the whole library, where `catalogue` is restricted; the vectors in memory are its."""
        self._catalogue = catalogue
        self._indexes = indexes
        self._whole = whole or self
        self._matrix = Matrix(catalogue, IN_MEMORY)
        self._citations: Citations = Citations(catalogue, whole._citations if whole else None)
        self._facts = Facts(-1, "", 0, 0.0, {})
        self._asked = 0
        self._lock = threading.Lock()

    def facts(self, state: State) -> Facts:
        """Those of that state of the library."""
        facts = self._facts
        if facts.generation != state.generation:
            if facts.vectors != state.vectors:  # indexed anew: the same documents have other vectors
                self._matrix = Matrix(self._catalogue, IN_MEMORY)
            passages, tokens = self._catalogue.size()
            mean = tokens / max(passages, 1)
            hidden = frozenset(map(document_key, self._catalogue.hidden()))
            names, cited = self._catalogue.numbers(), self._citations.counts()
            facts = Facts(state.generation, state.vectors, passages, mean, names, hidden, cited)
            self._facts = facts
        return facts

    def by_words(
        self,
        state: State,
        facts: Facts,
        terms: Sequence[str],
        limit: int,
        documents: Collection[str] | None,
    ) -> list[int]:
        """The `limit` that share most of the terms, by the words index; within the documents where given."""
        if not terms:
            return []
        within = None
        if documents is not None:
            within = [key for key in map(document_key, documents) if key not in facts.hidden]
        return self._indexes.words(state).search(terms, limit, within, facts.hidden)

    def by_vectors(
        self,
        state: State,
        facts: Facts,
        vector: NDArray[np.float32],
        limit: int,
        documents: Collection[str] | None,
    ) -> list[int]:
        """At least the `limit` nearest, as far as the index knows; within the documents where given."""
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
        facts = whole.facts(state)
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

    def warm(self, state: State, vector: NDArray[np.float32]) -> None:
        """Open both indexes now and read the vectors, so that no later search has to."""
        self._asked = COLD
        self._indexes.words(state)
        self._nearest(vector, 1, state)
        with self._indexes.vectors(state, wait=True):
            pass
