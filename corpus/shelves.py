"""Collections and revisions in the catalogue: what is asked, and what may be done. Each function works within one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterator

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus.collections import Collection, Revision
from corpus.document import Document
from corpus.errors import CollectionNotFoundError
from corpus.ledger import LONGEST_NAME
from corpus.schema import collections, documents, memberships, revisions
from corpus.state import grow

_REVISION = tuple(revisions.c[name] for name in Revision.__dataclass_fields__)


def all_collections(connection: Connection) -> tuple[Collection, ...]:
    """All, sorted by name, each with the documents that are there."""
    within: defaultdict[str, list[str]] = defaultdict(list)
    there = memberships.c.document.in_(select(documents.c.name))
    for name, document in connection.execute(select(memberships).where(there)):
        within[name].append(document)
    rows = connection.execute(select(collections.c.name, collections.c.audience)).all()
    return tuple(
        Collection(name, audience, tuple(sorted(within[name]))) for name, audience in sorted(map(tuple, rows))
    )


def of_document(connection: Connection, document: str) -> tuple[str, ...]:
    """Names of the collections that a document of that name is in, sorted."""
    query = select(memberships.c.collection).where(memberships.c.document == document)
    return tuple(sorted(connection.scalars(query)))


def revisions_of(connection: Connection, document: str) -> tuple[Revision, ...]:
    """The revisions of documents of that name, newest first."""
    query = select(*_REVISION).where(revisions.c.document == document).order_by(revisions.c.sequence.desc())
    return tuple(Revision(*row) for row in connection.execute(query))


def set_collection(connection: Connection, made: Collection) -> None:
    """Make the collection, or give the one of that name this audience."""
    changed = connection.execute(
        update(collections).where(collections.c.name == made.name).values(audience=made.audience)
    )
    if not changed.rowcount:
        connection.execute(insert(collections).values(name=made.name, audience=made.audience))
    grow(connection)


def rename_collection(connection: Connection, old: str, new: str) -> None:
    """Give a collection another name. Raises CollectionNotFoundError, and ValueError where the new name is another's."""
    _require(connection, [old])
    if old == new:
        return
    if connection.scalar(select(collections.c.name).where(collections.c.name == new)) is not None:
        raise ValueError(f"there is a collection {new!r} already; choose another name")
    connection.execute(update(collections).where(collections.c.name == old).values(name=new))
    grow(connection)


def remove_collection(connection: Connection, name: str) -> None:
    """Take a collection away; its documents stay, and are in it no more. Raises CollectionNotFoundError."""
    _require(connection, [name])
    connection.execute(delete(collections).where(collections.c.name == name))
    grow(connection)


def assign(connection: Connection, document: str, names: Several[str]) -> None:
    """Let documents of that name be in these collections and no others. Raises CollectionNotFoundError."""
    wanted = sorted(set(names))
    _require(connection, wanted)
    if tuple(wanted) == of_document(connection, document):
        return
    connection.execute(delete(memberships).where(memberships.c.document == document))
    if wanted:
        connection.execute(
            insert(memberships), [{"collection": name, "document": document} for name in wanted]
        )
    grow(connection)


def note_revision(connection: Connection, document: Document, ingested_at: str, by: str) -> None:
    """Keep what a document has become; the same revision put again is one revision, with its latest title."""
    latest = connection.execute(
        select(revisions.c.sequence, revisions.c.revision)
        .where(revisions.c.document == document.name)
        .order_by(revisions.c.sequence.desc())
        .limit(1)
    ).first()
    title = document.metadata.title.value
    if latest is not None and latest.revision == document.revision:
        connection.execute(
            update(revisions).where(revisions.c.sequence == latest.sequence).values(title=title)
        )
        return
    row = Revision(document.revision, ingested_at, len(document.text), title, by[:LONGEST_NAME])
    fields = {name: getattr(row, name) for name in Revision.__dataclass_fields__}
    connection.execute(insert(revisions).values(document=document.name, **fields))


def findings(connection: Connection) -> Iterator[str]:
    """What `wennuo doctor` says of collections and revisions, one sentence each."""
    for name, audience in connection.execute(select(collections.c.name, collections.c.audience)):
        try:
            Collection(name, audience)
        except ValueError as error:
            yield f"the collection {name!r} breaks a law: {error}; set it again: wennuo collections set"
    last = select(func.max(revisions.c.sequence)).group_by(revisions.c.document)
    latest = select(revisions.c.document, revisions.c.revision).where(revisions.c.sequence.in_(last))
    known = {name: revision for name, revision in connection.execute(latest)}  # noqa: C416 (rows, not pairs)
    for name, revision in connection.execute(select(documents.c.name, documents.c.revision)):
        if known.get(name) != revision:
            yield f"{name!r}: the latest revision noted is not the document's own; ingest it again"


def _require(connection: Connection, names: Several[str]) -> None:
    known = set(connection.scalars(select(collections.c.name)))
    for name in names:
        if name not in known:
            raise CollectionNotFoundError(name)
