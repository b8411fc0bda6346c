"""Runs that were made in the web app: files under `evaluations` in the library's home, bounded in number, and who may see which."""

from __future__ import annotations

import datetime
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from corpus.errors import QuestionSetError
from evals.kept import Kept, keep, read_about, read_kept
from evals.measures import Judgement
from ui.people import Person, Role, role_of

FOLDER = "evaluations"
MOST_RUNS = 50
CACHED = 4
NAME = re.compile(r"\d{8}-\d{6}-\d{3}")

Where = Literal["demonstration", "curator", "admin"]
WHERES: tuple[Where, ...] = get_args(Where)
"""What was asked: the demonstration documents, the library as curators see it, or the whole of it."""


def where_of(value: object) -> Where:
    """`value` where it says what to ask; else the whole library, which the fewest may see."""
    return next((where for where in WHERES if where == value), "admin")


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A kept run without its answers. about: its first row."""

    name: str
    about: Mapping[str, Any]

    @property
    def set(self) -> str:
        """The name of the set that was asked."""
        return str(self.about.get("set", "?"))

    @property
    def where(self) -> Where:
        """What it was asked over."""
        return where_of(self.about.get("where"))

    @property
    def audience(self) -> Role:
        """The lowest role that may see it."""
        try:
            return role_of(self.about.get("audience"))
        except ValueError:
            return "admin"

    @property
    def series(self) -> tuple[str, str, Where]:
        """What runs must share to be compared over time: shelf and name of the set, and what was asked."""
        return str(self.about.get("shelf", "")), self.set, self.where

    @property
    def documents(self) -> frozenset[str]:
        """The names of the office's documents that it was asked over, or that its questions or answers quote."""
        if self.where == "demonstration":
            return frozenset()
        return frozenset(self.about.get("documents", {})) | frozenset(self.about.get("quoted", ()))

    def value(self, measure: str) -> float | None:
        """A measure's value, as it was when the run was made."""
        value = self.about.get("summary", {}).get(measure)
        return float(value) if isinstance(value, int | float) else None

    def seen_by(self, person: Person, hidden: Collection[str]) -> bool:
        """Whether the person may see it. hidden: names of documents that the library holds and this person may not see.

        A run quotes documents; so it takes the role of the view that it was made with, and is kept from those from whom any of
        its documents has been withheld since.
        """
        return person.may(self.audience) and not self.documents & frozenset(hidden)


class Runs:
    """The kept runs. Safe for several threads."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self._lock = threading.Lock()
        self._read: OrderedDict[str, Kept] = OrderedDict()
        self._abouts: dict[str, Mapping[str, Any]] = {}

    def entries(self) -> tuple[RunEntry, ...]:
        """All runs, newest first; files that are none are left out."""
        names = sorted((path.stem for path in self.folder.glob("*.jsonl")), reverse=True)
        found = []
        for name in names:
            try:
                found.append(RunEntry(name, self._about(name)))
            except QuestionSetError:
                continue
        return tuple(found)

    def visible(self, person: Person, hidden: Collection[str]) -> tuple[RunEntry, ...]:
        """The runs that the person may see, newest first."""
        return tuple(entry for entry in self.entries() if entry.seen_by(person, hidden))

    def read(self, name: str) -> Kept:
        """The run with its judgements. Raises QuestionSetError."""
        with self._lock:
            if name not in self._read:
                self._read[name] = read_kept(self._path(name))
            self._read.move_to_end(name)
            while len(self._read) > CACHED:
                self._read.popitem(last=False)
            return self._read[name]

    def keep(self, about: Mapping[str, Any], judgements: Sequence[Judgement]) -> RunEntry:
        """Keep a run under a name of its own; beyond MOST_RUNS the oldest goes."""
        with self._lock:
            now = datetime.datetime.now(datetime.UTC)
            number = 1
            while self._path(name := f"{now:%Y%m%d-%H%M%S}-{number:03}").exists():
                number += 1
            kept = keep(about, judgements, self._path(name))
            for old in sorted(path.stem for path in self.folder.glob("*.jsonl"))[:-MOST_RUNS]:
                self._forget(old)
        return RunEntry(name, kept)

    def remove(self, name: str) -> bool:
        """Delete a run; whether there was one."""
        with self._lock:
            return self._forget(name)

    def _forget(self, name: str) -> bool:
        if not NAME.fullmatch(name):
            return False
        path = self._path(name)
        held = path.exists()
        path.unlink(missing_ok=True)
        self._read.pop(name, None)
        self._abouts.pop(name, None)
        return held

    def _about(self, name: str) -> Mapping[str, Any]:
        if name not in self._abouts:
            self._abouts[name] = read_about(self._path(name))
        return self._abouts[name]

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise QuestionSetError(f"{name}: is no name of a run")
        return self.folder / f"{name}.jsonl"

    # what is under way

    def begin(self, about: Mapping[str, Any]) -> None:
        """Note that a run is under way, so that the next start of the server knows that it was cut off."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._marker.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    def end(self) -> None:
        """Note that none is under way."""
        self._marker.unlink(missing_ok=True)

    def leftover(self) -> dict[str, Any] | None:
        """What a server left behind that was stopped during a run, which is cleared away; None where there is nothing."""
        for part in self.folder.glob("*.part"):
            part.unlink(missing_ok=True)
        try:
            found = json.loads(self._marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = None
        self.end()
        return found if isinstance(found, dict) else None

    @property
    def _marker(self) -> Path:
        return self.folder / "running.json"
