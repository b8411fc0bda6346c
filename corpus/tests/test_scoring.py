"""Scores against plain restatements of their formulas; packing against its inverse."""

from __future__ import annotations

import datetime
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_fakes import SPEECH, made, rich

from corpus import records
from corpus.document import Inferred, Metadata, Span
from corpus.passage import Passage
from corpus.scoring import (
    K1,
    B,
    bm25,
    cosines,
    inverse_frequency,
    of_documents,
    pack_terms,
    pack_vectors,
    standardise,
    term_number,
    unpack_vectors,
)

TOKENS = st.lists(st.sampled_from(["抽检", "检合", "合格", "98%", "ip", "年"]), max_size=12)


def plainly(query: list[str], passages: list[list[str]]) -> list[float]:
    """BM25 by the book."""
    mean = sum(map(len, passages)) / len(passages)
    scores = []
    for tokens in passages:
        score = 0.0
        for term in set(query):
            df = sum(term in other for other in passages)
            idf = math.log(1 + (len(passages) - df + 0.5) / (df + 0.5))
            tf = tokens.count(term)
            if tf:
                score += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(tokens) / mean))
        scores.append(score)
    return scores


@given(query=TOKENS, passages=st.lists(TOKENS.filter(bool), min_size=1, max_size=6))
def test_bm25_is_by_the_book(query: list[str], passages: list[list[str]]) -> None:
    frequencies = Counter(term for tokens in passages for term in set(tokens))
    weights = {
        term_number(term): inverse_frequency(len(passages), frequencies[term])
        for term in query
        if term in frequencies
    }
    mean = sum(map(len, passages)) / len(passages)
    got = bm25(weights, [pack_terms(tokens) for tokens in passages], [len(t) for t in passages], mean)
    assert got == pytest.approx(plainly(query, passages))


def test_bm25_of_nothing() -> None:
    assert bm25({}, [b""], [0], 0.0).tolist() == [0.0]
    assert bm25({1: 1.0}, [], [], 0.0).tolist() == []
    assert bm25({1: 1.0}, [b""], [0], 0.0).tolist() == [0.0]


def test_weight_of_a_term_is_never_negative_even_where_the_index_runs_ahead() -> None:
    assert inverse_frequency(10, 10) > 0
    assert inverse_frequency(10, 12) == inverse_frequency(10, 10)


def test_count_beyond_the_field_is_capped() -> None:
    packed = pack_terms(["啊啊"] * 70_000)
    assert np.isfinite(bm25({term_number("啊啊"): 1.0}, [packed], [70_000], 10.0)).all()


def test_cosine_does_not_depend_on_company() -> None:
    rows = np.random.default_rng(1).normal(size=(200, 64)).astype(np.float32)
    together = cosines(rows[0], rows)
    assert together[0] == 1.0
    assert [cosines(rows[0], rows[at : at + 1])[0] for at in range(200)] == together.tolist()


def test_cosine_of_zeros() -> None:
    assert cosines(np.ones(4, np.float32), np.zeros((2, 4), np.float32)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("scores", [[], [3.0], [2.0, 2.0, 2.0]])
def test_standardise_without_spread(scores: list[float]) -> None:
    assert standardise(np.array(scores)).tolist() == [0.0] * len(scores)


def test_standardise() -> None:
    result = standardise(np.array([1.0, 2.0, 3.0, 10.0]))
    assert (result.mean(), result.std()) == pytest.approx((0, 1))


def test_vectors_come_back_to_half_precision() -> None:
    rows = np.random.default_rng(2).normal(size=(5, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    back = unpack_vectors(pack_vectors(rows), 8)
    assert back.dtype == np.float32
    assert np.abs(back - rows).max() < 1e-3
    assert unpack_vectors([], 8).shape == (0, 8)


def test_document_and_metadata_come_back() -> None:
    document = rich()
    row = {
        "name": document.name,
        "revision": document.revision,
        "text": document.text,
        "source": document.source,
        "metadata": records.pack_metadata(document.metadata),
        "layout": records.pack_layout(document),
    }
    assert records.unpack_document(row) == document
    bare = Metadata(Inferred("a", 0.0))
    assert records.unpack_metadata(records.pack_metadata(bare)) == bare


def test_key_stands_for_what_the_indexes_see() -> None:
    passage = made("讲话.txt", SPEECH)[1][1]
    key = records.key_of(passage)
    assert 0 <= key < 1 << 63
    assert key == records.key_of(
        Passage(passage.document, "another", passage.span, passage.text, (), passage.context)
    )
    moved = Span(passage.span.start + 1, passage.span.end + 1)
    for other in (
        Passage("b.txt", passage.revision, passage.span, passage.text, (), passage.context),
        Passage(passage.document, passage.revision, moved, passage.text, (), passage.context),
        Passage(passage.document, passage.revision, passage.span, passage.text, (), "其他"),
    ):
        assert records.key_of(other) != key


def test_corrections_are_what_differs_or_was_said_by_a_person() -> None:
    before = Metadata(Inferred("甲", 0.5), year=Inferred(2022, 0.8), region=Inferred("临江", 0.3))
    after = Metadata(
        Inferred("甲", 1.0, "person"),
        date=Inferred(datetime.date(2022, 1, 1), 1.0),
        region=Inferred("临江", 0.3),
    )
    fields = records.corrections(before, after)
    assert fields == {"title": "甲", "date": datetime.date(2022, 1, 1), "year": None}
    assert records.unpack_fields(records.pack_fields(fields)) == fields


def test_a_document_counts_by_its_best_three():
    scores = np.array([3.0, 1.0, -1.0, -2.0, 2.0])
    assert of_documents(scores, ["a", "a", "a", "a", "b"]).tolist() == [1.0, 1.0, 1.0, 1.0, 2 / 3]
    assert of_documents(np.empty(0), []).tolist() == []
