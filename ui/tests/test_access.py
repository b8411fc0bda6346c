"""Every address and every handler of the running app, tried as nobody, reader, curator and admin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from doors_fakes import PEOPLE, Running, called, running
from fastapi import FastAPI
from starlette.routing import Mount

from ui.access import RULES, Access, Rule, needed, rule_for, within
from ui.cookies import SESSION
from ui.people import ROLES, Person, Role

pytestmark = pytest.mark.slow
NOBODY = ""

HANDLERS: dict[str, Role] = {
    "ChatHandlers.ask": "reader",
    "ChatHandlers.ask_again": "reader",
    "ChatHandlers.begin": "reader",
    "ChatHandlers.open": "reader",
    "ChatHandlers.draw_chips": "reader",
    "ChatHandlers.remove_chip": "reader",
    "build.<locals>.arrive": "reader",
    "build.<locals>.again": "reader",
    "build.<locals>.switch": "reader",
}
"""Who may call each handler of the page, by the name of its function; one that is missing here fails the test."""

PARAMETERS = {"what": "answer", "identity": "x" * 22}
"""What is asked for where a route has a parameter of that name; x elsewhere."""
EVENT = {
    "question": "抽检合格率？",
    "name": "没有.txt",
    "language": "zh-CN",
    "conversation": "x",
    "field": "documents",
    "value": "没有.txt",
}
"""What a click may carry."""
BLANK: dict[str, Any] = {"State": None, "Textbox": "", "Dropdown": [], "HTML": ""}

CLOSED = (
    "GET /gradio_api/info",
    "GET /gradio_api/openapi.json",
    "GET /gradio_api/user",
    "GET /gradio_api/token",
    "POST /gradio_api/run/predict",
    "POST /gradio_api/api/predict",
    "POST /gradio_api/call/ask",
    "GET /gradio_api/call/ask/x",
    "POST /gradio_api/upload",
    "GET /gradio_api/file=/etc/passwd",
    "GET /gradio_api/file/etc/passwd",
    "GET /gradio_api/proxy=http://127.0.0.1:1/",
    "POST /gradio_api/component_server",
    "GET /gradio_api/runs",
    "GET /gradio_api/stream/x/1/1/playlist.m3u8",
    "POST /gradio_api/stream/x",
    "GET /gradio_api/dev/reload",
    "GET /gradio_api/deep_link",
    "GET /monitoring",
    "GET /monitoring/x",
    "POST /gradio_api/vibe-edit/",
    "GET /gradio_api/vibe-code/",
    "GET /docs",
    "GET /openapi.json",
    "GET /wennuo/",
    "GET /wennuo/../settings.py",
    "GET /api",
    "PUT /wennuo/upload",
    "DELETE /wennuo/read",
    "OPTIONS /api/ask",
    "GET /logout",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("doors")) as office:
        yield office


def addresses(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of every route, gradio's too, with something in place of each parameter."""
    found = []

    def look(routes: Any, above: str) -> None:
        for route in routes:
            path = above + getattr(route, "path", "")
            if router := getattr(route, "original_router", None):
                look(router.routes, above)
                continue
            if isinstance(route, Mount):
                look(getattr(route.app, "routes", None) or (), path)
                continue
            path = filled(path) or "/"
            found.extend(
                (method, path) for method in sorted(getattr(route, "methods", None) or ("GET", "POST"))
            )

    look(app.routes, "")
    return found


def filled(path: str) -> str:
    """A route's path with something in place of each parameter."""
    return re.sub(r"\{([^}:]*)[^}]*\}", lambda found: PARAMETERS.get(found[1], "x"), path)


def sent(client: httpx.Client, method: str, path: str) -> tuple[int, str]:
    """Status and words of the answer, without waiting for the end of one that lasts."""
    params = {"session_hash": "table"} if path.endswith("/queue/data") else {}
    body = {"json": {}} if method in ("POST", "PUT", "DELETE") else {}
    with client.stream(method, path, params=params, **body) as answer:
        lasting = answer.headers.get("content-type", "").startswith("text/event-stream")
        return answer.status_code, "" if lasting else answer.read().decode(errors="replace")


