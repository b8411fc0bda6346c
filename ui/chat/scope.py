"""What a question is restricted to: what there is to choose from, what is chosen, and how it is told. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from corpus.library import Entry, Library
from ui.render import shorten
from ui.store.turns import KeptScope
from ui.words import CHINESE, Language, say

FIELDS = ("documents", "years", "issuers", "collections")
Choice = tuple[str, Any]  # label, value


def collections_in(library: Library) -> dict[str, tuple[str, ...]]:
    """The collections that this view of the library shows, each with the names of its documents; {} where it knows none."""
    listed: Callable[[], Sequence[Any]] | None = getattr(library, "collections", None)
    return {each.name: each.documents for each in listed()} if listed else {}


def filter_choices(
    entries: Sequence[Entry], language: Language, collections: Mapping[str, Sequence[str]] | None = None
) -> tuple[list[Choice], list[Choice], list[Choice], list[Choice]]:
    """(label, value) of each document, year, issuer and collection; years newest first, no collection that is empty."""
    counted = Counter(entry.metadata.title.value for entry in entries)
    documents: list[Choice] = [
        (
            entry.metadata.title.value
            if counted[entry.metadata.title.value] == 1
            else f"{entry.metadata.title.value}（{entry.name}）",
            entry.name,
        )
        for entry in entries
    ]
    years = sorted({entry.metadata.year.value for entry in entries if entry.metadata.year}, reverse=True)
    issuers = sorted({entry.metadata.issuer.value for entry in entries if entry.metadata.issuer})
    return (
        documents,
        [(say(language, "year", year=year), year) for year in years],
        [(issuer, issuer) for issuer in issuers],
        [(name, name) for name, held in (collections or {}).items() if held],
    )


def offered(scope: KeptScope, choices: Sequence[Sequence[Choice]]) -> KeptScope:
    """What of `scope` there still is to choose."""
    kept = [
        tuple(value for value in getattr(scope, field) if value in {choice for _, choice in values})
        for field, values in zip(FIELDS, choices, strict=True)
    ]
    return KeptScope(*kept)


def told(scope: KeptScope, library: Library, language: Language) -> list[tuple[str, str, str]]:
    """(field, value, words) of each thing chosen: collections, documents, years, issuers; none that this view does not show."""
    shelves = collections_in(library) if scope.collections else {}
    titles = (
        {entry.name: entry.metadata.title.value for entry in library.entries()} if scope.documents else {}
    )
    return [
        *(("collections", name, name) for name in scope.collections if name in shelves),
        *(("documents", name, shorten(titles[name], 24)) for name in scope.documents if name in titles),
        *(("years", str(year), say(language, "year", year=year)) for year in sorted(scope.years)),
        *(("issuers", issuer, issuer) for issuer in scope.issuers),
    ]


def in_words(scope: KeptScope, library: Library, language: Language) -> str:
    """All that is chosen on one line; "" where nothing is."""
    joint = "、" if language == CHINESE else ", "
    return joint.join(words for _, _, words in told(scope, library, language))


def without(scope: KeptScope, field: str, value: str) -> KeptScope:
    """`scope` with one thing taken off; with nothing chosen where field is "all"."""
    if field == "all":
        return KeptScope()
    kept = {
        each: tuple(held for held in getattr(scope, each) if not (each == field and str(held) == value))
        for each in FIELDS
    }
    return KeptScope(**kept)
