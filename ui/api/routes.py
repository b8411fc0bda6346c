"""The REST interface below /api: the questions, searches and lists of the command line, with its JSON."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Annotated, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.routing import APIRoute

from corpus.errors import DocumentNotFoundError, EndpointError, WenNuoError
from ui.access import within
from ui.api import doing
from ui.api.page import documentation
from ui.api.shapes import (
    MOST_PASSAGES,
    Answer,
    Asking,
    Documents,
    Found,
    LedgerAsked,
    Name,
    Problem,
    Question,
    Rows,
    ScopeSent,
    Searching,
)
from ui.api.telling import PARTED, both, heading
from ui.office import Office
from ui.people import Person, person_of
from ui.problems import PROBLEM, PROGRAMS, problem
from ui.words import LANGUAGES, language_of, say

VERSION = "1"
AUTHORIZATION = "Authorization: Bearer wennuo_…"
TELLING: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem, "description": both(f"error_{code}"), "content": {PROBLEM: {}}}
    for code in (401, 404, 413, 422, 429, 503)
}
log = logging.getLogger(__name__)
Chosen = Callable[[Office, Person], dict[str, Any]]


def telling(title: str, more: str = "") -> dict[str, Any]:
    """What a route says of itself: its title, and the words under `more`, by default those that go with the title."""
    return {
        "summary": heading(title),
        "description": both(more or f"{title}_more"),
        "response_description": both("taken"),
        "responses": TELLING,
    }


def add_api(app: FastAPI, office: Office) -> None:
    """Add the addresses below /api to `app`, and the words for requests that cannot be understood anywhere."""
    app.add_exception_handler(RequestValidationError, misunderstood)
    at_once = CapacityLimiter(doing.AT_ONCE)  # programs leave room for people

    async def done(request: Request, act: Chosen) -> Response:
        try:
            return JSONResponse(await run_sync(act, office, person_of(request), limiter=at_once))
        except Exception as error:  # noqa: BLE001 - the outermost handler of this face
            return failed(error)

    @app.post("/api/ask", response_model=Answer, **telling("ask"))
    async def ask(request: Request, sent: Question) -> Response:
        """The answer with citations, or a refusal that says what is nearest: both with status 200."""
        return await done(request, lambda office, person: doing.ask(office, person, sent, "api"))

    @app.get("/api/search", response_model=Found, **telling("search"))
    async def search(
        request: Request,
        question: Annotated[Asking, Query(description=both("question_sought"))],
        k: Annotated[int, Query(ge=1, le=MOST_PASSAGES, description=both("k"))] = 20,
        document: Annotated[list[Name], Query(description=both("only_documents"))] = [],  # noqa: B006
        year: Annotated[list[int], Query(description=both("only_years"))] = [],  # noqa: B006
        issuer: Annotated[list[Name], Query(description=both("only_issuers"))] = [],  # noqa: B006
    ) -> Response:
        """The passages that an answer would be taken from, best first."""
        scope = ScopeSent(documents=document[:200], years=year[:50], issuers=issuer[:50])
        sent = Searching(question=question, k=k, scope=scope)
        return await done(request, lambda office, person: doing.search(office, person, sent, "api"))

    @app.post("/api/search", response_model=Found, **telling("search", "search_by_body"))
    async def search_by_body(request: Request, sent: Searching) -> Response:
        """The same, with a body in place of parameters."""
        return await done(request, lambda office, person: doing.search(office, person, sent, "api"))

    @app.get("/api/ledger", response_model=Rows, **telling("ledger"))
    async def ledger(request: Request, sent: Annotated[LedgerAsked, Query()]) -> Response:
        """The rows that the parameters leave, with their number."""
        return await done(request, lambda office, person: doing.ledger(office, person, sent, "api"))

    @app.get("/api/documents", response_model=Documents, **telling("documents"))
    async def documents(request: Request) -> Response:
        """The documents of the library that this user may see."""
        return await done(request, lambda office, person: doing.documents(office, person, "api"))

    @app.get("/api/openapi.json", include_in_schema=False)
    def described(request: Request) -> JSONResponse:
        """The description of all these, as OpenAPI."""
        return JSONResponse(description(app, request.scope.get("root_path", "")))

    @app.get("/api/docs", include_in_schema=False, response_class=HTMLResponse)
    def page(request: Request) -> HTMLResponse:
        """The description as a page."""
        language = language_of(request.cookies.get("wennuo_language"))
        return HTMLResponse(documentation(description(app), str(request.base_url).rstrip("/"), language))


def description(app: FastAPI, root: str = "") -> dict[str, Any]:
    """The OpenAPI description of the addresses below /api. root: where a reverse proxy serves the app."""
    routes = [each for each in app.routes if isinstance(each, APIRoute) and each.path.startswith("/api/")]
    about = PARTED.join((*(say(language, "api_about") for language in LANGUAGES), AUTHORIZATION))
    made = get_openapi(title="WenNuo 问诺", version=VERSION, description=about, routes=routes)
    for methods in made["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"].pop("title", None)
    made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["servers"] = [{"url": root or "/"}]
    made["security"] = [{"token": []}]
    return made


def failed(error: Exception) -> Response:
    """Problem details for what went wrong; nothing of an unexpected error but that it happened."""
    match error:
        case doing.TooOftenError():
            return problem(429, str(error), {"Retry-After": str(error.seconds)})
        case DocumentNotFoundError():
            return problem(404, f"no document named {error.name!r}; GET /api/documents lists them")
        case doing.ContradictionError():
            return problem(422, str(error))
        case EndpointError():
            return problem(503, "the model service does not respond")
        case WenNuoError() | OSError():
            log.error("a program was not answered: %s", error)
            return problem(503, "the library cannot be read at the moment")
    log.error("a program was not answered", exc_info=error)
    return problem(500, "something went wrong; the log of the server says more")


async def misunderstood(request: Request, error: Exception) -> Response:
    """422 with what is wrong and where; what was sent is not repeated."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    faults = [
        {"where": ".".join(map(str, each["loc"][1:])) or str(each["loc"][0]), "told": each["msg"]}
        for each in found
    ]
    told = (
        "; ".join(f"{fault['where']}: {fault['told']}" for fault in faults[:3]) or "it cannot be understood"
    )
    if PROGRAMS.fullmatch(within(request.scope)):
        return problem(422, told, errors=faults[:20])
    return JSONResponse({"told": told}, 422)
