"""Documents that others name: how names are read, what counts, and that a fused search heeds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import search
from corpus.citing import bare, citations, named_in
from corpus.document import Document, Inferred
from corpus.encoder import HashingEncoder
from corpus.library import Library
from corpus.passage import Passage
from corpus.settings import LibrarySettings
from corpus.tests.store_fakes import made

SAID = "餐饮服务提供者应当公开加工过程。\n"
LAW = "国家餐饮条例.txt"
TOWN = "东山镇餐饮规定.txt"
NOTE = "备忘.txt"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("产品质量法", "产品质量法"),
        ("中华人民共和国产品质量法", "产品质量法"),
        ("中华人民共和国产品质量法（2018年修正）", "产品质量法"),
        ("关于审理案件的解释（一）", "关于审理案件的解释一"),
        ("“稳梯固罐”专项\n行动方案", "稳梯固罐专项行动方案"),
        ("产品质量法第四十九条", "产品质量法"),
        ("刑法第一百三十三条之一", "刑法"),
        ("……", ""),
    ],
)
def test_bare(title: str, expected: str) -> None:
    assert bare(title) == expected


def test_names_stand_between_marks() -> None:
    assert named_in("按《甲法》《甲法》和乙法办理，《\n丙\n条例》除外，《》无名") == {"甲法", "丙条例"}
    assert named_in("没有书名号") == frozenset()


def test_each_title_counts_once_and_none_for_itself() -> None:
    called = {
        1: ("甲法",),
        2: ("甲法（2020年修正）",),
        3: ("乙办法",),
        4: ("丙办法", "丙"),
        5: ("丙办法", "丙"),
        6: ("",),
    }
    law = frozenset({"甲法"})
    named = {1: law, 2: frozenset(), 3: law | {"丁"}, 4: law, 5: law, 6: frozenset({"丙"})}
    assert citations(called, named) == {1: 2, 2: 2, 4: 1, 5: 1}
    assert citations({}, {}) == {}


def titled(name: str, text: str, title: str) -> tuple[Document, tuple[Passage, ...]]:
    document, passages = made(name, text, context="条文")
    return replace(
        document, metadata=replace(document.metadata, title=Inferred(title, 1.0, "text"))
    ), passages


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two documents that say the same, under names of which the place's sorts first, and two that name the other one."""
    with Library.open(LibrarySettings(tmp_path / "home"), write=True, encoder=HashingEncoder(64)) as opened:
        opened.put(*made(TOWN, f"总则\n{SAID}", context="条文"))
        opened.put(*made(LAW, f"总则\n{SAID}", context="条文"))
        opened.put(*made("一号通知.txt", "各所按《国家餐饮条例》办理。\n"))
        opened.put(*made("二号通知.txt", "违反《国家餐饮条例》的，依法处理。\n"))
        yield opened


def first(library: Library) -> str:
    """The document of the first passage that says it."""
    found = library.search("餐饮服务公开加工过程", k=10)
    return next(scored.passage.document for scored in found if scored.passage.text in SAID)


def test_what_others_name_comes_first(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert first(library) == LAW
    monkeypatch.setattr(search, "CITED", 0.0)
    assert first(library) == TOWN


def test_a_title_is_as_good_as_a_name(library: Library) -> None:
    library.put(*titled(TOWN, f"通则\n{SAID}", "东山镇餐饮规定（试行）"))
    for number in range(6):
        library.put(*made(f"{number}.txt", f"第{number}次会议学习《东山镇餐饮规定（试行）》。\n"))
    assert first(library) == TOWN


def test_counts_follow_what_comes_and_goes(library: Library) -> None:
    cited = library._search._proposer._citations
    assert cited.counts() == {LAW: 2}
    library.put(*made("二号通知.txt", "另行通知。\n"))
    library.put(*made(NOTE, "见《一号通知》。\n"))
    assert cited.counts() == {LAW: 1, "一号通知.txt": 1}
    library.remove("一号通知.txt")
    assert cited.counts() == {}


def test_what_is_hidden_names_nothing(library: Library) -> None:
    library.set_collection("内部", "admin")
    for name in ("一号通知.txt", "二号通知.txt"):
        library.assign(name, ["内部"])
    assert first(library.seen_by("reader")) == TOWN
    assert first(library) == LAW


def test_nothing_is_counted_before_there_is_a_library(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path / "none"), encoder=HashingEncoder(64)) as empty:
        assert empty.search("餐饮") == ()
        assert empty._search._proposer._citations.counts() == {}
