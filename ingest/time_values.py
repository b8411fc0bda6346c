"""What an expression of time resolves to, and the small numbers in one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from corpus.commitment import Recurrence

Role = Literal["deadline", "period", "recurrence", "vague", "point"]

_HAN = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days and the role of an expression; see ingest.dates.Time."""

    role: Role
    start: datetime.date | None = None
    end: datetime.date | None = None
    recurrence: Recurrence | None = None


def number(said: str | None) -> int | None:
    """A small number in digits or Han: 15, 十五, 二十, 百; None where it is none.

    >>> [number(said) for said in ("15", "二十一", "十", "两", "百", "点")]
    [15, 21, 10, 2, 100, None]
    """
    if not said:
        return None
    if said.isdecimal():
        return int(said)
    if said == "百":
        return 100
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return _HAN.get(said)
    high, low = (_HAN.get(tens) if tens else 1), (_HAN.get(ones) if ones else 0)
    return None if high is None or low is None else high * 10 + low


def year_number(said: str) -> int | None:
    """A year in four digits or four Han digits; None where a digit is missing."""
    digits = [int(each) if each.isdecimal() else _HAN.get(each) for each in said]
    if len(digits) != 4 or None in digits:
        return None
    return int("".join(map(str, digits)))
