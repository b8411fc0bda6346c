"""自测: questions with four answers to choose from, made from the library; the right one is cited, the wrong ones are of the same sort.

The same library and the same seed give the same questions. Nothing of what is chosen is kept.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from assistant.abbreviations import parse, partly_spelled_out
from assistant.onboarding.doers import named
from assistant.onboarding.figures import Assignment, Figure, assignments_of, figures_of
from assistant.onboarding.terms import TradeTerm
from corpus.document import Span
from corpus.library import Library
from corpus.text import MASK, fold

Sort = Literal["term", "figure", "lead", "due"]
SORTS: tuple[Sort, ...] = ("term", "figure", "lead", "due")
OPTIONS = 4
LONGEST_QUIZ, SHORTEST_QUIZ = 8, 3  # questions; below the second there is no test
LONGEST_MEANING, SHORTEST_MEANING = 110, 8  # characters of an explanation that can be chosen
NEAR = 8  # figures, the nearest, from which wrong answers are drawn
SEEDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A question that could be asked. subject: a term, an indicator or a task; title: of the document it is about.

    right: the answer, words of the document. wrong: what could be offered beside it, best first. span: where the document, in that
    revision, says it.
    """

    sort: Sort
    subject: str
    title: str
    right: str
    wrong: tuple[str, ...]
    document: str
    revision: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """An item with its answers in the order in which they are shown; right is the number of the right one, from 0."""

    item: Item
    options: tuple[str, ...]
    right: int


def pool_of(library: Library, terms: Sequence[TradeTerm]) -> tuple[Item, ...]:
    """All that could be asked, in a fixed order. Documents that share their title with another are left out."""
    titles = [entry.metadata.title.value for entry in library.entries()]
    items = [*_of_terms(library, terms), *_of_figures(figures_of(library))]
    assignments = assignments_of(library)
    items += [*_of_leads(assignments), *_of_days(assignments)]
    return tuple(item for item in items if len(item.wrong) >= OPTIONS - 1 and titles.count(item.title) == 1)


def draw(pool: Sequence[Item], seed: int, agrees: Callable[[Item], bool]) -> tuple[Question, ...]:
    """At most LONGEST_QUIZ questions of all sorts in turn; () where there are fewer than SHORTEST_QUIZ.

    agrees: a second look at an item; what it does not agree to is not asked.
    """
    chance = random.Random(seed)  # noqa: S311 - a game
    shuffled = [
        chance.sample(list(items), len(items)) for items in ([i for i in pool if i.sort == s] for s in SORTS)
    ]
    questions: list[Question] = []
    subjects: set[str] = set()
    for row in zip_longest(*shuffled):
        for item in row:
            if item is None or item.subject in subjects or len(questions) == LONGEST_QUIZ or not agrees(item):
                continue
            subjects.add(item.subject)
            options = [item.right, *chance.sample(item.wrong[:NEAR], OPTIONS - 1)]
            chance.shuffle(options)
            questions.append(Question(item, tuple(options), options.index(item.right)))
        if len(questions) == LONGEST_QUIZ:
            break
    return tuple(questions) if len(questions) >= SHORTEST_QUIZ else ()


def _of_terms(library: Library, terms: Sequence[TradeTerm]) -> list[Item]:
    told: list[tuple[TradeTerm, str, str]] = []
    for term in terms:
        if term.explanation is None or term.meaning is None:
            continue
        document = library.document(term.explanation.document)
        meaning = " ".join(document.quote(term.meaning).split())
        usable = SHORTEST_MEANING <= len(meaning) <= LONGEST_MEANING and not MASK.search(meaning)
        if usable and fold(term.words) not in fold(meaning):
            told.append((term, meaning, document.metadata.title.value))
    items = []
    for term, meaning, title in told:
        explanation = term.explanation
        if explanation is None:
            continue
        others = [
            other_meaning
            for other, other_meaning, _ in told
            if other is not term and not _could_mean(term, other, other_meaning)
        ]
        others.sort(key=lambda words: (abs(len(words) - len(meaning)), words))
        items.append(
            Item(
                "term", term.words, title, meaning, tuple(dict.fromkeys(others)), explanation.document,
                explanation.revision, explanation.span,
            )
        )  # fmt: skip
    return items


def _could_mean(term: TradeTerm, other: TradeTerm, meaning: str) -> bool:
    """Whether another term's explanation might pass for this one's, too."""
    mine, theirs = fold(term.words), fold(other.words)
    alike = mine in theirs or theirs in mine or parse(mine) == parse(theirs) != ()
    return alike or mine in fold(meaning) or partly_spelled_out(parse(mine), fold(meaning))


def _of_figures(figures: Sequence[Figure]) -> list[Item]:
    items = []
    for figure in figures:
        row = figure.kept.row
        number = _number(figure)
        quote = fold(row.quote)
        here = {
            _number(other)
            for other in figures
            if other.kept.row.document == row.document and _akin(other, figure)
        }
        others = [
            other
            for other in figures
            if fold(other.unit) == fold(figure.unit)
            and _number(other) not in here
            and fold(other.printed) not in quote
            and _within(_number(other), number)
        ]
        wrong = {_number(other): other.value + figure.unit for other in others}
        ordered = sorted(wrong, key=lambda value: (abs(value - number), value))
        items.append(
            Item(
                "figure", figure.indicator, figure.kept.title, figure.printed,
                tuple(wrong[value] for value in ordered), row.document, row.revision, figure.sentence,
            )
        )  # fmt: skip
    return items


def _akin(one: Figure, other: Figure) -> bool:
    """Whether two indicators are the same, or one is part of the other's name."""
    return fold(one.indicator) in fold(other.indicator) or fold(other.indicator) in fold(one.indicator)


def _number(figure: Figure) -> Decimal:
    metric = figure.kept.row.metric
    return metric.number if metric is not None and metric.number is not None else Decimal(0)


def _within(other: Decimal, number: Decimal) -> bool:
    """Whether a figure could be taken for another: not ten times as much or as little."""
    return number / 10 < other < number * 10


def _of_leads(assignments: Sequence[Assignment]) -> list[Item]:
    items = []
    for each in assignments:
        row, issuer = each.kept.row, each.kept.issuer
        taking_part = {
            each.lead,
            *(name for words in (row.owner.cooperating if row.owner else ()) for name in named(words)),
        }
        leads = {other.lead for other in assignments if other.kept.issuer == issuer}
        wrong = sorted(lead for lead in leads if lead not in taking_part and lead not in row.quote)
        items.append(
            Item(
                "lead",
                each.task,
                each.kept.title,
                each.lead,
                _turned(wrong, each.task),
                row.document,
                row.revision,
                row.span,
            )
        )
    return items


def _of_days(assignments: Sequence[Assignment]) -> list[Item]:
    items = []
    for each in assignments:
        if not each.due:
            continue
        row = each.kept.row
        day = row.deadline.due if row.deadline else None
        others = {
            other.due: other.kept.row.deadline.due
            for other in assignments
            if other.due and other.kept.row.document == row.document and other.kept.row.deadline
        }
        wrong = sorted({said for said, due in others.items() if due != day and said not in row.quote})
        items.append(
            Item(
                "due",
                each.task,
                each.kept.title,
                each.due,
                _turned(wrong, each.task),
                row.document,
                row.revision,
                row.span,
            )
        )
    return items


def _turned(words: Sequence[str], by: str) -> tuple[str, ...]:
    """The words from another place on, so that not the same few are offered with every question."""
    at = sum(map(ord, by)) % len(words) if words else 0
    return (*words[at:], *words[:at])
