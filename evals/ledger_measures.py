"""The measures of a ledger, each with its name: what was found of what is wanted, and in which fields both agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from evals.ledger import Figure, LedgerRow
from evals.matching import Outcome
from evals.measure import Measure, Share, plain, values


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a row, None where the row has none, and when two of them say the same."""

    name: str
    title: str
    of: Callable[[LedgerRow], Any]
    same: Callable[[Any, Any], bool]

    def agrees(self, outcome: Outcome) -> bool:
        """Whether both rows have it and say the same."""
        wanted, found = self.values(outcome)
        return wanted is not None and found is not None and self.same(wanted, found)

    def values(self, outcome: Outcome) -> tuple[Any, Any]:
        """As wanted and as found."""
        wanted, found = outcome.wanted, outcome.found
        return self.of(wanted) if wanted else None, self.of(found) if found else None

    def recall(self, outcome: Outcome) -> Share:
        """Of the wanted rows that have it, missed ones included, those on which both agree."""
        return Share(self.agrees(outcome), self.values(outcome)[0] is not None)

    def precision(self, outcome: Outcome) -> Share:
        """Of the found rows that have it and match a wanted one, those on which both agree."""
        return Share(self.agrees(outcome), outcome.matched and self.values(outcome)[1] is not None)


class Difference(NamedTuple):
    """A field in which two rows do not agree, in words; "-" where a row has none."""

    name: str
    title: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.name}: {self.wanted}, found {self.found}"


def same_name(one: str, other: str) -> bool:
    """Whether one name holds the other: 办公室 is 市局办公室."""
    one, other = plain(one), plain(other)
    return one in other or other in one


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether both are masked, or print the same value."""
    return one.masked == other.masked and plain(one.value or "") == plain(other.value or "")


KIND = Field("kind", "类别", lambda row: row.kind, lambda one, other: one == other)
OWNER = Field("owner", "责任主体", lambda row: row.owner, same_name)
DUE = Field("due", "期限", lambda row: row.due, lambda one, other: one == other)
METRIC = Field("metric", "指标值", lambda row: row.metric, same_figure)
FIELDS = (KIND, OWNER, DUE, METRIC)


def _recall(outcome: Outcome) -> Share:
    return Share(outcome.matched, outcome.wanted is not None)


def _precision(outcome: Outcome) -> Share:
    return Share(outcome.matched, outcome.found is not None)


def _f1(outcome: Outcome) -> Share:
    return Share(2.0 * outcome.matched, (outcome.wanted is not None) + (outcome.found is not None))


def _units(outcome: Outcome) -> tuple[Sequence[str], Sequence[str]]:
    """The units that take part, as wanted and as found; both empty where the set says nothing about them."""
    wanted, found = outcome.wanted, outcome.found
    if wanted is None or wanted.cooperating is None:
        return (), ()
    return wanted.cooperating, (found.cooperating or ()) if found else ()


def _cooperating_recall(outcome: Outcome) -> Share:
    wanted, found = _units(outcome)
    return Share(sum(any(same_name(unit, other) for other in found) for unit in wanted), len(wanted))


def _cooperating_precision(outcome: Outcome) -> Share:
    wanted, found = _units(outcome)
    return Share(sum(any(same_name(unit, other) for other in wanted) for unit in found), len(found))


def _verbatim(outcome: Outcome) -> Share:
    return Share(outcome.verbatim, outcome.found is not None)


def _of_field(field: Field) -> tuple[Measure[Outcome], Measure[Outcome]]:
    return (
        Measure(
            f"{field.name}_recall",
            f"{field.title}召回",
            f"应有{field.title}的事项中，说对的比例；漏掉的事项也算没说对",
            field.recall,
        ),
        Measure(
            f"{field.name}_precision",
            f"{field.title}准确",
            f"对上的事项中，说出的{field.title}说对的比例",
            field.precision,
        ),
    )


LEDGER_MEASURES: tuple[Measure[Outcome], ...] = (
    Measure("recall", "召回", "应列入台账的事项中，找到了的比例", _recall),
    Measure("precision", "准确", "列入台账的事项中，应当列入的比例", _precision),
    Measure("f1", "F1", "召回与准确的调和平均", _f1),
    *(measure for field in FIELDS for measure in _of_field(field)),
    Measure("cooperating_recall", "配合单位召回", "应有的配合单位中，说出了的比例", _cooperating_recall),
    Measure("cooperating_precision", "配合单位准确", "说出的配合单位中，说对的比例", _cooperating_precision),
    Measure("verbatim", "引文逐字", "起止位置上的文字与所引文字完全一致的比例", _verbatim),
)
COLUMNS = (
    *("recall", "precision", "f1", "kind_recall", "owner_recall", "owner_precision"),
    *("due_recall", "due_precision", "metric_recall", "metric_precision"),
)
"""What tables by document and by kind show."""


def ledger_summary(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    """The value of every measure of a ledger, by name."""
    return values(LEDGER_MEASURES, outcomes)


def grouped(
    outcomes: Sequence[Outcome], by: Callable[[Outcome], str]
) -> list[tuple[str, int, int, dict[str, float | None]]]:
    """For each group in order of its name: the name, how many are wanted, how many were found, the measures' values."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[by(outcome)].append(outcome)
    return [
        (
            name,
            sum(one.wanted is not None for one in group),
            sum(one.found is not None for one in group),
            ledger_summary(group),
        )
        for name, group in sorted(groups.items())
    ]


def differing(outcome: Outcome) -> tuple[Difference, ...]:
    """The fields in which a match does not agree; empty for all else."""
    if not outcome.matched:
        return ()
    said = []
    for field in FIELDS:
        wanted, found = field.values(outcome)
        if (wanted is not None or found is not None) and not field.agrees(outcome):
            said.append(Difference(field.name, field.title, str(wanted or "-"), str(found or "-")))
    wanted, found = _units(outcome)
    if _cooperating_recall(outcome).part < len(wanted) or _cooperating_precision(outcome).part < len(found):
        words = ("、".join(units) or "-" for units in (wanted, found))
        said.append(Difference("cooperating", "配合单位", *words))
    return tuple(said)
