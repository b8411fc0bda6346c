"""Where a text tells what a term means, and with which words.

An answer takes a sentence for an explanation by `explaining.explained`. What is shown to a newcomer who did not ask has to meet that and
more: the words that explain must be found, not only the shape in which explanations come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.abbreviations import Abbreviation, parse
from assistant.evidence import Unit
from assistant.explaining import explained
from assistant.onboarding.members import AHEAD, holds_all, members, part_by_part
from corpus.document import Document, Span
from corpus.passage import Passage
from corpus.text import fold, sentences

LONGEST = 420  # characters of the sentences that tell it
SHORTEST = 5  # characters of the words that do
BEFORE = 220  # characters looked at before a term
_SAYS = re.compile(
    r"[”’]?(?:和“[^”]{2,8}”)?(?:[一-鿿]{0,6}[，,]?(?:[一-鿿]{0,8}[，,])?(?:(?<![立随当])即|就是|是指|指的是|也就是|意思是)(?![将使可便刻日席时])[，,：:]?|"
    r"[^，。；]{0,4}[。，](?:简单|具体)[讲说来]+[，,]?(?:就是|是|即)?[，,：:]?)"
)
_ENTRY = re.compile(  # of a glossary: 10.海洋生态保护修复“五大工程”：…
    r"[ \u3000]*(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)]|\[\d{1,3}\])[ \u3000]*[^“”：:。，；\n]{0,16}“(?P<term>[^”\n]+)”[^：:。，；\n“]{0,12}[：:]"
)
_BRACKET = re.compile(r"[”’][一-鿿]{0,4}[（(](?P<inside>[^（）()]{6,})[）)]")
_NO_MEANING = re.compile(r"简称|详见|附件|见附|以下|参见|\d{4}年|^\d|[x*×]{2,}")
_IN_A_LIST = re.compile(
    r"[一二三四五六七八九十]是|第[一二三四五六七八九十]|[（(][一二三四五六七八九十][）)]|\d+[.．、]"
)


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation: the sentences that hold it and, in them, the words that explain; spans into the document's text."""

    span: Span
    meaning: Span


def told(term: str, document: Document, folded: str, at: int) -> Told | None:
    """What the document tells of `term` where it stands at character `at`; None where it only names it there.

    Both the term and `folded`, the document's text, are folded.
    """
    if not _may_tell(term, folded, at):
        return None
    around = _around(document, at)
    text = fold(around.text)
    begin = around.span.start
    spans = list(sentences(text))
    here = next((n for n, span in enumerate(spans) if span.start <= at - begin < span.end), None)
    if here is None:
        return None
    said = text[spans[here].start : spans[here].end]
    for shown, meaning in _ways(term, text, spans, here, at - begin):
        meaning = _trimmed(text, meaning)
        if len(shown) > LONGEST or len(meaning) < SHORTEST:
            continue
        if explained(term, Unit(around, shown, said, 0, 0, False, 0, True, 0)):
            return Told(_moved(shown, begin), _moved(meaning, begin))
    return None


def _may_tell(term: str, folded: str, at: int) -> bool:
    """A quick look: whether any of the ways could lead anywhere."""
    end = at + len(term)
    return bool(
        parse(term)
        or _SAYS.match(folded, end)
        or _BRACKET.match(folded, end)
        or _ENTRY.match(folded, folded.rfind("\n", 0, at) + 1)
        or f"“{term[:2]}" in folded[end : end + LONGEST]
    )


def _around(document: Document, at: int) -> Passage:
    """The text from the beginning of the term's line, or a little before the term, on, as far as an explanation may reach."""
    text = document.text
    start = text.rfind("\n", 0, at) + 1
    if at - start > BEFORE:
        start = next(
            (span.start for span in sentences(text, Span(start, at + 1)) if span.end > at - BEFORE), start
        )
    end = min(len(text), at + LONGEST)
    return Passage(document.name, document.revision, Span(start, end), text[start:end])


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _trimmed(text: str, span: Span) -> Span:
    """Without marks and white space around it; a quotation mark that something in it closes stays."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "，,：:。；“”"):
        start += 1
    if start > span.start and text[start - 1] == "“":
        start -= 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，,；;。"):
        end -= 1
    return Span(start, end) if start < end else span


def _ways(term: str, text: str, spans: Sequence[Span], here: int, at: int) -> Iterator[tuple[Span, Span]]:
    """What may be shown, and what in it explains, surest first."""
    end, first = at + len(term), spans[here]
    parts = parse(term)
    line = _ENTRY.match(text, text.rfind("\n", 0, at) + 1)
    if line and line.start("term") == at and line["term"].startswith(term):
        stop = text.find("\n", at)
        stop = stop if stop >= 0 else len(text)
        if line.end() < stop:
            yield Span(line.start(), stop), Span(line.end(), stop)
    says = _SAYS.match(text, end)
    several = (
        "”和“" in says.group() or text[max(0, at - 3) : at] in ("”和“", "”、“", "、“") if says else False
    )
    if says:
        last = next((n for n, span in enumerate(spans) if span.start < says.end() <= span.end), here)
        if says.end() == spans[last].end:
            last += 1
        stop = _stop(text, spans, here, last, says.end(), parts)
        if stop > says.end() and not (several and not holds_all(parts, text[says.end() : stop])):
            yield Span(first.start, stop), Span(says.end(), stop)
    bracket = _BRACKET.match(text, end)
    if (
        bracket
        and not _NO_MEANING.search(bracket["inside"])
        and (not parts or holds_all(parts, bracket["inside"]))
    ):
        yield Span(first.start, max(first.end, bracket.end())), Span(*bracket.span("inside"))
    by_parts = part_by_part(term, text, spans, here)
    if by_parts:
        yield by_parts
    if parts:
        yield from members(parts, text, spans, here, at, end)


def _stop(
    text: str, spans: Sequence[Span], here: int, last: int, begin: int, parts: tuple[Abbreviation, ...]
) -> int:
    """Where an explanation that begins at `begin` ends: with the first sentence that makes its members whole, else with its own."""
    if last >= len(spans):
        return begin
    own = spans[last].end
    if not parts:
        return own
    listed = _IN_A_LIST.match(text, spans[here].start)
    for following in range(last, min(len(spans), last + AHEAD)):
        if following > last and listed and _IN_A_LIST.match(text, spans[following].start):
            break  # the next item of the list that the sentence itself is in
        if spans[following].end - spans[here].start > LONGEST:
            break
        if holds_all(parts, text[begin : spans[following].end]):
            return spans[following].end
        if text[spans[following].end - 1] not in "；;":
            break
    return own
