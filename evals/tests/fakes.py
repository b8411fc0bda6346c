"""Stand-ins for library, assistant and pipeline that are small enough to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Answer, Citation
from corpus.commitment import Commitment
from corpus.document import Document, Inferred, Metadata
from corpus.errors import DocumentNotFoundError
from corpus.passage import Passage
from corpus.text import bigrams, sentences
from ingest.commitments import extract
from ingest.verdict import Summary, Verdict


@dataclass(frozen=True)
class FakeEntry:
    name: str
    revision: str
    metadata: Metadata
    characters: int
    passages: int
    ingested_at: str = "2026-01-01T00:00:00+00:00"
    source: str = ""
    rules: str = "1"


@dataclass(frozen=True)
class FakeScored:
    passage: Passage
    score: float


@dataclass(frozen=True)
class FakeKept:
    row: Commitment


@dataclass
class FakeLibrary:
    texts: dict[str, str] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    closed: bool = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True

    def generation(self):
        return len(self.texts)

    def document(self, name):
        if name not in self.texts:
            raise DocumentNotFoundError(name)
        return Document(name, "r" * 64, self.texts[name], Metadata(Inferred(name, 0.5)))

    def passages(self, name):
        document = self.document(name)
        return tuple(
            Passage(name, document.revision, span, document.quote(span)) for span in sentences(document.text)
        )

    def entries(self):
        return tuple(
            FakeEntry(
                name,
                "r" * 64,
                Metadata(Inferred(name, 0.5), year=Inferred(2022, 0.9)),
                len(text),
                len(self.passages(name)),
            )
            for name, text in sorted(self.texts.items())
        )

    def collections_of(self, name):
        return ()

    def commitments(self, wanted):
        rows = (
            row for name in wanted.documents if name in self.texts for row in extract(self.document(name))
        )
        return tuple(FakeKept(row) for row in rows if row.kind in wanted.kinds)

    def without_ledger(self):
        return ()

    def remove(self, name):
        if name not in self.texts:
            raise DocumentNotFoundError(name)
        del self.texts[name]

    def reindex(self, progress=None):
        total = sum(len(self.passages(name)) for name in self.texts)
        if progress:
            progress(total, total)
        return total

    def doctor(self):
        return self.findings


@dataclass
class FakeAssistant:
    """Answers with the sentence that shares most bigrams; refuses below two. A follow-up is asked with the question before."""

    library: FakeLibrary
    asked: list = field(default_factory=list)

    def answer(self, question, history=(), scope=None):
        self.asked.append((question, len(history), scope))
        asked = f"{history[-1].question}{question}" if history else question
        best = self.search(asked, 1, scope)
        if not best or best[0].score < 2:
            return Answer(question, asked, "资料中没有提到。", "not_found", warnings=("没有找到",))
        p = best[0].passage
        citation = Citation(1, p.document, p.revision, p.document, p.path, p.span, p.text)
        return Answer(question, asked, f"{p.text}[1]", "answered", citations=(citation,), elapsed=1.0)

    def search(self, question, k=20, scope=None):
        wanted = set(bigrams(question))
        found = [
            FakeScored(passage, float(len(wanted & set(bigrams(passage.text)))))
            for name in sorted(self.library.texts)
            if not (scope and scope.documents and name not in scope.documents)
            for passage in self.library.passages(name)
        ]
        return tuple(sorted(found, key=lambda scored: -scored.score)[:k])


def fake_ingest(library, paths, *, jobs=2, prune=False, on_verdict=None, on_progress=None):
    """A file is taken in under its name; an empty or missing one fails."""
    verdicts = []
    files = [
        file
        for path in map(Path, paths)
        for file in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])
    ]
    for number, file in enumerate(files, 1):
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if text:
            library.texts[file.name] = text
        verdict = Verdict(file.name, "added" if text else "failed", "" if text else "the file is empty")
        verdicts.append(verdict)
        on_verdict(verdict)
        on_progress(number, len(files))
    return Summary(tuple(verdicts))
