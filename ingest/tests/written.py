"""Documents made of words for the tests of this folder, and their commitments as lines that a person can read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from corpus.commitment import Commitment
from corpus.document import Block, Document, Inferred, Kind, Metadata, Span
from ingest.building import build
from ingest.commitments import extract
from ingest.sections import outline


def document(
    text: str,
    *,
    kind: Kind | None = "speech",
    year: int | None = 2024,
    date: datetime.date | None = None,
    blocks: Sequence[Block] = (),
    name: str = "稿件.txt",
) -> Document:
    """A document with its outline, whose metadata are given rather than found."""
    described = Metadata(
        Inferred(name, 1.0),
        kind=Inferred(kind, 1.0) if kind else None,
        year=Inferred(year, 1.0) if year else None,
        date=Inferred(date, 1.0) if date else None,
    )
    return Document(name, "0" * 64, text, described, outline(text, blocks), blocks=tuple(blocks))


def table(*rows: str, date: datetime.date | None = None) -> Document:
    """A ledger of nothing but table rows."""
    text, blocks = "", []
    for row in rows:
        blocks.append(Block("row", Span(len(text), len(text) + len(row))))
        text += f"{row}\n"
    return document(text, kind="ledger", date=date, blocks=blocks)


def lines(name: str, text: str) -> list[str]:
    """The commitments in a text file of that name, a line each."""
    return [line(row) for row in extract(build(name, text.encode())[0])]


def line(row: Commitment) -> str:
    """kind | what | owner(scope) + cooperating units | said -> due, or a report's [period] | metric | quote."""
    return " | ".join([row.kind, row.what, _owner(row), _time(row), _metric(row), row.quote])


def _owner(row: Commitment) -> str:
    if row.owner is None:
        return "-"
    helping = f" + {'、'.join(row.owner.cooperating)}" if row.owner.cooperating else ""
    return f"{row.owner.name}({row.owner.scope}){helping}"


def _time(row: Commitment) -> str:
    if row.period:
        return f"[{row.period[0]}..{row.period[1]}]"
    return f"{row.deadline.said} -> {row.deadline.resolved or '?'}" if row.deadline else "-"


def _metric(row: Commitment) -> str:
    if row.metric is None:
        return "-"
    value = "?" if row.metric.masked else row.metric.value
    return f"{row.metric.name} {row.metric.comparator} {value} {row.metric.unit or '-'}"
