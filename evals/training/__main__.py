"""Train ranking and confidence on the demonstration corpus, judge them by cross-validation, and write their weights.

    python -m evals.training [--write]

The same corpus and questions give the same weights. `demonstration.jsonl`, which the gate goes by, is not trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from assistant.learned import WEIGHTS
from assistant.ranking import with_margin
from evals.cases import find_set, read_set
from evals.demonstration import demonstration_library
from evals.training.examples import Example, Matrix, examples
from evals.training.fitting import Vector, fit_confidence, fit_ranking

TAUGHT_BY = "demonstration_training"
FOLDS = 5
RANKING_PENALTY, CONFIDENCE_PENALTY = 0.03, 0.01
WITHOUT_ANSWER = 0.2  # what a question whose answer was taken out counts beside one as it stands
DIGITS = 4
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def main() -> None:
    """Train, print what cross-validation says, and write the weights where asked to."""
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the weights to {WEIGHTS.name}")
    options = parser.parse_args()
    cases = read_set(find_set(TAUGHT_BY)).cases
    with demonstration_library() as library:
        names, found = examples(library, cases)
    scores = [_held_out(names, found, fold) for fold in range(FOLDS)]
    held_out = [pair for pairs in scores for pair in pairs]
    print(_ranking_report(held_out))
    print(_reliability(names, scores))
    ranking = fit_ranking(found, names, RANKING_PENALTY)
    weights, bias = _fit_confidence(names, held_out)
    table = {
        "ranking": {"weights": _named(names, ranking)},
        "confidence": {"weights": _named([*names, "margin"], weights), "bias": round(bias, DIGITS)},
    }
    if options.write:
        WEIGHTS.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"wrote {WEIGHTS.name}: {len(cases)} questions")


def _held_out(names: Sequence[str], found: Sequence[Example], fold: int) -> list[tuple[Example, Vector]]:
    """The examples of one fold, each with its sentences' scores by a model that has not seen them."""
    weights = fit_ranking([one for n, one in enumerate(found) if n % FOLDS != fold], names, RANKING_PENALTY)
    return [(one, one.features @ weights) for n, one in enumerate(found) if n % FOLDS == fold]


def _ranking_report(held_out: Sequence[tuple[Example, Vector]]) -> str:
    answerable = [(one, scores) for one, scores in held_out if one.answers.any()]
    lines = [
        f"{len(answerable)} questions that a sentence answers, of {len(held_out)}; first / within two / within three:"
    ]
    for name, orders in (
        ("rules", [np.arange(len(one.answers)) for one, _ in answerable]),
        ("learned", [np.argsort(-scores, kind="stable") for _, scores in answerable]),
    ):
        firsts = [
            int(np.argmax(one.answers[order])) for (one, _), order in zip(answerable, orders, strict=True)
        ]
        shares = " / ".join(f"{np.mean([first < n for first in firsts]):.3f}" for n in (1, 2, 3))
        lines.append(f"  {name:<8} {shares}")
    return "\n".join(lines)


def _first_rows(
    names: Sequence[str], held_out: Sequence[tuple[Example, Vector]], *, without: bool = False
) -> tuple[Matrix, Vector]:
    """The features of each question's first sentence with its lead over the second, and whether it answers.

    without: the sentences that answer are taken out, so that the first one never does.
    """
    rows, right = [], []
    for one, scores in held_out:
        left = np.flatnonzero(one.spared) if without else np.arange(len(scores))
        if without and not (one.answers.any() and len(left)):
            continue
        order = left[np.argsort(-scores[left], kind="stable")]
        first = dict(zip(names, one.features[order[0]], strict=True))
        second = scores[order[1]] if len(order) > 1 else scores[order[0]]
        rows.append(list(with_margin(first, scores[order[0]] - second).values()))
        right.append(float(one.answers[order[0]] and not without))
    return np.array(rows), np.array(right)


def _fit_confidence(names: Sequence[str], held_out: Sequence[tuple[Example, Vector]]) -> tuple[Vector, float]:
    """Confidence as learned from questions as they stand and, for those that little in a library is like, without their answers."""
    rows, right = _first_rows(names, held_out)
    emptied, wrong = _first_rows(names, held_out, without=True)
    counts = np.concatenate([np.ones(len(right)), np.full(len(wrong), WITHOUT_ANSWER)])
    return fit_confidence(
        np.concatenate([rows, emptied]),
        np.concatenate([right, wrong]),
        counts,
        [*names, "margin"],
        CONFIDENCE_PENALTY,
    )


def _reliability(names: Sequence[str], folds: Sequence[Sequence[tuple[Example, Vector]]]) -> str:
    """A table of confidence, each row predicted by a model that has not seen it, against how often the first sentence answers."""
    said, true, emptied = [], [], []
    for own, fold in enumerate(folds):
        others = [pair for other, pairs in enumerate(folds) if other != own for pair in pairs]
        weights, bias = _fit_confidence(names, others)
        rows, right = _first_rows(names, fold)
        without, _ = _first_rows(names, fold, without=True)
        said.append(expit(rows @ weights + bias))
        true.append(right)
        emptied.append(expit(without @ weights + bias))
    predicted, right, taken = np.concatenate(said), np.concatenate(true), np.concatenate(emptied)
    lines = ["confidence   questions   said   right   without answer"]
    for low, high in pairwise(BINS):
        inside, out = _between(predicted, low, high), _between(taken, low, high)
        if inside.any():
            lines.append(
                f"{low:.1f} to {high:.1f}   {int(inside.sum()):>9}   {predicted[inside].mean():.2f}   {right[inside].mean():.2f}"
                f"   {int(out.sum()):>14}"
            )
    lines.append(f"Brier score {np.mean((predicted - right) ** 2):.3f}")
    return "\n".join(lines)


def _between(values: Vector, low: float, high: float) -> NDArray[np.bool_]:
    return (values >= low) & ((values < high) | (high == BINS[-1]))


def _named(names: Sequence[str], weights: Vector) -> dict[str, float]:
    return {name: round(float(weight), DIGITS) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
