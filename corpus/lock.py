"""One writer at a time over all processes of a machine."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.errors import LibraryBusyError


class WriterLock:
    """A lock on a file of the library's folder; the system frees it when its process ends, however it ends."""

    def __init__(self, home: Path) -> None:
        """Take the lock at once. Raises LibraryBusyError where another holder has it."""
        from filelock import FileLock, Timeout

        holder = home / "writer.pid"
        self._lock = FileLock(home / "writer.lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            by = holder.read_text(encoding="ascii").strip() if holder.exists() else "unknown"
            raise LibraryBusyError(
                f"the library {home} is being written to by another process (number {by}): wait until it has "
                "finished, or stop it (a running `wennuo serve` holds its library; upload through its page instead)"
            ) from error
        holder.write_text(f"{os.getpid()}\n", encoding="ascii")

    def release(self) -> None:
        """Let others write."""
        self._lock.release()
