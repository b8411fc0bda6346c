"""Which sentence goes first whatever its rank: one that explains the term that is asked, a line that names who is responsible."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import LOOKED_AT, Evidence, Unit
from assistant.explaining import explains_itself
from assistant.question import Question
from corpus.text import fold

NEAREST, UNDER_IT = 5, 500
"""Sentences, and characters after one, in which a line that names who is responsible is looked for."""
_RESPONSIBLE = re.compile(r"(?:主办|责任|牵头|承办|主管|实施)(?:单位|部门|科室|领导)[：:]")
_NAMES_A_BODY = re.compile(r"牵头|负责|主办|责任(?:单位|部门|科室)|由[^，。；]{2,20}(?:承担|组织|实施)")


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


def responsible_first(question: Question, evidence: Evidence) -> Evidence:
    """Where a plan names who is responsible in a line of its own (主办单位：…): the line under the best sentence goes first.

    A follow-up that names no task of its own is answered beside what was quoted before.
    """
    if question.context or _NAMES_A_BODY.search(evidence.units[0].text):
        return evidence
    best = evidence.units[0]
    near = [unit for unit in evidence.units[:NEAREST] if unit.document == best.document]
    for unit in (unit for unit in near if not _RESPONSIBLE.match(unit.text.strip())):
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
            return replace(with_first(evidence, beside), alone=True)
    return evidence


def with_first(evidence: Evidence, first: Unit | None) -> Evidence:
    """The evidence with one of its sentences first; as it is for None."""
    if first is None:
        return evidence
    return replace(evidence, units=(first, *(unit for unit in evidence.units if unit is not first)))
