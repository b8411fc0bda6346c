"""问问看: questions to try, by theme, made from the library; each was asked and is answered from the place it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer
from assistant.onboarding.doers import Circle
from assistant.onboarding.figures import Assignment, Figure, assignments_of, figures_of
from assistant.onboarding.terms import TradeTerm, Use
from corpus.document import Span
from corpus.ledger import LedgerFilter
from corpus.library import Library

Theme = Literal["terms", "targets", "owners", "units", "due"]
THEMES: tuple[Theme, ...] = ("terms", "targets", "owners", "units", "due")
SHOWN = 4  # questions of a theme
TRIES = 10  # candidates of a theme that are asked
SPECIFIC = 7  # characters from which an indicator says what it is of
LONGEST_TASK = 18  # characters
FROM_ONE = 2  # questions of a theme from one document


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of one theme, each known to be answered."""

    theme: Theme
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: str
    document: str = ""
    span: Span | None = None


def questions_of(
    library: Library, terms: Sequence[TradeTerm], circles: Sequence[Circle], answer: Callable[[str], Answer]
) -> tuple[Asked, ...]:
    """The themes that have a question; the same library gives the same questions."""
    figures = sorted(figures_of(library), key=lambda figure: -(figure.kept.row.year or 0))
    assignments = sorted(assignments_of(library), key=lambda each: -(each.kept.row.year or 0))
    candidates: dict[Theme, Iterator[_Candidate]] = {
        "terms": _of_terms(terms),
        "targets": _of_figures(figures),
        "owners": _of_tasks(assignments),
        "units": _of_units(circles),
        "due": _of_quarters(library),
    }
    made = (Asked(theme, tuple(_answered(candidates[theme], answer))) for theme in THEMES)
    return tuple(asked for asked in made if asked.questions)


def _answered(candidates: Iterator[_Candidate], answer: Callable[[str], Answer]) -> Iterator[str]:
    kept, tried = 0, 0
    documents: dict[str, int] = {}
    for candidate in candidates:
        if candidate.document and documents.get(candidate.document, 0) >= FROM_ONE:
            continue
        tried += 1
        if _answers(answer(candidate.question), candidate):
            documents[candidate.document] = documents.get(candidate.document, 0) + 1
            kept += 1
            yield candidate.question
        if kept == SHOWN or tried == TRIES:
            return


def _answers(got: Answer, candidate: _Candidate) -> bool:
    if got.abstained or got.warnings:
        return False
    if candidate.span is None:
        return got.ledger is not None and got.ledger.count > 0
    return cites(got, candidate.document, candidate.span)


def cites(got: Answer, document: str, span: Span) -> bool:
    """Whether an answer, no refusal, cites this very place."""
    return not got.abstained and any(
        citation.document == document and citation.span.overlap(span) for citation in got.citations
    )


def _of_terms(terms: Sequence[TradeTerm]) -> Iterator[_Candidate]:
    for term in terms:
        if isinstance(term.explanation, Use):
            yield _Candidate(f"“{term.words}”是什么意思？", term.explanation.document, term.explanation.span)


def _of_figures(figures: Sequence[Figure]) -> Iterator[_Candidate]:
    asked: set[str] = set()
    for figure in sorted(figures, key=lambda figure: len(figure.indicator) < SPECIFIC):
        row = figure.kept.row
        if figure.indicator in asked:
            continue
        asked.add(figure.indicator)
        year = f"{row.year}年" if row.year else ""
        yield _Candidate(f"{year}{figure.indicator}的目标是多少？", row.document, row.span)


def _of_tasks(assignments: Sequence[Assignment]) -> Iterator[_Candidate]:
    for each in assignments:
        row = each.kept.row
        if "，" in each.task or len(each.task) > LONGEST_TASK:
            continue
        yield _Candidate(f"{each.task}由哪个单位牵头？", row.document, row.span)


def _of_units(circles: Sequence[Circle]) -> Iterator[_Candidate]:
    for circle in circles[:1]:
        year = f"{circle.year}年" if circle.year else ""
        for doer in circle.doers:
            if doer.sort == "unit":
                yield _Candidate(f"{doer.name}{year}牵头哪些任务？")


def _of_quarters(library: Library) -> Iterator[_Candidate]:
    quarters = library.count_commitments(LedgerFilter(has_due=True), by="quarter")
    for quarter in sorted(quarters, reverse=True):
        year, _, number = quarter.partition("Q")
        if number:
            yield _Candidate(f"{year}年{'一二三四'[int(number) - 1]}季度到期的任务有哪些？")
