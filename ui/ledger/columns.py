"""The columns of the ledger as offices keep it, for a sheet and for CSV alike. Pure."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.ledger import Kept
from ui.ledger.lights import light_of
from ui.ledger.phrases import KINDS, LIGHTS, RECURRENCES, STATUSES, address, figure
from ui.render import headline

Cell = str | int | datetime.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in half-width characters, and what it means."""

    heading: str
    width: int
    meaning: str


COLUMNS = (
    Column("序号", 6, "本表中的顺序，不是固定编号"),
    Column("类别", 8, "目标：要达到的状态或数字；任务：要做的事；要求：长期要守的规矩；实绩：已经做成的事"),
    Column("任务内容", 36, "由原文概括，不超过40字，以“原文依据”为准"),
    Column("量化指标", 24, "指标名称、比较方式、数值和单位；原文把数字隐去的写“原文打码”，不是没有指标"),
    Column("牵头单位", 16, "原文所写的责任主体；本句没有写的，取自上文或上级标题"),
    Column("配合单位", 16, "原文所写的配合单位"),
    Column("完成时限", 14, "原文的说法"),
    Column(
        "到期日",
        12,
        "由完成时限和资料日期推算的最后一天；周期性工作写每月、每季度等；原文没有写明的留空，不作猜测",
    ),
    Column("完成情况", 10, "未开始、进行中、已完成、已中止，由工作人员填写"),
    Column("进度％", 8, "0到100，由工作人员填写"),
    Column("红黄绿灯", 10, ""),
    Column("备注", 24, "由工作人员填写"),
    Column("任务来源", 30, "资料标题和发文单位"),
    Column("所在章节", 30, "原文上方的各级标题"),
    Column("页码", 6, "原文有页码的才填"),
    Column("原文依据", 56, "逐字摘自资料"),
    Column("链接", 24, "资料文件名；导出时给了网址的，点开即到原文"),
    Column("编号", 27, "固定编号，资料更新后句子没有变的，编号不变"),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_RISKY_AT_ONCE = ("\t", "\r", "\n")
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_XML = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cells(kept: Kept, number: int, day: datetime.date) -> tuple[Cell, ...]:
    """The row's cells, one a column. number: its place in the table, from 1."""
    row, noted, deadline = kept.row, kept.progress, kept.row.deadline
    due: Cell = None
    if deadline is not None:
        due = deadline.due or (RECURRENCES[deadline.recurrence] if deadline.recurrence else None)
    return (
        number,
        KINDS[row.kind],
        row.what,
        figure(row.metric),
        row.owner.name if row.owner else "",
        "、".join(row.owner.cooperating) if row.owner else "",
        deadline.said if deadline else "",
        due,
        STATUSES[noted.status] if noted and noted.status else "",
        noted.percent if noted else None,
        LIGHTS[light_of(kept, day)],
        noted.note if noted else "",
        f"《{kept.title}》{kept.issuer or ''}" if kept.title else kept.issuer or "",
        " › ".join(headline(part, len(part)) for part in row.path),
        row.page,
        row.quote,
        row.document,
        row.identity,
    )


def clean(text: str) -> str:
    r"""The text with every line end as \n, and U+FFFD for each character that no XML file and no CSV reader takes."""
    return _NO_XML.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula: it begins, blanks apart, with = + - @, half or full width."""
    return text.startswith(_RISKY_AT_ONCE) or text.lstrip().startswith(_RISKY)


def as_csv(rows: Sequence[Kept], *, day: datetime.date, link: str = "") -> bytes:
    """The table as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, a heading line.

    What might be taken for a formula gets a ' in front. link: where the app is served; then 链接 holds addresses.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    at = HEADINGS.index("链接")
    for number, kept in enumerate(rows, 1):
        made = list(cells(kept, number, day))
        if link:
            made[at] = address(kept.row, link)
        writer.writerow(_csv_cells(made))
    return out.getvalue().encode("utf-8-sig")


def _csv_cells(made: Sequence[Cell]) -> Iterator[str]:
    for cell in made:
        if isinstance(cell, str):
            text = clean(cell)
            yield f"'{text}" if is_risky(text) else text
        else:
            yield "" if cell is None else str(cell)
