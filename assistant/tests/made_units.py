"""Sentences as evidence, made from a few words, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence, Unit
from assistant.terms import Term
from corpus.document import Span
from corpus.passage import Passage


def unit(
    text: str,
    *,
    document: str = "甲",
    start: int = 0,
    path: tuple[str, ...] = (),
    context: str = "",
    own: float = 0.6,
    coverage: float = 0.6,
    shaped: bool = False,
    affinity: float = 0.0,
) -> Unit:
    span = Span(start, start + len(text))
    passage = Passage(document=document, revision="r", span=span, text=text, path=path, context=context)
    return Unit(passage, span, text, coverage, own, shaped, affinity, timely=True, score=1.0)


def found(units: Sequence[Unit], terms: Sequence[Term] = ()) -> Evidence:
    return Evidence(tuple(units), tuple(terms), {}, ())


def texts(evidence: Evidence) -> list[str]:
    return [unit.text for unit in evidence.units]
