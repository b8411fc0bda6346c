from __future__ import annotations

import dataclasses
import datetime
import io
import zipfile

import docx
import pytest
from chat_fakes import answered
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ui_fakes import citation, document

from assistant.answer import Answer
from assistant.conversation import Turn
from ui.chat.docx import FANG, Paper, as_docx, clean
from ui.excerpt import Excerpt, Exchange, excerpt

DAY = datetime.date(2026, 11, 26)


def exchange(answer: Answer, *, current: bool = True) -> Exchange:
    source = document()
    found = tuple(
        excerpt(source, each) if current else Excerpt(each, current=False) for each in answer.citations
    )
    return Exchange(Turn(answer.question, answer), found)


def made(*exchanges: Exchange | None, title: str = "题目") -> bytes:
    questions = tuple(each.answer.question if each else "看不到的" for each in exchanges)
    return as_docx(Paper(title, questions, exchanges, DAY), "zh-CN")


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_question_answer_sources_status_and_date() -> None:
    source = document()
    cited = (
        citation(source, "合格率稳定在98%以上"),
        dataclasses.replace(citation(source, "6000批次", 2), page=3),
    )
    answer = Answer(
        "合格率？", "合格率？", "稳定在98%以上[1]。\n6000批次[2]，见[9]。", "answered", citations=cited
    )
    content = made(exchange(dataclasses.replace(answer, warnings=("请核对",))))
    lines = paragraphs(content)
    assert lines[0] == "题目"
    assert "导出时间：2026-11-26" in lines
    assert "问：合格率？" in lines
    assert "状态：据原文回答" in lines
    assert "请核对" in lines
    assert any(line.startswith("[1] 在云川市市场监管工作会议上的讲话（云川2024讲话.txt，") for line in lines)
    assert any("第3页" in line for line in lines)
    assert "合格率稳定在98%以上" in lines
    runs = [run for each in docx.Document(io.BytesIO(content)).paragraphs for run in each.runs]
    assert [run.text for run in runs if run.font.superscript] == ["[1]", "[2]"]
    assert any("见[9]" in run.text for run in runs)


def test_fonts_are_chinese_for_every_script() -> None:
    held = docx.Document(io.BytesIO(made(exchange(answered()))))
    fonts = held.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == FANG
    assert fonts.get(qn("w:eastAsiaTheme")) is None
    title = held.styles["Title"].element.rPr.rFonts
    assert title.get(qn("w:eastAsia")) == "黑体"


def test_refusals_outdated_sources_and_what_may_not_be_seen() -> None:
    refusal = exchange(answered("资料中没有提到。", status="not_found"), current=False)
    lines = paragraphs(made(refusal, None, exchange(answered(mode="writing"))))
    assert "状态：资料中没有提到" in lines
    assert any("最接近的原文" in line for line in lines)
    assert any("已更新" in line for line in lines)
    assert "2. 看不到的" in lines
    assert any("不再显示" in line for line in lines)
    assert any("由模型" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    ["\x00\x01甲\x0b\x0c", "\ud800乙", "\ufffe丙\uffff", "丁\U0010ffff", "<w:t>&amp;</w:t>]]>", "=1+1"],
)
def test_characters_that_xml_cannot_hold_break_nothing(text: str) -> None:
    answer = Answer(text, text, f"{text}\n{text}", "answered", warnings=(text,))
    lines = paragraphs(made(Exchange(Turn(text, answer), ()), title=text))
    assert lines[0] == clean(text)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    answer = Answer(text, text, text, "answered", warnings=(text,))
    content = made(Exchange(Turn(text, answer), ()), title=text)
    assert docx.Document(io.BytesIO(content)).paragraphs


def test_nothing_outside_is_referred_to() -> None:
    with zipfile.ZipFile(io.BytesIO(made(exchange(answered("http://leak.example/x[1]"))))) as held:
        rels = [held.read(name).decode() for name in held.namelist() if name.endswith(".rels")]
    assert not any("External" in each for each in rels)
