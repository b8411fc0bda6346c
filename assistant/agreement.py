"""Whether one claim says what its quotes say: the same figures, times, bounds, names and negations, bound to the same things.

Everything here errs towards "no": a claim that is left out costs a sentence, and the quoting answer can stand in; a claim
that is wrong costs trust. A source is one quote with the headings and title above it, which speeches rely on for the year
and the place; only those two may come from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from assistant.figures import Figure, Time, figures, plain, times
from corpus.places import place_names
from corpus.text import bigrams

SUPPORT = 0.5  # share of a claim's bigrams that its quotes must hold
CLAUSE_SUPPORT = 0.34  # the same for each clause of three bigrams or more
_ROLE = "牵头|负责|配合|主办|协办|督导|参与|落实"
_FIGURE_ENDS = r"[\d%‰户家件项个名次台条人元吨斤亩位份所场期起批倍上下内右]"
_CLAUSE = re.compile(
    rf"[,;。:!?\n]+|(?<={_FIGURE_ENDS})、(?=[一-鿿]{{2}})|(?:(?<=牵头)|(?<=负责)|(?<=配合)|(?<=主办))、"
)
_GENERIC = re.compile(
    r"达到|实现|完成|确保|力争|争取|保持|控制在|不得?低于|不得?少于|不得?超过|不得?高于|至少|最少|最多|超过|突破|以上|以下|以内|左右|目标|要求|全年|"
    r"今年|分别|累计|根据|按照|资料|原文|写作|写的是|显示|指出|提出|提到|明确|规定|[的了要在和与及为是将达约均共到由对并等把被从以向其中也还都,、]"
)
_MASK = re.compile(r"(?<![a-z])[x×]{1,6}(?![a-z])|\*+|…{2,}|○{2,}|_{2,}")
_THE_FIGURE = r"(?:具体|这一|该|此|其|两个|相关|的)*(?:数字|数值|名称|数据|内容|名次|件数|项数|字)?"
_REMARK = re.compile(
    rf"(?:原文|资料|文中|材料)?[中里]?{_THE_FIGURE}(?:原文|资料)?中?[均都已被也]*(?:[以用][“\"]?[x×*…○_]+[%个件家]?号?[”\"]?)?"
    rf"(?:隐去|遮盖|脱敏|屏蔽|掩去|未公开|(?<=[x×*…○_”\"号])(?:代替|代指|表示))了?{_THE_FIGURE}|"
    r"(?:因此|所以|故)?(?:无法|不能)(?:得知|确定|给出|知道|判断)(?:具体)?(?:数字|数值)?"
)
_LONGEST_REMARK = 8  # characters left of a clause that does no more than say that something is masked
_QUOTED = re.compile(r"[“‘「『\"《]([^“”‘’「」『』\"《》]{1,60})[”’」』\"》]")
_LATIN = re.compile(r"[a-z][a-z0-9.+_/-]*")
_LITERAL = re.compile(
    r"今年|去年|上年|明年|后年|前年|当年|近年来|同期|每[年月周天日]|每半年|每季度|每两年|“?十[一二三四五]五”?|全部|所有|全覆盖|一律|唯一|首次|首个|首批|仅|只有|部分|"
    r"力争|争取|确保|保证|预计|原则上|国家级|省级|市级|县级|全国|全省|全市|全县|全区|最[高低大小多少好先后早晚]|翻[一两]番|一半|半数|定期|随时|及时|立即|同比|环比|人均|平均"
)
_CONTEXTUAL = frozenset(["全国", "全省", "全市", "全县", "全区"])
_SAME_WORD = [
    (re.compile(r"每个(?=[月季周])|[按逐](?=[月季周年日天](?!期|照))"), "每"),
    (re.compile(r"每季(?!度)"), "每季度"),
    (re.compile(r"每一(?=[年月周天])"), "每"),
]
_NO_NEGATION = re.compile(
    r"不(?:断|仅|但|同|论|管|久|愧|妨|锈|动产|只|光|单|乏|少(?!于))|无(?:论|人机|缝|锡|线)|非(?:常|遗|公)|未(?:来|成年)|没(?:收|落)|零(?:售|食|部件|距离)|"
    r"不得?(?:低于|少于|小于|超过|高于|大于|多于|足|到)(?=[0-9一二两三四五六七八九十百])|能否|是否"
)
_NEGATION = re.compile(
    r"不得|不准|不许|不能|不可|不予|不再|不要|严禁|禁止|杜绝|严防|防止|避免|尚未|并未|从未|未能|未曾|没有|零(?=[一-鿿])|[不未无没非勿莫]"
)
_DONE = re.compile(r"(?<![而早])已(?!知)|(?<![为除])了(?!解|望|然|如)")
_PLANNED = re.compile(r"要(?!求|素|点|件|闻|害|务|地|领)|力争|争取|确保|计划|将(?!近)|拟|目标|预计|打算")
_OPPOSED = [
    (
        re.compile(r"增长|提高|提升|上升|增加|扩大|新增|增幅"),
        re.compile(r"下降|降低|减少|压缩|缩减|下滑|回落|压减|降幅"),
    ),
    (re.compile(r"力争|争取"), re.compile(r"确保|保证")),
    (re.compile(r"牵头|主办"), re.compile(r"配合|协办|协助")),
    (re.compile(r"允许|可以|鼓励|支持"), re.compile(r"禁止|严禁|不得|限制")),
    (re.compile(r"优于|领先"), re.compile(r"劣于|落后")),
]
_UNIT_NAME = re.compile(r"[局厅委办科处所院队组]$|办公室$|中心$|公司$|政府$|协会$|学会$|部门$|专班$")
_LEVEL = re.compile(r"(?<!城)(省|市|县|区|国家|总)(市场监|局|政府|委(?![员托]))")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾韦夏付方"
    "白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_OPENING = re.compile(r"^(?:是的|对|可以|会|有)[,。]")


@dataclass(frozen=True)
class Clause:
    """A clause of a plain text with what it holds. grams are the bigrams of its words, without figures and common verbs."""

    text: str
    grams: frozenset[str]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]


@dataclass(frozen=True)
class Text:
    """A plain text and what is in it."""

    plain: str
    figures: tuple[Figure, ...] = field(init=False)
    times: tuple[Time, ...] = field(init=False)
    clauses: tuple[Clause, ...] = field(init=False)
    grams: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        clauses = tuple(_clause(piece) for piece in _CLAUSE.split(self.plain) if piece)
        for name, value in (
            ("figures", figures(self.plain)),
            ("times", times(self.plain)),
            ("clauses", clauses),
            ("grams", frozenset().union(*(clause.grams for clause in clauses))),
        ):
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Source:
    """A quote as it is compared, with the title (and file name) and headings above it, in plain form, innermost first."""

    quote: Text
    context: tuple[str, ...] = ()

    @property
    def years(self) -> frozenset[int]:
        """The years that may be said of this quote though it names none: those of the nearest heading that names some."""
        if re.search(r"去年|上年|上一年|明年|后年|前年|次年", self.quote.plain) or any(
            time.year for time in self.quote.times
        ):
            return frozenset()
        for heading in self.context:
            found = frozenset(time.year for time in times(heading) if time.year)
            if found:
                return found
        return frozenset()


def source(quote: str, title: str = "", path: Sequence[str] = ()) -> Source:
    """A source from the words of a citation; path is outermost first."""
    return Source(_text(_same_words(plain(quote))), tuple(plain(part) for part in (*reversed(path), title)))


def disagreement(claim: str, sources: Sequence[Source]) -> str:
    """Why the claim may not be shown, in one word for the tests and the log; "" when it agrees with its sources."""
    words, masked = _without_remarks(_OPENING.sub("", _same_words(plain(claim))))
    if masked and not any(_MASK.search(one.quote.plain) for one in sources):
        return "mask"
    said = _text(words)
    if masked and not words.strip("()“”"):
        return ""
    for reason, check in _CHECKS:
        if not check(said, sources):
            return reason
    return ""


def _without_remarks(text: str) -> tuple[str, bool]:
    """A plain claim without what it says about masking, which no quote says of itself, and whether it said that."""
    kept = []
    for clause in re.split(r"(?<=[,;。:!?])", text):
        rest = _REMARK.sub("", clause)
        told = re.sub(r"[,;。:!?()]", "", rest)
        if (
            rest == clause
            or len(told) > _LONGEST_REMARK
            or figures(told)
            or _LATIN.search(_MASK.sub("", told))
        ):
            kept.append(rest)
    words = "".join(kept).strip(",;。:")
    return words, _REMARK.search(text) is not None


def shared(claim: str, one: Source) -> float:
    """The share of the claim's bigrams that one source holds, 0..1."""
    grams = _text(_same_words(plain(claim))).grams
    return len(grams & one.quote.grams) / len(grams) if grams else 0.0


