"""The composer without a model: an answer is verbatim clauses, the direct one first, each with its citation.

A list is answered by its items, a heading by what it heads, a comparison by one sentence from each document. Where the
source masks what was asked, or says the thing without the figure or day that was asked, the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import shapes
from assistant.abbreviations import parse
from assistant.answer import Citation, Status
from assistant.conversation import OF_ANY_SUBJECT
from assistant.evidence import Evidence, Unit
from assistant.explaining import explains
from assistant.groups import Group, groups
from assistant.listing import items_of, section_headed
from assistant.measures import RANK, counted, figure_in
from assistant.question import Question, figures_of_a_premise
from assistant.retrieval import Retriever
from assistant.shapes import is_row
from assistant.terms import HELD, Term
from corpus.document import Document, Span
from corpus.errors import StaleCitationError
from corpus.passage import Passage
from corpus.text import bigrams, clauses, fold, sentences, squeeze

LONGEST_QUOTE = 130  # characters of one quote
LONGEST_ANSWER = 280  # characters of all quotes together: the direct answer stands in the first 300
SCRAP = 16  # characters of a sentence that says nothing without the one before, unless it holds most of the question
BARE_HEADING = 40  # characters; a longer heading says something by itself
LONGEST_LISTED = 220  # characters of problems that are quoted together
COMPLEMENT = 0.25  # share of the question's weight that a second quote must add
COMPLEMENT_OF_SEVERAL = 0.15  # … where the question names several things
_SEVERAL = re.compile(r"[一-鿿](?:和|与|以及|及|、)[一-鿿]|都|分别|各")
MOST_DOCUMENTS = 6
LEAST_GROUPED = 3  # items that must be asked for
GROUPS_OF = 12  # sentences in whose documents a list is looked for
GROUPED_ALONE = 0.15  # … where the document has no other list of that many items
GROUPED, IN_ITEMS = 0.35, 0.6  # share of the question that a list must hold; what a word in its items counts
LEAST_PARALLEL = 4  # things that must be asked for
LEAST_ACROSS, ACROSS = (
    0.3,
    0.5,
)  # share of the question that the best document's sentence must hold; of the best, the others'
_SORTS_OF_DOCUMENTS = (("讲话", "speech"), ("要点", "plan"), ("台账", "ledger"), ("工作报告", "report"))
LEAST_OF_A_PREMISE = 0.25  # share of the question that a sentence with the asked figure must hold
SHAPED = 0.5  # what the shape of answer counts for a clause, against the share of the question that it holds
DOUBTFUL = 0.8  # confidence below which a second sentence is shown too
AS_LIKELY = 0.75  # of the best sentence's score
LISTED = 0.2  # share of the question that the sentence which leads a list in must hold itself
SEE_ALSO = "另见："
TRAILING = "，,；;：:、。 "
LEADING = TRAILING + "#>|"  # marks of Markdown too


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of one document that goes into the answer; label is said before it, in our words.

    document is the revision that was searched, whole, so that a span never meets the text of another.
    """

    document: Document
    span: Span
    label: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer made of the evidence. note is said after the quotes, in our words."""

    quotes: tuple[Quote, ...]
    status: Status = "answered"
    note: str = ""
    confidence: float = 1.0


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
                question, [Quote(document, _cells(document, best.span, question))], best.coverage
            )
        first = self.quote(question, best, evidence.terms, longest)
        quotes = [first]
        second = (
            _of_the_premise(question, evidence, first)
            or _other_side(question, evidence)
            or _complement(question, evidence, best)
        )
        if second is not None:
            quotes.append(self.quote(question, second, evidence.terms, longest))
        elif (other := _runner_up(evidence, first)) is not None:
            quotes.append(replace(self.quote(question, other, evidence.terms, longest), label=SEE_ALSO))
        return self._noted(question, _distinct(quotes), best.coverage)

    def _labelled(self, draft: Draft) -> Draft:
        """The draft with each quote labelled by its document."""
        return replace(
            draft, quotes=tuple(Quote(q.document, q.span, _label(q.document)) for q in draft.quotes)
        )

    def merge(self, drafts: Sequence[Draft]) -> Draft:
        """One draft from those of a question's parts."""
        quotes = _distinct([quote for draft in drafts for quote in draft.quotes[:2]])
        masked = next((draft for draft in drafts if draft.status == "masked"), None)
        note = next((draft.note for draft in drafts if draft.note), "")
        confidence = min(draft.confidence for draft in drafts)
        return Draft(tuple(quotes[:5]), masked.status if masked else "answered", note, confidence)

    def compare(self, question: Question, drafts: Sequence[Draft], empty: Sequence[str] = ()) -> Draft:
        """One draft from those of a comparison's sides, each quote labelled with its document.

        empty names a document of each side that nothing was found for, which the answer then says.
        """
        labels = self._labels([quote.document for draft in drafts for quote in draft.quotes[:1]])
        told = [
            Quote(quote.document, quote.span, labels.get(quote.document.name, _label(quote.document)))
            for rank in range(2)
            for draft in drafts
            for quote in draft.quotes[rank : rank + 1]
            if not rank or quote.label != SEE_ALSO
        ]
        kept, spent = [], 0
        for number, quote in enumerate(_distinct(told)):
            spent += len(quote.span) + len(quote.label)
            if number < len(drafts) or spent <= LONGEST_ANSWER:
                kept.append(quote)
        confidence = min(draft.confidence for draft in drafts)
        draft = self._noted(question, kept[:MOST_DOCUMENTS], confidence)
        without = "、".join(dict.fromkeys(_label(self.library.document(name)).rstrip("：") for name in empty))
        return (
            replace(draft, note=f"{draft.note}（没有在{without}的资料中找到对应的原文）")
            if without
            else draft
        )

    def _labels(self, documents: Sequence[Document]) -> dict[str, str]:
        """What to call each document; by title where two would be called the same."""
        labels = {document.name: _label(document) for document in documents}
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
        labelled = [Quote(q.document, q.span, _label(q.document)) for q in quotes]
        return self._noted(question, labelled, evidence.units[0].coverage)

    def _sort_of(self, name: str) -> str:
        kind = self.library.document(name).metadata.kind
        return kind.value if kind else ""

    def quote(
        self, question: Question, unit: Unit, terms: Sequence[Term], longest: int = LONGEST_QUOTE
    ) -> Quote:
        """The verbatim words of `unit` that go into an answer: what it heads when it is a heading, its best clauses when long."""
        document = self.searched(unit.passage)
        span = unit.span
        index = section_headed(document, span)
        if index is not None and len(span) <= BARE_HEADING:
            span = _with_what_follows(document, index)
        elif _ANNOUNCES.search(unit.text) and question.kind != "deadline":
            span = _with_what_it_announces(document, span)
        elif question.enumerates or question.kind in ("measure", "comparison"):
            span = _to_the_end_of_the_sentence(document, span)
        elif len(span) < SCRAP and unit.own < HELD:
            span = _with_what_precedes(document, unit)
        if question.kind == "definition":
            span = _with_explanation(document, unit, span, question)
        if question.kind == "problem":
            span = _with_further_problems(document, span)
        if _ASKS_WHO_SAID.search(question.folded):
            span = _with_who_said_it(document, unit, span)
        if len(span) > longest and (longest < LONGEST_QUOTE or not question.enumerates):
            span = _window(document, span, question, terms, longest)
        return Quote(document, _trimmed(document.text, span))

    def searched(self, found: Passage | Citation) -> Document:
        """The document of a passage or citation, in its revision. Raises StaleCitationError when it was replaced since."""
        document = self.library.document(found.document)
        if document.revision != found.revision:
            raise StaleCitationError(f"{found.document} was replaced while it was being read; ask again")
        return document

    def citations(self, draft: Draft) -> tuple[Citation, ...]:
        """The citations of the quotes, numbered in their order."""
        return tuple(
            Citation.of(number, quote.document, quote.span) for number, quote in enumerate(draft.quotes, 1)
        )

    def _noted(self, question: Question, quotes: Sequence[Quote], confidence: float) -> Draft:
        status, note = _note(question, quotes[0].document.quote(quotes[0].span))
        return Draft(tuple(quotes), status, note, min(1.0, confidence))

    def listing(self, question: Question, evidence: Evidence) -> Draft | None:
        """The list that the best sentences lead in, head or belong to, or None."""
        if not question.enumerates:
            return None
        grouped = self._grouped(question, evidence)
        if grouped is not None:
            return grouped
        for unit in evidence.units[:5]:
            if unit.score < 0.75 * evidence.units[0].score:
                break
            if not unit.timely or unit.own < LISTED:
                continue
            document = self.searched(unit.passage)
            if shapes.enumerated(unit.text) >= max(question.count, 3):
                break
            led = _led_in_by(document, unit)
            items = list(led.items) if led is not None else items_of(document, unit.span, question.count)
            if len(items) >= 2:
                return Draft(
                    tuple(Quote(document, span) for span in _fitting(document, items)),
                    confidence=unit.coverage,
                )
        return self._said_alike(question, evidence)

    def _grouped(self, question: Question, evidence: Evidence) -> Draft | None:
        """The list of just as many items as are asked for whose lead-in, headings and items hold the question best, or None."""
        if question.count < LEAST_GROUPED or not evidence.units:
            return None
        best = evidence.units[0]
        itself = best.own if shapes.enumerated(best.text) == question.count else 0.0
        terms = [term for term in evidence.terms if not term.scope]
        total = sum(term.weight for term in terms) or 1.0
        found: list[tuple[float, Document, Group]] = []
        for name in dict.fromkeys(unit.document for unit in evidence.units[:GROUPS_OF]):
            document = self.library.document(name)
            for group in groups(document):
                if len(group.items) == question.count:
                    held = sum(
                        term.weight * max(term.held(group.about), IN_ITEMS * term.held(group.said))
                        for term in terms
                    )
                    found.append((held / total, document, group))
        if not found:
            return None
        share, document, group = max(found, key=lambda each: each[0])
        alone = len([each for each in found if each[1] is document]) == 1 and asks_only_for_items(terms)
        if share < itself or share < (GROUPED_ALONE if alone and document.name == best.document else GROUPED):
            return None
        return Draft(
            tuple(Quote(document, span) for span in _fitting(document, group.items)), confidence=share
        )

    def parallel(self, question: Question, evidence: Evidence) -> Draft | None:
        """The clauses of one document that say the same of just as many things as are asked for (五个“有新作为”), or None."""
        if not evidence.units:
            return None
        best = evidence.units[0]
        if question.count and shapes.enumerated(best.text) == question.count and best.own >= HELD:
            return None
        document = self.searched(best.passage)
        instances = _ASKS_INSTANCES.search(question.folded)
        for key in (term for term in question.quoted if len(term) > 1):
            parts = parse(key)
            core = parts[0].core if len(parts) == 1 and len(parts[0].core) > 2 else ""
            count = parts[0].count if core else question.count
            spans = [
                span
                for span in _holding(document, core or key)
                if not core or key not in fold(document.quote(span))
            ]
            headings = [span for span in spans if section_headed(document, span) is not None]
            for found in (spans, headings):
                fits = count >= LEAST_PARALLEL and len(found) == count
                fits = fits or bool(instances and not parts and 1 < len(found) <= MOST_INSTANCES)
                if fits and not any(
                    shapes.enumerated(document.quote(span)) >= max(count, 3) for span in found
                ):
                    return Draft(tuple(Quote(document, _trimmed(document.text, span)) for span in found))
        return None

    def _said_alike(self, question: Question, evidence: Evidence) -> Draft | None:
        """The sentences of one section that hold the same word of the question, where they are as many as are asked for."""
        if question.count < LEAST_GROUPED or not evidence.units:
            return None
        best = evidence.units[0]
        if shapes.enumerated(best.text) >= question.count or question.quoted:
            return None
        document = self.searched(best.passage)
        index = document.section_at(best.span.start)
        if index is None:
            return None
        around = document.sections[index].span
        for term in evidence.terms:
            if term.scope or len(term.word) < 2 or term.word in OF_ANY_SUBJECT:
                continue
            spans = [span for span in _holding(document, term.word) if around.covers(span)]
            if len(spans) == question.count and not any(
                shapes.enumerated(document.quote(span)) >= question.count for span in spans
            ):
                return Draft(tuple(Quote(document, _trimmed(document.text, span)) for span in spans))
        return None

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
        return Draft((Quote(document, _trimmed(document.text, Span(span.start, min(end, span.end)))),))


