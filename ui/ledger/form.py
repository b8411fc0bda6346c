"""The ledger's filter as a form, and what stands there while there is nothing to filter. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from corpus.commitment import PROMISES
from corpus.ledger import STATUSES
from ui.ledger.reading import Choices
from ui.ledger.render import FORM
from ui.ledger.view import UNSET, View
from ui.render import escape, shorten
from ui.words import Language, say

TITLE_LENGTH = 40  # characters


def form(choices: Choices, view: View, today: datetime.date, language: Language) -> str:
    """All fields, filled with what `view` says. Fields of the numbers and of the table belong to it by its id.

    today: the day that counts unless another is chosen.
    """
    year = "" if view.year is None else str(view.year)
    fields = [
        choice(
            "document",
            [(name, shorten(title, TITLE_LENGTH)) for name, title in choices.documents],
            view.document,
            language,
        ),
        choice(
            "year", [(str(each), say(language, "year", year=each)) for each in choices.years], year, language
        ),
        choice("issuer", [(each, each) for each in choices.issuers], view.issuer, language),
        choice("kind", [(each, say(language, f"kind_{each}")) for each in PROMISES], view.kind, language),
        choice(
            "status",
            [(each, say(language, f"progress_{each}")) for each in (UNSET, *STATUSES)],
            view.status,
            language,
        ),
        entry("owner", "text", view.owner, language, ' list="ledger-owners" maxlength="200"'),
        entry("words", "search", view.words, language, ' maxlength="200"'),
        entry("from", "date", str(view.due_from or ""), language),
        entry("to", "date", str(view.due_to or ""), language),
        entry(
            "day",
            "date",
            str(view.day),
            language,
            f' data-today="{today}" title="{escape(say(language, "filter_day_hint"))}"',
        ),
    ]
    owners = "".join(f'<option value="{escape(owner)}"></option>' for owner in choices.owners)
    listed = f'<datalist id="ledger-owners">{owners}</datalist>'
    return filled(FORM, fields, language) + listed


def filled(identity: str, fields: Iterable[str], language: Language) -> str:
    """The form round its fields, which can be folded up."""
    clear = escape(say(language, "filter_clear"))
    return (
        f'<details class="filters" open><summary>{escape(say(language, "filters"))}</summary>'
        f'<form class="filtering" id="{identity}" autocomplete="off">{"".join(fields)}'
        f'<button type="button" class="quiet" data-clear="1">{clear}</button></form></details>'
    )


def choice(
    name: str,
    options: Iterable[tuple[str, str]],
    chosen: str,
    language: Language,
    *,
    all_of_them: bool = True,
) -> str:
    """A field to choose one of (value, label); with all_of_them also none of them."""
    blank = [("", say(language, "filter_all"))] if all_of_them else []
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in (*blank, *options)
    )
    return (
        f'<label class="field {name}"><span>{escape(say(language, f"filter_{name}"))}</span>'
        f'<select name="{name}">{listed}</select></label>'
    )


def entry(name: str, kind: str, value: str, language: Language, more: str = "") -> str:
    """A field to fill in; more: attributes as they stand in the markup."""
    hint = ""
    if name in ("owner", "words"):
        hint = f' placeholder="{escape(say(language, f"filter_{name}_hint"))}"'
    return (
        f'<label class="field {name}"><span>{escape(say(language, f"filter_{name}"))}</span>'
        f'<input type="{kind}" name="{name}" value="{escape(value)}"{hint}{more}></label>'
    )


def nothing(key: str, language: Language) -> str:
    """What to do while there is no row: the words under `key` and the way to the library."""
    return (
        f'<div class="nothing"><h3>{escape(say(language, f"{key}_title"))}</h3>'
        f"<p>{escape(say(language, f'{key}_more'))}</p>"
        f'<button type="button" class="act" data-open-library="1">{escape(say(language, "empty_open"))}</button></div>'
    )
