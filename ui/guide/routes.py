"""The addresses of the guide for new colleagues: its page, its parts, and what opens in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Cookie, FastAPI, Query, Request
from fastapi.responses import HTMLResponse

from assistant.onboarding.quiz import SEEDS
from corpus.document import Document
from corpus.errors import DocumentNotFoundError
from corpus.library import Library
from ui.guide import doers as guide_doers
from ui.guide import path as guide_path
from ui.guide import quiz as guide_quiz
from ui.guide import terms as guide_terms
from ui.guide.reading import GuideReading
from ui.guide.terms import PAGE, WHICH, Find, Which
from ui.ledger.routes import fragment
from ui.office import Office
from ui.people import person_of
from ui.render import escape
from ui.words import Language, language_of, say

Chosen = Annotated[str, Cookie(alias="wennuo_language")]
Words = Annotated[str, Query(max_length=200)]
Seed = Annotated[int, Query(ge=0, lt=SEEDS)]
PARTS = ("terms", "doers", "path", "questions", "quiz")
MOST_SHOWN = 100 * PAGE


def page(language: Language) -> str:
    """The frame: a tab for each part; a part is fetched when it is first opened."""
    tabs, panels = [], []
    for part in PARTS:
        tabs.append(
            f'<button type="button" role="tab" id="guide-tab-{part}" aria-controls="guide-part-{part}" aria-selected="false"'
            f' tabindex="-1" data-part="{part}">{escape(say(language, f"guide_part_{part}"))}</button>'
        )
        panels.append(
            f'<section class="part" role="tabpanel" id="guide-part-{part}" aria-labelledby="guide-tab-{part}" tabindex="-1" hidden'
            f' data-address="wennuo/guide/{part}" data-working="{escape(say(language, f"guide_working_{part}"))}"></section>'
        )
    return (
        f'<header class="top"><h2>{escape(say(language, "guide_title"))}</h2><p class="note">{escape(say(language, "guide_note"))}</p></header>'
        f'<div class="parts-of-it" role="tablist" aria-label="{escape(say(language, "guide_parts"))}">{"".join(tabs)}</div>{"".join(panels)}'
    )


def empty(language: Language) -> str:
    """What stands in place of the guide to a library without documents."""
    return (
        f'<div class="nothing"><h2>{escape(say(language, "guide_empty_title"))}</h2><p>{escape(say(language, "guide_empty_more"))}</p>'
        f'<button type="button" class="act" data-open-library="1">{escape(say(language, "empty_open"))}</button></div>'
    )


def finder(library: Library) -> Find:
    """Documents by name; None where one is gone."""

    def find(name: str) -> Document | None:
        try:
            return library.document(name)
        except DocumentNotFoundError:
            return None

    return find


def add_guide_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/guide and what lies below it to `app`; before the static files are mounted at /wennuo."""
    reading_for = office.of_view(GuideReading)

    def reading(request: Request) -> GuideReading:
        return reading_for(person_of(request))

    @app.get("/wennuo/guide", response_class=HTMLResponse)
    def guide(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The frame; what to do where the library is empty."""
        language = language_of(chosen)
        return fragment(page(language) if reading(request).library.entries() else empty(language))

    @app.get("/wennuo/guide/terms", response_class=HTMLResponse)
    def terms(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The terms of the trade, with a form to find one."""
        return fragment(guide_terms.part(reading(request).terms(), "", "all", PAGE, language_of(chosen)))

    @app.get("/wennuo/guide/found", response_class=HTMLResponse)
    def found(
        request: Request, words: Words = "", which: str = "all", shown: int = PAGE, chosen: Chosen = ""
    ) -> HTMLResponse:
        """The list of terms that the form asks for."""
        wanted: Which = next((each for each in WHICH if each == which), "all")
        most = min(max(shown, PAGE), MOST_SHOWN)
        return fragment(guide_terms.found(reading(request).terms(), words, wanted, most, language_of(chosen)))

    @app.get("/wennuo/guide/term", response_class=HTMLResponse)
    def term(request: Request, words: Words, chosen: Chosen = "") -> HTMLResponse:
        """One term: what it means, who does it, where it is used."""
        language, held = language_of(chosen), reading(request)
        one = held.term(words)
        if one is None:
            return fragment(_gone("terms_gone", language), 404)
        return fragment(guide_terms.detail(one, held.naming(one.words), finder(held.library), language))

    @app.get("/wennuo/guide/doers", response_class=HTMLResponse)
    def doers(
        request: Request, issuer: Annotated[str | None, Query(max_length=200)] = None, chosen: Chosen = ""
    ) -> HTMLResponse:
        """Units and posts of one issuer."""
        return fragment(guide_doers.part(reading(request).circles(), issuer, language_of(chosen)))

    @app.get("/wennuo/guide/doer", response_class=HTMLResponse)
    def doer(request: Request, name: Words, issuer: Words = "", chosen: Chosen = "") -> HTMLResponse:
        """The tasks of one unit or post."""
        language = language_of(chosen)
        circle = next((each for each in reading(request).circles() if each.issuer == issuer), None)
        one = next((each for each in circle.doers if each.name == name), None) if circle else None
        if circle is None or one is None:
            return fragment(_gone("doers_gone", language), 404)
        return fragment(guide_doers.detail(circle, one, language))

    @app.get("/wennuo/guide/path", response_class=HTMLResponse)
    def path(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """What to read, in order."""
        return fragment(guide_path.path(reading(request).path(), language_of(chosen)))

    @app.get("/wennuo/guide/questions", response_class=HTMLResponse)
    def questions(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """Questions to try."""
        assistant = office.assistant_for(person_of(request))
        return fragment(
            guide_path.questions(reading(request).questions(assistant.answer), language_of(chosen))
        )

    @app.get("/wennuo/guide/quiz", response_class=HTMLResponse)
    def quiz(request: Request, seed: Seed = 1, chosen: Chosen = "") -> HTMLResponse:
        """The self-test of that seed."""
        held, assistant = reading(request), office.assistant_for(person_of(request))
        generation = held.generation()
        drawn = held.quiz(seed, assistant.answer)
        return fragment(guide_quiz.part(drawn, seed, generation, language_of(chosen)))

    @app.get("/wennuo/guide/answer", response_class=HTMLResponse)
    def answer(
        request: Request,
        seed: Seed,
        question: int,
        generation: int,
        picked: Annotated[int, Query(alias="chosen")],
        chosen: Chosen = "",
    ) -> HTMLResponse:
        """Whether the chosen answer is right, and the sentence that says so. Nothing of it is kept."""
        language, held = language_of(chosen), reading(request)
        assistant = office.assistant_for(person_of(request))
        drawn = held.quiz(seed, assistant.answer) if generation == held.generation() else ()
        if not 0 <= question < len(drawn):
            return fragment(guide_quiz.stale(language), 409)
        asked = drawn[question]
        return fragment(guide_quiz.result(asked, picked, finder(held.library)(asked.item.document), language))


def _gone(key: str, language: Language) -> str:
    return f'<p class="warning">{escape(say(language, key))}</p>'
