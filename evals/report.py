"""The report: one HTML file that needs nothing else, for a reader who wants to know how good the answers are and why some are not."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.baseline import Fall
from evals.compare import Comparison, changed
from evals.diagnosis import reasons
from evals.judging import by_kind, summary
from evals.measures import MEASURES, Judgement
from evals.run import Run

TEMPLATES = Path(__file__).with_name("templates")
KIND_COLUMNS = (
    "correct",
    "fact_recall",
    "citation_recall",
    "citation_precision",
    "evidence_recall@1000",
    "mrr",
    "length",
)
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
}
STATUSES = {"answered": "已回答", "masked": "原文隐去", "not_found": "拒答"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a report shows; comparisons and earlier belong together, both empty without a run to compare with."""

    run: Run
    judgements: Sequence[Judgement]
    baseline: Mapping[str, float] = field(default_factory=dict)
    falls: Sequence[Fall] = ()
    earlier: Sequence[Judgement] = ()
    comparisons: Sequence[Comparison] = ()
    earlier_name: str = ""

    def to_html(self) -> str:
        """The page: no script, no resource from elsewhere, every text escaped."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        environment.filters |= {"number": number, "kind": _kind}
        mended, broken = changed(self.earlier, self.judgements) if self.earlier else ((), ())
        return environment.get_template("report.html").render(
            run=self.run,
            measures=self._measures(),
            columns=[measure for measure in MEASURES if measure.name in KIND_COLUMNS],
            kinds=self._kinds(),
            cases=[_case(judged) for judged in self.judgements],
            baseline=self.baseline,
            falls=self.falls,
            compared=bool(self.comparisons),
            earlier_name=self.earlier_name,
            mended=mended,
            broken=broken,
            elapsed=self._elapsed(),
        )

    def _measures(self) -> list[dict[str, Any]]:
        """A row a measure that has a value."""
        values = summary(self.judgements)
        fallen = {fall.measure for fall in self.falls}
        comparisons = {one.measure.name: one for one in self.comparisons}
        return [
            {
                "measure": measure,
                "value": values[measure.name],
                "held": self.baseline.get(measure.name),
                "fallen": measure.name in fallen,
                "comparison": comparisons.get(measure.name),
                "good": _good(comparisons.get(measure.name)),
            }
            for measure in MEASURES
            if values[measure.name] is not None or measure.name in fallen
        ]

    def _kinds(self) -> list[tuple[str, int, int, dict[str, float | None]]]:
        """A row a kind of question: kind, questions, correct ones, values."""
        groups = by_kind(self.judgements)
        return [
            (kind, len(group), sum(judged.correct for judged in group), summary(group))
            for kind, group in groups.items()
        ]

    def _elapsed(self) -> tuple[float, float] | None:
        """Median and greatest time of an answer in milliseconds; None where no time was kept."""
        times = [judged.record.elapsed for judged in self.judgements if judged.record.elapsed]
        return (statistics.median(times), max(times)) if times else None


def write_report(report: Report, path: Path) -> None:
    """Write the page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report.to_html(), encoding="utf-8", errors="backslashreplace")


def number(value: float | None) -> str:
    """A figure for a table: three digits after the point, lengths in whole characters, – for none.

    >>> number(0.98765), number(136.0), number(None)
    ('0.988', '136', '–')
    """
    if value is None:
        return "–"
    return f"{value:.0f}" if abs(value) > 1 else f"{value:.3f}"


def _kind(kind: str) -> str:
    """The kind of question in the reader's words."""
    return KINDS.get(kind, kind)


def _good(comparison: Comparison | None) -> bool | None:
    """Whether a difference is for the better; None where there is none."""
    if comparison is None or not comparison.difference:
        return None
    return (comparison.difference > 0) == comparison.measure.higher_is_better


def _case(judged: Judgement) -> dict[str, Any]:
    """One question as the page shows it."""
    case, record = judged.case, judged.record
    missing = set(judged.missing)
    shares = dict(zip(judged.wanted, judged.evidence, strict=True))
    citations = [
        {
            "cited": cited,
            "verbatim": place is not None,
            "supports": place is not None and any(map(place.supports, judged.wanted)),
        }
        for cited, place in zip(record.citations, judged.cited, strict=True)
    ]
    passages = [
        (found, any(map(place.supports, judged.wanted)))
        for found, place in zip(record.passages or (), judged.places, strict=True)
    ]
    return {
        "judged": judged,
        "case": case,
        "record": record,
        "status": STATUSES.get(record.status, record.status or "没有回答"),
        "facts": [(fact, fact not in missing) for fact in case.facts],
        "wanted": list(zip(case.quotes, _aligned(judged, shares), strict=True)),
        "citations": citations,
        "passages": passages,
        "reasons": reasons(judged),
    }


def _aligned(judged: Judgement, shares: Mapping[Any, float]) -> list[float | None]:
    """The evidence share of each wanted quote; None where it is not known."""
    if judged.record.passages is not None and len(judged.wanted) == len(judged.case.quotes):
        return [shares[place] for place in judged.wanted]
    return [None] * len(judged.case.quotes)
