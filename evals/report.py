"""The report on answers: one HTML file that needs nothing else, for a reader who wants to know how good the answers are and why some are not."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.baseline import Fall
from evals.compare import Comparison, changed
from evals.diagnosis import Cause, cause, causes, reasons
from evals.judging import by_kind, summary
from evals.measures import MEASURES, Judgement
from evals.page import measure_rows, templates
from evals.run import Run

KIND_COLUMNS = (
    "correct",
    "fact_recall",
    "citation_recall",
    "citation_precision",
    "evidence_recall@1000",
    "mrr",
    "length",
)
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
        mended, broken = changed(self.earlier, self.judgements) if self.earlier else ((), ())
        return (
            templates()
            .get_template("report.html")
            .render(
                run=self.run,
                measures=measure_rows(
                    MEASURES, summary(self.judgements), self.baseline, self.falls, self.comparisons
                ),
                columns=[measure for measure in MEASURES if measure.name in KIND_COLUMNS],
                kinds=self._kinds(),
                steps=list(Cause),
                causes=[(kind, causes(group).values()) for kind, group in by_kind(self.judgements).items()],
                lost=causes(self.judgements).values(),
                cases=[_case(judged) for judged in self.judgements],
                baseline=self.baseline,
                falls=self.falls,
                compared=bool(self.comparisons),
                earlier_name=self.earlier_name,
                mended=mended,
                broken=broken,
                elapsed=self._elapsed(),
            )
        )

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
        "cause": cause(judged),
        "reasons": reasons(judged),
    }


def _aligned(judged: Judgement, shares: Mapping[Any, float]) -> list[float | None]:
    """The evidence share of each wanted quote; None where it is not known."""
    if judged.record.passages is not None and len(judged.wanted) == len(judged.case.quotes):
        return [shares[place] for place in judged.wanted]
    return [None] * len(judged.case.quotes)