def _holding(document: Document, key: str) -> list[Span]:
    """The clauses that hold `key` in other words than each other's, in text order; headings whole."""
    found: dict[str, Span] = {}
    for sentence in sentences(document.text):
        if key not in fold(document.quote(sentence)):
            continue
        whole = section_headed(document, sentence) is not None and len(sentence) <= BARE_HEADING
        for clause in [sentence] if whole else clauses(document.text, sentence):
            if key in fold(document.quote(clause)):
                found.setdefault(squeeze(document.quote(clause)), clause)
    return sorted(found.values())


def _label(document: Document) -> str:
    metadata = document.metadata
    region = metadata.region.value if metadata.region else ""
    return f"{region.split('省')[-1] or metadata.title.value}："


def _note(question: Question, text: str) -> tuple[Status, str]:
    """What is to be said of a quote that holds the thing asked without the figure, name or day."""
    if _ASKS_A_PERSON.search(question.folded):
        name = shapes.MASKED_NAME.search(text)
        if name:
            return "masked", f"（原文以“{name.group('name')}”隐去了姓名）"
    unsaid = asked_whether_said(question)
    if unsaid and not _says(unsaid, text):
        return "answered", f"（没有写明{unsaid}）"
    masked = _masked_answer(question, text) if question.numeric else ""
    year = shapes.MASKED_YEAR.search(text) if question.kind == "deadline" and not _dated(text) else None
    if year:
        return "masked", f"（原文以“{year.group()}”隐去了年份）"
    if masked:
        return "masked", f"（原文以“{masked}”隐去了具体数字）"
    vague = shapes.VAGUE_TIME.search(text) if question.kind == "deadline" and not _dated(text) else None
    if vague:
        return "answered", f"（原文只说“{vague.group()}”，没有写明具体日期）"
    return "answered", ""


