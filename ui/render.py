"""Values to escaped HTML: the conversation and its evidence. Pure; everything that comes from outside goes through `escape`."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from ui.excerpt import Excerpt, Exchange
from ui.people import Person
from ui.words import LANGUAGES, Language, say

MARKER = re.compile(r"\[(\d{1,3})\]")
MARKERS = re.compile(r"(?:\[\d{1,3}\])+")
HEADING_LENGTH = 48
MARKDOWN_HEADING = re.compile(r"\s*#{1,6}\s+")


def escape(value: object) -> str:
    """`value` as text that is safe between tags and inside double-quoted attributes."""
    return html.escape(str(value), quote=True)


def shorten(text: str, length: int = HEADING_LENGTH) -> str:
    """`text` on one line, at most `length` characters with the … that stands for the rest."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def headline(text: str, length: int = HEADING_LENGTH) -> str:
    """A heading on one line, shortened, without the # of Markdown."""
    return shorten(MARKDOWN_HEADING.sub("", text, count=1) if MARKDOWN_HEADING.match(text) else text, length)


def header(language: Language, person: Person | None = None) -> str:
    """The brand, who is logged in, and the language switch."""
    buttons = "".join(
        f'<button type="button" data-language="{escape(code)}" lang="{escape(code)}"'
        f' aria-pressed="{"true" if code == language else "false"}">{escape(name)}</button>'
        for code, name in LANGUAGES.items()
    )
    return (
        f'<div class="masthead" data-interface="{escape(language)}" data-title="{escape(say(language, "title"))}"'
        f' data-copied="{escape(say(language, "copied"))}" data-copy-failed="{escape(say(language, "copy_failed"))}"'
        f' data-more="{escape(say(language, "more"))}" data-notice="{escape(say(language, "notice"))}" data-failure="{escape(say(language, "error"))}"'
        f' data-disconnected="{escape(say(language, "disconnected"))}"'
        f' data-reader-failed="{escape(say(language, "reader_failed"))}"'
        f' data-reader-close="{escape(say(language, "reader_close"))}">'
        f'<h1><span class="seal" aria-hidden="true">诺</span>{escape(say(language, "brand"))}</h1>'
        f"<p>{escape(say(language, 'motto'))}</p>"
        f"{_account(person, language) if person and person.name else ''}"
        f'<div class="switch" role="group" aria-label="{escape(say(language, "language"))}">{buttons}</div></div>'
    )


def _account(person: Person, language: Language) -> str:
    label = escape(f"{say(language, 'account')} {person.name}")
    return (
        f'<form class="account" method="post" action="logout"><a href="wennuo/account" aria-label="{label}" title="{label}">'
        f"{escape(person.name)}</a>"
        f'<span class="badge">{escape(say(language, "role_" + person.role))}</span>'
        f'<button type="submit">{escape(say(language, "logout"))}</button></form>'
    )


def marked(answer: Answer, turn: int, language: Language) -> str:
    """The answer text as paragraphs; each marker [n] that names a citation becomes a button, any other stays text."""
    return "".join(
        f"<p>{_line(line, len(answer.citations), turn, language)}</p>"
        for line in answer.text.splitlines()
        if line.strip()
    )


def _line(line: str, citations: int, turn: int, language: Language) -> str:
    pieces, at = [], 0
    for run in MARKERS.finditer(line):
        before = line[at : run.start()]
        tail = before.rstrip()[-1:]  # a button does not begin a line of its own
        buttons = "".join(
            _chip(turn, int(number), language) if 1 <= int(number) <= citations else escape(f"[{number}]")
            for number in MARKER.findall(run.group())
        )
        pieces += [
            escape(before.rstrip().removesuffix(tail)),
            f'<span class="tied">{escape(tail)}{buttons}</span>',
        ]
        at = run.end()
    return "".join(pieces) + escape(line[at:])


