"""Which stretches of a document review what was, which lay out what is to be, and which do neither."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.document import Document, Span
from corpus.text import fold
from ingest import grammar
from ingest.openings import opening
from ingest.prose import clauses
from ingest.sections import lines

Mode = Literal["plan", "review", "problem", "open"]
"""open: nothing tells; each sentence is judged by itself."""

_PART = 24  # characters of the longest part line
_PARTS: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    ("problem", re.compile(r"^(?:名词解释|名词|注释|[^，。]{0,10}名词解释)")),
    ("review", re.compile(r"工作(?:回顾|总结)$|^回顾|的?(?:主要)?成绩$")),
    (
        "plan",
        re.compile(
            r"(?:工作|任务)(?:安排|部署|建议|计划|打算|思路)(?:建议)?$|总体要求|(?:目标|主要|重点)任务|重点工作|政府自身建设|^下一步"
        ),
    ),
)
_BOTH = re.compile(r"[和与及暨]")
_BOUND = re.compile(r"以上|以内|左右|不低于|不少于|不超过|不高于|力争|确保|目标|前\d+名|年内|[底末]前")
"""A figure with a bound is one to be reached."""
_LAYS_OUT = re.compile(r"目标|任务|安排|部署|建议|计划|总体要求|思路|打算")
_DECIDED = 3  # how many more clauses of one tense decide a stretch
_COUNTED = 120  # clauses looked at
_MOST = (
    0.85  # of a document: the share from which a section is the document itself, and its heading the title
)


@dataclass(frozen=True, slots=True)
class Part:
    """A line without number that heads what follows it, up to the next such line: 2024年工作回顾, 名词解释."""

    line: Span
    mode: Mode


def parts(document: Document) -> tuple[Part, ...]:
    """The part lines of `document` in order; numbered headings are sections and none of them."""
    headings = {section.heading.start for section in document.sections}
    found = []
    for line in lines(document.text):
        words = fold(document.quote(line))
        if len(line) > _PART or line.start in headings or words[-1] in "。;,:!?、":
            continue
        mode = next((mode for mode, shape in _PARTS if shape.search(words)), None)
        if mode is not None:
            found.append(Part(line, mode))
    return tuple(found)


def part_at(found: Sequence[Part], offset: int) -> Part | None:
    """The last part line at or before `offset`."""
    index = bisect_right(found, offset, key=lambda part: part.line.start) - 1
    return found[index] if index >= 0 else None


def section_modes(document: Document, found: Sequence[Part] = ()) -> list[Mode]:
    """The mode of each section of `document`, in order: by its heading, else by the section or part line above, else by its clauses."""
    modes: list[Mode] = []
    for section in document.sections:
        heading = fold(document.quote(section.heading))
        above = modes[section.parent] if section.parent is not None else "open"
        part = part_at(found, section.span.start)
        if part is not None and (
            section.parent is None or part.line.start > document.sections[section.parent].span.start
        ):
            above = part.mode
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
        if grammar.REVIEW_HEADING.search(heading) and _LAYS_OUT.search(heading) and _BOTH.search(heading):
            return "open"
        if grammar.REVIEW_HEADING.search(heading) and not obliges and not _LAYS_OUT.search(heading):
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


@lru_cache(maxsize=16_384)
def clause_tense(words: str) -> Literal["plan", "review", ""]:
    """Whether a clause by itself plans or reports; "" where it does not tell."""
    folded = fold(words)
    if opening(words).modal or re.match(r"(?:确保|力争|争取)", folded):
        return "plan"
    past = grammar.PAST.search(folded) or (grammar.PAST_FIGURE.search(folded) and not _BOUND.search(folded))
    return "review" if past else ""
