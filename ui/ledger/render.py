"""The ledger's table, the numbers above it and the charts beside it as escaped HTML. Pure."""

from __future__ import annotations

from corpus.ledger import Kept
from ui.ledger import charts
from ui.ledger.cells import cells
from ui.ledger.charts import Mark
from ui.ledger.reading import Sheet
from ui.ledger.view import QUICK, SORTINGS, View, quarter_named
from ui.render import escape
from ui.words import Language, say

COLUMNS = ("light", "kind", "what", "metric", "owner", "deadline", "status", "source")
HEADINGS = {"kind": "filter_kind", "owner": "filter_owner", "status": "filter_status"}
SORTED_BY = {"kind": "kind", "owner": "owner", "deadline": "due", "source": "document"}
OWNERS_SHOWN = 10
FORM = "ledger-form"


def results(sheet: Sheet, language: Language) -> str:
    """What changes with the form: numbers, timeline, table and charts."""
    return (
        tiles(sheet, language)
        + _timeline(sheet, language)
        + _rows(sheet, language)
        + _charts(sheet, language)
    )


def tiles(sheet: Sheet, language: Language) -> str:
    """How many commitments there are; each quick filter with what it would leave."""
    boxes = "".join(
        f'<label class="tile {each}"><input type="checkbox" name="quick" value="{each}" form="{FORM}" data-key="quick-{each}"'
        f"{' checked' if each in sheet.view.quick else ''}><b>{sheet.quick[each]:,}</b>"
        f"<span>{escape(say(language, f'quick_{each}'))}</span></label>"
        for each in QUICK
    )
    return (
        f'<div class="tiles" role="group" aria-label="{escape(say(language, "filters"))}">'
        f'<div class="tile all"><b>{sheet.total:,}</b><span>{escape(say(language, "quick_all"))}</span></div>{boxes}</div>'
    )


def _timeline(sheet: Sheet, language: Language) -> str:
    title = f"<h3>{escape(say(language, 'chart_days'))}</h3>"
    if not sheet.days:
        note = escape(say(language, "chart_no_days"))
        return f'<section class="timeline">{title}<p class="note">{note}</p></section>'
    return (
        f'<section class="timeline"><header>{title}<p class="note">{escape(say(language, "chart_days_hint"))}</p></header>'
        f"{charts.timeline(sheet.days, sheet.view.day, language)}</section>"
    )


def _rows(sheet: Sheet, language: Language) -> str:
    if not sheet.count:
        return f'<section class="rows">{_bar(sheet, language)}{no_hits("ledger_no_hits", language)}</section>'
    head = "".join(_heading(column, sheet.view, language) for column in COLUMNS)
    body = "".join(row for row in (table_row(kept, sheet.view, language) for kept in sheet.rows))
    return (
        f'<section class="rows">{_bar(sheet, language)}'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{pager(sheet.view.page, sheet.pages, language)}</section>"
    )


def no_hits(key: str, language: Language) -> str:
    """What stands there when the filter leaves nothing."""
    return (
        f'<div class="nothing" role="status"><h3>{escape(say(language, key))}</h3>'
        f"<p>{escape(say(language, 'ledger_no_hits_more'))}</p>"
        f'<button type="button" class="quiet" data-clear="1">{escape(say(language, "filter_clear"))}</button></div>'
    )


def _bar(sheet: Sheet, language: Language) -> str:
    options = "".join(
        f'<option value="{order}"{" selected" if order == sheet.view.order else ""}>{escape(say(language, f"order_{order}"))}</option>'
        for order in SORTINGS
    )
    query = escape(sheet.view.query)
    downloads = "".join(
        f'<a class="quiet" href="wennuo/ledger.{ending}?{query}" download>'
        f"{escape(say(language, 'download', format=ending))}</a>"
        for ending in (("xlsx", "csv") if sheet.count else ())
    )
    count = escape(say(language, "ledger_count", count=f"{sheet.count:,}"))
    order = escape(say(language, "order"))
    return (
        f'<div class="bar"><p class="found" role="status">{count}</p>'
        f'<label class="order">{order} <select name="order" form="{FORM}" data-key="order">{options}</select></label>'
        f'<span class="downloads">{downloads}</span></div>'
    )


def _heading(column: str, view: View, language: Language) -> str:
    name = escape(say(language, HEADINGS.get(column, f"ledger_{column}")))
    order = SORTED_BY.get(column)
    if order is None:
        hidden = f'<span class="unseen">{name}</span>' if column == "light" else name
        return f'<th scope="col" class="{column}">{hidden}</th>'
    state = "ascending" if order == view.order else "none"
    return (
        f'<th scope="col" class="{column}" aria-sort="{state}"><button type="button" data-order="{order}"'
        f' data-key="order-{order}">{name}</button></th>'
    )


def table_row(kept: Kept, view: View, language: Language) -> str:
    """One commitment as a row of the table."""
    shown = cells(kept, view.day, language)
    columns = "".join(f'<td class="{column}">{shown[column]}</td>' for column in COLUMNS)
    return f'<tr data-row="{escape(kept.row.identity)}">{columns}</tr>'


def pager(page: int, pages: int, language: Language) -> str:
    """Buttons to the pages before and after; nothing where there is one page."""
    if pages <= 1:
        return ""
    return (
        f'<nav class="pager">{_turn(page - 1, pages, "page_before", language)}'
        f"<span>{escape(say(language, 'ledger_page', page=page, pages=pages))}</span>"
        f"{_turn(page + 1, pages, 'page_after', language)}</nav>"
    )


def _turn(page: int, pages: int, key: str, language: Language) -> str:
    closed = "" if 1 <= page <= pages else " disabled"
    return (
        f'<button type="button" class="quiet" data-page="{page}" data-key="{key}"{closed}>'
        f"{escape(say(language, key))}</button>"
    )


def _charts(sheet: Sheet, language: Language) -> str:
    owners = charts.bars(_owner_marks(sheet, language), language)
    quarters = charts.columns(_quarter_marks(sheet, language), language)
    return (
        f'<section class="charts"><h3>{escape(say(language, "chart_owners"))}</h3>{owners}'
        f"<h3>{escape(say(language, 'chart_quarters'))}</h3>{quarters}</section>"
    )


def _owner_marks(sheet: Sheet, language: Language) -> list[Mark]:
    named = sorted(
        ((owner, count) for owner, count in sheet.owners.items() if owner),
        key=lambda pair: (-pair[1], pair[0]),
    )
    marks = [
        Mark(owner, count, {"owner": owner}, chosen=owner == sheet.view.owner)
        for owner, count in named[:OWNERS_SHOWN]
    ]
    rest = named[OWNERS_SHOWN:]
    if rest:
        label = say(language, "chart_rest", count=len(rest))
        marks.append(Mark(label, sum(count for _, count in rest), drawn=False))
    if sheet.owners.get(""):
        chosen = "no_owner" in sheet.view.quick
        label = say(language, "quick_no_owner")
        marks.append(Mark(label, sheet.owners[""], {"quick": "no_owner"}, chosen, drawn=False))
    return marks


def _quarter_marks(sheet: Sheet, language: Language) -> list[Mark]:
    marks = []
    for name, count in sheet.quarters.items():
        if name:
            first, last = quarter_named(name)
            chosen = (sheet.view.due_from, sheet.view.due_to) == (first, last)
            label = say(language, "quarter", year=first.year, number=last.month // 3)
            marks.append(Mark(label, count, {"from": str(first), "to": str(last)}, chosen))
    return marks
