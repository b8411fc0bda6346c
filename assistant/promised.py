"""Rows of the ledger that a question about one indicator and one year may mean: of which documents, of which figure, of which time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from assistant.draft import LONGEST_QUOTE, Quote, searched
from assistant.evidence import Evidence, Unit
from assistant.indicators import Indicator
from assistant.profiles import rank_of
from assistant.question import Question
from assistant.retrieval import Retriever
from assistant.told import Told, window
from corpus.commitment import PROMISES, Commitment
from corpus.document import Span
from corpus.ledger import Kept
from corpus.library import Library
from corpus.text import bigrams

CLOSE = 0.05  # documents that are as likely meant as the likeliest
Measured = tuple[Kept, Indicator]
"""A row of the ledger and what it measures."""
PROMISED = re.compile(r"目标|任务|计划|预期|预计|指标|原定|定的|定了|年初|承诺")
PART_OF_A_YEAR = re.compile(r"[上下]半年|[一二三四1-4]季度|年中|\d{1,2}月|截至|截止|目前|半年")
_PLACE = re.compile(r"(?:^|[，,、和与年])([一-鿿]{2,3}[县区州市])(?![场域民值级政委局里长])")
_CHANGE = re.compile(r"增长|增速|上涨|涨幅|增幅|提高|增加|提升|下降|降低|减少|降幅")
CLAUSE_END = re.compile(r"[，,：:。；;！!？?]\s*")
_NUMBER = re.compile(
    r"(?:\d{1,2}[.．、]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|[一二三四五六七八九十]{1,2}[是、])\s*"
)
_GENERAL = re.compile(r"全[国省市县区]|我[国省市县区]|[各本该]|两|几")


def aims(question: Question) -> bool:
    """Whether a question is for what was aimed at, rather than for what was reached."""
    return question.tense == "plan" or (
        question.tense == "either" and PROMISED.search(question.folded) is not None
    )


def documents_meant(
    retriever: Retriever, question: Question, evidence: Evidence, year: int
) -> tuple[str, ...]:
    """The documents of a year that are likeliest meant: of the place that is named, else among those searched, and the state's own.

    Where a place is named of which no document tells, none; of a restricted search, only its documents.
    """
    scoping = retriever.scoping()
    placed = bool(scoping.places_of(question))
    named = _PLACE.search(question.folded)
    if named and not _GENERAL.match(named.group(1)) and not placed and not scoping.at(named.group(1)):
        return ()
    pinned = (
        scoping.named(question) or set()
        if placed
        else scoping.pinned(replace(question, named_years=frozenset()))
        or {scored.passage.document for scored in evidence.passages}
    )
    of_year = [
        name
        for name, entry in scoping.entries.items()
        if entry.metadata.year and entry.metadata.year.value == year and name in pinned
    ]
    best = max((evidence.affinity.get(name, 0.0) for name in of_year), default=0.0)
    likely = [name for name in of_year if evidence.affinity.get(name, 0.0) >= best - CLOSE]
    meant = dict.fromkeys(likely if placed else [*likely, *_of_the_state(retriever, year)])
    return tuple(name for name in meant if evidence.within is None or name in evidence.within)


def _of_the_state(retriever: Retriever, year: int) -> list[str]:
    return [
        name
        for name, entry in retriever.scoping().entries.items()
        if rank_of(entry) == "国" and entry.metadata.year and entry.metadata.year.value == year
    ]


def measuring(rows: Iterable[Kept], names: Collection[str]) -> list[Measured]:
    """The rows whose figure is one of the known indicators of these names."""
    told = ((kept, Told.of(kept.row).measured) for kept in rows)
    return [(kept, measured) for kept, measured in told if measured is not None and measured.name in names]


def widest(retriever: Retriever, question: Question, rows: Sequence[Measured]) -> list[Measured]:
    """Of rows of one indicator those of the state, where it has some and the question names no place; else all."""
    scoping = retriever.scoping()
    if scoping.places_of(question):
        return list(rows)
    return [each for each in rows if rank_of(scoping.entries[each[0].row.document]) == "国"] or list(rows)


def followed_up(retriever: Retriever, document: str, year: int) -> bool:
    """Whether the library holds what may report on a document: a later one of the same body, or one whose body is not known."""
    entries = retriever.scoping().entries
    own = _bodies(retriever, document)
    return not own or any(
        other.metadata.year and other.metadata.year.value > year and _bodies(retriever, name) & own
        for name, other in entries.items()
        if name != document
    )


def _bodies(retriever: Retriever, name: str) -> set[str]:
    metadata = retriever.scoping().entries[name].metadata
    return {found.value for found in (metadata.issuer, metadata.region) if found}


def is_of(row: Commitment, year: int) -> bool:
    """Whether a row is of this whole year and no other: aimed at within it, or reported of all of it."""
    if row.kind in PROMISES:
        days = window(row)
        return days is not None and days[0].year == days[1].year == year
    return row.period is not None and [(day.year, day.month, day.day) for day in row.period] == [
        (year, 1, 1),
        (year, 12, 31),
    ]


def quote_of(library: Library, row: Commitment, promise: Commitment, label: str = "") -> Quote:
    """The words of a row, with the subject of `promise`'s figure. Raises StaleCitationError when its document was replaced since."""
    document = searched(library, row)
    span = _with_its_subject(document.text, row.span, promise)
    number = _NUMBER.match(document.text, span.start, span.end - 1)
    return Quote(document, Span(number.end(), span.end) if number else span, label)


def _with_its_subject(text: str, span: Span, promise: Commitment) -> Span:
    """A row's words with the clauses before them that name what is measured, where they do not themselves (广义货币M2…，增长11.3%)."""
    subject = set(bigrams(_CHANGE.sub(" ", promise.metric.name))) if promise.metric else set()
    begin = span.start
    while subject and not subject & set(bigrams(text[begin : span.end])):
        ends = [end.end() for end in CLAUSE_END.finditer(text, max(0, begin - LONGEST_QUOTE), begin)]
        if not ends or (ends[-1] == begin and text[begin - 1] not in "，,：:"):
            return span
        ends = [end for end in ends if end < begin]
        if not ends or span.end - ends[-1] > LONGEST_QUOTE:
            return span
        begin = ends[-1]
    return Span(begin, span.end)


def said_in(row: Commitment, unit: Unit) -> bool:
    """Whether a row stands in a sentence, or in part of it."""
    return row.document == unit.document and row.span.overlap(unit.span) > 0


def place(row: Commitment, evidence: Evidence) -> int:
    """The number of the first sentence that a row stands in; how many there are, where it stands in none."""
    return next(
        (number for number, unit in enumerate(evidence.units) if said_in(row, unit)), len(evidence.units)
    )
