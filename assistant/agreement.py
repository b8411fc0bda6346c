"""Whether one claim says what its quotes say: the same figures, times, bounds, names and negations, bound to the same things.

Everything here errs towards "no": a claim that is left out costs a sentence, and the quoting answer can stand in; a claim
that is wrong costs trust. Headings and title may lend a claim the year and the names that speeches say only once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.binding import figures_bound, nouns_bound, ordered, owners_bound, times_bound
from assistant.figures import Figure, Time, figures
from assistant.names import names_agree, nouns_agree
from assistant.polarity import aspects_agree, directions_agree, negations_agree
from assistant.statements import Source, Text, compared, grams_of, is_common, same_time, source, statement

__all__ = ["Source", "disagreement", "shared", "source"]

SUPPORT = 0.5  # share of a claim's bigrams that its quotes must hold
CLAUSE_SUPPORT = 0.34  # the same for each clause of three bigrams or more
NEAR = 16  # characters after a figure in which what it counts is named
_MASK = re.compile(r"(?<![a-z])[x×]{1,6}(?![a-z])|\*+|…{2,}|○{2,}|_{2,}")
_MASKED = re.compile(r"¤.[^,。;:、!?)”¤以左]{0,2}(?P<bound>以上|以下|以内|左右)?")
_THE_FIGURE = r"(?:具体|这一|该|此|其|两个|相关|的)*(?:数字|数值|名称|数据|内容|名次|件数|项数|字)?"
_REMARK = re.compile(
    rf"(?:原文|资料|文中|材料)?[中里]?{_THE_FIGURE}(?:原文|资料)?中?[均都已被也]*(?:[以用][“\"]?[x×*…○_]+[%个件家]?号?[”\"]?)?"
    rf"(?:隐去|遮盖|脱敏|屏蔽|掩去|未公开|(?<=[x×*…○_”\"号])(?:代替|代指|表示))了?{_THE_FIGURE}|"
    r"(?:因此|所以|故)?(?:无法|不能)(?:得知|确定|给出|知道|判断)(?:具体)?(?:数字|数值)?"
)
_LONGEST_REMARK = 8  # characters left of a clause that does no more than say that something is masked
_LITERAL = re.compile(
    r"今年|去年|上年|明年|后年|前年|当年|近年来|同期|每[年月周天日]|每半年|每季度|每两年|“?十[一二三四五]五”?|全部|所有|全覆盖|一律|唯一|首次|首个|首批|仅|只有|"
    r"力争|争取|确保|保证|预计|原则上|最[高低大小多少好先后早晚]|翻[一两]番|一半|半数|定期|随时|及时|立即|同比|环比|人均|平均"
)
_REACH = re.compile(r"国家级|省级|市级|县级|全国|全省|全市|全县|全区")
_REACHED = re.compile(rf"({_REACH.pattern}).{{0,2}}")
_OPENING = re.compile(r"^(?:是的|对|可以|会|有)[,。]")


def disagreement(claim: str, sources: Sequence[Source]) -> str:
    """Why the claim may not be shown, in a word or two; "" when it agrees with its sources taken together."""
    words, masked = _without_remarks(_OPENING.sub("", compared(claim)))
    if masked and not any(_MASK.search(one.quote.plain) for one in sources):
        return "mask"
    if masked and not words.strip("()“”"):
        return ""
    said = statement(words)
    return next((reason for reason, check in _CHECKS if not check(said, sources)), "")


def shared(claim: str, one: Source) -> float:
    """The share of the claim's bigrams that one source holds, 0..1."""
    grams = statement(compared(claim)).grams
    return len(grams & one.quote.grams) / len(grams) if grams else 0.0


def _without_remarks(text: str) -> tuple[str, bool]:
    """A plain claim without what it says about masking, which no quote says of itself, and whether it said that."""
    kept = []
    for clause in re.split(r"(?<=[,;。:!?])", text):
        rest = _REMARK.sub("", clause)
        told = re.sub(r"[,;。:!?()]", "", rest)
        empty = len(told) <= _LONGEST_REMARK and not figures(told) and not re.search(r"[a-wyz]", told)
        if rest == clause or not empty:
            kept.append(rest)
    return "".join(kept).strip(",;。:"), _REMARK.search(text) is not None


def _times_agree(said: Text, sources: Sequence[Source]) -> bool:
    return all(any(_dated(time, one) for one in sources) for time in said.times)


def _dated(time: Time, one: Source) -> bool:
    if any(same_time(time, other, one.years) for other in one.quote.times):
        return True
    return time.bare_year and time.year in one.years


def _figures_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether each figure is in a quote, bounded alike, as often as it is told, and counting the same."""
    known = [other for one in sources for other in one.quote.figures]
    told = Counter((figure.value, figure.unit) for figure in said.figures)
    given = Counter((figure.value, figure.unit) for figure in known)
    return told <= given and all(
        any(figure.same(other) for other in known) and _counted(said, figure, sources)
        for figure in said.figures
    )


def _counted(said: Text, figure: Figure, sources: Sequence[Source]) -> bool:
    """Whether what is counted by 个 (12个乡镇) is named soon after the figure in a quote."""
    noun = re.match(r"[一-鿿]{2}", said.plain[figure.end :])
    if figure.unit != "个" or noun is None or is_common(noun.group()):
        return True
    return any(
        figure.same(other) and noun.group() in one.quote.plain[other.end : other.end + NEAR]
        for one in sources
        for other in one.quote.figures
    )


def _masks_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether each mask stands in a quote, of the same kind, before the same two characters, and bounded (以上) alike."""
    collapsed = [_MASK.sub(_collapsed, one.quote.plain) for one in sources]
    for mask in _MASKED.finditer(_MASK.sub(_collapsed, said.plain)):
        end = "" if mask["bound"] else r"(?!以上|以下|以内|左右)"
        if not any(re.search(re.escape(mask.group()) + end, text) for text in collapsed):
            return False
    return True


def _collapsed(mask: re.Match[str]) -> str:
    return f"¤{mask.group()[0]}"


def _words_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether words that carry weight (全部, 首次, 力争, 同比 …) are a quote's own; reach (全省, 省级) with what follows it."""
    quotes = [one.quote.plain for one in sources]
    if not all(any(word.strip("“”") in text for text in quotes) for word in _LITERAL.findall(said.plain)):
        return False
    reached = {word for text in quotes for word in _REACH.findall(text)}
    return all(
        any(match.group() in text for text in quotes)
        or reached == {match[1]}
        or (not reached and any(match[1] in heading for one in sources for heading in one.context))
        for match in _REACHED.finditer(said.plain)
    )


def _supported(said: Text, sources: Sequence[Source]) -> bool:
    """Whether the words of the claim are, by and large, those of its quotes."""
    known = frozenset().union(
        *(one.quote.grams for one in sources), *(grams_of(part) for one in sources for part in one.context)
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
    ("name", names_agree),
    ("word", _words_agree),
    ("negation", negations_agree),
    ("direction", directions_agree),
    ("aspect", aspects_agree),
    ("figure elsewhere", figures_bound),
    ("time elsewhere", times_bound),
    ("role elsewhere", owners_bound),
    ("order", ordered),
    ("noun", nouns_agree),
    ("noun elsewhere", nouns_bound),
    ("unsupported", _supported),
)
