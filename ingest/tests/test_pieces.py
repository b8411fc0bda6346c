"""Stretches of running text: their mode, whether they lead in others, the years under review, and headings that are the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import document

from corpus.document import Block, Document, Kind, Span
from ingest.pieces import Piece, pieces


def read(told: Document) -> list[str]:
    """Each stretch that is not blank: mode, what it is under, whether it leads, its words."""
    return [
        f"{piece.mode}{' leads' if piece.leads else ''}: {_above(told, piece)}: {words}"
        for piece in pieces(told)
        if (words := "".join(told.quote(piece.span).split()))
    ]


def _above(told: Document, piece: Piece) -> str:
    return "-" if piece.section is None else told.quote(told.sections[piece.section].heading)


SPEECH = (
    "在全县会议上的讲话\n同志们：\n"
    "一、2023年工作回顾\n全县登记主体三千户。\n（一）服务提质。办件时间缩短了。\n"
    "二、存在的问题\n部分企业责任不落实。\n"
    "三、2024年重点任务\n各科室要对照目标抓落实。\n（一）守牢底线。开展专项整治。\n（二）强化质量。培育标杆。\n"
)


def test_a_speech() -> None:
    assert read(document(SPEECH)) == [
        "open leads: -: 在全县会议上的讲话同志们：",
        "review leads: 一、2023年工作回顾: 全县登记主体三千户。",
        "review: （一）服务提质。: 办件时间缩短了。",
        "problem: 二、存在的问题: 部分企业责任不落实。",
        "plan leads: 三、2024年重点任务: 各科室要对照目标抓落实。",
        "plan: （一）守牢底线。: 开展专项整治。",
        "plan: （二）强化质量。: 培育标杆。",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "二、重点任务\n1.制定摸底方案，5月底前印发。牵头单位：甲科\n",
            "1.制定摸底方案，5月底前印发。牵头单位：甲科",
        ),
        ("二、重点任务\n1.制定摸底方案。\n2.开展评估。\n", "1.制定摸底方案。"),
        ("二、重点任务\n1.新增标杆企业12家。建立台账。\n", "1.新增标杆企业12家。建立台账。"),
        ("二、重点任务\n（一）夯实基础。建立台账。\n", "建立台账。"),
    ],
    ids=["labels behind it", "nothing behind it", "a figure in it", "a heading proper"],
)
def test_a_heading_may_be_the_text(text: str, words: str) -> None:
    assert any(one.endswith(f": {words}") for one in read(document(text, kind="plan")))


@pytest.mark.parametrize(
    ("kind", "dense"), [("plan", True), ("ledger", True), ("speech", False), (None, False)]
)
def test_plans_and_ledgers_are_dense(kind: Kind | None, dense: bool) -> None:
    assert {piece.dense for piece in pieces(document(SPEECH, kind=kind))} == {dense}


@pytest.mark.parametrize(
    ("text", "year", "reviewed"),
    [
        ("一、2023年工作回顾\n登记主体三千户。\n", 2024, (2023, 2023)),
        ("一、工作回顾\n去年，登记主体三千户。\n", 2024, (2023, 2023)),
        ("一、过去一年工作回顾\n登记主体三千户。\n", 2024, (2023, 2023)),
        ("一、工作回顾\n2022年，获评先进。\n", 2024, (2022, 2022)),
        ("一、工作回顾\n登记主体三千户。\n", 2024, None),
        ("一、2031年工作回顾\n登记主体三千户。\n", 2024, None),
        ("一、去年工作回顾\n登记主体三千户。\n", None, None),
    ],
)
def test_the_years_under_review(text: str, year: int | None, reviewed: tuple[int, int] | None) -> None:
    found = {
        piece.reviewed
        for piece in pieces(document(f"{text}二、下一步工作\n要抓好落实。\n", year=year))
        if piece.mode == "review"
    }
    assert found == {reviewed}


def test_only_a_review_has_years_under_review() -> None:
    assert all(piece.reviewed is None for piece in pieces(document(SPEECH)) if piece.mode != "review")


def test_a_subsection_of_a_review_has_the_years_of_the_heading_above() -> None:
    told = document(SPEECH)
    assert {piece.reviewed for piece in pieces(told) if piece.mode == "review"} == {(2023, 2023)}


def test_table_rows_are_in_no_stretch() -> None:
    text = "要抓好落实。\n任务\t单位\n修订预案\t办公室\n要抓好整改。\n"
    rows = [Block("row", Span(7, 12)), Block("row", Span(13, 21))]
    told = document(text, blocks=rows)
    assert [
        words for words in ("".join(told.quote(piece.span).split()) for piece in pieces(told)) if words
    ] == [
        "要抓好落实。",
        "要抓好整改。",
    ]


LINES = st.lists(
    st.sampled_from(
        [
            "一、2023年工作回顾",
            "二、重点任务",
            "（一）强化监管。要抓检查。",
            "1.新增12家。",
            "同志们：",
            "一是抓；二是管。",
            "牵头单位：甲科",
            "",
        ]
    ),
    max_size=8,
).map("\n".join)


@given(LINES | st.text(max_size=60))
def test_laws(text: str) -> None:
    """Stretches lie inside the text, in order and apart."""
    at = 0
    for piece in pieces(document(text)):
        assert at <= piece.span.start < piece.span.end <= len(text)
        at = piece.span.end
