"""One promise and what was reported of it, with both sentences, and a person's word over the verdict, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.reconciliation import Reckoning
from corpus.document import Document
from corpus.ledger import LONGEST_NAME, LONGEST_NOTE, Kept, Ruling
from ui.ledger.panel import header, past, sentence
from ui.listing import moment
from ui.reconciliation.reading import VERDICTS, report_of
from ui.reconciliation.render import reason, said, verdict_name
from ui.render import escape, shorten
from ui.words import Language, say

Documents = Mapping[str, Document]
"""By a row's identity, the document it stands in, where that is still the row's revision."""


def panel(
    one: Reckoning,
    documents: Documents,
    history: Sequence[Ruling],
    language: Language,
    *,
    saved: bool = False,
) -> str:
    """The whole panel. history: all rulings on the promise, newest first."""
    promise, report = one.promise, report_of(one)
    reported = f'<p class="note">{escape(say(language, "pairs_unreported"))}</p>'
    if report is not None:
        reported = sentence(report, documents.get(report.row.identity), language, "pair_reported")
    return (
        f'<div class="detail" data-identity="{escape(promise.row.identity)}">{header("pair_panel", language)}'
        f'<h2 tabindex="-1">{escape(promise.row.what)}</h2>{_outcome(one, language)}'
        f"{sentence(promise, documents.get(promise.row.identity), language, 'pair_promised')}{reported}"
        f"{_others(one, report, language)}{_ruling(one, language, saved)}{_history(history, language)}</div>"
    )


def _outcome(one: Reckoning, language: Language) -> str:
    chip = f'<span class="badge verdict-{escape(one.settled)}">{escape(verdict_name(one.settled, language))}</span>'
    reckoned = f"{verdict_name(one.verdict, language)} · {reason(one, language)}"
    if one.ruling is None:
        return f'<p class="outcome">{chip} <span class="faint">{escape(reason(one, language))}</span></p>'
    who = f"{say(language, 'ruled')} · {one.ruling.by} · {moment(one.ruling.at)}"
    return (
        f'<p class="outcome">{chip} <span class="faint">{escape(who)}</span></p>'
        f'<p class="words">{escape(one.ruling.why)}</p>'
        f'<p class="faint">{escape(say(language, "machine_said", verdict=reckoned))}</p>'
    )


def _others(one: Reckoning, report: Kept | None, language: Language) -> str:
    shown = report.row.identity if report else ""
    rest = [kept for kept in (one.report, *one.others) if kept and kept.row.identity != shown]
    if not rest:
        return ""
    items = "".join(f"<li>{said(kept, language)}</li>" for kept in rest)
    return (
        f'<details class="others"><summary>{escape(say(language, "pair_others", count=len(rest)))}</summary>'
        f"<ol>{items}</ol></details>"
    )


def _ruling(one: Reckoning, language: Language, saved: bool) -> str:
    held = one.ruling.verdict if one.ruling else ""
    names = [("", say(language, "pair_keep")), *((each, verdict_name(each, language)) for each in VERDICTS)]
    choices = "".join(
        f'<label><input type="radio" name="verdict" value="{value}"{" checked" if value == held else ""}>'
        f"<span>{escape(name)}</span></label>"
        for value, name in names
    )
    report = report_of(one)
    chosen = report.row.identity if report else ""
    candidates = [kept for kept in (one.report, *one.others) if kept]
    options = "".join(
        f'<option value="{escape(identity)}"{" selected" if identity == chosen else ""}>{escape(label)}</option>'
        for identity, label in (
            *((kept.row.identity, shorten(kept.row.quote, 40)) for kept in candidates),
            ("", say(language, "pair_no_report")),
        )
    )
    told = escape(say(language, "panel_saved")) if saved else ""
    return (
        f'<form class="noting" data-address="wennuo/reconciliation/ruling" data-failed="{escape(say(language, "save_failed"))}"'
        f' autocomplete="off"><h3>{escape(say(language, "pair_rule"))}</h3>'
        f'<fieldset class="statuses"><legend class="unseen">{escape(say(language, "pairs_verdict"))}</legend>{choices}</fieldset>'
        f'<label class="field wide"><span>{escape(say(language, "pair_report"))}</span><select name="report">{options}</select></label>'
        f'<label class="field wide"><span>{escape(say(language, "pair_why"))}</span>'
        f'<textarea name="why" rows="2" required maxlength="{LONGEST_NOTE}"'
        f' placeholder="{escape(say(language, "pair_why_hint"))}"></textarea></label>'
        f'<label class="field wide"><span>{escape(say(language, "pair_by"))}</span>'
        f'<input name="by" required maxlength="{LONGEST_NAME}" data-remembered="1"'
        f' placeholder="{escape(say(language, "panel_by_hint"))}"></label>'
        f'<p class="wide ending"><button type="submit" class="act">{escape(say(language, "panel_save"))}</button>'
        f'<span class="told" role="status">{told}</span></p></form>'
    )


def _history(history: Sequence[Ruling], language: Language) -> str:
    entries = [
        f'<span class="badge verdict-{escape(each.verdict)}">'
        f"{escape(verdict_name(each.verdict, language) or say(language, 'pair_taken_back'))}</span>"
        f' <span class="who">{escape(each.by)}</span> <time datetime="{escape(each.at)}">{escape(moment(each.at))}</time>'
        f'<p class="words">{escape(each.why)}</p>'
        for each in history
    ]
    return past(entries, say(language, "pair_history"), say(language, "pair_no_history"))
