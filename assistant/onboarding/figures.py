"""Rows of the ledger that can be asked about without doubt: the indicator and its figure stand side by side in the sentence.

Extraction reads most sentences right, not all; a newcomer who is told a wrong figure learns it. So a row is used only where
its words themselves show what was read from them, and where its document says the like just once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from corpus.text import MASK, fold, sentences

SHORTEST, LONGEST = 5, 18  # characters of an indicator
_INDICATOR = re.compile(r"(?:率|总量|数量|件数|户数|次数|占比|比例|比重|满意度|指数|增速|拥有量|检验量)$")
_NOT_ITS_OWN = re.compile(
    r"^(?:其中|提高|降低|上升|力争|确保|实现|推动|全年|年底|首批|前|对|\d|[、，。；：])|[。，；：]|目标|以上|以下|保证|推动|督促|牵头|负责|[要应将把]"
)
_OPENING = re.compile(  # what may stand between the beginning of a clause and the indicator
    r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）).．、]\s*|[一二三四五六七八九]是)?(?:到?(?:\d{4}年)?(?:年?底|年?末|\d{1,2}月(?:底|末)?)前?|年内|全年|今年)?(?:全[市县省]|我[市县省])?(?:力争|确保)?"
)
_BETWEEN = r"(?:[要应须]?(?:力争|确保)?(?:达到|达|稳定在|提高到|提升到|上升到|保持在|控制在|为|不低于|不少于|不高于|不超过|每千人|每万人)?)"
_CELL = re.compile(r"(?P<head>任务内容|牵头单位|完成时限)：(?P<cell>[^；：\n]{2,40})(?=；|$)")


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator and its figure as printed, and the sentence that holds both."""

    kept: Kept
    indicator: str
    value: str
    unit: str
    sentence: Span

    @property
    def printed(self) -> str:
        """The figure with its unit, as the document prints them."""
        return self.value + self.unit


@dataclass(frozen=True, slots=True)
class Assignment:
    """A row of a task table: what is to be done, who leads, until when, each as its cell prints it; due "" where it has none."""

    kept: Kept
    task: str
    lead: str
    due: str


def figures_of(library: Library) -> tuple[Figure, ...]:
    """All figures that can be asked about, in the ledger's order."""
    texts: dict[str, tuple[Document, str]] = {}
    return tuple(
        figure
        for kept in library.commitments(LedgerFilter(kinds=("target",), has_metric=True, masked=False))
        if (figure := _figure(library, kept, texts)) is not None
    )


def _figure(library: Library, kept: Kept, texts: dict[str, tuple[Document, str]]) -> Figure | None:
    metric, row = kept.row.metric, kept.row
    if metric is None or metric.number is None or metric.value is None or metric.upper or not metric.unit:
        return None
    if metric.comparator not in (">=", "<=", "=", ">", "<"):
        return None
    name, value, unit = fold(metric.name), fold(metric.value), fold(metric.unit)
    if not SHORTEST <= len(name) <= LONGEST or not _INDICATOR.search(name) or _NOT_ITS_OWN.search(name):
        return None
    if row.document not in texts:
        document = library.document(row.document)
        texts[row.document] = document, fold(document.text)
    document, text = texts[row.document]
    if document.revision != row.revision or text.count(name) != 1:
        return None
    pattern = re.compile(rf"{re.escape(name)}{_BETWEEN}{re.escape(value)}{re.escape(unit)}")
    found = pattern.search(text, row.span.start, row.span.end)
    if found is None:
        return None
    sentence = next(
        (
            span
            for span in sentences(document.text, row.span)
            if span.start <= found.start() and found.end() <= span.end
        ),
        None,
    )
    if sentence is None or MASK.search(document.quote(sentence)):
        return None
    at = found.start()
    clause = max([text.rfind(mark, sentence.start, at) + 1 for mark in "，,；;：:。"] + [sentence.start])
    if not _OPENING.fullmatch(text, clause, at):
        return None
    printed = document.text[found.end() - len(value) - len(unit) : found.end()]
    return Figure(
        kept, document.text[at : at + len(name)], printed[: len(value)], printed[len(value) :], sentence
    )


def assignments_of(library: Library) -> tuple[Assignment, ...]:
    """All rows of task tables whose task occurs once in their document and whose cells say who leads."""
    rows = [
        kept for kept in library.commitments(LedgerFilter(has_owner=True)) if "任务内容：" in kept.row.quote
    ]
    made = [found for kept in rows if (found := _assignment(kept)) is not None]
    often: dict[tuple[str, str], set[str]] = {}
    for each in made:
        often.setdefault((each.kept.row.document, each.task), set()).add(str(each.kept.row.span))
    return tuple(each for each in _once(made) if len(often[each.kept.row.document, each.task]) == 1)


def _once(made: list[Assignment]) -> Iterator[Assignment]:
    seen: set[tuple[str, Span]] = set()
    for each in made:
        key = (each.kept.row.document, each.kept.row.span)
        if key not in seen:
            seen.add(key)
            yield each


def _assignment(kept: Kept) -> Assignment | None:
    quote = kept.row.quote
    cells = {match["head"]: match["cell"].strip() for match in _CELL.finditer(quote)}
    task, lead = cells.get("任务内容", ""), cells.get("牵头单位", "")
    owner = kept.row.owner
    if not task or owner is None or lead != owner.name or "、" in lead or MASK.search(task) or lead in task:
        return None
    said = cells.get("完成时限", "")
    deadline = kept.row.deadline
    return Assignment(kept, task, lead, said if deadline and deadline.due and deadline.said == said else "")
