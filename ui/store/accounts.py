"""Accounts: names with a role and a password, their sessions, and the tokens that programs use in their place."""

from __future__ import annotations

import datetime
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, column, delete, insert, inspect, select, table, update
from sqlalchemy.exc import IntegrityError

from ui.people import LONGEST_USER, Post, Role
from ui.store.schema import Store, sessions, users
from ui.store.tokens import LONGEST_LABEL, PREFIX, AccountError, Token, Tokens, User, digest, nobody, now

__all__ = [
    "AT_ONCE",
    "LONGEST",
    "LONGEST_LABEL",
    "PREFIX",
    "SHORTEST",
    "AccountError",
    "Accounts",
    "Token",
    "User",
    "checked_name",
    "digest",
    "now",
]

SHORTEST, LONGEST = 10, 200  # characters of a password
AT_ONCE = 2  # passwords looked at; each takes 64 MiB while it is


def checked_name(name: str) -> str:
    """`name` without blanks around it. Raises AccountError for one that is empty, too long or holds what cannot be seen."""
    name = name.strip()
    if not name or len(name) > LONGEST_USER or not name.isprintable():
        raise AccountError(
            f"a name has 1 to {LONGEST_USER} visible characters", "account_name", most=LONGEST_USER
        )
    return name


class Accounts(Tokens):
    """The accounts of one office. Every time is UTC, ISO 8601."""

    def __init__(self, store: Store, hours: float = 12, hasher: PasswordHasher | None = None) -> None:
        """hours: how long a session lasts."""
        super().__init__(store)
        self._lasting = datetime.timedelta(hours=hours)
        self._hasher = hasher or PasswordHasher()
        self._hashing = threading.Semaphore(AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_hex(16))  # so that an unknown name takes as long

    def users(self) -> tuple[User, ...]:
        """All accounts, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(users).order_by(users.c.name)).all()
        return tuple(User.of(row) for row in rows)

    def user(self, name: str) -> User | None:
        """The account of that name."""
        with self._store.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
        return None if row is None else User.of(row)

    def add(self, name: str, password: str | None, role: Role) -> User:
        """Make an account; without a password it can only be entered through another server. Raises AccountError."""
        name = checked_name(name)
        hashed = None if password is None else self._hashed(password)
        made = now().isoformat()
        try:
            with self._store.writing() as connection:
                connection.execute(insert(users).values(name=name, role=role, password=hashed, made_at=made))
        except IntegrityError:
            raise AccountError(f"there is an account {name!r} already", "account_twice", name=name) from None
        return User(name, role, made, hashed is not None)

    def set_post(self, name: str, post: Post) -> None:
        """Let the page open for this account where it does for such a post. Raises AccountError."""
        with self._store.writing() as connection:
            if not connection.execute(update(users).where(users.c.name == name).values(post=post)).rowcount:
                raise self._missing(connection, name)

    def set_password(self, name: str, password: str, keep: str = "") -> None:
        """Give the account another password and end its sessions, but not the one whose secret is `keep`.

        Raises AccountError, also where another server knows the password.
        """
        hashed = self._hashed(password)
        with self._store.writing() as connection:
            found = update(users).where(users.c.name == name, users.c.password.is_not(None))
            if not connection.execute(found.values(password=hashed)).rowcount:
                raise self._missing(connection, name)
            ended = delete(sessions).where(sessions.c.name == name, sessions.c.digest != digest(keep))
            connection.execute(ended)

    def set_role(self, name: str, role: Role) -> None:
        """Give the account another role and end its sessions. Raises AccountError, also for the last admin."""
        with self._store.writing() as connection:
            self._keep_an_admin(connection, name, role)
            if not connection.execute(update(users).where(users.c.name == name).values(role=role)).rowcount:
                raise self._missing(connection, name)
            connection.execute(delete(sessions).where(sessions.c.name == name))

    def remove(self, name: str) -> None:
        """Remove the account with its sessions and tokens, and what it owns: the name may be given to somebody else.

        Raises AccountError, also for the last admin.
        """
        with self._store.writing() as connection:
            self._keep_an_admin(connection, name, "reader")
            if not connection.execute(delete(users).where(users.c.name == name)).rowcount:
                raise self._missing(connection, name)
            found = inspect(connection)
            for owned in found.get_table_names():
                if any(each["name"] == "owner" for each in found.get_columns(owned)):
                    connection.execute(delete(table(owned, column("owner"))).where(column("owner") == name))

    def verify(self, name: str, password: str) -> bool:
        """Whether name and password belong together; takes as long either way."""
        with self._store.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
        kept = row.password if row is not None and row.password else None
        try:
            with self._hashing:
                self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        if kept is not None and self._hasher.check_needs_rehash(kept):
            with self._store.writing() as connection:
                hashed = self._hasher.hash(password)
                connection.execute(update(users).where(users.c.name == name).values(password=hashed))
        return kept is not None

    def enter(self, name: str, password: str) -> str | None:
        """A new session's secret where name and password belong together, else None. Takes as long either way."""
        return self.begin(name) if self.verify(name, password) else None

    def enter_by(self, name: str, subject: str) -> str | None:
        """A new session's secret for one whom another server let in as `name`; None where that is not this account.

        The account must have been made for that server. subject is what the server calls the person for ever: the first who
        enters has the account, since names are given to others in time.
        """
        with self._store.writing() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
            if row is None or row.password is not None or row.subject not in (None, subject):
                return None
            connection.execute(update(users).where(users.c.name == name).values(subject=subject))
        return self.begin(name)

    def begin(self, name: str) -> str:
        """A new session's secret for an account that was let in; ended ones are cleared away."""
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

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))

    def _missing(self, connection: Connection, name: str) -> AccountError:
        """Why an account could not be changed."""
        if connection.execute(select(users.c.name).where(users.c.name == name)).one_or_none():
            told = f"{name!r} has no password here; the office's log-in server keeps it"
            return AccountError(told, "account_elsewhere", name=name)
        return nobody(name)

    def _keep_an_admin(self, connection: Connection, name: str, role: Role) -> None:
        rows = connection.execute(select(users.c.name).where(users.c.role == "admin"))
        if role != "admin" and [row.name for row in rows] == [name]:
            told = f"{name!r} is the only admin; make another one first"
            raise AccountError(told, "account_last", name=name)

    def _hashed(self, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            told = f"a password has {SHORTEST} to {LONGEST} characters"
            raise AccountError(told, "account_password", least=SHORTEST, most=LONGEST)
        with self._hashing:
            return self._hasher.hash(password)
