"""The committed baseline: the values a set must keep, and what fell below them.

baseline.json maps the name of a set to its measures' values, rounded to four digits. A measure that is not in it is not held.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionSetError
from evals.judging import Values
from evals.measure import Measure
from evals.measures import MEASURES

BASELINE = Path(__file__).with_name("baseline.json")
ROUNDING = 0.5e-4


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure on the wrong side of its baseline; now is None where it has no value any more."""

    measure: str
    baseline: float
    now: float | None

    def __str__(self) -> str:
        now = "no value" if self.now is None else f"{self.now:.4f}"
        return f"{self.measure}: {now}, baseline {self.baseline:.4f}"


def read_baseline(path: Path = BASELINE) -> dict[str, dict[str, float]]:
    """All baselines by the name of their set; {} where the file does not exist. Raises QuestionSetError."""
    if not path.exists():
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(name): {str(measure): float(value) for measure, value in values.items()}
            for name, values in held.items()
        }
    except (AttributeError, OSError, TypeError, ValueError) as error:
        raise QuestionSetError(f"{path}: is no baseline ({error})") from error


def write_baseline(
    name: str, values: Values, path: Path = BASELINE, measures: Iterable[Measure[Any]] = MEASURES
) -> None:
    """Set the baseline of one set to the gated measures' values; the other sets' stay."""
    held = read_baseline(path)
    held[name] = {
        measure.name: round(value, 4)
        for measure in measures
        if measure.gated and (value := values.get(measure.name)) is not None
    }
    path.write_text(json.dumps(dict(sorted(held.items())), indent=2) + "\n", encoding="utf-8")


def falls(
    values: Values, baseline: Mapping[str, float], measures: Iterable[Measure[Any]] = MEASURES
) -> tuple[Fall, ...]:
    """The measures that are worse than their baseline by more than its rounding."""
    lower_is_better = {measure.name for measure in measures if not measure.higher_is_better}
    found = []
    for name, held in baseline.items():
        now = values.get(name)
        loss = float("inf") if now is None else (now - held if name in lower_is_better else held - now)
        if loss > ROUNDING:
            found.append(Fall(name, held, now))
    return tuple(found)
