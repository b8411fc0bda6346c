"""Parsing in processes of its own: a file that eats memory or never ends takes its worker down, not the run.

Workers are started by a fork server (spawned where there is none): the process that ingests holds open indexes and
threads, which a plain fork would copy half-way through. A script that calls `ingest` with jobs > 1 therefore guards its
main part with `if __name__ == "__main__":`, as for any use of multiprocessing.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from corpus.errors import WorkersError
from ingest.readers.limits import Limits

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 12  # tasks in flight for each worker; bounds the results that wait to be stored


class Workers(Generic[Task, Result]):
    """Runs `work` on tasks in `jobs` processes; `lost` makes the result of a task whose worker was stopped."""

    def __init__(
        self,
        work: Callable[[Task, Limits], Result],
        lost: Callable[[Task, Limits], Result],
        jobs: int,
        limits: Limits,
    ) -> None:
        self._work = work
        self._lost = lost
        self._jobs = jobs
        self._limits = limits

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """The results in the order of the tasks. With one job everything happens in this process, without bounds.

        Raises WorkersError where no process can be started.
        """
        jobs = min(self._jobs, len(tasks))
        if self._jobs <= 1:
            yield from (self._work(task, self._limits) for task in tasks)
        elif tasks:
            yield from self._in_parallel(deque(tasks), jobs)

    def _in_parallel(self, waiting: deque[Task], jobs: int) -> Iterator[Result]:
        while waiting:
            with self._pool(jobs) as pool:
                running: deque[tuple[Task, Future[Result]]] = deque()
                try:
                    while waiting or running:
                        with contextlib.suppress(BrokenProcessPool):  # told again by the first result
                            while waiting and len(running) < _AHEAD * jobs:
                                running.append((waiting[0], self._begin(pool, waiting[0])))
                                waiting.popleft()
                        if not running:
                            break
                        result = running[0][1].result()
                        running.popleft()
                        yield result
                except BrokenProcessPool:
                    suspects = [task for task, _ in running]
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
                else:
                    suspects = []
            yield from map(self._alone, suspects)

    def _alone(self, task: Task) -> Result:
        """One suspect in a worker of its own: which task broke a pool can only be told so."""
        with self._pool(1) as pool:
            try:
                return self._begin(pool, task).result()
            except BrokenProcessPool:
                return self._lost(task, self._limits)

    def _begin(self, pool: ProcessPoolExecutor, task: Task) -> Future[Result]:
        with _starting():
            return pool.submit(bounded, self._work, task, self._limits)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["ingest.pipeline", "ingest.readers.docx"])
        with _starting():
            return ProcessPoolExecutor(
                jobs, context, initializer=prepare, initargs=(self._limits.memory_bytes,)
            )


@contextlib.contextmanager
def _starting() -> Iterator[None]:
    """Raises WorkersError for what a start that fails raises: a broken pipe would pass for our output being closed."""
    try:
        yield
    except (OSError, EOFError) as error:
        raise WorkersError(error) from error


def prepare(memory_bytes: int) -> None:
    """Called once in each worker: bound its memory, and let it end with the process that started it.

    A pool's worker does not notice by itself that its parent was killed: it would wait for work for ever.
    """
    limit_memory(memory_bytes)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def limit_memory(most: int) -> None:
    """Let this process hold at most `most` bytes; beyond that it gets a MemoryError, not the whole machine's memory."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


def bounded(work: Callable[[Task, Limits], Result], task: Task, limits: Limits) -> Result:
    """`work` on one task inside a worker; the worker is stopped by the system when it takes more than limits.seconds."""
    if not hasattr(signal, "setitimer"):
        return work(task, limits)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        return work(task, limits)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
