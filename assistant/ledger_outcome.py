"""What became of the promises that a question is about, by what later documents report: how many of each verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.ledger_counts import Counted
from assistant.ledger_questions import LedgerQuestion
from assistant.ledger_rows import filter_of
from assistant.ledger_wording import FIRST_VIEW, Worded, shown, subject
from assistant.reconciliation import Reckoning, reconcile
from corpus.ledger import Kept
from corpus.library import Library

_NAMES = {
    "met": "达成",
    "exceeded": "超额",
    "missed": "未达成",
    "no_figure": "后来提到但没有报数",
    "not_reported": "后来没有再提到",
    "not_comparable": "报了但无法比较",
}
_FIRST = ("missed", "exceeded", "met", "no_figure")
"""Verdicts of which rows are shown, in this order."""


def outcome(
    library: Library, asked: LedgerQuestion, documents: Sequence[str], titles: Sequence[str]
) -> Counted | None:
    """The verdicts counted, and the first rows with the report that each goes by, both cited. None where nothing was promised."""
    wanted = filter_of(asked, documents)
    reckoned = reconcile(library, wanted)
    if not reckoned:
        return None
    counts = Counter(one.settled for one in reckoned)
    done = counts["met"] + counts["exceeded"]
    said = "、".join(
        f"{_NAMES.get(name, name)}{counts[name]}项"
        for name in sorted(
            counts, key=lambda name: (list(_NAMES).index(name) if name in _NAMES else 99, name)
        )
    )
    head = f"{subject(asked, titles)}共{len(reckoned)}项，按后来的资料核对，完成的有{done}项（{said}）。由程序比对，以原文为准："
    worded = _lines(head, [one for name in _FIRST for one in reckoned if one.settled == name and one.report])
    return Counted(worded, len(reckoned), wanted)


def _lines(head: str, reckoned: Sequence[Reckoning]) -> Worded:
    lines, cited = [head], list[Kept]()
    for number, one in enumerate(reckoned, 1):
        if one.report is None:
            continue
        mark = _NAMES.get(one.settled, one.settled)
        first, second = len(cited) + 1, len(cited) + 2
        line = f"{number}. {shown(one.promise.row)}[{first}]——{mark}：{shown(one.report.row)}[{second}]"
        if sum(map(len, lines)) + len(line) > FIRST_VIEW and number > 1:
            break
        lines.append(line)
        cited += [one.promise, one.report]
    return Worded("\n".join(lines), tuple(cited), len(lines) - 1)
