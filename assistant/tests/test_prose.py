"""Official prose: shapes of answers, times and tenses, words of a question, lists. Trap tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import shapes
from assistant.listing import items_of
from assistant.terms import content_words, joined, terms_of
from assistant.timing import asks_outcome, speaks_of, tense_asked, tense_of
from corpus.document import Document, Inferred, Metadata, Span
from corpus.text import fold, sentences
from ingest.pipeline import build

MASKED = [
    ("合格率达到XX%以上", True, "a rate"),
    ("查办案件xx件", True, "small letters"),
    ("罚没款*万元", True, "an asterisk before a unit"),
    ("推广ISO体系，建设BXX平台", False, "letters of a name"),
    ("合格率达到98%", False, "not masked"),
    ("位列全省前×。", True, "a rank"),
]


@pytest.mark.parametrize(("text", "masked"), [row[:2] for row in MASKED], ids=[row[2] for row in MASKED])
def test_masks(text: str, masked: bool) -> None:
    assert shapes.is_masked(text) == masked


ENUMERATED = [
    ("减环节、减材料、减时限、减费用", 4, "plain"),
    ("环节、材料和费用", 3, "和 before the last"),
    ("“晨检”“午查”“晚报”", 3, "neighbouring quotations"),
    ("一项工作", 1, "none"),
    ("甲、乙，丙、丁、戊", 3, "the longest run counts"),
]


@pytest.mark.parametrize(("text", "count"), [row[:2] for row in ENUMERATED], ids=[r[2] for r in ENUMERATED])
def test_enumerated(text: str, count: int) -> None:
    assert shapes.enumerated(text) == count


NO_FIGURES = [
    ("2024年3月", False, "a date"),
    ("3.推进示范", False, "an item's number"),
    ("一季度", False, "a quarter"),
    ("拨打12315", False, "a hotline"),
    ("建成12条", True, "a count"),
]


@pytest.mark.parametrize(("text", "found"), [row[:2] for row in NO_FIGURES], ids=[r[2] for r in NO_FIGURES])
def test_numbers_that_are_no_figures(text: str, found: bool) -> None:
    assert bool(shapes.STRONG_FIGURE.search(shapes.without_years(fold(text)))) == found


TENSES = [
    ("合格率达到了97.6%", "report", "了"),
    ("合格率不低于97%", "plan", "a floor"),
    ("9月底前建成4个", "plan", "a deadline"),
    ("截至9月底已建成4个", "report", "截至 and 已 outweigh the day"),
    ("建成9条，没有达到年初目标", "report", "目标 in a report"),
    ("基层执法力量薄弱", "either", "neither"),
]


@pytest.mark.parametrize(("text", "tense"), [row[:2] for row in TENSES], ids=[row[2] for row in TENSES])
def test_tense(text: str, tense: str) -> None:
    assert tense_of(text) == tense


ASKED = [
    ("要达到多少？", "plan", False, "plan"),
    ("达到了多少？", "report", False, "reached"),
    ("上线了没有？", "report", True, "whether done"),
    ("快检室建成了几个？", "report", True, "how many were built"),
    ("完成了多少？", "report", True, "how much was done"),
    ("是多少？", "either", False, "neither"),
]


@pytest.mark.parametrize(("text", "tense", "outcome"), [row[:3] for row in ASKED], ids=[r[3] for r in ASKED])
def test_tense_asked(text: str, tense: str, outcome: bool) -> None:
    assert tense_asked(fold(text)) == tense
    assert asks_outcome(fold(text)) == outcome


def metadata(year: int | None = 2024, kind: str = "speech", period: str = "") -> Metadata:
    return Metadata(
        title=Inferred("讲话", 1.0),
        kind=Inferred(kind, 1.0),  # type: ignore[arg-type]
        year=Inferred(year, 1.0) if year else None,
        period=Inferred(period, 1.0) if period else None,
    )


SPEAKS = [
    ("去年建成9条。", (), metadata(), {2023}, "去年 resolves by the document"),
    ("今年要建成12条。", (), metadata(), {2024}, "今年 too"),
    ("2022年建成5条。", (), metadata(), {2022}, "said outright"),
    ("到2025年底建成20条。", (), metadata(), {2024, 2025}, "a deadline leaves the document's year in"),
    ("力量薄弱。", ("一、2023年工作回顾",), metadata(), {2023}, "the year of the heading"),
    ("力量薄弱。", (), metadata(), {2023, 2024}, "a yearly speech reviews and plans"),
    ("力量薄弱。", (), metadata(kind="plan"), {2024}, "a plan only plans"),
    ("力量薄弱。", (), metadata(period="一季度"), {2024}, "a quarterly review speaks of its year"),
    ("去年建成9条。", (), metadata(year=None), set(), "relative to nothing"),
]


@pytest.mark.parametrize(("text", "path", "of", "years"), [r[:4] for r in SPEAKS], ids=[r[4] for r in SPEAKS])
def test_years_spoken_of(text: str, path: tuple[str, ...], of: Metadata, years: set[int]) -> None:
    assert speaks_of(text, path, of, "either") == years


def even(grams: object) -> tuple[dict[str, int], int]:
    return dict.fromkeys(grams, 1), 10  # type: ignore[call-overload]


def test_terms_of_a_question() -> None:
    terms = {term.word: term for term in terms_of("松泽县 食品抽检 “三提”", even, {"松泽县"}, ["三提"])}
    assert terms["松泽县"].scope
    assert not terms["食品"].scope
    assert terms["三提"].weight > terms["食品"].weight / 2


def test_single_characters_that_stand_together_are_one_word() -> None:
    assert [w for w, _ in joined([("澜", 0.75), ("汐", 0.75), ("坊", 0.75)], "澜汐坊")] == ["澜汐坊"]
    assert [w for w, _ in joined([("澜", 0.75), ("坊", 0.75)], "澜和坊")] == ["澜", "坊"]


@given(st.text())
def test_words_of_any_text(text: str) -> None:
    assert all(word.strip() for word, _ in content_words(text.encode("utf-8", "replace").decode()))


def made(body: str) -> Document:
    return build("青澜市局2024年要点.txt", f"青澜市市场监督管理局2024年工作要点\n{body}".encode())[0]


def items(body: str, leading: str, count: int = 0) -> list[str]:
    document = made(body)
    unit = next(s for s in sentences(document.text) if leading in document.quote(s))
    return [document.quote(span) for span in items_of(document, unit, count)]


LISTS = [
    (
        "要做到以下几点：\n第一，带头抓。多下沉。\n第二，联动抓。一盘棋。\n",
        "以下几点",
        0,
        ["第一，带头抓", "第二，联动抓"],
        "after a colon",
    ),
    (
        "抓好三个方面：一是压实责任，包片联系。二是严格时限，按月报送。三是强化督查，通报批评。\n",
        "三个方面",
        3,
        ["一是压实责任", "二是严格时限", "三是强化督查"],
        "the first item in the sentence that leads in",
    ),
    (
        "一、重点任务\n（一）守牢底线\n抓排查。\n（二）优化服务\n减环节。\n",
        "重点任务",
        0,
        ["（一）守牢底线", "（二）优化服务"],
        "under a heading",
    ),
    (
        "一、重点任务\n（一）守牢底线\n抓排查。\n（二）优化服务\n减环节。\n",
        "重点任务",
        5,
        [],
        "another number is asked for",
    ),
    (
        "措施包括：\n开展排查。另查一次。\n组织培训。\n严格执法。\n",
        "措施包括",
        3,
        ["开展排查。", "组织培训。", "严格执法。"],
        "items without marks",
    ),
    ("主要措施包括：", "措施包括", 0, [], "a colon ends the text"),
    ("主要措施包括：", "措施包括", 3, [], "a colon ends the text, three asked for"),
    ("主要措施包括：\n\n", "措施包括", 0, [], "nothing but lines after the colon"),
    ("合格率不低于97%。\n", "合格率", 0, [], "no list"),
]


@pytest.mark.parametrize(
    ("body", "leading", "count", "starts"), [row[:4] for row in LISTS], ids=[row[4] for row in LISTS]
)
def test_lists(body: str, leading: str, count: int, starts: list[str]) -> None:
    found = items(body, leading, count)
    assert len(found) == len(starts), found
    for item, start in zip(found, starts, strict=True):
        assert item.startswith(start)


@given(
    st.lists(
        st.sampled_from(
            ["一、甲", "（一）乙", "1.丙", "一是丁；", "包括：", "戊己。", "\n", "第一，庚。", "“", "”"]
        ),
        max_size=14,
    ),
    st.integers(0, 4),
)
def test_items_lie_within_the_text(pieces: list[str], count: int) -> None:
    document = made("".join(pieces))
    for unit in sentences(document.text):
        for item in items_of(document, unit, count):
            assert document.quote(item)
            assert Span(0, len(document.text)).covers(item)
