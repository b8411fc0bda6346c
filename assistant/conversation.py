"""Follow-up questions made self-contained from the conversation so far.

“那排名呢？” keeps the documents and the subject of the turn before and changes what is asked; “株洲呢？” keeps what is asked and
changes the place; “第二条措施是什么” points into the list that the answer stands in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.question import Question, understand
from assistant.terms import content_words


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as asked, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question made self-contained. documents: those that the conversation is about, or none when the subject changed."""

    text: str
    documents: frozenset[str] = frozenset()
    ordinal: int = 0


_POINTS_BACK = re.compile(
    r"^(?:那么?|还有|再|另外|其中|具体|它|他们?|这|该|上述|前面)|呢[?？]?$|^(?:什么时候|何时|谁|多少|第[一二三四五六七八九十\d]+)|它的|这个|这些|那个|那些|上面"
)
_ORDINAL = re.compile(r"第([一二三四五六七八九十\d]+)(?:个|条|项|点|方面|部分)")
_ONLY_SCOPE = re.compile(r"^(?:那么?)?(.{2,12}?)呢[?？]?$")
_SHORT = 16  # characters; a longer question with words of its own stands by itself


def resolve(question: str, history: Sequence[Turn], places: Collection[str] = ()) -> FollowUp:
    """The self-contained form of `question` after `history`; the question itself when it needs nothing.

    places: names of places in the question that the library knows; they replace the place of the turn before.
    """
    text = question.strip()
    if not history:
        return FollowUp(text)
    last = history[-1]
    if not _depends(text, last):
        return FollowUp(text)
    cited = frozenset(citation.document for citation in last.answer.citations)
    ordinal = _ORDINAL.search(text)
    only_scope = _ONLY_SCOPE.match(text)
    if places and only_scope and not _topical(text, places):
        return FollowUp(_with_place(last.answer.asked or last.question, places))
    if places:
        return FollowUp(f"{_subject(last, drop_places=True)}，{text}")
    return FollowUp(f"{_subject(last)}，{text}", cited, _number(ordinal.group(1)) if ordinal else 0)


def _depends(text: str, last: Turn) -> bool:
    words = {word for word, weight in content_words(text) if weight >= 0.6 and len(word) > 1}
    before = {word for word, _ in content_words(last.question)}
    if _POINTS_BACK.search(text):
        return len(text) <= 2 * _SHORT
    return len(text) <= _SHORT and (len(words) <= 3 or bool(words & before))


def _topical(text: str, places: Collection[str]) -> bool:
    rest = text
    for place in places:
        rest = rest.replace(place, "")
    return any(weight >= 0.6 and len(word) > 1 for word, weight in content_words(rest))


def _with_place(question: str, places: Collection[str]) -> str:
    """The question before with its place replaced; prefixed where it names none."""
    from corpus.places import place_names

    replaced = question
    for old in dict.fromkeys(place_names(question)):
        replaced = replaced.replace(old, next(iter(places)))
    return replaced if replaced != question else f"{'、'.join(places)}：{question}"


def _subject(last: Turn, drop_places: bool = False) -> str:
    """What the turn before was about: its question without the words that ask."""
    from corpus.places import place_names

    asked = last.answer.asked or last.question
    understood: Question = understand(asked)
    subject = re.sub(r"\s+", "", understood.focus).strip("，,？?。！!、：:")
    if drop_places:
        for place in place_names(subject):
            subject = subject.replace(place, "")
    return subject[-80:]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else "零一二三四五六七八九十".find(text)
