"""A scheme with numbered actions and sentences that say alike, and a county's plan: of bureaus that do not exist."""

from __future__ import annotations

from collections.abc import Mapping

SCHEME = """白屿市市场监督管理局2025年质量提升方案
一、总体要求
坚持问题导向，补齐短板，压实责任。
二、重点行动
今年组织实施五大行动。
（一）校园食堂清源行动
对学校食堂开展全覆盖检查，推行食材公开招标。
（二）电梯安心行动
老旧电梯安全评估做到应评尽评，加装物联网装置300台。
（三）计量惠民行动
免费检定血压计2000台，农贸市场电子秤逐台贴码。
（四）商标培育行动
指导企业申请地理标志商标12件。
（五）信用修复行动
失信企业信用修复一次告知、两日办结。
三、工作作风
干部思想上要“立得稳”，学习上要“钻得深”，下沉时要“坐得住”，遇事要“担得起”。一要向书本学，二要向群众学，三要向实践学，四要向先进学。
专项检查要与日常监管结合起来，与信用惩戒结合起来，与宣传引导结合起来。
四、组织实施
建设农贸市场快检室20间，确保群众吃得放心。
主办单位：食品科、财务科。
"""
COUNTY = """临汐县市场监督管理局2025年工作要点
一、目标任务
食品抽检合格率不低于98%，推行“一店一码”。
二、保障措施
抓好三个方面：一是加强领导。二是保障经费。三是严格考核。
"""
SCHEME_NAME, COUNTY_NAME = "白屿市局2025年质量提升方案.txt", "临汐县局2025年工作要点.txt"
DOCUMENTS: Mapping[str, bytes] = {SCHEME_NAME: SCHEME.encode(), COUNTY_NAME: COUNTY.encode()}
