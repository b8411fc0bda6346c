"""What a question asks: its kind, its scope, the words that matter, and the parts of a question that asks twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.lexicon import simplified
from assistant.measures import counted, measure_asked
from assistant.timing import Tense, tense_asked
from corpus.text import fold

QuestionKind = Literal[
    "target",
    "deadline",
    "responsibility",
    "figure",
    "measure",
    "status",
    "definition",
    "problem",
    "list",
    "comparison",
    "general",
]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader restricts a question to; an empty set restricts nothing. documents are names, issuers as in the metadata."""

    documents: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    issuers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    text: self-contained, as asked. folded: simplified, half-width, small letters; as long as text. kind: what form the
    answer has. wants: the shapes of answer looked for (figure, time, actor …), in order. focus: the words that the answer
    should share, question words blanked. years: those whose facts are asked. named_years: those that name a document
    (2019年政府工作报告), named_phrases the words that do. quoted (terms in quotation marks), count (members of an asked-for list, or 0).
    premise: a yes/no question whose premise needs checking. enumerates: several members belong in the answer. past: asks for
    what was done. numeric: asks for a number, so that a sentence without one does not answer it. across: which documents say it; which:
    which one document does.
    """

    text: str
    folded: str
    kind: QuestionKind
    wants: tuple[str, ...]
    focus: str
    years: frozenset[int]
    quoted: tuple[str, ...]
    named_years: frozenset[int] = frozenset()
    named_phrases: tuple[str, ...] = ()
    count: int = 0
    premise: bool = False
    enumerates: bool = False
    past: bool = False
    numeric: bool = False
    compares: bool = False
    across: bool = False
    which: bool = False
    measure: str = ""
    tense: Tense = "either"
    context: str = ""
    pointed: tuple[str, ...] = ()

    def as_typed(self, term: str) -> str:
        """A folded term as it stands in the question's text; as it is where it stands nowhere in it."""
        at = self.folded.find(term)
        return self.text[at : at + len(term)] if at >= 0 and len(self.text) == len(self.folded) else term


