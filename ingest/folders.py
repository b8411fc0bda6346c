"""Which files a list of paths means: folders recursively, in a fixed order, each file once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readers import SUFFIXES, refusal
from ingest.sidecar import SIDECAR


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to take in. name: as the library will call it. source: its absolute path in printable words.

    problem says why it cannot even be tried ("" where it can).
    """

    path: Path
    name: str
    source: str
    problem: str = ""


@dataclass(slots=True)
class Gathering:
    """files in order of the paths, within a folder by name. folders: those walked to the end, by absolute path.

    left_out: one line for each Office file in a folder that would be read in another format.
    """

    files: list[FoundFile] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def gather(paths: Sequence[Path]) -> Gathering:
    """All files that `paths` mean, each once.

    Hidden files, Office's lock files (~$…) and files of other kinds in a folder are passed over; a path given by name is
    always in the answer. Links are followed; a folder that is reached twice is walked once, so that loops end.
    """
    found = Gathering()
    seen: set[str] = set()
    walked: set[tuple[int, int]] = set()
    for path in paths:
        if os.path.isdir(path):  # unlike Path.is_dir, False and no error behind a closed folder
            before = len(found.files)
            _walk(path, found, seen, walked)
            if not any(file.problem for file in found.files[before:]):
                found.folders.append(printable(os.path.realpath(path)))
        else:
            _add(path, found, seen, _absence(path))
    return found


def _absence(path: Path) -> str:
    """Said before the ending is looked at: a name mistyped without its ending is no format. "" behind a closed folder."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return "does not exist"
    except (OSError, ValueError):
        return ""
    return ""


def _add(path: Path, found: Gathering, seen: set[str], problem: str = "") -> None:
    folder = os.path.realpath(path.parent)
    key = os.path.join(folder, path.name)
    if key not in seen:
        seen.add(key)
        found.files.append(FoundFile(path, printable(path.name), printable(key), problem))


def _walk(folder: Path, found: Gathering, seen: set[str], walked: set[tuple[int, int]]) -> None:
    try:
        state = os.stat(folder)
        identity = (state.st_dev, state.st_ino)
        names = sorted(os.listdir(folder))
    except OSError as error:
        reason = "no permission to read it" if isinstance(error, PermissionError) else type(error).__name__
        _add(folder, found, seen, f"is a folder that cannot be opened: {reason}")
        return
    if identity in walked:
        return
    walked.add(identity)
    for path in _visible(folder, names):
        if os.path.isdir(path):
            _walk(path, found, seen, walked)
        elif path.suffix.lower() in SUFFIXES:
            _add(path, found, seen)
        elif "save it as" in refusal(path.name):
            found.left_out.append(f"{printable(path.name)} {refusal(path.name)}")


def _visible(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        if not name.startswith((".", "~$")) and name != SIDECAR:
            yield folder / name


def printable(name: str) -> str:
    """`name` as characters that can be stored: bytes that are no UTF-8 are read as GB18030, else written in hex.

    Archives packed on Chinese Windows unpack to such names.
    """
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="backslashreplace")


def names_in(folder: Path) -> list[str]:
    """The names of all that lies in `folder`, printable; [] where it cannot be listed."""
    try:
        return [printable(name) for name in os.listdir(folder)]
    except OSError:
        return []
