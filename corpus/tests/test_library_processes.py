"""Several processes on one library: real ones, and real kills."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_child import COUNT, GONE, ingest, name_of, text_of
from store_fakes import CountingEncoder, made

from corpus.errors import LibraryBusyError
from corpus.ledger import LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings

CHILD = Path(__file__).with_name("store_child.py")
KILLS = 25


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


class Writer:
    """A process that holds a library for writing and does as told."""

    def __init__(self, home: Path) -> None:
        self.process = start("serve", str(home))
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def tell(self, *words: object) -> str:
        assert self.process.stdin is not None
        print(*words, file=self.process.stdin, flush=True)
        return self.answer()


@contextmanager
def writing(home: Path) -> Iterator[Writer]:
    writer = Writer(home)
    try:
        yield writer
    finally:
        assert writer.process.stdin is not None
        assert writer.process.stdout is not None
        writer.process.stdin.close()
        writer.process.wait(timeout=30)
        writer.process.stdout.close()


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(tmp_path / "home")


def versions_found(library: Library, query: str) -> set[tuple[str, str]]:
    """(document, version) of what each kind of search returns; fails where a hit is not what its document says now."""
    found = set()
    for search in (library.search, library.search_words, library.search_vectors):
        for hit in search(query, k=50):
            passage = hit.passage
            assert library.document(passage.document).quote(passage.span) == passage.text
            found.add((passage.document, passage.text[0]))
    return found


def test_second_writer_is_refused_and_the_first_goes_on(settings: LibrarySettings) -> None:
    with writing(settings.home) as writer:
        assert writer.tell("put", 1, "甲") == "added"
        with pytest.raises(
            LibraryBusyError, match=f"number {writer.process.pid}.*wait until it has finished"
        ):
            Library.open(settings, write=True, encoder=CountingEncoder())
        assert writer.tell("put", 2, "甲") == "added"
    with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
        assert len(library.entries()) == 2
        assert library.doctor() == ()


def test_lock_of_a_killed_writer_is_free(settings: LibrarySettings) -> None:
    with writing(settings.home) as writer:
        writer.tell("put", 1, "甲")
        writer.process.kill()
        writer.process.wait(timeout=30)
        with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
            assert library.doctor() == ()


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_reader_follows_a_writer_in_another_process(settings: LibrarySettings, warm: bool) -> None:
    query = "版文件要求按期完成整改"
    with writing(settings.home) as writer, Library.open(settings, encoder=CountingEncoder()) as reader:
        seen = [reader.generation()]
        expected: dict[str, str] = {}
        for act, number, version in (
            ("put", 1, "甲"),
            ("put", 2, "甲"),
            ("put", 1, "乙"),
            ("remove", 2, ""),
            ("put", 3, "甲"),
            ("put", 1, "甲"),
        ):
            writer.tell(act, number, version)
            if act == "put":
                expected[name_of(number)] = version
            else:
                expected.pop(name_of(number))
            if warm:
                reader.warm()
            assert {entry.name: entry.rules for entry in reader.entries()} == expected
            now = {pair for pair in versions_found(reader, query) if pair[1] in "甲乙"}
            assert now == set(expected.items())
            seen.append(reader.generation())
        assert seen == sorted(set(seen))
        before = reader.search(query)
        assert writer.tell("reindex") == "20"
        assert reader.search(query) == before
        if warm:
            reader.warm()
            assert reader.search(query) == before
        assert reader.doctor() == ()


def test_reader_is_never_wrong_while_a_writer_works(settings: LibrarySettings) -> None:
    with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
        library.put(*made("定.txt", "恒定的一句话要求按期完成整改。\n"))
    child = start("ingest", str(settings.home))
    rounds = 0
    with Library.open(settings, encoder=CountingEncoder()) as reader:
        while child.poll() is None:
            rounds += 1
            for hit in reader.search("恒定的文件要求按期完成整改", k=30):
                passage = hit.passage
                if passage.document == "定.txt":
                    assert passage.text == "恒定的一句话要求按期完成整改。"
                else:
                    number = int(passage.document[1:-5])
                    texts = {text_of(number, version) for version in "甲乙"}
                    assert any(t[passage.span.start : passage.span.end] == passage.text for t in texts)
            assert reader.search("恒定的一句话")[0].passage.document == "定.txt"
        out, _ = child.communicate()
        assert out.endswith("done\n")
        assert rounds > 3
        assert reader.doctor() == ()


def test_one_library_used_by_many_threads(settings: LibrarySettings) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()
    with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
        library.put(*made("定.txt", "恒定的一句话要求按期完成整改。\n"))

        def read() -> None:
            try:
                while not stop.is_set():
                    assert library.search("恒定的一句话")[0].passage.document == "定.txt"
                    assert library.search_vectors("恒定的一句话", documents=["定.txt"])
                    library.entries()
            except BaseException as error:
                failures.append(error)
                raise

        readers = [threading.Thread(target=read) for _ in range(4)]
        for thread in readers:
            thread.start()
        for number in range(12):
            library.put(*made(name_of(number), text_of(number, "甲")))
            if number % 3 == 0:
                library.remove(name_of(number))
        library.reindex()
        stop.set()
        for thread in readers:
            thread.join()
        assert not failures
        assert library.doctor() == ()


def whole_or_absent(library: Library) -> None:
    """Fail where a document is neither of its versions, or its passages are not all there."""
    for entry in library.entries():
        number = int(entry.name[1:-5])
        text = text_of(number, entry.rules)
        assert library.document(entry.name).text == text
        passages = made(entry.name, text)[1]
        assert library.passages(entry.name) == passages
        rows = library.commitments(LedgerFilter(documents=(entry.name,)))
        assert [kept.row.quote for kept in rows] == [passage.text for passage in passages]


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Of each kill: first a reader, then a writer finds every document whole or absent, and a rerun completes.

    The child tells how far it is; the kill falls at a random moment after a random one of its lines, so that half of the kills
    hit the filling of the catalogue and the indexes' first step, and half what comes after.
    """
    chance = random.Random(20261121)
    settings = LibrarySettings(tmp_path / "home")
    killed = 0
    for _ in range(KILLS):
        shutil.rmtree(settings.home, ignore_errors=True)
        child = start("ingest", str(settings.home))
        assert child.stdout is not None
        wait_for = chance.choice(
            ["start", "open", *(f"甲 {n}" for n in range(0, COUNT, 3)), *[f"甲 {COUNT - 1}"] * 12]
        )
        for line in child.stdout:
            if line.strip() == wait_for:
                break
        time.sleep(chance.uniform(0, 2.5 if wait_for == f"甲 {COUNT - 1}" else 0.05))
        os.kill(child.pid, signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        child.stdout.close()
        assert child.stdin is not None
        child.stdin.close()
        with Library.open(settings, encoder=CountingEncoder()) as reader:
            whole_or_absent(reader)
            versions_found(reader, "文件要求按期完成整改")
            assert reader.doctor() == (), wait_for
        with Library.open(settings, write=True, encoder=CountingEncoder()) as library:
            whole_or_absent(library)
            versions_found(library, "文件要求按期完成整改")
            assert library.doctor() == (), wait_for
            present = {entry.name for entry in library.entries()}
            found = {hit.passage.document for hit in library.search_words("文件安排", k=10_000)}
            assert found == present
            ingest(library)
            names = sorted(name_of(number) for number in range(GONE, COUNT))
            assert sorted(entry.name for entry in library.entries()) == names
            assert {entry.rules for entry in library.entries()} == {"乙"}
            assert library.doctor() == ()
    assert killed >= KILLS * 2 // 3
