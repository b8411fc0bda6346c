"""Passages: what is cut, where, under which headings. A golden cut shows one passage a line."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import Block, Document, Inferred, Metadata, Page, Span
from ingest.passages import LONGEST, LONGEST_ROW, cut, describe
from ingest.sections import outline

TITLE = Metadata(Inferred("甲", 1.0))


def outlined(text: str, blocks: tuple[Block, ...] = (), pages: tuple[Page, ...] = ()) -> Document:
    return Document("甲.txt", "r", text, TITLE, outline(text, blocks), pages, blocks)


def words(text: str) -> list[str]:
    return [passage.text for passage in cut(outlined(text))]


LONG = "各科室要认真落实" * 8  # 64 characters


@pytest.mark.parametrize(
    ("text", "expected", "trap"),
    [
        ("抽检。巡查。", ["抽检。巡查。"], "short sentences share a passage"),
        (
            "一、食品\n抽检。\n二、药品\n巡查。",
            ["一、食品", "抽检。", "二、药品", "巡查。"],
            "headings of their own",
        ),
        (
            "（一）食品。抽检500批次。\n（二）药品。巡查。",
            ["（一）食品。抽检500批次。", "（二）药品。巡查。"],
            "a heading that runs into its paragraph stays with it",
        ),
        ("要抓：一是检查；二是整改。", ["要抓：一是检查；二是整改。"], "short items share a passage"),
        (
            f"要抓：一是{LONG}；二是{LONG}；三是{LONG}；四是通报。",
            [f"要抓：一是{LONG}；二是{LONG}；", f"三是{LONG}；四是通报。"],
            "an item is divided from the next where it does not fit",
        ),
        (
            "1.目标：98%。2.措施：检查。",
            ["1.目标：98%。", "2.措施：检查。"],
            "headings one after another in one line",
        ),
        ("抽检。\n巡查。", ["抽检。\n巡查。"], "two short paragraphs"),
        (
            f"{LONG}，{LONG}。\n抽检。",
            [f"{LONG}，{LONG}。", "抽检。"],
            "a paragraph ends a passage that is long enough",
        ),
        ("字" * 400, ["字" * 180, "字" * 180, "字" * 40], "no mark at all"),
        (
            f"{LONG}，{LONG}，{LONG}，{LONG}。",
            [f"{LONG}，{LONG}，", f"{LONG}，{LONG}。"],
            "a long sentence is cut at its clauses",
        ),
        ("", [], "nothing"),
        (" \n　\r\n", [], "only white space"),
    ],
)
def test_golden(text: str, expected: list[str], trap: str) -> None:
    assert words(text) == expected, trap


def test_path_context_and_page() -> None:
    text = "一、监管\n（一）食品。抽检。\n二、服务\n办照。"
    pages = (Page(1, Span(0, 15)), Page(2, Span(15, len(text))))
    found = cut(outlined(text, pages=pages))
    assert [(passage.text, passage.path, passage.page) for passage in found] == [
        ("一、监管", ("一、监管",), 1),
        ("（一）食品。抽检。", ("一、监管", "（一）食品。"), 1),
        ("二、服务", ("二、服务",), 2),
        ("办照。", ("二、服务",), 2),
    ]
    assert found[1].context == "甲\n一、监管\n（一）食品。"


def test_table_rows_stand_alone() -> None:
    text = "任务表\n1\t食品\t王某\n2\t药品\t李某\n说明。"
    rows = tuple(
        Block("row", Span(text.index(row), text.index(row) + len(row)))
        for row in ("1\t食品\t王某", "2\t药品\t李某")
    )
    found = cut(outlined(text, rows))
    assert [passage.text for passage in found] == ["任务表", "1\t食品\t王某", "2\t药品\t李某", "说明。"]


@pytest.mark.parametrize(
    ("row", "count", "trap"),
    [
        ("1\t" + LONG * 4 + "\t王某", 1, "a row is longer than other passages"),
        ("1\t" + LONG * 20 + "\t王某", 8, "but not without end"),
        ("\t\t ", 0, "a blank row"),
    ],
)
def test_long_and_blank_rows(row: str, count: int, trap: str) -> None:
    found = cut(outlined(row, (Block("row", Span(0, len(row))),)))
    assert len(found) == count, trap


def test_metadata_in_words() -> None:
    full = Metadata(
        title=Inferred("云川市局2023年一季度讲评会讲话", 1.0),
        issuer=Inferred("云川市市场监督管理局", 1.0),
        region=Inferred("云川市", 1.0),
        date=Inferred(datetime.date(2023, 4, 2), 1.0),
        year=Inferred(2023, 1.0),
        period=Inferred("一季度", 1.0),
        speaker=Inferred("市局", 1.0),
        aliases=("讲评会", "云川市"),
    )
    assert describe(full) == (
        "云川市局2023年一季度讲评会讲话 云川市 云川市市场监督管理局 2023年 一季度 市局 讲评会"
    )
    assert describe(TITLE) == "甲"


ATOMS = st.sampled_from(
    [
        *(
            "一、",
            "（二）",
            "1.",
            "2.",
            "（1）",
            "①",
            "一是",
            "二是",
            "三是",
            "第一，",
            "第二，",
            "\n——",
            "\n一、",
            "\n（三）",
        ),
        *(
            "\n1.",
            "第一章 ",
            "监管",
            "，",
            "。",
            "；",
            "：",
            "”",
            "\n",
            "\r\n",
            "\r",
            " ",
            "　",
            "3.5%",
            "\ufeff",
            "XX",
        ),
        *("落实" * 20, "抓好" * 100),
    ]
)
WRITTEN = st.lists(ATOMS, max_size=50).map("".join)


def obeys(document: Document) -> None:
    found = cut(document)
    text = document.text
    rows = {block.span for block in document.blocks}
    covered: set[int] = set()
    at = 0
    for passage in found:
        span = passage.span
        assert passage.text == document.quote(span)
        assert at <= span.start
        if span in rows:
            assert passage.text.strip()
            assert len(span) <= LONGEST_ROW
        else:
            assert passage.text == passage.text.strip()
            assert len(span) <= LONGEST
        at = span.end
        covered |= set(range(span.start, span.end))
        assert passage.path == document.path(span.start)
    assert not [i for i in range(len(text)) if not text[i].isspace() and i not in covered]
    assert len({passage.identity for passage in found}) == len(found)


@settings(deadline=None)
@given(WRITTEN)
@example("一、\r二、监管\r")
@example("1.目标。2.措施：一是甲；二是乙。")
def test_passages_are_verbatim_apart_and_whole(text: str) -> None:
    obeys(outlined(text))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_cut(text: str) -> None:
    obeys(outlined(text))


@settings(deadline=None)
@given(WRITTEN)
def test_no_passage_crosses_the_start_of_a_line_heading(text: str) -> None:
    document = outlined(text)
    starts = [section.span.start for section in document.sections]
    lines = [start for start in starts if start == 0 or text[start - 1] in "\r\n"]
    heads = [
        start for start in lines if text[start] in "一（1①" and text[start : start + 2][-1] not in "是，"
    ]
    for passage in cut(document):
        assert not [start for start in heads if passage.span.start < start < passage.span.end]


@settings(deadline=None)
@given(WRITTEN, st.data())
def test_rows_and_pages_may_lie_anywhere(text: str, data: st.DataObject) -> None:
    if not text:
        return
    rows = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        rows.append(Block("row", Span(start, data.draw(st.integers(start + 1, len(text))))))
    obeys(outlined(text, tuple(rows), (Page(1, Span(0, len(text))),)))
