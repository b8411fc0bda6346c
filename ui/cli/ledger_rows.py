"""Rows of the ledger as the command line shows them: as JSON, as a table, and counted in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui.cli.console import harmless

if TYPE_CHECKING:
    from corpus.commitment import Commitment, Metric
    from corpus.ledger import Kept, Progress

SHORT = 8
"""Digits of an identity that the table shows."""
NARROW = 140
"""Columns of a terminal below which owner, figure and so on stand below what is to be done."""
WHOLE = ("id", "due", "kind")
"""Columns that are never folded."""
_NOUNS = {"target": "target", "task": "task", "requirement": "requirement", "report": "report"}


def row_json(kept: Kept) -> dict[str, Any]:
    """The contract's row, and after its keys what else is known."""
    row, noted = kept.row, kept.progress
    return {
        "document": row.document,
        "start": row.span.start,
        "end": row.span.end,
        "quote": row.quote,
        "path": list(row.path),
        "kind": row.kind,
        "what": row.what,
        "owner": row.owner.name if row.owner else None,
        "owner_scope": row.owner.scope if row.owner else None,
        "deadline": row.deadline.said if row.deadline else None,
        "due": row.deadline.resolved if row.deadline else None,
        "metric": metric_json(row.metric),
        "id": row.identity,
        "title": kept.title,
        "issuer": kept.issuer,
        "year": row.year,
        "page": row.page,
        "cooperating": list(row.owner.cooperating) if row.owner else [],
        "period": [day.isoformat() for day in row.period] if row.period else None,
        "status": noted.status if noted else None,
        "percent": noted.percent if noted else None,
        "note": noted.note if noted else "",
    }


def metric_json(metric: Metric | None) -> dict[str, Any] | None:
    """The contract's metric; a range has its higher end as "upper" besides."""
    if metric is None:
        return None
    made: dict[str, Any] = {
        name: getattr(metric, name) for name in ("name", "comparator", "value", "unit", "masked")
    }
    return made if metric.upper is None else made | {"upper": metric.upper}


def table(rows: Sequence[Kept], *, narrow: bool = False) -> list[list[str]]:
    """The rows under a heading line. Progress and document only where some row has one, or rows differ in it.

    Cells are harmless, but for the line end before what stands below. narrow: owner, figure, progress and document stand below what is to be done, not beside it.
    """
    from ui.ledger.phrases import measure

    noted = any(kept.progress and told(kept.progress) for kept in rows)
    several = len({kept.row.document for kept in rows}) > 1
    besides = ["owner", "figure", *["progress"] * noted, *["document"] * several]
    lines = [["id", "due", "kind", "what"] + besides * (not narrow)]
    for kept in rows:
        row = kept.row
        facts = {
            "owner": row.owner.name if row.owner else "",
            "figure": measure(row.metric, "masked") if row.metric else "",
            "progress": told(kept.progress) if kept.progress else "",
            "document": row.document,
        }
        told_of = [harmless(facts[name]) for name in besides]
        line = [row.identity[:SHORT], harmless(when(row)), row.kind, harmless(row.what)]
        if narrow:
            line[-1] = "\n".join(filter(None, [line[-1], " · ".join(filter(None, told_of))]))
        lines.append(line + told_of * (not narrow))
    return lines


def when(row: Commitment) -> str:
    """The due day, the recurrence, what the text says where it resolves to neither; of a report the last day it speaks of."""
    if row.deadline is not None:
        return row.deadline.resolved or row.deadline.said
    return row.period[1].isoformat() if row.period else ""


def told(progress: Progress) -> str:
    """Status, per cent and note in a line; "" for a note that was taken back."""
    percent = "" if progress.percent is None else f"{progress.percent}%"
    return " ".join(part for part in (progress.status or "", percent, progress.note) if part)


def summary(rows: Sequence[Kept]) -> str:
    """How many rows of which kinds, and how many with a day, and masked."""
    kinds = Counter(kept.row.kind for kept in rows)
    reports = kinds["report"]
    noun = "row" if 0 < reports < len(rows) else "report" if reports else "commitment"
    parts = [_many(kinds[kind], name) for kind, name in _NOUNS.items() if kinds[kind]]  # type: ignore[index]
    counted = _many(len(rows), noun)
    if noun != "report" and parts:
        counted += f": {', '.join(parts)}"
    due = sum(kept.row.deadline is not None and kept.row.deadline.due is not None for kept in rows)
    masked = sum(kept.row.metric is not None and kept.row.metric.masked for kept in rows)
    return f"{counted}; {due} with a day, {masked} masked"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
