"""Automatic numbers of Word."""

from __future__ import annotations

import pytest
from making import cells, levels, numbered, p, style, table, word

from ingest.readers import read_bytes
from ingest.readers.numbering import print_number, with_number


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (10203, "chineseCountingThousand", "一万零二百零三"),
        (21, "japaneseCounting", "二十一"),
        (101, "japaneseCounting", "百一"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (12, "ideographZodiac", "亥"),
        (10, "ideographDigital", "一〇"),
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (3, "decimalEnclosedParen", "⑶"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (99, "decimalEnclosedCircle", "99"),
        (0, "upperRoman", "0"),
        (5, "someFutureFormat", "5"),
        (5, "none", ""),
    ],
)
def test_formats(value: int, form: str, printed: str) -> None:
    assert print_number(value, form) == printed


@pytest.mark.parametrize(
    ("number", "text", "line"),
    [
        ("一、", "总体要求", "一、总体要求"),
        ("（一）", "主要目标", "（一）主要目标"),
        ("1.", "建设站所", "1.建设站所"),
        ("1.", "5个站所", "1. 5个站所"),
        ("第一章", "总则", "第一章 总则"),
        ("", "正文", "正文"),
    ],
)
def test_a_number_closes_up_where_it_can(number: str, text: str, line: str) -> None:
    assert with_number(number, text) == line


OFFICIAL = levels(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def text_of(body: str, numbering: str, styles: str = "") -> str:
    return read_bytes("a.docx", word(body, numbering=numbering, styles=styles)).text


def test_levels_count_and_restart_under_their_parent() -> None:
    body = "".join(
        p(words, numbered(1, depth))
        for words, depth in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1), ("庚", 2)]
    )
    assert text_of(body, OFFICIAL).split() == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "二、戊",
        "（一）己",
        "1.庚",
    ]


def test_text_between_does_not_interrupt() -> None:
    body = p("甲", numbered(1)) + p("正文。") + p("乙", numbered(1))
    assert text_of(body, OFFICIAL).split() == ["一、甲", "正文。", "二、乙"]


def test_a_level_may_show_those_above_it_in_figures() -> None:
    shapes = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2")).replace(
        '<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>'
    )
    body = p("总则", numbered(1)) + p("目的", numbered(1, 1)) + p("范围", numbered(1, 1))
    assert text_of(body, shapes).splitlines() == ["第一章 总则", "1.1 目的", "1.2 范围"]


def test_a_second_list_of_the_same_kind_restarts_when_told() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        levels(("decimal", "%1.")) + f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{restart}</w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(
        p(words, numbered(n)) for words, n in [("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 3)]
    )
    assert text_of(body, numbering).split() == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊"]


def test_styles_carry_numbers_and_a_paragraph_can_refuse_them() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
    )
    body = (
        p("甲", style("1")) + p("乙", style("mine")) + p("丙", style("1") + numbered(0)) + p("丁", style("1"))
    )
    assert text_of(body, OFFICIAL, styles).split() == ["一、甲", "二、乙", "丙", "三、丁"]


def test_a_list_knows_the_level_of_a_style() -> None:
    numbering = OFFICIAL.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="2"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert text_of(p("甲", numbered(1)) + p("乙", style("2")), numbering, styles).split() == [
        "一、甲",
        "（一）乙",
    ]


def test_bullets_and_symbols_print_nothing() -> None:
    assert text_of(p("甲", numbered(1)), levels(("bullet", "\uf0b7"))) == "甲\n"


def test_an_unknown_list_prints_nothing() -> None:
    assert text_of(p("甲", numbered(7)), OFFICIAL) == "甲\n"


def test_deleted_and_empty_paragraphs() -> None:
    deleted = f'<w:p><w:pPr>{numbered(1)}<w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
    assert text_of(p("甲", numbered(1)) + deleted + p("乙", numbered(1)), OFFICIAL).split() == [
        "一、甲",
        "二、乙",
    ]


def test_an_empty_numbered_cell_shows_its_number() -> None:
    rows = [cells(p("", numbered(1)), name) for name in ("甲", "乙")]
    assert text_of(table(*rows), levels(("decimal", "%1"))) == "1\t甲\n2\t乙\n"
