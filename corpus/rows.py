"""What the catalogue is asked for in bulk: the shapes of its answers and the statements behind them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from corpus.document import Metadata
from corpus.schema import documents, passages


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in the list, without its text. ingested_at is ISO 8601, UTC, to the second."""

    name: str
    revision: str
    metadata: Metadata
    characters: int
    passages: int
    ingested_at: str
    source: str
    rules: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """Columns of equal length: key, document name, start and end of each passage, its length in tokens, its terms and vector as stored."""

    keys: list[int]
    names: list[str]
    starts: list[int]
    ends: list[int]
    tokens: list[int]
    terms: list[bytes]
    vectors: list[bytes]


PASSAGES = select(
    passages.c.key,
    documents.c.name,
    documents.c.revision,
    passages.c.start,
    passages.c.end,
    passages.c.text,
    passages.c.path,
    passages.c.context,
    passages.c.page,
).join(documents)
_AMONG = passages.c.key.in_(bindparam("keys", expanding=True))
PASSAGES_AMONG = PASSAGES.where(_AMONG)
CANDIDATES_AMONG = (
    select(
        passages.c.key,
        documents.c.name,
        passages.c.start,
        passages.c.end,
        passages.c.tokens,
        passages.c.terms,
        passages.c.vector,
    )
    .join(documents)
    .where(_AMONG)
)

VECTORS = (
    select(passages.c.document, passages.c.key, passages.c.vector)
    .where(passages.c.document.in_(bindparam("numbers", expanding=True)))
    .order_by(passages.c.document, passages.c.ordinal)
)
COUNTED = (
    select(documents.c.name, documents.c.passages, func.count(passages.c.key).label("rows"))
    .select_from(documents)
    .join(passages, isouter=True)
    .group_by(documents.c.number)
)
