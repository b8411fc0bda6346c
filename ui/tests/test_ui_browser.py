"""The whole web app in a real Chromium, with the real library, readers and assistant."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import ui
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(ui.__file__).parents[1]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SPEECH = """在云川市2024年市场监管工作会议上的讲话
（2024年2月20日）
一、2023年工作回顾
2023年，全市新增经营主体1.2万户，食品抽检合格率达到98.1%。
2023年，全市投诉举报按期办结率达到XX%，群众对处理结果的满意率达到XX%。
二、2024年重点任务
（一）守牢食品安全底线
全年完成食品监督抽检6000批次。抽检合格率稳定在98.5%以上，由食品流通科牵头，各县区局配合。
（二）优化营商环境
企业开办时间压缩到0.5个工作日以内，6月底前实现全程网上办理，由登记注册科负责。
（三）加强特种设备监管
电梯应急救援平均到达时间不超过12分钟，在用电梯定期检验率保持100%。
"""
UPLOAD = """在鹿鸣县2025年知识产权工作会议上的讲话
一、今年的目标
全县新增地理标志产品4个，有效发明专利拥有量达到320件，年底前建成知识产权服务站15个。
"""
TRAP = """在柳湾县2025年广告监管工作会议上的讲话
一、今年的目标
全年开展广告监测<img src=x onerror="alert(1)"><script>alert(2)</script>36000条次，广告合规率达到97%以上。
二、参考资料
广告监测平台见[平台说明](javascript:alert(3))和![截图](http://leak.example/x.png)，${alert(4)}{{constructor}}。
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"no Chromium at {CHROMIUM}: install it, the browser tests must run here")
        pytest.skip(f"no Chromium at {CHROMIUM}: install it or set CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def served(home: Path, *texts: tuple[str, str], **settings: str) -> Iterator[str]:
    """The address of `wennuo serve` on a library that holds `texts`; stopped by Ctrl+C, which leaves no trace.

    settings: of its environment.
    """
    folder = home.parent / f"{home.name}-files"
    folder.mkdir(exist_ok=True)
    for name, text in texts:
        (folder / name).write_text(text, encoding="utf-8")
    if texts and not list(home.glob("*.sqlite3")):
        with Library.open(LibrarySettings(home), write=True) as library:
            assert not ingest(library, [folder], jobs=1).failed
    command = [sys.executable, "-m", "ui.cli.main", "serve", "--home", str(home), "--port", "0"]
    complaints = home.parent / f"{home.name}-stderr"
    with (
        complaints.open("w") as stderr,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as server,
    ):
        assert server.stdout is not None
        line = next((line for line in server.stdout if "http://" in line), "")
        assert line, complaints.read_text()
        try:
            yield re.search(r"http://\S+", line).group()  # type: ignore[union-attr]
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    assert "Traceback" not in complaints.read_text()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("home"), ("云川2024.txt", SPEECH))


@pytest.fixture(scope="module")
def empty_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("empty"))


def stray(page: Page) -> list[str]:
    """Words in Latin letters that a reader of the Chinese interface sees or hears, file formats and examples apart."""
    said = page.evaluate(
        """() => [document.body.innerText, ...[...document.querySelectorAll("[aria-label], [title], [placeholder]")]
        .flatMap(e => ["aria-label", "title", "placeholder"].map(n => e.getAttribute(n) ?? ""))]"""
    )
    return re.findall(r"[A-Za-z]{3,}", " ".join(said).replace("English", ""))


class Visit:
    """A page that remembers what it asked for and whether anything popped up."""

    def __init__(self, browser: Browser, address: str, width: int = 1280, **context: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="en-US", **context
        )
        self.page: Page = self.context.new_page()
        self.address = address
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address)
        self.page.locator(".welcome").wait_for()

    def ask(self, question: str) -> None:
        before = self.page.locator(".reply .acts").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        expect(self.page.locator(".reply .acts")).to_have_count(before + 1, timeout=20_000)

    def begin(self) -> None:
        self.page.locator("[data-new]:visible").first.click()
        expect(self.page.locator(".welcome")).to_be_visible()

    def open_library(self) -> None:
        self.page.locator('[data-tab-id="documents"]').click()
        self.page.locator(".listing").wait_for()

    def open_chat(self) -> None:
        self.page.get_by_role("tab").nth(0).click()

    def upload(self, name: str, content: bytes) -> None:
        self.page.set_input_files(
            ".upload input[accept]", [{"name": name, "mimeType": "text/plain", "buffer": content}]
        )

    def doom(self, name: str) -> None:
        """Ask for the removal of a document, up to the question."""
        if self.page.locator(".beside .detail").count() == 0:
            self.page.locator("#documents tr", has_text=name).locator("[data-open]").click()
        self.page.locator(".beside [data-remove]").click()
        expect(self.page.locator("#documents dialog")).to_contain_text(name)

    def remove(self, name: str) -> None:
        self.doom(name)
        self.page.click("#documents [data-yes]")
        expect(self.page.locator("#documents .found")).to_have_text("已移除1份")

    def close(self) -> None:
        self.context.close()
        stray = [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]
        assert stray == []
        assert self.dialogs == []
        assert self.errors == []


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address)
    yield visit
    visit.close()


