"""The shelf and the server's start on a real library."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from corpus.errors import AddressError, LibraryBusyError
from corpus.library import Library
from corpus.settings import LibrarySettings
from ui.app import DEMONSTRATION, listen, serve
from ui.shelf import Shelf

pytestmark = pytest.mark.slow
FIRST = "一、目标\n全年完成抽检3000批次。\n".encode()
SECOND = "一、目标\n全年完成抽检4000批次。\n".encode("gb18030")


def test_the_shelf_gives_a_verdict_for_whatever_comes(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path), write=True) as library:
        shelf = Shelf(library)

        def taken(name: str, data: bytes) -> tuple[str, str]:
            verdict = shelf.take(name, data, "zh-CN")
            assert verdict.name == name
            return verdict.outcome, verdict.reason

        assert taken("要点.txt", FIRST) == ("added", "")
        assert taken("要点.txt", FIRST) == ("unchanged", "")
        assert taken("副本.txt", FIRST) == ("unchanged", "与资料库里的“要点.txt”内容相同")
        assert taken("要点.txt", SECOND) == ("replaced", "")
        assert "4000" in library.document("要点.txt").text
        assert taken("坏.docx", b"PK\3\4 cut off") == ("failed", "文件损坏或不完整，请换一份完整的")
        assert taken("空.txt", b"") == ("failed", "文件是空的")
        assert taken("旧.doc", b"\xd0\xcf") == ("failed", "请另存为 .docx 格式再上传")
        assert taken("documents.toml", b"[x]")[0] == "failed"
        assert shelf.remove("要点.txt", "zh-CN").outcome == "removed"
        assert shelf.remove("要点.txt", "zh-CN").reason == "资料库里没有“要点.txt”"
        assert library.entries() == ()
        assert list((tmp_path / "incoming").iterdir()) == []


def test_the_library_is_read_while_documents_come_in(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path), write=True) as library:
        shelf = Shelf(library)
        assert shelf.take("要点.txt", FIRST, "zh-CN").outcome == "added"
        names = [f"第{number}份.txt" for number in range(6)]
        writers = [
            threading.Thread(target=shelf.take, args=(name, FIRST + name.encode(), "zh-CN")) for name in names
        ]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            assert library.search("抽检3000批次", k=3)
        assert {entry.name for entry in library.entries()} == {"要点.txt", *names}


def test_a_library_in_use_is_told_at_once(tmp_path: Path) -> None:
    settings = LibrarySettings(tmp_path)
    with Library.open(settings, write=True), pytest.raises(LibraryBusyError):
        serve(settings, "127.0.0.1", 0)


def test_a_taken_port_leaves_the_library_free(tmp_path: Path) -> None:
    settings = LibrarySettings(tmp_path)
    with listen("127.0.0.1", 0) as held, pytest.raises(AddressError):
        serve(settings, "127.0.0.1", held.getsockname()[1])
    with Library.open(settings, write=True) as library:
        assert library.entries() == ()


def test_the_demonstration_is_packaged() -> None:
    assert len(list(DEMONSTRATION.glob("*.*"))) >= 14
