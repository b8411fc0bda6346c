"""Questions for one indicator's figure: the sentence that measures it, and no other that shares its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.measured import MEASURED, asked_indicator, measured_first
from assistant.question import understand
from ingest.commitments import extract
from ingest.pipeline import build

REPORT = """2025年丁山省政府工作报告
——在丁山省第十四届人民代表大会第三次会议上
各位代表：
一、2024年工作回顾
2024年，全省海洋生产总值增长6.9%，海洋生产总值占地区生产总值比重提高到9%。全年经济增长4.8%，居民消费价格上涨0.3%。
二、2025年工作安排
今年发展的主要预期目标是：经济增长5%左右，城镇新增就业31万人以上。海洋生产总值增长8%左右。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = stored(tmp_path_factory.mktemp("measured") / "home", {})
    document, passages = build("2025年丁山省政府工作报告.txt", REPORT.encode())
    library.put(document, passages, "", extract(document))
    return make_assistant(library)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("丁山2024年GDP增长了多少？", "经济增长4.8%"),
        ("丁山省2024年GDP增速是多少？", "经济增长4.8%"),
        ("丁山省2025年GDP目标是多少？", "经济增长5%左右"),
        ("丁山省2025年GDP增长目标？", "经济增长5%左右"),
        ("丁山省2024年海洋生产总值增长了多少？", "海洋生产总值增长6.9%"),
    ],
)
def test_the_indicator_that_is_asked(assistant: Assistant, question: str, figure: str) -> None:
    assert figure in assistant.answer(question).citations[0].quote


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("浙江2025年GDP目标？", "国内生产总值"),
        ("2024年全国地区生产总值增长多少", "国内生产总值"),
        ("2024年海洋生产总值增长多少", ""),  # another thing
        ("研发经费占GDP的比重是多少", ""),
        ("GDP排名第几", ""),
        ("GDP和CPI的目标各是多少", ""),  # two
        ("GDP增长了5%，对吗？", ""),  # a premise
        ("单位GDP能耗降低多少？", "单位国内生产总值能耗"),
        ("抽检多少批次？", ""),
        ("新疆外贸进出口增长多少？", "进出口"),  # right behind a place
        ("跨境外贸进出口增长多少？", ""),
    ],
)
def test_which_indicator_a_question_is_about(question: str, name: str) -> None:
    assert asked_indicator(understand(question)) == name


def test_of_a_long_sentence_the_clause_that_measures_it(tmp_path: Path) -> None:
    text = """2025年丁山市政府工作报告
各位代表：
二、2025年工作安排
今年的主要预期目标是:经济增长6.2%左右，粮食产量13.4亿斤以上，社会消费品零售总额增长6.6%左右，固定资产投资增长8.1%左右，规上工业增加值增长7.3%左右，一般公共预算收入增长3.7%左右，城镇新增就业11.8万人以上，城镇调查失业率5.4%以内，单位生产总值能耗完成考核目标。
"""
    with stored(tmp_path / "home", {}) as library:
        document, passages = build("2025年丁山市政府工作报告.txt", text.encode())
        library.put(document, passages, "", extract(document))
        answer = make_assistant(library).answer("丁山市2025年GDP目标是多少？")
    assert answer.citations[0].quote == "经济增长6.2%左右"


@pytest.mark.parametrize(
    ("question", "context", "name"),
    [
        ("今年想增多少？", "2024年GDP增长了多少？", "国内生产总值"),
        ("今年目标是多少？", "2024年CPI涨了多少？", "居民消费价格"),
        ("CPI涨了多少？", "2024年GDP增长了多少？", "居民消费价格"),  # its own goes first
        ("今年想增多少？", "2024年GDP和CPI各涨了多少？", ""),  # two
        ("今年想增多少？", "2024年海洋生产总值增长了多少？", ""),
        ("由谁负责？", "2024年GDP增长了多少？", ""),  # no figure
        ("今年想建多少？", "", ""),
    ],
)
def test_the_indicator_of_what_went_before(question: str, context: str, name: str) -> None:
    assert asked_indicator(understand(question, context=context)) == name


@pytest.mark.parametrize("mark", ["，", "？"])
def test_a_part_without_an_indicator_asks_of_the_one_before(assistant: Assistant, mark: str) -> None:
    answer = assistant.answer(f"丁山省2024年GDP增长了多少{mark}今年想增多少？")
    first, second = (citation.quote for citation in answer.citations)
    assert "经济增长4.8%" in first
    assert "经济增长5%左右" in second


@pytest.mark.parametrize(
    ("question", "measured"),
    [
        ("丁山省2024年GDP增长了多少？", True),
        ("丁山省2025年GDP目标是多少？", True),
        ("丁山省2023年GDP增长了多少？", False),  # the ledger knows of no such year
        ("丁山省2024年海洋生产总值增长了多少？", False),  # no indicator of the table
        ("丁山省2024年上半年GDP增长了多少？", False),
    ],
)
def test_what_the_ledger_measures_stands_alone(assistant: Assistant, question: str, measured: bool) -> None:
    asked = understand(question)
    found = assistant.retriever.evidence(asked)
    first = measured_first(assistant.retriever, asked, found)
    assert first.alone is measured
    assert not measured or first.confidence >= MEASURED


def test_no_second_sentence_stands_beside_it(assistant: Assistant) -> None:
    answer = assistant.answer("丁山省2025年GDP目标是多少？")
    assert len(answer.citations) == 1
    assert not answer.warnings