_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    (
        "comparison",
        re.compile(
            r"区别|异同|一样吗|一样不|不一样|相同|同一(?:项|个|件|笔|回)|(?:什么|啥|何|哪些)不同|不同(?:在|点|之处)|差在哪(?!儿)"
        ),
    ),
    (
        "definition",
        re.compile(
            r"什么意思|啥意思|(?<!为)(?:什么|啥)是(?=[“\"「『《])|各?(?:指|代表)(?:什么|啥)|是指|指的|指哪|指什么|指啥|何谓|什么叫|含义|怎么理解|怎么解释|完整内容|是什么[?？]?$|是啥[?？]?$|是哪[一二三四五六七八九十几\d]+[?？]?$|都是什么|分别是什么|分别是啥"
        ),
    ),
    (
        "comparison",
        re.compile(
            r"区别|不同|异同|一样吗|相同|相比|对比|比较|哪个(?:多|高|大|快|好)|谁(?:多|高|大)|同一(?:项|个|件)|各(?:怎么|是|有|自|要|在|搞|说|包括)"
        ),
    ),
    (
        "problem",
        re.compile(
            r"(?:哪些|什么|啥|哪几个?|有何)[^，。？?]{0,8}(?:问题|不足|毛病|岔子|差距|困难|挑战|隐患|风险)|(?:问题|困难|挑战)(?:是什么|有哪|在哪)|短板|弱项|差在哪|薄弱|难在哪|欠缺|不到位的"
        ),
    ),
    (
        "deadline",
        re.compile(
            r"什么时候|啥时候|何时|哪天|哪一?年|几月|哪个月|几号|多久|多长时间|期限|时限|时间节点|截止|哪个季度|第?几季度|频次|频率|隔多|最迟|最晚|何日|哪一天|几天内|几个工作日|什么时间|时间表|周期|每(?:日|周|月|季度?|年)[^，。？?]{0,12}(?:[一几多]\S?次|[一几]回)"
        ),
    ),
    (
        "responsibility",
        re.compile(
            r"谁|归哪|哪个(?:部门|科室|单位|处室|机构|科|处|局|办)|哪些(?:部门|单位|人|科室)|由哪|责任(?:单位|部门|人|主体|科室)|牵头|哪一?级|主管|归口|分工|职责|该(?:盯|干|管)|哪几方|负责|哪家"
        ),
    ),
    (
        "figure",
        re.compile(
            r"多少|(?<!哪)几(?:个(?!方面|领域|部分)|家|条|次|件(?!事)|项|分|名|台|万|级|人|类|户|批|所|成|块|种|倍|位|天|年|周|小时|分钟)|百分之几|百分比|比例|第几|前几|占比|名次|排名|排位|位次|排第|几率|率是|率要|率达|到多|达到什么|什么(?:等级|水平|名次|位次|程度|等次)|有多(?:高|大)"
        ),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪几|几件事|几个方面|几个领域|有哪|列(?:一下|出|举|全)|都有(?:啥|什么|哪)|名称|包括|几大|哪[二三四五六七八九十两]+"
        ),
    ),
    (
        "measure",
        re.compile(
            r"(?<!情况)怎么|(?<!情况)如何|(?<!情况)怎样|咋|举措|措施|办法|靠什么|靠哪|打算|做法|途径|抓手|怎么办|用什么|采取"
        ),
    ),
    ("status", re.compile(r"进展|完成(?:情况|了)|了没|了吗|有没有|成效|效果|结果|获得|成绩|是否|建了")),
)
_TARGET = re.compile(
    r"目标|要(?:达|到|进|求|实现|完成|提高|下降|控制|保持|多)|力争|争取|计划|预期|不低于|底线|守住|指标|想做到|达到|到多少|进入?全省|要(?:管|形成)"
)
_NAMED_SLOT = re.compile(
    r"(?P<slot>目标|指标|任务|要求|标准|原因|缘由|依据|原则|口号|主题|思路|称号|做法|措施|办法|对策|举措|问题|短板|不足|时限|期限|时间|日期|单位|部门|科室|"
    r"名称|名字|全名|结果|成绩|成效|名次|排名|数字|比例|重点|渠道|条件|职务)(?:各|都|分别|到底|究竟)*(?:是|为|叫|定的是)?(?:什么|啥)"
)
_ASKS_A_TARGET = re.compile(
    r"(?:增速|增长|率|比重|总量|数量|产量)[^，。？?]{0,4}目标[^，。？?]{0,6}(?:怎么|如何|咋)[定设安]|目标(?:分别|各)?(?:怎么|如何|咋)定"
)
_ABOUT_THE_TERM = re.compile(
    r"[”\"」』》][^，。；;？?：:]{0,16}(?:什么|啥|哪|指|含义|怎么|内容|意思)|(?:什么|啥|何谓|叫)[是叫]?[“\"「『《]|[：:]\s*[“\"「『《][^”\"」』》]+[”\"」』》]$"
)
_ASKS_MANY = re.compile(r"分别|各|哪[些几二三四五六七八九十两]|都")
_SLOT_KINDS: dict[str, QuestionKind] = {
    **dict.fromkeys(["目标", "指标"], "target"),
    **dict.fromkeys(["做法", "措施", "办法", "对策", "举措"], "measure"),
    **dict.fromkeys(["问题", "短板", "不足"], "problem"),
    **dict.fromkeys(["时限", "期限", "时间", "日期"], "deadline"),
    **dict.fromkeys(["单位", "部门", "科室"], "responsibility"),
}
"""What a question asks for by name before 是什么: “…的目标是什么” asks no meaning. Other slots are kind general."""
_POINTED = re.compile(r"([^，,。；;：:？?和与]{3,16}?)(?:的)?那(?:个市|个县|个局|篇|次|份|场)")
_ACROSS = re.compile(
    r"哪(?:几|[两二三四五]|些)(?:份|篇|个市|个县|个局|个省|个地方|材料|文件|讲话|报告|地方|市|省|县|局|次会|年的?(?:报告|讲话))|哪两个(?!方面|领域)|(?:哪份|哪篇|哪个市)[^，。？?]{0,16}都"
)
_WHICH = re.compile(r"哪(?:一)?(?:份|篇|个市|个县|个省|个地方|座城市|年的?(?:报告|讲话)|次(?:会|讲话))")
_BARE_TERM = re.compile(
    r"什么(?:是|叫)([一-鿿\d+]{2,10})[?？]?$|([一-鿿\d+]{2,10}?)(?:到底|究竟)?(?:是啥|是什么意思|是什么|什么意思|啥意思|怎么理解|指什么)[?？]?$"
)
_COMPARES = re.compile(r"和|与|跟|分别|各|都|两个|两地|两市|哪几份|哪些材料")
_NUMERIC = re.compile(
    r"多少|百分之几|第几|前几|(?<!哪)几(?:个|家|条|次|件|项|分|名|台|万|级|人|类|户|批|所|点|天|年|周|小时|分钟)|名次|排名|位次|比例是|率是|率要|到多"
)
_PAST = re.compile(
    r"了(?:多少|几|没|吗|哪)|已经|去年|取得|完成了|查处了|办了|实际|获评|获得|回顾|共(?:有|计)|成绩|一共"
)
_QUESTION_WORDS = re.compile(
    r"请问|请教|想问|问一下|新人(?:问一下|请教)?|麻烦|帮我?|查一下|把|给我|告诉我|一下|到底|究竟|具体|分别|各自|各|都|"
    r"是不是|是否|有没有|什么时候|啥时候|什么意思|啥意思|什么样|什么|为什么|多少|多久|多长时间|几个|几项|几条|几家|几次|几件|哪[一二三四五六七八九十两几\d]*(?:个|些|项|条|年|天|里|级|方|份|篇|家|种|类|大|块|样|件)?|"
    r"怎么样|怎么|如何|怎样|咋整|咋|谁|几|啥|呢|吗|吧|啊|么|嘛|多(?=高|大|长)|隔多|"
    r"(?:讲话|材料|文件|资料|报告)(?:里|中|上)?(?:提出|要求|说|讲|提到|写)?(?:的|了)?|里面|那段|那句|那几句|部分|内容|"
    r"叫法|提法|说法|表述|(?:怎么|如何|咋)[说提写讲列]|同样|同是|不?一样|不同|区别|异同|对比|比较|相比|列的|各自|差在|"
    r"提出|提到|要求|规定|明确|部署|强调|指出|属于|叫做|称为|意思|完整|名称|列出|列举|包括|包含|情况|方面|事情|那些|这些|这个|那个|的是|是"
)
_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d|[%件户家台名人元个])")
_YEAR_OF_A_DOCUMENT = re.compile(
    r"([一-鿿]{0,6})(?<!\d)((?:19[5-9]|20[0-4])\d)(?=((?:年?(?:和|与|、|及|跟|以及)(?:19|20)\d\d)*年?(?:的|度)?[^，,。；;:：？?、和与跟多几哪了召\s\d]{0,14}?(?:报告(?!期)|讲话|会议|讲评|述职|务虚会|座谈会|工作会|总结(?!了|是)|结账会|推进会|年会)))"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(?:(9\d)|([0-3]\d))年(?!级|内|来|以|后|前|时间|的?期)")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]\s*$")
