"""The overview for leadership: what it counts, what it shows, and that nothing of a document is markup in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from desk_fakes import TODAY, Seen, commitment, library_of
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_reconciliation_tab import two_years
from ui_fakes import document

from assistant.bootstrap import make_assistant
from corpus.library import Library
from ui.access import Access
from ui.guard import Guard
from ui.ledger.view import read
from ui.office import Office
from ui.overview.reading import PARTS, OverviewReading
from ui.overview.routes import add_overview_routes


def client_of(library: Library) -> TestClient:
    app = FastAPI()
    add_overview_routes(app, Office(library, make_assistant), lambda: TODAY)
    app.add_middleware(Access)
    app.add_middleware(Guard)
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, *two_years()) as library:
        yield library


def test_each_number_is_what_the_ledger_gives_for_its_link(library: Library) -> None:
    found = OverviewReading(library).overview([], TODAY)
    assert [each.part for each in found.listings] == list(PARTS)
    assert found.total == library.count_commitments(read([("year", str(found.year))], TODAY).wanted)[""] > 0
    for each in found.listings:
        view = read(parse_qsl(each.view.query), datetime.date(1999, 1, 1))
        assert library.count_commitments(view.wanted)[""] == each.count
        assert set(each.rows) <= set(library.commitments(view.wanted))


def test_the_outcome_counts_every_promise_once(library: Library) -> None:
    found = OverviewReading(library).overview([], TODAY)
    assert found.outcome is not None
    assert found.outcome.view.until is not None
    wanted = found.outcome.view.wanted
    assert found.outcome.total == library.count_commitments(wanted)[""]
    assert all(one.settled == "missed" for one in found.outcome.missed)


def test_what_is_asked_for_that_is_not_there_is_as_if_unasked(library: Library) -> None:
    reading = OverviewReading(library)
    plain = reading.overview([], TODAY)
    odd = [("year", "1850"), ("issuer", "<b>"), ("day", "2024-02-31")]
    assert reading.overview(odd, TODAY) == plain


def test_the_page_says_what_it_found(library: Library) -> None:
    client = client_of(library)
    answer = client.get("/wennuo/overview?day=2031-01-01")
    Seen(answer.text)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "早于对照日期" in answer.text
    assert "wennuo/read?document=" in answer.text
    client.cookies.set("wennuo_language", "en")
    assert "Promises at a glance" in client.get("/wennuo/overview").text


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        assert "data-open-library" in client_of(library).get("/wennuo/overview").text


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    text = '云川市2024年要点\n一、目标\n全年"><img src=x onerror=alert(1)>完成抽检6000批次。\n'
    source = document("<script>.txt", text, title="<b>要点</b>")
    row = commitment(source, text.splitlines()[2], what='"><img src=x onerror=alert(1)>')
    with library_of(tmp_path, (source, [row])) as library:
        markup = client_of(library).get("/wennuo/overview").text
    Seen(markup)
    assert "<img" not in markup
    assert "<b>要点" not in markup