def test_a_starter_question_leads_to_the_highlighted_sentence(visit: Visit) -> None:
    page = visit.page
    assert page.locator(".starter").count() >= 1
    page.locator(".starter").first.click()
    page.locator(".reply .chip").first.wait_for(timeout=20_000)
    page.locator(".reply .chip").first.click()
    mark = page.locator(".card.chosen mark")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport()
    quote = mark.inner_text()
    assert quote in SPEECH
    expect(page.locator(".card.chosen")).to_contain_text("云川2024.txt")
    page.locator(".card.chosen a").click()
    cited = page.locator("#reader #cited")
    expect(cited).to_be_in_viewport()
    assert cited.inner_text() in quote
    expect(page.locator("#reader nav")).to_contain_text("二、2024年重点任务")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def test_the_conversation_goes_on_and_can_be_cleared(visit: Visit) -> None:
    page = visit.page
    visit.ask("2024年食品抽检合格率要达到多少？")
    expect(page.locator("#reply-1")).to_contain_text("98.5%")
    visit.ask("由哪个科室牵头？")
    expect(page.locator("#reply-2")).to_contain_text("食品流通科")
    page.locator("#reply-1 .chip").first.click()
    expect(page.locator('.cards[data-turn="1"]')).to_be_visible()
    expect(page.locator('.cards[data-turn="2"]')).to_be_hidden()
    visit.begin()
    expect(page.locator(".card")).to_have_count(0)


def test_what_is_not_there_is_refused_and_what_is_masked_is_said_to_be(visit: Visit) -> None:
    visit.ask("2024年民用航空器适航检查的目标是什么？")
    expect(visit.page.locator(".reply.not_found .badge")).to_have_text("资料中没有提到")
    visit.ask("2023年投诉举报按期办结率是多少？")
    expect(visit.page.locator(".reply.masked .badge")).to_have_text("原文隐去")


def test_an_answer_is_copied_with_its_sources(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, permissions=["clipboard-read", "clipboard-write"])
    visit.ask("企业开办时间要压缩到多少？")
    visit.page.locator("#reply-1 [data-copy]").click()
    expect(visit.page.locator("#reply-1 [data-copy]")).to_have_text("已复制")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "0.5个工作日" in copied
    assert "云川2024.txt" in copied
    visit.close()


def test_upload_ask_remove(visit: Visit) -> None:
    page = visit.page
    question = "鹿鸣县2025年新增地理标志产品几个？"
    visit.open_library()
    page.set_input_files(
        ".upload input[accept]",
        [
            {"name": "鹿鸣县2025讲话.txt", "mimeType": "text/plain", "buffer": UPLOAD.encode("gb18030")},
            {"name": "空.txt", "mimeType": "text/plain", "buffer": b""},
            {"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\0\0"},
        ],
    )
    verdicts = page.locator(".verdict")
    expect(verdicts).to_have_count(3, timeout=60_000)
    expect(verdicts.nth(0)).to_contain_text("已入库")
    expect(verdicts.nth(1)).to_contain_text("文件是空的")
    expect(verdicts.nth(2)).to_contain_text("不支持这种文件格式")
    expect(page.locator("#documents table")).to_contain_text("鹿鸣县2025讲话.txt")
    visit.open_chat()
    visit.ask(question)
    expect(page.locator("#reply-1")).to_contain_text("4个")
    expect(page.locator("#cards")).to_contain_text("鹿鸣县2025讲话.txt")
    visit.open_library()
    visit.doom("鹿鸣县2025讲话.txt")
    page.click("#documents [data-no]")
    expect(page.locator("#documents dialog")).to_be_hidden()
    expect(page.locator(":focus")).to_have_attribute("data-remove", "鹿鸣县2025讲话.txt")
    expect(page.locator("#documents table")).to_contain_text("鹿鸣县2025讲话.txt")
    visit.remove("鹿鸣县2025讲话.txt")
    expect(page.locator("#documents table")).not_to_contain_text("鹿鸣县2025讲话.txt")
    visit.open_chat()
    visit.begin()
    visit.ask(question)
    expect(page.locator("#reply-1")).not_to_contain_text("4个")
    expect(page.locator("#cards")).not_to_contain_text("鹿鸣县2025讲话.txt")


