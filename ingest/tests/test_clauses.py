"""Clauses and sentences of official prose: what ends one, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from ingest.prose import LONGEST_ASIDE, clauses, gaps, joined, sentences


def cut(text: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in clauses(text, Span(0, len(text)))]


def cut_sentences(text: str) -> list[str]:
    """Each sentence with its clauses set apart by a bar."""
    return [
        "|".join(text[one.span.start : one.span.end] for one in sentence)
        for sentence in sentences(text, Span(0, len(text)))
    ]


# text, its clauses, the trap's name
CLAUSES = [
    ("要抓早抓小，要从严从实", ["要抓早抓小", "要从严从实"], "comma"),
    ("建台账；促整改", ["建台账", "促整改"], "semicolon"),
    ("重点有两项：查证照、查台账", ["重点有两项", "查证照、查台账"], "colon ends, 、does not"),
    ("推行“日检查、周通报，月研判”机制", ["推行“日检查、周通报，月研判”机制"], "comma inside quotes"),
    ("落实《抽检办法（试行，修订稿）》要求", ["落实《抽检办法（试行，修订稿）》要求"], "title"),
    ("各所（分局，含直属队）要尽责", ["各所（分局，含直属队）要尽责"], "comma inside brackets"),
    ("指标(甲类,乙类)全达标,再提升", ["指标(甲类,乙类)全达标", "再提升"], "half-width marks"),
    ("弘扬‘店小二，在身边’作风", ["弘扬‘店小二，在身边’作风"], "single quotes"),
    ("一句“没说完，后面照切", ["一句“没说完", "后面照切"], "unclosed quote"),
    ("一句（没说完，\n后面）照切", ["一句（没说完", "后面）照切"], "a bracket that closes in another line"),
    ("“" + "长" * LONGEST_ASIDE + "，”后", ["“" + "长" * LONGEST_ASIDE, "”后"], "a quote too long to be one"),
    ("登记1,234户,增长明显", ["登记1,234户", "增长明显"], "comma between digits"),
    ("早上8:30集合,9:00出发", ["早上8:30集合", "9:00出发"], "colon between digits"),
    ("达到98,其余照旧", ["达到98", "其余照旧"], "comma behind a digit only"),
    ("真抓！实干？见效", ["真抓", "实干", "见效"], "exclamation and question"),
    ("　　开头空格，\t制表符在后\t，", ["开头空格", "制表符在后"], "white space around is no part"),
    ("**加粗**，·列点", ["加粗**", "列点"], "marks of a list are no part"),
    ("，，；。", [], "nothing between marks"),
    ("没有标点", ["没有标点"], "no mark at all"),
    ("第一行\r\n第二行", ["第一行", "第二行"], "line ends of two characters"),
    ("”先闭后开，“照切", ["”先闭后开", "“照切"], "a closing mark alone opens nothing"),
]


@pytest.mark.parametrize(("text", "expected"), [row[:2] for row in CLAUSES], ids=[row[2] for row in CLAUSES])
def test_clauses(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


SENTENCES = [
    ("要快，要准。不拖延", ["要快|要准", "不拖延"], "full stop"),
    ("甲科抓检查；乙科抓整改。", ["甲科抓检查|乙科抓整改"], "a semicolon keeps the sentence"),
    ("分两步：先摸底，后整治！", ["分两步|先摸底|后整治"], "a colon keeps the sentence"),
    ("标题没有句号\n要落实", ["标题没有句号", "要落实"], "line end"),
    ("要落实，\n\n并督办。", ["要落实", "并督办"], "a comma at the line's end"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[:2] for row in SENTENCES], ids=[row[2] for row in SENTENCES]
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut_sentences(text) == expected


def test_marks_tell_how_a_clause_ends() -> None:
    text = "先摸底,再整治；后验收。收尾"
    assert [one.mark for one in clauses(text, Span(0, len(text)))] == ["，", "；", "。", ""]


def test_a_stretch_is_read_by_itself() -> None:
    """A quote that is opened before the stretch, or closed behind it, is not seen."""
    text = "“甲，乙”，丙，丁"
    assert [text[one.span.start : one.span.end] for one in clauses(text, Span(2, 8))] == ["乙”", "丙", "丁"][
        :2
    ]


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(2, 9)]),
        ([(2, 4)], [(4, 9)]),
        ([(3, 4), (4, 6)], [(2, 3), (6, 9)]),
        ([(2, 9)], []),
        ([(5, 9)], [(2, 5)]),
    ],
)
def test_gaps(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    assert [(one.start, one.end) for one in gaps(Span(2, 9), [Span(*pair) for pair in taken])] == left


PROSE = st.text(alphabet="要抓，。；：“”（）《》\n\r 　1,:；！a‘’【】", max_size=60) | st.text(max_size=60)


@given(PROSE, st.data())
def test_laws(text: str, data: st.DataObject) -> None:
    """Clauses lie inside their stretch, in order and apart, without white space around; sentences hold each of them once."""
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    stretch = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = list(clauses(text, stretch))
    at = stretch.start
    for one in found:
        assert at <= one.span.start < one.span.end <= stretch.end
        words = text[one.span.start : one.span.end]
        assert words == words.strip()
        at = one.span.end
    read = list(sentences(text, stretch))
    assert [one for sentence in read for one in sentence] == found
    assert all(sentence for sentence in read)
    for sentence in read:
        assert not any(one.ends_sentence for one in sentence[:-1])
        whole = joined([one.span for one in sentence])
        assert whole.covers(sentence[0].span)
        assert whole.covers(sentence[-1].span)


@given(PROSE)
def test_nothing_but_marks_and_space_is_left_out(text: str) -> None:
    if not text:
        return
    left = "".join(
        text[gap.start : gap.end]
        for gap in gaps(Span(0, len(text)), [one.span for one in clauses(text, Span(0, len(text)))])
    )
    assert not set(left) & set("要抓1a“”《》‘’【】（）")
