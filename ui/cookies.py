"""Cookies: how one is read, and how one is set."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import Scope

SESSION = "wennuo_session"
VISITOR = "wennuo_visitor"


def cookie(headers: Headers, name: str) -> str:
    """The value of the cookie, "" where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def set_cookie(scope: Scope, name: str, value: str, seconds: int | None = None) -> str:
    """A Set-Cookie header that no script can read and no other site makes a browser send along with a change.

    seconds: how long the browser keeps it; None until it is closed.
    """
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    path = scope.get("root_path", "") or "/"
    age = "" if seconds is None else f"; Max-Age={seconds}"
    return f"{name}={value}; Path={path}{age}; HttpOnly; SameSite=Lax{secure}"
