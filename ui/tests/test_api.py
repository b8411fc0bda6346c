"""The ways in for programs: REST with its description, health and figures."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from doors_fakes import Running, running
from fastapi.testclient import TestClient
from pydantic import BaseModel
from ui_fakes import FakeAssistant, FakeLibrary, document

from corpus.errors import LibraryDamagedError
from ui.api import doing, shapes
from ui.api.routes import TELLING
from ui.api.shapes import LedgerAsked
from ui.api.words import WORDS
from ui.app import make_app
from ui.office import Office
from ui.settings import OfficeSettings

QUESTION = "2024年食品抽检合格率要达到多少？"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("programs")) as office:
        yield office


@pytest.fixture
def client(office: Running) -> Iterator[httpx.Client]:
    with office.client(**office.token("du")) as client:
        yield client


def exact(shape: type[BaseModel], found: Any) -> None:
    """What was sent is what the description promises, no more and no less."""
    made = shape.model_validate(found, strict=False, extra="ignore")
    told = made.model_dump(mode="json", exclude_unset=True)
    assert told == found


@pytest.mark.slow
def test_a_question_is_answered_as_on_the_command_line(office: Running, client: httpx.Client) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    found = answer.json()
    exact(shapes.Answer, found)
    assert found["status"] == "answered"
    assert "98.5%" in found["answer"]
    text = office.office.library.document(found["citations"][0]["document"]).text
    assert (
        text[found["citations"][0]["start"] : found["citations"][0]["end"]] == found["citations"][0]["quote"]
    )
    note = office.notes("ask")[-1]
    assert (note["who"], note["subject"], note["via"], note["status"]) == ("du", QUESTION, "api", "answered")


@pytest.mark.slow
def test_a_question_may_lean_on_those_before_it(client: httpx.Client) -> None:
    sent = {"question": "由哪个科室牵头？", "history": [QUESTION]}
    assert "食品流通科" in client.post("/api/ask", json=sent).json()["answer"]
    scope = {"years": [1999]}
    assert client.post("/api/ask", json={"question": QUESTION, "scope": scope}).json()["abstained"] is True


@pytest.mark.slow
def test_passages_by_address_and_by_body(client: httpx.Client) -> None:
    by_address = client.get("/api/search", params={"question": "抽检合格率", "k": 2, "year": [2024]}).json()
    by_body = client.post(
        "/api/search", json={"question": "抽检合格率", "k": 2, "scope": {"years": [2024]}}
    ).json()
    exact(shapes.Found, by_address)
    assert by_address == by_body
    assert 1 <= len(by_address["passages"]) <= 2


@pytest.mark.slow
def test_the_ledger_with_its_filters(client: httpx.Client) -> None:
    every = client.get("/api/ledger").json()
    exact(shapes.Rows, every)
    assert every["total"] == len(every["rows"]) > 1
    one = client.get("/api/ledger", params={"owner": "登记注册科", "due_before": "2024-06-30"}).json()
    assert 0 < one["total"] < every["total"]
    assert {row["owner"] for row in one["rows"]} == {"登记注册科"}
    paged = client.get("/api/ledger", params={"limit": 1, "offset": 1, "order": "due"}).json()
    assert (paged["total"], len(paged["rows"])) == (every["total"], 1)
    late = client.get("/api/ledger", params={"overdue": "2025-03-01", "status": "none"}).json()
    assert late["total"] >= 1
    assert (
        client.get("/api/ledger", params={"kind": ["target", "task"], "masked": "true"}).json()["total"] == 0
    )


@pytest.mark.slow
def test_documents(client: httpx.Client) -> None:
    found = client.get("/api/documents").json()
    exact(shapes.Documents, found)
    assert [each["document"] for each in found["documents"]] == ["云川2024要点.txt"]


WRONG = [
    ("POST", "/api/ask", {"json": {}}, "question", "nothing is asked"),
    ("POST", "/api/ask", {"json": {"question": "  "}}, "question", "a blank question"),
    ("POST", "/api/ask", {"json": {"question": "问" * 1001}}, "question", "a question without end"),
    ("POST", "/api/ask", {"json": {"question": "问", "history": ["问"] * 9}}, "history", "too many turns"),
    (
        "POST",
        "/api/ask",
        {"json": {"question": "问", "scope": {"documents": "甲"}}},
        "scope.documents",
        "no list",
    ),
    ("POST", "/api/ask", {"json": {"question": "问", "role": "admin"}}, "role", "what is not known"),
    ("POST", "/api/ask", {"content": b"{", "headers": {"content-type": "application/json"}}, "", "no JSON"),
    (
        "POST",
        "/api/ask",
        {"content": b'{"question":"x"}', "headers": {"content-type": "text/plain"}},
        "",
        "a form of another site",
    ),
    ("GET", "/api/search", {"params": {"question": "x", "k": 0}}, "k", "no passage wanted"),
    ("GET", "/api/search", {}, "question", "nothing is looked for"),
    ("GET", "/api/ledger", {"params": {"due_before": "tomorrow"}}, "due_before", "no day"),
    ("GET", "/api/ledger", {"params": {"overdue": "0001-01-01"}}, "overdue", "the first of all days"),
    ("GET", "/api/ledger", {"params": {"kind": "wish"}}, "kind", "an unknown kind"),
    ("GET", "/api/ledger", {"params": {"owners": "x"}}, "owners", "a filter that is not known"),
    (
        "GET",
        "/api/ledger",
        {"params": {"due_from": "2024-02-01", "due_before": "2024-01-01"}},
        "",
        "no day between",
    ),
    ("GET", "/api/ledger", {"params": {"overdue": "2024-01-01", "status": "done"}}, "", "done and overdue"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path", "sent", "where", "trap"), WRONG, ids=[row[4] for row in WRONG])
def test_what_cannot_be_used_is_told(
    client: httpx.Client, method: str, path: str, sent: dict[str, Any], where: str, trap: str
) -> None:
    answer = client.request(method, path, **sent)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    exact(shapes.Problem, problem)
    assert problem["status"] == 422
    assert problem["detail"]
    if where:
        assert any(each["where"].startswith(where) for each in problem["errors"])


@pytest.mark.slow
def test_a_document_that_is_not_there(client: httpx.Client) -> None:
    scope = {"documents": ["没有.txt"]}
    for answer in (
        client.post("/api/ask", json={"question": "问", "scope": scope}),
        client.get("/api/search", params={"question": "问", "document": "没有.txt"}),
        client.get("/api/ledger", params={"document": "没有.txt"}),
    ):
        assert answer.status_code == 404
        assert "没有.txt" in answer.json()["detail"]


@pytest.mark.slow
def test_other_shapes_of_refusal(office: Running, client: httpx.Client) -> None:
    with office.client() as nobody:
        answer = nobody.get("/api/documents")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        exact(shapes.Problem, answer.json())
        assert nobody.get("/api/documents", headers={"accept": "text/html"}).status_code == 303
    assert client.get("/api/nothing").json()["detail"] == "no such address"
    with office.client("du") as page:
        assert page.get("/wennuo/read").json() == {"told": "document: Field required"}
        # a page of ours may ask with its cookie; another site may not
        assert page.post("/api/ask", json={"question": QUESTION}).status_code == 200
        answer = page.post("/api/ask", json={"question": QUESTION}, headers={"origin": "http://leak.example"})
        assert answer.status_code == 403


@pytest.mark.slow
def test_the_description_and_its_page(client: httpx.Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/ask", "/api/search", "/api/ledger", "/api/documents"}
    assert described["openapi"].startswith("3.1")
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    page = client.get("/api/docs")
    assert page.status_code == 200
    for path in described["paths"]:
        assert f"<code>{path}</code>" in page.text
    assert "scope.documents" in page.text
    assert "citations.quote" in page.text
    links = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert links
    assert all(not link.startswith(("http", "//")) for link in links)
    assert "onclick" not in page.text
    english = client.get("/api/docs", headers={"cookie": "wennuo_language=en"}).text
    assert "Interface for programs" in english
    assert "The question, in plain words." in english
    assert "No token, or one that has ended." in english
    assert not re.search(
        r"[一-鿿]", re.sub(r"<pre>.*?</pre>|<title>.*?</title>|<a .*?</a>", "", english, flags=re.S)
    )


@pytest.mark.slow
def test_the_description_speaks_chinese_first(client: httpx.Client) -> None:
    def words(place: Any) -> Iterator[str]:
        if isinstance(place, dict):
            for name, each in place.items():
                if name in ("description", "summary") and isinstance(each, str):
                    yield each
                else:
                    yield from words(each)
        elif isinstance(place, list):
            for each in place:
                yield from words(each)

    described = client.get("/api/openapi.json").json()
    found = [*words(described)]
    assert len(found) > 100
    for each in set(found):
        chinese, english = each.split("\n\n")[:2] if "\n\n" in each else each.split(" · ")
        assert re.search(r"[一-鿿]{2}", chinese), each
        assert not re.search(r"[一-鿿]", english), each
    for name, shape in described["components"]["schemas"].items():
        for field, about in shape["properties"].items():
            assert about.get("description"), (name, field)
            assert "title" not in about, (name, field)
    assert re.search("not_started 未开始", "".join(found))
    page = client.get("/api/docs").text
    assert "问题，用平常的话写。" in page
    assert "没有带令牌，或令牌已经失效。" in page
    cells = re.findall(r"<td>(?!<code>)(.*?)</td>", page)
    assert len(cells) > 100
    assert all(re.search(r"[一-鿿]", cell) for cell in cells)


def test_no_word_of_the_description_is_left_over() -> None:
    sources = "".join(
        (Path(shapes.__file__).parent / name).read_text(encoding="utf-8")
        for name in ("shapes.py", "routes.py")
    )
    made = {f"error_{code}" for code in TELLING} | {
        f"{name}_more" for name in ("ask", "search", "ledger", "documents")
    }
    shaped = {
        name
        for name, each in vars(shapes).items()
        if isinstance(each, type) and each.__module__ == shapes.__name__
    }
    for key in WORDS.keys() - made - shaped:
        assert f'"{key}"' in sources, key
    assert len({chinese for chinese, _ in WORDS.values()}) == len(WORDS)


@pytest.mark.slow
def test_too_many_questions(tmp_path: Path) -> None:
    with running(tmp_path / "home", settings=OfficeSettings(accounts=True, questions=3)) as office:
        headers = office.token("du")
        with office.client(**headers) as client:
            answers = [client.get("/api/search", params={"question": "抽检"}) for _ in range(5)]
            assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
            assert 1 <= int(answers[-1].headers["retry-after"]) <= 61
            assert "try again" in answers[-1].json()["detail"]
            assert client.get("/api/documents").status_code == 200
        with office.client(**office.token("cao")) as other:
            assert other.get("/api/search", params={"question": "抽检"}).status_code == 200
        assert office.notes("throttled")


@pytest.mark.slow
def test_health_and_figures(office: Running, client: httpx.Client) -> None:
    with office.client() as nobody:
        healthy = nobody.get("/healthz")
        assert (healthy.status_code, healthy.json()) == (200, {"status": "ok"})
        assert nobody.head("/healthz").status_code == 200
    client.post("/api/ask", json={"question": QUESTION})
    with office.client("cao") as curator:
        body = "一、目标\n全年完成抽检3000批次。\n".encode()
        assert curator.post("/wennuo/upload?name=要点.txt", content=body).json()["outcome"] == "added"
        assert curator.post("/wennuo/upload?name=要点.txt", content=body).json()["outcome"] == "unchanged"
    with office.client(**office.token("guan")) as admin:
        figures = admin.get("/metrics")
        assert figures.headers["content-type"].startswith("text/plain; version=1.0.0")
    for expected in (
        r'wennuo_answers_total\{status="answered"\} \d',
        r'wennuo_ingest_verdicts_total\{outcome="added"\} 1\.0',
        r'wennuo_ingest_verdicts_total\{outcome="unchanged"\} 1\.0',
        r"wennuo_documents 2\.0",
        r"wennuo_queue_size 0\.0",
        r'wennuo_requests_total\{method="POST",route="/api/ask",status="200"\} \d',
        r'wennuo_requests_total\{method="GET",route="/healthz",status="200"\} \d',
        r'wennuo_request_seconds_bucket\{le="0\.5",route="/api/ask"\} \d',
    ):
        assert re.search(expected, figures.text), expected
    assert "du" not in re.findall(r'"([^"]*)"', figures.text)


class Damaged(FakeLibrary):
    """A library whose files are gone."""

    def generation(self) -> int:
        raise LibraryDamagedError("/srv/secret/catalogue.sqlite3 is gone")

    def entries(self) -> Any:
        raise LibraryDamagedError("/srv/secret/catalogue.sqlite3 is gone")


def test_an_app_that_cannot_read_its_library_says_so(tmp_path: Path) -> None:
    office = Office(Damaged(tmp_path, document()), FakeAssistant)  # type: ignore[arg-type]
    with TestClient(make_app(office), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
        answer = client.get("/api/documents")
        assert answer.status_code == 503
        assert "secret" not in answer.text


def test_while_log_in_is_off_programs_are_served_on_this_machine_only(tmp_path: Path) -> None:
    app = make_app(Office(FakeLibrary(tmp_path, document()), FakeAssistant))  # type: ignore[arg-type]
    for host, status in (("127.0.0.1", 200), ("::1", 200), ("10.1.2.3", 403), ("127.evil", 403)):
        with TestClient(app, base_url="http://127.0.0.1", client=(host, 1)) as client:
            assert client.post("/api/ask", json={"question": "抽检合格率？"}).status_code == status, host
            assert client.get("/healthz").status_code == 200


def test_what_nobody_expected_is_not_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(FakeAssistant):
        def answer(self, *arguments: Any, **named: Any) -> Any:
            raise ValueError("a secret of /srv")

    app = make_app(Office(FakeLibrary(tmp_path, document()), Broken))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        answer = client.post("/api/ask", json={"question": "抽检？"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" in caplog.text


def test_overdue_is_what_was_due_before_and_is_open() -> None:
    day = datetime.date(2024, 6, 1)
    wanted = doing.wanted_by(LedgerAsked(overdue=day))
    assert wanted.due_before == datetime.date(2024, 5, 31)
    assert wanted.statuses == ("", "not_started", "under_way")
    earlier = doing.wanted_by(LedgerAsked(overdue=day, due_before=datetime.date(2024, 1, 1), status=["none"]))
    assert (earlier.due_before, earlier.statuses) == (datetime.date(2024, 1, 1), ("",))
    with pytest.raises(doing.ContradictionError):
        doing.wanted_by(LedgerAsked(overdue=day, status=["stopped"]))
