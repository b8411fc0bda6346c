"""What a person says of a document that is in the library: corrections kept, and corrections taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.document import Document, Metadata
from ingest import metadata
from ingest.commitments import extract
from ingest.passages import cut
from ingest.reading import Reading
from ingest.sidecar import FIELDS, apply_overrides

if TYPE_CHECKING:
    from corpus.library import Library


def inferred(document: Document) -> Metadata:
    """What the rules find in the text and the name of `document`, without anything that was said of it.

    A title that only the file's properties told, and what a sidecar said, are not in the text; they come back when the file
    is taken in anew.
    """
    reading = Reading(document.text, document.pages, document.blocks, document.margins)
    return metadata.infer(document.name, reading, document.sections)


def describe(
    library: Library, name: str, corrections: Mapping[str, Any], undo: Collection[str] = ()
) -> Document:
    """Give the document `name` what a person says of it, and what was inferred in the fields of `undo`; the document then.

    Its passages and commitments are made anew. A correction of None empties a field. Raises DocumentNotFoundError, and
    ValueError for a field that is none, is in both, or a value that it cannot hold.
    """
    for field in undo:
        if field not in FIELDS:
            raise ValueError(f"{field!r} is no field; these are: {', '.join(FIELDS)}")
        if field in corrections:
            raise ValueError(f"{field}: a value and taking it back contradict each other")
    document = library.document(name)
    found = apply_overrides(document.metadata, corrections)
    if undo:
        without = inferred(document)
        found = replace(found, **{field: getattr(without, field) for field in undo})
    described = document.with_metadata(found)
    library.set_metadata(name, found, cut(described), extract(described), forget=undo)
    return described
