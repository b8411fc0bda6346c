"""A year that is named is searched by itself, so that no number of like sentences of other years hides it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pytest
from own_library import stored

from assistant import finding
from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.finding import in_place, passages_for
from assistant.question import understand

SPEECH = """在白屿市市场监督管理局{year}年工作会议上的讲话
同志们：
一、今年任务
农贸市场快检室建设{count}间。
二、有关要求
各县局要强化农贸市场快检室运行管理。
"""
COUNTS = {year: 10 + year % 100 for year in range(2016, 2026)}
DOCUMENTS = {
    f"白屿市局{year}年会议讲话.txt": SPEECH.format(year=year, count=count).encode()
    for year, count in COUNTS.items()
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("finding") / "home", DOCUMENTS))


def years_found(
    assistant: Assistant,
    text: str,
    allowed: Collection[str] | None = None,
    years: frozenset[int] | None = None,
) -> set[int]:
    """The years of the documents whose passages are weighed for a question."""
    question = understand(text)
    question = replace(question, years=question.years if years is None else years)
    scoping = assistant.retriever.scoping()
    first = passages_for(assistant.library, question, allowed, {})
    found = in_place(assistant.library, question, scoping, first, allowed, {})
    return {int(scored.passage.document[4:8]) for scored in found}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each search only four passages are looked at, as of a large library only sixty are."""
    monkeypatch.setattr(finding, "PASSAGES", 4)


ASKED = "农贸市场快检室建设多少间？"


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("year", [2016, 2019, 2023])
def test_the_documents_of_the_year_and_of_the_next_are_weighed(assistant: Assistant, year: int) -> None:
    without = years_found(assistant, ASKED)
    assert not {2016, 2017, 2019, 2020, 2023, 2024} <= without  # they are not all found anyway
    assert {year, year + 1} <= years_found(assistant, f"{year}年{ASKED}")


@pytest.mark.usefixtures("few")
def test_only_what_the_reader_may_see(assistant: Assistant) -> None:
    allowed = {name for name in DOCUMENTS if "2019" not in name}
    found = years_found(assistant, f"2019年{ASKED}", allowed)
    assert 2020 in found
    assert 2019 not in found


@pytest.mark.usefixtures("few")
def test_two_years_are_asked_part_by_part(assistant: Assistant) -> None:
    """Nothing is added for several years at once, nor for none."""
    plain = years_found(assistant, ASKED)
    assert years_found(assistant, ASKED, years=frozenset({2016, 2019})) == plain
    assert years_found(assistant, ASKED, years=frozenset()) == plain
    assert years_found(assistant, ASKED, years=frozenset({1999})) == plain  # of which there is no document


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("year", [2016, 2019, 2023])
def test_the_figure_of_the_year_is_the_answer(assistant: Assistant, year: int) -> None:
    answer = assistant.answer(f"{year}年{ASKED}")
    assert f"{COUNTS[year]}间" in answer.text
