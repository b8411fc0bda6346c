"""Exact scores for candidates: BM25 and cosine, computed from what the catalogue holds.

The two indexes only propose candidates. Their own scores depend on history (tantivy counts deleted entries until it merges
segments and rounds lengths to a byte; a graph of nearest neighbours depends on the order of insertion), so the same library
built in two ways would answer in two orders. Scores computed here depend on the library's content alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75
"""BM25's saturation of term frequency and its share of length normalisation (the usual values, tantivy's too)."""

TERMS = np.dtype([("term", "<u4"), ("count", "<u2")])
"""One distinct bigram of a passage: its CRC-32 and how often it occurs; a passage's `terms` are these, sorted by term."""

VECTOR = np.dtype("<f2")
"""One component of a stored vector. Half precision halves the file; both indexes see the value as rounded."""


@lru_cache(maxsize=1 << 18)
def term_number(term: str) -> int:
    """CRC-32 of the term: two of 100,000 terms share one number about once."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def pack_terms(tokens: Sequence[str]) -> bytes:
    """The bigrams of one passage as TERMS, sorted."""
    numbers = np.fromiter(map(term_number, tokens), dtype=np.uint32, count=len(tokens))
    terms, counts = np.unique(numbers, return_counts=True)
    packed = np.empty(len(terms), dtype=TERMS)
    packed["term"], packed["count"] = terms, np.minimum(counts, 65535)
    return packed.tobytes()


def pack_vectors(vectors: NDArray[np.float32]) -> list[bytes]:
    """Rows of (n, dimensions) as bytes, one a passage."""
    return [row.tobytes() for row in vectors.astype(VECTOR)]


def unpack_vectors(packed: Sequence[bytes], dimensions: int) -> NDArray[np.float32]:
    """(n, dimensions) from the stored bytes."""
    flat = np.frombuffer(b"".join(packed), dtype=VECTOR)
    return flat.reshape(len(packed), dimensions).astype(np.float32)


def inverse_frequency(total: int, frequency: int) -> float:
    """BM25's weight of a term that `frequency` of `total` passages hold; never negative."""
    frequency = min(frequency, total)
    return float(np.log1p((total - frequency + 0.5) / (frequency + 0.5)))


def bm25(
    weights: dict[int, float], packed: Sequence[bytes], lengths: Sequence[int], average: float
) -> NDArray[np.float64]:
    """BM25 of each passage: weights by term number, packed terms and length (in tokens) of each, average length.

    A passage without any of the terms scores 0.
    """
    scores = np.zeros(len(packed))
    if not weights or not len(packed):
        return scores
    terms = np.array(sorted(weights), dtype=np.uint32)
    weight = np.array([weights[int(term)] for term in terms])
    flat = np.frombuffer(b"".join(packed), dtype=TERMS)
    owner = np.repeat(np.arange(len(packed)), [len(piece) // TERMS.itemsize for piece in packed])
    at = np.minimum(np.searchsorted(terms, flat["term"]), len(terms) - 1)
    hit = terms[at] == flat["term"]
    owner, at, count = owner[hit], at[hit], flat["count"][hit].astype(np.float64)
    norm = K1 * (1 - B + B * np.asarray(lengths, dtype=np.float64) / max(average, 1e-9))
    np.add.at(scores, owner, weight[at] * count * (K1 + 1) / (count + norm[owner]))
    return scores


def cosines(query: NDArray[np.float32], vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cosine of `query` with each row, in double precision, rounded to nine digits: a row's score does not depend on its company.

    Stored rows are of unit length only up to half precision, so they are normalised here. A row of zeros scores 0.
    """
    rows, wanted = vectors.astype(np.float64), query.astype(np.float64)
    norms = np.sqrt(np.einsum("ij,ij->i", rows, rows)) * np.sqrt(wanted @ wanted)
    result = np.divide(rows @ wanted, norms, out=np.zeros(len(rows)), where=norms > 0)
    rounded: NDArray[np.float64] = np.round(result, 9)
    return rounded


def standardise(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each score less the mean, in standard deviations; all 0 where all are equal."""
    deviation = scores.std() if len(scores) else 0.0
    if deviation < 1e-12:
        return np.zeros(len(scores))
    result: NDArray[np.float64] = (scores - scores.mean()) / deviation
    return result


def of_documents(scores: NDArray[np.float64], names: Sequence[str], best: int = 3) -> NDArray[np.float64]:
    """For each passage the sum of the `best` highest scores of its document, itself included, by `best`.

    A document of fewer passages counts 0, the mean of standardised scores, for those that it lacks: one passage says less about its
    document than three do.
    """
    result = np.zeros(len(scores))
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        places.setdefault(name, []).append(at)
    for found in places.values():
        result[found] = np.sort(scores[found])[::-1][:best].sum() / best
    return result
