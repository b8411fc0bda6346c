"""Which sentence goes first whatever its rank."""

from __future__ import annotations

from typing import Any

import pytest
from baiyu_library import DOCUMENTS
from made_units import found, texts, unit
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.evidence import Unit
from assistant.foremost import AS_MUCH, UNDER_IT, admissions_first, responsible_first
from assistant.question import understand
from assistant.terms import Term
from corpus.text import bigrams

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
    assert texts(responsible_first(evidence)) == [line, TASK, "确保放心。"]


@pytest.mark.parametrize("rank", [0, 1, 2, 3])
def test_of_one_of_the_three_best(rank: int) -> None:
    others = [unit(f"另一件事{number}。", document="乙", start=30 * number) for number in range(4)]
    evidence = found([*others[:rank], unit(TASK), *others[rank:], unit(LINE, start=40)])
    assert (texts(responsible_first(evidence))[0] == LINE) is (rank < 3)


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
    between = [unit(f"另一件事{number}。", document="丙", start=30 * number) for number in range(2)]
    evidence = found([best, *between, line])
    assert responsible_first(evidence) is evidence


@pytest.mark.xfail(
    raises=AssertionError, strict=True, reason="a line among the three best stands under itself"
)
def test_a_line_of_another_document_is_none_of_the_best_sentences() -> None:
    evidence = found([unit(TASK), unit(LINE, start=40, document="乙")])
    assert responsible_first(evidence) is evidence


def test_who_is_responsible_is_answered_by_that_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    assistant = make_assistant(stored(tmp_path_factory.mktemp("foremost") / "home", DOCUMENTS))
    answer = assistant.answer("白屿市农贸市场快检室由谁负责？")
    assert answer.status == "answered"
    assert "主办单位：食品科、财务科" in answer.text


MARKET = Term("农贸市场", tuple(bigrams("农贸市场")), 5.0, noun=True)
BOAST = unit("农贸市场整治成效明显。", coverage=0.8)


def trouble(**facts: Any) -> Unit:
    return unit("农贸市场管理还不到位。", **{"start": 30, "shaped": True, "coverage": 0.8, **facts})


def test_a_sentence_that_tells_of_problems_goes_before_one_that_tells_of_none() -> None:
    evidence = admissions_first(found([BOAST, trouble()], [MARKET]))
    assert texts(evidence) == ["农贸市场管理还不到位。", "农贸市场整治成效明显。"]


@pytest.mark.parametrize(
    "other",
    [
        trouble(shaped=False),  # tells of none either
        trouble(document="乙"),  # another document's
        trouble(coverage=AS_MUCH * 0.8 - 0.01),  # much less to the point
    ],
)
def test_a_sentence_stays_first_where_no_other_is_as_near(other: Unit) -> None:
    evidence = found([BOAST, other], [MARKET])
    assert admissions_first(evidence) is evidence


def test_a_best_sentence_that_tells_of_problems_stays() -> None:
    evidence = found([unit("农贸市场快检能力不足。", shaped=True), trouble()], [MARKET])
    assert admissions_first(evidence) is evidence


def test_where_nothing_is_named_the_plain_admission_goes_first() -> None:
    admitted = unit("我们也清醒看到，工作还存在不少短板。", start=60)
    evidence = found([BOAST, trouble(), admitted], [Term("问题", ("问题",), 5.0, noun=True)])
    assert admissions_first(evidence).units[0] is admitted


@pytest.mark.parametrize("question", ["青澜市2024年讲话说存在哪些问题？", "青澜市2024年基层执法有什么短板？"])
def test_problems_are_answered_by_who_admits_them(assistant: Assistant, question: str) -> None:
    assert understand(question).kind == "problem"
    assert "基层执法力量不足" in assistant.answer(question).text
