"""Taking documents into the library and out of it, one at a time, while the chat goes on."""

from __future__ import annotations

import logging
import tempfile
import threading
from pathlib import Path, PurePosixPath

from corpus.errors import WenNuoError
from corpus.library import Library
from ingest.pipeline import Verdict, ingest
from ingest.readers import SUFFIXES
from ui.reasons import reason
from ui.words import Language, say, sentence

MEGABYTES = 40
FORMATS = tuple(suffix for suffix in (".txt", ".md", ".docx", ".pdf", ".xlsx") if suffix in SUFFIXES)
LONGEST_NAME = 240  # bytes; file systems take 255
log = logging.getLogger(__name__)


def cleaned(name: str) -> str:
    """The last part of an uploaded file's name, without characters that cannot be seen; "" when nothing is left."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(character for character in last if character.isprintable()).strip()
    if seen in (".", ".."):
        return ""
    stem, dot, ending = seen.rpartition(".")
    room = max(0, LONGEST_NAME - len((dot + ending).encode()))
    return (stem.encode()[:room].decode(errors="ignore") + dot + ending)[:LONGEST_NAME]


class Shelf:
    """One writer for the threads of the web server. Each act gives a verdict; none raises for a bad file."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._writing = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether documents are being taken in, or out, right now."""
        return self._writing.locked()

    def take(
        self,
        name: str,
        data: bytes,
        language: Language,
        library: Library | None = None,
        *,
        by: str = "",
        into: str = "",
    ) -> Verdict:
        """Put `data` into the library as the file `name`, read by a worker process: a bad file cannot hurt the chat.

        library: as the person sees it who sends it; the whole one, if None. into: a collection that a new document is in from
        its first moment. by: who sends it.
        """
        library = library or self.library
        if not name:
            return Verdict(name, "failed", say(language, "nameless"))
        try:
            with tempfile.TemporaryDirectory(dir=self._waiting()) as folder, self._writing:
                path = Path(folder) / name
                path.write_bytes(data)
                if into:
                    library.assign(name, {*library.collections_of(name), into})
                verdict = ingest(library, [path], jobs=2, by=by).verdicts[0]
        except Exception as error:  # noqa: BLE001 - the outermost handler of this face
            return Verdict(name, "failed", self._told(error, name, language))
        return Verdict(name, verdict.outcome, reason(verdict.reason, language))

    def _waiting(self) -> Path:
        folder = self.library.settings.home / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _told(self, error: Exception, name: str, language: Language) -> str:
        if not isinstance(error, WenNuoError):
            log.exception("%r was not taken in", name)
        return sentence(error, language)

    def remove(self, name: str, language: Language, library: Library | None = None) -> Verdict:
        """Remove the document `name` from the library."""
        try:
            with self._writing:
                (library or self.library).remove(name)
        except Exception as error:  # noqa: BLE001 - the outermost handler of this face
            return Verdict(name, "failed", self._told(error, name, language))
        return Verdict(name, "removed")
