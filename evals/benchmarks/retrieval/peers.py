"""What others do, for rows beside ours: packages that are not among our requirements, left out where they are not installed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from corpus.document import Span
from corpus.encoder import Encoder
from evals.benchmarks.retrieval.methods import DEPTH, Ranking

AT_ONCE = 1_000


class Bm25s:
    """The package bm25s as it comes, over words of jieba. Raises ImportError where one of the two is not installed."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s
        import jieba

        jieba.setLogLevel("ERROR")
        self._cut: Callable[[str], list[str]] = jieba.lcut
        self._index: Any = bm25s.BM25()
        self._index.index([self._cut(text) for text in texts], show_progress=False)
        self._count = len(texts)

    def best(self, question: str) -> Ranking:
        """The best by its scores."""
        found, _ = self._index.retrieve([self._cut(question)], k=min(DEPTH, self._count), show_progress=False)
        return np.asarray(found[0], dtype=np.intp)


class LangChain:
    """LangChain's usual pipeline with the settings it comes with: RecursiveCharacterTextSplitter and Chroma, in memory.

    The vectors are those of `encoder`, since the models that it would take by itself have to be downloaded. Raises ImportError where
    langchain-text-splitters or langchain-chroma is not installed.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder, size: int | None = None) -> None:
        """size: characters of a piece, which then overlap by a fifth; its own 4,000 and 200 where None."""
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        class Ours(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                vectors: list[list[float]] = encoder.encode(texts).tolist()
                return vectors

            def embed_query(self, text: str) -> list[float]:
                return self.embed_documents([text])[0]

        sizes = {} if size is None else {"chunk_size": size, "chunk_overlap": size // 5}
        splitter: Any = RecursiveCharacterTextSplitter(add_start_index=True, **sizes)
        pieces = splitter.create_documents(list(texts), [{"text": at} for at in range(len(texts))])
        self._count = len(pieces)
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        name = f"wennuo-{uuid.uuid4().hex}"  # all clients of a process share one memory
        self._store: Any = Chroma(collection_name=name, embedding_function=Ours(), client=client)
        for first in range(0, len(pieces), AT_ONCE):
            self._store.add_documents(pieces[first : first + AT_ONCE])

    def pieces(self, question: str, count: int = DEPTH) -> list[tuple[int, Span]]:
        """The nearest: place of the text, and what of it."""
        found = self._store.similarity_search(question, k=min(count, self._count))
        starts = [
            (piece.metadata["text"], piece.metadata["start_index"], piece.page_content) for piece in found
        ]
        return [(text, Span(start, start + len(content))) for text, start, content in starts]

    def best(self, question: str) -> Ranking:
        """The texts of the nearest."""
        return np.array(list(dict.fromkeys(text for text, _ in self.pieces(question))), dtype=np.intp)
