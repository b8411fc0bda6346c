"""Yes and no, up and down, planned and done: each judged between a claim's clause and the quote's clauses that it resembles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.statements import Clause, Source, Text, holds_figure, holds_time
from corpus.text import bigrams

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
    (re.compile(r"牵头|主办"), re.compile(r"配合|协办|协助")),
    (re.compile(r"允许|可以|鼓励|支持"), re.compile(r"禁止|严禁|不得|限制")),
    (re.compile(r"优于|领先"), re.compile(r"劣于|落后")),
]


def resembling(clause: Clause, sources: Sequence[Source]) -> list[Clause]:
    """The clauses of the sources that share the most bigrams with one of a claim; more than one on a tie, none without any.

    Where the claim's clause has a figure or a time, only clauses with the same come into question, if there are any.
    """
    others = [other for one in sources for other in one.quote.clauses]
    others = [
        other
        for other in others
        if any(holds_figure(figure, other) for figure in clause.figures)
        or any(holds_time(time, other) for time in clause.times)
    ] or others
    most = max((len(clause.grams & other.grams) for other in others), default=0)
    return [other for other in others if most and len(clause.grams & other.grams) == most]


def negations_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether each clause denies what a clause like it denies, and nothing else. 不得 and 严禁, 未 and 没有 are one."""
    for clause in said.clauses:
        others = resembling(clause, sources)
        if not others and _denied(clause.text):
            return False
        if others and not any(_same_polarity(clause, other) for other in others):
            return False
    return True


def _denied(text: str) -> list[str]:
    """What follows each negation in a clause."""
    kept = _NO_NEGATION.sub(lambda match: "□" * len(match.group()), text)
    return [text[match.end() :] for match in _NEGATION.finditer(kept)]


def _same_polarity(clause: Clause, other: Clause) -> bool:
    claimed, given = _denied(clause.text), _denied(other.text)
    if not all(rest and any(rest[:2] in known for known in given) for rest in claimed):
        return False
    said = frozenset(bigrams(clause.text))
    for rest in given:
        touched = said & frozenset(bigrams(rest)) if len(rest) > 1 else rest in clause.text
        if touched and not any(_same_denial(known, rest, clause) for known in claimed):
            return False
        if _affirmed(rest[:2], clause.text, claimed) > max(0, _affirmed(rest[:2], other.text, given)):
            return False
    return True


def _affirmed(words: str, text: str, denied: list[str]) -> int:
    """How often `text` has the words without a negation before them."""
    return text.count(words) - sum(rest.startswith(words) for rest in denied) if words else 0


def _same_denial(known: str, rest: str, clause: Clause) -> bool:
    """Whether a claim denies what its quote denies: the words right after, or later ones where the claim leaves those out."""
    return known[:2] == rest[:2] or (known[:2] in rest and rest[:2] not in clause.text)


def directions_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether no growth is told as a fall, no lead as help, no permission as a ban."""
    whole = "\n".join(one.quote.plain for one in sources)
    return all(
        not this.search(clause.text)
        or (
            (this.search(whole) or not that.search(whole))
            and not _all_opposed(this, that, resembling(clause, sources))
        )
        for clause in said.clauses
        for pair in _OPPOSED
        for this, that in (pair, pair[::-1])
    )


def _all_opposed(this: re.Pattern[str], that: re.Pattern[str], others: Sequence[Clause]) -> bool:
    return bool(others) and all(that.search(other.text) and not this.search(other.text) for other in others)


def aspects_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether what is planned is not told as done, nor the other way round."""
    for clause in said.clauses:
        others = resembling(clause, sources)
        done = any(_DONE.search(other.text) for other in others)
        planned = any(_PLANNED.search(other.text) for other in others)
        if _DONE.search(clause.text) and planned and not done:
            return False
        if _PLANNED.search(clause.text) and done and not planned:
            return False
    return True
