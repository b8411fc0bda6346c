"""Which role may ask for which address: one table, and the middleware that holds all requests to it.

What the table does not name is refused, so that an endpoint which a library adds is closed until somebody opens it.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.bodies import given, taken
from ui.cookies import SESSION, VISITOR, cookie, set_cookie
from ui.people import Person, Role
from ui.problems import PROGRAMS, refused
from ui.store.accounts import PREFIX, Accounts

__all__ = ["RULES", "SESSION", "VISITOR", "Access", "Rule", "cookie", "needed", "rule_for", "set_cookie"]

Asked = Role | Literal["nobody"]
YEAR = 365 * 24 * 3600
SESSIONS_KEPT = 20_000
LARGEST = 1024 * 1024  # bytes of a body


@dataclass(frozen=True, slots=True)
class Rule:
    """role: the lowest that may ask with one of `methods` for an address that `pattern` matches whole.

    largest: bytes that a body may have; None where the handler itself counts them as they come.
    """

    methods: str
    pattern: str
    role: Asked
    largest: int | None = LARGEST

    def covers(self, method: str, path: str) -> bool:
        """Whether the rule is about this request."""
        return method in self.methods.split() and re.fullmatch(self.pattern, path) is not None


RULES: tuple[Rule, ...] = (
    # before anyone is known
    Rule("GET HEAD POST", r"/login", "nobody", 16 * 1024),
    Rule("GET", r"/login/oidc(/back)?", "nobody"),
    Rule("GET HEAD", r"/wennuo/[a-z_]+\.(css|js|png|svg)", "nobody"),
    Rule("GET HEAD", r"/(favicon\.ico|robots\.txt|healthz)", "nobody"),
    Rule("GET HEAD", r"/(static|assets|svelte)/.+", "nobody"),  # gradio's own scripts and styles
    # gradio's page and the queue through which its handlers are called; each handler looks at the person again
    Rule("GET HEAD", r"/", "reader"),
    Rule("GET", r"/(config|theme\.css|manifest\.json)/?", "reader"),
    Rule("GET", r"/gradio_api/(startup-events|queue/data|heartbeat/[^/]+|app_id)/?", "reader"),
    Rule("POST", r"/gradio_api/(queue/join|cancel|reset)/?", "reader"),
    # our own
    Rule("POST", r"/logout", "reader"),
    Rule("GET", r"/wennuo/read", "reader"),
    Rule("GET", r"/wennuo/documents(/list|/one|/collections)?", "reader"),
    Rule("POST", r"/wennuo/documents/(describe|assign|remove)", "curator"),
    Rule("POST", r"/wennuo/documents/collections", "admin"),
    Rule("GET", r"/wennuo/(history|near|shares|export/(answer|conversation))", "reader"),
    Rule("POST", r"/wennuo/(conversation/(rename|delete)|feedback|share|share/revoke)", "reader"),
    Rule("GET", r"/share/[^/]+", "reader"),
    Rule("GET", r"/wennuo/overview", "reader"),
    Rule("GET", r"/wennuo/guide(/(terms|found|term|doers|doer|path|questions|quiz|answer))?", "reader"),
    Rule("POST", r"/wennuo/upload", "curator", None),
    Rule("GET", r"/wennuo/ledger(/results|/row|\.csv|\.xlsx)?", "reader"),
    Rule("POST", r"/wennuo/ledger/progress", "curator"),
    Rule("GET", r"/wennuo/reconciliation(/results|/row)?", "reader"),
    Rule("POST", r"/wennuo/reconciliation/ruling", "curator"),
    Rule("GET", r"/wennuo/quality(/progress|/question|/report|/set)?", "curator"),
    Rule("POST", r"/wennuo/quality/(start|cancel|mark|adopt)", "curator"),
    Rule("POST", r"/wennuo/quality/upload", "curator", None),
    Rule("POST", r"/wennuo/quality/(remove-run|remove-entry|remove-set|drop)", "admin"),
    # accounts: one's own, and everybody's
    Rule("GET", r"/wennuo/account", "reader"),
    Rule("POST", r"/wennuo/account/(password|post|token|token/revoke)", "reader"),
    Rule("POST", r"/wennuo/account/user/(add|role|password|remove)", "admin"),
    # programs
    Rule("GET", r"/api/(docs|openapi\.json|documents|ledger|search)", "reader"),
    Rule("POST", r"/api/(ask|search)", "reader", 64 * 1024),
    Rule("GET POST DELETE", r"/mcp", "reader", 64 * 1024),
    Rule("GET", r"/metrics", "admin"),
)


def rule_for(method: str, path: str) -> Rule | None:
    """The first rule that speaks of this request; None where none does."""
    return next((rule for rule in RULES if rule.covers(method, path)), None)


def needed(method: str, path: str) -> Asked | None:
    """The lowest role that may send this request; None where no rule speaks of it."""
    rule = rule_for(method, path)
    return rule.role if rule else None


class Access:
    """Middleware: finds out who asks, puts the Person into the scope, and refuses what the role may not.

    accounts: None while log-in is off. Then everyone is an admin, and conversations belong to the browser, by a cookie;
    programs are served only to this machine. A token opens the addresses of programs and no other.
    note: hears of requests for which the role of a person is too low.
    """

    def __init__(
        self, app: ASGIApp, accounts: Accounts | None = None, note: Callable[..., None] | None = None
    ) -> None:
        self.app = app
        self.accounts = accounts
        self._note = note
        self._sessions: OrderedDict[str, str] = OrderedDict()  # gradio's session hashes, and whose they are

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its Person, or answer 303, 401, 403, 404 or 413."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = within(scope)
        rule = rule_for(scope["method"], path)
        visitor = ""
        person: Person | None = None
        if self.accounts is None:
            person, visitor = self._visitor(path, headers)
        elif rule is not None and rule.role != "nobody":
            person = await run_in_threadpool(self._known, self.accounts, path, headers)
        refusal = self.refusal(scope, path, rule, person, headers)
        scope["wennuo.person"] = person
        scope["wennuo.rule"] = rule
        if refusal is None and rule is not None and rule.largest is not None and scope["method"] == "POST":
            try:
                body = await taken(receive, rule.largest)
            except ClientDisconnect:
                return
            if body is None:
                refusal = refused(path, 413, f"a body of more than {rule.largest} bytes is not taken")
            elif path.startswith("/gradio_api/") and not self._owns(_session_in(body), person):
                refusal = refused(path, 403, "another person's session")
            else:
                receive = given(body, receive)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and visitor:
                MutableHeaders(scope=message).append("set-cookie", set_cookie(scope, VISITOR, visitor, YEAR))
            await send(message)

        await (refusal or self.app)(scope, receive, sent)

    def refusal(
        self, scope: Scope, path: str, rule: Rule | None, person: Person | None, headers: Headers
    ) -> Response | None:
        """The answer to a request that is not passed on, or None."""
        if rule is None:
            return refused(path, 404, "no such address")
        if rule.role == "nobody":
            return None
        if self.accounts is None and PROGRAMS.fullmatch(path) and not _from_here(scope):
            return refused(path, 403, "while log-in is off, programs on other machines are not served")
        if person is None:
            if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                query = scope["query_string"].decode("latin-1")
                back = quote(path.lstrip("/") + (f"?{query}" if query else ""), safe="")
                return RedirectResponse(f"{scope.get('root_path', '')}/login?next={back}", 303)
            return refused(path, 401, "log in first", {"WWW-Authenticate": "Bearer"})
        if not person.may(rule.role):
            if self._note:
                self._note(person, "refused", f"{scope['method']} {path}"[:300], needed=rule.role)
            return refused(path, 403, f"this takes the role {rule.role}")
        if path.startswith("/gradio_api/"):
            held = re.search(r"/heartbeat/([^/]+)", path)
            session = held.group(1) if held else QueryParams(scope["query_string"]).get("session_hash")
            if not self._owns(session, person):
                return refused(path, 403, "another person's session")
        return None

    def _known(self, accounts: Accounts, path: str, headers: Headers) -> Person | None:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and PROGRAMS.fullmatch(path):
            secret = secret.strip()
            user = accounts.of_token(secret) if secret.startswith(PREFIX) else None
        else:
            held = cookie(headers, SESSION)
            user = accounts.of_session(held) if held else None
        return None if user is None else Person(user.name, user.role, user.name, user.post)

    def _visitor(self, path: str, headers: Headers) -> tuple[Person, str]:
        """An admin without a name; and the cookie to set, where the browser has none yet."""
        if PROGRAMS.fullmatch(path):
            return Person("", "admin", "a program"), ""
        held = cookie(headers, VISITOR)
        if re.fullmatch(r"[\w-]{22,64}", held):
            return Person("", "admin", held), ""
        fresh = secrets.token_urlsafe(24)
        return Person("", "admin", fresh), fresh if path == "/" else ""

    def _owns(self, session: str | None, person: Person | None) -> bool:
        """Whether the gradio session that a request names is this person's; a request that names none takes nobody's."""
        return session is None or (person is not None and self.bind(session, person))

    def bind(self, session: str, person: Person) -> bool:
        """Give the gradio session to this person where nobody has it; whether it is theirs."""
        owner = self._sessions.setdefault(session, person.key)
        self._sessions.move_to_end(session)
        while len(self._sessions) > SESSIONS_KEPT:
            self._sessions.popitem(last=False)
        return owner == person.key


def within(scope: Scope) -> str:
    """The address as the table writes it: below the path at which a reverse proxy serves the app."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return (path.removeprefix(root) if path == root or path.startswith(root + "/") else path) or "/"


def _session_in(body: bytes) -> str | None:
    """The gradio session that a body names; None where it names none: gradio refuses to do anything then."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    session = found.get("session_hash") if isinstance(found, dict) else None
    return session if isinstance(session, str) else None


def _from_here(scope: Scope) -> bool:
    """Whether the request comes from this machine."""
    client = scope.get("client")
    return client is not None and re.fullmatch(r"(::ffff:)?127(\.\d+){3}|::1", client[0]) is not None
