"""What is known of a sentence as an answer to a question, as numbers: what ranking and confidence are learned from.

All are shares, flags or small counts, so that weights learned on one library hold on another. They name no word of any document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import shapes
from assistant.abbreviations import counted_term, parse, partly_spelled_out, spelled_out
from assistant.measures import figure_in
from assistant.question import Question
from assistant.terms import Term, grams_of
from assistant.timing import Tense, asks_outcome
from corpus.ledger import Stretch
from corpus.text import bigrams, clauses, fold

_SHAPE_OF = {
    "target": "figure",
    "figure": "figure",
    "status": "report",
    "deadline": "time",
    "responsibility": "actor",
    "measure": "measure",
    "problem": "problem",
    "list": "members",
    "definition": "explained",
}
"""The shape of answer that each kind of question looks for; each pair is a feature of its own."""

AGAINST = frozenset(
    ["title", "scrap", "other year", "other tense", "only planned", "missing things", "quoted missing"]
)
"""Features that never speak for a sentence; of those not named here or in EITHER_WAY, none speaks against it."""
EITHER_WAY = frozenset(["row", "length", "leads in", "measured", "in ledger", "shared of said", "affinity"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what retrieval knows of it: base is the score that its words, shape and document earn it by rule."""

    text: str
    passage: str
    path: tuple[str, ...]
    base: float
    own: float
    coverage: float
    affinity: float
    timely: bool
    tense: Tense
    is_title: bool
    is_row: bool
    explains: bool
    said_year: bool
    found: float
    likeness: tuple[float, float]
    rows: tuple[Stretch, ...]


def features(question: Question, terms: Sequence[Term], one: Sentence) -> dict[str, float]:
    """The features of one sentence by name."""
    folded, passage, path = fold(one.text), fold(one.passage), fold(" ".join(one.path))
    said = _held(question, terms, one.text, folded)
    things = [term for term in terms if term.noun and not term.scope]
    weight = sum(term.weight for term in things) or 1.0
    heaviest = max(things, key=lambda term: term.weight, default=None)
    around = {term.word: max(term.held(passage), term.held(path)) for term in things}
    asked, here = frozenset(bigrams(question.focus)), grams_of(folded)
    shared = len(asked & here)
    values = {
        "base": one.base,
        "own": one.own,
        "beside": one.coverage - one.own,
        "affinity": one.affinity,
        "found": one.found,
        "meaning": one.likeness[0],
        "aligned": one.likeness[1],
        "title": float(one.is_title),
        "row": float(one.is_row),
        "length": min(len(one.text), 200) / 100,
        "scrap": float(len(one.text) < 12),
        "leads in": float(one.text.rstrip().endswith(("：", ":"))),
        "other year": float(not one.timely),
        "said year": float(one.said_year),
        "tense": float(question.tense != "either" and one.tense == question.tense),
        "other tense": float("either" not in (question.tense, one.tense) and one.tense != question.tense),
        "only planned": float(asks_outcome(question.folded) and one.tense == "plan"),
        "heaviest": heaviest.held(folded) if heaviest else 0.0,
        "heaviest near": around[heaviest.word] if heaviest else 0.0,
        "missing things": sum(term.weight * (1 - around[term.word]) for term in things) / weight,
        "clause": said.best,
        "bound": said.bound,
        "shared of asked": shared / max(1, len(asked)),
        "shared of said": shared / max(1, len(here)),
        "indicator": max(
            (_share(things, fold(row.indicator)) for row in one.rows if row.indicator), default=0.0
        ),
        "measured": float(any(row.indicator for row in one.rows)),
        "in ledger": float(bool(one.rows)),
        **_of_terms(question, one, folded, passage),
    }
    shaped = _shapes(question, one, folded)
    for kind, shape in _SHAPE_OF.items():
        values[f"{kind} {shape}"] = shaped[shape] if question.kind == kind else 0.0
    values["asked unit"] = float(bool(question.measure) and bool(figure_in(question.measure).search(folded)))
    return values


@dataclass(frozen=True, slots=True)
class _Held:
    best: float
    bound: float


def _held(question: Question, terms: Sequence[Term], text: str, folded: str) -> _Held:
    """The share of the question that the best clause holds, and that one with the wanted shape (or the clause before it) holds."""
    weights = [0.0 if term.scope else term.weight for term in terms]
    total = sum(weights) or 1.0
    best = bound = 0.0
    before = [0.0] * len(terms)
    for span in clauses(text):
        clause = folded[span.start : span.end]
        held = [term.held(clause) for term in terms]
        best = max(best, sum(w * h for w, h in zip(weights, held, strict=True)) / total)
        if _wanted(question, clause):
            both = (w * max(h, b) for w, h, b in zip(weights, held, before, strict=True))
            bound = max(bound, sum(both) / total)
        before = held
    return _Held(best, bound)


def _wanted(question: Question, clause: str) -> bool:
    if question.measure:
        return bool(figure_in(question.measure).search(clause))
    if "figure" in question.wants:
        return bool(
            shapes.STRONG_FIGURE.search(shapes.without_years(clause)) or shapes.MASKED_FIGURE.search(clause)
        )
    if "time" in question.wants:
        return bool(shapes.TIME.search(clause))
    if "actor" in question.wants:
        return bool(shapes.ACTOR.search(clause))
    return True


def _share(things: Sequence[Term], folded: str) -> float:
    weight = sum(term.weight for term in things)
    return sum(term.weight * term.held(folded) for term in things) / weight if weight else 0.0


def _of_terms(question: Question, one: Sentence, folded: str, passage: str) -> dict[str, float]:
    """How far a sentence holds or explains the terms that the question quotes."""
    quoted = question.quoted
    counted = counted_term(question.folded)
    abbreviations = [parts for term in quoted if (parts := parse(term))]
    return {
        "quoted": float(any(term in folded for term in quoted)),
        "quoted near": float(any(term in passage for term in quoted)),
        "quoted missing": float(bool(quoted) and not any(term in passage for term in quoted)),
        "explains": float(one.explains),
        "spelled out": float(any(spelled_out(parts, one.text) for parts in abbreviations)),
        "partly spelled out": float(any(partly_spelled_out(parts, one.text) for parts in abbreviations)),
        "counted term": float(bool(counted) and spelled_out(counted, one.text)),
        "as many": float(question.count >= 3 and _members(folded) == question.count),
    }


@lru_cache(maxsize=16_384)
def _members(folded: str) -> int:
    return shapes.enumerated(folded)


def _shapes(question: Question, one: Sentence, folded: str) -> Mapping[str, float]:
    return {
        "figure": float(
            bool(shapes.STRONG_FIGURE.search(shapes.without_years(folded))) or shapes.is_masked(one.text)
        ),
        "report": float(one.tense == "report"),
        "time": float(bool(shapes.TIME.search(folded))),
        "actor": float(bool(shapes.ACTOR.search(folded))),
        "measure": float(bool(shapes.MEASURE.search(folded))),
        "problem": float(bool(shapes.PROBLEM.search(folded))),
        "members": float(_members(folded) >= max(3, question.count)),
        "explained": float(one.explains),
    }
