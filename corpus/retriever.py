"""The library as a LangChain retriever. Imported only when one is asked for: langchain_core takes 0.4 s."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict


class LibraryRetriever(BaseRetriever):
    """Gives the k best passages of `Library.search` as LangChain documents."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    library: Any
    k: int = 8

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (the base class passes it)
    ) -> list[Document]:
        titles = {entry.name: entry.metadata.title.value for entry in self.library.entries()}
        return [
            Document(
                id=scored.passage.identity,
                page_content=scored.passage.text,
                metadata={
                    "document": scored.passage.document,
                    "revision": scored.passage.revision,
                    "start": scored.passage.span.start,
                    "end": scored.passage.span.end,
                    "path": list(scored.passage.path),
                    "page": scored.passage.page,
                    "title": titles.get(scored.passage.document, ""),
                    "score": scored.score,
                },
            )
            for scored in self.library.search(query, k=self.k)
        ]
