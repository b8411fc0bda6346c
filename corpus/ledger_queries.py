"""What is asked of the ledger, as statements and their answers. Each function reads within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Row, Select, Text, cast, false, func, select

from corpus import records
from corpus.commitment import PROMISES
from corpus.document import Metadata, Span
from corpus.ledger import Heading, Kept, LedgerFilter, Order, Progress, Ruling, Stretch
from corpus.ledger_rows import COMMITMENTS, unpack_commitment
from corpus.schema import commitments, documents, ledgers, progress, rulings
from corpus.text import squeeze

_OF_ROW = progress.c.identity == commitments.c.identity
_STATUS = (
    select(progress.c.status).where(_OF_ROW).order_by(progress.c.sequence.desc()).limit(1).scalar_subquery()
)
_NOTE = select(func.max(progress.c.sequence)).where(_OF_ROW).scalar_subquery()
_NOTES = tuple(progress.c[name] for name in Progress.__dataclass_fields__)
_DOCUMENT = (documents.c.name, commitments.c.ordinal)
_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    "document": _DOCUMENT,
    "due": (commitments.c.due.asc().nulls_last(), *_DOCUMENT),
    "owner": (commitments.c.owner.asc().nulls_last(), *_DOCUMENT),
    "year": (commitments.c.year.asc().nulls_last(), *_DOCUMENT),
}
_MONTH = cast(func.substr(commitments.c.due, 6, 2), Integer)
_HEADINGS: dict[Heading, ColumnElement[Any]] = {
    "owner": commitments.c.owner,
    "kind": commitments.c.kind,
    "year": commitments.c.year,
    "quarter": cast(func.substr(commitments.c.due, 1, 4), Text) + "Q" + cast((_MONTH + 2) // 3, Text),
    "document": documents.c.name,
    "issuer": commitments.c.issuer,
    "status": _STATUS,
}


def kept(
    connection: Connection, wanted: LedgerFilter, order: Order, limit: int | None, offset: int
) -> tuple[Kept, ...]:
    """The rows that `wanted` leaves, in their order; ties by document name, then text order."""
    query = COMMITMENTS.add_columns(commitments.c.document, _NOTE).where(*_conditions(wanted))
    query = query.order_by(*_ORDERS[order]).limit(limit).offset(offset)
    rows = connection.execute(query).all()
    described = _described(connection, {row[21] for row in rows})
    notes = _notes(connection, [row[22] for row in rows if row[22] is not None])
    return tuple(_kept(row, described[row[21]], notes.get(row[22])) for row in rows)


def counted(connection: Connection, wanted: LedgerFilter, by: Heading | None) -> dict[str, int]:
    """How many rows `wanted` leaves under each heading, sorted by it; "" is for rows without one."""
    heading = func.coalesce(_HEADINGS[by], "") if by else func.substr("", 1)
    query = select(heading, func.count()).join_from(commitments, documents).where(*_conditions(wanted))
    query = query.group_by(heading)
    counts = {str(row[0]): int(row[1]) for row in connection.execute(query)}
    return dict(sorted(counts.items())) if by else {"": counts.get("", 0)}


def progress_history(connection: Connection, identity: str) -> tuple[Progress, ...]:
    """All notes on a commitment, newest first."""
    query = select(*_NOTES).where(progress.c.identity == identity).order_by(progress.c.sequence.desc())
    return tuple(Progress(*row) for row in connection.execute(query))


def ruling_history(connection: Connection, promise: str | None = None) -> tuple[Ruling, ...]:
    """All rulings, on one promise or on all, newest first."""
    columns = (rulings.c[name] for name in Ruling.__dataclass_fields__)
    query = select(*columns).order_by(rulings.c.sequence.desc())
    if promise is not None:
        query = query.where(rulings.c.promise == promise)
    return tuple(Ruling(*row) for row in connection.execute(query))


def latest_rulings(connection: Connection) -> dict[str, Ruling]:
    """The ruling that holds on each promise; none for those that were taken back."""
    latest: dict[str, Ruling] = {}
    for ruling in ruling_history(connection):
        latest.setdefault(ruling.promise, ruling)
    return {promise: ruling for promise, ruling in latest.items() if ruling.verdict}


def orphans(connection: Connection) -> tuple[tuple[Progress, str, str], ...]:
    """The latest notes on commitments that are gone, each with the document's name and the words it was noted on."""
    latest = select(func.max(progress.c.sequence)).group_by(progress.c.identity)
    query = (
        select(*_NOTES, progress.c.document, progress.c.quote)
        .where(progress.c.sequence.in_(latest), progress.c.identity.not_in(select(commitments.c.identity)))
        .order_by(progress.c.document, progress.c.sequence)
    )
    found = [(Progress(*row[:6]), str(row[6]), str(row[7])) for row in connection.execute(query)]
    return tuple(item for item in found if item[0].status or item[0].percent is not None or item[0].note)


