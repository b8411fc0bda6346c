"""The assistant of an evaluation: one bad question does not end it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.conversation import Turn
    from corpus.library import Scored

log = logging.getLogger(__name__)


class Patient:
    """The assistant, except that a question at which it fails gets an empty answer, which counts as wrong, with a warning."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.failures: list[str] = []

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The assistant's answer, or an empty one."""
        try:
            return self._assistant.answer(question, history)
        except Exception as error:  # noqa: BLE001 - one bad question must not end the run
            log.warning("the question %r could not be answered: %r", question, error)
            self.failures.append(question)
            return Answer(question, question, "", "answered", warnings=(f"{type(error).__name__}",))

    def search(self, question: str, k: int) -> tuple[Scored, ...]:
        """The assistant's passages, or none."""
        try:
            return self._assistant.search(question, k=k)
        except Exception as error:  # noqa: BLE001 - as above
            log.warning("the question %r could not be searched: %r", question, error)
            return ()
