"""From a question to ranked sentences: which documents are meant, which passages, which sentences in them.

Passages come from the library's hybrid search. Each of their sentences is then weighed by the share of the question's words
that it holds itself, that stand in the headings above it, and that stand beside it; words are character bigrams, weighed by
how rare they are (inverse document frequency). Which document is meant is weighed by its metadata, never filtered away
unless the question or the reader names it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from assistant import shapes
from assistant.abbreviations import counted_term, parse, partly_spelled_out, spelled_out
from assistant.answer import Citation
from assistant.features import Sentence, features
from assistant.learned import models
from assistant.lexicon import alternatives
from assistant.measures import figure_in
from assistant.question import Question, Scope, understand
from assistant.scoping import Scoping
from assistant.terms import Term, terms_of
from assistant.timing import LONG_REVIEW, Tense, asks_outcome, speaks_of, tense_of
from corpus.document import Document, Metadata, Span
from corpus.ledger import Stretch
from corpus.library import Library, Scored
from corpus.passage import Passage
from corpus.text import bigrams, fold, sentences

SAME_DOCUMENT, SAME_SECTION = 0.06, 0.06  # for follow-ups; the latter for each heading shared, three at most
RERANKED = 40  # sentences that the learned model puts in order
WIDEST_MARGIN = 5.0
STEP, FURTHEST = (
    0.12,
    0.9,
)  # what a sentence's score loses for each unit of the model's score that it lies behind, at most
BY_MEANING = 0.4  # what holding the whole question by meaning adds to a score
LONGEST_ROW = 1000  # characters of a row of the ledger that may begin before a passage and reach into it
PASSAGES = 60  # candidates whose sentences are weighed
IN_PATH = 0.75  # what a word in the headings above counts, against 1 in the sentence
CONTEXT = 0.4  # what a word of the whole question counts for a part of it
BEFORE_A_MEASURE = 0.75  # … in the sentence before, when it is asked what is done about it
ABOUT_ONE_SUBORDINATE = 0.15  # taken off a sentence about one county when the question names none
_SUBORDINATE = re.compile(r"(?:(?![个各县区市全我本这该些的和及对由在])[一-鿿]){2}[县区](?:局|分局)")
_SUBORDINATE_ASKED = re.compile(r"[县区所]")
AFTERWARDS = 0.16
MIXED = 0.3  # of the longer share: from where a sentence both reports and promises
OPENING = 0.25  # taken off a sentence that only opens the meeting
_OPENS = re.compile(
    r"(?:同志们|各位代表)?[：:，,！!]?\s*(?:今天|这次|现在)[^。]{0,16}(?:召开|举行|向大会报告|代表[^，。]{0,8}政府)"
)
_ASKS_OF_THE_MEETING = re.compile(r"会议|大会|开会|召开|主题|议题|主要任务|目的")
SPELLED_OUT = 0.4  # a sentence that says what an asked term stands for
JUST_AS_MANY, AS_MANY = 0.4, 0.1  # a sentence with as many members as are asked for, or more
OF_A_SUPERIOR = 0.15  # taken off what a superior body demands when the question is not about it
_SUPERIOR = re.compile(r"(?:省局|国家局|总局|省里)[^，。；]{0,12}(?:要求|下达|规定|提出|部署|标准)")
_SUPERIOR_ASKED = re.compile(r"省|国|总局|上级")
_WHO_CELLS = re.compile(r"(?:序号|任务来源|牵头领导|牵头单位|配合单位|责任单位|责任人):[^;\n]*;?")
_EACH = re.compile(r"各自?(?=是|怎么|有|要|多少|几|说|提|在|包括)|分别")
BESIDE = 0.45  # … in the sentence before or after, in the same passage
_EXPLAINING = re.compile(
    r"[”’』」》]?(?:和?“[^”]{2,8}”)*(?:[^，。；]{0,6}[，,]?(?:即|就是|是指|指的是|也就是|包括|主要是)|为(?=[一-鿿])|[^，。；]{0,6}[：:]|[（(]|——|[^，。；]{0,4}[。，](?:所谓|简单[讲说来]|具体[讲说来]|也就是|就是))"
)
POINTED = 0.5  # share of a description that a passage must hold for its document to be the one pointed to
SCOPE_SHARE = 0.15  # what a word that only says which document is meant counts


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

    affinity: how likely each document is meant. confidence: how likely (0..1) the first sentence answers.
    """

    units: tuple[Unit, ...]
    terms: tuple[Term, ...]
    affinity: Mapping[str, float]
    passages: tuple[Scored, ...]
    confidence: float = 1.0


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
        pinned = scoping.pinned(question) if documents is None else None
        if pinned and (allowed is None or pinned & allowed):
            allowed = set(pinned) if allowed is None else allowed & pinned
        affinity = scoping.affinity(question)
        passages = self._passages(question, allowed, affinity)
        if documents is None:
            passages = self._in_place(question, scoping, passages, allowed, affinity)
        return self._weighed(question, scoping, passages, affinity, anchors)

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
            for unit in self._units(
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
        return self._ranked(question, evidence) if self.learned else evidence

    def _ranked(self, question: Question, evidence: Evidence) -> Evidence:
        """The evidence with its first sentences in the order of the learned model; scores keep their scale, best first."""
        first = evidence.units[:RERANKED]
        if not first:
            return evidence
        known = self.features(question, evidence, first)
        scored = [round(models()["ranking"].score(features), 6) for features in known]
        best, base = max(scored), first[0].score
        margin = best - max((score for score in scored if score < best), default=best)
        confidence = models()["confidence"].probability(with_margin(known[scored.index(best)], margin))
        ordered = sorted(
            (
                replace(unit, score=base * (1.0 - min(FURTHEST, STEP * (best - score))))
                for unit, score in zip(first, scored, strict=True)
            ),
            key=lambda unit: (-unit.score, unit.document, unit.span.start),
        )
        least = ordered[-1].score
        rest = (replace(unit, score=min(unit.score, least)) for unit in evidence.units[RERANKED:])
        return replace(evidence, units=(*ordered, *rest), confidence=confidence)

    def _terms(self, question: Question, scoping: Scoping) -> tuple[Term, ...]:
        scope_words = scoping.scope_words(question)
        terms = terms_of(question.focus, self.library.frequencies, scope_words, question.quoted)
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
        if question.years or question.named_years:
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

    def _in_place(
        self,
        question: Question,
        scoping: Scoping,
        passages: Sequence[Scored],
        allowed: Collection[str] | None,
        affinity: Mapping[str, float],
    ) -> tuple[Scored, ...]:
        """Of a question that names a place: passages of its documents, and of others only those that name it too."""
        places = scoping.places_of(question)
        meant = scoping.named(question)
        described = self._described(question)
        if described:
            passages = [scored for scored in passages if scored.passage.document in described]
        if meant is None:
            return tuple(passages)
        there = meant if allowed is None else meant & set(allowed)
        found = {
            scored.passage.identity: scored
            for scored in passages
            if scored.passage.document in meant or any(place in scored.passage.text for place in places)
        }
        if there and not described:
            for scored in self._passages(question, there, affinity):
                found.setdefault(scored.passage.identity, scored)
        return tuple(
            sorted(found.values(), key=lambda s: (-s.score, s.passage.document, s.passage.span.start))
        )

    def _described(self, question: Question) -> frozenset[str]:
        """The documents that the question points to by something in them: “承办赛事的那个市”, “述职会那篇”."""
        found = set()
        for description in question.pointed:
            focus = understand(description).focus
            terms = terms_of(focus, self.library.frequencies)
            if not any(term.noun for term in terms):
                continue
            total = sum(term.weight for term in terms) or 1.0
            for scored in self.library.search(focus, k=3):
                text = fold(f"{scored.passage.context}{scored.passage.text}")
                if sum(term.weight * term.held(text) for term in terms) / total >= POINTED:
                    found.add(scored.passage.document)
                    break
        return frozenset(found)

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
        generation = self.scoping().generation
        found = {scored.passage.identity: scored.score for scored in evidence.passages}
        best, least = max(found.values(), default=0.0), min(found.values(), default=0.0)
        likeliest = max(evidence.affinity.values(), default=0.0)
        width = (best - least) or 1.0
        return [
            features(
                question,
                evidence.terms,
                Sentence(
                    text=unit.text,
                    passage=unit.passage.text,
                    path=unit.passage.path,
                    base=unit.score,
                    own=unit.own,
                    coverage=unit.coverage,
                    affinity=unit.affinity - likeliest,
                    timely=unit.timely,
                    tense=unit.tense,
                    is_title=unit.is_title,
                    is_row=is_row(unit.passage.text),
                    explains=any(explains(word, unit.text) for word in question.quoted),
                    said_year=any(str(year) in fold(unit.text) for year in question.years),
                    found=(found.get(unit.passage.identity, least) - least) / width,
                    likeness=unit.likeness,
                    rows=tuple(
                        row for row in self.stretches(unit.passage, generation) if row.span.overlap(unit.span)
                    ),
                ),
            )
            for unit in units
        ]

    def ranked(self, evidence: Evidence, k: int) -> tuple[Scored, ...]:
        """The k best passages of some evidence, each ranked by its best sentence."""
        best: dict[str, Scored] = {}
        for unit in evidence.units:
            best.setdefault(unit.passage.identity, Scored(unit.passage, unit.score))
        return tuple(best.values())[:k]

    def sides(self, question: Question) -> tuple[tuple[Question, frozenset[str]], ...]:
        """What a comparison asks of each of its sides, with the side's documents; () when the question compares none."""
        scoping = self.scoping()
        sides = scoping.compared(question)
        if len(sides) < 2:
            return ()
        asked = []
        for side in sides:
            own = understand(_EACH.sub("", side.text), context=question.text)
            if any(term.noun and not term.scope for term in self._terms(replace(own, context=""), scoping)):
                own = replace(own, context="")
            as_asked = own.kind in ("comparison", "general", "definition")
            kept = replace(
                own,
                kind=question.kind if as_asked else own.kind,
                wants=question.wants if as_asked else own.wants,
                enumerates=question.enumerates or own.enumerates,
                tense=question.tense if own.tense == "either" else own.tense,
                measure=own.measure or question.measure,
                numeric=question.numeric,
            )
            asked.append((replace(kept, years=own.years or question.years), side.documents))
        return tuple(asked)

    def _spelled_out(
        self, question: Question, allowed: Collection[str] | None, affinity: Mapping[str, float]
    ) -> list[Scored]:
        """Passages that spell out an abbreviation that the question asks about, in the documents that it may mean."""
        abbreviations = [parts for term in question.quoted if (parts := parse(term))]
        if not abbreviations:
            return []
        likely = sorted(
            allowed if allowed is not None else affinity, key=lambda name: (-affinity.get(name, 0.0), name)
        )[:5]
        found: list[Scored] = []
        for name in likely:
            found.extend(
                Scored(passage, affinity.get(name, 0.0))
                for passage in self.library.passages(name)
                if any(spelled_out(parts, passage.text) for parts in abbreviations)
            )
        return found

    def _passages(
        self, question: Question, allowed: Collection[str] | None, affinity: Mapping[str, float]
    ) -> tuple[Scored, ...]:
        focus = (
            f"{question.focus} {understand(question.context).focus}" if question.context else question.focus
        )
        wording = " ".join([focus, *_other_words(focus)])
        found = {
            scored.passage.identity: replace(
                scored, score=scored.score + affinity.get(scored.passage.document, 0.0)
            )
            for scored in self.library.search(wording, k=PASSAGES, documents=allowed)
        }
        for scored in self._spelled_out(question, allowed, affinity):
            found.setdefault(scored.passage.identity, scored)
        return tuple(
            sorted(found.values(), key=lambda s: (-s.score, s.passage.document, s.passage.span.start))
        )

    def _units(
        self,
        passage: Passage,
        question: Question,
        terms: Sequence[Term],
        affinity: float,
        metadata: Metadata,
        rows: Sequence[Stretch],
    ) -> list[Unit]:
        spans, texts, folds, path = _taken_apart(passage.text, passage.path)
        weights = [term.weight * (SCOPE_SHARE if term.scope else 1.0) for term in terms]
        total = sum(weights) or 1.0
        above = [IN_PATH * term.held(path) for term in terms]
        if question.kind != "responsibility" and is_row(
            passage.text
        ):  # who is to do it is not what is to be done
            folds = tuple(_WHO_CELLS.sub("", folded) for folded in folds)
        inside = [[term.held(folded) for term in terms] for folded in folds]
        nothing = [0.0] * len(terms)
        measure = question.kind == "measure"
        named = bool(_SUBORDINATE_ASKED.search(question.folded + question.context))
        units = []
        for index, (span, text) in enumerate(zip(spans, texts, strict=True)):
            before = inside[index - 1] if index else nothing
            after = inside[index + 1] if index + 1 < len(inside) else nothing
            own = around = 0.0
            for weight, here, over, left, right in zip(
                weights, inside[index], above, before, after, strict=True
            ):
                own += weight * here
                around += weight * max(
                    here, over, (BEFORE_A_MEASURE if measure else BESIDE) * left, BESIDE * right
                )
            shaped, bonus = _shape(question, text, own / total)
            at = Span(passage.span.start + span.start, passage.span.start + span.end)
            tense, reviewed = _told(at, text, rows)
            timely, timing = _timely(question, text, passage, metadata, tense, reviewed)
            if not named and _about_a_subordinate(text):
                bonus -= ABOUT_ONE_SUBORDINATE
            if (
                question.kind in ("target", "figure")
                and _SUPERIOR.search(text)
                and not _SUPERIOR_ASKED.search(question.folded + question.context)
            ):
                bonus -= OF_A_SUPERIOR
            bonus += timing
            if _OPENS.match(text) and not _ASKS_OF_THE_MEETING.search(question.focus):
                bonus -= OPENING
            units.append(
                Unit(
                    passage=passage,
                    span=at,
                    tense=tense,
                    text=text,
                    coverage=around / total,
                    own=own / total,
                    shaped=shaped,
                    affinity=affinity,
                    timely=timely,
                    score=0.6 * around / total
                    + 0.4 * own / total
                    + bonus
                    + 0.5 * affinity
                    - 0.0004 * max(0, len(text) - 60),
                )
            )
        return units


def with_margin(features: Mapping[str, float], margin: float) -> dict[str, float]:
    """Features of the first sentence with its lead over the second, by the ranking's scores: what confidence is told by."""
    return {**features, "margin": min(margin, WIDEST_MARGIN)}


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


@lru_cache(maxsize=8192)
def _taken_apart(
    text: str, path: tuple[str, ...]
) -> tuple[tuple[Span, ...], tuple[str, ...], tuple[str, ...], str]:
    """The sentences of a passage: their spans in it, their texts, these folded, and the headings above, folded."""
    spans = (Span(0, len(text)),) if is_row(text) else tuple(sentences(text))
    texts = tuple(text[span.start : span.end] for span in spans)
    return spans, texts, tuple(map(fold, texts)), fold(" ".join(path))


@lru_cache(maxsize=16_384)
def _about_a_subordinate(text: str) -> bool:
    return _SUBORDINATE.search(text) is not None


def _other_words(text: str) -> list[str]:
    return list(dict.fromkeys(other for _, others in alternatives(text) for other in others))


def _shape(question: Question, text: str, own: float) -> tuple[bool, float]:
    """Whether `text` has the wanted shape of answer, and what that adds to its score; own as in `Unit`."""
    folded = fold(text)
    bonus = 0.0
    shaped = True
    if question.measure:
        shaped = bool(figure_in(question.measure).search(folded)) or (
            question.kind == "deadline" and bool(shapes.VAGUE_TIME.search(folded))
        )
        bonus += 0.18 if shaped else 0.0
    elif "figure" in question.wants:
        shaped = bool(shapes.STRONG_FIGURE.search(shapes.without_years(folded))) or shapes.is_masked(text)
        bonus += 0.12 if shaped else 0.0
    elif "time" in question.wants:
        shaped = bool(shapes.TIME.search(folded))
        bonus += 0.12 if shaped else 0.0
    elif "actor" in question.wants:
        shaped = bool(shapes.ACTOR.search(folded))
        bonus += 0.12 if shaped else 0.0
    elif "problem" in question.wants:
        shaped = bool(shapes.PROBLEM.search(folded))
        bonus += 0.12 if shaped else 0.0
    elif question.kind == "measure":
        bonus += 0.12 * bool(shapes.MEASURE.search(folded)) - 0.08 * bool(shapes.PROBLEM.search(folded))
    if question.kind == "target" and shapes.STRONG_PLAN.search(folded):
        bonus += 0.05
    if question.past and shapes.PAST.search(folded):
        bonus += 0.03
    for word in question.quoted:
        abbreviation = parse(word)
        if abbreviation and spelled_out(abbreviation, text):
            bonus += 0.4
        elif partly_spelled_out(abbreviation, text):
            bonus += 0.25
        elif question.kind == "definition" and word in fold(text):
            bonus += 0.3 if explains(word, text) else 0.05
    counted = counted_term(folded=question.folded)
    if counted and spelled_out(counted, text):
        bonus += SPELLED_OUT
    elif question.enumerates and question.count >= 3:
        members = shapes.enumerated(text)
        bonus += own * (JUST_AS_MANY if members == question.count else AS_MANY * (members > question.count))
    return shaped, bonus


def _told(span: Span, text: str, rows: Sequence[Stretch]) -> tuple[Tense, tuple[int, int] | None]:
    """Whether a sentence reports or plans, and the years that it reports of; by its own words where no row covers it."""
    promised = reported = 0
    years = None
    for row in rows:
        shared = row.span.overlap(span)
        if row.promised:
            promised += shared
        else:
            reported += shared
            years = row.years if shared and years is None else years
    said = tense_of(text)
    less, more = sorted((promised, reported))
    if not more:
        return said, years
    if is_row(text) or less >= MIXED * more or (promised > reported and said == "report"):
        return "either", years
    return ("plan", None) if promised > reported else ("report", years)


def _of_many_years(question: Question, text: str, tense: Tense, reviewed: tuple[int, int] | None) -> bool:
    """Whether a sentence reports of several years together where one is asked (五年累计 is no figure of 2012)."""
    if not (question.years and question.measure and tense == "report" and reviewed):
        return False
    if reviewed[1] - reviewed[0] < LONG_REVIEW or _OVER_YEARS.search(question.folded):
        return False
    return not any(str(year) in fold(text) for year in question.years)


_OVER_YEARS = re.compile(r"[三四五十]年|累计|年均|平均|期间|以来")


def _timely(
    question: Question,
    text: str,
    passage: Passage,
    metadata: Metadata,
    tense: Tense,
    reviewed: tuple[int, int] | None,
) -> tuple[bool, float]:
    """Whether a sentence may speak of the asked year, and what year and tense add to its score."""
    bonus, timely = 0.0, True
    if _of_many_years(question, text, tense, reviewed):
        return False, -0.2
    own = metadata.year.value if metadata.year else None
    if question.years:
        years = speaks_of(text, passage.path, metadata, tense, reviewed)
        if years:
            timely = bool(years & question.years)
            if not timely and not question.measure and own in question.years:
                return True, bonus  # 去年 in a speech of the asked year: its subject may still be this year's
            said = any(str(year) in fold(text) for year in question.years) or (
                "今年" in text and own in question.years
            )
            bonus += (0.16 if said else 0.1) if timely else -0.2
    if question.tense != "either":
        outcome = 2.0 if asks_outcome(question.folded) else 1.0
        bonus += outcome * {True: 0.08, False: -0.12}[tense == question.tense] if tense != "either" else 0.0
        if outcome > 1 and timely and own is not None and own - 1 in question.years:
            bonus += AFTERWARDS  # what came of a year is told by the next one's speech
    return timely, bonus


@lru_cache(maxsize=8192)
def is_row(text: str) -> bool:
    """Whether a passage is one row of a table: cells with their headers, or divided by tabs."""
    return "\t" in text or len(re.findall(r"(?:^|；)[^：；\n]{1,12}：", text)) >= 4


def explains(word: str, text: str) -> bool:
    """Whether `text` says what `word` means: the word, then 即, 就是, 是指, a colon, a bracket or a list."""
    folded = fold(text)
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if _EXPLAINING.match(text[end : end + 24]):
            return True
        at = folded.find(word, end)
    return False
