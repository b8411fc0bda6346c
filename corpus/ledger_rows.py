"""Commitments as the catalogue's rows hold them, and back."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from corpus import records
from corpus.commitment import Commitment, Deadline, Metric, Owner
from corpus.document import Span
from corpus.schema import commitments, documents
from corpus.text import squeeze

_NUMBERS = ("number", "upper_number")

COMMITMENTS = select(
    documents.c.name,
    documents.c.revision,
    commitments.c.identity,
    commitments.c.start,
    commitments.c.end,
    commitments.c.quote,
    commitments.c.path,
    commitments.c.kind,
    commitments.c.what,
    commitments.c.owner,
    commitments.c.owner_scope,
    commitments.c.cooperating,
    commitments.c.said,
    commitments.c.due,
    commitments.c.recurrence,
    commitments.c.due_start,
    commitments.c.metric,
    commitments.c.period_start,
    commitments.c.period_end,
    commitments.c.year,
    commitments.c.page,
).join_from(commitments, documents)
"""What `unpack_commitment` reads."""


def pack_commitment(row: Commitment, issuer: str | None) -> dict[str, Any]:
    """The columns of `commitments` for this row, without document and ordinal."""
    owner, deadline, metric = row.owner, row.deadline, row.metric
    first, last = row.period or (None, None)
    units = [owner.name, *owner.cooperating] if owner else []
    return {
        "identity": row.identity,
        "start": row.span.start,
        "end": row.span.end,
        "quote": row.quote,
        "path": _pack_words(row.path),
        "kind": row.kind,
        "what": row.what,
        "owner": owner.name if owner else None,
        "owner_scope": owner.scope if owner else None,
        "cooperating": _pack_words(owner.cooperating if owner else ()),
        "said": deadline.said if deadline else None,
        "due": _said_day(deadline.due if deadline else None),
        "recurrence": deadline.recurrence if deadline else None,
        "due_start": _said_day(deadline.start if deadline else None),
        "metric": _pack_metric(metric) if metric else None,
        "masked": int(metric is not None and metric.masked),
        "period_start": _said_day(first),
        "period_end": _said_day(last),
        "year": row.year,
        "page": row.page,
        "issuer": issuer,
        "units": "\n".join(map(_squeezed, units)),
        "searched": "\n".join([squeeze(row.quote), squeeze(row.what), *map(_squeezed, [*units, *row.path])]),
    }


def unpack_commitment(row: Sequence[Any]) -> Commitment:
    """The Commitment of a row that begins as COMMITMENTS. Raises ValueError where it breaks a law of Commitment."""
    name, revision, identity, start, end, quote, path, kind, what, owner, scope, cooperating = row[:12]
    said, due, recurrence, due_start, metric, first, last, year, page = row[12:21]
    return Commitment(
        document=name,
        revision=revision,
        span=Span(start, end),
        quote=quote,
        path=_unpack_words(path),
        kind=kind,
        what=what,
        owner=None if owner is None else Owner(owner, scope, _unpack_words(cooperating)),
        deadline=None if said is None else Deadline(said, _day(due), recurrence, _day(due_start)),
        metric=None if metric is None else _unpack_metric(metric),
        period=None
        if first is None
        else (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)),
        year=year,
        page=page,
        identity=identity,
    )


@lru_cache(maxsize=4096)
def _pack_words(words: tuple[str, ...]) -> str:
    return records.pack_path(words)


@lru_cache(maxsize=4096)
def _squeezed(words: str) -> str:
    """`squeeze` of what many rows share: headings and units."""
    return squeeze(words)


@lru_cache(maxsize=4096)
def _unpack_words(packed: str) -> tuple[str, ...]:
    return tuple(json.loads(packed))


def _said_day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(said: str | None) -> datetime.date | None:
    return None if said is None else datetime.date.fromisoformat(said)


def _pack_metric(metric: Metric) -> str:
    def shape() -> Iterator[tuple[str, Any]]:
        for field in dataclasses.fields(metric):
            value = getattr(metric, field.name)
            if value is not None:
                yield field.name, str(value) if isinstance(value, Decimal) else value

    return json.dumps(dict(shape()), ensure_ascii=True, separators=(",", ":"))


def _unpack_metric(packed: str) -> Metric:
    shape: dict[str, Any] = dict.fromkeys(("comparator", "value", "unit")) | json.loads(packed)
    numbers = {name: Decimal(shape[name]) for name in _NUMBERS if name in shape}
    return Metric(**shape | numbers)
