"""Accounts: the store, the command line, log-in, and the account page over HTTP."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result
from doors_fakes import PASSWORD, Running, running

from corpus.errors import SettingsError
from ui import render
from ui.cli.main import main
from ui.cookies import SESSION
from ui.people import Person
from ui.serving import expect_an_admin
from ui.settings import OfficeSettings
from ui.store.accounts import AccountError, Accounts
from ui.store.schema import Store

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NEW = "another password"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    store = Store.open(tmp_path)
    accounts = Accounts(store, hasher=QUICK)
    accounts.add("guan", PASSWORD, "admin")
    accounts.add("du", PASSWORD, "reader")
    yield accounts
    store.close()


def test_a_session_ends_by_itself(accounts: Accounts, tmp_path: Path) -> None:
    secret = accounts.enter("du", PASSWORD)
    assert secret
    assert accounts.of_session(secret).name == "du"  # type: ignore[union-attr]
    store = Store.open(tmp_path)
    brief = Accounts(store, hours=0, hasher=QUICK)
    assert brief.of_session(brief.begin("du")) is None
    assert brief.of_session(secret)  # how long one lasts was settled when it began
    store.close()


def test_wrong_names_and_passwords_are_one(accounts: Accounts) -> None:
    for name, password in (("du", "wrong"), ("nobody", PASSWORD), ("", ""), ("du", ""), ("DU", PASSWORD)):
        assert accounts.enter(name, password) is None


def test_a_new_password_ends_the_other_sessions(accounts: Accounts) -> None:
    here, there = accounts.begin("du"), accounts.begin("du")
    accounts.set_password("du", NEW, keep=here)
    assert accounts.of_session(here)
    assert accounts.of_session(there) is None
    accounts.set_password("du", NEW)
    assert accounts.of_session(here) is None


def test_a_new_role_holds_at_once_for_tokens_and_ends_sessions(accounts: Accounts) -> None:
    secret, session = accounts.issue("du", "bot"), accounts.begin("du")
    accounts.set_role("du", "curator")
    assert accounts.of_session(session) is None
    assert accounts.of_token(secret).role == "curator"  # type: ignore[union-attr]


def test_what_is_removed_takes_its_sessions_and_tokens_along(accounts: Accounts) -> None:
    secret, session = accounts.issue("du", "bot"), accounts.begin("du")
    accounts.remove("du")
    assert accounts.of_token(secret) is accounts.of_session(session) is None
    accounts.add("du", PASSWORD, "admin")
    assert accounts.of_token(secret) is accounts.of_session(session) is None


def test_a_name_that_is_given_again_brings_nothing_back(accounts: Accounts, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "office.sqlite3") as raw:
        raw.execute("CREATE TABLE something (id TEXT, owner TEXT)")
        raw.execute("INSERT INTO something VALUES ('1', 'du'), ('2', 'guan')")
    raw.close()
    accounts.remove("du")
    with sqlite3.connect(tmp_path / "office.sqlite3") as raw:
        assert raw.execute("SELECT owner FROM something").fetchall() == [("guan",)]
    raw.close()


def test_one_admin_is_always_left(accounts: Accounts) -> None:
    for act in (lambda: accounts.remove("guan"), lambda: accounts.set_role("guan", "curator")):
        with pytest.raises(AccountError, match="only admin"):
            act()
    accounts.set_role("du", "admin")
    failed = []

    def step_down(name: str) -> None:
        try:
            accounts.set_role(name, "reader")
        except AccountError:
            failed.append(name)

    both = [threading.Thread(target=step_down, args=(name,)) for name in ("guan", "du")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(failed) == 1


def test_tokens_end_and_are_taken_back_by_their_owner_alone(accounts: Accounts) -> None:
    with pytest.raises(AccountError, match="no account 'nobody'"):
        accounts.issue("nobody", "bot")
    over, lasting = accounts.issue("du", "over", days=0), accounts.issue("du", "lasting", days=None)
    assert accounts.of_token(over) is None
    assert accounts.of_token(lasting).name == "du"  # type: ignore[union-attr]
    [identity] = [token.identity for token in accounts.tokens("du") if token.label == "lasting"]
    for name, wrong in (("guan", identity), ("du", ""), ("du", "%"), ("du", identity[:4])):
        assert not accounts.revoke(name, wrong)
    assert accounts.revoke("du", identity)
    assert accounts.of_token(lasting) is None


def test_an_account_of_another_server_belongs_to_the_first_who_enters(accounts: Accounts) -> None:
    accounts.add("zhou", None, "reader")
    assert accounts.enter("zhou", "") is None
    assert accounts.enter_by("zhou", "https://id.example 1")
    assert accounts.enter_by("zhou", "https://id.example 1")
    assert accounts.enter_by("zhou", "https://id.example 2") is None  # the name was given to somebody else
    assert accounts.enter_by("du", "https://id.example 3") is None  # has a password here
    assert accounts.enter_by("nobody", "https://id.example 4") is None
    with pytest.raises(AccountError, match="no password here"):
        accounts.set_password("zhou", NEW)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 65, "\u202eevil"])
def test_names_that_cannot_be_seen_are_not_taken(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError):
        accounts.add(name, PASSWORD, "reader")


def test_secrets_are_not_kept(accounts: Accounts, tmp_path: Path) -> None:
    secrets = [accounts.issue("du", "bot"), accounts.begin("du"), PASSWORD]
    data = b"".join(path.read_bytes() for path in tmp_path.glob("office.sqlite3*"))
    for secret in secrets:
        assert secret.encode() not in data
    assert (tmp_path / "office.sqlite3").stat().st_mode & 0o077 == 0


def wennuo(home: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)], input=typed)


def test_users_by_the_command_line(tmp_path: Path) -> None:
    assert "no accounts yet" in wennuo(tmp_path, "users").stderr
    assert (
        wennuo(
            tmp_path, "users", "add", "周敏", "--role", "admin", "--password-stdin", typed=PASSWORD
        ).exit_code
        == 0
    )
    assert wennuo(tmp_path, "users", "add", "du", "--password-stdin", typed=PASSWORD + "\r\n").exit_code == 0
    assert wennuo(tmp_path, "users", "add", "zhou", "--oidc").exit_code == 0
    rows = [json.loads(line) for line in wennuo(tmp_path, "users", "--json").stdout.splitlines()]
    assert [(row["name"], row["role"], row["login"]) for row in rows] == [
        ("du", "reader", "password"),
        ("zhou", "reader", "oidc"),
        ("周敏", "admin", "password"),
    ]
    assert "周敏" in wennuo(tmp_path, "users").stdout
    store = Store.open(tmp_path)
    assert Accounts(store).enter("du", PASSWORD)
    assert wennuo(tmp_path, "users", "role", "du", "curator").exit_code == 0
    assert wennuo(tmp_path, "users", "password", "du", "--password-stdin", typed=NEW).exit_code == 0
    assert Accounts(store).enter("du", NEW)
    secret = wennuo(tmp_path, "users", "token", "du", "--label", "机器人").stdout.strip()
    assert Accounts(store).of_token(secret).name == "du"  # type: ignore[union-attr]
    assert wennuo(tmp_path, "users", "remove", "du").exit_code == 0
    store.close()
    lines = [
        line
        for path in (tmp_path / "audit").iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    acts = [json.loads(line)["act"] for line in lines]
    assert acts == ["user_add", "user_add", "user_add", "user_role", "user_password", "token", "user_remove"]
    assert secret not in "".join(lines)
    assert PASSWORD not in "".join(lines)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("users", "remove", "nobody"), 1, "no account 'nobody'"),
        (("users", "add", "x", "--password-stdin"), 1, "10 to 200 characters"),
        (("users", "add", "x"), 2, "--password-stdin"),
        (("users", "add", "x", "--oidc", "--password-stdin"), 2, "takes no password"),
        (("users", "add", "x", "--role", "king"), 2, "king"),
        (("users", "add", "x", "--password", "secret"), 2, "No such option"),
        (("users", "--json", "remove", "x"), 2, "come after its name"),
    ],
)
def test_what_the_command_line_refuses(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = wennuo(tmp_path, *arguments, typed="short\n")
    assert result.exit_code == code
    assert told in result.stderr


def test_a_terminal_asks_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def prompt(text: str, **how: Any) -> str:
        asked.append(how)
        return PASSWORD

    monkeypatch.setattr("ui.cli.users.click.prompt", prompt)
    monkeypatch.setattr(
        "ui.cli.users.sys",
        type("Terminal", (), {"stdin": type("In", (), {"isatty": staticmethod(lambda: True)})}),
    )
    assert wennuo(tmp_path, "users", "add", "guan").exit_code == 0
    assert asked == [{"hide_input": True, "confirmation_prompt": True}]


def test_log_in_without_an_admin_is_told_with_the_command(accounts: Accounts, tmp_path: Path) -> None:
    expect_an_admin(accounts, tmp_path)
    empty = Store.open(tmp_path / "empty")
    with pytest.raises(SettingsError, match="wennuo users add NAME --role admin"):
        expect_an_admin(Accounts(empty, hasher=QUICK), tmp_path)
    empty.close()


# over HTTP


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("accounts")) as office:
        yield office


def enter(client: httpx.Client, name: str, password: str, back: str = "") -> httpx.Response:
    return client.post("/login", data={"name": name, "password": password, "next": back})


@pytest.mark.slow
def test_in_and_out(office: Running) -> None:
    with office.client() as client:
        sent = client.get("/", headers={"accept": "text/html"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=")
        sent = client.get("/wennuo/read?document=云川2024要点.txt", headers={"accept": "text/html"})
        form = client.get(sent.headers["location"]).text
        back = re.search(r'name="next" value="([^"]*)"', form)
        assert back
        assert back[1].startswith("wennuo/read?document=")
        wrong = enter(client, "du", "wrong")
        assert (wrong.status_code, "用户名或密码不对" in wrong.text) == (401, True)
        right = enter(client, "du", PASSWORD, back[1])
        assert (right.status_code, right.headers["location"]) == (303, "/" + back[1])
        assert re.fullmatch(
            SESSION + r"=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", right.headers["set-cookie"]
        )
        assert client.get(right.headers["location"]).status_code == 200
        secret = client.cookies[SESSION]
        assert client.post("/logout").headers["location"] == "/login"
        client.cookies.set(SESSION, secret)
        assert client.get("/config").status_code == 401
        ended = client.get("/login?ended=1&next=x").text
        assert "登录已过期" in ended
    acts = [(note["act"], note["who"]) for note in office.notes() if note["act"].startswith("log")]
    assert acts[-3:] == [("login_failed", "du"), ("login", "du"), ("logout", "du")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "back",
    [
        "//leak.example",
        "https://leak.example",
        "\\\\leak.example",
        "javascript:alert(1)",
        "/\tx",
        "login",
        "x\r\nSet-Cookie: a=b",
    ],
)
def test_the_way_back_stays_inside(office: Running, back: str) -> None:
    with office.client() as client:
        assert enter(client, "cao", PASSWORD, back).headers["location"] == "/"


@pytest.mark.slow
def test_tries_are_counted(office: Running) -> None:
    with office.client() as client:
        codes = [enter(client, "ghost", f"guess {number}").status_code for number in range(10)]
        assert codes == [401] * 8 + [429] * 2
        assert enter(client, "guan", PASSWORD).status_code == 303  # others are not shut out
    assert office.notes("login_throttled")[-1]["who"] == "ghost"


def act(client: httpx.Client, what: str, **sent: Any) -> httpx.Response:
    return client.post(f"/wennuo/account/{what}", json=sent)


@pytest.mark.slow
def test_one_s_own_password(office: Running) -> None:
    office.office.accounts.add("self", PASSWORD, "reader")  # type: ignore[union-attr]
    with office.client("self") as here, office.client() as there:
        assert enter(there, "self", PASSWORD).status_code == 303
        wrong = act(here, "password", old="wrong", new=NEW)
        assert (wrong.status_code, wrong.json()["told"]) == (422, "原密码不对。")
        short = act(here, "password", old=PASSWORD, new="short")
        assert (short.status_code, short.json()["told"]) == (422, "密码须为10至200个字符。")
        done = act(here, "password", old=PASSWORD, new=NEW)
        assert (done.status_code, done.json()["told"]) == (200, "密码已修改，在别处的登录已退出。")
        assert here.get("/wennuo/account").status_code == 200
        assert there.get("/wennuo/account").status_code == 401
    assert office.notes("password")[-1]["who"] == "self"
    assert NEW not in json.dumps(office.notes())


@pytest.mark.slow
def test_tokens_are_made_shown_once_and_taken_back(office: Running) -> None:
    with office.client("du") as client, office.client("cao") as other:
        made = act(client, "token", label="<b>机器人</b>", days=30).json()["content"]
        secret = re.search(r"<code>(wennuo_[\w-]+)</code>", made)
        assert secret
        assert "<b>" not in made
        page = client.get("/wennuo/account").text
        assert secret[1] not in page
        assert "&lt;b&gt;机器人" in page
        headers = {"authorization": f"Bearer {secret[1]}"}
        assert httpx.get(f"{office.address}/api/documents", headers=headers).status_code == 200
        identity = re.search(r'name="identity" value="(\w+)"', page)
        assert identity
        assert act(other, "token/revoke", identity=identity[1]).status_code == 404
        assert act(client, "token/revoke", identity=identity[1]).status_code == 200
        assert httpx.get(f"{office.address}/api/documents", headers=headers).status_code == 401
        for wrong in (
            {"label": "", "days": 30},
            {"label": "x", "days": 10_000},
            {"label": "x", "days": True},
            {"label": 1, "days": 30},
        ):
            assert act(client, "token", **wrong).status_code == 422, wrong


@pytest.mark.slow
def test_an_admin_manages_users(office: Running) -> None:
    with office.client("guan") as client:
        page = client.get("/wennuo/account").text
        assert 'data-user="du"' in page
        assert (
            act(client, "user/add", name="新人", password=PASSWORD, role="reader").json()["told"]
            == "已添加用户“新人”。"
        )
        assert act(client, "user/add", name="新人", password=PASSWORD, role="reader").status_code == 422
        assert (
            act(client, "user/role", name="新人", role="curator")
            .json()["told"]
            .startswith("“新人”的角色已改为资料管理员")
        )
        assert act(client, "user/role", name="新人", role="king").status_code == 422
        with office.client() as new:
            assert enter(new, "新人", PASSWORD).status_code == 303
            assert act(client, "user/password", name="新人", password=NEW).status_code == 200
            assert new.get("/config").status_code == 401
            assert enter(new, "新人", NEW).status_code == 303
            assert act(client, "user/remove", name="新人").status_code == 200
            assert new.get("/config").status_code == 401
        last = act(client, "user/remove", name="guan")
        assert (last.status_code, last.json()["told"]) == (422, "“guan”是唯一的系统管理员，请先另设一位。")
    acts = [note["act"] for note in office.notes() if note["act"].startswith("user_")]
    assert acts == ["user_add", "user_role", "user_password", "user_remove"]


@pytest.mark.slow
def test_others_do_not(office: Running) -> None:
    for name in ("du", "cao"):
        with office.client(name) as client:
            assert "data-user" not in client.get("/wennuo/account").text
            assert act(client, "user/role", name=name, role="admin").status_code == 403
            note = office.notes("refused")[-1]
            assert (note["who"], note["subject"]) == (name, "POST /wennuo/account/user/role")
            form = client.post("/wennuo/account/token", data={"label": "x", "days": "30"})
            assert form.status_code == 415  # a form of another site is no JSON


@pytest.mark.slow
def test_without_log_in_there_are_no_accounts(tmp_path: Path) -> None:
    with running(tmp_path / "home", settings=OfficeSettings()) as office, office.client() as client:
        assert "没有开启登录" in client.get("/wennuo/account").text
        assert act(client, "token", label="x", days=30).status_code == 404
        assert client.get("/login").status_code == 303
        assert client.get("/").status_code == 200
        assert "wennuo_visitor=" in client.get("/").headers.get("set-cookie", "") or client.cookies


def test_the_page_opens_where_the_post_says(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    accounts = Accounts(store)
    assert accounts.add("qian", None, "reader").post == "staff"
    accounts.set_post("qian", "leader")
    user = accounts.of_session(accounts.begin("qian"))
    assert user is not None
    assert user.post == "leader"
    shown = Person("qian", "reader", "qian", user.post)
    assert 'data-begins="overview"' in render.header("zh-CN", shown)
    assert 'data-begins=""' in render.header("zh-CN", Person("", "admin", "a browser", "leader"))
    with pytest.raises(AccountError):
        accounts.set_post("nobody", "leader")
    store.close()
