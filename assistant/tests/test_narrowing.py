"""Follow-ups for a day or a body: what stands beside the sentence just quoted, and what is asked of another task."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from own_library import stored

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn, ordinal_in, resolve
from assistant.narrowing import NEAR, beside
from assistant.question import understand

FAR = "检查结果向社会公布。" * (NEAR // 10 + 5)
PLAN = f"""白屿市市场监督管理局2025年工作要点
一、重点任务
（一）建设农贸市场快检室
农贸市场快检室建设20间，10月底前完成。快检室日常管理由市场科负责。
（二）改造老旧电梯
老旧电梯改造300台。改造资金及时拨付。工程于11月中旬完工。街道办要求安装扶手。改造工作由特设科牵头。
（三）培育商标
商标培育12件，由知识产权科负责，12月底前完成。
（四）信用修复
信用修复两类企业。
（五）明码标价
景区检查40家。{FAR}价格科负责检查，9月底前完成。
（六）按月报送
各责任单位由办公室负责催报，责任单位按月报送。
"""
NAME = "白屿市局2025年工作要点.txt"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("narrowing") / "home", {NAME: PLAN.encode()}))


def first_beside(assistant: Assistant, asked: str, before: str, anchors: int = 1) -> str | None:
    """The sentence that goes first for a follow-up, after the answer to the question before."""
    cited = assistant.answer(before).citations[:anchors]
    question = understand(asked, context=before)
    found = beside(question, assistant.retriever.evidence(question, anchors=cited), cited)
    return None if found is None else found.units[0].text.strip()


LIFTS = "白屿市老旧电梯改造多少台？"


@pytest.mark.parametrize(
    ("asked", "before", "first"),
    [
        ("什么时候完成？", LIFTS, "工程于11月中旬完工。"),  # no sentence that says 及时
        ("那责任单位呢？", LIFTS, "改造工作由特设科牵头。"),  # no 街道办要求
        ("由谁负责？", "白屿市快检室建设多少间？", "快检室日常管理由市场科负责。"),
        ("什么时候完成？", "白屿市商标培育多少件？", "商标培育12件，由知识产权科负责，12月底前完成。"),
        ("什么时候完成？", "白屿市信用修复几类企业？", None),  # another section's
        ("由谁负责？", "白屿市信用修复几类企业？", None),
        ("由谁负责？", "白屿市景区检查多少家？", None),  # too far away
        ("改造多少台？", LIFTS, None),  # a figure
    ],
)
def test_what_stands_beside(assistant: Assistant, asked: str, before: str, first: str | None) -> None:
    assert first_beside(assistant, asked, before) == first


def test_nothing_is_beside_nothing(assistant: Assistant) -> None:
    assert first_beside(assistant, "什么时候完成？", LIFTS, anchors=0) is None
    cited = assistant.answer(LIFTS).citations
    alone = understand("老旧电梯改造什么时候完成？")
    assert beside(alone, assistant.retriever.evidence(alone, anchors=cited), cited) is None


def test_what_was_quoted_of_another_revision_tells_nothing(assistant: Assistant) -> None:
    (cited, *_) = assistant.answer(LIFTS).citations
    question = understand("什么时候完成？", context=LIFTS)
    evidence = assistant.retriever.evidence(question, anchors=[cited])
    assert beside(question, evidence, [replace(cited, revision="0" * 64)]) is None


def test_what_stands_beside_is_shown_alone(assistant: Assistant) -> None:
    cited = assistant.answer(LIFTS).citations
    question = understand("那责任单位呢？", context=LIFTS)
    found = beside(question, assistant.retriever.evidence(question, anchors=cited), cited)
    assert found is not None
    assert found.alone
    assert len({(unit.document, unit.span) for unit in found.units}) == len(found.units)


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        (LIFTS, "那责任单位呢？", "改造工作由特设科牵头"),
        (LIFTS, "由谁负责？", "改造工作由特设科牵头"),
        ("白屿市快检室建设多少间？", "责任科室是谁？", "由市场科负责"),
    ],
)
def test_a_follow_up_that_names_nothing_of_its_own(
    assistant: Assistant, before: str, asked: str, told: str
) -> None:
    history = [Turn(before, assistant.answer(before))]
    assert told in assistant.answer(asked, history).text


@pytest.mark.parametrize(
    ("asked", "before", "idle"),
    [
        ("那责任单位呢？", LIFTS, True),
        ("责任科室是哪个？", LIFTS, True),
        ("由谁？", LIFTS, True),
        ("归谁管？", LIFTS, True),  # words of one character
        ("那责任单位呢？", "", False),  # nothing went before
        ("那信用修复呢？", LIFTS, False),
        ("扶手由谁安装？", LIFTS, False),  # a verb of its own
        ("谁牵头改造？", LIFTS, False),
    ],
)
def test_whether_it_names_something_of_its_own(
    assistant: Assistant, asked: str, before: str, idle: bool
) -> None:
    assert assistant._is_idle(understand(asked, context=before)) is idle


def places(text: str) -> Collection[str]:
    return [place for place in ("白屿", "临汐") if place in text]


def turns(*questions: str) -> list[Turn]:
    return [Turn(q, Answer(q, q, "甲[1]。", "answered")) for q in questions]


@pytest.mark.parametrize(
    ("before", "asked", "text"),
    [
        ("商标培育由谁负责？", "那电梯改造呢？", "电梯改造由谁负责"),
        ("商标培育由谁负责？", "那电梯改造呢", "电梯改造由谁负责"),
        ("商标培育归哪个科室管？", "那么电梯改造呢？", "电梯改造由谁负责"),
        ("“三提”行动由谁牵头？", "那“三改”呢？", "三改由谁负责"),
        ("商标培育什么时候完成？", "那电梯改造呢？", "电梯改造什么时候完成"),
        ("白屿市2025年商标培育什么时候完成？", "那电梯改造呢？", "白屿2025年电梯改造什么时候完成"),
    ],
)
def test_what_was_asked_of_one_task_is_asked_of_another(before: str, asked: str, text: str) -> None:
    found = resolve(asked, turns(before), places)
    assert (found.text, found.context, found.ordinal) == (text, "", 0)


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("白屿市商标培育由谁负责？", "那快检室呢？", "市场科"),
        ("白屿市商标培育什么时候完成？", "那电梯改造呢？", "11月中旬"),
    ],
)
def test_the_answer_is_of_the_other_task(assistant: Assistant, before: str, asked: str, told: str) -> None:
    assert told in assistant.answer(asked, [Turn(before, assistant.answer(before))]).text


@pytest.mark.parametrize(
    ("before", "asked", "member"),
    [
        ("商标培育多少件？", "那电梯改造呢？", "电梯改造"),  # neither who nor when
        ("商标培育有哪些措施？", "那电梯改造呢？", "电梯改造"),
        ("商标培育由谁负责？", "那第二条呢？", "第二条"),  # an item
    ],
)
def test_what_else_was_asked_looks_for_the_part_of_that_name(before: str, asked: str, member: str) -> None:
    found = resolve(asked, turns(before), places)
    assert (found.text, found.context, found.member) == (asked, before, member)


def test_another_place_is_no_other_task() -> None:
    found = resolve("那临汐呢？", turns("白屿市商标培育由谁负责？"), places)
    assert found.text == "临汐商标培育由谁负责？"


def test_who_is_asked_after_when() -> None:
    found = resolve("那责任单位呢？", turns("商标培育什么时候完成？"), places)
    assert understand(found.text, context=found.context).kind == "responsibility"


def test_the_same_is_asked_of_a_third_task() -> None:
    found = resolve("那快检室呢？", turns("商标培育由谁负责？", "那电梯改造呢？"), places)
    assert found.text == "快检室由谁负责"


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("第二个“三年行动”要建多少？", 0),
        ("第二个《三年行动方案》讲了什么", 0),
        ("第二个‘三年行动’讲了什么", 0),
        ("第二个行动是什么", 2),
        ("第二个季度完成多少", 0),
        ("第十二条呢", 12),
        ("最后一条呢", -1),
    ],
)
def test_a_number_before_a_name_counts_no_item(text: str, ordinal: int) -> None:
    assert ordinal_in(text) == ordinal
