"""The written mode over a real library and a real server: what is shown is checked, and quoting stands in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from own_library import DOCUMENTS
from scripted_endpoint import ScriptedEndpoint, answering, cut, failing, refused, silent

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn
from corpus.library import Library

CITY_2023 = next(iter(DOCUMENTS))
QUESTION = "青澜市2023年食品抽检合格率目标是多少？"
RIGHT = "食品抽检合格率不低于97%[1]。"
WRONG = "食品抽检合格率不低于99%[1]。"


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedEndpoint]:
    with ScriptedEndpoint() as running:
        yield running


@pytest.fixture
def endpoint(server: ScriptedEndpoint) -> ScriptedEndpoint:
    server.requests.clear()
    return server


@pytest.fixture
def writer(library: Library, endpoint: ScriptedEndpoint) -> Assistant:
    return make_assistant(library, endpoint.settings())


def verbatim(answer: Answer, library: Library) -> None:
    assert answer.citations
    for citation in answer.citations:
        assert library.document(citation.document).quote(citation.span) == citation.quote


def test_a_right_answer_is_shown_as_written(
    writer: Assistant, library: Library, endpoint: ScriptedEndpoint
) -> None:
    endpoint.play(answering(RIGHT))
    answer = writer.answer(QUESTION)
    assert (answer.mode, answer.status, answer.text, answer.warnings) == ("writing", "answered", RIGHT, ())
    assert [citation.document for citation in answer.citations] == [CITY_2023]
    verbatim(answer, library)


def test_the_quoted_answer_is_the_first_evidence_given(writer: Assistant, endpoint: ScriptedEndpoint) -> None:
    endpoint.play(answering(RIGHT))
    writer.answer(QUESTION)
    (request,) = endpoint.requests
    told = request["body"]["messages"][-1]["content"]
    assert told.index("编号=[1]") < told.index("不低于97%") < told.index("编号=[2]")
    assert told.endswith(QUESTION)


STANDS_IN = [
    (WRONG, "a wrong figure"),
    ("食品抽检合格率不低于97%[9]。", "evidence that was not given"),
    ("食品抽检合格率不低于97%。", "no marker"),
    ("资料中没有提到", "the model finds nothing where quoting does"),
]


@pytest.mark.parametrize("said", [row[0] for row in STANDS_IN], ids=[row[1] for row in STANDS_IN])
def test_the_quoting_answer_stands_in(
    writer: Assistant, assistant: Assistant, library: Library, endpoint: ScriptedEndpoint, said: str
) -> None:
    endpoint.play(answering(said))
    answer = writer.answer(QUESTION)
    assert answer.text == assistant.answer(QUESTION).text
    assert answer.mode == "quoting"
    assert "以下为直接摘录原文的回答" in answer.warnings[-1]
    verbatim(answer, library)


FAILS = [
    (failing(500), "the server fails"),
    (failing(401), "the key is refused"),
    (cut("食品抽检"), "the connection breaks before a sentence is done"),
    (cut(f"{RIGHT}全年完成"), "the connection breaks after a sentence"),
    (answering(""), "nothing is said"),
]


@pytest.mark.parametrize("script", [row[0] for row in FAILS], ids=[row[1] for row in FAILS])
def test_a_failing_endpoint_leaves_the_quoting_answer(
    writer: Assistant, assistant: Assistant, endpoint: ScriptedEndpoint, script: object
) -> None:
    endpoint.play(script)  # type: ignore[arg-type]
    answer = writer.answer(QUESTION)
    quoted = assistant.answer(QUESTION)
    assert (answer.text, answer.mode, answer.citations) == (quoted.text, "quoting", quoted.citations)
    assert answer.warnings[-1].endswith("以下为直接摘录原文的回答。")


def test_an_endpoint_that_is_down(library: Library) -> None:
    answer = make_assistant(library, refused()).answer(QUESTION)
    assert answer.mode == "quoting"
    assert "97%" in answer.text
    assert "连不上模型服务" in answer.warnings[0]
    assert "password" not in answer.warnings[0]


def test_an_endpoint_that_is_slow(library: Library, endpoint: ScriptedEndpoint) -> None:
    endpoint.play(silent(5))
    answer = make_assistant(library, endpoint.settings(timeout=0.3)).answer(QUESTION)
    assert answer.mode == "quoting"
    assert "没有在0.3秒内答完" in answer.warnings[0]


def test_sentences_are_shown_once_they_are_checked(
    writer: Assistant, library: Library, endpoint: ScriptedEndpoint
) -> None:
    endpoint.play(answering(f"{RIGHT}{WRONG}全年完成食品抽检5200批次[1]。", size=4))
    shown = list(writer.stream(QUESTION))
    assert shown[0].text == RIGHT
    for answer in shown:
        assert "99%" not in answer.text
        assert answer.mode == "writing"
        verbatim(answer, library)
    assert shown[-1].text == f"{RIGHT}全年完成食品抽检5200批次[1]。"
    assert shown[-1].warnings
    lengths = [len(answer.text) for answer in shown]
    assert lengths == sorted(lengths)


def test_a_shown_sentence_gives_way_when_the_endpoint_breaks_off(
    writer: Assistant, endpoint: ScriptedEndpoint
) -> None:
    endpoint.play(cut(f"{RIGHT}全年"))
    *_, last = writer.stream(QUESTION)
    assert last.mode == "quoting"
    assert last.warnings


def test_a_reader_who_leaves_early_ends_the_request(writer: Assistant, endpoint: ScriptedEndpoint) -> None:
    endpoint.play(answering(RIGHT * 20))
    stream = writer.stream(QUESTION)
    assert next(stream).text.startswith(RIGHT)
    stream.close()  # type: ignore[attr-defined]


def test_no_evidence_no_request(writer: Assistant, endpoint: ScriptedEndpoint) -> None:
    assert writer.answer("").status == "not_found"
    assert endpoint.requests == []


def test_a_masked_figure_stays_masked(writer: Assistant, endpoint: ScriptedEndpoint) -> None:
    endpoint.play(answering("药品抽检合格率达到XX%以上[1]，资料隐去了具体数字[1]。"))
    answer = writer.answer("青澜市2024年药品抽检合格率要达到多少？")
    assert (answer.status, answer.mode) == ("masked", "writing")
    assert "XX%" in answer.text


def test_the_conversation_is_told_without_its_markers(writer: Assistant, endpoint: ScriptedEndpoint) -> None:
    endpoint.play(answering(RIGHT))
    first = writer.answer(QUESTION)
    writer.answer("那2024年呢？", [Turn(QUESTION, first)])
    messages = endpoint.requests[-1]["body"]["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user"]
    assert messages[1]["content"] == QUESTION
    assert "[1]" not in messages[2]["content"]
    assert "2024年" in messages[3]["content"].rpartition("问题：")[2]
