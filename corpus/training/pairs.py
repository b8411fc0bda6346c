"""Pairs of texts that mean the same or belong together, by kind."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.training.sources import Sources, Titled

Pair = tuple[str, str]
Pieces = list[NDArray[np.int32]]

KINDS = {
    "title of a law, article": 4,
    "clause, rest of its article": 4,
    "question, passage": 2,
    "question, sentence with the answer": 2,
    "headline, news": 1,
    "sentence, sentences around it": 4,
}
"""The kinds of pairs, and how often a batch of each is drawn."""
LONGEST = 400
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
_CLAUSE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*")
_NUMERAL = r"[一二三四五六七八九十百千零〇\d]+"
_ARTICLE = re.compile(rf"\s*第{_NUMERAL}条(?:之{_NUMERAL})?$")
_CHAPTER = re.compile(rf"第{_NUMERAL}[章节编]")


def make_pairs(sources: Sources, seed: int) -> dict[str, list[Pair]]:
    """All pairs, by kind, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret hangs on it
    law, rest, passage, answer, headline, around = KINDS
    pairs: dict[str, list[Pair]] = {
        law: [(_subject(article), article.text[:LONGEST]) for article in sources.articles],
        rest: [
            pair for article in sources.articles for pair in _held_out(_CLAUSE.findall(article.text), chance)
        ],
        passage: [(asked.question, asked.passage) for asked in sources.questions],
        answer: [
            (asked.question, sentence)
            for asked in sources.questions
            for sentence in _SENTENCE.findall(asked.passage)
            if asked.answer in sentence
        ],
        headline: [(news.title, news.text[:LONGEST]) for news in sources.news],
        around: [
            pair
            for text in (*sources.documents, *(news.text for news in sources.news))
            for _ in range(2)
            for pair in _held_out(_SENTENCE.findall(text[:3000]), chance, 3)
        ],
    }
    return {kind: [pair for pair in found if min(map(len, pair)) > 3] for kind, found in pairs.items()}


def _subject(article: Titled) -> str:
    """The name of the law and of its chapter, without numbers."""
    return _CHAPTER.sub(" ", _ARTICLE.sub("", article.title))


def _held_out(parts: Sequence[str], chance: random.Random, beside: int = 1000) -> Iterator[Pair]:
    """One of the parts, and those around it, at most so many on each side; nothing for less than two."""
    if len(parts) > 1:
        at = chance.randrange(len(parts))
        around = (*parts[max(0, at - beside) : at], *parts[at + 1 : at + 1 + beside])
        yield parts[at][:200], "".join(around)[:LONGEST]


def in_pieces(pairs: Sequence[Pair], tokenizer: Tokenizer) -> tuple[Pieces, Pieces]:
    """Both sides as numbers of pieces; pairs with a side that holds none are left out."""
    sides = [
        [
            np.asarray(encoding.ids, dtype=np.int32)
            for first in range(0, len(pairs), 10_000)
            for encoding in tokenizer.encode_batch_fast(
                [pair[side] for pair in pairs[first : first + 10_000]], add_special_tokens=False
            )
        ]
        for side in (0, 1)
    ]
    kept = [at for at in range(len(pairs)) if len(sides[0][at]) and len(sides[1][at])]
    return [sides[0][at] for at in kept], [sides[1][at] for at in kept]
