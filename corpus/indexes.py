"""The two derived indexes beside the catalogue, for a process that searches: opened when needed, kept as fresh as the catalogue."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.errors import LibraryDamagedError
from corpus.state import State
from corpus.vectors import Vectors
from corpus.words import Words


class Indexes:
    """Both indexes of one library, as another process may be changing them. Safe for several threads."""

    def __init__(self, home: Path, catalogue: Catalogue) -> None:
        self._home = home
        self._catalogue = catalogue
        self._words: Words | None = None
        self._words_seen: tuple[str, int] = ("", 0)
        self._vectors: Vectors | None = None
        self._vectors_seen: tuple[str, int] = ("", 0)
        self._opening = threading.RLock()  # of either index
        self._using = threading.RLock()  # of Chroma's client: held while it is asked, written or exchanged
        self._opener: threading.Thread | None = None

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
        return self._vectors is not None and self._vectors_seen == (state.vectors, state.vectors_taken)

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
        self._drop_vectors()
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
        self._drop_vectors()

    def _drop_vectors(self) -> None:
        with self._using:
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = None
