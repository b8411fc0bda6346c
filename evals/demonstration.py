"""A library of the demonstration corpus that lasts as long as it is needed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from corpus.errors import WenNuoError
from corpus.library import Library
from corpus.settings import DEFAULT_ENCODER, LibrarySettings
from ingest.pipeline import Verdict, ingest


@contextmanager
def demonstration_library(encoder: str = DEFAULT_ENCODER, jobs: int = 2) -> Iterator[Library]:
    """The demonstration corpus, freshly ingested into a temporary folder. Raises WenNuoError where a document fails."""
    failed: list[Verdict] = []

    def keep(verdict: Verdict) -> None:
        if verdict.outcome == "failed":
            failed.append(verdict)

    with tempfile.TemporaryDirectory(prefix="wennuo-") as folder:
        settings = LibrarySettings(Path(folder) / "home", encoder)
        with (
            Library.open(settings, write=True) as library,
            as_file(files("corpus") / "documents") as documents,
        ):
            ingest(library, [documents], jobs=jobs, on_verdict=keep)
            if failed:
                raise WenNuoError(f"the demonstration corpus is broken: {failed[0].name}: {failed[0].reason}")
            yield library
