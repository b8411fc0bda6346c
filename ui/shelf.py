"""Taking documents into the library and out of it, one at a time, while the chat goes on."""

from __future__ import annotations

import logging
import threading
from pathlib import PurePosixPath

from corpus.errors import WenNuoError
from corpus.library import Library
from ingest.passages import RULES
from ingest.pipeline import Verdict, build
from ui.words import Language, say, sentence

MEGABYTES = 40
FORMATS = (".txt", ".md", ".docx", ".pdf", ".xlsx")
LONGEST_NAME = 180
log = logging.getLogger(__name__)


def cleaned(name: str) -> str:
    """The last part of an uploaded file's name, without characters that cannot be seen; "" when nothing is left."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(character for character in last if character.isprintable()).strip()[-LONGEST_NAME:]


class Shelf:
    """One writer for the threads of the web server. Each act gives a verdict; none raises for a bad file."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._writing = threading.Lock()

    def take(self, name: str, data: bytes, language: Language) -> Verdict:
        """Read `data` as the file `name` and put it into the library."""
        if len(data) > MEGABYTES * 1024 * 1024:
            return Verdict(name, "failed", say(language, "too_large", size=MEGABYTES))
        try:
            with self._writing:
                document, passages = build(name, data, overrides=self.library.overrides(name))
                return Verdict(name, self.library.put(document, passages, RULES))
        except WenNuoError as error:
            return Verdict(name, "failed", sentence(error, language))
        except Exception as error:  # noqa: BLE001 - the outermost handler of this face
            log.exception("%r was not taken in", name)
            return Verdict(name, "failed", sentence(error, language))

    def remove(self, name: str, language: Language) -> Verdict:
        """Remove the document `name` from the library."""
        try:
            with self._writing:
                self.library.remove(name)
        except WenNuoError as error:
            return Verdict(name, "failed", sentence(error, language))
        return Verdict(name, "removed")
