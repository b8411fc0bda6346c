"""Rows of task tables and supervision ledgers, where the columns say it all.

Two shapes reach us: rows whose cells name their column ("牵头单位：甲科；完成时限：6月底前", from spreadsheets) and rows of bare cells
under a row of column names (tab-separated, from documents). A column's name tells what its cell is; a table none of whose
columns names a task or an indicator gives no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from corpus.commitment import Commitment, CommitmentKind, Deadline, Metric, Owner
from corpus.document import Document, Span
from ingest.dates import Reference, times
from ingest.deadlines import binding
from ingest.indicators import LONGEST_NAME
from ingest.measured import comparator_of
from ingest.metrics import metrics
from ingest.numerals import figures
from ingest.summary import shortened

Column = Literal["task", "metric", "owner", "helping", "deadline", "progress", "past", "other"]

_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("past", re.compile(r"(?:上年|去年|20\d\d年|当前|现状)(?:实绩|完成|基数|实际|值|数)|基数|实绩")),
    ("progress", re.compile(r"进展|完成情况|进度|落实情况|实际完成|办理情况|备注情况")),
    ("deadline", re.compile(r"时限|期限|完成时间|时间(?:节点|要求)?|截止|办结时间|时间进度")),
    ("helping", re.compile(r"配合|协办|协同|参与|责任(?:单位|科室|主体)(?=$).{0}(?<=配合)")),
    (
        "owner",
        re.compile(
            r"牵头(?:单位|部门|科室|处室)|主办|责任(?:单位|部门|科室|处室|人|主体)|承办|主责|实施单位|负责(?:单位|科室|人)|落实单位|^牵头$"
        ),
    ),
    (
        "metric",
        re.compile(r"量化|指标值|目标值|(?:工作|年度|20\d\d年)?目标$|目标任务数|具体指标|标准要求|数量"),
    ),
    (
        "task",
        re.compile(
            r"任务(?:内容|事项|名称)?$|事项|工作(?:内容|任务|措施|项目)|指标(?:名称)?$|项目|内容|措施|重点工作|整改|具体任务"
        ),
    ),
)
_GOES_TO = re.compile(r"(?:由|从).{1,12}(?:扩大|增加|提高|上升|降|压缩|增)(?:到|至)")
_RATE = re.compile(r"(?:率|量|额|(?<![季年月])度|占比|比例|比重|[总户件人]数)$")
"""What a second figure of a cell must be named to count by itself: 按期办结率99％以上，群众满意率95％."""
_KEYED = re.compile(r"(?P<key>[^：；\n\t]{2,10})：(?P<value>.*?)(?=；[^：；\n\t]{2,10}：|$)", re.S)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row: its column's meaning and where its words stand."""

    column: Column
    name: str
    span: Span


def column_of(name: str) -> Column:
    """What a column is, by its name.

    >>> column_of("牵头单位"), column_of("完成时限"), column_of("序号")
    ('owner', 'deadline', 'other')
    """
    squeezed = re.sub(r"\s+", "", name)
    return next((column for column, shape in _COLUMNS if shape.search(squeezed)), "other")


def table_rows(document: Document, reference: Reference) -> Iterator[Commitment]:
    """The commitments in the table rows of `document`, and the progress that they report."""
    names: list[str] | None = None
    previous_end = -1
    for block in document.blocks:
        if block.kind != "row":
            continue
        if document.text[previous_end : block.span.start].strip() or previous_end < 0:
            names = None  # another table
        previous_end = block.span.end
        words = document.quote(block.span)
        if "\t" in words:
            parts = words.split("\t")
            if names is None:
                names = parts
                continue
            yield from _row(document, block.span, _bare(block.span, parts, names), reference)
        else:
            yield from _row(document, block.span, _keyed(block.span, words), reference)


def _keyed(row: Span, words: str) -> list[Cell]:
    cells = []
    for match in _KEYED.finditer(words):
        start, end = match.span("value")
        if start < end:
            cells.append(
                Cell(
                    column_of(match.group("key")),
                    match.group("key").strip(),
                    Span(row.start + start, row.start + end),
                )
            )
    return cells


def _bare(row: Span, parts: list[str], names: list[str]) -> list[Cell]:
    cells = []
    at = row.start
    for index, part in enumerate(parts):
        name = names[index] if index < len(names) else ""
        if part.strip():
            cells.append(Cell(column_of(name), name, Span(at, at + len(part))))
        at += len(part) + 1
    return cells


