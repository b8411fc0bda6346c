"""The learned models: linear, bounded in sign, and about features that exist."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.features import AGAINST, EITHER_WAY
from assistant.learned import Linear, models
from assistant.question import understand

MODELS = ("ranking", "confidence")


def test_a_weighted_sum() -> None:
    model = Linear({"a": 2.0, "b": -1.0}, bias=0.5)
    assert model.score({"a": 1.0, "b": 3.0, "unknown": 9.0}) == -0.5
    assert model.score({}) == 0.5


def test_probabilities_stay_between_0_and_1() -> None:
    model = Linear({"a": 1.0})
    assert model.probability({"a": 0.0}) == 0.5
    assert 0.0 < model.probability({"a": -1e9}) < 1e-9
    assert 1.0 - 1e-9 < model.probability({"a": 1e9}) < 1.0


@pytest.mark.parametrize("name", MODELS)
def test_no_weight_turns_evidence_round(name: str) -> None:
    for feature, weight in models()[name].weights.items():
        if feature in AGAINST:
            assert weight <= 0.0, feature
        elif feature not in EITHER_WAY:
            assert weight >= 0.0, feature


@pytest.mark.parametrize("name", MODELS)
def test_every_weight_is_of_a_feature(assistant: Assistant, name: str) -> None:
    question = understand("青澜市2023年食品抽检合格率目标是多少？")
    evidence = assistant.retriever.evidence(question)
    [known] = assistant.retriever.features(question, evidence, evidence.units[:1])
    assert models()[name].weights.keys() - {"margin"} == known.keys()


def test_confidence_tells_a_plain_question_from_one_that_nothing_answers(assistant: Assistant) -> None:
    def confidence(text: str) -> float:
        return assistant.retriever.evidence(understand(text)).confidence

    assert confidence("青澜市2023年食品抽检合格率目标是多少？") > 0.7
    assert confidence("世界杯冠军是哪个队？") < 0.4
