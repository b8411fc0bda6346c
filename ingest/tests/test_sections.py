"""Outlines. A golden outline shows each heading, indented by its level, as printed."""

from __future__ import annotations

import doctest
import textwrap
import time
from collections.abc import Sequence
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import Block, Document, Inferred, Metadata, Section, Span
from corpus.passage import Passage
from ingest import metadata, passages, sections
from ingest.readers import read_bytes
from ingest.sections import numeral, outline


def drawn(text: str, blocks: Sequence[Block] = ()) -> str:
    """The outline of `text` as a person would write it down."""
    return "\n".join(
        "  " * (section.level - 1) + text[section.heading.start : section.heading.end]
        for section in outline(text, blocks)
    )


def golden(picture: str) -> str:
    return textwrap.dedent(picture).strip("\n")


def body(text: str, heading: str) -> str:
    """All that stands in the section with this heading."""
    return next(
        text[section.span.start : section.span.end]
        for section in outline(text)
        if text[section.heading.start : section.heading.end] == heading
    )


@pytest.mark.parametrize("module", [sections, metadata, passages])
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("8", 8),
        ("１２", 12),
        ("年", 0),
        ("", 0),
    ],
)
def test_numeral(text: str, value: int) -> None:
    assert numeral(text) == value


SPEECH = """\
在全市质量工作推进会上的讲话

同志们：
　　今天开会，讲三点意见。
　　第一部分 去年工作
　　一、夯实基础
　　（一）建章立制。各科室修订制度12项。
　　（二）培训队伍。全年要抓好两件事：一是练兵比武，全员参加；二是结对帮扶，
一人一策。
　　第二部分 今年任务
　　一、守住底线
　　1.食品
　　（1）校园食堂
　　①明厨亮灶
　　2.药品
　　二、提升服务
　　——减材料；
　　——减时限。
　　谢谢大家。
"""


def test_a_whole_speech() -> None:
    assert drawn(SPEECH) == golden(
        """
        第一部分 去年工作
          一、夯实基础
            （一）建章立制。
            （二）培训队伍。
              一是练兵比武，全员参加；
              二是结对帮扶，
        第二部分 今年任务
          一、守住底线
            1.食品
              （1）校园食堂
                ①明厨亮灶
            2.药品
          二、提升服务
            ——减材料；
            ——减时限。
        """
    )