def asked_whether_said(question: Question) -> str:
    """What a question asks whether the text says (定了具体名次没, 日子定了没); "" when it asks nothing of the kind."""
    found = _ASKS_WHETHER_SAID.search(question.folded)
    return found.group("what") if found else ""


def _says(what: str, text: str) -> bool:
    if re.search(r"日|时间|期限", what):
        return _dated(text)
    return bool(figure_in(RANK if "名次" in what or "位次" in what else "%").search(fold(text)))


def wording(citations: Sequence[Citation], draft: Draft) -> str:
    """The answer text: each quote with its marker, then the note."""
    pieces = [
        f"{quote.label}{' '.join(citation.quote.split())}[{citation.number}]"
        for quote, citation in zip(draft.quotes, citations, strict=True)
    ]
    return "；".join(pieces) + (draft.note or "") + "。"


_ASKS_A_PERSON = re.compile(r"谁|名字|姓名|叫什么|哪位")
_ASKS_WHETHER_SAID = re.compile(
    r"(?P<what>具体(?:名次|数字|比例|位次|数量)|日子|日期|时间|期限|名次|比例|金额|数额)(?:定|写|明确|公布|说|给|交代|规定)?(?:了没|了吗|没有|没|吗|有没有)[?？]?$"
)
_CELLS = {
    "deadline": "时限|时间|期限",
    "responsibility": "牵头|责任|负责|承办",
    "target": "指标|目标",
    "figure": "指标|目标|进展",
    "status": "进展|完成情况",
}


