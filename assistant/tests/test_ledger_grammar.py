"""What the grammar of questions to the ledger makes of days and bodies, and that no text breaks it."""

from __future__ import annotations

import datetime

import pytest

from assistant.ledger_dates import named
from assistant.ledger_questions import read
from assistant.ledger_units import is_body, spelled_out
from assistant.lexicon import simplified
from corpus.text import fold

NAMED = (
    ("2022年底前", None, "2022-01-01", "2022-12-31", "a deadline within its year"),
    ("2022年9月底前", None, "2022-01-01", "2022-09-30", "底前 has the month in it"),
    ("2022年9月前", None, "2022-01-01", "2022-08-31", "前 alone has not"),
    ("2022年9月30日前", None, "2022-01-01", "2022-09-30", "a day is in it"),
    ("2023年前", None, None, "2022-12-31", "before a year begins"),
    ("三季度", None, "2025-07-01", "2025-09-30", "the library's latest year"),
    ("2024年2月", None, "2024-02-01", "2024-02-29", "a leap year"),
    ("十二月", None, "2025-12-01", "2025-12-31", "a numeral of two"),
    ("去年下半年", None, "2024-07-01", "2024-12-31", "去年 by the library, not by today"),
    ("本季度", None, "2026-10-01", "2026-12-31", "by today"),
    ("下个月", None, "2026-12-01", "2026-12-31", "by today, next"),
    ("30天内", None, "2026-11-21", "2026-12-21", "days from today"),
    ("2024年2月30日", "none", None, "", "no such day"),
    ("内容", "none", None, "", "内 by itself"),
    ("底数", "none", None, "", "底 by itself"),
)


@pytest.mark.parametrize(("words", "none", "first", "last", "trap"), NAMED, ids=[row[4] for row in NAMED])
def test_days_named(words: str, none: str | None, first: str | None, last: str, trap: str) -> None:
    found = named(words, 0, 2025, datetime.date(2026, 11, 21))
    if none:
        assert found is None
    else:
        assert found is not None, trap
        assert (found.first and found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("asked", "owner", "same"),
    [
        ("办公室", "市局办公室", True),
        ("办公室", "市食品安全委员会办公室", False),
        ("县区局", "各县区局", True),
        ("财务科", "人事科、财务科", True),
        ("特种设备科", "特种设备科会同县区局", True),
        ("市局登记注册科", "登记注册科", True),
        ("药品科", "食品药品科", False),
        ("质量强市工作领导小组办公室", "市质量强市工作领导小组办公室（设在市市场监管局）", True),
    ],
)
def test_one_body_by_its_names(asked: str, owner: str, same: bool) -> None:
    assert is_body(asked, owner) is same


def test_a_short_name_is_spelled_out_only_where_one_body_is_meant() -> None:
    owners = ["市食品安全委员会办公室", "登记注册科", ""]
    assert spelled_out("食安办", owners) == "市食品安全委员会办公室"
    assert spelled_out("食安办", [*owners, "县食品安全委员会办公室"]) == ""
    assert spelled_out("质强办", owners) == ""


@pytest.mark.parametrize(
    "text", ["", "哪些", "?" * 1000, "哪些任务" * 200, "有多少项目标" + "、" * 500, "20"]
)
def test_odd_texts_are_read(text: str) -> None:
    read(simplified(fold(text)), (), 2025, datetime.date(2026, 11, 21))