def _row(document: Document, row: Span, cells: list[Cell], reference: Reference) -> Iterator[Commitment]:
    found: dict[Column, Cell] = {}
    for cell in cells:
        found.setdefault(cell.column, cell)
    task = found.get("task")
    if task is None or not ({"owner", "deadline", "metric"} & set(found)):
        return
    cell = found.get("metric", task)
    promised = _measured(document, cell, task, promise=True)
    what = shortened(_joined(document, found))
    kind: CommitmentKind = "target" if promised else "task"
    owner, deadline = _owner(document, found), _deadline(document, found, reference)
    metric = promised[0] if promised else None  # one row of a table is one item, whatever else it counts
    yield _commitment(document, row, kind, what, reference, owner, deadline, metric)
    progress = found.get("progress")
    if progress is not None:
        what = shortened(" ".join(document.quote(task.span).split()))
        told = _measured(document, progress, task, promise=False)
        for reached in told or (None,):
            yield _commitment(document, progress.span, "report", what, reference, owner, None, reached)


def _joined(document: Document, found: Mapping[Column, Cell]) -> str:
    words = " ".join(document.quote(found["task"].span).split())
    metric = found.get("metric")
    if metric is None:
        return words
    return f"{words}：{' '.join(document.quote(metric.span).split())}"


def _measured(document: Document, cell: Cell, task: Cell, *, promise: bool) -> list[Metric]:
    """The metrics in a cell. A bare figure (15个, 6月末47.1万户) measures the task, and is named after it."""
    made = list(metrics(document.text, cell.span, promise=promise))
    if cell is task:
        return made
    words = " ".join(document.quote(task.span).split())[:LONGEST_NAME]
    found = figures(document.text, cell.span)
    goes = _GOES_TO.search(document.quote(cell.span)) is not None  # 由三个扩大到十个: the last figure counts
    first = found[-1 if goes else 0] if found else None
    if first is not None and not any(metric.value == first.value for metric in made):
        left = document.text[cell.span.start : first.span.start]
        right = document.text[first.span.end : cell.span.end]
        comparator = comparator_of(first, left, "", right, promise, words)
        bare = (
            first.value,
            first.unit,
            first.masked,
            first.upper,
            first.number,
            first.upper_number,
            first.base,
        )
        made = [Metric(words, comparator, *bare), *([] if goes else made)]
    told = document.quote(cell.span)
    return [
        metric if _names(metric, told) else replace(metric, name=words)
        for place, metric in enumerate(made)
        if place == 0 or (_names(metric, told) and _RATE.search(metric.name))
    ]


def _names(metric: Metric, words: str) -> bool:
    """Whether the cell itself names what is measured."""
    return (
        len(metric.name) > 2
        and metric.name in words
        and not re.search(r"\d|每千人|每万人|内办结", metric.name)
    )


def _owner(document: Document, found: Mapping[Column, Cell]) -> Owner | None:
    helping = found.get("helping")
    names = (
        tuple(name for name in re.split(r"[、,，；;\s]+", document.quote(helping.span)) if name)
        if helping
        else ()
    )
    lead = found.get("owner")
    return Owner(" ".join(document.quote(lead.span).split()), "explicit", names) if lead else None


def _deadline(document: Document, found: Mapping[Column, Cell], reference: Reference) -> Deadline | None:
    cell = found.get("deadline")
    for searched in [cell] if cell else [found[c] for c in ("metric", "task") if c in found]:
        for time in times(document.text, searched.span, reference):
            made = binding(time, reference)
            if made is not None:
                return made
    return Deadline(" ".join(document.quote(cell.span).split())) if cell else None


def _commitment(
    document: Document,
    span: Span,
    kind: CommitmentKind,
    what: str,
    reference: Reference,
    owner: Owner | None,
    deadline: Deadline | None,
    metric: Metric | None,
) -> Commitment:
    day = reference.date
    return Commitment(
        document=document.name,
        revision=document.revision,
        span=span,
        quote=document.quote(span),
        path=document.path(span.start),
        kind=kind,
        what=what,
        owner=owner,
        deadline=deadline,
        metric=metric,
        period=(day, day) if kind == "report" and day else None,
        year=reference.year,
        page=document.page_at(span.start),
    )
