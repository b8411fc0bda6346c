"""Values to escaped HTML: what every part of the page needs. Pure; everything that comes from outside goes through `escape`."""

from __future__ import annotations

import html
import re

from ui.people import BEGINS, Person
from ui.words import LANGUAGES, Language, say

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


def header(language: Language, person: Person | None = None, generation: int | None = None) -> str:
    """The brand, who is logged in, and the language switch; generation: of the library, by which the tabs hear that it changed."""
    buttons = "".join(
        f'<button type="button" data-language="{escape(code)}" lang="{escape(code)}"'
        f' aria-pressed="{"true" if code == language else "false"}">{escape(name)}</button>'
        for code, name in LANGUAGES.items()
    )
    begins = f' data-begins="{BEGINS[person.post] if person.name else ""}"' if person else ""
    return (
        f'<div class="masthead" data-interface="{escape(language)}"{begins} data-title="{escape(say(language, "title"))}"'
        f' data-copied="{escape(say(language, "copied"))}" data-copy-failed="{escape(say(language, "copy_failed"))}"'
        f' data-more="{escape(say(language, "more"))}" data-notice="{escape(say(language, "notice"))}" data-failure="{escape(say(language, "error"))}"'
        f' data-disconnected="{escape(say(language, "disconnected"))}"'
        f' data-reader-failed="{escape(say(language, "reader_failed"))}"'
        f' data-reader-close="{escape(say(language, "reader_close"))}">'
        f'<wennuo-library data-generation="{"" if generation is None else generation}" hidden></wennuo-library>'
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
