"""Logging in by another server (OpenID Connect): it says who somebody is, the office's own accounts say what they may.

Nothing is asked of that server before somebody uses it. Names are given to others in time, so the first who enters an
account has it, by the name that the server calls that person for ever.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access import within
from ui.account.entering import entered
from ui.office import Office
from ui.people import LONGEST_USER, Person
from ui.settings import OidcSettings

if TYPE_CHECKING:
    from starlette.middleware.sessions import SessionMiddleware

SECONDS = 10
"""That the other server may take to answer."""
KEPT = 600
"""Seconds between leaving for the other server and coming back."""
BACK = "wennuo_back"
log = logging.getLogger(__name__)


def add_oidc(app: FastAPI, office: Office) -> None:
    """Add /login/oidc and /login/oidc/back to `app`, where such a server is configured and log-in is on."""
    settings, accounts = office.settings.oidc, office.accounts
    if settings is None or accounts is None:
        return
    client = _client(settings)
    app.add_middleware(Briefly)

    def refused(request: Request, why: str, name: str = "", back: str = "") -> Response:
        office.note(Person(name, "reader", name), "login_failed", _address(request), via="oidc", why=why)
        given = {"refused": why, "name": name, "next": back}
        query = urlencode({key: value for key, value in given.items() if value})
        return RedirectResponse(f"{request.scope.get('root_path', '')}/login?{query}", 303)

    @app.get("/login/oidc")
    async def leave(request: Request, next: str = "") -> Response:  # noqa: A002 - the address's own word
        """Lead to the other server, with state, nonce and a proof key."""
        if not office.limits.login("", _address(request)):
            return refused(request, "failed", back=next)
        try:
            there: Response = await client.authorize_redirect(request, f"{request.base_url}login/oidc/back")
        except Exception:
            log.exception("the log-in server at %s does not answer", settings.issuer)
            return refused(request, "failed", back=next)
        request.session[BACK] = next[:2000]
        return there

    @app.get("/login/oidc/back")
    async def back(request: Request) -> Response:
        """Let in whom the other server names, where there is an account of that name for it."""
        there = str(request.session.pop(BACK, ""))
        try:
            claims = await _claims(client, request, settings.issuer)
            subject = f"{claims['iss']} {claims['sub']}"
        except Exception as error:  # noqa: BLE001 - whatever the other server sends is its own; none of it lets anybody in
            log.warning("a log-in by %s failed: %s", settings.issuer, type(error).__name__)
            return refused(request, "failed", back=there)
        name = name_in(claims)
        if not name:
            return refused(request, "nameless", back=there)
        secret = await run_in_threadpool(accounts.enter_by, name, subject)
        user = await run_in_threadpool(accounts.of_session, secret) if secret else None
        if secret is None or user is None:
            return refused(request, "unknown", name, there)
        request.session.clear()
        office.note(Person(user.name, user.role, user.name), "login", _address(request), via="oidc")
        return entered(request, secret, there)


async def _claims(client: Any, request: Request, issuer: str) -> Mapping[str, Any]:
    """What the other server signed of a person, and where that gives no name, what it tells besides of the same one."""
    expected = {
        "iss": {"essential": True, "values": [issuer, f"{issuer}/"]},
        "sub": {"essential": True},
        "aud": {"essential": True},
        "exp": {"essential": True},
    }
    token = await client.authorize_access_token(request, claims_options=expected)
    signed: Mapping[str, Any] = token["userinfo"]
    if not name_in(signed) and client.server_metadata.get("userinfo_endpoint"):
        told: Mapping[str, Any] = await client.userinfo(token=token)
        if told.get("sub") == signed["sub"]:
            return {**told, **signed}
    return signed


def name_in(claims: Mapping[str, Any]) -> str:
    """The account's name: the user name, else the mail address where the server has verified it, else ""."""
    name = claims.get("preferred_username")
    if not name and claims.get("email_verified") is True:
        name = claims.get("email")
    name = name.strip() if isinstance(name, str) else ""
    return name if len(name) <= LONGEST_USER and name.isprintable() else ""


class Briefly:
    """Middleware: a signed cookie for /login/oidc alone, that holds state, nonce and proof key while somebody is away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        key = secrets.token_urlsafe(32)
        self._plain, self._secure = _cookies(app, key, secure=False), _cookies(app, key, secure=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with a session where it is for that address."""
        app: ASGIApp = self.app
        if scope["type"] == "http" and within(scope).startswith("/login/oidc"):
            app = self._secure if scope.get("scheme") == "https" else self._plain
        await app(scope, receive, send)


def _cookies(app: ASGIApp, key: str, *, secure: bool) -> SessionMiddleware:
    from starlette.middleware.sessions import SessionMiddleware

    return SessionMiddleware(
        app, key, session_cookie="wennuo_oidc", max_age=KEPT, same_site="lax", https_only=secure
    )


def _client(settings: OidcSettings) -> Any:
    from authlib.integrations.starlette_client import OAuth

    oauth = OAuth()
    return oauth.register(
        "oidc",
        client_id=settings.client,
        client_secret=settings.secret,
        server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "timeout": SECONDS,
        },
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
