"""Commitments of whole documents. A golden ledger shows each row as
kind | what | owner(scope) + cooperating units | said -> due, or a report's [period] | metric | quote.
"""

from __future__ import annotations

import time
from itertools import pairwise

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written import document, line, lines

from corpus.commitment import LONGEST_WHAT, Commitment
from corpus.document import Block, Document, Kind, Span
from ingest.building import build
from ingest.commitments import extract

SPEECH = """\
在全县市场监管工作会议上的讲话
（2024年2月26日）

同志们：
　　下面，我讲三点意见。
　　一、2023年工作回顾
　　过去一年，全县新登记经营主体3100户。完成食品抽检1860批次，抽检合格率达到98.4%。
　　同时也要看到，基层力量薄弱、部分企业主体责任落实不到位等问题仍然存在。
　　二、2024年重点任务
　　各科室、各市场监管所要对照目标抓落实。
　　（一）守牢安全底线。深入开展校园食堂专项整治，6月底前完成全部检查。年内食品抽检合格率稳定在98%以上，力争电梯投诉办结率达到XX%。
　　（二）优化营商环境。登记注册科要推行“一窗通办、一网通管，一次办好”，将开办时间压缩至1个工作日以内；信用监管科要每季度通报一次公示情况。
　　（三）强化质量支撑。一是培育质量标杆，新增县级质量奖企业3家。二是推动检测中心建设，确保四季度建成投用。
　　三、切实加强作风建设
　　要牢固树立过紧日子思想，严禁铺张浪费。各级领导干部要带头走访企业、解决难题。
　　同志们，让我们携手努力，谱写新篇章。
"""
PLAN = """\
青禾市质量强市2024年工作要点

　　一、总体目标
　　制造业产品质量合格率达到95%以上；主要质量指标进入全省前6名。
　　二、重点任务
　　1.制定质量提升三年行动方案，组织产业质量状况调查，5月底前形成调查报告。（市质强办牵头，市工信局配合）
　　2.开展计量惠企活动，全年服务企业不少于300家。牵头单位：计量科；配合单位：标准化科、检验检测中心
　　3.健全缺陷产品召回制度，督促生产企业落实召回义务，每半年通报一次召回情况。责任单位：质量监督科
　　4.由特种设备科负责修订电梯应急预案，报市政府批准后实施。
"""
TALK = """\
在区局局务会上的发言
（2023年10月12日）

　　今天我简单说几句。大家前段很辛苦，这里道声感谢。
　　年底前还有两项硬任务。老旧电梯评估，11月底前必须全部做完，特设科要盯住不放。
　　办公室要早谋划明年的计划。什么叫主要矛盾？安全就是主要矛盾。
　　希望各所同志把群众的事放在心上，接到投诉要及时处理，不要推诿扯皮。
"""
ROWS = (
    ("工作任务", "目标值", "责任单位", "配合单位", "完成时限", "进展情况"),
    ("小餐饮提升", "改造60家", "白鹭所", "城管办、商会", "9月底前", "完成率达到68%"),
    ("集贸市场检定", "检定率100%", "计量科", "", "每半年", ""),
    ("网络订餐治理", "XX件次", "网监科", "", "年底前", ""),
)
LEDGER = making.word(
    making.p("白鹭镇2024年市场监管重点任务台账") + making.table(*[making.cells(*row) for row in ROWS])
)

