"""The product's own search on a question set: how much of the wanted quotes the first passages cover."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from assistant.bootstrap import make_assistant
from corpus.document import Span
from corpus.encoder import Encoder, make_encoder
from corpus.errors import QuestionSetError
from corpus.library import Library, Scored
from corpus.settings import LibrarySettings
from evals.benchmarks.retrieval.peers import LangChain
from evals.cases import Case, read_set
from ingest.pipeline import ingest

BUDGET = 1_000
"""Characters of passages that count, in the order found."""
Search = Callable[[str], Sequence[tuple[str, Span]]]
"""From a question to stretches of documents, best first."""
PIECE = 500
"""Characters of a piece of LangChain's, beside its own 4,000."""


def evidence(questions: Path, folder: Path, encoder: str) -> dict[str, float]:
    """Evidence recall of each way, the library's three and the assistant's, over a library made of the folder and thrown away."""
    cases = [case for case in read_set(questions).cases if case.quotes]
    with tempfile.TemporaryDirectory(prefix="wennuo-retrieval-") as home:
        settings = LibrarySettings(Path(home) / "home", encoder)
        with Library.open(settings, write=True) as library:
            ingest(library, [folder], jobs=1)
            texts = {entry.name: library.document(entry.name).text for entry in library.entries()}
            assistant = make_assistant(library)
            ways: dict[str, Search] = {
                "words": lambda question: _spans(library.search_words(question, k=20)),
                "meaning": lambda question: _spans(library.search_vectors(question, k=20)),
                "fused": lambda question: _spans(library.search(question, k=20)),
                "assistant": lambda question: _spans(assistant.search(question, k=20)),
            }
            try:
                for size in (None, PIECE):
                    ways[f"LangChain, pieces of {size or 4000}"] = _langchain(
                        texts, make_encoder(encoder), size
                    )
            except ImportError as error:
                print(f"left out: LangChain's pipeline ({error})")
            return {way: recall(cases, texts, search) for way, search in ways.items()}


def _langchain(texts: Mapping[str, str], encoder: Encoder, size: int | None) -> Search:
    names, pipeline = list(texts), LangChain(list(texts.values()), encoder, size)
    return lambda question: [(names[at], span) for at, span in pipeline.pieces(question, 20)]


def _spans(found: Sequence[Scored]) -> list[tuple[str, Span]]:
    return [(scored.passage.document, scored.passage.span) for scored in found]


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


def _within_budget(found: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    left, spans = BUDGET, []
    for document, span in found:
        if left > 0:
            spans.append((document, Span(span.start, min(span.end, span.start + left))))
        left -= span.end - span.start
    return spans