def _cells(document: Document, row: Span, question: Question) -> Span:
    """From a row: its task up to the cell that was asked for; the whole row when no column is known."""
    text = document.quote(row)
    begins = re.search(r"(?:任务内容|工作内容|任务|事项|内容)：", text)
    start = begins.start() if begins else 0
    wanted = (
        "进展|完成情况"
        if question.tense == "report" and question.kind not in ("deadline", "responsibility")
        else _CELLS.get(question.kind, "")
    )
    ends = (
        [match.end() for match in re.finditer(rf"(?:{wanted})[^：；\n]{{0,6}}：[^；\n]*", text)]
        if wanted
        else []
    )
    end = ends[-1] if ends else len(text)
    return _trimmed(document.text, Span(row.start + min(start, end - 1), row.start + end))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while end > start + 1 and (text[end - 1] in TRAILING or text[end - 1].isspace()):
        end -= 1
    while start < end - 1 and (text[start].isspace() or text[start] in LEADING):
        start += 1
    return Span(start, end)


def _with_what_follows(document: Document, index: int) -> Span:
    """A section's heading and the sentences under it, as far as a quote reaches."""
    return _head(document, document.sections[index].span, document.sections[index].heading.end)


def _head(document: Document, span: Span, at_least: int = 0) -> Span:
    end = max(span.start, at_least)
    for sentence in sentences(document.text, span):
        if sentence.end <= end:
            continue
        if sentence.end - span.start > LONGEST_QUOTE and end > max(at_least, span.start):
            break
        end = sentence.end
        if end - span.start > LONGEST_QUOTE // 2:
            break
    return Span(span.start, min(max(end, span.start + 1), span.end))


