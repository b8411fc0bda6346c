"""A library with commitments whose quotes are sentences of its documents, the ledger's addresses round it, and what they show."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from ui_fakes import document

from assistant.bootstrap import make_assistant
from corpus.commitment import Commitment, CommitmentKind, Deadline, Metric, Owner
from corpus.document import Document, Span
from corpus.library import Library
from corpus.settings import LibrarySettings
from ui.access import Access
from ui.guard import Guard
from ui.ledger.downloads import add_downloads
from ui.ledger.routes import add_ledger_routes
from ui.office import Office

TODAY = datetime.date(2024, 5, 20)
RATE = Metric("合格率", ">=", "98", "%")
PLAN = (
    "云川市2024年食品安全工作要点\n"
    "一、目标\n"
    "全年完成食品抽检6000批次，合格率稳定在98%以上。\n"
    "6月底前实现全程网办。\n"
    "4月15日前完成校园食堂排查。\n"
    "投诉办结率达到XX%。\n"
    "各县区局每季度报送一次进展。\n"
)
TAGS = frozenset(
    re.findall(
        r"\w+",
        "a article aside b blockquote button datalist dd details div dl dt fieldset footer form h2 h3 h4 header input label legend "
        "li mark nav ol option p section select small span summary table tbody td textarea th thead time tr",
    )
)


def commitment(
    source: Document,
    quote: str,
    kind: CommitmentKind = "task",
    owner: str = "",
    due: str = "",
    metric: Metric | None = None,
    what: str = "",
) -> Commitment:
    """A row whose quote is the first occurrence of `quote`."""
    start = source.text.index(quote)
    return Commitment(
        source.name,
        source.revision,
        Span(start, start + len(quote)),
        quote,
        source.path(start),
        kind,
        what or quote[:40],
        Owner(owner, "explicit", ("县区局",)) if owner else None,
        Deadline(f"{due}前", datetime.date.fromisoformat(due)) if due else None,
        metric,
        year=source.metadata.year.value if source.metadata.year else None,
    )


def plan() -> tuple[Document, list[Commitment]]:
    """A plan with five promises: due late, due this quarter, overdue, masked, without a day."""
    source = document("云川2024要点.txt", PLAN, year=2024)
    return source, [
        commitment(source, "全年完成食品抽检6000批次", "target", "食品流通科", "2024-12-31", RATE),
        commitment(source, "6月底前实现全程网办", "task", "登记注册科", "2024-06-30"),
        commitment(source, "4月15日前完成校园食堂排查", "task", "餐饮服务科", "2024-04-15"),
        commitment(
            source, "投诉办结率达到XX%", "target", metric=Metric("投诉办结率", None, None, "%", masked=True)
        ),
        commitment(source, "各县区局每季度报送一次进展", "requirement", "各县区局"),
    ]


def library_of(home: Path, *items: tuple[Document, Sequence[Commitment]]) -> Library:
    """A library open for writing that holds these; the caller closes it."""
    library = Library.open(LibrarySettings(home), write=True)
    for source, rows in items:
        library.put(source, (), "", rows)
    return library


def client_of(library: Library, today: datetime.date = TODAY) -> TestClient:
    """The ledger's addresses behind the guard, without gradio."""
    app = FastAPI()
    office = Office(library, make_assistant)
    add_ledger_routes(app, office, lambda: today)
    add_downloads(app, office, lambda: today)
    app.add_middleware(Access)
    app.add_middleware(Guard)
    return TestClient(app, base_url="http://127.0.0.1")


class Seen(HTMLParser):
    """Elements and attributes of a fragment; fails at what only a break-out could have put there."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attributes:
            assert not name.startswith("on"), name
            assert name not in ("src", "srcdoc", "action", "formaction"), name
            if name == "href":
                assert str(value).startswith("wennuo/"), value
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def rows(client: TestClient, query: str = "") -> list[str]:
    """What the table shows, by the words of its openers."""
    markup = client.get(f"/wennuo/ledger/results?{query}").text
    return re.findall(r'<button type="button" class="opener"[^>]*>([^<]*)<', markup)


def identity_of(library: Library, owner: str) -> str:
    """The first row of an owner."""
    return next(
        kept.row.identity for kept in library.commitments() if kept.row.owner and kept.row.owner.name == owner
    )


def note(client: TestClient, body: Any, **headers: str) -> Any:
    """The answer to a note that is sent as the page sends it."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(
        "/wennuo/ledger/progress", content=content, headers={"content-type": "application/json"} | headers
    )
