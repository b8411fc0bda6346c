"""The report on a ledger: one HTML file that shows what was found, missed, one too many, and where fields differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.baseline import Fall
from evals.compare import Comparison
from evals.ledger_measures import COLUMNS, LEDGER_MEASURES, differing, grouped, ledger_summary
from evals.ledger_run import LedgerRun
from evals.matching import Outcome
from evals.page import measure_rows, templates


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What a report shows; comparisons are empty without a run to compare with."""

    run: LedgerRun
    outcomes: Sequence[Outcome]
    baseline: Mapping[str, float] = field(default_factory=dict)
    falls: Sequence[Fall] = ()
    comparisons: Sequence[Comparison] = ()
    earlier_name: str = ""

    def to_html(self) -> str:
        """The page: no script, no resource from elsewhere, every text escaped."""
        values = ledger_summary(self.outcomes)
        groups = (
            ("按文件", grouped(self.outcomes, lambda outcome: outcome.document)),
            ("按类别", grouped(self.outcomes, lambda outcome: outcome.kind)),
        )
        return (
            templates()
            .get_template("ledger_report.html")
            .render(
                run=self.run,
                measures=measure_rows(LEDGER_MEASURES, values, self.baseline, self.falls, self.comparisons),
                baseline=self.baseline,
                falls=self.falls,
                compared=bool(self.comparisons),
                earlier_name=self.earlier_name,
                columns=[measure for measure in LEDGER_MEASURES if measure.name in COLUMNS],
                groups=groups,
                wanted=sum(outcome.wanted is not None for outcome in self.outcomes),
                found=sum(outcome.found is not None for outcome in self.outcomes),
                outcomes=[(outcome, differing(outcome)) for outcome in self.outcomes],
            )
        )
