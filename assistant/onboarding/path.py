"""阅读路线: which documents a new colleague should read, in which order, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from assistant.onboarding.issuers import issuer_of, issuers_of, own_issuer, year_of
from assistant.onboarding.terms import TradeTerm
from corpus.document import Document, Kind, Span
from corpus.library import Entry, Library

Why = Literal["speech", "plan", "ledger", "report", "meeting", "before", "terms", "above"]
PER_MINUTE = 400  # characters that are read in a minute
STEPS = 8
SECTIONS = 3  # of a document that are worth reading first
SHORTEST, LONGEST = 120, 3000  # characters of such a section
EXPLAINS = 2  # terms that a document has to explain to be read for them


@dataclass(frozen=True, slots=True)
class Part:
    """A section worth reading first: its heading as printed, and the span of the whole."""

    heading: str
    heading_span: Span
    span: Span

    @property
    def minutes(self) -> int:
        """About how long it takes to read."""
        return minutes(len(self.span))


@dataclass(frozen=True, slots=True)
class Step:
    """A document to read. parts: its sections worth reading first, in text order; explains: the terms that it explains."""

    document: str
    revision: str
    title: str
    why: Why
    year: int | None
    characters: int
    parts: tuple[Part, ...]
    explains: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """About how long it takes to read all of it."""
        return minutes(self.characters)


def minutes(characters: int) -> int:
    """How many minutes that many characters take, at least 1."""
    return max(1, -(-characters // PER_MINUTE))


def path_of(library: Library, terms: Sequence[TradeTerm]) -> tuple[Step, ...]:
    """At most STEPS documents, each once: the own issuer's latest speech, the plan of its year, the ledger, then what came before.

    Between them stand the documents that explain most terms, at the end the latest speech of another level.
    """
    entries = {entry.name: entry for entry in library.entries()}
    explained: dict[str, list[str]] = {}
    for term in terms:
        if term.explanation is not None:
            explained.setdefault(term.explanation.document, []).append(term.words)
    chosen: dict[str, Why] = {}
    for name, why in _order(list(entries.values()), explained):
        chosen.setdefault(name, why)
        if len(chosen) == STEPS:
            break
    return tuple(
        _step(library, entries[name], why, tuple(explained.get(name, ()))) for name, why in chosen.items()
    )


def _order(entries: Sequence[Entry], explained: dict[str, list[str]]) -> Iterator[tuple[str, Why]]:
    own, names = own_issuer(entries), issuers_of(entries)

    def latest(kind: Kind, mine: bool) -> Iterator[Entry]:
        found = [
            entry
            for entry in entries
            if entry.metadata.kind
            and entry.metadata.kind.value == kind
            and (issuer_of(entry, names) == own) == mine
        ]
        return iter(sorted(found, key=lambda entry: (_age(entry), entry.name), reverse=True))

    year = max((year_of(entry) for entry in entries if issuer_of(entry, names) == own), default=0)
    speeches = list(latest("speech", True))
    yield from ((entry.name, "speech") for entry in speeches[:1])
    yield from ((entry.name, "meeting") for entry in speeches[1:] if year_of(entry) == year)
    yield from ((entry.name, "plan") for entry in islice(latest("plan", True), 1))
    yield from ((entry.name, "ledger") for entry in islice(latest("ledger", True), 1))
    yield from ((entry.name, "report") for entry in islice(latest("report", True), 1))
    by_terms = sorted(explained, key=lambda name: (-len(explained[name]), name))
    yield from ((name, "terms") for name in by_terms[:2] if len(explained[name]) >= EXPLAINS)
    yield from ((entry.name, "before") for entry in speeches if year_of(entry) < year)
    yield from ((entry.name, "above") for entry in islice(latest("speech", False), 1))
    yield from ((entry.name, "before") for entry in latest("plan", True) if year_of(entry) < year)
    yield from ((entry.name, "above") for entry in islice(latest("report", False), 2))


def _age(entry: Entry) -> tuple[int, str]:
    date = entry.metadata.date
    return year_of(entry), date.value.isoformat() if date else ""


def _step(library: Library, entry: Entry, why: Why, explains: tuple[str, ...]) -> Step:
    document = library.document(entry.name)
    promised = [stretch.span for stretch in library.stretches(entry.name) if stretch.promised]
    return Step(
        entry.name,
        document.revision,
        entry.metadata.title.value,
        why,
        year_of(entry) or None,
        entry.characters,
        _parts(document, promised),
        explains,
    )


def _parts(document: Document, promised: Sequence[Span]) -> tuple[Part, ...]:
    """The topmost sections with most promises in them; () where the document has no more than these anyway."""
    levels = sorted({section.level for section in document.sections})
    for level in levels[:3]:
        found = [
            section
            for section in document.sections
            if section.level == level and SHORTEST <= len(section.span) <= LONGEST
        ]
        if len(found) > SECTIONS:
            break
    else:
        return ()
    worth = sorted(
        found, key=lambda section: (-sum(section.span.covers(span) for span in promised), section.span)
    )[:SECTIONS]
    return tuple(
        Part(document.quote(section.heading), section.heading, section.span)
        for section in sorted(worth, key=lambda section: section.span)
        if any(section.span.covers(span) for span in promised)
    )
