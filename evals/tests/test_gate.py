"""The gate: the sets of the package, judged over the demonstration corpus, must keep their committed baselines.

`wennuo eval SET --demonstration --update-baseline` sets the baseline of any of them.
"""

from __future__ import annotations

import pytest

from evals.baseline import falls, read_baseline
from evals.cases import SETS, read_set
from evals.judging import judge, summary, unplaced
from evals.ledger import read_ledger
from evals.ledger_measures import LEDGER_MEASURES, ledger_summary
from evals.ledger_run import run_ledger
from evals.matching import judge_ledger, unplaced_rows
from evals.run import run_set
from evals.sources import Sources

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library():
    from evals.demonstration import demonstration_library

    with demonstration_library() as library:
        yield library


@pytest.fixture(scope="module", params=("demonstration", "demonstration_dialogues"))
def judged(request, library):
    """A set's name, and the judgements on it."""
    from assistant.bootstrap import make_assistant

    path = SETS / f"{request.param}.jsonl"
    if not path.exists():
        pytest.skip(f"the set {request.param} is not written yet")
    questions = read_set(path)
    run = run_set(questions, library, make_assistant(library))
    return request.param, judge(questions, run, Sources.of(library))


def test_every_wanted_quote_stands_in_the_corpus(judged):
    assert unplaced(judged[1]) == ()


def test_no_measure_falls_below_its_baseline(judged):
    name, judgements = judged
    held = read_baseline().get(name)
    if held is None:
        pytest.skip(f"evals/baseline.json holds nothing for {name} yet")
    fallen = falls(summary(judgements), held)
    assert not fallen, "; ".join(map(str, fallen))


def test_quotes_are_verbatim_and_where_they_say(judged):
    values = summary(judged[1])
    assert values["verbatim"] == 1.0
    assert values["exact_span"] == 1.0


LEDGER = "demonstration_ledger"


@pytest.fixture(scope="module")
def ledger():
    return read_ledger(SETS / f"{LEDGER}.jsonl")


@pytest.fixture(scope="module")
def ledger_values(ledger, library):
    return ledger_summary(judge_ledger(ledger, run_ledger(ledger, library).rows, Sources.of(library)))


def test_every_wanted_commitment_stands_in_the_corpus(ledger, library):
    assert unplaced_rows(ledger, Sources.of(library)) == ()


def test_no_measure_of_the_ledger_falls_below_its_baseline(ledger_values):
    held = read_baseline()[LEDGER]
    assert held.keys() == {measure.name for measure in LEDGER_MEASURES}
    fallen = falls(ledger_values, held, LEDGER_MEASURES)
    assert not fallen, "; ".join(map(str, fallen))


def test_commitments_are_verbatim_and_where_they_say(ledger_values):
    assert ledger_values["verbatim"] == 1.0
