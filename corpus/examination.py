"""What `wennuo doctor` looks for: broken laws in the catalogue, and indexes that disagree with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus import ledger_queries, shelves
from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.encoder import Encoder
from corpus.errors import LibraryDamagedError
from corpus.ledger_rows import unpack_commitment
from corpus.scoring import VECTOR, unpack_vectors
from corpus.state import State
from corpus.vectors import Vectors
from corpus.words import Words

STEP = 2000


def examine(home: Path, catalogue: Catalogue, encoder: Encoder) -> tuple[str, ...]:
    """One sentence a finding; () when all is well. Where a writer is at work meanwhile, looks again, three times at most."""
    findings: tuple[str, ...] = ()
    for _ in range(3):
        before = catalogue.state()
        findings = tuple(_findings(home, catalogue, encoder, before))
        if catalogue.state() == before:
            break
    return findings


def _findings(home: Path, catalogue: Catalogue, encoder: Encoder, state: State) -> Iterator[str]:
    broken = [f"catalogue: {finding}" for finding in catalogue.integrity()]
    yield from broken
    if broken:
        return
    yield from _documents(catalogue)
    due = catalogue.keys()
    if not due:
        return
    yield from _words(home, catalogue, state, due)
    misshapen = list(_stored_vectors(catalogue, state))
    yield from misshapen or _vectors(home, catalogue, state, due, encoder)


def _documents(catalogue: Catalogue) -> Iterator[str]:
    for number, name in catalogue.numbers().items():
        try:
            document = catalogue.document(number)
            passages = catalogue.passages(name)
        except (ValueError, KeyError, TypeError) as error:
            yield f"{name!r}: breaks a law: {error}; ingest it again"
            continue
        if document is None:
            continue
        for passage in passages:
            within = passage.span.end <= len(document.text)
            if not within or document.quote(passage.span) != passage.text:
                yield f"{name!r}: the passage at {passage.span} is not what the text says there; ingest it again"
        yield from _commitments(catalogue, number, document)
    yield from catalogue.miscounts()
    with catalogue.reading_ledger() as connection:
        yield from () if connection is None else ledger_queries.miscounts(connection)
    with catalogue.reading_shelves() as connection:
        yield from () if connection is None else shelves.findings(connection)


def _commitments(catalogue: Catalogue, number: int, document: Document) -> Iterator[str]:
    with catalogue.reading_ledger() as connection:
        rows = [] if connection is None else ledger_queries.of_document(connection, number)
    for row in rows:
        try:
            span, quote = (made := unpack_commitment(row)).span, made.quote
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            yield f"{document.name!r}: a commitment breaks a law: {error}; ingest it again"
            continue
        if span.end > len(document.text) or document.quote(span) != quote:
            yield f"{document.name!r}: the commitment at {span} is not what the text says there; ingest it again"


def _stored_vectors(catalogue: Catalogue, state: State) -> Iterator[str]:
    size = state.dimensions * VECTOR.itemsize
    wrong = sum(len(vector) != size for _, _, vector in catalogue.vectors(catalogue.numbers()))
    if wrong:
        yield f"catalogue: {wrong} vectors are not of {state.dimensions} components; run `wennuo reindex`"


def _words(home: Path, catalogue: Catalogue, state: State, due: set[int]) -> Iterator[str]:
    pending = catalogue.pending("words")
    if due <= set(pending.hold):
        return  # a writer was killed before the index took in anything: it may not even be made
    try:
        present = Words(home / state.words).keys()
    except LibraryDamagedError as error:
        yield f"words: {error}"
        return
    yield from _difference("words", (present | set(pending.hold)) - set(pending.drop), due)


def _vectors(
    home: Path, catalogue: Catalogue, state: State, due: set[int], encoder: Encoder
) -> Iterator[str]:
    pending = catalogue.pending("vectors")
    if due <= set(pending.hold):
        return
    if state.encoder != encoder.name:
        yield f"vectors: made by the encoder {state.encoder!r}, configured is {encoder.name!r}; run `wennuo reindex`"
    vectors = None
    try:
        vectors = Vectors(home / state.vectors, state.encoder)
        present = vectors.keys()
        yield from _difference("vectors", (present | set(pending.hold)) - set(pending.drop), due)
        yield from _unlike(vectors, catalogue, state, sorted(due & present))
    except LibraryDamagedError as error:
        yield f"vectors: {error}"
    finally:
        if vectors is not None:
            vectors.close()


def _difference(index: str, present: set[int], due: set[int]) -> Iterator[str]:
    if due - present:
        yield f"{index}: {len(due - present)} passages are missing from the index; run `wennuo reindex`"
    if present - due:
        yield f"{index}: {len(present - due)} entries are of no passage; run `wennuo reindex`"


def _unlike(vectors: Vectors, catalogue: Catalogue, state: State, keys: list[int]) -> Iterator[str]:
    unlike = 0
    for first in range(0, len(keys), STEP):
        held = vectors.read(keys[first : first + STEP])
        known = catalogue.candidates(keys[first : first + STEP])
        for key, row in zip(known.keys, unpack_vectors(known.vectors, state.dimensions), strict=True):
            theirs = held.get(key)
            length = float(np.linalg.norm(row))
            if theirs is None or not np.allclose(theirs * length, row, atol=1e-3):
                unlike += 1
    if unlike:
        yield f"vectors: {unlike} vectors are lost or not those of the catalogue; run `wennuo reindex`"
