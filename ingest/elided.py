"""Names that leave their indicator out: 增长 of …，增长5%; 占全国比重; 总量 — and the indicator said before them."""

from __future__ import annotations

import re

from ingest.indicators import LONGEST_NAME

_HOW = r"(?:同比|环比|比上年|较上年|比去年|净|平均|年均|实际|名义|累计|共|又|再|还|约|合|其中|分别|总共|由|从|[一二三四五六七八九十\d]+年[来间]?|每年|全年|其|约合|折合)"
_CHANGED = r"(?:增长|增加|增产|增收|提高|提升|上升|上涨|扩大|回升|下降|降低|减少|减产|减收|压减|压降|压缩|缩短|缩减|回落|下调|上调|下跌|[多少高低增减降升])"
_MEASURE = r"(?:增速|增幅|降幅|涨幅|幅度|占比|比重|占[^，。；、]{0,10}?(?:比重|的比重|的比例)?)"
_OWN = r"(?:总量|总额|增量|规模|产量|总产量|总产|单产|总数|数量|总规模|总面积|面积|余额|存量|总计|合计|总值)"
_ELIDED = re.compile(rf"{_HOW}*(?:{_CHANGED}|{_MEASURE}|{_OWN})?(?:了)?")
_CHANGE_END = re.compile(
    r"(?<=..)(?:(?:净|年均|实际|名义|平均)?(?:增长|增加|增产|上涨|上升|提高|提升|扩大|回升|下降|降低|减少|减产|压减|压降|回落)|新增|增速|增幅|涨幅|降幅|(?:高|快|低|慢)于[^，。；]{2,6})$"
)
_SHARED = re.compile(r"(?<=..)占(?![地用])[^，。；、]{0,12}比重?$")
_OWN_END = re.compile(rf"(?<=..)(?:(?:播种|种植)面积|{_OWN})$")
_GROWN = re.compile(r"[粮麦稻米豆棉油菜果茶糖肉奶蛋鱼煤钢铁铝铜气电车盐药菌]|播种|种植|产[量品]")
_OWN_ONLY = re.compile(_OWN)


def leaves_out(name: str) -> bool:
    """Whether a name is only a change, a share or a level (增长, 占全国比重, 总量), or nothing: the indicator was said before.

    >>> leaves_out("实际增长"), leaves_out("总量"), leaves_out("粮食产量")
    (True, True, False)
    """
    return _ELIDED.fullmatch(name) is not None


def topic(name: str) -> str:
    """An indicator without the change or share that its last figure measured: 粮食产量增长 is of 粮食产量."""
    return _CHANGE_END.sub("", name)


def named_after(before: str, name: str) -> str:
    """A name that leaves its indicator out, after the indicator before it; other names as they are.

    >>> named_after("进出口总额", "增长"), named_after("粮食播种面积", "总产"), named_after("电量增长", "占全国比重")
    ('进出口总额增长', '粮食总产', '电量占全国比重')
    """
    if not before or leaves_out(before) or not leaves_out(name) or before == name:
        return name
    said = re.sub(rf"^{_HOW}+(?={_CHANGED}|{_OWN})", lambda found: _kept(found[0]), name)
    if (said.endswith("产") or "产量" in said) and not _GROWN.search(before):
        return name
    of = topic(before)
    of = _SHARED.sub("", of) if said.startswith("占") else of
    if _OWN_ONLY.fullmatch(said):
        of = _OWN_END.sub("", of)
    return f"{of}{said}"[-LONGEST_NAME:] if of and not of.endswith(said) else of or name


def _kept(how: str) -> str:
    return "".join(re.findall(r"实际|名义|年均|净", how))
