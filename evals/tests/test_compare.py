"""The paired test against what can be worked out exactly, and the baseline."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest

from corpus.errors import QuestionSetError
from evals.baseline import falls, read_baseline, write_baseline
from evals.cases import Case, QuestionSet
from evals.compare import changed, compare
from evals.judging import judge
from evals.run import Record, Run
from evals.sources import Sources


def judged(answers, abstained=()):
    cases = tuple((Case(f"q{n}", "?", facts=(("对",),) if n < 20 else ()),) for n in range(len(answers)))
    records = {f"q{n}": Record(f"q{n}", answer=a, abstained=n in abstained) for n, a in enumerate(answers)}
    return judge(QuestionSet("s", cases), Run({}, records), Sources({}.get))


def by_name(comparisons):
    return {one.measure.name: one for one in comparisons}


def test_the_same_run_twice_differs_in_nothing():
    one = judged(["对", "错", "对"])
    assert all(c.p == 1.0 and not c.difference and not c.better for c in compare(one, one))


@pytest.mark.parametrize(("better", "worse"), [(5, 0), (6, 0), (4, 2), (8, 1), (1, 7)])
def test_yes_and_no_is_mcnemar_exact(better, worse):
    before = judged(["错"] * better + ["对"] * worse + ["对"] * 3)
    after = judged(["对"] * better + ["错"] * worse + ["对"] * 3)
    found = by_name(compare(before, after))["correct"]
    assert (found.better, found.worse, found.n) == (better, worse, better + worse + 3)
    assert found.p == pytest.approx(binomtest(better, better + worse).pvalue)
    assert found.difference == pytest.approx((better - worse) / found.n)


def test_many_differences_are_resampled_with_a_fixed_seed():
    before, after = judged(["错"] * 20), judged(["对"] * 18 + ["错"] * 2)
    first, second = (by_name(compare(before, after))["correct"].p for _ in range(2))
    assert first == second
    assert 0 < first < 0.001


def test_f1_and_length_are_compared_too():
    before = judged(["对"] * 20 + ["对"] * 6)
    after = judged(["对很长"] * 20 + ["没有"] * 6, abstained=range(20, 26))
    found = by_name(compare(before, after))
    assert (found["refusal_f1"].before, found["refusal_f1"].after) == (0.0, 1.0)
    assert found["refusal_f1"].p < 0.05
    assert found["length"].significant
    assert (found["length"].better, found["length"].worse) == (0, 20)
    assert found["refusal_precision"].before is None
    assert found["refusal_precision"].difference is None


def test_what_changed():
    mended, broken = changed(judged(["对", "错", "对"]), judged(["错", "对", "对"]))
    assert [one.case.id for one in mended] == ["q1"]
    assert [one.case.id for one in broken] == ["q0"]


def test_runs_without_a_common_question_cannot_be_compared():
    with pytest.raises(ValueError, match="no question in common"):
        compare([], judged(["对"]))


def test_a_baseline_is_kept_by_set_and_holds_gated_measures_only(tmp_path):
    path = tmp_path / "baseline.json"
    assert read_baseline(path) == {}
    write_baseline("b", {"correct": 0.123456, "length": 80.0, "mrr": None}, path)
    write_baseline("a", {"correct": 1.0}, path)
    assert read_baseline(path) == {"a": {"correct": 1.0}, "b": {"correct": 0.1235}}
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(QuestionSetError, match="is no baseline"):
        read_baseline(path)


@pytest.mark.parametrize(
    ("values", "fallen", "trap"),
    [
        ({"correct": 0.6, "forbidden": 0.1}, [], "the same"),
        ({"correct": 0.59996, "forbidden": 0.10004}, [], "within the rounding of the file"),
        ({"correct": 0.59, "forbidden": 0.1}, ["correct"], "below"),
        ({"correct": 0.7, "forbidden": 0.2}, ["forbidden"], "lower is better"),
        ({"correct": None, "forbidden": 0.0}, ["correct"], "no value any more"),
    ],
)
def test_falls(values, fallen, trap):
    found = falls(values, {"correct": 0.6, "forbidden": 0.1})
    assert [fall.measure for fall in found] == fallen, trap
    assert all("baseline" in str(fall) for fall in found)
