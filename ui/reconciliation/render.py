"""Promised versus reported side by side, as escaped HTML. Pure."""

from __future__ import annotations

from assistant.reconciliation import Reckoning
from corpus.commitment import PROMISES
from corpus.ledger import Kept
from ui.ledger import cells
from ui.ledger.form import choice, entry, filled
from ui.ledger.render import no_hits, pager
from ui.reconciliation.reading import SCOPES, TILES, PairsChoices, PairsSheet, PairsView, report_of
from ui.render import escape, shorten
from ui.words import WORDS, Language, say

FORM = "reconciliation-form"
QUOTE_LENGTH = 160  # characters


def form(choices: PairsChoices, view: PairsView, language: Language) -> str:
    """The fields; those of the numbers belong to it by its id."""

    def years(of: tuple[int, ...], key: str) -> list[tuple[str, str]]:
        return [(str(year), say(language, key, year=year)) for year in of]

    fields = [
        choice("issuer", [(each, each) for each in choices.issuers], view.issuer, language),
        choice("promised", years(choices.promised, "year"), str(view.year or ""), language),
        choice("until", years(choices.reported, "until"), str(view.until or ""), language),
        choice(
            "scope",
            [(each, say(language, f"scope_{each}")) for each in SCOPES],
            view.scope,
            language,
            all_of_them=False,
        ),
        choice("kind", [(each, say(language, f"kind_{each}")) for each in PROMISES], view.kind, language),
        entry("owner", "text", view.owner, language, ' maxlength="200"'),
        entry("words", "search", view.words, language, ' maxlength="200"'),
    ]
    return filled(FORM, fields, language)


def results(sheet: PairsSheet, language: Language) -> str:
    """What changes with the form: how many there are of each verdict, and the pairs."""
    return _tiles(sheet, language) + _pairs(sheet, language)


def _tiles(sheet: PairsSheet, language: Language) -> str:
    boxes = "".join(
        f'<label class="tile {each}"><input type="checkbox" name="verdict" value="{each}" form="{FORM}" data-key="verdict-{each}"'
        f"{' checked' if each in sheet.view.verdicts else ''}><b>{sheet.counts[each]:,}</b>"
        f"<span>{escape(verdict_name(each, language))}</span></label>"
        for each in TILES
    )
    return (
        f'<div class="tiles" role="group" aria-label="{escape(say(language, "filters"))}">'
        f'<div class="tile all"><b>{sheet.total:,}</b><span>{escape(say(language, "quick_all"))}</span></div>{boxes}</div>'
    )


def verdict_name(verdict: str, language: Language) -> str:
    """A verdict, or the tile of those that a person settled, in words; an unknown one as it is."""
    return WORDS[language].get("ruled" if verdict == "ruled" else f"verdict_{verdict}", verdict)


def _pairs(sheet: PairsSheet, language: Language) -> str:
    count = escape(say(language, "pairs_count", count=f"{sheet.count:,}"))
    bar = f'<div class="bar"><p class="found" role="status">{count}</p></div>'
    if not sheet.count:
        return f'<section class="rows">{bar}{no_hits("pairs_no_hits", language)}</section>'
    head = "".join(
        f'<th scope="col" class="{column}">{escape(say(language, f"pairs_{key}"))}</th>'
        for column, key in (("promise", "promise"), ("judged", "verdict"), ("reported", "report"))
    )
    body = "".join(pair_row(one, language) for one in sheet.rows)
    return (
        f'<section class="rows">{bar}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"{pager(sheet.view.page, sheet.pages, language)}</section>"
    )


def pair_row(one: Reckoning, language: Language) -> str:
    """One promise, what became of it, and the report that says so."""
    row = one.promise.row
    report = report_of(one)
    reported = (
        said(report, language)
        if report
        else f'<p class="faint">{escape(say(language, "pairs_unreported"))}</p>'
    )
    return (
        f'<tr data-row="{escape(row.identity)}"><td class="promise">'
        f'<button type="button" class="opener" data-key="row-{escape(row.identity)}">{escape(row.what)}</button>'
        f"{said(one.promise, language)}</td>"
        f'<td class="judged">{verdict(one, language)}</td><td class="reported">{reported}</td></tr>'
    )


def said(kept: Kept, language: Language) -> str:
    """Figure, sentence and source; a promise's sentence only where its short form says less."""
    row = kept.row
    quote = "" if row.kind != "report" and row.quote == row.what else row.quote
    figure = f'<p class="figure">{cells.metric(row.metric, language)}</p>' if row.metric else ""
    year = f"{say(language, 'year', year=row.year)} · " if row.year else ""
    sentence = f'<p class="said">{escape(shorten(quote, QUOTE_LENGTH))}</p>' if quote else ""
    return f"{figure}{sentence}<small>{escape(year + shorten(kept.title, 40))}</small>"


def verdict(one: Reckoning, language: Language) -> str:
    """The verdict that holds; under a person's, who said it and what was reckoned."""
    chip = f'<span class="badge verdict-{escape(one.settled)}">{escape(verdict_name(one.settled, language))}</span>'
    if one.ruling is None:
        return f"{chip}<small>{escape(reason(one, language))}</small>"
    machine = say(language, "machine_said", verdict=verdict_name(one.verdict, language))
    return (
        f'{chip}<small class="ruled">{escape(say(language, "ruled"))} · {escape(one.ruling.by)}</small>'
        f"<small>{escape(machine)}</small>"
    )


def reason(one: Reckoning, language: Language) -> str:
    """Why the reckoned verdict fell, in words; an unknown reason as it is."""
    return WORDS[language].get(f"reason_{one.reason.replace(' ', '_')}", one.reason)
