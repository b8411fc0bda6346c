"""Words that mean the same: how people ask beside how documents write, and the traditional characters of both.

lexicon.json is a small reviewed table of the trade; each entry is a group of interchangeable words. It holds no question.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, ...], ...]:
    """The groups of interchangeable words, colloquial ones first."""
    table = json.loads((_HERE / "lexicon.json").read_text(encoding="utf-8"))
    return tuple(tuple(group) for group in table["groups"])


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` with traditional characters made simplified (OpenCC); as long as before, or else unchanged.

    Half a surrogate pair, which JSON can bring and no encoding takes, becomes a question mark.

    >>> simplified("無標準生產")
    '无标准生产'
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    converted = str(_converter().convert(text))
    return converted if len(converted) == len(text) else text


def alternatives(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every word of the lexicon that occurs in `text`, with the other words of its groups."""
    found: dict[str, list[str]] = {}
    for group in groups():
        for word in group:
            if word in text:
                found.setdefault(word, []).extend(other for other in group if other != word)
    return tuple((word, tuple(dict.fromkeys(others))) for word, others in found.items())
