"""Where the vectors start: pieces that occur in the same company are alike.

Positive pointwise mutual information of pieces within a window, its first singular vectors, and as length of each row how rare
its piece is. What follows has to learn less from pairs, and pieces that no pair trains have a place that makes sense.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

WINDOW = 8
AT_ONCE = 40_000
RAREST = 2.0
"""The greatest length of a row, in mean lengths."""


def first_vectors(
    texts: Sequence[NDArray[np.int32]], pieces: int, dimensions: int, seed: int
) -> NDArray[np.float32]:
    """(pieces, dimensions)."""
    information = _information(_counts(texts, pieces))
    vectors = _singular(information, dimensions, np.random.default_rng(seed))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    result: NDArray[np.float32] = (vectors * _rarity(texts, pieces)[:, None]).astype(np.float32)
    return result


def _counts(texts: Sequence[NDArray[np.int32]], pieces: int) -> sparse.csr_matrix:
    """How often two pieces stand at most WINDOW apart in one text; the farther half counts two thirds."""
    counts = sparse.csr_matrix((pieces, pieces), dtype=np.float32)
    for first in range(0, len(texts), AT_ONCE):
        part = texts[first : first + AT_ONCE]
        flat = np.concatenate(part).astype(np.int64)
        owner = np.repeat(np.arange(len(part)), [len(text) for text in part])
        for apart in range(1, WINDOW + 1):
            same = owner[:-apart] == owner[apart:]
            both, count = np.unique(flat[:-apart][same] * pieces + flat[apart:][same], return_counts=True)
            worth = count.astype(np.float32) / (1.0 if apart <= WINDOW // 2 else 1.5)
            counts = counts + sparse.csr_matrix((worth, (both // pieces, both % pieces)), (pieces, pieces))
    return counts + counts.T


def _information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Positive pointwise mutual information; contexts are smoothed by the power .75."""
    totals = np.asarray(counts.sum(axis=1)).ravel()
    context = totals**0.75
    context /= context.sum()
    entries = counts.tocoo()
    value = np.log(entries.data / (totals[entries.row] * context[entries.col]))
    kept = value > 0
    return sparse.csr_matrix(
        (value[kept].astype(np.float32), (entries.row[kept], entries.col[kept])), counts.shape
    )


def _singular(matrix: sparse.csr_matrix, dimensions: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """The first left singular vectors by the roots of their values (randomised, three rounds)."""
    basis = matrix @ chance.standard_normal((matrix.shape[1], dimensions + 32))
    for _ in range(3):
        basis = matrix @ (matrix.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, values, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    result: NDArray[np.float64] = (basis @ left)[:, :dimensions] * np.sqrt(values[:dimensions])
    return result


def _rarity(texts: Sequence[NDArray[np.int32]], pieces: int) -> NDArray[np.float64]:
    """Inverse document frequency in mean ones, RAREST at most; half of it for a piece in less than three texts."""
    frequency = np.zeros(pieces)
    for text in texts:
        frequency[np.unique(text)] += 1
    rarity = np.log((len(texts) + 1) / (frequency + 1))
    rarity = np.minimum(rarity / max(rarity[frequency > 0].mean(), 1e-9), RAREST)
    result: NDArray[np.float64] = np.where(frequency < 3, 0.5 * rarity, rarity)
    return result
