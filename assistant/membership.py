"""Which item of a list something belongs to: for questions that ask for its place in it (在十大行动里是第几项)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clipping import trimmed, window
from assistant.draft import LONGEST_ANSWER, Draft, Quote, distinct
from assistant.evidence import Evidence
from assistant.groups import groups
from assistant.listing import section_headed
from assistant.measures import counted
from assistant.parts import things_of
from assistant.question import Question
from assistant.retrieval import Retriever
from assistant.terms import HELD, Term, terms_of
from corpus.document import Document, Span
from corpus.text import bigrams, fold, sentences

DOCUMENTS_OF = 12  # sentences in whose documents the list is looked for
UNDER = 0.8  # what a word under an item counts, against one in its heading
LEAST = 0.3  # share of what is asked about that the item must hold
LONGEST_UNDER = 60  # characters that are quoted from under an item
_NUMBER = r"(?:(?<!\d)(?P<digits>\d{1,2})(?![\d年月日])|(?P<han>[三四五六七八九十]{1,2}))"
_ASKS_PLACE = re.compile(
    rf"{_NUMBER}(?:大|项|个|条|点|类)?(?P<what>[^，,。？?、里中]{{1,10}}?)"
    r"(?:(?:里|中|的|，|,|属|排|是)(?:(?!全[国省市县区])[^。？?]){0,14}?第几[项个条点类大]?(?![季天年期届次名位章])|"
    r"(?:里|中|的|，|,)(?:(?!最)[^，,。？?]){0,8}?哪一?[项条个点类大](?![月年市县区省局]))"
)
_NAMES_A_LIST = re.compile(
    rf"{_NUMBER}(?:大|项|个|条|点|类)(?P<what>[^，,。？?、里中的]{{2,10}}?)(?:里|中|的|，|,)*第"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: its heading, and the sentences under it."""

    heading: Span
    under: tuple[Span, ...]


def placed(retriever: Retriever, question: Question, evidence: Evidence) -> Draft | None:
    """The heading of the item that each thing asked about belongs to, with the sentence under it that tells.

    None where no list is meant, or where an item holds nothing of a thing. evidence: for the question as asked, in whose
    documents the list is looked for.
    """
    asked = _ASKS_PLACE.search(question.folded)
    found = _list_meant(retriever, evidence, asked) if asked else None
    if asked is None or found is None:
        return None
    document, items, led = found
    called = question.folded[asked.start() : asked.end("what")]
    scope = retriever.scoping().scope_words(question)
    frequencies = retriever.library.frequencies
    wanted = [terms_of(thing, frequencies, scope) for thing in things_of(question)] or [evidence.terms]
    quotes: list[Quote] = []
    for terms in wanted:
        about = [term for term in terms if not term.scope and term.held(f"{led}{called}") < HELD]
        belonging = _belonging(document, items, about)
        if belonging is None:
            return None
        quotes.extend(Quote(document, span) for span in _told(document, belonging, about, question))
    kept, spent = [], 0
    for quote in distinct(quotes):
        spent += len(quote.span)
        if spent <= LONGEST_ANSWER:
            kept.append(quote)
    return Draft(tuple(kept), confidence=evidence.confidence)


def item_of(
    retriever: Retriever, question: Question, evidence: Evidence, ordinal: int
) -> tuple[Document, Span] | None:
    """The item of that number (-1 the last) in the list that a question names (十大行动第七项是什么), with what stands under it.

    None where it names no list, or none of its count is called so.
    """
    asked = _NAMES_A_LIST.search(question.folded)
    found = _list_meant(retriever, evidence, asked) if asked else None
    if found is None:
        return None
    document, items, _ = found
    if ordinal > len(items):
        return None
    heading = items[ordinal - 1 if ordinal > 0 else -1].heading
    index = section_headed(document, heading)
    return document, heading if index is None else document.sections[index].span


def _list_meant(
    retriever: Retriever, evidence: Evidence, asked: re.Match[str]
) -> tuple[Document, tuple[_Item, ...], str] | None:
    """The list of as many items that is called so (十大行动), with what leads it in; the one whose document is likeliest meant."""
    count, what = counted(asked.group("digits") or asked.group("han")), asked.group("what")
    for name in dict.fromkeys(unit.document for unit in evidence.units[:DOCUMENTS_OF]):
        document = retriever.library.document(name)
        of_count = [group for group in groups(document) if len(group.items) == count]
        called = [group for group in of_count if what in group.led or group.said.count(what) > count // 2]
        grams = bigrams(what)
        spoken_of = [g for g in of_count if 2 * sum(gram in g.led for gram in grams) >= len(grams)]
        for group in called or spoken_of[: len(spoken_of) == 1]:
            return document, tuple(_item(document, heading) for heading in group.items), group.led
    return None


def _item(document: Document, heading: Span) -> _Item:
    index = section_headed(document, heading)
    whole = document.sections[index].span if index is not None else heading
    under = sentences(document.text, Span(heading.end, whole.end)) if heading.end < whole.end else ()
    return _Item(heading, tuple(under))


def _belonging(document: Document, items: Sequence[_Item], about: Sequence[Term]) -> _Item | None:
    """The item that holds most of what is asked about, words that few items hold counting more; None where none holds enough."""
    about = [term for term in about if len(term.word) > 1 and not term.joint]
    held = [[_held(document, item, term) for item in items] for term in about]
    weights = [
        term.weight * math.log1p(len(items) / max(1.0, sum(share >= LEAST for share in shares)))
        for term, shares in zip(about, held, strict=True)
    ]
    total = sum(weights)
    shares = [
        sum(weight * of_items[at] for weight, of_items in zip(weights, held, strict=True))
        for at in range(len(items))
    ]
    best = max(range(len(items)), key=lambda at: shares[at])
    return items[best] if total and shares[best] >= LEAST * total else None


def _held(document: Document, item: _Item, term: Term) -> float:
    """How far an item holds a word: in its heading, else in the sentences under it, the more the more of them do."""
    heading = term.held(fold(document.quote(item.heading)))
    under = [share for span in item.under if (share := term.held(fold(document.quote(span))))]
    return max(heading, UNDER * max(under, default=0.0) * len(under) / (len(under) + 0.5))


def _told(document: Document, item: _Item, about: Sequence[Term], question: Question) -> list[Span]:
    """The item's heading, and where that does not hold most of what is asked about, the clauses under it that hold most."""
    total = sum(term.weight for term in about)

    def share(span: Span) -> float:
        text = fold(document.quote(span))
        return sum(term.weight * term.held(text) for term in about) / total

    def early(span: Span) -> int:
        """Minus where the weightiest word stands: a sentence that begins with a thing is about it."""
        weightiest = max(about, key=lambda term: term.weight)
        return -fold(document.quote(span)).find(weightiest.word)

    heading = trimmed(document.text, item.heading)
    best = max(item.under, key=lambda span: (share(span), early(span)), default=None)
    if best is None or share(best) <= share(heading):
        return [heading]
    if len(best) > LONGEST_UNDER:
        best = window(document, best, question, about, LONGEST_UNDER)
    return [heading, trimmed(document.text, best)]
