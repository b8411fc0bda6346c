"""What the pages of all reports share: the templates' surroundings, and the table of measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from evals.baseline import Fall
from evals.compare import Comparison
from evals.judging import Values
from evals.measure import Measure

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
KINDS = {
    "target": "目标",
    "deadline": "时限",
    "responsibility": "责任",
    "figure": "数字",
    "measure": "措施",
    "status": "成效",
    "definition": "释义",
    "problem": "问题",
    "comparison": "比较",
    "multi_hop": "多处",
    "list": "列举",
    "redacted": "隐去",
    "unanswerable": "无据",
    "trap": "易错",
    "task": "任务",
    "requirement": "要求",
}


class Page(Protocol):
    """A report as one HTML file: no script, no resource from elsewhere, every text escaped."""

    def to_html(self) -> str:
        """The page."""


def write_report(page: Page, path: Path) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.to_html(), encoding="utf-8", errors="backslashreplace")


def templates() -> Environment:
    """Where the pages' templates are found, and what they may call."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"number": number, "kind": _kind}
    return environment


def measure_rows(
    measures: Sequence[Measure[Any]],
    values: Values,
    baseline: Mapping[str, float],
    falls: Sequence[Fall],
    comparisons: Sequence[Comparison],
) -> list[dict[str, Any]]:
    """A row a measure that has a value, or has none any more."""
    fallen = {fall.measure for fall in falls}
    compared = {one.measure.name: one for one in comparisons}
    return [
        {
            "measure": measure,
            "value": values[measure.name],
            "held": baseline.get(measure.name),
            "fallen": measure.name in fallen,
            "comparison": compared.get(measure.name),
            "good": _good(compared.get(measure.name)),
        }
        for measure in measures
        if values[measure.name] is not None or measure.name in fallen
    ]


def number(value: float | None) -> str:
    """A figure for a table: three digits after the point, lengths in whole characters, – for none.

    >>> number(0.98765), number(136.0), number(None)
    ('0.988', '136', '–')
    """
    if value is None:
        return "–"
    return f"{value:.0f}" if abs(value) > 1 else f"{value:.3f}"


def _kind(kind: str) -> str:
    """The kind in the reader's words."""
    return KINDS.get(kind, kind)


def _good(comparison: Comparison | None) -> bool | None:
    """Whether a difference is for the better; None where there is none."""
    if comparison is None or not comparison.difference:
        return None
    return (comparison.difference > 0) == comparison.measure.higher_is_better
