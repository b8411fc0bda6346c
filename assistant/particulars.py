"""Refusals for a particular that is asked and not written: a name, a number, a section, a body, a place, an hour, a figure, a day."""

from __future__ import annotations

import re

from assistant import shapes
from assistant.evidence import Unit
from assistant.measures import OF_TIME
from assistant.question import Question
from assistant.terms import HELD
from corpus.text import fold

_PARTICULARS = re.compile(r"名字|姓名|电话|手机号|邮箱|号码|网址|校名|店名")
_SHAPED = {
    "网址": re.compile(r"www\.|https?:|\.(?:com|cn|net|org)"),
    "邮箱": re.compile(r"\w@\w"),
    "电话": re.compile(r"\d{3,4}-?\d{7,8}|1\d{10}|(?<!\d)1?2\d{3}(?!\d)"),
}
"""Particulars that are told by their shape, whatever they are called."""
_NUMBERS = re.compile(r"(?:标准|文|批|证|编|代码?|牌照?)号(?=(?:是|为)?(?:多少|什么|啥|几))")
_ROLES = re.compile(
    r"(?:副?[组院校厂所站队园馆董事会秘书]{1,3}长|联系人|联络员|牵头领导|分管领导|主任|主席|总?经理|总监|院士|专家)(?=(?:分别|各|都)?(?:是|由|叫)?(?:谁|哪位))"
)
_ASKS_A_SECTION = re.compile(r"哪个(?:科室|处室|科|处)|(?:科室|处室)(?:是|为)(?:哪|谁)")
_SECTION_SAID = re.compile(r"[一-鿿＊*xX](?:科|处|室|股|队|中心|办|所)(?![技研学理分级普于在置罚理])")
_ASKS_A_BODY = re.compile(r"哪个(?:部|厅|单位|委|局)|由谁牵头|谁牵头|哪家单位")
_BODY_SAID = re.compile(
    r"局|厅|委|办公室|办(?=[，、牵负])|科(?![技学研普])|处(?![理罚置于在])|部门|政府|小组|专班|中心|院|协会|单位|大队|支队"
)
_ASKS_A_COMPANY = re.compile(r"哪(?:一?家|些|个)(?:公司|企业|厂家|高校|医院|银行)")
_COMPANY_SAID = re.compile(
    r"公司|集团|银行|[一-鿿]{2}厂|[一-鿿](?:学院|大学|医院|研究院|研究所|中心|协会)|[xX*＊]{1,4}|“"
)
_ASKS_A_NAME = re.compile(r"名叫什么|叫什么名|名称是|是哪[家所个]|[校厂店]名")
_UNNAMED = re.compile(r"某[一-鿿]{1,4}")
_ASKS_WHERE = re.compile(r"哪个(?:区|县|镇|街道|园区|会场|地方|村)(?!局|都|各)|何处|什么地方|落户哪")
_PLACE_SAID = re.compile(
    r"[一-鿿xX*＊Ｘｘ](?:省|市|县|区|镇|街道|村|园|基地|中心|会场|厅|馆|楼|路|城|乡|港|湾|州|盟|旗|湖|山|岛)"
)
_ASKS_AN_HOUR = re.compile(r"几点(?:钟|半|[开关上下到出集结举起散])|几时")
_HOUR_SAID = re.compile(r"\d[点时:]|[一二两三四五六七八九十]点[钟半整]|[上下中]午")
LEAST_SHARED, LONGEST_SHARED = 3, 16  # characters that a sentence and a question share
_GRAINS = (
    (
        re.compile(r"哪一?年到哪一?年|起止"),
        re.compile(r"(?:19|20)\d\d年?(?:至|到|[—\-~])+(?:19|20)?\d\d|[xX*]{2,4}年?(?:至|到|[—\-~])"),
    ),
    (
        re.compile(r"多久(?!一|开|报|查|来|通)|多长时间(?!一|开|报)"),
        re.compile(r"[一二两三四五六七八九十半\dxX*]+(?:年|个月|天|周|个?小时|分钟|季度)|每|[年月季]|长期"),
    ),
    (
        re.compile(r"哪一?天|几号|几日|何日"),
        re.compile(r"\d日|\d号|[xX*]{1,2}日|\d{1,2}月\d|[初末底]前|今天|当[天日]"),
    ),
    (re.compile(r"哪个月|几月|哪月"), re.compile(r"\d月|[xX*]{1,2}月|[年季]底|年末|今天")),
    (
        re.compile(r"哪一?年|几几年"),
        re.compile(r"(?:19|20)\d\d|今年|去年|明年|[xX]{2,4}年|十[三四五]五|当年|年内"),
    ),
    (re.compile(r"季度"), re.compile(r"季")),
)
"""What a question about a day, a month, a year or a quarter must find, finest first."""


