"""The account page as escaped HTML: one's password and tokens, and for an admin everybody's accounts."""

from __future__ import annotations

from collections.abc import Sequence

from ui.people import LONGEST_USER, POSTS, ROLES, Person, Role
from ui.render import escape
from ui.store.accounts import LONGEST, LONGEST_LABEL, SHORTEST, Token, User
from ui.words import Language, say

DAYS = (30, 90, 365)
"""Lifetimes that a token may have."""


def page(language: Language, content: str) -> str:
    """The page round `content`."""
    title = escape(say(language, "account"))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · {escape(say(language, 'brand'))}</title>"
        '<link rel="icon" href="icon.png"><link rel="stylesheet" href="style.css">'
        '<link rel="stylesheet" href="account.css"><script src="session.js" defer></script>'
        '<script src="account.js" defer></script></head>'
        f'<body class="accounts" data-root="../" data-failed="{escape(say(language, "account_failed"))}">'
        f'<header><a href="../">← {escape(say(language, "account_back"))}</a><h1>{title}</h1></header>'
        f'<p id="told" role="status" aria-live="polite"></p><main id="account">{content}</main></body></html>'
    )


def off(language: Language) -> str:
    """What stands there while log-in is off."""
    return f'<p class="note">{escape(say(language, "account_off"))}</p>'


def content(
    person: Person,
    own: User,
    tokens: Sequence[Token],
    users: Sequence[User],
    now: str,
    language: Language,
    secret: str = "",
) -> str:
    """All of it. users: everybody where `person` is an admin, else nobody. now: ISO 8601. secret: a token just made."""
    who = (
        f'<p class="who">{escape(person.name)} <span class="badge">{_role(person.role, language)}</span></p>'
    )
    return (
        who
        + _post(own, language)
        + _password(own, language)
        + _tokens(tokens, now, secret, language)
        + (_users(users, language) if person.may("admin") else "")
    )


def _field(label: str, name: str, kind: str = "text", **more: object) -> str:
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in more.items())
    return f'<label>{escape(label)}<input name="{name}" type="{kind}" required{attributes}></label>'


def _form(act: str, fields: str, button: str, more: str = "") -> str:
    return f'<form data-act="{act}"{more}>{fields}<button type="submit" class="primary">{escape(button)}</button></form>'


def _post(own: User, language: Language) -> str:
    options = "".join(
        f'<option value="{post}"{" selected" if post == own.post else ""}>{escape(say(language, f"post_{post}"))}</option>'
        for post in POSTS
    )
    field = f'<label>{escape(say(language, "post_own"))}<select name="post">{options}</select></label>'
    heading = f'<section class="card"><h2>{escape(say(language, "post"))}</h2>'
    return heading + _form("post", field, say(language, "post_set")) + "</section>"


def _password(own: User, language: Language) -> str:
    heading = f'<section class="card"><h2>{escape(say(language, "password"))}</h2>'
    if not own.local:
        return heading + f"<p>{escape(say(language, 'password_elsewhere'))}</p></section>"
    new = {"autocomplete": "new-password", "minlength": SHORTEST, "maxlength": LONGEST}
    fields = (
        _field(say(language, "password_old"), "old", "password", autocomplete="current-password")
        + _field(say(language, "password_new", least=SHORTEST), "new", "password", **new)
        + _field(say(language, "password_again"), "again", "password", **new)
    )
    unlike = f' data-unlike="{escape(say(language, "password_unlike"))}"'
    return heading + _form("password", fields, say(language, "password_change"), unlike) + "</section>"


def _tokens(tokens: Sequence[Token], now: str, secret: str, language: Language) -> str:
    made = ""
    if secret:
        made = (
            f'<div class="secret" role="alert"><p>{escape(say(language, "token_made"))}</p><code>{escape(secret)}</code>'
            f'<button type="button" data-secret="1">{escape(say(language, "token_copy"))}</button></div>'
        )
    rows = [("", _token(token, now, language)) for token in tokens]
    listed = (
        _table(("token_label", "token_begun", "token_ends", "user_acts"), rows, language)
        if rows
        else f'<p class="note">{escape(say(language, "token_none"))}</p>'
    )
    choices = "".join(
        f'<option value="{days}"{" selected" if days == DAYS[-1] else ""}>'
        f"{escape(say(language, 'token_for', count=days))}</option>"
        for days in DAYS
    )
    fields = (
        _field(say(language, "token_label"), "label", maxlength=LONGEST_LABEL, autocomplete="off")
        + f'<label>{escape(say(language, "token_days"))}<select name="days" data-number="1">{choices}</select></label>'
    )
    return (
        f'<section class="card"><h2>{escape(say(language, "tokens"))}</h2><p>{escape(say(language, "tokens_about"))}</p>'
        f"{made}{listed}{_form('token', fields, say(language, 'token_make'))}</section>"
    )


