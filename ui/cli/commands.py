"""What all commands share: --home, --json, and the settings that each is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.settings import LibrarySettings
from ui.parts import Parts

if TYPE_CHECKING:
    from corpus.library import Library

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the library.  [default: $WENNUO_HOME, else .wennuo]",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="JSON on standard output, one object a line."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command works with: the library's settings and the parts to call."""

    library_settings: LibrarySettings
    parts: Parts

    def library(self, *, write: bool = False, reindexing: bool = False) -> Library:
        """The library, open; a context manager."""
        if reindexing:
            return self.parts.open_library(self.library_settings, write=True, reindexing=True)
        return self.parts.open_library(self.library_settings, write=write)

    @property
    def nothing_there(self) -> str:
        """What to say where the library is empty."""
        return f"the library at {self.library_settings.home} is empty; `wennuo ingest PATH` fills it"


def connect(command: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the command its Settings, made from --home, as the first argument."""

    @wraps(command)
    def connected(*, home: Path | None, **options: Any) -> Any:
        parts = click.get_current_context().find_object(Parts) or Parts()
        return command(Settings(LibrarySettings.from_environment(home), parts), **options)

    return connected
