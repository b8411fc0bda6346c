"""The question sets of an office: those of the package, its own, and its own that only admins may see.

Own sets lie in `questions` under the library's home, as files that `wennuo eval` reads; those for admins in a folder below.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal

from corpus.errors import QuestionSetError
from evals.cases import SETS, QuestionSet, read_rows, read_set
from evals.ledger import is_ledger
from ui.people import Person, Role
from ui.shelf import cleaned

Shelf = Literal["package", "office", "admin"]
AUDIENCES: dict[Shelf, Role] = {"package": "curator", "office": "curator", "admin": "admin"}
PACKAGED = ("demonstration", "demonstration_dialogues")
OFFICE = "office"
"""The set that questions of the review list go into."""
LARGEST = 2 * 1024 * 1024  # bytes of an uploaded set
MOST_QUESTIONS = 2_000
MOST_SETS = 100
NAME = re.compile(r"[\w（）()+-][\w（）()+. -]{0,59}")


@dataclass(frozen=True, slots=True)
class SetEntry:
    """A set on its shelf. error: why it cannot be read; then it has no questions. documents: file names that its quotes are from."""

    shelf: Shelf
    name: str
    questions: int = 0
    documents: frozenset[str] = frozenset()
    error: str = ""

    @property
    def key(self) -> str:
        """What names it in a request."""
        return f"{self.shelf}/{self.name}"

    @property
    def audience(self) -> Role:
        """The lowest role that may see its questions."""
        return AUDIENCES[self.shelf]


class Sets:
    """The shelves. Safe for several threads. Errors are QuestionSetErrors whose message names the file without its folder."""

    def __init__(self, home: Path) -> None:
        self._folders: dict[Shelf, Path] = {
            "package": SETS,
            "office": home / "questions",
            "admin": home / "questions" / "admin",
        }
        self._writing = threading.Lock()
        self._known: dict[Path, tuple[tuple[int, int], SetEntry]] = {}

    def entries(self, person: Person, hidden: Collection[str] = ()) -> tuple[SetEntry, ...]:
        """All sets that the person may see: the package's, then the office's by name, then those for admins.

        hidden: names of documents that the library holds and this person may not see; sets that quote one are left out.
        """
        withheld = frozenset(hidden)
        found: list[SetEntry] = []
        for shelf, folder in self._folders.items():
            if not person.may(AUDIENCES[shelf]):
                continue
            paths = sorted(folder.glob("*.jsonl"))
            if shelf == "package":
                paths = [folder / f"{name}.jsonl" for name in PACKAGED]
            found += [self._entry(shelf, path) for path in paths]
        return tuple(entry for entry in found if entry.shelf == "package" or not entry.documents & withheld)

    def entry(self, person: Person, key: str, hidden: Collection[str] = ()) -> SetEntry | None:
        """The set of that key; None where the person may see none."""
        return next((entry for entry in self.entries(person, hidden) if entry.key == key), None)

    def path(self, entry: SetEntry) -> Path:
        """Its file."""
        return self._folders[entry.shelf] / f"{entry.name}.jsonl"

    def read(self, entry: SetEntry) -> QuestionSet:
        """Its questions. Raises QuestionSetError."""
        return _checked(self.path(entry), self._folders[entry.shelf])

    def take(self, name: str, data: bytes, *, replacing: bool = False) -> SetEntry:
        """Put an uploaded file on the office's shelf. Raises QuestionSetError, also for a name that is taken unless `replacing`."""
        stem = cleaned(name).removesuffix(".jsonl").strip()
        if not NAME.fullmatch(stem):
            raise QuestionSetError(f"{stem}.jsonl: has a name that cannot be taken")
        if len(data) > LARGEST:
            raise QuestionSetError(f"{stem}.jsonl: is larger than {LARGEST // 1024 // 1024} MB")
        with self._writing:
            path = self._folders["office"] / f"{stem}.jsonl"
            if path.exists() and not replacing:
                raise QuestionSetError(f"{stem}.jsonl: is there already; choose another name")
            if not path.exists() and len(list(path.parent.glob("*.jsonl"))) >= MOST_SETS:
                raise QuestionSetError(f"{stem}.jsonl: is one set too many; remove one of {MOST_SETS}")
            self._replace(path, data)
            return self._entry("office", path)

    def add(self, row: Mapping[str, Any], shelf: Shelf = "office") -> SetEntry:
        """Put a question into the office's set on `shelf`, in place of one of the same id.

        Raises QuestionSetError, then nothing changes.
        """
        path = self._folders[shelf] / f"{OFFICE}.jsonl"
        with self._writing:
            rows = [held for _, held in read_rows(path)] if path.exists() else []
            rows = [*(held for held in rows if held.get("id") != row["id"]), dict(row)]
            self._replace(path, _lines(rows))
            return self._entry(shelf, path)

    def drop(self, entry: SetEntry, identity: str) -> bool:
        """Take a question (or a dialogue) out of an own set, and the set away with its last; whether it was there."""
        path = self.path(entry)
        with self._writing:
            if entry.shelf == "package" or not path.exists():
                return False
            rows = [held for _, held in read_rows(path)]
            left = [held for held in rows if held.get("id") != identity]
            if left and len(left) < len(rows):
                self._replace(path, _lines(left))
            elif not left:
                path.unlink()
            return len(left) < len(rows)

    def remove(self, entry: SetEntry) -> bool:
        """Delete an own set; whether there was one."""
        if entry.shelf == "package":
            return False
        with self._writing:
            path = self.path(entry)
            held = path.exists()
            path.unlink(missing_ok=True)
            return held

    def _replace(self, path: Path, data: bytes) -> None:
        """Put `data` there whole, when it is a set."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as folder:
            fresh = Path(folder) / path.name
            fresh.write_bytes(data)
            _checked(fresh, Path(folder))
            os.replace(fresh, path)

    def _entry(self, shelf: Shelf, path: Path) -> SetEntry:
        try:
            state = path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            known = self._known.get(path)
            if known and known[0] == stamp:
                return known[1]
            questions = _checked(path, path.parent)
            quoted = frozenset(
                PurePath(quote.document).name for case in questions.cases for quote in case.quotes
            )
            entry = SetEntry(shelf, path.stem, len(questions.cases), quoted)
            self._known[path] = (stamp, entry)
        except (OSError, QuestionSetError) as error:
            return SetEntry(shelf, path.stem, error=str(error))
        return entry


def _lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _checked(path: Path, folder: Path) -> QuestionSet:
    """The set, bounded and of questions. Raises QuestionSetError, without the folder in its message."""
    try:
        if is_ledger(path):
            raise QuestionSetError(f"{path}: is a ledger set; only sets of questions are asked here")
        questions = read_set(path)
        if len(questions.cases) > MOST_QUESTIONS:
            raise QuestionSetError(f"{path}: holds more than {MOST_QUESTIONS} questions")
        _lines([case.to_json() for case in questions.cases])
    except (
        RecursionError,
        ValueError,
    ):  # nested too deeply, a number of thousands of digits, half a character
        raise QuestionSetError(f"{path.name}: is not JSON (cannot be told, column 1)") from None
    except QuestionSetError as error:
        raise QuestionSetError(str(error).replace(f"{folder}{os.sep}", "")) from None
    return questions
