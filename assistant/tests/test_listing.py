"""Lists as they stand in official prose, and which of them a question asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from baiyu_library import DOCUMENTS
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.draft import Draft
from assistant.enumerating import _grouped
from assistant.explaining import explains_itself
from assistant.listing import NEAR, items_of
from assistant.question import understand
from corpus.document import Document
from corpus.text import sentences
from ingest.pipeline import build

SPEECH = """在白屿市市场监督管理局2025年工作会议上的讲话
同志们：
今天我讲三点意见。
一、肯定成绩
一年来，队伍面貌有了变化：
在思想上，更加注重读书学习和调查研究。在方法上，更加注重数据说话和部门会商。执法装备也更新了一批。在作风上，更加注重当日事当日毕和件件有回音。
当前面临的挑战：一是基层人手少，二是检测设备旧，三是专项经费紧。这些都要正视。全省提出的“六个新高”要牢牢记住。
二、今年的任务
办好六件实事：
（一）建快检室
（二）改老旧电梯
（三）检血压计
（四）培育商标
（五）修复信用
（六）规范价格
三、几点要求
落实责任要做到：
一是领导带头。
二是部门联动。
（一）食品科负责食堂。
（二）特设科负责电梯。
充电桩、智能表、电子秤“新三样”检定全覆盖。
"""
NAME = "白屿市局2025年会议讲话.txt"
DEEDS = [
    "（一）建快检室",
    "（二）改老旧电梯",
    "（三）检血压计",
    "（四）培育商标",
    "（五）修复信用",
    "（六）规范价格",
]
CHALLENGES = ["一是基层人手少", "二是检测设备旧", "三是专项经费紧"]
CHANGES = [
    "在思想上，更加注重读书学习和调查研究",
    "在方法上，更加注重数据说话和部门会商",
    "在作风上，更加注重当日事当日毕和件件有回音",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("listing") / "home", {NAME: SPEECH.encode()}))


def items(document: Document, begins: str, count: int = 0) -> list[str]:
    """What the sentence that begins so leads in."""
    (unit,) = (span for span in sentences(document.text) if document.quote(span).strip().startswith(begins))
    return [document.quote(span).strip("，。\n") for span in items_of(document, unit, count)]


def made(text: str) -> Document:
    return build("白屿市局2025年方案.txt", f"白屿市市场监督管理局2025年方案\n{text}".encode())[0]


@pytest.mark.parametrize(
    ("begins", "count", "listed"),
    [
        ("落实责任", 0, ["一是领导带头", "二是部门联动"]),  # not what is numbered in another way behind them
        ("落实责任", 2, ["一是领导带头", "二是部门联动"]),
        ("当前面临", 0, CHALLENGES),  # inside the sentence
        ("当前面临", 3, CHALLENGES),
        ("当前面临", 4, CHALLENGES),  # miscounted by one
        ("当前面临", 5, []),
        ("一年来", 0, CHANGES),  # without 执法装备, which begins otherwise
        ("办好六件", 0, DEEDS),
        ("今天我讲", 3, ["一、肯定成绩", "二、今年的任务", "三、几点要求"]),
        ("充电桩", 0, []),
    ],
)
def test_what_a_sentence_leads_in(begins: str, count: int, listed: list[str]) -> None:
    assert items(build(NAME, SPEECH.encode())[0], begins, count) == listed


@pytest.mark.parametrize(
    ("paragraph", "listed"),
    [
        ("从源头看，责任要明。从过程看，检查要严。", ["从源头看，责任要明", "从过程看，检查要严"]),
        ("从源头看，责任要明。从过程上，检查要严。", []),  # begun alike, and led on otherwise
        ("在思想上，更加注重学习。执法装备更新了。", []),  # one alone
        ("在思想上，更加注重学习。对群众，多办实事。", []),  # not alike
        ("思想上更加注重学习。方法上更加注重调研。", []),  # no frame
        ("", []),
    ],
)
def test_sentences_that_begin_alike(paragraph: str, listed: list[str]) -> None:
    assert items(made(f"这样要求：\n{paragraph}\n另外，抓紧落实。\n"), "这样要求") == listed


@pytest.mark.xfail(
    raises=AssertionError,
    strict=True,
    reason=f"a list within {NEAR} characters behind another sentence is taken",
)
def test_sentences_that_begin_alike_before_a_list_of_something_else() -> None:
    text = (
        "变化有这些：\n从源头看，责任明了。从过程看，检查严了。\n当前面临的挑战：一是人手少，二是设备旧。\n"
    )
    assert items(made(text), "变化有这些") == ["从源头看，责任明了", "从过程看，检查严了"]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("白屿市面临哪些挑战？", CHALLENGES),
        ("白屿市今年要办的六件实事是哪些？", DEEDS),
        ("白屿市今年要办的实事，前四项是什么？", DEEDS[:4]),
        ("白屿市今年要办的实事前三件是哪些？", DEEDS[:3]),
        ("落实责任要做到哪两点？", ["一是领导带头", "二是部门联动"]),
    ],
)
def test_the_list_that_is_asked_for(assistant: Assistant, question: str, quoted: list[str]) -> None:
    assert [citation.quote for citation in assistant.answer(question).citations] == quoted


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("scheme") / "home", DOCUMENTS))


@pytest.mark.parametrize("question", ["白屿市重点行动的前三项是什么？", "白屿市重点行动前三项有哪些？"])
def test_the_first_few_of_what_no_colon_leads_in(scheme: Assistant, question: str) -> None:
    quoted = [citation.quote for citation in scheme.answer(question).citations]
    assert quoted == ["（一）校园食堂清源行动", "（二）电梯安心行动", "（三）计量惠民行动"]


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="two are too few to look for a list")
def test_the_first_two(scheme: Assistant) -> None:
    assert len(scheme.answer("质量提升方案里重点行动的前两项是哪些？").citations) == 2


@pytest.mark.xfail(
    raises=AssertionError, strict=True, reason="the number of the whole list is taken for what is asked"
)
def test_the_first_few_of_a_list_whose_number_is_named(assistant: Assistant) -> None:
    answer = assistant.answer("白屿市六件实事的前四项是哪些？")
    assert [citation.quote for citation in answer.citations] == DEEDS[:4]


@pytest.mark.parametrize(
    "question", ["“六个突破”是哪六个？", "白屿市讲话里的“六个新高”是哪六项？", "“六大工程”是哪六大？"]
)
def test_no_list_answers_for_a_coined_term_that_it_is_not_called_by(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.answer(question)
    assert not [citation for citation in answer.citations if citation.quote in DEEDS and not answer.abstained]


def test_no_list_is_led_in_for_a_term_that_stands_nowhere(tmp_path: Path) -> None:
    text = "白屿市市场监督管理局2025年方案\n一、任务\n实现“两个新高”，办好三件实事：\n（一）建快检室\n（二）改老旧电梯\n（三）检血压计\n"
    with stored(tmp_path / "home", {NAME: text.encode()}) as library:
        answer = make_assistant(library).answer("“三个新高”是哪三个？")
    assert answer.abstained


def test_a_list_that_holds_the_rest_of_a_question_is_not_called_by_its_term(tmp_path: Path) -> None:
    text = SPEECH.replace("办好六件实事：", "今年的六项重点任务这样安排。")
    with stored(tmp_path / "home", {NAME: text.encode()}) as library:
        retriever = make_assistant(library).retriever

        def grouped(asked: str) -> Draft | None:
            question = understand(asked)
            found = retriever.evidence(question)
            others = tuple(term for term in found.terms if term.word not in question.quoted)
            return _grouped(library, question, replace(found, terms=others))

        assert grouped("重点任务是哪六项？") is not None
        assert grouped("“六个新高”重点任务是哪六项？") is None


@pytest.mark.parametrize("question", ["“六件实事”是哪六件？", "白屿市讲话里的“六件实事”是什么？"])
def test_the_list_that_is_called_so_answers(assistant: Assistant, question: str) -> None:
    assert [citation.quote for citation in assistant.answer(question).citations] == DEEDS


def test_a_sentence_that_counts_with_the_clause_that_names(tmp_path: Path) -> None:
    text = "白屿市市场监督管理局2025年方案\n一、任务\n落实三方安全责任。属地、部门、企业各负其责。\n建设快检室。\n"
    with stored(tmp_path / "home", {NAME: text.encode()}) as library:
        answer = make_assistant(library).answer("要落实哪三方安全责任？")
    assert [citation.quote for citation in answer.citations] == ["落实三方安全责任。属地、部门、企业各负其责"]


@pytest.mark.parametrize(
    ("term", "text", "says"),
    [
        ("新三样", "充电桩、智能表、电子秤“新三样”检定全覆盖", True),
        ("新三样", "抓好充电桩、智能表和电子秤等“新三样”检定", True),
        ("新三样", "各县局要跟进，充电桩、智能表、电子秤“新三样”", True),
        ("新三样", "充电桩、智能表“新三样”检定", False),  # two
        ("新三样", "充电桩、智能表、电子秤、加油机“新三样”检定", False),  # four
        ("新三样", "“新三样”检定全覆盖", False),
        ("新三样", "充电桩、智能表、电子秤检定，“新三样”监管", False),  # not right before it
        ("新三样", "充电桩、表、秤“新三样”检定", False),  # what names nothing
        (
            "新三样",
            "对充电桩、智能表、全市农贸市场在用的各类电子计价秤“新三样”检定",
            False,
        ),  # more than a thing
        ("一码通", "充电桩、智能表“一码通”", False),  # counts nothing
    ],
)
def test_things_right_before_a_term_say_what_it_means(term: str, text: str, says: bool) -> None:
    assert explains_itself(term, text) is says


def test_a_term_is_explained_by_the_things_before_it(assistant: Assistant) -> None:
    answer = assistant.answer("“新三样”是什么？")
    assert answer.status == "answered"
    assert "充电桩、智能表、电子秤“新三样”" in answer.text
    assert assistant.answer("“新四样”是什么？").status == "not_found"
