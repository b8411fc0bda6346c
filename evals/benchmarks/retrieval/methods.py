"""Ways to rank texts for questions. Each gives for each question the places of the best, best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from corpus.citing import citations, named_in
from corpus.encoder import Aligner, Encoder
from corpus.scoring import K1, B, of_documents, standardise
from corpus.search import ALIGNMENT, CITED, DOCUMENT, HEAD, SENTENCE, VECTORS, WORDS, of_sentences
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
    """Both, as `corpus.search` fuses them: the candidates of either, standardised scores, the encoder's weight; then the head."""

    def __init__(
        self,
        words: Words,
        meaning: Meaning,
        documents: Sequence[str] = (),
        *,
        cited: Sequence[int] = (),
        aligned: bool = False,
    ) -> None:
        """documents: the one that each text is a part of, or nothing to leave that step out; cited: how many others name it, or nothing.

        aligned: whether the encoder looks closer.
        """
        self._words, self._meaning = words, meaning
        self._documents = documents
        self._cited = np.log1p(cited) if len(cited) else np.zeros(len(meaning.texts))
        self._aligned = aligned

    def best(self, question: str) -> Ranking:
        """The best by both."""
        words, meaning = self._words.scores(question), self._meaning.scores(question)
        by_words = [at for at in top(words, max(WORDS, 2 * DEPTH)) if words[at] > 0]
        chosen = np.union1d(np.array(by_words, dtype=np.intp), top(meaning, max(VECTORS, 2 * DEPTH)))
        encoder = self._meaning.encoder
        scores = standardise(words[chosen]) + encoder.weight * standardise(meaning[chosen])
        scores += CITED * self._cited[chosen]
        places = top(scores, DEPTH)
        order, head = chosen[places], chosen[places[:HEAD]]
        again = scores[places[:HEAD]]
        if self._documents:
            names = [self._documents[at] for at in head]
            again = again + DOCUMENT * len(set(names)) / len(names) * of_documents(again, names)
        if self._aligned and isinstance(encoder, Aligner):
            texts = [self._meaning.texts[at] for at in head]
            closer = ALIGNMENT * standardise(encoder.alignment(question, texts))
            again = (
                standardise(again) + closer + SENTENCE * standardise(of_sentences(encoder, question, texts))
            )
        return np.concatenate([head[top(again, len(head))], order[HEAD:]])


def cited(texts: Sequence[str], documents: Sequence[str]) -> list[int]:
    """For each text, how many other documents name the one that it is a part of."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(documents))}
    named: dict[int, frozenset[str]] = {number: frozenset() for number in numbers.values()}
    for text, name in zip(texts, documents, strict=True):
        named[numbers[name]] |= named_in(text)
    counts = citations({number: (name,) for name, number in numbers.items()}, named)
    return [counts.get(numbers[name], 0) for name in documents]


def top(scores: Scores, count: int) -> Ranking:
    """Places of the greatest, greatest first; of equals the earlier first."""
    count = min(count, len(scores))
    if not count:
        return np.empty(0, dtype=np.intp)
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    candidates = np.flatnonzero(scores >= least)
    order: Ranking = candidates[np.argsort(-scores[candidates], kind="stable")][:count]
    return order
