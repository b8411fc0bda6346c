"""Markdown: text as it is, headings and rows told."""

from __future__ import annotations

import pytest

from ingest.readers import read_bytes


def blocks(text: str) -> list[tuple[str, int]]:
    reading = read_bytes("a.md", text.encode())
    assert reading.text == text
    return [(text[block.span.start : block.span.end], block.level) for block in reading.blocks]


@pytest.mark.parametrize(
    ("text", "found", "trap"),
    [
        ("# 要点\n\n## 一、目标\n正文\n", [("# 要点", 1), ("## 一、目标", 2)], "headings"),
        ("   ### 甲 ###\n", [("### 甲 ###", 3)], "closing marks, indentation"),
        ("    # 代码\n", [], "four blanks are code"),
        ("#话题 开始\n", [], "a mark without a blank"),
        ("####### 七\n", [], "seven marks"),
        ("#\n# \n", [], "no words"),
        ("标题\r\n====\r\n正文\r\n", [("标题", 1)], "underlined, Windows line ends"),
        ("标题\n---\n", [("标题", 2)], "underlined with dashes"),
        ("正文第一行\n正文第二行\n---\n", [], "dashes under a paragraph of two lines"),
        ("甲\n\n---\n乙\n", [], "a rule"),
        ("- 项目\n---\n", [], "a rule under a list"),
        (f"{'长' * 100}\n---\n", [], "a rule under a long line"),
        ("```\n# 不是\n```\n# 是\n", [("# 是", 1)], "fenced code"),
        ("````\n```\n# 不是\n````\n# 是\n", [("# 是", 1)], "a longer fence"),
        ("~~~\n# 不是", [], "a fence that never closes"),
        (
            "| 任务 | 时限 |\n|:--|--:|\n| 甲 | 6月 |\n| 乙 | 9月 |\n\n甲|乙\n",
            [("| 任务 | 时限 |", 0), ("| 甲 | 6月 |", 0), ("| 乙 | 9月 |", 0)],
            "a table",
        ),
        (
            "任务 | 时限\n--- | ---\n甲 | 6月",
            [("任务 | 时限", 0), ("甲 | 6月", 0)],
            "a table without outer bars",
        ),
        ("", [], ""),
    ][:-1],
)
def test_blocks(text: str, found: list[tuple[str, int]], trap: str) -> None:
    assert blocks(text) == found, trap


def test_front_matter_gives_the_title_and_no_heading() -> None:
    reading = read_bytes("a.md", '---\ntitle: "工作要点"\nyear: 2024\n---\n# 甲\n'.encode())
    assert reading.title == "工作要点"
    assert [block.level for block in reading.blocks] == [1]


def test_encodings_are_those_of_text() -> None:
    text = "# 全市市场监管工作要点\n\n提高抽查占比，年底前达到百分之四十。\n"
    assert read_bytes("a.markdown", text.encode("gb18030")).text == text