@lru_cache(maxsize=512)
def _text(text: str) -> Text:
    return Text(text)


def _same_words(text: str) -> str:
    for pattern, word in _SAME_WORD:
        text = pattern.sub(word, text)
    return text


def _clause(text: str) -> Clause:
    held, when = figures(text), times(text)
    return Clause(text, _grams(text, (*held, *when)), held, when)


def _grams(text: str, items: Sequence[Figure | Time] = ()) -> frozenset[str]:
    characters = list(text)
    for item in items:
        characters[item.start : item.end] = " " * (item.end - item.start)
    words = _GENERIC.sub(" ", "".join(characters))
    return frozenset(gram for gram in bigrams(words) if len(gram) == 2 and not gram.isascii())


def _times_agree(said: Text, sources: Sequence[Source]) -> bool:
    return all(any(_dated(time, one) for one in sources) for time in said.times)


def _dated(time: Time, one: Source) -> bool:
    if any(_same_time(time, other, one.years) for other in one.quote.times):
        return True
    return time.bare_year and time.year in one.years


def _same_time(time: Time, other: Time, years: frozenset[int]) -> bool:
    """Whether a claim's time says no more and nothing else than a quote's; only a year and a day may be left out."""
    same_year = time.year is None or time.year == other.year or (other.year is None and time.year in years)
    if time.bare_year and other.year == time.year:
        return not other.part and not other.bound
    exact = (time.month, time.part, time.bound) == (other.month, other.part, other.bound)
    return same_year and exact and (time.day == other.day or (time.day is None and not other.bound))


