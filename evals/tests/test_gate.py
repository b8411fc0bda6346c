"""The gate: the sets of the package, asked over the demonstration corpus, must keep their committed baselines."""

from __future__ import annotations

import pytest

from evals.baseline import falls, read_baseline
from evals.cases import SETS, read_set
from evals.judging import judge, summary, unplaced
from evals.run import run_set
from evals.sources import Sources

pytestmark = pytest.mark.slow
NAMES = ("demonstration", "demonstration_dialogues")


@pytest.fixture(scope="module")
def library():
    from evals.demonstration import demonstration_library

    with demonstration_library() as library:
        yield library


def judged(name, library):
    from assistant.bootstrap import make_assistant

    path = SETS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the set {name} is not written yet")
    questions = read_set(path)
    return judge(questions, run_set(questions, library, make_assistant(library)), Sources.of(library))


@pytest.mark.parametrize("name", NAMES)
def test_every_wanted_quote_stands_in_the_corpus(name, library):
    assert unplaced(judged(name, library)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_no_measure_falls_below_its_baseline(name, library):
    held = read_baseline().get(name)
    if held is None:
        pytest.skip(f"evals/baseline.json holds nothing for {name} yet")
    fallen = falls(summary(judged(name, library)), held)
    assert not fallen, "; ".join(map(str, fallen))


@pytest.mark.parametrize("name", NAMES)
def test_quotes_are_verbatim_and_where_they_say(name, library):
    values = summary(judged(name, library))
    assert values["verbatim"] == 1.0
    assert values["exact_span"] == 1.0
