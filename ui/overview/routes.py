"""The address of the overview for leadership."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated

from fastapi import Cookie, FastAPI, Request
from fastapi.responses import HTMLResponse

from ui.ledger.routes import fragment, today
from ui.office import Office
from ui.overview import render
from ui.overview.reading import OverviewReading
from ui.people import person_of
from ui.words import language_of


def add_overview_routes(app: FastAPI, office: Office, now: Callable[[], datetime.date] = today) -> None:
    """Add /wennuo/overview to `app`."""
    reading_for = office.of_view(OverviewReading)

    @app.get("/wennuo/overview", response_class=HTMLResponse)
    def overview(
        request: Request, chosen: Annotated[str, Cookie(alias="wennuo_language")] = ""
    ) -> HTMLResponse:
        """The whole tab for the year, body and day that the form names."""
        found = reading_for(person_of(request)).overview(request.query_params.multi_items(), now())
        return fragment(render.overview(found, language_of(chosen)))
