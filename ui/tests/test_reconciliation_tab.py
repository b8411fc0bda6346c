"""Promised versus reported: its addresses on a real library, and the page in a real Chromium."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from desk_fakes import Seen, commitment, library_of
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect
from test_ui_browser import Visit, browser, served
from ui_fakes import document

from assistant.bootstrap import make_assistant
from assistant.reconciliation import Reason, Verdict
from corpus.commitment import Commitment, Metric
from corpus.document import Document
from corpus.library import Library
from ui.access import Access
from ui.guard import Guard
from ui.office import Office
from ui.reconciliation.routes import add_reconciliation_routes
from ui.words import WORDS

__all__ = ["browser"]
PROMISED = "云川市市场监督管理局2024年工作要点\n一、目标\n全市食品抽检合格率达到98%以上。\n投诉办结率达到99%以上。\n推动夜间经济繁荣。\n"
REPORTED = "云川市市场监督管理局2025年工作要点\n一、回顾\n2024年，全市食品抽检合格率达到98.6%。\n投诉办结率达到97%。\n"
RATE = Metric("食品抽检合格率", ">=", "98", "%", number=Decimal(98), base="%")
SETTLED = Metric("投诉办结率", ">=", "99", "%", number=Decimal(99), base="%")
YEAR = (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


def two_years(words: str = "") -> tuple[tuple[Document, list[Commitment]], tuple[Document, list[Commitment]]]:
    """Promises of 2024 and what the plan of 2025 reports of them; words: put into the second document."""
    plan = document("要点2024.txt", PROMISED, year=2024)
    later = document("要点2025.txt", REPORTED.replace("98.6%", f"98.6%{words}"), year=2025, title=words)
    promises = [
        commitment(plan, "全市食品抽检合格率达到98%以上", "target", due="2024-12-31", metric=RATE),
        commitment(plan, "投诉办结率达到99%以上", "target", due="2024-12-31", metric=SETTLED),
        commitment(plan, "推动夜间经济繁荣", "task"),
    ]
    reports = [
        commitment(
            later,
            f"全市食品抽检合格率达到98.6%{words}",
            "report",
            metric=replace(RATE, value="98.6", number=Decimal("98.6"), comparator=None),
        ),
        commitment(
            later,
            "投诉办结率达到97%",
            "report",
            metric=replace(SETTLED, value="97", number=Decimal(97), comparator=None),
        ),
    ]
    return (plan, promises), (later, [replace(row, period=YEAR) for row in reports])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, *two_years()) as library:
        yield library


def client_of(library: Library) -> TestClient:
    app = FastAPI()
    add_reconciliation_routes(app, Office(library, make_assistant))
    app.add_middleware(Access)
    app.add_middleware(Guard)
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.fixture
def client(library: Library) -> TestClient:
    return client_of(library)


def pairs(client: TestClient, query: str = "") -> list[tuple[str, str]]:
    """What is promised, with the name of the verdict's class."""
    markup = client.get(f"/wennuo/reconciliation/results?{query}").text
    Seen(markup)
    return re.findall(r'class="opener"[^>]*>([^<]*)<.*?class="badge verdict-(\w+)"', markup)


def identity_of(library: Library, words: str) -> str:
    return next(kept.row.identity for kept in library.commitments() if words in kept.row.quote)


def rule(client: TestClient, body: Any, **headers: str) -> Any:
    return client.post(
        "/wennuo/reconciliation/ruling",
        content=json.dumps(body),
        headers={"content-type": "application/json"} | headers,
    )


ALL = [
    ("全市食品抽检合格率达到98%以上", "exceeded"),
    ("投诉办结率达到99%以上", "missed"),
    ("推动夜间经济繁荣", "not_reported"),
]


def test_promises_stand_beside_what_became_of_them(client: TestClient) -> None:
    assert pairs(client) == ALL
    shown = client.get("/wennuo/reconciliation").text
    assert "98.6" in shown
    assert re.search(r'name="promised".*?value="2024" selected', shown)
    assert pairs(client, "promised=2024&verdict=missed") == ALL[1:2]
    assert pairs(client, "promised=2024&verdict=missed&verdict=exceeded") == ALL[:2]
    assert pairs(client, "promised=2024&verdict=ruled") == []
    assert pairs(client, "promised=2025") == []
    assert pairs(client, "promised=2024&words=办结率&verdict=<script>") == ALL[1:2]
    assert "没有符合条件" in client.get("/wennuo/reconciliation/results?promised=1999").text


def test_a_person_overrules_the_verdict(client: TestClient, library: Library) -> None:
    identity = identity_of(library, "办结率达到99")
    panel = client.get(f"/wennuo/reconciliation/row?identity={identity}").text
    Seen(panel)
    assert "<mark>投诉办结率达到99%以上</mark>" in panel
    assert "<mark>投诉办结率达到97%</mark>" in panel
    report = re.search(r'<option value="(\w+)" selected>投诉办结率达到97%', panel)
    assert report
    body = {
        "identity": identity,
        "report": report.group(1),
        "verdict": "met",
        "why": "跨年件年底前都办结了",
        "by": "督查室",
    }
    assert "已保存" in rule(client, body).text
    assert pairs(client)[1] == ("投诉办结率达到99%以上", "met")
    assert pairs(client, "promised=2024&verdict=ruled") == [("投诉办结率达到99%以上", "met")]
    told = client.get(f"/wennuo/reconciliation/row?identity={identity}").text
    for words in ("跨年件年底前都办结了", "督查室", "机器判断：未达成", "人工改判"):
        assert words in told
    assert library.rulings()[identity].report == report.group(1)
    rule(client, {**body, "verdict": "", "why": "统计口径已核实"})
    assert pairs(client) == ALL
    history = client.get(f"/wennuo/reconciliation/row?identity={identity}").text
    assert history.index("统计口径已核实") < history.index("跨年件年底前都办结了")
    assert "撤回改判" in history


