from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corpus.ledger import LedgerFilter
from ui.ledger.view import NOBODY, View, quarter, quarter_named, read

TODAY = datetime.date(2024, 5, 20)
PLAIN = LedgerFilter()


def day(said: str) -> datetime.date:
    return datetime.date.fromisoformat(said)


WANTED: list[tuple[str, dict[str, Any], str]] = [
    ("", {}, "nothing chosen"),
    ("document=甲.txt", {"documents": ("甲.txt",)}, "document"),
    ("year=2024&issuer=云川市局", {"years": (2024,), "issuers": ("云川市局",)}, "year and issuer"),
    ("kind=target", {"kinds": ("target",)}, "one kind"),
    ("kind=report", {}, "reports are no promises"),
    ("status=none", {"statuses": ("",)}, "what nobody noted"),
    ("status=done", {"statuses": ("done",)}, "one status"),
    (
        "from=2024-01-01&to=2024-06-30",
        {"due_from": day("2024-01-01"), "due_before": day("2024-06-30")},
        "both ends",
    ),
    (
        "quick=overdue",
        {"due_before": day("2024-05-19"), "statuses": ("", "not_started", "under_way")},
        "due today is not overdue",
    ),
    (
        "quick=overdue&to=2024-03-31",
        {"due_before": day("2024-03-31"), "statuses": ("", "not_started", "under_way")},
        "the earlier end counts",
    ),
    (
        "quick=overdue&status=under_way",
        {"due_before": day("2024-05-19"), "statuses": ("under_way",)},
        "overdue among those under way",
    ),
    (
        "quick=overdue&status=done",
        {"due_before": day("2024-05-19"), "identities": (NOBODY,)},
        "what is done is never overdue",
    ),
    ("quick=done&status=none", {"identities": (NOBODY,)}, "done without a status: nothing"),
    (
        "quick=quarter",
        {"due_from": day("2024-04-01"), "due_before": day("2024-06-30")},
        "the quarter of the day",
    ),
    (
        "quick=quarter&day=2025-12-31",
        {"due_from": day("2025-10-01"), "due_before": day("2025-12-31")},
        "the quarter of a chosen day",
    ),
    (
        "quick=no_owner&quick=no_figure",
        {"has_owner": False, "has_metric": False},
        "two quick filters at once",
    ),
    ("quick=masked", {"masked": True}, "masked"),
    ("quick=<script>&year=24e3&from=2024-13-01&kind=x&status=y&page=0&order=z&day=gestern", {}, "nonsense"),
    ("year=99999999999999999999&page=9999999999999999&from=0001-01-01", {}, "beyond all reason"),
    ("year=２０２４", {}, "digits of full width"),
    ("unknown=1&words=", {}, "a field that is not there"),
]


@pytest.mark.parametrize(("query", "fields", "trap"), WANTED, ids=[row[2] for row in WANTED])
def test_the_form_as_a_filter(query: str, fields: dict[str, Any], trap: str) -> None:
    view = read(parse_qsl(query, keep_blank_values=True), TODAY)
    wanted = view.wanted
    given = {"statuses": (), **fields}
    if "identities" in given:
        given.pop("statuses")
        assert wanted.identities == given["identities"]
    for name in LedgerFilter.__dataclass_fields__:
        if name in given:
            assert getattr(wanted, name) == given[name], name
        elif name not in ("statuses", "identities"):
            assert getattr(wanted, name) == getattr(PLAIN, name), name


@given(
    some.builds(
        View,
        day=some.dates(day("1990-01-01"), day("2100-01-01")),
        document=some.text(max_size=9).map(str.strip),
        year=some.none() | some.integers(1900, 2199),
        kind=some.sampled_from(["", "target", "task", "requirement"]),
        owner=some.sampled_from(["", "食药安办", "a&b=c#d%"]),
        status=some.sampled_from(["", "none", "done"]),
        due_from=some.none() | some.dates(day("1990-01-01"), day("2100-01-01")),
        quick=some.frozensets(some.sampled_from(["overdue", "quarter", "masked", "no_owner"])),
        order=some.sampled_from(["document", "due", "owner", "kind"]),
    )
)
def test_a_view_survives_its_own_address(view: View) -> None:
    assert read(parse_qsl(view.query), TODAY) == view


@given(some.dates(day("1990-01-01"), day("2100-01-01")))
def test_a_day_lies_in_its_quarter(one: datetime.date) -> None:
    first, last = quarter(one)
    assert first <= one <= last
    assert first.day == 1
    assert (last + datetime.timedelta(days=1)).day == 1
    assert quarter_named(f"{first.year}Q{last.month // 3}") == (first, last)
