"""Lists as they stand in official prose: items under a heading, after a colon, or one heading among its siblings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.document import Document, Section, Span
from corpus.text import sentences

NEAR = 60  # characters between a lead-in and its first item
MOST_ITEMS = 16
BARE_HEADING = 40  # characters; a longer heading says something by itself
GENERIC = 10  # characters of a heading that says nothing by itself
_NUMBERED = re.compile(r"[（(]?第?[一二三四五六七八九十\d]{1,3}[）)、.．是要]?")
_FRAME = re.compile(r"[一-鿿]{2,7}[，,]")
_ANNOUNCES = re.compile(
    r"(?:讲|谈|提|抓好|做好|着力|突出|把握|坚持|体现在|主要是|以下|如下|下面|着重)[^。]{0,20}?(?:[一二三四五六七八九十几]|\d+)(?:点|个|项|方面|条|大)|行动”?讲"
)


def items_of(document: Document, unit: Span, count: int = 0) -> list[Span]:
    """The items that `unit` leads in, heads, or is one of; [] when it does none of these.

    count, when not 0, is how many are asked for; a list of another length counts only where the unit plainly leads it in.
    """
    text = document.text[unit.start : unit.end].rstrip()
    leads_in = text.endswith(("：", ":"))
    under = _children(document, unit)
    if len(under) >= 2 and (not count or len(under) == count or leads_in):
        return under
    led = _numbered_alike(document, _after(document, unit))
    if len(led) >= 2 and count == len(led):
        return led
    colon = document.text.find("：", unit.start, unit.end)
    inside = bool(led) and colon >= 0 and led[0].start < unit.end  # …面临的挑战：一是…
    announced = leads_in or inside or _ANNOUNCES.search(text) is not None
    if announced and len(led) >= 2 and (not count or abs(len(led) - count) <= 1):
        return led
    if leads_in:
        return _following_sentences(document, unit, count)
    among = _siblings(document, unit)
    return among if count and len(among) == count else []


def section_headed(document: Document, unit: Span) -> int | None:
    """The index of the section whose heading `unit` is, or None."""
    index = document.section_at(unit.start)
    if index is None:
        return None
    heading = document.sections[index].heading
    return index if heading.start <= unit.start and unit.end <= heading.end + 1 else None


def children(document: Document, index: int) -> list[Section]:
    """The sections directly under section `index`."""
    return [section for section in document.sections if section.parent == index]


def _children(document: Document, unit: Span) -> list[Span]:
    index = section_headed(document, unit)
    if index is None:
        return []
    under = children(document, index)
    if under and all(len(section.heading) <= GENERIC for section in under):  # 1.目标：2.主要措施：
        deeper = [children(document, document.sections.index(section)) for section in under]
        under = max(deeper, key=len) or under
    return [section.heading for section in under][:MOST_ITEMS]


def _siblings(document: Document, unit: Span) -> list[Span]:
    index = section_headed(document, unit)
    if index is None:
        return []
    own = document.sections[index]
    return [s.heading for s in document.sections if s.parent == own.parent and s.level == own.level][
        :MOST_ITEMS
    ]


def _after(document: Document, unit: Span) -> list[Span]:
    """The headings of the list that begins right after `unit`, or after a colon in it (抓好三个方面：一是…；二是…)."""
    colon = document.text.find("：", unit.start, unit.end) + 1
    inside = next(
        (i for i, s in enumerate(document.sections) if colon and colon <= s.span.start < unit.end), None
    )
    if inside is not None:
        return _list_from(document.sections, inside)
    near = range(unit.end - 1, unit.end + NEAR)
    start = next(
        (index for index, section in enumerate(document.sections) if section.span.start in near), None
    )
    return [] if start is None else _list_from(document.sections, start)


def _list_from(sections: Sequence[Section], start: int) -> list[Span]:
    first = sections[start]
    return [s.heading for s in sections[start:] if s.parent == first.parent and s.level == first.level][
        :MOST_ITEMS
    ]


def _numbered_alike(document: Document, items: Sequence[Span]) -> list[Span]:
    """The items up to where they are numbered in another way: 一是…二是… ends before （一）."""
    shapes = [_numbering(document.quote(item)) for item in items]
    return [item for item, _ in takewhile(lambda each: each[1] == shapes[0], zip(items, shapes, strict=True))]


def _numbering(heading: str) -> str:
    found = _NUMBERED.match(heading.lstrip("　 #*"))
    return re.sub(r"[一二三四五六七八九十\d]+", "n", found.group()) if found else ""


def _following_sentences(document: Document, unit: Span, count: int) -> list[Span]:
    """Without marked items: the sentences after a colon to the end of its paragraph, as many as asked for.

    Where the colon ends its paragraph, the first sentence of each of the next paragraphs, which are then its items.
    """
    if not document.text[unit.end :].strip():
        return []
    found = list(sentences(document.text, _rest_of_paragraph(document.text, unit.end)))
    if not found and not count:
        return _begun_alike(document, unit.end)
    if not found and count:
        at = unit.end
        for _ in range(count):
            begins = re.compile(r"\S").search(document.text, at)
            if begins is None:
                break
            paragraph = _rest_of_paragraph(document.text, begins.start())
            found.extend(list(sentences(document.text, paragraph))[:1])
            at = paragraph.end
    return found[: count or 4]


def _begun_alike(document: Document, start: int) -> list[Span]:
    """The sentences of the next paragraph that begin alike (在思想上，…。在思路上，…。), two at least; else none."""
    begins = re.compile(r"\S").search(document.text, start)
    if begins is None:
        return []
    paragraph = _rest_of_paragraph(document.text, begins.start())
    frames = [
        (span, frame.group())
        for span in sentences(document.text, paragraph)
        if (frame := _FRAME.match(document.quote(span)))
    ]
    alike = [span for span, frame in frames if (frame[0], frame[-2]) == (frames[0][1][0], frames[0][1][-2])]
    return alike if len(alike) >= 2 else []


def _rest_of_paragraph(text: str, start: int) -> Span:
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    return Span(start, max(stop, start + 1))
