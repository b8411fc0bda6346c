"""Commitments: what a document promises, by whom, until when, how much; and the reports that promises are held against.

What was said stands beside what it was resolved to: `Deadline.said` and `Deadline.due`, `Metric.value` as printed and
`Metric.number`. A masked figure has value and number None and masked True; it is never 0.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.document import Span
from corpus.text import squeeze

CommitmentKind = Literal["target", "task", "requirement", "report"]
PROMISES: tuple[CommitmentKind, ...] = ("target", "task", "requirement")
OwnerScope = Literal["explicit", "inherited"]
Comparator = Literal[">=", "<=", "=", ">", "<", "about", "range", "top", "increase", "decrease", "cover"]
Recurrence = Literal[
    "daily", "weekly", "semimonthly", "monthly", "bimonthly", "quarterly", "semiannual", "annual"
]
LONGEST_WHAT = 40  # characters


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is to act, as said.

    scope: "explicit" in the sentence or its paragraph's lead-in, "inherited" from a heading or an
    earlier paragraph. cooperating holds the units that take part without leading (配合单位).
    """

    name: str
    scope: OwnerScope
    cooperating: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, as said.

    due is the day it resolves to, the last of an interval; None where the text does not say one
    (及时, 限期). recurrence is set for what is to be done again and again (每季度), and then due is None. start is the first day
    of the interval where it is one (四季度: 10-01).
    """

    said: str
    due: datetime.date | None = None
    recurrence: Recurrence | None = None
    start: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.due is not None and self.recurrence is not None:
            raise ValueError(f"{self.said!r} has a day and a recurrence")
        if self.due is not None and self.start is not None and self.start > self.due:
            raise ValueError(f"{self.said!r} ends before it starts")

    @property
    def resolved(self) -> str | None:
        """The due day in ISO 8601, or the recurrence, or None."""
        return self.due.isoformat() if self.due else self.recurrence


@dataclass(frozen=True, slots=True)
class Metric:
    """How much.

    name: the indicator ("抽检合格率"). value and unit as printed ("5.2", "万户"; a rank 前6名 is "6", "名" with comparator "top"); upper the higher end of
    a range as printed. number and upper_number are in base units ("户"), percent as printed; None where value is no number.
    """

    name: str
    comparator: Comparator | None
    value: str | None
    unit: str | None
    masked: bool = False
    upper: str | None = None
    number: Decimal | None = None
    upper_number: Decimal | None = None
    base: str | None = None

    def __post_init__(self) -> None:
        if self.masked and (self.value is not None or self.number is not None):
            raise ValueError(f"{self.name!r} is masked and has a value")


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise or report of a document.

    kind: target (a state or number to be reached), task (something to be done), requirement (a standing rule), report
    (something that was done or reached: no promise itself). span: the smallest clause that can stand by itself; quote its
    words, verbatim. path: headings above, outermost first. what: at most LONGEST_WHAT characters, made from the quote.
    deadline is None for a report; period is the first and last day that a report speaks of. year: whose work it is about.
    """

    document: str
    revision: str
    span: Span
    quote: str
    path: tuple[str, ...]
    kind: CommitmentKind
    what: str
    owner: Owner | None = None
    deadline: Deadline | None = None
    metric: Metric | None = None
    period: tuple[datetime.date, datetime.date] | None = None
    year: int | None = None
    page: int | None = None
    identity: str = ""

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"{self.document}: a quote of {len(self.quote)} characters for {self.span}")
        if not self.what or len(self.what) > LONGEST_WHAT:
            raise ValueError(f"{self.document}: what is empty or too long: {self.what!r}")
        if self.kind == "report" and self.deadline is not None:
            raise ValueError(f"{self.document}: a report has no deadline")


def identified(rows: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """The rows in text order, each with its identity.

    An identity is 24 hex digits from document name, quote and metric name, and how often the same stood before. So a sentence that a new revision leaves unchanged keeps its identity wherever it has moved.
    """
    seen: Counter[str] = Counter()
    made = []
    for row in sorted(rows, key=lambda row: row.span):  # rows of one span stay in order
        key = "\0".join([row.document, squeeze(row.quote), row.metric.name if row.metric else ""])
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
        seen[key] += 1
        made.append(row if row.identity == digest[:24] else replace(row, identity=digest[:24]))
    return tuple(made)
