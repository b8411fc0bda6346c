"""What a commitment is about, in at most forty characters, made from its own words."""

from __future__ import annotations

import re

from corpus.commitment import LONGEST_WHAT
from ingest.grouping import Group

_SHORTEST = 6  # characters; less says nothing (解决): then the whole clause, or what prepares it, is taken
_FORBIDS = re.compile(r"不得|严禁|不准|不能|决不|绝不|切不可|不要")
_LAST_CUT = re.compile(r"[、和及与]")


def summary(text: str, group: Group) -> str:
    """The words of the act without connective, time, modal and adverbs; cut where they are too long.

    What is forbidden keeps the word that forbids it.
    """
    clause = group.clauses[group.main]
    opened = group.openings[group.main]
    start = opened.at if opened.verb or opened.modal else opened.head
    forbids = _FORBIDS.search(text, clause.span.start + opened.head, clause.span.start + start)
    if forbids:
        start = forbids.start() - clause.span.start
    words = (
        text[clause.span.start + start : clause.span.end].strip() or text[clause.span.start : clause.span.end]
    )
    if len(words) < _SHORTEST:
        words = text[clause.span.start + opened.head : clause.span.end].strip() or words
    if len(words) < _SHORTEST:
        words = text[group.own.start : clause.span.end]
    for following in group.clauses[group.main + 1 :]:
        more = f"{words}，{text[following.span.start : following.span.end]}"
        if len(more) > LONGEST_WHAT:
            break
        words = more
    return shortened(" ".join(words.split()))


def shortened(words: str) -> str:
    """`words` within LONGEST_WHAT characters, cut after an item of a list where there is one."""
    if len(words) <= LONGEST_WHAT:
        return words
    cuts = [match.start() for match in _LAST_CUT.finditer(words, 12, LONGEST_WHAT - 2)]
    return words[: cuts[-1]] + "等" if cuts else words[: LONGEST_WHAT - 1] + "…"