def without_the_particular(question: Question, unit: Unit) -> str:
    """Names and numbers of persons are asked for by word; a sentence without that word does not hold them."""
    for asked in () if question.premise else _PARTICULARS.findall(question.folded):
        shape = _SHAPED.get(asked)
        if shape and shape.search(fold(unit.text)):
            continue
        masked = shapes.MASKED_NAME.search(unit.text) or question.kind != "general"
        named = (asked in ("名字", "姓名") and masked) or (asked == "号码" and shapes.MASK.search(unit.text))
        if asked not in unit.text and not named:
            return f"没有写明{asked}"
    for asked in _ROLES.findall(question.folded):
        if asked not in unit.text and not shapes.MASKED_NAME.search(unit.text):
            return f"没有写明{asked}"
    for asked in _NUMBERS.findall(question.folded):
        if asked not in unit.text:
            return f"没有写明{asked}"
    if _ASKS_A_COMPANY.search(question.folded) and not _COMPANY_SAID.search(unit.text):
        return "没有写明是哪一家"
    if _ASKS_A_SECTION.search(question.folded) and not _SECTION_SAID.search(unit.text):
        return "没有写明是哪个科室"
    if _ASKS_A_BODY.search(question.folded) and not _BODY_SAID.search(_with_headings(unit)):
        return "没有写明由谁负责"
    unnamed = _UNNAMED.search(unit.text) if _ASKS_A_NAME.search(question.folded) else None
    if unnamed and not re.search(r"[“《]", unit.text):
        return f"只写“{unnamed.group()}”，没有写明名称"
    if _ASKS_WHERE.search(question.folded) and not _PLACE_SAID.search(_beyond(question, unit.text)):
        return "没有写明地点"
    if _ASKS_AN_HOUR.search(question.folded) and not _HOUR_SAID.search(fold(unit.text)):
        return "没有写明几点"
    return ""


def _with_headings(unit: Unit) -> str:
    """A sentence with the headings above it; a whole row of a table."""
    return (
        unit.passage.text if shapes.is_row(unit.passage.text) else " ".join([*unit.passage.path, unit.text])
    )


def _beyond(question: Question, text: str) -> str:
    """What a sentence says beside the question's own words: a place that the question names is not the one it asks for."""
    folded = fold(text)
    for length in range(min(len(folded), LONGEST_SHARED), LEAST_SHARED - 1, -1):
        for start in range(len(folded) - length + 1):
            part = folded[start : start + length]
            if " " not in part and part in question.folded:
                folded = folded.replace(part, " " * length)
    return folded


_ASKS_A_FIGURE = re.compile(r"多少(?!个?方面)")
_ANY_FIGURE = re.compile(
    r"\d|[xX*]|[一二两三四五六七八九十百千万半]+(?:[个项条家件名人次台处所户座类级成倍位天年周月点张份批部支场期届轮门种大]|分之|分钟|小时|公里)"
)


_LEADS_IN = re.compile(r"以下[^，。；]{0,10}[。：:]?$|如下[。：:]?$")
"""A sentence that leads in what follows, and is quoted with it (确定以下预期目标)."""


def without_measure(question: Question, unit: Unit) -> str:
    """A figure is asked, and the sentence holds none; for a deadline, none of time."""
    if (
        not question.numeric
        or unit.shaped
        or not (question.measure or _ASKS_A_FIGURE.search(question.folded))
    ):
        return ""
    if not question.measure and (_ANY_FIGURE.search(fold(unit.text)) or _LEADS_IN.search(unit.text)):
        return ""
    if question.measure in OF_TIME and unit.own >= HELD and shapes.VAGUE_TIME.search(fold(unit.text)):
        return ""
    return "没有写明时间" if question.kind == "deadline" else "没有写明具体数字"


def without_time(question: Question, unit: Unit) -> str:
    """A time is asked, and the sentence holds none as fine as that."""
    if question.kind != "deadline" or question.premise:
        return ""
    folded = fold(unit.text)
    if shapes.VAGUE_TIME.search(folded) or shapes.MASKED_YEAR.search(folded):
        return ""
    grain = next((said for asked, said in _GRAINS if asked.search(question.folded)), shapes.TIME)
    return "" if grain.search(folded) else "没有写明时间"