def _to_the_end_of_the_sentence(document: Document, span: Span) -> Span:
    """Up to the full stop: parts divided by ； or led in by ： are one sentence; at most LONGEST_ANSWER characters."""
    text, end = document.text, span.end
    while end < len(text) and text[end - 1] in "；;：:" and end - span.start < LONGEST_ANSWER:
        following = next(sentences(text, Span(end, min(len(text), end + 400))), None)
        if (
            following is None
            or "\n" in text[end : following.start]
            or following.end - span.start > LONGEST_ANSWER
        ):
            break
        end = following.end
    return Span(span.start, end)


_ANNOUNCES = re.compile(
    r"^.{0,60}(?:问题|困难|挑战|不足|差距|短板|风险|方面|措施|几点|如下|以下)[：:。！!]*$"
)
_GOES_ON = re.compile(r"主要(?:是|有|表现|体现)|[一首]是|一要|第一|首先|具体|即|包括|表现在|其中|当前")


def _with_what_it_announces(document: Document, span: Span) -> Span:
    """A sentence that says that something follows (…也面临困难和挑战。) with what follows in its paragraph."""
    rest = sentences(document.text, Span(span.end, _end_of_paragraph(document.text, span.end)))
    end = span.end
    for sentence in rest if span.end < len(document.text) else ():
        begins = end == span.end
        if begins and not _GOES_ON.match(document.quote(sentence)):
            break
        if sentence.end - span.start > LONGEST_ANSWER and not begins:
            break
        end = sentence.end
    return Span(span.start, end)


