"""Every tab looked at by axe-core, in both widths and both colour schemes, on the demonstration corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_ui_browser import browser, served  # noqa: F401 - a fixture

from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ui.app import DEMONSTRATION

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with Library.open(LibrarySettings(home), write=True) as library:
        assert not ingest(library, [DEMONSTRATION], jobs=2).failed
    yield from served(home)


def grave(page: Page) -> list[tuple[Any, ...]]:
    """What axe-core finds that is serious or critical: rule, how often, the first place."""
    found = Axe().run(page).response["violations"]
    return [
        (
            each["id"],
            len(each["nodes"]),
            each["nodes"][0]["html"][:200],
            each["nodes"][0].get("failureSummary"),
        )
        for each in found
        if each["impact"] in GRAVE
    ]


def tabs(page: Page) -> list[str]:
    """The names of all tabs, in order, those that are folded away on a narrow page included."""
    found: list[str] = page.eval_on_selector_all(
        '[role="tab"][data-tab-id]', "all => [...new Set(all.map(each => each.dataset.tabId))]"
    )
    return found


def show(page: Page, tab: str) -> None:
    page.evaluate("tab => document.querySelector(`[role=tab][data-tab-id=${tab}]`).click()", tab)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_no_tab_shuts_anyone_out(browser: Browser, address: str, width: int, scheme: Any) -> None:  # noqa: F811
    context = browser.new_context(
        viewport={"width": width, "height": 860}, color_scheme=scheme, bypass_csp=True, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".welcome")).to_be_visible()
    assert grave(page) == []
    page.fill("#question textarea", "2025年经营主体要达到多少户？")
    page.press("#question textarea", "Enter")
    expect(page.locator(".chip").first).to_be_visible()
    found = {}
    for tab in tabs(page):
        show(page, tab)
        expect(page.locator(".waiting:visible")).to_have_count(0, timeout=30_000)
        found[tab] = grave(page)
    context.close()
    assert set(found) >= {"chat", "overview", "ledger", "reconciliation", "documents"}
    assert {tab: each for tab, each in found.items() if each} == {}
