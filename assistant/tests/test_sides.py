"""The sides of a comparison: what is asked of each."""

from __future__ import annotations

import pytest
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.question import understand

SPEECH = """在{place}市市场监督管理局{year}年工作会议上的讲话
同志们：
一、{year}年工作任务
食品抽检合格率不低于{rate}%。办结投诉{cases}件。
"""
SAID = (
    ("丹崖", 2023, 97.1, 310),
    ("丹崖", 2024, 97.5, 420),
    ("碧湾", 2023, 96.2, 150),
    ("碧湾", 2024, 96.8, 160),
)
DOCUMENTS = {
    f"{place}市局{year}年会议讲话.txt": SPEECH.format(place=place, year=year, rate=rate, cases=cases).encode()
    for place, year, rate, cases in SAID
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("sides") / "home", DOCUMENTS))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("own") / "home"))


def sides(assistant: Assistant, question: str) -> list[tuple[str, str, set[int]]]:
    """Of each side the place of its documents, what is asked of it, and the years."""
    found = assistant.retriever.sides(understand(question))
    places = [{name[:2] for name in names} for _, names in found]
    assert all(len(place) == 1 for place in places)
    return [(*place, asked.text, set(asked.years)) for place, (asked, _) in zip(places, found, strict=True)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("丹崖市和碧湾市分别办结投诉多少件？", "办结投诉多少件"),
        ("丹崖市和碧湾市都要求办结投诉多少件？", "都要求办结投诉多少件"),
        ("丹崖市和碧湾市均要求办结投诉多少件？", "均要求办结投诉多少件"),
        ("丹崖市与碧湾市各是怎么抓食品抽检的？", "是怎么抓食品抽检的"),
        ("丹崖市和碧湾市各自提了什么要求？", "提了什么要求"),
    ],
)
def test_what_stands_after_a_word_for_each_is_asked_of_all(
    assistant: Assistant, question: str, asked: str
) -> None:
    assert sides(assistant, question) == [
        ("丹崖", f"丹崖市，{asked}", set()),
        ("碧湾", f"碧湾市，{asked}", set()),
    ]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "丹崖市和碧湾市抽检合格率目标哪个高？",
            ("丹崖市，抽检合格率目标哪个高", "碧湾市抽检合格率目标哪个高"),
        ),
        ("丹崖和碧湾抽检合格率目标哪个高？", ("丹崖，抽检合格率目标哪个高", "碧湾抽检合格率目标哪个高")),
        ("丹崖市的抽检和碧湾市的投诉办结有什么区别？", ("丹崖市的抽检", "碧湾市的投诉办结有什么区别")),
        (
            "丹崖市的抽检、投诉办结和碧湾市的抽检有什么区别？",
            ("丹崖市的抽检，投诉办结", "碧湾市的抽检有什么区别"),
        ),
        ("丹崖市抽检多少批次，碧湾市办结投诉多少件？", ("丹崖市抽检多少批次", "碧湾市办结投诉多少件")),
    ],
)
def test_a_side_that_is_only_named_is_asked_what_the_last_is(
    assistant: Assistant, question: str, texts: tuple[str, str]
) -> None:
    assert tuple(text for _, text, _ in sides(assistant, question)) == texts


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("丹崖市2023年的抽检合格率和碧湾市2024年的抽检合格率哪个高？", [{2023}, {2024}]),
        ("丹崖市2023年的抽检合格率和碧湾市的抽检合格率哪个高？", [{2023}, set()]),
        ("丹崖市的抽检合格率和碧湾市2024年的抽检合格率哪个高？", [set(), {2024}]),
        ("2023年丹崖市和碧湾市抽检合格率哪个高？", [{2023}, {2023}]),  # of both
        ("丹崖市和碧湾市2024年抽检合格率目标哪个高？", [{2024}, {2024}]),
        ("丹崖市和碧湾市抽检合格率目标哪个高？", [set(), set()]),
    ],
)
def test_the_year_of_one_side_is_not_the_others(
    assistant: Assistant, question: str, years: list[set[int]]
) -> None:
    assert [found for _, _, found in sides(assistant, question)] == years


def test_a_side_of_a_year_keeps_it_when_asked_what_the_last_is(assistant: Assistant) -> None:
    found = sides(assistant, "丹崖市2023年和碧湾市2024年抽检合格率目标哪个高？")
    assert [years for _, _, years in found] == [{2023}, {2024}]


@pytest.mark.parametrize(
    ("question", "rate"),
    [
        ("丹崖市和碧湾市平均办结投诉多少件？", "平均办结投诉多少件"),
        ("丹崖市和碧湾市人均办结投诉多少件？", "人均办结投诉多少件"),
        ("丹崖市和碧湾市都市圈抽检多少批次？", "都市圈抽检多少批次"),
    ],
)
def test_an_average_is_not_split(assistant: Assistant, question: str, rate: str) -> None:
    assert [text for _, text, _ in sides(assistant, question)] == [f"丹崖市，{rate}", f"碧湾市{rate}"]


@pytest.mark.parametrize(
    "question",
    [
        "对屡次违规的单位和个人，由市局约谈的依据是什么？",
        "单位和个人，由市局约谈",
        "丹崖市2024年抽检合格率目标是多少？",
        "丹崖市的抽检和投诉办结各是怎么要求的？",  # one place
        "抽检和投诉办结分别是怎么要求的？",
    ],
)
def test_no_sides(assistant: Assistant, question: str) -> None:
    assert assistant.retriever.sides(understand(question)) == ()


@pytest.mark.parametrize(
    ("question", "ranks"),
    [
        ("市里什么时候办结，县里什么时候办结？", ["青澜", "松泽"]),
        ("抽检由市局负责的有哪些？县里什么时候办结？", []),  # a bureau that acts in what is asked
        ("违规的由市局约谈几次，由县局约谈几次？", []),
        ("市局和县局分别要求抽检合格率达到多少？", ["青澜", "松泽"]),
    ],
)
def test_a_rank_names_a_side_where_ranks_are_compared(
    own: Assistant, question: str, ranks: list[str]
) -> None:
    assert [min(names)[:2] for _, names in own.retriever.sides(understand(question))] == ranks


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("丹崖市和碧湾市2024年食品抽检合格率目标哪个高？", ("97.5%", "96.8%")),
        ("丹崖市2024年食品抽检合格率目标是多少，碧湾市2023年办结投诉多少件？", ("97.5%", "150件")),
        ("2023年丹崖市和碧湾市分别办结投诉多少件？", ("310件", "150件")),
    ],
)
def test_both_sides_are_quoted(assistant: Assistant, question: str, figures: tuple[str, str]) -> None:
    answer = assistant.answer(question)
    assert all(figure in answer.text for figure in figures)


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    documents = {
        f"{place}县局2024年会议讲话.txt": SPEECH.replace("市市场", "县市场")
        .format(place=place, year=2024, rate=rate, cases=9)
        .encode()
        for place, rate in (("云畔", 96.1), ("石泓", 96.4))
    }
    return make_assistant(stored(tmp_path_factory.mktemp("counties") / "home", documents))


def test_a_county_that_is_only_named_is_asked_what_the_last_is(counties: Assistant) -> None:
    found = sides(counties, "云畔县和石泓县抽检合格率目标哪个高？")
    assert [text for _, text, _ in found] == ["云畔县，抽检合格率目标哪个高", "石泓县抽检合格率目标哪个高"]
