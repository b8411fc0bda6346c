"""The sentences of a passage weighed by the rules.

Each is weighed by the share of the question's words that it holds itself, that stand in the headings above it, and that stand
beside it; the shape of answer that is wanted, the asked time and what only resembles an answer add to that and take from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant import shapes
from assistant.abbreviations import counted_term, parse, partly_spelled_out, spelled_out
from assistant.evidence import Unit
from assistant.explaining import explains
from assistant.measures import figure_in
from assistant.question import Question
from assistant.shapes import is_row
from assistant.terms import Term
from assistant.timeliness import timely_in, told
from corpus.document import Metadata, Span
from corpus.ledger import Stretch
from corpus.passage import Passage
from corpus.text import fold, sentences

IN_PATH = 0.75  # what a word in the headings above counts, against 1 in the sentence
BEFORE_A_MEASURE = 0.75  # … in the sentence before, when it is asked what is done about it
BESIDE = 0.45  # … in the sentence before or after, in the same passage
SCOPE_SHARE = 0.15  # what a word that only says which document is meant counts
ABOUT_ONE_SUBORDINATE = 0.15  # taken off a sentence about one county when the question names none
_SUBORDINATE = re.compile(r"(?:(?![个各县区市全我本这该些的和及对由在])[一-鿿]){2}[县区](?:局|分局)")
_SUBORDINATE_ASKED = re.compile(r"[县区所]")
OPENING = 0.25  # taken off a sentence that only opens the meeting
_OPENS = re.compile(
    r"(?:同志们|各位代表)?[：:，,！!]?\s*(?:今天|这次|现在)[^。]{0,16}(?:召开|举行|向大会报告|代表[^，。]{0,8}政府)"
)
_ASKS_OF_THE_MEETING = re.compile(r"会议|大会|开会|召开|主题|议题|主要任务|目的")
ADMITTED = 0.5  # for a question about problems: the speaker says that there are some
SPELLED_OUT = 0.4  # a sentence that says what an asked term stands for
JUST_AS_MANY, AS_MANY = 0.4, 0.1  # a sentence with as many members as are asked for, or more
OF_A_SUPERIOR = 0.15  # taken off what a superior body demands when the question is not about it
_SUPERIOR = re.compile(r"(?:省局|国家局|总局|省里)[^，。；]{0,12}(?:要求|下达|规定|提出|部署|标准)")
_SUPERIOR_ASKED = re.compile(r"省|国|总局|上级")
_WHO_CELLS = re.compile(r"(?:序号|任务来源|牵头领导|牵头单位|配合单位|责任单位|责任人):[^;\n]*;?")


def units_of(
    passage: Passage,
    question: Question,
    terms: Sequence[Term],
    affinity: float,
    metadata: Metadata,
    rows: Sequence[Stretch],
) -> list[Unit]:
    """The sentences of a passage, weighed. affinity: how likely its document is meant; rows: those of the ledger that lie in it."""
    spans, texts, folds, path = _taken_apart(passage.text, passage.path)
    weights = [term.weight * (SCOPE_SHARE if term.scope else 1.0) for term in terms]
    total = sum(weights) or 1.0
    above = [IN_PATH * term.held(path) for term in terms]
    if question.kind != "responsibility" and is_row(
        passage.text
    ):  # who is to do it is not what is to be done
        folds = tuple(_WHO_CELLS.sub("", folded) for folded in folds)
    inside = [[term.held(folded) for term in terms] for folded in folds]
    nothing = [0.0] * len(terms)
    measure = question.kind == "measure"
    named = bool(_SUBORDINATE_ASKED.search(question.folded + question.context))
    units = []
    for index, (span, text) in enumerate(zip(spans, texts, strict=True)):
        before = inside[index - 1] if index else nothing
        after = inside[index + 1] if index + 1 < len(inside) else nothing
        own = around = 0.0
        for weight, here, over, left, right in zip(weights, inside[index], above, before, after, strict=True):
            own += weight * here
            around += weight * max(
                here, over, (BEFORE_A_MEASURE if measure else BESIDE) * left, BESIDE * right
            )
        shaped, bonus = _shape(question, text, own / total)
        at = Span(passage.span.start + span.start, passage.span.start + span.end)
        tense, reviewed = told(at, text, rows)
        timely, timing = timely_in(question, text, passage, metadata, tense, reviewed)
        if not named and _about_a_subordinate(text):
            bonus -= ABOUT_ONE_SUBORDINATE
        if (
            question.kind in ("target", "figure")
            and _SUPERIOR.search(text)
            and not _SUPERIOR_ASKED.search(question.folded + question.context)
        ):
            bonus -= OF_A_SUPERIOR
        bonus += timing
        if _OPENS.match(text) and not _ASKS_OF_THE_MEETING.search(question.focus):
            bonus -= OPENING
        units.append(
            Unit(
                passage=passage,
                span=at,
                tense=tense,
                text=text,
                coverage=around / total,
                own=own / total,
                shaped=shaped,
                affinity=affinity,
                timely=timely,
                score=0.6 * around / total
                + 0.4 * own / total
                + bonus
                + 0.5 * affinity
                - 0.0004 * max(0, len(text) - 60),
            )
        )
    return units


@lru_cache(maxsize=8192)
def _taken_apart(
    text: str, path: tuple[str, ...]
) -> tuple[tuple[Span, ...], tuple[str, ...], tuple[str, ...], str]:
    """The sentences of a passage: their spans in it, their texts, these folded, and the headings above, folded."""
    spans = (Span(0, len(text)),) if is_row(text) else tuple(sentences(text))
    texts = tuple(text[span.start : span.end] for span in spans)
    return spans, texts, tuple(map(fold, texts)), fold(" ".join(path))


@lru_cache(maxsize=16_384)
def _about_a_subordinate(text: str) -> bool:
    return _SUBORDINATE.search(text) is not None


def _shape(question: Question, text: str, own: float) -> tuple[bool, float]:
    """Whether `text` has the wanted shape of answer, and what that adds to its score; own as in `Unit`."""
    folded = fold(text)
    bonus = 0.0
    shaped = True
    if question.measure:
        shaped = bool(figure_in(question.measure).search(folded)) or (
            question.kind == "deadline" and bool(shapes.VAGUE_TIME.search(folded))
        )
        bonus += 0.18 if shaped else 0.0
    elif "figure" in question.wants:
        shaped = bool(shapes.STRONG_FIGURE.search(shapes.without_years(folded))) or shapes.is_masked(text)
        bonus += 0.12 if shaped else 0.0
    elif "time" in question.wants:
        shaped = bool(shapes.TIME.search(folded))
        bonus += 0.12 if shaped else 0.0
    elif "actor" in question.wants:
        shaped = bool(shapes.ACTOR.search(folded))
        bonus += 0.12 if shaped else 0.0
    elif "problem" in question.wants:
        admitted = bool(shapes.ADMITTED.search(folded))
        shaped = admitted or bool(shapes.PROBLEM.search(shapes.WORKED_ON.sub(" ", folded)))
        bonus += ADMITTED * admitted + (0.12 if shaped else -0.12)
    elif question.kind == "measure":
        bonus += 0.12 * bool(shapes.MEASURE.search(folded)) - 0.08 * bool(shapes.PROBLEM.search(folded))
    if question.kind == "target" and shapes.STRONG_PLAN.search(folded):
        bonus += 0.05
    if question.past and shapes.PAST.search(folded):
        bonus += 0.03
    for word in question.quoted:
        abbreviation = parse(word)
        if abbreviation and spelled_out(abbreviation, text):
            bonus += 0.4
        elif partly_spelled_out(abbreviation, text):
            bonus += 0.25
        elif question.kind == "definition" and word in fold(text):
            bonus += 0.3 if explains(word, text) else 0.05
    counted = counted_term(folded=question.folded)
    if counted and spelled_out(counted, text):
        bonus += SPELLED_OUT
    elif question.enumerates and question.count >= 3:
        members = shapes.enumerated(text)
        bonus += own * (JUST_AS_MANY if members == question.count else AS_MANY * (members > question.count))
    return shaped, bonus
