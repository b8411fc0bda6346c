"""The built-in encoder: trained vectors of subwords, read with numpy and tokenizers."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.settings import HASHING, silence_telemetry

Vectors = NDArray[np.float32]

TOKENIZER, WEIGHTS = "tokenizer.json", "model.safetensors"
"""The files of a static encoder, named as sentence-transformers names them."""


REMEMBERED = 30_000
"""Texts whose pieces are kept in memory, at most (about 20 MB of sentences)."""


class StaticEncoder:
    """The mean of trained vectors of subwords: our own weights, read with numpy and tokenizers; torch is not imported.

    The folder is one that sentence-transformers loads as well, with the same result to about 1e-6: `tokenizer.json`, and
    `model.safetensors` with `embeddings` (pieces, dimensions; int8) and `weights` (pieces; the step of each row). Text without
    any known piece gets a vector of its own, so that rows are always units. Read when it first encodes.
    """

    weight = 0.5

    def __init__(self, folder: Path | None = None) -> None:
        """Of the folder, or of the weights that come with the package. Raises SettingsError where they are not there."""
        self._folder = folder or Path(str(files("corpus") / "weights"))
        self._lock = threading.Lock()
        self._known: dict[str, NDArray[np.intp]] = {}

    @cached_property
    def name(self) -> str:
        """With a digest of tokenizer and weights. Raises SettingsError where a file is missing."""
        digest = hashlib.sha256()
        for file in (TOKENIZER, WEIGHTS):
            digest.update(self._bytes(file))
        return f"wennuo-{digest.hexdigest()[:12]}"

    def _bytes(self, file: str) -> bytes:
        try:
            return (self._folder / file).read_bytes()
        except OSError as error:
            raise SettingsError(
                f"the built-in encoder's file {file} cannot be read: install the package again, or set WENNUO_ENCODER={HASHING} ({error})"
            ) from error

    @cached_property
    def _model(self) -> tuple[Any, Vectors]:
        """The tokenizer, and (pieces, dimensions)."""
        silence_telemetry()
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        tensors = load(self._bytes(WEIGHTS))
        rows = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, None].astype(np.float32)
        return Tokenizer.from_str(self._bytes(TOKENIZER).decode("utf-8")), rows

    def _loaded(self) -> tuple[Any, Vectors]:
        with self._lock:
            return self._model

    @property
    def dimensions(self) -> int:
        """The length of each vector; reads the weights."""
        return int(self._loaded()[1].shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions), rows of unit length; works through 256 texts at a time."""
        _, rows = self._loaded()
        result = np.zeros((len(texts), rows.shape[1]), dtype=np.float32)
        for first in range(0, len(texts), 256):
            part = texts[first : first + 256]
            pieces = self._pieces(part)
            known = [at for at, piece in enumerate(pieces) if len(piece)]
            if known:
                flat = np.concatenate([pieces[at] for at in known])
                starts = np.cumsum([0, *(len(pieces[at]) for at in known[:-1])])
                result[first + np.asarray(known)] = np.add.reduceat(rows[flat], starts, axis=0)
        result[~result.any(axis=1), 0] = 1.0
        result /= np.linalg.norm(result, axis=1, keepdims=True)
        return result

    def _pieces(self, texts: Sequence[str]) -> list[NDArray[np.intp]]:
        """The pieces of each text, by number; those of many are remembered, since the same sentences come again and again."""
        known = self._known
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            tokenizer, _ = self._loaded()
            encoded = tokenizer.encode_batch_fast(
                [_sound(text) for text in missing], add_special_tokens=False
            )
            found = {
                text: np.asarray(encoding.ids, dtype=np.intp)
                for text, encoding in zip(missing, encoded, strict=True)
            }
            found |= {text: known[text] for text in texts if text in known}  # known may be begun anew
            if len(known) + len(found) > REMEMBERED:
                known = self._known = {}
            known.update(found)
            return [found[text] for text in texts]
        return [known[text] for text in texts]

    def alignment(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How much of the query each text holds, by meaning; at most 1, and 0 where either has no known piece.

        Of each piece of the query the cosine with the likest piece of the text, weighed by the square of its length: training
        makes telling pieces long. Rounded to six digits, so that a text's value does not depend on its company.
        """
        _, rows = self._loaded()
        pieces, *others = self._pieces([query, *texts])
        result = np.zeros(len(others))
        known = [at for at, other in enumerate(others) if len(other)]
        wanted = np.unique(pieces)
        weights = np.square(rows[wanted]).sum(axis=1)
        if known and weights.sum() > 0:
            kinds, at = np.unique(np.concatenate([others[k] for k in known]), return_inverse=True)
            likeness = _units(rows[wanted]) @ _units(rows[kinds]).T
            starts = np.cumsum([0, *(len(others[k]) for k in known[:-1])])
            likest = np.maximum.reduceat(likeness[:, at], starts, axis=1)
            result[known] = weights @ likest / weights.sum()
        rounded: NDArray[np.float64] = np.round(result, 6)
        return rounded


def _sound(text: str) -> str:
    """With a question mark for each lone surrogate, which the text of a PDF may hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _units(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    result: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return result
