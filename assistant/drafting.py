"""Drafts of what is asked once, in parts, of two things at once, or of two sides: the evidence searched, judged and composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import FollowUp
from assistant.counterparts import with_counterparts
from assistant.draft import LONGEST_ANSWER, LONGEST_QUOTE, Draft, unquoted
from assistant.enumerating import listing
from assistant.evidence import Evidence
from assistant.measured import measured_first
from assistant.parts import asks_elsewhere, both_of, parts_of
from assistant.question import Question, Scope, understand
from assistant.quoting import SEE_ALSO, QuotingComposer
from assistant.refusal import Refusal, judge
from assistant.retrieval import Retriever

LABEL = 12  # characters that a side's name takes


class Drafting:
    """Drafts answers from one library. Safe for several threads."""

    def __init__(self, retriever: Retriever, composer: QuotingComposer) -> None:
        self.retriever = retriever
        self.composer = composer
        self.library = retriever.library

    def compared(
        self, question: Question, sides: Sequence[tuple[Question, frozenset[str]]], scope: Scope
    ) -> Draft | None:
        """What each side says, labelled, and for which nothing was found; None where none says anything."""
        evidences = [self.retriever.evidence(part, scope, documents=names) for part, names in sides]
        evidences = with_counterparts(evidences, self.library.likeness)
        drafts = [self.draft(part, evidence) for (part, _), evidence in zip(sides, evidences, strict=True)]
        if sum(len(draft.quotes[0].span) for draft in drafts if draft) > LONGEST_ANSWER:
            longest = LONGEST_ANSWER // len(sides) - LABEL
            drafts = [
                self.draft(part, evidence, longest)
                if draft and len(draft.quotes) == 1 and len(draft.quotes[0].span) > longest
                else draft
                for (part, _), evidence, draft in zip(sides, evidences, drafts, strict=True)
            ]
        found = [draft for draft in drafts if draft is not None]
        empty = [min(names) for (_, names), draft in zip(sides, drafts, strict=True) if draft is None]
        return self.composer.compare(question, found, empty) if found else None

    def across(self, question: Question, evidence: Evidence) -> Draft | None:
        """Which documents say it, where that is asked; None where it is not, or none does."""
        return self.composer.across(question, evidence) if question.across and evidence.units else None

    def in_parts(self, question: Question, scope: Scope, follow_up: FollowUp) -> Draft | None:
        """What answers each part of a question that asks more than once; None where it asks once, or nothing answers."""
        parts = [self.retriever.dated(part) for part in parts_of(question)]
        if len(parts) < 2:
            return self._of_both(question, scope, follow_up)
        drafts: list[Draft] = []
        for number, part in enumerate(parts):
            evidence = self.retriever.evidence(part, scope, anchors=follow_up.anchors)
            draft = self.draft(part, evidence)
            if draft is None and self._is_elsewhere(part, parts):
                part = replace(part, years=frozenset())
                evidence = self.retriever.evidence(part, scope, anchors=follow_up.anchors)
                draft = self.draft(part, evidence)
            if draft and drafts and asks_elsewhere(parts[number - 1], part):
                shown = [quote for earlier in drafts for quote in earlier.quotes if quote.label != SEE_ALSO]
                others = unquoted(evidence, shown)
                draft = self.draft(part, others) if len(others.units) < len(evidence.units) else draft
            if draft:
                drafts.append(draft)
        several = list({draft.quotes: draft for draft in reversed(drafts)}.values())[::-1]
        return self.composer.merge(several) if len(several) > 1 else next(iter(several), None)

    def _of_both(self, question: Question, scope: Scope, follow_up: FollowUp) -> Draft | None:
        """One draft for a question that asks the figures of two things at once; None where one of them has none."""
        drafts = []
        for part in both_of(question):
            evidence = self.retriever.evidence(part, scope, anchors=follow_up.anchors)
            draft = self.draft(part, evidence)
            if draft is None:
                return None
            drafts.append(draft)
        return self.composer.merge(drafts) if drafts else None

    def _is_elsewhere(self, part: Question, parts: Sequence[Question]) -> bool:
        """Whether a part has its year from another one, and names another place than that."""
        places = self.retriever.scoping().places
        here, years = places(part.folded), understand(part.text).years
        return bool(part.years and not years and here) and all(
            not set(places(other.folded)) & set(here) for other in parts if other is not part
        )

    def draft(self, question: Question, evidence: Evidence, longest: int = LONGEST_QUOTE) -> Draft | None:
        """What answers one asking, quotes of at most `longest` characters; None where nothing does."""
        evidence = measured_first(self.retriever, question, evidence)
        judged = self.judged(question, evidence)
        if isinstance(judged, Refusal):
            return None
        return listing(self.library, question, evidence) or self.composer.compose(question, judged, longest)

    def judged(self, question: Question, evidence: Evidence) -> Evidence | Refusal:
        """The evidence with a sentence first that answers, or why none does."""
        scoping = self.retriever.scoping()
        places = scoping.missing_places(question)
        named = scoping.places_of(question)
        if len(named) == 1 and (question.measure or question.kind in ("target", "figure")):
            places = named  # a figure of the one place that is named, whoever else names it beside its own
        return judge(question, evidence, places)
