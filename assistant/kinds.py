"""The kinds of questions, told by their wording, and the shapes of answer that each looks for."""

from __future__ import annotations

import re
from typing import Literal

QuestionKind = Literal[
    "target",
    "deadline",
    "responsibility",
    "figure",
    "measure",
    "status",
    "definition",
    "problem",
    "list",
    "comparison",
    "general",
]
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    (
        "comparison",
        re.compile(
            r"区别|差别|差异|出入|异同|一样吗|一样不|不一样|一回事|相同|同一(?:项|个|件|笔|回)|(?:是|用的是)同样的|(?:什么|啥|何|哪些)不同|不同(?:在|点|之处)"
        ),
    ),
    (
        "definition",
        re.compile(
            r"什么意思|啥意思|(?<!为)(?:什么|啥)是(?=[“\"「『《])|各?(?:指|代表)(?:什么|啥)|是指|指的|指哪|指什么|指啥|何谓|什么叫|含义|怎么理解|怎么解释|完整内容|是什么[?？]?$|是啥[?？]?$|的(?:简称|缩写|合称|统称|代称|全称)|是哪[一二三四五六七八九十几\d]+[?？]?$|都是什么|分别是什么|分别是啥"
        ),
    ),
    (
        "comparison",
        re.compile(
            r"区别|不同|异同|一样吗|相同|相比|对比|比较|哪个(?:多|高|大|快|好)|谁(?:多|高|大)|同一(?:项|个|件)|各(?:怎么|是|有|自|要|在|搞|说|包括)"
        ),
    ),
    (
        "problem",
        re.compile(
            r"(?:哪些|什么|啥|哪几个?|有何)[^，。？?]{0,8}(?:问题|不足|毛病|岔子|差距|困难|挑战|隐患|风险)|(?:问题|困难|挑战)(?:是什么|有哪|在哪)|短板|弱项|差在哪|薄弱|难在哪|欠缺|不到位的"
        ),
    ),
    (
        "deadline",
        re.compile(
            r"什么时候|啥时候|何时|哪天|哪一?年|几月|哪个月|几号|多久|多长时间|期限|时限|时间节点|截止|哪个季度|第?几季度|频次|频率|隔多|最迟|最晚|何日|哪一天|(?:定的|的)时间(?:是|呢|为)[?？]?$|时间(?:定在|是哪|在什么)|几天内|几个工作日|什么时间|时间表|周期|每(?:日|周|月|季度?|年)[^，。？?]{0,12}(?:[一几多]\S?次|[一几]回)"
        ),
    ),
    (
        "responsibility",
        re.compile(
            r"谁|归哪|哪个(?:部门|部委|科室|单位|处室|机构|科|处|局|办|厅|委)|哪些(?:部门|单位|人|科室)|由哪|责任(?:单位|部门|人|主体|科室)|牵头|哪一?级|主管|归口|分工|职责|该(?:盯|干|管)|哪几方|负责|哪家"
        ),
    ),
    (
        "figure",
        re.compile(
            r"多少|(?<![哪那这])几(?:个(?!方面|领域|部分)|家|条|次|件(?!事)|项|分|名|台|万|级|人|类|户|批|所|成|块|种|倍|位|天|年|周|小时|分钟)|百分之几|百分比|比例|第几|前几|占比|名次|排名|排位|位次|排第|几率|率是|率要|率达|到多|达到什么|什么(?:等级|水平|名次|位次|程度|等次)|有多(?:高|大)"
        ),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪几|几件事|几个方面|几个领域|有哪|列(?:一下|出|举|全)|都有(?:啥|什么|哪)|名称|包括|几大|哪[二三四五六七八九十两]+"
        ),
    ),
    (
        "measure",
        re.compile(
            r"(?<!情况)怎么|(?<!情况)如何|(?<!情况)怎样|咋|举措|措施|办法|靠什么|靠哪|打算|做法|途径|抓手|怎么办|用什么|采取"
        ),
    ),
    ("status", re.compile(r"进展|完成(?:情况|了)|了没|了吗|有没有|成效|效果|结果|获得|成绩|是否|建了")),
)
_TARGET = re.compile(
    r"目标|要(?:达|到|进|求|实现|完成|提高|下降|控制|保持|多)|力争|争取|计划|预期|不低于|底线|守住|指标|想做到|达到|到多少|进入?全省|要(?:管|形成)"
)
_NAMED_SLOT = re.compile(
    r"(?P<slot>目标|指标|任务|要求|标准|原因|缘由|依据|原则|口号|主题|思路|称号|做法|措施|办法|对策|举措|问题|短板|不足|时限|期限|时间|日期|单位|部门|科室|"
    r"名称|名字|全名|结果|成绩|成效|名次|排名|数字|比例|重点|渠道|条件|职务)(?:各|都|分别|到底|究竟)*(?:是|为|叫|定的是)?(?:什么|啥)"
)
_ASKS_A_TARGET = re.compile(
    r"(?:增速|增长|率|比重|总量|数量|产量)[^，。？?]{0,4}目标[^，。？?]{0,6}(?:怎么|如何|咋)[定设安]|目标(?:分别|各)?(?:怎么|如何|咋)定"
)
_ABOUT_THE_TERM = re.compile(
    r"[”\"」』》][^，。；;？?：:]{0,16}(?:什么|啥|哪|指|含义|怎么|内容|意思)|(?:什么|啥|何谓|叫)[是叫]?[“\"「『《]|[：:]\s*[“\"「『《][^”\"」』》]+[”\"」』》]$"
)
_ASKS_MANY = re.compile(r"分别|各|哪[些几二三四五六七八九十两]|都")
_SLOT_KINDS: dict[str, QuestionKind] = {
    **dict.fromkeys(["目标", "指标"], "target"),
    **dict.fromkeys(["做法", "措施", "办法", "对策", "举措"], "measure"),
    **dict.fromkeys(["问题", "短板", "不足"], "problem"),
    **dict.fromkeys(["时限", "期限", "时间", "日期"], "deadline"),
    **dict.fromkeys(["单位", "部门", "科室"], "responsibility"),
}
"""What a question asks for by name before 是什么: “…的目标是什么” asks no meaning. Other slots are kind general."""
QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{2,30})[”\"」』》]")
WANTS: dict[str, tuple[str, ...]] = {
    "target": ("figure",),
    "figure": ("figure",),
    "deadline": ("time",),
    "responsibility": ("actor",),
    "problem": ("problem",),
}


def kind_asked(folded: str, asked: str, *, past: bool) -> QuestionKind:
    """The kind of a question. asked: `folded` without an aside at its end; past: it asks for what was done."""
    kind: QuestionKind = next((name for name, shape in _KINDS if shape.search(asked)), "general")
    if kind == "definition":
        slot = _NAMED_SLOT.search(folded)
        if slot:
            kind = _SLOT_KINDS.get(slot.group("slot"), "general")
        elif QUOTED.search(folded) and not _ABOUT_THE_TERM.search(folded):
            kind = "list" if _ASKS_MANY.search(folded) else "general"
    if kind in ("figure", "general") and _TARGET.search(folded) and not past:
        kind = "target"
    if kind in ("list", "measure") and _ASKS_A_TARGET.search(folded):
        kind = "target"
    return kind
