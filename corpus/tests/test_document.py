"""The nouns and their laws."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import document, passage, places, text
from corpus.document import Block, Document, Inferred, Metadata, Page, Section, Span
from corpus.passage import Passage

TEXT = "一、监管\n（一）食品\n抽检。\n（二）药品\n巡查。\n二、服务\n办照。"


def made(**parts: object) -> Document:
    fields = {"name": "甲.txt", "revision": "r1", "text": TEXT, "metadata": Metadata(Inferred("甲", 1.0))}
    return Document(**(fields | parts))  # type: ignore[arg-type]


def section(heading: str, until: str, level: int = 1, parent: int | None = None) -> Section:
    """The section that begins with this heading and ends with these words."""
    start = TEXT.index(heading)
    return Section(
        Span(start, TEXT.index(until) + len(until)), Span(start, start + len(heading)), level, parent
    )


OUTLINED = (
    section("一、监管", "巡查。"),
    section("（一）食品", "抽检。", 2, 0),
    section("（二）药品", "巡查。", 2, 0),
    section("二、服务", "办照。"),
)


@pytest.mark.parametrize("module", [document, passage, places, text])
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 3), (5, 5)])
def test_a_span_is_half_open_and_not_empty(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="half-open"):
        Span(start, end)


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@settings(deadline=None)
@given(SPANS, SPANS)
def test_overlap_counts_the_characters_in_both(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlap(other) == other.overlap(one) == len(shared)
    assert one.covers(other) == (len(shared) == len(other))


@pytest.mark.parametrize(("confidence"), [-0.1, 1.1])
def test_confidence_stays_within_its_range(confidence: float) -> None:
    with pytest.raises(ValueError, match=r"0\.\.1"):
        Inferred("x", confidence)


OUTSIDE = Span(0, len(TEXT) + 1)


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ({"sections": (Section(OUTSIDE, Span(0, 1), 1, None),)}, "outside"),
        ({"pages": (Page(1, OUTSIDE),)}, "outside"),
        ({"blocks": (Block("row", OUTSIDE),)}, "outside"),
        ({"sections": (OUTLINED[3], OUTLINED[0])}, "not in order"),
        ({"sections": (section("一、监管", "巡查。"), section("二、服务", "办照。", 2, 0))}, "in its parent"),
        ({"sections": (section("一、监管", "巡查。", 1, 0),)}, "in its parent"),
        ({"sections": (section("一、监管", "巡查。", 1, 5),)}, "in its parent"),
    ],
)
def test_a_document_that_breaks_a_law_is_refused(parts: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        made(**parts)


def test_words_come_from_spans_alone() -> None:
    assert made().quote(Span(0, 4)) == "一、监管"
    with pytest.raises(ValueError, match="outside"):
        made().quote(OUTSIDE)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("一、监管", ("一、监管",)),
        ("抽检", ("一、监管", "（一）食品")),
        ("（二）", ("一、监管", "（二）药品")),
        ("办照", ("二、服务",)),
        ("\n二、", ()),
    ],
)
def test_path(words: str, path: tuple[str, ...]) -> None:
    assert made(sections=OUTLINED).path(TEXT.index(words)) == path


def test_where_no_section_is() -> None:
    assert made().section_at(0) is None
    assert made().path(3) == ()
    assert made(sections=OUTLINED).section_at(len(TEXT)) is None


@pytest.mark.parametrize(("offset", "number"), [(0, 1), (4, 1), (5, None), (6, 2), (9, 2), (10, None)])
def test_page_at_an_offset_with_gaps_between_pages(offset: int, number: int | None) -> None:
    paged = made(pages=(Page(1, Span(0, 5)), Page(2, Span(6, 10))))
    assert paged.page_at(offset) == number


def test_other_metadata_leave_the_revision_alone() -> None:
    other = made(sections=OUTLINED).with_metadata(Metadata(Inferred("乙", 1.0)))
    assert (other.metadata.title.value, other.text, other.sections) == ("乙", TEXT, OUTLINED)


def test_a_passage_is_as_long_as_its_span() -> None:
    with pytest.raises(ValueError, match="2 characters"):
        Passage("甲.txt", "r1", Span(0, 3), "抽检")


def test_what_a_passage_is_known_by_and_searched_in() -> None:
    one = Passage("甲.txt", "r1", Span(0, 2), "抽检", ("一、监管",), "甲\n一、监管")
    assert one.searched == "甲\n一、监管\n抽检"
    assert Passage("甲.txt", "r1", Span(0, 2), "抽检").searched == "抽检"
    others = [
        Passage("乙.txt", "r1", Span(0, 2), "抽检"),
        Passage("甲.txt", "r2", Span(0, 2), "抽检"),
        Passage("甲.txt", "r1", Span(1, 3), "抽检"),
    ]
    assert len({one.identity, *(other.identity for other in others)}) == 4
    assert one.identity == Passage("甲.txt", "r1", Span(0, 2), "巡查").identity
    assert len(one.identity) == 32
