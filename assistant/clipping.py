"""Spans cut down to what fits into an answer: the best clauses, the asked cells of a row, no marks at the ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import shapes
from assistant.draft import LONGEST_ANSWER
from assistant.measures import figure_in
from assistant.question import Question
from assistant.terms import Term
from corpus.document import Document, Span
from corpus.text import clauses, fold

SHAPED = 0.5  # what the shape of answer counts for a clause, against the share of the question that it holds
TRAILING = "，,；;：:、。 "
LEADING = TRAILING + "#>|"  # marks of Markdown too
_CELLS = {
    "deadline": "时限|时间|期限",
    "responsibility": "牵头|责任|负责|承办",
    "target": "指标|目标",
    "figure": "指标|目标|进展",
    "status": "进展|完成情况",
}


def trimmed(text: str, span: Span) -> Span:
    """A span without marks and spaces at its ends, of one character at least."""
    start, end = span.start, span.end
    while end > start + 1 and (text[end - 1] in TRAILING or text[end - 1].isspace()):
        end -= 1
    while start < end - 1 and (text[start].isspace() or text[start] in LEADING):
        start += 1
    return Span(start, end)


def fitting(document: Document, items: Sequence[Span]) -> list[Span]:
    """The items, shortened to their first clause when they would not fit into one answer."""
    spans = [trimmed(document.text, span) for span in items]
    if sum(map(len, spans)) <= LONGEST_ANSWER:
        return spans
    return [trimmed(document.text, next(clauses(document.text, span))) for span in spans]


def cells(document: Document, row: Span, question: Question) -> Span:
    """From a row: its task up to the cell that was asked for; the whole row when no column is known."""
    text = document.quote(row)
    begins = re.search(r"(?:任务内容|工作内容|任务|事项|内容)：", text)
    start = begins.start() if begins else 0
    wanted = (
        "进展|完成情况"
        if question.tense == "report" and question.kind not in ("deadline", "responsibility")
        else _CELLS.get(question.kind, "")
    )
    ends = (
        [match.end() for match in re.finditer(rf"(?:{wanted})[^：；\n]{{0,6}}：[^；\n]*", text)]
        if wanted
        else []
    )
    end = ends[-1] if ends else len(text)
    return trimmed(document.text, Span(row.start + min(start, end - 1), row.start + end))


def window(document: Document, span: Span, question: Question, terms: Sequence[Term], longest: int) -> Span:
    """The run of clauses of at most `longest` characters that holds most of the question and its shape of answer."""
    pieces = list(clauses(document.text, span))
    best, best_score = span, -1.0
    total = sum(term.weight for term in terms) or 1.0
    for first in range(len(pieces)):
        for last in range(first, len(pieces)):
            run = Span(pieces[first].start, pieces[last].end)
            if len(run) > longest and last > first:
                break
            text = fold(document.quote(run))
            score = sum(term.weight * term.held(text) for term in terms) / total
            score += SHAPED * _has_shape(question, text) - 0.001 * len(run)
            score += SHAPED * (question.count >= 3 and shapes.enumerated(text) >= question.count)
            if score > best_score:
                best, best_score = run, score
    return best


def _has_shape(question: Question, folded: str) -> bool:
    if question.measure:
        return bool(figure_in(question.measure).search(folded))
    if "figure" in question.wants:
        return bool(shapes.STRONG_FIGURE.search(folded) or shapes.MASKED_FIGURE.search(folded))
    if "time" in question.wants:
        return bool(shapes.TIME.search(folded))
    return False
