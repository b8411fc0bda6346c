"""For every test, and every process that it starts: no socket beyond loopback, no telemetry, few threads."""

# ruff: noqa: E402, TID251

from __future__ import annotations

import os
import runpy
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
for _name in [name for name in os.environ if name.startswith("WENNUO_")]:
    del os.environ[_name]  # a developer's own library and endpoint are none of the tests' business

import pytest

from corpus.settings import silence_telemetry

silence_telemetry()

OFFLINE = Path(__file__).parent / "evals" / "tests" / "offline"
_descriptor, _log = tempfile.mkstemp(prefix="wennuo-offline-")
os.close(_descriptor)
os.environ["OFFLINE_LOG"] = _log
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
runpy.run_path(str(OFFLINE / "sitecustomize.py"))  # its hook stays


@pytest.fixture(autouse=True)
def _stays_here() -> Iterator[None]:
    """Fail a test in which anything, in whichever process, reached beyond loopback, even where it was swallowed."""
    log = Path(os.environ["OFFLINE_LOG"])
    yield
    attempts = log.read_text(encoding="utf-8")
    if attempts:
        log.write_text("", encoding="utf-8")
        pytest.fail(f"reached beyond loopback:\n{attempts}")


def pytest_unconfigure() -> None:
    """Remove the log."""
    Path(_log).unlink(missing_ok=True)
