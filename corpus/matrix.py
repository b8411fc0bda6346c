"""The stored vectors in memory: exact nearest neighbours, over all documents or some.

Answers what Chroma should not: filtered searches, the first searches of a new process (importing chromadb alone takes longer
than reading 100,000 vectors), and searches while the index is being written.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue
from corpus.scoring import unpack_vectors

SLACK = 1e-5
"""Single-precision products of unit vectors differ by less than this from exact ones."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors, one a row, with the key of each passage and the number of its document."""

    keys: NDArray[np.int64]
    numbers: NDArray[np.int64]
    vectors: NDArray[np.float32]

    def only(self, chosen: NDArray[np.bool_]) -> Rows:
        """The chosen rows."""
        return Rows(self.keys[chosen], self.numbers[chosen], self.vectors[chosen])


class Matrix:
    """Vectors of all documents, read from the catalogue as documents come and go. Safe for several threads.

    A document number never stands for another content, so what is in memory stays right. In a library of more than `limit`
    passages nothing is kept: the rows that are asked for are read for each search.
    """

    def __init__(self, catalogue: Catalogue, limit: int) -> None:
        self._catalogue = catalogue
        self._limit = limit
        self._lock = threading.Lock()
        self._held: frozenset[int] = frozenset()
        self._rows: Rows | None = None

    def nearest(
        self,
        query: NDArray[np.float32],
        limit: int,
        names: Mapping[int, str],
        passages: int,
        wanted: Collection[int] | None = None,
    ) -> list[int]:
        """Keys of the `limit` passages nearest to `query`, and of all that tie with the last, in no order.

        names: of the documents that are there now, by number; passages: how many they hold. wanted: the numbers of those to
        search; None for all.
        """
        if limit <= 0:
            return []
        if passages > self._limit:
            rows = self._read(names if wanted is None else wanted, len(query))
            keys, scores = rows.keys, rows.vectors @ query
        else:
            keys, scores = _score(self._all(frozenset(names), len(query)), query, wanted)
        if len(scores) > limit:
            last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            keys = keys[scores >= last - SLACK]
        return [int(key) for key in keys]

    def _all(self, numbers: frozenset[int], dimensions: int) -> Rows:
        with self._lock:
            if self._rows is None or self._held != numbers:
                fresh = self._read(numbers - self._held, dimensions)
                if self._rows is None or not len(self._rows.keys):
                    self._rows = fresh
                else:
                    old = self._rows.only(np.isin(self._rows.numbers, list(numbers)))
                    self._rows = Rows(
                        np.concatenate([old.keys, fresh.keys]),
                        np.concatenate([old.numbers, fresh.numbers]),
                        np.concatenate([old.vectors, fresh.vectors]),
                    )
                self._held = numbers
            return self._rows

    def _read(self, numbers: Collection[int], dimensions: int) -> Rows:
        found = list(self._catalogue.vectors(numbers))
        return Rows(
            np.array([key for _, key, _ in found], dtype=np.int64),
            np.array([number for number, _, _ in found], dtype=np.int64),
            unpack_vectors([vector for _, _, vector in found], dimensions),
        )


def _score(
    rows: Rows, query: NDArray[np.float32], wanted: Collection[int] | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Keys and products of the wanted rows; copying a few rows out is cheaper than scoring all, copying many is not."""
    if wanted is None:
        return rows.keys, rows.vectors @ query
    chosen = np.isin(rows.numbers, list(wanted))
    if 4 * np.count_nonzero(chosen) < len(chosen):
        few = rows.only(chosen)
        return few.keys, few.vectors @ query
    return rows.keys[chosen], (rows.vectors @ query)[chosen]
