"""What stands round the turns: the bar above them, the forms that the page lays over it, and the beginning. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from ui.render import escape
from ui.store.feedback import LONGEST_NOTE, REASONS
from ui.words import Language, say

KEYS = (
    ("Enter", "keys_send"),
    ("Shift + Enter", "keys_line"),
    ("↑", "keys_last"),
    ("Ctrl / ⌘ + K", "keys_new"),
    ("/", "keys_focus"),
    ("Esc", "keys_stop"),
    ("?", "keys_help"),
)
_SAID = (
    "act_stopped",
    "act_edit_send",
    "act_edit_cancel",
    "opinion_thanks",
    "opinion_failed",
    "share_failed",
    "history_failed",
    "logged_out",
)


def bar(language: Language, conversation: str = "", title: str = "") -> str:
    """The title of the conversation with what can be done with all of it, and the forms for later."""
    said = "".join(f' data-{key.replace("_", "-")}="{escape(say(language, key))}"' for key in _SAID)
    acts = ""
    if conversation:
        query = escape(urlencode({"conversation": conversation}))
        acts = (
            f'<a class="quiet" href="wennuo/export/conversation?{query}" download>{escape(say(language, "act_word"))}</a>'
            f'<button type="button" class="quiet" data-share="all">{escape(say(language, "act_share"))}</button>'
        )
    toggle, new, keys = (escape(say(language, key)) for key in ("history_toggle", "history_new", "keys"))
    return (
        f'<div class="bar-held"{said}><button type="button" class="quiet icon rail" data-history="1"'
        f' aria-label="{toggle}" title="{toggle}" aria-controls="history"></button>'
        f"<h2>{escape(title or say(language, 'chat_title'))}</h2>"
        f'<span class="bar-acts">{acts}<button type="button" class="quiet" data-new="1">{new}</button>'
        f'<button type="button" class="quiet icon keys" data-keys="1" aria-label="{keys}" title="{keys}"></button></span>'
        f'<template class="opinion-form">{opinion_form(language)}</template>'
        f'<template class="keys-list">{keys_list(language)}</template></div>'
    )


def opinion_form(language: Language) -> str:
    """What is asked of one who finds an answer wrong."""
    choices = "".join(
        f'<label><input type="radio" name="reason" value="{reason}" required>'
        f"<span>{escape(say(language, 'because_' + reason))}</span></label>"
        for reason in REASONS
    )
    note, send, cancel = (escape(say(language, f"opinion_{key}")) for key in ("note", "send", "cancel"))
    return (
        f'<form class="opinion"><fieldset><legend>{escape(say(language, "opinion_ask"))}</legend>{choices}</fieldset>'
        f'<label class="more">{note}<textarea name="note" rows="2" maxlength="{LONGEST_NOTE}"></textarea></label>'
        f'<div class="acts"><button type="submit" class="quiet strong">{send}</button>'
        f'<button type="button" class="quiet" data-opinion-cancel="1">{cancel}</button></div></form>'
    )


def keys_list(language: Language) -> str:
    """The keys of the chat."""
    rows = "".join(
        f"<dt><kbd>{escape(key)}</kbd></dt><dd>{escape(say(language, told))}</dd>" for key, told in KEYS
    )
    return f'<h2>{escape(say(language, "keys"))}</h2><dl class="keys-held">{rows}</dl>'


def welcome(starters: Sequence[str], language: Language, *, busy: bool = False) -> str:
    """What stands in place of a conversation that has not begun. busy: documents are being taken in."""
    buttons = "".join(
        f'<button type="button" class="starter" data-question="{escape(starter)}">{escape(starter)}</button>'
        for starter in starters
    )
    suggestions = f"<h3>{escape(say(language, 'starters'))}</h3><div>{buttons}</div>" if starters else ""
    return (
        f'<div class="welcome"><h2>{escape(say(language, "welcome"))}</h2>'
        f"<p>{escape(say(language, 'welcome_more'))}</p>{_busy(busy, language)}{suggestions}</div>"
    )


def empty_library(language: Language, *, busy: bool = False, curator: bool = True) -> str:
    """What stands there while there is nothing to ask about. curator: whether the reader may add documents."""
    button = (
        f'<button type="button" class="starter" data-open-library="1">{escape(say(language, "empty_open"))}</button>'
        if curator
        else ""
    )
    return (
        f'<div class="welcome empty"><h2>{escape(say(language, "empty_title"))}</h2>{_busy(busy, language)}'
        f"<p>{escape(say(language, 'empty_more' if curator else 'empty_wait'))}</p>{button}</div>"
    )


def chips(chosen: Sequence[tuple[str, str, str]], language: Language) -> str:
    """What the next question is restricted to: (field, value, words) each, to be taken off one by one."""
    if not chosen:
        return ""
    held = "".join(
        f'<li><button type="button" data-field="{escape(field)}" data-value="{escape(value)}"'
        f' aria-label="{escape(say(language, "scope_remove", chosen=words))}">{escape(words)}</button></li>'
        for field, value, words in chosen
    )
    clear = ""
    if len(chosen) > 1:
        clear = f'<button type="button" class="all" data-field="all">{escape(say(language, "scope_clear"))}</button>'
    return (
        f'<div class="scope-chips"><span>{escape(say(language, "scope_heading"))}</span>'
        f'<ul aria-label="{escape(say(language, "scope_heading"))}">{held}</ul>{clear}</div>'
    )


def _busy(busy: bool, language: Language) -> str:
    return f'<p class="note notice">{escape(say(language, "ingest_running"))}</p>' if busy else ""
