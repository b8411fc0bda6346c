"""Questions whether a figure is right that is another one's: the target's where the result is meant, another year's, several years' together.

Both are quoted from the ledger: what is asked about, and where the figure stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.indicator_table import asked_of
from assistant.indicators import Indicator
from assistant.promised import (
    PART_OF_A_YEAR,
    aims,
    documents_meant,
    is_of,
    measuring,
    place,
    quote_of,
    widest,
)
from assistant.question import Question, figures_of_a_premise
from assistant.retrieval import Retriever
from assistant.told import window
from corpus.commitment import PROMISES, Commitment
from corpus.ledger import LedgerFilter
from corpus.text import fold

_FIGURE = re.compile(r"(\d[\d.]*)\s*(万亿|[万亿])?(%|[一-鿿]?)")
_TOGETHER = frozenset({"total", "average", "years"})
"""Marks of a figure that is of several years together."""
_SEVERAL_YEARS = re.compile(r"累计|共计|年均|[三四五]年")
Row = tuple[Commitment, Indicator]


def mistaken(retriever: Retriever, question: Question, evidence: Evidence) -> Draft | None:
    """What is asked about, and then what the asked figure belongs to; None where the figure may be right, or is found nowhere."""
    figures, known = figures_of_a_premise(question), asked_of(question.folded)
    if (
        len(figures) != 1
        or len(known) != 1
        or len(question.years) != 1
        or PART_OF_A_YEAR.search(question.folded)
    ):
        return None
    (figure,), (year,) = figures, question.years
    meant, later = (documents_meant(retriever, question, evidence, when) for when in (year, year + 1))
    if not meant and not later:
        return None
    wanted = LedgerFilter(documents=(*meant, *later), kinds=(*PROMISES, "report"))
    there = measuring(retriever.library.commitments(wanted), known)
    same = [
        (kept.row, told)
        for kept, told in widest(retriever, question, there)
        if kept.kind_of_document != "ledger" and (told.figure.sort == "percent") == ("%" in figure)
    ]
    asked = _asked(evidence, same, year, plan=aims(question))
    if asked is None or figure in fold(asked.quote) or (asked.metric and asked.metric.upper):
        return None
    origin = _origin(same, figure, year, asked)
    if origin is None:
        return None
    quotes = tuple(quote_of(retriever.library, row, row, _label(row)) for row in (asked, origin))
    return Draft(quotes, note=f"（所问的“{figure}”在后一句）")


def _asked(evidence: Evidence, same: Sequence[Row], year: int, *, plan: bool) -> Commitment | None:
    """The row that is asked about: the year's target, or what was reported of the whole year."""
    rows = [
        row
        for row, _ in same
        if (row.kind in PROMISES) == plan and is_of(row, year) and row.metric and row.metric.value
    ]
    return min(rows, key=lambda row: place(row, evidence), default=None)


def _origin(same: Sequence[Row], figure: str, year: int, asked: Commitment) -> Commitment | None:
    """Where a figure stands: in the asked year, else in another one, else as one of several years together."""
    found = [
        (row, told)
        for row, told in same
        if _is(row, figure) and not (row.document == asked.document and row.span.overlap(asked.span))
    ]
    if any(
        row.kind == asked.kind == "report" and not is_of(row, _last(row)) and not _together(row, told)
        for row, told in found
    ):
        return None  # a level reached over several years, or a part of one: it may be what is asked
    of_the_year = [row for row, _ in found if is_of(row, year)]
    of_a_year = [row for row, _ in found if is_of(row, _last(row))]
    together = [row for row, told in found if _together(row, told)]
    return next(iter((*of_the_year, *of_a_year, *together)), None)


def _together(row: Commitment, told: Indicator) -> bool:
    return bool(told.marks & _TOGETHER or _SEVERAL_YEARS.search(row.quote))


def _last(row: Commitment) -> int:
    """The last year that a row is about; 0 where none is known."""
    days = window(row) if row.kind in PROMISES else row.period
    return days[1].year if days else 0


def _is(row: Commitment, figure: str) -> bool:
    """Whether a row's figure is this one, as printed."""
    found = _FIGURE.match(fold(figure))
    metric = row.metric
    if found is None or metric is None or metric.value is None:
        return False
    scale, unit = found.group(2) or "", fold(metric.unit or "")
    same_unit = unit.startswith(scale) and (bool(scale) or unit.startswith(found.group(3)))
    return fold(metric.value) == found.group(1) and same_unit


def _label(row: Commitment) -> str:
    """Of which years a row is, and whether it was aimed at or reached."""
    days, said = (window(row), "目标") if row.kind in PROMISES else (row.period, "结果")
    if days is None:
        return f"{said}："
    first, last = (day.year for day in days)
    return f"{first}年{said}：" if first == last else f"{first}—{last}年（{last - first + 1}年）{said}："
