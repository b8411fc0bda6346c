"""A sentence's clauses as groups, each one separable act, target or report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from corpus.commitment import Metric
from corpus.document import Span
from corpus.text import fold
from ingest import grammar, owners
from ingest.indicators import LONGEST_NAME
from ingest.metrics import metrics
from ingest.openings import Opening, opening
from ingest.prose import Clause, joined
from ingest.tense import Mode, clause_tense

Role = Literal["plan", "review", "prepares", "none"]

_TIME_ONLY = re.compile(
    r"^(?:(?:到|至|从|自|在|截至|于)?(?:“?十[一二三四五六七八九]+五”?(?:末|期间|时期)?|[今明去本全]年|年[内底末初]|[上下]半年|第?[一二三四]季度|20\d\d年?|\d{1,2}月|\d{1,2}日|"
    r"(?:春|秋)季学期|下一步|下阶段|接下来|当前|今后|会后|近期|行动期间|期间|[年月日底末初前后内起中上下旬份度期间以来的之季—、到至])+)$"
)
_SOFT = re.compile(
    r"(?:坚持|始终坚持|秉持|本着|立足|着眼|提高政治站位|增强|发挥|运用|利用|用好|牢记|绷紧|突出|把握)"
)
"""Acts that mostly prepare another: they stand by themselves where none follows at once."""
_HARD = re.compile(
    r"(?:在(?!.{2,30}(?:下功夫|上新台阶|见成效|有突破))|以(?![^，]{2,24}(?:打造|服务|推动|促进|助推|助力|保障|提升|激发|确保))|围绕|紧紧围绕|聚焦|针对|按照|依照|参照|根据|依据|结合|对于|对照|通过|经过|"
    r"借助|依托|面对|面向|从|自|由于|为了|随着|鉴于|凡|除|如|包括)"
)
_DOES = re.compile(
    r"(?:新建|建成|建设|提高到|完成|培育|新增|开展|进行|加强|实施|组织|实行|严厉|依法|给予|强化|加大|推行|逐[一家户]|全面|一律|要)"
)
_PREPARED_END = re.compile(
    r"(?:中|上|下|里|时|后|前|内|方面|领域|基础|前提|过程|契机|抓手|重点|导向|主线|目标|指引|原则|指导|统领|引领|核心|部署|安排|依托|载体|思想|理念|思路|关键|相结合|作用|优势|责任感|方式|举措|手段|机制|环节|问题|底线|中心|牵引|支撑|突破口|切入点|着力点|龙头|的)$"
)
_NARRATES = re.compile(
    r"^(?:才[能会]|这|那(?!么)|其(?!中)|它|该项|此(?!外|次)|我|有的|有些|一些|许多|不少|很多|如果|只有|只要|虽然|尽管|由于|因为|正如|据|随着|事实上|实践证明|可以说|应该说|总的来看|总体|概括起来|所谓|什么|怎么|为什么|更不用说|即使|甚至)|"
    r"^(?:也|都|更|还|又|就|不仅|既|正|便|才|不|并不|并非)?(?:是(?!要|必须)|为了|等于|意味着|说明|表明|关系到|事关|有助于|有利于)|^.{1,24}(?<![不只若凡就也但可还或于总])是(?!否|要|必须)|决定因素|关键在|重在|贵在|在于"
)
_ANNOUNCES = re.compile(
    r"(?:以下|下面|下列|如下|这|上述)[^，。]{0,10}(?:工作|方面|任务|意见|要求|几点|措施|问题|原则)|[讲谈说提][^，。]{0,6}[几一二三四五六七八九两\d][点个]"
)
_PROMISES = re.compile(r"(?:确保|力争|争取|努力(?:实现|做到|争取))")
_RESULT = re.compile(
    r"(?:让|使|彰显|体现|为此|形成|发挥|促进|降低|拓宽|助推|带动|展现|以(?=[^，]{2,24}(?:打造|服务|推动|促进|助推|助力|保障|提升|激发|重塑|赢得))|为(?=[^，]{2,})|把(?=.{2,14}(?:转化|变))|增进|凝聚|释放|防止|避免|杜绝|有效|切实解决|全力解决|做到|既|又|服务(?!型|业))"
)
_GAIN = re.compile(r"(?:提升|提高|增强|营造|解决|打造|激发|维护|规范|塑造|重塑|保障|实现|整治)")
_DRIVE = re.compile(r"(?:推动|推进)")
_OBJECT_OF_TASK = re.compile(r"(?:行动|整治|活动|试点|项目|工程|改革)$")
_MANNER = re.compile(r"(?:全面|全力|大力|切实|着力)")
_OUTCOME = re.compile(r"^(?:持续)?营造|^形成.{2,24}(?:局面|格局|态势)|上(?:新)?台阶$|做到.{0,12}到位$")
_LISTED = (
    2  # figures in a sentence that make it a list of targets, where a state (国际收支基本平衡) is one too
)
_MANY = 3  # acts before it in its sentence make an outcome a row of its own
_COMPARED = re.compile(
    r"[比较](?:上年|去年|\d{4}年)(?:年初)?(?:预算|实际|执行)?(?:数)?(?:增加|增长|减少|下降|提高|扩大|多)"
)
_IDIOMS = re.compile(r"[^、]{4}(?:、[^、]{4})+")
_FURTHER = re.compile(
    r"(?:同比|环比|比上年|比去年|较上年)?(?:净|平均|年均|实际|名义)?(?:增长|下降|提高|增加|减少|降低|上升|回落|增速|增幅|降幅)"
)
_CHANGE = re.compile(
    r"(?:同比|环比|比上年|比去年|较上年)?(?:净|平均|年均|实际|名义)?(?:增长|下降|提高|增加|减少|降低|上升|回落|增速|增幅|降幅|新增)?"
)
_LEVEL = re.compile(r"(?:总量|总额|余额|规模)$|(?<=.)(?:增长|下降|新增)$")
_ENDS_BY = re.compile(
    r"[^，。；]{2,10}?(?:前|内|底|末)(?:如期|按期)?(?:完成|实现|验收|发布|印发|编印|上线|到位|办结|建成|投用|启用|见效|完成(?:改造|整改|验收|评审|任务))"
)
"""When the row before it is to be done: 8月底前完成."""
_ONCE = ("次", "遍", "批", "轮", "场", "系列")
_PAIRED = re.compile(r"又|也要")
_ELIDED = re.compile(r"其中|限期|也要|并(?!购)")
_FARTHEST = 90  # characters that a row reaches back over, its own included
_SHORT = 10  # characters of a last clause that seldom is a row of its own
_SHORTEST = 7  # the same of any clause
_HEADLINE = re.compile(r"要(?:亲自抓|抓具体|抓细节|抓全面|抓重点|负总责|敢抓敢管)$")


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
        return joined([clause.span for clause in self.clauses])

    @property
    def span(self) -> Span:
        """The own clauses, and what they reach back for: `reach` is where the topic that they leave out was said."""
        return self.own if self.reach is None else Span(self.reach, self.own.end)

    def add(self, clause: Clause, opened: Opening) -> None:
        """Take a further clause in, at the end."""
        self.clauses.append(clause)
        self.openings.append(opened)


@dataclass(slots=True)
class _Read:
    """One clause with what is known of it."""

    clause: Clause
    words: str
    opened: Opening
    last: bool
    subject: Span | None
    metrics: tuple[Metric, ...]
    role: Role = "none"
    hard: bool = False

    @property
    def metric(self) -> Metric | None:
        """The first metric of the clause."""
        return self.metrics[0] if self.metrics else None

    @property
    def body(self) -> str:
        """Folded, from behind connective, subject, modal and adverbs."""
        return fold(self.words[self.opened.at :])


def grouped(text: str, sentence: Sequence[Clause], mode: Mode, dense: bool) -> list[Group]:
    """The groups of one sentence in order; clauses that neither promise nor report are in none.

    dense: the document is a plan or a ledger, where a figure or a day without a verb is a promise too.
    """
    groups: list[Group] = []
    held: list[_Read] = []
    subject: Span | None = None
    for read in _read(text, sentence, mode, dense):
        subject = read.subject or subject
        if read.role == "prepares" and groups and not held and _PAIRED.match(read.words):
            groups[-1].add(read.clause, read.opened)  # 既…，又…
        elif read.role == "prepares":
            if (
                read.hard
                and held
                and not held[-1].hard
                and held[-1].opened.verb
                and not _TIME_ONLY.match(held[-1].words)
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
            groups[-1].metrics += tuple(
                _named_after(groups[-1].metrics[-1], metric) for metric in read.metrics
            )
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


def _stands(held: Sequence[_Read]) -> bool:
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


def _made(reads: Sequence[_Read], subject: Span | None) -> Group:
    return Group(
        [read.clause for read in reads],
        [read.opened for read in reads],
        len(reads) - 1,
        subject,
        any(read.subject is not None for read in reads),
        next((read.metrics for read in reversed(reads) if read.metrics), ()),
        reads[-1].role == "review",
    )


def _read(text: str, sentence: Sequence[Clause], mode: Mode, dense: bool) -> list[_Read]:
    """The clauses of a sentence, each with its role; labels (牵头单位：…) are left out."""
    reads: list[_Read] = []
    start, end = sentence[0].span.start, sentence[-1].span.end
    labels = [Span(start + a, start + b) for a, b in owners.label_spans(text[start:end])]
    passed = 0
    for index, clause in enumerate(sentence):
        words = text[clause.span.start : clause.span.end]
        while passed < len(labels) and labels[passed].end <= clause.span.start:
            passed += 1
        if passed < len(labels) and labels[passed].start < clause.span.end:
            continue
        opened = opening(words)
        measured = _measured(text, clause, mode != "review")
        last = index == len(sentence) - 1
        read = _Read(clause, words, opened, last, _subject_of(words, clause, opened), measured)
        after = text[sentence[index + 1].span.start : sentence[index + 1].span.end] if not last else ""
        read.role = _role(read, mode, dense, after)
        reads.append(read)
    if mode == "plan" and sum(read.metric is not None and read.role == "plan" for read in reads) >= _LISTED:
        for read in reads:
            if (
                read.role == "none"
                and _STATE.search(fold(read.words))
                and not _NARRATES.search(fold(read.words))
            ):
                read.role = "plan"
    return reads


def _measured(text: str, clause: Clause, promise: bool) -> tuple[Metric, ...]:
    """The metrics of a clause. One (召开一次, 拿出一批) measures nothing, nor does what a promise adds to last year's figure."""
    found = [
        metric
        for metric in metrics(text, clause.span, promise=promise)
        if not (metric.value in ("一", "1") and metric.unit in _ONCE)
    ]
    compared = promise and _COMPARED.search(text, clause.span.start, clause.span.end)
    if compared:
        found = [metric for metric in found if metric.comparator not in ("increase", "decrease")] or (
            [] if compared.start() == clause.span.start else found
        )
    return tuple(found)


