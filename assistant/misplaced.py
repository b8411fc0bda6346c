"""Questions whether a place or a meeting said a thing that another one said (“入企扫码”是北京报告里说的吧)."""

from __future__ import annotations

from assistant.draft import Draft, Quote, searched
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.quoting import QuotingComposer, label_of
from corpus.text import fold

LEAST = 2  # characters of a quoted term that is looked for elsewhere
LOOKED_AT = 10  # passages


def misplaced(composer: QuotingComposer, question: Question, evidence: Evidence) -> Draft | None:
    """Where the quoted term stands, that no document of the named place holds; None where one does, or none at all."""
    retriever = composer.retriever
    scoping, library = retriever.scoping(), retriever.library
    places = scoping.places_of(question)
    named = scoping.named(question)
    terms = [term for term in question.quoted if len(term) >= LEAST]
    if not (question.premise and named and terms):
        return None
    term = terms[0]
    if len(term) == LEAST:
        term = f"“{term}”"  # “铁拳”, not what is spelled alike within a word
    where = f"{places[0]}的资料中" if places else "所问的资料中"
    if any(term in fold(library.document(name).text) for name in named):
        return None
    elsewhere = evidence.within if evidence.within is not None else frozenset(scoping.entries)
    for scored in library.search(term, k=LOOKED_AT, documents=elsewhere - named):
        if term not in fold(scored.passage.text):
            continue
        found = retriever.within(question, searched(library, scored.passage), scored.passage.span)
        unit = next((unit for unit in found.units if term in fold(unit.text)), None)
        if unit is not None:
            quote = composer.quote(question, unit, found.terms)
            told = Quote(quote.document, quote.span, label_of(quote.document))
            return Draft((told,), note=f"（{where}没有说到“{question.as_typed(terms[0])}”）")
    return None
