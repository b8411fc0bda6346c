"""Ways to rank texts for questions. Each gives for each question the places of the best, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus.encoder import Aligner, Encoder
from corpus.scoring import K1, B, standardise
from corpus.search import ALIGNED, ALIGNMENT, VECTORS, WORDS
from corpus.text import bigrams

DEPTH = 100
Ranking = NDArray[np.intp]
Scores = NDArray[np.float64]


class Words:
    """BM25, by default over the bigrams of the words index and with its constants."""

    def __init__(self, texts: Sequence[str], cut: Callable[[str], list[str]] = bigrams) -> None:
        self._cut = cut
        self._terms: dict[str, int] = {}
        counted = [Counter(cut(text)) for text in texts]
        lengths = np.array([sum(counts.values()) for counts in counted], dtype=np.float64)
        owner = np.repeat(np.arange(len(counted)), [len(counts) for counts in counted])
        term = np.array(
            [self._terms.setdefault(word, len(self._terms)) for counts in counted for word in counts],
            dtype=np.intp,
        )
        count = np.array([n for counts in counted for n in counts.values()], dtype=np.float64)
        frequency = np.bincount(term, minlength=len(self._terms))
        rarity = np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5))
        norm = K1 * (1 - B + B * lengths[owner] / lengths.mean())
        self._weights = sparse.csr_matrix(
            (rarity[term] * count * (K1 + 1) / (count + norm), (term, owner)), (len(self._terms), len(texts))
        )

    def scores(self, question: str) -> Scores:
        """Of every text."""
        at = [self._terms[word] for word in dict.fromkeys(self._cut(question)) if word in self._terms]
        result: Scores = np.asarray(self._weights[at].sum(axis=0)).ravel()
        return result

    def best(self, question: str) -> Ranking:
        """Those that share a word with the question."""
        scores = self.scores(question)
        return np.array([at for at in top(scores, DEPTH) if scores[at] > 0], dtype=np.intp)


class Meaning:
    """Cosines of an encoder's vectors."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self.texts, self.encoder = texts, encoder

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        return self.encoder.encode(self.texts)

    def scores(self, question: str) -> Scores:
        """Of every text."""
        result: Scores = (self._vectors @ self.encoder.encode([question])[0]).astype(np.float64)
        return result

    def best(self, question: str) -> Ranking:
        """The nearest."""
        return top(self.scores(question), DEPTH)


class Fused:
    """Both, as `corpus.search` fuses them: the candidates of either, standardised scores, the encoder's weight; then alignment."""

    def __init__(self, words: Words, meaning: Meaning, aligned: bool = True) -> None:
        self._words, self._meaning = words, meaning
        self._aligned = aligned

    def best(self, question: str) -> Ranking:
        """The best by both."""
        words, meaning = self._words.scores(question), self._meaning.scores(question)
        by_words = [at for at in top(words, max(WORDS, 2 * DEPTH)) if words[at] > 0]
        chosen = np.union1d(np.array(by_words, dtype=np.intp), top(meaning, max(VECTORS, DEPTH)))
        encoder = self._meaning.encoder
        scores = standardise(words[chosen]) + encoder.weight * standardise(meaning[chosen])
        order = chosen[top(scores, DEPTH)]
        if not self._aligned or not isinstance(encoder, Aligner):
            return order
        head = order[:ALIGNED]
        closer = encoder.alignment(question, [self._meaning.texts[at] for at in head])
        again = standardise(np.sort(scores)[::-1][: len(head)]) + ALIGNMENT * standardise(closer)
        return np.concatenate([head[top(again, len(head))], order[ALIGNED:]])


class Bm25s:
    """The package bm25s as it comes, over words of jieba. Raises ImportError where one of the two is not installed."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s
        import jieba

        jieba.setLogLevel("ERROR")
        self._cut: Callable[[str], list[str]] = jieba.lcut
        self._index: Any = bm25s.BM25()
        self._index.index([self._cut(text) for text in texts], show_progress=False)
        self._count = len(texts)

    def best(self, question: str) -> Ranking:
        """The best by its scores."""
        found, _ = self._index.retrieve([self._cut(question)], k=min(DEPTH, self._count), show_progress=False)
        return np.asarray(found[0], dtype=np.intp)


def top(scores: Scores, count: int) -> Ranking:
    """Places of the greatest, greatest first; of equals the earlier first."""
    count = min(count, len(scores))
    if not count:
        return np.empty(0, dtype=np.intp)
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    candidates = np.flatnonzero(scores >= least)
    order: Ranking = candidates[np.argsort(-scores[candidates], kind="stable")][:count]
    return order
