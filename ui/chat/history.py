"""The list of a person's conversations and of their links, as escaped HTML. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby

from ui.render import escape
from ui.store.shares import Share
from ui.store.turns import LONGEST_TITLE, Conversation
from ui.words import Language, say

SHOWN = 80  # conversations in the list; the others are found by searching


def shell(language: Language) -> str:
    """The element that fills itself; another language makes it load anew."""
    return f'<wennuo-history data-spoken="{escape(language)}"></wennuo-history>'


def history(found: Sequence[Conversation], language: Language, today: datetime.date) -> str:
    """The whole side: a new conversation, search, the list, the links."""
    new, search, links, close = (
        escape(say(language, key))
        for key in ("history_new", "history_search", "history_shares", "reader_close")
    )
    return (
        f'<nav class="history" aria-label="{escape(say(language, "history"))}">'
        f'<div class="top"><button type="button" class="new" data-new="1">{new}</button>'
        f'<button type="button" class="quiet icon shut" data-history="1" aria-label="{close}" title="{close}"></button></div>'
        f'<input type="search" maxlength="60" placeholder="{search}" aria-label="{search}">'
        f'<div class="days" aria-live="polite">{listed(found, language, today)}</div>'
        f'<button type="button" class="quiet links" data-links="1">{links}</button></nav>'
    )


def listed(found: Sequence[Conversation], language: Language, today: datetime.date, search: str = "") -> str:
    """The conversations by day; a word where there are none. search: what was looked for."""
    if not found:
        words = say(language, "history_no_match", words=search) if search else say(language, "history_none")
        return f'<p class="note">{escape(words)}</p>'
    more = (
        f'<p class="note">{escape(say(language, "history_more", most=SHOWN))}</p>'
        if len(found) > SHOWN
        else ""
    )
    days = "".join(
        f"<h3>{escape(say(language, key))}</h3><ul>{''.join(_row(each, language) for each in rows)}</ul>"
        for key, rows in _by_day(found[:SHOWN], today)
    )
    return days + more


def _by_day(found: Sequence[Conversation], today: datetime.date) -> Iterator[tuple[str, list[Conversation]]]:
    def key(conversation: Conversation) -> str:
        days = (today - local_day(conversation.changed_at)).days
        if days <= 1:
            return "history_today" if days <= 0 else "history_yesterday"
        return "history_week" if days < 7 else "history_earlier"

    for name, rows in groupby(found, key):
        yield name, list(rows)


def local_day(at: str) -> datetime.date:
    """The day, by the server's clock, of a moment in UTC, ISO 8601."""
    return datetime.datetime.fromisoformat(at).astimezone().date()


def _row(conversation: Conversation, language: Language) -> str:
    title = escape(conversation.title)
    rename, remove = (escape(say(language, f"history_{act}")) for act in ("rename", "remove"))
    return (
        f'<li data-conversation="{escape(conversation.id)}"><button type="button" class="open" title="{title}">{title}</button>'
        f'<button type="button" class="icon rename" aria-label="{rename} {title}" title="{rename}"></button>'
        f'<button type="button" class="icon remove" aria-label="{remove} {title}" title="{remove}"></button></li>'
    )


def forms(language: Language) -> str:
    """The forms that the page lays over a row: another title, and whether it is really to go."""
    save, cancel, sure, ask, title = (
        escape(say(language, f"history_{key}"))
        for key in ("save", "cancel", "remove_sure", "remove_ask", "title")
    )
    return (
        f'<template class="rename-form"><form class="rename-held"><input name="title" required maxlength="{LONGEST_TITLE}"'
        f' aria-label="{title}"><button type="submit" class="quiet strong">{save}</button>'
        f'<button type="button" class="quiet" data-cancel="1">{cancel}</button></form></template>'
        f'<template class="remove-form"><form class="remove-held"><p>{ask}</p>'
        f'<button type="submit" class="quiet danger">{sure}</button>'
        f'<button type="button" class="quiet" data-cancel="1">{cancel}</button></form></template>'
    )


def links(found: Sequence[Share], language: Language) -> str:
    """The links that a person has made and that still hold."""
    rows = "".join(
        f'<li data-link="{escape(share.id)}"><a href="share/{escape(share.id)}" target="_blank" rel="noopener">{escape(share.title)}</a>'
        f'<span class="note">{escape(say(language, "share_ends", day=local_day(share.ends_at)))}</span>'
        f'<button type="button" class="quiet" data-revoke="{escape(share.id)}"'
        f' data-revoked="{escape(say(language, "share_revoked"))}">{escape(say(language, "share_revoke"))}</button></li>'
        for share in found
    )
    body = (
        f'<ul class="links-held">{rows}</ul>'
        if rows
        else f'<p class="note">{escape(say(language, "share_none"))}</p>'
    )
    return f"<h2>{escape(say(language, 'history_shares'))}</h2>{body}"


def made(share: Share, language: Language) -> str:
    """The new link, to be copied or taken back; the page puts its own address in front."""
    told = say(language, "share_made", day=local_day(share.ends_at))
    title, copy, revoke = (escape(say(language, f"share_{key}")) for key in ("title", "copy", "revoke"))
    return (
        f'<h2>{title}</h2><p>{escape(told)}</p><div class="made" data-link="{escape(share.id)}">'
        f'<input readonly aria-label="{title}" data-path="share/{escape(share.id)}">'
        f'<button type="button" class="quiet strong" data-copy="">{copy}</button>'
        f'<button type="button" class="quiet" data-revoke="{escape(share.id)}"'
        f' data-revoked="{escape(say(language, "share_revoked"))}">{revoke}</button></div>'
    )
