"""A small library of our own: two bureaus that do not exist, two years, a speech or a plan each, and a task table."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.passages import RULES
from ingest.pipeline import build

QINGLAN_2023 = """青澜市市场监督管理局2023年工作要点
一、主要目标
食品抽检合格率不低于97%，全年完成食品抽检5200批次。新增注册商标1800件，高价值发明专利达到260件。
二、重点任务
（一）守牢食品安全底线
由食品科牵头，各县区局配合，6月底前完成校园食堂排查。推行“三查三改”工作法。
（二）管好特种设备
电梯维保单位检查覆盖率达到100%，气瓶充装单位每季度检查一次。老旧电梯更新改造由特设科负责，11月底前完成。
（三）建设放心消费城市
年内建成放心消费示范街12条。对投诉举报较多的商户限期整改。
三、工作要求
重点抓好三个方面：一是压实责任，局领导包片联系。二是严格时限，每月25日前报送进展。三是强化督查，对进度滞后的通报批评。
"""
QINGLAN_2024 = """在青澜市市场监督管理局2024年工作会议上的讲话
同志们：
今天召开2024年全市市场监管工作会议，我讲三点意见。
一、2023年工作回顾
2023年，食品抽检合格率达到97.6%，完成食品抽检5310批次。建成放心消费示范街9条，没有达到年初目标。查办侵权假冒案件XX件，罚没款*万元。
存在的主要问题是：基层执法力量不足，监管手段单一，部分企业主体责任落实不到位。
二、2024年重点工作
（一）优化营商环境
开办企业时间压缩到0.5个工作日。实施“四减”改革，即减环节、减材料、减时限、减费用。
（二）强化质量支撑
今年要在全市建设一批“质量门诊”。简单讲，就是组织专家到企业现场查找质量问题、开出整改方案。新培育市长质量奖企业5家。
（三）守住安全底线
食品抽检合格率稳定在98%以上。药品抽检合格率达到XX%以上。深化“五心服务”品牌建设。
三、抓好落实的要求
要做到以下几点：
第一，领导带头抓。班子成员每月至少下沉一次。
第二，上下联动抓。市局县局一盘棋。
第三，典型引路抓。每季度通报一批典型案例。
"""
SONGZE_2023 = """在松泽县市场监督管理局2023年工作会议上的讲话
同志们：
2023年全县市场监管工作的总体目标是：个体工商户总量达到3.2万户，食品抽检合格率不低于96.5%，消费投诉按期办结率达到99%。
一、加强队伍建设
深入开展“三提”行动，提素质、提效能、提形象。全年组织业务培训8期。
二、加强重点监管
农贸市场快检室由松泽县局食品股牵头建设，9月底前建成4个。药品零售企业检查覆盖率100%。
三、加强服务
办好知识产权质押融资对接会，力争质押融资额达到6000万元。
"""
SONGZE_2024 = """松泽县市场监督管理局2024年工作要点
一、目标任务
食品抽检合格率不低于97.2%。个体工商户总量突破3.5万户。
二、重点工作
1.开展“百日攻坚”行动，3月至6月集中整治过度包装。由执法大队牵头，各市场监管所配合。
2.推进“一码通查”系统上线，10月底前接入县级平台。
3.组织计量惠民活动，免费检定血压计2000台。
三、保障措施
加强经费保障，争取专项资金150万元。
"""
TASKS_2024 = (
    ("序号", "任务内容", "量化指标", "牵头单位", "完成时限", "进展情况"),
    ("1", "建成外卖食安封签示范店", "60家", "餐饮科", "2024年8月底", "已建成41家"),
    ("2", "开展加油机计量专项检查", "覆盖率100%", "计量科", "2024年5月底", "已完成"),
    ("3", "修订行政处罚裁量基准", "1项", "法规科", "2024年12月底", "正在征求意见"),
)


def table() -> bytes:
    """The task table as a workbook."""
    book = Workbook()
    for row in TASKS_2024:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


DOCUMENTS: Mapping[str, bytes] = {
    "青澜市局2023年工作要点.txt": QINGLAN_2023.encode(),
    "青澜市局2024年会议讲话.txt": QINGLAN_2024.encode(),
    "松泽县局2023年会议讲话.txt": SONGZE_2023.encode("gb18030"),
    "松泽县局2024年工作要点.txt": SONGZE_2024.encode(),
    "青澜市局2024年督查台账.xlsx": table(),
}


def stored(home: Path, documents: Mapping[str, bytes] = DOCUMENTS) -> Library:
    """A library at `home`, open for writing, that holds `documents` (file name → bytes)."""
    library = Library.open(LibrarySettings(home), write=True)
    library.put_many((*build(name, data), RULES) for name, data in documents.items())
    return library
