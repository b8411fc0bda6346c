"""The table of known indicators: words for one thing, found in names and sentences.

indicators.json is small and reviewed: groups of words for one indicator, which of them are good when low (cap), a wider one that
says nothing exact of it, words that may stand apart in a clause (scattered), and words that set two indicators apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_HALF: dict[int, int | None] = {0xFF01 + n: 0x21 + n for n in range(94)}
_HALF |= {first + n: 0x61 + n for first in (0x41, 0xFF21) for n in range(26)}
_HALF |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))
_AS_SUBJECT = re.compile(
    r"$|[\d，。；：、,;:|为和均由从约达超再首创]|增|减|[上回提]?升|[下]?降|上涨|涨幅|回|[稳平]|保持|实现|控制|基本|逐步|出现|突破|跃|持续|继续|进一步|完成|"
    r"明显|大幅|总体|[好低高]于|主要|状况|全年|任务|目标|工作"
)
_QUALIFYING = re.compile(r"[占每在]$|单位$|人均$|[^、，。；：]的$(?<!加的)")
_EARLY = re.compile(r"^(?:今年|去年|全年|全国|我国|年末)+")
_CLAUSES = re.compile(r"[，。；：,;:]")


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one indicator. name: the first of them. wider: names of what includes it."""

    name: str
    cap: bool
    wider: tuple[str, ...]


@lru_cache(maxsize=1)
def _entries() -> dict[str, Any]:
    entries: dict[str, Any] = json.loads(
        (Path(__file__).parent / "indicators.json").read_text(encoding="utf-8")
    )
    return entries


@lru_cache(maxsize=1)
def table() -> tuple[dict[str, Group], re.Pattern[str], dict[str, frozenset[str]]]:
    """Groups by each of their words, a pattern of all words (longest first), and for each setting-apart word its rivals."""
    entries = _entries()
    groups: dict[str, Group] = {}
    for entry in entries["groups"]:
        words = [squeeze(word) for word in entry["words"]]
        group = Group(words[0], entry.get("cap", False), tuple(map(squeeze, entry.get("wider", ()))))
        groups |= dict.fromkeys(words, group)
    longest = sorted(groups, key=len, reverse=True)
    rivals: dict[str, frozenset[str]] = {}
    for words in entries["apart"]:
        for word in map(squeeze, words):
            rivals[word] = rivals.get(word, frozenset()) | {squeeze(other) for other in words} - {word}
    return groups, re.compile("|".join(map(re.escape, longest))), rivals


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """Half-width and small, without white space and zero-width characters."""
    return "".join(text.translate(_HALF).split())


def mentioned(text: str) -> frozenset[str]:
    """The names of the known indicators that a clause of the text is about: 城镇调查失业率 is not 失业率.

    Those are left out that only qualify something else (进出口环节收费, 占国内生产总值的比重).
    """
    groups, pattern, _ = table()
    text = squeeze(text)
    found = {
        groups[hit.group()].name
        for hit in pattern.finditer(text)
        if _AS_SUBJECT.match(text, hit.end())
        and not _QUALIFYING.search(text[max(0, hit.start() - 3) : hit.start()])
    }
    for name, words in _scattered():
        if all(word in text for word in words) and any(
            all(word in clause for word in words) for clause in _CLAUSES.split(text)
        ):
            found.add(name)
    return frozenset(found)


def named(text: str) -> frozenset[str]:
    """The names of the known indicators whose words stand anywhere in the text."""
    groups, pattern, _ = table()
    return frozenset(groups[hit].name for hit in pattern.findall(squeeze(text)))


def wider(names: Collection[str]) -> frozenset[str]:
    """The names of what includes these indicators: 失业率 of 城镇调查失业率."""
    groups, _, _ = table()
    return frozenset(other for group in groups.values() if group.name in names for other in group.wider)


def asked_of(question: str) -> frozenset[str]:
    """The names of the known indicators that a question is about; words of one may stand apart in it."""
    return named(question) or mentioned(question)


def opening(text: str) -> frozenset[str]:
    """The names of the known indicators that a comma clause of the text opens with."""
    groups, pattern, _ = table()
    hits = (pattern.match(_EARLY.sub("", clause)) for clause in _CLAUSES.split(squeeze(text)))
    return frozenset(groups[hit.group()].name for hit in hits if hit)


@lru_cache(maxsize=1)
def _scattered() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Indicators whose words may stand apart in one clause: 钢铁、煤炭行业去产能."""
    entries = _entries()
    return tuple(
        (squeeze(entry["words"][0]), tuple(entry["scattered"]))
        for entry in entries["groups"]
        if "scattered" in entry
    )


@lru_cache(maxsize=65536)
def set_apart(one: str, other: str) -> bool:
    """Whether a word in one name has its rival in the other: 登记 and 调查, 高校 and 幼儿园."""
    rivals = table()[2]
    in_one = {word for word in rivals if word in one}
    in_other = {word for word in rivals if word in other}
    return any(rivals[word] & in_other - in_one for word in in_one - in_other)