def read_documents(connection: Connection) -> frozenset[str]:
    """Names of the documents that were put with their commitments, be they none."""
    return frozenset(connection.scalars(select(documents.c.name).join(ledgers)))


def of_document(connection: Connection, number: int) -> list[Row[Any]]:
    """The rows of one document as `unpack_commitment` reads them, in text order."""
    query = COMMITMENTS.where(commitments.c.document == number).order_by(commitments.c.ordinal)
    return list(connection.execute(query))


def stretches(connection: Connection, name: str) -> tuple[Stretch, ...]:
    """Where the rows of one document stand, in text order; () when it is not there or has none."""
    row = commitments.c
    query = (
        select(row.start, row.end, row.kind, row.metric, row.period_start, row.period_end)
        .join(documents, documents.c.number == row.document)
        .where(documents.c.name == name)
        .order_by(row.ordinal)
    )
    return tuple(
        Stretch(
            Span(start, end),
            kind in PROMISES,
            str(json.loads(metric)["name"]) if metric else "",
            (int(first[:4]), int(last[:4])) if first and last else None,
        )
        for start, end, kind, metric, first, last in connection.execute(query)
    )


def miscounts(connection: Connection) -> Iterator[str]:
    """Documents whose commitments are not as many as were put, one sentence each."""
    query = (
        select(documents.c.name, ledgers.c.rows, func.count(commitments.c.identity))
        .select_from(documents)
        .join(ledgers, isouter=True)
        .join(commitments, commitments.c.document == documents.c.number, isouter=True)
        .group_by(documents.c.number)
    )
    for name, due, there in connection.execute(query):
        if there != (due or 0):
            yield f"{name!r}: {there} of {due or 0} commitments are there; ingest it again"


def _conditions(wanted: LedgerFilter) -> Iterator[ColumnElement[bool]]:
    row = commitments.c
    for column, values in (
        (documents.c.name, wanted.documents),
        (row.year, wanted.years),
        (row.issuer, wanted.issuers),
        (row.kind, wanted.kinds),
        (row.identity, wanted.identities),
        (func.coalesce(_STATUS, ""), wanted.statuses),
    ):
        if values:
            yield column.in_(_listed(values))
    for column, there in (
        (row.recurrence, wanted.recurrence),
        (row.owner, wanted.has_owner),
        (row.due, wanted.has_due),
        (row.metric, wanted.has_metric),
    ):
        if there is not None:
            yield column.is_not(None) if there else column.is_(None)
    if wanted.masked is not None:
        yield row.masked == int(wanted.masked)
    if wanted.due_from is not None:
        yield row.due >= wanted.due_from.isoformat()
    if wanted.due_before is not None:
        yield row.due <= wanted.due_before.isoformat()
    yield from _holds(row.units, [squeeze(wanted.owner)] if wanted.owner.strip() else [])
    yield from _holds(row.searched, map(squeeze, wanted.words.split()))


def _holds(column: ColumnElement[str], parts: Any) -> Iterator[ColumnElement[bool]]:
    """By instr: unlike LIKE it knows no wildcards, and does not end at a zero character."""
    for part in parts:
        try:
            part.encode()
        except UnicodeEncodeError:
            yield false()  # half a character stands in no document
        else:
            yield func.instr(column, part) > 0


def _listed(values: Sequence[str | int]) -> Select[Any]:
    """The values as rows: one parameter, however many they are."""
    return select(func.json_each(json.dumps(values)).table_valued("value").c.value)


def _described(connection: Connection, numbers: set[int]) -> dict[int, Metadata]:
    query = select(documents.c.number, documents.c.metadata)
    query = query.where(documents.c.number.in_(_listed(sorted(numbers))))
    return {row[0]: records.unpack_metadata(row[1]) for row in connection.execute(query)}


def _notes(connection: Connection, sequences: Sequence[int]) -> dict[int, Progress]:
    query = select(progress.c.sequence, *_NOTES).where(progress.c.sequence.in_(_listed(sequences)))
    return {row[0]: Progress(*tuple(row)[1:]) for row in connection.execute(query)}


def _kept(row: Row[Any], metadata: Metadata, note: Progress | None) -> Kept:
    return Kept(
        row=unpack_commitment(row),
        issuer=metadata.issuer.value if metadata.issuer else None,
        title=metadata.title.value,
        progress=note,
        kind_of_document=metadata.kind.value if metadata.kind else None,
        date=metadata.date.value if metadata.date else None,
    )
