"""The section tree of Chinese official documents.

Line headings come in a fixed order of depth: 第一部分, 一、, （一）, 1., （1）, ①. A heading may fill its line or run into its
paragraph ("（一）培育主体担当有为。围绕…"). Inside paragraphs stand items: 一是…二是…, 一要…二要…, 第一，…第二，…, 1.…2.…, ——….
Numbers may be missing or repeated in real documents, so nothing here trusts them for identity; only the order of items
inside one list is used, to tell where a list goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Block, Section, Span

NUMERALS = "一二三四五六七八九十"
HEADING_LIMIT = 60  # characters; a longer first sentence is cut at its first clause
DEEPEST_LINE_LEVEL = 6
ARABIC_LEVEL = 4

_INDENT = r"[ \t　 ﻿]*"
_HAN_NUMBER = rf"[{NUMERALS}百]{{1,4}}"
_LINE_HEADINGS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"{_INDENT}第{_HAN_NUMBER}[章部篇编](?:分)?[ 　:：、]?")),
    (2, re.compile(rf"{_INDENT}{_HAN_NUMBER}、")),
    (3, re.compile(rf"{_INDENT}[（(]{_HAN_NUMBER}[）)]")),
    (4, re.compile(rf"{_INDENT}[0-9０-９]{{1,2}}(?:[.．](?![0-9０-９])|、)")),
    (5, re.compile(rf"{_INDENT}[（(][0-9０-９]{{1,2}}[）)]")),
    (6, re.compile(rf"{_INDENT}[①②③④⑤⑥⑦⑧⑨⑩]")),
)
_ARABIC = re.compile(r"[0-9０-９]{1,2}")
_ARTICLE = re.compile(rf"{_INDENT}第{_HAN_NUMBER}条")
_ITEM = re.compile(
    rf"(?:^|(?<=[。；：！？;:，,、\n 　）)”]))(?:"
    rf"(?P<shi>{_HAN_NUMBER})(?P<verb>[是要])(?![否不]|要)|"
    rf"第(?P<di>{_HAN_NUMBER})[，,、是]|"
    rf"(?P<arabic>[0-9０-９]{{1,2}})[.．、](?![0-9０-９])(?=[^\s，。]))",
    re.M,
)
_DASH = re.compile(r"(?m)^[ \t　]*(?:——|——|--)(?=[^\s\-—])")
_SENTENCE_STOP = re.compile(r"[。；！？;!?：:]")
_SENTENCE_END = re.compile(r"[。！？!?][”’」』）)]*")
_CLAUSE_STOP = re.compile(r"[，,]")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place where a section begins: at start, with its heading's end, at a depth; end is None while open."""

    start: int
    heading_end: int
    level: int
    end: int | None = None


def numeral(text: str) -> int:
    """The value of a small number: 三 → 3, 二十一 → 21, １2 → 12; 0 where it is none.

    >>> numeral("二十一"), numeral("十"), numeral("８")
    (21, 10, 8)
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = (NUMERALS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (NUMERALS.find(ones) + 1 if ones else 0)


def lines(text: str) -> Iterator[Span]:
    """The non-blank lines of `text`, without line ends and surrounding white space."""
    for match in re.finditer(r"[^\r\n]+", text):
        body = match.group()
        start = match.start() + len(body) - len(body.lstrip())
        end = match.start() + len(body.rstrip())
        if start < end:
            yield Span(start, end)


def begins_line(text: str, offset: int) -> bool:
    """Whether nothing but white space stands before `offset` in its line."""
    at = offset - 1
    while at >= 0 and text[at] not in "\r\n":
        if not text[at].isspace():
            return False
        at -= 1
    return True


def _heading_end(text: str, start: int, end: int) -> int:
    """Where the heading that begins at `start` ends: its first sentence, or a clause of it when that is long."""
    if end - start <= HEADING_LIMIT and not _SENTENCE_STOP.search(text, start, end - 1):
        return end
    stop = _SENTENCE_STOP.search(text, start, min(end, start + HEADING_LIMIT))
    stop = stop or _CLAUSE_STOP.search(text, start, min(end, start + HEADING_LIMIT))
    return stop.end() if stop else min(end, start + HEADING_LIMIT)


def _line_marks(text: str, blocks: Sequence[Block]) -> list[_Mark]:
    styled = {block.span.start: block for block in blocks if block.kind == "heading"}
    rows = {block.span.start for block in blocks if block.kind == "row"}
    marks = []
    for line in lines(text):
        if line.start in rows:
            continue
        level = next(
            (depth for depth, shape in _LINE_HEADINGS if shape.match(text, line.start, line.end)), None
        )
        block = styled.get(line.start)
        if level is None and block is not None and len(line) <= 2 * HEADING_LIMIT:
            marks.append(_Mark(line.start, line.end, min(block.level, DEEPEST_LINE_LEVEL)))
        elif level is not None and not _ARTICLE.match(text, line.start, line.end):
            starts = [line.start, *(_run_on(text, line) if level == ARABIC_LEVEL else ())]
            for start, end in pairwise([*starts, line.end]):
                marks.append(_Mark(start, _heading_end(text, start, end), level))
    return _without_lists_in_disguise(text, marks)


def _run_on(text: str, line: Span) -> Iterator[int]:
    """Where the next headings of the same row (1.目标：…。2.措施：…) begin inside the line of an Arabic one."""
    first = _ARABIC.search(text, line.start, line.end)
    last = numeral(first.group()) if first else 0
    for match in _ITEM.finditer(text, line.start + 1, line.end):
        if match.group("arabic"):
            value = numeral(match.group("arabic"))
            if value != last + 1:
                return  # a list inside the heading's paragraph
            yield match.start()
            last = value


def _without_lists_in_disguise(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Arabic "headings" count only where they are one; a lone "5、" in running text does not close a section."""
    kept: list[_Mark] = []
    begun = False
    for mark in marks:
        number = _ARABIC.match(text, mark.start)
        if mark.level == ARABIC_LEVEL and number and numeral(number.group()) > 1 and not begun:
            continue
        begun = begun or mark.level == ARABIC_LEVEL
        kept.append(mark)
    return kept


