"""The terms of the trade that a library's documents use: what each means, where it is used, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.onboarding.coinages import Quoted, is_term, quoted, stem
from assistant.onboarding.meanings import told
from corpus.document import Document, Span
from corpus.library import Library
from corpus.text import fold, sentences

UNDATED = 9999  # years after all others
BARE = 3  # characters from which a term is looked for without quotation marks, too


@dataclass(frozen=True, slots=True)
class Use:
    """A sentence that uses a term: its span in one revision of one document, and the year of that document, None where unknown."""

    document: str
    revision: str
    span: Span
    year: int | None = None


@dataclass(frozen=True, slots=True)
class TradeTerm:
    """A term as printed first, with every use, the oldest document first and in text order.

    noun: what it names (行动, 模式), "" where the documents call it nothing. explanation: the sentences that tell what it means, and
    meaning the words in them that do; None where the term is only named.
    """

    words: str
    noun: str
    uses: tuple[Use, ...]
    explanation: Use | None = None
    meaning: Span | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that use it, oldest first."""
        return tuple(dict.fromkeys(use.document for use in self.uses))

    @property
    def since(self) -> int | None:
        """The year of the oldest document that uses it; None where no such year is known."""
        years = [use.year for use in self.uses if use.year is not None]
        return min(years) if years else None


@dataclass(frozen=True, slots=True)
class _Place:
    document: Document
    folded: str
    found: Quoted
    age: tuple[int, str]

    @property
    def order(self) -> tuple[tuple[int, str], str, Span]:
        """The oldest document first, then by its name, then in text order."""
        return self.age, self.document.name, self.found.span


def terms_of(library: Library) -> tuple[TradeTerm, ...]:
    """The terms of the library: those that it explains first, then those in most documents, then by their words."""
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for entry in library.entries():
        document = library.document(entry.name)
        age, folded = _age(document), fold(document.text)
        for found in quoted(document.text):
            places[found.words].append(_Place(document, folded, found, age))
    known = {
        words: held
        for words, held in places.items()
        if is_term([place.found for place in held], len({place.document.name for place in held}))
    }
    made = [_term(words, held) for words, held in _merged(known).items()]
    return tuple(
        sorted(
            _without_parts(made),
            key=lambda term: (term.explanation is None, -len(term.documents), -len(term.uses), term.words),
        )
    )


def _age(document: Document) -> tuple[int, str]:
    metadata = document.metadata
    year = metadata.year.value if metadata.year else UNDATED
    return year, metadata.date.value.isoformat() if metadata.date else f"{year}-99"


def _merged(known: dict[str, list[_Place]]) -> dict[str, list[_Place]]:
    """A name with and without its noun (铁拳, 铁拳行动) is one term, under the shorter words."""
    merged: dict[str, list[_Place]] = {}
    for words, held in known.items():
        merged.setdefault(stem(words) if stem(words) in known else words, []).extend(held)
    return {words: sorted(held, key=lambda place: place.order) for words, held in merged.items()}


def _term(words: str, held: list[_Place]) -> TradeTerm:
    uses: dict[tuple[str, Span], Use] = {}
    for place in held:
        use = _use(place.document, _sentence(place.document, place.found.span.start))
        uses.setdefault((use.document, use.span), use)
    explanation, meaning = _explained(words, held)
    named = next((place for place in held if place.found.words == words), held[0])
    noun = next((place.found.noun for place in held if place.found.noun), "")
    return TradeTerm(named.document.quote(named.found.span), noun, tuple(uses.values()), explanation, meaning)


def _explained(words: str, held: list[_Place]) -> tuple[Use | None, Span | None]:
    """The shortest explanation in the first document that has one, and the words in it that explain."""
    found = None
    for document, folded, at in _everywhere(words, held):
        if found is not None and document is not found[0]:
            break
        here = told(words, document, folded, at)
        if here is not None and (found is None or len(here.span) < len(found[1].span)):
            found = document, here
    return (_use(found[0], found[1].span), found[1].meaning) if found else (None, None)


def _everywhere(words: str, held: list[_Place]) -> Iterator[tuple[Document, str, int]]:
    """Where the term stands, the oldest document first: in quotes, and without them, as it may where it is explained."""
    wanted, inset = (words, 0) if len(words) >= BARE else (f"“{words}”", 1)
    for place in {place.document.name: place for place in held}.values():
        at = place.folded.find(wanted)
        while at >= 0:
            yield place.document, place.folded, at + inset
            at = place.folded.find(wanted, at + len(wanted))


def _use(document: Document, span: Span) -> Use:
    year = document.metadata.year
    return Use(document.name, document.revision, span, year.value if year else None)


def _sentence(document: Document, at: int) -> Span:
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    line = Span(start, end if end >= 0 else len(document.text))
    return next(span for span in sentences(document.text, line) if at < span.end)


def _without_parts(terms: list[TradeTerm]) -> list[TradeTerm]:
    """Without the parts of longer terms that the documents use only where they tell the longer one (“一图”是… of 一图一码一档)."""
    told_at: defaultdict[str, list[tuple[str, Span]]] = defaultdict(list)
    for term in terms:
        if term.explanation is not None:
            told_at[term.explanation.document].append((fold(term.words), term.explanation.span))

    def inside(term: TradeTerm) -> bool:
        words = fold(term.words)
        return len(term.documents) == 1 and any(
            words in longer and words != longer and all(use.span.overlap(span) for use in term.uses)
            for longer, span in told_at[term.documents[0]]
        )

    return [term for term in terms if not inside(term)]
