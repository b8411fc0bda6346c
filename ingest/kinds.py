"""Whether a commitment is a target, a task or a requirement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.commitment import CommitmentKind
from corpus.text import fold
from ingest import grammar
from ingest.grouping import Group

_REACHES = re.compile(
    r"(?:确保|力争|争取|努力(?:实现|达到|做到|争取)|实现|达到|达成|遏制|杜绝.{0,12}(?:发生|事故|事件)|营造|形成(?=.{2,24}(?:局面|格局|氛围|环境|态势|合力|局势))|"
    r"(?:高质量|圆满|如期|全面|高标准|按时|超额|保质保量)+(?:地)?完成.{0,14}(?:任务|目标|指标|工作)|保持.{0,16}(?:前列|稳定|态势|优势)|进入|跻身|位居|走在|守住.{0,16}底线)"
)
_REACHED = re.compile(
    r"(?:上(?:新)?台阶|到位|前列|达标|清零|零发生|见底|翻番|大幅(?:提升|下降|提高)|明显(?:提升|下降|提高|改善)|稳中向好.{0,4}|向好态势)$"
)
_STRICT = re.compile(r"必须|务必|不得|严禁|不准|一律|不能|决不|绝不|切不可|不要|严控|零容忍")
_OBJECT = re.compile(
    r"(?:行动|整治|活动|建设|体系|平台|清单|方案|抽检|培训|评选|试点|项目|工程|规划|计划|制度|会议|现场会|台账|数据库|系统|培育|申报|宣传|问题整改|检查|排查|执法|办案|普查|调研|调查研究|改革|模式|机制|台)$"
)
_CONDUCT_VERB = re.compile(
    r"(?:树立|树牢|牢记|绷紧|坚持|秉持|践行|弘扬|发扬|倡导|力戒|反对|紧盯|注重|用好|严守|恪守|遵守|保持.{0,12}(?:高压|定力|警醒)|把.{2,20}(?:贯穿|贯彻|挺在|放在)|将.{2,20}(?:贯穿|贯彻|挺在|放在)|高度重视|敢于|勇于|善于|带头|服从|正确处理|统筹好|珍惜|对照|"
    r"充分(?:认识|发扬)|注重|深刻(?:认识|领会|领悟)|(?:完整、)?(?:全面、)?准确贯彻|落实.{0,14}(?:总策略|要求|方针|原则|责任制)|举一反三|把教训|严格(?:遵守|执行|按照|落实)|强化(?:责任|担当|领导|政治)|大兴|当好|提高政治)"
)
_CONDUCT_HEADING = re.compile(
    r"作风|纪律|廉|抓落实|担当|党建|从严治党|政治|责任感|精神|学习|行风|应对|处置|组织领导|底线|要求$|头雁|班子|队伍建设|表率|带头"
)
_CONDUCT_PART = re.compile(r"领导班子|政府自身建设|政风|作风|廉洁|廉政|纪律|表率|担当|从严治党|党风")
_WORK = frozenset(
    [
        "开展",
        "建立",
        "完善",
        "健全",
        "制定",
        "推进",
        "组织",
        "举办",
        "召开",
        "加强",
        "强化",
        "实施",
        "建设",
        "落实",
        "加大",
        "推动",
    ]
)
_SANCTION = re.compile(
    r"的,?(?:由.{2,14})?(?:一律|直接|当场|从严|依规|依法|依纪)?(?:退回|移交|取消|通报|约谈|问责|追究|追责|列为|列入|不得|不再|停用|处理|处罚|严肃处理|严肃查处|扣分|评定为)|谁.{1,6}谁.{1,6}"
)
"""What follows where somebody fails: 对走过场的，退回重查并通报."""
_DUTY = re.compile(r"负.{0,10}责任|是(?:第一)?责任(?:单位|人)")
_AT_ONCE = re.compile(r"当[日天]|立即|\d+小时内|第一时间|随时")
_DOSES = frozenset(["次", "天", "小时", "克", "元", "日", "遍"])
_DATED = re.compile(r"[年月日季度][底末]?前|年[底末内]|全年|今年|每[月季周]")


def kind_of(quote: str, group: Group, path: Sequence[str]) -> CommitmentKind:
    """The kind of a promise, by how its act opens, then by its words and its heading."""
    folded = fold(quote)
    main = group.openings[group.main]
    clause = group.clauses[group.main]
    whole = fold(quote[clause.span.start - group.own.start : clause.span.end - group.own.start])
    body, start = whole[main.at :], whole[main.head :]
    manner = whole[main.head : main.at]
    if _SANCTION.search(folded) or _DUTY.search(whole):
        return "requirement"
    if group.metrics:
        metric = group.metrics[0]
        standing = metric.unit in _DOSES and metric.comparator in (">=", "<=") and not _DATED.search(folded)
        return "requirement" if standing else "target"
    if _AT_ONCE.search(whole):
        return "requirement"
    if re.match(r"要?(?:始终)?保持.{0,24}(?:高压|严打)", start):
        return "requirement"
    if (
        any(_REACHES.match(words) for words in (body, start))
        or _REACHES.match(manner + body)
        or _REACHED.search(whole)
    ):
        return "target"
    if re.search(r"(?:圆满|高质量|高标准|如期|全面)", manner) and re.match(r"完成.{0,20}(?:任务|目标)", body):
        return "target"
    if _STRICT.search(folded):
        return "requirement"
    prepared = fold(quote[: clause.span.start - group.own.start])
    if (
        _CONDUCT_VERB.match(body)
        or _CONDUCT_VERB.match(start)
        or (main.modal and _CONDUCT_VERB.search(whole))
    ):
        return "task" if _OBJECT.search(whole) and not main.modal else "requirement"
    if _OBJECT.search(whole):
        return "task"
    words = len(grammar.REQUIREMENT.findall(folded))
    if words and (_CONDUCT_VERB.search(prepared) and main.modal):
        return "requirement"
    conduct = any(_CONDUCT_HEADING.search(heading) for heading in path[-2:])
    if words and (conduct or words > 1) and main.verb not in ("开展", "推进", "建立", "完善", "健全", "制定"):
        return "requirement"
    if any(_CONDUCT_PART.search(heading) for heading in path) and (main.modal or main.verb not in _WORK):
        return "requirement"
    return "task"
