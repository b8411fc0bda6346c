"""Promises against several reports, over time, and in a library; all sentences are our own."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import Days, days, figure, promise, report

from assistant.reckoning import reckon
from assistant.reconciliation import Reckoning, pair, reconcile
from corpus.commitment import Commitment, identified
from corpus.document import Document, Inferred, Metadata, Span
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings


@pytest.mark.parametrize(
    ("year", "period", "value", "wanted"),
    [
        (2024, days("2023-01-01", "2023-12-31"), "41", "missed figures"),
        (2024, days("2024-01-01", "2024-12-31"), "41", "missed figures"),  # in spring: the year before
        (2024, days("2022-01-01", "2022-12-31"), "41", "not_reported nothing found"),
        (2024, days("2019-01-01", "2023-12-31"), "41", "not_comparable period"),
        (2025, days("2020-01-01", "2024-12-31"), "41", "not_reported nothing found"),
        (2023, days("2023-01-01", "2023-06-30"), "41", "not_comparable early"),
        (2023, days("2023-01-01", "2023-06-30"), "43", "exceeded so far"),
        (2024, None, "43", "exceeded figures"),
        (2025, None, "43", "not_reported nothing found"),
    ],
)
def test_times(year: int, period: Days | None, value: str, wanted: str) -> None:
    row = report(f"经营主体{value}万户", f"经营主体|=|{value}|万户", year=year, period=period)
    made = reckon(promise("经营主体总量达到42万户", "经营主体总量|=|42|万户"), [row])
    assert f"{made.verdict} {made.reason}" == wanted


def test_a_cap_may_not_yet_be_broken_and_a_sum_may_still_grow() -> None:
    half = days("2023-01-01", "2023-06-30")
    spent = report("安排三公经费80万元", "三公经费支出|=|80|万元", year=2023, period=half)
    assert (
        reckon(promise("三公经费支出控制在100万元以内", "三公经费支出|<=|100|万元"), [spent]).reason
        == "early"
    )
    rate = report("重复投诉率4%", "重复投诉率|=|4|%", year=2023, period=half)
    assert reckon(promise("重复投诉率控制在5%以内", "重复投诉率|<=|5|%"), [rate]).reason == "so far"


def test_the_figure_of_the_whole_year_goes_before_words_and_half_years() -> None:
    wanted = report("群众满意率91%", "群众满意率|=|91|%")
    half = report("群众满意率93%", "群众满意率|=|93|%", year=2023, period=days("2023-01-01", "2023-06-30"))
    words = report("群众满意率稳步上升")
    made = reckon(promise("群众满意率达到92%", "群众满意率|=|92|%"), [words, half, wanted])
    assert (made.verdict, made.report, made.others) == ("missed", wanted, (half, words))


numbers = st.decimals("0.1", "90", places=1)
SHAPES = ("城镇调查失业率|<=|{}|%", "城镇调查失业率|=|{}|%", "居民消费价格涨幅|about|{}|%", "赤字率|=|{}|%")


@settings(deadline=None)
@given(st.sampled_from(SHAPES), numbers, numbers)
def test_a_cap_is_never_exceeded(shape: str, wanted: Decimal, got: Decimal) -> None:
    said = shape.format(wanted)
    name = said.partition("|")[0]
    made = reckon(promise(f"{name}{wanted}%", said), [report(f"{name}{got}%", f"{name}|=|{got}|%")])
    assert made.verdict in ("met", "missed", "not_comparable")
    assert (made.verdict == "met") == (got <= wanted)


@settings(deadline=None)
@given(numbers, st.booleans(), st.sampled_from([">=", "=", "about", "<=", "increase"]))
def test_a_masked_figure_is_never_compared(value: Decimal, promised: bool, comparator: str) -> None:
    ours, its = ("XX", value) if promised else (value, "XX")
    made = reckon(
        promise(f"群众满意率{ours}%", f"群众满意率|{comparator}|{ours}|%"),
        [report(f"群众满意率{its}%", f"群众满意率|=|{its}|%")],
    )
    assert (made.verdict, made.reason) == ("not_comparable", "masked")


@settings(deadline=None)
@given(st.lists(numbers, max_size=5))
def test_the_order_of_reports_does_not_matter(values: list[Decimal]) -> None:
    rows = [report(f"群众满意率{value}%", f"群众满意率|=|{value}|%") for value in values]
    rows = [replace(row, document=f"讲话{at}") for at, row in enumerate(rows)]
    told = promise("群众满意率达到92%", "群众满意率|=|92|%")
    assert reckon(told, rows) == reckon(told, rows[::-1])


def document(
    name: str, year: int, issuer: str, rows: list[Commitment], kind: str = "plan", month: int = 2
) -> tuple[Document, tuple[Commitment, ...]]:
    """A document whose text is the rows' quotes, a line each."""
    text = "".join(f"{row.quote}\n" for row in rows)
    metadata = Metadata(
        title=Inferred(name, 1.0),
        kind=Inferred(kind, 1.0),  # type: ignore[arg-type]
        issuer=Inferred(issuer, 1.0),
        date=Inferred(datetime.date(year, month, 20), 1.0),
        year=Inferred(year, 1.0),
    )
    made = Document(name, hashlib.sha256(text.encode()).hexdigest(), text, metadata)
    at, placed = 0, []
    for row in rows:
        span = Span(at, at + len(row.quote))
        placed.append(replace(row, document=name, revision=made.revision, span=span))
        at = span.end + 1
    return made, identified(placed)


