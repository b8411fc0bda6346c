"""The product's own search on a question set: how much of the wanted quotes the first passages cover."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from assistant.bootstrap import make_assistant
from corpus.document import Span
from corpus.errors import QuestionSetError
from corpus.library import Library, Scored
from corpus.settings import LibrarySettings
from evals.cases import Case, read_set
from ingest.pipeline import ingest

BUDGET = 1_000
"""Characters of passages that count, in the order found."""
Search = Callable[[str], Sequence[Scored]]


def evidence(questions: Path, folder: Path, encoder: str) -> dict[str, float]:
    """Evidence recall of each way, the library's three and the assistant's, over a library made of the folder and thrown away."""
    cases = [case for case in read_set(questions).cases if case.quotes]
    with tempfile.TemporaryDirectory(prefix="wennuo-retrieval-") as home:
        settings = LibrarySettings(Path(home) / "home", encoder)
        with Library.open(settings, write=True) as library:
            ingest(library, [folder], jobs=1)
            texts = {entry.name: library.document(entry.name).text for entry in library.entries()}
            assistant = make_assistant(library)
            ways: Mapping[str, Search] = {
                "words": lambda question: library.search_words(question, k=20),
                "meaning": lambda question: library.search_vectors(question, k=20),
                "fused": lambda question: library.search(question, k=20),
                "assistant": lambda question: assistant.search(question, k=20),
            }
            return {way: recall(cases, texts, search) for way, search in ways.items()}


def recall(cases: Iterable[Case], texts: Mapping[str, str], search: Search) -> float:
    """The mean share of a quote's characters that the first BUDGET characters of passages cover; masks and white space as they stand."""
    shares = []
    for case in cases:
        spans = _within_budget(search(case.question))
        for quote in case.quotes:
            start = texts.get(quote.document, "").find(quote.text)
            if start >= 0:
                covered: set[int] = set()
                for document, span in spans:
                    if document == quote.document:
                        covered.update(range(max(span.start, start), min(span.end, start + len(quote.text))))
                shares.append(len(covered) / len(quote.text))
    if not shares:
        raise QuestionSetError("no quote of the question set stands in the documents")
    return statistics.fmean(shares)


def _within_budget(found: Sequence[Scored]) -> list[tuple[str, Span]]:
    left, spans = BUDGET, []
    for scored in found:
        span = scored.passage.span
        if left > 0:
            spans.append((scored.passage.document, Span(span.start, min(span.end, span.start + left))))
        left -= span.end - span.start
    return spans
