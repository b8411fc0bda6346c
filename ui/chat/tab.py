"""The tab of questions and answers: history, conversation, evidence. gradio carries; `ui.chat.handlers` and `ui.chat.talk` do the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from ui.chat import frame
from ui.chat import history as chat_history
from ui.chat.handlers import LONGEST_QUESTION, ChatHandlers, scope_of
from ui.chat.scope import FIELDS, offered, told
from ui.office import Office
from ui.people import Person
from ui.store.turns import KeptScope
from ui.words import CHINESE, Language, say

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
LABELS = ("chat_filter_document", "chat_filter_year", "chat_filter_issuer", "chat_filter_collection")


class ChatTab:
    """Built inside an open gr.Tab. `state` holds the id of the conversation that the page shows, "" for a new one."""

    def __init__(self, office: Office, language: gr.State) -> None:
        self.office = office
        self.does = ChatHandlers(office)
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
            self.documents = self._filter("chat_filter_document", scale=4)
            self.years = self._filter("chat_filter_year", scale=3)
            self.issuers = self._filter("chat_filter_issuer", scale=4)
            self.collections = self._filter("chat_filter_collection", scale=3, visible=False)

    def _filter(self, key: str, scale: int, *, visible: bool = True) -> gr.Dropdown:
        return gr.Dropdown(
            [],
            multiselect=True,
            label=say(CHINESE, key),
            scale=scale,
            min_width=140,
            elem_id=key.removeprefix("chat_"),
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
        shown = [self.conversation, self.state]
        given = [self.state, *self.filters, self.language]
        # "multiple": else a question that is sent while the last message of the one before is under way would be lost
        limits: dict[str, Any] = {
            "concurrency_limit": AT_ONCE,
            "concurrency_id": "ask",
            "trigger_mode": "multiple",
        }
        runs: list[Any] = [
            *(
                event(self.does.ask, [self.question, *given], shown, **limits, **quiet)
                for event in (self.question.submit, self.send.click)
            ),
            *(
                event(self.does.ask_again, given, shown, **limits, **quiet)
                for event in (self.conversation.click, self.conversation.retry, self.conversation.edit)
            ),
        ]
        self.stop.click(None, None, None, cancels=runs, **quiet)
        moved = [self.conversation, self.state, *self.filters]
        self.conversation.clear(self.does.begin, [self.language], moved, cancels=runs, **quiet)
        self.conversation.select(self.does.open, [self.language], moved, cancels=runs, **quiet)
        chosen = [*self.filters, self.language]
        gr.on([each.change for each in self.filters], self.does.draw_chips, chosen, self.chips, **quiet)
        self.chips.click(self.does.remove_chip, [*self.filters], [*self.filters], **quiet)

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
        choices = self.does.choices(person, language)
        scope = offered(scope_of(*chosen), choices)
        updates: dict[Any, Any] = {}
        if redraw:
            told_, self_id, *values = self.does.opened(person, conversation, language, quiet=True)
            scope = scope if scope else KeptScope(*(tuple(value) for value in values))
            updates = {self.conversation: told_}
            if self_id:  # else what was asked while the page was still arriving would lose its conversation
                updates[self.state] = self_id
        elif not conversation:
            updates = {self.conversation: self.does.talk.begun(person, language, quiet=True).wire()}
        for component, offers, field, key in zip(self.filters, choices, FIELDS, LABELS, strict=True):
            value = list(getattr(scope, field))
            updates[component] = gr.update(choices=offers, value=value, label=say(language, key))
        updates[self.collections] = updates[self.collections] | {"visible": bool(choices[3])}
        library = self.office.library_for(person)
        return updates | {
            self.history: chat_history.shell(language),
            self.chips: frame.chips(told(scope, library, language), language),
            self.scope: gr.update(label=say(language, "scope_heading")),
            self.question: gr.update(
                placeholder=say(language, "placeholder"), label=say(language, "question")
            ),
            self.send: gr.update(value=say(language, "send")),
            self.stop: gr.update(value=say(language, "act_stop")),
        }
