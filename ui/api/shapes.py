"""What programs send and what they are sent, with the words of its documentation. The answers are those of the command line."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator

from assistant.question import Scope
from corpus.commitment import CommitmentKind
from corpus.ledger import Order, Status
from ui.api.telling import described, field

LONGEST_QUESTION = 1000
MOST_TURNS = 8
MOST_PASSAGES = 100
MOST_ROWS = 1000

Name = Annotated[str, StringConstraints(max_length=300)]
Asking = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]


class Shape(BaseModel):
    """What is sent to programs."""

    model_config = ConfigDict(json_schema_extra=described)


class Sent(BaseModel):
    """What is sent holds nothing that is not known here."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=described)


class ScopeSent(Sent):
    """What a question is restricted to; an empty list restricts nothing."""

    documents: list[Name] = field("only_documents", default=[], max_length=200)
    years: list[int] = field("only_years", default=[], max_length=50)
    issuers: list[Name] = field("only_issuers", default=[], max_length=50)

    def scope(self) -> Scope:
        """The same as the assistant takes it."""
        return Scope(frozenset(self.documents), frozenset(self.years), frozenset(self.issuers))


class Question(Sent):
    """A question, with those that went before it in the same conversation."""

    question: Asking = field("question_sent", examples=["食品抽检合格率要达到多少？"])
    history: list[Asking] = field("history", default=[], max_length=MOST_TURNS)
    scope: ScopeSent = field("scope", default=ScopeSent())


class Searching(Sent):
    """What passages are looked for."""

    question: Asking = field("question_sought", examples=["食品抽检合格率"])
    k: int = field("k", default=20, ge=1, le=MOST_PASSAGES)
    scope: ScopeSent = field("scope", default=ScopeSent())


class LedgerAsked(Sent):
    """Which rows of the ledger: every field narrows, one that is not set does not."""

    document: list[Name] = field("only_documents", default=[], max_length=200)
    kind: list[CommitmentKind] = field("only_kinds", default=[])
    owner: Name = field("only_owner", default="")
    due_from: datetime.date | None = field("due_from", default=None)
    due_before: datetime.date | None = field("due_before", default=None)
    overdue: datetime.date | None = field("overdue", default=None)
    year: list[int] = field("rows_of_years", default=[], max_length=50)
    issuer: list[Name] = field("rows_of_issuers", default=[], max_length=50)
    words: Name = field("words", default="")
    masked: bool | None = field("only_masked", default=None)
    status: list[Status | Literal["none"]] = field("only_status", default=[])
    order: Order = field("order", default="document")
    limit: int = field("limit", default=100, ge=1, le=MOST_ROWS)
    offset: int = field("offset", default=0, ge=0, le=10_000_000)

    @field_validator("due_from", "due_before", "overdue")
    @classmethod
    def not_the_first_day(cls, value: datetime.date | None) -> datetime.date | None:
        """No day comes before the first of all."""
        if value == datetime.date.min:
            raise ValueError("the first of all days has no day before it")
        return value


class Citation(Shape):
    """Verbatim words of one revision of a document."""

    number: int = field("number")
    document: str = field("document")
    revision: str = field("revision")
    title: str = field("title")
    path: list[str] = field("path")
    start: int = field("start")
    end: int = field("end")
    quote: str = field("quote")
    page: int | None = field("page")


class Answer(Shape):
    """An answer, or a refusal."""

    question: str = field("question_given")
    answer: str = field("answer")
    status: Literal["answered", "masked", "not_found"] = field("answer_status")
    abstained: bool = field("abstained")
    mode: Literal["quoting", "writing"] = field("mode")
    citations: list[Citation] = field("citations")
    warnings: list[str] = field("warnings")
    elapsed_ms: float = field("elapsed_ms")
    ledger: dict[str, Any] | None = field("answered_by_ledger", default=None)


class Passage(Shape):
    """A passage of a document."""

    document: str = field("document")
    start: int = field("start")
    end: int = field("end")
    text: str = field("text")
    path: list[str] = field("path")
    score: float = field("score")


class Found(Shape):
    """Passages, best first."""

    question: str = field("question_given")
    passages: list[Passage] = field("passages")


class Metric(Shape):
    """A figure as printed."""

    name: str = field("indicator")
    comparator: str | None = field("comparator")
    value: str | None = field("value")
    unit: str | None = field("unit")
    masked: bool = field("masked")
    upper: str | None = field("upper", default=None)


class Row(Shape):
    """One commitment."""

    document: str = field("document")
    start: int = field("start")
    end: int = field("end")
    quote: str = field("quote")
    path: list[str] = field("path")
    kind: CommitmentKind = field("kind")
    what: str = field("what")
    owner: str | None = field("owner")
    owner_scope: Literal["explicit", "inherited"] | None = field("owner_scope")
    deadline: str | None = field("deadline")
    due: str | None = field("due")
    metric: Metric | None = field("metric")
    id: str = field("id")
    title: str = field("title")
    issuer: str | None = field("issuer")
    year: int | None = field("year")
    page: int | None = field("page")
    cooperating: list[str] = field("cooperating")
    period: list[str] | None = field("period")
    status: str | None = field("status")
    percent: int | None = field("percent")
    note: str = field("note")


class Rows(Shape):
    """Rows of the ledger, and how many there are in all."""

    total: int = field("total")
    rows: list[Row] = field("rows")


class Listed(Shape):
    """A document of the library; null is what nobody could tell."""

    document: str = field("document")
    title: str = field("title")
    kind: str | None = field("document_kind")
    issuer: str | None = field("issuer")
    region: str | None = field("region")
    date: str | None = field("date")
    year: int | None = field("year")
    period: str | None = field("document_period")
    speaker: str | None = field("speaker")
    aliases: list[str] = field("aliases")
    revision: str = field("revision")
    characters: int = field("characters")
    passages: int = field("passage_count")
    ingested_at: str = field("ingested_at")
    source: str | None = field("source")


class Documents(Shape):
    """The documents of the library, by name."""

    documents: list[Listed] = field("listed")


class Fault(Shape):
    """What is wrong with one part of a request."""

    where: str = field("where")
    told: str = field("told")


class Problem(Shape):
    """Why a request was not taken (RFC 9457)."""

    type: str = field("type")
    title: str = field("problem_title")
    status: int = field("code")
    detail: str = field("detail")
    errors: list[Fault] = field("errors", default=[])
