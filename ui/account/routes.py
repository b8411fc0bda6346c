"""The addresses of accounts: one's own password and tokens, and for an admin everybody's accounts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from ui.account import page as account_page
from ui.cookies import SESSION, cookie
from ui.office import Office
from ui.people import Person, Role, person_of, post_of, role_of
from ui.posting import RefusedError, posted, text
from ui.store.accounts import LONGEST, AccountError, Accounts, now
from ui.words import Language, language_of, say

Chosen = Annotated[str, Cookie(alias="wennuo_language")]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: the key of what is told and its values, and the secret of a token that was made."""

    key: str
    values: dict[str, Any]
    secret: str = ""


def add_account_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/account and what lies below it to `app`; before the static files are mounted at /wennuo."""
    accounts = office.accounts

    @app.get("/wennuo/account", response_class=HTMLResponse)
    def own(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The page."""
        language, person = language_of(chosen), person_of(request)
        if accounts is None:
            return HTMLResponse(account_page.page(language, account_page.off(language)))
        return HTMLResponse(account_page.page(language, shown(accounts, person, language)))

    def shown(held: Accounts, person: Person, language: Language, secret: str = "") -> str:
        user = held.user(person.name)
        if user is None:
            return ""
        everybody = held.users() if person.may("admin") else ()
        tokens = held.tokens(person.name)
        return account_page.content(person, user, tokens, everybody, now().isoformat(), language, secret)

    def act(path: str, do: Callable[[Accounts, Request, Person, dict[str, Any]], Done]) -> None:
        async def acted(request: Request, chosen: Chosen = "") -> Response:
            language, person = language_of(chosen), person_of(request)
            try:
                if accounts is None:
                    raise RefusedError(404, "account_off")
                found = await posted(request)
                done = await run_in_threadpool(do, accounts, request, person, found)
                content = await run_in_threadpool(shown, accounts, person, language, done.secret)
            except RefusedError as refusal:
                key = "account_refused" if refusal.key == "save_refused" else refusal.key
                return RefusedError(refusal.code, key, **refusal.values).answer(language)
            except AccountError as error:
                return JSONResponse({"told": say(language, error.key, **error.values)}, 422)
            values = dict(done.values)
            if "role" in values:
                values["role"] = say(language, f"role_{values['role']}")
            return JSONResponse({"told": say(language, done.key, **values), "content": content})

        handler: Callable[..., Awaitable[Response]] = acted
        app.post(f"/wennuo/account/{path}", name=f"account {path}")(handler)

    def change(held: Accounts, request: Request, person: Person, found: dict[str, Any]) -> Done:
        address = request.client.host if request.client else ""
        if not office.limits.login(person.name, address):
            raise RefusedError(429, "login_often")
        if not held.verify(person.name, _secret(found, "old")):
            office.note(person, "password_failed", address)
            raise RefusedError(422, "password_wrong")
        held.set_password(person.name, _secret(found, "new"), keep=cookie(request.headers, SESSION))
        office.note(person, "password", person.name)
        return Done("password_done", {})

    def begin(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        try:
            held.set_post(person.name, post_of(found.get("post")))
        except ValueError:
            raise RefusedError(422, "account_refused") from None
        return Done("account_saved", {})

    def make(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        days = found.get("days")
        if days not in account_page.DAYS or not isinstance(days, int):
            raise RefusedError(422, "account_refused")
        secret = held.issue(person.name, text(found, "label"), days)
        office.note(person, "token", text(found, "label"), days=days)
        return Done("account_saved", {}, secret)

    def revoke(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        if not held.revoke(person.name, text(found, "identity")):
            raise RefusedError(404, "account_refused")
        office.note(person, "token_revoke", text(found, "identity"))
        return Done("token_revoked", {})

    def add(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        made = held.add(text(found, "name"), _secret(found, "password"), _role(found))
        office.note(person, "user_add", made.name, given=made.role)
        return Done("user_added", {"name": made.name})

    def role(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        held.set_role(text(found, "name"), _role(found))
        office.note(person, "user_role", text(found, "name"), given=_role(found))
        return Done("user_role_set", {"name": text(found, "name"), "role": _role(found)})

    def password(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        held.set_password(text(found, "name"), _secret(found, "password"))
        office.note(person, "user_password", text(found, "name"))
        return Done("user_password_set", {"name": text(found, "name")})

    def remove(held: Accounts, _request: Request, person: Person, found: dict[str, Any]) -> Done:
        held.remove(text(found, "name"))
        office.note(person, "user_remove", text(found, "name"))
        return Done("user_removed", {"name": text(found, "name")})

    act("password", change)
    act("post", begin)
    act("token", make)
    act("token/revoke", revoke)
    act("user/add", add)
    act("user/role", role)
    act("user/password", password)
    act("user/remove", remove)


def _secret(found: dict[str, Any], name: str) -> str:
    """A password as it was typed, blanks and all. Raises RefusedError for another kind of value."""
    value = found.get(name, "")
    if not isinstance(value, str):
        raise RefusedError(422, "account_refused")
    return value[: LONGEST + 1]


def _role(found: dict[str, Any]) -> Role:
    try:
        return role_of(found.get("role"))
    except ValueError:
        raise RefusedError(422, "account_refused") from None
