"""Notes on commitments, as the page sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_fakes import client_of, identity_of, library_of, note, plan, rows
from fastapi.testclient import TestClient

from corpus.library import Library
from ui.posting import LARGEST


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, plan()) as library:
        yield library


@pytest.fixture
def client(library: Library) -> TestClient:
    return client_of(library)


def test_progress_is_kept_with_its_history(client: TestClient, library: Library) -> None:
    identity = identity_of(library, "登记注册科")
    first = note(
        client,
        {"identity": identity, "status": "under_way", "percent": 40, "note": "已上线3项", "by": "李四"},
    )
    assert first.status_code == 200
    assert "已保存" in first.text
    again = note(client, {"identity": identity, "status": "done", "percent": 100, "note": "", "by": "王五"})
    assert "李四" in again.text
    panel = client.get(f"/wennuo/ledger/row?identity={identity}").text
    assert re.search(r'value="done" checked', panel)
    assert panel.index("王五") < panel.index("李四")
    assert "已上线3项" in panel
    assert rows(client, "quick=done") == ["6月底前实现全程网办"]
    assert rows(client, "status=none") == [what for what in rows(client) if what != "6月底前实现全程网办"]
    kept = library.commitments()[1]
    assert kept.progress is not None
    assert (kept.progress.status, kept.progress.percent, kept.progress.by) == ("done", 100, "王五")
    note(client, {"identity": identity, "by": "王五"})
    assert "撤回登记" in client.get(f"/wennuo/ledger/row?identity={identity}").text


REFUSED: list[tuple[Any, dict[str, str], int, str]] = [
    ({"identity": "0" * 24, "by": "李四"}, {}, 404, "no such row"),
    ({"identity": "", "by": "李四"}, {}, 404, "no identity"),
    ({"status": "finished", "by": "李四"}, {}, 422, "no such status"),
    ({"status": ["done"], "by": "李四"}, {}, 422, "a status that is a list"),
    ({"percent": 101, "by": "李四"}, {}, 422, "more than all"),
    ({"percent": -1, "by": "李四"}, {}, 422, "less than nothing"),
    ({"percent": 1.5, "by": "李四"}, {}, 422, "half a percent"),
    ({"percent": True, "by": "李四"}, {}, 422, "true is no number"),
    ({"percent": "40", "by": "李四"}, {}, 422, "a number as text"),
    ({"status": "done"}, {}, 422, "nobody said it"),
    ({"status": "done", "by": " \n "}, {}, 422, "a blank name"),
    ({"status": "done", "by": "长" * 201}, {}, 422, "a name too long"),
    ({"note": "长" * 2001, "by": "李四"}, {}, 422, "a note too long"),
    (b'{"note": "\\ud800", "by": "x", "identity": "%s"}', {}, 422, "half a character"),
    (b"[1]", {}, 400, "no object"),
    (b"{", {}, 400, "no JSON"),
    (b"\xff\xfe", {}, 400, "no text"),
    (b"[" * 30_000, {}, 400, "nested too deep"),
    (b" " * (LARGEST + 1), {}, 413, "too large"),
    ({"by": "李四"}, {"content-type": "text/plain"}, 415, "as a form of another site could send it"),
    ({"by": "李四"}, {"content-type": "application/x-www-form-urlencoded"}, 415, "as a form"),
    ({"by": "李四"}, {"origin": "http://leak.example"}, 403, "from another site"),
    ({"by": "李四"}, {"host": "leak.example"}, 421, "under another name"),
]


@pytest.mark.parametrize(("body", "headers", "code", "trap"), REFUSED, ids=[row[3] for row in REFUSED])
def test_what_is_not_kept(
    client: TestClient, library: Library, body: Any, headers: dict[str, str], code: int, trap: str
) -> None:
    identity = identity_of(library, "登记注册科")
    if isinstance(body, dict):
        body = {"identity": identity, **body}
    elif b"%s" in body:
        body = body % identity.encode()
    before = library.ledger_generation()
    answer = note(client, body, **headers)
    assert answer.status_code == code
    assert library.ledger_generation() == before
    if code not in (403, 421):
        assert answer.json()["told"].startswith("没有保存")


def test_a_library_that_cannot_be_written_says_so(tmp_path: Path, library: Library) -> None:
    with Library.open(library.settings) as reader:
        answer = note(client_of(reader), {"identity": identity_of(reader, "登记注册科"), "by": "李四"})
    assert answer.status_code == 503
    assert "error" not in answer.json()["told"].lower()
