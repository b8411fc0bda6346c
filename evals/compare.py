"""Two runs of one set, measure by measure, with a paired permutation test (scipy).

Each question was asked in both runs, so the questions are pairs: were the change without effect, swapping the two runs' results on any question
would make no odds. For measures of yes and no (correct, verbatim) this is McNemar's exact test while few questions differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.measure import Measure, T
from evals.measures import MEASURES, Judgement

RESAMPLES = 9_999
SEED = 20_220_101
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure before and after. n: questions it applies to in either run; p: two-sided, 1.0 where nothing can be compared."""

    measure: Measure[Any]
    before: float | None
    after: float | None
    better: int
    worse: int
    n: int
    p: float

    @property
    def difference(self) -> float | None:
        """The value after, less the value before; None where either has no value."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def significant(self) -> bool:
        """Whether chance alone is an unlikely cause."""
        return self.p < SIGNIFICANT


def compare(before: Sequence[Judgement], after: Sequence[Judgement]) -> tuple[Comparison, ...]:
    """Every measure of answers over the questions that both hold, matched by id. Raises ValueError where there are none."""
    first = {judged.case.id: judged for judged in before}
    pairs = [(first[judged.case.id], judged) for judged in after if judged.case.id in first]
    if not pairs:
        raise ValueError("the two runs have no question in common")
    return compare_pairs(MEASURES, pairs)


def compare_pairs(measures: Iterable[Measure[T]], pairs: Sequence[tuple[T, T]]) -> tuple[Comparison, ...]:
    """Every measure over pairs of what was judged before and after."""
    return tuple(_compare(measure, pairs) for measure in measures)


def changed(
    before: Sequence[Judgement], after: Sequence[Judgement]
) -> tuple[tuple[Judgement, ...], tuple[Judgement, ...]]:
    """The judgements of `after` on questions that became correct, and on those that no longer are."""
    first = {judged.case.id: judged.correct for judged in before}
    known = [judged for judged in after if judged.case.id in first]
    mended = tuple(judged for judged in known if judged.correct and not first[judged.case.id])
    broken = tuple(judged for judged in known if not judged.correct and first[judged.case.id])
    return mended, broken


def _compare(measure: Measure[T], pairs: Sequence[tuple[T, T]]) -> Comparison:
    shares = [(measure.of(one), measure.of(other)) for one, other in pairs]
    shares = [pair for pair in shares if pair[0].whole or pair[1].whole]
    better = worse = 0
    for one, other in shares:
        if one.whole and other.whole:
            gain = other.part / other.whole - one.part / one.whole
            better += (gain > 0) if measure.higher_is_better else (gain < 0)
            worse += (gain < 0) if measure.higher_is_better else (gain > 0)
    before = measure.value([one for one, _ in pairs])
    after = measure.value([other for _, other in pairs])
    p = 1.0 if before is None or after is None else _p_value(measure, shares)
    return Comparison(measure, before, after, better, worse, len(shares), p)


def _p_value(measure: Measure[Any], shares: Sequence[tuple[Any, Any]]) -> float:
    """How likely so large a difference would be by chance, of either sign."""
    differing = [pair for pair in shares if pair[0] != pair[1]]
    if len(differing) < 2:
        return 1.0  # one difference could as well have gone the other way
    import numpy as np
    from scipy.stats import permutation_test, wilcoxon

    if measure.median:
        gains = [other.part - one.part for one, other in differing if one.whole and other.whole]
        return float(wilcoxon(gains).pvalue) if gains else 1.0
    alike = [pair[0] for pair in shares if pair[0] == pair[1]]
    base = np.array([[share.part, share.whole] for share in alike] or [[0.0, 0.0]]).sum(axis=0)
    # The test shuffles indices into `pool`: a question's results in both runs, part and whole together.
    pool = np.array([*(one for one, _ in differing), *(other for _, other in differing)], dtype=float)
    first = np.arange(len(differing))

    def value(indices: Any, axis: int) -> Any:
        parts = pool[indices, 0].sum(axis=axis) + base[0]
        wholes = pool[indices, 1].sum(axis=axis) + base[1]
        return np.divide(parts, wholes, out=np.zeros_like(parts), where=wholes > 0)

    result = permutation_test(
        (first, first + len(differing)),
        lambda x, y, axis: value(y, axis) - value(x, axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(SEED),
    )
    return float(result.pvalue)
