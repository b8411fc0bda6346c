"""Word files: document.xml walked by hand, since what common readers lose is what people said.

Kept: tracked insertions, text boxes (as lines after the paragraph that anchors them), automatic numbers, tables (a row a
line, cells joined by tabs). Left out: tracked deletions, hidden text, field codes, tables of contents. Page headers,
footers, footnotes and contents go to the margins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.document import Block, BlockKind, Span
from corpus.errors import UnreadableFileError
from ingest.readers.container import Container
from ingest.readers.limits import DEFAULT, Limits
from ingest.readers.numbering import Numbering, W, parse_numbering, with_number
from ingest.readers.package import WordPackage
from ingest.readers.runs import ALTERNATE, DROPPED, alternative, is_passed_over, text_boxes, words_of
from ingest.readers.styles import Styles, outline_level, parse_styles
from ingest.reading import Reading

_HEADING_LIMIT = 120  # characters; longer "headings" are body text in a heading's style


def read(data: bytes, limits: Limits = DEFAULT) -> Reading:
    """The text of a .docx, a paragraph or table row a line, with its headings and rows as blocks.

    Raises UnreadableFileError for what is damaged, protected, a bomb, or no Word file.
    """
    package = WordPackage(Container(data, limits, save_as=".docx"))
    styles = parse_styles(package.part("styles"))
    numbering = parse_numbering(package.part("numbering"), styles.list_styles())
    body = package.document().find(f"{W}body")
    if body is None:
        raise UnreadableFileError("is a zip file that holds no Word document")
    walk = _Walk(styles, numbering)
    walk.body(body)
    margins = [*_margins(package), *walk.contents]
    text, blocks = _assemble(walk.lines)
    title = walk.title or package.title()
    return Reading(text=text, blocks=blocks, margins=tuple(dict.fromkeys(margins)), title=title)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    kind: BlockKind = "paragraph"
    level: int = 0


@dataclass(slots=True)
class _Walk:
    """One pass over a body in reading order; lines fill up on the way."""

    styles: Styles
    numbering: Numbering
    lines: list[_Line] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    title: str = ""
    _carried: str = ""  # the text of a paragraph whose mark is a tracked deletion: it runs on in the next

    def body(self, body: etree._Element) -> None:
        """Take in a whole body."""
        self.blocks_of(body)
        if self._carried.strip():
            self.lines.append(_Line(self._carried))

    def blocks_of(self, parent: etree._Element) -> None:
        """Take in the paragraphs and tables under `parent`, through content controls and tracked insertions."""
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag == ALTERNATE:
                self.blocks_of(alternative(child))
            elif child.tag not in DROPPED:
                self.blocks_of(child)

    def _paragraph(self, element: etree._Element) -> None:
        text = self._carried + words_of(element)
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried = text
        else:
            self._carried = ""
            self._finish(element, text)
        for box in text_boxes(element):
            self.blocks_of(box)

    def _finish(self, element: etree._Element, text: str) -> None:
        style = _property(element, "pStyle")
        number = self._number(element, style)
        text = text.strip("\n")
        if not text.strip():
            return
        if self.styles.is_contents(style):
            self.contents.append(text.strip())
            return
        own = outline_level(_property(element, "outlineLvl"))
        level = self.styles.level(style) if own is None else own
        if self.styles.is_title(style) and level == 0 and not self.title:
            self.title = " ".join(text.split())
        heading = level > 0 and len(text) <= _HEADING_LIMIT and "\n" not in text
        line = with_number(number, text)
        self.lines.append(_Line(line, "heading", level) if heading else _Line(line))

    def _number(self, element: etree._Element, style: str) -> str:
        """The automatic number of a paragraph, "" for none. A paragraph's own numId of 0 takes its style's list away."""
        own = element.find(f"{W}pPr/{W}numPr")
        number, depth, source = self.styles.list_of(style)
        if own is not None:
            own_number, own_depth = _value(own, "numId"), _value(own, "ilvl")
            number = own_number or number
            depth = int(own_depth) if own_depth.isdecimal() else depth
            source = "" if own_number else source
        if number in ("", "0"):
            return ""
        if depth is None:
            depth = self.numbering.level_of_style(number, source)
        return self.numbering.next(number, depth)

    def _table(self, table: etree._Element) -> None:
        for row in _children(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = list(_children(row, "tc"))
            if len(cells) == 1:  # a frame round ordinary paragraphs
                self.blocks_of(cells[0])
                continue
            line = "\t".join(self._cell(cell) for cell in cells)
            if line.strip():
                self.lines.append(_Line(line, "row"))

    def _cell(self, cell: etree._Element) -> str:
        """The words of one cell in one line; nested tables and text boxes included. A merged-away cell has none."""
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val", "continue") != "restart":
            return ""
        words = []
        for paragraph in cell.iter(f"{W}p"):
            if is_passed_over(paragraph):
                continue
            number = self._number(paragraph, _property(paragraph, "pStyle"))
            words.append(with_number(number, " ".join(words_of(paragraph).split())))
        return " ".join(filter(None, words))


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, through content controls, tracked deletions left out."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _children(child, name)


def _property(paragraph: etree._Element, name: str) -> str:
    properties = paragraph.find(f"{W}pPr")
    return "" if properties is None else _value(properties, name)


def _value(element: etree._Element, name: str) -> str:
    child = element.find(W + name)
    return "" if child is None else child.get(f"{W}val", "")


def _assemble(lines: list[_Line]) -> tuple[str, tuple[Block, ...]]:
    """The lines as one text with a line end each; blocks span their line without surrounding white space."""
    blocks, at = [], 0
    for line in lines:
        if line.kind != "paragraph":
            start = at + len(line.text) - len(line.text.lstrip())
            blocks.append(Block(line.kind, Span(start, at + len(line.text.rstrip())), line.level))
        at += len(line.text) + 1
    return "".join(line.text + "\n" for line in lines), tuple(blocks)


def _margins(package: WordPackage) -> Iterator[str]:
    """The lines of page headers and footers, then of the notes."""
    for kind in ("header", "footer", "footnotes", "endnotes"):
        for part in package.parts(kind):
            for paragraph in part.iter(f"{W}p"):
                words = " ".join(words_of(paragraph).split())
                if words and not is_passed_over(paragraph):
                    yield words
