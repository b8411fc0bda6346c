"""The vectors index: Chroma, embedded. The only user of chromadb, which is imported when a folder is first opened.

Chroma holds keys and vectors, no texts and no metadata: filters through its `where` cost 60 ms and more from 100,000 passages
on, so a filtered search scores the allowed rows directly (matrix.py). One process writes; another process's open client never
sees what is written later, so a reader opens the folder anew when the catalogue says that the index has moved on.

Importing chromadb takes about 1 s, opening a folder of 10,000 vectors 0.06 s, a query for 200 of them 6 ms (two cores).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamagedError
from corpus.settings import silence_telemetry

BATCH = 100
"""Vectors written in one call; Chroma takes 5,461 at most. It holds the interpreter's lock throughout, so all other threads wait:
0.06 s for 100 of 512 components. Larger batches are no faster a vector."""
GRAPH: Any = {"space": "cosine", "ef_construction": 100, "ef_search": 2000, "max_neighbors": 16}
"""Among 10,000 hashed vectors of Chinese prose, where 300 are asked for, 93 queries: the exact first 100 are all found for 40 of them
with ef_search 400, for 92 with 1500, at 4.0 and 5.7 ms. Hashed vectors are hard for a graph; trained ones cluster."""
DAMAGED = "the vectors index cannot be read ({error}); run `wennuo reindex`"


class Vectors:
    """One folder of vectors made by one encoder. One thread at a time; writing is for the holder of the library's lock."""

    def __init__(self, folder: Path, encoder: str, *, create: bool = False) -> None:
        """Open the vectors of `encoder` in `folder`. Raises LibraryDamagedError where there are none and `create` is False."""
        silence_telemetry()
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        self.folder = folder
        # AttributeError: what Chroma's own clearing up after a failed opening raises
        self._errors = (ChromaError, ValueError, OSError, RuntimeError, AttributeError)
        name = f"passages-{hashlib.sha256(encoder.encode()).hexdigest()[:16]}"
        if not create and not (folder / "chroma.sqlite3").exists():
            raise LibraryDamagedError(DAMAGED.format(error=f"{folder.name} is missing"))
        with self._damage():
            self._client: Any = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False, is_persistent=True)
            )
            if create:
                self._collection: Any = self._client.get_or_create_collection(
                    name, embedding_function=None, configuration={"hnsw": GRAPH}
                )
            else:
                self._collection = self._client.get_collection(name, embedding_function=None)

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()

    def count(self) -> int:
        """How many vectors there are."""
        with self._damage():
            return int(self._collection.count())

    def keys(self) -> set[int]:
        """The keys of all vectors."""
        with self._damage():
            return {int(identity, 16) for identity in self._collection.get(include=[])["ids"]}

    def read(self, keys: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors held under these keys; what is not held is left out."""
        found: dict[int, NDArray[np.float32]] = {}
        for part in _parts(keys):
            with self._damage():
                got = self._collection.get(ids=[_identity(key) for key in part], include=["embeddings"])
            for identity, vector in zip(got["ids"], got["embeddings"], strict=True):
                found[int(identity, 16)] = np.asarray(vector, dtype=np.float32)
        return found

    def search(self, query: NDArray[np.float32], limit: int) -> list[int]:
        """Keys of about the `limit` nearest vectors by cosine, nearest first. Raises LibraryDamagedError."""
        if limit <= 0:
            return []
        with self._damage():
            got = self._collection.query(query_embeddings=[query], n_results=limit, include=[])
        return [int(identity, 16) for identity in got["ids"][0]]

    def write(self, drop: Sequence[int], hold: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Drop the keys, hold `vectors` (one row a key of `hold`). Batch by batch; writing the same twice changes nothing."""
        with self._damage():
            for part in _parts(drop):
                self._collection.delete(ids=[_identity(key) for key in part])
            for first in range(0, len(hold), BATCH):
                identities = [_identity(key) for key in hold[first : first + BATCH]]
                self._collection.upsert(ids=identities, embeddings=vectors[first : first + BATCH])

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise LibraryDamagedError(DAMAGED.format(error=error)) from error


def _identity(key: int) -> str:
    return f"{key:016x}"


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(keys), BATCH):
        yield keys[first : first + BATCH]
