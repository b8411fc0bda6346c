"""What the chat does when something is asked, clicked or chosen: gradio's handlers. Each finds out first who is asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from ui.chat import frame
from ui.chat.scope import FIELDS, Choice, collections_in, filter_choices, offered, told, without
from ui.chat.talk import Asking, Talk, Told
from ui.office import Office
from ui.people import Person, allowed
from ui.store.turns import KeptScope
from ui.words import Language

LONGEST_QUESTION = 1000


class ChatHandlers:
    """The handlers of one office's chat."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.talk = Talk(office)

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
    ) -> Iterator[tuple[Any, Any]]:
        """Conversation and its id, again and again while the answer grows."""
        person = allowed(request)
        question = _line(question)
        if not question:
            yield gr.skip(), gr.skip()
            return
        scope = scope_of(documents, years, issuers, collections)
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
    ) -> Iterator[tuple[Any, Any]]:
        """The same for what is clicked: a question that the page offers, or a turn to be asked again, with its question or another."""
        person = allowed(request)
        question, number = _line(getattr(event, "question", "")), getattr(event, "turn", None)
        number = number if type(number) is int and number > 0 else None
        if number is not None and not question:
            question = self.talk.asked_again(person, str(conversation), number)
        if not question:
            yield gr.skip(), gr.skip()
            return
        scope = scope_of(documents, years, issuers, collections)
        asking = Asking(question, str(conversation), scope, language, number)
        yield from _carried(self.talk.ask(person, asking), empty_box=False)

    def begin(self, language: Language, request: gr.Request) -> tuple[Any, ...]:
        """A new conversation, in all documents."""
        told_ = replace(self.talk.begun(allowed(request), language), box="")
        return told_.wire(), "", [], [], [], []

    def open(self, language: Language, request: gr.Request, event: gr.EventData) -> tuple[Any, ...]:
        """The conversation that was clicked, where it is the person's own; else a new one."""
        person = allowed(request)
        return self.opened(person, getattr(event, "conversation", ""), language)

    def opened(
        self, person: Person, identity: object, language: Language, *, quiet: bool = False
    ) -> tuple[Any, ...]:
        """What `open` gives, for an id from wherever it came. quiet: a beginning takes no turn's place."""
        found = self.talk.opened(person, str(identity), language)
        if found is None:
            return self.talk.begun(person, language, quiet=quiet).wire(), "", [], [], [], []
        scope = offered(found[1], self.choices(person, language))
        return (
            found[0].wire(),
            found[0].conversation,
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
        return frame.chips(
            told(scope_of(documents, years, issuers, collections), library, language), language
        )

    def remove_chip(
        self,
        documents: Sequence[str],
        years: Sequence[int],
        issuers: Sequence[str],
        collections: Sequence[str],
        request: gr.Request,
        event: gr.EventData,
    ) -> tuple[list[Any], ...]:
        """The filters without the one that was clicked."""
        allowed(request)
        field, value = str(getattr(event, "field", "")), str(getattr(event, "value", ""))
        kept = without(scope_of(documents, years, issuers, collections), field, value)
        return tuple(list(getattr(kept, each)) for each in FIELDS)

    def choices(self, person: Person, language: Language) -> tuple[list[Choice], ...]:
        """What each filter offers to this person."""
        library = self.office.library_for(person)
        return filter_choices(library.entries(), language, collections_in(library))


def _line(question: object) -> str:
    return " ".join(str(question or "").split())[:LONGEST_QUESTION]


def scope_of(
    documents: Sequence[str] | None = (),
    years: Sequence[int] | None = (),
    issuers: Sequence[str] | None = (),
    collections: Sequence[str] | None = (),
) -> KeptScope:
    """The values of the filters as one; None, which gradio gives for an untouched one, is nothing."""
    return KeptScope(
        tuple(documents or ()), tuple(years or ()), tuple(issuers or ()), tuple(collections or ())
    )


def _carried(telling: Iterator[Told], *, empty_box: bool) -> Iterator[tuple[Any, Any]]:
    """What is told, as gradio's outputs: the box is emptied with the first, and gets back what was not answered.

    The box is no output of its own. gradio makes a new component of whatever is updated, and keeps each as long as the page is
    open: a day's questions would stay in memory.
    """
    for count, told_ in enumerate(telling):
        if empty_box and not count and told_.box is None:
            told_ = replace(told_, box="")
        yield told_.wire(), "" if told_.lost else told_.conversation or gr.skip()
