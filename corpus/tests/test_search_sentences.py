"""A passage counts by its likest sentence, too: what stands around that sentence does not blur it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import search
from corpus.document import Document, Span
from corpus.encoder import HashingEncoder
from corpus.library import Library
from corpus.passage import Passage
from corpus.search import of_sentences
from corpus.settings import LibrarySettings
from corpus.tests.store_fakes import made

ASKED = "电梯检验多少台"
LETTERS = "电梯检验多少台食堂巡查三次"


class Letters(HashingEncoder):
    """Sees which of a few characters a text holds, and how many times; every text is aligned alike."""

    def __init__(self) -> None:
        super().__init__(64)
        self.asked: list[Sequence[str]] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(texts)
        rows = [[float(text.count(letter)) for letter in LETTERS] for text in texts]
        return np.array([[*row, *[0.0] * (64 - len(row))] for row in rows], dtype=np.float32)

    def alignment(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.zeros(len(texts))


def test_the_likest_sentence_of_each_text() -> None:
    texts = ["食堂巡查三次。电梯检验多少台。食堂巡查三次。", "食堂巡查三次。", "电梯检验三次。食堂三次。"]
    likest = of_sentences(Letters(), ASKED, texts)
    assert likest[0] == pytest.approx(1.0)
    assert likest[1] == pytest.approx(0.0)
    assert 0.0 < likest[2] < 1.0


def test_a_text_without_sentences_counts_as_a_whole() -> None:
    likest = of_sentences(Letters(), ASKED, ["", "电梯检验多少台", "\n"])
    assert likest.shape == (3,)
    assert likest[1] == pytest.approx(1.0)


def test_all_sentences_are_encoded_at_once() -> None:
    encoder = Letters()
    of_sentences(encoder, ASKED, ["食堂巡查。电梯检验。", "食堂三次。"])
    assert [len(texts) for texts in encoder.asked] == [1, 3]


BLURRED = "电梯检验多少台。食堂巡查三次。食堂巡查三次。食堂巡查三次。"
AS_A_WHOLE = "电梯检验。检验多少。多少台。梯检验多少。电梯。多少台。"


def one_passage(name: str, text: str) -> tuple[Document, tuple[Passage, ...]]:
    document, passages = made(name, text)
    return document, (replace(passages[0], span=Span(0, len(text)), text=text),)


def test_a_passage_of_which_one_sentence_fits_goes_before_one_that_fits_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(LibrarySettings(tmp_path / "home"), write=True, encoder=Letters()) as library:
        library.put(*one_passage("一句.txt", BLURRED))
        library.put(*one_passage("大体.txt", AS_A_WHOLE))
        monkeypatch.setattr(search, "SENTENCE", 0.0)
        before = library.search(ASKED, k=2)
        monkeypatch.setattr(search, "SENTENCE", 100.0)
        after = library.search(ASKED, k=2)
    assert [scored.passage.document for scored in before] == ["大体.txt", "一句.txt"]
    assert [scored.passage.document for scored in after] == ["一句.txt", "大体.txt"]
    assert [scored.score for scored in after] == [scored.score for scored in before]