def test_a_hostile_document_is_shown_as_text(visit: Visit) -> None:
    page = visit.page
    name = '柳湾"><img src=y onerror=alert(9)>.txt'
    visit.open_library()
    visit.upload(name, TRAP.encode())
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    expect(page.locator("#documents table")).to_contain_text(name)
    visit.open_chat()
    visit.ask("柳湾县2025年全年开展广告监测多少条次？")
    expect(page.locator("#conversation")).to_contain_text('<img src=x onerror="alert(1)">')
    expect(page.locator("#cards")).to_contain_text(name)
    visit.ask("<img src=z onerror=alert(8)> [点](javascript:alert(7)) 柳湾县广告监测平台见哪里？")
    expect(page.locator("#conversation")).to_contain_text("[点](javascript:alert(7))")
    page.locator(".card:visible a").first.click()
    expect(page.locator("#reader")).to_contain_text(
        "[平台说明](javascript:alert(3))和![截图](http://leak.example/x.png)"
    )
    expect(page.locator("#reader")).to_contain_text("${alert(4)}{{constructor}}")
    assert page.locator("img[onerror], a[href^='javascript'], .text script").count() == 0
    page.keyboard.press("Escape")
    visit.open_library()
    visit.remove(name)
    assert not [url for url in visit.requests if re.search(r"/[xyz]$|leak\.example", url)]


def test_a_scope_limits_the_answer(visit: Visit) -> None:
    page = visit.page
    page.locator("#scope > button").click()
    page.locator("#filter_year input").click()
    page.get_by_role("option", name="2024年").click()
    expect(page.locator("#chips li")).to_have_text("2024年")
    expect(page.locator("#filter_collection")).to_be_hidden()
    visit.ask("企业开办时间要压缩到多少？")
    expect(page.locator("#reply-1")).to_contain_text("0.5个工作日")
    expect(page.locator(".turn .note").first).to_have_text("检索范围：2024年")
    page.locator("#chips li button").click()
    expect(page.locator("#chips li")).to_have_count(0)
    visit.ask("企业开办时间要压缩到多少？")
    expect(page.locator(".turn").nth(1)).not_to_contain_text("检索范围")
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#chips li")).to_have_count(0)  # as the last question was asked


def test_english_on_demand_and_chinese_by_default(visit: Visit) -> None:
    page = visit.page
    assert stray(page) == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    visit.ask("2024年食品抽检合格率要达到多少？")
    page.click('[data-language="en"]')
    expect(page.locator("#send")).to_have_text("Ask")
    expect(page.locator("#reply-1")).to_contain_text("98.5%")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.reload()
    expect(page.locator("#reply-1")).to_contain_text("98.5%")
    visit.begin()
    expect(page.locator(".welcome h2")).to_have_text("What would you like to look up?")
    page.click('[data-language="zh-CN"]')
    expect(page.locator("#send")).to_have_text("提问")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_telephone(browser: Browser, address: str, scheme: Any) -> None:
    visit = Visit(browser, address, width=390, color_scheme=scheme)
    page = visit.page

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    assert fits()
    visit.ask("2024年食品抽检合格率要达到多少？" + "长" * 80 + "w" * 120)
    assert fits()
    visit.ask("2024年食品抽检合格率要达到多少？")
    page.locator("#reply-2 .chip").first.click()
    expect(page.locator(".card.chosen mark")).to_be_in_viewport()
    assert fits()
    page.keyboard.press("Escape")
    expect(page.locator(".card.chosen")).to_be_hidden()
    page.locator("#conversation .rail").click()
    expect(page.locator("#history [data-conversation]")).to_be_in_viewport()
    assert fits()
    page.keyboard.press("Escape")
    page.locator("#scope > button").click()
    assert fits()
    visit.open_library()
    assert fits()
    visit.close()


def test_an_empty_library_says_what_to_do(browser: Browser, empty_address: str) -> None:
    visit = Visit(browser, empty_address)
    page = visit.page
    expect(page.locator(".welcome")).to_contain_text("资料库还是空的")
    page.locator("[data-open-library]").click()
    expect(page.locator(".upload")).to_be_visible()
    page.evaluate(
        """text => {
            const held = new DataTransfer();
            held.items.add(new File([text], "云川2024.txt"));
            document.querySelector(".upload").dispatchEvent(new DragEvent("drop", {dataTransfer: held, bubbles: true}));
        }""",
        SPEECH,
    )
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    visit.open_chat()
    expect(page.locator(".starter").first).to_be_visible()
    visit.close()


def test_a_question_while_the_server_is_gone_is_not_lost(browser: Browser, tmp_path: Path) -> None:
    server = served(tmp_path / "home", ("云川2024.txt", SPEECH))
    visit = Visit(browser, next(server))
    server.close()
    visit.page.fill("#question textarea", "企业开办时间要压缩到多少？")
    visit.page.press("#question textarea", "Enter")
    expect(visit.page.locator(".toast-message-text").first).to_contain_text("连接断了", timeout=20_000)
    assert stray(visit.page) == []
    expect(visit.page.locator("#question textarea")).not_to_have_value("")
    visit.context.close()
