"""Answers that are lists: the items that the best sentences lead in, head or belong to, or clauses that say the same of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import shapes
from assistant.alike import of_one_character, said_alike, with_one_predicate
from assistant.clipping import fitting, trimmed
from assistant.conversation import OF_ANY_SUBJECT
from assistant.draft import Draft, Quote, searched
from assistant.evidence import Evidence, Unit
from assistant.explaining import is_coined
from assistant.groups import Group, groups
from assistant.listing import items_of
from assistant.measures import counted
from assistant.question import Question
from assistant.terms import Term
from corpus.document import Document, Span
from corpus.library import Library
from corpus.text import clauses, fold

LISTED = 0.2  # share of the question that the sentence which leads a list in must hold itself
LEAST_GROUPED = 3  # items that must be asked for
GROUPS_OF = 12  # sentences in whose documents a list is looked for
GROUPED_ALONE = 0.15  # … where the document has no other list of that many items
GROUPED, IN_ITEMS = 0.35, 0.6  # share of the question that a list must hold; what a word in its items counts
_COUNTS = re.compile(r"(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:条|项|个|大|件|点|种|类|方面|件事)?")
AS_LIKELY = 0.1  # less likely meant than the best sentence's document, at most
_FIRST = re.compile(r"前[二两三四五六七八九十](?:个|项|条|点|件)")
_COUNTED_THING = re.compile(r"哪(?P<count>[二三四五六七八九十][方级类种个项条大])的?(?P<thing>[一-鿿]{2})")
_COUNTED_FIGURES = re.compile(r"[二三四五六七八九十]个\d+[%％]")
_COUNTS_ITEMS = re.compile(
    r"([二三四五六七八九十]{1,2}|\d{1,2})(?:个|条|项|点|大)?(?:方面|特点|件事|重点|任务|措施|举措|步|要求|意见|环节|领域|问题|体会|转变|着力)"
)


def listing(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """The list that the best sentences lead in, head or belong to, or None."""
    if not question.enumerates:
        return None
    whole = (
        _counted_and_named(library, question, evidence)
        or of_one_character(library, question, evidence)
        or with_one_predicate(library, question, evidence)
        or _grouped(library, question, evidence)
    )
    if whole is not None:
        return whole
    for unit in evidence.units[:5]:
        if unit.score < 0.75 * evidence.units[0].score:
            break
        if not unit.timely or unit.own < LISTED or _of_another_name(question, unit):
            continue
        document = searched(library, unit.passage)
        if shapes.enumerated(unit.text) >= max(question.count, 3):
            break
        led = _led_in_by(document, unit)
        items = list(led.items) if led is not None else items_of(document, unit.span, question.count)
        if len(items) >= 2 and not _under_another_heading(document, items[0], unit, question):
            return Draft(
                tuple(Quote(document, span) for span in fitting(document, items)),
                confidence=unit.coverage,
            )
    return said_alike(library, question, evidence)


def _of_another_name(question: Question, unit: Unit) -> bool:
    """Whether a coined term is asked (“三个新高”) that stands nowhere about a sentence."""
    coined = [term for term in question.quoted if is_coined(term) and len(term) > 2]
    around = fold(unit.passage.searched)
    return bool(coined) and not any(term in around for term in coined)


def _under_another_heading(document: Document, item: Span, unit: Unit, question: Question) -> bool:
    """Whether a heading names a coined term (“四位一体”攻坚行动) and an item stands under a heading between (2.主要措施)."""
    coined = [
        term for term in question.quoted if is_coined(term) and len(term) > 2 and term in fold(unit.text)
    ]
    above = document.path(item.start)[:-1]
    named = [at for at, heading in enumerate(above) if any(term in fold(heading) for term in coined)]
    return bool(named) and named[-1] < len(above) - 1


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


def _counted_and_named(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """A sentence that counts what is asked (落实三方安全责任。), with the next clause, which names just as many; None where none does."""
    asked = _COUNTED_THING.search(question.folded)
    key = f"{asked.group('count')}{asked.group('thing')}" if asked else ""
    for unit in evidence.units[:5] if asked else ():
        document = searched(library, unit.passage)
        if key not in fold(unit.text) or unit.span.end >= len(document.text):
            continue
        end = document.text.find("\n", unit.span.end)
        rest = Span(unit.span.end, max(end, unit.span.end + 1) if end >= 0 else len(document.text))
        following = next(clauses(document.text, rest), None) if end != unit.span.end else None
        if following and shapes.enumerated(document.quote(following)) == question.count:
            span = Span(unit.span.start, following.end)
            return Draft((Quote(document, trimmed(document.text, span)),), confidence=unit.coverage)
    return None


def _grouped(library: Library, question: Question, evidence: Evidence) -> Draft | None:
    """The list of just as many items as are asked for whose lead-in, headings and items hold the question best, or None."""
    if question.count < LEAST_GROUPED or not evidence.units:
        return None
    best = evidence.units[0]
    figures = _COUNTED_FIGURES.search(question.folded)
    if figures and figures.group() in fold(best.text):
        return None
    itself = best.own if shapes.enumerated(best.text) == question.count else 0.0
    terms = [term for term in evidence.terms if not term.scope]
    telling = [term for term in terms if term.word in question.quoted or not _names_items(term)] or terms
    total = sum(term.weight for term in telling) or 1.0
    coined = [term for term in question.quoted if is_coined(term) and len(term) > 2]
    found: list[tuple[float, Document, Group]] = []
    likely = evidence.affinity.get(best.document, 0.0) - AS_LIKELY
    first = _FIRST.search(question.folded)
    for name in dict.fromkeys(unit.document for unit in evidence.units[:GROUPS_OF]):
        if evidence.affinity.get(name, 0.0) < likely:
            continue
        document = library.document(name)
        for group in groups(document):
            of_it = not coined or any(term in group.led + group.said for term in coined)
            if of_it and (
                len(group.items) == question.count or (first and len(group.items) > question.count)
            ):
                held = sum(
                    term.weight * max(term.held(group.about), IN_ITEMS * term.held(group.said))
                    for term in telling
                )
                found.append((held / total, document, group))
    if not found:
        return None
    share, document, group = max(found, key=lambda each: each[0])
    alone = len([each for each in found if each[1] is document]) == 1 and asks_only_for_items(terms)
    if share < itself or share < (GROUPED_ALONE if alone and document.name == best.document else GROUPED):
        return None
    items = group.items[: question.count]
    return Draft(tuple(Quote(document, span) for span in fitting(document, items)), confidence=share)


def asks_only_for_items(terms: Sequence[Term]) -> bool:
    """Whether nothing is asked about but items (那六项重点工作), so that any list of their number may be meant."""
    return not any(term.noun and not _names_items(term) for term in terms)


def _names_items(term: Term) -> bool:
    """Whether a word says only that there are items, or how many (三条办法)."""
    return term.word in OF_ANY_SUBJECT or _COUNTS.fullmatch(term.word) is not None
