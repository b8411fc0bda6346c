"""Which files a list of paths means."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.folders import gather, names_in, printable


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"文件{name}", encoding="utf-8")


def names(*paths: Path) -> list[str]:
    return [file.name for file in gather(paths).files]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/1.docx", "c.PDF", "d/e/f.xlsx")
    assert names(tmp_path) == ["1.docx", "z.md", "b.txt", "c.PDF", "f.xlsx"]


def test_what_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.txt",
        ".b.txt",
        "~$c.docx",
        "documents.toml",
        "d.png",
        ".git/e.txt",
        "f.doc",
        "g.wps",
        "h",
    )
    found = gather([tmp_path])
    assert [file.name for file in found.files] == ["a.txt"]
    assert found.left_out == [
        "f.doc is a .doc file, which is not read; save it as .docx",
        "g.wps is a .wps file, which is not read; save it as .docx",
    ]


def test_what_is_named_is_tried(tmp_path: Path) -> None:
    write(tmp_path, ".a.txt", "b.png", "documents.toml")
    paths = [tmp_path / ".a.txt", tmp_path / "b.png", tmp_path / "documents.toml", tmp_path / "absent.txt"]
    assert names(*paths) == [".a.txt", "b.png", "documents.toml", "absent.txt"]


def test_each_file_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b/c.txt")
    assert names(tmp_path, tmp_path / "a.txt", tmp_path / "b", tmp_path / "b" / ".." / "a.txt") == [
        "a.txt",
        "c.txt",
    ]


def test_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b/c.txt")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "zz").symlink_to(tmp_path / "b")
    assert names(tmp_path) == ["a.txt", "c.txt"]


def test_links_to_files_are_followed_and_broken_ones_named(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    (tmp_path / "in" / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    assert names(tmp_path / "in") == ["broken.txt", "link.txt"]


def test_complete_folders_are_named_for_pruning(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    found = gather([tmp_path / "a", tmp_path / "absent"])
    assert found.folders == [str(tmp_path / "a")]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("讲话.txt".encode(), "讲话.txt"),
        ("讲话.txt".encode("gb18030"), "讲话.txt"),
        (b"a\xff\xff.txt", "a\\xff\\xff.txt"),
        (b"a\nb.txt", "a\nb.txt"),
    ],
)
def test_names_that_are_no_utf_8(raw: bytes, shown: str) -> None:
    name = printable(os.fsdecode(raw))
    assert name == shown
    name.encode()


def test_names_in_a_folder_that_cannot_be_listed(tmp_path: Path) -> None:
    assert names_in(tmp_path / "absent") == []


@pytest.mark.skipif(
    not shutil.which("setpriv") or os.geteuid() != 0, reason="needs root to become another user"
)
def test_without_permission(tmp_path: Path) -> None:
    write(tmp_path, "closed.txt", "shut/a.txt")
    (tmp_path / "closed.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    script = (
        "import sys\nfrom pathlib import Path\nfrom ingest.folders import gather\nfrom ingest.readers import load\n"
        "found = gather([Path(sys.argv[1])])\n"
        "for file in found.files:\n"
        "    try:\n        print(file.name, file.problem or load(file.path))\n"
        "    except Exception as error:\n        print(file.name, type(error).__name__, error)\n"
        "print(found.folders)\n"
    )
    command = [
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        sys.executable,
        "-c",
        script,
        str(tmp_path),
    ]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    if "Permission denied" in done.stderr:
        pytest.skip("another user cannot start this Python here")
    assert done.stdout.splitlines() == [
        "closed.txt UnreadableFileError cannot be opened: no permission to read it",
        "shut is a folder that cannot be opened: no permission to read it",
        "[]",
    ], done.stderr


def test_a_name_without_its_ending_is_said_to_be_missing(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    found = gather([tmp_path / "a", tmp_path / "a.txt", tmp_path / "a.txt" / "b"])
    assert [(file.name, file.problem) for file in found.files] == [
        ("a", "does not exist"),
        ("a.txt", ""),
        ("b", "does not exist"),
    ]
