"""Text as a cell of a sheet can hold and show it. Pure."""

from __future__ import annotations

import re
from typing import Final

from ui.ledger.columns import Cell, clean

MOST_CHARACTERS: Final = 32_767
"""Of a cell, in UTF-16 units; what is longer ends with CUT."""
CUT = "……（以下从略）"
_OWN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDE = re.compile("[^\x00-\u024f]")


def lines_of(value: Cell, width: int) -> int:
    """In how many lines a column of `width` half-width characters shows the value; at least 1."""
    if not isinstance(value, str):
        return 1
    return sum(
        max(1, -(-columns(piece) // (width - 1))) for piece in clean(value[:MOST_CHARACTERS]).split("\n")
    )


def columns(text: str) -> int:
    """The text's width in half-width characters: a wide one, or one that may be wide, counts two."""
    return len(text) + len(_WIDE.findall(text))


def fitting(text: str) -> str:
    """The text as a cell can hold it: clean, no longer than MOST_CHARACTERS, and no escape of the file format in it."""
    text = _OWN_ESCAPE.sub("_x005F_", clean(text))
    if len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
        return text
    room = 2 * (MOST_CHARACTERS - len(CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
