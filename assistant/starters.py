"""Questions to begin with, made from what the library holds.

Each is made from a sentence by its grammar (an indicator with its target, a term that is explained, a unit that leads) and kept
only when the assistant answers it from that very document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

from assistant.answer import Answer
from assistant.retrieval import explains
from corpus.document import Document
from corpus.library import Library
from corpus.text import fold

DOCUMENTS = 24  # looked at, the latest years first
FROM_ONE = 2  # questions from one document
_INDICATOR = re.compile(
    r"(?:^|[，；：、。])(?P<name>[一-鿿“”]{2,14}?(?:率|量|总量|满意度|比重|人数|次数))(?:要)?(?:达到|稳定在|提高到|控制在|保持在|不低于|增长)(?=[^，。；]{0,6}\d)"
)
_TERM = re.compile(r"“(?P<term>[^”]{3,10})”")
_LEAD = re.compile(
    r"(?:^|[，；。])由?(?P<who>[一-鿿]{2,10}?(?:科|处|局|中心|办公室|大队|支队))牵头，?(?P<what>[一-鿿]{4,16})"
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


def _tried(document: Document, answer: Callable[[str], Answer]) -> Iterator[str]:
    kept = 0
    for question in _questions(document):
        got = answer(question)
        if not got.abstained and any(citation.document == document.name for citation in got.citations):
            yield question
            kept += 1
        if kept == FROM_ONE:
            return


def _questions(document: Document) -> Iterator[str]:
    metadata = document.metadata
    place = metadata.region.value if metadata.region else ""
    place = re.split(r"省|自治区", place)[-1] or place
    year = f"{metadata.year.value}年" if metadata.year else ""
    text = fold(document.text)
    kinds = (
        (f"{place}{year}{match.group('name')}的目标是多少？" for match in _INDICATOR.finditer(text)),
        (
            f"“{match.group('term')}”是什么意思？"
            for match in _TERM.finditer(document.text)
            if explains(match.group("term"), document.text[match.start() : match.end() + 30])
        ),
        (f"{place}{year}{match.group('what')}由谁牵头？" for match in _LEAD.finditer(document.text)),
    )
    for questions in zip_longest(*kinds):
        yield from filter(None, questions)