def _chip(turn: int, number: int, language: Language) -> str:
    label = escape(say(language, "show_citation", number=number))
    return (
        f'<button type="button" class="chip" id="marker-{turn}-{number}" data-citation="{turn}-{number}"'
        f' aria-label="{label}" title="{label}">{number}</button>'
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


def _reply(exchange: Exchange, turn: int, language: Language) -> str:
    answer = exchange.answer
    status = ""
    if answer.status != "answered":
        status = f'<span class="badge">{escape(say(language, "status_" + answer.status))}</span>'
    notes = ""
    if answer.asked and answer.asked != answer.question:
        notes += f'<p class="note">{escape(say(language, "asked_as", asked=answer.asked))}</p>'
    if answer.mode == "writing":
        notes += f'<p class="note">{escape(say(language, "mode_writing"))}</p>'
    notes += "".join(f'<p class="warning">{escape(warning)}</p>' for warning in answer.warnings)
    chips = ""
    if answer.citations and not any(
        1 <= int(number) <= len(answer.citations) for number in MARKER.findall(answer.text)
    ):
        # An answer that carries no marker of its own still gets its sources.
        buttons = "".join(_chip(turn, citation.number, language) for citation in answer.citations)
        key = "nearest" if answer.abstained else "sources"
        chips = f'<p class="note">{escape(say(language, key))} {buttons}</p>'
    copy = (
        f'<button type="button" class="quiet" data-copy="{escape(copied(answer, language))}">'
        f"{escape(say(language, 'copy'))}</button>"
    )
    return (
        f'<div class="reply {escape(answer.status)}" id="reply-{turn}">{status}'
        f'<div class="words">{marked(answer, turn, language)}</div>{chips}{notes}<div class="acts">{copy}</div></div>'
    )


def _asked(question: str, language: Language) -> str:
    return f'<div class="asked"><span class="who">{escape(say(language, "you"))}</span><p>{escape(question)}</p></div>'


def conversation(
    exchanges: Sequence[Exchange],
    language: Language,
    *,
    pending: str = "",
    partial: Answer | None = None,
    failure: str = "",
) -> str:
    """All turns, oldest first; then the question that is being answered, with what there is of its answer.

    pending: a question without its answer yet. partial: the answer so far. failure: the sentence to show instead.
    """
    turns = [
        f'<article class="turn">{_asked(exchange.answer.question, language)}{_reply(exchange, turn, language)}</article>'
        for turn, exchange in enumerate(exchanges, start=1)
    ]
    if pending:
        if failure:
            reply = (
                f'<div class="reply error" role="alert"><span class="badge">{escape(say(language, "status_error"))}</span>'
                f'<div class="words"><p>{escape(failure)}</p></div></div>'
            )
        elif partial is not None and partial.text:
            reply = (
                f'<div class="reply growing"><div class="words">{_plain(partial.text)}</div>'
                f'<p class="note waiting">{escape(say(language, "pending"))}</p></div>'
            )
        else:
            reply = f'<div class="reply growing"><p class="note waiting">{escape(say(language, "pending"))}</p></div>'
        turns.append(f'<article class="turn">{_asked(pending, language)}{reply}</article>')
    return f'<div class="turns" role="log" aria-live="polite">{"".join(turns)}</div>'


def _plain(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def welcome(starters: Sequence[str], language: Language) -> str:
    """What stands in place of a conversation that has not begun."""
    buttons = "".join(
        f'<button type="button" class="starter" data-question="{escape(starter)}">{escape(starter)}</button>'
        for starter in starters
    )
    suggestions = f"<h3>{escape(say(language, 'starters'))}</h3><div>{buttons}</div>" if starters else ""
    return (
        f'<div class="welcome"><h2>{escape(say(language, "welcome"))}</h2>'
        f"<p>{escape(say(language, 'welcome_more'))}</p>{suggestions}</div>"
    )


def empty_library(language: Language) -> str:
    """What stands there while there is nothing to ask about."""
    return (
        f'<div class="welcome empty"><h2>{escape(say(language, "empty_title"))}</h2>'
        f"<p>{escape(say(language, 'empty_more'))}</p>"
        f'<button type="button" class="starter" data-open-library="1">{escape(say(language, "empty_open"))}</button></div>'
    )


def evidence(exchanges: Sequence[Exchange], language: Language) -> str:
    """The cards of every turn; only the last turn's are visible until a marker of another one is clicked."""
    title = f"<h2>{escape(say(language, 'evidence'))}</h2>"
    groups = [
        f'<section class="cards" data-turn="{turn}"{"" if turn == len(exchanges) else " hidden"}>'
        f'<p class="note">{escape(say(language, "evidence_for", question=shorten(exchange.answer.question)))}</p>'
        f"{_cards(exchange, turn, language)}</section>"
        for turn, exchange in enumerate(exchanges, start=1)
    ]
    body = "".join(groups) or _note("evidence_empty", language)
    return f'<div class="evidence">{title}{body}</div>'


def _cards(exchange: Exchange, turn: int, language: Language) -> str:
    if not exchange.excerpts:
        return _note("evidence_none", language)
    nearest = _note("nearest", language) if exchange.answer.abstained else ""
    return nearest + "".join(card(found, turn, language) for found in exchange.excerpts)


def _note(key: str, language: Language) -> str:
    return f'<p class="note">{escape(say(language, key))}</p>'


def card(found: Excerpt, turn: int, language: Language) -> str:
    """One citation: number, document, place, the cited sentence marked in its surroundings, a link to the whole."""
    citation = found.citation
    facts = [citation.document]
    if found.year is not None:
        facts.append(say(language, "year", year=found.year))
    if citation.page is not None:
        facts.append(say(language, "page", page=citation.page))
    if found.issuer:
        facts.append(found.issuer)
    headings = "".join(f"<li>{escape(headline(above))}</li>" for above in citation.path)
    path = f'<ol class="path">{headings}</ol>' if headings else ""
    stale = "" if found.current else f'<p class="warning">{escape(say(language, "outdated"))}</p>'
    return (
        f'<article class="card" id="card-{turn}-{citation.number}" tabindex="-1">'
        f'<header><button type="button" class="chip" data-back="{turn}-{citation.number}"'
        f' title="{escape(say(language, "back"))}" aria-label="{escape(say(language, "back"))}">{citation.number}</button>'
        f"<h3>{escape(citation.title)}</h3></header>"
        f'<p class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</p>'
        f"{path}{stale}"
        f"<blockquote>{'…' if found.cut_before else ''}{escape(found.before)}"
        f"<mark>{escape(citation.quote)}</mark>{escape(found.after)}{'…' if found.cut_after else ''}</blockquote>"
        f'<footer><a href="{escape(address(citation))}" target="wennuo-reader" rel="noopener" data-read="1">'
        f"{escape(say(language, 'open_document'))}</a></footer></article>"
    )


def address(citation: Citation) -> str:
    """The address of the reader at the citation, relative to the page; not yet escaped."""
    query = {
        "document": citation.document,
        "start": citation.span.start,
        "end": citation.span.end,
        "revision": citation.revision,
    }
    return f"wennuo/read?{urlencode(query)}#cited"
