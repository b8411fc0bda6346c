"""Places: where a quote stands, what supports what, how much is covered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.sources import Place, Sources, covered


def sources(**texts):
    return Sources({f"{name}.txt": text for name, text in texts.items()}.get)


@pytest.mark.parametrize(
    ("text", "quote", "expected", "trap"),
    [
        ("甲乙丙乙丙", "乙丙", (1, 3), "the first of two places"),
        ("甲乙\n 丙丁", "乙丙", (1, 5), "white space in the source"),
        ("甲乙丙", "乙\n丙", (1, 3), "white space in the quote"),
        ("甲 乙", " 乙", (1, 3), "leading white space, as it stands"),
        ("甲乙", "丙", None, "not there"),
        ("甲乙", "  ", None, "blank"),
    ],
)
def test_find(text, quote, expected, trap):
    place = sources(a=text).find("folder/a.txt", quote)
    assert (place and (place.start, place.end)) == expected, trap


def test_an_unknown_document_holds_nothing():
    assert sources(a="甲").find("b.txt", "甲") is None
    assert not sources(a="甲").holds("b.txt", 0, 1, "甲")


def test_holds_asks_for_the_very_words():
    assert sources(a="甲乙").holds("a.txt", 1, 2, "乙")
    assert not sources(a="甲乙").holds("a.txt", 0, 1, "乙")
    assert not sources(a="甲乙").holds("a.txt", 1, 9, "乙")


@given(st.text(alphabet="甲乙 \n", max_size=12), st.text(alphabet="甲乙 \n", min_size=1, max_size=4))
def test_find_is_what_a_pattern_with_optional_white_space_finds(text, quote):
    place = sources(a=text).find("a.txt", quote)
    if not quote.strip():
        assert place is None
    elif quote in text:
        assert place.start == text.find(quote)
    else:
        found = re.search(r"\s*".join(map(re.escape, re.sub(r"\s+", "", quote))), text)
        assert (place and (place.start, place.end)) == (found and found.span())


@pytest.mark.parametrize(
    ("cited", "expected"),
    [((0, 10), True), ((5, 15), True), ((6, 16), False), ((2, 3), True), ((0, 100), True), ((10, 20), False)],
)
def test_half_of_the_shorter_one_supports(cited, expected):
    assert Place("a", *cited).supports(Place("a", 0, 10)) is expected
    assert not Place("b", *cited).supports(Place("a", 0, 10))


@pytest.mark.parametrize(
    ("passages", "budget", "expected", "trap"),
    [
        ([], 10, 0.0, "nothing retrieved"),
        ([(0, 10)], 10, 1.0, "all"),
        ([(0, 5)], 10, 0.5, "half"),
        ([(0, 10)], 4, 0.4, "a passage is cut where the budget ends"),
        ([(50, 60), (0, 10)], 10, 0.0, "the budget is spent before"),
        ([(50, 58), (0, 10)], 10, 0.2, "what is left reaches two characters"),
        ([(0, 5), (0, 5), (5, 10)], 10, 0.5, "a passage twice costs twice and covers once"),
    ],
)
def test_covered(passages, budget, expected, trap):
    assert covered(Place("a", 0, 10), [Place("a", *span) for span in passages], budget) == expected, trap
    assert covered(Place("b", 0, 10), [Place("a", *span) for span in passages], budget) == 0.0
