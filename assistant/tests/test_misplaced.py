"""Whether a place said a thing that another one said."""

from __future__ import annotations

import pytest
from baiyu_library import COUNTY_NAME, DOCUMENTS
from own_library import DOCUMENTS as OWN
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.misplaced import misplaced
from assistant.question import Scope, understand

SCOPE = Scope(documents=frozenset(name for name in (*DOCUMENTS, *OWN) if name != COUNTY_NAME))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("misplaced") / "home", {**DOCUMENTS, **OWN}))


@pytest.mark.parametrize(
    ("question", "quote", "place"),
    [
        ("“一店一码”是白屿市方案里说的吧？", "推行“一店一码”", "白屿"),
        ("“一码通查”是不是临汐县要点里提的？", "推进“一码通查”系统上线", "临汐"),
        ("“三查三改”是松泽县的讲话里说的吗？", "推行“三查三改”工作法", "松泽"),
    ],
)
def test_where_another_place_says_it(assistant: Assistant, question: str, quote: str, place: str) -> None:
    answer = assistant.answer(question)
    assert answer.status == "answered"
    assert quote in answer.citations[0].quote
    term = question[: question.index("”") + 1]
    assert f"{place}的资料中没有说到{term}" in answer.text


def test_the_quote_tells_whose_it_is(assistant: Assistant) -> None:
    assert assistant.answer("“一店一码”是白屿市方案里说的吧？").text.startswith("临汐县：")


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("“一店一码”是临汐县要点里说的吧？", "the named one says it"),
        ("“食品抽检合格率”是松泽县讲话里说的吧？", "both say it"),
        ("“一店二码”是白屿市方案里说的吧？", "nobody says it"),
        ("“一店一码”在白屿市方案里是什么意思？", "it is not asked whether"),
        ("“一店一码”是方案里说的吧？", "no place is named"),
        ("白屿市的方案里说推行一店一码了吧？", "no term is quoted"),
        ("“一店”是白屿市方案里说的吧？", "a term too short to be one's own"),
        ("“一店一码”是青岚市说的吧？", "of the named place there is no document"),
    ],
    ids=lambda each: each if each.isascii() else "",
)
def test_none_where_nothing_is_misplaced(assistant: Assistant, question: str, why: str) -> None:
    asked = understand(question)
    assert misplaced(assistant.composer, asked, assistant.retriever.evidence(asked)) is None


def test_what_the_reader_may_not_see_is_not_quoted(assistant: Assistant) -> None:
    asked = understand("“一店一码”是白屿市方案里说的吧？")
    within = assistant.retriever.evidence(asked, SCOPE)
    assert within.within == SCOPE.documents
    assert misplaced(assistant.composer, asked, within) is None
    answer = assistant.answer(asked.text, scope=SCOPE)
    assert COUNTY_NAME not in {citation.document for citation in answer.citations}


def test_within_what_the_reader_sees_it_is_found(assistant: Assistant) -> None:
    asked = understand("“三查三改”是松泽县的讲话里说的吗？")
    draft = misplaced(assistant.composer, asked, assistant.retriever.evidence(asked, SCOPE))
    assert draft is not None
    assert draft.quotes[0].document.name == "青澜市局2023年工作要点.txt"
