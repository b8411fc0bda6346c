"""A library and an assistant with the real ones' faces: no index, no files, small enough to read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.answer import Answer, Citation
from assistant.conversation import Turn
from assistant.question import Scope
from corpus.document import Document, Inferred, Metadata, Section, Span
from corpus.errors import DocumentNotFoundError
from corpus.library import Entry
from corpus.passage import Passage
from corpus.settings import LibrarySettings
from corpus.text import bigrams, sentences
from ui.people import Person, Role

SPEECH = (
    "在云川市市场监管工作会议上的讲话\n"
    "一、过去一年的工作\n"
    "过去一年，全市新增经营主体1.2万户。抽检合格率达到98.1%，投诉办结率XX%。\n"
    "二、今年的重点任务\n"
    "（一）守牢食品安全底线\n"
    "全年完成食品抽检6000批次，合格率稳定在98%以上。由食品流通科牵头，各县区局配合。\n"
    "（二）优化营商环境\n"
    "企业开办时间压缩到0.5个工作日以内，6月底前实现全程网办。\n"
)


def document(
    name: str = "云川2024讲话.txt", text: str = SPEECH, title: str = "", year: int | None = 2024
) -> Document:
    """A document whose sections are its lines that begin with a Chinese number."""
    heads = [
        match.span() for match in re.finditer(r"^(?:[一二三四五六]、|（[一二三四五六]）).+$", text, re.M)
    ]
    ends = [*(start for start, _ in heads[1:]), len(text)][: len(heads)]
    found = tuple(
        Section(Span(start, stop), Span(start, end), 2 if text[start] == "（" else 1, None)
        for (start, end), stop in zip(heads, ends, strict=True)
    )
    metadata = Metadata(
        Inferred(title or text.splitlines()[0], 0.9),
        kind=Inferred("speech", 0.9),
        issuer=Inferred("云川市市场监督管理局", 0.8),
        year=Inferred(year, 0.8) if year else None,
    )
    return Document(name, hashlib.sha256(text.encode()).hexdigest(), text, metadata, found)


def citation(source: Document, quote: str, number: int = 1) -> Citation:
    """A citation of the first occurrence of `quote`."""
    start = source.text.index(quote)
    span = Span(start, start + len(quote))
    title = source.metadata.title.value
    return Citation(number, source.name, source.revision, title, source.path(start), span, quote)


def asking(role: Role = "admin", name: str = "") -> Any:
    """A request as a handler of gradio's gets it, sent by somebody of that role."""
    return SimpleNamespace(scope={"wennuo.person": Person(name, role, name or "a-browser")})


class FakeLibrary:
    """Documents in a dictionary."""

    def __init__(self, home: Path, *documents: Document) -> None:
        self.settings = LibrarySettings(home)
        self.held = {each.name: each for each in documents}
        self.changes = 0

    def seen_by(self, role: Role) -> FakeLibrary:
        return self

    def generation(self) -> int:
        return self.changes

    def entries(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                name=each.name,
                revision=each.revision,
                metadata=each.metadata,
                characters=len(each.text),
                passages=len(each.sections),
                ingested_at="2026-11-21T06:00:00+00:00",
                source="",
                rules="",
            )
            for each in sorted(self.held.values(), key=lambda held: held.name)
        )

    def document(self, name: str) -> Document:
        if name not in self.held:
            raise DocumentNotFoundError(name)
        return self.held[name]

    def overrides(self, name: str) -> dict[str, Any]:
        return {}

    def put(self, document: Document, passages: Sequence[Passage], rules: str = "") -> str:
        before = self.held.get(document.name)
        self.held[document.name] = document
        self.changes += 1
        if before is None:
            return "added"
        return "unchanged" if before.revision == document.revision else "replaced"

    def remove(self, name: str) -> None:
        self.document(name)
        del self.held[name]
        self.changes += 1


class FakeAssistant:
    """Quotes the sentence that shares most character pairs with the question."""

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library

    @property
    def quoting(self) -> FakeAssistant:
        return self

    def starters(self, count: int = 6) -> tuple[str, ...]:
        return ("今年食品抽检合格率要达到多少？", "企业开办时间要压缩到多少？", "投诉办结率是多少？")[:count]

    def answer(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Answer:
        wanted = set(bigrams(question))
        best: tuple[int, Document | None, Span | None] = (1, None, None)
        for held in self.library.held.values():
            if scope.documents and held.name not in scope.documents:
                continue
            for span in sentences(held.text):
                shared = len(wanted & set(bigrams(held.quote(span))))
                if shared > best[0]:
                    best = (shared, held, span)
        _, source, span = best
        if source is None or span is None:
            return Answer(question, question, "资料中没有提到。", "not_found")
        quote = source.quote(span)
        status = "masked" if "XX" in quote else "answered"
        text = f"{quote}[1]"
        return Answer(question, question, text, status, citations=(citation(source, quote),))

    def stream(self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()) -> Iterator[Answer]:
        yield self.answer(question, history, scope)
