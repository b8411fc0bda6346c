"""The ledger as an .xlsx workbook: the table, its counts, and what its columns mean. Pure; the only writer of openpyxl files."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import WenNuoError
from corpus.ledger import Kept
from ui.ledger.columns import COLUMNS, HEADINGS, Cell, cells, is_risky
from ui.ledger.counts import Counts, counted
from ui.ledger.lights import Light
from ui.ledger.phrases import LIGHTS, STATUSES, address
from ui.ledger.sheet_text import fitting, lines_of

TABLE, COUNTS, MEANING = "承诺台账", "统计", "说明"
MOST_ROWS = 1_000_000
MOST_LINKS, LONGEST_LINK = 65_000, 2_000
FIRST_YEAR = 1900  # of the calendar of sheets
FACE = "宋体"
LINE, HIGHEST = 13.5, 405.0
"""Points of a line of text, and of the highest row."""
FILLS: dict[Light, PatternFill] = {
    "red": PatternFill("solid", fgColor="F8CBAD", bgColor="F8CBAD"),
    "yellow": PatternFill("solid", fgColor="FFE699", bgColor="FFE699"),
    "green": PatternFill("solid", fgColor="C6E0B4", bgColor="C6E0B4"),
    "": PatternFill("solid", fgColor="EDEDED", bgColor="EDEDED"),
}
_MEANING_WIDTHS = (18, 100)
_THIN = Side("thin", color="D0D0D0")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = Alignment(vertical="top", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)
_PLAIN = Font(name=FACE, size=10)
_BOLD = Font(name=FACE, size=10, bold=True)
_LINK = Font(name=FACE, size=10, color="0563C1", underline="single")
_STYLES = {
    "台账表头": (
        Font(name=FACE, size=10, bold=True, color="FFFFFF"),
        Alignment(horizontal="center", vertical="center", wrap_text=True),
        PatternFill("solid", fgColor="2F5496"),
        "General",
    ),
    "台账文字": (_PLAIN, _TOP, PatternFill(), "General"),
    "台账数字": (_PLAIN, _MIDDLE, PatternFill(), "0"),
    "台账日期": (_PLAIN, _MIDDLE, PatternFill(), "yyyy-mm-dd"),
}


def as_xlsx(
    rows: Sequence[Kept], *, day: datetime.date, link: str = "", conditions: Sequence[str] = ()
) -> bytes:
    """The file. day: what the lights go by. link: where the app is served, "" for none. conditions: what was asked for, in words.

    Raises WenNuoError where a sheet cannot hold so many rows.
    """
    out = io.BytesIO()
    workbook(rows, day=day, link=link, conditions=conditions).save(out)
    return out.getvalue()


def workbook(
    rows: Sequence[Kept], *, day: datetime.date, link: str = "", conditions: Sequence[str] = ()
) -> Workbook:
    """The workbook; all of its cells are values, none a formula. Arguments and error as of `as_xlsx`."""
    if len(rows) > MOST_ROWS:
        raise WenNuoError(
            f"a sheet holds {MOST_ROWS} rows, not {len(rows)}; ask for fewer, by --document or --year"
        )
    book = Workbook()
    book.properties.creator = "wennuo"
    book.properties.title = TABLE
    for name, (font, alignment, fill, shape) in _STYLES.items():
        style = NamedStyle(
            name, font=font, alignment=alignment, fill=fill, border=_FRAME, number_format=shape
        )
        book.add_named_style(style)
    table: Worksheet = book.worksheets[0]
    table.title = TABLE
    _fill_table(table, rows, day, link)
    _fill_counts(book.create_sheet(COUNTS), counted(rows, day))
    _fill_meaning(book.create_sheet(MEANING), len(rows), day, conditions)
    return book


def _fill_table(sheet: Worksheet, rows: Sequence[Kept], day: datetime.date, link: str) -> None:
    _headings(sheet, HEADINGS, [column.width for column in COLUMNS])
    light, links = HEADINGS.index("红黄绿灯") + 1, HEADINGS.index("链接") + 1
    fills = {LIGHTS[name]: fill for name, fill in FILLS.items()}
    for number, kept in enumerate(rows, 1):
        made = cells(kept, number, day)
        for at, value in enumerate(made, 1):
            _write(sheet.cell(number + 1, at), value)
        _fit(sheet, number + 1, made, [column.width for column in COLUMNS])
        shown = sheet.cell(number + 1, light)
        shown.fill = fills[str(made[light - 1])]
        shown.alignment = _MIDDLE
        target = address(kept.row, link) if link else ""
        if target and len(target) <= LONGEST_LINK and number <= MOST_LINKS:
            cell = sheet.cell(number + 1, links)
            cell.hyperlink = target
            cell.font = _LINK
    last = max(len(rows) + 1, 2)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.freeze_panes = "D2"
    _let_choose(sheet, last)
    _print_wide(sheet)


def _let_choose(sheet: Worksheet, last: int) -> None:
    """Lists to choose from, and colours that follow the words of the lights."""

    def column(heading: str) -> str:
        letter = get_column_letter(HEADINGS.index(heading) + 1)
        return f"{letter}2:{letter}{last}"

    lamps = [word for word in LIGHTS.values() if word]
    for heading, words in (("完成情况", list(STATUSES.values())), ("红黄绿灯", lamps)):
        choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        choice.error, choice.errorTitle = f"请填：{'、'.join(words)}", heading
        choice.add(column(heading))
        sheet.add_data_validation(choice)
    percent = DataValidation("whole", operator="between", formula1="0", formula2="100", allow_blank=True)
    percent.error, percent.errorTitle = "请填0到100的整数", "进度％"
    percent.add(column("进度％"))
    sheet.add_data_validation(percent)
    for name, fill in FILLS.items():
        same = DifferentialStyle(fill=fill)
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{LIGHTS[name]}"'], dxf=same)
        sheet.conditional_formatting.add(column("红黄绿灯"), rule)


def _print_wide(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if sheet.oddHeader and sheet.oddFooter:
        sheet.oddHeader.center.text = sheet.title
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _fill_counts(sheet: Worksheet, blocks: Sequence[tuple[str, Sequence[Counts]]]) -> None:
    at = 1
    for title, counts in blocks:
        headings = (title, "合计", *counts[0].headings)
        widths = [36, *[10] * (len(headings) - 1)]
        _headings(sheet, headings, widths, at)
        for count in counts:
            at += 1
            line: tuple[Cell, ...] = (count.name, count.total, *count.values)
            for place, value in enumerate(line, 1):
                _write(sheet.cell(at, place), value)
                if count.is_sum:
                    sheet.cell(at, place).font = _BOLD
            _fit(sheet, at, line, widths)
        at += 2
    _print_wide(sheet)


def _fill_meaning(sheet: Worksheet, count: int, day: datetime.date, conditions: Sequence[str]) -> None:
    _headings(sheet, ("项目", "说明"), _MEANING_WIDTHS)
    colours = (
        f"以{day}为准。绿：按进度推进或已完成；黄：一个月内到期，或落后10到30个百分点；红：逾期未完成，或落后30个百分点以上；"
        "没有到期日的、已中止的不亮灯。落后多少按已过时间的百分比减去进度％计算，没有填进度的只看到期日"
    )
    lines: list[tuple[str, Cell]] = [
        ("条数", count),
        ("依据日", day),
        ("筛选条件", "；".join(conditions) or "无，全部承诺"),
        ("来源", "由资料自动提取，逐条附有原文依据；提取难免有误，以原文为准"),
        *((column.heading, column.meaning or colours) for column in COLUMNS),
        (COUNTS, "“统计”页是导出时的数字，不随本表修改而变"),
    ]
    for at, line in enumerate(lines, 2):
        for place, shown in enumerate(line, 1):
            cell = sheet.cell(at, place)
            _write(cell, shown)
            cell.alignment = _LEFT
        _fit(sheet, at, line, _MEANING_WIDTHS)
    _print_wide(sheet)


def _headings(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], row: int = 1) -> None:
    for at, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        cell = sheet.cell(row, at)
        _write(cell, heading)
        cell.style = "台账表头"
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[row].height = 30


def _write(cell: SheetCell | MergedCell, value: Cell) -> None:
    """Put a value; text goes in as text whatever it looks like (=1+1, #N/A, -3), and stays text when it is edited."""
    if isinstance(value, datetime.date) and value.year < FIRST_YEAR:
        value = value.isoformat()
    if isinstance(value, str):
        cell.value = fitting(value) or None
        cell.style = "台账文字"
        if value:
            cell.data_type = "s"
        if is_risky(value):
            cell.quotePrefix = True
    else:
        cell.value = value
        cell.style = "台账日期" if isinstance(value, datetime.date) else "台账数字"


def _fit(sheet: Worksheet, row: int, values: Sequence[Cell], widths: Sequence[int]) -> None:
    """Make the row as high as its longest cell needs: programs that open the file do not all reckon it themselves."""
    lines = max(lines_of(value, width) for value, width in zip(values, widths, strict=True))
    sheet.row_dimensions[row].height = min(lines * LINE + 4, HIGHEST)
