"""The years that a sentence speaks of, and which year its 今年 is."""

from __future__ import annotations

import pytest
from own_library import stored

from assistant.bootstrap import make_assistant
from assistant.notes import note_of
from assistant.question import understand
from assistant.timing import speaks_of, tense_of, years_of_clauses
from corpus.document import Inferred, Metadata

SPEECH = Metadata(
    title=Inferred("讲话", 0.5, "name"),
    kind=Inferred("speech", 0.9, "words"),
    year=Inferred(2024, 0.8, "text"),
)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("办案310件，比上年增长5%", {2023, 2024}),  # as if no year stood there
        ("抽检合格率较2021年提高0.3个百分点", {2023, 2024}),
        ("投诉量低于去年同期", {2023, 2024}),
        ("同上年持平", {2023, 2024}),
        ("合格率从2020年的96%提高到98%", {2023, 2024}),
        ("户数从2020年的1.2万户增加到1.6万户", {2023, 2024}),
        ("产值是2020年的1.5倍", {2023, 2024}),
        ("户数相当于2020年的2倍", {2023, 2024}),
        ("2022年办案310件，比2021年多30件", {2022}),
        ("去年办案310件，比前年增长5%", {2023}),
        ("今年要比去年多办50件", {2024}),
        ("上年办案310件", {2023}),
        ("2021年办案310件", {2021}),
        ("从2020年起每年办案20件", {2020}),  # a beginning is no measure
        ("到2026年底建成", {2024, 2026}),
    ],
)
def test_a_year_that_a_figure_is_held_against_tells_nothing(text: str, years: set[int]) -> None:
    assert speaks_of(text, (), SPEECH, tense_of(text)) == years


def test_a_heading_tells_where_a_sentence_only_compares() -> None:
    said = "办案310件，比2020年增长5%"
    assert speaks_of(said, ("一、2022年工作回顾",), SPEECH, "report") == {2022}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("去年办案310件，比前年增长5%，今年要办400件", [{2023}, {2023}, {2024}]),
        ("合格率从2020年的96%提高到98%，2022年持平", [set(), {2022}]),
    ],
)
def test_the_years_of_clauses(text: str, years: list[set[int]]) -> None:
    assert [set(found) for found in years_of_clauses(text, 2024)] == years


WHICH_YEAR = "快检室哪一年建成？"


@pytest.mark.parametrize(
    ("question", "text", "this_year", "note"),
    [
        (WHICH_YEAR, "快检室今年建成", 2006, "（“今年”指2006年）"),
        (WHICH_YEAR, "快检室去年建成", 2006, "（“去年”指2005年）"),
        (WHICH_YEAR, "快检室上年建成", 2006, "（“上年”指2005年）"),
        (WHICH_YEAR, "快检室前年建成", 2006, "（“前年”指2004年）"),
        (WHICH_YEAR, "快检室明年6月底前建成", 2006, "（“明年”指2007年）"),
        (WHICH_YEAR, "快检室今年建成", None, ""),  # of a document without a year
        (WHICH_YEAR, "快检室今年即2007年建成", 2006, ""),  # says it itself
        (WHICH_YEAR, "快检室6月底前建成", 2006, ""),
        (WHICH_YEAR, "快检室今年尽快建成", 2006, "（原文只说“尽快”，没有写明具体日期）"),
        ("快检室今年建多少间？", "快检室今年建20间", 2006, ""),  # no time is asked
        ("快检室由谁负责？", "快检室今年由食品科负责", 2006, ""),
    ],
)
def test_what_year_a_word_stands_for(question: str, text: str, this_year: int | None, note: str) -> None:
    assert note_of(understand(question), text, this_year) == ("answered", note)


def test_a_quote_of_this_year_tells_which(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (
        "在白屿市工商行政管理局2006年工作会议上的讲话\n同志们：\n一、工作任务\n合同帮农服务站今年全部建成。\n"
    )
    documents = {"白屿市局2006年会议讲话.txt": text.encode()}
    assistant = make_assistant(stored(tmp_path_factory.mktemp("years") / "home", documents))
    answer = assistant.answer("白屿市合同帮农服务站哪一年建成？")
    assert "今年全部建成" in answer.text
    assert "（“今年”指2006年）" in answer.text
