"""Conversations as they are held: asking, opening one again, beginning one. Knows nothing of gradio.

What the page is told is a `Told`: turns as HTML and from which number on they take the place of what is there. The page lays
them in (static/chat.js), so that a growing answer never sends the finished turns again.
"""

from __future__ import annotations

import itertools
import json
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from assistant.conversation import Turn
from corpus.errors import WenNuoError
from ui.chat import frame
from ui.chat import turns as chat_turns
from ui.chat.cards import no_evidence
from ui.chat.kept import FULL_HISTORY, Eyes
from ui.chat.scope import collections_in, in_words
from ui.excerpt import Exchange, excerpts
from ui.office import Office
from ui.people import Person, Role
from ui.store.conversations import Conversations
from ui.store.turns import LONGEST, MOST, Added, Conversation, KeptScope, KeptTurn
from ui.words import Language, say, sentence

AFTER_ALL = 1_000_000  # a turn's number behind all that the page may show
STEP = 0.1  # seconds between two looks at a growing answer
log = logging.getLogger(__name__)
_serial = itertools.count(time.time_ns())


@dataclass(frozen=True, slots=True)
class Told:
    """What the page is to show. html takes the place of turns from number `start` on; 0: of all there is.

    conversation: "" while it has no turn that is kept. bar: what stands above, "" where that stays. quiet: only where the
    page shows no turn. restart: turns that were stopped or failed go as well. box: what the question box holds from now on, ""
    where what was sent from it goes, None where it stays. lost: the conversation that was asked in is not there (any more), so that the next question begins a new one.
    """

    html: str
    start: int = 0
    conversation: str = ""
    bar: str = ""
    quiet: bool = False
    restart: bool = False
    box: str | None = None
    lost: bool = False

    def wire(self) -> str:
        """As JSON; no two are the same, so that the page hears each."""
        shape = {name: value for name, value in asdict(self).items() if name != "lost"}
        return json.dumps(shape | {"serial": next(_serial)}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in a conversation ("": a new one). number: the turn whose place the answer takes, None for a further one."""

    question: str
    conversation: str
    scope: KeptScope
    language: Language
    number: int | None = None


class RefusedAskingError(Exception):
    """A question that is not asked; why, as a key of the interface's words."""


class Talk:
    """The conversations of one office. Safe for several threads."""

    def __init__(self, office: Office, conversations: Conversations | None = None) -> None:
        self.office = office
        self.conversations = conversations or Conversations(office.store)
        self._starters: dict[Role, tuple[int, tuple[str, ...]]] = {}
        self._making = threading.Lock()

    def ask(self, person: Person, asking: Asking) -> Iterator[Told]:
        """The answer while it grows, then as it is kept; never raises for what a question says or a part that fails."""
        number = asking.number or 0
        try:
            kept = self._found(person, asking)
            if asking.number is None:
                number = kept.turns[-1].number + 1 if kept and kept.turns else 1
            if not self.office.limits.question(person.key):
                raise RefusedAskingError("too_often")
            yield self._growing(chat_turns.growing(asking.question, number, asking.language), number, asking)
            yield from self._answered(person, asking, kept, number)
        except RefusedAskingError as refusal:
            lost = str(refusal) == "history_refused"
            failed = self._failed(asking, number or AFTER_ALL, say(asking.language, str(refusal)))
            yield replace(failed, conversation="", lost=True) if lost else failed
        except Exception as error:
            if not isinstance(error, WenNuoError):
                log.exception("no answer to a question")
            yield self._failed(asking, number or AFTER_ALL, sentence(error, asking.language))

    def _found(self, person: Person, asking: Asking) -> Conversation | None:
        """The conversation so far, before the turn that is asked again; None for a new one."""
        if not asking.conversation:
            return None
        found = self.conversations.get(person.key, asking.conversation, FULL_HISTORY, asking.number)
        if found is None:
            raise RefusedAskingError("history_refused")
        return found

    def _answered(
        self, person: Person, asking: Asking, kept: Conversation | None, number: int
    ) -> Iterator[Told]:
        library, assistant = self.office.library_for(person), self.office.assistant_for(person)
        collections = collections_in(library) if asking.scope.collections else {}
        held = [name for chosen in asking.scope.collections for name in collections.get(chosen, ())]
        scope = asking.scope.narrowed(held)
        if asking.scope.collections and not scope.documents:
            raise RefusedAskingError("collection_empty")
        history = Eyes(library, person.role).history(kept.turns) if kept else []
        answer, shown = None, 0.0
        for answer in assistant.stream(asking.question, history, scope):
            if time.monotonic() - shown >= STEP:
                partial = chat_turns.growing(asking.question, number, asking.language, answer)
                yield self._growing(partial, number, asking)
                shown = time.monotonic()
        if answer is None:
            raise RuntimeError("the assistant gave no answer")
        added = self.conversations.add(
            person.key,
            asking.conversation,
            answer,
            scope=asking.scope,
            language=asking.language,
            role=person.role,
            number=asking.number,
        )
        if added is None:
            raise RefusedAskingError("history_refused")
        documents = sorted({citation.document for citation in answer.citations})
        self.office.note(person, "ask", asking.question, status=answer.status, documents=documents)
        exchange = Exchange(Turn(asking.question, answer), excerpts(library, answer))
        yield self._final(person, asking, exchange, added)

    def _growing(self, html: str, number: int, asking: Asking) -> Told:
        return Told(html, number, asking.conversation, restart=asking.number is not None)

    def _final(self, person: Person, asking: Asking, exchange: Exchange, added: Added) -> Told:
        html = chat_turns.turn(
            exchange,
            added.number,
            asking.language,
            conversation=added.conversation,
            scope=in_words(asking.scope, self.office.library_for(person), asking.language),
            notices=self._notices(added, asking.language),
        )
        bar = frame.bar(asking.language, added.conversation, added.title)
        return Told(html, added.number, added.conversation, bar, restart=asking.number is not None)

    def _failed(self, asking: Asking, number: int, failure: str) -> Told:
        html = chat_turns.failed(asking.question, number, asking.language, failure)
        box = asking.question if asking.number is None else None
        return Told(html, number, asking.conversation, restart=asking.number is not None, box=box)

    def _notices(self, added: Added, language: Language) -> list[str]:
        found = [say(language, "busy_note")] if self.office.shelf.busy else []
        if added.conversations_gone:
            found.append(say(language, "conversations_gone", most=MOST, count=added.conversations_gone))
        if added.turns_gone:
            found.append(say(language, "turns_gone", most=LONGEST, count=added.turns_gone))
        return found

    def asked_again(self, person: Person, conversation: str, number: int) -> str:
        """The question of a turn, to be asked again; "" where the person has no such turn."""
        found = self.conversations.turn(person.key, conversation, number)
        return found.question if found else ""

    def opened(self, person: Person, identity: str, language: Language) -> tuple[Told, KeptScope] | None:
        """A kept conversation as the person may see it now, with what its last question was restricted to; None for no such."""
        found = self.conversations.get(person.key, identity)
        if found is None or not found.turns:
            return None
        library = self.office.library_for(person)
        eyes = Eyes(library, person.role)
        turns = "".join(self._kept(eyes, turn, identity, language) for turn in found.turns)
        bar = frame.bar(language, identity, found.title)
        return Told(turns, 0, identity, bar), found.turns[-1].scope

    def _kept(self, eyes: Eyes, turn: KeptTurn, identity: str, language: Language) -> str:
        if turn.answer is None:
            return chat_turns.hidden(turn.question, turn.number, language, "turn_unreadable")
        exchange = eyes.exchange(turn.answer, turn.role)
        if exchange is None:
            return chat_turns.hidden(turn.question, turn.number, language)
        return chat_turns.turn(
            exchange,
            turn.number,
            language,
            conversation=identity,
            scope=in_words(turn.scope, eyes.library, language),
            verdict=turn.verdict,
        )

    def begun(self, person: Person, language: Language, *, quiet: bool = False) -> Told:
        """No conversation yet: questions to begin with, or what to do with an empty library.

        quiet: only where the page shows no turn, as when the library has changed under an open page.
        """
        library, busy = self.office.library_for(person), self.office.shelf.busy
        if not library.entries():
            html = frame.empty_library(language, busy=busy, curator=person.may("curator"))
        else:
            html = frame.welcome(self._starting(person), language, busy=busy)
        html += f'<template class="sources">{no_evidence(language)}</template>'
        return Told(html, 0, "", frame.bar(language), quiet=quiet)

    def _starting(self, person: Person) -> tuple[str, ...]:
        """Questions to begin with. Each is tried, which takes a moment: made once a state of the library."""
        with self._making:  # the others who come meanwhile wait rather than try the same
            generation = self.office.library_for(person).generation()
            made = self._starters.get(person.role)
            if made is None or made[0] != generation:
                made = (generation, self.office.assistant_for(person).starters())
                self._starters[person.role] = made
            return made[1]
