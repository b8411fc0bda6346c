"""How many rows of the ledger there are by owner, kind and due quarter, with their lights. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.commitment import CommitmentKind
from corpus.ledger import Kept
from ui.ledger.lights import LIGHTS as ALL_LIGHTS
from ui.ledger.lights import light_of
from ui.ledger.phrases import KINDS, LIGHTS

NO_OWNER, NO_DAY, RECURRING = "（未写明）", "（无到期日）", "（周期性）"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows bear a name, and of them how many each of the headings; is_sum: the line of all rows."""

    name: str
    total: int
    headings: tuple[str, ...]
    values: tuple[int, ...]
    is_sum: bool = False


def counted(rows: Sequence[Kept], day: datetime.date) -> tuple[tuple[str, tuple[Counts, ...]], ...]:
    """Blocks of counts, each with its title and a last line for all: by owner (most rows first), by kind, by due quarter."""
    lit = [(kept, LIGHTS[light_of(kept, day)]) for kept in rows]
    return (
        ("牵头单位", _block(lit, _owner, lambda name, total: (-total, name))),
        ("类别", _block(lit, lambda kept: KINDS[kept.row.kind], lambda name, _: (_KIND_ORDER[name], ""))),
        ("到期季度", _block(lit, quarter, lambda name, _: (name.startswith("（"), name))),
    )


def quarter(kept: Kept) -> str:
    """The quarter of the due day (2024年第2季度), RECURRING, or NO_DAY."""
    deadline = kept.row.deadline
    if deadline is None or deadline.resolved is None:
        return NO_DAY
    if deadline.due is None:
        return RECURRING
    return f"{deadline.due.year}年第{(deadline.due.month + 2) // 3}季度"


_KIND_ORDER = {name: place for place, name in enumerate(KINDS.values())}


def _owner(kept: Kept) -> str:
    return kept.row.owner.name if kept.row.owner else NO_OWNER


def _block(
    lit: Sequence[tuple[Kept, str]],
    name_of: Callable[[Kept], str],
    order: Callable[[str, int], tuple[int, str]],
) -> tuple[Counts, ...]:
    groups: dict[str, list[tuple[Kept, str]]] = {}
    for kept, lamp in lit:
        groups.setdefault(name_of(kept), []).append((kept, lamp))
    names = sorted(groups, key=lambda name: order(name, len(groups[name])))
    return (*(_counts(name, groups[name]) for name in names), _counts("合计", lit, is_sum=True))


def _counts(name: str, lit: Sequence[tuple[Kept, str]], is_sum: bool = False) -> Counts:
    kinds: tuple[CommitmentKind, ...] = tuple(KINDS)
    values: dict[str, int] = {KINDS[kind]: sum(kept.row.kind == kind for kept, _ in lit) for kind in kinds}
    for lamp in ALL_LIGHTS:
        values[LIGHTS[lamp] or "不亮灯"] = sum(shown == LIGHTS[lamp] for _, shown in lit)
    values["有到期日"] = sum(
        kept.row.deadline is not None and kept.row.deadline.due is not None for kept, _ in lit
    )
    values["原文打码"] = sum(kept.row.metric is not None and kept.row.metric.masked for kept, _ in lit)
    return Counts(name, len(lit), tuple(values), tuple(values.values()), is_sum)
