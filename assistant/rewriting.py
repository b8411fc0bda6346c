"""The quoting answer rewritten by a model from the same evidence, of which only what agrees with its citations is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.checking import check
from assistant.conversation import Turn
from assistant.draft import Draft, Quote
from assistant.evidence import Evidence
from assistant.quoting import QuotingComposer
from assistant.writing import WritingComposer
from corpus.errors import EndpointError

EVIDENCE_FOR_WRITING = 8  # passages that a model is given, at most
REMEMBERED = 3  # turns that a model is told of
_SENTENCE_DONE = re.compile(r"(?:[。！？；\n]|\[\d+\])\s*$")


def evidence_for_writing(
    composer: QuotingComposer, quoted: Answer, evidence: Evidence
) -> tuple[Citation, ...]:
    """What a model is given: what the answer quotes, then the best passages whole."""
    quotes = [Quote(composer.searched(citation), citation.span) for citation in quoted.citations]
    for unit in evidence.units:
        passage = unit.passage
        if len(quotes) >= EVIDENCE_FOR_WRITING:
            break
        if all(
            quote.document.name != passage.document or not quote.span.overlap(passage.span)
            for quote in quotes
        ):
            quotes.append(Quote(composer.searched(passage), passage.span))
    return composer.citations(Draft(tuple(quotes)))


def rewritten(
    writer: WritingComposer, quoted: Answer, citations: tuple[Citation, ...], history: Sequence[Turn]
) -> Iterator[Answer]:
    """The answer that the model writes from the same evidence, sentence by sentence as they are checked."""
    if not citations:
        yield quoted
        return
    told = [(turn.question, turn.answer.text) for turn in history[-REMEMBERED:]]
    text, shown = "", ""
    try:
        for piece in writer.stream(quoted.asked, citations, told):
            text += piece
            if _SENTENCE_DONE.search(text):
                partial = check(text, citations)
                if partial.text != shown and not partial.refused:
                    shown = partial.text
                    yield replace(
                        quoted, text=shown, status="answered", mode="writing", citations=partial.citations
                    )
    except EndpointError as error:
        yield replace(quoted, warnings=(*quoted.warnings, f"{error}以下为直接摘录原文的回答。"))
        return
    checked = check(text, citations)
    if checked.refused:
        note = "模型没有从资料中写出可以核对的回答，以下为直接摘录原文的回答。"
        yield replace(quoted, warnings=(*quoted.warnings, *checked.warnings, note))
        return
    status = quoted.status if quoted.status == "masked" else "answered"
    yield replace(
        quoted,
        text=checked.text,
        status=status,
        mode="writing",
        citations=checked.citations,
        warnings=(*quoted.warnings, *checked.warnings),
    )
