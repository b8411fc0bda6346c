"""A sentence's clauses as groups, each one separable act, target or report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.commitment import Metric
from corpus.document import Span
from ingest.openings import Opening
from ingest.prose import Clause
from ingest.roles import AHEAD, HAS_DAY, NARRATES, PROMISES, TIME_ONLY, Read, read_sentence
from ingest.tense import Mode

_RESULT = re.compile(
    r"(?:让|使|彰显|体现|为此|形成|发挥|促进|降低|拓宽|助推|带动|展现|以(?=[^，]{2,24}(?:打造|服务|推动|促进|助推|助力|保障|提升|激发|重塑|赢得))|为(?=[^，]{2,})|把(?=.{2,14}(?:转化|变))|增进|凝聚|释放|防止|避免|杜绝|有效|切实解决|全力解决|做到|既|又|服务(?!型|业))"
)
_GAIN = re.compile(r"(?:提升|提高|增强|营造|解决|打造|激发|维护|规范|塑造|重塑|保障|实现|整治)")
_DRIVE = re.compile(r"(?:推动|推进)")
_OBJECT_OF_TASK = re.compile(r"(?:行动|整治|活动|试点|项目|工程|改革)$")
_MANNER = re.compile(r"(?:全面|全力|大力|切实|着力)")
_OUTCOME = re.compile(r"^(?:持续)?营造|^形成.{2,24}(?:局面|格局|态势)|上(?:新)?台阶$|做到.{0,12}到位$")
_MANY = 3  # acts before it in its sentence make an outcome a row of its own
_IDIOMS = re.compile(r"[^、]{4}(?:、[^、]{4})+")
_FURTHER = re.compile(
    r"(?:同比|环比|比上年|比去年|较上年)?(?:净|平均|年均|实际|名义)?(?:增长|下降|提高|增加|减少|降低|上升|回落|增速|增幅|降幅)"
)
_ENDS_BY = re.compile(
    r"[^，。；]{2,10}?(?:前|内|底|末)(?:如期|按期)?(?:完成|实现|验收|发布|印发|编印|上线|到位|办结|建成|投用|启用|见效|完成(?:改造|整改|验收|评审|任务))"
)
"""When the row before it is to be done: 8月底前完成."""
_PAIRED = re.compile(r"又|也要")
_ELIDED = re.compile(r"其中|限期|也要|并(?!购)")
_FARTHEST = 90  # characters that a row reaches back over, its own included
_SHORT = 10  # characters of a last clause that seldom is a row of its own
_SHORTEST = 7  # the same of any clause


@dataclass(slots=True)
class Group:
    """Clauses that make one row.

    main is the index of the clause that holds the act; subject is the actor's span, named whether its own clauses name it.
    """

    clauses: list[Clause] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    main: int = 0
    subject: Span | None = None
    named: bool = False
    metrics: tuple[Metric, ...] = ()
    review: bool = False
    reach: int | None = None

    @property
    def own(self) -> Span:
        """From the first clause to the last, without the mark that ends it."""
        return Span(self.clauses[0].span.start, self.clauses[-1].span.end)

    @property
    def span(self) -> Span:
        """The own clauses, and what they reach back for: `reach` is where the topic that they leave out was said."""
        return self.own if self.reach is None else Span(self.reach, self.own.end)

    def add(self, clause: Clause, opened: Opening) -> None:
        """Take a further clause in, at the end."""
        self.clauses.append(clause)
        self.openings.append(opened)


def grouped(text: str, sentence: Sequence[Clause], mode: Mode, dense: bool) -> list[Group]:
    """The groups of one sentence in order; clauses that neither promise nor report are in none.

    dense: the document is a plan or a ledger, where a figure or a day without a verb is a promise too.
    """
    groups: list[Group] = []
    held: list[Read] = []
    subject: Span | None = None
    for read in read_sentence(text, sentence, mode, dense):
        subject = read.subject or subject
        if read.charged and (read.last or (groups and not held)):
            if groups and not held:
                groups[-1].add(read.clause, read.opened)  # …，由甲科牵头
        elif read.role == "prepares" and groups and not held and _PAIRED.match(read.words):
            groups[-1].add(read.clause, read.opened)  # 既…，又…
        elif read.role == "prepares":
            if (
                read.hard
                and held
                and not held[-1].hard
                and held[-1].opened.verb
                and not TIME_ONLY.match(held[-1].words)
            ):
                groups.append(_made(held, subject))  # 要充分发挥…作用，在…领域，加强…
                held = []
            held.append(read)
        elif read.role == "none":
            if held and _stands(held) and mode != "review":
                groups.append(_made(held, subject))  # 坚持做好宣传，向社会传递…
                held = []
            if groups and not held and _follows(groups[-1], read):
                groups[-1].add(read.clause, read.opened)
            elif read.clause.mark not in "，" or not held:
                held = []
        elif groups and not held and _carries_on(groups[-1], read):
            groups[-1].add(read.clause, read.opened)
            groups[-1].metrics += read.metrics
        elif groups and not held and _continues(groups[-1], read, len(groups)):
            groups[-1].add(read.clause, read.opened)
            groups[-1].metrics = groups[-1].metrics or read.metrics
        else:
            groups.append(_made([*held, read], read.subject or subject))
            held = []
    _reach_back(text, groups, dense)
    if held and mode != "review" and (_stands(held) or any(read.opened.modal for read in held)):
        groups.append(_made(held, subject))
    return groups


def _stands(held: Sequence[Read]) -> bool:
    """Whether what was held to prepare an act is an act itself where none follows."""
    return not held[-1].hard and bool(held[-1].opened.verb)


def _reach_back(text: str, groups: Sequence[Group], dense: bool) -> None:
    """Let rows that leave out their topic take in the row before them: 其中…, a further figure, a further step of a plan's line."""
    for before, group in pairwise(groups):
        words = text[group.own.start : group.own.end]
        adjacent = before.clauses[-1].mark in "，" and group.own.start - before.own.end <= 2
        elided = bool(_ELIDED.match(words)) or (
            dense and before.metrics and group.openings[0].subject is None
        )
        start = before.reach if before.reach is not None else before.own.start
        if adjacent and elided and group.own.end - start <= _FARTHEST:
            group.reach = start