def _end_of_paragraph(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return max(len(text) if stop < 0 else stop, min(start + 1, len(text)))


def _with_further_problems(document: Document, span: Span) -> Span:
    """A sentence that admits something with those after it in its paragraph that admit more."""
    end = span.end
    if end < len(document.text):
        for sentence in sentences(document.text, Span(end, _end_of_paragraph(document.text, end))):
            further = shapes.PROBLEM.search(document.quote(sentence))
            if not further or sentence.end - span.start > LONGEST_LISTED:
                break
            end = sentence.end
    return Span(span.start, end)


_ASKS_WHO_SAID = re.compile(
    r"谁(?:说|提|讲)|哪里提|提出来的|提出的吗|自己(?:提|制定|定)|谁的(?:话|要求)|出自|谁提"
)
_SAYS = re.compile(r"(?:强调|提出|指出|要求|倡导|部署|说|讲话中)[，,：:]?")


def _with_who_said_it(document: Document, unit: Unit, span: Span) -> Span:
    """A sentence with the one before it in its passage that says whose words follow (会议强调，…)."""
    if _SAYS.search(unit.text) or unit.passage.span.start >= span.start:
        return span
    before = list(sentences(document.text, Span(unit.passage.span.start, span.start)))
    for sentence in reversed(before):
        if _SAYS.search(document.quote(sentence)) and span.end - sentence.start <= LONGEST_ANSWER:
            return Span(sentence.start, span.end)
    return span


def _with_what_precedes(document: Document, unit: Unit) -> Span:
    """A scrap of a sentence (牵头：标准化科) with the sentence before it in its passage and line, which it speaks of."""
    start = unit.passage.span.start
    before = list(sentences(document.text, Span(start, unit.span.start))) if start < unit.span.start else []
    if not before or "\n" in document.text[before[-1].start : unit.span.start]:
        return unit.span
    return Span(before[-1].start, unit.span.end)


def _with_explanation(document: Document, unit: Unit, span: Span, question: Question) -> Span:
    """Up to the next sentence where that one says what a term in this one means (…一批“质量门诊”。简单讲，就是…)."""
    for term in question.quoted:
        if term in fold(unit.text) and not explains(term, unit.text) and explains(term, unit.passage.text):
            following = (
                next(sentences(document.text, Span(span.end, unit.passage.span.end)), None)
                if span.end < unit.passage.span.end
                else None
            )
            return Span(span.start, following.end) if following else span
    return span


def _window(document: Document, span: Span, question: Question, terms: Sequence[Term], longest: int) -> Span:
    """The run of clauses of at most `longest` characters that holds most of the question and its shape of answer."""
    pieces = list(clauses(document.text, span))
    best, best_score = span, -1.0
    total = sum(term.weight for term in terms) or 1.0
    for first in range(len(pieces)):
        for last in range(first, len(pieces)):
            run = Span(pieces[first].start, pieces[last].end)
            if len(run) > longest and last > first:
                break
            text = fold(document.quote(run))
            score = sum(term.weight * term.held(text) for term in terms) / total
            score += SHAPED * _has_shape(question, text) - 0.001 * len(run)
            score += SHAPED * (question.count >= 3 and shapes.enumerated(text) >= question.count)
            if score > best_score:
                best, best_score = run, score
    return best


def _has_shape(question: Question, folded: str) -> bool:
    if question.measure:
        return bool(figure_in(question.measure).search(folded))
    if "figure" in question.wants:
        return bool(shapes.STRONG_FIGURE.search(folded) or shapes.MASKED_FIGURE.search(folded))
    if "time" in question.wants:
        return bool(shapes.TIME.search(folded))
    return False


def _masked_answer(question: Question, text: str) -> str:
    """The masked figure that `text` gives for an answer, that in the asked unit first; "" where a figure stands open.

    Of several clauses with figures the one most like the question counts (食品合格率97%，药品合格率XX%).
    """
    asked = set(bigrams(question.focus))
    said = [text[span.start : span.end] for span in clauses(text)]
    said = [clause for clause in said if shapes.is_masked(clause) or _open_figure(clause)]
    likest = max(said, key=lambda clause: len(asked.intersection(bigrams(clause))), default=text)
    if _open_figure(likest):
        return ""
    masked = [match.group() for match in shapes.MASKED_FIGURE.finditer(likest)]
    asked_for = (
        figure for figure in masked if question.measure and figure_in(question.measure).search(fold(figure))
    )
    return next(asked_for, masked[0] if masked else "")


def _open_figure(text: str) -> bool:
    return bool(shapes.STRONG_FIGURE.search(shapes.without_years(fold(text))))


def _dated(text: str) -> bool:
    return bool(re.search(r"\d+年|\d+月|季度|年底|年末|年内|月底|每[年月周日季]", fold(text)))


def _runner_up(evidence: Evidence, first: Quote) -> Unit | None:
    """The second sentence, where it is not sure that the first one answers and both are as likely."""
    if evidence.confidence >= DOUBTFUL or len(first.span) > LONGEST_QUOTE:
        return None
    best = evidence.units[0]
    return next(
        (
            unit
            for unit in evidence.units[1:4]
            if unit.score >= AS_LIKELY * best.score
            and not unit.is_title
            and not (unit.document == first.document.name and unit.span.overlap(first.span))
        ),
        None,
    )


_COUNTS_ITEMS = re.compile(
    r"([二三四五六七八九十]{1,2}|\d{1,2})(?:个|条|项|点|大)?(?:方面|特点|件事|重点|任务|措施|举措|步|要求|意见|环节|领域|问题|体会|转变|着力)"
)


def _led_in_by(document: Document, unit: Unit) -> Group | None:
    """The list right after a sentence that counts its items (有“新、实、好”三个特点。一是…), or None."""
    counts = {counted(number) for number in _COUNTS_ITEMS.findall(fold(unit.text))}
    return next(
        (
            group
            for group in groups(document)
            if len(group.items) in counts and 0 <= group.items[0].start - unit.span.end <= 2
        ),
        None,
    )


def asks_only_for_items(terms: Sequence[Term]) -> bool:
    """Whether nothing is asked about but items (那六项重点工作), so that any list of their number may be meant."""
    return not any(
        term.noun and term.word not in OF_ANY_SUBJECT and not re.match(r"[一二三四五六七八九十\d]", term.word)
        for term in terms
    )


_ASKS_INSTANCES = re.compile(r"哪(?:些|几)[^，。？?“]{0,4}“")
MOST_INSTANCES = 6
_BOTH_SIDES = re.compile(r"([一-鿿])不\1|两面|好坏|利弊")
NEARLY = 0.75  # of the best sentence's share of the question: what the other side of a matter holds


def _other_side(question: Question, evidence: Evidence) -> Unit | None:
    """For “好不好”: the next sentence that is as much to the point, since a speech praises in one place and blames in another."""
    if not _BOTH_SIDES.search(question.folded):
        return None
    best = evidence.units[0]
    others = (unit for unit in evidence.units[1:10] if unit.document == best.document)
    return next((unit for unit in others if unit.own >= NEARLY * best.own), None)


def _complement(question: Question, evidence: Evidence, best: Unit) -> Unit | None:
    """The unit that holds most of what `best` lacks, if that is a good part of the question."""
    held = fold(" ".join([best.text, *best.passage.path]))
    missing = [(term, term.weight * (1 - term.held(held))) for term in evidence.terms if not term.scope]
    total = sum(term.weight for term in evidence.terms if not term.scope) or 1.0
    found, gained = None, 0.0
    for unit in evidence.units[1:20]:
        text = fold(unit.text)
        gain = sum(weight * term.held(text) for term, weight in missing) / total
        if gain > gained and unit.score > 0.5 * best.score and not unit.is_title:
            found, gained = unit, gain
    least = COMPLEMENT_OF_SEVERAL if _SEVERAL.search(question.folded) else COMPLEMENT
    return found if gained >= least else None


def _of_the_premise(question: Question, evidence: Evidence, first: Quote) -> Unit | None:
    """For a question whether a figure is right: the sentence that holds the figure, or what else is said where the first does."""
    figures = figures_of_a_premise(question)
    if not figures:
        return None
    said = fold(first.document.quote(first.span))
    best = evidence.units[0]
    for figure in figures:
        holding = [unit for unit in evidence.units if figure in fold(unit.text)]
        if figure not in said:
            return next((unit for unit in holding if unit.coverage >= LEAST_OF_A_PREMISE), None)
    others = (unit for unit in evidence.units[1:12] if unit.shaped and unit.own >= NEARLY * best.own)
    return next((unit for unit in others if not any(figure in fold(unit.text) for figure in figures)), None)


def unquoted(evidence: Evidence, quotes: Sequence[Quote]) -> Evidence:
    """The evidence without the sentences that are quoted already."""
    units = tuple(
        unit
        for unit in evidence.units
        if not any(quote.document.name == unit.document and quote.span.overlap(unit.span) for quote in quotes)
    )
    return replace(evidence, units=units)


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    kept: list[Quote] = []
    for quote in quotes:
        if all(
            other.document.name != quote.document.name or not other.span.overlap(quote.span) for other in kept
        ):
            kept.append(quote)
    return kept


def _fitting(document: Document, items: Sequence[Span]) -> list[Span]:
    """The items, shortened to their first clause when they would not fit into one answer."""
    spans = [_trimmed(document.text, span) for span in items]
    if sum(map(len, spans)) <= LONGEST_ANSWER:
        return spans
    return [_trimmed(document.text, next(clauses(document.text, span))) for span in spans]
