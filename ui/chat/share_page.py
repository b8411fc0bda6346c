"""The page that a link leads to: answers to read, each with its sources under it, and nothing to change. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.chat.cards import cards
from ui.chat.history import local_day
from ui.chat.marks import marked
from ui.chat.turns import asked
from ui.excerpt import Exchange
from ui.render import escape
from ui.store.shares import Share
from ui.words import Language, say

ROOT = "../"


def shared(share: Share, exchanges: Sequence[Exchange], language: Language) -> str:
    """The page of a link, all of whose answers the reader may see."""
    facts = [
        say(language, "share_at", day=local_day(share.made_at)),
        say(language, "share_ends", day=local_day(share.ends_at)),
    ]
    if share.by:
        facts.insert(0, say(language, "share_by", name=share.by))
    turns = "".join(_turn(exchange, number, language) for number, exchange in enumerate(exchanges, start=1))
    return _page(
        f'<header><h1>{escape(share.title)}</h1><p class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</p>'
        f'<p class="note">{escape(say(language, "share_as_it_was"))}</p></header>{turns}',
        share.title,
        language,
    )


def withheld(key: str, language: Language) -> str:
    """A page that says why there is nothing to read."""
    told = say(language, key)
    return _page(f'<p class="warning">{escape(told)}</p>', say(language, "share_title"), language)


def _turn(exchange: Exchange, number: int, language: Language) -> str:
    answer = exchange.answer
    badge = ""
    if answer.status != "answered":
        badge = f'<span class="badge">{escape(say(language, "status_" + answer.status))}</span>'
    written = (
        f'<p class="note">{escape(say(language, "mode_writing"))}</p>' if answer.mode == "writing" else ""
    )
    warnings = "".join(f'<p class="warning">{escape(warning)}</p>' for warning in answer.warnings)
    return (
        f'<article class="turn">{asked(answer.question, language)}<div class="reply {escape(answer.status)}">{badge}'
        f'<div class="words">{marked(answer, number, language)}</div>{written}{warnings}</div>'
        f'<section class="cards" aria-label="{escape(say(language, "sources"))}">{cards(exchange, number, language, ROOT)}</section></article>'
    )


def _page(content: str, title: str, language: Language) -> str:
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)} · {escape(say(language, 'brand'))}</title>"
        f'<link rel="icon" href="{ROOT}wennuo/icon.png"><link rel="stylesheet" href="{ROOT}wennuo/style.css">'
        f'<link rel="stylesheet" href="{ROOT}wennuo/chat.css"><script src="{ROOT}wennuo/shared.js" defer></script></head>'
        f'<body class="shared"><main>{content}</main></body></html>'
    )