def _made(reads: Sequence[Read], subject: Span | None) -> Group:
    return Group(
        [read.clause for read in reads],
        [read.opened for read in reads],
        len(reads) - 1,
        subject,
        any(read.subject is not None for read in reads),
        next((read.metrics for read in reversed(reads) if read.metrics), ()),
        reads[-1].role == "review",
    )


def _follows(group: Group, read: Read) -> bool:
    """Whether a clause that promises nothing belongs to the row before it."""
    narrates = NARRATES.search(read.folded[read.opened.head :])
    return group.clauses[-1].mark in "，" and read.subject is None and not read.opened.modal and not narrates


def _carries_on(group: Group, read: Read) -> bool:
    """Whether a clause is a further figure of the indicator before it: …达126万亿元，增长5.2%."""
    adjacent = group.clauses[-1].mark in "，" and bool(group.metrics) and bool(read.metrics)
    return adjacent and _FURTHER.match(read.folded) is not None


def _continues(group: Group, read: Read, before: int) -> bool:
    """Whether a clause that could stand by itself belongs to the row before it; before: how many rows its sentence has."""
    if group.clauses[-1].mark not in "，" or read.subject is not None or read.metrics or read.listed:
        return False
    if group.review != (read.role == "review"):
        return False
    main = group.openings[group.main]
    if read.opened.modal not in ("又要", "也要", "还要", "不能", ""):
        return False
    if AHEAD.search(read.folded):
        return _ENDS_BY.fullmatch(read.folded) is not None
    words = read.folded[read.opened.head :]
    if read.last and before >= _MANY and _OUTCOME.search(words):
        return False
    if _RESULT.match(words) or _RESULT.match(read.body):
        return True
    if words.startswith("确保"):
        return before < _MANY and not HAS_DAY.search(words)
    gained = len(group.clauses) - group.main > 1
    if _DRIVE.match(read.body):
        return (
            read.last and not gained and read.opened.verb != main.verb and not _OBJECT_OF_TASK.search(words)
        )
    if _GAIN.match(read.body) and read.opened.verb != main.verb:
        return not gained and (not read.last or before < _MANY or not _MANNER.match(words))
    if _IDIOMS.fullmatch(words) or _IDIOMS.fullmatch(read.body):
        return True
    return len(words) <= (_SHORT if read.last else _SHORTEST) and not PROMISES.match(words)
