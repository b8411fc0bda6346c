"""The stored vectors in memory: exact nearest neighbours, over all documents or some.

Answers what Chroma should not: filtered searches, the first searches of a new process (importing chromadb alone takes longer
than reading 100,000 vectors), and searches while the index is being written.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue
from corpus.scoring import unpack_vectors

Rows = tuple[NDArray[np.int64], NDArray[np.float32]]
SLACK = 1e-5
"""Single-precision products of unit vectors differ by less than this from exact ones."""


class Matrix:
    """Vectors by document number, read from the catalogue as needed. Safe for several threads.

    A number never stands for another content, so what is in memory stays right; numbers that have gone are let go. At
    `limit` vectors nothing more is kept: rows are then read for each search.
    """

    def __init__(self, catalogue: Catalogue, limit: int) -> None:
        self._catalogue = catalogue
        self._limit = limit
        self._lock = threading.Lock()
        self._rows: dict[int, Rows] = {}
        self._whole: tuple[frozenset[int], Rows] | None = None

    def nearest(
        self,
        query: NDArray[np.float32],
        limit: int,
        numbers: Mapping[int, str],
        wanted: Collection[int] | None = None,
    ) -> list[int]:
        """Keys of the `limit` passages nearest to `query`, and of all that tie with the last, in no order.

        numbers: the documents that are there now. wanted: those to search; None for all.
        """
        keys, vectors = self._gather(numbers, len(query), frozenset(numbers if wanted is None else wanted))
        if not len(keys) or limit <= 0:
            return []
        scores = vectors @ query
        if len(scores) > limit:
            last = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            keys = keys[scores >= last - SLACK]
        return [int(key) for key in keys]

    def _gather(self, numbers: Mapping[int, str], dimensions: int, wanted: frozenset[int]) -> Rows:
        with self._lock:
            self._rows = {number: rows for number, rows in self._rows.items() if number in numbers}
            whole = self._whole
            if whole is not None and whole[0] == wanted:
                return whole[1]
            read = self._read(wanted - self._rows.keys(), dimensions)
            held = sum(len(keys) for keys, _ in self._rows.values())
            if held + sum(len(keys) for keys, _ in read.values()) <= self._limit:
                self._rows |= read
            rows = self._rows | read
            chosen = [rows[number] for number in sorted(wanted) if number in rows]
            if not chosen:
                return np.empty(0, dtype=np.int64), np.empty((0, dimensions), dtype=np.float32)
            keys = np.concatenate([keys for keys, _ in chosen])
            vectors = np.concatenate([vectors for _, vectors in chosen])
            if len(wanted) == len(numbers) and len(keys) <= self._limit:
                self._share(wanted, chosen, keys, vectors)
            return keys, vectors

    def _share(
        self,
        wanted: frozenset[int],
        chosen: list[Rows],
        keys: NDArray[np.int64],
        vectors: NDArray[np.float32],
    ) -> None:
        """Keep the whole, and let each document's rows be a view of it, so that nothing is held twice."""
        self._whole = (wanted, (keys, vectors))
        at = 0
        numbers = [number for number in sorted(wanted) if number in self._rows]
        for number, (own, _) in zip(numbers, chosen, strict=True):
            self._rows[number] = (keys[at : at + len(own)], vectors[at : at + len(own)])
            at += len(own)

    def _read(self, numbers: Collection[int], dimensions: int) -> dict[int, Rows]:
        found = {}
        for number, group in groupby(self._catalogue.vectors(numbers), key=itemgetter(0)):
            rows = list(group)
            keys = np.array([key for _, key, _ in rows], dtype=np.int64)
            found[number] = (keys, unpack_vectors([vector for _, _, vector in rows], dimensions))
        return found
