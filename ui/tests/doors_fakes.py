"""The whole app, running: a real library behind a real server on loopback, with log-in on and one person of each role."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from assistant.bootstrap import make_assistant
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ui.app import make_app
from ui.cookies import SESSION
from ui.guard import LOOPBACK
from ui.office import Office
from ui.people import Role
from ui.serving import listen, server_of
from ui.settings import OfficeSettings

PLAN = (
    "云川市2024年食品安全工作要点\n"
    "（2024年2月20日）\n"
    "一、2024年重点任务\n"
    "全年完成食品监督抽检6000批次，抽检合格率稳定在98.5%以上，由食品流通科牵头。\n"
    "企业开办时间压缩到0.5个工作日以内，6月底前实现全程网上办理，由登记注册科负责。\n"
)
PEOPLE: dict[str, Role] = {"du": "reader", "cao": "curator", "guan": "admin"}
PASSWORD = "a password of the tests"


@dataclass
class Running:
    """A running app. `path`: where a proxy would put it."""

    app: FastAPI
    office: Office
    address: str
    secrets: dict[str, str] = field(default_factory=dict)

    def begin(self, name: str) -> str:
        """A fresh session of that person."""
        assert self.office.accounts is not None
        self.secrets[name] = self.office.accounts.begin(name)
        return self.secrets[name]

    def client(self, name: str = "", **headers: str) -> httpx.Client:
        """A client that is logged in as that person, or as nobody."""
        cookies = {SESSION: self.secrets.get(name) or self.begin(name)} if name else {}
        return httpx.Client(base_url=self.address, cookies=cookies, headers=headers, timeout=30)

    def token(self, name: str) -> dict[str, str]:
        """The header of a program of that person."""
        assert self.office.accounts is not None
        return {"Authorization": f"Bearer {self.office.accounts.issue(name, 'tests')}"}

    def notes(self, act: str = "") -> list[dict[str, Any]]:
        """The lines of the audit log."""
        folder = self.office.library.settings.home / "audit"
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jsonl"))]
        lines = [json.loads(line) for text in texts for line in text.splitlines()]
        return [line for line in lines if not act or line["act"] == act]


@contextmanager
def serving(app: FastAPI, settings: OfficeSettings) -> Iterator[str]:
    """The address at which `app` is served meanwhile, by a thread of this process."""
    held = listen("127.0.0.1", 0)
    server = server_of(app, settings)
    thread = threading.Thread(target=server.run, args=([held],), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        held.close()


@contextmanager
def running(
    home: Path,
    texts: Sequence[tuple[str, str]] = (("云川2024要点.txt", PLAN),),
    settings: OfficeSettings | None = None,
    people: dict[str, Role] | None = None,
) -> Iterator[Running]:
    """An app over the texts; log-in is on unless the settings say otherwise."""
    settings = settings or OfficeSettings(accounts=True, questions=10_000)
    folder = home.parent / f"{home.name}-files"
    folder.mkdir()
    for name, text in texts:
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(LibrarySettings(home), write=True) as library:
        if texts:
            assert not ingest(library, [folder], jobs=1).failed
        office = Office(library, make_assistant, settings)
        for name, role in (PEOPLE if people is None else people).items() if office.accounts else ():
            office.accounts.add(name, PASSWORD, role)  # type: ignore[union-attr]
        app = make_app(office, hosts=LOOPBACK | set(settings.hosts))
        with serving(app, settings) as address:
            yield Running(app, office, address)
        office.store.close()


def called(
    client: httpx.Client, index: int, data: list[Any], event: Any = None, session: str = "of-a-test"
) -> dict[str, Any] | int:
    """What the handler of that number gave over the queue; the status where it was not let in."""
    body = {"data": data, "fn_index": index, "session_hash": session, "event_data": event}
    joined = client.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return joined.status_code
    event_id = joined.json()["event_id"]
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as answer:
        if answer.status_code != 200:
            return answer.status_code
        for line in answer.iter_lines():
            if not line.startswith("data:"):
                continue
            message: dict[str, Any] = json.loads(line[5:])
            if message.get("msg") == "process_completed" and message.get("event_id") == event_id:
                return message
    raise AssertionError("the queue ended without an answer")
