"""Years and places as they are typed in passing, in full: 〇五年 is 2005年, 川渝两地 are 四川 and 重庆."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_YEAR = re.compile(
    r"(?<![零〇○一二三四五六七八九十百千万])(?P<century>一九|二[零〇○])?(?P<year>[零〇○一二九][零〇○一二三四五六七八九])年"
)
_YOUNGEST = 40  # two digits below are of this century, others of the last
_PROVINCES = {
    "京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "辽": "辽宁", "吉": "吉林", "黑": "黑龙江",
    "沪": "上海", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东", "豫": "河南",
    "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西", "琼": "海南", "渝": "重庆", "川": "四川", "黔": "贵州",
    "滇": "云南", "藏": "西藏", "陕": "陕西", "甘": "甘肃", "青": "青海", "宁": "宁夏", "新": "新疆",
}  # fmt: skip
_SHORT = "".join(_PROVINCES)
_TOGETHER = re.compile(
    rf"(?:(?<=^)|(?<=[，,。：:；;、\s]))(?P<places>[{_SHORT}]{{2,4}})(?P<after>[两三四](?:地|省区市?|省市?|市)|(?![{_SHORT}]))"
)
_TOLD_OTHERWISE = re.compile("[宁新青吉甘黑藏蒙]")
"""Characters that names of places hold, too (辽宁, 晋宁, 新津, 青川): with one of them only 两地 tells that provinces are meant."""
_COMPARES = re.compile(r"谁|哪[个省市]|分别|各|比|一样|区别|差")
_ONE_REGION = re.compile(r"协同|地区|经济|城市|双城|合作|一体|高铁|铁路|高速|走廊|跨|毗邻")


def in_full(text: str) -> str:
    """A question with its years in digits, and provinces that are named by one character each in full where it compares them.

    >>> in_full("〇五年登记失业率"), in_full("京沪公共预算收入目标谁定得高")
    ('2005年登记失业率', '北京和上海公共预算收入目标谁定得高')
    """
    text = _YEAR.sub(lambda match: f"{_full_year(match)}年", text)
    found = _TOGETHER.search(text) if _COMPARES.search(text) else None
    if not found or _ONE_REGION.match(text, found.end()):
        return text
    if _TOLD_OTHERWISE.search(found.group("places")) and not found.group("after"):
        return text
    names = "和".join(_PROVINCES[short] for short in found.group("places"))
    return f"{text[: found.start()]}{names}{text[found.end() :]}"


def _full_year(match: re.Match[str]) -> int:
    year = int(match.group("year").translate(_DIGITS))
    if match.group("century"):
        return (1900 if match.group("century") == "一九" else 2000) + year
    return year + (2000 if year < _YOUNGEST else 1900)
