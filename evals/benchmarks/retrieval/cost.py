"""What encoders cost: parameters, time to load, passages a second, and milliseconds of a question.

Beside ours stands a BERT of the size of bge-small-zh with random weights: it finds nothing, but takes as long as a trained one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.encoder import Encoder, HashingEncoder, SentenceTransformerEncoder, make_encoder

TEXT = "各单位要按季度报告食品抽检合格率和特种设备检验进度，责任单位由办公室牵头，年底前完成整改。" * 6
LENGTH = 200
"""Characters of a passage."""
QUESTIONS = 30
VOCABULARY, HIDDEN, LAYERS, HEADS = 21_128, 512, 4, 8
"""bge-small-zh: 24 million parameters."""


@dataclass(frozen=True, slots=True)
class Cost:
    """load: seconds until the first vector, in this process. passages: a second. question: milliseconds, the median."""

    name: str
    dimensions: int
    load: float
    passages: float
    question: float


def cost(name: str, encoder: Encoder, passages: int) -> Cost:
    """Of an encoder that has encoded nothing yet."""
    start = time.perf_counter()
    encoder.encode([TEXT[:LENGTH]])
    load = time.perf_counter() - start
    texts = [f"{number}{TEXT[number % 40 :]}"[:LENGTH] for number in range(passages)]
    start = time.perf_counter()
    encoder.encode(texts)
    seconds = time.perf_counter() - start
    each = []
    for number in range(QUESTIONS):
        start = time.perf_counter()
        encoder.encode([f"{number}个县的食品抽检合格率要达到多少？"])
        each.append(1000 * (time.perf_counter() - start))
    return Cost(name, encoder.dimensions, load, passages / seconds, statistics.median(each))


def costs(encoder: str) -> Iterator[Cost]:
    """Of hashing, of the named one, and of the random BERT."""
    yield cost("hashing", HashingEncoder(), 2_000)
    yield cost(encoder, make_encoder(encoder), 2_000)
    with TemporaryDirectory(prefix="wennuo-bert-") as folder:
        random_bert(Path(folder))
        yield cost("BERT of bge-small-zh's size, random", SentenceTransformerEncoder(folder), 64)


def random_bert(folder: Path) -> None:
    """Write one as a folder that sentence-transformers loads: one piece a character, the first piece's vector."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[attr-defined]
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(TEXT + "0123456789个县达到多少？")]
    vocabulary = {piece: at for at, piece in enumerate(pieces)}
    BertTokenizerFast(vocab=vocabulary, model_max_length=512).save_pretrained(folder)
    config = BertConfig(
        vocab_size=VOCABULARY,
        hidden_size=HIDDEN,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=4 * HIDDEN,
    )
    BertModel(config).save_pretrained(folder)
    body = Transformer(str(folder))
    model = SentenceTransformer(modules=[body, Pooling(HIDDEN, "cls")], device="cpu")
    model.save(str(folder), create_model_card=False)


def cost_table(rows: Iterator[Cost]) -> str:
    """In columns."""
    lines = [f"{'encoder':<38}{'dimensions':>12}{'load s':>9}{'passages/s':>12}{'question ms':>13}"]
    lines += [
        f"{row.name:<38}{row.dimensions:>12}{row.load:>9.2f}{row.passages:>12,.0f}{row.question:>13.2f}"
        for row in rows
    ]
    return "\n".join(lines)
