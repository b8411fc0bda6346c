"""What people noted follows a sentence that a new revision rewords a little.

An identity that is gone passes its notes on to the new row of the same document whose words are the same, contain the old ones
or are contained in them, where exactly one such row is the best. What finds none stays as it is, an orphan, and is tried
again with the next revision.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from corpus.schema import commitments, documents, progress, rulings
from corpus.text import CLAUSE_END, squeeze

LEAST_SHARED = 0.6
"""Of the longer of two quotes, in characters without white space."""

_NOTED = (
    (progress.c.identity, progress.c.document, progress.c.quote),
    (rulings.c.promise, rulings.c.document, rulings.c.quote),
    (rulings.c.report, rulings.c.report_document, rulings.c.report_quote),
)
"""Where identities are noted, with document and words."""

_Score = tuple[float, bool, bool]


@dataclass(frozen=True, slots=True)
class Traits:
    """By what a row is known again: its words without white space and end marks, its metric's name, its headings as packed."""

    words: str
    metric: str = ""
    path: str = ""

    def likeness(self, other: Traits) -> _Score | None:
        """How much of the words is shared, then whether metric and headings are the same; None where it is another sentence."""
        shorter, longer = sorted((self.words, other.words), key=len)
        share = len(shorter) / max(1, len(longer))
        if share < LEAST_SHARED or shorter not in longer:
            return None
        return share, self.metric == other.metric, self.path == other.path


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted on a document: traits by identity; and the identities that its rows had before it was replaced."""

    traits: Mapping[str, Traits]
    before: frozenset[str]


def noted_on(connection: Connection, name: str) -> Noted | None:
    """What is noted on rows of this document, there or gone; None for nothing."""
    traits: dict[str, Traits] = {}
    for identity, document, quote in _NOTED:
        query = select(identity, quote).where(document == name)
        traits |= {row[0]: Traits(_words(row[1])) for row in connection.execute(query)}
    if not traits:
        return None
    columns = ("identity", "quote", "metric", "path")
    there = (
        select(*(commitments.c[column] for column in columns))
        .join_from(commitments, documents)
        .where(documents.c.name == name)
    )
    present = _traits(dict(zip(columns, row, strict=True)) for row in connection.execute(there))
    traits |= {identity: present[identity] for identity in traits if identity in present}
    return Noted(traits, frozenset(present))


def reattach(connection: Connection, noted: Noted, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let notes on identities that are not among `rows`, the document's new ones, go to the rows that took their place."""
    after = _traits(rows)
    lost = {identity: traits for identity, traits in noted.traits.items() if identity not in after}
    fresh = {
        identity: traits
        for identity, traits in after.items()
        if identity not in noted.before and identity not in noted.traits
    }
    for old, new in successors(lost, fresh).items():
        for identity, _, _ in _NOTED:
            connection.execute(update(identity.table).where(identity == old).values({identity.name: new}))


def successors(lost: Mapping[str, Traits], fresh: Mapping[str, Traits]) -> dict[str, str]:
    """Which fresh row takes the place of which lost one: the single best for it, and it the single best for that row."""
    claims: defaultdict[str, list[tuple[_Score, str]]] = defaultdict(list)
    for old, traits in lost.items():
        scores = ((traits.likeness(theirs), new) for new, theirs in fresh.items())
        best = _single_best((score, new) for score, new in scores if score is not None)
        if best is not None:
            claims[best[1]].append((best[0], old))
    winners = ((_single_best(claimants), new) for new, claimants in claims.items())
    return {winner[1]: new for winner, new in winners if winner is not None}


def _single_best(scored: Iterable[tuple[_Score, str]]) -> tuple[_Score, str] | None:
    ranked = sorted(scored, reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0]


def _words(quote: str) -> str:
    return squeeze(quote).rstrip(CLAUSE_END)


def _traits(rows: Iterable[Mapping[str, Any]]) -> dict[str, Traits]:
    return {
        row["identity"]: Traits(
            _words(row["quote"]),
            json.loads(row["metric"])["name"] if row["metric"] else "",
            row["path"],
        )
        for row in rows
    }
