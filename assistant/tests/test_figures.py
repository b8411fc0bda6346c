"""Figures and times as values: each row a way to write one, or a trap that looks like one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import figures, plain, times, value_of

FIGURES = [
    ("98％", [("98", "%", "")]),
    ("９８.５%", [("197/2", "%", "")]),
    ("百分之九十八点五", [("197/2", "%", "")]),
    ("百分之百", [("100", "%", "")]),
    ("千分之三", [("3", "‰", "")]),
    ("三分之一", [("1/3", "分之", "")]),
    ("三成", [("30", "%", "")]),
    ("1.2万户", [("12000", "户", "")]),
    ("12，000 户", [("12000", "户", "")]),
    ("一万二千户", [("12000", "户", "")]),
    ("1亿2000万元", [("120000000", "元", "")]),
    ("3.5万亿元", [("3500000000000", "元", "")]),
    ("5百分点", [("5", "个百分点", "")]),
    ("5个百分点", [("5", "个百分点", "")]),
    ("30日内", [("30", "天", "max")]),
    ("十五个工作日内", [("15", "工作日", "max")]),
    ("3个月后", [("3", "月份数", "after")]),
    ("不低于98%", [("98", "%", "min")]),
    ("不低于98%以上", [("98", "%", "min")]),
    ("98%及以上", [("98", "%", "min")]),
    ("控制在3%以内", [("3", "%", "max")]),
    ("超过了5万户", [("50000", "户", "over")]),
    ("20多家", [("20", "家", "over")]),
    ("5万余户", [("50000", "户", "over")]),
    ("约30人", [("30", "人", "about")]),
    ("近5万户", [("50000", "户", "near")]),
    ("不足3%", [("3", "%", "under")]),
    ("提高到98%", [("98", "%", "to")]),
    ("提高98%", [("98", "%", "")]),
    ("50%-60%", [("50", "%", "from"), ("60", "%", "upto")]),
    ("3至5家", [("3", "家", "from"), ("5", "家", "upto")]),
    ("第三名", [("3", "第", "")]),
    ("前10%", [("10", "前%", "")]),
    ("前三名", [("3", "前", "")]),
    ("年底前12家", [("12", "家", "")]),
    ("目前三家", [("3", "家", "")]),
    ("力争全省第一", [("1", "第", "")]),
    ("第一，加强领导", []),
    ("第一时间处置", []),
    ("一是加强", []),
    ("十分重要", []),
    ("十分钟", [("10", "分钟", "")]),
    ("万一", []),
    ("统一", []),
    ("千方百计", []),
    ("（3）加强", []),
    ("2023年6月", []),
    ("XX%", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(str(each.value), each.unit, "".join(sorted(each.bounds))) for each in figures(plain(text))]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "change"), [("增长5%", 1), ("降低了5%", -1), ("达到5%", 0), ("下降到5%", -1)]
)
def test_which_way_a_figure_goes(text: str, change: int) -> None:
    assert [each.change for each in figures(text)] == [change]


TIMES = [
    ("2023年底前", [(2023, None, None, "年末", "前")]),
    ("2023年年末", [(2023, None, None, "年末", "")]),
    ("2023年12月31日之前", [(2023, 12, 31, "", "前")]),
    ("二〇二三年", [(2023, None, None, "", "")]),
    ("2021—2023年", [(2021, None, None, "", ""), (2023, None, None, "", "")]),
    ("2023年度", [(2023, None, None, "", "")]),
    ("2023年以来", [(2023, None, None, "", "以来")]),
    ("六月底前", [(None, 6, None, "月末", "前")]),
    ("12月份", [(None, 12, None, "", "")]),
    ("3月上旬", [(None, 3, None, "月上旬", "")]),
    ("第一季度", [(None, None, None, "1季度", "")]),
    ("四季度末", [(None, None, None, "4季度", "")]),
    ("上半年", [(None, None, None, "上半年", "")]),
    ("年底", [(None, None, None, "年末", "")]),
    ("月底前", [(None, None, None, "月末", "前")]),
    ("年内", [(None, None, None, "年", "内")]),
    ("三年内", []),
    ("3个月", []),
    ("彻底", []),
    ("2023年初步建成", [(2023, None, None, "", "")]),
    ("2023家", []),
]


@pytest.mark.parametrize(("text", "expected"), TIMES, ids=[row[0] for row in TIMES])
def test_times(text: str, expected: list[tuple[int | None, int | None, int | None, str, str]]) -> None:
    found = [(each.year, each.month, each.day, each.part, each.bound) for each in times(plain(text))]
    assert found == expected


@given(st.integers(1, 99_999_999))
def test_a_numeral_written_out_has_its_value(number: int) -> None:
    assert value_of(written(number)) == number
    if number > 9:
        assert [each.value for each in figures(f"共{written(number)}户")] == [number]


def written(number: int) -> str:
    """The Chinese numeral of a number below 10**8."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return f"{written(number // 10_000)}万{gap}{written(rest) if rest else ''}"
    digits = "零一二三四五六七八九"
    text, gap = "", False
    for scale, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + unit
        gap = digit == 0
    return text


@given(
    st.text(alphabet="0１2９.,，万亿百千十一二三两零〇点分之第前约余多以上内年月日底 %％XX-至", max_size=30)
)
def test_nothing_raises_and_offsets_hold(text: str) -> None:
    form = plain(text)
    assert plain(form) == form
    for each in (*figures(form), *times(form)):
        assert 0 <= each.start < each.end <= len(form)


def test_a_written_out_figure_equals_its_digits() -> None:
    assert value_of("一万二千") == Fraction(12000)
    (one,), (other,) = figures(plain("百分之九十八以上")), figures(plain("不低于９８％"))
    assert one.same(other)
