"""The commitments and reports of a document: clause groups with kind, owner, deadline and metric.

Each stretch between headings is read sentence by sentence; a sentence's clauses are grouped so that each group is one separable
act or target: what prepares an act (在…中, 以…为抓手) goes with it, and so does what only says what it is good for (提升…水平).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.commitment import Commitment, CommitmentKind, Owner, identified
from corpus.document import Document, Span
from ingest import owners
from ingest.dates import Reference, Time, times
from ingest.deadlines import deadline_of, period_of
from ingest.grouping import Group, grouped
from ingest.kinds import kind_of
from ingest.pieces import Piece, pieces
from ingest.prose import Clause, joined, sentences
from ingest.summary import summary
from ingest.tables import table_rows

RULES = "2026-11-26.1"
"""Version of the extraction: a new one makes the next ingest read unchanged files again."""

_TOPIC = 24  # characters of the longest sentence that heads its paragraph
_SETS_TARGETS = re.compile(r"(?:目标|指标)(?:任务)?(?:是|为)[：:，]?$")
_FIGURE = re.compile(r"\d|[％%]|前[一二三四五六七八九十]|全覆盖|要(?!求)|必须|不得")
_CALLS = re.compile(r"(?:同志们|各位代表|各位委员|让我们|朋友们)")
_PERORATION = 0.94  # of a document: where a call upon the listeners opens its end


def extract(document: Document) -> tuple[Commitment, ...]:
    """All commitments and reports of `document` in text order, each with its identity."""
    reading = _Reading(document)
    return identified([*reading.rows(), *table_rows(document, reading.reference)])


@dataclass(slots=True)
class _Reading:
    document: Document
    reference: Reference = field(init=False)
    leaders: dict[int | None, Span] = field(default_factory=dict)  # by section: the subject of its lead-in
    reports: bool = field(init=False)
    account: tuple[datetime.date, datetime.date] | None = field(init=False)
    announced: dict[int | None, Span] = field(default_factory=dict)  # by section: the subject before a colon

    def __post_init__(self) -> None:
        described = self.document.metadata
        self.reports = described.kind is not None and described.kind.value == "report"
        self.reference = Reference(
            described.year.value if described.year else None, described.date.value if described.date else None
        )
        self.account = _interval(described.period.value, self.reference) if described.period else None

    def rows(self) -> Iterator[Commitment]:
        """The rows of running text, stretch by stretch."""
        read = [(piece, list(self._grouped(piece))) for piece in pieces(self.document)]
        for piece, parts in read:
            self._note_leaders(piece, parts)
        for piece, parts in read:
            yield from self._of_piece(piece, parts)

    def _note_leaders(self, piece: Piece, parts: Sequence[tuple[Sequence[Clause], list[Group]]]) -> None:
        """Keep who is spoken to where a stretch leads in what follows it: before subsections, or before a colon.

        A government's report names many on its way; there only the last paragraph of a lead-in counts.
        """
        text = self.document.text
        subject: Span | None = None
        for number, (sentence, groups) in enumerate(parts):
            start = sentence[0].span.start
            if number and "\n" in text[parts[number - 1][0][-1].span.end : start] and self.reports:
                subject = None
            subject = next((g.subject for g in reversed(groups) if g.subject and not g.review), subject)
            if subject is None and piece.leads and piece.mode != "review":
                spoken = owners.system(text[start : sentence[0].span.end])
                subject = Span(start + spoken[0], start + spoken[1]) if spoken else None
            if subject is not None and not piece.leads and sentence[-1].mark == "：":
                self.announced[piece.section] = subject
        if (
            self.reports
            and subject is not None
            and owners.system(self.document.quote(subject) + "要做好") is None
        ):
            subject = None
        if piece.leads and subject is not None:
            self.leaders[piece.section] = subject

    def _grouped(self, piece: Piece) -> Iterator[tuple[Sequence[Clause], list[Group]]]:
        text = self.document.text
        read = list(sentences(text, piece.span))
        for index, sentence in enumerate(read):
            start = sentence[0].span.start
            if _CALLS.match(text, start):
                if start > _PERORATION * len(text):
                    return
                if len(sentence) == 1:
                    continue
            following = read[index + 1] if index + 1 < len(read) else None
            before = read[index - 1] if index else None
            if following and _is_topic(text, before, sentence, following):
                continue
            sets = piece.mode == "open" and any(
                _SETS_TARGETS.search(text[clause.span.start : clause.span.end]) for clause in sentence[:2]
            )
            yield sentence, grouped(text, sentence, "plan" if sets else piece.mode, piece.dense)

    def _of_piece(
        self, piece: Piece, parts: Sequence[tuple[Sequence[Clause], list[Group]]]
    ) -> Iterator[Commitment]:
        text = self.document.text
        path = self.document.path(piece.span.start)
        unlabelled: list[Commitment] = []
        for sentence, groups in parts:
            whole = Span(sentence[0].span.start, sentence[-1].span.end)
            planned = times(text, whole, self.reference) if any(not g.review for g in groups) else ()
            told = (
                times(text, whole, replace(self.reference, assumed=_one_year(piece.reviewed)))
                if any(g.review for g in groups)
                else ()
            )
            unlabelled += [
                row
                for group in groups
                for row in self._rows(group, told if group.review else planned, whole, piece, path)
            ]
            words = text[whole.start : whole.end]
            lead, helping = owners.labelled(words)
            if lead or helping:
                labelled = bool(owners.label_spans(words))
                yield from (_owned(row, lead, helping, labelled) for row in unlabelled)
                unlabelled = []
        yield from unlabelled

    def _rows(
        self, group: Group, found: Sequence[Time], whole: Span, piece: Piece, path: tuple[str, ...]
    ) -> Iterator[Commitment]:
        """One row for each metric of the group, one for a group without."""
        document = self.document
        span, own = group.span, group.own
        quote = document.quote(span)
        report = group.review or self._is_over(group, found)
        deadline = (
            None
            if report
            else deadline_of(document.text, found, own, whole, self.reference, own_subject=group.named)
        )
        kind: CommitmentKind = "report" if report else kind_of(document.quote(own), group, path)
        row = Commitment(
            document=document.name,
            revision=document.revision,
            span=span,
            quote=quote,
            path=path,
            kind=kind,
            what=summary(document.text, group),
            owner=self._owner(group, piece),
            deadline=deadline,
            metric=group.metrics[0] if group.metrics else None,
            period=period_of(found, own, self._default_period(piece)) if report else None,
            year=self.reference.year,
            page=document.page_at(span.start),
        )
        yield row
        seen = {row.metric.name} if row.metric else set()
        for metric in group.metrics[1:]:
            if metric.name not in seen:
                seen.add(metric.name)
                yield replace(row, metric=metric)

    def _default_period(self, piece: Piece) -> tuple[datetime.date, datetime.date] | None:
        """What a report speaks of where it does not say: the stretch that the document gives an account of, else the years reviewed."""
        if self.account is not None or piece.reviewed is None:
            return self.account
        return (datetime.date(piece.reviewed[0], 1, 1), datetime.date(piece.reviewed[1], 12, 31))

    def _is_over(self, group: Group, found: Sequence[Time]) -> bool:
        """Whether a figure without a modal or a bound speaks of a time that had ended when the document was given: no promise."""
        day = self.reference.date
        if day is None or not group.metrics or group.metrics[0].comparator != "=":
            return False
        if any(opened.modal for opened in group.openings):
            return False
        own = [time for time in found if group.own.covers(time.span) and time.end is not None]
        return bool(own) and all(
            time.role == "period" and time.end is not None and time.end < day for time in own
        )

    def _owner(self, group: Group, piece: Piece) -> Owner | None:
        document = self.document
        entrusted = owners.entrusted(document.quote(group.span))
        if entrusted:
            return Owner(entrusted, "explicit")
        if group.subject is not None:
            return Owner(document.quote(group.subject), "explicit")
        section = piece.section
        announced = self.announced.get(section)
        if announced is not None and announced.start < group.own.start:
            return Owner(document.quote(announced), "inherited")
        near = True
        while section is not None:
            leader = self.leaders.get(section)
            if leader is not None:
                return Owner(document.quote(leader), "explicit" if near else "inherited")
            near = (
                near and "\n" not in document.text[document.sections[section].span.start : group.span.start]
            )
            section = document.sections[section].parent
        return None


def _interval(words: str, reference: Reference) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of the first time in `words` that resolves."""
    found = times(words, Span(0, len(words)), reference) if words else ()
    return next(((time.start or time.end, time.end) for time in found if time.end is not None), None)