def _subject_of(words: str, clause: Clause, opened: Opening) -> Span | None:
    name = owners.named(words)
    if opened.subject is not None and name is None:
        return Span(clause.span.start + opened.subject[0], clause.span.start + opened.subject[1])
    if name is not None:
        start = words.find(name)
        return Span(clause.span.start + start, clause.span.start + start + len(name))
    asked = owners.addressed(words)
    return Span(clause.span.start + asked[0], clause.span.start + asked[1]) if asked else None


def _role(read: _Read, mode: Mode, dense: bool, after: str) -> Role:
    """What a clause that stands by itself does."""
    opened, words = read.opened, fold(read.words)
    tense = clause_tense(read.words)
    if (
        mode in ("problem", "review")
        and not _SEES.search(words)
        and (
            (opened.modal and (read.subject is not None or opened.head == 0))
            or (read.subject is not None and _AHEAD.search(words) and tense != "review")
            or (read.metrics and read.metrics[0].comparator in (">=", "<=", "top") and _OBLIGES.search(words))
        )
    ):
        mode = "plan"
    if _prepares(read):
        return "prepares"
    if mode == "problem":
        return "review" if tense == "review" and grammar.PAST.search(words) else "none"
    if mode == "review":
        return (
            "review"
            if (opened.verb or read.metric is not None or tense == "review") and not opened.modal
            else "none"
        )
    body = words[opened.head :]
    if (
        _ANNOUNCES.search(words)
        or _NARRATES.search(body)
        or (after and _NARRATES.match(fold(after)) and not opened.modal)
    ):
        return "none"
    if (
        opened.modal
        or _PROMISES.match(body)
        or _AHEAD.search(words)
        or (mode == "plan" and _OBLIGES.search(body))
    ):
        return "plan"
    if tense == "review" and not dense and (mode != "plan" or grammar.PAST.search(words)):
        return "review"
    if read.metric is not None:
        return "plan" if mode == "plan" or dense or opened.verb else "none"
    if opened.verb and (opened.subject is None or mode == "plan" or dense):
        return "plan"
    if mode == "plan" and (_HANDLES.match(words[opened.at :]) or _EFFORT.search(words)):
        return "plan"
    if read.subject is not None and mode in ("plan", "open") and _SUBJECT_ACTS.search(words[opened.at :]):
        return "plan"
    return "plan" if dense and _HAS_DAY.search(words) else "none"


