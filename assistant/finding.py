"""Which passages may hold an answer: by the library's search, by the place that is named, by what is said of a document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.abbreviations import parse, spelled_out
from assistant.lexicon import alternatives
from assistant.question import Question, understand
from assistant.scoping import Scoping
from assistant.terms import terms_of
from corpus.library import Library, Scored
from corpus.text import fold

PASSAGES = 60  # candidates whose sentences are weighed
_OF_TIME = re.compile(r"[\d一二三四五六七八九十]+.?|年[初底中末]|[上下]半年|季度|[今去前明]年|最近|当时")
POINTED = 0.5  # share of a description that a passage must hold for its document to be the one pointed to


def passages_for(
    library: Library, question: Question, allowed: Collection[str] | None, affinity: Mapping[str, float]
) -> tuple[Scored, ...]:
    """The candidates whose sentences are weighed, those of likely documents first; within `allowed` unless it is None."""
    focus = f"{question.focus} {understand(question.context).focus}" if question.context else question.focus
    wording = " ".join([focus, *_other_words(focus)])
    found = [
        replace(scored, score=scored.score + affinity.get(scored.passage.document, 0.0))
        for scored in library.search(wording, k=PASSAGES, documents=allowed)
    ]
    return _joined(found, _spelled_out(library, question, allowed, affinity))


def _spelled_out(
    library: Library, question: Question, allowed: Collection[str] | None, affinity: Mapping[str, float]
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
            for passage in library.passages(name)
            if any(spelled_out(parts, passage.text) for parts in abbreviations)
        )
    return found


def _other_words(text: str) -> list[str]:
    return list(dict.fromkeys(other for _, others in alternatives(text) for other in others))


def in_place(
    library: Library,
    question: Question,
    scoping: Scoping,
    passages: Sequence[Scored],
    allowed: Collection[str] | None,
    affinity: Mapping[str, float],
) -> tuple[Scored, ...]:
    """Of a question that names a place: passages of its documents, and of others only those that name it too."""
    places = scoping.places_of(question)
    meant = scoping.named(question)
    pointed = _described(library, question)
    if pointed:
        passages = [scored for scored in passages if scored.passage.document in pointed]
    if meant is None:
        return tuple(
            passages if pointed else _and_of_the_year(library, question, scoping, passages, allowed, affinity)
        )
    there = meant if allowed is None else meant & set(allowed)
    of_it = [
        scored
        for scored in passages
        if scored.passage.document in meant or any(place in scored.passage.text for place in places)
    ]
    return _joined(of_it, passages_for(library, question, there, affinity) if there and not pointed else ())


def _and_of_the_year(
    library: Library,
    question: Question,
    scoping: Scoping,
    passages: Sequence[Scored],
    allowed: Collection[str] | None,
    affinity: Mapping[str, float],
) -> Sequence[Scored]:
    """With those of the documents of the year that a question names, and of the year after, which may report of it."""
    if len(question.years) != 1:
        return passages
    (year,) = question.years
    there = {
        name
        for name, entry in scoping.entries.items()
        if entry.metadata.year and entry.metadata.year.value in (year, year + 1)
    }
    there &= there if allowed is None else set(allowed)
    if not there or 2 * len(there) > len(scoping.entries):
        return passages
    return _joined(passages, passages_for(library, question, there, affinity))


def _joined(passages: Iterable[Scored], more: Iterable[Scored]) -> tuple[Scored, ...]:
    """Passages and those of `more` that are not among them, best first."""
    found = {scored.passage.identity: scored for scored in passages}
    for scored in more:
        found.setdefault(scored.passage.identity, scored)
    return tuple(sorted(found.values(), key=lambda s: (-s.score, s.passage.document, s.passage.span.start)))


def _described(library: Library, question: Question) -> frozenset[str]:
    return frozenset[str]().union(*(described(library, words) for words in question.pointed))


def described(library: Library, description: str) -> frozenset[str]:
    """The document that words point to by something in it (承办赛事的那个市, 述职会那篇); empty where none is plainly meant."""
    focus = understand(description).focus
    terms = terms_of(focus, library.frequencies)
    if not any(len(term.word) > 1 and not term.joint and not _OF_TIME.fullmatch(term.word) for term in terms):
        return frozenset()
    total = sum(term.weight for term in terms) or 1.0
    for scored in library.search(focus, k=3):
        text = fold(f"{scored.passage.context}{scored.passage.text}")
        if sum(term.weight * term.held(text) for term in terms) / total >= POINTED:
            return frozenset([scored.passage.document])
    return frozenset()
