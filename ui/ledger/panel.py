"""One commitment beside the table: its sentence in the document, and how far it has come, as escaped HTML. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.answer import Citation
from corpus.document import Document
from corpus.ledger import LONGEST_NAME, LONGEST_NOTE, STATUSES, Kept, Progress
from ui.excerpt import excerpt
from ui.ledger import cells
from ui.ledger.phrases import address
from ui.listing import moment
from ui.render import escape, headline
from ui.words import Language, say


def panel(
    kept: Kept,
    document: Document | None,
    history: Sequence[Progress],
    day: datetime.date,
    language: Language,
    *,
    saved: bool = False,
) -> str:
    """The whole panel. document: the row's own revision, None where it is gone; history: newest first."""
    row = kept.row
    facts = [
        ("filter_owner", cells.owner(row.owner, language)),
        (
            "ledger_deadline",
            cells.deadline(row.deadline, language) + cells.late(kept, day, language),
        ),
        ("ledger_metric", cells.metric(row.metric, language)),
        ("filter_status", cells.status(kept.progress, language)),
    ]
    listed = "".join(f"<dt>{escape(say(language, key))}</dt><dd>{value}</dd>" for key, value in facts)
    return (
        f'<div class="detail" data-identity="{escape(row.identity)}">{header("panel", language)}'
        f'<p class="about">{cells.lamp(kept, day, language)}{cells.kind(kept, language)}</p>'
        f'<h2 tabindex="-1">{escape(row.what)}</h2><dl>{listed}</dl>'
        f"{sentence(kept, document, language)}{_noting(kept, language, saved)}{_history(history, language)}</div>"
    )


def header(key: str, language: Language) -> str:
    """The panel's name and its closing."""
    close = escape(say(language, "panel_close"))
    return (
        f"<header><h3>{escape(say(language, key))}</h3>"
        f'<button type="button" class="quiet" data-panel-close="1">{close}</button></header>'
    )


def gone(language: Language) -> str:
    """What stands in place of a row that the ledger no longer has."""
    return (
        f'<div class="detail">{header("panel", language)}'
        f'<p class="warning" role="alert">{escape(say(language, "panel_gone"))}</p></div>'
    )


def sentence(kept: Kept, document: Document | None, language: Language, key: str = "panel_sentence") -> str:
    """The row's words marked in their paragraph, the headings above, and the way to the whole document."""
    row = kept.row
    citation = Citation(1, row.document, row.revision, kept.title, row.path, row.span, row.quote, row.page)
    facts = [kept.title, row.document]
    if row.page is not None:
        facts.append(say(language, "page", page=row.page))
    if kept.issuer:
        facts.append(kept.issuer)
    before = after = ""
    if document is not None:
        found = excerpt(document, citation)
        before = ("…" if found.cut_before else "") + found.before
        after = found.after + ("…" if found.cut_after else "")
    headings = "".join(f"<li>{escape(headline(above))}</li>" for above in row.path)
    path = f'<ol class="path">{headings}</ol>' if headings else ""
    link = escape(address(row, "").lstrip("/"))
    return (
        f'<section class="card"><h3>{escape(say(language, key))}</h3>'
        f'<p class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</p>{path}'
        f"<blockquote>{escape(before)}<mark>{escape(row.quote)}</mark>{escape(after)}</blockquote>"
        f'<footer><a href="{link}" target="wennuo-reader" rel="noopener" data-read="1">'
        f"{escape(say(language, 'open_document'))}</a></footer></section>"
    )


def _noting(kept: Kept, language: Language, saved: bool) -> str:
    noted = kept.progress
    current = (noted.status if noted else None) or ""
    choices = "".join(
        f'<label><input type="radio" name="status" value="{value}"{" checked" if value == current else ""}>'
        f"<span>{escape(say(language, key))}</span></label>"
        for value, key in (("", "progress_none"), *((each, f"progress_{each}") for each in STATUSES))
    )
    percent = "" if noted is None or noted.percent is None else noted.percent
    note = noted.note if noted else ""
    told = escape(say(language, "panel_saved")) if saved else ""
    return (
        f'<form class="noting" data-address="wennuo/ledger/progress" data-failed="{escape(say(language, "save_failed"))}" autocomplete="off">'
        f"<h3>{escape(say(language, 'panel_progress'))}</h3>"
        f'<fieldset class="statuses"><legend class="unseen">{escape(say(language, "filter_status"))}</legend>{choices}</fieldset>'
        f'<label class="field"><span>{escape(say(language, "panel_percent"))}</span>'
        f'<input type="number" name="percent" min="0" max="100" step="1" inputmode="numeric" value="{percent}"></label>'
        f'<label class="field"><span>{escape(say(language, "panel_by"))}</span>'
        f'<input name="by" required maxlength="{LONGEST_NAME}" data-remembered="1"'
        f' placeholder="{escape(say(language, "panel_by_hint"))}"></label>'
        f'<label class="field wide"><span>{escape(say(language, "panel_note"))}</span>'
        f'<textarea name="note" rows="3" maxlength="{LONGEST_NOTE}"'
        f' placeholder="{escape(say(language, "panel_note_hint"))}">\n{escape(note)}</textarea></label>'
        f'<p class="wide ending"><button type="submit" class="act">{escape(say(language, "panel_save"))}</button>'
        f'<span class="told" role="status">{told}</span></p></form>'
    )


def _history(history: Sequence[Progress], language: Language) -> str:
    entries = [_entry(noted, language) for noted in history]
    return past(entries, say(language, "panel_history"), say(language, "panel_no_history"))


def past(entries: Sequence[str], title: str, none: str) -> str:
    """What people noted before, newest first, under its title; `none` says that there is nothing. entries are HTML, the others words."""
    heading = f"<h3>{escape(title)}</h3>"
    if not entries:
        return f'<section class="history">{heading}<p class="note">{escape(none)}</p></section>'
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    return f'<section class="history">{heading}<ol>{items}</ol></section>'


def _entry(noted: Progress, language: Language) -> str:
    if noted.status is None and noted.percent is None and not noted.note:
        told = f'<span class="faint">{escape(say(language, "panel_taken_back"))}</span>'
    else:
        told = cells.status(noted, language)
    note = f'<p class="words">{escape(noted.note)}</p>' if noted.note else ""
    return (
        f'{told} <span class="who">{escape(noted.by)}</span> <time datetime="{escape(noted.at)}">'
        f"{escape(moment(noted.at))}</time>{note}"
    )
