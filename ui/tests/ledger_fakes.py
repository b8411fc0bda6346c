"""A real library with a ledger of few rows, whose organisations and figures are made up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from corpus.commitment import Commitment, Deadline, Metric, Owner, identified
from corpus.document import Document, Inferred, Metadata, Span
from corpus.ledger import Kept, Progress, Status
from corpus.library import Library
from corpus.settings import LibrarySettings

PLAN = "云川2024要点.txt"
SPEECH = "丁山2023讲话.txt"
LINES = (
    "全年抽检合格率稳定在98%以上，6月底前达到。",
    "食品流通科牵头，各县区局配合，每季度开展一次排查。",
    "投诉办结率达到XX%，由执法大队负责。",
    "任何人不得接受宴请。",
    "去年办结投诉1.2万件。",
    "12月底前建成追溯平台。",
)
PLATFORM = "12月底前建成追溯平台。"
CALL = "三季度完成电梯普查。"


def document(name: str, lines: Sequence[str], issuer: str, year: int, dated: date | None = None) -> Document:
    """A document a line a sentence."""
    text = "\n".join(lines) + "\n"
    metadata = Metadata(
        Inferred(name.removesuffix(".txt"), 0.9),
        issuer=Inferred(issuer, 0.9),
        year=Inferred(year, 0.9),
        date=Inferred(dated, 0.9) if dated else None,
    )
    return Document(name, hashlib.sha256(text.encode()).hexdigest(), text, metadata)


def row(source: Document, quote: str, **fields: object) -> Commitment:
    """A task in the document's words, with what `fields` say otherwise."""
    start = source.text.index(quote)
    made = Commitment(
        source.name,
        source.revision,
        Span(start, start + len(quote)),
        quote,
        ("一、重点工作", "# （一）安全"),
        "task",
        quote[:40],
        year=source.metadata.year.value if source.metadata.year else None,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def plan() -> tuple[Document, list[Commitment]]:
    """Two targets of which one is masked, a task without a day and one with, a requirement, a report."""
    source = document(PLAN, LINES, "云川市局", 2024, date(2024, 1, 1))
    rate = Metric("抽检合格率", ">=", "98", "%", number=Decimal(98))
    return source, [
        row(source, LINES[0], kind="target", metric=rate, deadline=Deadline("6月底前", date(2024, 6, 30))),
        row(
            source,
            LINES[1],
            owner=Owner("食品流通科", "explicit", ("各县区局",)),
            deadline=Deadline("每季度", None, "quarterly"),
        ),
        row(
            source,
            LINES[2],
            kind="target",
            owner=Owner("执法大队", "inherited"),
            metric=Metric("投诉办结率", "=", None, "%", masked=True),
            page=3,
        ),
        row(source, LINES[3], kind="requirement"),
        row(
            source,
            LINES[4],
            kind="report",
            metric=Metric("投诉", "=", "1.2", "万件", number=Decimal(12000)),
            period=(date(2023, 1, 1), date(2023, 12, 31)),
        ),
        row(source, LINES[5], deadline=Deadline("12月底前", date(2024, 12, 31))),
    ]


def speech() -> tuple[Document, list[Commitment]]:
    """One task."""
    source = document(SPEECH, [CALL], "丁山县局", 2023)
    due = Deadline("三季度", date(2023, 9, 30), None, date(2023, 7, 1))
    return source, [row(source, CALL, deadline=due, owner=Owner("特种设备股", "explicit"))]


def fill(home: Path) -> None:
    """Make the library at `home`, with the plan and the speech."""
    with Library.open(LibrarySettings(home), write=True) as library:
        for source, rows in (plan(), speech()):
            library.put(source, (), "1", rows)


def kept(
    rows: Sequence[Commitment],
    title: str = "云川2024要点",
    status: Status | None = None,
    percent: int | None = None,
    note: str = "",
) -> Iterator[Kept]:
    """The rows as a library gives them, all with the same note."""
    for each in identified(rows):
        noted = Progress(each.identity, status, percent, note, "", "2024-06-30T08:00:00+00:00")
        has = status is not None or percent is not None or note != ""
        yield Kept(each, "云川市局", title, noted if has else None, "plan", date(2024, 1, 1))
