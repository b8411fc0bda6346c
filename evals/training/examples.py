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
from evals.sources import Place, Sources

Matrix = NDArray[np.float64]
SEVERAL_PLACES = frozenset({"comparison", "multi_hop"})
"""Kinds of questions that no one sentence answers; nothing is learned from them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's first sentences, by the rules' order: features (sentences, features), and which of them answer."""

    case: Case
    features: Matrix
    answers: NDArray[np.bool_]


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
        found.append(Example(case, matrix, np.array(answers, dtype=bool)))
    return names, found


def _wanted(case: Case, sources: Sources) -> Iterator[Place]:
    for quote in case.quotes:
        place = sources.find(quote.document, quote.text)
        if place is not None:
            yield place
