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
        understood = understand(follow_up.text)
        evidence = self.retriever.evidence(understood, scope, follow_up.documents or None)
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
        compared = self.retriever.compared(question)
        judged = judge(question, evidence)
        if isinstance(judged, Refusal) and len(compared) < 2:
            return self._refused(asked, follow_up, question, evidence, judged)
        evidence = evidence if isinstance(judged, Refusal) else judged
        if len(compared) >= 2:
            draft = self.composer.compare(
                question, [self.retriever.evidence(question, documents=[name]) for name in compared]
            )
        elif len(parts := parts_of(question)) >= 2:
            evidences = [self.retriever.evidence(part, scope, follow_up.documents or None) for part in parts]
            draft = self.composer.merge(
                question,
                [
                    self.composer.compose(part, found)
                    for part, found in zip(parts, evidences, strict=True)
                    if found.units
                ],
            )
        else:
            draft = self.composer.compose(question, evidence, follow_up.ordinal)
        citations = self.composer.citations(draft)
        return Answer(
            question=asked,
            asked=follow_up.text,
            text=wording(citations, draft),
            status=draft.status,
            citations=citations,
            confidence=draft.confidence,
            kind=question.kind,
        )

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
            asked=follow_up.text,
            text=f"资料中没有提到：{refusal.reason}。{near}",
            status="not_found",
            citations=citations,
            confidence=refusal.confidence,
            kind=question.kind,
        )