REFUSED: list[tuple[dict[str, Any], dict[str, str], int, str]] = [
    ({"identity": "0" * 24}, {}, 404, "no such promise"),
    ({"report": "0" * 24}, {}, 404, "no such report"),
    ({"verdict": "wonderful"}, {}, 422, "no such verdict"),
    ({"verdict": None}, {}, 422, "a verdict that is no text"),
    ({"why": " "}, {}, 422, "no reason"),
    ({"by": ""}, {}, 422, "nobody said it"),
    ({"why": "长" * 2001}, {}, 422, "a reason too long"),
    ({}, {"origin": "http://leak.example"}, 403, "from another site"),
    ({}, {"content-type": "text/plain"}, 415, "as a form could send it"),
]


@pytest.mark.parametrize(("change", "headers", "code", "trap"), REFUSED, ids=[row[3] for row in REFUSED])
def test_what_is_not_kept(
    client: TestClient,
    library: Library,
    change: dict[str, Any],
    headers: dict[str, str],
    code: int,
    trap: str,
) -> None:
    body = {
        "identity": identity_of(library, "办结率达到99"),
        "report": "",
        "verdict": "met",
        "why": "a",
        "by": "b",
    }
    assert rule(client, {**body, **change}, **headers).status_code == code
    assert library.rulings() == {}


def test_a_promise_is_no_report(client: TestClient, library: Library) -> None:
    one, other = identity_of(library, "办结率达到99"), identity_of(library, "夜间经济")
    assert (
        rule(client, {"identity": one, "report": other, "verdict": "met", "why": "a", "by": "b"}).status_code
        == 404
    )


@pytest.mark.parametrize(
    "words",
    [
        '<img src=x onerror="alert(1)">',
        "\"'><script>alert(1)</script>",
        "${alert(1)}</textarea>",
        "&lt;b&gt;",
    ],
)
def test_all_words_are_shown_as_text(tmp_path: Path, words: str) -> None:
    with library_of(tmp_path, *two_years(words)) as library:
        client = client_of(library)
        identity = identity_of(library, "合格率")
        rule(client, {"identity": identity, "report": "", "verdict": "no_figure", "why": words, "by": words})
        for path in ("", "/results", f"/row?identity={identity}"):
            seen = Seen(client.get(f"/wennuo/reconciliation{path}").text)
            assert words in seen.text


def test_without_promises_it_says_what_to_do(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        assert "没有可以对账的承诺" in client_of(library).get("/wennuo/reconciliation").text


def test_every_verdict_and_reason_has_words() -> None:
    for words in WORDS.values():
        assert {f"verdict_{verdict}" for verdict in get_args(Verdict)} <= words.keys()
        assert {f"reason_{reason.replace(' ', '_')}" for reason in get_args(Reason)} <= words.keys()


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    server = served(tmp_path / "home", ("要点2024.txt", PROMISED), ("要点2025.txt", REPORTED))
    visit = Visit(browser, next(server))
    page = visit.page
    page.locator('[data-tab-id="reconciliation"]').click()
    row = page.locator(".reconciliation tr[data-row]", has_text="合格率")
    expect(row.locator(".badge.verdict-exceeded")).to_have_text("超额")
    row.locator(".opener").click()
    expect(page.locator(".reconciliation .panel mark").first).to_be_in_viewport()
    page.locator(".reconciliation .noting label", has_text="不可比").click()
    page.fill(".reconciliation [name=why]", "抽检范围变了<b>")
    with page.expect_response(
        re.compile(r"/wennuo/reconciliation/row\?")
    ):  # what is half written stays when the library changes
        page.evaluate("document.dispatchEvent(new Event('wennuo-library'))")
    expect(page.locator(".reconciliation [name=why]")).to_have_value("抽检范围变了<b>")
    page.fill(".reconciliation [name=by]", "周敏")
    page.click(".reconciliation .noting [type=submit]")
    expect(page.locator(".reconciliation .noting .told")).to_have_text("已保存")
    page.reload()
    page.locator(".welcome").wait_for()
    page.locator('[data-tab-id="reconciliation"]').click()
    expect(row.locator(".badge")).to_have_text("不可比")
    expect(row).to_contain_text("机器判断：超额")
    page.locator(".reconciliation .tile.ruled input").check()
    expect(page.locator(".reconciliation tr[data-row]")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 800})
    row.locator(".opener").click()
    expect(page.locator(".reconciliation .history")).to_contain_text("抽检范围变了<b>")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visit.close()
    server.close()
