"""Excel task tables."""

from __future__ import annotations

from corpus.errors import UnsupportedFormatError
from ingest.readers.limits import Limits
from ingest.reading import Reading


def read(data: bytes, limits: Limits) -> Reading:  # noqa: ARG001
    """Not read yet."""
    raise UnsupportedFormatError("is an Excel file, which is not read yet")
