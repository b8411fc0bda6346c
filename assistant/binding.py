"""Whether figures, times and owners stand with the words that they stand with in a quote.

A quote “食品合格率98%，药品99%” holds every figure and every word of “食品合格率99%”. What gives the claim away is a rival: a clause of
the quote with another figure of the same unit, whose words the claim shares while it shares none of the right clause's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial

from assistant.figures import Figure
from assistant.names import is_noun, proper_names, words_of
from assistant.polarity import resembling
from assistant.statements import Clause, Source, Text, holds_figure, holds_time

_ROLE = re.compile(r"牵头|负责|配合|主办|协办|督导|参与|落实")


def figures_bound(said: Text, sources: Sequence[Source]) -> bool:
    """Whether each figure is at home; the words before it, up to a rival, count as its own."""
    return all(
        _at_home(said, index, sources, partial(holds_figure, figure), partial(_has_unit, figure.unit), -1)
        for index, clause in enumerate(said.clauses)
        for figure in clause.figures
    )


def times_bound(said: Text, sources: Sequence[Source]) -> bool:
    """The same for times, which stand before their words. A year that comes from a heading has no rivals."""
    return all(
        _at_home(said, index, sources, partial(holds_time, time), _has_time, 1)
        for index, clause in enumerate(said.clauses)
        for time in clause.times
        if not (time.bare_year and any(time.year in one.years for one in sources))
    ) and all(_in_time(figure, clause, sources) for clause in said.clauses for figure in clause.figures)


def _in_time(figure: Figure, clause: Clause, sources: Sequence[Source]) -> bool:
    """Whether a figure that is told with times has them, or none, or only finer ones, in some clause of a quote."""
    homes = [home for one in sources for home in one.quote.clauses if holds_figure(figure, home)]
    return not homes or any(
        not home.times
        or all(
            holds_time(time, home) or (time.bare_year and not any(known.year for known in home.times))
            for time in clause.times
        )
        for home in homes
    )


def nouns_bound(said: Text, sources: Sequence[Source]) -> bool:
    """Whether no clause is one of a quote with a thing exchanged for another (开展食品安全教育, 开展药品安全教育)."""
    for clause in said.clauses:
        others = resembling(clause, sources)
        if others and all(_exchanged(clause.text, other.text) for other in others):
            return False
    return True


def _exchanged(text: str, other: str) -> bool:
    told, given = words_of(text), words_of(other)
    steps = SequenceMatcher(None, [word for word, _ in told], [word for word, _ in given], autojunk=False)
    return any(
        step == "replace"
        and any(is_noun(word, tag) and word not in other for word, tag in told[a:b])
        and any(is_noun(word, tag) and word not in text for word, tag in given[c:d])
        for step, a, b, c, d in steps.get_opcodes()
    )


def owners_bound(said: Text, sources: Sequence[Source]) -> bool:
    """Whether each body that is told to lead, help or do something has one of these parts in a clause of a quote."""
    for clause in said.clauses:
        roles = frozenset(_ROLE.findall(clause.text))
        for name in proper_names(clause.text) if roles else ():
            homes = [
                frozenset(_ROLE.findall(other.text))
                for one in sources
                for other in one.quote.clauses
                if name in other.text
            ]
            if any(homes) and not any(roles & home for home in homes):
                return False
    return True


def ordered(said: Text, sources: Sequence[Source]) -> bool:
    """Whether the figures, and the times, of each clause come in the order of a quote (分别达到98%、99%)."""
    for one in sources:
        values = [(figure.value, figure.unit) for figure in one.quote.figures]
        years = [time.year for time in one.quote.times]
        points = [(time.month, time.day, time.part) for time in one.quote.times]
        for clause in said.clauses:
            told = [(figure.value, figure.unit) for figure in clause.figures]
            when = [time.year for time in clause.times if time.year]
            at = [(time.month, time.day, time.part) for time in clause.times if not time.bare_year]
            if not (_in_order(told, values) and _in_order(when, years) and _in_order(at, points)):
                return False
    return True


def _has_unit(unit: str, clause: Clause) -> bool:
    return any(figure.unit == unit for figure in clause.figures)


def _has_time(clause: Clause) -> bool:
    return bool(clause.times)


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
    """The words of a clause and of its neighbours in one direction, up to the next that has a rival.

    Forward only while there are hardly any words yet: “6月底前，” has none of its own.
    """
    grams = set(clauses[index].grams)
    at = index + step
    while 0 <= at < len(clauses) and not rivals(clauses[at]) and (step < 0 or len(grams) < 2):
        grams |= clauses[at].grams
        at += step
    return frozenset(grams)


def _in_order(told: Sequence[object], given: Sequence[object]) -> bool:
    """Whether what of `told` is in `given` at all is a subsequence of it."""
    rest: Iterator[object] = iter(given)
    return all(any(item == other for other in rest) for item in told if item in given)
