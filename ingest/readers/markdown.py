"""Markdown: the text as decoded, marks and all, with its headings and table rows as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.document import Block, Span
from ingest.readers.text import decode
from ingest.reading import Reading

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t　]+|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NO_HEADING = re.compile(
    r" {0,3}(?:[-*+>]|\d+[.)]|#{1,6})[ \t]| {4}"
)  # lists, quotes, code: a line under them is a rule
_LONGEST_HEADING = 80  # characters; under a longer line the dashes are meant as a rule
_TITLE = re.compile(r"title[ \t]*:[ \t]*(?P<title>.+?)[ \t]*$", re.IGNORECASE)


def read(data: bytes) -> Reading:
    """The whole of a Markdown file: text as decoded; a heading's block is its line, # marks included.

    Fenced code and YAML front matter have no headings; a table's header and delimiter lines are told by the dashes. Raises
    UnreadableFileError as for plain text.
    """
    text = decode(data)
    lines, front = _without_front_matter(text, [m.span() for m in _LINE.finditer(text) if m.group()])
    prose = list(_outside_fences(text, lines))
    blocks = [*_headings(text, prose), *_rows(text, prose)]
    title = next(
        (m["title"].strip("\"'") for line in front if (m := _TITLE.match(text[slice(*line)].strip()))), ""
    )
    return Reading(text=text, blocks=tuple(sorted(blocks, key=lambda block: block.span)), title=title)


_Line = tuple[int, int]


def _without_front_matter(text: str, lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines after a leading `---` … `---` stretch, and those inside it."""
    if lines and text[slice(*lines[0])].rstrip() == "---":
        for index, line in enumerate(lines[1:], start=1):
            if text[slice(*line)].rstrip() in ("---", "..."):
                return lines[index + 1 :], lines[1:index]
    return lines, []


def _outside_fences(text: str, lines: list[_Line]) -> Iterator[_Line]:
    """The lines of prose; a line inside a code fence comes as an empty one, so that neighbours do not touch over it."""
    fence = ""
    for start, end in lines:
        opened = _FENCE.match(text, start, end)
        if fence:
            closes = opened and opened.group(1).startswith(fence) and not text[opened.end() : end].strip()
            fence = "" if closes else fence
            yield start, start
        elif opened:
            fence = opened.group(1)
            yield start, start
        else:
            yield start, end


def _block(text: str, line: _Line, level: int = 0) -> Block:
    start, end = line
    body = text[start:end]
    span = Span(start + len(body) - len(body.lstrip()), start + len(body.rstrip()))
    return Block("heading" if level else "row", span, level)


def _headings(text: str, lines: list[_Line]) -> Iterator[Block]:
    candidate: _Line | None = None  # a paragraph of one line so far: an underline makes it a heading
    in_paragraph = False
    for start, end in lines:
        words = text[start:end].rstrip("\r\n")
        marks = _ATX.match(words)
        underline = _UNDERLINE.match(words)
        if marks and words[marks.end() :].strip(" \t#"):
            yield _block(text, (start, end), level=len(marks.group(1)))
        elif underline and candidate:
            yield _block(text, candidate, level=1 if underline.group(1)[0] == "=" else 2)
        elif words.strip():
            plain = not _NO_HEADING.match(words) and "|" not in words and len(words) <= _LONGEST_HEADING
            candidate = (start, end) if plain and not in_paragraph else None
            in_paragraph = True
            continue
        candidate, in_paragraph = None, False


def _rows(text: str, lines: list[_Line]) -> Iterator[Block]:
    inside = False
    for (start, end), (next_start, next_end) in pairwise([*lines, (len(text), len(text))]):
        words = text[start:end].rstrip("\r\n")
        following = text[next_start:next_end].rstrip("\r\n")
        if inside and "|" in words:
            if not _DELIMITER.match(words):
                yield _block(text, (start, end))
        elif "|" in words and "|" in following and _DELIMITER.match(following):
            inside = True
            yield _block(text, (start, end))
        else:
            inside = False
