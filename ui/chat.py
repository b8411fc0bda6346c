"""The tab of questions and answers: history, conversation, evidence. What gradio does here is to carry; `Talk` does the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from ui import chat_frame, chat_history
from ui.chat_scope import FIELDS, collections_in, filter_choices, offered, told, without
from ui.chat_talk import Asking, Talk, Told
from ui.office import Office
from ui.people import Person, allowed
from ui.store.conversations import KeptScope
from ui.words import CHINESE, Language, say

LONGEST_QUESTION = 1000
AT_ONCE = 4
FRAME = '<div class="bar"></div><div class="turns" role="log" aria-live="polite" tabindex="0" aria-busy="true"></div>'
# The page's script (static/chat.js) is told what to show by one kind of event, and sends what is clicked by the other.
CARRYING = """
watch('value', () => element.dispatchEvent(new CustomEvent('wennuo-told', {detail: props.value, bubbles: true})));
element.addEventListener('wennuo-act', (event) => trigger(event.detail.act, event.detail));
"""
REMOVING = """
element.addEventListener('click', (event) => {
  const chosen = event.target.closest('[data-field]');
  if (chosen) trigger('click', {field: chosen.dataset.field, value: chosen.dataset.value ?? ''});
});
"""
LABELS = ("filter_document", "filter_year", "filter_issuer", "filter_collection")


class ChatTab:
    """Built inside an open gr.Tab. `state` holds the id of the conversation that the page shows, "" for a new one."""

    def __init__(self, office: Office, language: gr.State) -> None:
        self.office = office
        self.talk = Talk(office)
        self.language = language
        self.state = gr.State("", time_to_live=12 * 3600)
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="rail", scale=0, min_width=0):
                self.history = gr.HTML(
                    chat_history.shell(CHINESE), elem_id="history", js_on_load=None, apply_default_css=False
                )
            with gr.Column(elem_id="talk", scale=3, min_width=280):
                self.conversation = gr.HTML(
                    elem_id="conversation", html_template=FRAME, js_on_load=CARRYING, apply_default_css=False
                )
                self._asking()
            with gr.Column(elem_id="evidence", scale=2, min_width=280):
                gr.HTML(
                    html_template='<div class="evidence" tabindex="0"></div>',
                    elem_id="cards",
                    js_on_load=None,
                    apply_default_css=False,
                )
        self._connect()

    def _asking(self) -> None:
        self.chips = gr.HTML(elem_id="chips", js_on_load=REMOVING, apply_default_css=False)
        with gr.Row(elem_id="asking", equal_height=True):
            self.question = gr.Textbox(
                show_label=False,
                label=say(CHINESE, "question"),
                placeholder=say(CHINESE, "placeholder"),
                lines=1,
                max_lines=6,
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
            self.stop = gr.Button(
                say(CHINESE, "act_stop"), variant="secondary", scale=1, min_width=72, elem_id="stop"
            )
        with (
            gr.Accordion(say(CHINESE, "scope_heading"), open=False, elem_id="scope") as self.scope,
            gr.Row(),
        ):
            self.documents = self._filter("filter_document", scale=4)
            self.years = self._filter("filter_year", scale=3)
            self.issuers = self._filter("filter_issuer", scale=4)
            self.collections = self._filter("filter_collection", scale=3, visible=False)

    def _filter(self, key: str, scale: int, *, visible: bool = True) -> gr.Dropdown:
        return gr.Dropdown(
            [],
            multiselect=True,
            label=say(CHINESE, key),
            scale=scale,
            min_width=140,
            elem_id=key,
            visible=visible,
        )

    @property
    def filters(self) -> list[gr.Dropdown]:
        """Documents, years, issuers, collections."""
        return [self.documents, self.years, self.issuers, self.collections]

    @property
    def drawn(self) -> list[Any]:
        """All that `refreshed` may update."""
        return [
            *(self.history, self.conversation, self.state, self.chips, self.question, self.send, self.stop),
            *(self.scope, *self.filters),
        ]

    def _connect(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        shown = [self.conversation, self.state, self.question]
        given = [self.state, *self.filters, self.language]
        # "multiple": else a question that is sent while the last message of the one before is under way would be lost
        limits: dict[str, Any] = {
            "concurrency_limit": AT_ONCE,
            "concurrency_id": "ask",
            "trigger_mode": "multiple",
        }
        runs: list[Any] = [
            *(
                event(self.ask, [self.question, *given], shown, **limits, **quiet)
                for event in (self.question.submit, self.send.click)
            ),
            *(
                event(self.ask_again, given, shown, **limits, **quiet)
                for event in (self.conversation.click, self.conversation.retry, self.conversation.edit)
            ),
        ]
        self.stop.click(None, None, None, cancels=runs, **quiet)
        moved = [self.conversation, self.state, self.question, *self.filters]
        self.conversation.clear(self.begin, [self.language], moved, cancels=runs, **quiet)
        self.conversation.select(self.open, [self.language], moved, cancels=runs, **quiet)
        chosen = [*self.filters, self.language]
        gr.on([each.change for each in self.filters], self.draw_chips, chosen, self.chips, **quiet)
        self.chips.click(self.remove_chip, [*self.filters], [*self.filters], **quiet)

    def ask(
        self,
        question: str,
        conversation: str,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        collections: Sequence[str],
        language: Language,
        request: gr.Request,
    ) -> Iterator[tuple[Any, Any, Any]]:
        """Conversation, its id, and the question box, again and again while the answer grows."""
        person = allowed(request)
        question = _line(question)
        if not question:
            yield gr.skip(), gr.skip(), ""
            return
        scope = _scope(documents, years, issuers, collections)
        asking = Asking(question, str(conversation), scope, language)
        yield from _carried(self.talk.ask(person, asking), empty_box=True)

    def ask_again(
        self,
        conversation: str,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        collections: Sequence[str],
        language: Language,
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[tuple[Any, Any, Any]]:
        """The same for what is clicked: a question that the page offers, or a turn to be asked again, with its question or another."""
        person = allowed(request)
        question, number = _line(getattr(event, "question", "")), getattr(event, "turn", None)
        number = number if type(number) is int and number > 0 else None
        if number is not None and not question:
            question = self.talk.asked_again(person, str(conversation), number)
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        scope = _scope(documents, years, issuers, collections)
        asking = Asking(question, str(conversation), scope, language, number)
        yield from _carried(self.talk.ask(person, asking), empty_box=False)

    def begin(self, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """A new conversation, in all documents."""
        told_ = self.talk.begun(allowed(request), language)
        return told_.wire(), "", "", [], [], [], []

    def open(self, language: Language, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """The conversation that was clicked, where it is the person's own; else a new one."""
        person = allowed(request)
        return self._opened(person, getattr(event, "conversation", ""), language)

    def _opened(self, person: Person, identity: object, language: Language) -> tuple[Any, ...]:
        found = self.talk.opened(person, str(identity), language)
        if found is None:
            return self.talk.begun(person, language).wire(), "", gr.skip(), [], [], [], []
        scope = offered(found[1], self._choices(person, language))
        return (
            found[0].wire(),
            found[0].conversation,
            gr.skip(),
            *(list(getattr(scope, field)) for field in FIELDS),
        )

    def draw_chips(
        self,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        collections: Sequence[str],
        language: Language,
        request: gr.Request,
    ) -> str:
        """What is chosen, above the question box."""
        library = self.office.library_for(allowed(request))
        return chat_frame.chips(
            told(_scope(documents, years, issuers, collections), library, language), language
        )

    def remove_chip(
        self,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        collections: Sequence[str],
        event: gr.EventData,
    ) -> tuple[list[Any], ...]:
        """The filters without the one that was clicked."""
        field, value = str(getattr(event, "field", "")), str(getattr(event, "value", ""))
        kept = without(_scope(documents, years, issuers, collections), field, value)
        return tuple(list(getattr(kept, each)) for each in FIELDS)

    def _choices(self, person: Person, language: Language) -> tuple[list[tuple[str, Any]], ...]:
        library = self.office.library_for(person)
        return filter_choices(library.entries(), language, collections_in(library))

    def refreshed(
        self,
        person: Person,
        language: Language,
        conversation: str,
        *chosen: Sequence[Any],
        redraw: bool = False,
    ) -> dict[Any, Any]:
        """Updates of all that depends on the library or on the language.

        chosen: the values of the filters. redraw: draw the conversation too, which is left alone else.
        """
        choices = self._choices(person, language)
        scope = offered(_scope(*chosen), choices)
        updates: dict[Any, Any] = {}
        if redraw:
            told_, self_id, _, *values = self._opened(person, conversation, language)
            scope = scope if scope else KeptScope(*(tuple(value) for value in values))
            updates = {self.conversation: told_, self.state: self_id}
        elif not conversation:
            updates = {self.conversation: self.talk.begun(person, language, quiet=True).wire()}
        for component, offers, field, key in zip(self.filters, choices, FIELDS, LABELS, strict=True):
            value = list(getattr(scope, field))
            updates[component] = gr.update(choices=offers, value=value, label=say(language, key))
        updates[self.collections] = updates[self.collections] | {"visible": bool(choices[3])}
        library = self.office.library_for(person)
        return updates | {
            self.history: chat_history.shell(language),
            self.chips: chat_frame.chips(told(scope, library, language), language),
            self.scope: gr.update(label=say(language, "scope_heading")),
            self.question: gr.update(
                placeholder=say(language, "placeholder"), label=say(language, "question")
            ),
            self.send: gr.update(value=say(language, "send")),
            self.stop: gr.update(value=say(language, "act_stop")),
        }


def _line(question: object) -> str:
    return " ".join(str(question or "").split())[:LONGEST_QUESTION]


def _scope(
    documents: Sequence[str] | None = (),
    years: Sequence[int] | None = (),
    issuers: Sequence[str] | None = (),
    collections: Sequence[str] | None = (),
) -> KeptScope:
    return KeptScope(
        tuple(documents or ()), tuple(years or ()), tuple(issuers or ()), tuple(collections or ())
    )


def _carried(telling: Iterator[Told], *, empty_box: bool) -> Iterator[tuple[Any, Any, Any]]:
    """What is told, as gradio's outputs: the box is emptied with the first, and gets back what was not answered."""
    for count, told_ in enumerate(telling):
        box: Any = "" if empty_box and not count else gr.skip()
        yield told_.wire(), told_.conversation or gr.skip(), box if told_.back is None else told_.back
