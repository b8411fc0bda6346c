"""Answers as they are kept: all of their fields, so that a follow-up after a restart finds what one before it would."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer


@cache
def _adapter() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def as_json(answer: Answer) -> str:
    """The whole answer, unlike `Answer.to_json`, which leaves out what a reader is not told (confidence, kind, the ledger's question)."""
    return _adapter().dump_json(answer).decode()


def from_json(kept: str) -> Answer | None:
    """The answer again, its laws checked; None for what is not one, or one of another version that cannot be read."""
    try:
        return _adapter().validate_json(kept)
    except ValidationError:
        return None
