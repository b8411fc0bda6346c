"""From a question to ranked sentences: which documents are meant, which passages, which sentences in them.

Passages come from the library's hybrid search; their sentences are weighed by the rules, then ranked by the learned model.
Words are character bigrams, weighed by how rare they are (inverse document frequency). Which document is meant is weighed by
its metadata, never filtered away unless the question or the reader names it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from assistant import ranking
from assistant.answer import Citation
from assistant.evidence import Evidence, Unit
from assistant.finding import described, in_place, passages_for
from assistant.problems import told_of
from assistant.question import Question, Scope, understand
from assistant.scoping import Scoping
from assistant.scoring import units_of
from assistant.sides import compared
from assistant.terms import Term, terms_of
from corpus.document import Document, Span
from corpus.ledger import Stretch
from corpus.library import Library, Scored
from corpus.passage import Passage
from corpus.text import bigrams

SAME_DOCUMENT, SAME_SECTION = 0.06, 0.06  # for follow-ups; the latter for each heading shared, three at most
BY_MEANING = 0.4  # what holding the whole question by meaning adds to a score
LONGEST_ROW = 1000  # characters of a row of the ledger that may begin before a passage and reach into it
CONTEXT = 0.4  # what a word of the whole question counts for a part of it
_BEGINS_WITH_A_YEAR = re.compile(r"(?:19|20)\d\d年")
_EACH = re.compile(r"各自?(?=是|怎么|有|要|多少|几|说|提|在|包括)|分别")


class Retriever:
    """Finds evidence in one library."""

    def __init__(self, library: Library, *, learned: bool = True) -> None:
        """learned: whether sentences are ranked by the learned model, or by the rules' score alone."""
        self.library = library
        self.learned = learned
        self._scoping: Scoping | None = None
        self._stretches: tuple[int, dict[str, tuple[Stretch, ...]]] = (-1, {})

    def scoping(self) -> Scoping:
        """What is known of the library's documents, as of its present generation."""
        generation = self.library.generation()
        if self._scoping is None or self._scoping.generation != generation:
            self._scoping = Scoping(self.library.entries(), generation)
        return self._scoping

    def stretches(self, passage: Passage, generation: int) -> tuple[Stretch, ...]:
        """The ledger's rows that lie in a passage, at least in part; generation is the library's."""
        if self._stretches[0] != generation:
            self._stretches = (generation, {})
        known = self._stretches[1]
        if passage.document not in known:
            known[passage.document] = self.library.stretches(passage.document)
        rows = known[passage.document]
        first = bisect_left(rows, passage.span.start - LONGEST_ROW, key=lambda row: row.span.start)
        last = bisect_left(rows, passage.span.end, key=lambda row: row.span.start)
        return tuple(row for row in rows[first:last] if row.span.end > passage.span.start)

    def evidence(
        self,
        question: Question,
        scope: Scope = Scope(),
        documents: Collection[str] | None = None,
        anchors: Sequence[Citation] = (),
    ) -> Evidence:
        """The sentences that may answer `question`, best first; within `documents` if given, rather near `anchors`."""
        scoping = self.scoping()
        allowed = scoping.allowed(scope, documents)
        within = None if allowed is None else frozenset(allowed)
        pinned = scoping.pinned(question) if documents is None else None
        if pinned and (allowed is None or pinned & allowed):
            allowed = set(pinned) if allowed is None else allowed & pinned
        affinity = scoping.affinity(question)
        passages = passages_for(self.library, question, allowed, affinity)
        if documents is None:
            passages = in_place(self.library, question, scoping, passages, allowed, affinity)
        return replace(self._weighed(question, scoping, passages, affinity, anchors), within=within)

    def within(self, question: Question, document: Document, span: Span) -> Evidence:
        """The sentences of one stretch of a document, those that may answer first."""
        scoping = self.scoping()
        passages = tuple(
            Scored(passage, 0.0)
            for passage in self.library.passages(document.name)
            if passage.revision == document.revision and passage.span.overlap(span)
        )
        evidence = self._weighed(question, scoping, passages, scoping.affinity(question))
        return replace(evidence, units=tuple(unit for unit in evidence.units if span.covers(unit.span)))

    def _weighed(
        self,
        question: Question,
        scoping: Scoping,
        passages: tuple[Scored, ...],
        affinity: Mapping[str, float],
        anchors: Sequence[Citation] = (),
    ) -> Evidence:
        """The sentences of passages, weighed and in order."""
        terms = self._terms(question, scoping)
        entries = scoping.entries
        units = [
            unit
            for scored in passages
            if (entry := entries.get(scored.passage.document)) is not None
            for unit in units_of(
                scored.passage,
                question,
                terms,
                affinity.get(entry.name, 0.0),
                entry.metadata,
                self.stretches(scored.passage, scoping.generation),
            )
        ]
        if anchors:
            units = [replace(unit, score=unit.score + _nearness(unit.passage, anchors)) for unit in units]
        likeness = self.library.likeness(" ".join(question.focus.split()), [unit.text for unit in units])
        units = [
            replace(unit, score=unit.score + BY_MEANING * like[1], likeness=like)
            for unit, like in zip(units, likeness, strict=True)
        ]
        units.sort(key=lambda unit: (-unit.score, unit.document, unit.span.start))
        evidence = Evidence(tuple(units), terms, affinity, passages)
        if not self.learned:
            return evidence
        known = self.features(question, evidence, evidence.units[: ranking.RERANKED])
        return ranking.ranked(evidence, known)

    def terms(self, question: Question) -> tuple[Term, ...]:
        """The words of a question that its answer should share."""
        return self._terms(question, self.scoping())

    def _terms(self, question: Question, scoping: Scoping) -> tuple[Term, ...]:
        scope_words = scoping.scope_words(question)
        terms = terms_of(question.focus, self.library.frequencies, scope_words, question.quoted)
        if question.kind == "problem":
            names = scoping.pinned(question) or scoping.named(question) or scoping.profiles
            terms = told_of(terms, " ".join(scoping.profiles[name] for name in sorted(names)))
        if not question.context:
            return terms
        known = {term.word for term in terms}
        whole = terms_of(understand(question.context).focus, self.library.frequencies, scope_words)
        share = CONTEXT if any(term.noun and not term.scope for term in terms) else 1.0
        return (
            *terms,
            *(replace(term, weight=share * term.weight) for term in whole if term.word not in known),
        )

    def dated(self, question: Question) -> Question:
        """The question with 今年, 去年 and 明年 read as years: the library's latest is this year, whatever today is."""
        own = understand(question.text) if question.context else question
        if own.years or own.named_years or question.named_years:
            return question
        steps = [step for word, step in (("今年", 0), ("去年", -1), ("明年", 1)) if word in question.folded]
        scoping = self.scoping()
        meant = scoping.named(question) or scoping.entries
        years = [year.value for name in meant if (year := scoping.entries[name].metadata.year)]
        return (
            replace(question, years=frozenset(max(years) + step for step in steps))
            if years and steps
            else question
        )

    def unheard_of(self, question: Question) -> str:
        """A place that the question names and that stands nowhere in the library; "" when there is none."""
        scoping = self.scoping()
        if scoping.named(question):
            return ""
        for place in scoping.missing_places(question):
            counts, _ = self.library.frequencies(bigrams(place))
            if not all(counts.values()):
                return place
        return ""

    def features(
        self, question: Question, evidence: Evidence, units: Sequence[Unit]
    ) -> list[dict[str, float]]:
        """What is known of each of `units` as an answer to `question`, by name."""
        rows = partial(self.stretches, generation=self.scoping().generation)
        return ranking.features_of(question, evidence, units, rows)

    def ranked(self, evidence: Evidence, k: int) -> tuple[Scored, ...]:
        """The k best passages of some evidence, each ranked by its best sentence."""
        best: dict[str, Scored] = {}
        for unit in evidence.units:
            best.setdefault(unit.passage.identity, Scored(unit.passage, unit.score))
        return tuple(best.values())[:k]

    def sides(self, question: Question) -> tuple[tuple[Question, frozenset[str]], ...]:
        """What a comparison asks of each of its sides, with the side's documents; () when the question compares none."""
        scoping = self.scoping()
        sides = compared(question, scoping, partial(described, self.library))
        if len(sides) < 2:
            return ()
        asked = []
        dated = any(understand(side.text).years for side in sides)
        for side in sides:
            own = understand(_EACH.sub("", side.text), context=question.text)
            said = self._terms(replace(own, context=""), scoping)
            if any((term.noun or len(term.word) > 1) and not (term.scope or term.joint) for term in said):
                own = replace(own, context="")
            as_asked = own.kind in ("comparison", "general", "definition")
            kept = replace(
                own,
                kind=question.kind if as_asked else own.kind,
                wants=question.wants if as_asked else own.wants,
                enumerates=not question.premise and (question.enumerates or own.enumerates),
                tense=question.tense if own.tense == "either" else own.tense,
                measure=own.measure or question.measure,
                numeric=question.numeric,
            )
            # 株洲正在建的和济宁2021年建的: the year is of one side, unless the question begins with it
            alone = dated and not _BEGINS_WITH_A_YEAR.match(question.folded)
            years = understand(side.text).years or (frozenset() if alone else question.years)
            asked.append((replace(kept, years=years), side.documents))
        return tuple(asked)


def _nearness(passage: Passage, anchors: Sequence[Citation]) -> float:
    """What standing in the document, chapter and section of an earlier answer adds to a score."""
    best = 0.0
    for anchor in anchors:
        if anchor.document == passage.document:
            shared = sum(
                1
                for _ in takewhile(
                    lambda pair: pair[0] == pair[1], zip(anchor.path, passage.path, strict=False)
                )
            )
            best = max(best, SAME_DOCUMENT + SAME_SECTION * min(shared, 3))
    return best