_NOT_THAT_YEAR = re.compile(r"不是(?:19|20)\d\d年?|(?:^|[，,。])就是[^，。？?]*")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,30})[”\"」』》]")
_COUNT = re.compile(
    r"哪([一二三四五六七八九十两\d]+)|(?<!第)([二三四五六七八九十]+)(?:个|项|条|大|张|方|级|块|类|件|点)|“([二三四五六七八九十])(?=[^”]{1,8}”)"
)
_WANTS: dict[str, tuple[str, ...]] = {
    "target": ("figure",),
    "figure": ("figure",),
    "deadline": ("time",),
    "responsibility": ("actor",),
    "problem": ("problem",),
}


def understand(text: str, context: str = "") -> Question:
    """Read one self-contained question, or a part of one whose whole is `context`. What is not recognised is kind general.

    >>> understand("济宁2022年抽检合格率要到多少？").kind
    'target'
    """
    text = text.strip()
    folded = simplified(fold(text))
    asked = _ASIDE.sub("", folded)
    kind: QuestionKind = next((name for name, shape in _KINDS if shape.search(asked)), "general")
    if kind == "definition":
        slot = _NAMED_SLOT.search(folded)
        if slot:
            kind = _SLOT_KINDS.get(slot.group("slot"), "general")
        elif _QUOTED.search(folded) and not _ABOUT_THE_TERM.search(folded):
            kind = "list" if _ASKS_MANY.search(folded) else "general"
    whole = simplified(fold(context)) if context else folded
    past = bool(_PAST.search(folded))
    if kind in ("figure", "general") and _TARGET.search(folded) and not past:
        kind = "target"
    if kind in ("list", "measure") and _ASKS_A_TARGET.search(folded):
        kind = "target"
    quoted = tuple(term for match in _QUOTED.finditer(folded) for term in _terms_in(match.group(1)))
    bare = None if quoted or context else _BARE_TERM.match(folded)
    if bare:
        kind, quoted = "definition", (next(filter(None, bare.groups())),)
    pointing = _NOT_THAT_YEAR.sub(" ", _POINTED.sub(" ", folded))
    naming = _YEAR_OF_A_DOCUMENT.findall(folded) or (
        [] if _YEAR.search(folded) else _YEAR_OF_A_DOCUMENT.findall(whole)
    )
    years = _years(_without_naming(pointing)) or _years(_without_naming(whole))
    return Question(
        text=text,
        folded=folded,
        kind=kind,
        wants=_WANTS.get(kind, ()),
        focus=_QUESTION_WORDS.sub(" ", _POINTED.sub(" ", _without_naming(folded))),
        pointed=tuple(match.group(1) for match in _POINTED.finditer(folded)),
        years=years,
        named_years=frozenset(int(year) for _, year, _ in naming),
        named_phrases=tuple(f"{before}{after}" for before, _, after in naming),
        quoted=quoted,
        count=_count(folded),
        premise=bool(re.search(r"吗[?？]?$|吧[?？]?$|是不是|是否|对吗|还会", asked)),
        enumerates=kind in ("list", "definition", "problem")
        or (kind == "general" and _count(folded) >= 2)
        or _count(folded) >= COUNTED_LIST
        or bool(re.search(r"分别|各(?:是|为)?多少|各(?:说|讲|指)|哪[些几二三四五六七八九十两]|列", folded)),
        past=past,
        numeric=bool(_NUMERIC.search(folded)),
        across=bool(_ACROSS.search(folded)),
        which=bool(_WHICH.search(folded)),
        measure=measure_asked(folded),
        tense=tense_asked(folded),
        context=context,
        compares=kind == "comparison" or bool(_COMPARES.search(folded)),
    )


