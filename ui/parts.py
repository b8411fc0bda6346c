"""The parts behind the commands. Each is imported when it is first asked for, so that `wennuo --help` starts at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.settings import LibrarySettings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.library import Library
    from ingest.pipeline import Summary


def open_library(settings: LibrarySettings, *, write: bool = False, reindexing: bool = False) -> Library:
    """The library at settings.home. Raises LibraryBusyError and EncoderMismatchError."""
    from corpus.library import Library

    if reindexing:
        return Library.open(settings, write=True, reindexing=True)
    return Library.open(settings, write=write)


def make_assistant(library: Library) -> Assistant:
    """An assistant over the library, with the model endpoint of the environment where one is configured."""
    from assistant.bootstrap import make_assistant as make
    from assistant.settings import EndpointSettings

    return make(library, EndpointSettings.from_environment())


def ingest_paths(*arguments: object, **options: object) -> Summary:
    """ingest.pipeline.ingest."""
    from ingest.pipeline import ingest

    return ingest(*arguments, **options)  # type: ignore[arg-type]


def demonstration_library() -> AbstractContextManager[Library]:
    """A temporary library of the demonstration corpus."""
    from evals.demonstration import demonstration_library as demonstration

    return demonstration()


def serve_app(settings: LibrarySettings, host: str, port: int, demonstration: bool) -> None:
    """ui.app.serve: the web app, until it is interrupted."""
    from ui.app import serve

    serve(settings, host, port, demonstration)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands call; tests hand in others."""

    open_library: Callable[..., Library] = open_library
    make_assistant: Callable[[Library], Assistant] = make_assistant
    ingest: Callable[..., Summary] = ingest_paths
    demonstration: Callable[[], AbstractContextManager[Library]] = demonstration_library
    serve: Callable[[LibrarySettings, str, int, bool], None] = serve_app
