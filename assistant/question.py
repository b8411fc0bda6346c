"""What a question asks: its kind, its scope, and the words that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.kinds import QUOTED, WANTS, QuestionKind, kind_asked
from assistant.lexicon import simplified
from assistant.measures import counted, measure_asked
from assistant.spelling import in_full
from assistant.timing import Tense, tense_asked
from corpus.text import fold

COUNTED_LIST = 3  # things that a question counts, from which it asks for all of them
ASKS = re.compile(r"多少|几|什么|啥|哪|谁|怎么|如何|怎样|咋|何时|吗|没有|了没|多久|多长|对不对|是不是")
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
    r"多少|百分之几|第几|前几|(?<![哪那这])几(?:个|家|条|次|件|项|分|名|台|万|级|人|类|户|批|所|点|天|年|周|小时|分钟|倍)|名次|排名|位次|比例是|率是|率要|到多"
)
_PAST = re.compile(
    r"了(?:多少|几|没|吗|哪)|已经|去年|取得|完成了|查处了|办了|实际|获评|获得|回顾|共(?:有|计)|成绩|一共"
)
_QUESTION_WORDS = re.compile(
    r"请问|请教|想问|问一下|新人(?:问一下|请教)?|麻烦|帮我?|查一下|把|给我|告诉我|一下|到底|究竟|具体|分别|各自|各|都|"
    r"是不是|是否|有没有|什么时候|啥时候|什么意思|啥意思|什么样|什么|为什么|多少|多久|多长时间|几个|几项|几条|几家|几次|几件|哪[一二三四五六七八九十两几\d]*(?:个|些|项|条|年|天|里|级|方|份|篇|家|种|类|大|块|样|件)?|"
    r"怎么样|怎么|如何|怎样|咋整|咋|谁|几|啥|呢|吗|吧|啊|么|嘛|多(?=高|大|长)|隔多|"
    r"(?:讲话|材料|文件|资料|报告)(?:里|中|上)?(?:提出|要求|说|讲|提到|写)?(?:的|了)?|里面|那段|那句|那几句|部分|内容|"
    r"(?:小|大)?标题|叫法|提法|说法|表述|(?:怎么|如何|咋)[说提写讲列]|同样|同是|不?一样|不同|区别|异同|对比|比较|相比|列的|各自|差在|"
    r"提出|提到|要求|规定|明确|部署|强调|指出|属于|叫做|称为|意思|完整|名称|列出|列举|包括|包含|情况|方面|事情|那些|这些|这个|那个|的是|是"
)
_YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d|[%件户家台名人元个])")
_YEAR_OF_A_DOCUMENT = re.compile(
    r"([一-鿿]{0,6})(?<!\d)((?:19[5-9]|20[0-4])\d)(?=((?:年?(?:和|与|、|及|跟|以及)(?:19|20)\d\d)*年?(?:的|度)?[^，,。；;:：？?、和与跟多几哪了召\s\d]{0,14}?(?:报告(?!期)|讲话|会议|讲评|述职|务虚会|座谈会|工作会|总结(?!了|是)|结账会|推进会|年会)))"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(?:(9\d)|([0-3]\d))年(?!级|内|来|以|后|前|时间|的?期)")
_NOT_THAT_YEAR = re.compile(r"不是(?:19|20)\d\d年?|(?:^|[，,。])就是[^，。？?]*")
_NOT_TO_BE_TAKEN_FOR = re.compile(
    r"[，,。；;]?(?:请?别|不要|勿)[^，,。；;？?]{0,20}(?:混|搞错|弄错|当成|算成|说成)[^，,。；;？?]{0,8}"
)
_ASIDE = re.compile(r"[（(][^（()）]*[）)]\s*$")
_COUNT = re.compile(
    r"哪([一二三四五六七八九十两\d]+)|(?<!第)([二三四五六七八九十]+)(?:个|项|条|大|张|方|级|块|类|件|点|种|样)|“([二三四五六七八九十])(?=[^”]{1,8}”)"
)
_FIGURE_OF_A_PREMISE = re.compile(r"\d[\d.]*\s*(?:万亿|[万亿])?(?:[%％个]|[一-鿿])")
_NO_FIGURE = re.compile(r"(?:19|20)\d\d年?|\d{1,2}月|123[0-9]{2}")


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


def understand(text: str, context: str = "") -> Question:
    """Read one self-contained question, or a part of one whose whole is `context`. What is not recognised is kind general.

    >>> understand("济宁2022年抽检合格率要到多少？").kind
    'target'
    """
    text, context = _NOT_TO_BE_TAKEN_FOR.sub("", in_full(text.strip())), in_full(context)
    folded = simplified(fold(text))
    asked = _ASIDE.sub("", folded)
    whole = simplified(fold(context)) if context else folded
    past = bool(_PAST.search(folded))
    kind = kind_asked(folded, asked, past=past)
    quoted = tuple(term for match in QUOTED.finditer(folded) for term in _terms_in(match.group(1)))
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
        wants=WANTS.get(kind, ()),
        focus=_QUESTION_WORDS.sub(" ", _POINTED.sub(" ", _without_naming(folded))),
        pointed=tuple(match.group(1) for match in _POINTED.finditer(folded)),
        years=years,
        named_years=frozenset(int(year) for _, year, _ in naming),
        named_phrases=tuple(f"{before}{after}" for before, _, after in naming),
        quoted=quoted,
        count=_count(folded),
        premise=bool(re.search(r"吗[?？]?$|吧[?？]?$|是不是|是否|对吗|对不对|对吧|准不准|属实|还会", asked)),
        enumerates=kind in ("list", "definition", "problem")
        or (kind == "general" and _count(folded) >= 2)
        or (_count(folded) >= COUNTED_LIST and kind not in ("responsibility", "deadline"))
        or bool(re.search(r"分别|各(?:是|为)?多少|各(?:说|讲|指)|哪[些几二三四五六七八九十两]|列", folded)),
        past=past,
        numeric=bool(_NUMERIC.search(folded)),
        across=bool(_ACROSS.search(folded)),
        which=bool(_WHICH.search(folded)),
        measure=measure_asked(asked),
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
    if ASKS.search(quoted):
        return []  # “几个一批” is part of the question
    terms = quoted.split("、")
    return terms if len(terms) > 1 and all(len(term) >= 3 for term in terms) else [quoted]


def _count(folded: str) -> int:
    found = _COUNT.search(folded)
    return counted(next(group for group in found.groups() if group)) if found else 0


def figures_of_a_premise(question: Question) -> tuple[str, ...]:
    """The figures that a question asks to confirm (是5870万人吗); () when it asks nothing of the kind. Years are none."""
    if not question.premise:
        return ()
    return tuple(_FIGURE_OF_A_PREMISE.findall(_NO_FIGURE.sub(" ", question.folded)))
