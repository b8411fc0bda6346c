"""Beside a refusal: questions that the nearest document does answer."""

from __future__ import annotations

import threading

from assistant.answer import Answer
from assistant.starters import starters_of
from corpus.errors import WenNuoError
from ui.office import Office
from ui.people import Person, Role

KEPT = 400  # documents whose questions are remembered


class NearQuestions:
    """Made once for a revision of a document, since each question is tried. Safe for several threads."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._made: dict[tuple[Role, str, str], tuple[str, ...]] = {}
        self._making = threading.Lock()

    def beside(self, person: Person, answer: Answer) -> tuple[str, ...]:
        """Those of the document that a refusal names as the nearest; () for an answer, and where nothing is near."""
        if not answer.abstained or not answer.citations:
            return ()
        nearest = answer.citations[0]
        key = (person.role, nearest.document, nearest.revision)
        if key not in self._made:
            try:
                document = self._office.library_for(person).document(nearest.document)
                made = starters_of(document, self._office.assistant_for(person).quoting.answer)
            except WenNuoError:  # gone in the meantime: there is nothing to offer
                return ()
            with self._making:
                while len(self._made) >= KEPT:
                    self._made.pop(next(iter(self._made)))
                self._made[key] = made
        return tuple(question for question in self._made.get(key, ()) if question != answer.question)
