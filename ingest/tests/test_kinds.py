"""Targets, tasks and requirements: one sentence each, as a plan would say it."""

from __future__ import annotations

import pytest

from corpus.document import Span
from ingest.grouping import grouped
from ingest.kinds import kind_of
from ingest.prose import sentences


def kinds(text: str, heading: str = "") -> list[str]:
    """The kinds of the rows in `text`, which stands under `heading` in a plan."""
    return [
        kind_of(text[group.own.start : group.own.end], group, (heading,) if heading else ())
        for sentence in sentences(text, Span(0, len(text)))
        for group in grouped(text, sentence, "plan", False)
    ]


TASKS = [
    "开展冷链食品专项整治",
    "制定电梯更新改造方案",
    "建立投诉举报分析制度",
    "召开质量工作推进会",
    "组织开展计量惠民活动",
    "推进检验检测机构整合",
    "健全信用修复机制",
    "要抓好年报公示工作",
    "编制检测能力提升清单",
    "启动示范街区创建",
    "落实抽检不合格产品处置",
    "举办质量月宣传活动",
    "修订应急预案",
    "成立攻坚专班",
    "完善网络交易监测平台",
    "推动小作坊集中入园",
    "加大虚假广告查处力度",
    "开展“双随机、一公开”检查",
    "对辖区加油机逐一检定",
    "严厉打击假冒侵权行为",
    "把电动自行车整治作为重点",
    "梳理无证无照经营台账",
    "加快推进智慧监管平台建设",
    "要认真开展自查自纠",
    "要推进网络订餐治理",
    "约谈平台负责人",
    "加强抽检结果运用",
    "要加快推进信用分类",
]
TARGETS = [
    "抽检合格率达到98%以上",
    "新增个体工商户5000户",
    "力争创成国家级示范区",
    "确保不发生系统性安全事故",
    "努力实现投诉量下降",
    "实现许可事项全程网办",
    "争取进入全市第一方阵",
    "全面完成年度目标任务",
    "圆满完成全年各项工作任务",
    "坚决守住不发生区域性风险的底线",
    "推动质量工作上新台阶",
    "遏制重特大事故发生",
    "确保隐患整改清零",
    "营造公平竞争的市场环境",
    "形成齐抓共管的良好局面",
    "确保药品安全形势保持稳定态势",
    "质量考核进入全省前5名",
    "企业年报率不低于95%",
    "年内实现特种设备检验全覆盖",
    "平均办理时间压缩至1个工作日以内",
    "力争达到全省先进水平",
    "确保全年无重大舆情",
    "确保检测中心如期建成",
    "保持投诉办结率全市前列",
]
REQUIREMENTS = [
    "要坚持人民至上",
    "必须严格遵守廉洁纪律",
    "严禁吃拿卡要",
    "不得擅自增设检查事项",
    "要牢固树立底线思维",
    "要始终保持对违法行为的高压态势",
    "领导干部要带头转变作风",
    "要高度重视信访工作",
    "一律依法从严处理",
    "决不能有丝毫松懈",
    "要牢记职责使命",
    "要弘扬求真务实精神",
    "要敢于担当、勇于负责",
    "严守保密规定",
    "要把廉洁要求贯穿始终",
    "要充分认识形势的严峻性",
    "要注重工作方法",
    "切不可麻痹大意",
    "倡导勤俭节约",
    "力戒形式主义",
    "要珍惜来之不易的荣誉",
    "务必抓早抓小",
    "不能以罚代管",
    "不要推诿扯皮",
    "坚决反对弄虚作假",
]


@pytest.mark.parametrize("sentence", TASKS)
def test_tasks(sentence: str) -> None:
    assert kinds(sentence) == ["task"]


@pytest.mark.parametrize("sentence", TARGETS)
def test_targets(sentence: str) -> None:
    assert kinds(sentence) == ["target"]


@pytest.mark.parametrize("sentence", REQUIREMENTS)
def test_requirements(sentence: str) -> None:
    assert kinds(sentence) == ["requirement"]


def test_the_table_is_as_large_as_it_is_meant_to_be() -> None:
    assert len(TASKS) + len(TARGETS) + len(REQUIREMENTS) >= 60


@pytest.mark.parametrize(
    ("sentence", "heading", "kind"),
    [
        ("要加强学习", "三、加强作风建设", "requirement"),
        ("要加强学习", "三、推进质量提升", "task"),
        ("要深入基层察实情", "四、转变工作作风", "requirement"),
        ("加强纪律教育", "三、从严治党", "requirement"),
        ("开展廉洁家访活动", "三、加强作风建设", "task"),
        ("抽检合格率达到98%", "三、加强作风建设", "target"),
    ],
)
def test_headings_of_conduct(sentence: str, heading: str, kind: str) -> None:
    """Under 作风 and 纪律 an act is conduct, unless it is work with a name of its own or a figure."""
    assert kinds(sentence, heading) == [kind]


def test_one_sentence_may_hold_all_three() -> None:
    text = "要开展校园食堂专项整治，严禁使用过期原料，力争群众满意度达到90%以上。"
    assert kinds(text) == ["task", "requirement", "target"]
