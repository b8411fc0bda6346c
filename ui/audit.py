"""Who did what and when: a JSON line an act, in a file a month, that is only added to."""

from __future__ import annotations

import datetime
import json
import os
import threading
from pathlib import Path

from ui.people import Person

FOLDER = "audit"


class AuditLog:
    """The folder `audit` in the library's home. Safe for several threads; each line is written with one call."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER
        self._lock = threading.Lock()

    def note(self, person: Person, act: str, subject: str = "", **facts: object) -> None:
        """Add a line. act is a verb (ask, open, export, upload …), subject what was acted on; facts are plain values."""
        at = datetime.datetime.now(datetime.UTC)
        row = {
            "at": at.isoformat(timespec="milliseconds"),
            "who": person.name,
            "role": person.role,
            "act": act,
        }
        line = json.dumps(row | {"subject": subject} | facts, ensure_ascii=False) + "\n"
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self._folder / f"{at:%Y-%m}.jsonl"
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)
