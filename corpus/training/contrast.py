"""The training proper: a text's pair before all others of the batch, at every length of vector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from corpus.training.pairs import Pieces

Text = NDArray[np.int32]
RATE, WARM_UP = 0.01, 50
SCALE = 20.0
SHARED, LEFT_OUT, LEFT_OUT_OF_SECOND = 0.5, 0.1, 0.0
"""Pieces that go, so that what is left has to be found by meaning. Of every second pair, the second side loses pieces that the
first holds, each with the first chance; then each side loses pieces at a rate drawn for it, at most the second and the third."""


def train(
    vectors: NDArray[np.float32],
    tokenizer: Tokenizer,
    pairs: Mapping[str, tuple[Pieces, Pieces]],
    often: Mapping[str, float],
    steps: int,
    batch: int,
    seed: int,
) -> Iterator[tuple[int, float, NDArray[np.float32]]]:
    """Number of the step, loss and the vectors, after each step."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    module = StaticEmbedding(tokenizer, embedding_weights=vectors.copy())
    model = SentenceTransformer(modules=[module], device="cpu")
    dimensions = vectors.shape[1]
    loss = MatryoshkaLoss(
        model,
        MultipleNegativesRankingLoss(model, scale=SCALE),
        [dimensions, dimensions // 2, dimensions // 4],
    )
    optimizer = torch.optim.Adam(module.parameters(), lr=RATE)
    batches = {kind: _batches(len(sides[0]), batch, chance) for kind, sides in pairs.items()}
    kinds = sorted(pairs)
    share = np.array([often[kind] for kind in kinds], dtype=np.float64)
    for step in range(steps):
        kind = kinds[chance.choice(len(kinds), p=share / share.sum())]
        chosen = next(batches[kind])
        first, second = ([pairs[kind][side][at] for at in chosen] for side in (0, 1))
        second = [_unshared(text, other, chance) for text, other in zip(second, first, strict=True)]
        first = [_thinned(text, LEFT_OUT, chance) for text in first]
        second = [_thinned(text, LEFT_OUT_OF_SECOND, chance) for text in second]
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
        optimizer.zero_grad()
        value = loss([_features(first), _features(second)], None)
        value.backward()
        optimizer.step()
        yield step, float(value.detach()), module.embedding.weight.detach().numpy()


def _batches(count: int, batch: int, chance: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Forever: numbers below `count` in a fresh order each round; the last of a round that fill no batch are left out."""
    batch = min(batch, count)
    while True:
        order = chance.permutation(count)
        for first in range(0, count - batch + 1, batch):
            yield order[first : first + batch]


def _unshared(text: Text, other: Text, chance: np.random.Generator) -> Text:
    if chance.random() < 0.5:
        return text
    left = text[~(np.isin(text, other) & (chance.random(len(text)) < SHARED))]
    return left if len(left) > 2 else text


def _thinned(text: Text, most: float, chance: np.random.Generator) -> Text:
    """Its first piece always stays."""
    kept = chance.random(len(text)) >= most * chance.random()
    kept[0] = True
    return text[kept]


def _features(texts: Sequence[Text]) -> dict[str, Any]:
    """What the model takes: all pieces in one row, and where each text begins."""
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    flat = np.concatenate(texts).astype(np.int64)
    return {"input_ids": torch.from_numpy(flat), "offsets": torch.from_numpy(starts)}
