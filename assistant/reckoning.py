"""What became of one promise, by the reports that speak of its time: pure, on values.

A report is worth more than another when it gives a figure for the same indicator, then when it was made after the promise was
due, then when it is nearer in words. A wrong pair with a verdict is worse than none: what is not surely of the same
indicator, place and time is left out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.indicator_table import opening, set_apart
from assistant.indicators import Indicator
from assistant.likeness import Rarity, grams
from assistant.told import Told, in_time, is_early, is_long, last, window
from assistant.weighing import Judged, Reason, Verdict, weigh
from corpus.commitment import Commitment

OTHERS = 5
"""At most so many further reports are given beside the best."""
HELD = 0.64
"""Share of the words of a task, or of a name, that a report must hold."""
_NAMES_ALIKE, _SHORT_NAME = 0.78, 4
_CLAUSES_ALIKE, _TEXTS_ALIKE = 0.5, 0.55
_DONE = re.compile(
    r"已(?!经?要|有\d)|完成|建成|上线|打通|通过验收|投产|通车|竣工|获批|启用|开馆|投入(?:使用|运行)|实现了|全部|落地|挂牌"
)
_MADE = re.compile(r"出台|印发|发布|制定|成立|设立|公布|编印|修订")
_UNDONE = re.compile(
    r"未|没有|尚|正在|初稿|着手|推进中|进行中|拟|即将|将[于在]|不力|落空|预计|计划|力争|目标"
)
_OVERDUE = re.compile(r"红灯|逾期|超期未|晚了")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that may speak of the promise. strength: 2 the same indicator, 1 its topic or a wider one. likeness: 0..1."""

    told: Told
    strength: int
    likeness: float
    judged: Judged
    early: bool

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts the best first."""
        row = self.told.row
        decided = self.judged[0] in ("met", "exceeded", "missed")
        strength = self.strength - (self.judged[1] == "period")
        year = datetime.date(row.year or 1, 3, 1)
        ending, given = last(self.told) or year, self.told.day or year
        when = (
            -ending.toordinal() if self.early else given.toordinal()
        )  # the latest so far, the first after all
        return -strength, not decided, self.early, -round(self.likeness, 2), when, row.document, row.span


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The verdict on a promise, the report it goes by (None: not_reported) and further reports, best first."""

    verdict: Verdict
    reason: Reason
    report: Commitment | None = None
    others: tuple[Commitment, ...] = ()


def reckon(promise: Commitment, reports: Sequence[Commitment]) -> Reckoned:
    """What became of a promise by these reports, all of them of the same body and later than it."""
    told, heard = Told.of(promise), [Told.of(row) for row in reports if row.kind == "report"]
    return judge(told, heard, Rarity([promise.quote, *(row.quote for row in reports)]))


def judge(promise: Told, reports: Iterable[Told], rarity: Rarity) -> Reckoned:
    """`reckon` on rows made ready."""
    found = [one for report in reports if (one := candidate(promise, report, rarity)) is not None]
    if not found:
        return Reckoned("not_reported", "nothing found")
    found.sort(key=lambda one: one.rank)
    best = found[0]
    return Reckoned(*best.judged, best.told.row, tuple(one.told.row for one in found[1 : OTHERS + 1]))


def candidate(promise: Told, report: Told, rarity: Rarity) -> Candidate | None:
    """The report as one on this promise; None where it is of another time, place or thing."""
    span = window(promise.row)
    own = promise.row.identity in report.row_of
    if span is None or not (own or in_time(span, report)):
        return None
    if not own and promise.place != report.place:
        return None
    early, long = is_early(span, report), is_long(span, report)
    if promise.measured is not None:
        return _by_figure(promise, promise.measured, report, rarity, early, own, long)
    return _by_words(promise, report, rarity, early, own)


def _by_figure(
    promise: Told, told: Indicator, report: Told, rarity: Rarity, early: bool, own: bool, long: bool
) -> Candidate | None:
    heard = report.measured
    assert promise.row.metric is not None
    if heard is not None and report.row.metric is not None:
        mine = own and not heard.known and told.figure.compares(heard.figure)
        likeness = 1.0 if mine else _same(told, heard, rarity)
        if likeness and (
            told.figure.sort == heard.figure.sort or told.figure.compares(heard.figure) or own or told.known
        ):
            judged = weigh(promise.row.metric, told, report.row.metric, heard, early=early)
            if long and judged[1] != "masked":
                judged = "not_comparable", "period"
            if judged[0] in ("met", "exceeded") and _is_late(
                promise.row, report.row.quote if own else heard.clause
            ):
                judged = "missed", "late"
            if judged[1] in ("unit", "measure") and not told.known and not own:
                return None
            return Candidate(report, 2, likeness, judged, early)
        if heard.name in told.wider:
            return Candidate(report, 1, 0.5, ("not_comparable", "wider"), early)
    return _by_topic(promise, told, report, rarity, early, own)


