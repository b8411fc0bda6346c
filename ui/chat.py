"""The tab of questions and answers: conversation on the left, evidence on the right."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.conversation import Turn
from assistant.question import Scope
from corpus.errors import WenNuoError
from corpus.library import Entry
from ui import render
from ui.excerpt import Exchange, excerpts
from ui.office import Office
from ui.people import Person, Role, allowed
from ui.words import CHINESE, Language, say, sentence

LONGEST_QUESTION = 1000
TURNS_KEPT = 40
AT_ONCE = 4
CHOSEN_QUESTION = """
element.addEventListener('click', (event) => {
  const chosen = event.target.closest('[data-question]');
  if (chosen) trigger('click', {question: chosen.dataset.question});
});
"""
log = logging.getLogger(__name__)


class ChatTab:
    """Built inside an open gr.Tab. `state` holds the exchanges of one browser session, on the server."""

    def __init__(self, office: Office, language: gr.State) -> None:
        self.office = office
        self.language = language
        self.starters: dict[Role, tuple[int, tuple[str, ...]]] = {}
        self.state = gr.State([], time_to_live=12 * 3600)
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="talk", scale=3, min_width=280):
                self.conversation = gr.HTML(
                    elem_id="conversation", js_on_load=CHOSEN_QUESTION, apply_default_css=False
                )
                self._asking()
            with gr.Column(elem_id="evidence", scale=2, min_width=280):
                self.evidence = gr.HTML(elem_id="cards", js_on_load=None, apply_default_css=False)
        self._connect()

    def _asking(self) -> None:
        with gr.Row(elem_id="asking", equal_height=True):
            self.question = gr.Textbox(
                show_label=False,
                label=say(CHINESE, "question"),
                placeholder=say(CHINESE, "placeholder"),
                lines=1,
                max_lines=5,
                max_length=LONGEST_QUESTION,
                container=False,
                scale=8,
                min_width=160,
                elem_id="question",
                autofocus=True,
            )
            self.send = gr.Button(
                say(CHINESE, "send"), variant="primary", scale=1, min_width=72, elem_id="send"
            )
        with gr.Row(elem_id="choosing"):
            with gr.Accordion(say(CHINESE, "scope_all"), open=False, elem_id="scope") as self.scope, gr.Row():
                self.documents = self._filter("scope_document", scale=4)
                self.years = self._filter("scope_year", scale=3)
                self.issuers = self._filter("scope_issuer", scale=4)
            self.clear = gr.Button(
                say(CHINESE, "clear"), size="sm", variant="secondary", min_width=88, elem_id="clear", scale=0
            )

    def _filter(self, key: str, scale: int) -> gr.Dropdown:
        return gr.Dropdown(
            [], multiselect=True, label=say(CHINESE, key), scale=scale, min_width=140, elem_id=key
        )

    @property
    def filters(self) -> list[gr.Dropdown]:
        """Documents, years, issuers."""
        return [self.documents, self.years, self.issuers]

    def _connect(self) -> None:
        shown = [self.conversation, self.evidence, self.state, self.question]
        asked = [self.question, self.state, *self.filters, self.language]
        chosen = self.conversation.click(
            _chosen, None, self.question, show_progress="hidden", api_visibility="private"
        )
        runs = [
            event(
                self.ask,
                asked,
                shown,
                show_progress="hidden",
                concurrency_limit=AT_ONCE,
                concurrency_id="ask",
                api_visibility="private",
            )
            for event in (self.question.submit, self.send.click, chosen.success)
        ]
        self.clear.click(
            self.begin,
            [self.language],
            shown,
            cancels=runs,
            show_progress="hidden",
            api_visibility="private",
        )
        gr.on(
            [each.change for each in self.filters],
            self.scope_label,
            [*self.filters, self.language],
            self.scope,
            show_progress="hidden",
            api_visibility="private",
        )

    def ask(
        self,
        question: str,
        exchanges: list[Exchange],
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        language: Language,
        request: gr.Request,
    ) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Conversation, evidence, state and question box, again and again while the answer grows."""
        person = allowed(request)
        question = " ".join(question.split())[:LONGEST_QUESTION]
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), ""
            return
        yield render.conversation(exchanges, language, pending=question), gr.skip(), gr.skip(), ""
        scope = Scope(frozenset(documents), frozenset(years), frozenset(issuers))
        history = [exchange.turn for exchange in exchanges]
        answer = None
        try:
            for answer in self.office.assistant_for(person).stream(question, history, scope):
                yield (
                    render.conversation(exchanges, language, pending=question, partial=answer),
                    gr.skip(),
                    gr.skip(),
                    gr.skip(),
                )
            if answer is None:
                raise RuntimeError("the assistant gave no answer")
            exchange = Exchange(Turn(question, answer), excerpts(self.office.library_for(person), answer))
        except Exception as error:
            if not isinstance(error, WenNuoError):
                log.exception("no answer to a question")
            failure = sentence(error, language)
            yield (
                render.conversation(exchanges, language, pending=question, failure=failure),
                gr.skip(),
                gr.skip(),
                question,
            )
            return
        exchanges = [*exchanges, exchange][-TURNS_KEPT:]
        conversation = render.conversation(exchanges, language)
        yield conversation, render.evidence(exchanges, language), exchanges, gr.skip()

    def begin(self, language: Language, request: gr.Request) -> tuple[str, str, list[Exchange], str]:
        """An empty conversation."""
        return self.greeting(allowed(request), language), render.evidence([], language), [], ""

    def greeting(self, person: Person, language: Language) -> str:
        """What stands in place of a conversation: starter questions, or what to do with an empty library."""
        library = self.office.library_for(person)
        if not library.entries():
            return render.empty_library(language)
        generation = library.generation()
        made = self.starters.get(person.role)
        if made is None or made[0] != generation:
            made = (
                generation,
                self.office.assistant_for(person).starters(),
            )  # each is tried, which takes a moment
            self.starters[person.role] = made
        return render.welcome(made[1], language)

    def scope_label(
        self,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        language: Language,
        request: gr.Request,
    ) -> Any:
        """The heading of the filters names what is chosen."""
        return self._scope_label(allowed(request), documents, years, issuers, language)

    def _scope_label(
        self,
        person: Person,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        language: Language,
    ) -> Any:
        chosen = [say(language, "year", year=year) for year in sorted(years)] + list(issuers)
        if documents:
            titles = {
                entry.name: entry.metadata.title.value for entry in self.office.library_for(person).entries()
            }
            first = render.shorten(titles.get(documents[0], documents[0]), 24)
            several = say(language, "several", first=first, count=len(documents))
            chosen.insert(0, first if len(documents) == 1 else several)
        joined = ("、" if language == CHINESE else ", ").join(chosen)
        return gr.update(
            label=say(language, "scope_some", chosen=joined) if chosen else say(language, "scope_all")
        )

    def refreshed(
        self,
        person: Person,
        language: Language,
        exchanges: list[Exchange],
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
    ) -> dict[Any, Any]:
        """Updates of all that depends on the library or on the language."""
        entries = self.office.library_for(person).entries()
        choices = filter_choices(entries, language)
        kept: list[list[Any]] = [
            [value for value in values if value in {choice for _, choice in offered}]
            for values, offered in zip((documents, years, issuers), choices, strict=True)
        ]
        keys = ("scope_document", "scope_year", "scope_issuer")
        updates: dict[Any, Any] = {
            component: gr.update(choices=offered, value=value, label=say(language, key))
            for component, offered, value, key in zip(self.filters, choices, kept, keys, strict=True)
        }
        return updates | {
            self.conversation: render.conversation(exchanges, language)
            if exchanges
            else self.greeting(person, language),
            self.evidence: render.evidence(exchanges, language),
            self.scope: self._scope_label(person, kept[0], kept[1], kept[2], language),
            self.question: gr.update(
                placeholder=say(language, "placeholder"), label=say(language, "question")
            ),
            self.send: gr.update(value=say(language, "send")),
            self.clear: gr.update(value=say(language, "clear")),
        }


def _chosen(event: gr.EventData) -> str:
    """The starter question that was clicked."""
    return str(getattr(event, "question", ""))[:LONGEST_QUESTION]


def filter_choices(
    entries: Sequence[Entry], language: Language
) -> tuple[list[tuple[str, Any]], list[tuple[str, Any]], list[tuple[str, Any]]]:
    """(label, value) of each document, year and issuer in the library; years newest first."""
    counted = Counter(entry.metadata.title.value for entry in entries)
    documents: list[tuple[str, Any]] = [
        (
            entry.metadata.title.value
            if counted[entry.metadata.title.value] == 1
            else f"{entry.metadata.title.value}（{entry.name}）",
            entry.name,
        )
        for entry in entries
    ]
    years = sorted({entry.metadata.year.value for entry in entries if entry.metadata.year}, reverse=True)
    issuers = sorted({entry.metadata.issuer.value for entry in entries if entry.metadata.issuer})
    return (
        documents,
        [(say(language, "year", year=year), year) for year in years],
        [(issuer, issuer) for issuer in issuers],
    )
