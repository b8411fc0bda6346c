"""What of kept answers a person may see today: documents go, change, and move to shelves that are not for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.conversation import Turn
from corpus.library import Library
from ui.excerpt import Exchange, excerpts
from ui.people import ROLES, Role
from ui.store.turns import KeptTurn

FULL_HISTORY = 16  # turns that a follow-up may lean on; each is read again for every question


class Eyes:
    """The eyes of one role on one library. Made anew for each request: nothing is remembered that a change could leave behind."""

    def __init__(self, library: Library, role: Role) -> None:
        self.library = library
        self.role = role
        self.revisions = {entry.name: entry.revision for entry in library.entries()}

    def may_see(self, answer: Answer, made_for: Role) -> bool:
        """Whether all that the answer says is for this role: every document that it cites is in its view of the library.

        An answer without citations, or a count from the ledger, may tell of documents that it does not name: one that was made
        for a higher role is withheld.
        """
        if any(citation.document not in self.revisions for citation in answer.citations):
            return False
        lower = ROLES.index(self.role) < ROLES.index(made_for)
        return not (lower and (answer.ledger is not None or not answer.citations))

    def exchange(self, answer: Answer, made_for: Role) -> Exchange | None:
        """The answer with the excerpts behind it; None where it is not for this role."""
        if not self.may_see(answer, made_for):
            return None
        return Exchange(Turn(answer.question, answer), excerpts(self.library, answer))

    def history(self, turns: Sequence[KeptTurn]) -> list[Turn]:
        """The turns as a follow-up may lean on them: without the words of what is not seen or no longer stands as it was cited."""
        return [Turn(turn.question, self._remembered(turn)) for turn in turns[-FULL_HISTORY:]]

    def _remembered(self, turn: KeptTurn) -> Answer:
        answer = turn.answer
        if answer is None or not self.may_see(answer, turn.role):
            return Answer(turn.question, turn.question, "", "not_found")
        if all(self.revisions[citation.document] == citation.revision for citation in answer.citations):
            return answer
        return replace(answer, citations=(), ledger=None)
