"""The terms of the trade as escaped HTML: the list, and one term with what it means, who does it and where it stands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal
from urllib.parse import urlencode

from assistant.onboarding.terms import TradeTerm, Use
from corpus.document import Document, Span
from corpus.ledger import Kept
from corpus.text import fold
from ui.guide import cards
from ui.render import escape
from ui.words import Language, say

Which = Literal["all", "explained", "named"]
WHICH: tuple[Which, ...] = ("all", "explained", "named")
PAGE = 40  # terms shown at first, and more each time
ROWS = 6  # promises of a term
USES = 8  # places of a term
Find = Callable[[str], Document | None]


def matching(terms: Sequence[TradeTerm], words: str, which: Which) -> tuple[TradeTerm, ...]:
    """The terms that hold these words, explained or only named."""
    wanted = fold(words).strip(" “”\"'")
    return tuple(
        term
        for term in terms
        if wanted in fold(term.words)
        and (which == "all" or (term.explanation is not None) == (which == "explained"))
    )


def part(terms: Sequence[TradeTerm], words: str, which: Which, shown: int, language: Language) -> str:
    """The form and the list."""
    if not terms:
        return f'<p class="note">{escape(say(language, "terms_nothing"))}</p>'
    explained = sum(term.explanation is not None for term in terms)
    choices = "".join(
        f'<label><input type="radio" name="which" value="{each}"{" checked" if each == which else ""}>'
        f"<span>{escape(say(language, f'terms_{each}'))}</span></label>"
        for each in WHICH
    )
    return (
        f'<p class="note">{escape(say(language, "terms_intro", count=len(terms), explained=explained))}</p>'
        f'<form class="finding" data-results="wennuo/guide/found"><label class="field"><span>{escape(say(language, "terms_search"))}</span>'
        f'<input type="search" name="words" value="{escape(words)}" maxlength="40" autocomplete="off"'
        f' placeholder="{escape(say(language, "terms_search_hint"))}"></label>'
        f'<fieldset class="choice"><legend class="unseen">{escape(say(language, "terms_show"))}</legend>{choices}</fieldset></form>'
        f'<div class="found">{found(terms, words, which, shown, language)}</div>'
    )


def found(terms: Sequence[TradeTerm], words: str, which: Which, shown: int, language: Language) -> str:
    """The list alone: the first `shown` terms, and a button for more."""
    chosen = matching(terms, words, which)
    if not chosen:
        return f'<p class="nothing">{escape(say(language, "terms_none"))}</p>'
    listed = "".join(_line(term, number, language) for number, term in enumerate(chosen[:shown]))
    more = ""
    if len(chosen) > shown:
        count = min(PAGE, len(chosen) - shown)
        more = (
            f'<p class="more"><button type="button" class="quiet" data-shown="{shown + PAGE}">'
            f"{escape(say(language, 'terms_more', count=count))}</button></p>"
        )
    return f'<ol class="lines">{listed}</ol>{more}'


def _line(term: TradeTerm, number: int, language: Language) -> str:
    state = "named" if term.explanation is None else "explained"
    facts = [f'<span class="badge {state}">{escape(say(language, f"terms_badge_{state}"))}</span>']
    facts.append(escape(say(language, "terms_documents", count=len(term.documents))))
    if term.since is not None:
        facts.append(escape(say(language, "terms_since", year=term.since)))
    detail = "wennuo/guide/term?" + urlencode({"words": term.words})
    shown = f"“{term.words}”{term.noun}"
    return cards.opener(
        f"guide-term-{number}", detail, shown, "".join(f"<span>{fact}</span>" for fact in facts)
    )


def detail(term: TradeTerm, naming: Sequence[Kept], find: Find, language: Language) -> str:
    """All about one term. find: a document by name, None where it is gone."""
    question = say(language, "terms_question", term=term.words)
    return (
        f'<section class="about-it"><h4>{escape(say(language, "terms_meaning"))}</h4>{_meaning(term, find, language)}'
        f'<p class="ways">{cards.asking(question, language)}</p></section>'
        f"{_who(term, naming, language)}{_uses(term, find, language)}"
    )


def _meaning(term: TradeTerm, find: Find, language: Language) -> str:
    if term.explanation is None:
        return f'<p class="named">{escape(say(language, "terms_only_named"))}</p>'
    return _cited(term.explanation, term.meaning, find, language)


def _cited(use: Use, mark: Span | None, find: Find, language: Language) -> str:
    return cards.cited(find(use.document), use.document, use.revision, use.span, mark, language)


def _who(term: TradeTerm, naming: Sequence[Kept], language: Language) -> str:
    heading = f"<h4>{escape(say(language, 'terms_who'))}</h4>"
    if not naming:
        return f'<section class="about-it">{heading}<p class="note">{escape(say(language, "terms_who_none"))}</p></section>'
    note = f'<p class="note">{escape(say(language, "terms_who_note"))}</p>'
    rows = "".join(cards.promise(kept, language, owner=True) for kept in naming[:ROWS])
    whole = cards.to_ledger(say(language, "terms_who_all", count=len(naming)), words=term.words)
    return f'<section class="about-it">{heading}{note}<ol class="promises">{rows}</ol><p class="ways">{whole}</p></section>'


def _uses(term: TradeTerm, find: Find, language: Language) -> str:
    told = term.explanation
    others = [
        use
        for use in term.uses
        if told is None or use.document != told.document or not use.span.overlap(told.span)
    ]
    if not others:
        return ""
    first = list({use.document: use for use in reversed(others)}.values())[::-1]
    shown = [*first, *(use for use in others if use not in first)][:USES]
    items = []
    for use in shown:
        year = say(language, "guide_year", year=use.year) if use.year else say(language, "guide_no_year")
        items.append(
            f'<li><span class="badge">{escape(year)}</span>{_cited(use, _mark(term, use, find), find, language)}</li>'
        )
    rest = len(others) - len(shown)
    more = f'<p class="note">{escape(say(language, "terms_uses_more", count=rest))}</p>' if rest else ""
    return (
        f'<section class="about-it"><h4>{escape(say(language, "terms_uses"))}</h4>'
        f'<ol class="uses">{"".join(items)}</ol>{more}</section>'
    )


def _mark(term: TradeTerm, use: Use, find: Find) -> Span | None:
    document = find(use.document)
    if document is None or document.revision != use.revision:
        return None
    at = document.text.find(term.words, use.span.start, use.span.end)
    return Span(at, at + len(term.words)) if at >= 0 else None