def _without_naming(folded: str) -> str:
    """Folded text with the words blanked that only name a document by its year (2019年政府工作报告); as long as before."""
    for match in _YEAR_OF_A_DOCUMENT.finditer(folded):
        start, length = match.start(2), len(match.group(2)) + len(match.group(3))
        folded = folded[:start] + " " * length + folded[start + length :]
    return folded


def _years(folded: str) -> frozenset[int]:
    """The years in folded text; 98年 and 08年 are years too."""
    short = {1900 + int(old) if old else 2000 + int(young) for old, young in _SHORT_YEAR.findall(folded)}
    return frozenset({int(year) for year in _YEAR.findall(folded)} | short)


def _terms_in(quoted: str) -> list[str]:
    """A quotation of several terms taken apart: “快检、快处” is two."""
    if _ASKS.search(quoted):
        return []  # “几个一批” is part of the question
    terms = quoted.split("、")
    return terms if len(terms) > 1 and all(len(term) >= 3 for term in terms) else [quoted]


MOST_PARTS = 6  # askings of one question that are answered
_TARGET_AND_OUTCOME = re.compile(
    r"(?P<target>[^，,。？?和与跟、]{0,8}(?:目标|预期|计划)[^，,。？?和与跟、]{0,4})(?:和|与|跟|、)(?P<outcome>[^，,。？?]{0,3}(?:实际|结果|完成)[^，,。？?各差]{0,4})"
)
COUNTED_LIST = 3  # things that a question counts, from which it asks for all of them
LEAST_OF_A_PART = 5  # characters
_TOGETHER = re.compile(r"分别|各|比|和|与|跟|同一|[两三]年|哪年")
_BETWEEN_PARTS = re.compile(
    r"[?？；;]|(?<=[少何几谁么吗步])[，,、]|[，,](?=.*(?:多少|几|什么|啥|谁|哪|怎么|咋|如何|何时))"
)
_ASKS = re.compile(r"多少|几|什么|啥|哪|谁|怎么|如何|怎样|咋|何时|吗|没有|了没|多久|多长")


