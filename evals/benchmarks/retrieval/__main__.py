"""Rank public sets by words, by meaning and by both: python -m evals.benchmarks.retrieval --data FOLDER.

Prints what encoders cost, and a table a set: char-bigram BM25, bm25s over words of jieba and LangChain's usual pipeline (where they are
installed), each encoder alone and fused with BM25 as the product does it, the built-in one also with its alignment. p is that of a paired
permutation test against the first row. With --questions and --documents, evidence recall of the product's own search on a question
set as well.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.encoder import HashingEncoder, make_encoder
from corpus.errors import WenNuoError
from corpus.settings import DEFAULT_ENCODER, silence_telemetry
from evals.benchmarks.retrieval import public_sets
from evals.benchmarks.retrieval.cost import cost_table, costs
from evals.benchmarks.retrieval.evidence import BUDGET, evidence
from evals.benchmarks.retrieval.figures import MEASURES, Figures, judge, table
from evals.benchmarks.retrieval.methods import Fused, Meaning, Ranking, Words, cited
from evals.benchmarks.retrieval.peers import Bm25s, LangChain
from evals.benchmarks.retrieval.public_sets import Collection

SETS: dict[str, tuple[Callable[[Path, int], Collection], int]] = {
    "stard": (public_sets.articles_of_law, 500),
    "cmrc": (public_sets.sentences_of_wikipedia, 800),
    "dureader": (public_sets.passages_of_the_web, 1_417),
}
"""How each set is read, and how many of its questions are asked, from the first on."""


def ways(collection: Collection, encoder: str) -> Iterator[tuple[str, Callable[[str], Ranking]]]:
    """Names and rankings, one after the other, so that only one encoder's vectors are held at a time."""
    words = Words(collection.texts)
    yield "BM25, char bigrams", words.best
    try:
        yield "BM25, jieba (bm25s)", Bm25s(collection.texts).best
    except ImportError as error:
        print(f"left out: bm25s over words of jieba ({error})")
    yield "hashing, fused", Fused(words, Meaning(collection.texts, HashingEncoder())).best
    try:
        yield f"LangChain, Chroma, {encoder}", LangChain(collection.texts, make_encoder(encoder)).best
    except ImportError as error:
        print(f"left out: LangChain's pipeline ({error})")
    meaning = Meaning(collection.texts, make_encoder(encoder))
    yield f"{encoder} alone", meaning.best
    yield f"{encoder}, fused", Fused(words, meaning).best
    yield f"{encoder}, fused and aligned", Fused(words, meaning, aligned=True).best
    yield f"{encoder}, also documents", Fused(words, meaning, collection.documents, aligned=True).best
    counts = cited(collection.texts, collection.documents)
    shipped = Fused(words, meaning, collection.documents, cited=counts, aligned=True)
    yield f"{encoder}, also citations", shipped.best


def measured(way: str, best: Callable[[str], Ranking], collection: Collection) -> Figures:
    """The figures of one way; the first question is asked once before, so that reading and encoding are not timed."""
    best(collection.questions[0])
    values, times = [], []
    for question, relevant in zip(collection.questions, collection.relevant, strict=True):
        start = time.perf_counter()
        ranking = best(question)
        times.append(1000 * (time.perf_counter() - start))
        values.append(judge(ranking.tolist(), relevant))
    columns = np.array(values).T
    return Figures(way, dict(zip(MEASURES, columns, strict=True)), statistics.median(times))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the public sets")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--most", type=int, help="questions of each set, at most")
    parser.add_argument("--encoder", default=DEFAULT_ENCODER)
    parser.add_argument("--questions", type=Path, help="a question set (JSONL), with --documents")
    parser.add_argument("--documents", type=Path, help="the folder of its documents")
    options = parser.parse_args(arguments)
    if (options.questions is None) != (options.documents is None):
        parser.error("--questions and --documents go together")
    silence_telemetry()
    try:
        print(cost_table(costs(options.encoder)), flush=True)
        for name in options.sets:
            read, usual = SETS[name]
            collection = read(options.data, options.most or usual)
            rows = [measured(way, best, collection) for way, best in ways(collection, options.encoder)]
            print(f"\n{table(f'{collection.name}, {len(collection.questions)} questions', rows)}", flush=True)
        if options.questions:
            print(f"\nevidence recall at {BUDGET:,} characters")
            for way, value in evidence(options.questions, options.documents, options.encoder).items():
                print(f"{way:<34}{value:>12.3f}")
    except WenNuoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