def _by_topic(
    promise: Told, told: Indicator, report: Told, rarity: Rarity, early: bool, own: bool
) -> Candidate | None:
    """A report without a figure of the indicator that yet speaks of it."""
    words: Judged = ("no_figure", "words only")
    if promise.row.metric is not None and promise.row.metric.masked:
        words = "not_comparable", "masked"
    heard = report.measured
    if own:
        return Candidate(report, 1, 0.9, words, early)
    if heard is not None and heard.name == told.name and told.known:
        return None
    if told.known and (told.name in report.spoken or set(told.wider) & report.spoken):
        near = 0.8 if told.name in report.spoken else 0.5
        return Candidate(report, 1, near - (0.1 if heard else 0), words, early)
    if heard is None or heard.figure.sort != told.figure.sort:
        if promise.spoken & report.spoken and told.name and told.name in report.row.quote:
            return Candidate(report, 1, 0.6, words, early)
        name = grams(told.name)
        if (
            len(told.name) >= _SHORT_NAME
            and rarity.held(name, report.words) >= HELD
            and rarity.held(promise.words, report.words) >= _CLAUSES_ALIKE
            and not set_apart(told.name, report.row.quote)
        ):
            return Candidate(report, 1, rarity.alike(promise.words, report.words), words, early)
    return None


def _by_words(promise: Told, report: Told, rarity: Rarity, early: bool, own: bool) -> Candidate | None:
    """A report on a task, or on a state promised without a figure."""
    held, alike = rarity.held(promise.words, report.words), rarity.alike(promise.words, report.words)
    shared = bool(promise.spoken) and bool(opening(promise.row.what) & opening(report.row.quote))
    if (
        not own
        and not shared
        and (
            len(promise.words) < _SHORT_NAME
            or held < HELD
            or alike < _TEXTS_ALIKE
            or set_apart(promise.row.quote, report.row.quote)
            or not _quoted(promise.row.quote) <= _quoted(report.row.quote)
        )
    ):
        return None
    quote = report.row.quote
    judged: Judged = "no_figure", "nothing promised in figures"
    done = _DONE.search(quote) or (_MADE.search(quote) and _MADE.search(promise.row.quote))
    if done and not _UNDONE.search(quote) and (own or held >= HELD):
        judged = ("missed", "late") if _is_late(promise.row, quote) else ("met", "done")
    return Candidate(report, 2 if own or held >= HELD else 1, max(alike, 0.9 if own else 0.0), judged, early)


def _same(told: Indicator, heard: Indicator, rarity: Rarity) -> float:
    """How surely both are one indicator, 0..1; 0 where they are not."""
    if not told.name or not heard.name:
        return 0.0
    if told.name == heard.name and (told.known or len(told.name) >= _SHORT_NAME):
        return 1.0
    names = {told.name, *told.parts} & {heard.name, *heard.parts}
    if names and (told.parts or heard.parts):
        return 0.9 if told.change == heard.change else 0.0
    if (
        (told.known and heard.known)
        or set_apart(told.name, heard.name)
        or told.figure.sort != heard.figure.sort
    ):
        return 0.0
    near = rarity.alike(grams(told.clause), grams(heard.clause))
    if told.name == heard.name:
        return near if near >= _CLAUSES_ALIKE else 0.0
    alike = rarity.alike(grams(told.name), grams(heard.name))
    if min(len(told.name), len(heard.name)) < _SHORT_NAME or alike < _NAMES_ALIKE or near < _CLAUSES_ALIKE:
        return 0.0
    return alike * 0.95


def _is_late(promise: Commitment, words: str) -> bool:
    """Whether the words name a day after the due day (6月17日达到), or say that it passed."""
    due = promise.deadline.due if promise.deadline else None
    if due is None:
        return False
    named = [
        (int(hit[1]), int(hit[2])) for hit in re.finditer(r"(?<!截至)(?<!\d)(\d{1,2})月(\d{1,2})日", words)
    ]
    return any((due.month, due.day) < day for day in named) or _OVERDUE.search(words) is not None


def _quoted(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[“《]([^”》]{2,12})[”》]", text))
