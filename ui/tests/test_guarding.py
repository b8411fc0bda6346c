"""Headers, host names and settings of the served app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from ui_fakes import FakeAssistant, FakeLibrary, document

from corpus.errors import SettingsError
from ui.app import make_app
from ui.office import Office
from ui.serving import cautions
from ui.settings import OfficeSettings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    library = FakeLibrary(tmp_path_factory.mktemp("home"), document())
    with TestClient(make_app(Office(library, FakeAssistant)), base_url="http://127.0.0.1") as client:  # type: ignore[arg-type]
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/config", "/wennuo/read?document=x", "/nothing", "/healthz", "/wennuo/account"]
)
def test_what_holds_content_is_not_kept_by_browsers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "camera=()" in headers["permissions-policy"]
    assert "base-uri 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/wennuo/style.css", "/wennuo/session.js", "/theme.css"])
def test_files_of_the_program_may_be_kept(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers.get("cache-control") != "no-store"


def test_headers_that_nobody_vouches_for_change_nothing(client: TestClient) -> None:
    for name in ("x-forwarded-host", "x-gradio-server", "x-forwarded-server"):
        told = client.get("/config", headers={name: "leak.example"}).text
        assert "leak.example" not in told, name
    assert "https://" not in client.get("/config", headers={"x-forwarded-proto": "https"}).json()["root"]


@pytest.mark.parametrize("origin", ["http://leak.example", "http://localhost:1", "null"])
@pytest.mark.parametrize("path", ["/", "/config", "/wennuo/style.css"])
def test_no_other_origin_may_read(client: TestClient, path: str, origin: str) -> None:
    headers = client.get(path, headers={"origin": origin}).headers
    assert [name for name in headers if name.startswith("access-control-")] == []


@pytest.mark.parametrize(
    "origin", ["http://[bad", "http://127.0.0.1.leak.example", "HTTP://LEAK.EXAMPLE", ""]
)
def test_strange_origins_are_refused(client: TestClient, origin: str) -> None:
    assert (
        client.post("/wennuo/upload?name=x.txt", content=b"x", headers={"origin": origin}).status_code == 403
    )


def test_the_cookie_of_a_visitor_is_set_once(tmp_path: Path) -> None:
    app = make_app(Office(FakeLibrary(tmp_path, document()), FakeAssistant))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for path in ("/wennuo/style.css", "/healthz", "/config"):
            assert "set-cookie" not in client.get(path).headers, path
        assert "HttpOnly; SameSite=Lax" in client.get("/").headers["set-cookie"]
        assert "set-cookie" not in client.get("/").headers


NAMES = (
    "WENNUO_ACCOUNTS",
    "WENNUO_SESSION_HOURS",
    "WENNUO_QUESTIONS_PER_MINUTE",
    "WENNUO_ROOT_PATH",
    "WENNUO_HOSTS",
    "WENNUO_TRUSTED_PROXIES",
    "WENNUO_OIDC_ISSUER",
    "WENNUO_OIDC_CLIENT_ID",
    "WENNUO_OIDC_CLIENT_SECRET",
)


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> OfficeSettings:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(f"WENNUO_{name}", value)
    return OfficeSettings.from_environment()


def test_settings_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch) == OfficeSettings()
    made = settings(
        monkeypatch,
        ACCOUNTS="on",
        SESSION_HOURS="8",
        QUESTIONS_PER_MINUTE="20",
        ROOT_PATH="/wennuo/",
        HOSTS="Promises.example, other.example",
        TRUSTED_PROXIES="10.0.0.5",
        OIDC_ISSUER="https://id.example/realm/",
        OIDC_CLIENT_ID="wennuo",
        OIDC_CLIENT_SECRET="hush",
    )
    assert (made.accounts, made.hours, made.questions, made.path) == (True, 8, 20, "/wennuo")
    assert made.hosts == ("promises.example", "other.example")
    assert made.proxies == ("10.0.0.5",)
    assert made.oidc is not None
    assert made.oidc.issuer == "https://id.example/realm"
    assert "hush" not in repr(made)


def test_settings_that_contradict_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    oidc = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}
    with pytest.raises(SettingsError, match="WENNUO_ACCOUNTS=on"):
        settings(monkeypatch, **oidc)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACCOUNTS", "perhaps"),
        ("SESSION_HOURS", "0"),
        ("SESSION_HOURS", "nan"),
        ("QUESTIONS_PER_MINUTE", "many"),
        ("ROOT_PATH", "/a?b"),
        ("ROOT_PATH", "https://x"),
        ("ROOT_PATH", "/../x y"),
        ("OIDC_ISSUER", "https://id.example"),
    ],
)
def test_settings_that_cannot_be_used_are_told_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=f"WENNUO_{name}"):
        settings(monkeypatch, **{name: value})


@pytest.mark.parametrize(
    ("host", "given", "told"),
    [
        ("127.0.0.1", OfficeSettings(), ""),
        ("127.0.0.1", OfficeSettings(accounts=True), ""),
        ("0.0.0.0", OfficeSettings(), "WENNUO_ACCOUNTS=on"),
        ("0.0.0.0", OfficeSettings(accounts=True), "https"),
        ("127.0.0.1", OfficeSettings(accounts=True, path="/wennuo"), "/wennuo/ of a reverse proxy"),
    ],
)
def test_what_one_should_know_who_serves_the_app(host: str, given: OfficeSettings, told: str) -> None:
    said = " ".join(cautions(host, given))
    assert told in said
    assert bool(said) is bool(told)
