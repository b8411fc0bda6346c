"""A second sentence beside the one that answers: what that one lacks, the other side of a matter, or another as likely."""

from __future__ import annotations

import re

from assistant.draft import LONGEST_QUOTE, Quote
from assistant.evidence import Evidence, Unit
from assistant.question import Question, figures_of_a_premise
from corpus.text import fold

COMPLEMENT = 0.25  # share of the question's weight that a second quote must add
COMPLEMENT_OF_SEVERAL = 0.15  # … where the question names several things
LEAST_OF_A_PREMISE = 0.15  # share of the question that a sentence with the asked figure must hold
NEARLY = 0.75  # of the best sentence's share of the question: what the other side of a matter holds
DOUBTFUL = 0.79  # confidence below which a second sentence is shown too
AS_LIKELY = 0.75  # of the best sentence's score
_SEVERAL = re.compile(r"[一-鿿](?:和|与|以及|及|、)[一-鿿]|都|分别|各")
_BOTH_SIDES = re.compile(r"([一-鿿])不\1|两面|好坏|利弊")


def of_the_premise(question: Question, evidence: Evidence, first: Quote) -> Unit | None:
    """For a question whether a figure is right: the sentence that holds the figure, or what else is said where the first does."""
    figures = figures_of_a_premise(question)
    if not figures:
        return None
    said = fold(first.document.quote(first.span))
    best = evidence.units[0]
    for figure in figures:
        holding = [unit for unit in evidence.units if figure in fold(unit.text)]
        if figure not in said:
            return next((unit for unit in holding if unit.coverage >= LEAST_OF_A_PREMISE), None)
    others = (unit for unit in evidence.units[1:12] if unit.shaped and unit.own >= NEARLY * best.own)
    return next((unit for unit in others if not any(figure in fold(unit.text) for figure in figures)), None)


def other_side(question: Question, evidence: Evidence) -> Unit | None:
    """For “好不好”: the next sentence that is as much to the point, since a speech praises in one place and blames in another."""
    if not _BOTH_SIDES.search(question.folded):
        return None
    best = evidence.units[0]
    others = (unit for unit in evidence.units[1:10] if unit.document == best.document)
    return next((unit for unit in others if unit.own >= NEARLY * best.own), None)


def complement(question: Question, evidence: Evidence, best: Unit) -> Unit | None:
    """The unit that holds most of what `best` lacks, if that is a good part of the question and `best` does not surely answer."""
    if evidence.alone:
        return None
    held = fold(" ".join([best.text, *best.passage.path]))
    missing = [(term, term.weight * (1 - term.held(held))) for term in evidence.terms if not term.scope]
    total = sum(term.weight for term in evidence.terms if not term.scope) or 1.0
    found, gained = None, 0.0
    for unit in evidence.units[1:20]:
        text = fold(unit.text)
        gain = sum(weight * term.held(text) for term, weight in missing) / total
        if gain > gained and unit.score > 0.5 * best.score and not unit.is_title:
            found, gained = unit, gain
    least = COMPLEMENT_OF_SEVERAL if _SEVERAL.search(question.folded) else COMPLEMENT
    return found if gained >= least else None


def runner_up(evidence: Evidence, first: Quote) -> Unit | None:
    """The second sentence, where it is not sure that the first one answers and both are as likely."""
    if evidence.alone or evidence.confidence >= DOUBTFUL or len(first.span) > LONGEST_QUOTE:
        return None
    best = evidence.units[0]
    return next(
        (
            unit
            for unit in evidence.units[1:4]
            if unit.score >= AS_LIKELY * best.score
            and not unit.is_title
            and not (unit.document == first.document.name and unit.span.overlap(first.span))
        ),
        None,
    )
