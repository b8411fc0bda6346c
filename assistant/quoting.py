"""The composer without a model: an answer is verbatim clauses, the direct one first, each with its citation.

A heading is answered by what it heads, a comparison by one sentence from each document. Where the source masks what was
asked, or says the thing without the figure or day that was asked, the answer says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.clipping import cells, trimmed
from assistant.draft import LONGEST_ANSWER, LONGEST_QUOTE, Draft, Quote, distinct, searched
from assistant.evidence import Evidence, Unit
from assistant.notes import note_of
from assistant.question import Question
from assistant.retrieval import Retriever
from assistant.seconds import complement, of_the_premise, other_side, runner_up
from assistant.shapes import is_row
from assistant.spans import span_quoted
from assistant.terms import HELD, Term
from corpus.document import Document, Span
from corpus.passage import Passage
from corpus.text import fold, sentences

MOST_DOCUMENTS = 6
LEAST_LIST, MOST_OF_PARTS = 3, 10  # quotes of one part that are a list; of all parts together
_SORTS_OF_DOCUMENTS = (("讲话", "speech"), ("要点", "plan"), ("台账", "ledger"), ("工作报告", "report"))
DOUBTFUL_PART = 0.65  # confidence in the answer to a part below which a second sentence is kept
LEAST_ACROSS, ACROSS = (
    0.3,
    0.5,
)  # share of the question that the best document's sentence must hold; of the best, the others'
SEE_ALSO = "另见："


class QuotingComposer:
    """Composes answers from the sentences of one library."""

    def __init__(self, retriever: Retriever) -> None:
        self.retriever = retriever
        self.library = retriever.library

    def compose(self, question: Question, evidence: Evidence, longest: int = LONGEST_QUOTE) -> Draft:
        """The quotes that answer `question`, of at most `longest` characters each; evidence must hold at least one unit."""
        if question.which:
            return self._labelled(self.compose(replace(question, which=False), evidence, longest))
        best = evidence.units[0]
        if is_row(best.passage.text):
            document = self.searched(best.passage)
            return self._noted(
                question, [Quote(document, cells(document, best.span, question))], best.coverage
            )
        first = self.quote(question, best, evidence.terms, longest)
        quotes = [first]
        second = (
            of_the_premise(question, evidence, first)
            or other_side(question, evidence)
            or complement(question, evidence, best)
        )
        if second is not None:
            quotes.append(self.quote(question, second, evidence.terms, longest))
        elif (other := runner_up(evidence, first)) is not None:
            quotes.append(replace(self.quote(question, other, evidence.terms, longest), label=SEE_ALSO))
        return self._noted(question, distinct(quotes), evidence.confidence)

    def _labelled(self, draft: Draft) -> Draft:
        """The draft with each quote labelled by its document."""
        return replace(
            draft, quotes=tuple(Quote(q.document, q.span, label_of(q.document)) for q in draft.quotes)
        )

    def merge(self, drafts: Sequence[Draft]) -> Draft:
        """One draft from those of a question's parts."""
        quotes = distinct(
            [
                quote
                for draft in drafts
                for quote in draft.quotes[: 2 if len(draft.quotes) < LEAST_LIST else None]
                if quote.label != SEE_ALSO or draft.confidence < DOUBTFUL_PART
            ]
        )
        masked = next((draft for draft in drafts if draft.status == "masked"), None)
        note = next((draft.note for draft in drafts if draft.note), "")
        confidence = min(draft.confidence for draft in drafts)
        return Draft(tuple(quotes[:MOST_OF_PARTS]), masked.status if masked else "answered", note, confidence)

    def compare(self, question: Question, drafts: Sequence[Draft], empty: Sequence[str] = ()) -> Draft:
        """One draft from those of a comparison's sides, each quote labelled with its document.

        empty names a document of each side that nothing was found for, which the answer then says.
        """
        shown = {quote.document.name: quote.document for draft in drafts for quote in draft.quotes[:1]}
        labels = self._labels([*shown.values(), *(self.library.document(name) for name in empty)])
        told = [
            Quote(quote.document, quote.span, labels.get(quote.document.name, label_of(quote.document)))
            for rank in range(2)
            for draft in drafts
            for quote in draft.quotes[rank : rank + 1]
            if not rank or (quote.label != SEE_ALSO and draft.confidence < DOUBTFUL_PART)
        ]
        kept, spent = [], 0
        for number, quote in enumerate(distinct(told)):
            spent += len(quote.span) + len(quote.label)
            if number < len(drafts) or spent <= LONGEST_ANSWER:
                kept.append(quote)
        confidence = min(draft.confidence for draft in drafts)
        draft = self._noted(question, kept[:MOST_DOCUMENTS], confidence)
        without = "、".join(dict.fromkeys(labels[name].rstrip("：") for name in empty))
        return (
            replace(draft, note=f"{draft.note}（没有在{without}的资料中找到对应的原文）")
            if without
            else draft
        )

    def _labels(self, documents: Sequence[Document]) -> dict[str, str]:
        """What to call each document; by title where two would be called the same."""
        labels = {document.name: label_of(document) for document in documents}
        return {
            document.name: f"{document.metadata.title.value}："
            if list(labels.values()).count(labels[document.name]) > 1
            else labels[document.name]
            for document in documents
        }

    def across(self, question: Question, evidence: Evidence) -> Draft | None:
        """For a question which documents say something: one quote from each that does, labelled, in the order of names.

        None where no document holds what is asked about.
        """
        nouns = [term for term in evidence.terms if term.noun and not term.scope]
        subject = max(nouns, key=lambda term: term.weight, default=None)
        sorts = [sort for word, sort in _SORTS_OF_DOCUMENTS if word in question.folded]
        best: dict[str, Unit] = {}
        for unit in evidence.units:
            if subject is not None and subject.held(fold(unit.text)) < HELD:
                continue
            if question.measure and not unit.shaped:
                continue  # which documents set a figure is asked
            if unit.document not in best or unit.own > best[unit.document].own:
                best[unit.document] = unit
        if sorts:
            best = {name: unit for name, unit in best.items() if self._sort_of(name) in sorts} or best
        most = max((unit.own for unit in best.values()), default=0.0)
        if most < LEAST_ACROSS:
            return None
        likely = sorted(best, key=lambda name: (-best[name].own, name))
        names = sorted(
            name for name in likely[: question.count or MOST_DOCUMENTS] if best[name].own >= ACROSS * most
        )[:MOST_DOCUMENTS]
        longest = max(40, LONGEST_ANSWER // len(names) - 10)
        quotes = [self.quote(question, best[name], evidence.terms, longest) for name in names]
        labelled = [Quote(q.document, q.span, label_of(q.document)) for q in quotes]
        return self._noted(question, labelled, evidence.confidence)

    def _sort_of(self, name: str) -> str:
        kind = self.library.document(name).metadata.kind
        return kind.value if kind else ""

    def part(
        self, question: Question, document: Document, span: Span, evidence: Evidence, asks: bool
    ) -> Draft:
        """What one part of a document says: its best sentence where something is asked of it, else it from its beginning."""
        if asks and evidence.units:
            return self.compose(question, evidence)
        end = span.start + 1
        for sentence in sentences(document.text, span):
            if sentence.end - span.start > LONGEST_ANSWER and end > span.start + 1:
                break
            end = sentence.end
        return Draft((Quote(document, trimmed(document.text, Span(span.start, min(end, span.end)))),))

    def quote(
        self, question: Question, unit: Unit, terms: Sequence[Term], longest: int = LONGEST_QUOTE
    ) -> Quote:
        """The verbatim words of `unit` that go into an answer: what it heads when it is a heading, its best clauses when long."""
        document = self.searched(unit.passage)
        return Quote(document, span_quoted(document, question, unit, terms, longest))

    def searched(self, found: Passage | Citation) -> Document:
        """The document of a passage or citation, in its revision. Raises StaleCitationError when it was replaced since."""
        return searched(self.library, found)

    def citations(self, draft: Draft) -> tuple[Citation, ...]:
        """The citations of the quotes, numbered in their order."""
        return tuple(
            Citation.of(number, quote.document, quote.span) for number, quote in enumerate(draft.quotes, 1)
        )

    def _noted(self, question: Question, quotes: Sequence[Quote], confidence: float) -> Draft:
        first = quotes[0].document
        year = first.metadata.year.value if first.metadata.year else None
        status, note = note_of(question, first.quote(quotes[0].span), year)
        return Draft(tuple(quotes), status, note, min(1.0, confidence))


def label_of(document: Document) -> str:
    """What is said before a quote to tell whose it is: the place of its document, or its title."""
    metadata = document.metadata
    region = metadata.region.value if metadata.region else ""
    return f"{region.split('省')[-1] or region or metadata.title.value}："
