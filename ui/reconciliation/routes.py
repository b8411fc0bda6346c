"""The addresses of promised versus reported: its page, one pair, and a person's word over a verdict."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from corpus.commitment import PROMISES
from corpus.errors import CommitmentNotFoundError, WenNuoError
from corpus.ledger import LONGEST_NAME, LONGEST_NOTE, LedgerFilter
from corpus.library import Library
from ui.ledger.form import nothing
from ui.ledger.panel import gone
from ui.ledger.routes import document_of, fragment
from ui.office import Office
from ui.people import Person, person_of
from ui.posting import RefusedError, posted, signed, text
from ui.reconciliation import panel as reconciliation_panel
from ui.reconciliation import render
from ui.reconciliation.reading import VERDICTS, PairsReading, PairsView, read, report_of
from ui.words import Language, language_of, sentence

Chosen = Annotated[str, Cookie(alias="wennuo_language")]


def add_reconciliation_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/reconciliation and what lies below it to `app`; before the static files are mounted at /wennuo."""
    reading_for = office.of_view(PairsReading)

    def viewed(request: Request) -> PairsView:
        return read(request.query_params.multi_items(), reading_for(person_of(request)).choices())

    @app.get("/wennuo/reconciliation", response_class=HTMLResponse)
    def desk(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The form and the pairs; what to do where there is no promise."""
        language, reading = language_of(chosen), reading_for(person_of(request))
        choices = reading.choices()
        if not reading.library.count_commitments()[""]:
            return fragment(nothing("pairs_none", language))
        view = read(request.query_params.multi_items(), choices)
        shown = render.results(reading.sheet(view), language)
        form = render.form(choices, view, language)
        return fragment(f'{form}<div class="results">{shown}</div>')

    @app.get("/wennuo/reconciliation/results", response_class=HTMLResponse)
    def results(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """What changes with the form."""
        sheet = reading_for(person_of(request)).sheet(viewed(request))
        return fragment(render.results(sheet, language_of(chosen)))

    @app.get("/wennuo/reconciliation/row", response_class=HTMLResponse)
    def row(request: Request, identity: str, chosen: Chosen = "") -> HTMLResponse:
        """One promise with what was reported of it."""
        return shown(person_of(request), identity, viewed(request), language_of(chosen))

    def shown(
        person: Person, identity: str, view: PairsView, language: Language, *, saved: bool = False
    ) -> HTMLResponse:
        library = office.library_for(person)
        one = reading_for(person).one(view, identity)
        if one is None:
            return fragment(gone(language), 404)
        documents = {}
        for kept in (one.promise, report_of(one)):
            source = document_of(library, kept) if kept else None
            if kept and source:
                documents[kept.row.identity] = source
        history = library.ruling_history(identity)
        return fragment(reconciliation_panel.panel(one, documents, history, language, saved=saved))

    @app.post("/wennuo/reconciliation/ruling")
    async def ruling(request: Request, chosen: Chosen = "") -> Response:
        """Keep a person's word on a promise; gives its panel anew, or a sentence on why it is not kept."""
        language, person = language_of(chosen), person_of(request)
        try:
            found = signed(await posted(request), person)
            identity = await run_in_threadpool(_rule, office.library_for(person), found)
        except RefusedError as refusal:
            return refusal.answer(language)
        except WenNuoError as error:
            return JSONResponse({"told": sentence(error, language)}, 503)
        office.note(person, "rule", identity, verdict=found.get("verdict"), report=found.get("report"))
        return await run_in_threadpool(lambda: shown(person, identity, viewed(request), language, saved=True))


def _rule(library: Library, found: dict[str, Any]) -> str:
    """Keep what was sent; the promise's identity. Raises RefusedError."""
    names = ("identity", "report", "verdict", "why", "by")
    promise, report, verdict, why, by = (text(found, name) for name in names)
    if verdict not in ("", *VERDICTS):
        raise RefusedError(422, "save_refused")
    if not why:
        raise RefusedError(422, "save_no_why")
    if not by:
        raise RefusedError(422, "save_no_ruler")
    if len(why) > LONGEST_NOTE or len(by) > LONGEST_NAME:
        raise RefusedError(422, "save_long", most=LONGEST_NOTE, name=LONGEST_NAME)
    if not library.commitments(LedgerFilter(kinds=PROMISES, identities=(promise,))):
        raise RefusedError(404, "save_gone")
    if report and not library.commitments(LedgerFilter(kinds=("report",), identities=(report,))):
        raise RefusedError(404, "save_gone")
    try:
        library.set_ruling(promise, report=report, verdict=verdict, why=why, by=by)
    except CommitmentNotFoundError:
        raise RefusedError(404, "save_gone") from None
    except ValueError:
        raise RefusedError(422, "save_refused") from None
    return promise
