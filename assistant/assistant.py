"""The flow: question → evidence → composition → check → answer. One way, the same for every face and for the judges."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.conversation import FollowUp, Turn, resolve
from assistant.question import Question, Scope, parts_of, understand
from assistant.quoting import Draft, QuotingComposer, wording
from assistant.refusal import Refusal, judge
from assistant.retrieval import Evidence, Retriever
from corpus.library import Library, Scored


class Assistant:
    """Answers questions from one library. Safe for several threads."""

    def __init__(self, library: Library, retriever: Retriever, composer: QuotingComposer) -> None:
        self.library = library
        self.retriever = retriever
        self.composer = composer

    def answer(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Answer:
        """The checked answer to `question`, or a refusal; never raises for what a question says."""
        *_, final = self.stream(question, history, scope)
        return final

    def stream(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Iterator[Answer]:
        """Partial answers, the last of which is final and checked."""
        begun = time.perf_counter()
        follow_up = resolve(question, history, self.retriever.scoping().places(question))
        understood = understand(follow_up.text, context=follow_up.context)
        evidence = self.retriever.evidence(understood, scope, anchors=follow_up.anchors)
        answer = self._quoted(question, follow_up, understood, evidence, scope)
        yield replace(answer, elapsed=1000 * (time.perf_counter() - begun))

    def search(self, question: str, k: int = 20, scope: Scope = Scope()) -> tuple[Scored, ...]:
        """The k best passages for `question`, best first."""
        return self.retriever.ranked(understand(question), k, scope)

    def starters(self, count: int = 6) -> tuple[str, ...]:
        """Questions that the library's own content answers, to begin with."""
        from assistant.starters import starters

        return starters(self.library, count)

    def _quoted(
        self, asked: str, follow_up: FollowUp, question: Question, evidence: Evidence, scope: Scope
    ) -> Answer:
        judged = judge(question, evidence)
        draft = (
            self._compared(question)
            or self._across(question, evidence)
            or self._in_parts(question, scope, follow_up)
            or (None if follow_up.ordinal else self.composer.listing(question, evidence))
        )
        if draft is None:
            if isinstance(judged, Refusal):
                return self._refused(asked, follow_up, question, evidence, judged)
            draft = self.composer.compose(question, judged, follow_up.ordinal)
        citations = self.composer.citations(draft)
        return Answer(
            question=asked,
            asked=follow_up.asked,
            text=wording(citations, draft),
            status=draft.status,
            citations=citations,
            confidence=draft.confidence,
            kind=question.kind,
        )

    def _compared(self, question: Question) -> Draft | None:
        sides = self.retriever.sides(question)
        drafts = [self._draft(part, self.retriever.evidence(part, documents=names)) for part, names in sides]
        found = [draft for draft in drafts if draft is not None]
        return self.composer.compare(question, found) if found else None

    def _across(self, question: Question, evidence: Evidence) -> Draft | None:
        if not question.across or isinstance(judge(question, evidence), Refusal):
            return None
        return self.composer.across(question, evidence)

    def _in_parts(self, question: Question, scope: Scope, follow_up: FollowUp) -> Draft | None:
        parts = parts_of(question)
        if len(parts) < 2:
            return None
        drafts = [self._draft(part, self.retriever.evidence(part, scope, anchors=follow_up.anchors)) for part in parts]
        found = [draft for draft in drafts if draft is not None]
        return self.composer.merge(question, found) if found else None

    def _draft(self, question: Question, evidence: Evidence) -> Draft | None:
        judged = judge(question, evidence)
        if isinstance(judged, Refusal):
            return None
        return self.composer.listing(question, evidence) or self.composer.compose(question, judged)

    def _refused(
        self, asked: str, follow_up: FollowUp, question: Question, evidence: Evidence, refusal: Refusal
    ) -> Answer:
        citations: tuple[Citation, ...] = ()
        if refusal.nearest is not None:
            citations = self.composer.citations(
                Draft((self.composer.quote(question, refusal.nearest, evidence.terms),), "not_found")
            )
        near = f"最接近的内容：{citations[0].quote}[1]。" if citations else ""
        return Answer(
            question=asked,
            asked=follow_up.asked,
            text=f"资料中没有提到：{refusal.reason}。{near}",
            status="not_found",
            citations=citations,
            confidence=refusal.confidence,
            kind=question.kind,
        )
