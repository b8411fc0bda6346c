"""Documents with commitments, and what a ledger's filter means, said once more without SQL."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from decimal import Decimal

from corpus.commitment import Commitment, CommitmentKind, Deadline, Metric, Owner, identified
from corpus.document import Document, Inferred, Metadata, Span
from corpus.ledger import Kept, LedgerFilter
from corpus.text import sentences, squeeze

CHECKS = "全年完成食品抽检四千批次，合格率达到９８％以上。"
LIFTS = "由特种设备科牵头，六月底前完成电梯排查。"
MARKS = "新增注册商标XX件。"
VISITS = "每季度走访100%_企业一次。"
DONE = "上年办结案件三百件。"


def day(said: str) -> datetime.date:
    return datetime.date.fromisoformat(said)


def written(
    name: str, text: str, *, year: int = 2022, issuer: str | None = "临江市市场监管局"
) -> tuple[Document, tuple[Commitment, ...]]:
    """A document of `text` with a task a sentence, under the heading of its first line."""
    metadata = Metadata(
        title=Inferred(f"《{name}》", 0.9),
        kind=Inferred("plan", 0.9),
        issuer=None if issuer is None else Inferred(issuer, 0.9),
        year=Inferred(year, 0.9),
        date=Inferred(day(f"{year}-03-01"), 0.9),
    )
    document = Document(name, hashlib.sha256(text.encode()).hexdigest(), text, metadata)
    heading, *rest = sentences(text)
    rows = (task(document, span, path=(document.quote(heading),), year=year) for span in rest)
    return document, identified(rows)


def task(
    document: Document,
    span: Span,
    *,
    kind: CommitmentKind = "task",
    owner: Owner | None = None,
    deadline: Deadline | None = None,
    metric: Metric | None = None,
    path: tuple[str, ...] = (),
    year: int | None = None,
) -> Commitment:
    """A commitment that quotes `span`."""
    quote = document.quote(span)
    return Commitment(
        document.name,
        document.revision,
        span,
        quote,
        path,
        kind,
        quote[:40],
        owner,
        deadline,
        metric,
        year=year,
    )


def plan() -> tuple[Document, tuple[Commitment, ...]]:
    """A plan of 2022 with a row of every sort."""
    document, _ = written("要点.txt", f"一、食品与设备\n{CHECKS}\n{LIFTS}\n{MARKS}\n{VISITS}\n{DONE}\n")
    heading, checks, lifts, marks, visits, done = sentences(document.text)
    path = (document.quote(heading),)
    masked = Metric("新增注册商标", None, None, "件", masked=True)
    rows = (
        task(
            document,
            checks,
            kind="target",
            path=path,
            year=2022,
            metric=Metric("合格率", ">=", "98", "%", number=Decimal("98.0")),
            deadline=Deadline("全年", day("2022-12-31"), start=day("2022-01-01")),
        ),
        task(
            document,
            lifts,
            path=path,
            year=2022,
            owner=Owner("特种设备科", "explicit", ("各 县局", "ＡＢ公司")),
            deadline=Deadline("六月底前", day("2022-06-30")),
        ),
        task(document, marks, kind="target", year=2022, metric=masked),
        task(
            document,
            visits,
            kind="requirement",
            year=2023,
            owner=Owner("登记科", "inherited"),
            deadline=Deadline("每季度", recurrence="quarterly"),
        ),
        task(document, done, kind="report", metric=Metric("案件", "=", "三百", "件", number=Decimal(300))),
    )
    return document, identified(rows)


def fits(kept: Kept, wanted: LedgerFilter) -> bool:
    """Whether `wanted` leaves this row."""
    row = kept.row
    deadline = row.deadline or Deadline("")
    due = deadline.due
    names = [row.owner.name, *row.owner.cooperating] if row.owner else []
    searched = [squeeze(part) for part in (row.quote, row.what, *names, *row.path)]
    status = (kept.progress.status or "") if kept.progress else ""

    def one_of(value: object, values: Sequence[object]) -> bool:
        return not values or value in values

    def just(there: bool, asked: bool | None) -> bool:
        return asked is None or asked == there

    return (
        one_of(row.document, wanted.documents)
        and one_of(row.year, wanted.years)
        and one_of(kept.issuer, wanted.issuers)
        and one_of(row.kind, wanted.kinds)
        and one_of(row.identity, wanted.identities)
        and one_of(status, wanted.statuses)
        and (not wanted.owner.strip() or any(squeeze(wanted.owner) in squeeze(name) for name in names))
        and (wanted.due_from is None or (due is not None and due >= wanted.due_from))
        and (wanted.due_before is None or (due is not None and due <= wanted.due_before))
        and just(deadline.recurrence is not None, wanted.recurrence)
        and just(row.owner is not None, wanted.has_owner)
        and just(due is not None, wanted.has_due)
        and just(row.metric is not None, wanted.has_metric)
        and just(row.metric is not None and row.metric.masked, wanted.masked)
        and all(any(squeeze(word) in part for part in searched) for word in wanted.words.split())
    )
