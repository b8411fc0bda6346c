"""One file a format: from bytes to canonical text with its layout.

`read` takes a path, `read_bytes` an upload. The modules of the formats are imported when the first file of theirs comes,
so that a command which reads nothing starts fast.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePath

from corpus.errors import UnreadableFileError, UnsupportedFormatError
from ingest.readers.limits import DEFAULT, Limits
from ingest.reading import Reading

__all__ = ["RULES", "SUFFIXES", "Limits", "load", "read", "read_bytes", "refusal"]

RULES = "readers-1"  # version of all readers together: a new one re-reads unchanged files
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".docx", ".pdf", ".xlsx"})
_TEXT = frozenset({".txt", ".md", ".markdown"})
_SAVE_AS = {
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".docm": ".docx",
    ".dot": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".xlsm": ".xlsx",
    ".ods": ".xlsx",
    ".csv": ".xlsx",
    ".ppt": ".pdf",
    ".pptx": ".pdf",
    ".ofd": ".pdf",
    ".htm": ".pdf",
    ".html": ".pdf",
}


def read(path: Path, *, limits: Limits = DEFAULT) -> Reading:
    """The text of one file. Raises UnreadableFileError (UnsupportedFormatError by its ending) with one clear line."""
    return read_bytes(path.name, load(path, limits), limits=limits)


def load(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The bytes of one file, never more than its format may have.

    Raises UnsupportedFormatError by the ending, UnreadableFileError where the file is missing, no regular file, too large
    or not to be opened.
    """
    suffix = _supported(path.name)
    most = limits.text_bytes if suffix in _TEXT else limits.container_bytes
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would block for ever
            raise UnreadableFileError("is no regular file")
        with path.open("rb") as file:
            data = file.read(most + 1)
            size = max(len(data), os.fstat(file.fileno()).st_size)
    except FileNotFoundError as error:
        raise UnreadableFileError("does not exist (or is a link that leads nowhere)") from error
    except PermissionError as error:
        raise UnreadableFileError("cannot be opened: no permission to read it") from error
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"cannot be opened: {error.__class__.__name__}") from error
    _refuse_size(size, most)
    return data


def read_bytes(name: str, data: bytes, *, limits: Limits = DEFAULT) -> Reading:
    """The text of a file called `name` that holds `data`; only the ending of the name counts.

    Raises UnsupportedFormatError by the ending, UnreadableFileError where the content is damaged, protected, too large,
    or holds no text.
    """
    suffix = _supported(name)
    _refuse_size(len(data), limits.text_bytes if suffix in _TEXT else limits.container_bytes)
    if not data:
        raise UnreadableFileError("is empty")
    reading = _dispatch(suffix, data, limits)
    if not reading.text.strip():
        raise UnreadableFileError("holds no text")
    if len(reading.text) > limits.characters:
        raise UnreadableFileError(
            f"holds {len(reading.text):,} characters; at most {limits.characters:,} are taken: split it"
        )
    return reading


def refusal(name: str) -> str:
    """Why a file of this name is not read: what to save it as where that is known; "" for a name that is read."""
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return ""
    if suffix in _SAVE_AS:
        return f"is a {suffix} file, which is not read; save it as {_SAVE_AS[suffix]}"
    known = " ".join(sorted(SUFFIXES))
    return (
        f"has the ending {suffix!r}, which is not read; these are: {known}"
        if suffix
        else (f"has no file ending; these are read: {known}")
    )


def _supported(name: str) -> str:
    reason = refusal(name)
    if reason:
        raise UnsupportedFormatError(reason)
    return PurePath(name).suffix.lower()


def _refuse_size(size: int, most: int) -> None:
    if size > most:
        raise UnreadableFileError(f"is too large: {size:,} bytes, at most {most:,} are taken; split it")


def _dispatch(suffix: str, data: bytes, limits: Limits) -> Reading:
    if suffix == ".txt":
        from ingest.readers import text

        return text.read(data)
    if suffix in (".md", ".markdown"):
        from ingest.readers import markdown

        return markdown.read(data)
    if suffix == ".docx":
        from ingest.readers import docx

        return docx.read(data, limits)
    if suffix == ".pdf":
        from ingest.readers import pdf

        return pdf.read(data, limits)
    from ingest.readers import xlsx

    return xlsx.read(data, limits)