def _figures_agree(said: Text, sources: Sequence[Source]) -> bool:
    return all(
        any(figure.same(other) for one in sources for other in one.quote.figures)
        and _counted(said, figure, sources)
        for figure in said.figures
    )


def _counted(said: Text, figure: Figure, sources: Sequence[Source]) -> bool:
    """Whether what is counted by 个 (12个乡镇) is named in a quote that holds the figure."""
    noun = re.match(r"[一-鿿]{2}", said.plain[figure.end :])
    if figure.unit != "个" or noun is None or _GENERIC.search(noun.group()):
        return True
    return any(
        noun.group() in one.quote.plain and any(figure.same(other) for other in one.quote.figures)
        for one in sources
    )


def _masks_agree(said: Text, sources: Sequence[Source]) -> bool:
    collapsed = [_MASK.sub(_collapsed, one.quote.plain) for one in sources]
    rest = _MASK.sub(_collapsed, said.plain)
    return all(any(mask in text for text in collapsed) for mask in re.findall(r"¤.[^,。;:、!?)”¤]?", rest))


def _collapsed(mask: re.Match[str]) -> str:
    return f"¤{mask.group()[0]}"


def _names_agree(said: Text, sources: Sequence[Source]) -> bool:
    around = ["\n".join((one.quote.plain, *one.context)) for one in sources]
    bare = [re.sub(r"[“”‘’「」『』\"《》]", "", text) for text in around]
    for name in (*_QUOTED.findall(said.plain), *place_names(said.plain), *_proper(said.plain)):
        if not any(name in text for text in bare):
            return False
    text = _MASK.sub(" ", said.plain)
    return _levels_agree(said.plain, [one.quote.plain for one in sources]) and all(
        any(word in words for words in around) for word in _LATIN.findall(text)
    )


def _levels_agree(text: str, around: Sequence[str]) -> bool:
    """Whether no 省局 is told as 县局: a level before a body that the quotes know under another level only."""
    for match in _LEVEL.finditer(text):
        levels = {
            found.group(1) for words in around for found in _LEVEL.finditer(words) if found[2] == match[2]
        }
        if levels and match[1] not in levels:
            return False
    return True


