"""Sentences of the sides of a comparison that say the like of each other: what is compared is spoken of on both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.evidence import Evidence, Unit

MATCHED = 10  # sentences of each side, the best, that are held against each other
BY_COUNTERPART = 0.3  # what the likeness of the best counterpart adds to a score

Likeness = Callable[[str, Sequence[str]], Sequence[tuple[float, float]]]
"""As `corpus.library.Library.likeness`."""


def with_counterparts(evidences: Sequence[Evidence], likeness: Likeness) -> list[Evidence]:
    """The evidence of each side, its best sentences ordered anew: one that is like a good sentence of another side gains."""
    tops = [evidence.units[:MATCHED] for evidence in evidences]
    ordered = []
    for index, evidence in enumerate(evidences):
        others = [unit for number, top in enumerate(tops) if number != index for unit in top]
        if not others or not tops[index]:
            ordered.append(evidence)
            continue
        best = {number: top[0].score for number, top in enumerate(tops) if top}
        shares = [
            unit.score / best[number] for number, top in enumerate(tops) if number != index for unit in top
        ]
        gained = [
            replace(unit, score=unit.score + BY_COUNTERPART * _best(unit, others, shares, likeness))
            for unit in tops[index]
        ]
        gained.sort(key=lambda unit: (-unit.score, unit.document, unit.span.start))
        ordered.append(replace(evidence, units=(*gained, *evidence.units[MATCHED:])))
    return ordered


def _best(unit: Unit, others: Sequence[Unit], shares: Sequence[float], likeness: Likeness) -> float:
    alike = likeness(unit.text, [other.text for other in others])
    return max(cosine * share for (cosine, _), share in zip(alike, shares, strict=True))
