"""The app's own addresses beside gradio's: the reader of whole documents, the upload, the static files."""

from __future__ import annotations

from typing import Annotated

from fastapi import Cookie, FastAPI, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from corpus.errors import DocumentNotFoundError
from ingest.pipeline import Verdict
from ui import listing, reader
from ui.office import Office
from ui.people import person_of
from ui.shelf import MEGABYTES, cleaned
from ui.theme import STATIC
from ui.words import language_of, say

LIMIT = MEGABYTES * 1024 * 1024
Chosen = Annotated[str, Cookie(alias="wennuo_language")]


def add_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/read, /wennuo/upload and the files of static/ to `app`."""

    @app.get("/wennuo/read", response_class=HTMLResponse)
    def read(
        request: Request,
        document: str,
        start: int = -1,
        end: int = -1,
        revision: str = "",
        part: Annotated[bool, Query(alias="fragment")] = False,
        chosen: Chosen = "",
    ) -> HTMLResponse:
        """The whole document, the cited words marked."""
        language, person = language_of(chosen), person_of(request)
        try:
            found = office.library_for(person).document(document)
        except DocumentNotFoundError:
            gone = reader.missing(language)
            return HTMLResponse(gone if part else reader.page(gone, document, language), 404)
        office.note(person, "open", document, start=start, end=end)
        cited = reader.located(found, start, end, revision)
        content = reader.fragment(found, cited, language, moved=cited is None and start >= 0)
        return HTMLResponse(content if part else reader.page(content, found.metadata.title.value, language))

    @app.post("/wennuo/upload")
    async def upload(request: Request, name: str, chosen: Chosen = "") -> JSONResponse:
        """Take one file, sent as the body; gives its verdict as a line of HTML and as a word."""
        language, person = language_of(chosen), person_of(request)
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
            verdict = await run_in_threadpool(office.shelf.take, name, bytes(data), language)
        office.note(person, "upload", name, outcome=verdict.outcome, size=size)
        return JSONResponse({"line": listing.verdict(verdict, language), "outcome": verdict.outcome})

    app.mount("/wennuo", StaticFiles(directory=STATIC), name="static")