def parts_of(question: Question) -> tuple[Question, ...]:
    """The parts of a question that asks more than once, in its order; only the question itself when it asks once.

    "2023、2024两年分别…" asks once a year; "移送多少件？刑拘了多少人？" asks twice; so does a comma between two askings.
    """
    if len(question.years) >= 2 and _TOGETHER.search(question.folded):
        return tuple(replace(question, years=frozenset({year})) for year in sorted(question.years))
    if len(question.named_years) >= 2:
        return tuple(
            replace(question, named_years=frozenset({year})) for year in sorted(question.named_years)
        )
    whole = "，".join(filter(None, [question.context, question.text]))
    both = _TARGET_AND_OUTCOME.search(question.folded)
    if both:
        return (
            understand(question.text[: both.end("target")] + "是多少", context=question.context),
            understand(
                question.text[: both.start("target")] + both.group("outcome") + "达到了多少", context=whole
            ),
        )
    alternatives = question.text.split("还是")
    if len(alternatives) == 2 and all(len(each) > LEAST_OF_A_PART for each in alternatives):
        return tuple(understand(each, context=whole) for each in alternatives)
    pieces = [piece for piece in _BETWEEN_PARTS.split(question.text) if piece.strip()]
    asking = [piece for piece in pieces if _ASKS.search(simplified(fold(piece))) and len(piece) >= 3]
    if len(asking) < 2:
        return (question,)
    return tuple(understand(piece, context=whole) for piece in asking[:MOST_PARTS])


_ELSEWHERE = re.compile(r"后面|后来|接着|随后|往后|下一步|接下来|前后|对应|针对|对策")


def asks_elsewhere(before: Question, part: Question) -> bool:
    """Whether a part asks for what stands in another sentence than the answer to the part before: another time, or what follows."""
    times = {before.tense, part.tense} == {"report", "plan"} or (
        before.years and part.years and before.years != part.years
    )
    return bool(times or before.named_years != part.named_years or _ELSEWHERE.search(part.folded))


_FIGURE_OF_A_PREMISE = re.compile(r"\d[\d.]*\s*(?:万亿|[万亿])?(?:[%％个]|[一-鿿])")


def figures_of_a_premise(question: Question) -> tuple[str, ...]:
    """The figures that a question asks to confirm (是5870万人吗); () when it asks nothing of the kind. Years are none."""
    if not question.premise:
        return ()
    return tuple(_FIGURE_OF_A_PREMISE.findall(_NO_FIGURE.sub(" ", question.folded)))


_NO_FIGURE = re.compile(r"(?:19|20)\d\d年?|\d{1,2}月|123[0-9]{2}")


def _count(folded: str) -> int:
    found = _COUNT.search(folded)
    return counted(next(group for group in found.groups() if group)) if found else 0
