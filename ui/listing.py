"""The library's list, the upload box and the verdicts as escaped HTML. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from urllib.parse import urlencode

from corpus.library import Entry
from ingest.pipeline import Verdict
from ui.render import escape
from ui.words import Language, say

COLUMNS = ("title", "kind", "year", "issuer", "characters", "passages", "ingested", "action")


def upload_box(formats: Sequence[str], megabytes: int, language: Language) -> str:
    """A button and a field to drop files on; what it says while it works is in its data attributes."""
    accept = ",".join(formats)
    kinds = ("、" if language == "zh-CN" else ", ").join(suffix.lstrip(".") for suffix in formats)
    return (
        f'<div class="upload" data-busy="{escape(say(language, "upload_busy"))}"'
        f' data-done="{escape(say(language, "upload_done"))}" data-failed="{escape(say(language, "upload_failed"))}">'
        f'<label class="choose"><input type="file" multiple accept="{escape(accept)}"'
        f' aria-label="{escape(say(language, "upload"))}"><span>{escape(say(language, "upload_choose"))}</span></label>'
        f"<p>{escape(say(language, 'upload_drop'))}</p>"
        f'<p class="note">{escape(say(language, "upload_formats", formats=kinds, size=megabytes))}</p>'
        '<p class="progress" role="status"></p><ul class="verdicts"></ul></div>'
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


def table(entries: Sequence[Entry], language: Language) -> str:
    """A row for each document, by name."""
    characters = sum(entry.characters for entry in entries)
    heading = f"<h2>{escape(say(language, 'documents'))}</h2>"
    if not entries:
        return (
            f'<div class="listing">{heading}<p class="note">{escape(say(language, "empty_title"))}</p></div>'
        )
    count = say(language, "documents_count", count=len(entries), characters=f"{characters:,}")
    head = "".join(f'<th scope="col">{escape(say(language, "column_" + column))}</th>' for column in COLUMNS)
    rows = "".join(_row(entry, language) for entry in entries)
    return (
        f'<div class="listing">{heading}<p class="note">{escape(count)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(entry: Entry, language: Language) -> str:
    metadata = entry.metadata
    unknown = say(language, "unknown")
    cells = {
        "kind": say(language, f"kind_{metadata.kind.value}") if metadata.kind else unknown,
        "year": str(metadata.year.value) if metadata.year else unknown,
        "issuer": metadata.issuer.value if metadata.issuer else unknown,
        "characters": f"{entry.characters:,}",
        "passages": f"{entry.passages:,}",
        "ingested": moment(entry.ingested_at),
    }
    rest = "".join(
        f'<td class="{column}" data-label="{escape(say(language, "column_" + column))}">{escape(value)}</td>'
        for column, value in cells.items()
    )
    name = escape(entry.name)
    from_address = escape("wennuo/read?" + urlencode({"document": entry.name}))
    return (
        f'<tr><td class="title"><a href="{from_address}" target="wennuo-reader" rel="noopener" data-read="1">'
        f'{escape(metadata.title.value)}</a><span class="file">{name}</span></td>{rest}'
        f'<td class="action"><button type="button" class="quiet" data-remove="{name}">'
        f"{escape(say(language, 'remove'))}</button></td></tr>"
    )


def confirmation(name: str, language: Language) -> str:
    """What is asked before a document is removed."""
    return f"<p>{escape(say(language, 'remove_ask'))}</p><p><strong>{escape(name)}</strong></p>"
