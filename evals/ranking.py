"""How high the evidence stands among the passages, by ir_measures.

The things to be found are the wanted quotes, not passages: so the figures do not depend on how documents were cut, and two ways of cutting can
be compared. A passage finds the quotes that it supports for the first time; a passage that finds none takes a rank of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.sources import Place


@dataclass(frozen=True, slots=True)
class Ranking:
    """reciprocal_rank: 1 / rank of the first passage with evidence, 0 without. ndcg: nDCG@10 over the wanted quotes."""

    reciprocal_rank: float = 0.0
    ndcg: float = 0.0


def rank(found: Mapping[str, tuple[Sequence[Place], Sequence[Place]]]) -> dict[str, Ranking]:
    """By question id, from the wanted places and the retrieved ones (best first); ids without wanted places are left out."""
    import ir_measures

    asked = {identity: pair for identity, pair in found.items() if pair[0]}
    if not asked:
        return {}
    qrels = {
        identity: {f"quote-{n}": 1 for n in range(len(wanted))} for identity, (wanted, _) in asked.items()
    }
    run = {identity: _scores(*pair) for identity, pair in asked.items()}
    ndcg = ir_measures.nDCG @ 10
    values: dict[str, dict[object, float]] = {identity: {} for identity in asked}
    for metric in ir_measures.iter_calc([ir_measures.RR, ndcg], qrels, run):
        values[metric.query_id][metric.measure] = metric.value
    return {
        identity: Ranking(value.get(ir_measures.RR, 0.0), value.get(ndcg, 0.0))
        for identity, value in values.items()
    }


def _scores(wanted: Sequence[Place], passages: Sequence[Place]) -> dict[str, float]:
    """What each passage finds, in order, with falling scores."""
    order: list[str] = []
    for n, passage in enumerate(passages):
        news = [f"quote-{i}" for i, want in enumerate(wanted) if passage.supports(want)]
        order += [name for name in news if name not in order] or [f"passage-{n}"]
    return {name: float(-n) for n, name in enumerate(order)}
