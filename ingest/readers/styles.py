"""What the paragraph styles of a Word file say: heading levels, titles, tables of contents, list numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.numbering import W

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*[1-9]?$", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题")
_DEEPEST_CHAIN = 20  # styles based on styles; a loop ends here


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph or list style. level: heading level from 1, 0 for body text, None where the style does not say."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    number: str = ""
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of one file by id; `default` is the paragraph style of paragraphs that name none."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def chain(self, identity: str) -> list[tuple[str, Style]]:
        """The style and those it is based on, nearest first; [] for an unknown one."""
        found: list[tuple[str, Style]] = []
        identity = identity or self.default
        while identity in self.styles and len(found) < _DEEPEST_CHAIN:
            found.append((identity, self.styles[identity]))
            identity = self.styles[identity].based_on
        return found

    def level(self, identity: str) -> int:
        """The heading level of a style, 1 topmost; 0 for body text."""
        for _, style in self.chain(identity):
            named = _HEADING_NAME.match(style.name)
            if style.level is not None:
                return style.level
            if named:
                return int(named.group(1))
        return 0

    def is_title(self, identity: str) -> bool:
        """Whether the style is that of the document's title."""
        return any(style.name.lower() in _TITLE_NAMES for _, style in self.chain(identity)[:1])

    def is_contents(self, identity: str) -> bool:
        """Whether the style is that of a line in a table of contents."""
        return any(_CONTENTS_NAME.match(style.name) for _, style in self.chain(identity))

    def list_of(self, identity: str) -> tuple[str, int | None, str]:
        """The list number that a style carries, its depth (None where the list knows it) and the style it comes from."""
        for name, style in self.chain(identity):
            if style.number:
                return style.number, style.depth, name
        return "", None, ""

    def list_styles(self) -> dict[str, str]:
        """The list number of every style that carries one."""
        return {identity: style.number for identity, style in self.styles.items() if style.number}


def parse_styles(root: etree._Element | None) -> Styles:
    """The styles of styles.xml; no styles where the part is missing."""
    if root is None:
        return Styles()
    styles, default = {}, ""
    for element in root.iter(f"{W}style"):
        identity = element.get(f"{W}styleId", "")
        styles[identity] = _style(element)
        if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
            default = identity
    return Styles(styles, default)


def _style(element: etree._Element) -> Style:
    def value(path: str) -> str:
        found = element.find("/".join(W + name for name in path.split("/")))
        return "" if found is None else found.get(f"{W}val", "")

    depth = value("pPr/numPr/ilvl")
    return Style(
        name=value("name"),
        based_on=value("basedOn"),
        level=outline_level(value("pPr/outlineLvl")),
        number=value("pPr/numPr/numId"),
        depth=int(depth) if depth.isdecimal() else None,
    )


def outline_level(value: str) -> int | None:
    """Word's outlineLvl (0..8, 9 for body text) as a level from 1, 0 for body text; None for nothing."""
    if not value.isdecimal():
        return None
    return int(value) + 1 if int(value) < 9 else 0
