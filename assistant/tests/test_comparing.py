"""Comparisons: what is asked of each side, and sentences of two sides that speak of the same."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.assistant import Assistant
from assistant.counterparts import with_counterparts
from assistant.evidence import Evidence, Unit
from assistant.finding import described
from assistant.question import understand
from corpus.document import Span
from corpus.library import Library
from corpus.passage import Passage


def unit(text: str, score: float, document: str) -> Unit:
    passage = Passage(document=document, revision="r", span=Span(0, len(text)), text=text, path=())
    return Unit(
        passage=passage,
        span=passage.span,
        text=text,
        coverage=0.5,
        own=0.5,
        shaped=False,
        affinity=0.0,
        timely=True,
        score=score,
    )


def side(*scored: tuple[str, float], document: str) -> Evidence:
    return Evidence(tuple(unit(text, score, document) for text, score in scored), (), {}, ())


def by_letters(query: str, texts: Sequence[str]) -> list[tuple[float, float]]:
    return [(len(set(query) & set(text)) / len(set(query) | set(text)), 0.0) for text in texts]


def test_a_sentence_gains_by_its_like_on_the_other_side() -> None:
    left = side(("倡导严实细的作风", 1.0), document="甲")
    right = side(("加快项目建设进度", 0.9), ("贯彻勤严实细的作风", 0.85), document="乙")
    ordered = with_counterparts([left, right], by_letters)
    assert [each.text for each in ordered[1].units] == ["贯彻勤严实细的作风", "加快项目建设进度"]
    assert [each.text for each in ordered[0].units] == ["倡导严实细的作风"]


def test_sides_without_sentences_stay() -> None:
    empty, full = side(document="甲"), side(("一", 1.0), document="乙")
    assert with_counterparts([empty, full], by_letters) == [empty, full]
    assert with_counterparts([full], by_letters) == [full]


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("对比食品抽检合格率：青澜市2023年达到了多少，松泽县要求达到多少？", [{2023}, set()]),
        ("食品抽检合格率，青澜市和松泽县2023年的目标各是多少？", [{2023}, {2023}]),
        ("2023年食品抽检合格率，青澜市和松泽县各定了多少？", [{2023}, {2023}]),
    ],
)
def test_a_year_is_of_the_side_that_names_it(
    assistant: Assistant, question: str, years: list[set[int]]
) -> None:
    sides = assistant.retriever.sides(understand(question))
    assert [set(asked.years) for asked, _ in sides] == years


def test_both_figures_are_quoted(assistant: Assistant) -> None:
    answer = assistant.answer("食品抽检合格率，青澜市2023年达到了多少，松泽县2024年要求达到多少？")
    assert "97.6%" in answer.text
    assert "97.2%" in answer.text


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("办知识产权质押融资对接会", {"松泽县局2023年会议讲话.txt"}),
        ("2023年底", set()),  # a time points to no document
        ("年初", set()),
    ],
)
def test_words_that_point_to_a_document(library: Library, words: str, names: set[str]) -> None:
    assert described(library, words) == names


def test_two_documents_pointed_to_are_two_sides(assistant: Assistant) -> None:
    question = understand(
        "推行三查三改的那份要点和办知识产权质押融资对接会的那份讲话，食品抽检合格率各定了多少？"
    )
    assert [sorted(names) for _, names in assistant.retriever.sides(question)] == [
        ["青澜市局2023年工作要点.txt"],
        ["松泽县局2023年会议讲话.txt"],
    ]


@pytest.mark.parametrize(
    ("question", "numeric"),
    [
        ("作风的那几个字是什么？", False),
        ("这几条是哪几条？", False),
        ("提了几条要求？", True),
        ("共有几个字？", True),
    ],
)
def test_some_things_pointed_to_are_no_number(question: str, numeric: bool) -> None:
    assert understand(question).numeric is numeric