GOLDEN = [
    (
        "a number given twice",
        "（三）食品安全\n抽检。\n（三）药品安全\n巡查。",
        """
        （三）食品安全
        （三）药品安全
        """,
    ),
    (
        "二是 twice",
        "重点有四：一是检查；二是整改；二是复查；三是通报。",
        """
        一是检查；
        二是整改；
        二是复查；
        三是通报。
        """,
    ),
    (
        "a number is missing",
        "一是检查；三是通报。",
        """
        一是检查；
        三是通报。
        """,
    ),
    ("too many are missing to be one list", "一是检查；五是通报。", ""),
    ("one item is no list", "其一是检查。一是检查，很要紧。", ""),
    ("figures of speech", "我们一是一，二是二，说话算数。", ""),
    (
        "an item with sub-items",
        "一是检查：1.查证照；2.查台账；二是整改。",
        """
        一是检查：
          1.查证照；
          2.查台账；
        二是整改。
        """,
    ),
    (
        "a second list in the same paragraph is no part of the first one's last item",
        "去年：一是检查；二是整改。今年，一是督办；二是通报。",
        """
        一是检查；
        二是整改。
        一是督办；
        二是通报。
        """,
    ),
    (
        "headings one after another in one line",
        "1.目标：合格率98%。2.主要措施：一是检查；二是整改。",
        """
        1.目标：
        2.主要措施：
          一是检查；
          二是整改。
        """,
    ),
    (
        "a list inside an Arabic heading's paragraph",
        "1.抓好两件事：1.查证照；2.查台账。\n2.抓好服务",
        """
        1.抓好两件事：
          1.查证照；
          2.查台账。
        2.抓好服务
        """,
    ),
    ("a lost line break", "建成全省第3.7个国家级中心。\n完成3.5%的增长。\n3.5%的企业、2.3万户受益。", ""),
    ("a decimal at the start of a line", "3.5%的企业达标\n1.2万户受益\n20.1亿元", ""),
    ("a lone number in running text", "一、监管\n5、这一句不是标题。\n监管要严。", "一、监管"),
    (
        "articles are no headings",
        "第一章 总则\n第一条 为了规范，制定本办法。\n第二条 适用本市。\n第二章 附则\n第三条 即日施行。",
        """
        第一章 总则
        第二章 附则
        """,
    ),
    (
        "full-width figures",
        "１．食品\n抽检。\n２．药品\n（１）疫苗\n巡查。",
        """
        1.食品
        2.药品
          (1)疫苗
        """,
    ),
    (
        "half-width brackets",
        "(一)食品\n抽检。\n(二)药品",
        """
        (一)食品
        (二)药品
        """,
    ),
    (
        "a heading that runs into its paragraph",
        "（一）守住食品底线。围绕校园周边，全年抽检不少于500批次，合格率达到98%以上，问题全部处置到位。\n",
        "（一）守住食品底线。",
    ),
    (
        "a heading without a stop is cut at a clause",
        "一、" + "监管" * 20 + "，" + "服务" * 20 + "。",
        "一、" + "监管" * 20 + "，",
    ),
    ("a heading without any mark is cut at its limit", "一、" + "监管" * 60, "一、" + "监管" * 29),
    ("verbs of the other family", "一要检查。要是不改，就通报。二要整改。", "一要检查。\n二要整改。"),
    ("denied, not listed", "一是不是检查；二是否整改。", ""),
    ("ordinals", "第一，检查。第二，整改。", "第一，检查。\n第二，整改。"),
    (
        "items on lines of their own",
        "一是检查。\n二是整改。\n三是通报。",
        "一是检查。\n二是整改。\n三是通报。",
    ),
    ("a hyphenated dash list", "--检查\n--整改\n", "--检查\n--整改"),
    ("a lone dash is an aside", "这件事\n——检查\n结束。", ""),
    ("a rule of dashes", "------\n——————\n", ""),
    ("numbers over ten", "十一、食品\n二十一、药品", "十一、食品\n二十一、药品"),
    ("white space around", "\ufeff　 一、食品 　\r\n\r\n\t二、药品\r\n", "一、食品\n二、药品"),
    ("old Macintosh line ends", "一、食品\r抽检。\r二、药品\r", "一、食品\n二、药品"),
    ("no heading at all", "今天天气晴。\n我们开会。", ""),
    ("only white space", " \n　\n", ""),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("text", "picture"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN])
def test_golden(text: str, picture: str) -> None:
    wide = drawn(text).lstrip("\ufeff　 ").translate(str.maketrans("１２．", "12."))
    shown = wide if "（１）" not in text else wide.replace("（", "(").replace("）", ")")
    assert shown == golden(picture)


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("一是检查；二是整改。这一句也在末项。\n下一段。", "二是整改。", "二是整改。这一句也在末项。"),
        ("一是检查；二是整改。今年，一是督办；二是通报。", "二是整改。", "二是整改。"),
        ("一是检查；二是整改，一是督办；二是通报。", "二是整改，", "二是整改，"),
        ("一、食品\n抽检。\n\n\n二、药品", "一、食品", "一、食品\n抽检。"),
        ("1.目标：98%。2.措施：检查。\n收尾。", "1.目标：", "1.目标：98%。"),
        ("1.目标：98%。2.措施：检查。\n收尾。", "2.措施：", "2.措施：检查。\n收尾。"),
    ],
)
def test_where_sections_end(text: str, heading: str, expected: str) -> None:
    assert body(text, heading) == expected


def test_headings_that_markdown_marks() -> None:
    reading = read_bytes(
        "a.md", "# 工作要点\n\n## 食品\n\n抽检。\n\n### 校园\n\n## 药品\n\n一是检查；二是整改。\n".encode()
    )
    shown = drawn(reading.text, reading.blocks)
    assert [line.replace("#", "").strip() for line in shown.splitlines()] == [
        "工作要点",
        "食品",
        "校园",
        "药品",
        "一是检查；",
        "二是整改。",
    ]
    assert [section.level for section in outline(reading.text, reading.blocks)] == [1, 2, 3, 2, 3, 3]


def test_headings_that_a_format_marks_and_rows() -> None:
    text = "工作要点\n食品\n抽检。\n一、一行表格\n药品\n" + "长" * 200
    at = {
        word: Span(text.index(word), text.index(word) + len(word))
        for word in ("食品", "一、一行表格", "药品")
    }
    blocks = [
        Block("heading", at["食品"], 2),
        Block("row", at["一、一行表格"]),
        Block("heading", at["药品"], 9),
        Block("heading", Span(text.index("长"), len(text)), 1),
    ]
    assert drawn(text, blocks) == "食品\n  药品"


