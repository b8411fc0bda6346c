"""documents.toml: what a person says of the files in its folder, over what was inferred.

["讲话*.docx"]                      # a file name, or a pattern with * and ?
issuer = "云川市市场监督管理局"

["讲话2024.docx"]                   # an exact name counts more than a pattern
title = "2024年全市市场监管工作会议讲话"
kind = "speech"                     # speech, plan, report, ledger or other
date = 2024-02-21
year = 2024
aliases = ["年度工作会议"]
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from corpus.document import KINDS, Inferred, Metadata

SIDECAR = "documents.toml"
_WORDS = ("title", "issuer", "region", "period", "speaker")
FIELDS = (*_WORDS, "kind", "date", "year", "aliases")
_LONGEST = 500  # characters of one value
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The entries of one documents.toml by file name or pattern; problems has one line for each that was left out."""

    path: Path
    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def overrides(self, name: str) -> dict[str, Any]:
        """What the file says of `name`: patterns in their order, then the exact name; {} for nothing."""
        said: dict[str, Any] = {}
        for pattern, entry in self.entries.items():
            if pattern != name and fnmatchcase(name, pattern):
                said |= entry
        return said | dict(self.entries.get(name, {}))

    def unused(self, names: Iterable[str]) -> tuple[str, ...]:
        """A warning for each entry that fits none of `names`, the files of its folder."""
        names = set(names)
        return tuple(
            f"{self.path}: no file here is called {pattern!r}"
            for pattern in self.entries
            if pattern not in names and not any(fnmatchcase(name, pattern) for name in names)
        )


def read_sidecar(folder: Path) -> Sidecar:
    """The documents.toml of `folder`; without entries where there is none. Never raises: see `problems`."""
    path = folder / SIDECAR
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Sidecar(path)
    except OSError as error:
        return Sidecar(path, problems=(f"cannot be opened: {type(error).__name__}",))
    if len(data) > _MOST_BYTES:
        return Sidecar(path, problems=(f"is larger than {_MOST_BYTES:,} bytes",))
    try:
        return parse_sidecar(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Sidecar(path, problems=(f"line {line}: is not UTF-8; save it as UTF-8",))


def parse_sidecar(path: Path, text: str) -> Sidecar:
    """The entries in `text`; an entry with a mistake is left out and named with its line."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        hint = '; file names stand in quotes: ["讲话.txt"]' if "key" in str(error) else ""
        return Sidecar(path, problems=(f"is no TOML: {error}{hint}",))
    entries, problems = {}, []
    for name, table in tables.items():
        found = _mistake(name, table)
        if found is None:
            entries[name] = {key: checked(key, value) for key, value in table.items()}
        else:
            key, reason = found
            problems.append(f"line {_line_of(text, name, key)}: {reason}")
    return Sidecar(path, entries, tuple(problems))


def _mistake(name: str, table: Any) -> tuple[str, str] | None:
    """The first (key, reason) that is wrong in one entry, or None."""
    if not isinstance(table, dict):
        return "", f'{name} stands outside of any ["file name"] entry'
    for key, value in table.items():
        if isinstance(value, dict):
            return "", f'put the file name in quotes: ["{name}.{key}"]'
        try:
            checked(key, value)
        except ValueError as error:
            return key, str(error)
    return None


def _line_of(text: str, name: str, key: str) -> int:
    """The line, from 1, of `key` in entry `name`; of the entry itself where the key is not found there."""
    inside, found = False, 1
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words.startswith("[") or (not key and re.match(rf"[\"']?{re.escape(name)}[\"']?\s*=", words)):
            if inside:
                break
            if name in words:
                inside, found = True, number
        elif inside and key and re.match(rf"[\"']?{re.escape(key)}[\"']?\s*=", words):
            return number
    return found


def checked(key: str, value: Any) -> Any:
    """`value` as metadata field `key` holds it; None stays None (said to be unknown).

    A date may be a string (2024-02-21). Raises ValueError with what is wrong.
    """
    if key not in FIELDS:
        raise ValueError(f"{key!r} is no field; these are: {', '.join(FIELDS)}")
    if value is None and key != "title":
        return None
    if key == "aliases":
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise ValueError("aliases must be a list of words")
        return tuple(_word(key, item) for item in value)
    if key == "year":
        if isinstance(value, bool) or not isinstance(value, int) or not 1900 <= value <= 2200:
            raise ValueError(f"year must be a number like 2024, not {value!r}")
        return value
    if key == "date":
        return _date(value)
    if not isinstance(value, str):
        raise ValueError(f"{key} must be text in quotes, not {value!r}")
    if key == "kind" and value not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {value!r}")
    return _word(key, value)


def _word(key: str, value: str) -> str:
    word = " ".join(value.split())
    if not word or len(word) > _LONGEST or not word.isprintable():
        raise ValueError(f"{key} must hold 1 to {_LONGEST} printable characters")
    return word


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"date must be written like 2024-02-21, not {value!r}") from None


def apply_overrides(metadata: Metadata, overrides: Mapping[str, Any], source: str = "person") -> Metadata:
    """`metadata` with what a person said: confidence 1.0 and `source` ("sidecar" or "person").

    None takes a value away. Raises ValueError for an unknown field or a value that it cannot hold.
    """
    changes: dict[str, Any] = {}
    for key, value in overrides.items():
        fit = checked(key, value)
        if key == "aliases":
            changes[key] = fit or ()
        else:
            changes[key] = None if fit is None else Inferred(fit, 1.0, source)
    return replace(metadata, **changes)
