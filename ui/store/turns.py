"""What is kept of a conversation: its tables, and the values that their rows become."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Row, Table, Text

from assistant.answer import Answer
from assistant.question import Scope
from ui.people import Role, role_of
from ui.store.answers import from_json
from ui.store.schema import tables

MOST = 500  # conversations of one owner
LONGEST = 100  # turns of one conversation
LONGEST_TITLE = 60  # characters

conversations = Table(
    "conversations",
    tables,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False, index=True),  # Person.key
    Column("title", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

turns = Table(
    "turns",
    tables,
    Column("conversation", Text, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # counts from 1, and on where the oldest were let go
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),  # JSON
    Column("scope", Text, nullable=False),  # JSON
    Column("language", Text, nullable=False),
    Column("role", Text, nullable=False),  # whose view of the library gave the answer
    Column("made_at", Text, nullable=False),
    Column("verdict", Text, nullable=False),  # the owner's thumb: good, bad or ""
    Column("opinion", Integer),  # its entry in the review list
)


@dataclass(frozen=True, slots=True)
class KeptScope:
    """What a question was restricted to, as it was chosen: names of documents, years, issuers, names of collections."""

    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.years or self.issuers or self.collections)

    def narrowed(self, documents: Sequence[str]) -> Scope:
        """The scope of a search; documents: those that the collections hold between them."""
        names = frozenset(self.documents)
        if self.collections:
            names = (names & frozenset(documents)) if names else frozenset(documents)
        return Scope(names, frozenset(self.years), frozenset(self.issuers))


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question and its answer. answer is None where it was kept by a version that cannot be read any more.

    made_at is UTC, ISO 8601. role: whose view of the library gave the answer. verdict: "good", "bad" or "".
    """

    number: int
    question: str
    answer: Answer | None
    scope: KeptScope
    language: str
    role: Role
    made_at: str
    verdict: str = ""
    opinion: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of one owner. Times are UTC, ISO 8601. turns: oldest first, as many as were asked for; count: of all."""

    id: str
    owner: str
    title: str
    made_at: str
    changed_at: str
    count: int
    turns: tuple[KeptTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """Where a turn was kept, and how many old conversations and old turns were let go for it."""

    conversation: str
    number: int
    title: str
    conversations_gone: int = 0
    turns_gone: int = 0


def moment() -> str:
    """Now, in UTC, to the microsecond: two turns of one second stay in order."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def title_of(question: str) -> str:
    """A conversation's title: one line, at most LONGEST_TITLE characters."""
    line = " ".join(question.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def conversation_of(row: Row[Any]) -> Conversation:
    """A row of `conversations` with the number of its turns as the last column, without the turns."""
    return Conversation(row.id, row.owner, row.title, row.made_at, row.changed_at, row[-1])


def turn_of(row: Row[Any]) -> KeptTurn:
    """A row of `turns`."""
    scope = {
        name: tuple(values) for name, values in json.loads(row.scope).items() if name in KeptScope.__slots__
    }
    return KeptTurn(
        row.number,
        row.question,
        from_json(row.answer),
        KeptScope(**scope),
        row.language,
        role_of(row.role),
        row.made_at,
        row.verdict,
        row.opinion,
    )
