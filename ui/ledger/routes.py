"""The addresses of the ledger: its page, one row, notes on it, and the downloads."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Any, cast

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from corpus.document import Document
from corpus.errors import CommitmentNotFoundError, DocumentNotFoundError, WenNuoError
from corpus.ledger import LONGEST_NAME, LONGEST_NOTE, STATUSES, Kept, Status
from corpus.library import Library
from ui.ledger import form as ledger_form
from ui.ledger import panel as ledger_panel
from ui.ledger import render
from ui.ledger.reading import LedgerReading
from ui.ledger.view import View, read
from ui.office import Office
from ui.people import Person, person_of
from ui.posting import RefusedError, posted, signed, text
from ui.words import Language, language_of, sentence

Chosen = Annotated[str, Cookie(alias="wennuo_language")]


def today() -> datetime.date:
    """The day of the server's clock."""
    return datetime.datetime.now().astimezone().date()


def add_ledger_routes(app: FastAPI, office: Office, now: Callable[[], datetime.date] = today) -> None:
    """Add /wennuo/ledger and what lies below it to `app`; before the static files are mounted at /wennuo."""
    reading_for = office.of_view(LedgerReading)

    def viewed(request: Request) -> View:
        return read(request.query_params.multi_items(), now())

    @app.get("/wennuo/ledger", response_class=HTMLResponse)
    def desk(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The form and the results; what to do where the ledger is empty."""
        language, view = language_of(chosen), viewed(request)
        reading = reading_for(person_of(request))
        choices = reading.choices()
        if not choices.documents:
            key = "ledger_none" if reading.library.entries() else "ledger_empty"
            return fragment(ledger_form.nothing(key, language))
        return fragment(
            ledger_form.form(choices, view, now(), language)
            + f'<div class="results">{render.results(reading.sheet(view), language)}</div>'
        )

    @app.get("/wennuo/ledger/results", response_class=HTMLResponse)
    def results(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """What changes with the form."""
        sheet = reading_for(person_of(request)).sheet(viewed(request))
        return fragment(render.results(sheet, language_of(chosen)))

    @app.get("/wennuo/ledger/row", response_class=HTMLResponse)
    def row(request: Request, identity: str, chosen: Chosen = "") -> HTMLResponse:
        """One commitment with its sentence and its history."""
        return shown(person_of(request), identity, viewed(request).day, language_of(chosen))

    def shown(
        person: Person, identity: str, day: datetime.date, language: Language, *, saved: bool = False
    ) -> HTMLResponse:
        library = office.library_for(person)
        kept = reading_for(person).kept(identity)
        if kept is None:
            return fragment(ledger_panel.gone(language), 404)
        history = library.progress_history(identity)
        source = document_of(library, kept)
        return fragment(ledger_panel.panel(kept, source, history, day, language, saved=saved))

    @app.post("/wennuo/ledger/progress")
    async def progress(request: Request, chosen: Chosen = "") -> Response:
        """Keep a note on a commitment; gives its panel anew, or a sentence on why it is not kept."""
        language, view, person = language_of(chosen), viewed(request), person_of(request)
        try:
            found = signed(await posted(request), person)
            identity = await run_in_threadpool(_note, office.library_for(person), found)
        except RefusedError as refusal:
            return refusal.answer(language)
        except WenNuoError as error:
            return JSONResponse({"told": sentence(error, language)}, 503)
        office.note(person, "note", identity, status=found.get("status"), percent=found.get("percent"))
        return await run_in_threadpool(shown, person, identity, view.day, language, saved=True)


def document_of(library: Library, kept: Kept) -> Document | None:
    """The document that the row stands in; None when it is gone or another revision by now."""
    try:
        found = library.document(kept.row.document)
    except DocumentNotFoundError:
        return None
    return found if found.revision == kept.row.revision else None


def fragment(content: str, code: int = 200) -> HTMLResponse:
    """Escaped HTML that no cache keeps."""
    return HTMLResponse(content, code, {"Cache-Control": "no-store"})


def _note(library: Library, found: dict[str, Any]) -> str:
    """Keep what was sent; the identity. Raises RefusedError."""
    identity, status, note, by = (text(found, name) for name in ("identity", "status", "note", "by"))
    percent = found.get("percent")
    if status not in ("", *STATUSES):
        raise RefusedError(422, "save_refused")
    if percent is not None and (type(percent) is not int or not 0 <= percent <= 100):
        raise RefusedError(422, "save_percent")
    if not by:
        raise RefusedError(422, "save_no_name")
    if len(note) > LONGEST_NOTE or len(by) > LONGEST_NAME:
        raise RefusedError(422, "save_long", most=LONGEST_NOTE, name=LONGEST_NAME)
    given = cast(Status, status) if status else None
    try:
        library.set_progress(identity, status=given, percent=percent, note=note, by=by)
    except CommitmentNotFoundError:
        raise RefusedError(404, "save_gone") from None
    except ValueError:
        raise RefusedError(422, "save_refused") from None
    return identity
