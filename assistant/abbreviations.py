"""提法: number-and-word abbreviations of official prose, told from the words they abbreviate.

“三品” stands for three phrases that each hold 品 (增品种、提品质、创品牌), “三会四清” for three with 会 and four with 清, “四个带头”
for four that begin 带头. So the sentence that spells a term out can be recognised even where the term itself is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMERALS = "零一二三四五六七八九十两"
_PART = re.compile(
    rf"([{_NUMERALS}]|\d{{1,2}})(?:个|大|项|条|张|种|类|块|级|方)?([一-鿿]{{1,4}}?)(?=[{_NUMERALS}\d]|$)"
)
_TERM = re.compile(rf"(?:[{_NUMERALS}]|\d{{1,2}})(?:个|大|项|条|张|种|类|块|级|方)?[一-鿿]{{1,4}}")
UNLIKE = 0  # characters by which the places of a one-character core may differ between the phrases that it stands for
_LONGEST = 16  # characters of a term; the shape is read with backtracking
_PIECES = re.compile(r"[、，；。：！？“”‘’（）《》;,\n]+")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One number-and-word part: how many phrases, and what each holds."""

    count: int
    core: str


def parse(term: str) -> tuple[Abbreviation, ...]:
    """The parts of a quoted term; () when it is no abbreviation of this shape, or counts one thing only.

    >>> parse("三会四清")
    (Abbreviation(count=3, core='会'), Abbreviation(count=4, core='清'))
    """
    if len(term) > _LONGEST or not re.fullmatch(rf"(?:{_TERM.pattern})+", term):
        return ()
    parts = tuple(Abbreviation(_value(number), core) for number, core in _PART.findall(term))
    return parts if max(part.count for part in parts) >= 2 else ()


def counted_term(folded: str) -> tuple[Abbreviation, ...]:
    """What a question counts and quotes (哪六个“稳”, 三个“统一”); () where it does neither.

    >>> counted_term("进一步做到哪六个“稳”")
    (Abbreviation(count=6, core='稳'),)
    """
    found = _COUNTED_TERM.search(folded)
    if not found:
        return ()
    part = Abbreviation(_value(found.group(1)), found.group(2))
    return (part,) if part.count >= 2 else ()


_COUNTED_TERM = re.compile(rf"([{_NUMERALS}]|\d{{1,2}})(?:个|大|项|条|种)?“([一-鿿]{{1,4}})”")


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else _NUMERALS.index(number.replace("两", "二"))


def spelled_out(parts: tuple[Abbreviation, ...], text: str) -> bool:
    """Whether `text` holds, for each part, that many neighbouring phrases with its core.

    >>> spelled_out(parse("三品"), "开展“增品种、提品质、创品牌”行动")
    True
    """
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    return bool(parts) and all(_run(part, pieces) for part in parts)


def partly_spelled_out(parts: tuple[Abbreviation, ...], text: str) -> bool:
    """Whether `text` spells out a part that counts two things or more; one phrase with 色 explains no “一色”."""
    return any(part.count >= 2 and spelled_out((part,), text) for part in parts)


def _run(part: Abbreviation, pieces: list[str]) -> bool:
    run: list[tuple[int, int]] = []
    for piece in pieces:
        holds = (
            part.core in piece and len(piece) > len(part.core) and not piece.startswith(tuple(_NUMERALS[2:]))
        )
        run = [*run, (piece.find(part.core), len(piece) - piece.rfind(part.core))] if holds else []
        if len(run) >= part.count and (len(part.core) > 1 or _alike(run[-part.count :])):
            return True
    return False


def _alike(places: Sequence[tuple[int, int]]) -> bool:
    """Whether phrases hold their core at about the same place, from their beginnings or from their ends, as coined ones do.

    A verb may stand before the first of them, and what they are said of after the last.
    """
    starts, ends = zip(*places, strict=True)
    if len(places) > 2:
        starts, ends = starts[1:], ends[:-1]
    return any(max(each) - min(each) <= UNLIKE for each in (starts, ends))
