"""The overview for leadership as escaped HTML. Pure."""

from __future__ import annotations

from urllib.parse import urlencode

from assistant.reconciliation import Reckoning
from corpus.ledger import Kept
from ui.ledger import cells
from ui.ledger.form import nothing
from ui.ledger.phrases import measure
from ui.overview.reading import JUDGED, Listing, Outcome, Overview
from ui.reconciliation.reading import report_of
from ui.reconciliation.render import reason, verdict_name
from ui.render import escape, shorten
from ui.words import Language, say

TITLE_LENGTH = 28
QUOTE_LENGTH = 90


def overview(found: Overview, language: Language) -> str:
    """The whole tab; what to do where nothing is promised."""
    if not found.total and not found.years:
        return nothing("overview_none", language)
    return (
        f'<header class="top"><h2>{escape(say(language, "overview_title"))}</h2>{_form(found, language)}</header>'
        f"{_hint(found, language)}{_numbers(found, language)}"
        f'<div class="parts">{"".join(_listing(each, found, language) for each in found.listings)}</div>'
        f"{_outcome(found.outcome, language)}"
    )


def _form(found: Overview, language: Language) -> str:
    years = "".join(
        f'<option value="{year}"{" selected" if year == found.year else ""}>{escape(say(language, "year", year=year))}</option>'
        for year in found.years
    )
    issuers = f'<option value="">{escape(say(language, "overview_all"))}</option>' + "".join(
        f'<option value="{escape(each)}"{" selected" if each == found.issuer else ""}>{escape(each)}</option>'
        for each in found.issuers
    )
    return (
        '<form class="choosing" autocomplete="off">'
        f'<label>{escape(say(language, "overview_year"))} <select name="year">{years}</select></label>'
        f'<label>{escape(say(language, "overview_issuer"))} <select name="issuer">{issuers}</select></label>'
        f'<label>{escape(say(language, "overview_day"))} <input type="date" name="day" value="{found.day}"></label>'
        f'<label class="home"><input type="checkbox" data-landing="overview"> {escape(say(language, "overview_home"))}</label>'
        "</form>"
    )


def _hint(found: Overview, language: Language) -> str:
    """Where the day chosen lies after all that is due: a button that looks from within the year."""
    last = found.last_due
    if last is None or last >= found.day:
        return ""
    told = escape(say(language, "overview_other_day", day=last))
    button = escape(say(language, "overview_that_day", day=last))
    return (
        f'<p class="hint">{told} <button type="button" class="quiet" data-day="{last}">{button}</button></p>'
    )


def _numbers(found: Overview, language: Language) -> str:
    boxes = [
        f'<div class="number"><b>{found.total:,}</b><span>{escape(say(language, "overview_total"))}</span></div>',
        f'<div class="number done"><b>{found.done:,}</b><span>{escape(say(language, "overview_done"))}</span></div>',
    ]
    boxes += [
        f'<button type="button" class="number {each.part}" data-ledger="{escape(each.view.query)}">'
        f"<b>{each.count:,}</b><span>{escape(say(language, f'overview_{each.part}'))}</span></button>"
        for each in found.listings
    ]
    return f'<div class="numbers">{"".join(boxes)}</div>'


def _listing(found: Listing, whole: Overview, language: Language) -> str:
    rows = "".join(_row(kept, whole, language) for kept in found.rows)
    body = f"<ol>{rows}</ol>" if rows else f'<p class="faint">{escape(say(language, "overview_nothing"))}</p>'
    every = ""
    if found.count > len(found.rows):
        every = (
            f'<button type="button" class="quiet" data-ledger="{escape(found.view.query)}">'
            f"{escape(say(language, 'overview_every', count=f'{found.count:,}'))}</button>"
        )
    return (
        f'<section class="part {found.part}"><h3>{escape(say(language, f"overview_{found.part}"))}'
        f" <small>{found.count:,}</small></h3>{body}{every}</section>"
    )


