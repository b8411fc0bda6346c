"""Whether a figure in its clause measures anything, and its comparator: left and right are the words beside it."""

from __future__ import annotations

import re

from corpus.commitment import Comparator
from ingest import described
from ingest.indicators import DOWN, clean, is_verb
from ingest.numerals import Figure

_COMPARATORS: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (re.compile(r"(?:不得?(?:低|少|小)于|至少|最少|不下)[^,，。；]{0,2}$"), ">="),
    (re.compile(r"(?:不得?(?:超过|高于|大于|多于|突破)|最多|至多)[^,，。；\d]{0,2}$"), "<="),
    (re.compile(r"(?:超过|超出|超|突破|高于|多于|大于|逾|过|破)[了]?$"), ">="),
    (re.compile(r"(?:低于|少于|小于|不足|不到)$"), "<="),
    (re.compile(r"(?:大约|约|近|将近|接近)$"), "about"),
)
_HELD = re.compile(r"控制(?:在|到)?[^,，。；\d]{0,2}$")  # a bound to come, a level that was reached
_AFTER = re.compile(
    r"[\s”）)]*(?:(?P<about>左右|上下)|(?P<least>(?:及|或)?以上)|(?P<most>(?:及|或)?以下|[以之]?内(?![容部控外涵需])))"
)
_THRESHOLD = re.compile(
    r"(?:及|或)?(?:以上|以下|级)(?=的?[^\s，,。；;、：:！？）)”的并和且以或及由][^，,。；]{0,16})"
)
_AMOUNTS = frozenset(
    [
        "元",
        "美元",
        "欧元",
        "吨",
        "亩",
        "平方米",
        "平方公里",
        "千瓦",
        "兆瓦",
        "人",
        "户",
        "公里",
        "米",
        "公顷",
        "度电",
        "万元",
    ]
)
_TIMES = frozenset(["天", "工作日", "小时", "分钟", "秒", "周", "个月", "课时", "学时"])
_PACE = re.compile(r"时[限间长]|压[缩减]|缩短|办[结理成]|周期|响应|到[场达]|平均|不超过|培训|学习|优良|天数")
_ABSTRACT = re.compile(
    r"(?:[^，。；、]{0,3}?)(?:方面|环节|层面|维度|领域|原则|关键|导向|意识|维护|自信|确立|责任|问题|重点|要求|理念|标准|阶段|整治|行动|工程|举措|措施|体系|机制|制度|"
    r"清单|任务|工作|目标|统筹|坚持|关系|抓手|支撑|能力|安全|转变|大局|指标|意见|文件|图|表|台账|计划|方案|专项|突破|提升|一批|群众|中心|统一|战略|优势|规定|纪律)"
)
_VAGUE = re.compile(r"[^，。；、]{0,3}?(?:方面|环节|层面|维度|原则|关键|领域|指标)")
_FOCUS = re.compile(
    r"(?:聚焦|围绕|针对|突出|抓住|瞄准|紧扣|紧盯|把握)[^，。；]{0,20}$|[在从以][^，。；]{0,4}$"
)
_EXISTING = re.compile(r"(?:已有|现有|已建|原有|已建成的?|等|这|上述|其他|另外)$")
_BUILT = re.compile(
    r"(?:开工|建成|投产|竣工|完工|新建|建设|改造|改建|扩建|完成|打造|培育|引进|创建|争取|新增|落地|组织实施|举办)[^。；]*等$"
)
_FIGURATIVE = re.compile(
    r"[^，。；、]{0,3}?(?:市场|资源|闸门|手段|大局|准则|轮子|翅膀|意识|维护|自信|确立|文明|阵地|战场|引擎|支点|抓手|主线|底线|关系|战线|极|端)"
)
_FIGURE_OF_SPEECH = frozenset(["头", "手", "盘", "批", "轮", "字", "面", "环", "端"])
_CREATION = re.compile(
    r"(?:新建|改建|扩建|建成|建设|培育|培养|创建|打造|完成|引进|引育|发展|认定|改造|开展|组织|举办|推广|安排|投入|发行|查办|查处|培训|招聘|资助|选派|选择|开工|竣工|投产|建立|"
    r"设立|推出|修复|治理|配备|开通|组建|制定|制修订|修订|出台|发布|更新|获批|获得|力争|争取|达到|新[培认登开建设][^，。；]{0,2}|实施|列出|支持|抽检|检查|形成|布局|谋划|储备|确保|举行)[了各]?$"
)
NEW = re.compile(r"新增|(?:增加|净增|增设)(?!了?[到至为])")
_RANKED_NAME = re.compile(
    r"率|指标|排名|位次|水平|成绩|增速|质量|考核|评[议价]|工作|指数|得分|满意|规模|总量|数|量|位[居列于]|进入|居|保持|处于|稳居|列|跻身"
)


