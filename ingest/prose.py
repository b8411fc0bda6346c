"""Sentences of official prose as clauses, and what opens each: connective, time, subject, modal, adverbs, verb.

A clause ends at ， ； ： or a sentence's end, but never inside quotes, brackets or a title: “日管控、周排查，月调度” is one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Span

LONGEST_ASIDE = 80  # characters that an opened quote or bracket may hold before it counts as never closed
_LONGEST_TITLE = 40  # characters of a title that a line break of the file may cut in two
_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
}
_SENTENCE_ENDS = "。！？!?\r\n"
_CLAUSE_ENDS = "，；：;" + _SENTENCE_ENDS
_LEADING = "*#·-\ufeff"  # marks of markdown and of files, no words
_AMBIGUOUS = ",:"  # ends a clause unless it stands between digits
_MARKS = re.compile("[" + re.escape("".join(_PAIRS) + _CLAUSE_ENDS + _AMBIGUOUS) + "]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause without the mark that ends it; mark is "" at the end of a stretch."""

    span: Span
    mark: str

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends here; a semicolon does not end one, since a subject carries over it."""
        return self.mark in _SENTENCE_ENDS or not self.mark


def clauses(text: str, within: Span) -> Iterator[Clause]:
    """The clauses inside `within`, in order, without surrounding white space; blank ones are left out."""
    start = at = within.start
    while (mark := _MARKS.search(text, at, within.end)) is not None:
        at = mark.start()
        if mark.group() in _PAIRS:
            at = _closed(text, at, within.end)
            continue
        if _ends(text, at, within):
            clause = _trimmed(text, start, at, mark.group())
            if clause:
                yield clause
            start = at + 1
        at += 1
    clause = _trimmed(text, start, within.end, "")
    if clause:
        yield clause


def sentences(text: str, within: Span) -> Iterator[tuple[Clause, ...]]:
    """The clauses inside `within`, sentence by sentence."""
    held: list[Clause] = []
    for clause in clauses(text, within):
        if held and re.search(r"[\r\n]", text[held[-1].span.end : clause.span.start]):
            yield tuple(held)
            held = []
        held.append(clause)
        if clause.ends_sentence:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _closed(text: str, at: int, limit: int) -> int:
    """The offset after what closes the pair that opens at `at`, or after the opening itself where nothing does."""
    close = text.find(_PAIRS[text[at]], at + 1, min(limit, at + LONGEST_ASIDE))
    if close < 0 or ("\n" in text[at:close] and not (text[at] == "《" and close - at <= _LONGEST_TITLE)):
        return at + 1
    return close + 1


def _ends(text: str, at: int, within: Span) -> bool:
    character = text[at]
    if character in _AMBIGUOUS:
        return not (
            at > within.start and at + 1 < within.end and text[at - 1].isdigit() and text[at + 1].isdigit()
        )
    return character in _CLAUSE_ENDS


def _trimmed(text: str, start: int, end: int, mark: str) -> Clause | None:
    body = text[start:end]
    rest = body.lstrip()
    while rest and rest[0] in _LEADING:
        rest = rest[1:].lstrip()
    first = start + len(body) - len(rest)
    last = end - (len(body) - len(body.rstrip()))
    return Clause(Span(first, last), "，" if mark == "," else mark) if first < last else None


def joined(spans: Sequence[Span]) -> Span:
    """The span from the first to the last of `spans`, which are in order."""
    return Span(spans[0].start, spans[-1].end)


def gaps(within: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of `within` once the spans `taken`, in order and apart, are cut out."""
    bounds = [within.start, *(edge for span in taken for edge in (span.start, span.end)), within.end]
    for index, (start, end) in enumerate(pairwise(bounds)):
        if index % 2 == 0 and start < end:
            yield Span(start, end)
