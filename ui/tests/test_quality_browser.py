"""The tab of quality in a real Chromium: a set uploaded, run, watched, opened, compared; a thumb made a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from test_accessibility_browser import grave
from test_ui_browser import SPEECH, Visit, browser, served

from assistant.bootstrap import make_assistant
from corpus.library import Library
from corpus.settings import LibrarySettings
from evals.cases import read_set
from ui.people import Person
from ui.store.feedback import Feedback
from ui.store.schema import Store

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
DOCUMENT = "云川2024.txt"
SET = [
    {
        "id": "q1",
        "question": "2024年企业开办时间要压缩到多少？",
        "kind": "target",
        "answer": "0.5个工作日以内。",
        "facts": [["0.5个工作日"]],
        "quotes": [{"doc": DOCUMENT, "text": "企业开办时间压缩到0.5个工作日以内"}],
    },
    {
        "id": "q2<img src=x onerror=alert(1)>",
        "question": "电梯应急救援平均到达时间不超过多少分钟？",
        "kind": "target",
        "facts": [["99分钟"]],
        "quotes": [{"doc": DOCUMENT, "text": "电梯应急救援平均到达时间不超过12分钟"}],
    },
    {"id": "q3", "question": "2030年足球世界杯在哪里举行？", "kind": "unanswerable", "facts": []},
]


def as_file(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("quality")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    server = served(home, (DOCUMENT, SPEECH))
    begun = next(server)
    store = Store.open(home)
    with Library.open(LibrarySettings(home)) as library:
        assistant, feedback = make_assistant(library), Feedback(store)
        visitor = Person("", "admin", "v" * 32)
        feedback.add(visitor, assistant.answer("2024年企业开办时间要压缩到多少？"), "good", None, "很准")
        feedback.add(visitor, assistant.answer("食品抽检由谁牵头？"), "bad", "wrong_document", "<b>不对</b>")
    store.close()
    yield begun
    next(server, None)


def open_quality(page: Page) -> None:
    page.locator('[data-tab-id="quality"]').click()
    page.locator(".quality-frame").wait_for()


def upload(page: Page, name: str, rows: bytes) -> None:
    page.set_input_files(".uploading input", {"name": name, "mimeType": "text/plain", "buffer": rows})


def run_once(page: Page) -> None:
    page.click(".ways [data-go='view=runs']")
    page.locator(".starting").wait_for()
    before = page.locator("[data-pick]").count()
    page.select_option(".starting [name=set]", "office/抽查")
    expect(page.locator(".starting [name=where]")).to_have_value("admin")
    page.click(".starting .act")
    expect(page.locator("[data-pick]")).to_have_count(before + 1, timeout=60_000)


def test_the_whole_path(browser: Browser, address: str, home: Path) -> None:
    visit = Visit(browser, address, bypass_csp=True, accept_downloads=True)
    page = visit.page
    open_quality(page)

    page.click(".ways [data-go='view=sets']")
    upload(page, "坏.jsonl", b'{"id": "a"}\n')
    expect(page.locator(".uploading .answered")).to_contain_text("没有收下：坏.jsonl第1行：缺少要点")
    upload(page, "抽查.jsonl", as_file(SET))
    expect(page.locator(".told")).to_have_text("已收下“抽查”，3题")

    run_once(page)
    expect(page.locator(".told")).to_have_text("评测完成")
    row = page.locator(".runs-listed tbody tr").first
    expect(row).to_contain_text("0.667")
    row.locator(".link").click()
    expect(page.locator(".view.run h2")).to_be_focused()
    expect(page.locator(".figures")).to_contain_text("答对 2 / 3")
    page.locator(".causes tbody tr").last.locator(".link").first.click()
    expect(page.locator(".case")).to_have_count(1)
    page.locator(".case summary").click()
    detail = page.locator(".case .held")
    expect(detail).to_contain_text("12分钟")
    expect(detail).to_contain_text("没有答到：“99分钟”")
    assert grave(page) == []
    detail.locator(".evidence a[data-read]").first.click()
    expect(page.locator("#reader #cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click(".view.run a[download]")
    assert "问诺评测：抽查" in Path(download.value.path()).read_text(encoding="utf-8")

    page.click(".ways [data-go='view=sets']")
    upload(page, "抽查.jsonl", as_file([SET[0], {**SET[1], "facts": [["12分钟"]]}, SET[2]]))
    expect(page.locator(".told")).to_have_text("已收下“抽查”，3题")
    run_once(page)
    expect(page.locator(".trend svg[role=img]")).to_have_count(1)
    assert grave(page) == []
    page.click("[data-compare]")
    expect(page.locator(".told.bad")).to_have_text("请正好选两次评测。")
    for box in page.locator("[data-pick]").all():
        box.check()
    page.click("[data-compare]")
    expect(page.locator(".compared")).to_contain_text("+0.333")
    page.locator(".case summary").first.click()
    expect(page.locator(".case .held").first).to_contain_text("之前的回答")
    assert grave(page) == []

    page.reload()
    page.locator(".welcome").wait_for()
    open_quality(page)
    expect(page.locator(".view.compare")).to_be_visible()
    page.click(".ways [data-go='view=runs']")
    delete = page.locator(".runs-listed .delete").first
    delete.click()
    expect(delete).to_have_text("确定删除？")
    delete.click()
    expect(page.locator("[data-pick]")).to_have_count(1)
    assert visit.dialogs == []
    visit.close()


def test_a_thumb_becomes_a_question(browser: Browser, address: str, home: Path) -> None:
    visit = Visit(browser, address, bypass_csp=True)
    page = visit.page
    open_quality(page)
    expect(page.locator(".ways .count")).to_have_text("2")
    page.click(".ways [data-go='view=review']")
    page.locator(".thumb-good summary").click()
    expect(page.locator(".thumb-good .drafting [name=facts]")).to_have_value("0.5个工作日")
    page.locator(".thumb-bad summary").click()
    assert grave(page) == []
    bad = page.locator(".thumb-bad .drafting")
    bad.locator("[type=submit]").click()
    expect(bad.locator(".answered")).to_have_text("没有保存：请至少写一个要点，或勾选“应当拒答”。")
    page.locator(".thumb-good [type=submit]").click()
    expect(page.locator(".told")).to_contain_text("已收入题集“本单位题集”")
    expect(page.locator(".entry")).to_have_count(1)
    page.locator(".thumb-bad summary").click()
    bad.locator("[name=facts]").fill("食品流通科")
    bad.locator(".quoting select").select_option(DOCUMENT)
    bad.locator(".quoting textarea").fill("由食品流通科牵头")
    bad.locator("[type=submit]").click()
    expect(page.locator(".told")).to_contain_text("已收入题集")
    expect(page.locator(".view.review")).to_contain_text("没有符合条件的评议")
    assert [case.facts for case in read_set(home / "questions" / "office.jsonl").cases] == [
        (("0.5个工作日",),),
        (("食品流通科",),),
    ]
    page.select_option(".sifting [name=state]", "question")
    expect(page.locator(".entry")).to_have_count(2)
    visit.close()


def test_a_run_is_cancelled(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    page = visit.page
    open_quality(page)
    page.click(".ways [data-go='view=runs']")
    page.select_option(".starting [name=set]", "package/demonstration")
    expect(page.locator(".starting [name=where]")).to_have_value("demonstration")
    page.click(".starting .act")
    expect(page.locator("[role=progressbar]")).to_be_visible()
    page.click(".progress-box [data-send=cancel]")
    expect(page.locator(".progress-box")).to_contain_text("评测已取消", timeout=60_000)
    expect(page.locator(".starting .act")).to_be_enabled()
    visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone(browser: Browser, address: str, scheme: Any) -> None:
    visit = Visit(browser, address, width=390, color_scheme=scheme, bypass_csp=True)
    page = visit.page
    open_quality(page)
    for view in ("runs", "review", "sets"):
        page.click(f".ways [data-go='view={view}']")
        expect(page.locator(f".view.{view}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), view
        assert grave(page) == []
    visit.close()
