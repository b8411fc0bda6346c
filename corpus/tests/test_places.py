"""Places in texts, titles and file names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.places import divisions, mentions, place_names, region_of_name


def test_the_table_knows_each_level() -> None:
    known = divisions()
    assert (known["株洲"], known["济宁"], known["山东"]) == ("湖南省株洲市", "山东省济宁市", "山东省")
    assert (known["北京"], known["内蒙古"], known["兴安盟"]) == (
        "北京市",
        "内蒙古自治区",
        "内蒙古自治区兴安盟",
    )


@pytest.mark.parametrize(
    ("text", "expected", "trap"),
    [
        ("济宁市的企业", {"山东省济宁市": 2}, "with its suffix"),
        ("株洲的企业", {"湖南省株洲市": 1}, "bare"),
        ("湖南省株洲市", {"湖南省株洲市": 2}, "the province of a city does not count beside it"),
        ("山东省的企业", {"山东省": 2}, "a province alone"),
        ("一路平安顺利", {}, "平安顺利 holds 安顺"),
        ("实现长治久安", {}, "长治久安 holds 长治"),
        ("治理文山会海", {}, "文山会海 holds 文山"),
        ("各位来宾", {}, "guests, not 来宾"),
        ("来宾市的企业", {"广西壮族自治区来宾市": 2}, "the city, not guests"),
        ("重大理论问题", {}, "重大理论 holds 大理"),
        ("平安庆祝活动", {}, "平安庆祝 holds 安庆"),
        ("昆明理工大学的专家", {}, "a university"),
        ("山东大学", {}, "a university by its bare name"),
        ("南京路的门店", {}, "a street"),
        ("青岛银行", {}, "a firm"),
        ("延安精神", {}, "a spirit, not a city"),
        ("", {}, "nothing"),
    ],
)
def test_mentions(text: str, expected: dict[str, int], trap: str) -> None:
    assert dict(mentions(text)) == expected, trap


@pytest.mark.parametrize(
    ("name", "region", "trap"),
    [
        ("2025年浙江省政府工作报告", "浙江省", "a province"),
        ("济宁市2023年工作要点", "山东省济宁市", "a city brings its province"),
        ("在云川市局2023年一季度工作讲评会上的讲话", "云川市", "a city that no list holds, before 局"),
        ("云川市市场监督管理局2024年工作要点", "云川市", "before the full name"),
        ("2024年云川市人民政府工作报告", "云川市", "a year before it"),
        ("云川市分管副市长2024年讲话", "云川市", "before nothing special"),
        ("2025年1月12日在云川市第八届人民代表大会上", "云川市", "a subtitle"),
        ("全市市场监管工作会议讲话", None, "all of the city, whichever"),
        ("农贸市场监管工作", None, "a market is no city"),
        ("新时代市场监管工作", None, "市场 after three characters"),
        ("关于做好城市供水工作的通知", None, "城市"),
        ("超市监管工作方案", None, "超市"),
        ("加强县域经济工作", None, "县域"),
        ("各县区工作汇报", None, "whichever counties"),
        ("平安顺利年货节", None, "安顺 inside a word"),
        ("昆明理工大学校长讲话", None, "a university"),
        ("市场监管工作要点", None, "no place"),
        ("", None, "nothing"),
    ],
)
def test_region_of_a_title(name: str, region: str | None, trap: str) -> None:
    assert region_of_name(name) == region, trap


def test_place_names_as_written() -> None:
    assert list(place_names("济宁市与株洲，平安顺利，昆明理工大学")) == ["济宁", "株洲"]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert set(mentions(text)) <= set(divisions().values())
    region_of_name(text)
