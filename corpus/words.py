"""The words index: which passages share character bigrams with a query. The only user of tantivy.

Bigrams are cut here, by corpus.text, and joined by blanks; tantivy only splits at the blanks. Frequencies are indexed and
positions are not: no phrase is ever asked for, and without them the index has half the size. The index proposes; scores are
computed in scoring.py, for tantivy's depend on what was deleted before.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from corpus.errors import LibraryDamagedError

HEAP = 64_000_000
"""Bytes that the writer gathers before it makes a segment."""
DAMAGED = "the words index cannot be read ({error}); run `wennuo reindex`"


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", indexed=True, fast=True)
    builder.add_integer_field("document", indexed=True)
    builder.add_integer_field(
        "all", indexed=True
    )  # 1 in each entry: its frequency counts deleted entries too
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class Words:
    """One folder of a words index. Safe for several threads; writing is for the holder of the library's lock."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the index in `folder`. Raises LibraryDamagedError where there is none and `create` is False."""
        self.folder = folder
        self._lock = threading.Lock()
        try:
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
            else:
                self._index = tantivy.Index.open(str(folder))
            self._index.config_reader(reload_policy="manual")
            self._index.reload()
        except (ValueError, OSError) as error:
            raise LibraryDamagedError(DAMAGED.format(error=error)) from error
        self._schema = self._index.schema

    def reload(self) -> None:
        """See what has been committed since, by any process."""
        self._index.reload()

    def count(self) -> int:
        """How many entries there are."""
        return int(self._index.searcher().num_docs)

    def keys(self) -> set[int]:
        """The keys of all entries."""
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs), count=False).hits
        return set(_keys(searcher, hits))

    def search(
        self,
        terms: Sequence[str],
        limit: int,
        documents: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> list[int]:
        """Keys of the `limit` entries that fit the terms best, by tantivy's BM25.

        Within `documents` where given, else in all but those of `without`.
        """
        if not terms or limit <= 0 or (documents is not None and not documents):
            return []
        any_term = [(tantivy.Occur.Should, self._term(term)) for term in terms]
        query = tantivy.Query.boolean_query(any_term)
        if documents is not None:
            within = tantivy.Query.const_score_query(self._within(documents), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, within)])
        elif without:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, self._within(without))]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=limit, count=False).hits
        return _keys(searcher, hits)

    def frequencies(self, terms: Iterable[str], without: Collection[int] = ()) -> dict[str, int]:
        """In how many entries each term occurs, those of the documents in `without` left out."""
        searcher: Any = self._index.searcher()  # the package's own annotations lack SearchResult.count
        if without:
            elsewhere = (tantivy.Occur.MustNot, self._within(without))
            queries = {
                term: tantivy.Query.boolean_query([(tantivy.Occur.Must, self._term(term)), elsewhere])
                for term in terms
            }
            return {
                term: searcher.search(query, limit=1, count=True).count for term, query in queries.items()
            }
        if searcher.doc_freq("all", 1) == searcher.num_docs:  # nothing deleted: the dictionary knows
            return {term: searcher.doc_freq("body", term) for term in terms}
        return {term: searcher.search(self._term(term), limit=1, count=True).count for term in terms}

    def write(self, drop: Iterable[int], hold: Iterable[tuple[int, int, str]]) -> None:
        """Drop the keys, hold the entries (key, document key, bigrams joined by blanks); all of it or nothing.

        Writing the same twice changes nothing. Merges of segments are waited for, so that nothing moves between writes. Raises
        LibraryDamagedError.
        """
        with self._lock:
            try:
                writer = self._index.writer(heap_size=HEAP, num_threads=1)
                for key in drop:
                    writer.delete_documents_by_term("key", key)
                for key, document, body in hold:
                    writer.delete_documents_by_term("key", key)
                    writer.add_document(tantivy.Document(key=key, document=document, all=1, body=body))
                writer.commit()
                writer.wait_merging_threads()
                self._index.reload()
            except (ValueError, OSError) as error:
                raise LibraryDamagedError(DAMAGED.format(error=error)) from error

    def _within(self, documents: Collection[int]) -> Any:
        return tantivy.Query.term_set_query(self._schema, "document", list(documents))

    def _term(self, term: str) -> Any:
        return tantivy.Query.term_query(self._schema, "body", term, index_option="freq")


def _keys(searcher: Any, hits: Sequence[tuple[Any, Any]]) -> list[int]:
    return list(searcher.fast_field_values("key", [address for _, address in hits]))
