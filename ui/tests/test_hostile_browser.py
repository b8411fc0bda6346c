"""Sixty hostile strings through every way in, looked for in every tab of a real Chromium: none is run, fetched or obeyed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import httpx
import openpyxl
import pytest
from hostile import FORMULAS, HOSTILE, ORDERS
from playwright.sync_api import Browser, Page, expect
from test_accessibility_browser import show, tabs
from test_ui_browser import browser, served  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEADS = ("由{trap}科牵头，", "“{trap}”行动由食品流通科负责，", "")


def speech() -> str:
    """A speech that says each of the strings in a sentence that becomes an answer and a row of the ledger."""
    lines = ["在云川市2024年市场监管工作会议上的讲话", "（2024年2月20日）"]
    for number, trap in enumerate(HOSTILE):
        if number % 10 == 0:
            lines.append(f"{'一二三四五六'[number // 10]}、{HOSTILE[number]}")
        flat = " ".join(trap.split())
        lead = LEADS[number % 3].format(trap=flat)
        lines.append(
            f"{lead}全年完成第{number}类{flat}抽检{number + 100}批次，合格率达到{number + 30}%以上。"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    named = [
        (
            f"{' '.join(trap.split()).replace('/', '∕')}.txt",
            f"{trap}\n一、目标\n第{number}县全年抽检{number + 500}批次。\n",
        )
        for number, trap in enumerate(HOSTILE)
    ]
    for address in served(tmp_path_factory.mktemp("home"), ("讲话.txt", speech()), *named):
        with httpx.Client(base_url=address, timeout=60) as client:
            for number, trap in enumerate(HOSTILE[::7]):
                content = f"{trap}\n一、目标\n第{number}市全年抽检{number + 900}批次。\n"
                answer = client.post(
                    "/wennuo/upload", params={"name": f"{trap}.txt"}, content=content.encode()
                )
                assert answer.status_code == 200
                assert answer.json()["outcome"] in ("added", "failed", "replaced")
            rows = list(
                csv.DictReader(io.StringIO(client.get("/wennuo/ledger.csv").content.decode("utf-8-sig")))
            )
            assert len(rows) > len(HOSTILE)
            yield address


class Watched:
    """A page that knows whether anything ran or left."""

    def __init__(self, browser: Browser, address: str) -> None:  # noqa: F811
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.expose_function("hit", lambda *found: self.wrong.append(f"ran {found}"))
        self.page.on("dialog", self._dialog)
        self.context.on("request", lambda request: self._request(request.url, address))
        self.page.goto(address)
        expect(self.page.locator(".welcome")).to_be_visible()

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:image/", "blob:", "about:")):
            self.wrong.append(f"fetched {url}")

    def settle(self) -> None:
        """Give what would run the time to, and touch what could be touched."""
        self.page.wait_for_timeout(300)
        assert self.wrong == []
        assert self.page.url.split("#")[0].rstrip("/") == self.context.pages[0].url.split("#")[0].rstrip("/")


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:  # noqa: F811
    watched = Watched(browser, address)
    yield watched
    watched.context.close()
    assert watched.wrong == []


def test_documents_names_and_titles_stay_text_on_every_tab(watched: Watched) -> None:
    page = watched.page
    for tab in tabs(page):
        show(page, tab)
        expect(page.locator(".waiting:visible")).to_have_count(0, timeout=30_000)
        watched.settle()
        for opener in page.locator("tr[data-row]:visible .opener").all()[:8]:
            opener.click()
            page.wait_for_timeout(150)
        watched.settle()
    made = page.locator("main :is(iframe, object, embed, base, script, a[href^='javascript:' i])")
    assert made.evaluate_all("all => all.map(each => each.outerHTML)") == []


def test_questions_stay_text(watched: Watched) -> None:
    page = watched.page
    box = page.locator("#question textarea")
    for number, trap in enumerate(HOSTILE):
        box.fill(f"{trap} 第{number}类抽检合格率达到多少？")
        box.press("Enter")
        expect(page.locator(".turn").last.locator(".reply")).to_be_visible(timeout=20_000)
        expect(page.locator(".growing")).to_have_count(0, timeout=20_000)
        if number % 10 == 9:
            watched.settle()
    watched.settle()


@pytest.mark.parametrize("order", ORDERS)
def test_orders_in_documents_and_questions_are_not_obeyed(address: str, watched: Watched, order: str) -> None:
    page = watched.page
    with httpx.Client(base_url=address, timeout=60) as client:
        before = client.get("/wennuo/ledger.csv").content
        page.fill("#question textarea", f"{order} 第{HOSTILE.index(order)}类抽检合格率达到多少？")
        page.press("#question textarea", "Enter")
        expect(page.locator(".reply .words").last).not_to_be_empty(timeout=20_000)
        expect(page.locator(".growing")).to_have_count(0, timeout=20_000)
        words = page.locator(".reply .words").last.inner_text()
        cited = "".join(page.locator(".card mark").all_inner_texts())
        for claimed in ("一切已完成", "100%"):  # only ever as the words of a cited sentence
            assert claimed not in words or claimed in cited
        assert page.locator(".reply :is(.chip, .badge)").count()
        assert client.get("/wennuo/ledger.csv").content == before


def test_notes_stay_text_and_cells_are_no_formulas(address: str, watched: Watched) -> None:
    with httpx.Client(base_url=address, timeout=60) as client:
        page = client.get("/wennuo/ledger/results").text
        identities = list(dict.fromkeys(part.split('"')[0] for part in page.split('data-row="')[1:]))
        for identity, trap in zip(identities, HOSTILE, strict=False):
            body = {
                "identity": identity,
                "status": "under_way",
                "percent": 10,
                "note": trap,
                "by": trap[:40].strip(),
            }
            answer = client.post(
                "/wennuo/ledger/progress",
                content=json.dumps(body),
                headers={"Content-Type": "application/json", "Origin": address.rstrip("/")},
            )
            assert answer.status_code in (200, 422)
        book = openpyxl.load_workbook(io.BytesIO(client.get("/wennuo/ledger.xlsx").content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        held = [str(cell.value) for cell in cells if cell.value]
        assert any(FORMULAS[0] in each for each in held)
        table = csv.reader(io.StringIO(client.get("/wennuo/ledger.csv").content.decode("utf-8-sig")))
        assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "@", "\t"))]
    show(watched.page, "ledger")
    for opener in watched.page.locator("#ledger .opener:visible").all()[:30]:
        opener.click()
        watched.page.wait_for_timeout(120)
    watched.settle()


def test_the_reader_shows_every_document_as_text(address: str, watched: Watched) -> None:
    with httpx.Client(base_url=address, timeout=60) as client:
        for trap in ("讲话", *HOSTILE):
            answer = client.get("/wennuo/read", params={"document": f"{trap}.txt", "fragment": 1})
            assert answer.status_code in (200, 404)
    page = watched.context.new_page()
    page.expose_function("hit", lambda *found: watched.wrong.append(f"ran {found}"))
    page.goto(f"{address}wennuo/read?document=讲话.txt&start=0&end=20")
    expect(page.locator(".reader .text")).to_be_visible()
    page.wait_for_timeout(500)
    page.close()
