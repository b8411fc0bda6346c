"""How an answer from the ledger reads: how many of what, then the first rows, each with the marker of its own sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ledger_dates import Named
from assistant.ledger_questions import LedgerQuestion
from assistant.ledger_rows import Selection
from corpus.commitment import Commitment
from corpus.ledger import Kept

FIRST_VIEW = 280  # characters of the answer before the line that offers the rest
SHORT_QUOTE = 46  # characters of a sentence that is shown as it stands
SCRAP = 8  # characters of a sentence that says too little without the heading above
HEADING = 20  # characters of a heading that is short enough to be said before it
_RECURRENCES = {
    "daily": "每天",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "semimonthly": "每半月",
    "bimonthly": "每两个月",
    "semiannual": "每半年",
    "annual": "每年",
    "any": "定期",
}
_SIGNS = {"=": "达到{}％", ">=": "{}％以上", "<=": "不超过{}％", ">": "超过{}％", "<": "低于{}％"}
_CELLS = re.compile(r"\t|(?:^|；)[^：；\n]{1,12}：.*；[^：；\n]{1,12}：")
_NUMBER = re.compile(
    r"^(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+[、是])\s*"
)


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer's text, and the rows whose sentences its markers [1], [2] … name, in their order."""

    text: str
    cited: tuple[Kept, ...]
    shown: int


def worded(asked: LedgerQuestion, found: Selection, titles: Sequence[str], whole: bool) -> Worded:
    """The answer for rows that were found. titles: of the documents asked for, where these are few. whole: all at once."""
    about = subject(asked, titles, found.unit)
    if found.mentioned:
        head = f"台账里没有写明由{'、'.join(asked.units)}负责的任务；原文提到它的有{found.count}项："
    elif asked.role == "cooperate" or not asked.units:
        head = f"{about}共{found.count}{'处' if asked.masked else '项'}{_aside(found)}："
    else:
        head = (
            f"{about}共{found.count}项" + (f"，另外配合的有{found.helped}项" if found.helped else "") + "："
        )
    page = _Page(asked, head, whole, len(titles) == 1)
    for kept in found.rows:
        page.add(kept, "")
    for kept in found.helping:
        page.add(kept, "（配合）")
    return page.finished(found.count + (found.helped if found.helping else 0))


def nothing(asked: LedgerQuestion, titles: Sequence[str], searched: int) -> str:
    """What is said where no row is left. searched: rows of the documents asked for."""
    about = subject(asked, titles)
    looked = f"（在{_of(titles) or '全部资料'}的{searched}条承诺中查找）"
    return f"{about}：0项{looked}。" if asked.counts else f"台账里没有{about}{looked}。"


def subject(asked: LedgerQuestion, titles: Sequence[str] = (), unit: str = "") -> str:
    """What the rows are, in words: 《2024年工作要点》中要求达到100％的指标."""
    noun = "数字" if asked.masked and asked.noun in ("任务", "数据") else asked.noun
    years = "、".join(map(str, asked.years)) + "年" if asked.years else ""
    conditions = []
    if asked.units:
        known = f"{'、'.join(asked.units)}{f'（即{unit}）' if unit else ''}"
        conditions.append(f"{known}{years}{'配合' if asked.role == 'cooperate' else '牵头或负责'}的")
    elif years:
        conditions.append(f"{years}的")
    if asked.due:
        conditions.append(_when(asked.due, asked.overdue))
    if asked.recurrence:
        conditions.append(f"{_RECURRENCES[asked.recurrence]}要做的")
    if asked.has_owner is not None:
        conditions.append("写明责任单位的" if asked.has_owner else "没有写明责任单位的")
    if asked.has_due is not None:
        conditions.append("写明完成时限的" if asked.has_due else "没有写明完成时限的")
    if asked.has_metric is not None:
        conditions.append("写明数字的" if asked.has_metric else "没有写明数字的")
    if asked.value:
        conditions.append(f"要求{_SIGNS[asked.value[0]].format(asked.value[1])}的")
    if asked.masked:
        conditions.append("被原文隐去的")
    if asked.with_helpers:
        conditions.append("写明配合单位的")
    topic = f"含“{asked.topic}”的" if asked.topic else ""
    scope = f"{_of(titles)}中" if titles else "、".join(asked.places) or asked.level
    return f"{scope}{'、'.join(c.removesuffix('的') for c in conditions)}{'的' if conditions else ''}{topic}{noun}"


