"""The documents of ../shared, where they are: nothing is lost, nothing fails, nothing takes long."""

from __future__ import annotations

import re
import time
import zipfile
from html import unescape
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ingest.readers import read

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared documents are not here"),
]


def test_word_files_lose_nothing() -> None:
    files = sorted(CORPUS.rglob("*.docx"))
    assert len(files) == 31
    for file in files:
        xml = zipfile.ZipFile(file).read("word/document.xml").decode()
        words = unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)))
        assert re.sub(r"\s", "", read(file).text) == re.sub(r"\s", "", words), file.name


def test_text_files_lose_nothing() -> None:
    files = sorted(CORPUS.rglob("*.txt"))
    assert len(files) == 31
    for file in files:
        assert read(file).text.encode() == file.read_bytes(), file.name


@pytest.mark.slow
def test_all_are_taken_in_and_known_again(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path), write=True) as library:
        started = time.monotonic()
        first = ingest(library, [CORPUS])
        middle = time.monotonic()
        second = ingest(library, [CORPUS])
        ended = time.monotonic()
        assert (first.count("added"), first.failed) == (62, ())
        assert second.count("unchanged") == 62
        assert library.doctor() == ()
    assert middle - started < 60
    assert ended - middle < 2
