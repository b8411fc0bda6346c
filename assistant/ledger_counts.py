"""Answers that set numbers of rows side by side: by owner, quarter, year, document or kind, and of two bodies."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.ledger_questions import LedgerQuestion
from assistant.ledger_rows import filter_of, select
from assistant.ledger_units import counted_by_body
from assistant.ledger_wording import Worded, subject
from corpus.commitment import CommitmentKind
from corpus.ledger import Heading, Kept, LedgerFilter
from corpus.library import Library

MOST_GROUPS = 8
_OFFICE = re.compile(r"[科股室处]$")
_ASKS_OFFICES = re.compile(r"[科处股]室")
_KINDS: dict[str, str] = {"target": "目标", "task": "任务", "requirement": "要求", "report": "已完成的事项"}
_HEADINGS: dict[Heading, str] = {
    "owner": "责任单位",
    "quarter": "完成时限",
    "year": "年度",
    "document": "资料",
    "kind": "类型",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Worded numbers, the rows in all, and the filter that leaves them."""

    worded: Worded
    count: int
    wanted: LedgerFilter


def by_heading(
    library: Library, asked: LedgerQuestion, documents: Sequence[str], titles: Sequence[str], folded: str
) -> Counted | None:
    """How many rows stand under each heading that the folded question asks for, one of each cited; None where there are none.

    The largest comes first where it asks which has most; of owners only offices count where it asks for 科室.
    """
    most, offices = "最多" in folded, _ASKS_OFFICES.search(folded)
    wanted = filter_of(asked, documents)
    heading = asked.by or "owner"
    counts = library.count_commitments(wanted, by=heading)
    total, without = sum(counts.values()), counts.pop("", 0)
    named = dict(counted_by_body(counts)) if heading == "owner" else counts
    if offices and heading == "owner":
        named = {name: count for name, count in named.items() if _OFFICE.search(name)}
    if not named:
        return None
    largest_first = most or heading in ("owner", "document")
    groups = (
        sorted(named.items(), key=lambda item: (-item[1], item[0]))
        if largest_first
        else sorted(named.items())
    )
    pieces, cited = [], []
    for name, count in groups[: MOST_GROUPS if largest_first else 2 * MOST_GROUPS]:
        row = _first(library, wanted, heading, name, counts)
        if row is None:
            continue
        cited.append(row)
        pieces.append(f"{_named(heading, name, row)}{count}项[{len(cited)}]")
    rest = f"；其余{len(groups) - len(pieces)}个见台账" if len(groups) > len(pieces) else ""
    lacking = f"，其中{without}项没有写明{_HEADINGS[heading]}" if without else ""
    head = f"{subject(replace(asked, by=None, role='either'), titles)}共{total}项{lacking}。按{_HEADINGS[heading]}："
    if most:
        head = f"最多的是{pieces[0]}。{head}"
    return Counted(Worded(f"{head}{'、'.join(pieces)}{rest}。", tuple(cited), len(pieces)), total, wanted)


def against(
    library: Library, asked: LedgerQuestion, documents: Sequence[str], titles: Sequence[str]
) -> Counted | None:
    """The rows that each of several bodies leads, side by side. None where one of them leads none."""
    found = [select(library, replace(asked, units=(unit,), role="lead"), documents) for unit in asked.units]
    if any(one.mentioned or not one.rows for one in found):
        return None
    cited = tuple(one.rows[0] for one in found)
    pieces = [
        f"{unit}牵头{one.count}项[{number}]{f'（配合{one.helped}项）' if one.helped else ''}"
        for number, (unit, one) in enumerate(zip(asked.units, found, strict=True), 1)
    ]
    order = sorted(zip(asked.units, found, strict=True), key=lambda pair: -pair[1].count)
    ahead = order[0][1].count - order[1][1].count
    verdict = f"{order[0][0]}多{ahead}项" if ahead else "一样多"
    about = subject(replace(asked, units=(), versus=False), titles)
    identities = tuple(identity for one in found for identity in one.wanted.identities)
    wanted = replace(filter_of(asked, documents), identities=identities)
    scope = f"（{about}）" if asked.years or titles or asked.due else ""
    text = f"{verdict}：{'；'.join(pieces)}{scope}。"
    return Counted(Worded(text, cited, len(cited)), len(set(identities)), wanted)


def _first(
    library: Library, wanted: LedgerFilter, heading: Heading, name: str, counts: dict[str, int]
) -> Kept | None:
    rows: tuple[Kept, ...]
    if heading == "owner":
        owner = next(full for full in counts if name in counted_by_body({full: 1}))
        rows = tuple(
            kept
            for kept in library.commitments(replace(wanted, owner=owner))
            if kept.row.owner and kept.row.owner.name == owner
        )
    else:
        rows = library.commitments(_under(wanted, heading, name), limit=1)
    return rows[0] if rows else None


def _under(wanted: LedgerFilter, heading: Heading, name: str) -> LedgerFilter:
    if heading == "quarter":
        year, quarter = map(int, name.split("Q"))
        first = datetime.date(year, 3 * quarter - 2, 1)
        following = datetime.date(year + quarter // 4, (3 * quarter) % 12 + 1, 1)
        return replace(wanted, due_from=first, due_before=following - datetime.timedelta(days=1))
    if heading == "year":
        return replace(wanted, years=(int(name),))
    if heading == "document":
        return replace(wanted, documents=(name,))
    kinds: tuple[CommitmentKind, ...] = tuple(kind for kind in wanted.kinds if kind == name)
    return replace(wanted, kinds=kinds)


def _named(heading: Heading, name: str, row: Kept) -> str:
    if heading == "quarter":
        return re.sub(r"(\d+)Q(\d)", lambda found: f"{found[1]}年{'一二三四'[int(found[2]) - 1]}季度", name)
    if heading == "year":
        return f"{name}年"
    if heading == "document":
        return f"《{row.title}》"
    return _KINDS.get(name, name)
