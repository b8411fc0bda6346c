"""Who an account is, and the tokens that programs use in its place."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from corpus.errors import WenNuoError
from ui.people import Post, Role, post_of, role_of
from ui.store.schema import Store, tokens, users

LONGEST_LABEL = 80
PREFIX = "wennuo_"  # what tokens begin with, so that scanners for secrets know one


class AccountError(WenNuoError):
    """An account that cannot be made or changed as asked; the message says why, and `key` names the interface's words for it."""

    def __init__(self, message: str, key: str, **values: object) -> None:
        super().__init__(message)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class User:
    """An account. local: its password is kept here rather than by another server."""

    name: str
    role: Role
    made_at: str
    local: bool
    post: Post = "staff"

    @classmethod
    def of(cls, row: Any) -> User:
        """The account in a row of `users`."""
        return cls(row.name, role_of(row.role), row.made_at, row.password is not None, post_of(row.post))


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


def nobody(name: str) -> AccountError:
    """What is told of a name that no account has."""
    return AccountError(f"there is no account {name!r}; `wennuo users` lists them", "account_none", name=name)


class Tokens:
    """The tokens of one office."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_token(self, secret: str) -> User | None:
        """Whose token it is; None for one that has ended or never was."""
        return self._of(tokens, secret)

    def issue(self, name: str, label: str, days: int | None = 365) -> str:
        """A new token of that account: the only time that its secret is seen. days: how long it holds; None for ever."""
        label = " ".join(label.split())[:LONGEST_LABEL]
        if not label:
            raise AccountError("a token needs a label that says what it is for", "token_no_label")
        secret, made = PREFIX + secrets.token_urlsafe(32), now()
        ends = None if days is None else (made + datetime.timedelta(days=days)).isoformat()
        row = {
            "digest": digest(secret),
            "name": name,
            "label": label,
            "made_at": made.isoformat(),
            "ends_at": ends,
        }
        try:
            with self._store.writing() as connection:
                connection.execute(insert(tokens).values(**row))
        except IntegrityError:
            raise nobody(name) from None
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

    def _of(self, kept: Table, secret: str) -> User | None:
        at = now().isoformat()
        wanted = (
            select(users, kept.c.ends_at)
            .join(kept, kept.c.name == users.c.name)
            .where(kept.c.digest == digest(secret))
        )
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None or (row.ends_at is not None and row.ends_at <= at):
            return None
        return User.of(row)
