"""The ledger in a real Chromium, with what the real ingest finds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from test_ui_browser import SPEECH, TRAP, Visit, browser, served, stray

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("ledger"), ("云川2024.txt", SPEECH))


@pytest.fixture(scope="module")
def empty_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("no-ledger"))


MANY = "云川市2024年工作要点\n（2024年1月5日）\n一、重点任务\n" + "".join(
    f"{number}.完成第{number}类食品抽检{100 + number}批次，{2024 + number % 6}年{number % 12 + 1}月底前完成，由食品流通科牵头。\n"
    for number in range(1, 71)
)


@pytest.fixture(scope="module")
def crowded_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("crowded"), ("云川要点.txt", MANY))


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address, accept_downloads=True)
    open_ledger(visit.page)
    yield visit
    visit.close()


def open_ledger(page: Page) -> None:
    page.locator('[data-tab-id="ledger"]').click()
    page.locator(".ledger .rows").wait_for()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_filter_sort_and_the_sentence(visit: Visit) -> None:
    page = visit.page
    all_of_them = page.locator("tr[data-row]").count()
    assert all_of_them > 2
    assert set(stray(page)) == {"xlsx", "csv"}
    page.fill(".ledger [name=owner]", "登记注册科")
    expect(page.locator("tr[data-row]").first.locator(".owner")).to_contain_text("登记注册科")
    expect(page.locator("tr[data-row]", has_not_text="登记注册科")).to_have_count(0)
    page.click(".ledger [data-clear]")
    expect(page.locator("tr[data-row]")).to_have_count(all_of_them)
    page.click('.ledger [data-order="due"]')
    expect(page.locator("th.deadline")).to_have_attribute("aria-sort", "ascending")
    days = re.findall(r"2024-\d\d-\d\d", " ".join(page.locator("td.deadline").all_inner_texts()))
    assert days == sorted(days)
    assert days
    page.locator("tr[data-row]", has_text="网上办理").first.click()
    mark = page.locator(".panel mark")
    expect(mark).to_be_in_viewport()
    quote = mark.inner_text()
    assert quote in SPEECH
    page.locator(".panel a[data-read]").click()
    cited = page.locator("#reader #cited")
    expect(cited).to_be_in_viewport()
    assert cited.inner_text() in quote
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    page.locator(".panel h2").press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    expect(page.locator(":focus")).to_have_class("opener")


def test_a_status_is_kept_over_a_reload(visit: Visit) -> None:
    page = visit.page
    page.locator("tr[data-row]", has_text="12分钟").first.locator(".opener").press("Enter")
    page.locator(".noting label", has_text="进行中").click()
    page.fill(".noting [name=percent]", "60")
    page.fill(".noting [name=by]", "周敏")
    note = '已完成6家<img src=x onerror="alert(1)">，见${alert(2)}'
    page.fill(".noting [name=note]", note)
    page.click(".noting [type=submit]")
    expect(page.locator(".noting .told")).to_have_text("已保存")
    expect(page.locator("#ledger .history")).to_contain_text(note)
    expect(page.locator("tr.chosen .status")).to_have_text("进行中 60%")
    page.reload()
    page.locator(".welcome").wait_for()
    open_ledger(page)
    row = page.locator("tr[data-row]", has_text="12分钟").first
    expect(row.locator(".status")).to_have_text("进行中 60%")
    row.click()
    expect(page.locator(".noting [name=by]")).to_have_value("周敏")
    expect(page.locator(".noting [name=note]")).to_have_value(note)
    expect(page.locator("#ledger .history")).to_contain_text("周敏")
    page.fill(".noting [name=percent]", "")
    page.evaluate("document.querySelector('.noting [name=by]').value = ' '")
    page.click(".noting [type=submit]")
    expect(page.locator(".noting .told")).to_have_text("没有保存：请填写登记人。")
    page.click("[data-panel-close]")
    page.click('[data-language="en"]')
    expect(page.locator("th.deadline")).to_contain_text("Deadline")
    expect(page.locator("tr[data-row]", has_text="12分钟").first.locator(".status")).to_have_text(
        "Under way 60%"
    )
    page.click('[data-language="zh-CN"]')
    expect(page.locator("th.deadline")).to_contain_text("期限")


def test_what_is_shown_is_downloaded(visit: Visit) -> None:
    page = visit.page
    page.fill(".ledger [name=owner]", "登记注册科")
    expect(page.locator("tr[data-row]", has_not_text="登记注册科")).to_have_count(0)
    shown = page.locator(".opener").all_inner_texts()
    with page.expect_download() as download:
        page.locator(".downloads a").first.click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert [line[2].value for line in sheet.iter_rows(min_row=2)] == shown
    assert download.value.suggested_filename.startswith("承诺台账")
    with page.expect_download() as download:
        page.locator(".downloads a").nth(1).click()
    table = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert [line[2] for line in table[1:]] == shown


def test_charts_and_numbers_are_filters(visit: Visit) -> None:
    page = visit.page
    all_of_them = page.locator("tr[data-row]").count()
    page.locator(".dot").first.click()
    expect(page.locator('.dot[aria-pressed="true"]')).to_have_count(1)
    assert page.input_value(".ledger [name=from]") == page.input_value(".ledger [name=to]") != ""
    page.locator('.dot[aria-pressed="true"]').click()
    expect(page.locator("tr[data-row]")).to_have_count(all_of_them)
    page.locator(".bars button", has_text="食品流通科").click()
    expect(page.locator(".ledger [name=owner]")).to_have_value("食品流通科")
    expect(page.locator("tr[data-row]", has_not_text="食品流通科")).to_have_count(0)
    page.locator(".tile.done input").check()
    expect(page.locator(".rows .nothing")).to_contain_text("没有符合条件的承诺")
    expect(page.locator(".tile.done input")).to_be_focused()
    page.click(".rows [data-clear]")
    expect(page.locator("tr[data-row]")).to_have_count(all_of_them)
    page.fill(".ledger [name=day]", "2024-01-01")
    expect(page.locator(".late")).to_have_count(0)


def test_a_hostile_document_is_text_in_the_ledger(visit: Visit) -> None:
    page = visit.page
    visit.open_library()
    name = '柳湾"><img src=y onerror=alert(9)>.txt'
    visit.upload(name, TRAP.encode())
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    open_ledger(page)
    page.fill(".ledger [name=words]", "广告监测")
    row = page.locator("tr[data-row]", has_text="广告监测").first
    expect(row).to_contain_text("<img src=x")
    row.locator(".opener").click()
    expect(page.locator(".panel")).to_contain_text(name)
    assert page.locator(".ledger img, .ledger script, .ledger a[href^='javascript']").count() == 0
    visit.open_library()
    visit.remove(name)
    open_ledger(page)
    page.click("#ledger [data-panel-close]")
    page.click(".ledger [data-clear]")
    expect(page.locator("tr[data-row]", has_text="广告监测")).to_have_count(0)


def places(page: Page) -> dict[str, float]:
    """How far the page, the panel and the axis of days are scrolled."""
    found: dict[str, float] = page.evaluate(
        """() => ({page: window.scrollY, panel: document.querySelector("#ledger .panel").scrollTop,
        days: document.querySelector("#ledger .years").scrollLeft})"""
    )
    return found


def test_all_that_is_open_stays_while_the_library_changes(browser: Browser, crowded_address: str) -> None:
    visit = Visit(browser, crowded_address)
    page = visit.page
    open_ledger(page)
    total = page.locator("#ledger .tile.all b").inner_text()
    page.fill(".ledger [name=owner]", "食品流通科")
    page.locator('.ledger [data-page="2"]').click()
    expect(page.locator("#ledger .pager span")).to_have_text("第2页，共2页")
    page.locator("tr[data-row]").nth(3).click()
    wanted = page.locator("#ledger .panel h2").inner_text()
    page.fill("#ledger .noting [name=note]", "写到一半的备注")
    page.evaluate(
        """() => {
            document.querySelector("#ledger .filters").open = false;
            document.querySelector("#ledger .panel").scrollTop = 60;
            document.querySelector("#ledger .years").scrollLeft = 25;
            window.scrollTo(0, 240);
        }"""
    )
    page.wait_for_timeout(200)  # the page hears of its scrolling with the next picture
    before = places(page)
    assert before["page"] == 240
    assert before["panel"] == 60

    visit.open_library()
    visit.upload("云川2024.txt", SPEECH.encode())
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    # the desk has heard of it while nobody looks
    expect(page.locator("#ledger [name=document] option")).to_have_count(3)
    expect(page.locator("#ledger .tile.all b")).not_to_have_text(total)
    page.locator('[data-tab-id="ledger"]').click()
    expect(page.locator("#ledger .panel h2")).to_have_text(wanted)
    expect(page.locator("#ledger .panel")).to_be_in_viewport()
    expect(page.locator("#ledger .noting [name=note]")).to_have_value("写到一半的备注")
    expect(page.locator("#ledger tr.chosen")).to_contain_text(wanted)
    expect(page.locator("#ledger .pager span")).to_have_text("第2页，共2页")
    expect(page.locator("#ledger [name=owner]")).to_have_value("食品流通科")
    assert page.evaluate("document.querySelector('#ledger .filters').open") is False
    page.wait_for_function("window.scrollY === 240")
    assert places(page) == before

    # a note is kept on the page that is shown, also after the whole page was loaded anew
    page.reload()
    page.locator(".welcome").wait_for()
    open_ledger(page)
    expect(page.locator("#ledger .pager span")).to_have_text("第2页，共2页")
    page.locator("tr[data-row]").nth(3).click()
    page.fill("#ledger .noting [name=by]", "周敏")
    page.click("#ledger .noting [type=submit]")
    expect(page.locator("#ledger .noting .told")).to_have_text("已保存")
    expect(page.locator("#ledger .results.busy")).to_have_count(0)
    expect(page.locator("#ledger .pager span")).to_have_text("第2页，共2页")

    # what is gone is not held on to
    page.click("#ledger [data-panel-close]")
    page.click("#ledger .filtering [data-clear]")
    page.select_option("#ledger [name=document]", "云川2024.txt")
    page.locator("tr[data-row]", has_text="12分钟").first.click()
    expect(page.locator("#ledger .panel mark")).to_be_in_viewport()
    visit.open_library()
    visit.remove("云川2024.txt")
    page.locator('[data-tab-id="ledger"]').click()
    expect(page.locator("#ledger .panel [role=alert]")).to_contain_text("台账里已经没有这一项")
    expect(page.locator("#ledger [name=document]")).to_have_value("")
    expect(page.locator("#ledger .tile.all b")).to_have_text(total)
    page.click("[data-panel-close]")
    expect(page.locator("#ledger .panel")).to_be_hidden()
    visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ledger_on_a_telephone(browser: Browser, address: str, scheme: Any) -> None:
    visit = Visit(browser, address, width=390, color_scheme=scheme)
    page = visit.page
    open_ledger(page)
    assert fits(page)
    page.locator(".filters summary").click()
    assert fits(page)
    page.fill(".ledger [name=words]", "长" * 40 + "w" * 120)
    expect(page.locator(".rows .nothing")).to_be_visible()
    assert fits(page)
    page.click(".rows [data-clear]")
    page.locator("tr[data-row]").first.click()
    expect(page.locator(".panel mark")).to_be_in_viewport()
    assert fits(page)
    page.click("[data-panel-close]")
    expect(page.locator(".panel")).to_be_hidden()
    visit.close()


def test_an_empty_ledger_leads_to_the_library(browser: Browser, empty_address: str) -> None:
    visit = Visit(browser, empty_address)
    page = visit.page
    page.locator('[data-tab-id="ledger"]').click()
    expect(page.locator(".ledger .nothing")).to_contain_text("台账还是空的")
    page.click(".ledger [data-open-library]")
    visit.upload("云川2024.txt", SPEECH.encode())
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    open_ledger(page)
    expect(page.locator("tr[data-row]").first).to_be_visible()
    visit.close()
