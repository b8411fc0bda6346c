"""Which words of a document a sentence brings into an answer: with what it heads, leads in or speaks of, cut where they are too long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import shapes
from assistant.clipping import trimmed, window
from assistant.draft import LONGEST_ANSWER, LONGEST_QUOTE
from assistant.evidence import Unit
from assistant.explaining import explains
from assistant.listing import BARE_HEADING, section_headed
from assistant.question import Question
from assistant.terms import HELD, Term
from corpus.document import Document, Span
from corpus.text import clauses, fold, sentences

SCRAP = 16  # characters of a sentence that says nothing without the one before, unless it holds most of the question
BARE_ADMISSION = 60  # characters of a sentence that admits problems without telling them
LONGEST_LISTED = 220  # characters of problems that are quoted together
_ANNOUNCES = re.compile(
    r"^.{0,60}(?:问题|困难|挑战|不足|差距|短板|风险|方面|措施|几点|如下|以下)[：:。！!]*$"
)
_GOES_ON = re.compile(r"主要(?:是|有|表现|体现)|[一首]是|一要|第一|首先|具体|即|包括|表现在|其中|当前")
_ASKS_WHO_SAID = re.compile(
    r"谁(?:说|提|讲)|哪里提|提出来的|提出的吗|自己(?:提|制定|定)|谁的(?:话|要求)|出自|谁提|[提说讲定]的还是"
)
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}[是要、]|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、])"
)
_SAYS = re.compile(r"(?:强调|提出|指出|要求|倡导|部署|说|讲话中)[，,：:]?")


def span_quoted(
    document: Document, question: Question, unit: Unit, terms: Sequence[Term], longest: int
) -> Span:
    """The verbatim words of `unit` that go into an answer: what it heads when it is a heading, its best clauses when over `longest`."""
    span = unit.span
    index = section_headed(document, span)
    if index is not None and len(span) <= BARE_HEADING:
        span = _with_what_follows(document, index)
    elif _ANNOUNCES.search(unit.text) and question.kind != "deadline":
        span = _with_what_it_announces(document, span)
    elif question.enumerates or question.kind in ("measure", "comparison"):
        span = _to_the_end_of_the_sentence(document, span)
    elif len(span) < SCRAP and unit.own < HELD:
        span = _with_what_precedes(document, unit)
    if question.kind == "definition":
        span = _with_explanation(document, unit, span, question)
    if question.kind == "problem":
        span = _with_further_problems(document, span)
    if _ASKS_WHO_SAID.search(question.folded):
        span = _with_who_said_it(document, unit, span)
    if len(span) > longest and (longest < LONGEST_QUOTE or not question.enumerates):
        whole, span = span, window(document, span, question, terms, longest)
        if question.kind == "measure":
            span = _further(document, whole, span, longest)
    return trimmed(document.text, span)


def _further(document: Document, whole: Span, span: Span, longest: int) -> Span:
    """A run of clauses with those after it, as far as `longest` reaches: how something is done stands behind what is done."""
    end = span.end
    for clause in clauses(document.text, Span(span.end, whole.end)) if span.end < whole.end else ():
        if clause.end - span.start > longest:
            break
        end = clause.end
    return Span(span.start, end)


def _with_what_follows(document: Document, index: int) -> Span:
    """A section's heading and the sentences under it, as far as a quote reaches."""
    return _head(document, document.sections[index].span, document.sections[index].heading.end)


def _head(document: Document, span: Span, at_least: int) -> Span:
    end = max(span.start, at_least)
    for sentence in sentences(document.text, span):
        if sentence.end <= end:
            continue
        if sentence.end - span.start > LONGEST_QUOTE and end > max(at_least, span.start):
            break
        end = sentence.end
        if end - span.start > LONGEST_QUOTE // 2:
            break
    return Span(span.start, min(max(end, span.start + 1), span.end))


def _to_the_end_of_the_sentence(document: Document, span: Span) -> Span:
    """Up to the full stop: parts divided by ； or led in by ： are one sentence; at most LONGEST_ANSWER characters."""
    text, end = document.text, span.end
    while end < len(text) and text[end - 1] in "；;：:" and end - span.start < LONGEST_ANSWER:
        following = next(sentences(text, Span(end, min(len(text), end + 400))), None)
        if (
            following is None
            or "\n" in text[end : following.start]
            or following.end - span.start > LONGEST_ANSWER
        ):
            break
        end = following.end
    return Span(span.start, end)


def _with_what_it_announces(document: Document, span: Span) -> Span:
    """A sentence that says that something follows (…也面临困难和挑战。) with what follows in its paragraph."""
    rest = sentences(document.text, Span(span.end, _end_of_paragraph(document.text, span.end)))
    end = span.end
    for sentence in rest if span.end < len(document.text) else ():
        begins = end == span.end
        if begins and not _GOES_ON.match(document.quote(sentence)):
            break
        if sentence.end - span.start > LONGEST_ANSWER and not begins:
            break
        end = sentence.end
    return Span(span.start, end)


def _end_of_paragraph(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return max(len(text) if stop < 0 else stop, min(start + 1, len(text)))


def _with_what_precedes(document: Document, unit: Unit) -> Span:
    """A scrap of a sentence (牵头：标准化科) with the sentence before it in its passage and line, which it speaks of."""
    start = unit.passage.span.start
    before = list(sentences(document.text, Span(start, unit.span.start))) if start < unit.span.start else []
    if not before or "\n" in document.text[before[-1].start : unit.span.start]:
        return unit.span
    return Span(before[-1].start, unit.span.end)


def _with_explanation(document: Document, unit: Unit, span: Span, question: Question) -> Span:
    """Up to the next sentence where that one says what a term in this one means (…一批“质量门诊”。简单讲，就是…)."""
    for term in question.quoted:
        if term in fold(unit.text) and not explains(term, unit.text) and explains(term, unit.passage.text):
            following = (
                next(sentences(document.text, Span(span.end, unit.passage.span.end)), None)
                if span.end < unit.passage.span.end
                else None
            )
            return Span(span.start, following.end) if following else span
    return span


def _with_further_problems(document: Document, span: Span) -> Span:
    """A sentence that admits something with those after it in its paragraph that admit more, or say what it only announces."""
    end = span.end
    announces = len(span) <= BARE_ADMISSION and shapes.PLAINLY_ADMITTED.search(fold(document.quote(span)))
    if end < len(document.text):
        for sentence in sentences(document.text, Span(end, _end_of_paragraph(document.text, end))):
            further = shapes.PROBLEM.search(document.quote(sentence))
            if _ITEM.match(document.quote(sentence)) and _ITEM.match(document.quote(span)):
                break  # another point
            if not (further or announces) or sentence.end - span.start > LONGEST_LISTED:
                break
            end = sentence.end
    return Span(span.start, end)


def _with_who_said_it(document: Document, unit: Unit, span: Span) -> Span:
    """A sentence with the one before it in its passage that says whose words follow (会议强调，…)."""
    if _SAYS.search(unit.text) or unit.passage.span.start >= span.start:
        return span
    before = list(sentences(document.text, Span(unit.passage.span.start, span.start)))
    for sentence in reversed(before):
        if _SAYS.search(document.quote(sentence)) and span.end - sentence.start <= LONGEST_ANSWER:
            return Span(sentence.start, span.end)
    return span
