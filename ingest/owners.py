"""Who is to act: subjects of clauses, and the words by which plans name lead and cooperating units."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest import grammar

LONGEST_SUBJECT = 34  # characters

_BODY = (
    r"(?:局|所|委|办|委员会|办公室|部门|单位|系统|政府|党委|党组|机关|科室|科|处室|(?<!正)(?<!自)处(?![于在理置罚])|股|室|总队|支队|大队|中队|队伍|中心|协会|学会|商会|企业|学校|领导|领导班子|班子|班子成员|同志|同志们|干部|人员|"
    r"负责人|责任人|第一责任人|一把手”?|书记|局长|所长|主任|科长|处长|站长|县长|市长|区长|镇长|(?:市场)?监管部门|市场监管|县区|县市区|市区|区县|县（市、?区）|县\(市、?区\)|（市、?区）|\(市、?区\)|乡镇|街道|镇街|旗县|大家|各级|各地|"
    r"全市|全省|全县|全区|全系统|系统上下|专班|工作组|领导小组|联席会议|窗口|党员|职工|机构|平台|主体|代表|委员|各方|银行|公司|医院|药店|分局|市局|县局|省局|区局|食药安办|食安办|药安办|质强办|质安办|打传办|食安委|安委会|成员|检查组|督查组|联络员|包保干部|督导组|各部|"
    r"院|校|站|网点|集团|党支部|支部|工会|团委|妇联|检验所|检验院|领导干部|主管部门|监管人员|执法人员|执法力量|我市|我省|我县|我局|各部委)"
)
_SUBJECT_END = re.compile(
    rf"{_BODY}(?:[（(][^（）()]{{1,12}}[）)])?(?=(?:也|都|还|均|就|更|既|首先|一定|同样|尤其|特别|自身|的)*"
    rf"(?:{grammar.MODAL.pattern}))"
)
_STRICT_BODY = (
    r"(?:科室?|(?<![格结布全])局|(?<![场])所|(?<![为以])中心|支队|大队|总队|办公室|食药安办|食安办|质强办|(?<![常])委|委员会|县区|各县（市、?区）|(?<!各级地方)政府|处室|(?<![正自好])处(?![于在理置罚])|股室?|局领导班子成员|班子成员|部门|单位|专班|小组|领导小组|一把手”?|责任人|负责人|"
    r"局长|副局长|总工程师|主任|书记|市长|县长|校长|检查员|观察员|联络员|安全员|代表|分局|学校|纪检监察组|督查室|党委|党支部|财政|地区)"
)
_BARE = re.compile(
    rf"[^，。；：“”的是]{{0,20}}?{_STRICT_BODY}(?:[（(][^（）()]{{1,14}}[）)])?"
    r"(?=(?:安排|拿出|投入|拟|负责|牵头|会同|主抓|盯住|具体|统一|按|于|每|(?:春|秋)?季|\d{1,2}月|[一二三四]季度|年底|年内|带头|亲自|分别|承担|负|组织|加强|加大|开展|建立|制定|做好|抓好|落实|对|把|将|在|从|应|须|逐|提供|参照|集中|全部|配合|更新|汇总|选聘|确定|公布|派|报|不再|听取|主持|跟踪|定期|联合|二次|随机|完成|实行|实施|推行|督促|指导|协调|统筹|审核|审定|通报|约谈))"
)
_UNIT = re.compile(
    r"[^，。；]{1,9}(?:科|股|所|支队|大队|总队|中心|办公室|处|室|站|局|办|系统|部门|机构|人员|干部)(?:[、和及与][^，。；]{1,12})?"
)
"""A unit may be named by a verb (登记注册科, 执法支队)."""
_NOT_NAMES = re.compile(
    r"[，。；：！？\n]|总书记|主席|^\d|年内|^(?:其中|必须|应当|始终|在|以|对|把|将|由|从|为|向|用|是|有(?!关(?:部门|单位|科室|企业|方面))|而|但|如|若|当|让|使|被|比|与|和|及|同|给|就|按|通过|围绕|推动|督促|加强|压实|落实|强化|确保|希望|动员|引导|支持|鼓励|坚持|这|那|其|该|此|不|没|无|提高|提升|做|抓|凡|要|牵头|配合|会同|联合|协调|组织|指导|发动|教育引|邀请|聘请|选派|考核|请|责成|要求|牢记|坚定|全力|切实|立足|改进|深入|学习|贯彻|开展|推进)|(?:是|成为|作为|提出|强调)(?=.)"
)
_ENDS_IN_BODY = re.compile(_BODY + "$")
_AS_BODY = re.compile(r"^(?P<name>[^，。；：]{2,20}?)(?:作为|承担着|担负着|肩负着|是)[^，。；：]{2,50}$")
_HOPE = re.compile(
    r"(?:希望|请|要求|责成)(?P<name>(?<!请)(?:大家|各单位|各部门)|[^，。；：]{2,30}?(?:同志|部门|单位|局|大家|负责人|领导|县区|企业|同事))"
)
_PRONOUNS = ("我们", "我")
_BY = re.compile(
    r"由(?P<name>[^，。；：由]{2,30}?)(?:负责|牵头|组织|承担|实施|起草|制定|主抓|督导|把关|统筹|汇总|协调|会同)"
)
_LABELLED = re.compile(
    r"(?P<role>牵头|责任|主办|承办|主责|实施|落实|负责|配合|协办|协同|参与|统筹)(?P<rest>领导|人)?(?:单位|部门|科室|处室|主体|机构|县区)?[：:]\s*(?P<names>[^。；;，,\n）)]{2,80})"
)
_LED = re.compile(
    r"(?:^|[，（(；])(?P<name>[^，。；：（）()由]{2,24}?)(?:共同)?(?P<role>牵头|负责|配合)(?=[，。；）)、]|$)"
)
_LED_ASIDE = re.compile(r"[（(][^（）()。\n]{2,80}(?:牵头|负责|配合)[）)]")


@lru_cache(maxsize=32_768)
def subject(folded: str, head: int) -> tuple[int, int] | None:
    """The [start, end) of the actor that opens the folded clause behind `head`, or None; pronouns are none.

    >>> subject("各县局要大力推进示范创建", 0)
    (0, 3)
    """
    charged = folded.startswith("由", head)  # 由办公室4月底前汇总
    head += charged
    found = (
        None if charged else _SUBJECT_END.search(folded, head, min(len(folded), head + LONGEST_SUBJECT + 6))
    )
    if found is None:
        found = _BARE.match(folded, head)
        if found is None:
            return None
    start, end = head, found.end()
    name = folded[start:end]
    if len(name) > LONGEST_SUBJECT or _NOT_NAMES.search(name) or name in _PRONOUNS:
        return None
    acts = grammar.ADVERBS.match(name)
    if grammar.VERB.match(name, acts.end() if acts else 0) and not _UNIT.fullmatch(name):
        return None
    return (start, end)


_SYSTEM = re.compile(
    r"(?:全系统|全[省市县区][^，。；、]{0,8}系统|各级[^，。；、]{0,8}(?:市场)?监管(?:部门|系统|机关)|(?:各级)?市场监管(?:部门|系统)|[^，。；、的]{0,8}(?:广大)?干部职工|各级领导干部|各级各部门)(?=[^，。；的作]{2})"
)


def system(words: str) -> tuple[int, int] | None:
    """The [start, end) of the whole body of people that a clause opens with (全系统…, 市场监管部门…), whatever follows; or None."""
    found = _SYSTEM.match(words)
    return found.span() if found else None


def named(words: str) -> str | None:
    """The actor of a clause like "市场监管部门作为主管部门": what the next clause's 要 speaks to; None for others."""
    found = _AS_BODY.match(words)
    if found is None or "作为" not in words:
        return None
    name = found.group("name")
    return None if _NOT_NAMES.search(name) or not _ENDS_IN_BODY.search(name) else name


