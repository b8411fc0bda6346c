"""One document with all that is known of it, and the administrator's collections, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.collections import LONGEST_COLLECTION, ROLES, Collection, Revision
from corpus.document import KINDS, Inferred, Metadata
from corpus.library import Entry
from ui.documents.words import SOURCES
from ui.listing import chip, moment, reading
from ui.render import escape
from ui.words import Language, say

FIELDS = ("title", "kind", "issuer", "region", "date", "year", "period", "speaker", "aliases")
LONG = ("title", "issuer", "aliases")
"""Fields that take a whole line."""
LONGEST_FIELD = 500  # characters


@dataclass(frozen=True, slots=True)
class Known:
    """All that the panel shows. inferred: what the rules find, for what was corrected; overrides: what a person corrected."""

    entry: Entry
    inferred: Metadata
    overrides: Mapping[str, Any]
    mine: Sequence[str]
    collections: Sequence[Collection]
    revisions: Sequence[Revision]


def plain(metadata: Metadata, field: str) -> str:
    """The value of a field as it stands in a form; "" where there is none."""
    if field == "aliases":
        return "、".join(metadata.aliases)
    inferred: Inferred[Any] | None = getattr(metadata, field)
    return "" if inferred is None else str(inferred.value)


def spoken(field: str, value: str, language: Language) -> str:
    """The value as it is read."""
    return say(language, f"kind_{value}") if field == "kind" and value in KINDS else value


def panel(known: Known, language: Language, *, curator: bool, saved: bool = False) -> str:
    """The whole panel; what only a curator may do is left out for others."""
    entry = known.entry
    size = say(language, "documents_size", characters=f"{entry.characters:,}", passages=f"{entry.passages:,}")
    facts = _form(known, language, saved) if curator else _facts(known, language)
    removal = ""
    if curator:
        removal = (
            f'<p class="ending"><button type="button" class="quiet danger" data-remove="{escape(entry.name)}">'
            f"{escape(say(language, 'documents_remove_one'))}</button></p>"
        )
    return (
        f'<section class="detail" data-document="{escape(entry.name)}" data-revision="{escape(entry.revision)}">'
        f'<header><h2 tabindex="-1">{escape(entry.metadata.title.value)}</h2>'
        f'<button type="button" class="quiet" data-panel-close="1">{escape(say(language, "documents_close"))}</button></header>'
        f'<p class="file">{escape(entry.name)}</p><p class="note">{escape(size)}</p>'
        f'<p><a class="act" href="{reading(entry.name)}" target="wennuo-reader" rel="noopener" data-read="1">'
        f"{escape(say(language, 'documents_read'))}</a></p>"
        f"<h3>{escape(say(language, 'documents_facts'))}</h3>{facts}"
        f"<h3>{escape(say(language, 'documents_shelves'))}</h3>{_shelves(known, language, curator)}"
        f"<h3>{escape(say(language, 'documents_revisions'))}</h3>{_revisions(known, language)}{removal}</section>"
    )


def _facts(known: Known, language: Language) -> str:
    rows = []
    for field in FIELDS:
        value = spoken(field, plain(known.entry.metadata, field), language) or say(language, "unknown")
        rows.append(
            f"<dt>{escape(say(language, f'documents_field_{field}'))}</dt><dd>{escape(value)}"
            f"<small>{escape(whence(known, field, language))}</small></dd>"
        )
    return f"<dl>{''.join(rows)}</dl>"


def whence(known: Known, field: str, language: Language) -> str:
    """Where the value of a field comes from, and how sure that is."""
    if field in known.overrides:
        empty = not known.overrides[field]
        return say(language, "documents_whence_emptied" if empty else "documents_whence_person")
    if field == "aliases":
        return ""
    inferred: Inferred[Any] | None = getattr(known.entry.metadata, field)
    if inferred is None:
        return say(language, "documents_whence_none")
    if inferred.source in ("person", "sidecar"):
        return say(language, f"documents_whence_{inferred.source}")
    source = inferred.source
    if language == "zh-CN":
        source = SOURCES.get(inferred.source, "正文")
    return say(language, "documents_whence", share=round(100 * inferred.confidence), source=source)


def _form(known: Known, language: Language, saved: bool) -> str:
    fields = "".join(_field(known, field, language) for field in FIELDS)
    words = "".join(
        f' data-{name}="{escape(say(language, key))}"'
        for name, key in (("failed", "documents_unsaved"), ("same", "documents_nothing_new"))
    )
    told = say(language, "documents_saved") if saved else ""
    return (
        f'<p class="note">{escape(say(language, "documents_facts_note"))}</p>'
        f'<form class="describing"{words}>{fields}<p class="saving"><button type="submit" class="act">'
        f'{escape(say(language, "documents_save"))}</button> <span class="told" role="status">{escape(told)}</span></p></form>'
    )


def _field(known: Known, field: str, language: Language) -> str:
    label = say(language, f"documents_field_{field}")
    value = plain(known.entry.metadata, field)
    would = plain(known.inferred, field)
    acts = ""
    if field != "title" and value:
        acts = (
            f'<button type="button" class="small" data-empty="{field}" aria-label="{escape(say(language, "documents_empty_field_of", field=label))}">'
            f"{escape(say(language, 'documents_empty_field'))}</button>"
        )
    told = whence(known, field, language)
    if field in known.overrides:
        acts += (
            f'<button type="button" class="small" data-undo="{field}" aria-label="{escape(say(language, "documents_undo_of", field=label))}">'
            f"{escape(say(language, 'documents_undo'))}</button>"
        )
        shown = spoken(field, would, language)
        told += ("；" if language == "zh-CN" else "; ") + (
            say(language, "documents_would", value=shown) if would else say(language, "documents_would_none")
        )
    return (
        f'<div class="field{" long" if field in LONG else ""}" data-field="{field}" data-inferred="{escape(would)}">'
        f"<label><span>{escape(label)}</span>{_input(field, value, language)}</label>"
        f'<small>{escape(told)}</small><span class="acts">{acts}</span></div>'
    )


def _input(field: str, value: str, language: Language) -> str:
    if field == "kind":
        offered = [("", say(language, "unknown")), *((kind, say(language, f"kind_{kind}")) for kind in KINDS)]
        options = "".join(
            f'<option value="{kind}"{" selected" if kind == value else ""}>{escape(words)}</option>'
            for kind, words in offered
        )
        return f'<select name="kind">{options}</select>'
    kinds = {"date": ' type="date"', "year": ' type="number" min="1900" max="2200" step="1"'}
    hint = f' placeholder="{escape(say(language, "documents_aliases_hint"))}"' if field == "aliases" else ""
    return (
        f'<input name="{field}"{kinds.get(field, " type=text")} value="{escape(value)}"'
        f' maxlength="{LONGEST_FIELD}" autocomplete="off"{hint}>'
    )


def _shelves(known: Known, language: Language, curator: bool) -> str:
    audiences = {each.name: each.audience for each in known.collections}
    if not curator:
        chips = "".join(chip(name, audiences.get(name, "reader"), language) for name in known.mine)
        return f"<p>{chips}</p>" if chips else f'<p class="note">{escape(say(language, "unknown"))}</p>'
    if not known.collections:
        return f'<p class="note">{escape(say(language, "documents_shelves_none"))}</p>'
    out = "" if known.mine else f'<p class="note">{escape(say(language, "documents_shelves_out"))}</p>'
    boxes = "".join(
        f'<label><input type="checkbox" name="collection" value="{escape(each.name)}"{" checked" if each.name in known.mine else ""}>'
        f"{chip(each.name, each.audience, language)}</label>"
        for each in known.collections
    )
    failed = escape(say(language, "documents_unsaved"))
    return f'<div class="assigning" data-failed="{failed}">{boxes}{out}<span class="told" role="status"></span></div>'


def _revisions(known: Known, language: Language) -> str:
    rows: list[str] = []
    for each in known.revisions:
        said = [say(language, "documents_revision_size", characters=f"{each.characters:,}")]
        if each.by:
            said.append(say(language, "documents_revision_by", by=each.by))
        said.append(say(language, "documents_revision_mark", mark=each.revision[:8]))
        now = ""
        if each.revision == known.entry.revision and not rows:
            now = f' <span class="badge">{escape(say(language, "documents_revision_now"))}</span>'
        title = f"<span>{escape(each.title)}</span>" if each.title != known.entry.metadata.title.value else ""
        words = "".join(f"<span>{escape(word)}</span>" for word in said)
        rows.append(
            f'<li><time datetime="{escape(each.ingested_at)}">{escape(moment(each.ingested_at))}</time>{now}'
            f'<p class="facts">{words}{title}</p></li>'
        )
    return f'<ol class="revisions">{"".join(rows)}</ol>'


def managing(collections: Sequence[Collection], language: Language, *, open_to_all: bool) -> str:
    """What an administrator makes collections with. open_to_all: log-in is off, so that no audience holds."""
    note = say(language, "documents_manage_note")
    if open_to_all:
        note = f"{note} {say(language, 'documents_manage_open')}".strip()
    rows = "".join(_managed(each, language) for each in collections)
    failed = escape(say(language, "documents_unsaved"))
    return (
        f'<details class="managing"><summary>{escape(say(language, "documents_manage"))}</summary>'
        f'<p class="note">{escape(note)}</p><div data-failed="{failed}">{rows}{_managed(None, language)}'
        '<p class="told" role="status"></p></div></details>'
    )


def _managed(collection: Collection | None, language: Language) -> str:
    name = collection.name if collection else ""
    audience = collection.audience if collection else "reader"
    options = "".join(
        f'<option value="{role}"{" selected" if role == audience else ""}>'
        f"{escape(say(language, f'documents_audience_{role}'))}</option>"
        for role in ROLES
    )
    act = say(language, "documents_save" if collection else "documents_manage_add")
    rest = ""
    if collection:
        count = say(language, "documents_manage_count", count=len(collection.documents))
        words = say(language, "documents_manage_delete_of", name=name)
        asked = say(language, "documents_manage_ask", name=name)
        rest = (
            f'<span class="note">{escape(count)}</span><button type="button" class="quiet danger" data-delete="{escape(name)}"'
            f' data-asked="{escape(asked)}" data-sure="{escape(say(language, "documents_manage_sure"))}"'
            f' aria-label="{escape(words)}">{escape(say(language, "documents_manage_delete"))}</button>'
        )
    label = say(language, "documents_manage_name" if collection else "documents_manage_new")
    return (
        f'<form class="managed" data-name="{escape(name)}"><label class="field"><span>{escape(label)}</span>'
        f'<input type="text" name="name" value="{escape(name)}" maxlength="{LONGEST_COLLECTION}" required autocomplete="off"></label>'
        f'<label class="field"><span>{escape(say(language, "documents_manage_audience"))}</span>'
        f'<select name="audience">{options}</select></label>'
        f'<button type="submit" class="quiet">{escape(act)}</button>{rest}</form>'
    )


def dialog(language: Language) -> str:
    """The question before something is taken away; the script fills in what it is."""
    words = "".join(
        f' data-{name}="{escape(say(language, key))}"'
        for name, key in (
            ("one", "remove_ask"),
            ("several", "documents_remove_several"),
            ("title", "documents_remove_title"),
            ("manage", "documents_manage"),
            ("sure", "remove_confirm"),
            ("failed", "documents_unsaved"),
            ("refused", "documents_not_allowed"),
        )
    )
    return (
        f'<dialog class="asking" aria-labelledby="documents-asked"{words}><h2 id="documents-asked"></h2>'
        '<p class="question"></p><ul class="named"></ul><div class="answers">'
        f'<button type="button" class="quiet" data-no="1">{escape(say(language, "remove_cancel"))}</button>'
        '<button type="button" class="act danger" data-yes="1"></button></div></dialog>'
    )
