"""Lists that no document numbers: sentences that say the same of each of several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from assistant import shapes
from assistant.abbreviations import parse
from assistant.clipping import fitting, trimmed
from assistant.conversation import OF_ANY_SUBJECT
from assistant.draft import Draft, Quote, searched
from assistant.evidence import Evidence
from assistant.listing import BARE_HEADING, section_headed
from assistant.measures import counted
from assistant.question import Question
from assistant.terms import HELD
from corpus.document import Document, Span
from corpus.library import Library
from corpus.text import clauses, fold, sentences, squeeze

LEAST_ALIKE = 3  # things that must be asked for
RARE = 0.25  # of the heaviest word's weight: a word that any sentence may hold makes no list
LEAST_PARALLEL = 4  # things that must be asked for
MOST_INSTANCES = 6
SHORT = 8  # characters of a clause that says nothing but that it is one of several (要系统学)
_ASKS_INSTANCES = re.compile(r"哪(?:些|几)[^，。？?“]{0,4}“")
_ONE_CHARACTER = re.compile(
    r"(?P<count>[三四五六七八九十])(?:个|种|样|处)?(?:“(?P<quoted>[一-鿿])”|(?<=种)(?P<plain>[一-鿿])(?=$|[，,。？?是有]|分别|各|包括))"
)
_PREDICATE = re.compile(r"哪(?:几|些)(?P<said>[一-鿿]{4,9})[?？]?$")
_SAYS = re.compile(r"[，,。；;：:]|[讲说提谈]|要求|部署|[里中上]")
LEAST_SAID = 3  # characters of what is said of each


def said_alike(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """The sentences of one section that hold the same word of the question, where they are as many as are asked for."""
    if question.count < LEAST_ALIKE or not evidence.units:
        return None
    best = evidence.units[0]
    if shapes.enumerated(best.text) >= question.count or question.quoted:
        return None
    document = searched(library, best.passage)
    index = document.section_at(best.span.start)
    if index is None:
        return None
    around = document.sections[index].span
    heaviest = max((term.weight for term in evidence.terms), default=0.0)
    for term in evidence.terms:
        if term.scope or len(term.word) < 2 or term.word in OF_ANY_SUBJECT or term.weight < RARE * heaviest:
            continue
        spans = [span for span in _holding(document, term.word) if around.covers(span)]
        if len(spans) == question.count and not any(
            shapes.enumerated(document.quote(span)) >= question.count for span in spans
        ):
            return Draft(tuple(Quote(document, trimmed(document.text, span)) for span in spans))
    return None


def parallel(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """The clauses of one document that say the same of just as many things as are asked for (五个“有新作为”), or None."""
    if not evidence.units:
        return None
    best = evidence.units[0]
    if question.count and shapes.enumerated(best.text) == question.count and best.own >= HELD:
        return None
    document = searched(library, best.passage)
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
            if fits and not any(shapes.enumerated(document.quote(span)) >= max(count, 3) for span in found):
                return Draft(tuple(Quote(document, trimmed(document.text, span)) for span in found))
    return None


def of_one_character(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """The clauses of one paragraph that share one character, where just as many are asked for (五个“得”, 四种学), or None."""
    asked = _ONE_CHARACTER.search(question.folded) or _ONE_CHARACTER.search(fold(question.context))
    if not asked or not evidence.units:
        return None
    key, count = asked.group("quoted") or asked.group("plain"), counted(asked.group("count"))
    in_quotes = re.compile(rf"“[^“”]*{key}[^“”]*”")

    def is_one(words: str) -> bool:
        said = words.strip(" ，,。；;：:")
        return bool(in_quotes.search(said)) or (len(said) <= SHORT and said.endswith(key))

    document = searched(library, evidence.units[0].passage)
    return _listed(document, [found for found in _by_paragraph(document, is_one) if len(found) == count])


def with_one_predicate(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """The clauses of one paragraph that end alike, where it is asked of which things that is said (跟哪几件事结合起来), or None."""
    asked = _PREDICATE.search(question.folded) if not question.count and question.kind != "problem" else None
    if not asked or not evidence.units:
        return None
    tail, best = asked.group("said"), fold(evidence.units[0].text)
    said = next((tail[at:] for at in range(len(tail) - LEAST_SAID + 1) if tail[at:] in best), "")
    subject = _SAYS.split(question.folded[: asked.start()])[-1]
    of_it = [t for t in evidence.terms if len(t.word) > 1 and not t.joint and t.word in subject]
    if not said or any(term.held(best) < HELD for term in of_it):
        return None
    document = searched(library, evidence.units[0].passage)
    around = evidence.units[0].span
    runs = [
        found
        for found in _by_paragraph(document, lambda words: said in words)
        if 1 < len(found) <= MOST_INSTANCES and any(span.overlap(around) for span in found)
    ]
    return _listed(document, runs)


def _by_paragraph(document: Document, is_one: Callable[[str], bool]) -> list[list[Span]]:
    """For each paragraph that has any, its clauses whose folded words are what is looked for."""
    found = [
        clause
        for sentence in sentences(document.text)
        for clause in clauses(document.text, sentence)
        if is_one(fold(document.quote(clause)))
    ]
    return [list(run) for _, run in groupby(found, key=lambda span: document.text.count("\n", 0, span.start))]


def _listed(document: Document, runs: Sequence[Sequence[Span]]) -> Draft | None:
    if not runs:
        return None
    return Draft(tuple(Quote(document, span) for span in fitting(document, runs[0])))


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