def addressed(words: str) -> tuple[int, int] | None:
    """The [start, end) of whom a hope or request in the clause speaks to."""
    found = _HOPE.search(words)
    return found.span("name") if found else None


def entrusted(words: str) -> str | None:
    """The name in 由…负责, 由…牵头; None where there is none."""
    found = _BY.search(words)
    return found.group("name") if found else None


def labelled(words: str) -> tuple[str | None, tuple[str, ...]]:
    """Lead unit and cooperating units as labels name them ("牵头单位：甲科；配合单位：乙科、丙科"); (None, ()) without labels.

    The first unit of a list leads, the others cooperate (首列为牵头).
    """
    lead: str | None = None
    helping: list[str] = []
    for match in _LABELLED.finditer(words):
        names = [
            name.strip()
            for name in re.split(r"[、,，]", match.group("names").rstrip("。；;）) "))
            if name.strip()
        ]
        if not names:
            continue
        if match.group("role") in ("配合", "协办", "协同", "参与"):
            helping += names
        elif lead is None:
            lead = match.group("names").rstrip("。；;）) ").strip()
    if lead is None and not helping:
        for match in _LED.finditer(words):
            name = match.group("name")
            if _NOT_NAMES.search(name) or not _ENDS_IN_BODY.search(name):
                continue
            if match.group("role") == "配合":
                helping += [match.group("name")]
            elif lead is None:
                lead = match.group("name")
    return lead, tuple(helping)


def is_body(words: str) -> bool:
    """Whether a clause that says who leads (由甲科牵头) opens with the name of a body."""
    name = re.sub(r"(?:共同|统一|具体)?(?:牵头|负责|配合)$", "", words.removeprefix("由"))
    return _ENDS_IN_BODY.search(name) is not None and _NOT_NAMES.search(name) is None


def label_spans(words: str) -> list[tuple[int, int]]:
    """The [start, end) of each label with its names in `words`, and of brackets that only say who leads (甲科牵头，乙科配合)."""
    aside = [
        match.span()
        for match in _LED_ASIDE.finditer(words)
        if all(_LED.search(part) for part in re.split("[，；、]", match.group()[1:-1]))
    ]
    return sorted([*(match.span() for match in _LABELLED.finditer(words)), *aside])
