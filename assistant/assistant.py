"""The flow: question → evidence → composition → check → answer. One way, the same for every face and for the judges."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.alike import parallel
from assistant.answer import Answer, Citation
from assistant.checking import verify
from assistant.conversation import OF_ANY_SUBJECT, FollowUp, Turn, ordinal_in, resolve, without_ordinal
from assistant.draft import Draft, Quote, unquoted, wording
from assistant.drafting import Drafting
from assistant.enumerating import asks_only_for_items, listing
from assistant.evidence import Evidence
from assistant.fulfilment import fulfilment
from assistant.ledger import LedgerAnswers
from assistant.measured import measured_first
from assistant.membership import item_of, placed
from assistant.misplaced import misplaced
from assistant.narrowing import beside, beyond_the_list, numbered_near, place_meant
from assistant.parts import each_of, parts_of
from assistant.premises import mistaken
from assistant.question import Question, Scope, understand
from assistant.quoting import QuotingComposer
from assistant.refusal import Refusal, judge, without_document
from assistant.retrieval import Retriever
from assistant.rewriting import evidence_for_writing, rewritten
from assistant.starters import starters
from assistant.writing import WritingComposer
from corpus.errors import DocumentNotFoundError, StaleCitationError
from corpus.library import Library, Scored

LABEL = 12  # characters that a side's name takes
TRIES = 4  # more, when documents are replaced while they are being read
LONGEST_QUESTION = 1000  # characters; what is over is not read
SURE = 0.4  # confidence from which the reader is not told to check
UNSURE = "不能确定所引原文回答了问题，请对照原文核实。"


class Assistant:
    """Answers questions from one library. Safe for several threads."""

    def __init__(
        self,
        library: Library,
        retriever: Retriever,
        composer: QuotingComposer,
        writer: WritingComposer | None = None,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        self.library = library
        self.retriever = retriever
        self.composer = composer
        self.drafting = Drafting(retriever, composer)
        self.writer = writer
        self.ledger = LedgerAnswers(retriever, today)
        self._today = today

    @property
    def quoting(self) -> Assistant:
        """The same without a model: for questions that nobody asked, many of which are tried."""
        if self.writer is None:
            return self
        return Assistant(self.library, self.retriever, self.composer, today=self._today)

    def answer(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Answer:
        """The checked answer to `question`, or a refusal; never raises for what a question says."""
        *_, final = self.stream(question, history, scope)
        return final

    def stream(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Iterator[Answer]:
        """Answers that grow, the last of which is final; no sentence is shown before it is checked.

        Without a model there is one. When the endpoint fails, the last is the quoting answer with a warning that says so.
        """
        begun = time.perf_counter()
        question = _readable(question)
        history = [replace(turn, question=_readable(turn.question)) for turn in history]
        follow_up = resolve(question, history, self.retriever.scoping().places)
        understood = self.retriever.dated(understand(follow_up.text, context=follow_up.context))
        for last_try in (*[False] * TRIES, True):
            try:
                listed = self.ledger.answer(question, history, scope)
                if listed is not None:  # a model would only see the rows that are shown
                    verify(listed, self.library.document)
                    break
                evidence = self.retriever.evidence(understood, scope, anchors=follow_up.anchors)
                quoted = self._quoted(question, follow_up, understood, evidence, scope)
                verify(quoted, self.library.document)
                given = evidence_for_writing(self.composer, quoted, evidence) if self.writer else ()
                break
            except (DocumentNotFoundError, StaleCitationError):  # replaced or removed while it was being read
                if last_try:
                    raise
        if listed is not None:
            yield replace(listed, elapsed=1000 * (time.perf_counter() - begun))
            return
        for answer in rewritten(self.writer, quoted, given, history) if self.writer else (quoted,):
            verify(answer, self.library.document)
            yield replace(answer, elapsed=1000 * (time.perf_counter() - begun))

    def search(self, question: str, k: int = 20, scope: Scope = Scope()) -> tuple[Scored, ...]:
        """The k best passages for `question`, best first: those that the answer without a model quotes, then the others.

        Where a question has several parts or sides, the best of each come in turn.
        """
        question = _readable(question)
        understood = self.retriever.dated(understand(question))
        sides = self.retriever.sides(understood)
        parts = [self.retriever.dated(part) for part in parts_of(understood) if part is not understood]
        parts = parts or list(each_of(understood))
        asked = [*sides, *((part, None) for part in ([] if sides else parts)), (understood, None)]
        found = [self.retriever.evidence(part, scope, documents=names) for part, names in asked]
        ranked = [self.retriever.ranked(evidence, k) for evidence in found]
        in_turn = [scored for row in zip_longest(*ranked) for scored in row if scored is not None]
        answer = self._quoted(question, FollowUp(question), understood, found[-1], scope)
        quoted = self._passages_quoted(answer, [s for r in ranked for s in r])
        best: dict[str, Scored] = {}
        for scored in (*quoted, *in_turn):
            best.setdefault(scored.passage.identity, scored)
        return tuple(best.values())[:k]

    def _passages_quoted(self, answer: Answer, ranked: Sequence[Scored]) -> Iterator[Scored]:
        """The passages that an answer quotes, in the order of its citations; none of a refusal."""
        scores = {scored.passage.identity: scored.score for scored in ranked}
        for citation in () if answer.abstained else answer.citations:
            for passage in self.library.passages(citation.document):
                if passage.revision == citation.revision and passage.span.overlap(citation.span):
                    yield Scored(passage, scores.get(passage.identity, 0.0))

    def starters(self, count: int = 6) -> tuple[str, ...]:
        """Questions that the library's own content answers, to begin with; the same library gives the same ones."""
        return starters(self.library, self.quoting.answer, count)

    def _quoted(
        self, asked: str, follow_up: FollowUp, question: Question, evidence: Evidence, scope: Scope
    ) -> Answer:
        place = self.retriever.unheard_of(question)
        if place:
            nearest = evidence.units[0] if evidence.units else None
            return self._refused(
                asked, follow_up, question, evidence, Refusal(f"没有关于{place}的内容", nearest, 0.9)
            )
        part = self._of_a_part(question, follow_up, evidence)
        if part is not None:
            return self._answered(asked, follow_up, question, part)
        absent = without_document(question, self.retriever.scoping().report_years)
        if absent:
            return self._refused(asked, follow_up, question, evidence, Refusal(absent, None, 1.0))
        missing = beyond_the_list(follow_up)
        if missing:
            return self._refused(asked, follow_up, question, evidence, Refusal(missing, None, 1.0))
        kept = fulfilment(self.retriever, question, evidence)
        if isinstance(kept, Refusal):
            return self._refused(asked, follow_up, question, evidence, kept)
        sides = self.retriever.sides(question)
        draft = (
            kept
            or mistaken(self.retriever, question, evidence)
            or misplaced(self.composer, question, evidence)
            or placed(self.retriever, question, evidence)
            or self.drafting.compared(question, sides, scope)
            or self.drafting.across(question, evidence)
            or parallel(self.library, question, evidence)
            or (None if sides else self.drafting.in_parts(question, scope, follow_up))
            or (None if sides and question.premise else listing(self.library, question, evidence))
        )
        if draft is None:
            evidence = measured_first(self.retriever, question, evidence)
            judged = self.drafting.judged(question, evidence)
            if isinstance(judged, Refusal) or (question.kind == "responsibility" and self._is_idle(question)):
                judged = beside(question, evidence, follow_up.anchors) or judged
            if question.across and evidence.units and not isinstance(judged, Refusal):
                judged = Refusal("没有一份资料说到所问的事", evidence.units[0], 0.8)
            if isinstance(judged, Refusal):
                return self._refused(asked, follow_up, question, evidence, judged)
            draft = self.composer.compose(question, judged)
        return self._answered(asked, follow_up, question, draft)

    def _answered(self, asked: str, follow_up: FollowUp, question: Question, draft: Draft) -> Answer:
        citations = self.composer.citations(draft)
        return Answer(
            question=asked,
            asked=follow_up.asked,
            text=wording(citations, draft),
            status=draft.status,
            citations=citations,
            warnings=(UNSURE,) if draft.confidence < SURE else (),
            confidence=draft.confidence,
            kind=question.kind,
        )

    def _of_a_part(self, question: Question, follow_up: FollowUp, found: Evidence) -> Draft | None:
        """What the item, part or section says that a question points to; None where it points to none."""
        try:
            meant = place_meant(follow_up, self.composer.searched)
        except (
            DocumentNotFoundError,
            StaleCitationError,
        ):  # what was shown before is gone, or not to be seen
            meant = None
        ordinal = ordinal_in(follow_up.text)
        of_itself = meant is None and bool(ordinal) and not follow_up.context
        named = item_of(self.retriever, question, found, ordinal) if of_itself else None
        if named is not None:
            return self.composer.part(question, *named, found, asks=False)
        if of_itself and found.units:
            document = self.composer.searched(found.units[0].passage)
            span = numbered_near(document, found.units[0].span, ordinal, follow_up.text)
            if span is not None:
                return self.composer.part(question, document, span, found, asks=False)
        if meant is None:
            return None
        document, span = meant
        alone = understand(without_ordinal(follow_up.text))
        evidence = self.retriever.within(replace(alone, kind=question.kind), document, span)
        asked_of = [term for term in evidence.terms if not term.scope and term.word not in follow_up.member]
        asks = follow_up.deeper or not asks_only_for_items(asked_of)
        if asks:
            shown = [
                Quote(document, citation.span)
                for citation in follow_up.anchors
                if citation.document == document.name
            ]
            further = unquoted(evidence, shown)
            evidence = further if further.units else evidence
            judged = judge(alone, evidence)
            if isinstance(judged, Refusal):
                return None
            evidence = judged
        return self.composer.part(alone, document, span, evidence, asks)

    def _refused(
        self, asked: str, follow_up: FollowUp, question: Question, evidence: Evidence, refusal: Refusal
    ) -> Answer:
        citations: tuple[Citation, ...] = ()
        if refusal.nearest is not None:
            nearest = self.composer.quote(question, refusal.nearest, evidence.terms)
            citations = self.composer.citations(Draft((nearest,), "not_found"))
        near = f"最接近的内容：{' '.join(citations[0].quote.split())}[1]。" if citations else ""
        return Answer(
            question=asked,
            asked=follow_up.asked,
            text=f"资料中没有提到：{refusal.reason}。{near}",
            status="not_found",
            citations=citations,
            confidence=refusal.confidence,
            kind=question.kind,
        )

    def _is_idle(self, question: Question) -> bool:
        """Whether a follow-up names nothing of its own (那责任单位呢)."""
        own = [term.word for term in self.retriever.terms(understand(question.text)) if not term.joint]
        return bool(question.context) and all(len(word) == 1 or word in OF_ANY_SUBJECT for word in own)


def _readable(question: str) -> str:
    """The question as far as it is read, without half surrogates."""
    return question[:LONGEST_QUESTION].encode("utf-8", "replace").decode("utf-8")
