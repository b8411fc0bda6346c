from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.assistant import Assistant
from corpus.library import Library
from corpus.settings import LibrarySettings


class Never:
    """A model that must not be asked."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError("a model was asked for questions to begin with")


def test_questions_to_begin_with_are_tried_without_the_model(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path), write=True) as library:
        parts = SimpleNamespace(library=library)
        with_model = Assistant(library, parts, parts, Never())  # type: ignore[arg-type]
        assert with_model.quoting.writer is None
        assert with_model.quoting.quoting.writer is None
        plain = Assistant(library, parts, parts)  # type: ignore[arg-type]
        assert plain.quoting is plain
