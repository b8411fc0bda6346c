"""An assistant over a restricted library answers as if what its role does not see had never been taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from own_library import DOCUMENTS, stored

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn
from corpus.library import Library
from ingest.commitments import extract
from ingest.pipeline import build

HIDDEN = ("青澜市局2024年会议讲话.txt", "青澜市局2024年督查台账.xlsx", "松泽县局2024年工作要点.txt")
QUESTIONS = (
    "青澜市2024年食品抽检合格率要达到多少？",
    "青澜市2023年食品抽检完成了多少批次？",
    "开办企业时间压缩到几个工作日？",
    "什么是“质量门诊”？",
    "“四减”改革减什么？",
    "松泽县2024年个体工商户要突破多少？",
    "松泽县2023年个体工商户总量目标是多少？",
    "外卖食安封签示范店由谁牵头？",
    "哪些任务没有责任单位？",
    "2024年有哪些承诺？",
    "青澜市和松泽县食品抽检合格率的目标分别是多少？",
    "校园食堂排查什么时候完成？",
    "抓落实有哪几条要求？",
)


@pytest.fixture(scope="module")
def restricted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with filled(tmp_path_factory.mktemp("restricted") / "home") as library:
        library.set_collection("内部", "curator")
        for name in HIDDEN:
            library.assign(name, ["内部"])
        yield library


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with filled(tmp_path_factory.mktemp("without") / "home") as library:
        for name in HIDDEN:
            library.remove(name)
        yield library


def filled(home: Path) -> Library:
    library = stored(home, {})
    for name, data in DOCUMENTS.items():
        document, passages = build(name, data)
        library.put(document, passages, "", extract(document))
    return library


def plain(answer: Answer) -> Answer:
    return replace(answer, elapsed=0.0)


def test_each_answer_is_that_of_a_library_without_it(restricted: Library, without: Library) -> None:
    reader, bare = make_assistant(restricted.seen_by("reader")), make_assistant(without)
    for question in QUESTIONS:
        answer = reader.answer(question)
        assert plain(answer) == plain(bare.answer(question)), question
        assert not {citation.document for citation in answer.citations} & set(HIDDEN)
        found = reader.search(question, k=50)
        assert [hit.passage for hit in found] == [hit.passage for hit in bare.search(question, k=50)]
    assert reader.starters(6) == bare.starters(6)
    assert restricted.seen_by("reader").frequencies(["质量", "门诊"]) == without.frequencies(["质量", "门诊"])


def test_curators_and_administrators_are_answered_from_all(restricted: Library) -> None:
    whole, curator = make_assistant(restricted), make_assistant(restricted.seen_by("curator"))
    for question in QUESTIONS:
        assert plain(curator.answer(question)) == plain(whole.answer(question))


def test_a_conversation_begun_with_more_rights_gives_nothing_away(restricted: Library) -> None:
    whole, reader = make_assistant(restricted), make_assistant(restricted.seen_by("reader"))
    first = "青澜市2024年会议讲话里，食品抽检合格率要达到多少？"
    turn = Turn(first, whole.answer(first))
    assert {citation.document for citation in turn.answer.citations} & set(HIDDEN)
    for follow in ("药品呢？", "还有呢？", "这份资料还说了什么？"):
        answer = reader.answer(follow, [turn])
        assert not {citation.document for citation in answer.citations} & set(HIDDEN), follow


def test_an_assistant_that_is_held_follows_the_collections(restricted: Library) -> None:
    reader: Assistant = make_assistant(restricted.seen_by("reader"))
    question = "什么是“质量门诊”？"
    try:
        restricted.set_collection("内部", "reader")
        assert reader.answer(question).status == "answered"
        restricted.set_collection("内部", "curator")
        assert not {citation.document for citation in reader.answer(question).citations} & set(HIDDEN)
    finally:
        restricted.set_collection("内部", "curator")
