"""What a row of the ledger measures: its indicator by one name, however it was worded, and how its figure is to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.indicator_table import squeeze, table
from assistant.quantities import Quantity, quantity
from corpus.commitment import Commitment

Change = Literal["", "up", "down"]
Stock = Literal["", "flow", "stock"]
Mark = Literal["average", "total", "years", "year end", "whole year"]

_UP = r"增长|增速|上涨|涨幅|增幅|提高|增加|提升|扩大|回升"
_DOWN = r"下降|降低|减少|降幅|压减|压缩|缩短|缩减|下调|退出|淘汰|减轻"
_CHANGE_END = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅度)?$")
_UP_SAID = re.compile(rf"(?:{_UP})(?![到至为目])")
_DOWN_SAID = re.compile(rf"(?:{_DOWN})(?![到至为])|脱贫|去产能|减税|降费")
_TIME = (
    r"(?:到|至|截至|在)?(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}[日号]|[底末初份])?[之以]?[前起]?|"
    r"(?:到|至|截至|在)?\d{1,2}日[之以]?前?|(?:到|至|在)?\d{4}年(?:[底末]前?|[之以]?前)?|"
    r"(?:到|至|在)?(?:年[底末]前?|年内|全年|今年|本年|当年|去年|上年|每年|年均|一年来|年初|(?:[一二三四]季度|[上下]半年)[末底]?[之以]?前?)"
)
_PLACE = r"全[国省市县区]|全系统|我[国省市县区局]|辖区|我们"
_FILLER = re.compile(
    rf"[“”‘’\"'《》]|[（(][^）)]*[）)]|(?:{_TIME})|(?:{_PLACE})(?!调查)|达到?(?!标)|力争|争取|比上年|同比|平均(?=年均|为)"
)
_NUMBERED = re.compile(
    r"^(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]，|[、，）)])"
)
_START = re.compile(
    r"^(?:累计|实际|实有|总共|共|努力|确保|继续|再|新增|净增|完成|实现|开展|实施|推动|推进|推行|加大|加快|提高|提升|建设|建成|新建|已建|新开工|开工|安排|拟|计划|其中|约|"
    r"压缩|缩短|减少|降低|压减|退出|淘汰|增加|扩大|培育|筹建|制定|发布|把|将|使|对|的)(?=..)"
)
_END = re.compile(
    r"(?:的|总量|总数|数量|预期目标|预期|目标|拟定|拟按|拟|安排|为|是|约|在|保持|控制|稳定|维持|完成|实现|建成|新增|净增|累计|由|从|降|升|增|将|要|均|分别|进入|排名|位次|建设力度|力度|"
    r"全部|首次|跃上|突破|超过|实际|人数|户数|件数)$"
)
_BARE = re.compile(
    rf"^(?:{_UP}|{_DOWN}|新增|净增|累计|完成|已?建成?|新建|已[^，]{{2}}|新台阶|上线|起|新开工|开工|验收|排名|\W*)$"
)
_NAMELESS = re.compile(r"^(?:距|比|没|未|差|前|主|虽|低于|高于|目标差|年度目标|年度|率|[（(）)].*)$")
_GENERIC = re.compile(
    r"^(?:中央财政|地方财政|各级财政|财政|资金|专项资金|财政资金|补助|补贴|投资|总投资|项目|企业|群众|人员|场景|问题|案件|地区|国家|[省市县区]|县区|单位|家庭|学生|经营者|事项|任务|"
    r"行业|场所|产品|服务|活动|措施|制度)$"
)
_GOAL = re.compile(r"目标|计划|原定|初定|应当|承诺|要求|任务[^，]{0,2}\d")
_STOCK = re.compile(r"总量|实有|总数|存量|累计|保有|年末|[月季]末|达到")
_FLOW = re.compile(
    r"新增|净增|新建|再建|再减|再[压新增完]|新[开立签培认登]|完成|建成|改造|开工|减少|退出|脱贫|压减|淘汰|获批"
)
_MARKS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    ("average", re.compile(r"年均|平均每年|[五三四]年平均")),
    ("total", re.compile(r"累计(?!新增|完成|检查|办结|查处|抽)|^共|总共|合计|[二三四五六七八九十]年[来共]")),
    ("years", re.compile(r"(?<![\d第十一二三四五六七八九百])[两三四五十]年(?![底末前初级制期])")),
    ("year end", re.compile(r"年[末底](?!前)")),
    ("whole year", re.compile(r"全年(?!内)")),
)
_BREAK = re.compile(r"[，,。；;：:\t]")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured.

    name: one name for all wordings; "" where the row does not say it. change: the figure is a rise or a fall, not a level.
    stock: counted at one time, or what came in. marks: what else the clause says of the figure. clause: the words around it.
    known: it stands in the table, which says whether it is good when low (cap) and what is wider. parts: the names in
    one that is an enumeration (二氧化硫、氮氧化物排放量).
    """

    name: str
    change: Change
    stock: Stock
    marks: frozenset[Mark]
    figure: Quantity
    clause: str
    known: bool
    cap: bool
    wider: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def indicator(row: Commitment, heading: str = "") -> Indicator | None:
    """What the row's figure measures; None for a row without one. heading names it where the row itself does not.

    A goal that a report only recalls (距46万户的目标差3000户) gets no name.
    """
    if row.metric is None:
        return None
    clause = _clause(row)
    said = squeeze(row.metric.name)
    name, change = _named(said)
    if _BARE.match(name):
        name, changed = _named(squeeze(heading))
        name, change = ("", change) if _BARE.match(name) else (name, change or changed)
    if _NAMELESS.match(name) or _GENERIC.match(name) or (row.kind == "report" and _GOAL.search(clause)):
        name = ""
    elif name not in table()[0]:
        name = _subject(clause, row.metric.value or "") or name
    group = table()[0].get(name)
    figure = quantity(row.metric, clause)
    if not change:
        change = _change(clause, row, figure)
    before = re.split(r"[、和]", clause.partition(squeeze(row.metric.value or "") or "\n")[0])[-1]
    text = said + before
    return Indicator(
        group.name if group else name,
        change,
        "flow" if _FLOW.search(text) else "stock" if _STOCK.search(text) else "",
        frozenset(mark for mark, pattern in _MARKS if pattern.search(text)),
        figure,
        clause,
        group is not None,
        group.cap if group else False,
        group.wider if group else (),
        _parts(name) if group is None else (),
    )


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    pieces = [piece for piece in re.split(r"[、和及与]", name) if len(piece) >= 2]
    groups = table()[0]
    return (
        tuple(groups[piece].name if piece in groups else piece for piece in pieces) if len(pieces) > 1 else ()
    )


