"""The library's tab and the reading view in a real Chromium, on the real library, as a curator would use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from test_accessibility_browser import grave
from test_ui_browser import SPEECH, TRAP, Visit, browser, served, stray

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLAN = """望山县市场监督管理局2023年工作要点
一、食品安全
全年完成食品抽检三千批次，抽检合格率保持在97%以上，由流通科牵头。
二、特种设备
电梯检验率保持100%，由特种设备科牵头，各所配合，12月底前完成。
"""
NAME = "云川2024.txt"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("documents"), (NAME, SPEECH), ("望山2023.txt", PLAN))


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    visit = Visit(browser, address, permissions=["clipboard-read", "clipboard-write"])
    visit.open_library()
    yield visit
    visit.close()


def row(page: Page, name: str) -> Any:
    return page.locator("#documents tr[data-name]", has_text=name)


def rows(page: Page) -> Any:
    return page.locator("#documents tr[data-name]")


def details(page: Page, name: str) -> None:
    row(page, name).locator("[data-open]").click()
    expect(page.locator(".beside .detail")).to_have_attribute("data-document", name)
    expect(page.locator(":focus")).to_have_text(page.locator(".beside h2").inner_text())


def test_documents_are_found_narrowed_and_put_in_order(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_text("processing")).to_have_count(
        0
    )  # gradio's own, not to be seen, while it looks again
    assert set(stray(page)) <= {"txt", "docx", "pdf", "xlsx"}
    page.fill("#documents [name=words]", "望山")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("#documents .found")).to_contain_text("符合条件1份")
    page.fill("#documents [name=words]", "没有这样的资料")
    expect(page.locator("#documents .nothing")).to_contain_text("没有符合条件的资料")
    page.click("#documents [data-clear]")
    expect(rows(page)).to_have_count(2)
    page.select_option("#documents [name=year]", "2024")
    expect(rows(page)).to_have_count(1)
    page.reload()
    page.locator(".welcome").wait_for()
    visit.open_library()
    expect(rows(page)).to_have_count(1)
    page.select_option("#documents [name=year]", "")
    page.select_option("#documents [name=sort]", "year")
    expect(rows(page).first).to_contain_text(NAME)
    page.select_option("#documents [name=sort]", "long")
    expect(rows(page)).to_have_count(2)


def test_files_are_dropped_and_told_one_by_one(visit: Visit) -> None:
    page = visit.page
    page.set_input_files(
        ".upload input[accept]",
        [
            {
                "name": "新一.txt",
                "mimeType": "text/plain",
                "buffer": "新一份资料。\n目标是完成十件。\n".encode(),
            },
            {"name": "新一.txt", "mimeType": "text/plain", "buffer": b"other"},
            {"name": "空.txt", "mimeType": "text/plain", "buffer": b""},
        ],
    )
    verdicts = page.locator(".verdict")
    expect(verdicts).to_have_count(3, timeout=60_000)
    expect(verdicts.nth(0)).to_contain_text("已入库")
    expect(verdicts.nth(1)).to_contain_text("有同名的，请改名后再传")
    expect(verdicts.nth(2)).to_contain_text("文件是空的")
    expect(page.locator(".upload .progress")).to_have_text("处理完毕：3个文件")
    expect(page.locator(".upload .working")).to_be_hidden()
    expect(row(page, "新一.txt")).to_have_count(1)
    expect(verdicts).to_have_count(3)
    visit.remove("新一.txt")
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".beside")).to_be_hidden()


def test_a_folder_is_taken_without_what_is_no_document(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    folder = tmp_path / "folder" / "deep"
    folder.mkdir(parents=True)
    (folder / "夹内.txt").write_text("文件夹里的一份。\n完成五件。\n", encoding="utf-8")
    (folder.parent / "picture.png").write_bytes(b"\x89PNG")
    page.set_input_files(".upload input[webkitdirectory]", str(folder.parent))
    expect(page.locator(".verdict")).to_have_count(1, timeout=60_000)
    expect(page.locator(".upload .progress")).to_contain_text("跳过1个不支持的文件")
    expect(row(page, "夹内.txt")).to_have_count(1)
    visit.remove("夹内.txt")


def test_an_upload_that_fails_says_what_to_do(visit: Visit) -> None:
    page = visit.page
    page.route("**/wennuo/upload?*", lambda route: route.abort())
    visit.upload("断.txt", b"x")
    expect(page.locator(".verdict.failed")).to_contain_text("请检查网络后再试")
    page.unroute("**/wennuo/upload?*")
    page.route("**/wennuo/upload?*", lambda route: route.fulfill(status=401, json={"told": "log in first"}))
    visit.upload("断.txt", b"x")
    expect(page.locator(".verdict.failed")).to_contain_text("登录已过期")
    page.unroute("**/wennuo/upload?*")
    page.route("**/wennuo/documents/list?*", lambda route: route.abort())
    page.fill("#documents [name=words]", "望山")
    expect(page.locator("#documents .warning")).to_have_text("资料库打不开，请检查网络后再试。")
    page.unroute("**/wennuo/documents/list?*")
    page.click("#documents [data-again]")
    expect(rows(page)).to_have_count(2)


def test_an_upload_can_be_stopped_and_goes_into_a_collection(visit: Visit) -> None:
    page = visit.page
    page.locator(".managing summary").click()
    page.locator('.managed[data-name=""] [name=name]').fill("年度")
    page.locator('.managed[data-name=""] [type=submit]').click()
    expect(page.locator('.managed[data-name="年度"]')).to_have_count(1)
    page.select_option(".upload [name=into]", "年度")
    page.route("**/wennuo/upload?*", lambda route: (page.click("[data-stop]"), route.continue_()))
    files = [(f"第{n}份.txt", f"第{n}份资料。\n完成{n}件。\n") for n in (1, 2, 3)]
    page.set_input_files(
        ".upload input[accept]",
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files],
    )
    expect(page.locator(".upload .progress")).to_have_text(
        "已停止：处理了1个文件，剩2个没有上传", timeout=60_000
    )
    page.unroute("**/wennuo/upload?*")
    expect(row(page, "第1份.txt").locator(".chip-of")).to_have_text("年度")
    visit.remove("第1份.txt")
    page.locator('.managed[data-name="年度"] [data-delete]').click()
    page.click("#documents [data-yes]")
    expect(page.locator('.managed[data-name="年度"]')).to_have_count(0)


def test_metadata_is_corrected_emptied_and_taken_back(visit: Visit) -> None:
    page = visit.page
    details(page, NAME)
    year = page.locator('.describing [data-field="year"]')
    expect(year.locator("small")).to_contain_text("自动识别，把握")
    page.click(".describing [type=submit]")
    expect(page.locator(".describing .told")).to_have_text("没有改动")
    page.fill(".describing [name=year]", "2031")
    page.fill(".describing [name=speaker]", '<img src=x onerror="alert(1)">')
    page.locator('.describing [data-empty="kind"]').click()
    page.click(".describing [type=submit]")
    expect(page.locator(".describing .told")).to_have_text("已保存")
    expect(year.locator("small")).to_have_text("人工填写；自动识别为：2024")
    expect(page.locator('.describing [data-field="kind"] small')).to_contain_text("人工清空")
    expect(row(page, NAME).locator(".year")).to_have_text("2031")
    page.fill(".describing [name=title]", " ")
    page.click(".describing [type=submit]")
    expect(page.locator(".describing .told")).to_have_text("没有保存：标题不能为空。")
    page.click("[data-panel-close]")
    expect(page.locator(":focus")).to_have_attribute("data-open", NAME)
    details(page, NAME)
    expect(page.locator(".describing [name=speaker]")).to_have_value('<img src=x onerror="alert(1)">')
    for field in ("year", "speaker", "kind"):
        page.locator(f'.describing [data-undo="{field}"]').click()
    expect(page.locator(".describing [name=year]")).to_have_value("2024")
    expect(page.locator(".describing [name=kind]")).to_have_value("speech")
    page.click(".describing [type=submit]")
    expect(page.locator(".describing .told")).to_have_text("已保存")
    expect(year.locator("small")).to_contain_text("自动识别，把握")
    expect(row(page, NAME).locator(".year")).to_have_text("2024")
    page.keyboard.press("Escape")
    expect(page.locator(".beside")).to_be_hidden()


def test_collections_are_made_filled_and_deleted(visit: Visit) -> None:
    page = visit.page
    page.locator(".managing summary").click()
    new = page.locator('.managed[data-name=""]')
    new.locator("[name=name]").fill("党组会议")
    new.locator("[name=audience]").select_option("curator")
    new.locator("[type=submit]").click()
    made = page.locator('.managed[data-name="党组会议"]')
    expect(made.locator("[name=audience]")).to_have_value("curator")
    for box in page.locator("[name=pick]").all():
        box.check()
    expect(page.locator(".batch .picked")).to_have_text("已选2份")
    page.select_option(".batch [data-put]", "党组会议")
    expect(row(page, NAME).locator(".chip-of")).to_contain_text("限资料管理员")
    expect(page.locator("#documents .found")).to_have_text("已放入“党组会议”")
    page.select_option("#documents [name=collection]", "党组会议")
    expect(rows(page)).to_have_count(2)
    page.select_option("#documents [name=collection]", " ")
    expect(page.locator("#documents .nothing")).to_be_visible()
    page.select_option("#documents [name=collection]", "")
    details(page, NAME)
    page.locator(".assigning input").uncheck()
    expect(page.locator(".assigning .told")).to_have_text("已保存")
    expect(row(page, NAME).locator(".chip-of")).to_have_count(0)
    page.click("[data-panel-close]")
    made.locator("[data-delete]").click()
    expect(page.locator("#documents dialog")).to_contain_text("确定删除分组“党组会议”吗")
    page.keyboard.press("Escape")
    expect(page.locator("#documents dialog")).to_be_hidden()
    expect(made).to_have_count(1)
    made.locator("[data-delete]").click()
    page.click("#documents [data-yes]")
    expect(made).to_have_count(0)
    expect(page.locator("#documents .chip-of")).to_have_count(0)


def test_several_are_removed_at_once_after_a_question(visit: Visit) -> None:
    page = visit.page
    for name in ("甲甲.txt", "乙乙.txt"):
        visit.upload(name, f"{name}的一份资料。\n完成三件事。\n".encode())
        expect(row(page, name)).to_have_count(1, timeout=60_000)
        row(page, name).locator("[name=pick]").check()
    page.click("[data-remove-picked]")
    dialog = page.locator("#documents dialog")
    expect(dialog).to_contain_text("这2份资料")
    expect(dialog.locator(".named li")).to_have_count(2)
    expect(page.locator(":focus")).to_have_attribute("data-no", "1")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("data-yes", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#documents .found")).to_have_text("已移除2份")
    expect(rows(page)).to_have_count(2)


def test_words_are_found_in_the_reading_view(visit: Visit) -> None:
    page = visit.page
    row(page, "望山2023.txt").locator("a[data-read]").click()
    reader = page.locator("#reader .reader")
    expect(reader).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("牵头")
    hits = reader.locator(".hits")
    expect(hits).to_have_text("第1处，共2处")
    expect(reader.locator("mark.hit.at")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(hits).to_have_text("第2处，共2处")
    page.keyboard.press("Enter")
    expect(hits).to_have_text("第1处，共2处")
    reader.locator('[data-find="-1"]').click()
    expect(hits).to_have_text("第2处，共2处")
    page.fill("#reader [name=find]", "９７％")
    expect(reader.locator("mark.hit.at")).to_have_text("97%")
    page.fill("#reader [name=find]", "没有这个词")
    expect(hits).to_have_text("没有找到")
    expect(reader.locator("mark.hit")).to_have_count(0)
    page.focus("#reader [name=find]")
    page.keyboard.press("Escape")
    expect(page.locator("#reader [name=find]")).to_have_value("")
    expect(reader).to_be_visible()
    before = page.evaluate("getComputedStyle(document.querySelector('.reader .text')).fontSize")
    reader.locator('[data-size="1"]').click()
    after = page.evaluate("getComputedStyle(document.querySelector('.reader .text')).fontSize")
    assert float(after[:-2]) > float(before[:-2])
    reader.locator('[data-size="-1"]').click()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def test_a_link_leads_to_the_selected_words(visit: Visit) -> None:
    page = visit.page
    row(page, NAME).locator("a[data-read]").click()
    link = page.locator("#reader [data-link]")
    expect(link).to_be_disabled()
    page.fill("#reader [name=find]", "6000批次。抽检合格率")  # the marks of finding do not shift it
    expect(page.locator("#reader mark.hit.at")).to_be_visible()
    page.evaluate(
        """() => {
            const paragraph = [...document.querySelectorAll("#reader .text p")].find(p => p.textContent.includes("6000批次"));
            const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
            const nodes = [];
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const range = document.createRange();
            range.setStart(nodes[0], nodes[0].data.indexOf("食品监督"));
            range.setEnd(nodes.at(-1), nodes.at(-1).data.indexOf("，由"));
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
        }"""
    )
    expect(link).to_be_enabled()
    link.click()
    expect(link).to_have_text("已复制")
    address = page.evaluate("navigator.clipboard.readText()")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    quote = "食品监督抽检6000批次。抽检合格率稳定在98.5%以上"
    assert SPEECH[int(query["start"]) : int(query["end"])] == quote
    page.goto(address)
    expect(page.locator("#cited")).to_have_text(quote)
    expect(page.locator("#cited")).to_be_in_viewport()
    page.fill("[name=find]", "抽检合格率")
    expect(page.locator("#cited mark.hit")).to_have_count(1)
    page.fill("[name=find]", "")
    expect(page.locator("#cited")).to_have_text(quote)


def test_a_hostile_document_is_text_in_the_panel_and_the_reader(visit: Visit) -> None:
    page = visit.page
    name = '柳湾"><img src=y onerror=alert(9)>.txt'
    visit.upload(name, TRAP.encode())
    expect(page.locator(".verdict")).to_contain_text("已入库", timeout=60_000)
    row(page, name).locator("a[data-read]").click()
    page.fill("#reader [name=find]", "<script>")
    expect(page.locator("#reader mark.hit.at")).to_have_text("<script>")
    page.fill("#reader [name=find]", "")
    page.locator("#reader .close").click()
    details(page, name)
    expect(page.locator(".beside .file")).to_have_text(name)
    assert page.locator("#documents img, .text script").count() == 0
    visit.remove(name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_telephone(browser: Browser, address: str, scheme: Any) -> None:
    visit = Visit(browser, address, width=390, color_scheme=scheme)
    page = visit.page
    page.evaluate("document.querySelector('[role=tab][data-tab-id=documents]').click()")
    page.locator(".listing").wait_for()

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    assert fits()
    details(page, NAME)
    expect(page.locator(".beside h2")).to_be_in_viewport()
    assert fits()
    page.locator(".beside a[data-read]").click()
    page.fill("#reader [name=find]", "抽检")
    expect(page.locator("#reader .hits")).to_contain_text("共")
    assert page.evaluate(
        "document.querySelector('#reader .held').scrollWidth <= document.querySelector('#reader').clientWidth"
    )
    visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_what_opens(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, color_scheme=scheme, bypass_csp=True, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(address)
    page.locator('[data-tab-id="documents"]').click()
    page.locator(".listing table").wait_for()
    page.locator("[name=pick]").first.check()
    page.locator(".managing summary").click()
    details(page, NAME)
    assert grave(page) == []
    page.locator(".beside [data-remove]").click()
    assert grave(page) == []
    page.click("#documents [data-no]")
    page.locator(".beside a[data-read]").click()
    page.fill("#reader [name=find]", "抽检")
    expect(page.locator("#reader mark.hit.at")).to_be_visible()
    assert grave(page) == []
    page.goto(f"{address}wennuo/read?document={NAME}")
    page.fill("[name=find]", "抽检")
    expect(page.locator("mark.hit.at")).to_be_visible()
    assert grave(page) == []
    context.close()
