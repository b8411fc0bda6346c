"""The library's list, its form, the upload box and the verdicts as escaped HTML. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from corpus.collections import Collection
from ingest.pipeline import Verdict
from ui.documents.view import LOOSE, SORTS, Listed, Shelf
from ui.render import escape
from ui.words import Language, say

COLUMNS = ("title", "kind", "year", "issuer", "collections", "characters", "ingested", "action")


def upload_box(formats: Sequence[str], megabytes: int, collections: Sequence[str], language: Language) -> str:
    """Buttons for files and for a folder, and a field to drop them on; what it says while it works is in its data attributes."""
    accept = ",".join(formats)
    kinds = ("、" if language == "zh-CN" else ", ").join(suffix.lstrip(".") for suffix in formats)
    said = {
        "busy": "upload_busy",
        "done": "upload_done",
        "failed": "upload_failed",
        "stopped": "documents_stopped",
        "skipped": "documents_skipped",
        "same": "documents_same_name",
        "fail": "outcome_failed",
        "refused": "documents_logged_out",
    }
    words = "".join(f' data-{name}="{escape(say(language, key))}"' for name, key in said.items())
    into = ""
    if collections:
        options = _options(
            [("", say(language, "documents_into_none")), *((each, each) for each in collections)], ""
        )
        into = (
            f'<label class="into"><span>{escape(say(language, "documents_into"))}</span>'
            f'<select name="into">{options}</select></label>'
        )
    return (
        f'<wennuo-upload><section class="upload" data-accept="{escape(accept)}"{words}'
        f' aria-label="{escape(say(language, "upload"))}"><div class="ways">'
        f'<label class="choose"><input type="file" multiple accept="{escape(accept)}" data-files="1">'
        f"<span>{escape(say(language, 'upload_choose'))}</span></label>"
        f'<label class="choose plain"><input type="file" webkitdirectory data-files="1">'
        f"<span>{escape(say(language, 'documents_folder'))}</span></label>"
        f"<p>{escape(say(language, 'upload_drop'))}</p>{into}</div>"
        f'<p class="note">{escape(say(language, "upload_formats", formats=kinds, size=megabytes))}</p>'
        '<div class="working" hidden><progress max="1" value="0"></progress>'
        f'<button type="button" class="quiet" data-stop="1">{escape(say(language, "documents_stop"))}</button></div>'
        '<p class="progress" role="status"></p><ul class="verdicts"></ul></section></wennuo-upload>'
    )


def verdict(one: Verdict, language: Language) -> str:
    """One line about one file."""
    reason = f'<span class="reason">{escape(one.reason)}</span>' if one.reason else ""
    return (
        f'<li class="verdict {escape(one.outcome)}"><span class="badge">{escape(say(language, "outcome_" + one.outcome))}</span>'
        f'<span class="name">{escape(one.name)}</span>{reason}</li>'
    )


def moment(ingested_at: str) -> str:
    """An ISO moment as local day and minute; the text itself where it is none."""
    try:
        return datetime.datetime.fromisoformat(ingested_at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ingested_at


def form(shelf: Shelf, language: Language) -> str:
    """What the list is narrowed and put in order by."""
    view, choices = shelf.view, shelf.choices
    every = ("", say(language, "documents_every"))
    collections = [every, *((name, name) for name in choices.collections)]
    if choices.collections:
        collections.append((LOOSE, say(language, "documents_loose")))
    years = [every, *((str(year), say(language, "year", year=year)) for year in choices.years)]
    kinds = [every, *((kind, say(language, f"kind_{kind}")) for kind in choices.kinds)]
    sorts = [(sort, say(language, f"documents_sort_{sort}")) for sort in SORTS]
    issuers = [every, *((each, each) for each in choices.issuers)]
    fields = [
        f'<label class="field words"><span>{escape(say(language, "documents_words"))}</span><input type="search" name="words"'
        f' value="{escape(view.words)}" placeholder="{escape(say(language, "documents_words_hint"))}" autocomplete="off"></label>'
    ]
    if choices.collections:
        fields.append(_select("collection", "documents_collection", collections, view.collection, language))
    fields += [
        _select("year", "column_year", years, view.year, language),
        _select("issuer", "column_issuer", issuers, view.issuer, language),
        _select("kind", "column_kind", kinds, view.kind, language),
        _select("sort", "documents_sort", sorts, view.sort, language),
    ]
    return f'<form class="choosing" role="search">{"".join(fields)}</form>'


def _select(name: str, key: str, offered: Iterable[tuple[str, str]], chosen: str, language: Language) -> str:
    return (
        f'<label class="field {name}"><span>{escape(say(language, key))}</span>'
        f'<select name="{name}">{_options(offered, chosen)}</select></label>'
    )


def _options(offered: Iterable[tuple[str, str]], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in offered
    )


def nothing(language: Language, curator: bool) -> str:
    """What to do where the library is empty."""
    key = "documents_empty_curator" if curator else "documents_empty_reader"
    return (
        f'<div class="nothing"><h3>{escape(say(language, "empty_title"))}</h3>'
        f"<p>{escape(say(language, key))}</p></div>"
    )


def results(shelf: Shelf, language: Language, curator: bool) -> str:
    """How many there are, what may be done to those that are selected, and a row for each document."""
    if not shelf.total:
        return nothing(language, curator)
    if shelf.view.narrowed:
        count = say(language, "documents_found", count=shelf.found, all=shelf.total)
    else:
        count = say(language, "documents_count", count=shelf.total, characters=f"{shelf.characters:,}")
    clear = ""
    if shelf.view.narrowed:
        clear = f'<button type="button" class="quiet" data-clear="1">{escape(say(language, "documents_clear"))}</button>'
    bar = f'<div class="bar"><p class="found" role="status">{escape(count)}</p>{clear}</div>'
    if not shelf.found:
        return (
            f'{bar}<div class="nothing"><h3>{escape(say(language, "documents_none_title"))}</h3>'
            f"<p>{escape(say(language, 'documents_none_more'))}</p></div>"
        )
    columns = [column for column in COLUMNS if column != "collections" or shelf.collections]
    head = "".join(_heading(column, language) for column in columns)
    picking = ""
    if curator:
        every = escape(say(language, "documents_pick_all"))
        head = f'<th scope="col" class="pick"><input type="checkbox" data-pick-all="1" aria-label="{every}"></th>{head}'
        picking = _batch(shelf.collections, language)
    audiences = {collection.name: collection.audience for collection in shelf.collections}
    rows = "".join(_row(each, columns, audiences, language, curator) for each in shelf.rows)
    return (
        f"{bar}{picking}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"{_pager(shelf, language)}"
    )


def _heading(column: str, language: Language) -> str:
    key = "documents_collection" if column == "collections" else f"column_{column}"
    return f'<th scope="col" class="{column}">{escape(say(language, key))}</th>'


def _batch(collections: Sequence[Collection], language: Language) -> str:
    put = ""
    if collections:
        offered = [
            ("", say(language, "documents_put_choose")),
            *((each.name, each.name) for each in collections),
        ]
        put = (
            f'<label><span class="unseen">{escape(say(language, "documents_put"))}</span>'
            f'<select data-put="1">{_options(offered, "")}</select></label>'
        )
    return (
        f'<div class="batch" hidden data-count="{escape(say(language, "documents_picked"))}"><span class="picked" role="status"></span>'
        f'{put}<button type="button" class="quiet danger" data-remove-picked="1">{escape(say(language, "documents_remove_picked"))}</button>'
        f'<button type="button" class="quiet" data-unpick="1">{escape(say(language, "documents_unpick"))}</button></div>'
    )


def _row(
    listed: Listed, columns: Sequence[str], audiences: Mapping[str, str], language: Language, curator: bool
) -> str:
    entry, metadata = listed.entry, listed.entry.metadata
    unknown = say(language, "unknown")
    title = metadata.title.value
    cells = {
        "kind": escape(say(language, f"kind_{metadata.kind.value}") if metadata.kind else unknown),
        "year": escape(metadata.year.value if metadata.year else unknown),
        "issuer": escape(metadata.issuer.value if metadata.issuer else unknown),
        "collections": "".join(
            chip(name, audiences.get(name, "reader"), language) for name in listed.collections
        ),
        "characters": f"{entry.characters:,}",
        "ingested": escape(moment(entry.ingested_at)),
    }
    rest = "".join(
        f'<td class="{column}" data-label="{escape(say(language, "column_" + column) if column != "collections" else say(language, "documents_collection"))}">{value}</td>'
        for column, value in cells.items()
        if column in columns
    )
    name = escape(entry.name)
    pick = ""
    if curator:
        words = escape(say(language, "documents_pick", title=title))
        pick = (
            f'<td class="pick"><input type="checkbox" name="pick" value="{name}" aria-label="{words}"></td>'
        )
    return (
        f'<tr data-name="{name}">{pick}<td class="title"><a href="{reading(entry.name)}" target="wennuo-reader" rel="noopener"'
        f' data-read="1">{escape(title)}</a><span class="file">{name}</span></td>{rest}'
        f'<td class="action"><button type="button" class="quiet" data-open="{name}"'
        f' aria-label="{escape(say(language, "documents_details"))} {escape(title)}">{escape(say(language, "documents_details"))}</button></td></tr>'
    )


def chip(name: str, audience: str, language: Language) -> str:
    """A collection's name, marked where not everyone may see it."""
    limited = ""
    if audience != "reader":
        limited = f"<small>{escape(say(language, f'documents_limited_{audience}'))}</small>"
    return f'<span class="chip-of {escape(audience)}">{escape(name)}{limited}</span>'


def reading(name: str) -> str:
    """The address of a document's text, escaped."""
    return escape("wennuo/read?" + urlencode({"document": name}))


def _pager(shelf: Shelf, language: Language) -> str:
    if shelf.pages == 1:
        return ""
    at = min(shelf.view.page, shelf.pages)
    words = say(language, "documents_page", page=at, pages=shelf.pages)

    def button(key: str, page: int) -> str:
        off = "" if 1 <= page <= shelf.pages else " disabled"
        return f'<button type="button" class="quiet" data-page="{page}"{off}>{escape(say(language, key))}</button>'

    return (
        f'<div class="pager">{button("documents_earlier", at - 1)}<span>{escape(words)}</span>'
        f"{button('documents_later', at + 1)}</div>"
    )
