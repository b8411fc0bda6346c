"""Facts on the library as a whole, and the outbox: what the two indexes have yet to take in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus import schema
from corpus.errors import LibraryDamagedError
from corpus.schema import outbox, state

Index = Literal["words", "vectors"]


@dataclass(frozen=True, slots=True)
class State:
    """Facts on the whole library. generation grows with every committed change of documents; 0 when there is no library.

    ledger_generation grows with every change of documents, and of what people noted. encoder and dimensions: what made the stored vectors ("" and 0 before the first). words and vectors name each index's
    folder; words_taken and vectors_taken are the last number of the outbox that each has taken in.
    """

    generation: int = 0
    ledger_generation: int = 0
    format: int = schema.FORMAT
    encoder: str = ""
    dimensions: int = 0
    words: str = ""
    vectors: str = ""
    words_taken: int = 0
    vectors_taken: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """What one index has yet to take in: keys to hold, keys to drop, and the outbox number that this reaches."""

    hold: tuple[int, ...]
    drop: tuple[int, ...]
    reaches: int


def state_in(connection: Connection) -> State:
    """The facts as this transaction sees them."""
    rows = connection.execute(select(state.c.name, state.c.value)).all()
    facts: dict[str, Any] = {row[0]: row[1] for row in rows}
    if facts.get("format") not in schema.READABLE:
        raise LibraryDamagedError(
            f"this library has layout {facts.get('format')!r}, this version reads {schema.FORMAT}; ingest into a new --home"
        )
    texts = ("encoder", "words", "vectors")
    fields: dict[str, Any] = {name: value if name in texts else int(value) for name, value in facts.items()}
    return State(**fields)


def set_state(connection: Connection, **facts: str | int) -> None:
    """Set facts, named as in State."""
    for name, value in facts.items():
        changed = connection.execute(update(state).where(state.c.name == name).values(value=str(value)))
        if not changed.rowcount:
            connection.execute(insert(state).values(name=name, value=str(value)))


def grow(connection: Connection) -> None:
    """Tell every reader that documents have changed."""
    set_state(connection, generation=state_in(connection).generation + 1)
    grow_ledger(connection)


def grow_ledger(connection: Connection) -> None:
    """Tell every reader that the ledger has changed."""
    set_state(connection, ledger_generation=state_in(connection).ledger_generation + 1)


def post(connection: Connection, before: set[int], after: set[int]) -> None:
    """Tell the indexes which keys came and which went."""
    rows = [{"key": key, "present": 0} for key in sorted(before - after)]
    rows += [{"key": key, "present": 1} for key in sorted(after - before)]
    if rows:
        connection.execute(insert(outbox), rows)


def pending_in(connection: Connection, index: Index, limit: int | None = None) -> Pending:
    """What `index` has yet to take in, oldest first, at most `limit` entries; the last word on a key counts."""
    taken = getattr(state_in(connection), f"{index}_taken")
    query = select(outbox).where(outbox.c.sequence > taken).order_by(outbox.c.sequence).limit(limit)
    rows = connection.execute(query).all()
    last = {row.key: row.present for row in rows}
    return Pending(
        hold=tuple(key for key, present in last.items() if present),
        drop=tuple(key for key, present in last.items() if not present),
        reaches=rows[-1].sequence if rows else taken,
    )


def take(connection: Connection, index: Index, reaches: int) -> None:
    """Note that `index` holds all that the outbox says up to `reaches`; what both have taken in is cleared."""
    set_state(connection, **{f"{index}_taken": reaches})
    facts = state_in(connection)
    done = min(facts.words_taken, facts.vectors_taken)
    connection.execute(delete(outbox).where(outbox.c.sequence <= done))


def last_posted(connection: Connection) -> int:
    """The number that the outbox has come to."""
    facts = state_in(connection)
    last = connection.scalar(select(func.coalesce(func.max(outbox.c.sequence), 0))) or 0
    return max(last, facts.words_taken, facts.vectors_taken)


def switch(connection: Connection, index: Index, folder: str, reaches: int) -> None:
    """Make `folder` the folder of `index`; it holds every passage that there was when the outbox had come to `reaches`."""
    facts: dict[str, str | int] = {index: folder, f"{index}_taken": reaches}
    set_state(connection, **facts)
    grow(connection)
