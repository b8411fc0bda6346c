"""When to refuse: what is asked is not in the documents, though something near may be."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.question import Question
from assistant.retrieval import Evidence, Unit
from assistant.scoping import Scoping


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, in words that follow “资料中没有提到：”; nearest is the closest thing that is there."""

    reason: str
    nearest: Unit | None
    confidence: float


def judge(question: Question, evidence: Evidence, scoping: Scoping) -> Refusal | None:
    """A refusal, or None when the evidence answers `question`."""
    if not evidence.units:
        return Refusal("没有与问题相关的内容", None, 1.0)
    return None
