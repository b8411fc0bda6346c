"""Which sentence goes first whatever its rank."""

from __future__ import annotations

import pytest
from baiyu_library import DOCUMENTS
from made_units import found, texts, unit
from own_library import stored

from assistant.bootstrap import make_assistant
from assistant.evidence import Unit
from assistant.foremost import NEAREST, UNDER_IT, responsible_first
from assistant.question import understand

ASKED = understand("农贸市场快检室由谁负责？")
TASK = "建设农贸市场快检室20间。"
LINE = "主办单位：食品科、财务科。"


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        "责任部门：食品科。",
        "牵头科室：食品科",
        "承办单位:食品科",
        "  主管领导：局长",
        "实施单位：各县局。",
    ],
)
def test_the_line_under_a_task_that_names_who_is_responsible(line: str) -> None:
    evidence = found([unit(TASK), unit("确保放心。", start=20), unit(line, start=40)])
    assert texts(responsible_first(ASKED, evidence)) == [line, TASK, "确保放心。"]


@pytest.mark.parametrize("rank", range(NEAREST + 1))
def test_of_one_of_the_best(rank: int) -> None:
    others = [
        unit(f"另一件事{number}。", path=("二、其他",), start=30 * number) for number in range(NEAREST + 1)
    ]
    evidence = found([*others[:rank], unit(TASK), *others[rank:], unit(LINE, start=40)])
    assert (texts(responsible_first(ASKED, evidence))[0] == LINE) is (rank < NEAREST)


@pytest.mark.parametrize(
    ("best", "line"),
    [
        (unit("快检室建设由食品科牵头。"), unit(LINE, start=40)),  # says it itself
        (unit("快检室建设由食品科会同财务科组织实施。"), unit(LINE, start=40)),
        (unit(TASK), unit(LINE, start=40, document="乙")),  # another document's
        (unit(TASK), unit(LINE, start=40, path=("二、其他",))),  # under another heading
        (unit(TASK, start=100), unit(LINE, start=40)),  # over it
        (unit(TASK), unit(LINE, start=UNDER_IT + 1)),  # far under it
        (unit(TASK), unit("各主办单位：要高度重视。", start=40)),  # does not begin so
        (unit(TASK), unit("主办单位要高度重视。", start=40)),  # names none
    ],
)
def test_nothing_goes_first_where_no_such_line_stands_under_it(best: Unit, line: Unit) -> None:
    between = [unit(f"另一件事{number}。", document="丙", start=30 * number) for number in range(NEAREST - 1)]
    evidence = found([best, *between, line])
    assert responsible_first(ASKED, evidence) is evidence


def test_a_line_of_another_document_is_none_of_the_best_sentences() -> None:
    evidence = found([unit(TASK), unit(LINE, start=40, document="乙")])
    assert responsible_first(ASKED, evidence) is evidence


def test_who_is_responsible_is_answered_by_that_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    assistant = make_assistant(stored(tmp_path_factory.mktemp("foremost") / "home", DOCUMENTS))
    answer = assistant.answer("白屿市农贸市场快检室由谁负责？")
    assert answer.status == "answered"
    assert "主办单位：食品科、财务科" in answer.text


def test_who_is_responsible_for_another_task_is_no_answer(tmp_path_factory: pytest.TempPathFactory) -> None:
    city = "白屿市市场监督管理局2025年方案\n一、电梯\n老旧电梯改造300台。\n"
    county = "临汐县市场监督管理局2025年要点\n一、任务\n老旧电梯改造30台。\n主办单位：特设股。\n"
    documents = {"白屿市局2025年方案.txt": city.encode(), "临汐县局2025年要点.txt": county.encode()}
    assistant = make_assistant(stored(tmp_path_factory.mktemp("another") / "home", documents))
    assert "特设股" not in assistant.answer("老旧电梯改造300台由谁负责？").text


def test_a_follow_up_is_answered_beside_what_was_quoted() -> None:
    evidence = found([unit(TASK), unit(LINE, start=40)])
    assert responsible_first(understand("那责任单位呢？", context="快检室建多少间？"), evidence) is evidence
