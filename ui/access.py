"""Which role may ask for which address: one table, and the middleware that holds all requests to it.

What the table does not name is refused, so that an endpoint which a library adds is closed until somebody opens it.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Literal
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.people import Person, Role
from ui.store.accounts import PREFIX, Accounts

Asked = Role | Literal["nobody"]
SESSION = "wennuo_session"
VISITOR = "wennuo_visitor"
YEAR = 365 * 24 * 3600
SESSIONS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """role: the lowest that may ask with one of `methods` for an address that `pattern` matches whole."""

    methods: str
    pattern: str
    role: Asked

    def covers(self, method: str, path: str) -> bool:
        """Whether the rule is about this request."""
        return method in self.methods.split() and re.fullmatch(self.pattern, path) is not None


RULES: tuple[Rule, ...] = (
    # before anyone is known
    Rule("GET HEAD POST", r"/login", "nobody"),
    Rule("GET", r"/login/oidc(/back)?", "nobody"),
    Rule("GET HEAD", r"/wennuo/[a-z_]+\.(css|js|png|svg)", "nobody"),
    Rule("GET HEAD", r"/(favicon\.ico|robots\.txt|healthz)", "nobody"),
    # gradio's page and the queue through which its handlers are called; each handler looks at the person again
    Rule("GET HEAD", r"/", "reader"),
    Rule("GET", r"/(config|theme\.css|manifest\.json)/?", "reader"),
    Rule("GET HEAD", r"/(static|assets|svelte)/.+", "reader"),
    Rule("GET", r"/gradio_api/(startup-events|queue/data|heartbeat/[^/]+|app_id)/?", "reader"),
    Rule("POST", r"/gradio_api/(queue/join|cancel|reset)/?", "reader"),
    # our own
    Rule("POST", r"/logout", "reader"),
    Rule("GET", r"/wennuo/read", "reader"),
    Rule("GET", r"/wennuo/(history|near|shares|export/(answer|conversation))", "reader"),
    Rule("POST", r"/wennuo/(conversation/(rename|delete)|feedback|share|share/revoke)", "reader"),
    Rule("GET", r"/share/[\w-]{22}", "reader"),
    Rule("POST", r"/wennuo/upload", "curator"),
    Rule("GET", r"/wennuo/overview", "reader"),
    Rule("GET", r"/wennuo/guide(/(terms|found|term|doers|doer|path|questions|quiz|answer))?", "reader"),
    Rule("GET", r"/wennuo/ledger(/results|/row|\.csv|\.xlsx)?", "reader"),
    Rule("POST", r"/wennuo/ledger/progress", "curator"),
    Rule("GET", r"/wennuo/reconciliation(/results|/row)?", "reader"),
    Rule("POST", r"/wennuo/reconciliation/ruling", "curator"),
    Rule("GET", r"/wennuo/quality(/progress|/question|/report|/set)?", "curator"),
    Rule("POST", r"/wennuo/quality/(start|cancel|mark|adopt|upload)", "curator"),
    Rule("POST", r"/wennuo/quality/(remove-run|remove-entry|remove-set|drop)", "admin"),
)


def needed(method: str, path: str) -> Asked | None:
    """The lowest role that may send this request; None where no rule speaks of it."""
    return next((rule.role for rule in RULES if rule.covers(method, path)), None)


def cookie(headers: Headers, name: str) -> str:
    """The value of the cookie, "" where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


class Access:
    """Middleware: finds out who asks, puts the Person into the scope, and refuses what the role may not.

    accounts: None while log-in is off. Then everyone is an admin, and conversations belong to the browser, by a cookie.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts | None = None) -> None:
        self.app = app
        self.accounts = accounts
        self._sessions: OrderedDict[str, str] = OrderedDict()  # gradio's session hashes, and whose they are

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its Person, or answer 303, 401, 403 or 404."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        visitor = ""
        if self.accounts is None:
            visitor = cookie(headers, VISITOR)
            fresh = not re.fullmatch(r"[\w-]{22,64}", visitor)
            visitor = secrets.token_urlsafe(24) if fresh else visitor
            person: Person | None = Person("", "admin", visitor)
            visitor = visitor if fresh else ""
        else:
            person = await run_in_threadpool(self._known, self.accounts, headers)
        refusal = self.refusal(scope, path, person, headers)
        scope["wennuo.person"] = person

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and visitor:
                MutableHeaders(scope=message).append("set-cookie", set_cookie(scope, VISITOR, visitor, YEAR))
            await send(message)

        await (refusal or self.app)(scope, receive, sent)

    def refusal(self, scope: Scope, path: str, person: Person | None, headers: Headers) -> Response | None:
        """The answer to a request that is not passed on, or None."""
        role = needed(scope["method"], path)
        if role is None:
            return JSONResponse({"told": "no such address"}, 404)
        if role == "nobody":
            return None
        if person is None:
            if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                query = scope["query_string"].decode("latin-1")
                back = quote(path.lstrip("/") + (f"?{query}" if query else ""), safe="")
                return RedirectResponse(f"{scope.get('root_path', '')}/login?next={back}", 303)
            return JSONResponse({"told": "log in first"}, 401, {"WWW-Authenticate": "Bearer"})
        if not person.may(role):
            return JSONResponse({"told": f"this takes the role {role}"}, 403)
        if path.startswith("/gradio_api/") and not self._owns(scope, path, person):
            return JSONResponse({"told": "another person's session"}, 403)
        return None

    def _known(self, accounts: Accounts, headers: Headers) -> Person | None:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and secret.strip().startswith(PREFIX):
            user = accounts.of_token(secret.strip())
        else:
            held = cookie(headers, SESSION)
            user = accounts.of_session(held) if held else None
        return None if user is None else Person(user.name, user.role, user.name)

    def _owns(self, scope: Scope, path: str, person: Person) -> bool:
        """Whether the gradio session that the address names is this person's. The first who names one has it."""
        held = re.search(r"/heartbeat/([^/]+)", path)
        session = held.group(1) if held else QueryParams(scope["query_string"]).get("session_hash", "")
        return not session or self.bind(session, person)

    def bind(self, session: str, person: Person) -> bool:
        """Give the gradio session to this person where nobody has it; whether it is theirs."""
        owner = self._sessions.setdefault(session, person.key)
        self._sessions.move_to_end(session)
        while len(self._sessions) > SESSIONS_KEPT:
            self._sessions.popitem(last=False)
        return owner == person.key


def set_cookie(scope: Scope, name: str, value: str, seconds: int | None = None) -> str:
    """A Set-Cookie header that no script can read and no other site makes a browser send along with a change.

    seconds: how long the browser keeps it; None until it is closed.
    """
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    path = scope.get("root_path", "") or "/"
    age = "" if seconds is None else f"; Max-Age={seconds}"
    return f"{name}={value}; Path={path}{age}; HttpOnly; SameSite=Lax{secure}"