@lru_cache(maxsize=512)
def _proper(text: str) -> tuple[str, ...]:
    """The persons, places and organisations that the segmenter finds in a plain text; a person only by a common surname."""
    found: list[str] = []
    last, kind = "", ""
    for word, tag in _segmenter().tag(text):
        if kind == "nr" and last in _SURNAMES:
            found.append(last + word)
        elif (tag.startswith("nr") and word[0] in _SURNAMES and len(word) in (2, 3)) or (
            tag.startswith(("ns", "nt")) and len(word) > 1
        ):
            found.append(word)
        elif tag.startswith(("n", "j")) and _UNIT_NAME.search(word):
            found.append(last + word if len(word) == 1 or kind[:1] == "n" or kind == "vn" else word)
        last, kind = word, tag
    return tuple(found)


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    import rjieba

    return rjieba.Jieba()


def _words_agree(said: Text, sources: Sequence[Source]) -> bool:
    for word in _LITERAL.findall(said.plain):
        bare = word.strip("“”")
        around = [one.quote.plain for one in sources]
        if bare in _CONTEXTUAL:
            around += [heading for one in sources for heading in one.context]
        if not any(bare in text for text in around):
            return False
    return True


def _aspect_agrees(said: Text, sources: Sequence[Source]) -> bool:
    """What is planned is not told as done, nor the other way round; judged on the clauses that the claim's resemble."""
    for clause in said.clauses:
        resembling = _resembling(clause, sources)
        if not resembling:
            continue
        done = [bool(_DONE.search(other.text)) for other in resembling]
        planned = [bool(_PLANNED.search(other.text)) for other in resembling]
        if _DONE.search(clause.text) and not any(done) and any(planned):
            return False
        if _PLANNED.search(clause.text) and not any(planned) and any(done):
            return False
    return True


def _directions_agree(said: Text, sources: Sequence[Source]) -> bool:
    whole = "\n".join(one.quote.plain for one in sources)
    for clause in said.clauses:
        resembling = _resembling(clause, sources)
        for pair in _OPPOSED:
            for this, that in (pair, pair[::-1]):
                if not this.search(clause.text):
                    continue
                if not this.search(whole) and that.search(whole):
                    return False
                if resembling and all(
                    that.search(other.text) and not this.search(other.text) for other in resembling
                ):
                    return False
    return True


def _resembling(clause: Clause, sources: Sequence[Source]) -> list[Clause]:
    """The clauses of the sources that share the most bigrams with one of a claim; more than one on a tie, none without any.

    Where the claim's clause has a figure or a time, only clauses with the same come into question, if there are any.
    """
    others = [other for one in sources for other in one.quote.clauses]
    others = [
        other
        for other in others
        if any(_holds_figure(figure, other) for figure in clause.figures)
        or any(_holds_time(time, other) for time in clause.times)
    ] or others
    most = max((len(clause.grams & other.grams) for other in others), default=0)
    return [other for other in others if most and len(clause.grams & other.grams) == most]


def _negations(text: str) -> list[tuple[str, str]]:
    """Each negation's following two characters, and all that follows it in the clause."""
    kept = _NO_NEGATION.sub(lambda match: "□" * len(match.group()), text)
    found = []
    for match in _NEGATION.finditer(kept):
        rest = text[match.end() :]
        found.append((rest[:2], rest))
    return found


def _negations_agree(said: Text, sources: Sequence[Source]) -> bool:
    for clause in said.clauses:
        resembling = _resembling(clause, sources)
        claimed = _negations(clause.text)
        if not resembling:
            if claimed:
                return False
            continue
        if not any(_same_polarity(clause, claimed, other) for other in resembling):
            return False
    return True


def _same_polarity(clause: Clause, claimed: list[tuple[str, str]], other: Clause) -> bool:
    given = _negations(other.text)
    for following, _ in claimed:
        if not following or not any(following in rest for _, rest in given):
            return False
    for following, rest in given:
        touched = _grams(following) & clause.grams or _grams(rest) & clause.grams
        if touched and not any(word == following or word in rest for word, _ in claimed):
            return False
    return True


def _figures_bound(said: Text, sources: Sequence[Source]) -> bool:
    """Whether each figure stands with the words that it stands with in a quote, where a rival of the same unit is near."""
    return all(
        _at_home(said, index, sources, partial(_holds_figure, figure), partial(_has_unit, figure.unit), -1)
        for index, clause in enumerate(said.clauses)
        for figure in clause.figures
    )


