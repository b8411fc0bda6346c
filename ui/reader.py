"""A whole document as escaped HTML: outline on one side, text with the cited words marked on the other. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from corpus.document import Document, Span
from corpus.text import SENTENCE_END
from ui.render import escape, headline
from ui.words import Language, say

OUTLINE_LEVELS = 3
OUTLINE_LENGTH = 36
HEADING_LINE = 60


def located(document: Document, start: int, end: int, revision: str) -> Span | None:
    """The cited span, when `revision` is the document's own and the span lies in it; else None."""
    if revision not in ("", document.revision) or not 0 <= start < end <= len(document.text):
        return None
    return Span(start, end)


def lines(text: str) -> Iterator[Span]:
    """Spans of the lines that hold more than white space, without the line end."""
    start = 0
    for line in text.splitlines(keepends=True):
        content = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if content.strip():
            yield Span(start, start + len(content))
        start += len(line)


def _marked(text: str, line: Span, cited: Span | None, first: bool) -> str:
    if cited is None or cited.overlap(line) == 0:
        return escape(text[line.start : line.end])
    start, end = max(line.start, cited.start), min(line.end, cited.end)
    identity = ' id="cited"' if first else ""
    return (
        f"{escape(text[line.start : start])}<mark{identity}>{escape(text[start:end])}</mark>"
        f"{escape(text[end : line.end])}"
    )


def body(document: Document, cited: Span | None, language: Language) -> str:
    """The text, a paragraph a line, headings marked as such, with page numbers where the format has them."""
    text = document.text
    headings = deque(enumerate(section.heading.start for section in document.sections))
    pages = iter(document.pages)
    page = next(pages, None)
    pieces: list[str] = []
    first = True
    for line in lines(text):
        while page is not None and page.span.start <= line.start:
            pieces.append(f'<p class="page-number">{escape(say(language, "page", page=page.number))}</p>')
            page = next(pages, None)
        anchors = []
        while headings and headings[0][1] < line.end:
            anchors.append(headings.popleft()[0])
        names = "".join(f'<a id="section-{index}"></a>' for index in anchors)
        content = _marked(text, line, cited, first)
        first = first and not (cited is not None and cited.overlap(line) > 0)
        level = next((document.sections[at].level for at in anchors if _heads(text, line, document, at)), 0)
        kind = f' class="heading level-{min(level, 4)}"' if level else ""
        pieces.append(f'<p{kind} data-start="{line.start}">{names}{content}</p>')
    return "".join(pieces)


def _heads(text: str, line: Span, document: Document, index: int) -> bool:
    """Whether the line is a heading: it begins with the section's, and is that or a short line without a sentence's end."""
    heading = document.quote(document.sections[index].heading).strip()
    whole = text[line.start : line.end].strip()
    return whole == heading or (
        whole.startswith(heading) and len(whole) <= HEADING_LINE and whole[-1] not in SENTENCE_END
    )


def outline(document: Document) -> str:
    """Links to the headings of the upper levels, nested by their level; "" for a document without any.

    Items inside a paragraph (一是, 第一) are left out: they are sentences rather than headings.
    """
    levels = sorted({section.level for section in document.sections})[:OUTLINE_LEVELS]
    found = []
    for index, section in enumerate(document.sections):
        start = document.text.rfind("\n", 0, section.span.start) + 1
        end = document.text.find("\n", section.heading.end)
        line = Span(start, end if end >= 0 else len(document.text))
        if section.level in levels and _heads(document.text, line, document, index):
            found.append((levels.index(section.level) + 1, index, document.quote(line)))
    items = [
        f'<li class="level-{rank}"><a href="#section-{index}">{escape(headline(label, OUTLINE_LENGTH))}</a></li>'
        for rank, index, label in found
    ]
    return f"<ol>{''.join(items)}</ol>" if items else ""


def facts(document: Document, language: Language) -> str:
    """File, year, issuer and kind of the document on one line."""
    metadata = document.metadata
    found = [document.name]
    if metadata.year:
        found.append(say(language, "year", year=metadata.year.value))
    if metadata.issuer:
        found.append(metadata.issuer.value)
    if metadata.kind:
        found.append(say(language, f"kind_{metadata.kind.value}"))
    return "".join(f"<span>{escape(fact)}</span>" for fact in found)


def fragment(document: Document, cited: Span | None, language: Language, *, moved: bool = False) -> str:
    """The reader without a page around it. moved: the words were asked for but are not in this revision."""
    contents = outline(document)
    navigation = (
        f'<nav aria-label="{escape(say(language, "reader_outline"))}"><h2>{escape(say(language, "reader_outline"))}</h2>'
        f"{contents}</nav>"
        if contents
        else ""
    )
    notice = f'<p class="warning">{escape(say(language, "reader_moved"))}</p>' if moved else ""
    jump = (
        f'<a class="jump" href="#cited">{escape(say(language, "reader_jump"))}</a>'
        if cited is not None
        else ""
    )
    return (
        f'<article class="reader{"" if contents else " plain"}" data-document="{escape(document.name)}"'
        f' data-revision="{escape(document.revision)}"><header><h1>{escape(document.metadata.title.value)}</h1>'
        f'<p class="facts">{facts(document, language)}</p>{notice}{jump}</header>{tools(language)}{navigation}'
        f'<div class="text">{body(document, cited, language)}</div></article>'
    )


def tools(language: Language) -> str:
    """Finding words, the size of the letters, and the link to what is selected; static/reader.js makes them work."""

    def button(act: str, step: int, sign: str, key: str) -> str:
        words = escape(say(language, key))
        return (
            f'<button type="button" data-{act}="{step}" aria-label="{words}" title="{words}">{sign}</button>'
        )

    find = escape(say(language, "reader_find"))
    return (
        f'<div class="tools" role="group" aria-label="{escape(say(language, "reader_tools"))}">'
        f'<form class="finding" data-count="{escape(say(language, "reader_find_count"))}"'
        f' data-none="{escape(say(language, "reader_find_none"))}"><input type="search" name="find" aria-label="{find}"'
        f' placeholder="{find}" autocomplete="off"><span class="hits" role="status"></span>'
        f"{button('find', -1, '↑', 'reader_previous')}{button('find', 1, '↓', 'reader_next')}</form>"
        f"{button('size', -1, 'A−', 'reader_smaller')}{button('size', 1, 'A+', 'reader_larger')}"
        f'<button type="button" data-link="1" disabled title="{escape(say(language, "reader_link_hint"))}"'
        f' data-copied="{escape(say(language, "copied"))}" data-failed="{escape(say(language, "copy_failed"))}">'
        f"{escape(say(language, 'reader_link'))}</button></div>"
    )


def page(content: str, title: str, language: Language) -> str:
    """A page of its own round `content`, which must be escaped already; title is plain text."""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · {escape(say(language, 'brand'))}</title>"
        '<link rel="icon" href="icon.png"><link rel="stylesheet" href="style.css"><link rel="stylesheet" href="reader.css">'
        f'<script src="reader.js" defer></script></head><body class="reading">{content}</body></html>'
    )


def missing(language: Language) -> str:
    """What stands in place of a document that is gone."""
    return f'<article class="reader plain"><p class="warning">{escape(say(language, "reader_gone"))}</p></article>'
