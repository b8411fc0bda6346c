"""A run kept together with its questions and with where quotes stood: so its figures stay what they were when set or documents change.

The file is a run file (see `evals.run`), which `wennuo eval --compare` reads; its rows hold "case", "wanted", "cited" and "exact"
besides, and its first row the values of all measures as "summary".
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionSetError
from evals.cases import case_of, read_rows
from evals.judging import ranked, summary
from evals.measures import Judgement
from evals.run import Run, record_of
from evals.sources import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run was made by (see `evals.run.circumstances`), and the judgements on it."""

    about: Mapping[str, Any]
    judgements: tuple[Judgement, ...]

    @property
    def run(self) -> Run:
        """The run itself."""
        return Run(self.about, {judged.case.id: judged.record for judged in self.judgements})


def keep(about: Mapping[str, Any], judgements: Sequence[Judgement], path: Path) -> dict[str, Any]:
    """Write the file, whole or not at all; gives `about` with the summary, as it is kept."""
    kept = {**about, "summary": summary(judgements)}
    rows = [{"id": "", "run": kept}, *map(_row, judgements)]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    part.write_text(lines, encoding="utf-8", errors="backslashreplace")
    os.replace(part, path)
    return kept


def read_about(path: Path) -> dict[str, Any]:
    """The first row of a kept run. Raises QuestionSetError where it is none."""
    try:
        with path.open(encoding="utf-8") as file:
            row = json.loads(file.readline())
        about = row["run"]
        if not isinstance(about, dict) or not isinstance(about["summary"], dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionSetError(f"{path}: is no kept run ({error!r})") from error
    return about


def read_kept(path: Path) -> Kept:
    """A run as `keep` left it. Raises QuestionSetError."""
    about = read_about(path)
    judgements = []
    for number, row in read_rows(path):
        if "run" in row:
            continue
        where = f"{path}:{number}"
        try:
            judgements.append(_judgement(row, where))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise QuestionSetError(f"{where}: is no row of a kept run ({error!r})") from error
    return Kept(about, ranked(judgements))


def _row(judged: Judgement) -> dict[str, Any]:
    return judged.record.to_json() | {
        "case": judged.case.to_json(),
        "turn": judged.case.turn,
        "wanted": [_as_list(place) for place in judged.wanted],
        "cited": [_as_list(place) if place else None for place in judged.cited],
        "exact": list(judged.exact),
    }


def _judgement(row: Mapping[str, Any], where: str) -> Judgement:
    case = case_of(row["case"], str(row["id"]), int(row["turn"]), where)
    return Judgement(
        case,
        record_of(row),
        tuple(Place(*place) for place in row["wanted"]),
        tuple(Place(*place) if place else None for place in row["cited"]),
        tuple(bool(exact) for exact in row["exact"]),
    )


def _as_list(place: Place) -> list[str | int]:
    return [place.document, place.start, place.end]
