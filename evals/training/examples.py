"""Questions with their sentences as rows of numbers: what the models are trained on and judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question import understand
from assistant.ranking import RERANKED
from assistant.retrieval import Retriever
from corpus.library import Library
from evals.cases import Case
from evals.measure import plain
from evals.sources import Place, Sources

Matrix = NDArray[np.float64]
SEVERAL_PLACES = frozenset({"comparison", "multi_hop"})
"""Kinds of questions that no one sentence answers; nothing is learned from them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's first sentences, by the rules' order.

    features: (sentences, features). answers: which of them answer. spared: those that surely do not, although others may: they
    stand in no passage with an answer and do not hold all that is asked.
    """

    case: Case
    features: Matrix
    answers: NDArray[np.bool_]
    spared: NDArray[np.bool_]


def examples(library: Library, cases: Sequence[Case]) -> tuple[list[str], list[Example]]:
    """The names of the features, and an example a question that finds anything."""
    retriever = Retriever(library, learned=False)
    sources = Sources.of(library)
    names: list[str] = []
    found = []
    for case in cases:
        if case.kind in SEVERAL_PLACES:
            continue
        question = retriever.dated(understand(case.question))
        evidence = retriever.evidence(question)
        units = evidence.units[:RERANKED]
        rows = retriever.features(question, evidence, units)
        if not rows:
            continue
        names = names or sorted(rows[0])
        wanted = list(_wanted(case, sources))
        answers = [
            any(Place(u.document, u.span.start, u.span.end).supports(want) for want in wanted) for u in units
        ]
        matrix = np.array([[row[name] for name in names] for row in rows])
        told = {unit.passage.identity for unit, answering in zip(units, answers, strict=True) if answering}
        spared = [unit.passage.identity not in told and not _holds_all(case, unit.text) for unit in units]
        found.append(Example(case, matrix, np.array(answers, dtype=bool), np.array(spared, dtype=bool)))
    return names, found


def _wanted(case: Case, sources: Sources) -> Iterator[Place]:
    for quote in case.quotes:
        place = sources.find(quote.document, quote.text)
        if place is not None:
            yield place


def _holds_all(case: Case, text: str) -> bool:
    said = plain(text)
    return all(any(plain(one) in said for one in fact) for fact in case.facts)
