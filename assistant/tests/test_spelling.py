"""Years and places typed in passing, in full: trap tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import understand
from assistant.spelling import in_full


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("〇五年登记商标", "2005年登记商标"),
        ("零八年登记商标", "2008年登记商标"),
        ("○九年登记商标", "2009年登记商标"),
        ("二〇二四年的目标", "2024年的目标"),
        ("二零一九年和二○二〇年", "2019年和2020年"),
        ("一九九八年机构改革", "1998年机构改革"),
        ("九八年机构改革", "1998年机构改革"),
        ("一八年办案多少件", "2018年办案多少件"),
        ("二三年办案多少件", "2023年办案多少件"),
    ],
)
def test_a_year_in_han_digits(typed: str, full: str) -> None:
    assert in_full(typed) == full


@pytest.mark.parametrize(
    "text",
    [
        "近二十年办案多少件",
        "三十五年以来",
        "五年目标是多少",
        "百二三年",
        "一百零八年",
        "一二三年",  # three digits are no year
        "三五年之内",  # some years
        "2024年办案多少件",
        "24年办案多少件",  # that is read elsewhere
        "第二年",
    ],
)
def test_no_year(text: str) -> None:
    assert in_full(text) == text


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("川渝两地抽检率各是多少", "四川和重庆抽检率各是多少"),
        ("川渝抽检率各是多少", "四川和重庆抽检率各是多少"),
        ("京沪收入目标谁定得高", "北京和上海收入目标谁定得高"),
        ("2024年，苏浙皖三省分别定了多少", "2024年，江苏和浙江和安徽分别定了多少"),
        ("京津冀三地抽检率哪个省高", "北京和天津和河北抽检率哪个省高"),
        ("对比一下：粤桂两省抽检率有什么区别", "对比一下：广东和广西抽检率有什么区别"),
    ],
)
def test_places_of_one_character_that_are_compared(typed: str, full: str) -> None:
    assert in_full(typed) == full


@pytest.mark.parametrize(
    "text",
    [
        "川渝两地抽检率怎么样",  # nothing is compared
        "京津冀协同发展各项目标是多少",  # one region
        "京津冀地区各项目标是多少",
        "长三角各省目标是多少",
        "川渝合作分别定了哪些目标",
        "京沪高铁各段投资多少",
        "粤港澳大湾区各项目标是多少",  # 港 is no province
        "说到川渝抽检率各是多少",  # not where a name begins
        "新疆和西藏目标各是多少",
        "宁夏的目标比上年高吗",
        "甘肃、青海目标哪个高",
        "黑吉辽蒙晋目标各是多少",  # five
    ],
)
def test_places_that_stay(text: str) -> None:
    assert in_full(text) == text


def test_provinces_and_regions() -> None:
    assert in_full("粤桂两省区抽检率有什么区别") == "广东和广西抽检率有什么区别"


def test_a_question_is_read_in_full() -> None:
    question = understand("二〇二三年川渝食品抽检率各是多少？")
    assert question.years == {2023}
    assert "四川和重庆" in understand("2023年，川渝食品抽检率各是多少？").text


def test_what_went_before_is_read_in_full() -> None:
    assert understand("目标是多少？", context="二〇二三年抽检").years == {2023}


@given(st.text(alphabet="零〇一二三九十年两地川渝京沪比各，a1", max_size=20))
def test_once_in_full_it_stays(text: str) -> None:
    assert in_full(in_full(text)) == in_full(text)
