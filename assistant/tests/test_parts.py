"""The parts of a question that asks more than once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from baiyu_library import DOCUMENTS
from own_library import DOCUMENTS as OWN
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.parts import both_of, each_of, parts_of, things_of
from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("食品抽检批次和注册商标数分别是多少？", ["食品抽检批次是多少？", "注册商标数是多少？"]),
        ("示范街和快检室各建多少？", ["示范街建多少？", "快检室建多少？"]),
        ("抽检合格率跟检定率分别要达到多少？", ["抽检合格率要达到多少？", "检定率要达到多少？"]),
        ("食品抽检批次和注册商标数是多少？", []),  # of both together
        ("食品抽检批次分别是多少？", []),  # of one
        ("示范街和快检室各区县建多少？", []),  # of each district
        ("示范街和快检室分别由谁负责？", []),  # no figures
    ],
)
def test_the_figures_of_two_things(question: str, texts: list[str]) -> None:
    asked = understand(question)
    parts = both_of(asked)
    assert [part.text for part in parts] == texts
    assert {part.kind for part in parts} <= {asked.kind}


def test_each_of_two_things_keeps_the_year() -> None:
    parts = both_of(understand("2023年示范街和快检室各建多少？"))
    assert [set(part.years) for part in parts] == [{2023}, {2023}]
    assert {part.context for part in parts} == {"2023年示范街和快检室各建多少？"}


def test_each_of_two_things_keeps_a_year_that_it_does_not_name() -> None:
    asked = replace(understand("今年示范街和快检室各建多少？"), years=frozenset({2024}))
    assert [set(part.years) for part in both_of(asked)] == [{2024}, {2024}]


def test_both_figures_are_the_answer(assistant: Assistant) -> None:
    answer = assistant.answer("松泽县2024年血压计检定和专项资金分别多少？")
    assert answer.status == "answered"
    assert [citation.quote[-5:] for citation in answer.citations] == ["2000台", "150万元"]


def test_each_of_two_however_each_is_said() -> None:
    assert len(both_of(understand("抽检合格率和检定率各是多少？"))) == 2


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("食品、药品、特种设备，分别由谁负责？", ("食品", "药品", "特种设备")),
        ("食品、药品在五大行动里分别是第几项？", ("食品", "药品")),
        ("“快检”、“快处”，各指什么？", ("快检", "快处")),
        ("讲话里：食品、药品和特种设备，各抽检多少批次？", ("食品", "药品", "特种设备")),
        ("食品、药品，各科室抽检多少批次？", ()),
        ("食品、药品，由谁负责？", ()),
        ("食品抽检，分别多少批次？", ()),
    ],
)
def test_the_things_of_each_of_which_something_is_asked(question: str, things: tuple[str, ...]) -> None:
    assert things_of(understand(question)) == things


def test_what_is_asked_of_each() -> None:
    parts = each_of(understand("食品、药品，分别由谁负责？"))
    assert [part.text for part in parts] == ["食品，分别由谁负责？", "药品，分别由谁负责？"]
    assert each_of(understand("食品由谁负责？")) == ()


def test_a_list_right_before_the_word_for_each() -> None:
    assert things_of(understand("食品、药品、特种设备分别对应第几项？")) == ("食品", "药品", "特种设备")


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("去年和今年食品抽检合格率各是多少？", {2023, 2024}),
        ("今年食品抽检合格率目标是多少？", {2024}),
        ("明年食品抽检合格率目标是多少？", {2025}),
        ("青澜市2023年今年的目标是多少？", {2023}),  # a year that is named tells
        ("青澜市2023年工作会议讲话里，今年的目标是多少？", set()),  # or names a document
        ("食品抽检合格率目标是多少？", set()),
    ],
)
def test_this_year_is_the_latest_of_the_library(assistant: Assistant, question: str, years: set[int]) -> None:
    asked = assistant.retriever.dated(understand(question))
    assert asked.years == years


def test_this_year_is_the_latest_of_the_place_that_is_named(tmp_path: Path) -> None:
    with stored(tmp_path / "home", {**OWN, **DOCUMENTS}) as library:  # of 2023 and 2024, and of 2025
        retriever = make_assistant(library).retriever
        assert retriever.dated(understand("松泽县去年的目标是多少？")).years == {2023}
        assert retriever.dated(understand("白屿市去年的目标是多少？")).years == {2024}
        assert retriever.dated(understand("去年的目标是多少？")).years == {2024}


def test_a_part_with_its_own_this_year_is_dated_by_itself(assistant: Assistant) -> None:
    """The year of the whole question is none that a part says of itself."""
    parts = parts_of(understand("2023年建成示范街多少条？今年打算建多少条？"))
    assert [set(assistant.retriever.dated(part).years) for part in parts] == [{2023}, {2024}]


@pytest.mark.parametrize(
    ("question", "texts", "years"),
    [
        (
            "24年和23年抽检合格率各是多少？",
            ["2023年抽检合格率各是多少？", "2024年抽检合格率各是多少？"],
            [{2023}, {2024}],
        ),
        (
            "23年、24年分别抽检多少批次？",
            ["2023年分别抽检多少批次？", "2024年分别抽检多少批次？"],
            [{2023}, {2024}],
        ),
        (
            "2023年和2024年抽检合格率各是多少？",
            ["2023年抽检合格率各是多少？", "2024年抽检合格率各是多少？"],
            [{2023}, {2024}],
        ),
        ("近24年抽检合格率各是多少？", ["近24年抽检合格率各是多少？"], [{2024}]),
    ],
)
def test_short_years_are_parts_too(question: str, texts: list[str], years: list[set[int]]) -> None:
    parts = parts_of(understand(question))
    assert [part.text for part in parts] == texts
    assert [set(part.years) for part in parts] == years


@pytest.mark.parametrize(
    "question",
    [
        "青澜市23年和24年食品抽检合格率分别是多少？",
        "青澜市去年和今年食品抽检合格率分别要达到多少？",
    ],
)
def test_one_figure_a_year(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert {citation.document for citation in answer.citations} >= {"青澜市局2024年会议讲话.txt"}
    assert "98%以上" in answer.text
