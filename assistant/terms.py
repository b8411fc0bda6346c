"""The words of a question that its answer should share, with how much each matters.

Segmentation by rjieba tells content words from particles; whether a sentence holds a word is then judged by character
bigrams, since official prose compounds freely (质量奖, 质量管理奖).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.lexicon import alternatives, simplified
from corpus.text import HAN, bigrams, fold

HELD = 0.5  # from where a text holds a word
BY_SYNONYM = 0.85  # what a word counts when only one that means the same is there
HEAVIEST = 6.0
LONG_RUN = 3  # characters
LONE = 0.75  # what a single character counts, whatever its part of speech
QUOTED = 1.6  # a term in quotation marks, against 1 for a noun
JOINT = 0.5  # a bigram across two words, when the library knows it
_FUNCTION = frozenset("的了在和与把被对给里中上要到还都也就会能那这其及或从按是吗呢吧啊么为由之以向")
_DROPPED = (
    "u",
    "p",
    "c",
    "r",
    "x",
    "y",
    "e",
    "o",
    "q",
    "k",
    "w",
)  # particles, prepositions, conjunctions, pronouns …
_WEIGHTS = {
    "n": 1.0,
    "v": 0.75,
    "l": 1.0,
    "i": 0.9,
    "j": 1.0,
    "m": 0.5,
    "a": 0.6,
    "d": 0.35,
    "f": 0.3,
    "t": 0.6,
    "s": 0.5,
    "b": 0.8,
}
_DAYS = ("今天", "昨天", "明天")
_EMPTY = frozenset(
    [
        "要",
        "是",
        "有",
        "到",
        "会",
        "能",
        "可",
        "做",
        "让",
        "给",
        "讲",
        "说",
        "谈",
        "看",
        "请",
        "想",
        "那",
        "年",
        "月",
        "日",
        "事",
        "人",
        "来",
        "去",
        "进",
        "达到",
        "需要",
        "必须",
        "应该",
        "进行",
        "可以",
        "中",
        "里",
        "上",
        "下",
        "后",
        "前",
        "时",
        "时候",
        "之前",
        "以内",
        "以上",
        "打算",
        "准备",
        "一共",
        "最后",
        "最终",
        "实际",
        "后来",
        "具体",
        "目前",
        "一下",
        "请问",
        "没有",
        "有没有",
        "告诉",
        "里面",
        "这个",
        "那个",
        "大家",
        "咱们",
        "我们",
        "你们",
        "一回",
        *_DAYS,
        "一次",
        "讲话",
        "材料",
        "文件",
        "资料",
        "月底",
        "几月",
        "结果",
        "到底",
        "究竟",
        "分别",
        "个",
        "所",
        "的话",
    ]
)


_NEVER_IN_A_NAME = frozenset("没才就每样很都最已曾将被把算落想怕")
"""Characters at which a run of single ones ends: “样才算” and “每条落” are no words."""

LATIN = "eng"
"""The tag of a word in Latin letters (gdp, app); that of an exclamation is "e"."""


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question: its bigrams, its weight (rarity times part of speech), and words that mean the same.

    noun: a thing, not an act or a quality. scope: the word says which document is meant (a place, a year, a level), not what is asked.
    joint: no word, but the bigram between two.
    """

    word: str
    grams: tuple[str, ...]
    weight: float
    synonyms: tuple[str, ...] = ()
    scope: bool = False
    noun: bool = False
    joint: bool = False

    def held(self, folded: str) -> float:
        """How far `folded` text holds this word: 1 as it stands, less in part or by a synonym, 0 not at all."""
        if self.word in folded:
            return 1.0
        if any(word in folded for word in self.synonyms):
            return BY_SYNONYM
        if len(self.grams) < 2:
            return 0.0
        grams = grams_of(folded)
        share = sum(gram in grams for gram in self.grams) / len(self.grams)
        return share * share


@lru_cache(maxsize=20_000)
def grams_of(folded: str) -> frozenset[str]:
    """The set of bigrams in a text; remembered, since the same sentences come again and again."""
    return frozenset(bigrams(folded))


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    import rjieba

    return rjieba.Jieba()


def content_words(text: str) -> Iterator[tuple[str, float]]:
    """The content words of `text` with the weight of their part of speech (0..1)."""
    for word, tag in _segmenter().tag(text, False):
        if tag == LATIN:
            if len(word) > 1:
                yield word, 1.0
        elif (
            word.strip()
            and word not in _EMPTY
            and not tag.startswith(_DROPPED)
            and any(c.isalnum() for c in word)
        ):
            yield word, _WEIGHTS.get(tag[0], 0.6)


def joined(words: Iterable[tuple[str, float]], text: str) -> Iterator[tuple[str, float]]:
    """Runs of three or more single characters that stand together in `text`, made one word: what no dictionary knows."""
    run = ""
    for word, weight in words:
        single = len(word) == 1 and HAN.match(word) is not None and word not in _NEVER_IN_A_NAME
        if single and run + word in text:
            run += word
            continue
        yield from _run(run)
        run = word if single else ""
        if not run:
            yield word, min(weight, LONE) if len(word) == 1 and HAN.match(word) else weight
    yield from _run(run)


def _run(run: str) -> Iterator[tuple[str, float]]:
    run = run[:-1] if run.endswith("多") else run
    if len(run) >= LONG_RUN:
        yield run, 1.0
    else:
        yield from ((character, LONE) for character in run)


def terms_of(
    focus: str,
    frequencies: Callable[[Collection[str]], tuple[Mapping[str, int], int]],
    scope_words: Collection[str] = (),
    quoted: Collection[str] = (),
) -> tuple[Term, ...]:
    """The terms of a question's focus: its content words, what it quotes, and the bigrams that join neighbouring words.

    frequencies gives, for bigrams, the number of passages that hold each, and the number of all passages. A term that is
    part of one of scope_words is marked as scope. The same word twice counts once.
    """
    weights: dict[str, float] = {}
    for word, weight in joined(content_words(simplified(fold(focus))), simplified(fold(focus))):
        weights[word] = max(weight, weights.get(word, 0.0))
    for word in quoted:
        weights[simplified(fold(word))] = QUOTED
    joints = [
        gram
        for gram in bigrams(simplified(fold(focus)))
        if len(gram) == 2 and not any(gram in word for word in weights)
    ]
    joints = [gram for gram in dict.fromkeys(joints) if not set(gram) & _FUNCTION and gram not in _DAYS]
    grams = {word: tuple(bigrams(word)) or (word,) for word in weights}
    counts, total = frequencies({*joints, *(gram for each in grams.values() for gram in each)})

    def rarity(gram: str) -> float:
        return min(HEAVIEST, math.log(1 + (total - counts[gram] + 0.5) / (counts[gram] + 0.5)))

    same: dict[str, list[str]] = {}
    for known, others in alternatives(focus):
        for word in weights:
            whole = known.isascii() or word.isascii()  # IP is no part of iPhone
            if known == word or (not whole and (known in word or (word in known and len(word) > 1))):
                same.setdefault(word, []).extend(others)
    terms = []
    for word, weight in weights.items():
        length = 0.5 if len(word) == 1 else 1.0
        rare = sum(map(rarity, grams[word])) / len(grams[word])
        scope = any(word in known or known in word for known in scope_words)
        terms.append(
            Term(
                word,
                grams[word],
                weight * length * rare,
                tuple(dict.fromkeys(same.get(word, ()))),
                scope,
                weight >= 1.0,
            )
        )
    terms.extend(Term(gram, (gram,), JOINT * rarity(gram), joint=True) for gram in joints if counts[gram])
    return tuple(terms)
