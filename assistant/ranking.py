"""The first sentences in the order of the learned model, which also tells how likely the very first answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.evidence import Evidence, Unit
from assistant.explaining import explains
from assistant.features import Sentence, features
from assistant.learned import models
from assistant.question import Question
from assistant.shapes import is_row
from corpus.ledger import Stretch
from corpus.passage import Passage
from corpus.text import fold

RERANKED = 40  # sentences that the learned model puts in order
WIDEST_MARGIN = 5.0
STEP, FURTHEST = (
    0.12,
    0.9,
)  # what a sentence's score loses for each unit of the model's score that it lies behind, at most


def ranked(evidence: Evidence, known: Sequence[Mapping[str, float]]) -> Evidence:
    """The evidence with its first sentences in the order of the learned model; scores keep their scale, best first.

    known: the features of its first RERANKED sentences, in their order.
    """
    first = evidence.units[:RERANKED]
    if not first:
        return evidence
    scored = [round(models()["ranking"].score(features), 6) for features in known]
    best, base = max(scored), first[0].score
    margin = best - max((score for score in scored if score < best), default=best)
    confidence = models()["confidence"].probability(with_margin(known[scored.index(best)], margin))
    ordered = sorted(
        (
            replace(unit, score=base * (1.0 - min(FURTHEST, STEP * (best - score))))
            for unit, score in zip(first, scored, strict=True)
        ),
        key=lambda unit: (-unit.score, unit.document, unit.span.start),
    )
    least = ordered[-1].score
    rest = (replace(unit, score=min(unit.score, least)) for unit in evidence.units[RERANKED:])
    return replace(evidence, units=(*ordered, *rest), confidence=confidence)


def features_of(
    question: Question,
    evidence: Evidence,
    units: Sequence[Unit],
    rows: Callable[[Passage], Sequence[Stretch]],
) -> list[dict[str, float]]:
    """What is known of each of `units` as an answer to `question`, by name. rows: those of the ledger that lie in a passage."""
    found = {scored.passage.identity: scored.score for scored in evidence.passages}
    best, least = max(found.values(), default=0.0), min(found.values(), default=0.0)
    likeliest = max(evidence.affinity.values(), default=0.0)
    width = (best - least) or 1.0
    return [
        features(
            question,
            evidence.terms,
            Sentence(
                text=unit.text,
                passage=unit.passage.text,
                path=unit.passage.path,
                base=unit.score,
                own=unit.own,
                coverage=unit.coverage,
                affinity=unit.affinity - likeliest,
                timely=unit.timely,
                tense=unit.tense,
                is_title=unit.is_title,
                is_row=is_row(unit.passage.text),
                explains=any(explains(word, unit.text) for word in question.quoted),
                said_year=any(str(year) in fold(unit.text) for year in question.years),
                found=(found.get(unit.passage.identity, least) - least) / width,
                likeness=unit.likeness,
                rows=tuple(row for row in rows(unit.passage) if row.span.overlap(unit.span)),
            ),
        )
        for unit in units
    ]


def with_margin(features: Mapping[str, float], margin: float) -> dict[str, float]:
    """Features of the first sentence with its lead over the second, by the ranking's scores: what confidence is told by."""
    return {**features, "margin": min(margin, WIDEST_MARGIN)}
