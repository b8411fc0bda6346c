"""Asking a question set over the product's own path, and the file that keeps what came back.

A run is a JSONL file: a first row {"id": "", "run": {…}} that says what was run, by which versions and over which documents, then
an answer row a question as `wennuo ask --batch` gives it, with "asked", "passages" and "elapsed_ms".
"""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import QuestionSetError
from evals.cases import Case, QuestionSet, read_rows

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.library import Library

DEPENDENCIES = (
    "wennuo",
    "tantivy",
    "chromadb",
    "numpy",
    "sqlalchemy",
    "langchain-core",
    "ir-measures",
    "scipy",
)
PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of an answer; start and end are as claimed, not yet checked."""

    document: str
    quote: str
    start: int = 0
    end: int = 0
    number: int = 0
    title: str = ""
    path: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was retrieved."""

    document: str
    start: int
    end: int
    text: str
    path: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """What came back for one question.

    passages are best first, None where they were not kept. elapsed is the answer's time in milliseconds.
    """

    id: str
    question: str = ""
    asked: str = ""
    answer: str = ""
    status: str = ""
    mode: str = ""
    abstained: bool = False
    citations: tuple[Cited, ...] = ()
    passages: tuple[Found, ...] | None = None
    warnings: tuple[str, ...] = ()
    elapsed: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The row of a run file."""
        citations = [_as_json(cited) for cited in self.citations]
        row: dict[str, Any] = {key: getattr(self, key) for key in ("id", "question", "asked", "answer")}
        row |= {"status": self.status, "mode": self.mode, "abstained": self.abstained}
        row |= {"citations": citations, "warnings": list(self.warnings)}
        row["elapsed_ms"] = round(self.elapsed, 1)
        if self.passages is not None:
            row["passages"] = [_as_json(found) for found in self.passages]
        return row


@dataclass(frozen=True, slots=True)
class Run:
    """Records by case id, and what they were made by (see `circumstances`)."""

    about: Mapping[str, Any]
    records: Mapping[str, Record]

    @property
    def name(self) -> str:
        """What tells this run from others: its set and when it was started."""
        return f"{self.about.get('set', '?')} {self.about.get('started', '')}".strip()


def run_set(
    questions: QuestionSet,
    library: Library,
    assistant: Assistant,
    on_progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask every question, the turns of a dialogue with those before them as history, and search for its passages."""
    asked = [[case.id, case.question, case.facts] for case in questions.cases]
    about = circumstances(questions.name, asked, library)
    records: dict[str, Record] = {}
    total = len(questions.cases)
    for exchange in questions.exchanges:
        for record in _converse(exchange, assistant):
            records[record.id] = record
            if on_progress:
                on_progress(len(records), total)
    return Run(about, records)


def _converse(exchange: tuple[Case, ...], assistant: Assistant) -> list[Record]:
    from assistant.conversation import Turn

    history: list[Turn] = []
    records = []
    for case in exchange:
        start = time.perf_counter()
        answer = assistant.answer(case.question, history)
        elapsed = (time.perf_counter() - start) * 1000
        # A first question is searched as it was typed, as `wennuo search` does; a follow-up makes no sense alone.
        found = assistant.search(answer.asked if history else case.question, k=PASSAGES)
        row = answer.to_json(case.id) | {"asked": answer.asked, "elapsed_ms": elapsed}
        row["passages"] = [
            {
                "document": scored.passage.document,
                "start": scored.passage.span.start,
                "end": scored.passage.span.end,
                "text": scored.passage.text,
                "path": list(scored.passage.path),
                "score": scored.score,
            }
            for scored in found
        ]
        records.append(record_of(row))
        history.append(Turn(case.question, answer))
    return records


def circumstances(name: str, asked: Sequence[Any], library: Library) -> dict[str, Any]:
    """What a run depends on: the set, the documents with their revisions, encoder, ingest rules, versions, the moment (UTC).

    asked: what the set asks for, as JSON; its number and digest are kept.
    """
    entries = library.entries()
    documents = {entry.name: entry.revision[:12] for entry in entries}
    key = json.dumps(asked, ensure_ascii=False)
    return {
        "set": name,
        "questions": len(asked),
        "set_sha256": hashlib.sha256(key.encode()).hexdigest()[:16],
        "started": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "documents": documents,
        "rules": sorted({entry.rules for entry in entries}),
        "encoder": getattr(getattr(library, "settings", None), "encoder", ""),
        "python": platform.python_version(),
        "versions": {name: found for name in DEPENDENCIES if (found := _version(name))},
    }


def write_run(run: Run, path: Path) -> None:
    """Write the run as JSONL."""
    rows = [{"id": "", "run": dict(run.about)}, *(record.to_json() for record in run.records.values())]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines, encoding="utf-8", errors="backslashreplace")


def read_run(path: Path) -> Run:
    """A run as `write_run` left it, or any answers file of `wennuo ask --batch`. Raises QuestionSetError."""
    about: dict[str, Any] = {"set": path.stem}
    records: dict[str, Record] = {}
    for number, row in read_rows(path):
        if isinstance(row.get("run"), dict):
            about = row["run"]
            continue
        try:
            found = [record_of(part) for part in _flat(row)]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise QuestionSetError(f"{path}:{number}: is no row of a run ({error!r})") from error
        records |= {record.id: record for record in found}
    if not records:
        raise QuestionSetError(f"{path}: holds no answer")
    return Run(about, records)


def _flat(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The row itself, or the turns of a dialogue's row, named ID#1, ID#2 and so on."""
    if "turns" not in row:
        return [row]
    return [{**turn, "id": f"{row['id']}#{n}"} for n, turn in enumerate(row["turns"], 1)]


def record_of(row: Mapping[str, Any]) -> Record:
    """The record in an answer row, "passages" and "asked" included where it has them. Raises KeyError, TypeError, ValueError."""
    return Record(
        id=str(row["id"]),
        question=row.get("question", ""),
        asked=row.get("asked") or row.get("question", ""),
        answer=row["answer"],
        status=row.get("status", ""),
        mode=row.get("mode", ""),
        abstained=bool(row["abstained"]),
        citations=tuple(_read(Cited, cited) for cited in row.get("citations") or ()),
        passages=tuple(_read(Found, found) for found in row["passages"]) if "passages" in row else None,
        warnings=tuple(row.get("warnings") or ()),
        elapsed=float(row.get("elapsed_ms") or 0.0),
    )


def _read(kind: Any, row: Mapping[str, Any]) -> Any:
    """A Cited or Found from its JSON; keys that it does not know are left out."""
    known = {key: row[key] for key in kind.__dataclass_fields__ if key in row}
    known["path"] = tuple(known.get("path") or ())
    return kind(**known)


def _as_json(value: Cited | Found) -> dict[str, Any]:
    shape = {key: getattr(value, key) for key in value.__dataclass_fields__}
    return shape | {"path": list(value.path)}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
