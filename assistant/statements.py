"""Texts as they are compared: clauses with their figures, times and words; a quote with the headings that stand over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.figures import Figure, Time, figures, plain, times
from corpus.text import bigrams

_FIGURE_ENDS = r"[\d%‰户家件项个名次台条人元吨斤亩位份所场期起批倍上下内右]"
_CLAUSE = re.compile(
    rf"[,;。:!?\n]+|(?<={_FIGURE_ENDS})、(?=[一-鿿]{{2}})|(?:(?<=牵头)|(?<=负责)|(?<=配合)|(?<=主办))、"
)
_COMMON = re.compile(
    r"达到|实现|完成|确保|力争|争取|保持|控制在|不得?低于|不得?少于|不得?超过|不得?高于|至少|最少|最多|超过|突破|以上|以下|以内|左右|目标|要求|全年|"
    r"今年|分别|累计|根据|按照|资料|原文|写作|写的是|显示|指出|提出|提到|明确|规定|[的了要在和与及为是将达约均共到由对并等把被从以向其中也还都,、]"
)
_SAME_WORD = [
    (re.compile(r"每个(?=[月季周])|[按逐](?=[月季周年日天](?!期|照))"), "每"),
    (re.compile(r"每季(?!度)"), "每季度"),
    (re.compile(r"每一(?=[年月周天])"), "每"),
]
_OTHER_YEAR = re.compile(r"去年|上年|上一年|明年|后年|前年|次年")


@dataclass(frozen=True, slots=True)
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
        object.__setattr__(self, "figures", figures(self.plain))
        object.__setattr__(self, "times", times(self.plain))
        object.__setattr__(self, "clauses", clauses)
        object.__setattr__(self, "grams", frozenset().union(*(clause.grams for clause in clauses)))


@dataclass(frozen=True, slots=True)
class Source:
    """A quote as it is compared, with the headings above it and its title, in plain form, innermost first."""

    quote: Text
    context: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The quote and all that stands over it."""
        return "\n".join((self.quote.plain, *self.context))

    @property
    def years(self) -> frozenset[int]:
        """The years that may be said of this quote though it names none: those of the nearest heading that names some."""
        if _OTHER_YEAR.search(self.quote.plain) or any(time.year for time in self.quote.times):
            return frozenset()
        for heading in self.context:
            found = frozenset(time.year for time in times(heading) if time.year)
            if found:
                return found
        return frozenset()


def source(quote: str, title: str = "", path: Sequence[str] = ()) -> Source:
    """A source from the words of a citation; path is outermost first."""
    return Source(statement(compared(quote)), tuple(plain(part) for part in (*reversed(path), title)))


def compared(text: str) -> str:
    """The plain form in which 每个月, 按月 and 每月 are one word."""
    text = plain(text)
    for pattern, word in _SAME_WORD:
        text = pattern.sub(word, text)
    return text


@lru_cache(maxsize=512)
def statement(text: str) -> Text:
    """A plain text taken apart; remembered, since the same quote is held against many claims."""
    return Text(text)


def grams_of(text: str, items: Sequence[Figure | Time] = ()) -> frozenset[str]:
    """The bigrams of the words of a plain text, without the given figures and times and without common verbs and particles."""
    characters = list(text)
    for item in items:
        characters[item.start : item.end] = " " * (item.end - item.start)
    words = _COMMON.sub(" ", "".join(characters))
    return frozenset(gram for gram in bigrams(words) if len(gram) == 2 and not gram.isascii())


def is_common(text: str) -> bool:
    """Whether a text holds a word that says nothing by itself."""
    return _COMMON.search(text) is not None


def same_time(time: Time, other: Time, years: frozenset[int]) -> bool:
    """Whether a claim's time says no more and nothing else than a quote's; only a year and a day may be left out.

    years: those that may be said of the quote where it names none.
    """
    same_year = time.year is None or time.year == other.year or (other.year is None and time.year in years)
    if time.bare_year and other.year == time.year:
        return not other.part and not other.bound
    exact = (time.month, time.part, time.bound) == (other.month, other.part, other.bound)
    return same_year and exact and (time.day == other.day or (time.day is None and not other.bound))


def holds_figure(figure: Figure, clause: Clause) -> bool:
    """Whether a clause says the same figure."""
    return any(figure.same(known) for known in clause.figures)


def holds_time(time: Time, clause: Clause) -> bool:
    """Whether a clause says the same time, or leaves its year out."""
    years = frozenset([time.year] if time.year else [])
    return any(same_time(time, known, years) for known in clause.times)


def _clause(text: str) -> Clause:
    held, when = figures(text), times(text)
    return Clause(text, grams_of(text, (*held, *when)), held, when)
