"""Task tables and ledgers: what a column is, both shapes of rows, masked figures, progress; tables that promise nothing."""

from __future__ import annotations

import datetime
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import line, table

from ingest import tables
from ingest.commitments import extract
from ingest.tables import column_of

DAY = datetime.date(2024, 7, 5)
COLUMNS = {
    "task": "工作任务 任务内容 任务名称 整改措施 重点工作 主要内容 项目名称 指标名称 目标任务 事项",
    "metric": "目标值 年度目标 工作目标 2024年目标 量化指标 2024年目标值",
    "owner": "牵头单位 责任科室 责任单位 责任人 主办单位 牵头",
    "helping": "配合单位 协办单位 参与部门",
    "deadline": "完成时限 时间节点 办结时限 完成时间 计划完成时间 期限",
    "progress": "进展情况 完成情况 落实情况 工作进展",
    "past": "2023年完成 上年实绩 现状值 基数",
    "other": "序号 备注 姓名 联系电话 职务",
}


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for column, names in COLUMNS.items() for name in names.split()]
)
def test_columns(name: str, column: str) -> None:
    assert column_of(name) == column


def test_a_column_name_may_be_printed_with_blanks() -> None:
    assert column_of("牵 头\n单 位") == "owner"


TABLES = [
    (
        "cells that name their column",
        [
            "序号：1；工作任务：老旧电梯安全评估；牵头单位：特设科；配合单位：执法支队、各县局；完成时限：9月底前"
        ],
        [
            "task | 老旧电梯安全评估 | 特设科(explicit) + 执法支队、各县局 | 9月底前 -> 2024-09-30 | - | "
            "序号：1；工作任务：老旧电梯安全评估；牵头单位：特设科；配合单位：执法支队、各县局；完成时限：9月底前"
        ],
    ),
    (
        "cells under column names, a masked figure, an empty cell",
        [
            "工作任务\t目标值\t责任单位\t完成时限",
            "食品抽检\t合格率98%以上\t食品科\t11月底前",
            "质量标杆培育\tXX家\t质量科\t每季度",
            "计量检定\t\t计量科\t",
        ],
        [
            "target | 食品抽检：合格率98%以上 | 食品科(explicit) | 11月底前 -> 2024-11-30 | 合格率 >= 98 % | "
            "食品抽检\t合格率98%以上\t食品科\t11月底前",
            "target | 质量标杆培育：XX家 | 质量科(explicit) | 每季度 -> quarterly | 质量标杆培育 = ? 家 | "
            "质量标杆培育\tXX家\t质量科\t每季度",
            "task | 计量检定 | 计量科(explicit) | - | - | 计量检定\t\t计量科\t",
        ],
    ),
    (
        "last year's figure is no target",
        ["指标名称\t2023年实绩\t年度目标\t责任科室", "新登记企业\t5000户\t5500户\t登记科"],
        [
            "target | 新登记企业：5500户 | 登记科(explicit) | - | 新登记企业 = 5500 户 | "
            "新登记企业\t5000户\t5500户\t登记科"
        ],
    ),
    (
        "progress is a report",
        ["工作任务：冷库排查；责任单位：食品科；完成时限：6月底前；进展情况：完成率达到92%"],
        [
            "task | 冷库排查 | 食品科(explicit) | 6月底前 -> 2024-06-30 | - | "
            "工作任务：冷库排查；责任单位：食品科；完成时限：6月底前；进展情况：完成率达到92%",
            "report | 冷库排查 | 食品科(explicit) | [2024-07-05..2024-07-05] | 完成率 = 92 % | 完成率达到92%",
        ],
    ),
    (
        "a line break inside a cell",
        ["重点任务：推进\n智慧监管；责任单位：信息\n中心；时间节点：年底前"],
        [
            "task | 推进 智慧监管 | 信息 中心(explicit) | 年底前 -> 2024-12-31 | - | "
            "重点任务：推进\n智慧监管；责任单位：信息\n中心；时间节点：年底前"
        ],
    ),
    (
        "a time limit without a day",
        ["任务\t时限", "电梯评估\t汛期来临前后"],
        ["task | 电梯评估 | - | 汛期来临前后 -> ? | - | 电梯评估\t汛期来临前后"],
    ),
    (
        "a cell more than there are columns",
        ["任务名称\t责任单位", "修订预案\t办公室\t多余一格"],
        ["task | 修订预案 | 办公室(explicit) | - | - | 修订预案\t办公室\t多余一格"],
    ),
    ("people and telephones", ["姓名\t职务\t电话", "张某\t科长\t5551234"], []),
    ("people, keyed", ["姓名：李某；职务：科长；电话：5551234"], []),
    ("a task with neither owner, day nor figure", ["事项\t备注", "修订预案\t无"], []),
    ("an owner without a task", ["牵头单位：质量科；完成时限：6月底前"], []),
    ("nothing but column names", ["工作任务\t责任单位\t完成时限"], []),
    ("an empty row", ["工作任务\t责任单位", "\t"], []),
]


@pytest.mark.parametrize(("rows", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_tables(rows: list[str], expected: list[str]) -> None:
    found = [line(row) for row in extract(table(*rows, date=DAY))]
    assert found == expected


def test_a_second_table_has_its_own_columns() -> None:
    """Words between two tables part them."""
    first = table("姓名\t电话", "张某\t5551234")
    second = table("工作任务\t责任单位", "修订预案\t办公室")
    assert extract(first) == ()
    assert [row.what for row in extract(second)] == ["修订预案"]


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(tables).failed == 0


CELL = st.text(alphabet="：；\t\n工作任务责任单位时限6月底前XX家98%（", max_size=30).filter(
    lambda cell: bool(cell)
)


@given(st.lists(CELL, min_size=1, max_size=5))
def test_laws(rows: list[str]) -> None:
    """Any rows are read; quotes are verbatim."""
    document = table(*rows)
    for row in extract(document):
        assert row.quote == document.text[row.span.start : row.span.end]
        assert row.deadline is None or row.kind != "report"
