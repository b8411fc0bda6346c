"""Files for the tests of this folder, made by hand where a library would tidy them up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, *, core: str = "", extra: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A .docx with this XML as its body; parts (styles, numbering, header1, footnotes …) are XML too, without their root."""
    roots = {"styles": "styles", "numbering": "numbering", "header": "hdr", "footer": "ftr"}
    members = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    relations = []
    for name, xml in parts.items():
        kind = name.rstrip("0123456789")
        root = roots.get(kind, kind)
        members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{xml}</w:{root}>"
        relations.append(f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{name}.xml"/>')
    members["word/_rels/document.xml.rels"] = f"<Relationships>{''.join(relations)}</Relationships>"
    members["_rels/.rels"] = (
        f'<Relationships><Relationship Id="a" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    if core:
        members["docProps/core.xml"] = (
            f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{core}</dc:title></p>'
        )
    return packed(members | dict(extra or {}))


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    """A Word paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def style(name: str) -> str:
    """The property that gives a paragraph a style."""
    return f'<w:pStyle w:val="{name}"/>'


def numbered(number: int, depth: int = 0) -> str:
    """The property that puts a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def levels(*shapes: tuple[str, str], abstract: int = 0, inside: str = "") -> str:
    """A list for numbering.xml: (format, text) of each level; its number is abstract + 1."""
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(shapes)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{abstract}">{made}</w:abstractNum>'
        f'<w:num w:numId="{abstract + 1}"><w:abstractNumId w:val="{abstract}"/>{inside}</w:num>'
    )


def table(*rows: str) -> str:
    """A Word table of rows of cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cells(*contents: str) -> str:
    """The cells of one row; a plain word is made a paragraph."""
    return "".join(
        f"<w:tc><w:tcPr/>{content if content.startswith('<') else p(content)}</w:tc>" for content in contents
    )
