"""Bodies as owners of rows: whether a body that a question names leads a row, or takes part in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from corpus.commitment import Commitment
from corpus.text import squeeze

_BETWEEN = re.compile(r"[、，,;；/]|会同|以及|和|与|及")
_LEVEL = r"(?:各?[省市县区]?(?:局|政府)?|各|我[市县])"
_SAME = (("市场监督管理局", "局"), ("市场监管局", "局"))


@lru_cache(maxsize=4096)
def bodies(name: str) -> tuple[str, ...]:
    """The bodies that an owner's name joins: 人事科、财务科 is two. Without 各 and brackets."""
    plain = re.sub(r"[（(][^）)]*[）)]", "", squeeze(name))
    for long, short in _SAME:
        plain = plain.replace(long, short)
    return tuple(part.removeprefix("各") for part in _BETWEEN.split(plain) if part.removeprefix("各"))


@lru_cache(maxsize=4096)
def is_body(asked: str, named: str) -> bool:
    """Whether an owner's name names the body asked for, the level before it apart: 市局办公室 is 办公室, 食安委办公室 is not."""
    wanted = bodies(asked)
    return any(
        re.fullmatch(rf"{_LEVEL}{re.escape(one)}", body) is not None
        or re.fullmatch(rf"{_LEVEL}{re.escape(body)}", one) is not None
        for body in bodies(named)
        for one in wanted
    )


def leads(row: Commitment, asked: Iterable[str]) -> bool:
    """Whether one of the bodies asked for is an owner of `row`."""
    return row.owner is not None and any(is_body(one, row.owner.name) for one in asked)


def takes_part(row: Commitment, asked: Collection[str]) -> bool:
    """Whether one of the bodies asked for is named by `row` as taking part without leading."""
    if row.owner is None or leads(row, asked):
        return False
    return any(is_body(one, unit) for unit in row.owner.cooperating for one in asked)


def counted_by_body(counts: Mapping[str, int]) -> Counter[str]:
    """Rows by owner as rows by each body that owns them; a row of two bodies counts for both."""
    found: Counter[str] = Counter()
    for name, count in counts.items():
        for body in dict.fromkeys(bodies(name)):
            found[body] += count
    return found


def spelled_out(short: str, names: Iterable[str]) -> str:
    """The one body that `short` abbreviates (食安办: 食品安全委员会办公室); "" when none or several may be meant."""
    found = {body for body in _all(names) if len(body) > len(short) and _abbreviates(short, body)}
    return found.pop() if len(found) == 1 else ""


def _all(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from bodies(name)


def _abbreviates(short: str, body: str) -> bool:
    """Each character of `short` stands in `body` in its order, the first at its beginning (a level apart)."""
    if not 2 < len(short) <= 6 or body.find(short[0]) not in (0, 1):
        return False
    at = -1
    for character in short:
        at = body.find(character, at + 1)
        if at < 0:
            return False
    return body.endswith((short[-1], "办公室", "委员会"))
