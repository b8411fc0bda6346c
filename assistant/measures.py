"""What is counted: the unit that a question asks for, and figures in that unit."""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = "一二三四五六七八九十百千万亿两半零"
OF_TIME = frozenset(["小时", "分钟", "天", "周", "个月", "年", "个工作日", "工作日"])
"""Measures of how long, or by when."""
_COUNTED = "倍|千瓦时|千瓦|平方米|立方米|公顷|个百分点|批次|人次|件次|个工作日|工作日|小时|分钟|公里|个月|年|周|例|起|件|户|家|台|名|人|元|天|项|个|条|份|次|吨|套|所|处|场|期|轮|盏|亩|分|处|张|支|部|类|级|辆|斤|公斤"
_ASKS = re.compile(
    rf"(?:多少|(?<![哪那这])几)(?P<scale>万亿|万|亿)?(?P<unit>{_COUNTED})(?!方面|领域|部分|事|点|突破|以上的|科室|单位|部门|问题|一批|[“‘\"])"
)
_MONEY = re.compile(
    r"多少(?:万亿|万|亿)?(?:元|钱|块|经费|资金|贷款|奖金|[一-鿿]{2}资金)|奖(?:励)?(?:多少|几)|(?:花|投资|经费|金额|罚|奖|资金|奖励)[^，。？]{0,4}(?:多少|几)"
)
_SHARE = re.compile(
    r"多大的?(?:比重|比例|份额)|占[^，。？]{0,8}(?:几成|几分之几)|百分之[几多]|百分比|(?:率|比例|占比|比重|满意度|满意率|覆盖面|增速|增幅|涨幅)[^。？]{0,20}?(?:多少|几|到哪|怎样)|[几多]少?个点|增长(?:多少|几)|(?:率|满意度)(?:目标|要到|是)"
)
_RANK = re.compile(
    r"(?:第|前)几(?!季|项|条|个|次|期|届|天|年|章)|(?:排名|名次|位次|排位)[^，。？]{0,6}(?:多少|几|如何|呢)|几名以"
)
_OF_THINGS = re.compile(
    rf"(?:多少|(?<![哪那这])几)(?:万亿|万|亿)?(?P<unit>{_COUNTED})?(?!{_COUNTED}|[钱元])(?P<thing>(?![要能可才就没还被来去给不])[一-鿿]{{2,4}})(?<![完了成到好结出的过呢吗])(?=[?？，,。、；;]|$)"
)
SCALES = ("万亿", "亿")
"""Scales that stand for a unit where a question names none: 多少亿."""
_OF_A_SCALE = re.compile(r"(?:多少|几)(?P<scale>万亿|亿)(?![一-鿿])")
_POINTS = re.compile(r"几个点|多少个点|几个百分点")
RANK = "位次"
"""The unit of a place in an order: 第几, 前几名."""
_ALIKE = {
    "个": "个项家",
    "项": "项个",
    "家": "家户个",
    "户": "户家",
    "名": "名人",
    "人": "人名",
    "次": "次场轮期",
    "盏": "盏次个",
    "所": "所个",
    "件": "件起",
    "天": "天日",
}


def measure_asked(folded: str) -> str:
    """The unit that a question asks for: "元", "%", RANK, "件" …; "" when it names none.

    >>> measure_asked("移送公安多少件"), measure_asked("满意率目标是多少"), measure_asked("全省第几")
    ('件', '%', '位次')
    """
    if _RANK.search(folded):
        return RANK
    if _MONEY.search(folded):
        return "元"
    asked = _ASKS.search(folded)
    if _POINTS.search(folded):
        return "%"
    scale = _OF_A_SCALE.search(folded)
    if scale:
        return scale.group("scale")
    if asked and asked.group("unit") not in ("分", "级", "类"):
        return asked.group("unit")
    if _SHARE.search(folded):
        return "%"
    return ""


def thing_counted(folded: str) -> str:
    """The thing whose number a question asks for (有几个编制); "" where it names none right after the unit or 多少.

    >>> thing_counted("研究院有几个编制？"), thing_counted("带动了多少农户？"), thing_counted("查办了多少件？")
    ('编制', '农户', '')
    """
    found = _OF_THINGS.search(folded)
    return found.group("thing") if found else ""


def counted(numeral: str) -> int:
    """The whole number that a short numeral says, 1..99; 0 where it says none of these.

    >>> counted("3"), counted("十二"), counted("二十"), counted("两"), counted("三3")
    (3, 12, 20, 2, 0)
    """
    if numeral.isdecimal():
        return int(numeral) if len(numeral) <= 2 else 0
    found = re.fullmatch(
        r"(?:([一二三四五六七八九]?)(十))?([一二三四五六七八九]?)", numeral.replace("两", "二")
    )
    if not found:
        return 0
    digits = "零一二三四五六七八九"
    tens, ten, ones = (found.group(1) or "", found.group(2), found.group(3))
    return (10 * (digits.index(tens) if tens else 1) if ten else 0) + (digits.index(ones) if ones else 0)


@lru_cache(maxsize=64)
def figure_in(unit: str) -> re.Pattern[str]:
    """Matches a figure, also a masked one, in `unit` or one that counts alike."""
    number = rf"(?:\d[\d,.]*|[{_HAN}]+|[x×*]+)\s*(?:余|多|来)?(?:万亿|[万亿])?"
    if unit == "%":
        return re.compile(rf"{number}(?:%|个百分点|‰)|百分之[{_HAN}点]+|全覆盖|翻番|翻一番")
    if unit == RANK:
        return re.compile(
            r"(?:第|前|列|居|排名?|位列)[^，。；]{0,4}?(?:\d+|[一二三四五六七八九十]+(?=[名位，。；]|$)|[x×*]+)|[a-e][类级等]|首位|榜首|前列|中下游|末位"
        )
    if unit == "元":
        return re.compile(rf"{number}元")
    if unit in SCALES:
        return re.compile(rf"(?:\d[\d,.]*|[{_HAN}]+|[x×*]+)\s*(?:余|多)?万?{unit.removeprefix('万')}")
    units = "".join(_ALIKE.get(unit, "")) if len(unit) == 1 else ""
    # 一件, 一起 and the like are seldom a count; 600万 may stand without its unit
    return re.compile(
        rf"(?!(?<!\d)一[个件家户起次条项])(?:{number}(?:{unit}{'|[' + units + ']' if units else ''})|\d[\d,.]*[万亿](?=[,，。;；、)）]|$))|全部|均"
    )
