"""Questions for problems: the sentences that tell of some go first, and words that only say so count less."""

from __future__ import annotations

from typing import Any

import pytest
from made_units import found, texts, unit

from assistant.assistant import Assistant
from assistant.evidence import Unit
from assistant.problems import AS_MUCH, IDLE, TELLING, admissions_first, told_of
from assistant.question import understand
from assistant.terms import Term
from corpus.text import bigrams

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


def term(word: str, weight: float = TELLING, **facts: Any) -> Term:
    return Term(word, tuple(bigrams(word)), weight, **{"noun": True, **facts})


@pytest.mark.parametrize(
    ("other", "called", "lighter"),
    [
        (term("农贸市场"), "青澜市讲话", True),
        (term("农贸市场"), "农贸市场整治方案", False),  # what the document is called
        (term("农贸市场", TELLING - 0.1), "青澜市讲话", False),  # said everywhere
        (term("青澜", scope=True), "讲话", False),
        (term("整治", noun=False), "讲话", False),
    ],
)
def test_words_that_only_say_that_there_are_problems_count_less(
    other: Term, called: str, lighter: bool
) -> None:
    trouble, kept = told_of((term("短板", 4.0), other), called)
    assert trouble.weight == (4.0 * IDLE if lighter else 4.0)
    assert kept is other
