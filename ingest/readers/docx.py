"""Word files: document.xml walked by hand, since what common readers lose is what people said.

Kept: tracked insertions, text boxes (as lines after the paragraph that anchors them), automatic numbers, tables (a row a
line, cells joined by tabs). Left out: tracked deletions, hidden text, field codes, tables of contents. Page headers,
footers, footnotes and contents go to the margins.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.document import Block, BlockKind, Span
from corpus.errors import UnreadableFileError
from ingest.readers.container import Container, parse
from ingest.readers.limits import DEFAULT, Limits
from ingest.readers.numbering import Numbering, W, parse_numbering, with_number
from ingest.readers.styles import Styles, outline_level, parse_styles
from ingest.reading import Reading

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_HEADING_LIMIT = 120  # characters; longer "headings" are body text in a heading's style
_DROPPED = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "rt",
        "sectPr",
        "tblPr",
        "tcPr",
        "sdtPr",
    )
)
_BREAKS = {W + "tab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}


def read(data: bytes, limits: Limits = DEFAULT) -> Reading:
    """The text of a .docx, a paragraph or table row a line, with its headings and rows as blocks.

    Raises UnreadableFileError for what is damaged, protected, a bomb, or no Word file.
    """
    container = Container(data, limits, save_as=".docx")
    main = _main_part(container)
    document = container.read(main)
    if document is None:
        raise UnreadableFileError("is a zip file that holds no Word document")
    parts = _related(container, main)
    styles = parse_styles(_part(container, parts, "styles"))
    numbering = parse_numbering(_part(container, parts, "numbering"), styles.list_styles())
    body = parse(document.replace(_STRICT, _TRANSITIONAL), "the document").find(f"{W}body")
    if body is None:
        raise UnreadableFileError("is a zip file that holds no Word document")
    walk = _Walk(styles, numbering)
    walk.blocks_of(body)
    margins = [*_margins(container, parts), *walk.contents]
    text, blocks = _assemble(walk.lines)
    title = walk.title or _core_title(container)
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

    def blocks_of(self, parent: etree._Element) -> None:
        """Take in the paragraphs and tables under `parent`, through content controls and tracked insertions."""
        for child in parent:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif child.tag == _ALTERNATE:
                self.blocks_of(_alternative(child))
            elif child.tag not in _DROPPED:
                self.blocks_of(child)

    def _paragraph(self, element: etree._Element) -> None:
        text = self._carried + _text(element)
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried = text
        else:
            self._carried = ""
            self._finish(element, text)
        for box in _text_boxes(element):
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
            if _is_alternative_copy(paragraph):
                continue
            number = self._number(paragraph, _property(paragraph, "pStyle"))
            words.append(with_number(number, " ".join(_text(paragraph).split())))
        return " ".join(filter(None, words))


def _text(element: etree._Element) -> str:
    """The visible text of one paragraph, without what floats in its text boxes."""
    return "".join(_runs(element))


def _runs(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (W + "t", _MATH_TEXT):
            yield (child.text or "").replace("\r", "").replace("\n", " ")
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == W + "br":
            if child.get(f"{W}type", "textWrapping") == "textWrapping":
                yield "\n"
        elif tag == _ALTERNATE:
            yield from _runs(_alternative(child))
        elif tag == W + "txbxContent" or tag in _DROPPED or (tag == W + "r" and _is_hidden(child)):
            continue
        else:
            yield from _runs(child)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _alternative(element: etree._Element) -> etree._Element:
    """The one branch of mc:AlternateContent to read: Word writes each text box twice, new and old."""
    branches = [branch for branch in element if isinstance(branch.tag, str)]
    worded = (branch for branch in branches if next(branch.iter(f"{W}t"), None) is not None)
    return next(worded, branches[0] if branches else element)


def _is_alternative_copy(element: etree._Element) -> bool:
    """Whether an element stands in a branch of mc:AlternateContent that is not read, or in a tracked deletion."""
    below = element
    for above in element.iterancestors():
        if above.tag == _ALTERNATE and _alternative(above) is not below:
            return True
        if above.tag in (W + "del", W + "moveFrom"):
            return True
        if above.tag == W + "body":
            return False
        below = above
    return False


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in a paragraph, outermost only, each once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        outer = next(
            (up for up in box.iterancestors() if up is paragraph or up.tag == W + "txbxContent"), None
        )
        if outer is paragraph and not _is_alternative_copy(box):
            yield box


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


def _main_part(container: Container) -> str:
    root = container.parse("_rels/.rels")
    for relation in [] if root is None else root:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _related(container: Container, main: str) -> list[tuple[str, str]]:
    """(kind, member) of every part that the main part refers to, in order of their names."""
    folder, name = posixpath.split(main)
    root = container.parse(f"{folder}/_rels/{name}.rels")
    found = []
    for relation in [] if root is None else root:
        if relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            member = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            )
            found.append((relation.get("Type", "").rpartition("/")[2], member))
    return sorted(found)


def _part(container: Container, parts: list[tuple[str, str]], kind: str) -> etree._Element | None:
    member = next((member for found, member in parts if found == kind), None)
    data = container.read(member) if member else None
    return parse(data.replace(_STRICT, _TRANSITIONAL), kind) if data else None


def _margins(container: Container, parts: list[tuple[str, str]]) -> Iterator[str]:
    """The lines of page headers and footers, then of the notes."""
    for wanted in ("header", "footer", "footnotes", "endnotes"):
        for kind, member in parts:
            data = container.read(member) if kind == wanted else None
            if data:
                for paragraph in parse(data.replace(_STRICT, _TRANSITIONAL), kind).iter(f"{W}p"):
                    words = " ".join(_text(paragraph).split())
                    if words and not _is_alternative_copy(paragraph):
                        yield words


def _core_title(container: Container) -> str:
    root = container.parse("docProps/core.xml")
    title = None if root is None else root.find("{http://purl.org/dc/elements/1.1/}title")
    return "" if title is None else " ".join((title.text or "").split())
