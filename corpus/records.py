"""Domain values as the catalogue's rows hold them, and back."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.document import Block, Document, Inferred, Metadata, Page, Section, Span
from corpus.passage import Passage

INFERRED = tuple(field.name for field in dataclasses.fields(Metadata) if field.name != "aliases")
"""The fields of Metadata that carry a confidence."""


def _hash63(*parts: str) -> int:
    """The first 63 bits of the sha256 of the parts: fits a signed 64-bit integer, the same on every machine."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def key_of(passage: Passage) -> int:
    """By which the indexes know a passage: a hash of document name, span and the text that is searched.

    The key stands for exactly one entry in either index, so an entry never goes out of date; it is only gone or there. A new
    revision that leaves a passage where and as it was keeps its key.
    """
    return _hash63(passage.document, str(passage.span.start), str(passage.span.end), passage.searched)


def document_key(name: str) -> int:
    """By which the words index knows a document."""
    return _hash63(name)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=datetime.date.isoformat)


def pack_metadata(metadata: Metadata) -> str:
    """Metadata as JSON; `unpack_metadata` is its inverse."""
    shape: dict[str, Any] = {"aliases": metadata.aliases}
    for name in INFERRED:
        field: Inferred[Any] | None = getattr(metadata, name)
        if field is not None:
            shape[name] = [field.value, field.confidence, field.source]
    return _dump(shape)


def unpack_metadata(packed: str) -> Metadata:
    """The Metadata that `pack_metadata` packed."""
    shape = json.loads(packed)
    fields: dict[str, Any] = {name: Inferred(*shape[name]) for name in INFERRED if name in shape}
    if "date" in fields:
        fields["date"] = dataclasses.replace(
            fields["date"], value=datetime.date.fromisoformat(fields["date"].value)
        )
    return Metadata(aliases=tuple(shape["aliases"]), **fields)


def pack_layout(document: Document) -> str:
    """Sections, pages, blocks and margins as JSON; `unpack_document` reads it."""
    return _dump(
        {
            "sections": [
                [s.span.start, s.span.end, s.heading.start, s.heading.end, s.level, s.parent]
                for s in document.sections
            ],
            "pages": [[p.number, p.span.start, p.span.end] for p in document.pages],
            "blocks": [[b.kind, b.span.start, b.span.end, b.level] for b in document.blocks],
            "margins": document.margins,
        }
    )


def unpack_document(row: Mapping[str, Any]) -> Document:
    """The Document of a row of `documents`. Raises ValueError where the row breaks a law of Document."""
    layout = json.loads(row["layout"])
    return Document(
        name=row["name"],
        revision=row["revision"],
        text=row["text"],
        metadata=unpack_metadata(row["metadata"]),
        sections=tuple(
            Section(Span(a, b), Span(c, d), level, up) for a, b, c, d, level, up in layout["sections"]
        ),
        pages=tuple(Page(number, Span(start, end)) for number, start, end in layout["pages"]),
        blocks=tuple(Block(kind, Span(start, end), level) for kind, start, end, level in layout["blocks"]),
        margins=tuple(layout["margins"]),
        source=row["source"],
    )


def pack_path(path: Sequence[str]) -> str:
    """A heading path as JSON."""
    return _dump(path)


def unpack_passage(row: Sequence[Any]) -> Passage:
    """The Passage of a row of (key, name, revision, start, end, text, path, context, page)."""
    _, name, revision, start, end, text, path, context, page = row
    return Passage(name, revision, Span(start, end), text, tuple(json.loads(path)), context, page)


def corrections(before: Metadata, after: Metadata) -> dict[str, Any]:
    """What a person changed: the fields of `after` whose value differs from `before`, or whose source is "person".

    Values are plain: str, int, datetime.date, list of str; None where the person emptied the field.
    """
    changed: dict[str, Any] = {}
    for name in INFERRED:
        old: Inferred[Any] | None = getattr(before, name)
        new: Inferred[Any] | None = getattr(after, name)
        if (old and old.value) != (new and new.value) or (new is not None and new.source == "person"):
            changed[name] = None if new is None else new.value
    if before.aliases != after.aliases:
        changed["aliases"] = list(after.aliases)
    return changed


def pack_fields(fields: Mapping[str, Any]) -> str:
    """Corrections as JSON."""
    return _dump(dict(fields))


def unpack_fields(packed: str) -> dict[str, Any]:
    """The corrections that `pack_fields` packed, dates as datetime.date."""
    fields: dict[str, Any] = json.loads(packed)
    if fields.get("date"):
        fields["date"] = datetime.date.fromisoformat(fields["date"])
    return fields