@lru_cache(maxsize=65536)
def _named(said: str) -> tuple[str, Change]:
    """The name in `said` and whether it is one of a rise or a fall."""
    name = _FILLER.sub("", _NUMBERED.sub("", said))
    change: Change = ""
    groups = table()[0]
    while name not in groups:
        if (moved := _CHANGE_END.search(name)) and moved.start() >= 2:
            change = change or ("up" if moved["up"] else "down")
            shorter = name[: moved.start()]
        else:
            shorter = _END.sub("", name)
            shorter = shorter if len(shorter) >= 2 else name
            if shorter == name:
                shorter = _START.sub("", name)
        if shorter == name:
            break
        name = shorter
    return name, change


def _subject(clause: str, value: str) -> str:
    """The known indicator that the clause opens with, where a figure follows: 粮食产量首次跃上1.4万亿斤新台阶."""
    hit = table()[1].match(clause)
    between = clause[hit.end() : clause.find(value)] if hit and value in clause else "、"
    return (
        hit.group()
        if hit
        and re.fullmatch(
            r"(?:首次|再次|已|约|总量|[跃迈踏][上过]|突破|超过|站上|达到?|稳定在|保持在|实现|[新再]?创)*",
            between,
        )
        else ""
    )


def _change(clause: str, row: Commitment, figure: Quantity) -> Change:
    if row.metric is not None and row.metric.comparator == "decrease":
        return "down"
    if figure.sort in ("rank", "minute", "工作日", "word") or (
        figure.sort == "percent" and not re.search(r"增长|上涨|下降|降低|减少|压减", clause)
    ):
        return ""
    if _DOWN_SAID.search(clause):
        return "down"
    return "up" if figure.sort in ("percent", "points") and _UP_SAID.search(clause) else ""


def _clause(row: Commitment) -> str:
    """The comma clause of the quote that holds the figure, squeezed."""
    assert row.metric is not None
    pieces = [squeeze(piece) for piece in _BREAK.split(row.quote)]
    value = squeeze((row.metric.value or "") + (row.metric.unit or ""))
    name = squeeze(row.metric.name)[:4]
    holding = [piece for piece in pieces if value and value in piece] or pieces
    return next((piece for piece in holding if name and name in piece), holding[0])
