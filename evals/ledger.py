"""Ledger sets: JSONL files of the commitments that stand in stretches of documents.

A row is {"id", "doc", "path", "kind", "quote", "what", "owner", "owner_scope", "deadline", "due", "metric"} and, where units
take part without leading, "cooperating", a list of names. Keys that are not listed are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import QuestionSetError
from evals.cases import read_rows

KINDS = ("target", "task", "requirement")


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric as it is judged: value and unit as printed; a masked one has no value."""

    name: str = ""
    comparator: str | None = None
    value: str | None = None
    unit: str | None = None
    masked: bool = False

    def __str__(self) -> str:
        value = "masked" if self.masked else f"{self.value or '-'}"
        return f"{self.comparator or ''} {value} {self.unit or ''}".strip()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A commitment as it is judged: one that is wanted, or one that was found.

    start and end: half-open, in the canonical text; None where only the quote is known. cooperating: None where nothing is said
    about such units, () where there are none. due: ISO date, recurrence or None.
    """

    id: str
    document: str
    quote: str
    kind: str
    start: int | None = None
    end: int | None = None
    path: tuple[str, ...] = ()
    what: str = ""
    owner: str | None = None
    owner_scope: str | None = None
    cooperating: tuple[str, ...] | None = None
    deadline: str | None = None
    due: str | None = None
    metric: Figure | None = None

    def to_json(self) -> dict[str, Any]:
        """The row of a run file."""
        row: dict[str, Any] = {key: getattr(self, key) for key in self.__dataclass_fields__}
        row["path"] = list(self.path)
        row["cooperating"] = None if self.cooperating is None else list(self.cooperating)
        metric = self.metric
        row["metric"] = metric and {key: getattr(metric, key) for key in metric.__dataclass_fields__}
        return row


@dataclass(frozen=True, slots=True)
class LedgerSet:
    """A named set. Only what lies between the first and the last row of a document is judged."""

    name: str
    rows: tuple[LedgerRow, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of the documents that rows stand in, in their order."""
        return tuple(dict.fromkeys(row.document for row in self.rows))


def is_ledger(path: Path) -> bool:
    """Whether the first row of a file is that of a ledger set: a quote of a document, and no question. Raises QuestionSetError."""
    _, first = next(read_rows(path), (0, {}))
    return "quote" in first and "doc" in first and not {"question", "turns"} & first.keys()


def read_ledger(path: Path) -> LedgerSet:
    """The ledger set in a file, named after it. Raises QuestionSetError, also where the file holds no row."""
    rows: dict[str, LedgerRow] = {}
    for number, row in read_rows(path):
        where = f"{path}:{number}"
        found = ledger_row(row, where)
        if not found.id:
            raise QuestionSetError(f'{where}: needs an "id" (a string)')
        if found.id in rows:
            raise QuestionSetError(f"{where}: the id {found.id!r} occurs twice")
        if found.kind not in KINDS:
            raise QuestionSetError(f'{where}: "kind" must be one of {", ".join(KINDS)}')
        rows[found.id] = found
    if not rows:
        raise QuestionSetError(f"{path}: holds no commitment")
    read = tuple(rows.values())
    if any(row.cooperating is not None for row in read):
        read = tuple(replace(row, cooperating=row.cooperating or ()) for row in read)
    return LedgerSet(path.stem, read)


def ledger_row(row: Mapping[str, Any], where: str) -> LedgerRow:
    """The commitment in a JSON row, which names its document "doc" or "document". Raises QuestionSetError."""
    texts = {key: _text(row, key, where) for key in ("owner", "owner_scope", "deadline", "due")}
    document = _text(row, "document", where) or _text(row, "doc", where)
    quote = _text(row, "quote", where)
    if not document or not quote:
        raise QuestionSetError(f'{where}: needs a "doc" (file name) and a "quote" (its words)')
    start, end = row.get("start"), row.get("end")
    spanned = type(start) is int and type(end) is int
    return LedgerRow(
        id=_text(row, "id", where) or "",
        document=Path(document).name,
        quote=quote,
        kind=_text(row, "kind", where) or "?",
        start=start if spanned else None,
        end=end if spanned else None,
        path=_names(row, "path", where) or (),
        what=_text(row, "what", where) or "",
        cooperating=_names(row, "cooperating", where),
        metric=_figure(row.get("metric"), where),
        **texts,
    )


def _text(row: Mapping[str, Any], key: str, where: str) -> str | None:
    """A string that is not blank, or None."""
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise QuestionSetError(f'{where}: "{key}" must be a string or null')
    return value if value and value.strip() else None


def _names(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...] | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise QuestionSetError(f'{where}: "{key}" must be a list of strings')
    return tuple(value)


def _figure(value: Any, where: str) -> Figure | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise QuestionSetError(f'{where}: "metric" must be an object or null')
    said = {key: value[key] for key in ("name", "comparator", "value", "unit") if value.get(key) is not None}
    return Figure(**{key: str(part) for key, part in said.items()}, masked=bool(value.get("masked")))
