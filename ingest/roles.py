"""What each clause of a sentence does: promise, report, prepare the next one, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.commitment import Metric
from corpus.document import Span
from corpus.text import fold
from ingest import grammar, owners
from ingest.metrics import metrics
from ingest.openings import Opening, opening
from ingest.prose import Clause
from ingest.tense import Mode, clause_tense

Role = Literal["plan", "review", "prepares", "none"]

TIME_ONLY = re.compile(
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
NARRATES = re.compile(
    r"^(?:才[能会]|这|那(?!么)|其(?!中)|它|该项|此(?!外|次)|我|有的|有些|一些|许多|不少|很多|如果|只有|只要|虽然|尽管|由于|因为|正如|据|随着|事实上|实践证明|可以说|应该说|总的来看|总体|概括起来|所谓|什么|怎么|为什么|更不用说|即使|甚至)|"
    r"^(?:也|都|更|还|又|就|不仅|既|正|便|才|不|并不|并非)?(?:是(?!要|必须)|为了|等于|意味着|说明|表明|关系到|事关|有助于|有利于)|^.{1,24}(?<![不只若凡就也但可还或于总])是(?!否|要|必须)|决定因素|关键在|重在|贵在|在于"
)
_ANNOUNCES = re.compile(
    r"(?:以下|下面|下列|如下|这|上述)[^，。]{0,10}(?:工作|方面|任务|意见|要求|几点|措施|问题|原则)|[讲谈说提][^，。]{0,6}[几一二三四五六七八九两\d][点个]"
)
PROMISES = re.compile(r"(?:确保|力争|争取|努力(?:实现|做到|争取))")
_LISTED = (
    2  # figures in a sentence that make it a list of targets, where a state (国际收支基本平衡) is one too
)
_COMPARED = re.compile(
    r"[比较](?:上年|去年|\d{4}年)(?:年初)?(?:预算|实际|执行)?(?:数)?(?:增加|增长|减少|下降|提高|扩大|多)"
)
_MAY_MEASURE = re.compile(
    r"[\d零〇一二两三四五六七八九十百千万亿半几XxＸｘ×*＊○…]|更多|排名|位次|名次|排位|数量|总量|[件户家]数|拥有量|覆盖|前列|首位|榜首|全部|倍"
)
"""What a clause with a metric holds; most clauses hold none of it."""
_CHARGED = re.compile(r"由?[^，,。；;]{2,24}?(?:共同|统一|具体)?(?:牵头|负责|配合)")
_ONCE = ("次", "遍", "批", "轮", "场", "系列")
AHEAD = re.compile(
    r"^(?!.*(?:了|已|未|没)).*(?:(?:[年月季度]|月底|\d日|年底|年末|季度末)[之以]?前(?![三几两\d])|年底前|月底前|年内|(?:(?<![上下])[半每][两二个\d]*|每[半两二三]?个?)[年月周季日天])"
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
_CAME = re.compile(
    r"^[^，。；]{3,16}?(?:保持|实现|控制在|稳定在|出现|连[增续]|好于|优于|基本平衡|总体平稳|稳中|回落|回升|连年|连增)"
)
"""What came about, said of a subject without a figure, in a review."""
_OPENS_MEETING = re.compile(r"(?:会议|大会|座谈会|这次会)的?(?:主要)?(?:任务|目的|议题|内容)是$")
_SEES = re.compile(r"看到|认识|清醒|正视|承认|指出|感谢|说|知道|明白|需要")
HAS_DAY = re.compile(
    r"[年月日季度周](?:底|末|内)?前|年内|月底|每[年月周季日天半]|当[日天]|以内|到位|不[得予能]|一律|全部"
)


@dataclass
class Read:
    """One clause with what is known of it."""

    clause: Clause
    words: str
    opened: Opening
    last: bool
    subject: Span | None
    metrics: tuple[Metric, ...]
    role: Role = "none"
    hard: bool = False
    listed: bool = False
    charged: bool = False

    @cached_property
    def folded(self) -> str:
        """The words, folded."""
        return fold(self.words)

    @property
    def metric(self) -> Metric | None:
        """The first metric of the clause."""
        return self.metrics[0] if self.metrics else None

    @property
    def body(self) -> str:
        """Folded, from behind connective, subject, modal and adverbs."""
        return self.folded[self.opened.at :]


def read_sentence(text: str, sentence: Sequence[Clause], mode: Mode, dense: bool) -> list[Read]:
    """The clauses of a sentence, each with its role; labels (牵头单位：…) are left out."""
    reads: list[Read] = []
    start, end = sentence[0].span.start, sentence[-1].span.end
    labels = [Span(start + a, start + b) for a, b in owners.label_spans(text[start:end])]
    passed = 0
    carried: str | None = None
    for index, clause in enumerate(sentence):
        words = text[clause.span.start : clause.span.end]
        while passed < len(labels) and labels[passed].end <= clause.span.start:
            passed += 1
        if passed < len(labels) and labels[passed].start < clause.span.end:
            continue
        opened = opening(words)
        measured = _measured(text, clause, mode != "review", carried)
        carried = measured[-1].name if measured else carried
        last = index == len(sentence) - 1
        read = Read(clause, words, opened, last, _subject_of(words, clause, opened), measured)
        after = text[sentence[index + 1].span.start : sentence[index + 1].span.end] if not last else ""
        read.role = _role(read, mode, dense, after)
        reads.append(read)
    if mode == "plan" and sum(read.metric is not None and read.role == "plan" for read in reads) >= _LISTED:
        for read in reads:
            if read.role == "none" and _STATE.search(read.folded) and not NARRATES.search(read.folded):
                read.role, read.listed = "plan", True
    if reads and _OPENS_MEETING.search(reads[0].folded):
        for read in reads:
            read.role = "none"
    return reads


def _measured(text: str, clause: Clause, promise: bool, carried: str | None) -> tuple[Metric, ...]:
    """The metrics of a clause; carried names the indicator before it, for a clause that leaves its own out. One (召开一次, 拿出一批) measures nothing, nor does what a promise adds to last year's figure."""
    if not _MAY_MEASURE.search(text, clause.span.start, clause.span.end):
        return ()
    found = [
        metric
        for metric in metrics(text, clause.span, promise=promise, carried=carried)
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


def _role(read: Read, mode: Mode, dense: bool, after: str) -> Role:
    """What a clause that stands by itself does."""
    opened, words = read.opened, read.folded
    tense = clause_tense(read.words)
    if (
        mode in ("problem", "review")
        and not _SEES.search(words)
        and (
            (opened.modal and (read.subject is not None or opened.head == 0))
            or (read.subject is not None and AHEAD.search(words) and tense != "review")
            or (read.metrics and _OBLIGES.search(words))
        )
    ):
        mode = "plan"
    if _CHARGED.fullmatch(words) and owners.is_body(words):
        read.hard = read.charged = True  # who leads is no act of its own
        return "prepares"
    if _prepares(read):
        return "prepares"
    if mode == "problem":
        happened = tense == "review" and grammar.PAST.search(words)
        return "review" if happened or _CAME.search(words) else "none"
    if mode == "review":
        tells = opened.verb or read.metric is not None or tense == "review" or _CAME.search(words)
        return "review" if tells and not opened.modal else "none"
    body = words[opened.head :]
    if (
        _ANNOUNCES.search(words)
        or NARRATES.search(body)
        or (after and NARRATES.match(fold(after)) and not opened.modal)
    ):
        return "none"
    if (
        opened.modal
        or PROMISES.match(body)
        or AHEAD.search(words)
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
    return "plan" if dense and HAS_DAY.search(words) else "none"


def _prepares(read: Read) -> bool:
    """Whether a clause only prepares the next one; sets `hard` where it could never stand by itself."""
    if read.last or read.clause.mark not in "，":
        return False
    words = read.folded
    if TIME_ONLY.match(words) or owners.named(read.words) is not None:
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
