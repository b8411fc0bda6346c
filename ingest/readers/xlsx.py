"""Excel workbooks, above all task tables: each row becomes one line that carries its column names.

    云川市2024年重点任务台账                              a title row: heading
    任务内容：建设标准化所；量化指标：32个；完成时限：2024-11-30      a data row

Formulas give the values that Excel last computed; a formula that was never computed is an empty cell. Hidden sheets are
left out, rows hidden by a filter are not.
"""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from corpus.document import Block, BlockKind, Span
from corpus.errors import UnreadableFileError
from ingest.readers.cells import display
from ingest.readers.container import Container
from ingest.readers.limits import DEFAULT, Limits
from ingest.reading import Reading

_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_DEFAULT_SHEET = re.compile(r"(?:Sheet|工作表)\s*\d*$", re.IGNORECASE)
_HEADER_DEPTH = 15  # rows looked at for the column names
_LONGEST_NAME = 30  # characters of a column name
_LONGEST_HEADING = 60  # characters of a row that heads others; a longer one is a note
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_NO_NAME = re.compile(r"^[-+]?[\d,.]+%?$|[：:]")


def read(data: bytes, limits: Limits = DEFAULT) -> Reading:
    """The text of a workbook, a row a line. Raises UnreadableFileError for what is damaged, protected or too large."""
    container = Container(data, limits, save_as=".xlsx")
    if not any(name.startswith("xl/") for name in container.names):
        raise UnreadableFileError("is a zip file that holds no Excel workbook")
    container.check_all()
    _refuse_many_cells(container, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not keep
            workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError) as error:
        raise UnreadableFileError("is damaged: Excel's parts do not fit together; save it again") from error
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    named = len(sheets) > 1
    page = _Page()
    for sheet in sheets:
        grid = _grid(sheet, limits)
        if grid.rows:
            headed = named or not _DEFAULT_SHEET.match(sheet.title)
            if headed:
                page.add(" ".join(sheet.title.split()), "heading", 1)
            _Table(grid, page, title_level=2 if headed else 1).write()
    workbook.close()
    title = page.title or " ".join((workbook.properties.title or "").split())
    return Reading(text="".join(page.parts), blocks=tuple(page.blocks), title=title)


def _refuse_many_cells(container: Container, limits: Limits) -> None:
    count = 0
    for name in container.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            count += len(_CELL.findall(container.read(name) or b""))
            if count > limits.cells:
                raise UnreadableFileError(
                    f"has more than {limits.cells:,} cells; split it or take out what is empty"
                )


