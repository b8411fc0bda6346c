"""Passages: runs of whole sentences inside one section, short enough to be one thing said.

A passage never crosses a heading. Short items of one list (一是…；二是…) may share a passage, since they are parts of one
sentence; an item is divided from the next as soon as either does not fit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.document import Document, Metadata, Section, Span
from corpus.passage import Passage
from corpus.text import clauses, sentences
from ingest.sections import begins_line

RULES = "2026-11-21.6"
"""Version of outline, metadata and passages together: a new one makes the next ingest read unchanged files again."""
LONGEST = 180  # characters of a passage
LONGEST_ROW = 800  # characters of a table row that is one passage


def cut(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in text order; every character that is no white space is in exactly one.

    A sentence over LONGEST characters is cut at clause ends, a clause over LONGEST at LONGEST.
    """
    context = describe(document.metadata)
    rows = {block.span for block in document.blocks if block.kind == "row"}
    made = []
    for region, item_starts in _regions(document):
        for span in (
            _pack(document.text, region, item_starts) if region not in rows else _row(document.text, region)
        ):
            path = document.path(span.start)
            made.append(
                Passage(
                    document=document.name,
                    revision=document.revision,
                    span=span,
                    text=document.quote(span),
                    path=path,
                    context="\n".join(filter(None, [context, *path])),
                    page=document.page_at(span.start),
                )
            )
    return tuple(made)


def describe(metadata: Metadata) -> str:
    """The metadata in words, as searched: title, region, issuer, year, period, speaker and other names."""
    words = [
        metadata.title.value,
        metadata.region.value if metadata.region else "",
        metadata.issuer.value if metadata.issuer else "",
        f"{metadata.year.value}年" if metadata.year else "",
        metadata.period.value if metadata.period else "",
        metadata.speaker.value if metadata.speaker else "",
        *metadata.aliases,
    ]
    return " ".join(dict.fromkeys(filter(None, words)))


def _regions(document: Document) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Stretches without a heading inside, rows by themselves; with the starts of list items in them."""
    text = document.text
    items = [section for section in document.sections if _is_item(document, section)]
    heads = [section for section in document.sections if not _is_item(document, section)]
    rows = [block.span for block in document.blocks if block.kind == "row"]
    cuts = {0, len(text)}
    for section in heads:
        cuts |= {section.span.start, section.span.end}
        if _fills_line(text, section.heading):
            cuts.add(section.heading.end)
    for row in rows:
        cuts |= {row.start, row.end}
    bounds = sorted(cuts)
    starts = [section.span.start for section in items]
    for start, end in pairwise(bounds):
        inside = tuple(starts[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)])
        yield Span(start, end), inside


def _is_item(document: Document, section: Section) -> bool:
    """Whether a section is a list item inside a paragraph, not a line's heading."""
    text, start = document.text, section.span.start
    return not begins_line(text, start) or text[start : start + 4].lstrip(
        "第一二三四五六七八九十"
    ).startswith(("是", "要", "，"))


def _fills_line(text: str, heading: Span) -> bool:
    rest = text[heading.end : heading.end + 1]
    return rest in ("", "\n", "\r")


def _pack(text: str, region: Span, item_starts: Sequence[int]) -> Iterator[Span]:
    start: int | None = None
    end = region.start
    owner: int | None = None  # the item that the passage began in
    for piece in _pieces(text, region):
        item = _item_of(piece.start, item_starts)
        begins_item = item == piece.start
        if start is not None:
            too_long = piece.end - start > LONGEST
            leaves_partial_item = begins_item and owner is not None and owner != start
            whole_item_fits = (
                not begins_item or _item_end(item_starts, piece.start, region.end) - start <= LONGEST
            )
            line_break = "\n" in text[end : piece.start]
            if (
                too_long
                or leaves_partial_item
                or not whole_item_fits
                or (line_break and end - start > LONGEST // 3)
            ):
                yield Span(start, end)
                start = None
        if start is None:
            start, owner = piece.start, item
        end = piece.end
    if start is not None:
        yield Span(start, end)


def _row(text: str, row: Span) -> Iterator[Span]:
    """A table row is one passage, however long up to LONGEST_ROW: its cells mean nothing apart. A blank one is none."""
    if len(row) <= LONGEST_ROW:
        if not text[row.start : row.end].isspace():
            yield row
    else:
        yield from _pack(text, row, ())


def _item_of(offset: int, item_starts: Sequence[int]) -> int | None:
    index = bisect_right(item_starts, offset)
    return item_starts[index - 1] if index else None


def _item_end(item_starts: Sequence[int], start: int, limit: int) -> int:
    index = bisect_right(item_starts, start)
    return item_starts[index] if index < len(item_starts) else limit


def _pieces(text: str, region: Span) -> Iterator[Span]:
    for sentence in sentences(text, region):
        if len(sentence) <= LONGEST:
            yield sentence
            continue
        start = end = sentence.start
        for clause in clauses(text, sentence):
            if clause.end - start > LONGEST and end > start:
                yield Span(start, end)
                start = clause.start
            end = clause.end
            while end - start > LONGEST:
                yield Span(start, start + LONGEST)
                start += LONGEST
        if end > start:
            yield Span(start, end)
