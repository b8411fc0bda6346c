"""The two indexes in the process that writes: they follow what the catalogue says, and are made anew when they cannot.

Each index lives in a numbered folder that the catalogue names. A rebuilt index goes into a new folder, and the catalogue is
switched to it in one transaction; folders that it does not name are leftovers and are cleared away by the next writer.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from corpus import changes, records
from corpus.catalogue import Catalogue
from corpus.encoder import Encoder
from corpus.errors import LibraryDamagedError
from corpus.indexes import Indexes
from corpus.passage import Passage
from corpus.rows import Candidates
from corpus.scoring import pack_terms, pack_vectors, unpack_vectors
from corpus.state import Index, State, last_posted, set_state, switch, take
from corpus.text import bigrams
from corpus.vectors import Vectors
from corpus.words import Words

STEP = 2000
"""Passages that an index takes in at a time."""
Progress = Callable[[int, int], None]


class FollowingIndexes(Indexes):
    """Both indexes of one library, for the holder of its lock. Writing is for one thread at a time, searching for any."""

    def __init__(self, home: Path, catalogue: Catalogue, encoder: Encoder) -> None:
        super().__init__(home, catalogue)
        self._encoder = encoder

    def vectors_fresh(self, state: State) -> bool:  # noqa: ARG002 (what this process writes it also sees)
        """Whether Chroma is open here."""
        return self._vectors is not None

    def _freshen(self, state: State) -> None:
        if not self.vectors_fresh(state):
            self._settle_vectors()  # opens it, and heals it if need be

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
                self._drop_vectors()
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
        folder, reaches = self._fresh_folder("words"), self._catalogue.last_posted()
        words = Words(self._home / folder, create=True)
        words.write((), map(_entry, self._catalogue.find(self._catalogue.keys()).items()))
        with self._catalogue.writing() as connection:
            switch(connection, "words", folder, reaches)
        self._words, self._words_seen = words, (folder, reaches)

    def _rebuild_vectors(self) -> None:
        folder, reaches = self._fresh_folder("vectors"), self._catalogue.last_posted()
        vectors = Vectors(self._home / folder, self._encoder.name, create=True)
        self._hold_vectors(vectors, (), self._catalogue.candidates(self._catalogue.keys()))
        with self._catalogue.writing() as connection:
            switch(connection, "vectors", folder, reaches)
        self._vectors, self._vectors_seen = vectors, (folder, reaches)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Encode every passage anew and build both indexes from that; the number of passages.

        Until all is done, the library stays as it was, for this process and for others.
        """
        words_folder, vectors_folder = self._fresh_folder("words"), self._fresh_folder("vectors")
        words = Words(self._home / words_folder, create=True)
        vectors = Vectors(self._home / vectors_folder, self._encoder.name, create=True)
        try:
            with self._using, self._catalogue.writing() as connection:
                count = self._fill(connection, words, vectors, progress)
                reaches = last_posted(connection)
                set_state(connection, encoder=self._encoder.name, dimensions=self._encoder.dimensions)
                switch(connection, "words", words_folder, reaches)
                switch(connection, "vectors", vectors_folder, reaches)
        except BaseException:
            vectors.close()
            raise
        with self._opening, self._using:
            self._drop_vectors()
            self._words, self._words_seen = words, (words_folder, reaches)
            self._vectors, self._vectors_seen = vectors, (vectors_folder, reaches)
        return count

    def _fill(self, connection: Connection, words: Words, vectors: Vectors, progress: Progress | None) -> int:
        keys = sorted(self._catalogue.keys())
        for first in range(0, len(keys), STEP):
            found = self._catalogue.find(keys[first : first + STEP])
            derived = derive(list(found.values()), self._encoder)
            changes.revise(connection, [{"at": key, **row} for key, row in zip(found, derived, strict=True)])
            words.write((), map(_entry, found.items()))
            rows = unpack_vectors([row["vector"] for row in derived], self._encoder.dimensions)
            vectors.write((), list(found), rows)
            if progress is not None:
                progress(min(first + STEP, len(keys)), len(keys))
        changes.recount(connection)
        return len(keys)

    def _fresh_folder(self, index: Index) -> str:
        """A name that no folder has, not even one that was left half made."""
        taken = [int(path.name.rpartition("-")[2]) for path in self._home.glob(f"{index}-[0-9]*")]
        named = int(getattr(self._catalogue.state(), index).rpartition("-")[2])
        return f"{index}-{max([named, *taken]) + 1}"

    def _clear_leftovers(self) -> None:
        state = self._catalogue.state()
        for pattern in ("words-*", "vectors-*"):
            for folder in self._home.glob(pattern):
                if folder.is_dir() and folder.name not in (state.words, state.vectors):
                    shutil.rmtree(folder, ignore_errors=True)


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
