"""From what is put to the catalogue's rows; refuses what is not the document's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus import records
from corpus.catalogue import Catalogue
from corpus.commitment import Commitment, identified
from corpus.document import Document, Span
from corpus.encoder import Encoder
from corpus.following import derive
from corpus.ledger_rows import pack_commitment
from corpus.passage import Passage


def commitment_rows(document: Document, rows: Sequence[Commitment]) -> list[dict[str, Any]]:
    """The rows of the catalogue for these commitments, in text order, each with its identity."""
    for row in rows:
        _require_own(document, row.document, row.revision, row.span, row.quote)
    issuer = document.metadata.issuer
    return [pack_commitment(row, issuer.value if issuer else None) for row in identified(rows)]


def passage_rows(
    document: Document, passages: Sequence[Passage], catalogue: Catalogue, encoder: Encoder
) -> list[dict[str, Any]]:
    """The rows of the catalogue for these passages; what is stored under the same key is not encoded again."""
    keys = [records.key_of(passage) for passage in passages]
    if len(set(keys)) != len(keys):
        raise ValueError(f"{document.name}: two passages with one span")
    for passage in passages:
        _require_own(document, passage.document, passage.revision, passage.span, passage.text)
    held = catalogue.candidates(keys)
    derived: dict[int, dict[str, Any]] = {
        key: {"terms": terms, "tokens": tokens, "vector": vector}
        for key, terms, tokens, vector in zip(held.keys, held.terms, held.tokens, held.vectors, strict=True)
    }
    fresh = {key: passage for key, passage in zip(keys, passages, strict=True) if key not in derived}
    derived |= zip(fresh, derive(list(fresh.values()), encoder), strict=True)
    ordered = sorted(zip(keys, passages, strict=True), key=lambda pair: pair[1].span)
    return [
        {
            "key": key,
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            "path": records.pack_path(passage.path),
            "context": passage.context,
            "text": passage.text,
            **derived[key],
        }
        for key, passage in ordered
    ]


def _require_own(document: Document, name: str, revision: str, span: Span, words: str) -> None:
    own = (name, revision) == (document.name, document.revision)
    if not own or span.end > len(document.text) or document.quote(span) != words:
        raise ValueError(f"{document.name}: what is said to stand at {span} is not the document's own")