PLAN = document(
    "青澜市局2023年要点",
    2023,
    "青澜市市场监督管理局",
    [promise("群众满意率达到92%", "群众满意率|=|92|%"), promise("筹建计量科普馆")],
)
SPEECH = document(
    "青澜市局2024年讲话",
    2024,
    "临江省青澜市市场监督管理局",
    [report("群众满意率93.1%", "群众满意率|=|93.1|%"), promise("群众满意率达到94%", "群众满意率|=|94|%", year=2024)],
)  # fmt: skip
OTHER = document(
    "松泽县局2024年讲话",
    2024,
    "松泽县市场监督管理局",
    [report("计量科普馆建成开馆"), report("群众满意率99%", "群众满意率|=|99|%")],
)
DOCUMENTS = (PLAN, SPEECH, OTHER)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(LibrarySettings(tmp_path), write=True) as made:
        made.put_many((document, (), "", rows) for document, rows in DOCUMENTS)
        yield made


def outcomes(made: tuple[Reckoning, ...]) -> list[tuple[str, str, str | None]]:
    return [(one.promise.row.what, one.verdict, one.report.row.quote if one.report else None) for one in made]


def test_reports_of_the_same_body_or_of_the_whole_library(library: Library) -> None:
    wanted = LedgerFilter(years=(2023,))
    assert outcomes(reconcile(library, wanted)) == [
        ("群众满意率达到92%", "exceeded", "群众满意率93.1%"),
        ("筹建计量科普馆", "not_reported", None),
    ]
    assert ("筹建计量科普馆", "met", "计量科普馆建成开馆") in outcomes(
        reconcile(library, wanted, scope="library")
    )
    assert {one.verdict for one in reconcile(library, wanted, year_to=2023)} == {"not_reported"}
    assert reconcile(library, LedgerFilter(kinds=("report",))) == ()


def test_new_goals_in_the_words_of_the_old_are_no_reports(library: Library) -> None:
    made = reconcile(library, LedgerFilter(years=(2024,)))
    assert [one.verdict for one in made] == ["not_reported"]


def test_a_ruling_settles_what_was_reckoned(library: Library) -> None:
    [first, second] = reconcile(library, LedgerFilter(years=(2023,)))
    assert (first.ruling, first.settled) == (None, "exceeded")
    library.set_ruling(second.promise.row.identity, verdict="met", why="现场已核", by="督查科")
    [first, second] = reconcile(library, LedgerFilter(years=(2023,)))
    assert (second.verdict, second.settled, second.ruling is not None) == ("not_reported", "met", True)
    library.set_ruling(second.promise.row.identity, verdict="", why="", by="督查科")
    assert reconcile(library, LedgerFilter(years=(2023,)))[1].settled == "not_reported"


def kept(rows: tuple[Commitment, ...], kind: str, day: datetime.date) -> list[Kept]:
    return [Kept(row, "青澜市市场监督管理局", row.document, None, kind, day) for row in rows]  # type: ignore[arg-type]


def test_a_ledger_says_its_own_progress() -> None:
    words = "任务：电梯评估；指标：60台；时限：9月底；进展：已评估XX台，红灯"
    goal = replace(promise(words, "电梯评估|=|60|台", due="2023-09-30"), document="台账", identity="a")
    for progress, wanted in [
        ("41", "not_comparable early"),
        ("66", "exceeded so far"),
        ("XX", "not_comparable masked"),
    ]:
        said = report(
            "已评估XX台", f"已评估|=|{progress}|台", year=2023, period=days("2023-08-31", "2023-08-31")
        )
        at = words.index("已评估")
        said = replace(said, document="台账", span=Span(at, at + len(said.quote)), identity="b")
        rows = kept((goal, said), "ledger", datetime.date(2023, 8, 31))
        [made] = pair(rows[:1], rows)
        assert f"{made.verdict} {made.reason}" == wanted
    late = replace(said, quote="已评估XX台，红灯", span=Span(at, at + 9), metric=figure("已评估|=|60|台"))
    rows = kept((goal, late), "ledger", datetime.date(2023, 9, 30))
    [made] = pair(rows[:1], rows)
    assert (made.verdict, made.reason) == ("missed", "late")


def test_a_bare_growth_belongs_to_what_stands_before_it() -> None:
    goal = replace(promise("生产总值增长6%", "生产总值增长|increase|6|%"), identity="p")
    level = report("生产总值达到2.1万亿元", "生产总值|=|2.1|万亿元")
    growth = replace(
        report("增长6.7%", "增长|=|6.7|%"),
        span=Span(len(level.quote) + 1, len(level.quote) + 7),
        identity="g",
    )
    rows = kept((goal,), "plan", datetime.date(2023, 2, 1))
    rows += kept((level, growth), "speech", datetime.date(2024, 2, 1))
    [made] = pair(rows[:1], rows)
    assert (made.verdict, made.report) == ("exceeded", rows[2])
