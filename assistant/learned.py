"""What was learned from question sets: weights of features for ranking, and for confidence.

weights.json is made by `python -m evals.training`, from questions on the demonstration corpus alone. Both models are linear, so
that each weight can be read, and nothing is imported to apply them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of features; those that it does not name count nothing."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def score(self, features: Mapping[str, float]) -> float:
        """The sum."""
        return self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """The sum as a probability, 0..1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


@lru_cache(maxsize=1)
def models() -> Mapping[str, Linear]:
    """The models by name: "ranking", whose scores order the sentences of one question, and "confidence"."""
    table = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: Linear(model["weights"], model.get("bias", 0.0)) for name, model in table.items()}
