"""The ledger as files: what is shown, all pages of it, as a workbook and as CSV."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import Cookie, FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from corpus.errors import WenNuoError
from ui.ledger.columns import as_csv
from ui.ledger.phrases import conditions
from ui.ledger.reading import LedgerReading
from ui.ledger.view import View, read
from ui.ledger.workbook import as_xlsx
from ui.office import Office
from ui.people import person_of
from ui.words import language_of, sentence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def add_downloads(app: FastAPI, office: Office, now: Callable[[], datetime.date]) -> None:
    """Add /wennuo/ledger.xlsx and /wennuo/ledger.csv to `app`; now: the day where the view names none."""
    reading_for = office.of_view(LedgerReading)

    @app.get("/wennuo/ledger.xlsx")
    def workbook(request: Request, chosen: Annotated[str, Cookie(alias="wennuo_language")] = "") -> Response:
        """The rows of the view in its order, with links back to their sentences."""
        view = read(request.query_params.multi_items(), now())
        person, link, asked = person_of(request), str(request.base_url), conditions(view.wanted)
        try:
            made = as_xlsx(reading_for(person).rows(view), day=view.day, link=link, conditions=asked)
        except WenNuoError as error:
            return PlainTextResponse(sentence(error, language_of(chosen)), 413)
        office.note(person, "export", "ledger.xlsx", conditions=asked)
        return _file(made, XLSX, view, "xlsx")

    @app.get("/wennuo/ledger.csv")
    def table(request: Request) -> Response:
        """The same rows as CSV."""
        view = read(request.query_params.multi_items(), now())
        person = person_of(request)
        office.note(person, "export", "ledger.csv", conditions=conditions(view.wanted))
        made = as_csv(reading_for(person).rows(view), day=view.day, link=str(request.base_url))
        return _file(made, CSV, view, "csv")


def _file(content: bytes, kind: str, view: View, ending: str) -> Response:
    named = f"filename=\"ledger.{ending}\"; filename*=UTF-8''{quote(f'承诺台账{view.day}.{ending}')}"
    return Response(
        content,
        media_type=kind,
        headers={"Content-Disposition": f"attachment; {named}", "Cache-Control": "no-store"},
    )
