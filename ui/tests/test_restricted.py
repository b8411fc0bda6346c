"""What is in a restricted collection is never seen by a reader, whichever way is tried."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import anyio
import httpx
import httpx2
import pytest
from doors_fakes import PLAN, Running, called, running
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from test_access import EVENT, addresses, given, handlers

from corpus.ledger import LedgerFilter
from ui.access import needed
from ui.cookies import SESSION
from ui.store.conversations import Conversations

pytestmark = pytest.mark.slow
NAME = "云川2024内部要点.txt"
HIDDEN = (
    "云川市2024年玄武行动工作要点\n"
    "（2024年3月1日）\n"
    "一、2024年重点任务\n"
    "全年完成特别抽检4711批次，特别抽检合格率稳定在77.77%以上，由赤霄专班牵头，6月底前完成。\n"
    "二、2023年工作回顾\n"
    "2023年，完成特别抽检4242批次，抓好“三玄四武”模式。\n"
)
NOTE = "青龙会议上已经汇报"
SECRETS = ("玄武", "4711批次", "77.77%", "赤霄", "4242批次", "三玄四武", "青龙", "绝密档")
"""None of them can stand in a digest or a duration by chance."""
BAITS: dict[str, Any] = {
    "question": "2024年全年完成特别抽检多少批次，由谁牵头？",
    "document": NAME,
    "words": "特别抽检",
    "start": 0,
    "end": 40,
    "fragment": 1,
    "year": 2024,
    "kind": "target",
    "promised": 2024,
    "q": "特别抽检",
    "term": "特别抽检",
    "name": NAME,
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    texts = (("云川2024要点.txt", PLAN), (NAME, HIDDEN))
    with running(tmp_path_factory.mktemp("restricted"), texts) as office:
        library = office.office.library
        library.set_collection("绝密档", "curator")
        library.assign(NAME, ["绝密档"])
        rows = library.commitments(LedgerFilter(documents=(NAME,)))
        assert rows
        for kept in rows:
            library.set_progress(kept.row.identity, status="under_way", percent=50, note=NOTE, by="青龙")
        yield office


def words_of(answer: httpx.Response) -> str:
    """All that an answer says, headers and what is packed into a file included."""
    said = json.dumps(dict(answer.headers), ensure_ascii=False)
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            return said + "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return said + answer.content.decode(errors="replace")


def found_in(text: str) -> list[str]:
    """Which of the secrets are told, also where JSON, JSON in JSON, or an address writes them in another way."""
    found = []
    for secret in SECRETS:
        once = json.dumps(secret)[1:-1]
        forms = (secret, once, json.dumps(once)[1:-1], quote(secret), secret.replace("%", "％"))
        if any(form in text for form in forms):
            found.append(secret)
    return found


def by_address(office: Running, client: httpx.Client) -> dict[str, list[str]]:
    """What each GET address tells, asked with every bait by itself, with none, and with all together."""
    rows = office.office.library.commitments(
        LedgerFilter(documents=(NAME,), kinds=("target", "task", "report"))
    )
    identities = [kept.row.identity for kept in rows]
    revision = office.office.library.document(NAME).revision
    tries: list[dict[str, Any]] = [{}, *({key: value} for key, value in BAITS.items())]
    tries += [{"identity": each} for each in identities]
    tries += [BAITS | {"identity": identities[0], "revision": revision}]
    tries += [{"document": NAME, "start": 0, "end": 40, "revision": revision}]
    told: dict[str, list[str]] = {}
    for method, path in dict.fromkeys(addresses(office.app)):
        if (
            method != "GET"
            or needed(method, path) is None
            or path.startswith(("/static", "/assets", "/svelte"))
        ):
            continue
        if (
            "/queue/data" in path
            or "/heartbeat" in path
            or path.startswith("/mcp")
            or "startup-events" in path
        ):
            continue
        for params in tries:
            told.setdefault(path, []).extend(found_in(words_of(client.get(path, params=params))))
    return told


def by_handler(office: Running, client: httpx.Client, who: str) -> dict[str, list[str]]:
    """What each handler of the page gives."""
    told: dict[str, list[str]] = {}
    for index, handler in handlers(office).items():
        for number, text in enumerate((BAITS["question"], NAME)):
            data = [text if value == "" else value for value in given(handler)]
            event = EVENT | {"question": text, "name": NAME, "value": NAME}
            answer = called(client, index, data, event, session=f"{who}-{index}-{number}")
            name = handler.fn.__qualname__
            told.setdefault(name, []).extend(found_in(json.dumps(answer, ensure_ascii=False)))
    return told


def by_program(office: Running, who: str) -> dict[str, list[str]]:
    """What REST gives to a body, and what the tools of the protocol give."""
    headers, told = office.token(who), dict[str, list[str]]()
    scope = {"documents": [NAME]}
    with office.client(**headers) as client:
        for path, sent in (
            ("/api/ask", {"question": BAITS["question"]}),
            ("/api/ask", {"question": "那牵头单位呢？", "history": [BAITS["question"]]}),
            ("/api/ask", {"question": BAITS["question"], "scope": scope}),
            ("/api/ask", {"question": "还有哪些工作没有落实责任单位？"}),
            ("/api/search", {"question": BAITS["question"], "k": 100}),
            ("/api/search", {"question": BAITS["question"], "scope": scope}),
        ):
            told.setdefault(path, []).extend(found_in(words_of(client.post(path, json=sent))))

    async def talk() -> None:
        async with (
            httpx2.AsyncClient(headers=headers, trust_env=False) as http,
            Client(streamable_http_client(f"{office.address}/mcp", http_client=http)) as client,
        ):
            for name, sent in (
                ("ask", {"question": BAITS["question"]}),
                ("search", {"question": BAITS["question"], "k": 100}),
                ("ledger", {"words": "特别抽检"}),
                ("ledger", {"document": [NAME]}),
                ("ledger", {"kind": ["report", "target", "task", "requirement"], "limit": 1000}),
            ):
                given = await client.call_tool(name, sent)
                told.setdefault(f"mcp {name}", []).extend(found_in(given.model_dump_json()))

    anyio.run(talk)
    return told


def by_change(office: Running, client: httpx.Client) -> dict[str, list[str]]:
    """What is told to one who tries to write on what is hidden."""
    identity = office.office.library.commitments(LedgerFilter(documents=(NAME,)))[0].row.identity
    told: dict[str, list[str]] = {}
    for path, sent in (
        ("/wennuo/ledger/progress", {"identity": identity, "status": "done", "by": "x"}),
        ("/wennuo/reconciliation/ruling", {"identity": identity, "verdict": "", "why": "x", "by": "x"}),
    ):
        told[path] = found_in(words_of(client.post(path, json=sent)))
    return told


def test_a_reader_finds_nothing(office: Running) -> None:
    with office.client("du") as client:
        told = by_address(office, client) | by_handler(office, client, "du") | by_change(office, client)
    told |= by_program(office, "du")
    assert {way: found for way, found in told.items() if found} == {}
    assert len(told) > 25


def test_a_curator_finds_it_by_every_way_that_shows_documents(office: Running) -> None:
    with office.client("cao") as client:
        told = by_address(office, client) | by_handler(office, client, "cao")
    told |= by_program(office, "cao")
    for way in (
        "/wennuo/read",
        "/wennuo/ledger",
        "/wennuo/ledger/results",
        "/wennuo/ledger/row",
        "/wennuo/ledger.csv",
        "/wennuo/ledger.xlsx",
        "/api/ask",
        "/api/search",
        "/api/ledger",
        "/api/documents",
        "mcp ask",
        "mcp search",
        "mcp ledger",
        "ChatHandlers.ask",
        "ChatHandlers.ask_again",
        "build.<locals>.arrive",
    ):
        assert told[way], way
    assert told["ChatHandlers.ask"]


def test_links_and_kept_conversations_tell_a_reader_nothing(office: Running) -> None:
    with office.client("cao") as cao, office.client("du") as du:
        index = next(
            number for number, each in handlers(office).items() if each.fn.__qualname__ == "ChatHandlers.ask"
        )
        blank = given(handlers(office)[index])
        called(cao, index, [BAITS["question"], *blank[1:]], session="links")
        found = re.findall(
            r'data-conversation="([^"]+)"', cao.get("/wennuo/history", params={"part": 1}).text
        )
        assert found
        query = {"conversation": found[0], "turn": 1}
        assert found_in(words_of(cao.get("/wennuo/export/answer", params=query)))
        link = cao.post("/wennuo/share", json=query).json()["id"]
        assert found_in(words_of(cao.get(f"/share/{link}")))
        told = words_of(du.get(f"/share/{link}"))
        for path in ("history", "near", "shares", "export/answer", "export/conversation"):
            told += words_of(du.get(f"/wennuo/{path}", params=query))
        for path in ("conversation/rename", "conversation/delete", "feedback", "share", "share/revoke"):
            body = query | {"title": "x", "verdict": "good", "link": link}
            told += words_of(du.post(f"/wennuo/{path}", json=body))
        assert found_in(told) == []
        assert found_in(words_of(cao.get(f"/share/{link}")))  # nothing of it was done


def test_what_is_hidden_later_is_hidden_at_once(office: Running) -> None:
    library, question = office.office.library, {"question": "2024年食品抽检合格率要达到多少？"}
    with office.client(**office.token("du")) as client:
        assert "98.5" in client.post("/api/ask", json=question).text
        library.assign("云川2024要点.txt", ["绝密档"])
        try:
            assert "98.5" not in client.post("/api/ask", json=question).text
            assert client.get("/api/documents").json() == {"documents": []}
        finally:
            library.assign("云川2024要点.txt", [])
        assert "98.5" in client.post("/api/ask", json=question).text


def test_what_a_curator_asked_and_shares_stays_among_curators(office: Running) -> None:
    """A conversation whose answers quote what is hidden: its link, its export and its history, for a reader."""
    kept = Conversations(office.office.store)
    ask, handler = next(
        (index, each)
        for index, each in handlers(office).items()
        if each.fn.__qualname__ == "ChatHandlers.ask"
    )
    data = [BAITS["question"] if value == "" else value for value in given(handler)]
    with office.client("cao") as cao, office.client("du") as du:
        assert found_in(json.dumps(called(cao, ask, data, session="shared"), ensure_ascii=False))
        identity = kept.listed("cao")[0].id
        link = cao.post("/wennuo/share", json={"conversation": identity, "turn": None}).json()["id"]
        assert found_in(words_of(cao.get(f"/share/{link}")))
        wanted = {"conversation": identity, "turn": 1}
        assert found_in(words_of(cao.get("/wennuo/export/conversation", params=wanted)))
        for address in (
            f"/share/{link}",
            "/wennuo/export/conversation",
            "/wennuo/export/answer",
            "/wennuo/near",
            "/wennuo/history",
        ):
            assert found_in(words_of(du.get(address, params=wanted))) == [], address
        assert office.office.accounts
        try:
            office.office.accounts.set_role(
                "cao", "reader"
            )  # what was seen as a curator is not seen as a reader
            cao.cookies.set(SESSION, office.begin("cao"))
            for address in (f"/share/{link}", "/wennuo/export/conversation", "/wennuo/export/answer"):
                assert found_in(words_of(cao.get(address, params=wanted))) == [], address
            opened = next(
                index
                for index, each in handlers(office).items()
                if each.fn.__qualname__ == "ChatHandlers.open"
            )
            event = EVENT | {"conversation": identity}
            assert (
                found_in(
                    json.dumps(called(cao, opened, ["zh-CN"], event, session="again"), ensure_ascii=False)
                )
                == []
            )
        finally:
            office.office.accounts.set_role("cao", "curator")
            office.secrets.clear()
