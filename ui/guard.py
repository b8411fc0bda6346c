"""What every response and request must keep to: a content security policy, and only our own page asking."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "base-uri 'self'"
)
PERMISSIONS = ", ".join(
    f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)
KEPT = re.compile(
    r"/(static|assets|svelte)/.+|/wennuo/[a-z_]+\.(css|js|png|svg)|/theme\.css|/favicon\.ico|/robots\.txt"
)
"""What a browser may keep: files of the program, which hold nothing of the library."""
BELIEVED_NEVER = frozenset(
    {b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-server", b"x-gradio-server"}
)
"""Headers by which gradio would make up its own address; uvicorn has read those of a proxy that is trusted by then."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def named(host: str) -> str | None:
    """The name in a Host header, without port and brackets; None where there is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


class Guard:
    """Middleware: sets the security headers on all responses and refuses what another site sends.

    hosts: the host names under which the page may be asked for (against DNS rebinding), or None for any. A request that
    changes something must come from the page's own origin where the browser names one.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403 or 421."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        kept = KEPT.fullmatch(str(scope["path"]).removeprefix(str(scope.get("root_path", "")))) is not None

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[
                        name
                    ]  # gradio lets other origins read; no page of another origin needs anything here
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = PERMISSIONS
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                if not kept or message["status"] >= 400:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        refusal = self.refusal(scope["method"], Headers(scope=scope))
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in BELIEVED_NEVER]
        await (refusal or self.app)(scope, receive, guarded)

    def refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        """The answer to a request that is not taken, or None."""
        host = headers.get("host", "")
        if self.hosts is not None and named(host) not in self.hosts:
            return PlainTextResponse("this address does not serve that host name", 421)
        origin = headers.get("origin")
        if method not in SAFE_METHODS and origin is not None and _place(origin) != host.lower():
            return PlainTextResponse("a request from another site", 403)
        return None


def _place(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
