"""Fitting linear models with SciPy: which sentence answers (softmax over a question's sentences), and whether the first one does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from assistant.features import AGAINST, EITHER_WAY
from evals.training.examples import Example, Matrix

Vector = NDArray[np.float64]


def scale_of(examples: Sequence[Example]) -> Vector:
    """The standard deviation of each feature, 1 where it never differs."""
    deviations: Vector = np.concatenate([example.features for example in examples]).std(axis=0)
    return np.where(deviations > 1e-9, deviations, 1.0)


def bounds_of(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    """The least and greatest weight of each feature: evidence for a sentence is never learned as evidence against it."""
    free = (None, None)
    return [free if name in EITHER_WAY else (None, 0.0) if name in AGAINST else (0.0, None) for name in names]


def fit_ranking(examples: Sequence[Example], names: Sequence[str], penalty: float) -> Vector:
    """Weights under which the sentences that answer score highest; penalty is that of squared standardised weights.

    Questions without an answering sentence teach nothing here.
    """
    scale = scale_of(examples)
    taught = [(example.features / scale, example.answers) for example in examples if example.answers.any()]

    def loss(weights: Vector) -> tuple[float, Vector]:
        total, gradient = 0.0, np.zeros_like(weights)
        for rows, answers in taught:
            scores = rows @ weights
            everything, right = logsumexp(scores), logsumexp(scores[answers])
            total += everything - right
            gradient += rows.T @ np.exp(scores - everything)
            gradient -= rows[answers].T @ np.exp(scores[answers] - right)
        value = total / len(taught) + penalty * float(weights @ weights)
        return value, gradient / len(taught) + 2 * penalty * weights

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B", bounds=bounds_of(names))
    weights: Vector = found.x / scale
    return weights


def fit_confidence(
    rows: Matrix, right: Vector, counts: Vector, names: Sequence[str], penalty: float
) -> tuple[Vector, float]:
    """Weights and bias of a logistic regression of `right` (0 or 1) on rows, each of which counts as often as `counts` says."""
    share = counts / counts.sum()
    mean, deviations = share @ rows, rows.std(axis=0)
    scale = np.where(deviations > 1e-9, deviations, 1.0)
    standard = (rows - mean) / scale

    def loss(parameters: Vector) -> tuple[float, Vector]:
        weights, bias = parameters[:-1], parameters[-1]
        scores = standard @ weights + bias
        value = float(share @ (np.logaddexp(0.0, scores) - right * scores))
        error = share * (expit(scores) - right)
        gradient = np.append(standard.T @ error + 2 * penalty * weights, error.sum())
        return value + penalty * float(weights @ weights), gradient

    start, bounds = np.zeros(rows.shape[1] + 1), [*bounds_of(names), (None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    weights: Vector = found.x[:-1] / scale
    return weights, float(found.x[-1] - mean @ weights)
