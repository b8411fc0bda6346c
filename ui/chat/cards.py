"""The evidence of an answer: one card a citation. Pure."""

from __future__ import annotations

from ui.chat.marks import address
from ui.excerpt import Excerpt, Exchange
from ui.render import escape, headline, shorten
from ui.words import Language, say


def evidence(exchange: Exchange, turn: int, language: Language) -> str:
    """What the panel shows of one turn: its question, and a card for each citation."""
    return (
        f"{_heading(language)}"
        f'<section class="cards" data-turn="{turn}">'
        f'<p class="note">{escape(say(language, "evidence_for", question=shorten(exchange.answer.question)))}</p>'
        f"{cards(exchange, turn, language)}</section>"
    )


def no_evidence(language: Language, key: str = "evidence_empty") -> str:
    """What the panel shows where there is nothing to show."""
    return _heading(language) + _note(key, language)


def cards(exchange: Exchange, turn: int, language: Language, root: str = "") -> str:
    """The cards, or a word that there are none. root: what leads from the page to the app's own root."""
    if not exchange.excerpts:
        return _note("evidence_none", language)
    nearest = _note("nearest", language) if exchange.answer.abstained else ""
    return nearest + "".join(card(found, turn, language, root) for found in exchange.excerpts)


def card(found: Excerpt, turn: int, language: Language, root: str = "") -> str:
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
    back = escape(f"{say(language, 'back')} {citation.number}")
    return (
        f'<article class="card" id="card-{turn}-{citation.number}" tabindex="-1">'
        f'<header><button type="button" class="chip" data-back="{turn}-{citation.number}"'
        f' title="{back}" aria-label="{back}">{citation.number}</button>'
        f"<h3>{escape(citation.title)}</h3></header>"
        f'<p class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</p>'
        f"{path}{stale}"
        f"<blockquote>{'…' if found.cut_before else ''}{escape(found.before)}"
        f"<mark>{escape(citation.quote)}</mark>{escape(found.after)}{'…' if found.cut_after else ''}</blockquote>"
        f'<footer><a href="{escape(address(citation, root))}" target="wennuo-reader" rel="noopener" data-read="1">'
        f"{escape(say(language, 'open_document'))}</a></footer></article>"
    )


def _heading(language: Language) -> str:
    return f"<h2>{escape(say(language, 'evidence'))}</h2>"


def _note(key: str, language: Language) -> str:
    return f'<p class="note">{escape(say(language, key))}</p>'
