"""Which sentence goes first whatever its rank: one that explains the term that is asked, one in which a speaker admits problems."""

from __future__ import annotations

from dataclasses import replace

from assistant import shapes
from assistant.evidence import LOOKED_AT, Evidence
from assistant.explaining import explains_itself
from assistant.question import Question
from assistant.terms import HELD
from corpus.text import fold

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
    """Where it is asked for problems and for nothing they are about: the sentence in which a speaker admits them goes first."""
    best = evidence.units[0]
    called = fold(best.passage.context)
    if any(
        term.noun and not (term.scope or shapes.PROBLEM.fullmatch(term.word) or term.held(called) >= HELD)
        for term in evidence.terms
    ):
        return evidence
    plain = next(
        (
            unit
            for unit in evidence.units[:ADMISSIONS]
            if unit.affinity >= best.affinity and shapes.PLAINLY_ADMITTED.search(fold(unit.text))
        ),
        None,
    )
    if plain is None:
        return evidence
    return replace(evidence, units=(plain, *(unit for unit in evidence.units if unit is not plain)))