@dataclass(slots=True)
class _Page:
    """The text so far; title is the first title row of all."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    length: int = 0

    def add(self, line: str, kind: BlockKind = "paragraph", level: int = 0) -> None:
        """Append one line of text; `line` must hold no line end and no white space round it."""
        if kind != "paragraph":
            self.blocks.append(Block(kind, Span(self.length, self.length + len(line)), level))
        self.parts.append(line + "\n")
        self.length += len(line) + 1


@dataclass(frozen=True, slots=True)
class _Grid:
    """The displayed words of one sheet, "" for none; rows and columns without any word are left out.

    Cells merged downwards repeat their words, cells merged sideways hold them once. wide: for each row whether one merged
    cell takes up at least half of the used columns. tall: the rows down to which the cell of a row and column is merged.
    """

    rows: list[list[str]]
    wide: list[bool]
    tall: dict[tuple[int, int], int]
    across: dict[tuple[int, int], int]


def _grid(sheet: Worksheet, limits: Limits) -> _Grid:
    words = {
        (cell.row, cell.column): display(cell) for cell in sheet._cells.values() if cell.value is not None
    }
    words = {place: word for place, word in words.items() if word}
    row_numbers = sorted({row for row, _ in words})
    column_numbers = sorted({column for _, column in words})
    if len(row_numbers) * len(column_numbers) > 20 * limits.cells:
        raise UnreadableFileError(
            "has a sheet whose few words lie scattered over millions of cells; tidy it up"
        )
    rows = [[words.get((row, column), "") for column in column_numbers] for row in row_numbers]
    tall: dict[tuple[int, int], int] = {}
    across: dict[tuple[int, int], int] = {}
    wide = [False] * len(rows)
    for area in sheet.merged_cells.ranges:
        if (area.min_row, area.min_col) not in words:
            continue
        top, left = bisect_left(row_numbers, area.min_row), bisect_left(column_numbers, area.min_col)
        bottom = bisect_right(row_numbers, area.max_row) - 1
        right = bisect_right(column_numbers, area.max_col) - 1
        tall[top, left], across[top, left] = bottom, right
        wide[top] = wide[top] or 2 * (right - left + 1) >= max(len(column_numbers), 2)
        for row in range(top + 1, bottom + 1):
            rows[row][left] = rows[top][left]
    return _Grid(rows, wide, tall, across)


@dataclass(slots=True)
class _Table:
    """One sheet being written: title rows, column names, data rows, and rows that head a stretch of them."""

    grid: _Grid
    page: _Page
    title_level: int
    titled: bool = False

    def write(self) -> None:
        """Append the sheet's lines to the page."""
        header, first = self._header()
        for index in range(header if first else 0):
            self._write_above(index)
        names = self._names(header, first)
        for index in range(first, len(self.grid.rows)):
            row = self.grid.rows[index]
            words = [(name, word) for name, word in zip(names, row, strict=False) if word]
            if not words or (row == self.grid.rows[header] and first):
                continue
            if len(words) == 1 and (self.grid.wide[index] or not first or _NUMBERED.match(words[0][1])):
                self._write_single(words[0][1], heads=bool(first), level=self.title_level + 1)
            else:
                self.page.add("；".join(f"{name}：{word}" if name else word for name, word in words), "row")

    def _write_above(self, index: int) -> None:
        """A row above the column names: the first is the table's title, others (填报单位：…) are lines under it."""
        line = " ".join(dict.fromkeys(filter(None, self.grid.rows[index])))
        if line:
            self._write_single(line, heads=not self.titled, level=self.title_level)
            self.titled = True

    def _write_single(self, line: str, *, heads: bool, level: int) -> None:
        if not heads or len(line) > _LONGEST_HEADING or line[-1] in "。；：:":
            self.page.add(line)
            return
        if level == self.title_level and not self.page.title:
            self.page.title = line
        self.page.add(line, "heading", level)

    def _header(self) -> tuple[int, int]:
        """(row of the column names, first data row); (0, 0) where the sheet is no table.

        The column names are the first row that has data below, names at least half of the columns, two of them differently,
        and holds short words without figures and colons (填报单位：…).
        """
        for index, row in enumerate(self.grid.rows[:_HEADER_DEPTH]):
            words = [word for word in self._spread(index) if word]
            names = all(len(word) <= _LONGEST_NAME and not _NO_NAME.search(word) for word in words)
            if names and len(set(words)) >= 2 and 2 * len(words) >= len(row):
                last = max(
                    (self.grid.tall.get((index, column), index) for column in range(len(row))), default=index
                )
                if last + 1 < len(self.grid.rows):
                    return index, last + 1
        return 0, 0

    def _names(self, header: int, first: int) -> list[str]:
        """A name for each column; a name that spans several columns stands before theirs: 责任单位·牵头单位."""
        if not first:
            return [""] * max(map(len, self.grid.rows), default=0)
        rows = [self._spread(index) for index in range(header, first)]
        return ["·".join(dict.fromkeys(filter(None, names))) for names in zip(*rows, strict=True)]

    def _spread(self, index: int) -> Sequence[str]:
        row = list(self.grid.rows[index])
        for (top, left), right in self.grid.across.items():
            if top <= index <= self.grid.tall[top, left]:
                row[left : right + 1] = [row[left]] * (min(right + 1, len(row)) - left)
        return row
