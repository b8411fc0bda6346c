"""What a search finds: sentences as evidence, with how well each fits the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.terms import Term
from assistant.timing import Tense
from corpus.document import Span
from corpus.library import Scored
from corpus.passage import Passage

LOOKED_AT = 12  # sentences, the best, among which the one that answers is looked for


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence as evidence.

    coverage: the share (0..1) of the question's weight that it and its surroundings hold; own: it alone. shaped: it has the
    shape of answer that the question wants. timely: it may speak of the year asked. affinity: how likely its document is meant.
    tense: whether it reports or plans, by the ledger's rows where they cover it. likeness: to the question, by meaning, as
    `Library.likeness` gives it. score ranks; scores of two questions do not compare.
    """

    passage: Passage
    span: Span
    text: str
    coverage: float
    own: float
    shaped: bool
    affinity: float
    timely: bool
    score: float
    tense: Tense = "either"
    likeness: tuple[float, float] = (0.0, 0.0)

    @property
    def document(self) -> str:
        """The name of the document it stands in."""
        return self.passage.document

    @property
    def is_title(self) -> bool:
        """Whether it is the title of its document, or its beginning."""
        return self.passage.context.startswith(self.text.strip("　 #*—-"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sentences, best first, and what the search was about.

    affinity: how likely each document is meant. confidence: how likely (0..1) the first sentence answers. within: the documents
    that the reader, or one side of a comparison, restricted the search to; None for all. alone: whether the first sentence surely
    answers by itself, so that no second one is shown.
    """

    units: tuple[Unit, ...]
    terms: tuple[Term, ...]
    affinity: Mapping[str, float]
    passages: tuple[Scored, ...]
    confidence: float = 1.0
    within: frozenset[str] | None = None
    alone: bool = False
