"""Lines of a printed page, joined back into the paragraphs they were broken from.

A line break on a page means nothing by itself. Two lines are one paragraph unless the first stops short of the right edge,
the type size changes, or the first ends a sentence (or the next begins like a heading) and the next is indented or stands
apart. Lines of Han characters join without a blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Page, Span

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[0-9０-９ⅰ-ⅻⅠ-Ⅻ]{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?[0-9]{1,4}\s*页?)?[-—–－·\s]*|"
    r"第\s*[一二三四五六七八九十百]{1,5}\s*页"
)
_HEADING_START = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[（(]?[0-9０-９]{1,2}(?:[.．、）)])(?![0-9０-９])|"
    r"第[一二三四五六七八九十百零〇0-9]{1,5}[章节条部编]|附件|附：|[①-⑳]"
)
_SENTENCE_END = re.compile(r"[。！？；：!?;:…][”’」』）)》】\"']*$")
_LATIN = re.compile(r"[A-Za-z0-9]")
_SHORT = 3.0  # ems free at the right; a full line may lack two, where a bracket or a figure did not fit
_INDENT = 1.2  # ems
_EDGE_LINES = 2  # at the top and bottom of a page, where headers and numbers stand
_CLUSTER = 5  # lines that begin at one place: a column


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as printed; edges in points from the page's lower left corner, size is that of its type."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with what tells where it stands in its column, in ems."""

    line: PrintedLine
    page: int
    indent: float
    slack: float


def margins(pages: Sequence[Sequence[PrintedLine]]) -> list[set[int]]:
    """For each page the indexes of its page numbers and running headers.

    A page number is told by its shape, a running header by standing at one height on at least two pages and two fifths of
    all, figures apart.
    """
    keys: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        keys.update({_key(lines[index]) for index in _edges(lines)})
    enough = max(2, -(-len(pages) * 2 // 5))
    return [
        {
            index
            for index in _edges(lines)
            if _PAGE_NUMBER.fullmatch(lines[index].text) or keys[_key(lines[index])] >= enough
        }
        for lines in pages
    ]


def _edges(lines: Sequence[PrintedLine]) -> list[int]:
    by_height = sorted(range(len(lines)), key=lambda index: lines[index].bottom)
    return by_height[:_EDGE_LINES] + by_height[_EDGE_LINES:][-_EDGE_LINES:]


def _key(line: PrintedLine) -> tuple[str, int]:
    return re.sub(r"[0-9０-９\s]+", "#", line.text), round(line.bottom / 6)


def join(pages: Sequence[tuple[int, Sequence[PrintedLine]]]) -> tuple[str, tuple[Page, ...]]:
    """The text of numbered pages with a line for each paragraph, and where each page begins in it.

    A paragraph that runs over a page end stays whole. Pages without lines are not among the spans.
    """
    placed = [spot for number, lines in pages for spot in _place(number, lines)]
    pieces: list[str] = []
    starts: dict[int, int] = {}
    length = 0
    for before, spot in pairwise([None, *placed]):
        assert spot is not None
        link = "" if before is None else _link(before, spot)
        starts.setdefault(spot.page, length + len(link))
        pieces += [link, spot.line.text]
        length += len(link) + len(spot.line.text)
    text = "".join(pieces)
    numbers = list(starts)
    bounds = [*starts.values(), len(text)]
    bounds[0:1] = [0] if numbers else bounds[0:1]
    spans = zip(numbers, pairwise(bounds), strict=True)
    return text, tuple(Page(number, Span(start, end)) for number, (start, end) in spans if start < end)


def _place(number: int, lines: Sequence[PrintedLine]) -> Iterator[_Placed]:
    if not lines:
        return
    rights = sorted(line.right for line in lines)
    page_right = rights[-1 - len(rights) // 50]
    for line in lines:
        em = max(line.size, 1.0)
        column = [other for other in lines if abs(other.left - line.left) <= _SHORT * em]
        far = max(other.right for other in column) if len(column) >= _CLUSTER else page_right
        near = min((other.left for other in lines if line.left - other.left < 6 * em), default=line.left)
        yield _Placed(line, number, (line.left - near) / em, (far - line.right) / em)


def _link(before: _Placed, after: _Placed) -> str:
    """What stands between two lines: a line end, a blank, or nothing."""
    if _breaks(before, after):
        return "\n"
    first, second = before.line.text[-1:], after.line.text[:1]
    return " " if _LATIN.match(first) and _LATIN.match(second) else ""


def _breaks(before: _Placed, after: _Placed) -> bool:
    if before.slack > _SHORT or abs(before.line.size - after.line.size) > 0.15 * before.line.size:
        return True
    apart = before.page == after.page and before.line.bottom - after.line.bottom > 2.4 * before.line.size
    stands_out = after.indent > _INDENT or apart
    if _SENTENCE_END.search(before.line.text):
        return stands_out or bool(_HEADING_START.match(after.line.text))
    return stands_out and bool(_HEADING_START.match(after.line.text))