def _item_marks(text: str, within: Span, base: int) -> list[_Mark]:
    """The items of all lists inside one stretch that no line heading divides."""
    open_lists: dict[str, list[re.Match[str]]] = {}
    lists: list[list[re.Match[str]]] = []
    for match in _ITEM.finditer(text, within.start, within.end):
        family, value = _family(match)
        if family == "arabic" and begins_line(text, match.start()):
            continue  # a line heading already
        current = open_lists.get(family)
        last = _family(current[-1])[1] if current else 0
        if current and value > 1 and last <= value <= last + 2:  # a number may be repeated (二是 … 二是)
            current.append(match)
        elif value == 1:
            open_lists[family] = [match]
            lists.append(open_lists[family])
    lists.extend(_dash_lists(text, within))
    marks = []
    following: dict[str, int] = {}  # where the next list of the same family begins
    for items in reversed(lists):
        if len(items) < 2:
            continue
        family = _family(items[0])[0]
        last = _list_end(text, items[-1], following.get(family), within.end)
        following[family] = items[0].start()
        stops = [*(item.start() for item in items[1:]), last]
        for item, stop in zip(items, stops, strict=True):
            start = item.start() + len(item.group()) - len(item.group().lstrip())
            stop = start + len(text[start:stop].rstrip())
            marks.append(_Mark(start, _heading_end(text, start, stop), base, stop))
    return marks


def _list_end(text: str, item: re.Match[str], following: int | None, limit: int) -> int:
    """Where the last item of a list ends: with its line, or before the sentence that brings the next such list in."""
    end = _line_end(text, item.start(), limit if following is None else following)
    if following is None or end < following:
        return end
    stops = [stop.end() for stop in _SENTENCE_END.finditer(text, item.end(), following)]
    return stops[-1] if stops else following


def _dash_lists(text: str, within: Span) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for match in _DASH.finditer(text, within.start, within.end):
        if run and text[_line_end(text, run[-1].start() + 1, within.end) : match.start()].strip():
            yield run
            run = []
        run.append(match)
    yield run


def _family(match: re.Match[str]) -> tuple[str, int]:
    if match.re is _DASH:
        return "dash", 0
    if match.group("shi"):
        return f"shi{match.group('verb')}", numeral(match.group("shi"))
    if match.group("di"):
        return "di", numeral(match.group("di"))
    return "arabic", numeral(match.group("arabic"))


def _line_end(text: str, start: int, limit: int) -> int:
    stop = text.find("\n", start, limit)
    return limit if stop < 0 else stop


def outline(text: str, blocks: Sequence[Block] = ()) -> tuple[Section, ...]:
    """The sections of `text` in order of their start, parents before children.

    blocks adds the headings that the file format marks; table rows are never headings. An in-paragraph item is one level
    below the deepest line heading that holds it. Items end with their list, the last one with its line or
    before the next list of its kind.
    """
    heads = _line_marks(text, blocks)
    bounds = [0, *(mark.start for mark in heads), len(text)]
    marks = list(heads)
    levels = [0, *(mark.level for mark in heads)]
    for level, start, end in zip(levels, bounds, bounds[1:], strict=False):
        if start < end:
            marks.extend(_item_marks(text, Span(start, end), level + 10))
    return _nest(text, sorted(set(marks), key=lambda mark: (mark.start, mark.level)))


def _nest(text: str, marks: list[_Mark]) -> tuple[Section, ...]:
    sections: list[Section] = []
    open_sections: list[tuple[int, int]] = []  # index, end
    ends = _ends(text, marks)
    for mark, end in zip(marks, ends, strict=True):
        if sections and sections[-1].span.start == mark.start:
            continue
        while open_sections and open_sections[-1][1] <= mark.start:
            open_sections.pop()
        if open_sections:
            end = min(end, open_sections[-1][1])
        parent = open_sections[-1][0] if open_sections else None
        level = sections[parent].level + 1 if parent is not None else 1
        heading = Span(mark.start, min(mark.heading_end, end))
        sections.append(Section(Span(mark.start, end), heading, level, parent))
        open_sections.append((len(sections) - 1, end))
    return tuple(sections)


def _ends(text: str, marks: list[_Mark]) -> list[int]:
    """Where each mark's section ends: an item with its list, any other before the next heading that is no deeper."""
    ends = []
    closers: list[_Mark] = []  # the line headings further on, the nearest last, none deeper than one after it
    for mark in reversed(marks):
        if mark.end is not None:
            ends.append(mark.end)
            continue
        while closers and closers[-1].level > mark.level:
            closers.pop()
        end = closers[-1].start if closers else len(text)
        closers.append(mark)
        ends.append(mark.start + len(text[mark.start : end].rstrip()))
    return ends[::-1]
