"""Learning ranking and confidence: what the fits find, and that the committed weights are those that training gives."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.features import AGAINST, EITHER_WAY
from assistant.learned import WEIGHTS
from evals.cases import Case
from evals.training.__main__ import main
from evals.training.examples import Example
from evals.training.fitting import bounds_of, fit_confidence, fit_ranking

FOR, OPPOSED, FREE = "own", sorted(AGAINST)[0], sorted(EITHER_WAY)[0]
NAMES = (FOR, OPPOSED, FREE)


def example(rows, answers):
    matrix = np.array(rows, dtype=float)
    return Example(Case("q", "?"), matrix, np.array(answers), ~np.array(answers))


def test_bounds_follow_what_a_feature_says():
    assert bounds_of(NAMES) == [(0.0, None), (None, 0.0), (None, None)]


def test_ranking_learns_what_tells_answers_from_others():
    taught = [example([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [True, False, False])] * 5
    weights = dict(zip(NAMES, fit_ranking(taught, NAMES, 0.01), strict=True))
    assert weights[FOR] > 0.5
    assert weights[OPPOSED] < -0.1
    assert weights[FREE] < -0.1


def test_ranking_never_turns_evidence_round():
    misled = [example([[0, 1, 0], [1, 0, 0]], [True, False])] * 5
    weights = dict(zip(NAMES, fit_ranking(misled, NAMES, 0.01), strict=True))
    assert weights[FOR] == pytest.approx(0.0)
    assert weights[OPPOSED] == pytest.approx(0.0)


def test_questions_that_nothing_answers_teach_no_ranking():
    taught = [example([[1, 0, 0], [0, 0, 0]], [True, False])]
    silent = [*taught, example([[0, 0, 0], [1, 0, 0]], [False, False])]
    scaled = np.abs(fit_ranking(silent, NAMES, 0.01)) > 0.1
    assert scaled.tolist() == (np.abs(fit_ranking(taught, NAMES, 0.01)) > 0.1).tolist()


def test_confidence_is_the_share_of_right_ones():
    rows = np.array([[1.0, 0.0, 0.0]] * 4 + [[0.0, 0.0, 0.0]] * 4)
    right = np.array([1, 1, 1, 0, 0, 0, 0, 1], dtype=float)
    weights, bias = fit_confidence(rows, right, np.ones(8), NAMES, 0.0)
    chances = 1 / (1 + np.exp(-(rows @ weights + bias)))
    assert chances == pytest.approx([0.75] * 4 + [0.25] * 4, abs=1e-3)


def test_rows_count_as_often_as_they_are_said_to():
    rows, right = np.zeros((2, 3)), np.array([1.0, 0.0])
    _, bias = fit_confidence(rows, right, np.array([3.0, 1.0]), NAMES, 0.0)
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.75, abs=1e-3)


@pytest.mark.slow
def test_the_committed_weights_are_those_of_the_training(monkeypatch, tmp_path, capsys):
    written = tmp_path / "weights.json"
    monkeypatch.setattr("evals.training.__main__.WEIGHTS", written)
    monkeypatch.setattr("sys.argv", ["training", "--write"])
    main()
    now, then = (json.loads(path.read_text(encoding="utf-8")) for path in (written, WEIGHTS))
    assert now.keys() == then.keys()
    for name, model in then.items():
        assert now[name]["weights"] == pytest.approx(model["weights"], abs=0.05), name
    shown = capsys.readouterr().out
    rules, learned = (
        float(next(line for line in shown.splitlines() if line.strip().startswith(word)).split()[1])
        for word in ("rules", "learned")
    )
    assert learned > rules
