"""Logging in by another server: a scripted OpenID provider on loopback that signs what the tests want."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from doors_fakes import Running, running, serving
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import RSAKey

from ui.account.oidc import name_in
from ui.cookies import SESSION
from ui.settings import OfficeSettings, OidcSettings

pytestmark = pytest.mark.slow
CLIENT, SECRET = "wennuo", "hush"


@dataclass
class Provider:
    """What it says of whoever comes, and what it does wrong."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    other: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> FastAPI:
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

        @app.get("/.well-known/openid-configuration")
        def discovery() -> dict[str, Any]:
            self.asked.append("discovery")
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize(request: Request) -> Response:
            query = dict(request.query_params)
            assert query["client_id"] == CLIENT
            assert query["code_challenge_method"] == "S256"
            assert query["nonce"]
            if self.wrong.get("denied"):
                return RedirectResponse(f"{query['redirect_uri']}?error=access_denied&state={query['state']}")
            code = f"code-{len(self.codes)}"
            self.codes[code] = query
            state = self.wrong.get("state", query["state"])
            return RedirectResponse(f"{query['redirect_uri']}?code={code}&state={state}")

        @app.post("/token")
        async def token(request: Request) -> Response:
            form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
            query = self.codes.pop(form["code"])
            proof = hashlib.sha256(form["code_verifier"].encode()).digest()
            assert base64.urlsafe_b64encode(proof).decode().rstrip("=") == query["code_challenge"]
            basic = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
            assert basic == f"{CLIENT}:{SECRET}"
            now = int(time.time())
            claims = {
                "iss": self.address,
                "aud": CLIENT,
                "sub": "1",
                "iat": now,
                "exp": now + 60,
                "nonce": query["nonce"],
            }
            signed = claims | self.claims | self.wrong.get("claims", {})
            signed = {name: value for name, value in signed.items() if value is not None}
            key = self.other if self.wrong.get("key") else self.key
            made = jwt.encode({"alg": "RS256", "kid": "one"}, signed, key)
            return JSONResponse(
                {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": made}
            )

        @app.get("/userinfo")
        def userinfo() -> dict[str, Any]:
            self.asked.append("userinfo")
            return self.told

        return app


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    provider = Provider()
    with serving(provider.app(), OfficeSettings()) as address:
        provider.address = address
        yield provider


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Running]:
    oidc = OidcSettings(provider.address, CLIENT, SECRET)
    settings = OfficeSettings(accounts=True, oidc=oidc)
    with running(tmp_path_factory.mktemp("oidc"), (), settings) as office:
        assert office.office.accounts
        for name in ("zhou", "chen@office.example", "wu"):
            office.office.accounts.add(name, None, "curator")
        assert provider.asked == []  # nothing is asked at the start
        yield office


@pytest.fixture(autouse=True)
def _blank(provider: Provider, office: Running) -> None:
    provider.claims, provider.wrong, provider.told = {}, {}, {}
    office.office.limits = type(office.office.limits)(1000)


@contextmanager
def through(office: Running, back: str = "") -> Iterator[tuple[httpx.Client, httpx.Response]]:
    """A browser that clicks on the office's account and follows to the other server and back; the answer to coming back."""
    with office.client() as client:
        there = client.get("/login/oidc", params={"next": back}).headers["location"]
        yield client, client.get(client.get(there).headers["location"])


def test_who_has_an_account_gets_in(office: Running, provider: Provider) -> None:
    provider.claims = {"preferred_username": "zhou"}
    with through(office, "wennuo/account") as (client, answer):
        assert (answer.status_code, answer.headers["location"]) == (303, "/wennuo/account")
        page = client.get("/wennuo/account").text
        assert "zhou" in page
        assert "请到单位的登录系统修改" in page
        cookies = answer.headers.get_list("set-cookie")
        assert any(each.startswith(f"{SESSION}=") and "HttpOnly" in each for each in cookies)
    login = client_page(office)
    assert 'href="login/oidc"' in login
    note = office.notes("login")[-1]
    assert (note["who"], note["role"], note["via"]) == ("zhou", "curator", "oidc")


def client_page(office: Running) -> str:
    with office.client() as client:
        return client.get("/login").text


def test_a_verified_mail_address_stands_in_for_a_name(office: Running, provider: Provider) -> None:
    provider.claims = {"sub": "2", "email": "chen@office.example", "email_verified": True}
    with through(office) as (_, answer):
        assert answer.headers["location"] == "/"


