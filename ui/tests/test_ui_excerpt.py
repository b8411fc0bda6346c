from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_fakes import FakeLibrary, citation, document

from assistant.answer import Answer
from corpus.document import Span
from ui.excerpt import AROUND, WHOLE, excerpt, excerpts, surroundings

ROWS = [
    ("前段\n甲乙丙。\n后段", "乙", "甲乙丙。", "the paragraph"),
    ("甲乙\n丙丁\n戊", "乙\n丙", "甲乙\n丙丁", "over a line end"),
    ("只有一行", "一", "只有一行", "no line end"),
    (
        "甲" * 600 + "目标" + "乙" * 600,
        "目标",
        "甲" * AROUND + "目标" + "乙" * AROUND,
        "a long paragraph is cut",
    ),
]


@pytest.mark.parametrize(("text", "quote", "around", "trap"), ROWS, ids=[row[3] for row in ROWS])
def test_surroundings(text: str, quote: str, around: str, trap: str) -> None:
    start = text.index(quote)
    span = surroundings(text, Span(start, start + len(quote)))
    assert text[span.start : span.end] == around


@given(st.text(alphabet="甲乙。\n，", min_size=1, max_size=1500), st.data())
def test_surroundings_hold_the_span_and_little_more(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end)
    around = surroundings(text, span)
    assert around.covers(span)
    assert len(around) <= max(WHOLE, len(span) + 2 * AROUND)


def test_the_excerpt_is_the_text_itself() -> None:
    source = document(text="首行\n" + "甲" * 400 + "目标98%。" + "乙" * 400 + "\n尾")
    cited = citation(source, "目标98%")
    found = excerpt(source, cited)
    assert found.before + cited.quote + found.after in source.text
    assert found.cut_before
    assert found.cut_after
    assert (found.year, found.issuer) == (2024, "云川市市场监督管理局")


def test_what_is_gone_or_changed_keeps_its_quote(tmp_path: Path) -> None:
    source = document()
    cited = citation(source, "98%")
    answer = Answer("问", "问", "98%[1]", "answered", citations=(cited,))
    assert excerpts(FakeLibrary(tmp_path, source), answer)[0].current
    changed = document(text="新的一版\n另有内容。\n")
    for library in (FakeLibrary(tmp_path), FakeLibrary(tmp_path, changed)):
        (found,) = excerpts(library, answer)
        assert not found.current
        assert found.citation.quote == "98%"
