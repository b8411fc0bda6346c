"""谁管什么: the units and posts of the ledger with what each is to do."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from assistant.onboarding.issuers import issuers_of, own_issuer
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library

Sort = Literal["unit", "post", "everyone"]
SORTS: tuple[Sort, ...] = ("unit", "post", "everyone")
LONGEST_NAME = 16  # characters
_POST = re.compile(
    r"(?:书记|[局市县省厅区州镇乡校科处所队院站]长|主任|总工程师|总监|负责人|责任人|第一责任人|领导|联络员|一把手”?)$"
)
_UNIT = re.compile(
    r"(?:科|处|室|股|所|队|局|厅|委|[委安质食改]办|部|院|站|组|会|中心|政府|党委|党组|支部|单位|部门|机构|企业|公司|集团|学校|银行|法院|检察院|"
    r"科室|乡镇|街道|县区|市区|班子|窗口)$"
)
_EVERYONE = re.compile(
    r"^(?:各|全[市省县区国系]|每|所有|广大)|(?:系统|干部|职工|人员)$|^(?:县区局|县局|基层所|机关科室|基层部门|综合部门)$"
)
_ANYBODY = frozenset("部门 单位 政府 企业 银行 机构 科室 学校 公司 系统 干部 职工 人员 领导 地方".split())  # noqa: SIM905
_NO_NAME = re.compile(
    r"[把给由将被在对于向要并需都也\d]|^(?:份|剩余|其余|本|我市|我省|实施|实现|形成|推动|加强|督促|引导|支持|鼓励|严格|主要|现在|的)|[xX*＊×]|委员|同志"
)
_IN_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_SEVERAL = re.compile(r"、|(?<=[科室局所股队中心办委])和")


@dataclass(frozen=True, slots=True)
class Doer:
    """A unit or post of one issuer. leads: rows it is to do or leads; helps: rows in which it takes part; the latest years first.

    name is as the documents write it, one unit of several that they name together.
    """

    name: str
    sort: Sort
    leads: tuple[Kept, ...]
    helps: tuple[Kept, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its rows, latest first."""
        return tuple(
            sorted({kept.row.year for kept in (*self.leads, *self.helps) if kept.row.year}, reverse=True)
        )


@dataclass(frozen=True, slots=True)
class Circle:
    """The doers that one issuer's documents name: those that lead most first. issuer is "" for documents that name none."""

    issuer: str
    doers: tuple[Doer, ...]

    @property
    def year(self) -> int | None:
        """The latest year of the rows."""
        return max((doer.years[0] for doer in self.doers if doer.years), default=None)


def circles_of(library: Library) -> tuple[Circle, ...]:
    """Who does what, issuer by issuer: the library's own first, then those with most rows; none without a doer."""
    entries = library.entries()
    names, own = issuers_of(entries), own_issuer(entries)
    leads: defaultdict[str, defaultdict[str, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    helps: defaultdict[str, defaultdict[str, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    for kept in library.commitments(LedgerFilter(has_owner=True)):
        if kept.row.owner is None:
            continue
        issuer = names.get(kept.issuer or "", kept.issuer or "")
        first, *others = named(kept.row.owner.name) or ("",)
        if not first:
            continue
        leads[issuer][first].append(kept)
        for other in dict.fromkeys(
            (*others, *(one for each in kept.row.owner.cooperating for one in named(each)))
        ):
            if other != first:
                helps[issuer][other].append(kept)
    circles = [Circle(issuer, _doers(leads[issuer], helps[issuer])) for issuer in sorted({*leads, *helps})]
    return tuple(
        sorted(
            circles,
            key=lambda circle: (
                circle.issuer != own,
                not circle.issuer,
                -sum(len(doer.leads) for doer in circle.doers),
                circle.issuer,
            ),
        )
    )


def _doers(leads: dict[str, list[Kept]], helps: dict[str, list[Kept]]) -> tuple[Doer, ...]:
    made = [
        Doer(name, sort_of(name), _latest_first(leads.get(name, [])), _latest_first(helps.get(name, [])))
        for name in {*leads, *helps}
    ]
    return tuple(
        sorted(made, key=lambda doer: (SORTS.index(doer.sort), -len(doer.leads), -len(doer.helps), doer.name))
    )


def _latest_first(rows: list[Kept]) -> tuple[Kept, ...]:
    return tuple(sorted(rows, key=lambda kept: (-(kept.row.year or 0), due_of(kept) or datetime.date.max)))


def due_of(kept: Kept) -> datetime.date | None:
    """The day on which the row is due, where it names one."""
    return kept.row.deadline.due if kept.row.deadline else None


def named(owner: str) -> tuple[str, ...]:
    """The units and posts that the ledger's words for an owner name, the one that leads first; () for words that name none.

    >>> named("12315中心、消保科"), named("一把不满意清单推送给承办单位")
    (('12315中心', '消保科'), ())
    """
    whole = _IN_BRACKETS.sub("", owner).strip("“” ")
    pieces = [piece for part in re.split(r"会同|联合", whole) for piece in _SEVERAL.split(part)]
    return tuple(dict.fromkeys(piece for piece in map(str.strip, pieces) if _is_name(piece)))


def _is_name(words: str) -> bool:
    bare = words.removeprefix("12315").removeprefix("12345")
    if not 2 <= len(words) <= LONGEST_NAME or words in _ANYBODY or _NO_NAME.search(bare):
        return False
    return bool(_POST.search(words) or _UNIT.search(words) or _EVERYONE.search(words))


def sort_of(name: str) -> Sort:
    """A unit (登记注册科), a post (局长), or everyone of a sort (各县区局, 全系统)."""
    if _EVERYONE.search(name):
        return "everyone"
    return "post" if _POST.search(name) else "unit"
