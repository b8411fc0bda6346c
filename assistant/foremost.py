"""Which sentence goes first whatever its rank: one that explains the term that is asked, one in which a speaker admits problems."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import shapes
from assistant.evidence import LOOKED_AT, Evidence, Unit
from assistant.explaining import explains_itself
from assistant.question import Question
from assistant.terms import HELD
from corpus.text import fold

AS_MUCH = 0.8  # share of the best sentence's coverage
NEAREST, UNDER_IT = 5, 500
"""Sentences, and characters after one, in which a line that names who is responsible is looked for."""
_RESPONSIBLE = re.compile(r"(?:主办|责任|牵头|承办|主管|实施)(?:单位|部门|科室|领导)[：:]")
_NAMES_A_BODY = re.compile(r"牵头|负责|主办|责任(?:单位|部门|科室)|由[^，。；]{2,20}(?:承担|组织|实施)")
ADMISSIONS = 40  # sentences among which a speaker's admission of problems is looked for


def explanations_first(question: Question, evidence: Evidence) -> Evidence:
    """The sentences that say what an asked term means before those that only name it.

    Where documents name the term, one that does not is left out, even if it lists as many things of that kind.
    """
    naming = {
        unit.document
        for unit in evidence.units
        if any(term in fold(unit.passage.text) for term in question.quoted)
    }
    units = [unit for unit in evidence.units if unit.document in naming or not naming]
    if any(explains_itself(term, units[0].text) for term in question.quoted):
        return replace(evidence, units=tuple(units))
    explaining = [
        u for u in units[:LOOKED_AT] if any(explains_itself(term, u.text) for term in question.quoted)
    ]
    explaining.sort(key=lambda unit: (unit.document, unit.span.start))
    rest = [unit for unit in units if unit not in explaining]
    return replace(evidence, units=(*explaining, *rest))


def admissions_first(evidence: Evidence) -> Evidence:
    """A sentence that tells of problems before one that tells of none, where problems are asked.

    Where nothing is asked that they are about, the sentence in which a speaker admits them goes first.
    """
    best = evidence.units[0]
    called = fold(best.passage.context)
    if any(
        term.noun and not (term.scope or shapes.PROBLEM.fullmatch(term.word) or term.held(called) >= HELD)
        for term in evidence.terms
    ):
        telling = (unit for unit in evidence.units[:LOOKED_AT] if unit.shaped and _as_near(unit, best))
        return _with_first(evidence, None if best.shaped else next(telling, None))
    plain = next(
        (
            unit
            for unit in evidence.units[:ADMISSIONS]
            if unit.affinity >= best.affinity and shapes.PLAINLY_ADMITTED.search(fold(unit.text))
        ),
        None,
    )
    return _with_first(evidence, plain)


def responsible_first(evidence: Evidence) -> Evidence:
    """Where a plan names who is responsible in a line of its own (主办单位：…): the line under the best sentence goes first."""
    if _NAMES_A_BODY.search(evidence.units[0].text):
        return evidence
    for unit in evidence.units[:NEAREST]:
        beside = next(
            (
                other
                for other in evidence.units
                if other.document == unit.document
                and other.passage.path == unit.passage.path
                and 0 <= other.span.start - unit.span.start <= UNDER_IT
                and _RESPONSIBLE.match(other.text.strip())
            ),
            None,
        )
        if beside is not None:
            return replace(_with_first(evidence, beside), alone=True)
    return evidence


def _as_near(unit: Unit, best: Unit) -> bool:
    """Whether a sentence of the same document holds as much of the question as the best, or nearly."""
    return unit.document == best.document and unit.coverage >= AS_MUCH * best.coverage


def _with_first(evidence: Evidence, first: Unit | None) -> Evidence:
    if first is None:
        return evidence
    return replace(evidence, units=(first, *(unit for unit in evidence.units if unit is not first)))
