"""Where a library lives and which encoder it uses: the only reader of WENNUO_* for the floor of the corpus."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_ENCODER = "wennuo"
"""Our own trained weights, which come with the package."""
HASHING = "hashing"
"""The encoder without weights."""


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """home: the folder of one library. encoder: "wennuo", "hashing", or the name or folder of a sentence-transformers model."""

    home: Path
    encoder: str = DEFAULT_ENCODER

    @classmethod
    def from_environment(cls, home: str | Path | None = None) -> LibrarySettings:
        """`home` if given, else $WENNUO_HOME, else .wennuo under the current folder; the encoder from $WENNUO_ENCODER."""
        folder = home or os.environ.get("WENNUO_HOME") or ".wennuo"
        return cls(Path(folder).expanduser(), os.environ.get("WENNUO_ENCODER") or DEFAULT_ENCODER)


def silence_telemetry() -> None:
    """Switch off what our dependencies might report to their makers, or print. Call before importing any of them."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault(
        "TOKENIZERS_PARALLELISM", "false"
    )  # its threads cost more than they save on single questions
    # said or not, its threads stay out of child processes; unsaid, it prints a warning at each start of one
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
