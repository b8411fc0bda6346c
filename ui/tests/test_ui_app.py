from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from ui_fakes import FakeAssistant, FakeLibrary, citation, document

from corpus.errors import AddressError
from ui.app import listen, make_app
from ui.guard import POLICY
from ui.office import Office
from ui.shelf import MEGABYTES, cleaned


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FakeLibrary:
    return FakeLibrary(tmp_path_factory.mktemp("home"), document())


@pytest.fixture(scope="module")
def client(library: FakeLibrary) -> Iterator[TestClient]:
    app = make_app(Office(library, FakeAssistant))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_every_response_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/wennuo/style.css", "/wennuo/read?document=x", "/nothing-here", "/config"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"


def test_the_page_is_ours(client: TestClient) -> None:
    page = client.get("/").text
    assert "<title>" in page or "问诺" in page
    assert client.get("/config").json()["title"] == "问诺 · 问一句，看出处"
    assert client.get("/wennuo/icon.png").headers["content-type"] == "image/png"


def test_what_asks_updates_nothing_that_it_reads(client: TestClient) -> None:
    """gradio keeps a new component of each such update as long as the page is open."""
    asking = [each for each in client.app.state.page.fns.values() if each.name in ("ask", "ask_again")]  # type: ignore[attr-defined]
    assert len(asking) >= 2
    for each in asking:
        updated = {part for part in each.outputs if not part.stateful}
        assert updated.isdisjoint(each.inputs)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_list_of_endpoints(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "host", ["leak.example", "127.0.0.1.leak.example", "localhost.leak.example:80", "", "[bad"]
)
def test_other_host_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1:7860", "[::1]:7860"])
def test_loopback_names_are_taken(client: TestClient, host: str) -> None:
    assert client.get("/wennuo/style.css", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://leak.example", "null", "http://127.0.0.1:1", "file://"])
def test_other_sites_cannot_upload(client: TestClient, library: FakeLibrary, origin: str) -> None:
    before = library.entries()
    answer = client.post("/wennuo/upload?name=x.txt", content=b"x", headers={"origin": origin})
    assert answer.status_code == 403
    assert library.entries() == before


def test_the_reader_opens_at_the_sentence(client: TestClient) -> None:
    source = document()
    cited = citation(source, "合格率稳定在98%以上")
    query: dict[str, Any] = {
        "document": source.name,
        "start": cited.span.start,
        "end": cited.span.end,
        "revision": source.revision,
    }
    whole = client.get("/wennuo/read", params=query)
    assert '<mark id="cited">合格率稳定在98%以上</mark>' in whole.text
    assert whole.text.startswith('<!doctype html><html lang="zh-CN">')
    part = client.get("/wennuo/read", params=query | {"fragment": 1}).text
    assert part.startswith("<article")
    stale = client.get("/wennuo/read", params=query | {"revision": "0" * 64}).text
    assert "资料已更新" in stale
    assert "<mark" not in stale
    gone = client.get("/wennuo/read", params=query | {"document": "<b>无.txt"})
    assert gone.status_code == 404
    assert "已经没有这份资料" in gone.text
    assert "<b>" not in gone.text


def test_the_reader_speaks_the_chosen_language(client: TestClient) -> None:
    headers = {"cookie": "wennuo_language=en"}
    answer = client.get("/wennuo/read?document=%E6%97%A0", headers=headers)
    assert "no longer in the library" in answer.text


NAMES = [
    ("讲话.txt", "讲话.txt", "plain"),
    ("../../etc/passwd", "passwd", "leads out of the folder"),
    ("C:\\资料\\要点.docx", "要点.docx", "a path of another system"),
    ("a\nb<script>.txt", "ab<script>.txt", "line end in the name"),
    ("\u202etxt.exe", "txt.exe", "turned writing direction"),
    ("/", "", "nothing left"),
    ("..", "", "the folder above"),
    (".txt", ".txt", "only an ending"),
    ("长" * 300 + ".docx", "长" * 78 + ".docx", "too long for a file system"),
]


@pytest.mark.parametrize(("name", "expected", "trap"), NAMES, ids=[row[2] for row in NAMES])
def test_names_of_uploads(name: str, expected: str, trap: str) -> None:
    assert cleaned(name) == expected
    assert len(cleaned(name).encode()) < 256


def test_a_file_that_is_too_large_is_told_so(client: TestClient, library: FakeLibrary) -> None:
    before = library.entries()
    answer = client.post("/wennuo/upload?name=大.txt", content=b"x" * (MEGABYTES * 1024 * 1024 + 1)).json()
    assert answer["outcome"] == "failed"
    assert "文件超过 40 MB" in answer["line"]
    assert library.entries() == before


def test_a_file_without_a_name_is_not_taken(client: TestClient) -> None:
    assert "文件没有名字" in client.post("/wennuo/upload?name=/", content=b"x").json()["line"]


def test_a_taken_port_is_one_clear_line() -> None:
    with (
        listen("127.0.0.1", 0) as held,
        pytest.raises(AddressError, match=r"cannot listen on 127\.0\.0\.1 port"),
    ):
        listen("127.0.0.1", held.getsockname()[1])
