"""The ledger's questions and answers: what is asked for, a row as it is kept, and what people noted on rows.

Notes and rulings are keyed by `Commitment.identity`. They outlive the document, and nothing of them is ever changed or deleted:
the latest counts, the earlier ones are the history.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal, get_args

from corpus.commitment import PROMISES, Commitment, CommitmentKind
from corpus.document import Kind, Span

Status = Literal["not_started", "under_way", "done", "stopped"]
STATUSES: tuple[Status, ...] = get_args(Status)
Order = Literal["document", "due", "owner", "year"]
Heading = Literal["owner", "kind", "year", "quarter", "document", "issuer", "status"]
"""By what rows are counted."""

LONGEST_NOTE = 2000  # characters
LONGEST_NAME = 200  # characters of who noted it


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which rows: every field narrows, an empty one or None does not.

    documents: names. years: `Commitment.year`. issuers: as the documents' metadata name them. owner: part of the name of
    the owner or of a unit that takes part. due_from and due_before: both days included; only rows with a due day. has_due: a
    due day, not a recurrence. masked: the metric is masked; False keeps rows without a metric too. words: each of these,
    parted by blanks, stands in the quote, what, a unit's name or a heading above; folded and without white space.
    statuses: "" for rows without one.
    """

    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    kinds: tuple[CommitmentKind, ...] = PROMISES
    owner: str = ""
    due_from: datetime.date | None = None
    due_before: datetime.date | None = None
    recurrence: bool | None = None
    has_owner: bool | None = None
    has_due: bool | None = None
    has_metric: bool | None = None
    masked: bool | None = None
    words: str = ""
    statuses: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in get_args(CommitmentKind):
                raise ValueError(f"{kind!r} is no kind of commitment: {', '.join(get_args(CommitmentKind))}")
        for status in self.statuses:
            if status and status not in STATUSES:
                raise ValueError(f"{status!r} is no status: {', '.join(STATUSES)}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a commitment has come, as a person noted it: the whole of what holds since `at`, ISO 8601, UTC, to the second.

    All of status, percent and note empty: what was noted before is taken back.
    """

    identity: str
    status: Status | None
    percent: int | None
    note: str
    by: str
    at: str

    def __post_init__(self) -> None:
        if self.status is not None and self.status not in STATUSES:
            raise ValueError(f"{self.status!r} is no status: {', '.join(STATUSES)}")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError(f"{self.percent} percent is not within 0..100")
        _check_words("a note", self.note, LONGEST_NOTE)
        _check_words("the name of who notes it", self.by, LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on what became of a promise, over what was reckoned.

    report: the identity of the report that it goes by; "" for none. An empty verdict takes earlier ones back.
    """

    promise: str
    report: str
    verdict: str
    why: str
    by: str
    at: str

    def __post_init__(self) -> None:
        _check_words("a verdict", self.verdict, LONGEST_NAME)
        _check_words("a reason", self.why, LONGEST_NOTE)
        _check_words("the name of who rules", self.by, LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a row of the ledger stands in its document, and what it says of time.

    promised: a promise, not a report. indicator: its metric's name; "" without one. years: the first and last year that a
    report speaks of; None for promises and where nothing tells.
    """

    span: Span
    promised: bool
    indicator: str = ""
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the ledger with what is known of its document and the latest note on it."""

    row: Commitment
    issuer: str | None
    title: str
    progress: Progress | None
    kind_of_document: Kind | None
    date: datetime.date | None


def _check_words(what: str, words: str, most: int) -> None:
    if len(words) > most:
        raise ValueError(f"{what} may have {most} characters, not {len(words)}")
    try:
        words.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{what} holds half a character") from None
