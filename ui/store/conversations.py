"""Conversations, as their owners find them again after a reload, a restart, or on another device."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from sqlalchemy import Connection, Select, delete, exists, func, insert, or_, select, update

from assistant.answer import Answer
from ui.people import Role
from ui.store.answers import as_json
from ui.store.schema import Store
from ui.store.turns import (
    LONGEST,
    MOST,
    Added,
    Conversation,
    KeptScope,
    KeptTurn,
    conversation_of,
    conversations,
    moment,
    title_of,
    turn_of,
    turns,
)


class Conversations:
    """The conversations of one office. Each method is told the owner, and nothing of another owner is found or changed."""

    def __init__(self, store: Store, most: int = MOST, longest: int = LONGEST) -> None:
        """most: how many an owner may have; longest: how many turns one may have. The oldest make room."""
        self._store = store
        self._most = most
        self._longest = longest

    def listed(self, owner: str, search: str = "") -> tuple[Conversation, ...]:
        """The owner's conversations without their turns, the last changed first; with `search`, those with it in title or question."""
        wanted = _heads().where(conversations.c.owner == owner)
        words = " ".join(search.split())
        if words:
            asked = exists().where(
                turns.c.conversation == conversations.c.id, turns.c.question.contains(words, autoescape=True)
            )
            wanted = wanted.where(or_(conversations.c.title.contains(words, autoescape=True), asked))
        wanted = wanted.order_by(conversations.c.changed_at.desc(), conversations.c.id)
        with self._store.reading() as connection:
            return tuple(conversation_of(row) for row in connection.execute(wanted))

    def get(
        self, owner: str, identity: str, last: int | None = None, before: int | None = None
    ) -> Conversation | None:
        """The conversation with its turns; None where the owner has none of that id.

        last: only so many of its latest turns. before: only those with a lower number.
        """
        head = _heads().where(conversations.c.id == identity, conversations.c.owner == owner)
        wanted = select(turns).where(turns.c.conversation == identity)
        if before is not None:
            wanted = wanted.where(turns.c.number < before)
        wanted = wanted.order_by(turns.c.number.desc())
        if last is not None:
            wanted = wanted.limit(last)
        with self._store.reading() as connection:
            found = connection.execute(head).one_or_none()
            rows = connection.execute(wanted).all() if found else []
        if found is None:
            return None
        return replace(conversation_of(found), turns=tuple(turn_of(row) for row in reversed(rows)))

    def turn(self, owner: str, identity: str, number: int) -> KeptTurn | None:
        """One turn; None where the owner has no such."""
        wanted = (
            select(turns)
            .join(conversations, conversations.c.id == turns.c.conversation)
            .where(conversations.c.owner == owner, turns.c.conversation == identity, turns.c.number == number)
        )
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return turn_of(row) if row else None

    def add(
        self,
        owner: str,
        identity: str,
        answer: Answer,
        *,
        scope: KeptScope,
        language: str,
        role: Role,
        number: int | None = None,
    ) -> Added | None:
        """Keep an answer as the next turn; without `identity`, as the first one of a new conversation.

        number: the turn whose place it takes; that one and what follows it go. None where the owner has no such conversation.
        """
        at = moment()
        with self._store.writing() as connection:
            gone = 0
            if not identity:
                identity, title = secrets.token_urlsafe(16), title_of(answer.question)
                gone = self._make_room(connection, owner)
                row = {"id": identity, "owner": owner, "title": title, "made_at": at, "changed_at": at}
                connection.execute(insert(conversations).values(**row))
            else:
                own = (conversations.c.id == identity) & (conversations.c.owner == owner)
                if not connection.execute(update(conversations).where(own).values(changed_at=at)).rowcount:
                    return None
                title = str(connection.scalar(select(conversations.c.title).where(own)))
            number = self._place(connection, identity, number)
            connection.execute(
                insert(turns).values(
                    conversation=identity,
                    number=number,
                    question=answer.question,
                    answer=as_json(answer),
                    scope=json.dumps({name: getattr(scope, name) for name in scope.__slots__}),
                    language=language,
                    role=role,
                    made_at=at,
                    verdict="",
                )
            )
            over = delete(turns).where(
                turns.c.conversation == identity, turns.c.number <= number - self._longest
            )
            shed = connection.execute(over).rowcount
        return Added(identity, number, title, gone, shed)

    def rename(self, owner: str, identity: str, title: str) -> bool:
        """Give the conversation another title; whether the owner has one of that id. Raises ValueError for an empty title."""
        title = title_of("".join(each for each in title if each.isprintable()))
        if not title:
            raise ValueError("a title has at least one visible character")
        own = (conversations.c.id == identity) & (conversations.c.owner == owner)
        with self._store.writing() as connection:
            return bool(connection.execute(update(conversations).where(own).values(title=title)).rowcount)

    def remove(self, owner: str, identity: str) -> bool:
        """Forget the conversation; whether the owner had one of that id."""
        own = (conversations.c.id == identity) & (conversations.c.owner == owner)
        with self._store.writing() as connection:
            return bool(connection.execute(delete(conversations).where(own)).rowcount)

    def judge(self, owner: str, identity: str, number: int, verdict: str, opinion: int | None) -> bool:
        """Keep the owner's thumb with the turn; whether there is such a turn of theirs."""
        own = exists().where(conversations.c.id == turns.c.conversation, conversations.c.owner == owner)
        place = (turns.c.conversation == identity) & (turns.c.number == number) & own
        with self._store.writing() as connection:
            changed = update(turns).where(place).values(verdict=verdict, opinion=opinion)
            return bool(connection.execute(changed).rowcount)

    def _make_room(self, connection: Connection, owner: str) -> int:
        """Let the oldest conversations go where another one would be too many; how many went."""
        kept = (
            select(conversations.c.id)
            .where(conversations.c.owner == owner)
            .order_by(conversations.c.changed_at.desc())
            .limit(self._most - 1)
        )
        old = delete(conversations).where(conversations.c.owner == owner, conversations.c.id.not_in(kept))
        return connection.execute(old).rowcount

    def _place(self, connection: Connection, identity: str, number: int | None) -> int:
        """The number of a new turn, after what it takes the place of has gone."""
        if number is not None:
            replaced = turns.c.conversation == identity, turns.c.number >= number
            connection.execute(delete(turns).where(*replaced))
        last = connection.scalar(select(func.max(turns.c.number)).where(turns.c.conversation == identity))
        return number if number is not None and number > (last or 0) else (last or 0) + 1


def _heads() -> Select[tuple[str, ...]]:
    count = select(func.count()).where(turns.c.conversation == conversations.c.id).scalar_subquery()
    return select(conversations, count.label("count"))
