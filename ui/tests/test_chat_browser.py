"""The chat in a real Chromium: history, stop, retry, edit, thumbs, links, Word files, the card beside a marker, keys."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from test_accessibility_browser import grave
from test_ui_browser import SPEECH, Visit, browser, served, stray

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
RATE, TIME, LIFT = (
    "2024年食品抽检合格率要达到多少？",
    "企业开办时间要压缩到多少？",
    "电梯应急救援平均到达时间不超过多少？",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chat")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    yield from served(home, ("云川2024.txt", SPEECH))


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address, accept_downloads=True)
    yield visit
    visit.close()


def titles(page: Page) -> list[str]:
    return page.locator("#history .open").all_inner_texts()


def test_history_is_searched_renamed_and_deleted(visit: Visit) -> None:
    page = visit.page
    visit.ask(RATE)
    visit.ask("由哪个科室牵头？")
    expect(page.locator("#history h3")).to_have_text("今天")
    expect(page.locator("#history .current .open")).to_have_text(RATE)
    visit.begin()
    visit.ask(TIME)
    expect(page.locator("#history .open")).to_have_count(2)
    assert titles(page) == [TIME, RATE]
    page.fill("#history input[type=search]", "牵头")
    expect(page.locator("#history .open")).to_have_text([RATE])
    page.fill("#history input[type=search]", "没有这样的")
    expect(page.locator("#history .days")).to_contain_text("没有找到")
    page.fill("#history input[type=search]", "")
    expect(page.locator("#history .open")).to_have_count(2)
    page.locator("#history .open", has_text=RATE).click()
    expect(page.locator("#reply-2")).to_contain_text("食品流通科")
    expect(page.locator("#conversation .bar h2")).to_have_text(RATE)
    row = page.locator("#history li", has_text=RATE)
    row.hover()
    row.locator(".rename").click()
    page.fill("#history [name=title]", "<img src=x onerror=alert(1)>合格率")
    page.keyboard.press("Enter")
    expect(page.locator("#history .current .open")).to_have_text("<img src=x onerror=alert(1)>合格率")
    expect(page.locator("#conversation .bar h2")).to_have_text("<img src=x onerror=alert(1)>合格率")
    row = page.locator("#history li", has_text="onerror")
    row.hover()
    row.locator(".remove").click()
    page.locator("#history .remove-held [data-cancel]").click()
    expect(page.locator("#history .open")).to_have_count(2)
    row.hover()
    row.locator(".remove").click()
    page.locator("#history .remove-held [type=submit]").click()
    expect(page.locator("#history .open")).to_have_text([TIME])
    expect(page.locator(".welcome")).to_be_visible()
    assert "conversation=" not in page.url


def test_a_conversation_outlives_the_page_and_the_server(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    server = served(home, ("云川2024.txt", SPEECH))
    visit = Visit(browser, next(server))
    visit.ask(RATE)
    visit.page.reload()
    expect(visit.page.locator("#reply-1")).to_contain_text("98.5%")
    expect(visit.page.locator("#cards mark").first).to_contain_text("98.5%")
    visit.ask("由哪个科室牵头？")
    expect(visit.page.locator("#reply-2")).to_contain_text("食品流通科")
    where, cookies = visit.page.url.partition("?")[2], visit.context.cookies()
    visit.close()
    server.close()
    again = served(home, ("云川2024.txt", SPEECH))
    address = next(again)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{**cookie, "domain": "127.0.0.1"} for cookie in cookies])  # type: ignore[typeddict-item]
    page = context.new_page()
    page.goto(f"{address}?{where}")
    expect(page.locator("#reply-2")).to_contain_text("食品流通科", timeout=20_000)
    other = browser.new_page()
    other.goto(f"{address}?{where}")  # another browser's visitor
    expect(other.locator(".welcome")).to_be_visible(timeout=20_000)
    expect(other.locator("#history .open")).to_have_count(0)
    other.close()
    context.close()
    again.close()


def test_retry_and_edit_take_the_place_of_the_last_turn(visit: Visit) -> None:
    page = visit.page
    visit.ask(RATE)
    visit.ask(TIME)
    expect(page.locator(".turn").first.locator("[data-again]")).to_be_hidden()
    page.locator("[data-again]:visible").click()
    expect(page.locator(".turn.growing")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#reply-2")).to_contain_text("0.5个工作日")
    page.locator("[data-edit]:visible").click()
    expect(page.locator(".editing textarea")).to_have_value(TIME)
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_have_count(0)
    page.locator("[data-edit]:visible").click()
    page.fill(".editing textarea", LIFT)
    page.keyboard.press("Enter")
    expect(page.locator("#reply-2")).to_contain_text("12分钟", timeout=20_000)
    expect(page.locator(".turn")).to_have_count(2)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text([RATE, LIFT])


def test_a_card_beside_the_marker_by_mouse_and_keyboard(visit: Visit) -> None:
    page = visit.page
    visit.ask(RATE)
    marker, peek = page.locator("#reply-1 .chip").first, page.locator("#peek")
    page.mouse.move(5, 5)
    page.wait_for_timeout(600)  # until nothing scrolls
    marker.hover()
    expect(peek).to_be_visible()
    expect(peek.locator("mark")).to_contain_text("98.5%")
    expect(peek).to_contain_text("（一）守牢食品安全底线")
    page.mouse.move(5, 5)
    expect(peek).to_be_hidden()
    page.focus("#question textarea")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#reply-1 .chip')"):
            break
    expect(peek).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#peek a[data-read]')")
    page.keyboard.press("Escape")
    expect(peek).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('#reply-1 .chip')")
    page.keyboard.press("Enter")
    expect(page.locator(".card.chosen mark")).to_be_in_viewport()
    expect(peek).to_be_hidden()


def test_on_a_telephone_the_first_tap_shows_and_the_link_opens(browser: Browser, address: str) -> None:
    visit = Visit(browser, address, width=390, has_touch=True, is_mobile=True)
    page = visit.page
    visit.ask(RATE)
    page.locator("#reply-1 .chip").first.tap()
    expect(page.locator("#peek mark")).to_contain_text("98.5%")
    expect(page.locator("#evidence")).to_be_hidden()
    page.locator("#peek a[data-read]").tap()
    expect(page.locator("#reader #cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator("#reply-1 [data-sources]").tap()
    expect(page.locator("#cards .card").first).to_be_in_viewport()
    page.locator("[data-sheet-close]").tap()
    expect(page.locator("#cards")).to_be_hidden()
    page.locator("#conversation .rail").tap()
    expect(page.locator("#history [data-new]")).to_be_in_viewport()
    page.locator("#history .open").first.tap()
    expect(page.locator("#history")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visit.close()


def test_word_files(visit: Visit) -> None:
    page = visit.page
    visit.ask(RATE)
    visit.ask(TIME)

    def downloaded(selector: str) -> tuple[str, str]:
        with page.expect_download() as waiting:
            page.locator(selector).click()
        held = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
        return waiting.value.suggested_filename, "\n".join(each.text for each in held.paragraphs)

    name, text = downloaded("#reply-2 a[download]")
    assert name == "企业开办时间要压缩到多少.docx"
    assert "0.5个工作日" in text
    assert "98.5%" not in text
    _, whole = downloaded(".bar a[download]")
    assert "98.5%" in whole
    assert "0.5个工作日" in whole


def test_a_link_for_colleagues_and_taking_it_back(browser: Browser, visit: Visit, address: str) -> None:
    page = visit.page
    visit.ask(RATE)
    page.locator("#reply-1 [data-share]").click()
    link = page.locator("#leaf .made input").input_value()
    assert re.fullmatch(re.escape(address) + r"share/[\w-]{22}", link)
    page.locator("#leaf [data-copy]").click()
    expect(page.locator("#leaf [data-copy]")).to_have_text("已复制")
    page.keyboard.press("Escape")
    colleague = browser.new_page()
    colleague.goto(link)
    expect(colleague.locator(".words")).to_contain_text("98.5%")
    colleague.locator(".words .chip").first.click()
    expect(colleague.locator(".card.chosen mark")).to_be_in_viewport()
    assert set(stray(colleague)) == {"txt"}
    colleague.locator(".card a").first.click()
    page.locator("[data-links]").click()
    expect(page.locator("#leaf .links-held a")).to_have_text([RATE])
    page.locator("#leaf [data-revoke]").click()
    expect(page.locator("#leaf .links-held")).to_contain_text("已收回")
    colleague.goto(link)
    expect(colleague.locator("main")).to_contain_text("被收回")
    assert "98.5" not in colleague.content()
    colleague.close()


def test_thumbs_with_a_reason_stay(visit: Visit) -> None:
    page = visit.page
    visit.ask(RATE)
    bad, good = (page.locator(f"#reply-1 [data-verdict={verdict}]") for verdict in ("bad", "good"))
    bad.click()
    page.locator(".opinion label", has_text="数字不对").click()
    page.fill(".opinion textarea", "应以文件为准")
    page.locator(".opinion [type=submit]").click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#reply-1 .thanks")).to_have_text("已记下，谢谢。")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(bad).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(good).to_have_attribute("aria-pressed", "true")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "false")


def test_what_is_typed_while_the_first_words_are_awaited_stays(visit: Visit) -> None:
    page = visit.page
    box = page.locator("#question textarea")
    box.fill(RATE)
    page.keyboard.press("Enter")
    box.fill(TIME)
    expect(page.locator("#reply-1 .acts")).to_be_visible(timeout=20_000)
    expect(box).to_have_value(TIME)
    page.click("#send")
    expect(page.locator(".turn .question").last).to_have_text(TIME)
    expect(box).to_have_value("")
    expect(page.locator("#reply-2 .acts")).to_be_visible(timeout=20_000)
    box.fill("半句")
    visit.begin()
    expect(box).to_have_value("")


def test_keys(visit: Visit) -> None:
    page = visit.page
    box = page.locator("#question textarea")
    box.fill("甲")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("乙")
    expect(box).to_have_value("甲\n乙")
    expect(page.locator(".turn")).to_have_count(0)
    box.fill("")
    visit.ask(RATE)
    expect(box).to_have_value("")
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value(RATE)
    page.keyboard.press("Enter")
    expect(page.locator("#reply-2 .acts")).to_be_visible(timeout=20_000)
    page.locator("#conversation .bar h2").click()
    page.keyboard.press("?")
    expect(page.locator("#leaf")).to_contain_text("快捷键")
    page.keyboard.press("Escape")
    expect(page.locator("#leaf")).to_be_hidden()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.press("Control+k")
    expect(page.locator(".welcome")).to_be_visible()
    expect(box).to_be_focused()


def test_a_refusal_offers_near_questions(visit: Visit) -> None:
    page = visit.page
    visit.ask("2025年食品抽检合格率要达到多少？")
    expect(page.locator("#reply-1 .badge")).to_have_text("资料中没有提到")
    near = page.locator("#reply-1 .near .starter")
    expect(near.first).to_be_visible()
    near.first.click()
    expect(page.locator("#reply-2 .acts")).to_be_visible(timeout=20_000)
    expect(page.locator("#reply-2")).not_to_have_class(re.compile("not_found"))


# ---- an answer that takes its time ----


class Slow(BaseHTTPRequestHandler):
    """A model endpoint that says one sentence and then thinks until it is let go."""

    protocol_version = "HTTP/1.1"
    going = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):
            self.say("抽检合格率稳定在98.5%以上[1]。")
            self.say("随后")
            self.going.wait(30)
            self.say(None, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

    def say(self, text: str | None, finish: str | None = None) -> None:
        delta = {"role": "assistant", "content": text} if text else {}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "m",
            "choices": [choice],
        }
        self.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def slow_endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    Slow.going.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_growing_answer_is_stopped_and_not_kept(browser: Browser, tmp_path: Path) -> None:
    with slow_endpoint() as endpoint:
        settings = {"WENNUO_LLM_BASE_URL": endpoint, "WENNUO_LLM_MODEL": "m", "WENNUO_LLM_API_KEY": "k"}
        server = served(tmp_path / "home", ("云川2024.txt", SPEECH), **settings)
        visit = Visit(browser, next(server))
        page = visit.page
        for stop in (lambda: page.click("#stop"), lambda: page.keyboard.press("Escape")):
            page.fill("#question textarea", RATE)
            page.press("#question textarea", "Enter")
            expect(page.locator(".turn.growing .words")).to_contain_text("98.5%", timeout=20_000)
            expect(page.locator("#send")).to_be_hidden()
            page.fill("#question textarea", TIME)
            page.press("#question textarea", "Enter")  # one at a time: what is typed stays
            expect(page.locator("#question textarea")).to_have_value(TIME)
            stop()
            expect(page.locator(".turn.growing")).to_have_count(0)
            expect(page.locator(".turn.stopped").last).to_contain_text("已停止")
            expect(page.locator(".turn.stopped .words").last).to_contain_text("98.5%")
            expect(page.locator("#send")).to_be_visible()
        expect(page.locator(".turn.stopped")).to_have_count(2)
        Slow.going.set()
        visit.ask(TIME)
        expect(page.locator(".turn")).to_have_count(3)
        page.wait_for_timeout(500)
        page.reload()
        expect(page.locator(".turn .question")).to_have_text([TIME])
        visit.close()
        server.close()
    Slow.going.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_that_opens_shuts_anyone_out(browser: Browser, address: str, width: int, scheme: Any) -> None:
    visit = Visit(browser, address, width=width, color_scheme=scheme, bypass_csp=True)
    page, found = visit.page, {}
    visit.ask(RATE)
    visit.ask("2025年食品抽检合格率要达到多少？")
    expect(page.locator(".near .starter").first).to_be_visible()
    page.locator("#reply-1 [data-verdict=bad]").click()
    page.locator("[data-edit]:visible").click()
    found["forms"] = grave(page)
    page.locator("[data-opinion-cancel]").click()
    page.keyboard.press("Escape")
    page.locator("#reply-1 .chip").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#peek")).to_be_visible()
    found["peek"] = grave(page)
    page.keyboard.press("Enter")
    found["evidence"] = grave(page)
    page.keyboard.press("Escape")
    if width < 861:
        page.locator("#conversation .rail").click()
        expect(page.locator("#history .open").first).to_be_visible()
        found["history"] = grave(page)
    page.locator("[data-links]").click()
    found["links"] = grave(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#reply-1 [data-share]").click()
    link = page.locator("#leaf .made input").input_value()
    found["share"] = grave(page)
    page.goto(link)
    found["shared"] = grave(page)
    visit.close()
    assert {state: each for state, each in found.items() if each} == {}
