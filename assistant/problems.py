"""Questions for problems: which of their words tell what is asked about, and which sentences tell of problems."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import shapes
from assistant.evidence import LOOKED_AT, Evidence, Unit
from assistant.foremost import with_first
from assistant.terms import HELD, Term
from corpus.text import fold

IDLE = 0.3  # what a word counts that only says that there are problems
TELLING = 2.0  # weight of a word from which it says what problems are asked about
AS_MUCH = 0.8  # share of the best sentence's coverage
ADMISSIONS = 40  # sentences among which a speaker's admission of problems is looked for
_TROUBLE = re.compile(r"问题|不足|短板|弱项|差距|困难|毛病|承认|自己|检讨|欠缺|缺点|岔子|挑战|风险|隐患")


def told_of(terms: tuple[Term, ...], called: str) -> tuple[Term, ...]:
    """The terms of a question for problems, where it names what they are about: those that only say that there are some count less.

    called: what the documents are called that it may mean, which names nothing in them.
    """
    idle = [any(_TROUBLE.fullmatch(word) for word in (term.word, *term.synonyms)) for term in terms]
    about = any(
        term.noun and not term.scope and term.weight >= TELLING and term.word not in called
        for term, is_idle in zip(terms, idle, strict=True)
        if not is_idle
    )
    return tuple(
        replace(term, weight=IDLE * term.weight) if is_idle and about else term
        for term, is_idle in zip(terms, idle, strict=True)
    )


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
        return with_first(evidence, None if best.shaped else next(telling, None))
    plain = next(
        (
            unit
            for unit in evidence.units[:ADMISSIONS]
            if unit.affinity >= best.affinity and shapes.PLAINLY_ADMITTED.search(fold(unit.text))
        ),
        None,
    )
    return with_first(evidence, plain)


def _as_near(unit: Unit, best: Unit) -> bool:
    """Whether a sentence of the same document holds as much of the question as the best, or nearly."""
    return unit.document == best.document and unit.coverage >= AS_MUCH * best.coverage
