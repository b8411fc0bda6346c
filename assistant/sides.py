"""The sides of a comparison: which documents each stretch of a question names, and what is asked of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.profiles import is_of, level_of, rank_of
from assistant.question import ASKS, Question, understand
from assistant.scoping import OF_THE_STATE, Scoping
from corpus.library import Entry
from corpus.text import bigrams

CUE = 0.2  # from where a stretch of a question is taken to name a document
_RANK_WORDS = {"市": ("市里", "市局", "全市", "我市", "市级"), "县": ("县里", "县局", "全县", "我县")}
_YEAR_OF_ITS_OWN = re.compile(r"(?:19|20)\d\d年?")
_NAMING = re.compile(r"会|讲话|领导|报告|讲评|述职|要点|台账|方案")
_AND_THAT = re.compile(r"[，,][一-鿿]{2,8}呢[?？]?$")
_BARE = re.compile(r"(?:(?:19|20)?\d\d年?|[省市的，,呢?？])*")
_PLAINLY = re.compile(r"分别|各|都|两|一样|同样|比")
_JOINED = ("和", "与", "跟", "以及", "、")
_STRETCHES = re.compile(
    r"(和|与|跟|以及|[，,、：:；;？?]|(?=各自?(?:是|怎么|有|要|多少|几|说|提|在|包括)|分别)|(?<=[”》])(?=在)|(?<![首成平人年户月])(?=[都均](?![市会城衡匀价])))"
)
"""Between the stretches of a question; what stands after 都, 各 and 分别 is asked of all before it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the documents that it is about, and what is asked of them."""

    documents: frozenset[str]
    text: str


def compared(
    question: Question, scoping: Scoping, described: Callable[[str], frozenset[str]]
) -> tuple[Side, ...]:
    """The sides that a question compares, in its order: one for each stretch of it that names documents.

    A side's text is its own stretch and those that name no document, so that it asks nothing of the other side. described: the
    documents that words point to (拿了A类的那个市).
    """
    asks_twice = len(ASKS.findall(question.folded)) > 1 or _AND_THAT.search(question.folded) is not None
    if not (question.compares or asks_twice):
        return ()
    parts = [part for part in _STRETCHES.split(question.folded) if part.strip()]
    stretches = [part for part in parts if not _STRETCHES.fullmatch(part)]
    pointed = [described(words) for words in question.pointed]
    told_apart = len(pointed) > 1 and all(pointed) and len(set(pointed)) == len(pointed)
    meant = dict(zip(question.pointed, pointed, strict=True)) if told_apart else {}
    named = [
        next((names for words, names in meant.items() if words in stretch), frozenset())
        or _meant_by(stretch, question, scoping, by_rank=question.compares)
        for stretch in stretches
    ]
    sides: dict[frozenset[str], list[str]] = {}
    rest: list[str] = []
    plainly = question.kind == "comparison" or _PLAINLY.search(question.folded) or asks_twice
    for stretch, names, before in zip(stretches, named, _marks_before(parts), strict=True):
        if names and (plainly or not sides or before in _JOINED):
            sides.setdefault(names, []).append(stretch)
        elif before == "、" and sides and not rest:
            sides[next(reversed(sides))].append(stretch)  # 济宁的专利督导、案件通报
        else:
            rest.append(stretch)
    shared = "，".join(rest)
    asked_of = [_without_places("，".join(own), scoping) for own in reversed(sides.values())]
    asked_of_last = next((asked for asked in asked_of if not _BARE.fullmatch(asked)), "")
    return tuple(
        Side(names, "，".join(filter(None, [*own, _asked(own, asked_of_last, scoping), shared])))
        for names, own in sides.items()
    )


def _asked(own: Sequence[str], asked_of_last: str, scoping: Scoping) -> str:
    """What is asked of a side that only names its documents (浙江和江苏GDP目标哪个高): what is asked of the last one."""
    said = _without_places("，".join(own), scoping)
    if not _BARE.fullmatch(said):
        return ""
    return _YEAR_OF_ITS_OWN.sub("", asked_of_last) if _YEAR_OF_ITS_OWN.search(said) else asked_of_last


def _without_places(text: str, scoping: Scoping) -> str:
    for place in (*scoping.places(text), "全国"):
        text = re.sub(rf"{re.escape(place)}[省市县区州]?", "", text)
    return text


def _marks_before(parts: Sequence[str]) -> list[str]:
    """For each stretch among stretches and marks, the mark before it; "" for the first."""
    before, marks = "", []
    for part in parts:
        if _STRETCHES.fullmatch(part):
            before = part
        else:
            marks.append(before)
    return marks


def _meant_by(stretch: str, question: Question, scoping: Scoping, *, by_rank: bool) -> frozenset[str]:
    """The documents that one stretch of a question names most plainly; empty when it names none.

    A place, or else a rank (市局, 县里) if by_rank, names all documents of that place or rank; otherwise a rank does so only where the stretch begins with it; a post or a meeting those that fit best.
    """
    pointed = understand(stretch) if _YEAR_OF_ITS_OWN.search(stretch) else None
    if pointed is not None and pointed.named_years and (pinned := scoping.pinned(pointed)):
        return pinned
    if not OF_THE_STATE.search(stretch):
        stretch = stretch.replace("全国", "")  # 全国第几 is asked of a province
    places = scoping.places(stretch)
    if not places and "全国" in stretch and scoping.places(question.folded):
        return frozenset(name for name, entry in scoping.entries.items() if rank_of(entry) == "国")
    of_place = {
        name for name, entry in scoping.entries.items() if any(is_of(place, entry) for place in places)
    }
    of_rank = {
        name
        for name, entry in scoping.entries.items()
        if any(
            word in stretch if by_rank else word.endswith("里") and stretch.startswith(word)
            for word in _RANK_WORDS.get(rank_of(entry), ())
        )
    }
    if of_place or of_rank:
        return frozenset(of_place or of_rank)
    if not _NAMING.search(stretch) and (not by_rank or scoping.places(question.folded)):
        return frozenset()  # where places tell the sides apart, words that a title shares name none
    cues = {name: _cue(stretch, question, entry, scoping) for name, entry in scoping.entries.items()}
    best = max(cues.values(), default=0.0)
    return frozenset(name for name, cue in cues.items() if cue >= best - 0.02) if best >= CUE else frozenset()


def _cue(stretch: str, question: Question, entry: Entry, scoping: Scoping) -> float:
    """How plainly one stretch of a question names a document by its speaker, meeting or title."""
    years = frozenset(int(year) for year in re.findall(r"20[0-4]\d", stretch)) or question.years
    year = entry.metadata.year
    same_year = 0.1 if year is not None and year.value in years else 0.0
    cue = scoping.wording(frozenset(bigrams(stretch)), entry.name) + level_of(stretch, entry)
    return cue + same_year if cue else 0.0
