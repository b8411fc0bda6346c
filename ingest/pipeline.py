"""From files to a library: each file read, outlined, described, cut, searched for commitments and stored, with one verdict.

A run can be repeated and broken off at will: what is stored and unchanged is known by its bytes, the version of the
rules and the sidecar's words, without being read again; each document is stored in a transaction of its own.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.commitment import Commitment
from corpus.document import Document
from corpus.errors import UnreadableFileError
from corpus.passage import Passage
from ingest import readers
from ingest.building import build, rules
from ingest.commitments import extract
from ingest.folders import FoundFile, Gathering, gather, names_in, printable
from ingest.readers.limits import DEFAULT, Limits
from ingest.sidecar import SIDECAR, Sidecar, apply_overrides, read_sidecar
from ingest.verdict import Outcome, Summary, Verdict
from ingest.workers import Workers

if TYPE_CHECKING:
    from corpus.library import Entry, Library

__all__ = ["Summary", "Verdict", "apply_overrides", "build", "ingest", "rules"]

_BATCH = 16  # documents handed to the store at once
_LONGEST_REASON = 300  # characters


def ingest(
    library: Library,
    paths: Sequence[Path],
    *,
    jobs: int = 2,
    prune: bool = False,
    on_verdict: Callable[[Verdict], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    limits: Limits = DEFAULT,
    by: str = "",
) -> Summary:
    """Take files and folders into `library`, which must be open for writing; one verdict a file, none stops the others.

    jobs: worker processes that read and cut (1: none, all in this process). prune: remove documents that came from the
    folders among `paths` and whose file is gone. on_verdict hears each verdict as it falls, on_progress the number of
    files done and of all. by: who takes them in. Raises only what the library raises.
    """
    run = _Run(library, jobs, limits, on_verdict, on_progress, by)
    run.plan(paths, prune)
    run.read_and_store()
    run.settle_twins()
    run.remove_doomed()
    return Summary(tuple(run.verdicts), tuple(run.warnings), time.monotonic() - run.started)


@dataclass(frozen=True, slots=True)
class _Task:
    file: FoundFile
    overrides: Mapping[str, Any]
    corrections: Mapping[str, Any]


_Parsed = tuple[Document, tuple[Passage, ...], tuple[Commitment, ...]] | str  # or why not


def _parse(task: _Task, limits: Limits) -> _Parsed:
    """One file, read, cut and searched for commitments; a reason in words where that fails. Runs in a worker."""
    try:
        document, cut = build(
            task.file.name,
            readers.load(task.file.path, limits),
            source=task.file.source,
            overrides=task.overrides,
            corrections=task.corrections,
            limits=limits,
        )
        return document, cut, extract(document)
    except UnreadableFileError as error:
        return str(error)
    except MemoryError:
        return _lost(task, limits)
    except Exception as error:  # noqa: BLE001  the parsers are other people's; whatever they raise concerns this file only
        return f"could not be read ({type(error).__name__}: {error}); save it again or in another format"[
            :_LONGEST_REASON
        ]


def _lost(task: _Task, limits: Limits) -> _Parsed:  # noqa: ARG001
    memory = limits.memory_bytes // 2**20
    return f"took more than {memory:,} MB of memory or {limits.seconds} seconds to read; split it or save it again"


@dataclass(slots=True)
class _Run:
    """One call of `ingest`."""

    library: Library
    jobs: int
    limits: Limits
    on_verdict: Callable[[Verdict], None] | None
    on_progress: Callable[[int, int], None] | None
    by: str = ""
    started: float = field(default_factory=time.monotonic)
    verdicts: list[Verdict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    total: int = 0
    done: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)
    sidecars: dict[Path, Sidecar] = field(default_factory=dict)
    tasks: list[_Task] = field(default_factory=list)
    twins: list[tuple[FoundFile, str]] = field(
        default_factory=list
    )  # with the name that has the same content
    doomed: list[str] = field(default_factory=list)

    def plan(self, paths: Sequence[Path], prune: bool) -> None:
        """Find the files, settle those that need no reading, and line up the rest."""
        found = gather(paths)
        self.warnings += found.left_out
        self.total = len(found.files)
        self.entries = {entry.name: entry for entry in self.library.entries()}
        if prune:
            self.doomed = _gone(found, self.entries.values())
        for folder in dict.fromkeys(
            [*filter(os.path.isdir, paths), *(file.path.parent for file in found.files)]
        ):
            self._take_sidecar(folder)
        revisions = self._revisions(found.files)
        current = {file.name: revision for file, revision in revisions}
        holders = {
            entry.revision: name
            for name, entry in self.entries.items()
            if name not in self.doomed and current.get(name, entry.revision) == entry.revision
        }
        for file, revision in revisions:
            self._line_up(file, revision, holders)

    def _take_sidecar(self, folder: Path) -> None:
        sidecar = read_sidecar(folder)
        self.sidecars[folder] = sidecar
        for problem in sidecar.problems:
            self._tell(Verdict(SIDECAR, "failed", problem, printable(str(sidecar.path))))
        if sidecar.entries:
            self.warnings += sidecar.unused(names_in(folder))

    def _revisions(self, files: Sequence[FoundFile]) -> list[tuple[FoundFile, str]]:
        """The files that can be opened, each with the sha256 of its bytes; verdicts for the others."""
        accepted: dict[str, tuple[FoundFile, str]] = {}
        for file in files:
            try:
                if file.problem:
                    raise UnreadableFileError(file.problem)
                revision = hashlib.sha256(readers.load(file.path, self.limits)).hexdigest()
            except UnreadableFileError as error:
                self._finish(file, "failed", str(error))
                continue
            first, other = accepted.setdefault(file.name, (file, revision))
            if first is file:
                continue
            if other == revision:
                self._finish(file, "unchanged", f"is the same file as {first.source}")
            else:
                reason = (
                    f"another file of this name was taken in this run: {first.source}; rename one of them"
                )
                self._finish(file, "failed", reason)
        return list(accepted.values())

    def _line_up(self, file: FoundFile, revision: str, holders: dict[str, str]) -> None:
        """Settle an unchanged file at once; put others among the tasks, copies of known content among the twins."""
        overrides = self.sidecars[file.path.parent].overrides(file.name)
        entry = self.entries.get(file.name)
        if entry and (entry.revision, entry.rules) == (revision, rules(overrides)):
            self._finish(file, "unchanged")
        elif entry is None and not self.library.takes(file.name):
            self._finish(file, "failed", "the name is taken; give the file another name")
        elif entry is None and revision in holders:
            self.twins.append((file, holders[revision]))
        else:
            holders.setdefault(revision, file.name)
            self.tasks.append(_Task(file, overrides, self.library.overrides(file.name) if entry else {}))

    def read_and_store(self) -> None:
        """Parse the tasks, in order, and store what comes in batches."""
        workers = Workers(_parse, _lost, self.jobs, self.limits)
        results = zip(self.tasks, workers.run(self.tasks), strict=True)
        while batch := list(islice(results, _BATCH)):
            self._store(batch)

    def _store(self, batch: Iterable[tuple[_Task, _Parsed]]) -> None:
        good = []
        for task, parsed in batch:
            if isinstance(parsed, str):
                self._finish(task.file, "failed", parsed)
            else:
                good.append((task, parsed))
        items = [(document, cut, rules(task.overrides), promised) for task, (document, cut, promised) in good]
        for (task, _), outcome in zip(good, self.library.put_many(items, self.by), strict=True):
            self._finish(task.file, outcome, self._displaced(task.file) if outcome == "replaced" else "")

    def _displaced(self, file: FoundFile) -> str:
        """A word on the file whose document this one took the place of, where that was another file; else ""."""
        entry = self.entries.get(file.name)
        other = entry.source if entry else ""
        return (
            f"took the place of {other}" if other and other != file.source and os.path.exists(other) else ""
        )

    def settle_twins(self) -> None:
        """Verdicts for the files whose content the library has under another name."""
        failed = {verdict.name for verdict in self.verdicts if verdict.outcome == "failed"}
        for file, holder in self.twins:
            if holder in failed:
                self._finish(file, "failed", f"has the same content as {holder}, which failed")
            else:
                self._finish(file, "unchanged", f"has the same content as {holder}")

    def remove_doomed(self) -> None:
        """Take out the documents whose file is gone."""
        for name in self.doomed:
            self.library.remove(name)
            self._tell(Verdict(name, "removed", "its file is gone", self.entries[name].source))

    def _finish(self, file: FoundFile, outcome: Outcome, reason: str = "") -> None:
        self.done += 1
        self._tell(Verdict(file.name, outcome, reason, file.source))
        if self.on_progress:
            self.on_progress(self.done, self.total)

    def _tell(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        if self.on_verdict:
            self.on_verdict(verdict)


def _gone(found: Gathering, entries: Iterable[Entry]) -> list[str]:
    """Names of the documents that came from a folder of this run, and whose file is not in it any more."""
    names = {file.name for file in found.files}
    sources = {file.source for file in found.files}
    folders = tuple(os.path.join(folder, "") for folder in found.folders)
    return [
        entry.name
        for entry in entries
        if entry.source.startswith(folders) and entry.source not in sources and entry.name not in names
    ]
