"""One file's bytes into a document and its passages. Touches no library."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from corpus.document import Document
from corpus.passage import Passage
from ingest import commitments, metadata, passages, readers, sections
from ingest.readers.limits import DEFAULT, Limits
from ingest.sidecar import apply_overrides


def build(
    name: str,
    data: bytes,
    *,
    source: str = "",
    overrides: Mapping[str, Any] | None = None,
    corrections: Mapping[str, Any] | None = None,
    limits: Limits = DEFAULT,
) -> tuple[Document, tuple[Passage, ...]]:
    """The document and its passages in a file's bytes: read, outline, infer, override, cut.

    overrides: what the sidecar says; corrections: what a person said in the catalogue, which counts more. Raises
    UnreadableFileError for the file, ValueError for an override that fits no field.
    """
    reading = readers.read_bytes(name, data, limits=limits)
    outlined = sections.outline(reading.text, reading.blocks)
    described = metadata.infer(name, reading, outlined)
    described = apply_overrides(described, overrides or {}, "sidecar")
    described = apply_overrides(described, corrections or {}, "person")
    document = Document(
        name=name,
        revision=hashlib.sha256(data).hexdigest(),
        text=reading.text,
        metadata=described,
        sections=outlined,
        pages=reading.pages,
        blocks=reading.blocks,
        margins=reading.margins,
        source=source,
    )
    return document, passages.cut(document)


def rules(overrides: Mapping[str, Any] | None = None) -> str:
    """What besides its bytes decided how a file was taken in: the versions of readers, cutter and extraction, the sidecar's words.

    Kept with the document: where it is the same, the file need not be read again.
    """
    version = f"{readers.RULES}+{passages.RULES}+{commitments.RULES}"
    if not overrides:
        return version
    words = json.dumps(dict(overrides), sort_keys=True, ensure_ascii=False, default=str)
    return f"{version}+{hashlib.sha256(words.encode()).hexdigest()[:12]}"