def outcome(method: str, status: int, words: str) -> str:
    """How the request fared at the door; the words tell the door's own answers from those of what lies behind it."""
    told = {401: "log in first", 403: "this takes the role", 404: "no such address"}.get(status)
    if told is None or (method != "HEAD" and told not in words):
        return "open"
    return {401: "log in", 403: "forbidden", 404: "closed"}[status]


def expected(method: str, path: str, role: Role | None) -> str:
    rule = needed(method, path)
    if rule is None:
        return "closed"
    if rule == "nobody":
        return "open"
    if role is None:
        return "log in"
    return "open" if ROLES.index(role) >= ROLES.index(rule) else "forbidden"


def test_every_address_as_everyone(office: Running) -> None:
    tried = 0
    clients = {name: office.client(name) for name in (NOBODY, *PEOPLE)}
    for method, path in dict.fromkeys(addresses(office.app)):
        for name, client in clients.items():
            got = outcome(method, *sent(client, method, path))
            assert got == expected(method, path, PEOPLE.get(name)), (method, path, name)
            tried += 1
            if path == "/logout" and name:
                client.cookies.set(SESSION, office.begin(name))
    for client in clients.values():
        client.close()
    assert tried > 400


def test_every_address_of_ours_has_a_rule(office: Running) -> None:
    ours = [route for route in office.app.routes if not isinstance(route, Mount)]
    assert len(ours) > 30
    for route in ours:
        for method in getattr(route, "methods", None) or ("POST",):
            assert rule_for(method, filled(route.path)) is not None, (method, route.path)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("GET", "/healthz", "nobody"),
        ("POST", "/login", "nobody"),
        ("GET", "/", "reader"),
        ("GET", "/wennuo/read", "reader"),
        ("POST", "/api/ask", "reader"),
        ("POST", "/mcp", "reader"),
        ("POST", "/wennuo/upload", "curator"),
        ("POST", "/wennuo/ledger/progress", "curator"),
        ("POST", "/wennuo/reconciliation/ruling", "curator"),
        ("POST", "/wennuo/account/user/add", "admin"),
        ("POST", "/wennuo/account/user/remove", "admin"),
        ("GET", "/metrics", "admin"),
        ("GET", "/gradio_api/upload", None),
        ("GET", "/wennuo/x.py", None),
    ],
)
def test_what_matters_most_is_written_down_twice(method: str, path: str, role: str | None) -> None:
    assert needed(method, path) == role


@pytest.mark.parametrize("address", CLOSED)
def test_what_gradio_offers_beyond_the_queue_is_closed_for_all(office: Running, address: str) -> None:
    method, _, path = address.partition(" ")
    with office.client("guan") as client:
        assert client.request(method, path, follow_redirects=False).status_code == 404
    assert needed(method, path) is None  # so that it is closed for everybody


def handlers(office: Running) -> dict[int, Any]:
    """The page's handlers by their number."""
    return {index: each for index, each in office.app.state.page.fns.items() if each.fn is not None}


def given(handler: Any) -> list[Any]:
    """Something for each of its inputs, as a page that was just opened would send it."""
    return [BLANK.get(type(each).__name__, getattr(each, "value", None)) for each in handler.inputs]


def test_every_handler_as_everyone(office: Running) -> None:
    found = handlers(office)
    clients = {name: office.client(name) for name in (NOBODY, *PEOPLE)}
    for index, handler in found.items():
        name = handler.fn.__qualname__
        assert name in HANDLERS, f"say in HANDLERS who may call {name}"
        for who, client in clients.items():
            answer = called(client, index, given(handler), EVENT, session=f"{who}-{index}")
            role = PEOPLE.get(who)
            if role is None:
                assert answer == 401, (name, who)
                continue
            assert isinstance(answer, dict), (name, who, answer)
            allowed = ROLES.index(role) >= ROLES.index(HANDLERS[name])
            assert answer["success"] is allowed, (name, who, answer)
    for client in clients.values():
        client.close()
    assert {each.fn.__qualname__ for each in found.values()} == set(HANDLERS)