def test_a_name_may_be_told_besides(office: Running, provider: Provider) -> None:
    provider.claims, provider.told = {"sub": "5"}, {"sub": "5", "preferred_username": "wu"}
    with through(office) as (_, answer):
        assert answer.headers["location"] == "/"
    provider.claims, provider.told = {"sub": "6"}, {"sub": "5", "preferred_username": "wu"}
    with through(office) as (_, answer):
        assert "refused=nameless" in answer.headers["location"]


REFUSED = [
    ({"claims": {"preferred_username": "stranger"}}, "unknown", "no account of that name"),
    ({"claims": {"preferred_username": "du"}}, "unknown", "an account with a password"),
    (
        {"claims": {"preferred_username": "zhou", "sub": "9"}},
        "unknown",
        "the name was given to somebody else",
    ),
    ({"claims": {"email": "chen@office.example"}}, "nameless", "nobody verified the address"),
    (
        {"claims": {"email": "chen@office.example", "email_verified": "true"}},
        "nameless",
        "verified as a word only",
    ),
    ({}, "nameless", "no name at all"),
    (
        {"claims": {"preferred_username": "zhou", "nonce": "another"}},
        "failed",
        "an answer to another question",
    ),
    ({"claims": {"preferred_username": "zhou", "aud": "another"}}, "failed", "meant for another app"),
    (
        {"claims": {"preferred_username": "zhou", "iss": "https://leak.example"}},
        "failed",
        "of another server",
    ),
    ({"claims": {"preferred_username": "zhou", "exp": 1_000_000_000}}, "failed", "of long ago"),
    ({"claims": {"preferred_username": "zhou", "sub": None}}, "failed", "about nobody"),
    ({"claims": {"preferred_username": "zhou"}, "key": True}, "failed", "signed by another key"),
    ({"claims": {"preferred_username": "zhou"}, "state": "another"}, "failed", "another state"),
    ({"denied": True}, "failed", "the person said no"),
]


@pytest.mark.parametrize(("wrong", "why", "trap"), REFUSED, ids=[row[2] for row in REFUSED])
def test_who_is_not_let_in(
    office: Running, provider: Provider, wrong: dict[str, Any], why: str, trap: str
) -> None:
    provider.claims = {"preferred_username": "zhou"}
    with through(office):
        pass
    provider.claims, provider.told, provider.wrong = {}, {}, wrong
    with through(office, "wennuo/account") as (client, answer):
        assert answer.status_code == 303
        assert f"refused={why}" in answer.headers["location"]
        assert "next=wennuo" in answer.headers["location"]
        form = client.get(answer.headers["location"])
        assert 'role="alert"' in form.text
        assert client.get("/config").status_code == 401
    assert office.notes("login_failed")[-1]["why"] == why


def test_a_code_is_of_use_only_to_the_browser_that_left(office: Running, provider: Provider) -> None:
    provider.claims = {"preferred_username": "zhou"}
    with office.client() as mine, office.client() as another:
        there = mine.get("/login/oidc").headers["location"]
        back = httpx.get(there).headers["location"]
        assert "refused=failed" in another.get(back).headers["location"]
        assert mine.get(back).headers["location"] == "/"
        assert "refused=failed" in mine.get(back).headers["location"]  # nor twice


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    settings = OfficeSettings(accounts=True, oidc=OidcSettings("http://127.0.0.1:9", CLIENT, SECRET))
    with running(tmp_path / "home", (), settings) as office, office.client() as client:
        answer = client.get("/login/oidc")
        assert "refused=failed" in answer.headers["location"]
        assert "单位账号登录没有成功" in client.get(answer.headers["location"]).text


def test_the_session_of_leaving_is_for_that_address_alone(office: Running) -> None:
    with office.client() as client:
        answer = client.get("/login/oidc")
        assert "wennuo_oidc=" in answer.headers["set-cookie"]
        assert "httponly; samesite=lax" in answer.headers["set-cookie"].lower()
        assert "set-cookie" not in client.get("/login").headers


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": " zhou "}, "zhou"),
        ({"preferred_username": "x" * 65}, ""),
        ({"preferred_username": "a\nb"}, ""),
        ({"preferred_username": 7}, ""),
        ({"preferred_username": "", "email": "a@b.example", "email_verified": True}, "a@b.example"),
        ({"email": "a@b.example", "email_verified": False}, ""),
    ],
)
def test_names_in_claims(claims: dict[str, Any], name: str) -> None:
    assert name_in(claims) == name
