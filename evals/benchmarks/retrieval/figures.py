"""Measures of a ranking, a question each, and whether two rows of them differ."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MEASURES = ("nDCG@10", "MRR@100", "recall@100")
RESAMPLES, SEED = 9_999, 20261126


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one way on one set: the values of each measure by question, and milliseconds of a question (median)."""

    way: str
    values: dict[str, NDArray[np.float64]]
    milliseconds: float


def judge(ranking: Sequence[int], relevant: Collection[int]) -> tuple[float, float, float]:
    """The three measures of one question; every relevant text counts alike."""
    hits = np.array([at in relevant for at in ranking], dtype=np.float64)[:100]
    if not hits.any():
        return 0.0, 0.0, 0.0
    discounts = 1 / np.log2(np.arange(2, 12))
    ideal = discounts[: len(relevant)].sum()
    first = int(np.argmax(hits))
    gained = float(hits[:10] @ discounts[: len(hits[:10])])
    return gained / float(ideal), 1.0 / (first + 1), float(hits.sum()) / len(relevant)


def p_value(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """How likely so large a mean difference would be by chance: a paired permutation test with a fixed seed, two-sided."""
    difference = (other - one)[other != one]
    if len(difference) < 2:
        return 1.0
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), (RESAMPLES, len(difference)))
    as_large = np.abs(signs @ difference) >= abs(difference.sum()) - 1e-12
    return float((as_large.sum() + 1) / (RESAMPLES + 1))


def table(name: str, rows: Sequence[Figures]) -> str:
    """The means in columns, and behind each the p-value against the first row."""
    lines = [
        name,
        f"{'':<34}" + "".join(f"{measure:>12}{'p':>8}" for measure in MEASURES) + f"{'ms':>8}",
    ]
    for figures in rows:
        cells = ""
        for measure in MEASURES:
            p = p_value(rows[0].values[measure], figures.values[measure])
            cells += f"{figures.values[measure].mean():>12.3f}" + (
                f"{'':>8}" if figures is rows[0] else f"{p:>8.4f}"
            )
        lines.append(f"{figures.way:<34}{cells}{figures.milliseconds:>8.1f}")
    return "\n".join(lines)
