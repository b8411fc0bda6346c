"""How much two wordings have in common: character bigrams, each weighed by how rare it is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

_BESIDE = re.compile(
    r"[\d.]+[%％‰万亿千百十余多]*|今年|去年|全年|年内|年[底末]前?|\d*月[底末]?前?|[上下]半年|全[国省市县区]|各[市县区级]+|进一步|继续|不断|大力|切实|加快|努力|积极|深入|扎实|有序|稳步|持续|着力|全面"
)


_HAN = re.compile(r"[㐀-䶿一-鿿]{2,}")


@lru_cache(maxsize=65536)
def grams(text: str) -> frozenset[str]:
    """The character bigrams that tell what a clause is about: no figures, times, places or adverbs."""
    runs = _HAN.findall(_BESIDE.sub(" ", "".join(text.split())))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


class Rarity:
    """What each bigram weighs among the texts it was made from: the logarithm of how few of them hold it."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(grams(text))
            total += 1
        self._weights = {gram: math.log(1 + total / count) for gram, count in counts.items()}
        self._unseen = math.log(1 + max(total, 1))
        self._sums: dict[frozenset[str], float] = {}

    def weight(self, gram: str) -> float:
        """The weight of one bigram."""
        return self._weights.get(gram, self._unseen)

    def sum(self, of: frozenset[str]) -> float:
        """The weight of all of them."""
        if of not in self._sums:
            self._sums[of] = math.fsum(map(self.weight, of))
        return self._sums[of]

    def rarest(self, of: frozenset[str], share: float) -> Iterator[str]:
        """Bigrams of which whatever holds `share` of the weight of all must hold one; as rare as can be."""
        left = (1 - share) * self.sum(of)
        for weight, gram in sorted(((self.weight(gram), gram) for gram in of), reverse=True):
            yield gram
            left -= weight
            if left < 0:
                return

    def held(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """The share of the weight of `part` that `whole` holds, 0..1."""
        return self.sum_shared(part, whole) / self.sum(part) if part else 0.0

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Dice's coefficient by weight, 0..1."""
        both = self.sum(one) + self.sum(other)
        return 2 * self.sum_shared(one, other) / both if both else 0.0

    def sum_shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The weight of what both hold."""
        return math.fsum(map(self.weight, one & other))