def _one_year(reviewed: tuple[int, int] | None) -> int | None:
    return reviewed[0] if reviewed is not None and reviewed[0] == reviewed[1] else None


def _is_topic(
    text: str, before: Sequence[Clause] | None, sentence: Sequence[Clause], following: Sequence[Clause]
) -> bool:
    """Whether a sentence heads what follows it in its line: one short clause without figure or obligation.

    The first sentence of a line may be longer than one further on (抓协调。充分发挥…).
    """
    span = joined([clause.span for clause in sentence])
    opens = before is None or "\n" in text[before[-1].span.end : span.start]
    if len(sentence) > (2 if opens else 1) or "\n" in text[span.end : following[0].span.start]:
        return False
    return len(span) <= (_TOPIC if opens else _TOPIC // 2) and not _FIGURE.search(text[span.start : span.end])


def _owned(row: Commitment, lead: str | None, helping: tuple[str, ...], labelled: bool) -> Commitment:
    """The row with the units that its sentence names behind it; a label (牵头单位：…) counts more than the row's own subject."""
    if lead is None:
        return row if row.owner is None else replace(row, owner=replace(row.owner, cooperating=helping))
    if not labelled and row.owner is not None and row.owner.scope == "explicit":
        return row
    return replace(row, owner=Owner(lead, "explicit", helping))
