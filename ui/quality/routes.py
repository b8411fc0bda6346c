"""The addresses of the tab of quality: its views, one question, the downloads, and what a person can do there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from corpus.errors import QuestionSetError
from evals.baseline import falls
from evals.judging import summary
from evals.report import Report
from ui.ledger.routes import fragment
from ui.office import Office
from ui.people import Person, Role, person_of
from ui.posting import RefusedError, posted
from ui.quality.acts import ACTS, Act, Done
from ui.quality.desk import QualityDesk
from ui.quality.reasons import set_reason
from ui.quality.sets import LARGEST
from ui.shelf import cleaned
from ui.words import language_of, say

Chosen = Annotated[str, Cookie(alias="wennuo_language")]
BASE = "/wennuo/quality"


def add_quality_routes(app: FastAPI, office: Office, desk: QualityDesk | None = None) -> QualityDesk:
    """Add /wennuo/quality and what lies below it to `app`; before the static files are mounted at /wennuo.

    A run under way is given up when the server stops. desk: what they work with, made of `office` unless one is given.
    """
    desk = desk or QualityDesk(office)
    _add_views(app, desk)
    _add_downloads(app, desk)
    for name, (role, act) in ACTS.items():
        app.post(f"{BASE}/{name}")(_doing(desk, role, act))
    _add_upload(app, desk)
    _close_at_the_end(app, desk)
    return desk


def _curator(request: Request, role: Role = "curator") -> Person:
    """Who asks, where they may. Raises RefusedError; the table of addresses has refused them before."""
    person = person_of(request)
    if not person.may(role):
        raise RefusedError(403, "not_allowed")
    return person


def _add_views(app: FastAPI, desk: QualityDesk) -> None:
    @app.get(BASE, response_class=HTMLResponse)
    def view(request: Request, chosen: Chosen = "") -> Response:
        """The whole tab, as the query asks for it."""
        language = language_of(chosen)
        try:
            content, code = desk.view(_curator(request), dict(request.query_params), language)
        except RefusedError as refusal:
            return refusal.answer(language)
        return fragment(content, code)

    @app.get(f"{BASE}/progress", response_class=HTMLResponse)
    def progress(request: Request, chosen: Chosen = "") -> Response:
        """How far the run under way is."""
        language = language_of(chosen)
        try:
            return fragment(desk.progress(_curator(request), language))
        except RefusedError as refusal:
            return refusal.answer(language)

    @app.get(f"{BASE}/question", response_class=HTMLResponse)
    def question(request: Request, chosen: Chosen = "") -> Response:
        """One question of a run."""
        language = language_of(chosen)
        try:
            content = desk.question(_curator(request), dict(request.query_params), language)
        except RefusedError as refusal:
            return refusal.answer(language)
        except QuestionSetError:
            content = None
        return (
            JSONResponse({"told": say(language, "quality_gone")}, 404)
            if content is None
            else fragment(content)
        )


def _add_downloads(app: FastAPI, desk: QualityDesk) -> None:
    @app.get(f"{BASE}/report")
    def report(request: Request, run: str = "", chosen: Chosen = "") -> Response:
        """A run's report, as `wennuo eval --report` writes it."""
        language = language_of(chosen)
        try:
            person = _curator(request)
        except RefusedError as refusal:
            return refusal.answer(language)
        entry = desk.run(person, run)
        if entry is None:
            return JSONResponse({"told": say(language, "quality_gone")}, 404)
        kept, held = desk.kept(entry), desk.baseline(entry)
        fallen = falls(summary(kept.judgements), held)
        page = Report(kept.run, kept.judgements, held, fallen).to_html()
        desk.office.note(person, "export", f"evaluation {run}")
        return HTMLResponse(page, headers=_saved(f"{entry.set}-{entry.name}.html"))

    @app.get(f"{BASE}/set")
    def download(request: Request, key: str = "", chosen: Chosen = "") -> Response:
        """A set's file."""
        language = language_of(chosen)
        try:
            person = _curator(request)
        except RefusedError as refusal:
            return refusal.answer(language)
        entry = desk.set(person, key)
        if entry is None or not desk.sets.path(entry).is_file():
            return JSONResponse({"told": say(language, "quality_gone")}, 404)
        desk.office.note(person, "export", f"set {entry.key}")
        headers = _saved(f"{entry.name}.jsonl")
        return FileResponse(desk.sets.path(entry), media_type="application/x-ndjson", headers=headers)


def _saved(name: str) -> dict[str, str]:
    """The headers of what is saved under `name` and not kept by any cache."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}


def _doing(desk: QualityDesk, role: Role, act: Act) -> Callable[..., Awaitable[JSONResponse]]:
    async def do(request: Request, chosen: Chosen = "") -> JSONResponse:
        language = language_of(chosen)
        try:
            person = _curator(request, role)
            found = await posted(request)
            done = await run_in_threadpool(act, desk, person, found, language)
        except RefusedError as refusal:
            return refusal.answer(language)
        return JSONResponse(done.to_json(language))

    do.__doc__ = act.__doc__
    return do


def _add_upload(app: FastAPI, desk: QualityDesk) -> None:
    @app.post(f"{BASE}/upload")
    async def upload(request: Request, name: str = "", chosen: Chosen = "") -> JSONResponse:
        """Take one set, sent as the body."""
        language = language_of(chosen)
        try:
            person = _curator(request)
        except RefusedError as refusal:
            return refusal.answer(language)
        data = bytearray()
        async for chunk in request.stream():
            if (
                len(data) <= LARGEST
            ):  # the rest is read and dropped: a browser hears no answer before it has sent all
                data += chunk
        try:
            entry = await run_in_threadpool(
                desk.sets.take, name, bytes(data), replacing=person.role == "admin"
            )
        except QuestionSetError as error:
            why = set_reason(str(error), language)
            return JSONResponse({"told": say(language, "set_refused", why=why)}, 422)
        desk.office.note(person, "upload set", entry.key, questions=entry.questions, file=cleaned(name))
        values: dict[str, Any] = {"name": entry.name, "count": entry.questions}
        return JSONResponse(Done("set_uploaded", {"view": "sets"}, values).to_json(language))


def _close_at_the_end(app: FastAPI, desk: QualityDesk) -> None:
    """Give up a run before the library is closed."""
    before = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(whole: FastAPI) -> AsyncIterator[Any]:
        async with before(whole) as state:
            yield state
        await run_in_threadpool(desk.runner.close)

    app.router.lifespan_context = lifespan
