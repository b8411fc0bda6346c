"""Sentences that are beside what is asked: a share of another thing, another quarter, a time that is not said."""

from __future__ import annotations

import pytest
from made_units import unit
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.mismatches import (
    of_another_indicator,
    of_another_place,
    of_another_sort,
    only_added,
    other_period,
    other_span,
)
from assistant.particulars import without_measure
from assistant.question import understand
from assistant.terms import HELD

FOOD = "食品抽检合格率稳定在98%以上"


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("药品抽检合格率目标是多少？", FOOD, "没有写明药品的合格率"),
        ("药品抽检合格率要达到多少？", FOOD, "没有写明药品的合格率"),
        ("学生满意度达到多少？", "群众满意度达到95%", "没有写明学生的满意度"),
        ("食品抽检合格率目标是多少？", FOOD, ""),
        ("药品抽检合格率目标是多少？", "食品药品抽检合格率稳定在98%以上", ""),
        ("药品抽检合格率目标是多少？", "任务：药品；抽检合格率：98%", ""),
        ("抽检合格率目标是多少？", FOOD, ""),  # of nothing in particular
        ("工作目标里抽检合格率是多少？", FOOD, ""),  # words of any subject
        ("药品抽检多少批次？", "食品抽检5200批次", ""),  # no share
        ("怎么提高药品抽检合格率？", FOOD, ""),  # no figure
        ("药品抽检合格率是98%吗？", FOOD, ""),  # a premise: both are shown
    ],
)
def test_a_share_of_another_thing(assistant: Assistant, question: str, text: str, reason: str) -> None:
    asked = understand(question)
    assert of_another_sort(asked, unit(text), assistant.retriever.terms(asked)) == reason


@pytest.mark.parametrize(
    ("path", "context", "reason"),
    [
        ((), "", "没有写明药品的合格率"),
        (("二、重点任务", "（二）药品安全"), "", ""),  # the heading names it
        ((), "药品安全规划", ""),  # the document is about it
        (("（一）食品安全",), "", "没有写明药品的合格率"),
    ],
)
def test_what_stands_over_a_share_tells_of_what_it_is(
    assistant: Assistant, path: tuple[str, ...], context: str, reason: str
) -> None:
    asked = understand("药品抽检合格率目标是多少？")
    said = unit("抽检合格率稳定在98%以上", path=path, context=context)
    assert of_another_sort(asked, said, assistant.retriever.terms(asked)) == reason


def test_a_share_of_food_is_no_answer_for_drugs(assistant: Assistant) -> None:
    assert assistant.answer("松泽县2024年药品抽检合格率目标是多少？").status == "not_found"
    assert "97.2%" in assistant.answer("松泽县2024年食品抽检合格率目标是多少？").text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("新增企业38家", "只写了新增的数，没有写总数"),
        ("新增甲类企业38家，乙类企业12家", "只写了新增的数，没有写总数"),  # said once, of both
        ("新增企业38家，累计380家", ""),
        ("企业380家，新增38家", ""),
    ],
)
def test_what_was_added_is_not_all_there_is(text: str, reason: str) -> None:
    assert only_added(understand("一共有多少家企业？"), unit(text)) == reason


ASKED = "三季度抽检多少批次？"
LACKING = "没有找到三季度的这项内容"


@pytest.mark.parametrize(
    ("question", "text", "context", "reason"),
    [
        (ASKED, "一季度抽检300批次", "", LACKING),
        (ASKED, "抽检300批次", "", LACKING),
        (ASKED, "抽检300批次", "白屿市2024年第三季度通报", ""),  # the document is of that quarter
        (ASKED, "抽检300批次", "白屿市2024年第一季度通报", LACKING),
        (ASKED, "三季度抽检300批次", "", ""),
        ("第3季度抽检多少批次？", "三季度抽检300批次", "", ""),
        ("上半年抽检多少批次？", "全年抽检300批次", "", "没有找到上半年的这项内容"),
        ("三季度通报里上半年抽检多少批次？", "一季度抽检300批次", "三季度通报", "没有找到上半年的这项内容"),
        ("三季度通报里上半年抽检多少批次？", "上半年抽检300批次", "三季度通报", ""),
        ("三季度什么时候抽检？", "一季度抽检", "", ""),  # a time is asked
        ("三季度和一季度各抽检多少批次？", "二季度抽检300批次", "", ""),  # compared
    ],
)
def test_another_quarter(question: str, text: str, context: str, reason: str) -> None:
    assert other_period(understand(question), unit(text, context=context)) == reason


