"""One evaluation at a time, in a thread of its own that leaves the processor to those who ask: begun, watched, cancelled, kept."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, cast

from corpus.errors import WenNuoError
from evals.cases import QuestionSet
from evals.judging import judge
from evals.measures import Judgement
from evals.run import run_set
from evals.sources import Sources
from ui.people import ROLES, Role, role_of
from ui.quality.patient import Patient
from ui.quality.runs import Runs, Where, where_of
from ui.quality.sets import SetEntry

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.library import Library

log = logging.getLogger(__name__)
Stage = Literal["preparing", "asking", "judging", "done", "cancelled", "failed", "interrupted"]
UNDER_WAY: tuple[Stage, ...] = ("preparing", "asking", "judging")
Opened = Callable[[Where], AbstractContextManager[tuple["Library", "Assistant"]]]
LONGEST_PAUSE = 0.5  # seconds between two questions


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be asked over what, and by whom it is wanted."""

    entry: SetEntry
    questions: QuestionSet
    where: Where
    by: str = ""

    @property
    def audience(self) -> Role:
        """The lowest role that may see the run: that of its set, or of the view it is made with, whichever is higher."""
        view: Role = "admin" if self.where == "admin" else "curator"
        return max(view, self.entry.audience, key=ROLES.index)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. broken: questions at which the assistant failed. run: its name, once it is kept. started: UTC, ISO 8601."""

    set: str
    shelf: str
    where: Where
    audience: Role
    by: str
    started: str
    total: int
    done: int = 0
    broken: int = 0
    stage: Stage = "preparing"
    seconds: float = 0.0
    run: str = ""

    @property
    def under_way(self) -> bool:
        """Whether it is not over yet."""
        return self.stage in UNDER_WAY


class BusyError(WenNuoError):
    """Another evaluation is under way."""


class _CancelledError(Exception):
    """Somebody does not want the run any more."""


class Runner:
    """The thread and what is known of it."""

    def __init__(self, runs: Runs, opened: Opened, longest_pause: float = LONGEST_PAUSE) -> None:
        """opened: the library to ask and its assistant, for as long as the run takes."""
        self.runs = runs
        self._opened = opened
        self._longest_pause = longest_pause
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._begun = 0.0
        self._progress = _interrupted(runs.leftover())

    def progress(self) -> Progress | None:
        """The run under way, else the last one; None where there was none since the start of the server."""
        with self._lock:
            found = self._progress
            if found and found.under_way:
                return replace(found, seconds=time.monotonic() - self._begun)
            return found

    def start(self, order: Order) -> Progress:
        """Begin a run. Raises BusyError while one is under way."""
        with self._lock:
            if self._progress is not None and self._progress.under_way:
                raise BusyError("an evaluation is under way; wait for its end or cancel it")
            begun = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            entry, total = order.entry, len(order.questions.cases)
            progress = Progress(entry.name, entry.shelf, order.where, order.audience, order.by, begun, total)
            self._progress = progress
            self._begun = time.monotonic()
            self._cancelled.clear()
            self.runs.begin({key: value for key, value in asdict(progress).items() if key != "stage"})
            self._thread = threading.Thread(target=self._work, args=(order,), name="evaluation", daemon=True)
            self._thread.start()
            return progress

    def cancel(self) -> bool:
        """Give up the run under way, at its next question; whether there is one. Nothing of it is kept."""
        with self._lock:
            under_way = self._progress is not None and self._progress.under_way
            if under_way:
                self._cancelled.set()
            return under_way

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the end of the run under way, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def close(self) -> None:
        """Give up the run under way and wait a few seconds for that: before the library is closed."""
        if self.cancel():
            self.wait(5)

    def _work(self, order: Order) -> None:
        patient: Patient | None = None
        try:
            with self._opened(order.where) as (library, assistant):
                patient = Patient(assistant)
                self._tell(stage="asking")
                pace = _Pace(self._longest_pause, self._cancelled)

                def asked(done: int, _total: int) -> None:
                    self._tell(done=done, broken=len(patient.failures) if patient else 0)
                    pace.rest()

                run = run_set(order.questions, library, cast("Assistant", patient), asked)
                self._tell(stage="judging")
                judged = judge(order.questions, run, Sources.of(library))
            about = dict(run.about) | {
                "shelf": order.entry.shelf,
                "where": order.where,
                "audience": order.audience,
                "by": order.by,
                "seconds": round(time.monotonic() - self._begun, 1),
                "broken": len(patient.failures),
                "quoted": sorted(_quoted(judged)),
            }
            self._finish("done", self.runs.keep(about, judged).name)
        except _CancelledError:
            self._finish("cancelled")
        except Exception:
            if self._cancelled.is_set():
                self._finish("cancelled")
            else:
                log.exception("the evaluation of %s broke off", order.entry.key)
                self._finish("failed")

    def _tell(self, **changes: Any) -> None:
        with self._lock:
            if self._progress is not None:
                self._progress = replace(self._progress, **changes)

    def _finish(self, stage: Stage, run: str = "") -> None:
        with suppress(OSError):
            self.runs.end()
        self._tell(stage=stage, run=run, seconds=time.monotonic() - self._begun)


class _Pace:
    """Rests after each question for as long as it took, so that the others have half of the processor at least.

    The thread's own priority stays as it is: one that is seldom let run would hold the interpreter's lock all the longer.
    """

    def __init__(self, longest: float, cancelled: threading.Event) -> None:
        self._longest = longest
        self._cancelled = cancelled
        self._since = time.monotonic()

    def rest(self) -> None:
        """Raises _CancelledError when the run is not wanted any more."""
        if self._cancelled.wait(min(time.monotonic() - self._since, self._longest)):
            raise _CancelledError
        self._since = time.monotonic()


def _quoted(judged: Sequence[Judgement]) -> set[str]:
    """The names of all documents of which the run holds words: in questions, answers and passages."""
    found = {PurePath(quote.document).name for one in judged for quote in one.case.quotes}
    found |= {cited.document for one in judged for cited in one.record.citations}
    return found | {passage.document for one in judged for passage in one.record.passages or ()}


def _interrupted(left: dict[str, Any] | None) -> Progress | None:
    """What a former server left behind, as the last run."""
    if left is None:
        return None
    try:
        return Progress(
            set=str(left["set"]),
            shelf=str(left["shelf"]),
            where=where_of(left["where"]),
            audience=role_of(left["audience"]),
            by=str(left["by"]),
            started=str(left["started"]),
            total=int(left["total"]),
            stage="interrupted",
        )
    except (KeyError, TypeError, ValueError):
        return None
