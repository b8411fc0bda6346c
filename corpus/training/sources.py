"""The texts that an encoder learns from: JSON lines, plain or squeezed with xz."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

from corpus.errors import SettingsError
from corpus.text import fold


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the passage that answers it, and the words in it that do."""

    question: str
    passage: str
    answer: str


@dataclass(frozen=True, slots=True)
class Titled:
    """A text under its title; the title of an article of law is the law's name, its chapter and the article's number."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything, folded and in simplified characters, in the order of the files."""

    questions: tuple[Asked, ...]
    articles: tuple[Titled, ...]
    news: tuple[Titled, ...]
    documents: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Each text once, titles and questions too."""
        for asked in self.questions:
            yield asked.question
            yield asked.passage
        for titled in (*self.articles, *self.news):
            yield titled.title
            yield titled.text
        yield from self.documents


def read_sources(folder: Path) -> Sources:
    """What the folder holds under the names below, each as NAME.jsonl.xz or NAME.jsonl. Raises SettingsError for a missing one.

    cmrc2018_train and drcd_traditional {question, passage, answer}; law_articles and news_title_body {title, text};
    news_documents {text}.
    """
    simplified = OpenCC("t2s")
    questions = [
        Asked(*(fold(text) for text in (row["question"], row["passage"], row["answer"])))
        for row in _rows(folder, "cmrc2018_train")
    ]
    for row in _rows(folder, "drcd_traditional"):
        texts = (fold(simplified.convert(row[field])) for field in ("question", "passage", "answer"))
        questions.append(Asked(*texts))
    articles, news = (
        tuple(Titled(fold(row["title"]), fold(row["text"])) for row in _rows(folder, name))
        for name in ("law_articles", "news_title_body")
    )
    documents = tuple(fold(row["text"]) for row in _rows(folder, "news_documents"))
    return Sources(tuple(questions), articles, news, documents)


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    squeezed, plain = folder / f"{name}.jsonl.xz", folder / f"{name}.jsonl"
    if squeezed.is_file():
        lines = lzma.decompress(squeezed.read_bytes())
    elif plain.is_file():
        lines = plain.read_bytes()
    else:
        raise SettingsError(f"{folder} holds neither {squeezed.name} nor {plain.name}")
    for line in lines.splitlines():  # of bytes: at line feeds and carriage returns only
        yield json.loads(line)
