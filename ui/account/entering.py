"""Logging in and out: a page of its own, outside of gradio's."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Cookie, FastAPI, Form, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ui.cookies import SESSION, cookie, set_cookie
from ui.office import Office
from ui.people import LONGEST_USER, Person, person_of
from ui.render import escape
from ui.store.accounts import AT_ONCE, LONGEST
from ui.words import Language, language_of, say

Chosen = Annotated[str, Cookie(alias="wennuo_language")]


def add_entering(app: FastAPI, office: Office) -> None:
    """Add /login and /logout to `app`; while log-in is off, /login leads to the page."""
    accounts = office.accounts
    hashing = CapacityLimiter(AT_ONCE)  # who waits for it holds no thread

    @app.get("/login", response_class=HTMLResponse)
    def form(
        request: Request,
        next: str = "",  # noqa: A002 - the address's own word
        ended: bool = False,
        refused: Literal["", "unknown", "nameless", "failed"] = "",
        name: Annotated[str, Query(max_length=LONGEST_USER)] = "",
        chosen: Chosen = "",
    ) -> Response:
        """The form; with what is told of a session that has ended, or of another server's account that is not let in."""
        if accounts is None:
            return RedirectResponse(f"{request.scope.get('root_path', '')}/", 303)
        told = f"login_sso_{refused}" if refused else "login_ended" if ended else ""
        return shown(next, language_of(chosen), told, name=name)

    def shown(back: str, language: Language, told: str = "", code: int = 200, **values: str) -> HTMLResponse:
        words = say(language, told, **values) if told else ""
        return HTMLResponse(page(back, language, words, oidc=office.settings.oidc is not None), code)

    @app.post("/login")
    async def enter(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "",  # noqa: A002
        chosen: Chosen = "",
    ) -> Response:
        """Begin a session and lead back to what was asked for, or show the form again with what is wrong."""
        root = request.scope.get("root_path", "")
        if accounts is None:
            return RedirectResponse(f"{root}/", 303)
        name, language = name.strip()[:LONGEST_USER], language_of(chosen)
        address = request.client.host if request.client else ""
        if not office.limits.login(name, address):
            office.note(Person(name, "reader", name), "login_throttled", address)
            return shown(next, language, "login_often", 429)
        secret = await run_sync(accounts.enter, name, password[: LONGEST + 1], limiter=hashing)
        user = await run_in_threadpool(accounts.of_session, secret) if secret else None
        if secret is None or user is None:
            office.note(Person(name, "reader", name), "login_failed", address)
            return shown(next, language, "login_wrong", 401)
        office.note(Person(user.name, user.role, user.name), "login", address)
        return entered(request, secret, next)

    @app.post("/logout")
    def leave(request: Request) -> Response:
        """End the session."""
        root = request.scope.get("root_path", "")
        if accounts is None:
            return RedirectResponse(f"{root}/", 303)
        accounts.leave(cookie(request.headers, SESSION))
        office.note(person_of(request), "logout")
        answer = RedirectResponse(f"{root}/login", 303)
        answer.headers.append("set-cookie", set_cookie(request.scope, SESSION, "", 0))
        return answer


def entered(request: Request, secret: str, back: str) -> Response:
    """Lead to the address `back` of this app with the session's cookie set."""
    root = request.scope.get("root_path", "")
    answer = RedirectResponse(f"{root}/{inside(back)}", 303)
    answer.headers.append("set-cookie", set_cookie(request.scope, SESSION, secret))
    return answer


def inside(back: str) -> str:
    """`back` as an address within the app, "" for whatever leads out of it."""
    plain = (
        back.isascii()
        and back.isprintable()
        and not back.startswith(("/", "\\"))
        and ":" not in back.partition("?")[0]
    )
    return back if plain and len(back) <= 2000 and not back.startswith(("login", "logout")) else ""


def page(back: str, language: Language, told: str = "", *, oidc: bool = False) -> str:
    """The form as a page of its own; told: what went wrong. Its links go by the addresses /login and no other."""
    alert = f'<p class="warning" role="alert">{escape(told)}</p>' if told else ""
    beyond = "login/oidc" + (f"?{urlencode({'next': back})}" if back else "")
    other = f'<p><a href="{escape(beyond)}">{escape(say(language, "login_oidc"))}</a></p>' if oidc else ""
    title = escape(say(language, "login_title"))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · {escape(say(language, 'brand'))}</title>"
        '<link rel="icon" href="wennuo/icon.png"><link rel="stylesheet" href="wennuo/style.css">'
        '<link rel="stylesheet" href="wennuo/account.css"><script src="wennuo/account.js" defer></script></head>'
        '<body class="entering"><main><h1><span class="seal" aria-hidden="true">诺</span>'
        f"{escape(say(language, 'brand'))}</h1>{alert}"
        '<form method="post" action="login">'
        f'<input type="hidden" name="next" value="{escape(back)}">'
        f'<label>{escape(say(language, "login_name"))}<input name="name" autocomplete="username" required autofocus></label>'
        f"<label>{escape(say(language, 'login_password'))}"
        '<input name="password" type="password" autocomplete="current-password" required></label>'
        f'<button type="submit">{escape(say(language, "login_enter"))}</button></form>{other}</main></body></html>'
    )
