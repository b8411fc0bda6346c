"""A library that is open: its parts, its lock, and how it is brought up and let go."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from corpus.catalogue import Catalogue
from corpus.encoder import Encoder, make_encoder
from corpus.errors import EncoderMismatchError, WenNuoError
from corpus.following import FollowingIndexes
from corpus.indexes import Indexes
from corpus.lock import WriterLock
from corpus.search import Search, mismatch
from corpus.settings import LibrarySettings


class OpenLibrary:
    """What every part of a library stands on."""

    def __init__(self, settings: LibrarySettings, encoder: Encoder, lock: WriterLock | None) -> None:
        """Use `open`."""
        self.settings = settings
        self.encoder = encoder
        self._lock = lock
        self._writing = threading.RLock()
        self._catalogue = Catalogue(settings.home / "catalogue.sqlite3")
        self._following = None if lock is None else FollowingIndexes(settings.home, self._catalogue, encoder)
        self._indexes = self._following or Indexes(settings.home, self._catalogue)
        self._search = Search(self._catalogue, self._indexes, encoder)

    @classmethod
    def open(
        cls,
        settings: LibrarySettings,
        *,
        write: bool = False,
        encoder: Encoder | None = None,
        reindexing: bool = False,
    ) -> Self:
        """Open the library at `settings.home`.

        For reading it never waits for a writer and writes nothing; a home that does not exist is an empty library. For writing
        it takes the library's lock, makes the home where there is none, and brings layout and indexes up to date. With
        `reindexing`, an index made by another encoder is accepted, for `reindex` to replace. Raises LibraryBusyError (another
        process is writing), EncoderMismatchError, LibraryDamagedError.
        """
        lock = None
        if write:
            settings.home.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(settings.home)
        library = cls(settings, encoder or make_encoder(settings.encoder), lock)
        try:
            library._start(reindexing)
        except BaseException:
            library._let_go()
            raise
        return library

    def _start(self, reindexing: bool) -> None:
        if self._lock is not None:
            self._catalogue.create()
        if not reindexing:
            self._require_own_vectors()
        if self._following is not None:
            self._following.reconcile()

    def _require_own_vectors(self) -> None:
        state = self._catalogue.state()
        if state.encoder not in ("", self.encoder.name) and self._catalogue.size()[0]:
            raise EncoderMismatchError(mismatch(state.encoder, self.encoder.name))

    def close(self) -> None:
        """Let the indexes take in what they owe, and let go of everything."""
        try:
            if self._following is not None and self._lock is not None:
                with self._writing:
                    self._following.settle()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        self._indexes.close()
        self._catalogue.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _writable(self) -> FollowingIndexes:
        if self._following is None or self._lock is None:
            raise WenNuoError("this library is open for reading only; open it with write=True")
        return self._following
