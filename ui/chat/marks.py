"""An answer's words with its markers as buttons, what is copied of it, and where its citations lead. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from ui.render import escape, headline
from ui.words import Language, say

MARKER = re.compile(r"\[(\d{1,3})\]")
MARKERS = re.compile(r"(?:\[\d{1,3}\])+")


def marked(answer: Answer, turn: int, language: Language) -> str:
    """The answer text as paragraphs; each marker [n] that names a citation becomes a button, any other stays text."""
    lines = [line for line in answer.text.splitlines() if line.strip()]
    return "".join(f"<p>{_line(line, answer, turn, language)}</p>" for line in lines)


def plain(text: str) -> str:
    """Words that are still growing, as paragraphs."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def cites(answer: Answer) -> bool:
    """Whether the text holds a marker of one of its citations."""
    count = len(answer.citations)
    return any(1 <= int(number) <= count for number in MARKER.findall(without_quoted(answer.text, answer)))


def without_quoted(text: str, answer: Answer) -> str:
    """As long as the text, without the brackets that are a document's own: in a quoted sentence [1] is its footnote, not ours."""
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        if MARKER.search(quote):
            text = text.replace(quote, quote.replace("[", " "))
    return text


def chip(turn: int, number: int, language: Language) -> str:
    """The button of one marker."""
    label = escape(say(language, "show_citation", number=number))
    return (
        f'<button type="button" class="chip" id="marker-{turn}-{number}" data-citation="{turn}-{number}"'
        f' aria-label="{label}">{number}</button>'
    )


def place(citation: Citation, language: Language) -> str:
    """Where the citation stands, in words, not escaped: headings and page."""
    parts = [headline(above) for above in citation.path]
    if citation.page is not None:
        parts.append(say(language, "page", page=citation.page))
    return " › ".join(parts)


def copied(answer: Answer, language: Language) -> str:
    """What the copy button puts on the clipboard, as plain text: the answer and a line for each source."""
    lines = [answer.text.strip()]
    if answer.citations:
        lines += ["", say(language, "sources") + ("：" if language == "zh-CN" else ":")]
    for citation in answer.citations:
        where = place(citation, language)
        lines.append(
            f"[{citation.number}] {citation.title}（{citation.document}{'，' + where if where else ''}）：{citation.quote}"
        )
    return "\n".join(lines)


def address(citation: Citation, root: str = "") -> str:
    """The address of the reader at the citation, relative to the page; not yet escaped. root: what leads to the app's own root."""
    query = {
        "document": citation.document,
        "start": citation.span.start,
        "end": citation.span.end,
        "revision": citation.revision,
    }
    return f"{root}wennuo/read?{urlencode(query)}#cited"


def _line(line: str, answer: Answer, turn: int, language: Language) -> str:
    pieces, at = [], 0
    for run in MARKERS.finditer(without_quoted(line, answer)):
        before = line[at : run.start()]
        tail = before.rstrip()[-1:]  # a button does not begin a line of its own
        buttons = "".join(
            chip(turn, int(number), language)
            if 1 <= int(number) <= len(answer.citations)
            else escape(f"[{number}]")
            for number in MARKER.findall(run.group())
        )
        pieces += [
            escape(before.rstrip().removesuffix(tail)),
            f'<span class="tied">{escape(tail)}{buttons}</span>',
        ]
        at = run.end()
    return "".join(pieces) + escape(line[at:])