def test_a_session_of_gradio_belongs_to_who_came_first(office: Running) -> None:
    index = next(
        index for index, each in handlers(office).items() if each.fn.__qualname__ == "ChatHandlers.begin"
    )
    with office.client("du") as du, office.client("cao") as cao:
        assert isinstance(called(du, index, ["zh-CN"], session="du's own"), dict)
        body = {"data": ["zh-CN"], "fn_index": index, "session_hash": "du's own"}
        assert cao.post("/gradio_api/queue/join", json=body).status_code == 403
        assert cao.get("/gradio_api/queue/data", params={"session_hash": "du's own"}).status_code == 403
        assert cao.get("/gradio_api/heartbeat/du's own").status_code == 403
        cancel = {"session_hash": "du's own", "fn_index": index, "event_id": "x"}
        assert cao.post("/gradio_api/cancel", json=cancel).status_code == 403
        assert du.post("/gradio_api/cancel", json=cancel).status_code == 200
        assert du.post("/gradio_api/reset", json={"event_id": "x"}).status_code == 200
        assert du.post("/gradio_api/cancel", json=cancel | {"session_hash": ""}).status_code == 200
        assert cao.get("/gradio_api/queue/data", params={"session_hash": ""}).status_code == 403


def test_the_server_does_not_say_what_it_is(office: Running) -> None:
    with office.client("du") as client:
        for path in ("/", "/healthz", "/nothing"):
            assert "server" not in client.get(path).headers


def test_bodies_are_bounded(office: Running) -> None:
    with office.client("du") as client:
        large = b"x" * (1024 * 1024 + 1)
        assert client.post("/gradio_api/queue/join", content=large).status_code == 413
        assert client.post("/api/ask", content=b"x" * 70_000).status_code == 413
        pieces = (b"x" * 4096 for _ in range(20))
        assert client.post("/login", content=pieces).status_code == 413
        assert client.post("/gradio_api/queue/join", content=b"[" * 100_000).status_code in (400, 422)


def test_a_token_opens_the_addresses_of_programs_and_no_other(office: Running) -> None:
    headers = office.token("guan")
    with office.client(**headers) as client:
        assert client.get("/api/documents").status_code == 200
        assert client.get("/metrics").status_code == 200
        for path in ("/config", "/wennuo/read?document=x", "/wennuo/account"):
            assert client.get(path).status_code == 401, path
        assert client.post("/wennuo/account/user/add", json={}).status_code == 401
    with office.client(**office.token("du")) as client:
        assert client.get("/metrics").status_code == 403
    for wrong in ("Bearer wennuo_wrong", "Bearer x", "Basic x", "Bearer", "Bearer " + office.begin("guan")):
        with office.client(Authorization=wrong) as client:
            assert client.get("/api/documents").status_code == 401, wrong
    with office.client("guan", Authorization="Bearer wennuo_wrong") as client:
        assert client.get("/api/documents").status_code == 401  # a wrong token is not made good by a cookie


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        ("/config", "", "/config"),
        ("/wennuo/config", "/wennuo", "/config"),
        ("/wennuo", "/wennuo", "/"),
        ("/wennuo/wennuo/read", "/wennuo", "/wennuo/read"),
        ("/wennuox/config", "/wennuo", "/wennuox/config"),
        ("/", "", "/"),
    ],
)
def test_addresses_are_looked_up_below_the_proxy_s_path(path: str, root: str, expected: str) -> None:
    assert within({"path": path, "root_path": root}) == expected


def test_the_first_rule_that_speaks_of_an_address_counts() -> None:
    assert rule_for("GET", "/login") == Rule("GET HEAD POST", r"/login", "nobody", 16 * 1024)
    assert rule_for("PATCH", "/login") is None
    assert rule_for("GET", "/login/../config") is None
    assert rule_for("GET", "/\nconfig") is None
    assert len({(rule.methods, rule.pattern) for rule in RULES}) == len(RULES)


def test_old_sessions_of_gradio_are_forgotten() -> None:
    access = Access(lambda *_: None)  # type: ignore[arg-type, return-value]
    first, second = Person("", "admin", "one"), Person("", "admin", "two")
    assert access.bind("x", first)
    assert not access.bind("x", second)
    for number in range(20_000):
        access.bind(str(number), first)
    assert access.bind("x", second)
