"""What a request that is not taken is answered: to programs as problem details (RFC 9457), to the page as {"told": …}."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

PROGRAMS = re.compile(r"/api(/.*)?|/mcp/?|/metrics")
"""The addresses that programs ask, with a token of their own."""
PROBLEM = "application/problem+json"


def problem(
    code: int,
    told: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> JSONResponse:
    """Problem details: status, its usual title, what happened in a sentence, and where in the request."""
    shape: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": told,
    }
    if errors:
        shape["errors"] = list(errors)
    return JSONResponse(shape, code, dict(headers or {}), PROBLEM)


def refused(path: str, code: int, told: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to a request for `path` that is not taken, in the shape that its callers read."""
    if PROGRAMS.fullmatch(path):
        return problem(code, told, headers)
    return JSONResponse({"told": told}, code, dict(headers or {}))
