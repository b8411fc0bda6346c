"""Excel task tables: each row a line that carries its column names."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import UnreadableFileError
from ingest.readers import Limits, read_bytes
from ingest.reading import Reading


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(
    rows: Sequence[Sequence[Any]], *merged: str, then: Callable[[Worksheet], None] | None = None
) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    if then:
        then(sheet)
    return read_bytes("台账.xlsx", saved(book))


def headings(reading: Reading) -> list[tuple[str, int]]:
    return [(reading.text[b.span.start : b.span.end], b.level) for b in reading.blocks if b.kind == "heading"]


def rows_of(reading: Reading) -> list[str]:
    return [reading.text[b.span.start : b.span.end] for b in reading.blocks if b.kind == "row"]


def test_a_task_table() -> None:
    reading = read(
        [
            ["安澜县重点任务台账"],
            ["填报单位：办公室", None, None, "2024年6月"],
            ["序号", "任务", "单位", "时限"],
            [1, "建设标准化所", "人事科", datetime.date(2024, 11, 30)],
            [2, "检查\n加油站", None, "9月底前"],
        ],
        "A1:D1",
    )
    assert reading.text == (
        "安澜县重点任务台账\n填报单位：办公室 2024年6月\n"
        "序号：1；任务：建设标准化所；单位：人事科；时限：2024-11-30\n序号：2；任务：检查 加油站；时限：9月底前\n"
    )
    assert headings(reading) == [("安澜县重点任务台账", 1)]
    assert rows_of(reading) == reading.text.splitlines()[2:]
    assert reading.title == "安澜县重点任务台账"


@pytest.mark.parametrize(
    ("rows", "merged", "expected", "trap"),
    [
        (
            [["来源", "任务"], ["会议", "甲"], [None, "乙"], [None, "丙"], ["要点", "丁"]],
            ["A2:A4"],
            ["来源：会议；任务：甲", "来源：会议；任务：乙", "来源：会议；任务：丙", "来源：要点；任务：丁"],
            "merged downwards: said in each row",
        ),
        (
            [["任务", "责任单位", None], [None, "牵头", "配合"], ["甲", "人事科", "财务科"]],
            ["A1:A2", "B1:C1"],
            ["任务：甲；责任单位·牵头：人事科；责任单位·配合：财务科"],
            "column names in two rows",
        ),
        (
            [["任务", "时限"], ["甲", "6月"], ["任务", "时限"], ["乙", "9月"]],
            [],
            ["任务：甲；时限：6月", "任务：乙；时限：9月"],
            "names repeated",
        ),
        ([["任务", "时限"], [None, None], ["甲", "6月"]], [], ["任务：甲；时限：6月"], "an empty row"),
        ([["任务", None, "时限"], ["甲", None, "6月"]], [], ["任务：甲；时限：6月"], "an empty column"),
        (
            [["任务", "时限", None], ["甲", "6月", "注"]],
            [],
            ["任务：甲；时限：6月；注"],
            "a column without a name",
        ),
        ([["序号", "任务"], [1, "甲"]], [], ["序号：1；任务：甲"], "figures are no names"),
        ([[1, 2], [3, 4]], [], ["1；2", "3；4"], "no column names at all"),
        ([["任务", "时限"], ["甲", None]], [], ["任务：甲"], "a row with one word"),
    ],
)
def test_rows(rows: list[list[Any]], merged: list[str], expected: list[str], trap: str) -> None:
    assert rows_of(read(rows, *merged)) == expected, trap


def test_rows_that_head_others() -> None:
    table = [
        ["年度任务"],
        ["序号", "任务"],
        ["一、安全"],
        [1, "甲"],
        ["（二）质量", None],
        [2, "乙"],
        ["注：每季度更新一次，逾期通报。"],
    ]
    reading = read(table, "A1:B1", "A3:B3", "A7:B7")
    assert headings(reading) == [("年度任务", 1), ("一、安全", 2), ("（二）质量", 2)]
    assert reading.text.endswith("序号：2；任务：乙\n注：每季度更新一次，逾期通报。\n")


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (0.956, "0.0%", "95.6%"),
        (0.95, "0%", "95%"),
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "General", "12"),
        (1234567.5, "#,##0.0", "1234567.5"),
        (datetime.datetime(2024, 6, 30), "yyyy-mm-dd", "2024-06-30"),
        (datetime.datetime(2024, 6, 1), 'yyyy"年"m"月"', "2024-06"),
        (datetime.datetime(2024, 6, 30, 9, 5), "yyyy-mm-dd hh:mm", "2024-06-30 09:05"),
        (datetime.time(9, 30), "hh:mm", "09:30"),
        (True, "General", "TRUE"),
        ("  两  格 ", "General", "两 格"),
        ("=1+1", "General", ""),
        ("#REF!", "General", ""),
    ],
)
def test_values(value: Any, shape: str, shown: str) -> None:
    def form(sheet: Worksheet) -> None:
        sheet["B2"].number_format = shape

    expected = f"任务：甲；值：{shown}" if shown else "任务：甲"
    assert rows_of(read([["任务", "值"], ["甲", value]], then=form)) == [expected]


def test_sheets() -> None:
    book = openpyxl.Workbook()
    book.active.title = "督查台账"
    book.active.append(["年度督查任务"])
    book.active.merge_cells("A1:B1")
    for row in (["任务", "时限"], ["甲", "6月"]):
        book.active.append(row)
    hidden = book.create_sheet("选项")
    hidden.append(["绿灯"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("说明").append(["每季度更新一次。"])
    book.properties.title = "另一个题目"
    reading = read_bytes("a.xlsx", saved(book))
    assert reading.text == "督查台账\n年度督查任务\n任务：甲；时限：6月\n说明\n每季度更新一次。\n"
    assert headings(reading) == [("督查台账", 1), ("年度督查任务", 2), ("说明", 1)]
    assert reading.title == "年度督查任务"


def test_a_word_in_the_last_corner_costs_nothing() -> None:
    def corner(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "角"

    assert rows_of(read([["任务", "时限"], ["甲", "6月"]], then=corner)) == ["任务：甲；时限：6月", "角"]


def test_limits_and_no_words() -> None:
    book = openpyxl.Workbook()
    with pytest.raises(UnreadableFileError, match="holds no text"):
        read_bytes("a.xlsx", saved(book))
    for number in range(40):
        book.active.append([number] * 5)
    with pytest.raises(UnreadableFileError, match="more than 150 cells"):
        read_bytes("a.xlsx", saved(book), limits=Limits(cells=150))


def test_parts_that_do_not_fit_together() -> None:
    import zipfile

    book = openpyxl.Workbook()
    book.active.append(["任务", "时限"])
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    from making import packed

    with pytest.raises(UnreadableFileError):
        read_bytes("a.xlsx", packed(members))
