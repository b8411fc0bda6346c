"""An office with a library that withholds a document from curators, an assistant that can be held up, and people to ask as."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from ui_fakes import FakeAssistant, FakeLibrary, document

from assistant.answer import Answer
from assistant.conversation import Turn
from assistant.question import Scope
from corpus.document import Document
from corpus.library import Scored
from corpus.passage import Passage
from corpus.text import bigrams, sentences
from ui.access import SESSION, Access
from ui.guard import Guard
from ui.office import Office
from ui.people import Person
from ui.quality.desk import QualityDesk
from ui.quality.routes import add_quality_routes
from ui.quality.runs import Where
from ui.settings import OfficeSettings

OPEN = document()
SECRET_TEXT = "云川市局党组会议纪要\n一、内部事项\n内部安排的专项检查共计77家，名单不对外公布。\n"
SECRET = document("内部纪要.txt", SECRET_TEXT, title="党组会议纪要")
QUESTIONS = [
    {
        "id": "q1",
        "question": "全年完成食品抽检多少批次？",
        "kind": "target",
        "answer": "6000批次。",
        "facts": [["6000批次"]],
        "quotes": [{"doc": OPEN.name, "text": "全年完成食品抽检6000批次"}],
    },
    {
        "id": "q2",
        "question": "由谁牵头，各县区局怎样配合？",
        "kind": "responsibility",
        "facts": [["食品生产科"]],
        "forbidden": ["食品流通科"],
        "quotes": [{"doc": OPEN.name, "text": "由食品流通科牵头，各县区局配合"}],
    },
    {"id": "q3", "question": "足球比赛几比几？", "kind": "unanswerable", "facts": []},
    {
        "id": "d1",
        "turns": [
            {"question": "新增经营主体多少户？", "kind": "figure", "facts": [["1.2万户"]]},
            {"question": "抽检合格率呢？", "kind": "figure", "facts": [["98.1%"]]},
        ],
    },
]
PEOPLE = {"reader": "周读", "curator": "李管", "admin": "王主"}


def lines(rows: Sequence[dict[str, Any]] = QUESTIONS) -> bytes:
    """The rows as a set's file."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


class ShelvedLibrary(FakeLibrary):
    """Withholds some documents from all but admins."""

    def __init__(self, home: Path, *documents: Document, withheld: Sequence[str] = ()) -> None:
        super().__init__(home, *documents)
        self.withheld = set(withheld)

    def seen_by(self, role: str) -> FakeLibrary:
        if role == "admin":
            return self
        shown = [each for each in self.held.values() if each.name not in self.withheld]
        return FakeLibrary(self.settings.home, *shown)


class SearchingAssistant(FakeAssistant):
    """The one that quotes, with passages; fails at questions that hold 坏, and waits at each where it is told to."""

    def __init__(self, library: FakeLibrary, gate: threading.Semaphore | None = None) -> None:
        super().__init__(library)
        self.gate = gate

    def answer(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Answer:
        if self.gate:
            assert self.gate.acquire(timeout=30)
        if "坏" in question:
            raise KeyError(question)
        return super().answer(question, history, scope)

    def search(self, question: str, k: int = 20, scope: Scope = Scope()) -> tuple[Scored, ...]:
        wanted = set(bigrams(question))
        found = [
            Scored(Passage(held.name, held.revision, span, held.quote(span)), float(len(shared)))
            for held in self.library.held.values()
            for span in sentences(held.text)
            if (shared := wanted & set(bigrams(held.quote(span))))
        ]
        return tuple(sorted(found, key=lambda scored: -scored.score)[:k])


class World:
    """An office, its desk, and a client for each of three people; log-in is on unless it is not wanted."""

    def __init__(self, home: Path, *, accounts: bool = True, gate: threading.Semaphore | None = None) -> None:
        self.library = ShelvedLibrary(home, OPEN, SECRET, withheld=[SECRET.name])
        self.gate = gate
        settings = OfficeSettings(accounts=accounts)
        make: Any = SearchingAssistant
        whole: Any = self.library
        self.office = Office(whole, make, settings)
        opened: Any = self._opened
        self.desk = QualityDesk(self.office, opened)
        self.desk.runner._longest_pause = 0.0
        app = FastAPI()
        add_quality_routes(app, self.office, self.desk)
        app.add_middleware(Access, accounts=self.office.accounts)
        app.add_middleware(Guard)
        self.app = app
        self.sessions: dict[str, str] = {}
        for role in PEOPLE if self.office.accounts else ():
            assert self.office.accounts is not None
            self.office.accounts.add(PEOPLE[role], None, role)  # type: ignore[arg-type]
            self.sessions[role] = self.office.accounts.begin(PEOPLE[role])

    @contextmanager
    def _opened(self, where: Where) -> Iterator[tuple[FakeLibrary, SearchingAssistant]]:
        role = "curator" if where == "demonstration" else where
        view = self.library.seen_by(role)
        yield view, SearchingAssistant(view, self.gate)

    def client(self, role: str = "admin") -> TestClient:
        """One who asks: nobody, a reader, a curator or an admin."""
        client = TestClient(self.app, base_url="http://127.0.0.1")
        if role in self.sessions:
            client.cookies.set(SESSION, self.sessions[role])
        return client

    def person(self, role: str) -> Person:
        """The same as a Person."""
        return Person(PEOPLE[role], role, PEOPLE[role])  # type: ignore[arg-type]

    def run(self, key: str = "office/抽查", where: str = "curator", role: str = "admin") -> str:
        """Start a run, wait for its end; its name, "" where none was kept."""
        answer = self.client(role).post("/wennuo/quality/start", json={"set": key, "where": where})
        assert answer.status_code == 200, answer.text
        self.desk.runner.wait(30)
        progress = self.desk.runner.progress()
        return progress.run if progress else ""
