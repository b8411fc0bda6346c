"""Rows of the ledger that a question about one indicator and one year may mean: of which documents, of which figure, of which time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft import LONGEST_QUOTE, Quote
from assistant.evidence import Evidence
from assistant.profiles import rank_of
from assistant.question import Question
from assistant.retrieval import Retriever
from assistant.told import window
from corpus.commitment import PROMISES, Commitment
from corpus.document import Span
from corpus.errors import StaleCitationError
from corpus.ledger import Kept
from corpus.library import Library
from corpus.text import bigrams

CLOSE = 0.05  # documents that are as likely meant as the likeliest
PART_OF_A_YEAR = re.compile(r"[上下]半年|[一二三四1-4]季度|年中|\d{1,2}月|截至|截止|目前|半年")
_PLACE = re.compile(r"(?:^|[，,、和与年])([一-鿿]{2,3}[县区州市])(?![场域民值级政委局里长])")
_CHANGE = re.compile(r"增长|增速|上涨|涨幅|增幅|提高|增加|提升|下降|降低|减少|降幅")
_CLAUSE = re.compile(r"[，,：:。；;！!？?]\s*")
_NUMBER = re.compile(
    r"(?:\d{1,2}[.．、]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|[一二三四五六七八九十]{1,2}[是、])\s*"
)
_GENERAL = re.compile(r"全[国省市县区]|我[国省市县区]|[各本该]|两|几")


def documents_meant(
    retriever: Retriever, question: Question, evidence: Evidence, year: int
) -> tuple[str, ...]:
    """The documents of a year that are likeliest meant: of the place that is named, else among those searched, and the state's own.

    Where a place is named of which no document tells, none.
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
    return tuple(likely if placed else dict.fromkeys([*likely, *_of_the_state(retriever, year)]))


def _of_the_state(retriever: Retriever, year: int) -> list[str]:
    return [
        name
        for name, entry in retriever.scoping().entries.items()
        if rank_of(entry) == "国" and entry.metadata.year and entry.metadata.year.value == year
    ]


def widest(retriever: Retriever, question: Question, rows: Sequence[Kept]) -> list[Kept]:
    """Of rows of one indicator those of the state, where it has some and the question names no place; else all."""
    scoping = retriever.scoping()
    if scoping.places_of(question):
        return list(rows)
    return [kept for kept in rows if rank_of(scoping.entries[kept.row.document]) == "国"] or list(rows)


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
    document = library.document(row.document)
    if document.revision != row.revision:
        raise StaleCitationError(f"{row.document} was replaced while it was being read; ask again")
    span = _with_its_subject(document.text, row.span, promise)
    number = _NUMBER.match(document.text, span.start, span.end - 1)
    return Quote(document, Span(number.end(), span.end) if number else span, label)


def _with_its_subject(text: str, span: Span, promise: Commitment) -> Span:
    """A row's words with the clauses before them that name what is measured, where they do not themselves (广义货币M2…，增长11.3%)."""
    subject = set(bigrams(_CHANGE.sub(" ", promise.metric.name))) if promise.metric else set()
    begin = span.start
    while subject and not subject & set(bigrams(text[begin : span.end])):
        ends = [end.end() for end in _CLAUSE.finditer(text, max(0, begin - LONGEST_QUOTE), begin)]
        if not ends or (ends[-1] == begin and text[begin - 1] not in "，,：:"):
            return span
        ends = [end for end in ends if end < begin]
        if not ends or span.end - ends[-1] > LONGEST_QUOTE:
            return span
        begin = ends[-1]
    return Span(begin, span.end)


def in_order(evidence: Evidence, rows: Sequence[Commitment]) -> list[Commitment]:
    """Rows in the order of the sentences they stand in; those of no sentence that was found come last."""

    def place(row: Commitment) -> int:
        return next(
            (
                number
                for number, unit in enumerate(evidence.units)
                if unit.document == row.document and unit.span.overlap(row.span)
            ),
            len(evidence.units),
        )

    return sorted(rows, key=place)