def is_no_metric(
    text: str, figure: Figure, following: Figure | None, left: str, right: str, promise: bool
) -> bool:
    """Whether nothing is measured: a denominator, a starting value, a threshold (1亿元以上项目), an aside, a label."""
    before = left[-1:] or text[max(0, figure.span.start - 1) : figure.span.start]
    if re.search(r"每(?:隔|个)?$", left) or (
        figure.shape == "number"
        and figure.base is None
        and figure.unit is None
        and figure.value != "零"
        and not re.search(r"[到至达为过破于近约]$", left)
    ):
        return True
    between = text[figure.span.end : following.span.start] if following else ""
    if (
        described.begins_change(following, left, right)
        or described.belongs_to_name(figure, following, between)
        or described.describes_works(figure, following, left, right)
        or (figure.shape == "number" and described.names_set(left))
    ):
        return True
    if left.endswith("连续") and figure.shape == "number":
        return True
    small = _is_small(figure)
    if small and (figure.base in _FIGURE_OF_SPEECH or _FIGURATIVE.match(right)):
        return True
    if figure.shape == "rank" and re.search(r"[放摆列]在$", left):
        return True  # 放在第一位
    rises = following is not None and re.search(r"[到至为]", between)
    if rises and (
        before in ("从", "由") or re.search(r"[从由](?:原来的?|过去的?|目前的?|上年的?|\d{4}年的?)$", left)
    ):
        return True
    there = described.existed(left) or (_EXISTING.search(left.rstrip()) and not _BUILT.search(left))
    if promise and figure.shape == "number" and there:
        return True
    if before in ("（", "(") and right[:1] in ("）", ")") and figure.shape in ("number", "percent"):
        return True
    if figure.shape == "word":
        if (
            following is not None
            and following.shape == "rank"
            and re.fullmatch(r"[（(](?:全[省市国])?", text[figure.span.end : following.span.start])
        ):
            return True
        return bool(re.search(r"走在", left)) or not _RANKED_NAME.search(left)
    if figure.base in _TIMES and figure.shape == "number":
        return _PACE.search(left + right[:6]) is None or right.startswith(("前", "后"))
    if figure.shape != "number":
        return False
    if re.search(r"在[^，。；]{0,12}$", left) and re.match(r"[^，。；]{0,10}基础上", right):
        return True
    if left.endswith("在") and re.match(r"[^，。；]{0,12}中", right):
        return True
    if figure.base in _AMOUNTS and not figure.masked and _THRESHOLD.match(right):
        return True
    return promise and _is_label(figure, left, right)


def _is_label(figure: Figure, left: str, right: str) -> bool:
    """Whether a count only names a set (三张清单, 6项指标), so that nothing can be checked by it."""
    if figure.masked or figure.base is None or (figure.unit or "") != figure.base:
        return False
    small = _is_small(figure)
    if re.match(r"[”’]", right):
        return True
    if small and re.match(r"大", right):
        return True
    if _FOCUS.search(left) and _ABSTRACT.match(right):
        return True
    if not small:
        return bool(_VAGUE.match(right))
    return bool(_ABSTRACT.match(right)) or not (
        _CREATION.search(left)
        or NEW.search(left)
        or re.search(r"(?:不(?:少|低)于|至少|超过|每[^，。；]{0,8})$", left)
        or re.match(r"\s*(?:以上|以内)?(?:[，。；、]|$)", right)
    )


def _is_small(figure: Figure) -> bool:
    """Whether a count is in Chinese numerals and up to twenty."""
    value = figure.value or ""
    return (
        figure.shape == "number"
        and value[:1] in tuple("一两二三四五六七八九十")
        and (figure.number or 0) <= 20
    )


def comparator_of(
    figure: Figure, left: str, change: str, right: str, promise: bool, words: str
) -> Comparator:
    """The comparator of a figure: as printed behind it, as printed before it, or what its kind and verb say."""
    after = _AFTER.match(right)
    if figure.upper is not None:
        return "range"
    if after and after["about"]:
        return "about"
    if after:
        return ">=" if after["least"] else "<="
    for pattern, comparator in _COMPARATORS:
        if pattern.search(left.rstrip()):
            return comparator
    if promise and _HELD.search(left.rstrip()):
        return "<="
    if figure.shape == "rank":
        return "top" if "前" in figure.said else "="
    if figure.shape == "word":
        return "top"
    if figure.shape == "whole" and figure.said.endswith("覆盖"):
        return "cover"
    if figure.more:
        return ">="
    if promise and (change or (figure.shape == "multiple" and not re.search(r"[是为达]$", left))):
        return "decrease" if DOWN.search(change) else "increase"
    if promise and NEW.search(left) and figure.shape == "number" and figure.value != "零":
        return "increase"
    counted = (
        figure.shape == "number"
        and figure.base is not None
        and figure.unit == figure.base
        and figure.value != "零"
        and figure.base not in ("次", "场", "期")
    )
    if promise and counted and re.match(r"[^，。；、\s]{2}", right) and not _CREATION.search(left):
        existing = (
            not words or is_verb(clean(words)) or re.search(r"全[市省县区国]$|[对和]$|所有$|确定的$", left)
        )
        if existing and not (left.strip() and is_verb(left.strip())):
            return "cover"
    return "="
