"""What opens a clause, and so what the clause is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from corpus.text import fold
from ingest import grammar, owners

_TIME = re.compile(
    r"(?:(?:到|至|在|于|自|从)?(?:今年|明年|本年|全年|年内|年底前?|年末|上半年|下半年|[一二三四]季度(?:末|底)?(?:前)?|20\d\d年(?:度|底|末|初|上半年|下半年|\d{1,2}月(?:底|末|初|\d{1,2}日)?)?(?:前|之前|以前|内)?|"
    r"\d{1,2}月(?:底|末|初|中旬|上旬|下旬|\d{1,2}日)?(?:前|之前|起)?|每(?:年|月|季度?|周|半年|日|天)(?:底|初|末|前)?|月底前|“?十[三四五六]五”?(?:末|期间|时期)?|当前|目前|近期|现阶段|会后|下阶段|新的一年)(?:以来|期间|里|中(?![央小国西部医心东南型]))?[，、]?)+"
)
_NO_ACTS = frozenset(
    [
        "存在",
        "面临",
        "表示",
        "认为",
        "处于",
        "属于",
        "成为",
        "位于",
        "具有",
        "来自",
        "关系",
        "意味着",
        "有利于",
        "有助于",
        "可以",
        "能够",
        "可能",
        "需要",
        "希望",
        "感到",
        "觉得",
        "知道",
        "看到",
        "看见",
        "听到",
        "表明",
        "说明",
        "反映",
        "显示",
        "得到",
        "受到",
        "取得",
        "获得",
        "荣获",
        "没有",
        "不能",
        "不是",
        "应该",
        "涉及",
        "包括",
        "导致",
        "造成",
        "引起",
        "发生",
        "出现",
        "出台",
        "超过",
        "达到",
        "占",
        "比",
        "增长",
        "下降",
        "召开",
        "经过",
        "回顾",
        "不会",
        "不断",
        "使得",
        "值得",
    ]
)
"""Verbs by the dictionary that do nothing of themselves."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a clause opens. Offsets count from the clause's start.

    head: where connective and time end. subject: the actor's [start, end), or None. modal: the word of obligation, or "".
    verb: the first word of doing behind it, or ""; at: where that stands, behind the adverbs.
    """

    head: int
    subject: tuple[int, int] | None
    modal: str
    verb: str
    at: int


@lru_cache(maxsize=32_768)
def opening(words: str) -> Opening:
    """How the clause `words` opens.

    >>> opening("各县局要大力推进示范创建").modal, opening("各县局要大力推进示范创建").verb
    ('要', '推进')
    """
    folded = fold(words)
    head = 0
    while True:
        match = grammar.CONNECTIVE.match(folded, head) or _TIME.match(folded, head)
        if match is None or match.end() == head or match.end() >= len(folded):
            break
        head = match.end()
    subject = owners.subject(folded, head)
    at, modal = head, ""
    if subject is not None:
        at = subject[1]
        aside = re.match(r"[，、]?(?:也|都|还|均|就|更|既|一定|时刻|首先|同样|尤其|特别|自身)*", folded[at:])
        at += aside.end() if aside else 0
    while True:
        match = grammar.MODAL.match(folded, at)
        if match:
            modal = modal or match.group()
            at = match.end()
            continue
        match = grammar.CONNECTIVE.match(folded, at) if at > head and not modal else None
        if match is None:
            break
        at = match.end()
    moment = _TIME.match(folded, at)
    if moment and moment.end() < len(folded):
        at = moment.end()
    starts = [at]
    while True:
        match = grammar.ADVERBS.match(folded, at)
        if match is None or match.end() >= len(folded):
            break
        at = match.end()
        starts.append(at)
    at, verb = _verb(folded, starts)
    return Opening(head, subject, modal, verb or _verb_by_dictionary(folded, at), at)


def _verb(folded: str, starts: Sequence[int]) -> tuple[int, str]:
    """Where the first verb of doing stands and what it is, "" where there is none; starts: before and behind each adverb.

    An adverb may be a verb itself: 进一步创新举措, 规范办案程序.
    """
    last = grammar.VERB.match(folded, starts[-1])
    if last is not None and (len(last.group()) > 1 or len(starts) == 1):
        return last.start(), last.group()
    for start in reversed(starts[:-1]):
        found = grammar.VERB.match(folded, start)
        if found is not None and (last is None or (len(found.group()) > 1 and found.end() == starts[-1])):
            return start, found.group()
        if last is not None:
            break
    return (last.start(), last.group()) if last is not None else (starts[0], "")


def _verb_by_dictionary(folded: str, at: int) -> str:
    """The word at `at` where the dictionary knows it as a verb of two characters or more that does something; else ""."""
    words = folded[at : at + 8].encode("utf-8", "replace").decode()  # it takes no lone surrogates
    tagged = _dictionary().tag(words)
    if not tagged:
        return ""
    word, tag = tagged[0]
    return word if tag in ("v", "vd") and len(word) > 1 and word not in _NO_ACTS else ""


@cache
def _dictionary() -> Any:
    import rjieba

    return rjieba.Jieba()
