"""The app's own addresses beside gradio's: the reader of whole documents, the static files."""

from __future__ import annotations

from typing import Annotated

from fastapi import Cookie, FastAPI, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from corpus.errors import DocumentNotFoundError
from ui import reader
from ui.office import Office
from ui.people import person_of
from ui.theme import STATIC
from ui.words import language_of

Chosen = Annotated[str, Cookie(alias="wennuo_language")]


def add_routes(app: FastAPI, office: Office) -> None:
    """Add /wennuo/read and the files of static/ to `app`; after everything else below /wennuo."""

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

    app.mount("/wennuo", StaticFiles(directory=STATIC), name="static")
