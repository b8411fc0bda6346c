"""Questions to begin with, made from what the library holds.

Each is made from a sentence by its grammar (an indicator with its target, a term that is explained, a thing with its day) and kept
only when the assistant answers it from that very document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

from assistant.abbreviations import parse
from assistant.answer import Answer
from assistant.explaining import explains
from corpus.document import Document
from corpus.library import Library
from corpus.text import fold

DOCUMENTS = 24  # looked at, the latest years first
SHORTEST = 4  # characters of an indicator
FROM_ONE = 2  # questions from one document
_INDICATOR = re.compile(
    r"(?:^|[,，;；:：。])(?P<name>[一-鿿]{4,14}?(?:率|总量|满意度|比重))(?:要)?(?:达到|稳定在|提高到|控制在|保持在|不低于)(?=[^,，。;；]{0,6}\d)"
)
_WILL = re.compile(r"^(?:其中|力争|确保|努力|实现|推动|年底前|年内|全年|[一二三四]季度|全面|进一步|问题)+")
_TERM = re.compile(r"“(?P<term>[^”]{3,10})”")
_DUE = re.compile(
    r"(?:^|[,;。\n])(?P<what>(?![要并由将于在对把各今市])[一-鿿]{6,16}?)(?:于|在)?,?\d{1,2}月底?前(?:全部|全面)?(?:完成|建成|上线|印发|开馆)"
)


def starters(library: Library, answer: Callable[[str], Answer], count: int) -> tuple[str, ...]:
    """At most `count` questions that documents of the library answer; the same library gives the same questions."""
    entries = sorted(
        library.entries(),
        key=lambda entry: (-(entry.metadata.year.value if entry.metadata.year else 0), entry.name),
    )
    rounds = [_tried(library.document(entry.name), answer) for entry in entries[:DOCUMENTS]]
    found: dict[str, None] = {}
    for questions in zip_longest(*rounds):
        for question in questions:
            if question:
                found.setdefault(question)
            if len(found) == count:
                return tuple(found)
    return tuple(found)


def starters_of(document: Document, answer: Callable[[str], Answer]) -> tuple[str, ...]:
    """At most FROM_ONE questions that this very document answers."""
    return tuple(_tried(document, answer))


def _tried(document: Document, answer: Callable[[str], Answer]) -> Iterator[str]:
    kept = 0
    for question in dict.fromkeys(_questions(document)):
        got = answer(question)
        if not got.abstained and any(citation.document == document.name for citation in got.citations):
            yield question
            kept += 1
        if kept == FROM_ONE:
            return


def _bare(name: str) -> str:
    """An indicator without the words of will and time before it: 力争全年满意率 → 满意率."""
    return _WILL.sub("", name)


def _questions(document: Document) -> Iterator[str]:
    metadata = document.metadata
    place = metadata.region.value if metadata.region else ""
    place = re.split(r"省|自治区", place)[-1] or place
    year = f"{metadata.year.value}年" if metadata.year else ""
    text = fold(document.text)
    kinds = (
        (
            f"{place}{year}{name}的目标是多少？"
            for match in _INDICATOR.finditer(text)
            if len(name := _bare(match.group("name"))) >= SHORTEST
        ),
        (
            f"“{match.group('term')}”是什么意思？"
            for match in _TERM.finditer(document.text)
            if parse(match.group("term"))
            and explains(match.group("term"), document.text[match.start() : match.end() + 30])
        ),
        (f"{place}{year}{match.group('what')}什么时候完成？" for match in _DUE.finditer(text)),
    )
    for questions in zip_longest(*kinds):
        yield from filter(None, questions)