_AHEAD = re.compile(
    r"^(?!.*(?:了|已|未|没)).*(?:(?:[年月季度]|月底|\d日|年底|年末|季度末)[之以]?前(?![三几两\d])|年底前|月底前|年内|(?:[半每][两二个\d]*|每[半两二三]?个?)[年月周季日天])"
    r"|^.{2,24}?(?<![不只重主需])(?:必须|不得|一律|不能再|必将|要(?=在|把|向|对|于|进|达|确|力|加|抓|完|建|做|比|有|按|列|提前|全部|逐|与|同|从|以|优|重|保持))"
)
"""A day ahead, a recurrence or an obligation behind any subject: a promise, whoever speaks."""
_HANDLES = re.compile(
    r"(?:把|将)(?!来|军|要|士)|对.{2,30}(?:依法|严肃|严厉|从严|一律|坚决|实行|进行|开展|加强|给予|予以|逐)"
)
_EFFORT = re.compile(r"(?:下功夫|见成效|求突破|有作为|出实招|上(?:新)?台阶|求实效|做文章|下力气)$")
_OBLIGES = re.compile(
    r"^[^，。；的是]{2,20}(?<![不只重主需纲摘概首])(?:都|也|还|均|就)?(?:要(?![求点素件闻务义道么是])|必须|应当|应该)"
)
_STATE = re.compile(r"(?:同步|平衡|改善|下降|提高|提升|稳定|增长|优化|提质|巩固|合理区间|向好)$")
_SUBJECT_ACTS = re.compile(
    r"^(?:[^，。；]{0,12}?(?:前|内|起))?(?:对|把|将|按|由|负|逐|每|派|报|盯|提供|审|核|组织|牵头|负责|会同|配合|督促|指导|不再|做|写|交|集中|二次)"
)
_SEES = re.compile(r"看到|认识|清醒|正视|承认|指出|感谢|说|知道|明白|需要")
_HAS_DAY = re.compile(
    r"[年月日季度周](?:底|末|内)?前|年内|月底|每[年月周季日天半]|当[日天]|以内|到位|不[得予能]|一律|全部"
)


