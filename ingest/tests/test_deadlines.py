"""Which time binds a promise: its own, the one that opens its sentence, the one before a colon; and which only dates something."""

from __future__ import annotations

import datetime

import pytest
from written import document

from corpus.commitment import Deadline
from corpus.document import Span
from ingest.commitments import extract
from ingest.dates import Reference, Time
from ingest.deadlines import binding, period_of

DAY = datetime.date(2024, 3, 6)

# sentence, a line for each promise: "what → said resolved", the trap's name
DUE = [
    ("要在6月底前完成电梯评估。", ["6月底前 2024-06-30"], "its own"),
    ("要每季度通报一次进展。", ["每季度 quarterly"], "a recurrence"),
    ("要在四季度开展专项执法。", ["四季度 2024-12-31"], "an interval ends with its last day"),
    ("要及时处理群众投诉。", ["及时 ?"], "no day is said"),
    ("要及时梳理台账并于8月底前报送清单。", ["8月底前 2024-08-31"], "a day before a vague word"),
    ("要力争到2025年建成智慧监管平台。", ["到2025年 2025-12-31"], "a later year"),
    (
        "要开展自查，于7月15日前报送总结。",
        ["-", "7月15日前 2024-07-15"],
        "a later row's day is not the former's",
    ),
    ("今年，要全面推行信用承诺。", ["今年 2024-12-31"], "opens the sentence"),
    (
        "今年，要全面推行信用承诺，9月底前完成系统改造。",
        ["今年 2024-12-31", "9月底前 2024-09-30"],
        "the row's own before the opening",
    ),
    (
        "年底前完成以下工作：修订应急预案，组织一线人员应急处置轮训。",
        ["年底前 2024-12-31", "年底前 2024-12-31"],
        "before a colon",
    ),
    (
        "5月底前，质量科要拿出方案，计量科要完成调试。",
        ["5月底前 2024-05-31", "-"],
        "said of another actor",
    ),
    ("要完成摸底。6月底前形成报告。", ["-", "6月底前 2024-06-30"], "another sentence"),
    ("要巩固2022年整治成果，持续加强巡查。", ["-"], "a past year"),
    ("要对照2023年考核反馈抓好整改。", ["-"], "last year"),
    ("要严格落实《2024年抽检计划》。", ["-"], "in a title"),
    ("要制定三年行动计划。", ["-"], "a span of years in a name"),
    ("要组织排查。", ["-"], "no time"),
]


@pytest.mark.parametrize(
    ("sentence", "expected"), [row[:2] for row in DUE], ids=[f"{row[2]}: {row[0]}" for row in DUE]
)
def test_which_time_binds(sentence: str, expected: list[str]) -> None:
    rows = extract(document(sentence, date=DAY))
    assert [
        f"{row.deadline.said} {row.deadline.resolved or '?'}" if row.deadline else "-" for row in rows
    ] == expected


def test_an_interval_keeps_its_first_day() -> None:
    (row,) = extract(document("要在四季度开展专项执法。"))
    assert row.deadline == Deadline("四季度", datetime.date(2024, 12, 31), start=datetime.date(2024, 10, 1))


def test_without_a_year_nothing_is_resolved() -> None:
    (row,) = extract(document("要在6月底前完成电梯评估。", year=None))
    assert row.deadline == Deadline("6月底前")


def time(said: str, end: tuple[int, int, int] | None, role: str, start: int = 0) -> Time:
    span = Span(start, start + len(said))
    return Time(span, said, None, datetime.date(*end) if end else None, None, role)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "made"),
    [
        (time("6月底前", (2024, 6, 30), "deadline"), Deadline("6月底前", datetime.date(2024, 6, 30))),
        (time("及时", None, "vague"), Deadline("及时")),
        (time("比去年", (2023, 12, 31), "point"), None),
        (time("2023年底", (2023, 12, 31), "deadline"), None),
        (time("截至6月底", (2024, 6, 30), "period"), None),
    ],
)
def test_binding(one: Time, made: Deadline | None) -> None:
    assert binding(one, Reference(2024, None)) == made


def test_what_period_a_report_speaks_of() -> None:
    """Its own time, else the one before it, else the default."""
    row = Span(20, 30)
    own = time("6月", (2023, 6, 30), "period", 22)
    before = time("三季度", (2023, 9, 30), "period", 2)
    after = time("年底", (2023, 12, 31), "period", 40)
    compared = time("比2019年", (2019, 12, 31), "point", 22)
    day = datetime.date
    assert period_of([before, own, after], row, None) == (day(2023, 6, 30), day(2023, 6, 30))
    assert period_of([before, after], row, None) == (day(2023, 9, 30), day(2023, 9, 30))
    years = (day(2021, 1, 1), day(2022, 12, 31))
    assert period_of([compared, after], row, years) == years
    assert period_of([after], row, None) is None
