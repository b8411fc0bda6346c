"""The two derived indexes beside the catalogue: kept open, kept fresh, and made to follow what the catalogue says.

Each index lives in a numbered folder that the catalogue names. A rebuilt index goes into a new folder, and the catalogue is
switched to it in one transaction; folders that it does not name are leftovers and are cleared away by the next writer.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus import changes, records
from corpus.catalogue import Candidates, Catalogue
from corpus.encoder import Encoder
from corpus.errors import LibraryDamagedError
from corpus.passage import Passage
from corpus.scoring import pack_terms, pack_vectors, unpack_vectors
from corpus.state import Index, State, set_state, switch, take
from corpus.text import bigrams
from corpus.vectors import Vectors
from corpus.words import Words

STEP = 2000
"""Passages that an index takes in at a time."""
Progress = Callable[[int, int], None]


class Indexes:
    """Both indexes of one library, for one process. `write` says whether this process holds the library's lock."""

    def __init__(self, home: Path, catalogue: Catalogue, encoder: Encoder, *, write: bool) -> None:
        self._home = home
        self._catalogue = catalogue
        self._encoder = encoder
        self._write = write
        self._words: Words | None = None
        self._words_seen: tuple[str, int] = ("", 0)
        self._vectors: Vectors | None = None
        self._vectors_seen: tuple[str, int] = ("", 0)
        self._opening = threading.RLock()  # of either index
        self._using = threading.RLock()  # of Chroma's client: held while it is asked, written or exchanged
        self._opener: threading.Thread | None = None

    # for reading

    def words(self, state: State) -> Words:
        """The words index as of `state` or later. Raises LibraryDamagedError."""
        with self._opening:
            seen = (state.words, state.words_taken)
            if self._words is None or self._words_seen[0] != state.words:
                self._words = self._open_words(state)
            elif self._words_seen != seen:
                self._words.reload()
            self._words_seen = seen
            return self._words

    def _open_words(self, state: State) -> Words:
        try:
            return Words(self._home / state.words)
        except LibraryDamagedError:
            now = self._catalogue.state()  # rebuilt, and the old folder cleared away, since `state` was read
            if now.words == state.words:
                raise
            return Words(self._home / now.words)

    def vectors_fresh(self, state: State) -> bool:
        """Whether Chroma is open here and has taken in all that `state` says."""
        fresh = self._vectors_seen == (state.vectors, state.vectors_taken)
        return self._vectors is not None and (self._write or fresh)

    @contextmanager
    def vectors(self, state: State, *, wait: bool) -> Iterator[Vectors | None]:
        """Chroma as of `state`, for one use; None where it is busy or stale and `wait` is False.

        Raises LibraryDamagedError, when `wait` is True.
        """
        if not self._using.acquire(blocking=wait):
            yield None
            return
        try:
            if wait:
                self._freshen(state)
            yield self._vectors if self.vectors_fresh(state) else None
        finally:
            self._using.release()

    def prepare(self, state: State) -> None:
        """Open Chroma in another thread, so that later searches find it fresh; damage is left to `doctor` to tell."""
        with self._opening:
            if self._opener is None or not self._opener.is_alive():
                self._opener = threading.Thread(target=self._prepare, args=(state,), name="vectors")
                self._opener.start()

    def _prepare(self, state: State) -> None:
        try:
            with self._using:
                self._freshen(state)
        except LibraryDamagedError:
            self._vectors = None

    def _freshen(self, state: State) -> None:
        if self.vectors_fresh(state):
            return
        if self._write:
            self._settle_vectors()  # opens it, and heals it if need be
            return
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
        self._vectors = Vectors(self._home / state.vectors, state.encoder)
        self._vectors_seen = (state.vectors, state.vectors_taken)

    def close(self) -> None:
        """Let go of both."""
        self._words = None
        self.close_vectors()

    def close_vectors(self) -> None:
        """Let go of Chroma; the next search or write opens it anew."""
        if self._opener is not None:
            self._opener.join()
        with self._using:
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = None

    # for writing

    def reconcile(self) -> None:
        """Bring both indexes to what the catalogue says, after whatever happened to either."""
        self._clear_leftovers()
        self._settle_words()
        state = self._catalogue.state()
        missing = not (self._home / state.vectors / "chroma.sqlite3").exists()
        if self._owed("vectors") or (missing and self._catalogue.size()[0]):
            self._settle_vectors()

    def settle(self) -> None:
        """Let both indexes take in what the outbox holds for them."""
        if self._owed("words"):
            self._settle_words()
        if self._owed("vectors"):
            self._settle_vectors()

    def _owed(self, index: Index) -> bool:
        pending = self._catalogue.pending(index, 1)
        return bool(pending.hold or pending.drop)

    def _take(self, index: Index, reaches: int) -> None:
        with self._catalogue.writing() as connection:
            take(connection, index, reaches)

    def _settle_words(self) -> None:
        try:
            state = self._catalogue.state()
            if self._words is None:
                self._words = Words(self._home / state.words, create=True)
                self._words_seen = (state.words, state.words_taken)
            self._feed_words(self._words)
        except LibraryDamagedError:
            self._rebuild_words()

    def _feed_words(self, words: Words) -> None:
        while self._owed("words"):
            pending = self._catalogue.pending("words", STEP)
            words.write(pending.drop, map(_entry, self._catalogue.find(pending.hold).items()))
            self._take("words", pending.reaches)
        if words.count() != self._catalogue.size()[0]:
            present, due = words.keys(), self._catalogue.keys()
            words.write(present - due, map(_entry, self._catalogue.find(due - present).items()))
            self._take("words", self._catalogue.state().words_taken)  # readers of this number reload

    def _settle_vectors(self) -> None:
        with self._using:
            state = self._catalogue.state()
            if state.encoder not in ("", self._encoder.name) and self._catalogue.size()[0]:
                return  # opened to be indexed anew: the vectors that are owed are another encoder's
            try:
                if self._vectors is None:
                    self._vectors = Vectors(self._home / state.vectors, self._encoder.name, create=True)
                    self._vectors_seen = (state.vectors, state.vectors_taken)
                self._feed_vectors(self._vectors)
            except LibraryDamagedError:
                if self._vectors is not None:
                    self._vectors.close()
                    self._vectors = None
                self._rebuild_vectors()

    def _feed_vectors(self, vectors: Vectors) -> None:
        while self._owed("vectors"):
            pending = self._catalogue.pending("vectors", STEP)
            self._hold_vectors(vectors, pending.drop, self._catalogue.candidates(pending.hold))
            self._take("vectors", pending.reaches)
        if vectors.count() != self._catalogue.size()[0]:
            present, due = vectors.keys(), self._catalogue.keys()
            self._hold_vectors(vectors, tuple(present - due), self._catalogue.candidates(due - present))

    def _hold_vectors(self, vectors: Vectors, drop: Sequence[int], found: Candidates) -> None:
        vectors.write(drop, found.keys, unpack_vectors(found.vectors, self._encoder.dimensions))

    def _rebuild_words(self) -> None:
        folder = _next(self._catalogue.state().words)
        words = Words(self._home / folder, create=True)
        words.write((), map(_entry, self._catalogue.find(self._catalogue.keys()).items()))
        with self._catalogue.writing() as connection:
            switch(connection, "words", folder)
        self._words, self._words_seen = words, (folder, self._catalogue.state().words_taken)

    def _rebuild_vectors(self) -> None:
        folder = _next(self._catalogue.state().vectors)
        vectors = Vectors(self._home / folder, self._encoder.name, create=True)
        self._hold_vectors(vectors, (), self._catalogue.candidates(self._catalogue.keys()))
        with self._catalogue.writing() as connection:
            switch(connection, "vectors", folder)
        self._vectors, self._vectors_seen = vectors, (folder, self._catalogue.state().vectors_taken)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Cut and encode every passage anew and build both indexes from that; the number of passages.

        Until all is done, the library stays as it was, for this process and for others.
        """
        state = self._catalogue.state()
        keys = sorted(self._catalogue.keys())
        words_folder, vectors_folder = _next(state.words), _next(state.vectors)
        words = Words(self._home / words_folder, create=True)
        vectors = Vectors(self._home / vectors_folder, self._encoder.name, create=True)
        with self._using, self._catalogue.writing() as connection:
            for first in range(0, len(keys), STEP):
                found = self._catalogue.find(keys[first : first + STEP])
                derived = derive(list(found.values()), self._encoder)
                changes.revise(
                    connection, [{"at": key, **row} for key, row in zip(found, derived, strict=True)]
                )
                words.write((), map(_entry, found.items()))
                rows = unpack_vectors([row["vector"] for row in derived], self._encoder.dimensions)
                vectors.write((), list(found), rows)
                if progress is not None:
                    progress(min(first + STEP, len(keys)), len(keys))
            changes.recount(connection)
            set_state(connection, encoder=self._encoder.name, dimensions=self._encoder.dimensions)
            switch(connection, "words", words_folder)
            switch(connection, "vectors", vectors_folder)
        self._adopt(words, vectors)
        return len(keys)

    def _adopt(self, words: Words, vectors: Vectors) -> None:
        state = self._catalogue.state()
        with self._opening, self._using:
            if self._vectors is not None:
                self._vectors.close()
            self._words, self._words_seen = words, (state.words, state.words_taken)
            self._vectors, self._vectors_seen = vectors, (state.vectors, state.vectors_taken)

    def _clear_leftovers(self) -> None:
        state = self._catalogue.state()
        for pattern in ("words-*", "vectors-*"):
            for folder in self._home.glob(pattern):
                if folder.is_dir() and folder.name not in (state.words, state.vectors):
                    shutil.rmtree(folder, ignore_errors=True)


def _next(folder: str) -> str:
    name, _, serial = folder.rpartition("-")
    return f"{name}-{int(serial) + 1}"


def _entry(item: tuple[int, Passage]) -> tuple[int, int, str]:
    key, passage = item
    return key, records.document_key(passage.document), _body(passage.searched)


@lru_cache(maxsize=2 * STEP)
def _body(searched: str) -> str:
    """The bigrams, joined by blanks; asked for twice of each passage, for the catalogue and for the words index."""
    return " ".join(bigrams(searched))


def derive(passages: Sequence[Passage], encoder: Encoder) -> list[dict[str, Any]]:
    """What is stored of each passage besides what was said: its terms, its length in tokens and its vector."""
    searched = [passage.searched for passage in passages]
    vectors = pack_vectors(encoder.encode(searched)) if searched else []
    tokens = (_body(text).split() for text in searched)
    return [
        {"terms": pack_terms(words), "tokens": len(words), "vector": vector}
        for words, vector in zip(tokens, vectors, strict=True)
    ]
