"""Documents, and an encoder that looks closer, put the first passages of a fused search in another order, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import search
from corpus.encoder import HashingEncoder
from corpus.library import Library
from corpus.settings import LibrarySettings
from corpus.tests.store_fakes import SPEECH, made


class Lover(HashingEncoder):
    """Finds the query wholly in texts that hold one word, and not at all in others."""

    def __init__(self, word: str) -> None:
        super().__init__(64)
        self.word = word
        self.seen: list[int] = []

    def alignment(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        self.seen.append(len(texts))
        return np.array([float(self.word in text) for text in texts])


@pytest.fixture
def home(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(tmp_path / "home")


def found(home: LibrarySettings, encoder: HashingEncoder, k: int = 7) -> list[tuple[str, float]]:
    with Library.open(home, write=True, encoder=encoder) as library:
        library.put(*made("讲话.txt", SPEECH))
        return [(scored.passage.text, scored.score) for scored in library.search("食品抽检合格率", k=k)]


def test_order_changes_and_scores_stay_in_their_places(
    home: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = found(home, HashingEncoder(64))
    loved = plain[-1][0]
    lover = Lover(loved)
    monkeypatch.setattr(search, "ALIGNMENT", 100.0)
    monkeypatch.setattr(search, "SENTENCE", 0.0)  # only alignment may move any
    aligned = found(home, lover)
    assert aligned[0][0] == loved
    assert [text for text, _ in aligned[1:]] == [text for text, _ in plain if text != loved]
    assert [score for _, score in aligned] == [score for _, score in plain]
    assert found(home, lover, 2) == aligned[:2]


def test_only_the_first_are_looked_at(home: LibrarySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = found(home, HashingEncoder(64))
    monkeypatch.setattr(search, "HEAD", 3)
    monkeypatch.setattr(search, "ALIGNMENT", 100.0)
    monkeypatch.setattr(search, "SENTENCE", 0.0)
    lover = Lover(plain[-1][0])
    assert found(home, lover) == plain
    assert lover.seen == [3]


def test_the_document_that_speaks_of_it_again_and_again_comes_first(
    home: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same sentence in two documents: without their company the names decide, with it the document of electrical lifts."""
    said = "电梯检验由设备科负责。\n"
    with Library.open(home, write=True, encoder=HashingEncoder(64)) as library:
        library.put(*made("一.txt", f"会议纪要\n{said}午饭由食堂准备。\n散会后打扫会场。\n"))
        library.put(*made("二.txt", f"电梯安全\n{said}电梯检验每年一次。\n电梯检验报告存档。\n"))

        def first() -> str:
            return next(
                s.passage.document
                for s in library.search("电梯检验谁负责")
                if s.passage.text.strip() == said.strip()
            )

        monkeypatch.setattr(search, "DOCUMENT", 0.0)
        assert first() == "一.txt"
        monkeypatch.setattr(search, "DOCUMENT", 0.6)
        assert first() == "二.txt"
        monkeypatch.setattr(
            search, "HEAD", 2
        )  # ten are asked for: more than the head, and so by their own scores
        assert first() == "一.txt"