def _token(token: Token, now: str, language: Language) -> list[str]:
    over = token.ends_at is not None and token.ends_at <= now
    ends = say(language, "token_ended") if over else (token.ends_at or "—")[:10]
    revoke = escape(say(language, "token_revoke"))
    return [
        escape(token.label),
        escape(token.made_at[:10]),
        escape(ends),
        f'<form data-act="token/revoke"><input type="hidden" name="identity" value="{escape(token.identity)}">'
        f'<button type="submit" aria-label="{revoke} {escape(token.label)}">{revoke}</button></form>',
    ]


def _table(keys: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], language: Language) -> str:
    """Rows of escaped cells, each with attributes of its own. On a narrow screen a row is a block, and its cells say what they are."""
    names = [escape(say(language, key)) for key in keys]
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(
        f"<tr{attributes}>"
        + "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in zip(names, cells, strict=True))
        + "</tr>"
        for attributes, cells in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _users(users: Sequence[User], language: Language) -> str:
    keys = ("user_name", "user_role", "user_entry", "user_since", "user_acts")
    rows = [(f' data-user="{escape(user.name)}"', _user(user, language)) for user in users]
    fields = (
        _field(say(language, "user_name"), "name", maxlength=LONGEST_USER, autocomplete="off")
        + f"<label>{escape(say(language, 'user_role'))}{_roles('reader', language)}</label>"
        + _field(
            say(language, "user_password_first", least=SHORTEST),
            "password",
            "password",
            autocomplete="new-password",
            minlength=SHORTEST,
            maxlength=LONGEST,
        )
    )
    return (
        f'<section class="card"><h2>{escape(say(language, "users"))}</h2>'
        f"{_table(keys, rows, language)}"
        f"<h3>{escape(say(language, 'user_add'))}</h3>{_form('user/add', fields, say(language, 'user_add'))}</section>"
    )


def _user(user: User, language: Language) -> list[str]:
    name = f'<input type="hidden" name="name" value="{escape(user.name)}">'
    of_role = escape(say(language, "user_set_role_of", name=user.name))
    sure = escape(say(language, "user_remove_sure", name=user.name))
    password = ""
    if user.local:
        password = (
            f"<details><summary>{escape(say(language, 'user_set_password'))}</summary>"
            f'<form data-act="user/password">{name}'
            + _field(
                say(language, "user_new_password", name=user.name),
                "password",
                "password",
                autocomplete="new-password",
                minlength=SHORTEST,
                maxlength=LONGEST,
            )
            + f'<button type="submit">{escape(say(language, "user_set_password"))}</button></form></details>'
        )
    acts = (
        f'<div class="acts"><form data-act="user/role">{name}{_roles(user.role, language, of_role)}'
        f'<button type="submit">{escape(say(language, "user_set_role"))}</button></form>{password}'
        f'<form data-act="user/remove" data-sure="{sure}">{name}<button type="submit" class="stop">'
        f"{escape(say(language, 'user_remove'))}</button></form></div>"
    )
    entry = escape(say(language, "user_local" if user.local else "user_sso"))
    return [escape(user.name), _role(user.role, language), entry, escape(user.made_at[:10]), acts]


def _roles(chosen: Role, language: Language, label: str = "") -> str:
    options = "".join(
        f'<option value="{role}"{" selected" if role == chosen else ""}>{_role(role, language)}</option>'
        for role in ROLES
    )
    named = f' aria-label="{label}"' if label else ""
    return f'<select name="role"{named}>{options}</select>'


def _role(role: Role, language: Language) -> str:
    return escape(say(language, f"role_{role}"))
