"""Who does what, what to read, and what may be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.onboarding.doers import circles_of, named, sort_of
from assistant.onboarding.figures import assignments_of, figures_of
from assistant.onboarding.issuers import one_name
from assistant.onboarding.path import minutes, path_of
from assistant.onboarding.questions import cites, questions_of
from assistant.onboarding.quiz import LONGEST_QUIZ, OPTIONS, SORTS, Item, draw, pool_of
from assistant.onboarding.terms import terms_of
from corpus.library import Library
from corpus.settings import LibrarySettings
from corpus.text import MASK, fold
from ingest.pipeline import ingest


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    settings = LibrarySettings(tmp_path_factory.mktemp("demonstration") / "home")
    with Library.open(settings, write=True) as own, as_file(files("corpus") / "documents") as folder:
        ingest(own, [Path(folder)], jobs=1)
        yield own


@pytest.fixture(scope="module")
def asked(demonstration: Library) -> Assistant:
    return make_assistant(demonstration)


NAMES = [
    ("登记注册科", ("登记注册科",), "one unit"),
    ("12315中心、消保科", ("12315中心", "消保科"), "several, the first leads"),
    ("餐饮服务科和食品流通科", ("餐饮服务科", "食品流通科"), "joined by and"),
    ("特种设备科会同县区局", ("特种设备科", "县区局"), "together with"),
    ("领导小组办公室（设在市市场监管局）", ("领导小组办公室",), "brackets"),
    ("总工程师", ("总工程师",), "a post"),
    ("一把不满意清单推送给承办单位", (), "an act"),
    ("份由办公室和驻局纪检监察组", ("驻局纪检监察组",), "the end of a word before it"),
    ("局长约谈", (), "a post and what it does"),
    ("剩余14个所", (), "a number of them"),
    ("XX书记", (), "masked"),
    ("部门", (), "any of them"),
    ("案件查办", (), "ends like an office"),
]


@pytest.mark.parametrize(("owner", "names", "trap"), NAMES, ids=[row[2] for row in NAMES])
def test_names_of_units(owner: str, names: tuple[str, ...], trap: str) -> None:
    assert named(owner) == names


def test_sorts_of_doers() -> None:
    assert [sort_of(name) for name in ("登记注册科", "局长", "各县区局", "全市系统")] == [
        "unit",
        "post",
        "everyone",
        "everyone",
    ]


def test_an_issuer_has_one_name() -> None:
    names = one_name(["云川市安澜县市场监督管理局", "安澜县市场监督管理局", "云川市市场监督管理局"])
    assert names["云川市安澜县市场监督管理局"] == "安澜县市场监督管理局"
    assert names["云川市市场监督管理局"] == "云川市市场监督管理局"


@pytest.mark.slow
def test_units_of_two_bureaus_are_kept_apart(demonstration: Library) -> None:
    city, county, *_ = circles_of(demonstration)
    assert (city.issuer, county.issuer) == ("云川市市场监督管理局", "安澜县市场监督管理局")
    assert city.year == 2025
    doers = {doer.name: doer for doer in city.doers}
    assert doers["登记注册科"].leads
    assert {"登记注册股", "餐饮股"} <= {doer.name for doer in county.doers}
    assert not {"登记注册股", "餐饮股"} & set(doers)
    for doer in city.doers:
        for kept in (*doer.leads, *doer.helps):
            assert kept.row.owner is not None
            assert doer.name in " ".join((kept.row.owner.name, *kept.row.owner.cooperating))
    years = [kept.row.year or 0 for kept in doers["登记注册科"].leads]
    assert years == sorted(years, reverse=True)


@pytest.mark.slow
def test_the_reading_path(demonstration: Library) -> None:
    steps = path_of(demonstration, terms_of(demonstration))
    assert steps == path_of(demonstration, terms_of(demonstration))
    assert [step.document for step in steps[:4]] == [
        "云川市局2025年上半年结账会讲话.txt",
        "云川市局2025年工作会议讲话.pdf",
        "云川市局2025年工作要点.md",
        "云川市局2025年督查任务台账.xlsx",
    ]
    assert len({step.document for step in steps}) == len(steps)
    assert any(step.why == "terms" and step.explains for step in steps)
    for step in steps:
        document = demonstration.document(step.document)
        assert all(document.quote(part.heading_span) == part.heading for part in step.parts)
    assert [minutes(characters) for characters in (1, 400, 401)] == [1, 1, 2]


@pytest.mark.slow
def test_a_figure_stands_in_its_sentence_and_once_in_its_document(demonstration: Library) -> None:
    figures = figures_of(demonstration)
    assert len(figures) > 20
    for figure in figures:
        document = demonstration.document(figure.kept.row.document)
        sentence = document.quote(figure.sentence)
        assert figure.indicator in sentence
        assert figure.printed in sentence
        assert fold(document.text).count(fold(figure.indicator)) == 1
        assert not MASK.search(sentence)
    names = {figure.indicator for figure in figures}
    assert not [name for name in names if name.startswith(("前", "其中", "提高")) or "要" in name]
    for each in assignments_of(demonstration):
        assert f"任务内容：{each.task}" in each.kept.row.quote
        assert f"牵头单位：{each.lead}" in each.kept.row.quote


@pytest.mark.slow
def test_questions_are_answered(demonstration: Library, asked: Assistant) -> None:
    terms, circles = terms_of(demonstration), circles_of(demonstration)
    themes = questions_of(demonstration, terms, circles, asked.answer)
    assert [theme.theme for theme in themes] == ["terms", "targets", "owners", "units", "due"]
    for theme in themes:
        for question in theme.questions:
            answer = asked.answer(question)
            assert not answer.abstained
            assert answer.citations
    refusing = questions_of(demonstration, terms, circles, lambda question: asked.answer("鱼翅的含水率"))
    assert refusing == ()


@pytest.mark.slow
def test_the_self_test(demonstration: Library, asked: Assistant) -> None:
    pool = pool_of(demonstration, terms_of(demonstration))
    assert {item.sort for item in pool} == set(SORTS)

    def agrees(item: Item) -> bool:
        return item.sort != "figure" or cites(
            asked.answer(f"《{item.title}》里，{item.subject}的目标是多少？"), item.document, item.span
        )

    drawn = draw(pool, 17, agrees)
    assert drawn == draw(pool, 17, agrees)
    assert drawn != draw(pool, 18, agrees)
    assert len(drawn) == LONGEST_QUIZ
    assert draw(pool[:2], 17, agrees) == ()
    assert draw(pool, 17, lambda item: False) == ()
    for question in drawn:
        document = demonstration.document(question.item.document)
        assert question.options[question.right] == question.item.right
        assert len(set(question.options)) == OPTIONS
        assert question.item.right in " ".join(document.quote(question.item.span).split())


@pytest.mark.slow
def test_no_wrong_answer_is_right(demonstration: Library) -> None:
    for item in pool_of(demonstration, terms_of(demonstration)):
        quote = demonstration.document(item.document).quote(item.span)
        assert item.right not in item.wrong
        if item.sort in ("lead", "due"):
            assert not [wrong for wrong in item.wrong if wrong in quote], item.subject
        if item.sort == "term":
            assert not [wrong for wrong in item.wrong if item.subject in wrong]


@pytest.mark.slow
def test_a_second_look_finds_two_figures_for_one_indicator(demonstration: Library, asked: Assistant) -> None:
    item = next(
        item
        for item in pool_of(demonstration, terms_of(demonstration))
        if item.subject == "学校食堂互联网“明厨亮灶”接入率" and "行动方案" in item.title
    )
    question = f"《{item.title}》里，{item.subject}的目标是多少？"
    assert not cites(asked.answer(question), item.document, item.span)