def test_another_quarter_in_a_document_of_the_one_asked() -> None:
    said = unit("一季度抽检300批次", context="白屿市2024年第三季度通报")
    assert other_period(understand(ASKED), said) == LACKING


def test_a_figure_of_the_quarter_that_names_its_document(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (
        "白屿市市场监督管理局2024年第三季度抽检情况通报\n一、抽检情况\n共抽检食品1260批次，不合格32批次。\n"
    )
    documents = {"白屿市局2024年第三季度通报.txt": text.encode()}
    assistant = make_assistant(stored(tmp_path_factory.mktemp("quarter") / "home", documents))
    assert "1260批次" in assistant.answer("白屿市2024年第三季度抽检食品多少批次？").text
    assert assistant.answer("白屿市2024年第一季度抽检食品多少批次？").status == "not_found"


@pytest.mark.parametrize(
    ("question", "text", "own", "reason"),
    [
        ("投诉几天内办结？", "投诉及时办结", HELD, ""),  # to the point, and says no more
        ("投诉几天内办结？", "投诉及时办结", HELD - 0.1, "没有写明时间"),
        ("投诉多少个工作日办结？", "投诉限期办结", HELD, ""),
        ("投诉多少个工作日办结？", "商户限期整改", HELD - 0.1, "没有写明具体数字"),
        ("投诉办结多少件？", "投诉及时办结", HELD, "没有写明具体数字"),  # no time is asked
        ("气瓶多少年检一次？", "气瓶定期检验", HELD, "没有写明具体数字"),  # 定期检验 is what it is called
        ("气瓶多少年查一次？", "气瓶定期检查", HELD, ""),
    ],
)
def test_a_vague_time_answers_only_where_it_is_to_the_point(
    question: str, text: str, own: float, reason: str
) -> None:
    assert without_measure(understand(question), unit(text, own=own)) == reason


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("去年财政收入增长多少？", "农村居民人均可支配收入增长6.8%", "没有写明具体数字"),
        ("去年财政收入增长多少？", "一般公共预算收入增长3.1%", ""),  # the same in other words
        ("去年失业率是多少？", "城镇调查失业率5.2%", ""),  # what includes it
        ("去年财政收入增长多少？", "快检室增长6.8%", ""),  # of no known indicator
    ],
)
def test_a_figure_of_another_known_indicator(question: str, text: str, reason: str) -> None:
    assert of_another_indicator(understand(question), unit(text, shaped=True), ()) == reason


@pytest.mark.parametrize(
    ("text", "context", "reason"),
    [
        ("全县研发投入强度3.6%，白屿创新指数居全省第2", "云畔县讲话", "没有找到白屿的这项内容"),
        ("白屿研发投入强度3.6%，云畔居全省第2", "云畔县讲话", ""),
        ("研发投入强度3.6%", "白屿市讲话", ""),
    ],
)
def test_a_figure_stands_in_the_clause_of_its_place(
    assistant: Assistant, text: str, context: str, reason: str
) -> None:
    asked = understand("白屿去年研发投入强度是多少？")
    terms = assistant.retriever.terms(asked)
    assert of_another_place(asked, unit(text, context=context), ["白屿"], terms) == reason


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        ("2013到2017年一共新增就业多少人？", "新增就业1266人", "没有找到2013到2017年合计的内容"),
        ("2013到2017年一共新增就业多少人？", "五年新增就业6600人", ""),
        ("十三五期间新增就业多少人？", "去年新增就业1186人", "没有找到十三五期间合计的内容"),
        ("2013年和2017年新增就业各多少人？", "新增就业1266人", ""),
    ],
)
def test_several_years_together(question: str, text: str, reason: str) -> None:
    assert other_span(understand(question), unit(text)) == reason
