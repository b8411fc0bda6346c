"""What the tests of several processes run in another one.

ingest HOME: puts, replaces and removes many small documents, and indexes anew at the end. serve HOME: does what it is told, a
line at a time, and answers each.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ledger_fakes import task
from store_fakes import CountingEncoder, made

from corpus.commitment import Commitment
from corpus.document import Document
from corpus.library import Item, Library
from corpus.passage import Passage
from corpus.settings import LibrarySettings

COUNT = 24
GONE = 5
"""The first so many documents are removed again."""


def name_of(number: int) -> str:
    """The name of document `number`."""
    return f"第{number}号.txt"


def text_of(number: int, version: str) -> str:
    """The text of document `number` in version "甲" or "乙"; three sentences in ten are the same in both."""
    sentences = [f"第{number}号文件共有{line}项安排。" for line in range(3)]
    sentences += [f"{version}版第{number}号文件第{line}条要求按期完成整改。" for line in range(7)]
    return "\n".join(sentences) + "\n"


def item(number: int, version: str) -> tuple[Document, tuple[Passage, ...], str, list[Commitment]]:
    """What is put for document `number`: each of its passages is a commitment too."""
    document, passages = made(name_of(number), text_of(number, version))
    return document, passages, version, [task(document, passage.span) for passage in passages]


def ingest(library: Library, tell: bool = False) -> None:
    """The whole work, of which every document that is in place is left alone."""

    def items(version: str) -> Iterator[Item]:
        for number in range(COUNT):
            if tell:
                print(version, number, flush=True)
            yield item(number, version)

    there = {entry.name: entry.rules for entry in library.entries()}
    if "乙" not in there.values():
        library.put_many(items("甲"))
    for number in range(GONE, COUNT):
        library.put(*item(number, "乙"))
    for entry in library.entries():
        if entry.name in {name_of(number) for number in range(GONE)}:
            library.remove(entry.name)
    library.reindex()


def serve(home: Path) -> None:
    """put NUMBER VERSION, remove NUMBER, reindex, or end."""
    with Library.open(LibrarySettings(home), write=True, encoder=CountingEncoder()) as library:
        print("ready", flush=True)
        for line in sys.stdin:
            act, *rest = line.split()
            if act == "put":
                print(library.put(*item(int(rest[0]), rest[1])), flush=True)
            elif act == "remove":
                print(library.remove(name_of(int(rest[0]))), flush=True)
            elif act == "reindex":
                print(library.reindex(), flush=True)
            else:
                break


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[2]))
    else:
        print("start", flush=True)
        with Library.open(
            LibrarySettings(Path(sys.argv[2])), write=True, encoder=CountingEncoder()
        ) as opened:
            print("open", flush=True)
            ingest(opened, tell=True)
        print("done", flush=True)
