"""The guide in a real Chromium, over the demonstration documents and one more that explains what they only name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from test_accessibility_browser import grave
from test_ui_browser import Visit, browser, served, stray

from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ui.app import DEMONSTRATION

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCHEME = """云川市市场监督管理局2025年“双随机、一公开”监管工作方案
（2025年3月20日）
一、工作要求
“双随机、一公开”监管，即随机抽取检查对象、随机选派执法检查人员，抽查情况及查处结果及时向社会公开。
二、工作任务
由信用监管科牵头，各县区局配合，10月底前完成全年“双随机、一公开”抽查任务。
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("guide")
    scheme: Path = home.parent / "云川市局2025年双随机方案.txt"
    scheme.write_text(SCHEME, encoding="utf-8")
    with Library.open(LibrarySettings(home), write=True) as library:
        assert not ingest(library, [DEMONSTRATION, scheme], jobs=1).failed
    yield from served(home)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address)
    yield visit
    visit.close()


class Finger:
    """Counts what it clicks."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1


def open_part(page: Page, part: str) -> Locator:
    page.locator('[data-tab-id="guide"]').click()
    page.locator(f'.guide [data-part="{part}"]').click()
    panel = page.locator(f"#guide-part-{part}")
    panel.locator(".waiting").wait_for(state="detached")
    return panel


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_first_question_of_a_new_colleague(visit: Visit) -> None:
    page, finger = visit.page, Finger()
    finger.click(page.locator('[data-tab-id="guide"]'))
    term = page.locator(".guide .line", has_text="双随机、一公开")
    finger.click(term.locator(".opens"))
    detail = term.locator(".detail")
    expect(detail.locator("mark").first).to_have_text(  # what it means
        "随机抽取检查对象、随机选派执法检查人员，抽查情况及查处结果及时向社会公开"
    )
    promise = detail.locator(".promise").first
    expect(promise).to_contain_text("牵头：信用监管科")  # who is responsible
    expect(promise).to_contain_text("2025-10-31到期")  # what is due this year
    finger.click(detail.locator("a[data-read]").first)
    cited = page.locator("#reader #cited")  # the source
    expect(cited).to_be_in_viewport()
    assert cited.inner_text() in SCHEME
    assert finger.clicks <= 6
    page.keyboard.press("Escape")
    detail.locator("[data-ask]").first.click()
    expect(page.locator("#conversation .reply")).to_contain_text("随机抽取检查对象", timeout=20_000)


def test_a_term_that_is_only_named_is_said_to_be(visit: Visit) -> None:
    page = visit.page
    panel = open_part(page, "terms")
    assert set(stray(page)) <= {"xlsx", "csv"}
    panel.locator("[name=words]").fill("个转企")
    expect(panel.locator(".line")).to_have_count(1)
    panel.locator(".opens").press("Enter")
    expect(panel.locator(".detail .named")).to_contain_text("只提到这个提法")
    expect(panel.locator(".promise").first).to_be_visible()
    panel.locator(".opens").press("Enter")
    expect(panel.locator(".detail")).to_be_hidden()
    panel.locator(".choice label", has_text="有解释").click()
    expect(panel.locator(".found")).to_contain_text("没有找到这样的提法")


def test_a_unit_leads_to_the_ledger_and_to_the_chat(visit: Visit) -> None:
    page = visit.page
    panel = open_part(page, "doers")
    line = panel.locator(".line", has_text="登记注册科")
    line.locator(".opens").click()
    expect(line.locator(".promise").first).to_be_visible()
    line.locator("[data-ledger]").click()
    expect(page.locator(".ledger [name=owner]")).to_have_value("登记注册科")
    expect(page.locator("tr[data-row]", has_not_text="登记注册科")).to_have_count(0)
    page.locator('[data-tab-id="guide"]').click()
    line.locator("[data-ask]").click()
    expect(page.locator("#conversation .asked").last).to_contain_text("登记注册科2025年牵头哪些任务")
    expect(page.locator("#conversation .reply").last).to_be_visible(timeout=20_000)


def test_the_reading_path_opens_sections(visit: Visit) -> None:
    page = visit.page
    panel = open_part(page, "path")
    expect(panel.locator(".step h3").first).to_have_text("在云川市市场监管系统2025年上半年结账会上的讲话")
    link = panel.locator(".step .parts a").first
    heading = link.inner_text()
    link.click()
    expect(page.locator("#reader #cited")).to_contain_text(heading)


def test_a_question_is_asked_with_a_click(visit: Visit) -> None:
    page = visit.page
    panel = open_part(page, "questions")
    question = panel.locator(".starter").first
    words = question.inner_text()
    question.click()
    expect(page.locator("#conversation .asked")).to_contain_text(words)
    expect(page.locator("#conversation .reply .chip").first).to_be_visible(timeout=20_000)


def test_a_set_of_the_self_test_can_be_sent(visit: Visit, address: str) -> None:
    page = visit.page
    panel = open_part(page, "quiz")
    asked = panel.locator(".question").count()
    assert asked >= 5
    first = panel.locator("legend").all_inner_texts()
    panel.locator("[data-new]").click()
    for other in range(2, 6):  # two sets may begin with the same question
        panel.locator(".waiting").wait_for(state="detached")
        page.wait_for_timeout(1000)
        if panel.locator("legend").all_inner_texts() != first:
            break
        assert other < 5, "five sets of the same questions"
        panel.locator("[data-new]").click()
    seed = re.search(r"#guide-quiz-(\d+)$", page.url)
    assert seed
    wanted = panel.locator("legend").all_inner_texts()
    page.goto("about:blank")
    page.goto(f"{address}#guide-quiz-{seed.group(1)}")
    expect(page.locator('wennuo-library:not([data-generation=""])')).to_have_count(1, timeout=20_000)
    expect(panel.locator("legend")).to_have_text(wanted, timeout=20_000)
    for number in range(panel.locator(".question").count()):
        question = panel.locator(".question").nth(number)
        question.locator(".option").first.click()
        question.locator("[type=submit]").click()
        expect(question.locator(".verdict")).to_be_visible()
        expect(question.locator(".option.right")).to_have_count(1)
        expect(question.locator("a[data-read]")).to_have_count(1)
    right = panel.locator(".verdict.right").count()
    expect(panel.locator(".score")).to_contain_text(f"对了{right}题")
    panel.locator("[data-once-more]").click()
    expect(panel.locator(".verdict")).to_have_count(0)


def test_parts_by_keyboard_and_in_english(visit: Visit) -> None:
    page = visit.page
    open_part(page, "terms")
    page.locator('[data-part="terms"]').press("ArrowRight")
    expect(page.locator('[data-part="doers"]')).to_be_focused()
    expect(page.locator('[data-part="doers"]')).to_have_attribute("aria-selected", "true")
    expect(page.locator("#guide-part-terms")).to_be_hidden()
    page.click('[data-language="en"]')
    expect(page.locator('[data-tab-id="guide"]')).to_have_text("Getting started")
    expect(page.locator('[data-part="doers"]')).to_have_text("Who does what")
    page.locator('[data-tab-id="ledger"]').click()
    assert "#guide" not in page.url


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_every_part_fits_and_shuts_nobody_out(
    browser: Browser, address: str, width: int, scheme: Any
) -> None:
    visit = Visit(browser, address, width=width, color_scheme=scheme, bypass_csp=True)
    page = visit.page
    page.goto("about:blank")
    page.goto(f"{address}#guide")
    expect(page.locator('wennuo-library:not([data-generation=""])')).to_have_count(1, timeout=20_000)
    for part in ("terms", "doers", "path", "questions", "quiz"):
        page.locator(f'.guide [data-part="{part}"]').click()
        panel = page.locator(f"#guide-part-{part}")
        panel.locator(".waiting").wait_for(state="detached", timeout=20_000)
        if part in ("terms", "doers"):
            panel.locator(".opens").first.click()
            expect(panel.locator(".detail blockquote").first).to_be_visible()
        if part == "quiz":
            panel.locator(".option").first.click()
            panel.locator("[type=submit]").first.click()
            expect(panel.locator(".verdict")).to_be_visible()
        assert fits(page)
        assert grave(page) == []
    visit.close()
