"""What programs send and what they are sent, with the words of its documentation. The answers are those of the command line."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from assistant.question import Scope
from corpus.commitment import CommitmentKind
from corpus.ledger import Order, Status

LONGEST_QUESTION = 1000
MOST_TURNS = 8
MOST_PASSAGES = 100
MOST_ROWS = 1000

Name = Annotated[str, StringConstraints(max_length=300)]
Asking = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]


class Sent(BaseModel):
    """What is sent holds nothing that is not known here."""

    model_config = ConfigDict(extra="forbid")


class ScopeSent(Sent):
    """What a question is restricted to; an empty list restricts nothing."""

    documents: list[Name] = Field(
        default=[], max_length=200, description="Only these documents, by file name."
    )
    years: list[int] = Field(default=[], max_length=50, description="Only documents of these years.")
    issuers: list[Name] = Field(default=[], max_length=50, description="Only documents of these bodies.")

    def scope(self) -> Scope:
        """The same as the assistant takes it."""
        return Scope(frozenset(self.documents), frozenset(self.years), frozenset(self.issuers))


class Question(Sent):
    """A question, with those that went before it in the same conversation."""

    question: Asking = Field(
        description="The question, in plain words.", examples=["食品抽检合格率要达到多少？"]
    )
    history: list[Asking] = Field(
        default=[],
        max_length=MOST_TURNS,
        description="The questions before it, oldest first; each is answered again.",
    )
    scope: ScopeSent = Field(default=ScopeSent(), description="What the question is restricted to.")


class Searching(Sent):
    """What passages are looked for."""

    question: Asking = Field(description="The question, or words.", examples=["食品抽检合格率"])
    k: int = Field(default=20, ge=1, le=MOST_PASSAGES, description="How many passages at most.")
    scope: ScopeSent = Field(default=ScopeSent(), description="What the search is restricted to.")


class LedgerAsked(Sent):
    """Which rows of the ledger: every field narrows, one that is not set does not."""

    document: list[Name] = Field(default=[], max_length=200, description="Only of these documents.")
    kind: list[CommitmentKind] = Field(
        default=[],
        description="Only these kinds; reports of what was done are listed only where `report` is asked for.",
    )
    owner: Name = Field(
        default="", description="Only where the name of the owner, or of a cooperating unit, holds this."
    )
    due_from: datetime.date | None = Field(default=None, description="Only what is due on this day or later.")
    due_before: datetime.date | None = Field(
        default=None, description="Only what is due on this day or earlier."
    )
    overdue: datetime.date | None = Field(
        default=None, description="Only what was due before this day and is not done."
    )
    year: list[int] = Field(default=[], max_length=50, description="Only of these years.")
    issuer: list[Name] = Field(default=[], max_length=50, description="Only of these bodies.")
    words: Name = Field(
        default="", description="Only where sentence, owner or headings hold each of these words."
    )
    masked: bool | None = Field(
        default=None, description="Only where the source masks the figure, or does not."
    )
    status: list[Status | Literal["none"]] = Field(
        default=[], description="Only of these statuses, as people noted them; `none`: nobody did."
    )
    order: Order = Field(default="document", description="What has no day, owner or year comes last.")
    limit: int = Field(default=100, ge=1, le=MOST_ROWS, description="How many rows at most.")
    offset: int = Field(default=0, ge=0, le=10_000_000, description="How many rows to leave out before them.")

    @field_validator("due_from", "due_before", "overdue")
    @classmethod
    def not_the_first_day(cls, value: datetime.date | None) -> datetime.date | None:
        """No day comes before the first of all."""
        if value == datetime.date.min:
            raise ValueError("the first of all days has no day before it")
        return value


class Citation(BaseModel):
    """Verbatim words of one revision of a document."""

    number: int = Field(description="The marker [n] in the answer.")
    document: str
    revision: str = Field(description="sha256 of the document's bytes.")
    title: str
    path: list[str] = Field(description="The headings above, outermost first.")
    start: int = Field(description="Offset of the first character in the document's text.")
    end: int = Field(description="Offset after the last character.")
    quote: str
    page: int | None = Field(description="Where the format has pages.")


class Answer(BaseModel):
    """An answer, or a refusal."""

    question: str
    answer: str = Field(description="With markers [1], [2] that name citations.")
    status: Literal["answered", "masked", "not_found"]
    abstained: bool = Field(description="Whether the documents do not say.")
    mode: Literal["quoting", "writing"]
    citations: list[Citation]
    warnings: list[str]
    elapsed_ms: float
    ledger: dict[str, Any] | None = Field(
        default=None, description="Where rows of the ledger answer: which, and how many."
    )


class Passage(BaseModel):
    """A passage of a document."""

    document: str
    start: int
    end: int
    text: str
    path: list[str]
    score: float


class Found(BaseModel):
    """Passages, best first."""

    question: str
    passages: list[Passage]


class Metric(BaseModel):
    """A figure as printed."""

    name: str
    comparator: str | None
    value: str | None
    unit: str | None
    masked: bool
    upper: str | None = Field(default=None, description="The higher end of a range.")


class Row(BaseModel):
    """One commitment."""

    document: str
    start: int
    end: int
    quote: str
    path: list[str]
    kind: CommitmentKind
    what: str
    owner: str | None
    owner_scope: Literal["explicit", "inherited"] | None
    deadline: str | None = Field(description="As said.")
    due: str | None = Field(description="The last day, or the recurrence.")
    metric: Metric | None
    id: str
    title: str
    issuer: str | None
    year: int | None
    page: int | None
    cooperating: list[str]
    period: list[str] | None = Field(description="First and last day that a report speaks of.")
    status: str | None
    percent: int | None
    note: str


class Rows(BaseModel):
    """Rows of the ledger, and how many there are in all."""

    total: int
    rows: list[Row]


class Listed(BaseModel):
    """A document of the library; null is what nobody could tell."""

    document: str = Field(description="Its file name.")
    title: str
    kind: str | None
    issuer: str | None
    region: str | None
    date: str | None
    year: int | None
    period: str | None
    speaker: str | None
    aliases: list[str]
    revision: str = Field(description="sha256 of its bytes.")
    characters: int
    passages: int
    ingested_at: str
    source: str | None


class Documents(BaseModel):
    """The documents of the library, by name."""

    documents: list[Listed]


class Fault(BaseModel):
    """What is wrong with one part of a request."""

    where: str
    told: str


class Problem(BaseModel):
    """Why a request was not taken (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []
