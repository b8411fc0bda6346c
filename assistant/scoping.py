"""Which documents a question means: by place, year, level of the speaker, meeting, and by what only one of them calls itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from assistant.profiles import LEVEL_WORDS, kind_of, level_of, profile_of, rank_of, short_names, spoken_by
from assistant.question import Question, Scope
from corpus.library import Entry
from corpus.places import place_names
from corpus.text import bigrams, fold

SAME_YEAR = 0.2
YEAR_BEFORE = 0.12  # a speech of 2022 reports on 2021
OTHER_YEAR = -0.15
OF_NAMED_YEAR = 0.3  # the question names the document by its year
NEWEST = 0.1
NOT_ASKED_FOR = 0.5  # a county is named when it is meant
CLOSE = 0.05
MEETING_WORD = 3  # characters at the end of such a word that tell which it is
_WHICH_PAPER = re.compile(r"[（(][^（()）]*(?:那篇|那份|那次|讲话|报告)[)）]?$|[^，,（(]{0,8}那(?:篇|份|次)")
"""Words that only say which paper is meant (陕西那篇): its place need not be one that the paper is known to be of."""
_MEETING = re.compile(r"[一-鿿]{1,6}?(?:座谈会|务虚会|工作会议|会议|讲话|讲评|报告|述职述廉|结账会)")
OF_THE_STATE = re.compile(
    r"国务院(?!(?:办公厅)?(?:的)?(?:通报|表彰|督查|批[复准]|印发|发布|令|食品|安委|国资))|我国|全国(?!人大|政协|(?:食品|市场|文明|卫生|平台|最|第|首|先|优|百|重点)|性|[^，。？?]{0,6}(?:称号|奖|典型))"
)


class Scoping:
    """What the metadata of all documents of one library say, ready to be compared with a question."""

    def __init__(self, entries: Sequence[Entry], generation: int) -> None:
        self.generation = generation
        self.entries = {entry.name: entry for entry in entries}
        self.profiles = {entry.name: profile_of(entry) for entry in entries}
        self._grams = {name: frozenset(bigrams(profile)) for name, profile in self.profiles.items()}
        years = [entry.metadata.year.value for entry in entries if entry.metadata.year]
        self._span = (min(years, default=0), max(years, default=0))
        self._mixed = any(rank_of(entry) in ("市", "省") for entry in entries)
        self._counts = Counter(gram for grams in self._grams.values() for gram in grams)

    @property
    def report_years(self) -> frozenset[int]:
        """The years of the reports."""
        return frozenset(
            entry.metadata.year.value
            for entry in self.entries.values()
            if kind_of(entry) == "report" and entry.metadata.year
        )

    @property
    def latest(self) -> int:
        """The latest year of a document; 0 where none has one."""
        return self._span[1]

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
            for short in short_names(entry):
                if short in text:
                    found.setdefault(short)
        return tuple(found)

    def places_of(self, question: Question) -> tuple[str, ...]:
        """The places that a question names, or those of its context where it names none itself."""
        return self.places(question.folded) or self.places(question.context)

    def at(self, place: str) -> set[str]:
        """The documents whose region or title names `place`."""
        return {name for name, profile in self.profiles.items() if place in profile}

    def named(self, question: Question) -> set[str] | None:
        """The documents of the places and speakers that the question names; None when it names none, or none is here."""
        places = self.places_of(question)
        names: set[str] = set().union(*(self.at(place) for place in places)) if places else set()
        spoken = {
            name
            for name, entry in self.entries.items()
            if spoken_by(question.folded + question.context, entry)
        }
        return (names | spoken) or None

    def pinned(self, question: Question) -> frozenset[str] | None:
        """The documents that the question names by year and sort (2019年国务院政府工作报告), or by 国务院; None when it names none.

        A document of that year which the question's places, or its level, rule out is none of them.
        """
        text = question.folded + question.context
        national = {name for name, entry in self.entries.items() if rank_of(entry) == "国"}
        places = self.places_of(question)
        names = set().union(*(self.at(place) for place in places)) if places else set()
        if not names and national and OF_THE_STATE.search(text):
            names = national
        if not question.named_years:
            return frozenset(names & national) or None
        of_year = {
            name
            for name, entry in self.entries.items()
            if (year := entry.metadata.year) and year.value in question.named_years
        }
        if any("报告" in phrase for phrase in question.named_phrases):
            of_year &= {name for name in of_year if kind_of(self.entries[name]) == "report"}
            if not names and of_year & national:
                names = national
        return self._best_named(frozenset(of_year & names if names else of_year), question) or None

    def _best_named(self, names: frozenset[str], question: Question) -> frozenset[str]:
        """Of documents of the named year, those whose title or speaker the naming words fit best."""
        asked = frozenset(gram for phrase in question.named_phrases for gram in bigrams(phrase))
        fits = {name: self.wording(asked, name) for name in names}
        best = max(fits.values(), default=0.0)
        return frozenset(name for name in names if fits[name] >= best - CLOSE) if best >= CLOSE else names

    def missing_places(self, question: Question) -> tuple[str, ...]:
        """Places that the question plainly names (苏州市, 苏州2024年, 苏州的) and no document is about."""
        said = _WHICH_PAPER.sub("", question.folded)
        return tuple(
            place
            for place in self.places(said)
            if not self.at(place)
            and re.search(
                rf"(?:^|[，,。？?；;和与跟、\s]){place}|{place}(?:[省市州]?局|[省市州的]|20\d\d)",
                said,
            )
        )

    def affinity(self, question: Question) -> Mapping[str, float]:
        """How likely the question means each document, about -0.2 to 1."""
        asked = frozenset(bigrams(f"{question.folded} {fold(question.context)}"))
        likely = {}
        for name, entry in self.entries.items():
            likely[name] = (
                self.wording(asked, name)
                + self._year(question, entry)
                + level_of(question.folded + question.context, entry)
            )
            if not (question.years or question.named_years):
                likely[name] += self._newness(entry)
            if rank_of(entry) == "县" and self._mixed and not self.places_of(question):
                likely[name] -= NOT_ASKED_FOR
        return likely

    def scope_words(self, question: Question) -> frozenset[str]:
        """The words of the question that say which document is meant rather than what is asked of it."""
        words = set(self.places_of(question))
        for year in question.years | question.named_years:
            words.update((str(year), f"{year}年"))
        for level_words in LEVEL_WORDS.values():
            words.update(word for word in level_words if word in question.folded)
        words.update(word for word in _MEETING.findall(question.folded) if self._is_named_by(word))
        return frozenset(words)

    def _is_named_by(self, word: str) -> bool:
        """Whether a word for a meeting or a paper stands in what some document is called."""
        return any(word[-MEETING_WORD:] in profile for profile in self.profiles.values())

    def wording(self, asked: frozenset[str], name: str) -> float:
        """How well bigrams fit what a document is called, 0 to 0.4; rare ones count more."""
        total = len(self.entries)
        rare = [
            math.log((total + 1) / self._counts[gram])
            for gram in asked & self._grams[name]
            if not gram[0].isdigit()
        ]
        if total < 2:
            return 0.0
        return min(0.4, 0.12 * sum(rare) / math.log(total + 1))

    def _newness(self, entry: Entry) -> float:
        """What the latest documents have over earlier ones where no year is asked, 0 to NEWEST."""
        year = entry.metadata.year
        first, last = self._span
        return NEWEST * (year.value - first) / (last - first) if year is not None and last > first else 0.0

    def _year(self, question: Question, entry: Entry) -> float:
        year = entry.metadata.year
        if question.named_years and year is not None:
            return OF_NAMED_YEAR if year.value in question.named_years else OTHER_YEAR
        if not question.years or year is None:
            return 0.0
        if year.value in question.years:
            return SAME_YEAR
        return YEAR_BEFORE if year.value - 1 in question.years else OTHER_YEAR
