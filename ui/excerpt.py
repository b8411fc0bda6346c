"""A citation with its surroundings: what the evidence panel shows of one cited sentence."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.conversation import Turn
from corpus.document import Document, Span
from corpus.errors import DocumentNotFoundError
from corpus.library import Library

AROUND = 200
WHOLE = 500


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The citation and the text before and after it in its paragraph.

    cut_before and cut_after tell that the paragraph goes on. year and issuer are None where nothing was found. current is
    False when the library now holds another revision of the document, or none; then there may be no surroundings.
    """

    citation: Citation
    before: str = ""
    after: str = ""
    cut_before: bool = False
    cut_after: bool = False
    year: int | None = None
    issuer: str | None = None
    current: bool = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn of the conversation with the excerpts behind its answer, as they were when it was answered."""

    turn: Turn
    excerpts: tuple[Excerpt, ...]

    @property
    def answer(self) -> Answer:
        """The turn's answer."""
        return self.turn.answer


def surroundings(text: str, span: Span) -> Span:
    """The paragraph (line) or paragraphs around `span`; of a paragraph over WHOLE characters, AROUND on each side."""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    last = len(text) if last < 0 else last
    if last - first > WHOLE:
        first, last = max(first, span.start - AROUND), min(last, span.end + AROUND)
    return Span(first, last)


def excerpt(document: Document, citation: Citation) -> Excerpt:
    """`citation` in `document`, which must be the cited revision."""
    text, span = document.text, citation.span
    around = surroundings(text, span)
    metadata = document.metadata
    return Excerpt(
        citation,
        before=text[around.start : span.start],
        after=text[span.end : around.end],
        cut_before=around.start > 0 and text[around.start - 1] != "\n",
        cut_after=around.end < len(text) and text[around.end] != "\n",
        year=metadata.year.value if metadata.year else None,
        issuer=metadata.issuer.value if metadata.issuer else None,
    )


def excerpts(library: Library, answer: Answer) -> tuple[Excerpt, ...]:
    """An excerpt for each citation of `answer`; without surroundings where the cited revision is gone."""
    found = []
    for citation in answer.citations:
        try:
            document = library.document(citation.document)
        except DocumentNotFoundError:
            document = None
        if document is not None and document.revision == citation.revision:
            found.append(excerpt(document, citation))
        else:
            found.append(Excerpt(citation, current=False))
    return tuple(found)
