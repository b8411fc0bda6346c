"""Links to answers: what a colleague may open, as it was when the link was made, until the link ends or is taken back."""

from __future__ import annotations

import datetime
import json
import secrets
from dataclasses import dataclass

from sqlalchemy import Column, Row, Table, Text, delete, insert, select

from assistant.answer import Answer
from ui.people import Person, Role, role_of
from ui.store.answers import as_json, from_json
from ui.store.schema import Store, tables

DAYS = 90
MOST = 200  # links of one owner; the oldest make room

shares = Table(
    "shares",
    tables,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False, index=True),  # Person.key
    Column("by", Text, nullable=False),  # the login name, "" while log-in is off
    Column(
        "role", Text, nullable=False
    ),  # the highest role whose view of the library gave one of the answers
    Column("title", Text, nullable=False),
    Column("answers", Text, nullable=False),  # JSON
    Column("made_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A link. id: 128 random bits. Times are UTC, ISO 8601. answers: as they were; () in a list, and where they cannot be read."""

    id: str
    by: str
    role: Role
    title: str
    made_at: str
    ends_at: str
    answers: tuple[Answer, ...] = ()


def now() -> datetime.datetime:
    """The time in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


class Shares:
    """The links of one office."""

    def __init__(self, store: Store, days: int = DAYS, most: int = MOST) -> None:
        """days: how long a link holds."""
        self._store = store
        self._lasting = datetime.timedelta(days=days)
        self._most = most

    def make(self, person: Person, role: Role, title: str, answers: tuple[Answer, ...]) -> Share:
        """A new link to `answers`; those that have ended, and the owner's oldest beyond the bound, are cleared away."""
        made = now()
        row = {
            "id": secrets.token_urlsafe(16),
            "by": person.name,
            "role": role,
            "title": title,
            "made_at": made.isoformat(),
            "ends_at": (made + self._lasting).isoformat(),
        }
        kept = (
            select(shares.c.id)
            .where(shares.c.owner == person.key)
            .order_by(shares.c.made_at.desc())
            .limit(self._most - 1)
        )
        texts = json.dumps([as_json(answer) for answer in answers], ensure_ascii=False)
        with self._store.writing() as connection:
            connection.execute(delete(shares).where(shares.c.ends_at <= made.isoformat()))
            connection.execute(delete(shares).where(shares.c.owner == person.key, shares.c.id.not_in(kept)))
            connection.execute(insert(shares).values(**row, owner=person.key, answers=texts))
        return Share(row["id"], person.name, role, title, row["made_at"], row["ends_at"], answers)

    def get(self, identity: str) -> Share | None:
        """What the link leads to; None for one that has ended, was taken back or never was."""
        wanted = select(shares).where(shares.c.id == identity, shares.c.ends_at > now().isoformat())
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return _share(row, whole=True) if row else None

    def of(self, owner: str) -> tuple[Share, ...]:
        """The owner's links that still hold, newest first, without their answers."""
        wanted = (
            select(shares)
            .where(shares.c.owner == owner, shares.c.ends_at > now().isoformat())
            .order_by(shares.c.made_at.desc(), shares.c.id)
        )
        with self._store.reading() as connection:
            return tuple(_share(row) for row in connection.execute(wanted))

    def revoke(self, owner: str, identity: str) -> bool:
        """Take a link back; whether the owner had it."""
        with self._store.writing() as connection:
            own = delete(shares).where(shares.c.id == identity, shares.c.owner == owner)
            return bool(connection.execute(own).rowcount)


def _share(row: Row[tuple[str, ...]], *, whole: bool = False) -> Share:
    kept = [from_json(text) for text in json.loads(row.answers)] if whole else []
    answers = tuple(answer for answer in kept if answer is not None)
    return Share(
        row.id,
        row.by,
        role_of(row.role),
        row.title,
        row.made_at,
        row.ends_at,
        answers if len(answers) == len(kept) else (),
    )
