"""What may be done to the documents of the catalogue. Each function works within a transaction of `Catalogue.writing`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from corpus import records
from corpus.document import Document
from corpus.errors import DocumentNotFoundError
from corpus.ledger_changes import now, put_rows
from corpus.reattaching import noted_on, reattach
from corpus.schema import documents, overrides, passages
from corpus.shelves import note_revision
from corpus.state import grow, post, set_state

Verdict = Literal["added", "replaced", "unchanged"]


def put(
    connection: Connection,
    document: Document,
    rows: Sequence[Mapping[str, Any]],
    encoder: tuple[str, int],
    rules: str,
    ingested_at: str = "",
    commitments: Sequence[Mapping[str, Any]] = (),
    by: str = "",
) -> Verdict:
    """Add or replace a document with its passages and commitments, both in text order.

    Rows are as the tables hold them, without document and ordinal. encoder: name and dimensions of what made the vectors. ingested_at: now, if empty. by: who puts it.
    """
    ingested_at = ingested_at or now()
    noted = noted_on(connection, document.name)
    before = _drop(connection, document.name)
    row = {
        "name": document.name,
        "revision": document.revision,
        "rules": rules,
        "source": document.source,
        "ingested_at": ingested_at,
        "characters": len(document.text),
        "passages": len(rows),
        "tokens": sum(passage["tokens"] for passage in rows),
        "metadata": records.pack_metadata(document.metadata),
        "layout": records.pack_layout(document),
        "text": document.text,
    }
    number: int = connection.execute(insert(documents).values(row).returning(documents.c.number)).scalar_one()
    if rows:
        numbered = [
            {**passage, "document": number, "ordinal": ordinal} for ordinal, passage in enumerate(rows)
        ]
        connection.execute(insert(passages), numbered)
    put_rows(connection, number, commitments)
    note_revision(connection, document, ingested_at, by)
    if noted is not None:
        reattach(connection, noted, commitments)
    post(connection, before or set(), {passage["key"] for passage in rows})
    set_state(connection, encoder=encoder[0], dimensions=encoder[1])
    grow(connection)
    return "added" if before is None else "replaced"


def remove(connection: Connection, name: str) -> None:
    """Remove a document with its passages and commitments; corrections, notes and rulings stay. Raises DocumentNotFoundError."""
    before = _drop(connection, name)
    if before is None:
        raise DocumentNotFoundError(name)
    post(connection, before, set())
    grow(connection)


def correct(
    connection: Connection, name: str, fields: Mapping[str, Any], forget: Collection[str] = ()
) -> None:
    """Keep these corrections for documents of that name, beside earlier ones on other fields; none on those in `forget`."""
    packed = connection.scalar(select(overrides.c.fields).where(overrides.c.name == name))
    kept = (records.unpack_fields(packed) if packed else {}) | dict(fields)
    kept = {field: value for field, value in kept.items() if field not in forget}
    connection.execute(delete(overrides).where(overrides.c.name == name))
    if kept:
        connection.execute(insert(overrides).values(name=name, fields=records.pack_fields(kept)))


def revise(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set columns of passages; each row holds the key as `at`, and the new values."""
    if rows:
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "at"}
        connection.execute(update(passages).where(passages.c.key == bindparam("at")).values(values), rows)


def recount(connection: Connection) -> None:
    """Set each document's tokens to the sum over its passages."""
    total = select(func.coalesce(func.sum(passages.c.tokens), 0)).where(
        passages.c.document == documents.c.number
    )
    connection.execute(update(documents).values(tokens=total.scalar_subquery()))


def _drop(connection: Connection, name: str) -> set[int] | None:
    """Delete a document; the keys its passages had, or None where there was none."""
    number = connection.scalar(select(documents.c.number).where(documents.c.name == name))
    if number is None:
        return None
    keys = set(connection.scalars(select(passages.c.key).where(passages.c.document == number)))
    connection.execute(delete(documents).where(documents.c.number == number))
    return keys
