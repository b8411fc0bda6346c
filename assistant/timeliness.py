"""What time does for a sentence: whether it reports or plans, whether it may speak of the asked year, and what both add to its score."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.measures import figure_in
from assistant.question import Question
from assistant.shapes import is_row
from assistant.timing import LONG_REVIEW, Tense, asks_outcome, speaks_of, tense_of, years_of_clauses
from corpus.document import Metadata, Span
from corpus.ledger import Stretch
from corpus.passage import Passage
from corpus.text import clauses, fold

AFTERWARDS = 0.16
MIXED = 0.3  # of the longer share: from where a sentence both reports and promises


def told(span: Span, text: str, rows: Sequence[Stretch]) -> tuple[Tense, tuple[int, int] | None]:
    """Whether a sentence reports or plans, and the years that it reports of; by its own words where no row covers it."""
    promised = reported = 0
    years = None
    for row in rows:
        shared = row.span.overlap(span)
        if row.promised:
            promised += shared
        else:
            reported += shared
            years = row.years if shared and years is None else years
    said = tense_of(text)
    less, more = sorted((promised, reported))
    if not more:
        return said, years
    if is_row(text) or less >= MIXED * more or (promised > reported and said == "report"):
        return "either", years
    return ("plan", None) if promised > reported else ("report", years)


def _of_many_years(question: Question, text: str, tense: Tense, reviewed: tuple[int, int] | None) -> bool:
    """Whether a sentence reports of several years together where one is asked (五年累计 is no figure of 2012)."""
    if not (question.years and question.measure and tense == "report" and reviewed):
        return False
    if reviewed[1] - reviewed[0] < LONG_REVIEW or _OVER_YEARS.search(question.folded):
        return False
    return not any(str(year) in fold(text) for year in question.years)


def _figure_of_another_year(question: Question, text: str, own: int | None) -> bool:
    """Whether a sentence speaks of several years, and its figure is not that of the asked one (今年3.2%，比去年有所下调).

    own: the year of the sentence's document.
    """
    if not (question.measure and question.years):
        return False
    figure = figure_in(question.measure)
    of_figures = [
        years
        for clause, years in zip(clauses(text), years_of_clauses(text, own), strict=True)
        if figure.search(fold(text[clause.start : clause.end]))
    ]
    return bool(of_figures) and all(years and not years & question.years for years in of_figures)


_OVER_YEARS = re.compile(r"[三四五十]年|累计|年均|平均|期间|以来")


def timely_in(
    question: Question,
    text: str,
    passage: Passage,
    metadata: Metadata,
    tense: Tense,
    reviewed: tuple[int, int] | None,
) -> tuple[bool, float]:
    """Whether a sentence may speak of the asked year, and what year and tense add to its score."""
    bonus, timely = 0.0, True
    if _of_many_years(question, text, tense, reviewed):
        return False, -0.2
    own = metadata.year.value if metadata.year else None
    if question.years:
        years = speaks_of(text, passage.path, metadata, tense, reviewed)
        if years:
            timely = bool(years & question.years)
            if not timely and not question.measure and own in question.years:
                return True, bonus  # 去年 in a speech of the asked year: its subject may still be this year's
            said = any(str(year) in fold(text) for year in question.years) or (
                "今年" in text and own in question.years
            )
            bonus += (0.16 if said else 0.1) if timely else -0.2
            if timely and len(years) > 1 and _figure_of_another_year(question, text, own):
                return False, bonus - 0.2
    if question.tense != "either":
        outcome = 2.0 if asks_outcome(question.folded) else 1.0
        bonus += outcome * {True: 0.08, False: -0.12}[tense == question.tense] if tense != "either" else 0.0
        if outcome > 1 and timely and own is not None and own - 1 in question.years:
            bonus += AFTERWARDS  # what came of a year is told by the next one's speech
    return timely, bonus
