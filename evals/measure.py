"""What a measure is: a part and a whole for each thing judged, and over many things the parts' sum over the wholes'.

So a mean, a precision, a recall and an F1 (2·hits of said + should) are one shape, and a paired permutation test fits all.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Share(NamedTuple):
    """part of whole; a whole of 0 says that the measure does not apply."""

    part: float
    whole: float


@dataclass(frozen=True, slots=True)
class Measure(Generic[T]):
    """A named measure of things of one kind. title is for the report's reader; gated: a committed baseline holds it."""

    name: str
    title: str
    says: str
    of: Callable[[T], Share]
    higher_is_better: bool = True
    gated: bool = True
    median: bool = False

    def value(self, judged: Sequence[T]) -> float | None:
        """The value over many; None where the measure applies to none of them."""
        shares = [share for share in map(self.of, judged) if share.whole]
        if not shares:
            return None
        if self.median:
            return statistics.median(share.part / share.whole for share in shares)
        return sum(share.part for share in shares) / sum(share.whole for share in shares)


def values(measures: Iterable[Measure[T]], judged: Sequence[T]) -> dict[str, float | None]:
    """The value of each measure, by name."""
    return {measure.name: measure.value(judged) for measure in measures}


def plain(text: str) -> str:
    """NFKC, lower case, without white space: what two spellings of one fact share. Lengths may change."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def interval(part: int, whole: int) -> tuple[float, float]:
    """Between which shares the true one lies with 95 % confidence, when `part` of `whole` were hit (Wilson's score interval).

    Raises ValueError where whole is 0.
    """
    from scipy.stats import binomtest

    found = binomtest(part, whole).proportion_ci(confidence_level=0.95, method="wilson")
    return float(found.low), float(found.high)
