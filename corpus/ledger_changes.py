"""What may be done to the ledger. Each function works within a transaction of `Catalogue.writing`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from corpus.errors import CommitmentNotFoundError
from corpus.ledger import Progress, Ruling
from corpus.schema import commitments, documents, ledgers, progress, rulings
from corpus.state import grow_ledger


def put_rows(connection: Connection, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """The rows of a document that has just been put, in text order."""
    connection.execute(insert(ledgers).values(document=number, rows=len(rows)))
    if rows:
        numbered = [{**row, "document": number, "ordinal": ordinal} for ordinal, row in enumerate(rows)]
        connection.execute(insert(commitments), numbered)


def note(connection: Connection, made: Progress) -> None:
    """Keep a note. Raises CommitmentNotFoundError."""
    document, quote = _place(connection, made.identity)
    connection.execute(insert(progress).values(document=document, quote=quote, **_fields(made)))
    grow_ledger(connection)


def rule(connection: Connection, made: Ruling) -> None:
    """Keep a ruling. Raises CommitmentNotFoundError, for the promise or the report."""
    document, quote = _place(connection, made.promise)
    theirs, words = _place(connection, made.report) if made.report else ("", "")
    places = {"document": document, "quote": quote, "report_document": theirs, "report_quote": words}
    connection.execute(insert(rulings).values(**places, **_fields(made)))
    grow_ledger(connection)


def require(connection: Connection | None, identity: str) -> None:
    """Raise CommitmentNotFoundError where the ledger holds no such commitment, and nobody noted anything on it."""
    if connection is None:
        raise CommitmentNotFoundError(identity)
    _place(connection, identity)


def now() -> str:
    """ISO 8601, UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _place(connection: Connection, identity: str) -> tuple[str, str]:
    """Document and words of a commitment, or those that it had when it was last noted on."""
    there = (
        select(documents.c.name, commitments.c.quote)
        .join_from(commitments, documents)
        .where(commitments.c.identity == identity)
    )
    noted = (
        select(progress.c.document, progress.c.quote)
        .where(progress.c.identity == identity)
        .order_by(progress.c.sequence.desc())
        .limit(1)
    )
    ruled = (
        select(rulings.c.document, rulings.c.quote)
        .where(rulings.c.promise == identity)
        .order_by(rulings.c.sequence.desc())
        .limit(1)
    )
    for query in (there, noted, ruled):
        row = connection.execute(query).first()
        if row is not None:
            return str(row[0]), str(row[1])
    raise CommitmentNotFoundError(identity)


def _fields(made: Progress | Ruling) -> dict[str, Any]:
    return {name: getattr(made, name) for name in made.__dataclass_fields__}
