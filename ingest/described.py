"""Figures that only describe something else: where a change began, a part of an indicator's name, the size of a project, a set."""

from __future__ import annotations

import re

from ingest.numerals import Figure

_REACHED = (
    r"(?:提高|增加|增长|扩大|扩展|拓展|上升|上调|提升|升|增|扩|降低|下降|下调|降|回落|减少|减|压减|压缩|缩短|缩减|缩|调整|调|跃升|跃居|跃|发展|延长|恢复|变|改|放宽|前移|攀升|增至|晋升|转)"
    r"(?:了)?(?:到|至|为)"
)
_REACHES = re.compile(
    rf"(?:[、和]\s*[\d.]+[^，。；、\d]{{0,4}})?(?:\s*[（(][^）)]*[）)])?[^，。；、\d]{{0,12}}?{_REACHED}"
)
_SINCE = re.compile(r"(?:(?<![自经理事])由|从(?![业事]))[^，。；由从]{0,26}$")
_IN_NAME = re.compile(
    r"(?:[及或]?以[上下内]|[以之]内|级|等)?(?:的)?[^，。；、\d“”]{1,24}?(?:率|比例|比重|占比|度|水平|浓度|数|量|值|收入|标准)"
    r"(?:[由从]?(?:提高|提升|下降|降低|增长|上升|稳定|保持|增|降|升)?(?:到|至|达到?|在|为)?|不低于|超过?|均?达到?)?\s*(?:近|约|超)?"
)
_SIZES = frozenset(
    ["吨", "千瓦", "兆瓦", "吉瓦", "立方米", "元", "美元", "千伏", "方", "公斤", "标准箱", "标箱"]
)
_WORKS = re.compile(
    r"(?:的)?(?!(?:建|支持|用于|推进|实施|建设|改造|开展|资助|扶持))[^，。；、\d“”]{2,16}?(?:项目|工程|产业|集群|基地|园区|装置|电站|电厂|生产线|产业园|赛道)(?=$|[，。；、和及与的（]|建设|开工|主体|全面|建成|并网|落户|投产|加快|顺利|正式|[一二三]期)"
)
_SPENDS = re.compile(
    r"(?:投资|投入|安排|投放|发放|下达|筹集|发行|补助|资金|贷款|完成|债券|统筹|拿出|使用|关停|淘汰|退出|压减|达到?|超过?)(?:近|约|超过?)?$"
)
_SET = re.compile(r"(?:[一二三四五六七八九十两]|\d)(?:个|大)[“‘]?$")
_DONE_BEFORE = re.compile(r"(?:已|现已|目前)[^，。；、的了]{1,8}的$|(?:确定|明确|部署|提出|规划|列入计划)的$")


def begins_change(following: Figure | None, left: str, right: str) -> bool:
    """Whether the figure is where a change began: 由每人每年320元提高到380元."""
    return following is not None and bool(_REACHES.match(right)) and _SINCE.search(left) is not None


def belongs_to_name(figure: Figure, following: Figure | None, between: str) -> bool:
    """Whether the figure stands inside the name of what the next one measures: 50米内换乘比例提高到90%."""
    return (
        following is not None
        and figure.shape == "number"
        and following.shape in ("percent", "whole", "points")
        and _IN_NAME.fullmatch(between) is not None
    )


def describes_works(figure: Figure, following: Figure | None, left: str, right: str) -> bool:
    """Whether the figure is the size of a project or an industry: 70万吨煤制烯烃项目, 500亿精细化工产业, 300亿、500亿级集群."""
    if figure.shape != "number" or (figure.base is not None and figure.base not in _SIZES):
        return False
    if _SPENDS.search(left) if figure.base is not None else "亿" not in (figure.unit or ""):
        return False
    if _WORKS.match(right):
        return True
    return (
        following is not None
        and right.startswith("、")
        and following.said in right[: len(following.said) + 1]
        and following.base == figure.base
        and describes_works(following, None, "", right[len(following.said) + 1 :])
    )


def names_set(left: str) -> bool:
    """Whether the figure names a set: 三个1亿人问题, “两个200万亩”任务."""
    return _SET.search(left) is not None


def existed(left: str) -> bool:
    """Whether what is counted was there before: 已开工的57个项目, 确定的26条措施."""
    return _DONE_BEFORE.search(left) is not None
