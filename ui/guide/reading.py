"""What the guide shows of a library, made once for each state of it and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from assistant.answer import Answer
from assistant.onboarding.doers import Circle, circles_of
from assistant.onboarding.path import Step, path_of
from assistant.onboarding.questions import Asked, cites, questions_of
from assistant.onboarding.quiz import Item, Question, draw, pool_of
from assistant.onboarding.terms import TradeTerm, terms_of
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from corpus.text import fold
from ui.words import CHINESE, say

T = TypeVar("T")
Ask = Callable[[str], Answer]
KEPT = 40  # things made, the sets of the self-test among them


class GuideReading:
    """The guide to one view of a library. Safe for several threads; what one is making, others wait for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._locks: dict[str, threading.Lock] = {}
        self._keeping = threading.Lock()

    def generation(self) -> int:
        """The state of the library that the guide is about."""
        return self.library.generation()

    def terms(self) -> tuple[TradeTerm, ...]:
        """The terms of the trade."""
        return self._once("terms", lambda: terms_of(self.library))

    def term(self, words: str) -> TradeTerm | None:
        """The term of these words."""
        wanted = fold(words)
        return next((term for term in self.terms() if fold(term.words) == wanted), None)

    def naming(self, words: str) -> tuple[Kept, ...]:
        """The promises that name a term in their sentence or above it: those in their sentence first, then those with a unit.

        Of each, the latest year first, then by the day on which they are due.
        """
        wanted = fold(words)

        def order(kept: Kept) -> tuple[bool, bool, int, str]:
            due = kept.row.deadline.due if kept.row.deadline else None
            return (
                wanted not in fold(kept.row.quote),
                kept.row.owner is None,
                -(kept.row.year or 0),
                due.isoformat() if due else "9999",
            )

        found = self.library.commitments(LedgerFilter(words=words))
        return tuple(sorted((kept for kept in found if _names(kept, wanted)), key=order))

    def circles(self) -> tuple[Circle, ...]:
        """Who does what, issuer by issuer."""
        return self._once("doers", lambda: circles_of(self.library))

    def path(self) -> tuple[Step, ...]:
        """What to read, in order."""
        return self._once("path", lambda: path_of(self.library, self.terms()))

    def questions(self, ask: Ask) -> tuple[Asked, ...]:
        """Questions by theme, each of which `ask` answers."""
        return self._once("questions", lambda: questions_of(self.library, self.terms(), self.circles(), ask))

    def quiz(self, seed: int, ask: Ask) -> tuple[Question, ...]:
        """The set of that seed, each question checked by asking it."""
        pool = self._once("pool", lambda: pool_of(self.library, self.terms()))
        return self._once("quiz", lambda: draw(pool, seed, lambda item: agrees(item, ask)), seed)

    def _once(self, name: str, make: Callable[[], T], *more: object) -> T:
        key = (name, self.library.generation(), *more)
        with self._keeping:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            with self._keeping:
                if key in self._made:
                    self._made.move_to_end(key)
                    return self._made[key]  # type: ignore[no-any-return]
            made = make()
            with self._keeping:
                self._made[key] = made
                while len(self._made) > KEPT:
                    self._made.popitem(last=False)
            return made


def agrees(item: Item, ask: Ask) -> bool:
    """Whether an answer to the item's question comes from the very sentence that the item cites.

    Terms need no second look: the words that explain them are found word for word.
    """
    if item.sort == "term":
        return True
    return cites(ask(say(CHINESE, f"quiz_{item.sort}", **names(item))), item.document, item.span)


def names(item: Item) -> dict[str, object]:
    """What the words of the item's question are filled with."""
    filled: dict[str, object] = {"subject": item.subject}
    return filled if item.sort == "term" else filled | {"title": item.title}


def _names(kept: Kept, wanted: str) -> bool:
    return any(wanted in fold(said) for said in (kept.row.quote, *kept.row.path))
