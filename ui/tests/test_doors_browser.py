"""Log-in, the account page and a reverse proxy's path, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from doors_fakes import PASSWORD, Running, running, serving
from playwright.sync_api import Browser, Page, expect
from proxy_fakes import proxy
from test_accessibility_browser import grave
from test_ui_browser import SPEECH, browser

from ui.settings import OfficeSettings

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATH = "/wennuo"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = OfficeSettings(accounts=True, path=PATH)
    with running(tmp_path_factory.mktemp("doors"), (("云川2024.txt", SPEECH),), settings) as office:
        yield office


@pytest.fixture(scope="module")
def address(office: Running) -> Iterator[str]:
    """The app behind a proxy that serves it below a path."""
    with serving(proxy(office.address, PATH), OfficeSettings()) as address:
        yield address + PATH


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "requestfailed",
        lambda sent: (
            wrong.append(f"{sent.url} {sent.failure}") if "ERR_ABORTED" not in str(sent.failure) else None
        ),
    )
    page.on(
        "response",
        lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status in (404, 500) else None,
    )
    page.on(
        "request",
        lambda sent: wrong.append(sent.url) if not sent.url.startswith((address, "data:", "blob:")) else None,
    )
    yield page
    context.close()
    assert wrong == []


def enter(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    page.goto(address)
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def test_all_of_it_works_below_a_proxy_s_path(page: Page, address: str) -> None:
    enter(page, address, "du", "not this one")
    expect(page.locator("[role=alert]")).to_have_text("用户名或密码不对。")
    enter(page, address, "du")
    page.locator(".welcome").wait_for()
    assert page.url == address + "/"
    expect(page.locator(".masthead .account")).to_contain_text("du")
    expect(page.locator(".masthead .account")).to_contain_text("读者")
    ask(page, "2024年食品抽检合格率要达到多少？")
    expect(page.locator("#reply-1")).to_contain_text("98.5%", timeout=20_000)
    page.locator("#reply-1 .chip").first.click()
    page.locator(".card.chosen a").click()
    expect(page.locator("#reader #cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator('[data-tab-id="ledger"]').click()
    page.locator(".ledger .rows").wait_for()
    with page.expect_download() as download:
        page.locator(".downloads a").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.locator(".masthead .account a").click()
    expect(page.locator("h1")).to_have_text("我的账号")
    assert page.url == address + "/wennuo/account"
    page.locator("header a").click()
    page.locator(".welcome").wait_for()
    page.locator(".masthead .account button").click()
    page.locator("body.entering").wait_for()
    assert page.url == address + "/login"


def test_a_session_that_has_ended_leads_to_the_log_in_and_back(
    page: Page, address: str, office: Running
) -> None:
    enter(page, address, "cao")
    page.locator(".welcome").wait_for()
    assert office.office.accounts
    office.office.accounts.set_role("cao", "curator")  # ends the sessions
    ask(page, "2024年食品抽检合格率要达到多少？")
    expect(page.locator("[role=alert]")).to_have_text("登录已过期，请重新登录。", timeout=20_000)
    page.fill("[name=name]", "cao")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.locator(".welcome").wait_for()
    office.office.accounts.set_role("cao", "curator")
    page.locator('[data-tab-id="ledger"]').click()  # what is fetched by our own scripts tells it too
    expect(page.locator("[role=alert]")).to_have_text("登录已过期，请重新登录。", timeout=20_000)


def test_the_account_page(page: Page, address: str, office: Running) -> None:
    enter(page, f"{address}/wennuo/account", "guan")
    expect(page.locator("h1")).to_have_text("我的账号")
    told = page.locator("#told")
    page.fill("[name=label]", "值班机器人")
    page.locator("form[data-act='token'] button").click()
    secret = page.locator(".secret code")
    expect(secret).to_contain_text("wennuo_")
    headers = {"Authorization": f"Bearer {secret.inner_text()}"}
    assert httpx.get(f"{address}/api/documents", headers=headers).status_code == 200
    page.locator("tr", has_text="值班机器人").get_by_role("button").click()
    expect(told).to_have_text("令牌已收回。")
    assert httpx.get(f"{address}/api/documents", headers=headers).status_code == 401
    add = page.locator("form[data-act='user/add']")
    add.locator("[name=name]").fill("新人")
    add.locator("[name=password]").fill(PASSWORD)
    add.locator("button").click()
    expect(told).to_have_text("已添加用户“新人”。")
    row = page.locator('tr[data-user="新人"]')
    row.locator("select").select_option("curator")
    row.get_by_role("button", name="改为此角色").click()
    expect(told).to_contain_text("资料管理员")
    page.once("dialog", lambda dialog: dialog.dismiss())
    row.get_by_role("button", name="删除").click()
    expect(row).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="删除").click()
    expect(told).to_have_text("已删除用户“新人”。")
    expect(row).to_have_count(0)
    form = page.locator("form[data-act='password']")
    form.locator("[name=old]").fill(PASSWORD)
    form.locator("[name=new]").fill("another password")
    form.locator("[name=again]").fill("yet another one")
    form.locator("button").click()
    expect(told).to_have_text("两次输入的新密码不一样。")
    form.locator("[name=again]").fill("another password")
    form.locator("button").click()
    expect(told).to_have_text("密码已修改，在别处的登录已退出。")
    assert office.office.accounts
    office.office.accounts.set_password("guan", PASSWORD)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "dark"), (390, "light"), (1280, "dark")]
)
def test_the_pages_fit_and_shut_nobody_out(browser: Browser, address: str, width: int, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()

    def fine() -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert grave(page) == []

    page.goto(f"{address}/login?ended=1")
    fine()
    enter(page, f"{address}/wennuo/account", "guan")
    page.fill("[name=label]", "值班机器人")
    page.locator("form[data-act='token'] button").click()
    page.locator(".secret").wait_for()
    page.locator("summary").first.click()
    fine()
    page.goto(f"{address}/api/docs")
    page.locator(".card").first.wait_for()
    fine()
    page.goto(f"{address}/")
    page.locator(".welcome").wait_for()
    fine()
    context.close()


def test_a_proxy_that_speaks_https_makes_cookies_secure(office: Running) -> None:
    with (
        serving(proxy(office.address, PATH, scheme="https"), OfficeSettings()) as address,
        httpx.Client(base_url=address + PATH) as client,
    ):
        entered = client.post("/login", data={"name": "du", "password": PASSWORD})
        assert "; Path=/wennuo; HttpOnly; SameSite=Lax; Secure" in entered.headers["set-cookie"]
        assert entered.headers["location"] == "/wennuo/"
        session = entered.headers["set-cookie"].partition(";")[0]
        root = client.get("/config", headers={"cookie": session}).json()["root"]
        assert root == f"https://{address.removeprefix('http://')}{PATH}"
        assert office.notes("login")[-1]["subject"] == "10.9.8.7"
    with office.client() as stranger:  # not behind the path: nothing is there but what a proxy would strip
        answer = stranger.post(
            "/login", data={"name": "du", "password": PASSWORD}, headers={"x-forwarded-host": "leak.example"}
        )
        assert "Secure" not in answer.headers["set-cookie"]
