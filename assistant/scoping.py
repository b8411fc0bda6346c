"""Which documents a question means: by place, year, level of the speaker, meeting, and by what only one of them calls itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from assistant.question import Question, Scope
from corpus.library import Entry
from corpus.places import divisions, place_names
from corpus.text import bigrams, fold

_LEVEL_WORDS = {
    "国务院": ("国务院", "国家", "全国"),
    "省政府": ("省政府", "省领导"),
    "市政府": ("市领导", "市政府", "市委"),
    "县政府": ("县领导", "县政府"),
}
SAME_PLACE = 0.5
SAME_LEVEL = 0.35
SAME_YEAR = 0.2
YEAR_BEFORE = 0.12  # a speech of 2022 reports on 2021
OTHER_YEAR = -0.15
CUE = 0.3  # from where a stretch of a question is taken to name a document


class Scoping:
    """What the metadata of all documents of one library say, ready to be compared with a question."""

    def __init__(self, entries: Sequence[Entry], generation: int) -> None:
        self.generation = generation
        self.entries = {entry.name: entry for entry in entries}
        self.profiles = {entry.name: _profile(entry) for entry in entries}
        self._grams = {name: frozenset(bigrams(profile)) for name, profile in self.profiles.items()}
        self._counts = Counter(gram for grams in self._grams.values() for gram in grams)

    def allowed(self, scope: Scope, documents: Collection[str] | None = None) -> set[str] | None:
        """The names that the reader's filters leave; None when nothing is filtered."""
        if documents is None and not (scope.documents or scope.years or scope.issuers):
            return None
        names = set(self.entries if documents is None else documents)
        if scope.documents:
            names &= scope.documents
        if scope.years:
            names = {
                name
                for name in names
                if (year := self.entries[name].metadata.year) and year.value in scope.years
            }
        if scope.issuers:
            names = {
                name
                for name in names
                if (issuer := self.entries[name].metadata.issuer) and issuer.value in scope.issuers
            }
        return names

    def places(self, text: str) -> tuple[str, ...]:
        """The places that `text` names: known divisions, and regions of documents by their short names."""
        found = dict.fromkeys(place_names(text))
        for entry in self.entries.values():
            for short in _short_names(entry):
                if short in text:
                    found.setdefault(short)
        return tuple(found)

    def at(self, place: str) -> set[str]:
        """The documents whose region or title names `place`."""
        return {name for name, profile in self.profiles.items() if place in profile}

    def named(self, question: Question) -> set[str] | None:
        """The documents of the places that the question names; None when it names none, or none that is here."""
        places = self.places(question.folded)
        names: set[str] = set().union(*(self.at(place) for place in places)) if places else set()
        return names or None

    def missing_places(self, question: Question) -> tuple[str, ...]:
        """Places that the question names and no document is about."""
        return tuple(place for place in self.places(question.folded) if not self.at(place))

    def compared(self, question: Question) -> tuple[str, ...]:
        """The documents that a question sets side by side, in its order: one for each stretch of it that names one."""
        if not question.compares:
            return ()
        found: dict[str, None] = {}
        for part in re.split(r"和|与|跟|以及|[，,、：:；;？?]", question.folded):
            cues = {name: self._cue(part, question, entry) for name, entry in self.entries.items()}
            best = max(cues.values(), default=0.0)
            if best >= CUE:
                found.setdefault(min(name for name, cue in cues.items() if cue == best))
        return tuple(found)

    def _cue(self, part: str, question: Question, entry: Entry) -> float:
        """How plainly one stretch of a question names a document."""
        place = any(name in self.at(short) for short in self.places(part) for name in [entry.name])
        asked = frozenset(bigrams(part))
        years = frozenset(int(year) for year in re.findall(r"(?:19|20)\d\d", part))
        year = entry.metadata.year
        same_year = 0.1 if year is not None and year.value in (years or question.years) else 0.0
        cue = (1.0 if place else 0.0) + self._wording(asked, entry.name) + _level_of(part, entry)
        return cue + same_year if cue else 0.0

    def affinity(self, question: Question) -> Mapping[str, float]:
        """How likely the question means each document, about -0.2 to 1."""
        asked = frozenset(bigrams(question.folded))
        likely = {}
        for name, entry in self.entries.items():
            likely[name] = self._wording(asked, name) + self._year(question, entry) + _level(question, entry)
        return likely

    def scope_words(self, question: Question) -> frozenset[str]:
        """The words of the question that say which document is meant rather than what is asked of it."""
        words = set(self.places(question.folded))
        for year in question.years:
            words.update((str(year), f"{year}年"))
        for level_words in _LEVEL_WORDS.values():
            words.update(word for word in level_words if word in question.folded)
        return frozenset(words)

    def _wording(self, asked: frozenset[str], name: str) -> float:
        total = len(self.entries)
        rare = [
            math.log((total + 1) / self._counts[gram])
            for gram in asked & self._grams[name]
            if not gram[0].isdigit()
        ]
        if total < 2:
            return 0.0
        return min(0.4, 0.12 * sum(rare) / math.log(total + 1))

    def _year(self, question: Question, entry: Entry) -> float:
        year = entry.metadata.year
        if not question.years or year is None:
            return 0.0
        if year.value in question.years:
            return SAME_YEAR
        return YEAR_BEFORE if year.value - 1 in question.years else OTHER_YEAR


def _level(question: Question, entry: Entry) -> float:
    return _level_of(question.folded, entry)


def _level_of(text: str, entry: Entry) -> float:
    speaker = entry.metadata.speaker
    for level, words in _LEVEL_WORDS.items():
        if any(word in text for word in words):
            return SAME_LEVEL if speaker is not None and speaker.value == level else 0.0
    return 0.0


def _profile(entry: Entry) -> str:
    metadata = entry.metadata
    values = [metadata.title, metadata.region, metadata.issuer, metadata.period, metadata.speaker]
    words = [str(value.value) for value in values if value is not None]
    year = f"{metadata.year.value}年" if metadata.year else ""
    return fold(" ".join([entry.name, year, *words, *metadata.aliases]))


def _short_names(entry: Entry) -> list[str]:
    region = entry.metadata.region
    if region is None:
        return []
    if region.value in divisions().values():
        return []  # place_names finds those
    return [part for part in re.findall(r"[一-鿿]{2,4}?(?=[省市州盟县区旗])", region.value) if len(part) >= 2]
