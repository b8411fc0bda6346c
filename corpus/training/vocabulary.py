"""The tokenizer: words and characters of the texts, with how often they occur.

Of all ways to cut a run of characters the likeliest is taken (a unigram model). It stands in one file and needs no dictionary
when it is used.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

import rjieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

LONGEST = 4
"""Characters of a piece; longer words are cut, so that 市场监督管理局 shares its pieces with 市场监管."""
CHARACTERS = 6_500
UNKNOWN = "[UNK]"
_RUN = re.compile(r"[㐀-鿿]+|[a-z]+|[0-9]+")


def train_tokenizer(texts: Iterable[str], pieces: int) -> Tokenizer:
    """A tokenizer of at most that many pieces: the commonest characters, then the commonest words of two to four.

    Punctuation and symbols but % separate; capitals and full-width forms are folded by it.
    """
    words, characters = _counted(texts)
    total = sum(words.values()) or 1
    single = [
        character
        for character, count in sorted(characters.items(), key=lambda item: (-item[1], item[0]))[:CHARACTERS]
        if count >= 5
    ]
    longer = [word for word, _ in _by_count(words) if 1 < len(word) <= LONGEST]
    chosen = [*single, *longer[: max(0, pieces - 1 - len(single))]]
    vocabulary = [(UNKNOWN, -30.0), *((word, math.log(max(words[word], 0.4) / total)) for word in chosen)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}%]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}+|[a-z]+|[0-9]+|%"), "isolated"),
        ]
    )
    return tokenizer


def _counted(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word occurs, and each character; of a text its first 2,000 characters."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update(rjieba.cut(text[:2000]))
    words = Counter({word: count for word, count in words.items() if _RUN.fullmatch(word)})
    characters: Counter[str] = Counter()
    for word, count in words.items():
        for character in word:
            characters[character] += count
    return words, characters


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
