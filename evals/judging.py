"""From a run to judgements, and from judgements to tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evals.cases import QuestionSet
from evals.measure import values
from evals.measures import MEASURES, Judgement
from evals.ranking import Ranking, rank
from evals.run import Run
from evals.sources import Sources

Values = Mapping[str, float | None]


def judge(questions: QuestionSet, run: Run, sources: Sources) -> tuple[Judgement, ...]:
    """A judgement on every case of the set, in its order."""
    return ranked([Judgement.of(case, run.records.get(case.id), sources) for case in questions.cases])


def ranked(judged: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements with how high the evidence stands among their passages."""
    rankings = rank({one.case.id: (one.wanted, one.places) for one in judged})
    return tuple(replace(one, ranking=rankings.get(one.case.id, Ranking())) for one in judged)


def summary(judgements: Sequence[Judgement]) -> dict[str, float | None]:
    """The value of every measure of answers, by name."""
    return values(MEASURES, judgements)


def by_kind(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """The judgements of each kind of question, kinds in order."""
    groups: dict[str, list[Judgement]] = defaultdict(list)
    for judged in judgements:
        groups[judged.case.kind].append(judged)
    return dict(sorted(groups.items()))


def unplaced(judgements: Sequence[Judgement]) -> tuple[str, ...]:
    """Ids of cases whose wanted quotes do not all stand in the library: the set or the library is wrong there."""
    return tuple(judged.case.id for judged in judgements if len(judged.wanted) < len(judged.case.quotes))
