"""What the page sends to change documents, checked and done. Each act raises RefusedError where it is not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from corpus.collections import LONGEST_COLLECTION, ROLES
from corpus.errors import CollectionNotFoundError, DocumentNotFoundError
from corpus.library import Library
from ingest.describing import describe as describe_document
from ingest.sidecar import checked
from ui.documents.panel import FIELDS
from ui.posting import RefusedError, text

MOST = 1000
"""Names in one request."""
PARTING = re.compile(r"[、,，;；\n]+")


def described(library: Library, found: dict[str, Any]) -> tuple[str, list[str]]:
    """Keep what a person says of a document; its name and the fields that changed."""
    name, revision = found.get("document"), text(found, "revision")
    values, undo = found.get("values", {}), _words(found, "undo", FIELDS)
    if not isinstance(name, str) or not isinstance(values, dict):
        raise RefusedError(422, "documents_refused")
    if not all(isinstance(value, str) for value in values.values()):
        raise RefusedError(422, "documents_refused")
    corrections = {field: _value(field, said) for field, said in values.items() if field not in undo}
    with refusing():
        if library.document(name).revision != revision:
            raise RefusedError(409, "documents_stale")
        if corrections or undo:
            try:
                describe_document(library, name, corrections, undo)
            except ValueError:  # replaced while its passages were cut
                raise RefusedError(409, "documents_stale") from None
    return name, sorted([*corrections, *undo])


def _value(field: str, said: str) -> Any:
    """What a form holds as a correction; None for an emptied field."""
    if field not in FIELDS:
        raise RefusedError(422, "documents_refused")
    said = said.strip()
    if field == "title" and not said:
        raise RefusedError(422, "documents_bad_title")
    if not said:
        return None
    value: Any = said
    if field == "year":
        value = int(said) if re.fullmatch(r"[0-9]{4}", said) else None
        if value is None:
            raise RefusedError(422, "documents_bad_year")
    if field == "aliases":
        value = [word.strip() for word in PARTING.split(said) if word.strip()]
    try:
        return checked(field, value)
    except ValueError:
        key = f"documents_bad_{field}" if field in ("kind", "year", "date") else "documents_bad_words"
        raise RefusedError(422, key) from None


def assigned(library: Library, found: dict[str, Any]) -> tuple[list[str], list[str], str]:
    """Put documents into collections; their names, the collections, and how ("set", "add").

    "set": they are in exactly these; "add": in these too.
    """
    documents, collections = _words(found, "documents"), _words(found, "collections")
    how = text(found, "how")
    if not documents or how not in ("set", "add"):
        raise RefusedError(422, "documents_refused")
    with refusing():
        there = {entry.name for entry in library.entries()}
        for name in documents:
            if name not in there:
                raise DocumentNotFoundError(name)
        for name in documents:
            before = library.collections_of(name) if how == "add" else ()
            library.assign(name, {*before, *collections})
    return documents, collections, how


def doomed(found: dict[str, Any]) -> list[str]:
    """The names of the documents that are to be removed."""
    documents = _words(found, "documents")
    if not documents:
        raise RefusedError(422, "documents_refused")
    return documents


def shelved(library: Library, found: dict[str, Any]) -> tuple[str, str]:
    """Make, change or rename a collection, or take it away ("delete"); its name and the act."""
    name, before, audience = text(found, "name"), text(found, "before"), text(found, "audience")
    with refusing():
        if found.get("delete") is True:
            library.remove_collection(before)
            return before, "delete"
        if audience not in ROLES:
            raise RefusedError(422, "documents_refused")
        there = {collection.name for collection in library.collections()}
        if name in there and name != before:
            raise RefusedError(409, "documents_taken_collection", name=name)
        try:
            if before and before != name:
                library.rename_collection(before, name)
            library.set_collection(name, audience)
        except ValueError:
            raise RefusedError(422, "documents_bad_collection", most=LONGEST_COLLECTION) from None
    return name, "change" if before else "create"


@contextmanager
def refusing() -> Iterator[None]:
    """What is not there is told as such."""
    try:
        yield
    except DocumentNotFoundError:
        raise RefusedError(404, "documents_gone") from None
    except CollectionNotFoundError as error:
        raise RefusedError(404, "documents_no_collection", name=error.name) from None


def _words(found: dict[str, Any], name: str, among: tuple[str, ...] = ()) -> list[str]:
    """A list of texts under `name`, each once. Raises RefusedError (422) for anything else, and what is not `among` these."""
    value = found.get(name, [])
    if not isinstance(value, list) or len(value) > MOST or not all(isinstance(each, str) for each in value):
        raise RefusedError(422, "documents_refused")
    if among and not set(value) <= set(among):
        raise RefusedError(422, "documents_refused")
    return list(dict.fromkeys(value))
