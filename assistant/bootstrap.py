"""The one place that knows the real parts."""

from __future__ import annotations

from assistant.assistant import Assistant
from assistant.quoting import QuotingComposer
from assistant.retrieval import Retriever
from assistant.settings import EndpointSettings
from assistant.writing import WritingComposer
from corpus.library import Library


def make_assistant(library: Library, endpoint: EndpointSettings | None = None) -> Assistant:
    """An assistant over `library`; it writes its answers with a model when an endpoint is given."""
    retriever = Retriever(library)
    writer = WritingComposer(endpoint) if endpoint else None
    return Assistant(library, retriever, QuotingComposer(retriever), writer)