def day(date: Named) -> str:
    """The days of a span in words."""
    last = f"{date.last.year}年{date.last.month}月{date.last.day}日"
    if date.first is None or date.day:
        return last if date.day else f"{last}以前"
    first = f"{date.first.month}月{date.first.day}日"
    if date.first.year != date.last.year:
        return f"{date.first.year}年{first}至{last}"
    return f"{date.last.year}年{first}至{date.last.month}月{date.last.day}日"


def _when(due: Named, overdue: bool) -> str:
    if overdue:
        today = "（今天）" if due.today else ""
        return f"到{day(due)}{today}已过时限、未登记完成的"
    year = "（问题没有写年份，按资料最新一年）" if due.no_year else ""
    today = "（以今天推算）" if due.today else ""
    return f"完成时限在{day(due)}{year}{today}的"


def _of(titles: Sequence[str]) -> str:
    return "".join(f"《{title}》" for title in titles) if len(titles) <= 2 else f"{len(titles)}份资料"


def _aside(found: Selection) -> str:
    parts = [f"分见{found.documents}份资料"] if found.documents > 1 else []
    if found.masked:
        parts.append(f"另有{found.masked}项写了数字但被原文隐去")
    return f"（{'；'.join(parts)}）" if parts else ""


class _Page:
    """Rows written one under another until the first view is full."""

    def __init__(self, asked: LedgerQuestion, head: str, whole: bool, single: bool) -> None:
        self.asked, self.whole, self.single = asked, whole, single
        self.lines = [head]
        self.cited: list[Kept] = []
        self.shown = 0
        self.full = False
        self.under = ""
        self.seen: set[str] = set()

    def add(self, kept: Kept, role: str) -> None:
        """One row, if there is room for it."""
        if self.full:
            return
        row = kept.row
        heading = _heading(kept, self.asked, self.single)
        number = self._number(kept)
        line = f"{self.shown + 1}. {self._words(row)}{self._owner(row)}{role}[{number}]"
        added = ([heading] if heading != self.under and heading else []) + [line]
        room = FIRST_VIEW - sum(map(len, self.lines)) - sum(map(len, added))
        if room < 0 and self.shown >= 2 and not self.whole:
            self.full = True
            return
        self.lines += added
        self.under = heading
        self.seen.add(self._words(row))
        if number > len(self.cited):
            self.cited.append(kept)
        self.shown += 1

    def finished(self, count: int) -> Worded:
        """The text, with what is left out."""
        rest = count - self.shown
        unit = "处" if self.asked.masked else "项"
        tail = [f"共{count}{unit}，其余{rest}{unit}见台账。"] if rest > 0 else []
        return Worded("\n".join([*self.lines, *tail]), tuple(self.cited), self.shown)

    def _number(self, kept: Kept) -> int:
        for index, other in enumerate(self.cited, 1):
            if (other.row.document, other.row.span) == (kept.row.document, kept.row.span):
                return index
        return len(self.cited) + 1

    def _words(self, row: Commitment) -> str:
        text = shown(row)
        metric = row.metric
        if text in self.seen and metric is not None and len(metric.name) >= 3:
            return metric.name if metric.masked else f"{metric.name}{metric.value or ''}{metric.unit or ''}"
        return text

    def _owner(self, row: Commitment) -> str:
        masked = "（数字原文隐去）" if row.metric and row.metric.masked and not self.asked.masked else ""
        if self.asked.with_helpers and row.owner:
            return f"（{row.owner.name}；配合：{'、'.join(row.owner.cooperating)}）"
        if row.owner is None or self.asked.units:
            return masked
        return f"{masked}（{row.owner.name}）"


def shown(row: Commitment) -> str:
    """A row in few words: its sentence as it stands, or what it is about where that is long or a table's row."""
    quote = _NUMBER.sub("", " ".join(row.quote.split()))
    if len(quote) > SHORT_QUOTE or _CELLS.search(row.quote):
        return row.what
    above = _NUMBER.sub("", row.path[-1].strip()) if row.path else ""
    return f"{above.rstrip('：。')}：{quote}" if len(quote) < SCRAP and 0 < len(above) <= HEADING else quote


def _heading(kept: Kept, asked: LedgerQuestion, single: bool) -> str:
    """What a row stands under: its due day, or its document where these are several."""
    due = kept.row.deadline.due if kept.row.deadline else None
    if asked.due and due:
        return f"{due.year}年{due.month}月{due.day}日"
    return "" if single else f"《{kept.title}》"
