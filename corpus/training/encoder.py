"""Make the weights of the built-in encoder: python -m corpus.training.encoder --data FOLDER --out FOLDER.

Reads the files that `corpus.training.sources` names from --data, and writes a folder that sentence-transformers loads and that
`StaticEncoder` reads without it. On one core it takes some five minutes and 3 GB. The same data, seed and versions
give the same weights on the same kind of machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.errors import WenNuoError
from corpus.settings import silence_telemetry
from corpus.static_encoder import TOKENIZER, WEIGHTS
from corpus.training.cooccurrence import first_vectors
from corpus.training.pairs import KINDS, Pieces, in_pieces, make_pairs
from corpus.training.sources import Sources, read_sources
from corpus.training.vocabulary import train_tokenizer

STEP = 127
"""A component is stored as a whole number of at most this, and a step for each row."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How large, how long, and from which seed."""

    pieces: int = 20_000
    dimensions: int = 256
    steps: int = 1_000
    batch: int = 1_024
    seed: int = 5


def make(sources: Sources, recipe: Recipe, out: Path) -> None:
    """Train, and write the folder; tells on stderr how far it is."""
    silence_telemetry()
    tokenizer = train_tokenizer(sources.texts(), recipe.pieces)
    tell(f"{tokenizer.get_vocab_size()} pieces")
    pairs = {
        kind: in_pieces(found, tokenizer)
        for kind, found in make_pairs(sources, recipe.seed).items()
        if len(found) > 1
    }
    tell(", ".join(f"{len(sides[0])} of {kind}" for kind, sides in pairs.items()))
    texts = [text for _, seconds in pairs.values() for text in seconds]
    vectors = first_vectors(texts, tokenizer.get_vocab_size(), recipe.dimensions, recipe.seed)
    tell("first vectors")
    write(out, tokenizer, _trained(vectors, tokenizer, pairs, recipe))
    tell(f"written to {out}")


def _trained(
    vectors: NDArray[np.float32],
    tokenizer: Tokenizer,
    pairs: dict[str, tuple[Pieces, Pieces]],
    recipe: Recipe,
) -> NDArray[np.float32]:
    from corpus.training.contrast import train

    often = {kind: KINDS[kind] for kind in pairs}
    losses: list[float] = []
    for step, loss, now in train(vectors, tokenizer, pairs, often, recipe.steps, recipe.batch, recipe.seed):
        losses.append(loss)
        if step % 100 == 99:
            tell(f"step {step + 1}: loss {np.mean(losses[-100:]):.3f}")
        vectors = now
    return vectors


def write(out: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """The folder: modules and settings as sentence-transformers saves them, and our rows of whole numbers.

    `embeddings` (int8) times `weights` (a step for each row) is what its loader reads as the vectors too.
    """
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    modules: list[Any] = [StaticEmbedding(tokenizer, embedding_weights=vectors), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(out), create_model_card=False)
    steps = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / STEP
    rows = np.round(vectors / steps[:, None]).astype(np.int8)
    save_file({"embeddings": rows, "weights": steps.astype(np.float32)}, out / WEIGHTS)
    tokenizer.save(str(out / TOKENIZER), pretty=False)


def tell(words: str) -> None:
    """One line on stderr, with the time."""
    print(time.strftime("%H:%M:%S"), words, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, and return the exit code."""
    usual = Recipe()
    parser = argparse.ArgumentParser(prog="python -m corpus.training.encoder", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for name in ("pieces", "dimensions", "steps", "batch", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    options = vars(parser.parse_args(arguments))
    data, out = options.pop("data"), options.pop("out")
    try:
        make(read_sources(data), Recipe(**options), out)
    except WenNuoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