def _times_bound(said: Text, sources: Sequence[Source]) -> bool:
    """The same for times, which stand before their words."""
    return all(
        _at_home(said, index, sources, partial(_holds_time, time), _has_time, 1)
        for index, clause in enumerate(said.clauses)
        for time in clause.times
        if not (time.bare_year and any(time.year in one.years for one in sources))
    )


def _holds_figure(figure: Figure, clause: Clause) -> bool:
    return any(figure.same(known) for known in clause.figures)


def _has_unit(unit: str, clause: Clause) -> bool:
    return any(figure.unit == unit for figure in clause.figures)


def _holds_time(time: Time, clause: Clause) -> bool:
    years = frozenset([time.year] if time.year else [])
    return any(_same_time(time, known, years) for known in clause.times)


def _has_time(clause: Clause) -> bool:
    return bool(clause.times)


def _owners_bound(said: Text, sources: Sequence[Source]) -> bool:
    role = re.compile(_ROLE)
    for clause in said.clauses:
        roles = frozenset(role.findall(clause.text))
        for name in _proper(clause.text) if roles else ():
            homes = [
                frozenset(role.findall(other.text))
                for one in sources
                for other in one.quote.clauses
                if name in other.text
            ]
            if homes and any(homes) and not any(roles & home for home in homes):
                return False
    return True


def _at_home(
    said: Text,
    index: int,
    sources: Sequence[Source],
    holds: Callable[[Clause], bool],
    rivals: Callable[[Clause], bool],
    step: int,
) -> bool:
    """Whether some clause that holds the item shares with the claim's clause what no rival's clause shares better."""
    asked = _around(said.clauses, index, rivals, step)
    homes, others = [], []
    for one in sources:
        for at, clause in enumerate(one.quote.clauses):
            if holds(clause):
                homes.append(_around(one.quote.clauses, at, rivals, step))
            elif rivals(clause):
                others.append(_around(one.quote.clauses, at, rivals, step))
    return not homes or any(
        all(asked & home - other or not asked & other - home for other in others) for home in homes
    )


def _around(
    clauses: Sequence[Clause], index: int, rivals: Callable[[Clause], bool], step: int
) -> frozenset[str]:
    """The words of a clause and of its neighbours in one direction, up to the next that has a rival."""
    grams = set(clauses[index].grams)
    at = index + step
    while 0 <= at < len(clauses) and not rivals(clauses[at]) and (step < 0 or len(grams) < 2):
        grams |= clauses[at].grams
        at += step
    return frozenset(grams)


def _ordered(said: Text, sources: Sequence[Source]) -> bool:
    """Figures told 分别 come in the order of a quote."""
    for clause in said.clauses:
        if "分别" not in clause.text:
            continue
        told = [(figure.value, figure.unit) for figure in clause.figures]
        if not any(_is_within(told, [(f.value, f.unit) for f in one.quote.figures]) for one in sources):
            return False
    return True


def _is_within(part: Sequence[object], whole: Sequence[object]) -> bool:
    rest: Iterator[object] = iter(whole)
    return all(any(item == other for other in rest) for item in part)


def _supported(said: Text, sources: Sequence[Source]) -> bool:
    """Whether the words of the claim are, by and large, those of its quotes."""
    known = frozenset().union(
        *(one.quote.grams for one in sources), *(_grams(c) for one in sources for c in one.context)
    )
    if not said.grams:
        return bool(said.figures or said.times or _MASK.search(said.plain))
    return len(said.grams & known) >= SUPPORT * len(said.grams) and all(
        len(clause.grams) < 3 or len(clause.grams & known) >= CLAUSE_SUPPORT * len(clause.grams)
        for clause in said.clauses
    )


_CHECKS: tuple[tuple[str, Callable[[Text, Sequence[Source]], bool]], ...] = (
    ("time", _times_agree),
    ("figure", _figures_agree),
    ("mask", _masks_agree),
    ("name", _names_agree),
    ("word", _words_agree),
    ("negation", _negations_agree),
    ("direction", _directions_agree),
    ("aspect", _aspect_agrees),
    ("figure elsewhere", _figures_bound),
    ("time elsewhere", _times_bound),
    ("role elsewhere", _owners_bound),
    ("order", _ordered),
    ("unsupported", _supported),
)
