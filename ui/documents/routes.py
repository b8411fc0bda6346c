"""The addresses of the library's tab: the list, one document, and what may be done to them. Each looks at the role itself, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Cookie, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from corpus.document import Metadata
from corpus.errors import DocumentNotFoundError, WenNuoError
from corpus.library import Library
from ingest.describing import inferred
from ingest.pipeline import Verdict
from ui import listing
from ui.documents import panel as documents_panel
from ui.documents.changes import assigned, described, doomed, shelved
from ui.documents.panel import Known
from ui.documents.view import read, shelf
from ui.ledger.routes import fragment
from ui.office import Office
from ui.people import Person, allowed
from ui.posting import RefusedError, posted
from ui.render import escape
from ui.shelf import FORMATS, MEGABYTES, cleaned
from ui.words import Language, language_of, say, sentence

Chosen = Annotated[str, Cookie(alias="wennuo_language")]
LIMIT = MEGABYTES * 1024 * 1024
T = TypeVar("T")


def add_documents_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/documents, what lies below it, and /wennuo/upload to `app`; before the static files are mounted."""

    @app.get("/wennuo/documents", response_class=HTMLResponse)
    def desk(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """The whole tab."""
        language, person = language_of(chosen), allowed(request)
        found = shelf(office.library_for(person), read(request.query_params.multi_items()))
        curator = person.may("curator")
        upload = ""
        if curator:
            names = [collection.name for collection in found.collections]
            upload = listing.upload_box(FORMATS, MEGABYTES, names, language)
        heading = f"<h2>{escape(say(language, 'documents'))}</h2>"
        form = listing.form(found, language) if found.total else ""
        manage = managing(person, language)
        results = listing.results(found, language, curator)
        return fragment(
            f'{heading}{upload}<div class="listing">{form}<div class="results">{results}</div></div>{manage}'
            + documents_panel.dialog(language)
        )

    @app.get("/wennuo/documents/list", response_class=HTMLResponse)
    def rows(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """What changes with the form."""
        person = allowed(request)
        found = shelf(office.library_for(person), read(request.query_params.multi_items()))
        return fragment(listing.results(found, language_of(chosen), person.may("curator")))

    @app.get("/wennuo/documents/one", response_class=HTMLResponse)
    def one(request: Request, document: str, chosen: Chosen = "") -> HTMLResponse:
        """One document with all that is known of it."""
        return shown(allowed(request), document, language_of(chosen))

    @app.get("/wennuo/documents/collections", response_class=HTMLResponse)
    def collections(request: Request, chosen: Chosen = "") -> HTMLResponse:
        """What an administrator makes collections with; nothing for others."""
        return fragment(managing(allowed(request), language_of(chosen)))

    @app.post("/wennuo/documents/describe")
    async def describe(request: Request, chosen: Chosen = "") -> Response:
        """Keep corrections of what a document is; gives its panel anew."""
        language, person = language_of(chosen), allowed(request, "curator")
        kept = await done(request, person, described, language)
        if isinstance(kept, Response):
            return kept
        name, fields = kept
        if fields:
            office.note(person, "describe", name, fields=fields)
        return await run_in_threadpool(shown, person, name, language, saved=True)

    @app.post("/wennuo/documents/assign")
    async def assign(request: Request, chosen: Chosen = "") -> Response:
        """Put documents into collections."""
        language, person = language_of(chosen), allowed(request, "curator")
        kept = await done(request, person, assigned, language)
        if isinstance(kept, Response):
            return kept
        for name in kept[0]:
            office.note(person, "assign", name, collections=kept[1], how=kept[2])
        if kept[2] == "add":
            return JSONResponse({"told": say(language, "documents_put_done", name="、".join(kept[1]))})
        return JSONResponse({"told": say(language, "documents_saved")})

    @app.post("/wennuo/documents/remove")
    async def remove(request: Request, chosen: Chosen = "") -> Response:
        """Take documents out of the library; a line of HTML for each, and how many went."""
        language, person = language_of(chosen), allowed(request, "curator")
        kept = await done(request, person, lambda _, found: doomed(found), language)
        if isinstance(kept, Response):
            return kept
        library = office.library_for(person)
        verdicts = []
        for name in kept:
            verdict = await run_in_threadpool(office.shelf.remove, name, language, library)
            office.note(person, "remove", name, outcome=verdict.outcome)
            verdicts.append(verdict)
        lines = "".join(listing.verdict(verdict, language) for verdict in verdicts)
        failed = [verdict.name for verdict in verdicts if verdict.outcome == "failed"]
        count = len(verdicts) - len(failed)
        told = say(language, "documents_removed", count=count)
        if failed:
            names = ("、" if language == "zh-CN" else ", ").join(failed)
            told = say(language, "documents_remove_some", count=count, failed=len(failed), names=names)
        return JSONResponse({"told": told, "lines": lines, "failed": len(failed)})

    @app.post("/wennuo/documents/collections")
    async def collect(request: Request, chosen: Chosen = "") -> Response:
        """Make, change or take away a collection; gives what they are made with anew."""
        language, person = language_of(chosen), allowed(request, "admin")
        kept = await done(request, person, shelved, language)
        if isinstance(kept, Response):
            return kept
        office.note(person, f"{kept[1]} collection", kept[0])
        return fragment(await run_in_threadpool(managing, person, language))

    @app.post("/wennuo/upload")
    async def upload(request: Request, name: str, collection: str = "", chosen: Chosen = "") -> JSONResponse:
        """Take one file, sent as the body; gives its verdict as a line of HTML and as a word."""
        language, person = language_of(chosen), allowed(request, "curator")
        name = cleaned(name)
        data, size = bytearray(), 0
        async for chunk in request.stream():
            size += len(chunk)
            if (
                size <= LIMIT
            ):  # the rest is read and dropped: a browser hears no answer before it has sent all
                data += chunk
        if size > LIMIT:
            verdict = Verdict(name, "failed", say(language, "too_large", size=MEGABYTES))
        else:
            library = office.library_for(person)
            verdict = await run_in_threadpool(
                lambda: office.shelf.take(
                    name, bytes(data), language, library, by=person.name, into=collection
                )
            )
        office.note(person, "upload", name, outcome=verdict.outcome, size=size)
        return JSONResponse({"line": listing.verdict(verdict, language), "outcome": verdict.outcome})

    def shown(person: Person, name: str, language: Language, *, saved: bool = False) -> HTMLResponse:
        try:
            found = known(office.library_for(person), name, curator=person.may("curator"))
        except DocumentNotFoundError:
            words = escape(say(language, "documents_gone"))
            return fragment(f'<section class="detail"><p class="warning">{words}</p></section>', 404)
        return fragment(documents_panel.panel(found, language, curator=person.may("curator"), saved=saved))

    def managing(person: Person, language: Language) -> str:
        if not person.may("admin"):
            return ""
        collections = office.library_for(person).collections()
        return documents_panel.managing(collections, language, open_to_all=office.accounts is None)

    async def done(
        request: Request,
        person: Person,
        act: Callable[[Library, dict[str, Any]], T],
        language: Language,
    ) -> T | Response:
        """What `act` gives for the body sent, or the answer that tells why not."""
        try:
            found = await posted(request)
            return await run_in_threadpool(act, office.library_for(person), found)
        except RefusedError as refusal:
            return refusal.answer(language)
        except WenNuoError as error:
            return JSONResponse({"told": sentence(error, language)}, 503)


def known(library: Library, name: str, *, curator: bool) -> Known:
    """All that is known of a document. Raises DocumentNotFoundError.

    What the rules would find is looked for only where a curator can take a correction back.
    """
    document = library.document(name)
    entry = next((entry for entry in library.entries() if entry.name == name), None)
    if entry is None:
        raise DocumentNotFoundError(name)
    overrides = library.overrides(name)
    would: Metadata = inferred(document) if overrides and curator else entry.metadata
    return Known(
        entry, would, overrides, library.collections_of(name), library.collections(), library.revisions(name)
    )