GOLDEN = {
    "云溪县市场监管局2024年工作会议讲话.txt": (
        SPEECH,
        """\
report | 全县新登记经营主体3100户 | - | [2023-01-01..2023-12-31] | 经营主体 = 3100 户 | 全县新登记经营主体3100户
report | 完成食品抽检1860批次 | - | [2023-01-01..2023-12-31] | 食品抽检 = 1860 批次 | 完成食品抽检1860批次
report | 抽检合格率达到98.4% | - | [2023-01-01..2023-12-31] | 抽检合格率 = 98.4 % | 抽检合格率达到98.4%
requirement | 对照目标抓落实 | 各科室、各市场监管所(explicit) | - | - | 各科室、各市场监管所要对照目标抓落实
task | 开展校园食堂专项整治 | 各科室、各市场监管所(explicit) | - | - | 深入开展校园食堂专项整治
task | 完成全部检查 | 各科室、各市场监管所(explicit) | 6月底前 -> 2024-06-30 | - | 6月底前完成全部检查
target | 食品抽检合格率稳定在98%以上 | 各科室、各市场监管所(explicit) | 年内 -> 2024-12-31 | 食品抽检合格率 >= 98 % | 年内食品抽检合格率稳定在98%以上
target | 力争电梯投诉办结率达到XX% | 各科室、各市场监管所(explicit) | 年内 -> 2024-12-31 | 电梯投诉办结率 = ? % | 力争电梯投诉办结率达到XX%
task | 推行“一窗通办、一网通管，一次办好” | 登记注册科(explicit) | - | - | 登记注册科要推行“一窗通办、一网通管，一次办好”
target | 开办时间压缩至1个工作日以内 | 登记注册科(explicit) | - | 开办时间 <= 1 个工作日 | 将开办时间压缩至1个工作日以内
task | 通报一次公示情况 | 信用监管科(explicit) | 每季度 -> quarterly | - | 信用监管科要每季度通报一次公示情况
task | 培育质量标杆 | 各科室、各市场监管所(explicit) | - | - | 一是培育质量标杆
target | 新增县级质量奖企业3家 | 各科室、各市场监管所(explicit) | - | 县级质量奖企业新增 increase 3 家 | 新增县级质量奖企业3家
task | 推动检测中心建设，确保四季度建成投用 | 各科室、各市场监管所(explicit) | 四季度 -> 2024-12-31 | - | 二是推动检测中心建设，确保四季度建成投用
requirement | 树立过紧日子思想 | - | - | - | 要牢固树立过紧日子思想
requirement | 严禁铺张浪费 | - | - | - | 严禁铺张浪费
requirement | 走访企业、解决难题 | 各级领导干部(explicit) | - | - | 各级领导干部要带头走访企业、解决难题
""",
    ),
    "青禾市质量强市2024年工作要点.txt": (
        PLAN,
        """\
target | 制造业产品质量合格率达到95%以上 | - | - | 制造业产品质量合格率 >= 95 % | 制造业产品质量合格率达到95%以上
target | 主要质量指标进入全省前6名 | - | - | 主要质量指标 top 6 名 | 主要质量指标进入全省前6名
task | 制定质量提升三年行动方案 | 市质强办(explicit) + 市工信局 | - | - | 1.制定质量提升三年行动方案
task | 组织产业质量状况调查 | 市质强办(explicit) + 市工信局 | - | - | 组织产业质量状况调查
task | 形成调查报告 | 市质强办(explicit) + 市工信局 | 5月底前 -> 2024-05-31 | - | 5月底前形成调查报告
task | 开展计量惠企活动 | 计量科(explicit) + 标准化科、检验检测中心 | - | - | 2.开展计量惠企活动
target | 服务企业不少于300家 | 计量科(explicit) + 标准化科、检验检测中心 | 全年 -> 2024-12-31 | 企业 >= 300 家 | 全年服务企业不少于300家
task | 健全缺陷产品召回制度 | 质量监督科(explicit) | - | - | 3.健全缺陷产品召回制度
task | 督促生产企业落实召回义务 | 质量监督科(explicit) | - | - | 督促生产企业落实召回义务
task | 通报一次召回情况 | 质量监督科(explicit) | 每半年 -> semiannual | - | 每半年通报一次召回情况
task | 负责修订电梯应急预案，报市政府批准后实施 | 特种设备科(explicit) | - | - | 4.由特种设备科负责修订电梯应急预案，报市政府批准后实施
""",
    ),
    "栖霞湾区局务会发言.txt": (
        TALK,
        """\
requirement | 必须全部做完 | - | 11月底前 -> 2023-11-30 | - | 11月底前必须全部做完
task | 特设科要盯住不放 | 特设科(explicit) | - | - | 特设科要盯住不放
task | 早谋划明年的计划 | 办公室(explicit) | 明年 -> 2024-12-31 | - | 办公室要早谋划明年的计划
task | 接到投诉要及时处理 | 各所同志(explicit) | 及时 -> ? | - | 接到投诉要及时处理
requirement | 不要推诿扯皮 | 各所同志(explicit) | - | - | 不要推诿扯皮
""",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_ledgers(name: str) -> None:
    text, expected = GOLDEN[name]
    assert lines(name, text) == expected.splitlines()


def test_a_golden_table() -> None:
    told, _ = build("白鹭镇2024年重点任务台账.docx", LEDGER)
    assert [line(row).rpartition(" | ")[0] for row in extract(told)] == [
        "target | 小餐饮提升：改造60家 | 白鹭所(explicit) + 城管办、商会 | 9月底前 -> 2024-09-30 | 小餐饮提升 = 60 家",
        "report | 小餐饮提升 | 白鹭所(explicit) + 城管办、商会 | - | 完成率 = 68 %",
        "target | 集贸市场检定：检定率100% | 计量科(explicit) | 每半年 -> semiannual | 检定率 = 100 %",
        "target | 网络订餐治理：XX件次 | 网监科(explicit) | 年底前 -> 2024-12-31 | 网络订餐治理 = ? 件次",
    ]


def test_brackets_that_say_who_leads_are_no_row() -> None:
    (row,) = extract(document("二、重点任务\n1.制定摸底方案。（甲科牵头，乙科配合）\n", kind="plan"))
    assert row.owner is not None
    assert (row.owner.name, row.owner.cooperating) == ("甲科", ("乙科",))


def test_a_masked_figure_is_no_number() -> None:
    (row,) = [row for row in extract(document("力争办结率达到XX%。")) if row.metric]
    assert row.metric is not None
    assert (row.metric.masked, row.metric.value, row.metric.number) == (True, None, None)


def test_a_review_gives_only_reports() -> None:
    """But an obligation in one is a promise, whoever speaks."""
    review = "一、2023年工作回顾\n登记主体三千户，增长5%。开展整治两轮。完善制度九项。\n二、下一步工作\n要抓整改。\n"
    rows = extract(document(review))
    end = review.index("二、")
    assert {row.kind for row in rows if row.span.start < end} == {"report"}
    assert {row.kind for row in rows if row.span.start > end} <= {"task", "requirement"}


@pytest.mark.parametrize(
    "problems",
    ["执法力量薄弱，装备老化。", "部分商户责任心不强，台账不全。", "基层人员不足、经费紧张。"],
)
def test_problems_promise_nothing(problems: str) -> None:
    assert extract(document(f"一、存在的问题\n{problems}\n二、其他\n另行通知。\n")) == ()


def identities(text: str) -> dict[str, str]:
    return {row.identity: row.quote for row in extract(document(text))}


@pytest.mark.parametrize("before", ["", "三、其他要求\n要加强值班值守。\n", "前言。\n"])
@pytest.mark.parametrize("after", ["", "九、附则\n要做好保密工作。\n"])
def test_an_identity_outlives_edits_elsewhere(before: str, after: str) -> None:
    kept = "四、监管任务\n要开展冷库排查，8月底前完成整改验收。\n五、服务任务\n要新增帮办窗口12个。\n"
    assert identities(kept).items() <= identities(f"{before}{kept}{after}").items()


def test_the_same_sentence_twice_has_two_identities() -> None:
    rows = extract(document("要开展冷库排查。\n要开展冷库排查。\n"))
    assert len({row.identity for row in rows}) == len(rows) == 2


PARTS = st.sampled_from(
    [
        "各科室要", "同时，", "一是", "（一）", "一、", "2023年工作回顾", "\n", "。", "，", "；", "：", "“", "”", "（", "）", "《",
        "6月底前", "每季度", "同比增长5%", "达到XX%", "前6名", "牵头单位：甲科", "（甲科牵头，乙科配合）", "由质量科负责",
        "开展检查", "确保全覆盖", "不得", "了", "希望大家", "市场监管部门作为主管部门", "其中", "又要", "在", "方面", "\t", "同志们",
        "营造氛围", "完成", "12", ".", "１", "\ud800", "🙂", "\r\n",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=120)
KINDS: st.SearchStrategy[Kind | None] = st.sampled_from(["speech", "plan", "report", "ledger", "other", None])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any text under any layout of blocks."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    blocks = []
    for start, end in pairwise(cuts):
        kind = draw(st.sampled_from(["heading", "paragraph", "row", None]))
        if kind:
            blocks.append(Block(kind, Span(start, end), draw(st.integers(1, 3)) if kind == "heading" else 0))
    return document(text, kind=draw(KINDS), year=draw(st.none() | st.integers(1990, 2060)), blocks=blocks)


@given(documents())
@settings(max_examples=300, deadline=None)
def test_laws(told: Document) -> None:
    """Any document is read; quotes are verbatim, rows in order, identities unique, reports without a deadline."""
    rows = extract(told)
    assert [row.span for row in rows] == sorted(row.span for row in rows)
    assert len({row.identity for row in rows}) == len(rows)
    for row in rows:
        _check(told, row)
    assert extract(told) == rows


def _check(told: Document, row: Commitment) -> None:
    assert 0 <= row.span.start < row.span.end <= len(told.text)
    assert row.quote == told.text[row.span.start : row.span.end]
    assert 0 < len(row.what) <= LONGEST_WHAT
    assert row.kind != "report" or row.deadline is None
    assert row.kind == "report" or row.period is None
    assert row.owner is None or (row.owner.name and all(row.owner.cooperating))


UNITS = [
    "要，", "（", "“", "一是", "1", "XX", "A", "…", "牵头单位：", "甲科牵头，", "由局", "各县局", "年底前", "增长1%，", "行动，",
    "一是要抓。", "一、抓\n", "希望同志", "作为", "、和", "要", "的", " ",
]  # fmt: skip


def seconds(text: str) -> float:
    told = document(text)
    began = time.process_time()
    extract(told)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    """Sixteen times would be quadratic; the allowance is for a busy machine."""
    short = unit * (2000 // len(unit))
    first = min(seconds(short) for _ in range(2))
    assert min(seconds(short * 4) for _ in range(3)) < 9 * first + 0.3


@pytest.mark.slow
@pytest.mark.parametrize("unit", [SPEECH, PLAN, "要，", "（", "一是", "1", "XX", "A", "牵头单位："])
def test_a_long_text_takes_seconds(unit: str) -> None:
    assert seconds((unit * (200_000 // len(unit) + 1))[:200_000]) < 30
