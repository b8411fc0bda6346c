"""Which documents of the list are asked for, and in which order: the form's fields as values, and what they leave. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from corpus.collections import Collection
from corpus.document import KINDS
from corpus.library import Entry, Library
from corpus.text import squeeze

Sort = Literal["recent", "title", "year", "long"]
SORTS: tuple[Sort, ...] = get_args(Sort)
LOOSE = " "
"""Asks for the documents that are in no collection; no collection is called so."""
ON_PAGE = 50
MOST_WORDS = 200  # characters


@dataclass(frozen=True, slots=True)
class View:
    """What the form holds; every field narrows, an empty one does not. page counts from 1."""

    words: str = ""
    collection: str = ""
    year: str = ""
    issuer: str = ""
    kind: str = ""
    sort: Sort = "recent"
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether any field narrows."""
        return any((self.words, self.collection, self.year, self.issuer, self.kind))


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the list, with the names of its collections."""

    entry: Entry
    collections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers."""

    collections: tuple[str, ...]
    years: tuple[int, ...]
    issuers: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The list as a person sees it: rows of one page, how many fit, how many there are, and what the form offers."""

    view: View
    rows: tuple[Listed, ...]
    found: int
    total: int
    pages: int
    choices: Choices
    collections: tuple[Collection, ...]
    characters: int


def read(pairs: Iterable[tuple[str, str]]) -> View:
    """The view that a query names; what is no value of a field is as if unasked."""
    given = dict(pairs)
    sort: Sort = next((each for each in SORTS if each == given.get("sort")), "recent")
    kind = given.get("kind", "")
    page = given.get("page", "")
    return View(
        words=given.get("words", "")[:MOST_WORDS].strip(),
        collection=given.get("collection", ""),
        year=given.get("year", ""),
        issuer=given.get("issuer", ""),
        kind=kind if kind in KINDS else "",
        sort=sort,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 and int(page) else 1,
    )


def shelf(library: Library, view: View) -> Shelf:
    """The documents that `view` leaves of `library`."""
    collections = library.collections()
    within: defaultdict[str, list[str]] = defaultdict(list)
    for collection in collections:
        for name in collection.documents:
            within[name].append(collection.name)
    every = [Listed(entry, tuple(within.get(entry.name, ()))) for entry in library.entries()]
    found = sorted((each for each in every if fits(each, view)), key=lambda each: _key(each.entry, view.sort))
    if view.sort == "recent":
        found.sort(key=lambda each: each.entry.ingested_at, reverse=True)
    pages = max(1, -(-len(found) // ON_PAGE))
    first = (min(view.page, pages) - 1) * ON_PAGE
    return Shelf(
        view,
        tuple(found[first : first + ON_PAGE]),
        len(found),
        len(every),
        pages,
        choices(every, collections),
        collections,
        sum(each.entry.characters for each in every),
    )


def fits(listed: Listed, view: View) -> bool:
    """Whether the document is one that `view` asks for."""
    metadata = listed.entry.metadata
    if view.collection == LOOSE and listed.collections:
        return False
    if view.collection not in ("", LOOSE, *listed.collections):
        return False
    for wanted, field in (
        (view.year, metadata.year),
        (view.issuer, metadata.issuer),
        (view.kind, metadata.kind),
    ):
        if wanted and (field is None or str(field.value) != wanted):
            return False
    if not view.words:
        return True
    fields = (
        metadata.title,
        metadata.issuer,
        metadata.region,
        metadata.speaker,
        metadata.period,
        metadata.year,
    )
    said = [str(field.value) for field in fields if field is not None]
    searched = squeeze("\n".join([listed.entry.name, *said, *metadata.aliases, *listed.collections]))
    return all(squeeze(word) in searched for word in view.words.split())


def choices(every: Sequence[Listed], collections: Sequence[Collection]) -> Choices:
    """What the documents that there are can be narrowed by."""
    found = [each.entry.metadata for each in every]
    kinds = {metadata.kind.value for metadata in found if metadata.kind}
    return Choices(
        collections=tuple(collection.name for collection in collections),
        years=tuple(sorted({metadata.year.value for metadata in found if metadata.year}, reverse=True)),
        issuers=tuple(sorted({metadata.issuer.value for metadata in found if metadata.issuer})),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
    )


def _key(entry: Entry, sort: Sort) -> tuple[object, ...]:
    title, year = entry.metadata.title.value, entry.metadata.year
    if sort == "year":
        return (-(year.value if year else 0), title, entry.name)
    if sort == "long":
        return (-entry.characters, entry.name)
    return (title, entry.name)