def _prepares(read: _Read) -> bool:
    """Whether a clause only prepares the next one; sets `hard` where it could never stand by itself."""
    if read.last or read.clause.mark not in "，":
        return False
    words = fold(read.words)
    if _TIME_ONLY.match(words) or owners.named(read.words) is not None:
        read.hard = True
        return True
    body = words[read.opened.at :]
    start = words[read.opened.head :] if read.opened.subject is None and not read.opened.modal else body
    for opening_words in (start, body):
        if _HARD.match(opening_words) and (
            _PREPARED_END.search(words) or not _DOES.search(opening_words[1:])
        ):
            read.hard = True
            return True
        if opening_words.startswith("对") and not _DOES.search(opening_words):
            read.hard = True
            return True
    return _SOFT.match(body) is not None and read.metric is None


def _follows(group: Group, read: _Read) -> bool:
    """Whether a clause that promises nothing belongs to the row before it."""
    narrates = _NARRATES.search(fold(read.words)[read.opened.head :])
    return group.clauses[-1].mark in "，" and read.subject is None and not read.opened.modal and not narrates


def _carries_on(group: Group, read: _Read) -> bool:
    """Whether a clause is a further figure of the indicator before it: …达126万亿元，增长5.2%."""
    adjacent = group.clauses[-1].mark in "，" and bool(group.metrics) and bool(read.metrics)
    return adjacent and _FURTHER.match(fold(read.words)) is not None


def _named_after(before: Metric, metric: Metric) -> Metric:
    """A metric whose clause leaves out the indicator, named after the one before it."""
    change = _CHANGE.match(metric.name)
    if change is None or change.end() < len(metric.name):
        return metric
    topic = _LEVEL.sub("", before.name)
    return replace(metric, name=f"{topic}{metric.name}"[-LONGEST_NAME:])


def _continues(group: Group, read: _Read, before: int) -> bool:
    """Whether a clause that could stand by itself belongs to the row before it; before: how many rows its sentence has."""
    if group.clauses[-1].mark not in "，" or read.subject is not None or read.metrics:
        return False
    if group.review != (read.role == "review"):
        return False
    main = group.openings[group.main]
    if read.opened.modal not in ("又要", "也要", "还要", "不能", ""):
        return False
    if _AHEAD.search(fold(read.words)):
        return _ENDS_BY.fullmatch(fold(read.words)) is not None
    words = fold(read.words)[read.opened.head :]
    if read.last and before >= _MANY and _OUTCOME.search(words):
        return False
    if _RESULT.match(words) or _RESULT.match(read.body):
        return True
    if words.startswith("确保"):
        return before < _MANY and not _HAS_DAY.search(words)
    gained = len(group.clauses) - group.main > 1
    if _DRIVE.match(read.body):
        return (
            read.last and not gained and read.opened.verb != main.verb and not _OBJECT_OF_TASK.search(words)
        )
    if _GAIN.match(read.body) and read.opened.verb != main.verb:
        return not gained and (not read.last or before < _MANY or not _MANNER.match(words))
    if _IDIOMS.fullmatch(words) or _IDIOMS.fullmatch(read.body):
        return True
    return len(words) <= (_SHORT if read.last else _SHORTEST) and not _PROMISES.match(words)
