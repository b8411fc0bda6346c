"""The chat's addresses: whose they serve, what they refuse, and that a link or a file never tells what its reader may not see."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from chat_fakes import HIDDEN, ShelvedLibrary, asked
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_ui_render import TRAPS, Seen
from ui_fakes import FakeAssistant, document

from ui.access import SESSION, VISITOR, Access
from ui.chat.routes import add_chat_routes, file_name
from ui.chat.share_routes import add_share_routes
from ui.chat.talk import Talk
from ui.guard import Guard
from ui.office import Office
from ui.people import Person, Role
from ui.settings import OfficeSettings
from ui.store.feedback import Feedback

RATE, COLD = "食品抽检合格率要稳定在多少？", "冷链仓库抽查发现问题多少起？"
WORDS = ("37起", "12家", HIDDEN, "内部通报")
PEOPLE: dict[str, Role] = {"甲": "curator", "乙": "reader", "丙": "reader", "丁": "admin"}


class House:
    """The chat's addresses with log-in on, and somebody logged in for each name."""

    def __init__(self, home: Path, assistant: type[FakeAssistant] = FakeAssistant) -> None:
        self.library = ShelvedLibrary(home)
        self.office = Office(self.library, assistant, OfficeSettings(accounts=True))  # type: ignore[arg-type]
        self.talk = Talk(self.office)
        self.app = FastAPI()
        add_chat_routes(self.app, self.office)
        add_share_routes(self.app, self.office)
        self.app.add_middleware(Access, accounts=self.office.accounts)
        self.app.add_middleware(Guard)
        assert self.office.accounts is not None
        self.clients: dict[str, TestClient] = {}
        for name, role in PEOPLE.items():
            self.office.accounts.add(name, None, role)
            client = TestClient(self.app, base_url="http://127.0.0.1")
            client.cookies.set(SESSION, self.office.accounts.begin(name))
            self.clients[name] = client
        self.nobody = TestClient(self.app, base_url="http://127.0.0.1")

    def ask(self, name: str, question: str, conversation: str = "", role: Role | None = None) -> str:
        """The conversation in which somebody asked."""
        who = Person(name, role or PEOPLE[name], name)
        return str(asked(self.talk, who, question, conversation)[-1]["conversation"])

    def link(self, name: str, conversation: str, turn: int | None = None) -> Any:
        return self.clients[name].post("/wennuo/share", json={"conversation": conversation, "turn": turn})

    def noted(self) -> list[tuple[str, str]]:
        files = sorted((self.library.settings.home / "audit").glob("*.jsonl"))
        rows = [json.loads(line) for each in files for line in each.read_text().splitlines()]
        return [(row["who"], row["act"]) for row in rows]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.office.store.close()


def opened(answer: Any) -> list[str]:
    """The paragraphs of a Word file that was answered."""
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]


# ---- history ----


def test_each_sees_their_own_list(house: House) -> None:
    mine = house.ask("甲", RATE)
    house.ask("乙", "企业开办时间？")
    page = house.clients["甲"].get("/wennuo/history").text
    assert RATE in page
    assert "企业开办" not in page
    assert f'data-conversation="{mine}"' in page
    assert "今天" in page
    part = house.clients["甲"].get("/wennuo/history", params={"part": 1, "search": "合格率"}).text
    assert part.startswith("<h3>")
    nothing = house.clients["甲"].get("/wennuo/history", params={"part": 1, "search": "<b>没有"}).text
    assert "没有找到" in nothing
    assert "<b>没有" not in nothing


def test_titles_and_deletion_are_for_the_owner(house: House) -> None:
    mine = house.ask("甲", RATE)
    body = {"conversation": mine, "title": "<b>新名</b>"}
    assert house.clients["乙"].post("/wennuo/conversation/rename", json=body).status_code == 404
    assert house.clients["乙"].post("/wennuo/conversation/delete", json=body).status_code == 404
    assert house.clients["甲"].post("/wennuo/conversation/rename", json=body).status_code == 200
    page = house.clients["甲"].get("/wennuo/history").text
    assert "&lt;b&gt;新名&lt;/b&gt;" in page
    assert "<b>新名" not in page
    assert (
        house.clients["甲"].post("/wennuo/conversation/rename", json=body | {"title": " "}).status_code == 422
    )
    assert house.clients["甲"].post("/wennuo/conversation/delete", json=body).status_code == 200
    assert mine not in house.clients["甲"].get("/wennuo/history").text
    assert ("甲", "delete_conversation") in house.noted()


