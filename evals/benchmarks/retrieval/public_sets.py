"""Public sets of questions and the texts that answer them, as JSON lines squeezed with xz."""

from __future__ import annotations

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import QuestionSetError
from corpus.text import sentences

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+条.*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Collection:
    """A set. texts: what is searched. documents: the one that each of them is a part of.

    relevant: for each question the places in `texts` of all that answer it, at least one.
    """

    name: str
    texts: tuple[str, ...]
    documents: tuple[str, ...]
    questions: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]

    def __post_init__(self) -> None:
        if len(self.questions) != len(self.relevant) or not all(self.relevant):
            raise ValueError(f"{self.name}: a question without anything that answers it")


def articles_of_law(folder: Path, most: int) -> Collection:
    """STARD: the first `most` lay questions over all articles of law, each with its law's name and number before it."""
    rows = list(_rows(folder / "stard_corpus.jsonl.xz"))
    places = defaultdict(set)
    for at, row in enumerate(rows):
        places[row["id"]].add(at)
    asked = list(_rows(folder / "stard_queries.jsonl.xz"))[:most]
    relevant = [frozenset[int]().union(*(places[name] for name in row["pos"])) for row in asked]
    texts = tuple(f"{row['id']}\n{row['text']}" for row in rows)
    laws = tuple(_ARTICLE.sub("", row["id"]) for row in rows)
    questions = [row["question"] for row in asked]
    return _collection(f"STARD ({len(texts):,} articles)", texts, laws, questions, relevant)


def sentences_of_wikipedia(folder: Path, most: int) -> Collection:
    """CMRC 2018, its development part: the sentence of the question's passage that holds the answer, among those of all passages."""
    rows = list(_rows(folder / "cmrc2018_dev.jsonl.xz"))
    texts: list[str] = []
    within: dict[str, range] = {}
    for passage in dict.fromkeys(row["passage"] for row in rows):
        cut = [passage[span.start : span.end] for span in sentences(passage)]
        within[passage] = range(len(texts), len(texts) + len(cut))
        texts.extend(cut)
    rows = rows[:most]
    relevant = [frozenset(at for at in within[row["passage"]] if row["answer"] in texts[at]) for row in rows]
    name = f"CMRC 2018 dev ({len(texts):,} sentences)"
    passages = tuple(str(number) for number, cut in enumerate(within.values()) for _ in cut)
    return _collection(name, tuple(texts), passages, [row["question"] for row in rows], relevant)


def passages_of_the_web(folder: Path, most: int) -> Collection:
    """DuReader-robust, its development part: the question's passage, among all."""
    rows = list(_rows(folder / "dureader_robust_dev.jsonl.xz"))
    texts = tuple(dict.fromkeys(row["passage"] for row in rows))
    place = {text: at for at, text in enumerate(texts)}
    rows = rows[:most]
    relevant = [frozenset({place[row["passage"]]}) for row in rows]
    name = f"DuReader-robust dev ({len(texts):,} passages)"
    alone = tuple(str(number) for number in range(len(texts)))
    return _collection(name, texts, alone, [row["question"] for row in rows], relevant)


def _collection(
    name: str,
    texts: tuple[str, ...],
    documents: tuple[str, ...],
    questions: list[str],
    relevant: list[frozenset[int]],
) -> Collection:
    """Without the questions that no text answers: an answer may lie across two sentences."""
    kept = [at for at, found in enumerate(relevant) if found]
    return Collection(
        name, texts, documents, tuple(questions[at] for at in kept), tuple(relevant[at] for at in kept)
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise QuestionSetError(f"{path} is not there: give the folder that holds the public sets")
    for line in lzma.decompress(path.read_bytes()).splitlines():
        yield json.loads(line)
