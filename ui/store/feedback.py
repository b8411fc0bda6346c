"""What people think of answers: a thumb, a reason, a few words, and the answer as it stood. The review list is made of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from sqlalchemy import Column, Integer, Row, Table, Text, delete, func, insert, select, update

from ui.people import ROLES, Person, Role
from ui.store.schema import Store, tables

if TYPE_CHECKING:
    from assistant.answer import Answer

Verdict = Literal["good", "bad"]
Reason = Literal[
    "wrong_figure",
    "wrong_document",
    "should_have_refused",
    "should_have_answered",
    "too_long",
    "not_found",
    "other",
]
State = Literal["open", "done", "question"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
REASONS: tuple[Reason, ...] = get_args(Reason)
STATES: tuple[State, ...] = get_args(State)
LONGEST_NOTE = 500  # characters

feedback = Table(
    "feedback",
    tables,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),  # the login name, "" while log-in is off
    Column("key", Text, nullable=False),  # who owns it: Person.key
    Column("audience", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("answer", Text, nullable=False),  # JSON
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),  # "" for a good one
    Column("note", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    sqlite_autoincrement=True,  # the id of an entry that was removed names no other: questions are named after it
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thumb. at is UTC, ISO 8601. answer is `Answer.to_json()`. audience: the role whose view gave the answer, which may be told it."""

    id: int
    at: str
    by: str
    audience: Role
    question: str
    asked: str
    answer: Mapping[str, Any]
    verdict: Verdict
    reason: Reason | None
    note: str
    state: State

    @property
    def citations(self) -> tuple[Mapping[str, Any], ...]:
        """What the answer cites."""
        return tuple(self.answer.get("citations") or ())

    @property
    def documents(self) -> frozenset[str]:
        """The names of the documents that the answer quotes."""
        return frozenset(str(cited["document"]) for cited in self.citations)


class Feedback:
    """The entries of one office. Safe for several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, person: Person, answer: Answer, verdict: Verdict, reason: Reason | None = None, note: str = ""
    ) -> int:
        """Keep what `person` thinks of `answer`, which their own role's view gave; the entry's id.

        A second thought on the same answer takes the place of the first while nobody has dealt with that. A good one has no
        reason. Raises ValueError for an unknown verdict or reason, a bad one without a reason, and a note that is too long.
        """
        note = note.strip()
        if verdict not in VERDICTS:
            raise ValueError(f"{verdict!r} is no verdict")
        if (reason is None) != (verdict == "good") or (reason is not None and reason not in REASONS):
            raise ValueError(f"{reason!r} is no reason for {verdict!r}")
        if len(note) > LONGEST_NOTE:
            raise ValueError(f"a note has at most {LONGEST_NOTE} characters")
        shape = json.dumps(answer.to_json(), ensure_ascii=False)
        row = {
            "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "by": person.name,
            "key": person.key,
            "audience": person.role,
            "question": answer.question,
            "asked": answer.asked,
            "answer": shape,
            "verdict": verdict,
            "reason": reason or "",
            "note": note,
            "state": "open",
        }
        same = (
            (feedback.c.key == person.key)
            & (feedback.c.question == answer.question)
            & (feedback.c.asked == answer.asked)
            & (feedback.c.state == "open")
        )
        with self._store.writing() as connection:
            connection.execute(delete(feedback).where(same))
            made = connection.execute(insert(feedback).values(**row)).inserted_primary_key
        return int(made[0]) if made else 0

    def withdraw(self, person: Person, identity: int) -> bool:
        """Take back an entry that is `person`'s own and still open; whether there was one."""
        own = (feedback.c.id == identity) & (feedback.c.key == person.key) & (feedback.c.state == "open")
        with self._store.writing() as connection:
            return bool(connection.execute(delete(feedback).where(own)).rowcount)

    def entries(
        self,
        role: Role,
        *,
        state: State | None = None,
        verdict: Verdict | None = None,
        reason: Reason | None = None,
    ) -> tuple[Entry, ...]:
        """The entries that `role` may be told, newest first; None: any."""
        wanted = (
            select(feedback).where(feedback.c.audience.in_(_reached(role))).order_by(feedback.c.id.desc())
        )
        for column, value in (
            (feedback.c.state, state),
            (feedback.c.verdict, verdict),
            (feedback.c.reason, reason),
        ):
            if value is not None:
                wanted = wanted.where(column == value)
        with self._store.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(wanted))

    def get(self, role: Role, identity: int) -> Entry | None:
        """The entry; None where there is none that `role` may be told."""
        wanted = select(feedback).where(feedback.c.id == identity, feedback.c.audience.in_(_reached(role)))
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return _entry(row) if row else None

    def count(self, role: Role) -> dict[State, int]:
        """How many entries `role` may be told in each state."""
        counted = (
            select(feedback.c.state, func.count())
            .where(feedback.c.audience.in_(_reached(role)))
            .group_by(feedback.c.state)
        )
        with self._store.reading() as connection:
            found = {row[0]: int(row[1]) for row in connection.execute(counted)}
        return {state: found.get(state, 0) for state in STATES}

    def mark(self, identity: int, state: State) -> bool:
        """Put an entry into `state`; whether there is such an entry. Raises ValueError for an unknown state."""
        if state not in STATES:
            raise ValueError(f"{state!r} is no state")
        changed = update(feedback).where(feedback.c.id == identity).values(state=state)
        with self._store.writing() as connection:
            return bool(connection.execute(changed).rowcount)

    def remove(self, identity: int) -> bool:
        """Forget an entry; whether there was one."""
        with self._store.writing() as connection:
            return bool(connection.execute(delete(feedback).where(feedback.c.id == identity)).rowcount)


def _reached(role: Role) -> Sequence[Role]:
    """The audiences that `role` belongs to."""
    return ROLES[: ROLES.index(role) + 1]


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        by=row.by,
        audience=cast(Role, row.audience),
        question=row.question,
        asked=row.asked,
        answer=json.loads(row.answer),
        verdict=cast(Verdict, row.verdict),
        reason=cast(Reason, row.reason) if row.reason else None,
        note=row.note,
        state=cast(State, row.state),
    )
