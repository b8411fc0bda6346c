"""The rows of a library's ledger that a set is held against, and the file that keeps them.

A run is a JSONL file: a first row {"id": "", "run": {…}} that says what was run, by which versions and over which documents, then
a row a commitment as `wennuo ledger --json` gives it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import QuestionSetError
from corpus.ledger import LedgerFilter
from evals.cases import read_rows
from evals.compare import Comparison, compare_pairs
from evals.ledger import Figure, LedgerRow, LedgerSet, ledger_row
from evals.ledger_measures import LEDGER_MEASURES
from evals.matching import Outcome
from evals.run import circumstances

if TYPE_CHECKING:
    from corpus.commitment import Commitment
    from corpus.library import Library


@dataclass(frozen=True, slots=True)
class LedgerRun:
    """The rows of the documents of a set, and what they were made by (see `evals.run.circumstances`)."""

    about: Mapping[str, Any]
    rows: tuple[LedgerRow, ...]

    @property
    def name(self) -> str:
        """What tells this run from others: its set and when it was started."""
        return f"{self.about.get('set', '?')} {self.about.get('started', '')}".strip()


def run_ledger(wanted: LedgerSet, library: Library) -> LedgerRun:
    """The promises that the library's ledger has of the documents of a set."""
    about = circumstances(wanted.name, [row.to_json() for row in wanted.rows], library)
    kept = library.commitments(LedgerFilter(documents=wanted.documents))
    return LedgerRun(about, tuple(found_row(one.row) for one in kept))


def found_row(row: Commitment) -> LedgerRow:
    """A commitment as it is judged."""
    owner, deadline, metric = row.owner, row.deadline, row.metric
    return LedgerRow(
        id=row.identity,
        document=row.document,
        quote=row.quote,
        kind=row.kind,
        start=row.span.start,
        end=row.span.end,
        path=row.path,
        what=row.what,
        owner=owner.name if owner else None,
        owner_scope=owner.scope if owner else None,
        cooperating=owner.cooperating if owner else (),
        deadline=deadline.said if deadline else None,
        due=deadline.resolved if deadline else None,
        metric=Figure(metric.name, metric.comparator, metric.value, metric.unit, metric.masked)
        if metric
        else None,
    )


def write_ledger_run(run: LedgerRun, path: Path) -> None:
    """Write the run as JSONL."""
    rows = [{"id": "", "run": dict(run.about)}, *(row.to_json() for row in run.rows)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines, encoding="utf-8", errors="backslashreplace")


def read_ledger_run(path: Path) -> LedgerRun:
    """A run as `write_ledger_run` left it, or what `wennuo ledger --json` says. Raises QuestionSetError."""
    about: Mapping[str, Any] = {"set": path.stem}
    rows = []
    for number, row in read_rows(path):
        if isinstance(row.get("run"), dict):
            about = row["run"]
        else:
            rows.append(ledger_row(row, f"{path}:{number}"))
    if not rows:
        raise QuestionSetError(f"{path}: holds no commitment")
    return LedgerRun(about, tuple(rows))


def compare_ledgers(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[Comparison, ...]:
    """Every measure of a ledger over what both runs made of one set; what only one has too many counts against that one."""
    first = {outcome.id: outcome for outcome in before}
    second = {outcome.id: outcome for outcome in after}
    pairs = []
    for identity in first | second:
        nothing = Outcome(identity, None, None)
        pairs.append((first.get(identity, nothing), second.get(identity, nothing)))
    return compare_pairs(LEDGER_MEASURES, pairs)
