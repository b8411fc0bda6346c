"""What the ledger's page asks for: its form as a value, read from an address and turned into a filter."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args
from urllib.parse import urlencode

from corpus.commitment import PROMISES, CommitmentKind
from corpus.ledger import STATUSES, LedgerFilter

Quick = Literal["overdue", "quarter", "no_owner", "no_figure", "masked", "done"]
QUICK: tuple[Quick, ...] = get_args(Quick)
Sorting = Literal["document", "due", "owner", "kind"]
SORTINGS: tuple[Sorting, ...] = get_args(Sorting)
UNSET = "none"
"""The choice of rows whose status nobody has set."""
OPEN = ("", "not_started", "under_way")
"""Statuses of what is yet to be done."""
NOBODY = "-"  # no identity is like this
LONGEST = 200  # characters of a field
HIGHEST_PAGE = 100_000
YEARS = range(1900, 2200)
_T = TypeVar("_T", bound=str)


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: every field narrows, an empty one does not.

    day: what the lights go by. due_from and due_to: both days included. page: from 1.
    """

    day: datetime.date
    document: str = ""
    year: int | None = None
    issuer: str = ""
    kind: CommitmentKind | Literal[""] = ""
    owner: str = ""
    status: str = ""
    due_from: datetime.date | None = None
    due_to: datetime.date | None = None
    words: str = ""
    quick: frozenset[Quick] = field(default_factory=frozenset)
    order: Sorting = "document"
    page: int = 1

    @property
    def wanted(self) -> LedgerFilter:
        """The filter of the rows that are shown."""
        return self._filter(self.quick)

    def with_quick(self, *quick: Quick) -> LedgerFilter:
        """The filter with these quick ones in place of those that are set."""
        return self._filter(frozenset(quick))

    def _filter(self, quick: frozenset[Quick]) -> LedgerFilter:
        first, last = [self.due_from], [self.due_to]
        allowed = {UNSET: {""}, "": {"", *STATUSES}}.get(self.status, {self.status})
        if "overdue" in quick:
            last.append(self.day - datetime.timedelta(days=1))
            allowed &= {*OPEN}
        if "quarter" in quick:
            start, end = quarter(self.day)
            first.append(start)
            last.append(end)
        if "done" in quick:
            allowed &= {"done"}
        return LedgerFilter(
            documents=(self.document,) if self.document else (),
            years=(self.year,) if self.year else (),
            issuers=(self.issuer,) if self.issuer else (),
            kinds=(self.kind,) if self.kind else PROMISES,
            owner=self.owner,
            due_from=max((day for day in first if day), default=None),
            due_before=min((day for day in last if day), default=None),
            has_owner=False if "no_owner" in quick else None,
            has_metric=False if "no_figure" in quick else None,
            masked=True if "masked" in quick else None,
            words=self.words,
            statuses=() if allowed == {"", *STATUSES} else tuple(sorted(allowed)),
            identities=() if allowed else (NOBODY,),
        )

    @property
    def query(self) -> str:
        """The address' part after the question mark that gives this view again, without the page."""
        pairs: list[tuple[str, object]] = [
            ("document", self.document),
            ("year", self.year or ""),
            ("issuer", self.issuer),
            ("kind", self.kind),
            ("owner", self.owner),
            ("status", self.status),
            ("from", self.due_from or ""),
            ("to", self.due_to or ""),
            ("words", self.words),
            *(("quick", quick) for quick in QUICK if quick in self.quick),
            ("order", self.order),
            ("day", self.day),
        ]
        return urlencode([(name, value) for name, value in pairs if value])


def read(pairs: Iterable[tuple[str, str]], today: datetime.date) -> View:
    """The view that the fields of a form tell; what cannot be understood is as if it were not there."""
    pairs = list(pairs)
    given = fields_of(pairs)
    quick = {value for name, value in pairs if name == "quick"}
    return View(
        day=_day(given, "day") or today,
        document=given.get("document", ""),
        year=number_of(given, "year", YEARS),
        issuer=given.get("issuer", ""),
        kind=one_of(given, "kind", PROMISES) or "",
        owner=given.get("owner", ""),
        status=one_of(given, "status", (*STATUSES, UNSET)) or "",
        due_from=_day(given, "from"),
        due_to=_day(given, "to"),
        words=given.get("words", ""),
        quick=frozenset(each for each in QUICK if each in quick),
        order=one_of(given, "order", SORTINGS) or "document",
        page=number_of(given, "page", range(1, HIGHEST_PAGE)) or 1,
    )


def quarter(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the quarter that holds `day`."""
    return quarter_named(f"{day.year}Q{(day.month + 2) // 3}")


def quarter_named(name: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a quarter as the ledger names it ("2024Q2"). Raises ValueError for another name."""
    year, _, number = name.partition("Q")
    first = datetime.date(int(year), 3 * int(number) - 2, 1)
    after = datetime.date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, after - datetime.timedelta(days=1)


def fields_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The fields by name, trimmed and cut; of several with one name, the last."""
    return {name: value.strip()[:LONGEST] for name, value in pairs}


def one_of(given: Mapping[str, str], name: str, choices: Sequence[_T]) -> _T | None:
    """The choice that the field names, if it is one."""
    return next((choice for choice in choices if choice == given.get(name)), None)


def _day(given: Mapping[str, str], name: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(given.get(name, ""))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def number_of(given: Mapping[str, str], name: str, within: range) -> int | None:
    """The whole number that the field holds, if it lies within."""
    said = given.get(name, "")
    if not (said.isascii() and said.isdecimal()) or len(said) > len(str(within.stop)):
        return None
    return int(said) if int(said) in within else None
