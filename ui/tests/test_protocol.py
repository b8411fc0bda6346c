"""The Model Context Protocol by its own client, over loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anyio
import httpx2
import pytest
from doors_fakes import Running, running
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from ui.api.protocol import TOOLS, security

pytestmark = pytest.mark.slow
ACCEPT = {"accept": "application/json, text/event-stream"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("agents")) as office:
        yield office


def spoken(
    office: Running, headers: dict[str, str], calls: list[tuple[str, dict[str, Any]]], mode: str
) -> list[Any]:
    """The names of the tools, and what each call gave."""

    async def talk() -> list[Any]:
        async with (
            httpx2.AsyncClient(headers=headers, trust_env=False) as http,
            Client(streamable_http_client(f"{office.address}/mcp", http_client=http), mode=mode) as client,  # type: ignore[arg-type]
        ):
            listed = await client.list_tools()
            given: list[Any] = [[tool.name for tool in listed.tools]]
            for name, arguments in calls:
                given.append(await client.call_tool(name, arguments))
            return given

    return anyio.run(talk)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_agent_asks_searches_and_reads_the_ledger(office: Running, mode: str) -> None:
    calls = [
        ("ask", {"question": "2024年食品抽检合格率要达到多少？"}),
        ("search", {"question": "抽检合格率", "k": 2}),
        ("ledger", {"owner": "登记注册科"}),
        ("ask", {"question": ""}),
        ("ask", {"question": "问", "role": "admin"}),
        ("ledger", {"document": ["没有.txt"]}),
        ("remove", {"name": "云川2024要点.txt"}),
    ]
    names, answer, passages, rows, *refused = spoken(office, office.token("du"), calls, mode)
    assert names == list(TOOLS) == ["ask", "search", "ledger"]
    assert not answer.is_error
    assert "98.5%" in answer.structured_content["answer"]
    assert json.loads(answer.content[0].text) == answer.structured_content
    assert passages.structured_content["passages"]
    assert {row["owner"] for row in rows.structured_content["rows"]} == {"登记注册科"}
    for each in refused:
        assert each.is_error
        assert "Traceback" not in each.content[0].text
    assert "question" in refused[0].content[0].text
    assert [note["via"] for note in office.notes("ask")][-1] == "mcp"
    assert office.notes("ask")[-1]["who"] == "du"


def test_nobody_gets_in_without_a_token(office: Running) -> None:
    with office.client(**ACCEPT) as client:
        assert client.post("/mcp", json=LIST).status_code == 401
    with office.client(**ACCEPT, **office.token("du")) as client:
        assert client.post("/mcp", json=LIST).status_code == 200
        assert client.post("/mcp", json=LIST, headers={"origin": "http://leak.example"}).status_code == 403
        assert client.post("/mcp", json=LIST, headers={"host": "leak.example"}).status_code == 421
        assert client.post("/mcp", content=b"x" * 70_000).status_code == 413
        assert client.post("/mcp", content=b"{}", headers={"content-type": "text/plain"}).status_code == 400


def test_the_library_s_check_lets_in_what_the_guard_lets_in() -> None:
    settings = security({"127.0.0.1", "::1", "promises.example"})
    assert "[::1]:*" in settings.allowed_hosts
    assert "promises.example" in settings.allowed_hosts
    assert "https://promises.example" in settings.allowed_origins
    assert not security(None).enable_dns_rebinding_protection
