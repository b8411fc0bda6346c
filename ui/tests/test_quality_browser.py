"""The tab of quality in a real Chromium: a set uploaded, run, watched, opened, compared; a thumb made a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from test_accessibility_browser import grave
from test_ui_browser import SPEECH, UPLOAD, Visit, browser, served

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


def thumbed(home: Path) -> Iterator[str]:
    """The address of an app that holds a thumb up and a thumb down."""
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


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    yield from thumbed(home)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from thumbed(tmp_path_factory.mktemp("reviewed"))


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


def drafts(page: Page) -> int:
    """How many half-filled forms the browser's tab keeps."""
    return int(
        page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('wennuo_draft_')).length")
    )


def test_what_is_typed_into_a_review_outlives_a_reload(browser: Browser, reviewed: str) -> None:
    visit = Visit(browser, reviewed, bypass_csp=True)
    page = visit.page
    open_quality(page)
    page.click(".ways [data-go='view=review']")
    bad, good = (page.locator(f".thumb-{verdict} .drafting") for verdict in ("bad", "good"))
    page.locator(".thumb-bad summary").click()
    expect(bad.locator("[type=reset]")).to_be_hidden()
    bad.locator("[name=facts]").fill("食品流通科\n<img src=x onerror=alert(1)>")
    bad.locator(".quoting select").select_option(DOCUMENT)
    bad.locator("[name=kind]").select_option("responsibility")
    bad.locator("[name=unanswerable]").check()
    page.locator(".thumb-good summary").click()
    prefilled = good.locator("[name=question]").input_value()
    good.locator("[name=question]").fill("写到一半")
    assert drafts(page) == 2

    page.reload()
    page.locator(".welcome").wait_for()
    open_quality(page)
    expect(bad).to_be_visible()
    expect(bad.locator(".answered")).to_have_text("上次填了、还没有收入题集的内容已恢复。")
    expect(bad.locator("[name=unanswerable]")).to_be_checked()
    expect(bad.locator("[name=facts]")).to_be_hidden()
    bad.locator("[name=unanswerable]").uncheck()
    expect(bad.locator("[name=facts]")).to_have_value("食品流通科\n<img src=x onerror=alert(1)>")
    expect(bad.locator(".quoting select")).to_have_value(DOCUMENT)
    expect(bad.locator("[name=kind]")).to_have_value("responsibility")
    expect(good.locator("[name=question]")).to_have_value("写到一半")
    assert grave(page) == []

    # the library changes, and what stood open stands open
    visit.open_library()
    visit.upload("鹿鸣2025.txt", UPLOAD.encode())
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    page.locator('[data-tab-id="quality"]').click()
    expect(bad.locator(".quoting option", has_text="鹿鸣2025.txt")).to_have_count(1)
    expect(bad.locator("[name=facts]")).to_have_value("食品流通科\n<img src=x onerror=alert(1)>")

    # taken back, after it has been asked
    reset = good.locator("[type=reset]")
    reset.click()
    expect(reset).to_have_text("确定恢复原样？所填的会清除")
    expect(good.locator("[name=question]")).to_have_value("写到一半")
    reset.click()
    expect(good.locator("[name=question]")).to_have_value(prefilled)
    expect(reset).to_be_hidden()
    assert drafts(page) == 1

    # kept while it is not taken, and while another is dealt with
    bad.locator("[type=submit]").click()
    expect(bad.locator(".answered")).to_contain_text("没有保存")
    assert drafts(page) == 1
    page.locator(".thumb-good [data-send=mark]").click()
    expect(page.locator(".quality-frame > .told")).to_have_text("已改")
    expect(bad.locator("[name=facts]")).to_have_value("食品流通科\n<img src=x onerror=alert(1)>")

    # sent and so forgotten
    bad.locator("[name=unanswerable]").check()
    bad.locator("[type=submit]").click()
    expect(page.locator(".quality-frame > .told")).to_contain_text("已收入题集")
    assert drafts(page) == 0
    page.reload()
    page.locator(".welcome").wait_for()
    open_quality(page)
    page.select_option(".sifting [name=state]", "any")
    expect(page.locator(".entry")).to_have_count(2)
    expect(page.locator(".entry[open]")).to_have_count(0)
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
    expect(page.locator(".thumb-bad")).to_have_attribute("open", "")
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
