"""What reviews, what plans, what names problems: by heading, by clause, by the clauses of a stretch."""

from __future__ import annotations

import pytest
from written import document

from corpus.document import Span
from ingest.tense import Mode, clause_tense, heading_mode, section_modes, weighed

# heading, its mode where nothing is above it
HEADINGS: list[tuple[str, Mode]] = [
    ("一、2023年工作回顾", "review"),
    ("过去一年的主要成绩", "review"),
    ("前三季度完成情况", "review"),
    ("上半年工作开展情况", "review"),
    ("工作亮点", "review"),
    ("基本情况", "review"),
    ("经济运行情况", "review"),
    ("三、存在的问题和不足", "problem"),
    ("面临的形势", "problem"),
    ("困难和挑战", "problem"),
    ("一、提高认识，增强紧迫感", "problem"),
    ("二、2024年重点任务", "plan"),
    ("（一）切实加强组织领导", "plan"),
    ("下一步打算", "plan"),
    ("上半年工作安排", "plan"),
    ("总体要求", "plan"),
    ("（二）主要目标", "plan"),
    ("四、隐患排查治理", "plan"),
    ("附件", "open"),
    ("机构简介", "open"),
]


@pytest.mark.parametrize(("heading", "mode"), HEADINGS)
def test_headings(heading: str, mode: Mode) -> None:
    assert heading_mode(heading, "open") == mode


@pytest.mark.parametrize(
    ("heading", "above", "mode"),
    [
        ("（一）强化质量支撑", "review", "review"),
        ("（三）健全机制", "problem", "problem"),
        ("（一）取得新突破", "plan", "plan"),
        ("下一步打算", "review", "plan"),
        ("二、2024年重点任务", "review", "plan"),
        ("三、工作安排", "problem", "plan"),
        ("二、去年工作回顾", "plan", "review"),
        ("（二）任务完成情况", "plan", "review"),
        ("三、存在的主要问题", "plan", "problem"),
        ("（二）要正视存在的问题", "plan", "plan"),
    ],
)
def test_headings_under_others(heading: str, above: Mode, mode: Mode) -> None:
    """A heading turns the mode only by plain words; otherwise what stands above holds."""
    assert heading_mode(heading, above) == mode


# clause, its tense, the trap's name
TENSES = [
    ("要抓好落实", "plan", "modal"),
    ("各所要加快进度", "plan", "modal behind a subject"),
    ("不得隐瞒不报", "plan", "prohibition"),
    ("确保全覆盖", "plan", "确保"),
    ("力争突破百亿", "plan", "力争"),
    ("完成了改造", "review", "了"),
    ("已经印发方案", "review", "已"),
    ("累计办结80件", "review", "累计"),
    ("先后组织三次检查", "review", "先后"),
    ("同比增长5%", "review", "同比"),
    ("比上年提高2个百分点", "review", "比上年"),
    ("获评先进单位", "review", "获评"),
    ("取得明显成效", "review", "取得"),
    ("满意度位居全市第二", "review", "rank reached"),
    ("加强队伍建设", "", "neither"),
    ("安全形势总体平稳", "", "a state"),
    ("为了群众", "", "为了 is no 了"),
    ("了解基层诉求", "", "了解 is no 了"),
    ("宣传政策让群众知晓已知风险", "", "已知 is no 已"),
    ("提高案件办理成功率", "", "成功率 is no success"),
]


@pytest.mark.parametrize(
    ("words", "tense"), [row[:2] for row in TENSES], ids=[f"{row[2]}: {row[0]}" for row in TENSES]
)
def test_clause_tense(words: str, tense: str) -> None:
    assert clause_tense(words) == tense


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("要抓检查，要抓整改。必须见底，不得反弹。", "plan"),
        ("完成了改造，获评先进，同比增长5%。累计办结80件。", "review"),
        ("完成了改造，要抓整改。", "open"),
        ("加强队伍建设，推进示范创建，完善工作机制，优化办理流程。", "open"),
    ],
)
def test_weighed(text: str, mode: Mode) -> None:
    assert weighed(text, Span(0, len(text))) == mode


def test_sections_of_a_speech() -> None:
    speech = document(
        "在全县会议上的讲话\n"
        "一、去年工作回顾\n成绩不少。\n（一）强化监管。检查商户百余家。\n"
        "二、存在的问题\n短板仍有。\n"
        "三、下一步工作\n各所要尽责。\n（一）取得新突破。抓重点。\n"
    )
    named = {
        speech.quote(section.heading): mode
        for section, mode in zip(speech.sections, section_modes(speech), strict=True)
    }
    assert named == {
        "一、去年工作回顾": "review",
        "（一）强化监管。": "review",
        "二、存在的问题": "problem",
        "三、下一步工作": "plan",
        "（一）取得新突破。": "plan",
    }


@pytest.mark.parametrize(
    ("first", "mode"),
    [
        ("要抓检查，要抓整改，必须见底。", "plan"),
        ("完成了改造，获评先进，同比增长5%。", "review"),
        ("另行通知。", "open"),
    ],
)
def test_a_heading_that_tells_nothing_goes_by_its_clauses(first: str, mode: Mode) -> None:
    assert section_modes(document(f"一、食品\n{first}\n二、药品\n另行通知。\n")) == [mode, "open"]
