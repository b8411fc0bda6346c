"""Who does what, as escaped HTML: units and posts of one issuer, and the tasks of one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.onboarding.doers import SORTS, Circle, Doer, due_of
from corpus.ledger import Kept
from ui.guide import cards
from ui.render import escape
from ui.words import Language, say

ROWS = 12  # tasks that a unit leads, as many as are shown
HELPED = 6  # of those in which it takes part


def part(circles: Sequence[Circle], issuer: str | None, language: Language) -> str:
    """The units of one issuer, by default the first; a choice where there are several."""
    if not circles:
        return f'<p class="note">{escape(say(language, "doers_none"))}</p>'
    circle = chosen(circles, issuer)
    return (
        f'<p class="note">{escape(say(language, "doers_intro"))}</p>{_choice(circles, circle, language)}'
        + "".join(_sort(circle, sort, language) for sort in SORTS)
    )


def chosen(circles: Sequence[Circle], issuer: str | None) -> Circle:
    """The circle of that issuer, else the first."""
    return next((circle for circle in circles if circle.issuer == issuer), circles[0])


def _choice(circles: Sequence[Circle], circle: Circle, language: Language) -> str:
    if len(circles) < 2:
        return ""
    options = "".join(
        f'<option value="{escape(each.issuer)}"{" selected" if each is circle else ""}>'
        f"{escape(each.issuer or say(language, 'doers_no_issuer'))}</option>"
        for each in circles
    )
    return (
        f'<form class="finding" data-again="1"><label class="field"><span>{escape(say(language, "doers_issuer"))}</span>'
        f'<select name="issuer">{options}</select></label></form>'
    )


def _sort(circle: Circle, sort: str, language: Language) -> str:
    doers = [doer for doer in circle.doers if doer.sort == sort]
    if not doers:
        return ""
    lines = "".join(
        _line(circle, doer, f"guide-{sort}-{number}", language) for number, doer in enumerate(doers)
    )
    return f'<h3 class="sort">{escape(say(language, f"doers_{sort}"))}</h3><ol class="lines">{lines}</ol>'


def _line(circle: Circle, doer: Doer, target: str, language: Language) -> str:
    facts = []
    if doer.leads:
        facts.append(say(language, "doers_leads", count=len(doer.leads)))
    if doer.helps:
        facts.append(say(language, "doers_helps", count=len(doer.helps)))
    due = [kept for kept in doer.leads if (day := due_of(kept)) is not None and day.year == circle.year]
    if due:
        facts.append(say(language, "doers_due", year=circle.year, count=len(due)))
    detail = "wennuo/guide/doer?" + urlencode({"issuer": circle.issuer, "name": doer.name})
    about = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    return cards.opener(target, detail, doer.name, about)


def detail(circle: Circle, doer: Doer, language: Language) -> str:
    """The tasks of one unit or post, and the ways to the ledger and to the chat."""
    year = f"{circle.year}年" if circle.year else ""
    question = say(language, "doers_question", name=doer.name, year=year)
    whole = cards.to_ledger(say(language, "doers_ledger"), owner=doer.name)
    return (
        f'<p class="ways">{whole} {cards.asking(question, language)}</p>'
        f"{_rows('doers_rows_lead', doer.leads, ROWS, language, owner=False)}"
        f"{_rows('doers_rows_help', doer.helps, HELPED, language, owner=True)}"
    )


def _rows(key: str, rows: Sequence[Kept], most: int, language: Language, *, owner: bool) -> str:
    if not rows:
        return ""
    items = "".join(cards.promise(kept, language, owner=owner) for kept in rows[:most])
    more = ""
    if len(rows) > most:
        more = f'<p class="note">{escape(say(language, "doers_rows_more", count=len(rows) - most))}</p>'
    return f'<section class="about-it"><h4>{escape(say(language, key))}</h4><ol class="promises">{items}</ol>{more}</section>'
