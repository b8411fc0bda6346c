"""A library of our own, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from corpus.library import Library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with stored(tmp_path_factory.mktemp("own") / "home") as own:
        yield own


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return make_assistant(library)
