"""A document as stretches of running text, each under one chain of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, Span
from corpus.text import fold
from ingest.owners import label_spans
from ingest.prose import gaps
from ingest.sections import lines
from ingest.tense import Mode, Part, part_at, parts, section_modes, weighed

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!以来)")
_LAST_YEAR = re.compile(r"过去一年|过去的一年|去年|上年|上一年")
_LAST_YEAR_MENTIONED = re.compile(r"(?<=[^\n])(?:去年|上年)")
"""In running text these compare; in a heading or at the start of a line they say what is reviewed."""
_SPAN = re.compile(r"(?:过去|这|本届政府|近)(?:的)?[五十]年|[五十]年来|[和、][五十]年(?:工作|回顾)")
_FIVE_YEAR_PLAN = re.compile(r"“?(十[一二三四]?五)”?(?:时期|期间|规划|计划)")
_PLANS = ("十五", "十一五", "十二五", "十三五", "十四五")
_LEAD = 30  # characters of a paragraph in which it names its own year
_OPENING = 300  # characters of a section in which the year under review is looked for
_OLDEST = 6  # years back that a review may reach
_STOPS = "。：:！？"
_NUMBERED = re.compile(r"\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑩]|[一二三四五六七八九十]{1,3}是")
_FIGURE = re.compile(r"\d(?![.．、）)])[^年]|[％%]|[底末月日]前|全覆盖|每[年月周季日]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text inside one section, without its subsections and headings.

    section: its index, None before the first heading. leads: whether subsections follow it, so that it speaks for them.
    dense: whether the document is a plan or a ledger, every line of which promises something. reviewed: the first and
    last year that a review speaks of, by its headings or first sentences; None for other stretches and where nothing tells.
    """

    span: Span
    section: int | None
    mode: Mode
    leads: bool
    dense: bool
    reviewed: tuple[int, int] | None = None


def pieces(document: Document) -> Iterator[Piece]:
    """The stretches in text order. Table rows are in none."""
    kind = document.metadata.kind.value if document.metadata.kind else "other"
    dense = kind in ("plan", "ledger")
    heads = parts(document)
    modes = section_modes(document, heads)
    rows = [block.span for block in document.blocks if block.kind == "row"]
    children: dict[int | None, list[Span]] = {}
    for section in document.sections:
        children.setdefault(section.parent, []).append(section.span)
    found: list[Piece] = []
    if document.text:
        for stretch in gaps(Span(0, len(document.text)), children.get(None, [])):
            mode = weighed(document.text, stretch)
            found.append(Piece(stretch, None, mode, bool(document.sections), dense))
    for index, section in enumerate(document.sections):
        below = children.get(index, [])
        start = _body(document, index, below)
        if start >= section.span.end:
            continue
        for stretch in gaps(Span(start, section.span.end), [span for span in below if span.start >= start]):
            leads = any(span.start >= stretch.end for span in below)
            mode = modes[index]
            if mode == "open":
                mode = "plan" if dense else weighed(document.text, stretch)
            found.append(Piece(stretch, index, mode, leads, dense))
    for piece in sorted(found, key=lambda piece: piece.span):
        inside = [row for row in rows if piece.span.covers(row)]
        headed = [part for part in heads if piece.span.covers(part.line)]
        for stretch in gaps(piece.span, sorted([*inside, *(part.line for part in headed)])):
            own = part_at(headed, stretch.start) or (
                part_at(heads, stretch.start) if piece.section is None else None
            )
            mode = piece.mode if own is None else own.mode
            if mode != "review":
                yield replace(piece, span=stretch, mode=mode)
                continue
            reviewed = _reviewed(document, piece.section, stretch, heads)
            for paragraph, years in _paragraphs(document, stretch, reviewed):
                yield replace(piece, span=paragraph, mode=mode, reviewed=years)


def _reviewed(
    document: Document, section: int | None, stretch: Span, heads: Sequence[Part]
) -> tuple[int, int] | None:
    """The first and last year under review: as the nearest heading that names any says, else the first sentences of the top section.

    过去一年 and 去年 are the year before the document's own, 过去五年 the five before it, “十三五”时期 its five.
    """
    own = document.metadata.year.value if document.metadata.year else None
    if document.metadata.period is not None and own is not None:
        return (own, own)  # an account of a half-year or a quarter
    top = stretch
    while section is not None:
        named = _years(document.quote(document.sections[section].heading), own)
        if named:
            return named
        top = document.sections[section].span
        section = document.sections[section].parent
    part = part_at(heads, stretch.start)
    named = _years(document.quote(part.line), own) if part is not None else None
    if named:
        return named
    return _years(
        _LAST_YEAR_MENTIONED.sub("", document.text[max(0, top.start - 1) : top.start + _OPENING]), own
    )


def _paragraphs(
    document: Document, stretch: Span, reviewed: tuple[int, int] | None
) -> Iterator[tuple[Span, tuple[int, int] | None]]:
    """The stretch whole under a review of one year; paragraph by paragraph where several are reviewed and each may name its own."""
    if reviewed is None or reviewed[0] == reviewed[1]:
        yield stretch, reviewed
        return
    own = document.metadata.year.value if document.metadata.year else None
    for line in lines(document.text[stretch.start : stretch.end]):
        span = Span(stretch.start + line.start, stretch.start + line.end)
        yield span, _years(document.text[span.start : span.start + _LEAD], own) or reviewed


def _years(words: str, own: int | None) -> tuple[int, int] | None:
    """The first and last of the years that `words` name first; None where they name none before or in the document's own."""
    folded = fold(words)
    plan = _FIVE_YEAR_PLAN.search(folded)
    if plan:
        first = 2001 + 5 * _PLANS.index(plan.group(1))
        return (first, first + 4)
    span = _SPAN.search(folded)
    if span and own is not None:
        return (own - (10 if "十" in span.group() else 5), own - 1)
    if own is not None and _LAST_YEAR.search(folded):
        return (own - 1, own - 1)
    for match in _YEAR.finditer(folded):
        year = int(match.group(1))
        if own is None or own - _OLDEST <= year <= own:
            return (year, year)
    return None


def _body(document: Document, index: int, below: list[Span]) -> int:
    """Where a section's running text begins: behind its heading, or at it where the heading is the text itself.

    A heading is the text where nothing but labels (牵头单位：…) follows it, where it was clipped in mid-sentence, and where it is a
    numbered line that names a figure or a day.
    """
    section = document.sections[index]
    heading = section.heading
    words = document.quote(heading)
    rest = document.text[heading.end : below[0].start if below else section.span.end]
    for start, end in reversed(label_spans(rest)):
        rest = rest[:start] + rest[end:]
    alone = not rest.strip(" \t\r\n。；;，、（）()") and not below
    clipped = (
        words[-1] not in _STOPS and bool(rest.strip()) and "\n" not in rest[: len(rest) - len(rest.lstrip())]
    )
    return (
        section.span.start
        if alone or clipped or (_NUMBERED.match(words) and _FIGURE.search(words))
        else heading.end
    )