POSTS = (
    "/wennuo/conversation/rename",
    "/wennuo/conversation/delete",
    "/wennuo/feedback",
    "/wennuo/share",
    "/wennuo/share/revoke",
)


@pytest.mark.parametrize("path", POSTS)
def test_what_is_sent_is_checked(house: House, path: str) -> None:
    client = house.clients["甲"]
    assert client.post(path, content=b"{", headers={"content-type": "application/json"}).status_code == 400
    assert client.post(path, content=b"[]", headers={"content-type": "application/json"}).status_code == 400
    assert client.post(path, data={"conversation": "x"}).status_code == 415
    big = json.dumps({"conversation": "x" * 100_000}).encode()
    assert client.post(path, content=big, headers={"content-type": "application/json"}).status_code == 413
    for body in ({"conversation": 3, "link": 3}, {"conversation": ["x"], "link": None}):
        assert client.post(path, json=body).status_code in (404, 422)
    foreign = client.post(path, json={}, headers={"origin": "http://leak.example"})
    assert foreign.status_code == 403
    assert house.nobody.post(path, json={}).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/wennuo/history", "/wennuo/shares", "/wennuo/near?conversation=x&turn=1", "/share/" + "a" * 22]
    + [f"/wennuo/export/{what}?conversation=x&turn=1" for what in ("answer", "conversation")],
)
def test_nobody_reads_without_logging_in(house: House, path: str) -> None:
    assert house.nobody.get(path).status_code == 401
    answer = house.nobody.get(path, headers={"accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 303


# ---- thumbs ----


def test_a_thumb_lands_in_the_review_list_and_can_be_taken_back(house: House) -> None:
    mine = house.ask("乙", RATE)
    client, feedback = house.clients["乙"], Feedback(house.office.store)

    def thumb(verdict: str, reason: str = "", note: str = "") -> int:
        body = {"conversation": mine, "turn": 1, "verdict": verdict, "reason": reason, "note": note}
        return client.post("/wennuo/feedback", json=body).status_code

    assert thumb("bad", "wrong_figure", "应为98.5") == 200
    (entry,) = feedback.entries("admin")
    assert (entry.question, entry.verdict, entry.reason, entry.note, entry.audience) == (
        RATE,
        "bad",
        "wrong_figure",
        "应为98.5",
        "reader",
    )
    opened_ = house.talk.opened(Person("乙", "reader", "乙"), mine, "zh-CN")
    assert opened_ is not None
    assert 'data-verdict="bad" data-of="1" aria-pressed="true"' in opened_[0].html
    assert thumb("good") == 200
    assert [each.verdict for each in feedback.entries("admin")] == ["good"]
    assert thumb("") == 200
    assert feedback.entries("admin") == ()
    refused = [("bad", ""), ("good", "other"), ("bad", "nonsense"), ("worse", "other"), ("bad", "other")]
    codes = [
        thumb(verdict, reason, "长" * 600 if number == 4 else "")
        for number, (verdict, reason) in enumerate(refused)
    ]
    assert codes == [422] * 5
    assert feedback.entries("admin") == ()


def test_a_thumb_is_for_ones_own_turns_that_one_may_see(house: House) -> None:
    mine = house.ask("甲", COLD)
    body = {"conversation": mine, "turn": 1, "verdict": "good"}
    assert house.clients["乙"].post("/wennuo/feedback", json=body).status_code == 404
    assert house.clients["甲"].post("/wennuo/feedback", json=body | {"turn": 2}).status_code == 404
    demoted = house.ask("乙", COLD, role="curator")
    assert (
        house.clients["乙"].post("/wennuo/feedback", json=body | {"conversation": demoted}).status_code == 404
    )
    assert Feedback(house.office.store).entries("admin") == ()


# ---- export ----


def test_an_answer_and_a_conversation_as_word(house: House) -> None:
    mine = house.ask("乙", RATE)
    house.ask("乙", "企业开办时间压缩到多少？", mine)
    one = house.clients["乙"].get(f"/wennuo/export/answer?conversation={mine}&turn=1")
    lines = opened(one)
    assert lines[0] == RATE
    assert any("合格率稳定在98%以上" in line and line.endswith("[1]") for line in lines)
    assert any("云川2024讲话.txt" in line and "（一）守牢食品安全底线" in line for line in lines)
    assert not any("企业开办" in line for line in lines)
    named = re.search(r"filename\*=UTF-8''(\S+)", one.headers["content-disposition"])
    assert named is not None
    assert unquote(named.group(1)) == "食品抽检合格率要稳定在多少.docx"
    whole = opened(house.clients["乙"].get(f"/wennuo/export/conversation?conversation={mine}"))
    assert any("0.5个工作日" in line for line in whole)
    assert ("乙", "export") in house.noted()


def test_nobody_elses_answers_are_exported(house: House) -> None:
    mine = house.ask("甲", COLD)
    for name in ("乙", "丁"):
        for what in ("answer", "conversation"):
            answer = house.clients[name].get(f"/wennuo/export/{what}?conversation={mine}&turn=1")
            assert answer.status_code == 404
            assert not any(word in answer.text for word in WORDS)
    assert house.clients["甲"].get(f"/wennuo/export/answer?conversation={mine}&turn=7").status_code == 404
    assert house.clients["甲"].get(f"/wennuo/export/other?conversation={mine}").status_code == 404
    assert house.clients["甲"].get(f"/wennuo/export/answer?conversation={mine}").status_code == 422


def test_an_export_leaves_out_what_its_reader_may_no_longer_see(house: House) -> None:
    mine = house.ask("乙", COLD, role="curator")
    house.ask("乙", RATE, mine)
    text = "\n".join(opened(house.clients["乙"].get(f"/wennuo/export/conversation?conversation={mine}")))
    assert not any(word in text for word in WORDS)
    assert "不再显示" in text
    assert "合格率稳定在98%以上" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("食品抽检合格率？", "食品抽检合格率.docx"),
        ('../../etc/pass:wd"<>|*', "etc pass wd.docx"),
        ("\r\nSet-Cookie: x=1", "Set-Cookie x=1.docx"),
        ("...", "问诺.docx"),
        ("\u202e\x00", "问诺.docx"),
        ("长" * 90, "长" * 40 + ".docx"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert file_name(title, "zh-CN") == name


# ---- links ----


def test_a_link_opens_for_colleagues_who_may_see_all_of_it(house: House) -> None:
    mine = house.ask("甲", RATE)
    made = house.link("甲", mine, 1).json()
    assert re.fullmatch(r"[\w-]{22}", made["id"])
    page = house.clients["乙"].get(f"/share/{made['id']}")
    assert page.status_code == 200
    assert "合格率稳定在98%以上" in page.text
    assert 'href="../wennuo/read?document=' in page.text
    assert "甲分享" in page.text
    house.ask("甲", COLD, mine)  # what comes later is not in the link
    assert "冷链" not in house.clients["乙"].get(f"/share/{made['id']}").text
    assert [act for who, act in house.noted() if act in ("share", "open_share")] == [
        "share",
        "open_share",
        "open_share",
    ]


def test_a_link_tells_nothing_to_who_may_not_see_all_of_it(house: House) -> None:
    mine = house.ask("甲", COLD)
    house.ask("甲", RATE, mine)
    made = house.link("甲", mine).json()["id"]
    refused = house.clients["乙"].get(f"/share/{made}")
    assert refused.status_code == 403
    assert not any(word in refused.text for word in (*WORDS, "冷链", "合格率", "98%"))
    assert "不能显示" in refused.text
    assert house.clients["丁"].get(f"/share/{made}").status_code == 200
    house.library.restricted.add("云川2024讲话.txt")
    alone = house.link("甲", mine, 2).json()["id"]
    assert house.clients["乙"].get(f"/share/{alone}").status_code == 403
    house.library.restricted.clear()
    assert "37起" in house.clients["乙"].get(f"/share/{made}").text
    house.library.remove(HIDDEN)
    for name in ("乙", "丁"):
        gone = house.clients[name].get(f"/share/{made}")
        assert gone.status_code == 403
        assert "37起" not in gone.text


def test_a_refusal_made_with_higher_eyes_is_not_shared_downwards(house: House) -> None:
    mine = house.ask("甲", "火星探测怎么安排？")
    made = house.link("甲", mine, 1).json()["id"]
    assert house.clients["乙"].get(f"/share/{made}").status_code == 403
    assert house.clients["丁"].get(f"/share/{made}").status_code == 200


def test_only_ones_own_conversation_is_shared_and_only_what_one_sees(house: House) -> None:
    mine = house.ask("甲", RATE)
    assert house.link("乙", mine, 1).status_code == 404
    assert house.link("甲", mine, 9).status_code == 404
    assert house.link("甲", "nonsense").status_code == 404
    demoted = house.ask("乙", COLD, role="curator")
    answer = house.link("乙", demoted)
    assert answer.status_code == 409
    assert not any(word in answer.text for word in WORDS)


def test_the_owner_sees_and_takes_back_links(house: House) -> None:
    made = house.link("甲", house.ask("甲", RATE), 1).json()["id"]
    assert made in house.clients["甲"].get("/wennuo/shares").text
    assert made not in house.clients["乙"].get("/wennuo/shares").text
    assert house.clients["乙"].post("/wennuo/share/revoke", json={"link": made}).status_code == 404
    assert house.clients["乙"].get(f"/share/{made}").status_code == 200
    assert house.clients["甲"].post("/wennuo/share/revoke", json={"link": made}).status_code == 200
    gone = house.clients["乙"].get(f"/share/{made}")
    assert gone.status_code == 404
    assert "合格率" not in gone.text
    assert "没有分享过" in house.clients["甲"].get("/wennuo/shares").text


@pytest.mark.parametrize("identity", ["x", "a" * 22, "..%2f..%2fetc", "%00", "<script>", "' OR 1=1 --"])
def test_made_up_links_lead_nowhere(house: House, identity: str) -> None:
    answer = house.clients["甲"].get(f"/share/{identity}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_with_log_in_off_a_conversation_belongs_to_the_browser(tmp_path: Path) -> None:
    office = Office(ShelvedLibrary(tmp_path), FakeAssistant)  # type: ignore[arg-type]
    app = FastAPI()
    add_chat_routes(app, office)
    app.add_middleware(Access)
    mine, other = (TestClient(app, base_url="http://127.0.0.1") for _ in range(2))
    key = "a" * 32
    mine.cookies.set(VISITOR, key)
    asked(Talk(office), Person("", "admin", key), RATE)
    assert RATE in mine.get("/wennuo/history").text
    assert RATE not in other.get("/wennuo/history").text
    office.store.close()


# ---- what is near a refusal ----


class Refusing(FakeAssistant):
    """Knows of one indicator only; the nearest to anything else is the sentence on it."""

    def answer(self, question: str, *more: Any) -> Any:
        found = super().answer(RATE)
        status = "answered" if "抽检合格率" in question else "not_found"
        return dataclasses.replace(found, question=question, status=status)


def test_a_refusal_offers_what_the_nearest_document_answers(tmp_path: Path) -> None:
    house = House(tmp_path, Refusing)
    mine = house.ask("乙", RATE)
    house.ask("乙", "火星探测怎么安排？", mine)
    client = house.clients["乙"]
    assert client.get(f"/wennuo/near?conversation={mine}&turn=1").text == ""
    page = client.get(f"/wennuo/near?conversation={mine}&turn=2").text
    offered = re.findall(r'data-question="([^"]+)"', page)
    assert offered
    assert all("抽检合格率" in question for question in offered)
    assert house.clients["甲"].get(f"/wennuo/near?conversation={mine}&turn=2").text == ""
    house.office.store.close()


# ---- what comes from outside is text ----


@pytest.mark.parametrize(("text", "trap"), TRAPS, ids=[trap for _, trap in TRAPS])
def test_titles_questions_and_documents_are_text_on_every_page(tmp_path: Path, text: str, trap: str) -> None:
    house = House(tmp_path)
    house.library.held = {
        f"{text}.txt": document(f"{text}.txt", f"{text}\n一、{text}\n目标是{text}完成。\n", text)
    }
    mine = house.ask("丁", f"目标是{text}完成吗")
    client = house.clients["丁"]
    client.post("/wennuo/conversation/rename", json={"conversation": mine, "title": text})
    made = house.link("丁", mine).json()
    pages = [
        client.get("/wennuo/history").text,
        client.get("/wennuo/history", params={"part": 1, "search": text}).text,
        client.get("/wennuo/shares").text,
        client.get(f"/share/{made['id']}").text,
        made["held"],
        house.talk.opened(Person("丁", "admin", "丁"), mine, "zh-CN")[0].html,  # type: ignore[index]
    ]
    for page in pages:
        seen = Seen(page.replace("<!doctype html>", ""))
        assert not seen.elements & {"img", "svg", "iframe", "style", "object", "base"}
        for name, value in seen.attributes:
            assert not name.startswith("on"), name
            assert name != "style"
            if name in ("href", "src"):
                assert value.startswith(("wennuo/", "../wennuo/", "share/", "#")), value
    assert text[:59] in Seen(pages[0]).text  # titles are shortened
    assert text in Seen(pages[3].replace("<!doctype html>", "")).text
    assert any(
        text in line for line in opened(client.get(f"/wennuo/export/conversation?conversation={mine}"))
    )
    house.office.store.close()
