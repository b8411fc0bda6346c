"""Accounts: names with a role and a password, their sessions, and the tokens that programs use in their place."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from corpus.errors import WenNuoError
from ui.people import LONGEST_USER, Role, role_of
from ui.store.schema import Store, sessions, tokens, users

SHORTEST, LONGEST = 10, 200  # characters of a password
PREFIX = "wennuo_"  # what tokens begin with, so that scanners for secrets know one


class AccountError(WenNuoError):
    """An account that cannot be made or changed as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class User:
    """An account. local: its password is kept here rather than by another server."""

    name: str
    role: Role
    made_at: str
    local: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; identity is the beginning of its digest. ends_at is None where it does not end."""

    identity: str
    label: str
    made_at: str
    ends_at: str | None


def now() -> datetime.datetime:
    """The time in UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def digest(secret: str) -> str:
    """The name under which a secret of 256 random bits is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def checked_name(name: str) -> str:
    """`name` without blanks around it. Raises AccountError for one that is empty, too long or holds what cannot be seen."""
    name = name.strip()
    if not name or len(name) > LONGEST_USER or not name.isprintable():
        raise AccountError(f"a name has 1 to {LONGEST_USER} visible characters")
    return name


class Accounts:
    """The accounts of one office. Every time is UTC, ISO 8601."""

    def __init__(self, store: Store, hours: float = 12, hasher: PasswordHasher | None = None) -> None:
        """hours: how long a session lasts."""
        self._store = store
        self._lasting = datetime.timedelta(hours=hours)
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash(
            secrets.token_hex(16)
        )  # so that an unknown name takes as long as a wrong password

    def users(self) -> tuple[User, ...]:
        """All accounts, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(users).order_by(users.c.name)).all()
        return tuple(User(row.name, role_of(row.role), row.made_at, row.password is not None) for row in rows)

    def user(self, name: str) -> User | None:
        """The account of that name."""
        return next((user for user in self.users() if user.name == name), None)

    def add(self, name: str, password: str | None, role: Role) -> User:
        """Make an account; without a password it can only be entered through another server. Raises AccountError."""
        name = checked_name(name)
        hashed = None if password is None else self._hashed(password)
        made = now().isoformat()
        try:
            with self._store.writing() as connection:
                connection.execute(insert(users).values(name=name, role=role, password=hashed, made_at=made))
        except IntegrityError:
            raise AccountError(f"there is an account {name!r} already") from None
        return User(name, role, made, hashed is not None)

    def set_password(self, name: str, password: str) -> None:
        """Give the account another password and end its sessions. Raises AccountError."""
        hashed = self._hashed(password)
        self._change(name, password=hashed)

    def set_role(self, name: str, role: Role) -> None:
        """Give the account another role and end its sessions. Raises AccountError, also for the last admin."""
        self._keep_an_admin(name, role)
        self._change(name, role=role)

    def remove(self, name: str) -> None:
        """Remove the account with its sessions, tokens, conversations and links: the next one of that name must not find them.

        Raises AccountError, also for the last admin.
        """
        from ui.store.shares import shares  # these two know answers, which accounts have no need of else
        from ui.store.turns import conversations

        self._keep_an_admin(name, "reader")
        with self._store.writing() as connection:
            for table in (conversations, shares):
                connection.execute(delete(table).where(table.c.owner == name))
            if not connection.execute(delete(users).where(users.c.name == name)).rowcount:
                raise AccountError(f"there is no account {name!r}; `wennuo users` lists them")

    def enter(self, name: str, password: str) -> str | None:
        """A new session's secret where name and password belong together, else None. Takes as long either way."""
        with self._store.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
        kept = row.password if row is not None and row.password else None
        try:
            self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return None
        if kept is None:
            return None
        if self._hasher.check_needs_rehash(kept):
            with self._store.writing() as connection:
                connection.execute(
                    update(users).where(users.c.name == name).values(password=self._hasher.hash(password))
                )
        return self.begin(name)

    def begin(self, name: str) -> str:
        """A new session's secret for an account that was let in, here or by another server; ended ones are cleared away."""
        secret, begun = secrets.token_urlsafe(32), now()
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.ends_at <= begun.isoformat()))
            connection.execute(
                insert(sessions).values(
                    digest=digest(secret),
                    name=name,
                    begun_at=begun.isoformat(),
                    ends_at=(begun + self._lasting).isoformat(),
                )
            )
        return secret

    def of_session(self, secret: str) -> User | None:
        """Whose session it is; None for one that has ended or never was."""
        return self._of(sessions, secret)

    def of_token(self, secret: str) -> User | None:
        """Whose token it is; None for one that has ended or never was."""
        return self._of(tokens, secret)

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))

    def issue(self, name: str, label: str, days: int | None = 365) -> str:
        """A new token of that account: the only time that its secret is seen. days: how long it holds; None for ever."""
        label = " ".join(label.split())[:80]
        if not label:
            raise AccountError("a token needs a label that says what it is for")
        secret, made = PREFIX + secrets.token_urlsafe(32), now()
        ends = None if days is None else (made + datetime.timedelta(days=days)).isoformat()
        with self._store.writing() as connection:
            connection.execute(
                insert(tokens).values(
                    digest=digest(secret), name=name, label=label, made_at=made.isoformat(), ends_at=ends
                )
            )
        return secret

    def tokens(self, name: str) -> tuple[Token, ...]:
        """The tokens of that account, newest first."""
        wanted = (
            select(tokens).where(tokens.c.name == name).order_by(tokens.c.made_at.desc(), tokens.c.digest)
        )
        with self._store.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(Token(row.digest[:12], row.label, row.made_at, row.ends_at) for row in rows)

    def revoke(self, name: str, identity: str) -> bool:
        """Take back the token of that account; whether there was one."""
        with self._store.writing() as connection:
            found = delete(tokens).where(
                tokens.c.name == name, tokens.c.digest.startswith(identity, autoescape=True)
            )
            return len(identity) >= 12 and bool(connection.execute(found).rowcount)

    def _of(self, table: Table, secret: str) -> User | None:
        at = now().isoformat()
        wanted = (
            select(users, table.c.ends_at)
            .join(table, table.c.name == users.c.name)
            .where(table.c.digest == digest(secret))
        )
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None or (row.ends_at is not None and row.ends_at <= at):
            return None
        return User(row.name, role_of(row.role), row.made_at, row.password is not None)

    def _change(self, name: str, **values: str) -> None:
        with self._store.writing() as connection:
            if not connection.execute(update(users).where(users.c.name == name).values(**values)).rowcount:
                raise AccountError(f"there is no account {name!r}; `wennuo users` lists them")
            connection.execute(delete(sessions).where(sessions.c.name == name))

    def _keep_an_admin(self, name: str, role: Role) -> None:
        admins = {user.name for user in self.users() if user.role == "admin"}
        if role != "admin" and admins == {name}:
            raise AccountError(f"{name!r} is the only admin; make another one first")

    def _hashed(self, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise AccountError(f"a password has {SHORTEST} to {LONGEST} characters")
        return self._hasher.hash(password)
