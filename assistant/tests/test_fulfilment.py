"""Questions on what became of a target: the promise and the report of it, each from its own document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from own_library import DOCUMENTS, stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn
from assistant.fulfilment import asks_fulfilment
from assistant.question import Scope, understand
from corpus.library import Library
from ingest.commitments import extract
from ingest.pipeline import build

LATER = "青澜市局2024年会议讲话.txt"


def filled(home: Path, *left_out: str) -> Library:
    library = stored(home, {})
    for name, data in DOCUMENTS.items():
        if name not in left_out:
            document, passages = build(name, data)
            library.put(document, passages, "", extract(document))
    return library


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with filled(tmp_path_factory.mktemp("both") / "home") as library:
        yield make_assistant(library)


@pytest.fixture(scope="module")
def without_report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with filled(tmp_path_factory.mktemp("early") / "home", LATER, "青澜市局2024年督查台账.xlsx") as library:
        yield make_assistant(library)


@pytest.mark.parametrize(
    "question",
    [
        "青澜市2023年食品抽检合格率的目标是多少，完成了吗？",
        "青澜市2023年食品抽检合格率目标实现了没有？",
        "青澜2023年食品抽检合格率，年初定的是多少，实际达到多少？",
        "2023年青澜食品抽检合格率的预期和实际各是多少？",
        "青澜市2023年食品抽检合格率的指标跟实际结果差多少？",
    ],
)
def test_both_figures_with_their_documents(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert [citation.quote for citation in answer.citations] == [
        "食品抽检合格率不低于97%",
        "2023年，食品抽检合格率达到97.6%",
    ]
    assert answer.citations[1].document == LATER
    assert answer.text.startswith("目标：")
    assert "；结果：" in answer.text


def test_the_verdict_follows_the_figures(assistant: Assistant) -> None:
    met = assistant.answer("青澜市2023年食品抽检批次的任务完成了吗？").text
    assert "5200批次" in met
    assert "5310批次" in met
    missed = assistant.answer("青澜市2023年放心消费示范街的目标完成了没有？").text
    assert "12条" in missed
    assert "9条" in missed
    assert "未达成" in missed


def test_a_follow_up_asks_for_the_outcome(assistant: Assistant) -> None:
    first = assistant.answer("青澜市2023年食品抽检合格率目标是多少？")
    after = assistant.answer("完成了吗？", [Turn("青澜市2023年食品抽检合格率目标是多少？", first)])
    assert "97.6%" in after.text
    assert after.citations[-1].document == LATER


def test_what_was_not_reported_is_said(without_report: Assistant) -> None:
    both = without_report.answer("青澜市2023年食品抽检合格率的目标是多少，完成了吗？")
    assert both.text == "食品抽检合格率不低于97%[1]（资料中没有找到完成情况）。"
    only = without_report.answer("青澜市2023年食品抽检合格率目标完成了吗？")
    assert only.abstained
    assert "没有找到完成情况" in only.text
    assert "97%" in only.citations[0].quote


def test_no_task_is_picked_where_none_is_named(assistant: Assistant) -> None:
    answer = assistant.answer("青澜市2023年的重点任务完成情况怎么样？")
    assert "目标：" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "青澜市2023年食品抽检合格率的目标是多少，完成了吗？",
        "青澜市2023年食品抽检合格率达到了97%，对吧？",
        "青澜市2023年食品抽检合格率达到多少？",
    ],
)
def test_nothing_outside_the_readers_scope_is_quoted(assistant: Assistant, question: str) -> None:
    scope = Scope(documents=frozenset(["青澜市局2023年工作要点.txt"]))
    answer = assistant.answer(question, scope=scope)
    assert {citation.document for citation in answer.citations} <= scope.documents
    assert "97.6" not in answer.text


def test_another_body_reports_nothing_of_it(assistant: Assistant) -> None:
    answer = assistant.answer("松泽县2023年食品抽检合格率的目标完成了吗？")
    assert answer.abstained
    assert "97.6" not in answer.text


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("2023年合格率目标完成了吗", True),
        ("2023年抽检任务的完成情况怎么样", True),
        ("2023年预期增速和实际增速", True),
        ("2023年实际完成了多少批次？", False),  # one figure
        ("2023年的目标是多少？", False),
        ("2023年完成了哪些任务？", False),
        ("2022年和2023年的目标都完成了吗？", False),  # two years: asked one by one
        ("目标完成了吗？", False),  # of no year
        ("2023年实际工作中有什么困难，目标是什么？", False),
    ],
)
def test_what_asks_for_an_outcome(question: str, asks: bool) -> None:
    assert asks_fulfilment(understand(question)) is asks


def test_a_figure_that_is_the_targets_is_not_the_results(assistant: Assistant) -> None:
    answer = assistant.answer("青澜市2023年食品抽检合格率达到了97%，对吧？")
    assert answer.text == (
        "2023年结果：2023年，食品抽检合格率达到97.6%[1]；2023年目标：食品抽检合格率不低于97%[2]（所问的“97%”在后一句）。"
    )
    turned = assistant.answer("青澜市2023年食品抽检合格率的目标是97.6%吗？")
    assert [citation.document for citation in turned.citations] == ["青澜市局2023年工作要点.txt", LATER]


@pytest.mark.parametrize(
    "question",
    [
        "青澜市2023年食品抽检合格率达到了97.6%，对吧？",  # right
        "青澜市2023年食品抽检合格率的目标是97%，对吧？",
        "青澜市2023年食品抽检合格率达到了91%，对吧？",  # stands nowhere
        "青澜市食品抽检合格率达到了97%，对吧？",  # of no year
    ],
)
def test_nothing_is_said_of_a_figure_that_is_right_or_found_nowhere(
    assistant: Assistant, question: str
) -> None:
    assert "所问的" not in assistant.answer(question).text


EARLIER_REPORT = """丁山市市场监督管理局2023年工作报告
各位代表：
一、2022年工作回顾
2022年，全市地区生产总值增长5.1%。
二、2023年工作安排
今年发展的主要预期目标是：地区生产总值增长6%左右，城镇新增就业10万人以上。
"""
LATER_REPORT = """丁山市市场监督管理局2024年工作报告
各位代表：
一、过去五年工作回顾
五年来，城镇新增就业累计52万人。地区生产总值增加到5000亿元。2023年，全市地区生产总值增长5.2%。
二、2024年工作安排
今年发展的主要预期目标是：地区生产总值增长5%以上。
"""


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {
        "丁山市市场监督管理局2023年工作报告.txt": EARLIER_REPORT,
        "丁山市市场监督管理局2024年工作报告.txt": LATER_REPORT,
    }
    with stored(tmp_path_factory.mktemp("province") / "home", {}) as library:
        for name, text in texts.items():
            document, passages = build(name, text.encode())
            library.put(document, passages, "", extract(document))
        yield make_assistant(library)


def test_a_sum_of_several_years_is_no_years_result(province: Assistant) -> None:
    assert "52万" not in province.answer("丁山市2023年城镇新增就业目标完成了吗？").text
    told = province.answer("丁山市2023年GDP增长目标完成了吗？")
    assert [citation.quote for citation in told.citations] == [
        "地区生产总值增长6%左右",
        "2023年，全市地区生产总值增长5.2%",
    ]
    assert "未达成" in told.text


@pytest.mark.parametrize(
    "question",
    [
        "丁山市2023年GDP是5000亿元吗？",  # a level where rises are known
        "丁山市2023年上半年GDP增长5.2%，对吗？",
        "丁山市2023年上半年GDP增长目标完成了吗？",
        "甲水县2023年GDP增长目标完成了吗？",  # of a county of which nothing is here
    ],
)
def test_what_cannot_be_held_against_it_is_not_shown_as_its_outcome(
    province: Assistant, question: str
) -> None:
    answer = province.answer(question).text
    assert "结果：" not in answer
    assert "所问的" not in answer


def test_another_years_figure_does_not_answer(province: Assistant) -> None:
    assert "5.2%" in province.answer("丁山市2023年GDP增长多少？").text
    assert "5.1%" not in province.answer("丁山市2023年GDP增长多少？").text