def _row(kept: Kept, whole: Overview, language: Language) -> str:
    row = kept.row
    figure = _figure(kept, language)
    due = cells.deadline(row.deadline, language) if row.deadline else ""
    late = cells.late(kept, whole.day, language)
    owner = cells.owner(row.owner, language)
    return (
        f"<li>{cells.lamp(kept, whole.day, language)}<div><p>{escape(row.what)}{figure}</p>"
        f'<p class="facts"><span>{owner}</span>{f"<span>{due}{late}</span>" if due else ""}'
        f"{_original(kept, language)}</p></div></li>"
    )


def _figure(kept: Kept, language: Language) -> str:
    """The figure, with its indicator where the row's own words do not name it."""
    metric = kept.row.metric
    if metric is None:
        return ""
    name = "" if metric.name in kept.row.what else f"{escape(metric.name)} "
    return f" {name}<b>{escape(measure(metric, say(language, 'metric_masked')))}</b>"


def _reported(one: Reckoning, language: Language) -> str:
    """What the report says, or why there is none."""
    report = report_of(one)
    if report is None or report.row.metric is None:
        return f"<span>{escape(reason(one, language))}</span>"
    told = say(
        language, "overview_reported", figure=measure(report.row.metric, say(language, "metric_masked"))
    )
    return f"<span>{escape(told)}</span>{_original(report, language)}"


def _original(kept: Kept, language: Language) -> str:
    row = kept.row
    query = urlencode(
        {"document": row.document, "start": row.span.start, "end": row.span.end, "revision": row.revision}
    )
    title = shorten(kept.title, TITLE_LENGTH)
    return (
        f'<a href="wennuo/read?{escape(query)}#cited" target="wennuo-reader" rel="noopener" data-read="1"'
        f' title="{escape(shorten(row.quote, QUOTE_LENGTH))}">{escape(title)} · {escape(say(language, "overview_original"))}</a>'
    )


def _outcome(found: Outcome | None, language: Language) -> str:
    if found is None:
        return f'<section class="outcome"><p class="faint">{escape(say(language, "overview_outcome_none"))}</p></section>'
    total = max(1, found.total)
    shares = "".join(
        f'<span class="share {each}" style="flex-grow:{found.counts[each]}" title="{escape(verdict_name(each, language))} '
        f'{found.counts[each]}"></span>'
        for each in JUDGED
        if found.counts[each]
    )
    legend = "".join(
        f'<li><span class="share {each}" aria-hidden="true"></span>{escape(verdict_name(each, language))} '
        f"<b>{found.counts[each]:,}</b> <small>{round(100 * found.counts[each] / total)}%</small></li>"
        for each in JUDGED
    )
    head = escape(say(language, "overview_outcome", year=found.view.year))
    note = (
        f'<p class="faint">{escape(say(language, "overview_outcome_by", until=found.view.until))}</p>'
        if found.view.until
        else ""
    )
    return (
        f'<section class="outcome"><h3>{head}</h3>{note}<div class="shares" aria-hidden="true">{shares}</div>'
        f'<ol class="legend">{legend}</ol><div class="parts">'
        f"{_judged('missed', found.missed, found, language)}{_judged('not_reported', found.unreported, found, language)}"
        "</div></section>"
    )


def _judged(verdict: str, rows: tuple[Reckoning, ...], found: Outcome, language: Language) -> str:
    key = "overview_missed" if verdict == "missed" else "overview_unreported"
    items = "".join(
        f"<li><div><p>{escape(one.promise.row.what)}{_figure(one.promise, language)}</p>"
        f'<p class="facts">{_reported(one, language)}{_original(one.promise, language)}</p></div></li>'
        for one in rows
    )
    body = (
        f"<ol>{items}</ol>" if items else f'<p class="faint">{escape(say(language, "overview_nothing"))}</p>'
    )
    count = found.counts["missed" if verdict == "missed" else "not_reported"]
    query = urlencode(
        [
            (name, str(value))
            for name, value in (
                ("promised", found.view.year),
                ("until", found.view.until),
                ("issuer", found.view.issuer),
                ("verdict", verdict),
            )
            if value
        ]
    )
    every = (
        f'<button type="button" class="quiet" data-pairs="{escape(query)}">'
        f"{escape(say(language, 'overview_every', count=f'{count:,}'))}</button>"
        if count > len(rows)
        else ""
    )
    return f'<section class="part"><h3>{escape(say(language, key))} <small>{count:,}</small></h3>{body}{every}</section>'
