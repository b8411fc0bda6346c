"""Text to vectors. The only user of sentence_transformers, which is imported when a model is first asked to encode."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.settings import DEFAULT_ENCODER, HASHING, silence_telemetry
from corpus.static_encoder import StaticEncoder
from corpus.text import fold

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of unit length."""

    @property
    def name(self) -> str:
        """What made a vector: two encoders of one name give the same vector for the same text."""

    @property
    def dimensions(self) -> int:
        """The length of each vector."""

    @property
    def weight(self) -> float:
        """How much a standardised cosine counts beside a standardised BM25 score."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions), rows of unit length."""


@runtime_checkable
class Aligner(Protocol):
    """An encoder that can also look closer, piece by piece."""

    def alignment(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How much of the query each text holds, by meaning; at most 1."""


_LETTER = np.array([chr(code).isalnum() for code in range(0x10000)])
"""Whether a code point of the basic plane is a letter, a digit or a Han character; those above it count as such."""


class HashingEncoder:
    """Signed feature hashing of single characters and bigrams: no weights, no download, the same on every machine.

    Folded text; punctuation and white space separate. A feature that occurs n times counts 1 + ln n. Each feature adds its
    count, with a sign, to one component; text without any feature gets a vector of its own, so that rows are always units.
    It sees the same character bigrams as the words index and little beyond, hence the small weight.
    """

    weight = 0.3

    def __init__(self, dimensions: int = 512) -> None:
        if dimensions < 2 or dimensions & (dimensions - 1):
            raise ValueError(f"{dimensions} dimensions: not a power of two")
        self.dimensions = dimensions
        self.name = f"hashing-1-{dimensions}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions), rows of unit length; works through 256 texts at a time."""
        result = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for first in range(0, len(texts), 256):
            part = texts[first : first + 256]
            result[first : first + len(part)] = self._encode(part)
        return result

    def _encode(self, texts: Sequence[str]) -> Vectors:
        # each text is closed by a blank, which no bigram may cross
        raw = "".join(f"{fold(text)} " for text in texts).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(raw, dtype="<u4").astype(np.uint64)
        owner = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) + 1 for text in texts])
        kept = np.where(codes < 0x10000, _LETTER[np.minimum(codes, 0xFFFF)], True)
        pairs = kept[:-1] & kept[1:]
        singles = codes[kept]
        doubles = (codes[:-1][pairs] << np.uint64(21)) | codes[1:][pairs]
        feature = np.concatenate([singles, doubles])
        owner = np.concatenate([owner[kept], owner[:-1][pairs]])
        # 42 bits of feature below 8 bits of owner: one sort counts each feature of each text
        both, counts = np.unique((owner << np.uint64(42)) | feature, return_counts=True)
        row = (both >> np.uint64(42)).astype(np.intp)
        mixed = _mix(both & np.uint64((1 << 42) - 1))
        column = (mixed & np.uint64(self.dimensions - 1)).astype(np.intp)
        sign = np.where(mixed >> np.uint64(63), 1.0, -1.0)
        flat: Any = np.bincount(
            row * self.dimensions + column,
            weights=sign * (1.0 + np.log(counts)),
            minlength=len(texts) * self.dimensions,
        )
        vectors: NDArray[np.float64] = flat.astype(np.float64).reshape(len(texts), self.dimensions)
        vectors[~vectors.any(axis=1), 0] = 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors.astype(np.float32)


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64: every input bit reaches every output bit. Wraps at 64 bits by design."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or folder; loaded when it first encodes or is asked for its dimensions.

    A name that is no folder must already be in the local cache of models: nothing is downloaded.
    """

    weight = 1.0

    def __init__(self, source: str) -> None:
        self._source = source
        self._lock = threading.Lock()
        folder = Path(source).expanduser()
        self._folder = folder if folder.is_dir() else None

    @cached_property
    def name(self) -> str:
        """The model's name; for a folder, its last part with a digest of its files' names, sizes and small JSON files."""
        if self._folder is None:
            return f"sentence-transformers-{self._source}"
        digest = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            if not path.is_file():
                continue
            size = path.stat().st_size
            digest.update(f"{path.relative_to(self._folder).as_posix()}\0{size}\0".encode())
            if path.suffix == ".json" and size < 100_000:
                digest.update(path.read_bytes())
        return f"sentence-transformers-{self._folder.resolve().name}-{digest.hexdigest()[:12]}"

    @cached_property
    def _model(self) -> Any:
        silence_telemetry()
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder or self._source), device="cpu")
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"the encoder {self._source!r} cannot be loaded: give WENNUO_ENCODER a folder that holds a "
                f"sentence-transformers model, or leave it unset for the built-in one ({error})"
            ) from error

    @cached_property
    def dimensions(self) -> int:
        """The length of each vector; loads the model."""
        with self._lock:
            model = self._model
        return int(model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions), rows of unit length. Raises SettingsError where the model cannot be loaded."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def make_encoder(name: str) -> Encoder:
    """The encoder of that name: "wennuo", "hashing", or the name or folder of a sentence-transformers model. Loads nothing."""
    if name == DEFAULT_ENCODER:
        return StaticEncoder()
    return HashingEncoder() if name == HASHING else SentenceTransformerEncoder(name)
