"""Answers as a Word document: question, answer with raised numbers, and the sources under it. Pure."""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer
from ui.chat.marks import MARKER, place, without_quoted
from ui.excerpt import Exchange
from ui.words import Language, say

SONG, FANG, HEI = "宋体", "仿宋", "黑体"
GREY, RED = (0x59, 0x63, 0x6E), (0x9C, 0x2A, 0x20)
# What XML 1.0 cannot hold, and halves of surrogate pairs, which no encoding can.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = datetime.datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Paper:
    """What is exported. exchanges: None for an answer that the reader may not see, whose question alone is told."""

    title: str
    questions: tuple[str, ...]
    exchanges: tuple[Exchange | None, ...]
    day: datetime.date


def clean(text: str) -> str:
    """`text` without characters that a Word file cannot hold."""
    return _FORBIDDEN.sub("", text)


def as_docx(paper: Paper, language: Language) -> bytes:
    """The file's bytes. Chinese fonts are named for the East Asian script, so that Word does not choose one."""
    from docx import Document  # takes a moment, and only an export needs it
    from docx.shared import Cm, Pt

    document = Document()
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.8)
        section.top_margin = section.bottom_margin = Cm(2.6)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(paper.title), say(language, "brand"), ""
    properties.created = properties.modified = _EPOCH
    normal = document.styles["Normal"]
    _font(normal, FANG, Pt(14))
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(4)
    for style, size in (("Title", 20), ("Heading 1", 15), ("Heading 2", 13)):
        _font(document.styles[style], HEI, Pt(size))
    document.add_paragraph(clean(paper.title), style="Title")
    _small(document, say(language, "export_at", day=paper.day))
    several = len(paper.questions) > 1
    for number, (question, exchange) in enumerate(
        zip(paper.questions, paper.exchanges, strict=True), start=1
    ):
        heading = f"{number}. {question}" if several else say(language, "export_asked", question=question)
        document.add_paragraph(clean(heading), style="Heading 1")
        if exchange is None:
            _small(document, say(language, "turn_hidden"), RED)
        else:
            _answer(document, exchange, language)
    _small(document, say(language, "export_note"))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _answer(document: Any, exchange: Exchange, language: Language) -> None:
    answer = exchange.answer
    _small(document, say(language, "export_status", status=say(language, f"status_{answer.status}")))
    for line in answer.text.splitlines():
        if line.strip():
            _raised(document.add_paragraph(), line, answer)
    if answer.mode == "writing":
        _small(document, say(language, "mode_writing"))
    for warning in answer.warnings:
        _small(document, warning, RED)
    if not exchange.excerpts:
        return
    key = "nearest" if answer.abstained else "sources"
    document.add_paragraph(say(language, key), style="Heading 2")
    for found in exchange.excerpts:
        citation = found.citation
        where = place(citation, language)
        source = f"[{citation.number}] {citation.title}（{citation.document}{'，' + where if where else ''}）"
        document.add_paragraph(clean(source)).paragraph_format.keep_with_next = True
        _quote(document, citation.quote)
        if not found.current:
            _small(document, say(language, "outdated"), RED)


def _raised(paragraph: Any, line: str, answer: Answer) -> None:
    """The line with its markers raised; what only looks like a marker stays in the line."""
    at = 0
    for marker in MARKER.finditer(without_quoted(line, answer)):
        if 1 <= int(marker.group(1)) <= len(answer.citations):
            paragraph.add_run(clean(line[at : marker.start()]))
            paragraph.add_run(marker.group()).font.superscript = True
            at = marker.end()
    paragraph.add_run(clean(line[at:]))


def _quote(document: Any, quote: str) -> None:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.8)
    run = paragraph.add_run(clean(quote))
    _font(run, SONG, Pt(12))


def _small(document: Any, words: str, colour: tuple[int, int, int] = GREY) -> None:
    from docx.shared import Pt, RGBColor

    run = document.add_paragraph().add_run(clean(words))
    _font(run, SONG, Pt(10.5))
    run.font.color.rgb = RGBColor(*colour)


def _font(styled: Any, name: str, size: Any) -> None:
    """The font for all scripts: python-docx names it for Latin letters only."""
    from docx.oxml.ns import qn

    styled.font.name, styled.font.size = name, size
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
