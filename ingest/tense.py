"""Which stretches of a document review what was, which lay out what is to be, and which do neither."""

from __future__ import annotations

import re
from typing import Literal

from corpus.document import Document, Span
from corpus.text import fold
from ingest import grammar
from ingest.openings import opening
from ingest.prose import clauses

Mode = Literal["plan", "review", "problem", "open"]
"""open: nothing tells; each sentence is judged by itself."""

_DECIDED = 3  # how many more clauses of one tense decide a stretch
_COUNTED = 120  # clauses looked at
_MOST = (
    0.85  # of a document: the share from which a section is the document itself, and its heading the title
)


def section_modes(document: Document) -> list[Mode]:
    """The mode of each section of `document`, in order: by its heading, else by the section above, else by its clauses."""
    modes: list[Mode] = []
    for section in document.sections:
        heading = fold(document.quote(section.heading))
        above = modes[section.parent] if section.parent is not None else "open"
        is_title = section.parent is None and len(section.span) > _MOST * len(document.text)
        mode = "open" if is_title else heading_mode(heading, above)
        if mode == "open" and not is_title:
            mode = weighed(document.text, section.span)
        modes.append(mode)
    return modes


def heading_mode(heading: str, above: Mode) -> Mode:
    """The mode that a folded heading tells, else the one above it."""
    obliges = grammar.MODAL.search(heading) is not None
    if above == "open":
        if grammar.PROBLEM_HEADING.search(heading) and not obliges:
            return "problem"
        if grammar.REVIEW_HEADING.search(heading) and not obliges:
            return "review"
        return "plan" if grammar.PLAN_HEADING.search(heading) else "open"
    if above != "plan" and grammar.TURNS_TO_PLAN.search(heading):
        return "plan"
    if above == "plan" and not obliges:
        if grammar.TURNS_TO_REVIEW.search(heading):
            return "review"
        if grammar.TURNS_TO_PROBLEM.search(heading):
            return "problem"
    return above


def weighed(text: str, within: Span) -> Mode:
    """The mode that the clauses of a stretch have between them."""
    balance = 0
    for number, clause in enumerate(clauses(text, within)):
        if number == _COUNTED:
            break
        words = text[clause.span.start : clause.span.end]
        tense = clause_tense(words)
        balance += (tense == "plan") - (tense == "review")
    return "plan" if balance >= _DECIDED else "review" if balance <= -_DECIDED else "open"


def clause_tense(words: str) -> Literal["plan", "review", ""]:
    """Whether a clause by itself plans or reports; "" where it does not tell."""
    folded = fold(words)
    if opening(words).modal or re.match(r"(?:确保|力争|争取)", folded):
        return "plan"
    return "review" if grammar.PAST.search(folded) or grammar.PAST_FIGURE.search(folded) else ""