# What makes headings, items and trouble.
ATOMS = st.sampled_from(
    [
        *"一二三十、，。；：（）()1２.%\n\r 　—是要第",
        *(
            "第一部分",
            "第二章",
            "一、",
            "二、",
            "（一）",
            "（三）",
            "1.",
            "2.",
            "3.5%",
            "（1）",
            "①",
            "②",
            "一是",
            "二是",
            "三是",
        ),
        *(
            "一要",
            "二要",
            "第一，",
            "第二，",
            "——",
            "\n——",
            "\n一、",
            "\n1.",
            "\n（二）",
            "监管",
            "第一条",
            "\ufeff",
            "XX",
        ),
    ]
)
WRITTEN = st.lists(ATOMS, max_size=60).map("".join)


def obeys(text: str, found: Sequence[Section]) -> None:
    Document("甲.txt", "r", text, Metadata(Inferred("甲", 1.0)), tuple(found))  # its laws
    open_spans: list[Span] = []
    for section in found:
        assert section.heading.start == section.span.start
        assert section.span.covers(section.heading)
        while open_spans and open_spans[-1].end <= section.span.start:
            open_spans.pop()
        assert all(outer.covers(section.span) for outer in open_spans)
        assert (section.parent is None) == (not open_spans)
        assert section.level == len(open_spans) + 1
        if section.parent is not None:
            assert found[section.parent].span == open_spans[-1]
        open_spans.append(section.span)
    starts = [section.span.start for section in found]
    assert starts == sorted(set(starts))


@settings(deadline=None)
@given(WRITTEN)
@example("一是检查；二是整改：第一，甲；一是乙；第二，丙；二是丁。")
@example("\ufeff1.甲。2.乙")
@example("一、\n二、")
def test_sections_nest(text: str) -> None:
    obeys(text, outline(text))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_an_outline(text: str) -> None:
    obeys(text, outline(text))


@settings(deadline=None)
@given(WRITTEN, st.data())
def test_blocks_may_lie_anywhere(text: str, data: st.DataObject) -> None:
    if not text:
        return
    blocks = []
    for kind in data.draw(st.lists(st.sampled_from(["heading", "row", "paragraph"]), max_size=5)):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        level = data.draw(st.integers(1, 9)) if kind == "heading" else 0
        blocks.append(Block(kind, Span(start, end), level))  # type: ignore[arg-type]
    obeys(text, outline(text, blocks))


UNITS = [
    ("headings only", "一、监管\n"),
    ("empty headings", "一、\n"),
    ("headings ever less deep", "①抓\n（1）抓\n1.抓\n（一）抓\n一、抓\n第一部分 抓\n"),
    ("headings and paragraphs", "（一）监管。各地要认真落实，确保完成。\n"),
    ("all items in one line", "一是检查；二是整改；三是通报。"),
    ("Arabic items in one line", "措施：1.检查；2.整改；"),
    ("one long list", "二是整改；"),
    ("dashes", "——整改\n"),
    ("no marks", "各地要认真落实"),
    ("white space", " 　\t"),
]


def taken_in(text: str) -> tuple[float, Sequence[Passage]]:
    """The seconds of processor time that outline and passages took, and the passages."""
    began = time.process_time()
    document = Document("甲.txt", "r", text, Metadata(Inferred("甲", 1.0)), outline(text))
    found = passages.cut(document)
    return time.process_time() - began, found


@pytest.mark.parametrize("unit", [unit for _, unit in UNITS], ids=[name for name, _ in UNITS])
def test_nothing_nests_without_end(unit: str) -> None:
    _, found = taken_in("一是检查；" + unit * (5_000 // len(unit)))
    assert max((len(passage.path) for passage in found), default=0) < 12


@pytest.mark.slow
@pytest.mark.parametrize("unit", [unit for _, unit in UNITS[1:6]], ids=[name for name, _ in UNITS[1:6]])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    """Sixteen times would be quadratic; the allowance is for a busy machine."""
    short, _ = taken_in(unit * (100_000 // len(unit)))
    long, _ = taken_in(unit * (400_000 // len(unit)))
    assert long < 8 * short + 2


@pytest.mark.slow
def test_two_million_characters() -> None:
    seconds, found = taken_in(UNITS[3][1] * (2_000_000 // len(UNITS[3][1])))
    assert len(found) > 80_000
    assert seconds < 60
