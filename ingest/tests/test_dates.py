"""Times in official prose: the trap table, what is no time, and laws for any text."""

from __future__ import annotations

import datetime
import sys
from types import FrameType

import pytest
import spoken_times
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from ingest.dates import Reference, Time, times

REFERENCES = {
    "2024": (Reference(2024, None), spoken_times.OF_2024),
    "March 2024": (Reference(2024, datetime.date(2024, 3, 15)), spoken_times.OF_MARCH_2024),
    "October 2023": (Reference(2023, datetime.date(2023, 10, 20)), spoken_times.OF_OCTOBER_2023),
    "unknown": (Reference(None, None), spoken_times.UNKNOWN),
}
ROWS = [
    pytest.param(sentence, reference, expected, id=f"{name}: {trap}: {sentence}")
    for name, (reference, rows) in REFERENCES.items()
    for sentence, expected, trap in rows
]


OF_2024 = Reference(2024, None)


def found(text: str, reference: Reference = OF_2024) -> tuple[Time, ...]:
    return times(text, Span(0, len(text)), reference)


def shown(one: Time) -> str:
    if one.recurrence:
        assert one.role == "recurrence"
        assert one.start is one.end is None
        return one.recurrence
    days = f"{one.start or ''}..{one.end or ''}" if one.start or one.end else "-"
    return f"{days} {one.role}"


@pytest.mark.parametrize(("sentence", "reference", "expected"), ROWS)
def test_trap_table(sentence: str, reference: Reference, expected: str) -> None:
    start, end = sentence.index("⟦"), sentence.index("⟧") - 1
    text = sentence.replace("⟦", "").replace("⟧", "")
    said = text[start:end].removesuffix("的")
    assert {one.said: shown(one) for one in found(text, reference)}.get(said) == expected


@pytest.mark.parametrize(
    "sentence", [row[0] for row in spoken_times.NONE], ids=[row[2] for row in spoken_times.NONE]
)
def test_what_is_no_time(sentence: str) -> None:
    assert found(sentence) == ()


def test_the_table_is_as_large_as_it_is_meant_to_be() -> None:
    assert len(ROWS) >= 200
    assert len(spoken_times.NONE) >= 45


def test_a_heading_number_is_no_month() -> None:
    """“一、10月” and “三、四季度” at a line's start hold a heading's number."""
    assert [one.said for one in found("一、10月底前完成")] == ["10月底前"]
    assert [one.said for one in found("三、四季度安排")] == ["四季度"]


def test_the_sentence_around_a_stretch_decides_but_is_not_searched() -> None:
    text = "2023年底前，落实《方案》，比去年多三成"
    stretch = Span(text.index("去年"), text.index("去年") + 2)
    assert [shown(one) for one in times(text, stretch, Reference(2024, None))] == [
        "2023-01-01..2023-12-31 point"
    ]
    assert times(text, Span(8, 10), Reference(2024, None)) == ()
    assert times(text, Span(100, 120), Reference(2024, None)) == ()


def test_half_an_expression_is_not_taken_for_a_whole_one() -> None:
    assert [one.said for one in times("要在2022年底前完成", Span(4, 12), Reference(2022, None))] == []


def test_words_without_a_year_go_by_the_assumed_one() -> None:
    reviewing = Reference(2024, None, assumed=2023)
    text = "全年办结三百件，去年新增五个，今年再增两个"
    assert [one.end and one.end.year for one in found(text, reviewing)] == [2023, 2023, 2024]


def test_times_of_one_sentence_in_order() -> None:
    text = "7月15日启动、10月22日结束，年底前总结，每月通报一次"
    assert [one.said for one in found(text)] == ["7月15日", "10月22日", "年底前", "每月"]


def test_a_day_that_the_calendar_lacks_is_not_guessed() -> None:
    assert all(one.end is None or one.said != "2月30日" for one in found("2月30日前完成"))


SPOKEN = st.sampled_from(
    [row[0].replace("⟦", "").replace("⟧", "") for _, rows in REFERENCES.values() for row in rows]
    + [row[0] for row in spoken_times.NONE]
    + list("年月日季周底末前内至到—“”《》（）。；，\n 2024十三五X×*")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(SPOKEN, max_size=8).map("".join))
DAYS = st.none() | st.dates(datetime.date(1949, 1, 1), datetime.date(2060, 12, 31))
ANY_REFERENCE = st.builds(Reference, st.none() | st.integers(1949, 2060), DAYS)


@given(TEXTS, ANY_REFERENCE)
def test_laws(text: str, reference: Reference) -> None:
    """Spans inside the stretch, in order, apart; words verbatim; never a day and a recurrence; start before end."""
    if not text:
        return
    at = 0
    for one in times(text, Span(0, len(text)), reference):
        assert at <= one.span.start < one.span.end <= len(text)
        assert one.said == text[one.span.start : one.span.end]
        assert one.recurrence is None or (one.start is None and one.end is None)
        assert one.start is None or one.end is None or one.start <= one.end
        assert one.role != "vague" or (one.start is None and one.end is None)
        at = one.span.end


@given(TEXTS, ANY_REFERENCE, st.data())
def test_any_stretch(text: str, reference: Reference, data: st.DataObject) -> None:
    """A stretch gives only what lies in it, and twice the same."""
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    stretch = Span(start, end)
    first = times(text, stretch, reference)
    assert first == times(text, stretch, reference)
    assert all(stretch.covers(one.span) for one in first)


@pytest.mark.parametrize("unit", ["2024年6月", "“", "1-", "十", "每", "《年", "x", "到年底、", " "])
def test_four_times_the_text_takes_about_four_times_as_many_calls(unit: str) -> None:
    """Sixteen times would be quadratic. Calls are counted, of Python and of C, since seconds depend on who else is at work;

    how long the patterns take inside of one call, `python -m evals.benchmarks.times` tells.
    """

    def calls(text: str) -> int:
        counted = 0

        def count(_: FrameType, event: str, __: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            found(text)
        finally:
            sys.setprofile(before)
        return counted

    found(unit)  # what is made once is made now
    assert calls(unit * 4000) <= 4.5 * calls(unit * 1000) + 500
