import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.commitment import Metric
from corpus.document import Span
from ingest.elided import leaves_out, named_after
from ingest.indicators import LONGEST_NAME
from ingest.metrics import metrics
from ingest.numerals import figures


def shown(metric: Metric) -> str:
    """name comparator value unit, with ~upper for a range and ? where masked."""
    value = "?" if metric.masked else metric.value or "-"
    value += f"~{metric.upper}" if metric.upper else ""
    return f"{metric.name} {metric.comparator} {value} {metric.unit or '-'}"


# text of a promise, its metrics, the trap's name
PROMISES = [
    ("确保抽检合格率稳定在98％以上", ["抽检合格率 >= 98 ％"], "以上"),
    ("力争群众满意度达到85%", ["群众满意度 = 85 %"], "达到"),
    ("满意度达85%以上", ["满意度 >= 85 %"], "达 … 以上"),
    ("投诉按时办结率不低于95%", ["投诉按时办结率 >= 95 %"], "不低于"),
    ("培训时长不少于40学时", ["培训时长 >= 40 学时"], "不少于"),
    ("高新技术企业突破300家", ["高新技术企业 >= 300 家"], "突破"),
    ("技术合同成交额超20亿元", ["技术合同成交额 >= 20 亿元"], "超"),
    ("居民消费价格涨幅控制在3%以内", ["居民消费价格涨幅 <= 3 %"], "以内"),
    ("城镇登记失业率不超过4.5%", ["城镇登记失业率 <= 4.5 %"], "不超过"),
    ("差错率低于1%", ["差错率 <= 1 %"], "低于"),
    ("不合格率不高于2%", ["不合格率 <= 2 %"], "不高于"),
    ("居民消费价格涨幅2％左右", ["居民消费价格涨幅 about 2 ％"], "左右"),
    ("粮食产量约300万吨", ["粮食产量 about 300 万吨"], "约"),
    ("赤字率拟按4%左右安排", ["赤字率 about 4 %"], "拟按 … 安排"),
    ("地区生产总值增长5%至6%", ["地区生产总值增长 range 5~6 %"], "range"),
    ("每县打造1-2个示范点", ["示范点 range 1~2 个"], "range of a count"),
    ("国内生产总值增长5％左右", ["国内生产总值增长 about 5 ％"], "growth stays in the name"),
    ("单位能耗降低3%左右", ["单位能耗降低 about 3 %"], "fall stays in the name"),
    ("民间投资增长8%", ["民间投资增长 increase 8 %"], "growth without a bound"),
    ("用水总量下降4%", ["用水总量下降 decrease 4 %"], "fall without a bound"),
    ("优良天数比率提高2个百分点", ["优良天数比率提高 increase 2 个百分点"], "points"),
    ("优良天数比率提高到90%", ["优良天数比率 = 90 %"], "提高到 is a level"),
    ("污水处理率由90%提高到95%以上", ["污水处理率 >= 95 %"], "the starting value is no metric"),
    ("申请材料从12件减少到5件", ["申请材料 = 5 件"], "从 … 减少到"),
    ("企业产值翻一番", ["企业产值 increase 翻一番 -"], "doubling"),
    ("质量考核进入全省前6名", ["质量考核 top 6 名"], "rank: the number is the value"),
    ("信用监管工作位列全市第5名", ["信用监管工作 = 5 名"], "rank with 第"),
    ("综合考核居全省第2，", ["综合考核 = 第2 -"], "rank without 名"),
    ("食品安全评议进入A等级（全省前6名）", ["食品安全评议 top 6 名"], "rank in brackets"),
    ("食品抽检合格率位居全省前列", ["食品抽检合格率 top 前列 -"], "前列"),
    ("质量工作走在全省前列", [], "走在前列 is no metric"),
    (
        "满意度达到100％，全省位列前5名",
        ["满意度 = 100 ％", "满意度排名 top 5 名"],
        "rank of the indicator before",
    ),
    ("实现专利导航全覆盖", ["专利导航 cover 全覆盖 -"], "全覆盖"),
    ("对重点产业实现专利导航全覆盖", ["专利导航 cover 全覆盖 -"], "object before 实现"),
    ("隐患排查全面覆盖", ["隐患排查 cover 全面覆盖 -"], "全面覆盖"),
    ("撤回率要达到100%", ["撤回率 = 100 %"], "100% reached"),
    (
        "实现甲类告知率、乙类申报率，丙类录入率、丁类检验率四个100％",
        ["甲类告知率 = 100 ％", "乙类申报率 = 100 ％", "丙类录入率 = 100 ％", "丁类检验率 = 100 ％"],
        "四个100％ of four indicators",
    ),
    ("争取登记事项零扣分", ["登记事项扣分 = 零 分"], "零扣分"),
    ("确保安全生产零事故", ["安全生产事故 = 零 -"], "零事故"),
    ("市场主体总量达到XX万户", ["市场主体总量 = ? 万户"], "masked"),
    ("营商环境评价进入全省前X名", ["营商环境评价 top ? 名"], "masked rank"),
    (
        "发明专利拥有量达到XX件，增幅XX％以上",
        ["发明专利拥有量 = ? 件", "发明专利拥有量增幅 >= ? ％"],
        "增幅 of the one before",
    ),
    ("按照不低于XX％比例开展收费检查", ["收费检查 >= ? ％"], "share before the act"),
    ("确保X个检测中心年内建成", ["检测中心 = ? 个"], "masked count before its noun"),
    ("完成XX项以上由我市主导的国家标准", ["国家标准 >= ? 项"], "noun behind an attribute"),
    ("新增市场主体2万户", ["市场主体新增 increase 2 万户"], "新增 before the noun"),
    ("新增2万户市场主体", ["市场主体新增 increase 2 万户"], "新增 before the count"),
    ("城镇新增就业1200万人以上", ["城镇新增就业 >= 1200 万人"], "新增 inside the name"),
    ("培育名优企业30家", ["名优企业 = 30 家"], "noun before the count"),
    ("培育30家名优企业", ["名优企业 = 30 家"], "noun behind the count"),
    ("新建口袋公园100个、改造老旧小区235个", ["口袋公园 = 100 个", "老旧小区 = 235 个"], "two acts"),
    ("新建和改造高标准农田300万亩", ["高标准农田 = 300 万亩"], "two verbs, one object"),
    ("安排专项债券3000亿元支持以旧换新", ["专项债券 = 3000 亿元"], "verb behind the amount"),
    ("完成1200户规模以上企业改造", ["规模以上企业改造 = 1200 户"], "规模以上 is no bound"),
    ("培育50亿元以上企业10家", ["50亿元以上企业 = 10 家"], "threshold inside the name"),
    ("处以5万元以下罚款", [], "threshold of a fine"),
    ("助力全市11条重点产业链发展", ["重点产业链 cover 11 条"], "a set that exists"),
    ("抓好11个国家级、10个省级试点项目", ["国家级试点项目 = 11 个", "省级试点项目 = 10 个"], "shared noun"),
    ("90%以上的政务服务网上可办", ["政务服务网上可办 >= 90 %"], "share before the noun"),
    ("一律按不低于5%的幅度压减一般性支出", ["一般性支出 >= 5 %"], "幅度"),
    ("办结时限压缩至1个工作日以内", ["办结时限 <= 1 个工作日"], "time limit"),
    ("每年至少开展4次演练", ["演练 >= 4 次"], "times a year"),
    ("每村至少建一家驿站", ["驿站 >= 一 家"], "at least one"),
    ("每万人口发明专利拥有量达到12件", ["每万人口发明专利拥有量 = 12 件"], "每万人口 is no figure"),
    ("每10万人口床位数达到60张，", ["每10万人口床位数 = 60 张"], "每10万人口 belongs to the name"),
    ("增长7%以上、力争达到8%", ["增长 >= 7 %", "增长 = 8 %"], "floor and hope, no name"),
    ("生产总值增长7%以上、力争达到8%", ["生产总值增长 >= 7 %", "生产总值增长 = 8 %"], "floor and hope"),
    (
        "居民消费价格涨幅、城镇调查失业率分别控制在3%和5%以内",
        ["居民消费价格涨幅 <= 3 %", "城镇调查失业率 <= 5 %"],
        "分别, the bound is shared",
    ),
    (
        "城乡居民人均可支配收入分别增长6%和7%",
        ["城镇居民人均可支配收入增长 increase 6 %", "农村居民人均可支配收入增长 increase 7 %"],
        "城乡 are two",
    ),
    (
        "甲企业、乙企业、丙企业分别增至80家、60家、30家",
        ["甲企业 = 80 家", "乙企业 = 60 家", "丙企业 = 30 家"],
        "three of 分别",
    ),
    ("设置率、送检率均达到100%", ["设置率 = 100 %", "送检率 = 100 %"], "均"),
    (
        "赤字规模5.6万亿元、比上年增加1.6万亿元",
        ["赤字规模 = 5.6 万亿元", "赤字规模增加 increase 1.6 万亿元"],
        "比上年",
    ),
    ("争取更多本地产品获评“示范名品”", ["获评“示范名品”的本地产品数 increase 更多 -"], "更多"),
    ("打造更多地方标准", ["地方标准 increase 更多 -"], "更多 of what is counted"),
    ("让更多群众受益", [], "更多 without a count"),
    ("确保平台应用率排名提升", ["平台应用率排名 increase 排名提升 -"], "排名提升"),
    (
        "确保平台应用率及“日查、周报”覆盖率排名提升",
        ["平台应用率排名 increase 排名提升 -", "“日查、周报”覆盖率排名 increase 排名提升 -"],
        "two ranked indicators, 、 in quotes",
    ),
    ("提升服务水平", [], "提升 of what is not counted"),
    ("提高监管能力", [], "提高 without a figure"),
    ("完成80万平方米建筑改造", ["建筑改造 = 80 万平方米"], "建筑 is no verb"),
    ("消除监测对象风险300人", ["消除监测对象风险 = 300 人"], "对象 is no preposition"),
    ("建立三张清单", [], "a set of lists"),
    ("开展六项整治", [], "a set of campaigns"),
    ("增强四个意识", [], "slogan"),
    ("聚焦三个关键", [], "focus"),
    ("聚焦6项指标完善制度", [], "a set of indicators"),
    ("从5个方面发力", [], "方面"),
    ("发展六大绿色产业", [], "六大"),
    ("推进十大攻坚行动", [], "十大"),
    ("推进三年行动", [], "span of years"),
    ("加强对“名优”四类个体户的培养", [], "a class"),
    ("在已有X个中心的基础上再争取", [], "what exists already"),
    ("分值较高（0.2分），要重视", [], "aside"),
    ("10个工作日内反馈意见", [], "a deadline, no metric"),
    ("开通24小时热线", [], "a name"),
    ("到2025年底，实现“双百”目标", [], "year"),
    ("加强领导，压实责任", [], "no figure"),
    (
        "“双随机、一公开”监管实现“五项提升、全面覆盖”",
        ["“双随机、一公开”监管 cover 全面覆盖 -"],
        "cover in quotes",
    ),
    (
        "养老机构护理员培训1万人次，覆盖率超过90%",
        ["养老机构护理员培训 = 1 万人次", "覆盖率 >= 90 %"],
        "two clauses",
    ),
    (
        "乡村自来水普及率94%、危房改造率86%左右",
        ["乡村自来水普及率 = 94 %", "危房改造率 about 86 %"],
        "、 divides",
    ),
    (
        "补助标准由每人每年410元提高到450元",
        ["补助标准 = 450 元"],
        "the baseline word does not touch the figure",
    ),
    ("补助标准提高到每人每年450元", ["补助标准 = 450 元"], "每人每年"),
    ("办学经费从2018年的6亿元增加到2022年的9亿元", ["办学经费 = 9 亿元"], "baseline with its year"),
    ("林草面积扩大到3000万亩", ["林草面积 = 3000 万亩"], "扩大到 is a level"),
    ("示范学校增加到80所以上", ["示范学校 >= 80 所"], "增加到 … 以上"),
    ("车站30米内换乘比例提高到85%", ["车站30米内换乘比例 = 85 %"], "figure inside the name"),
    ("20户以上自然村通达率达到98%", ["20户以上自然村通达率 = 98 %"], "threshold inside a rate's name"),
    ("已开工的31个项目要加快建设", [], "what is there already"),
    ("解决“两个1亿人”问题", [], "a named set"),
    ("推进40万吨造纸项目建设", [], "capacity of a project"),
    ("打造300亿新材料产业", [], "size of an industry"),
    ("培育产值超200亿、300亿特色产业集群", [], "sizes of clusters"),
    ("淘汰小机组60万千瓦", ["小机组 = 60 万千瓦"], "an amount that goes"),
    ("形成3万P算力", ["算力 = 3 万P"], "computing power"),
    ("供热成本降到25元/平方米以内", ["供热成本 <= 25 元/平方米"], "a unit per another"),
    (
        "细颗粒物平均浓度为每立方米28微克",
        ["细颗粒物平均浓度 = 28 微克/立方米"],
        "per cubic metre before the figure",
    ),
    (
        "开工建设甲地铸造、乙地数控机床等6个以上装备制造项目",
        ["装备制造项目 >= 6 个"],
        "等N个 of an act of building",
    ),
    ("建成甲县至乙县等9个项目", ["甲县至乙县等项目 = 9 个"], "等N个 without a noun of its own"),
    ("学习借鉴甲地、乙地等9个案例", [], "等N个 of what exists"),
    ("坚持抓两头带中间", [], "figure of speech: 两头"),
    ("坚持两手抓", [], "figure of speech: 两手"),
    ("全市一盘棋谋划", [], "figure of speech: 一盘"),
    ("启动一轮整治", [], "a round"),
    ("把安全生产放在第一位", [], "放在第一位 is no rank"),
    ("省级财政拟投入12亿元", ["省级财政投入 = 12 亿元"], "modal inside the name"),
    ("中央财政将安排资金12亿元", ["中央财政资金 = 12 亿元"], "modal and verb inside the name"),
    ("惠及30万农民", ["农民 = 30 万"], "惠及 and its object"),
    ("惠及30万人", ["惠及人数 = 30 万人"], "惠及 people"),
    ("查漏补缺项目全部完成12个", ["查漏补缺项目 = 12 个"], "全部完成"),
    ("试点扩大到12个省（区、市）", ["试点 = 12 个"], "a place is not the indicator"),
    ("95%的县（市、区）通过验收", ["县 = 95 %"], "brackets of a place"),
    ("基本医保实现全覆盖", ["基本医保 cover 全覆盖 -"], "保 inside a word"),
    ("促进4000万农业转移人口落户", ["农业转移人口 = 4000 万"], "进 inside a word"),
    ("增加值占全市比重达到12%", ["增加值占全市比重 = 12 %"], "share of a whole"),
    (
        "外送电量300亿度、占全省16%",
        ["外送电量 = 300 亿度", "外送电量占全省比重 = 16 %"],
        "占 of the indicator before",
    ),
    (
        "小麦播种面积90万亩、总产40万吨",
        ["小麦播种面积 = 90 万亩", "小麦总产 = 40 万吨"],
        "总产 of the indicator before",
    ),
    ("扣除比例分别从50%、75%提高至100%", ["扣除比例 = 100 %"], "two baselines"),
    ("起征点从2000元提高到3500元", ["起征点 = 3500 元"], "an amount that looks like a year"),
    ("税收比上年预计数增加5亿元", ["税收增加 increase 5 亿元"], "预计数"),
    ("实施营商环境优化60条措施", ["营商环境优化措施 = 60 条"], "a broad noun is told apart"),
    ("新建3个产业园、总数达到9个", ["产业园 = 3 个", "产业园总数 = 9 个"], "总数 of the noun before"),
    (
        "规范义务教育阶段课后服务提质增效专项工作经费最低保障标准达到90元",
        ["规范义务教育阶段课后服务提质增效专项工作经费最低保障标准 = 90 元"],
        "long names are not cut inside a word",
    ),
]
REPORTS = [
    ("抽检合格率达到98.6％", ["抽检合格率 = 98.6 ％"], "level"),
    ("一般公共预算收入同比增长5％", ["一般公共预算收入增长 = 5 ％"], "growth is a value here"),
    ("完成食品抽检3200批次", ["食品抽检 = 3200 批次"], "count"),
    ("立案查处案件XX件", ["案件 = ? 件"], "masked count"),
    ("惠及市场主体100余家", ["市场主体 >= 100 家"], "余"),
    ("召开5个专题座谈会", ["专题座谈会 = 5 个"], "a count that a promise would not hold"),
    ("市场主体达100万户、增长8%", ["市场主体 = 100 万户", "市场主体增长 = 8 %"], "level and growth"),
    (
        "规上工业增加值增长8%，高于全国2个百分点",
        ["规上工业增加值增长 = 8 %", "规上工业增加值增长高于全国 = 2 个百分点"],
        "lead over others",
    ),
    ("口岸货运量、客运量分别增长13%、86%", ["口岸货运量增长 = 13 %", "客运量增长 = 86 %"], "分别"),
    ("绩效考核在34个部门中排名第1，", ["绩效考核 = 第1 -"], "rank among many"),
    ("粮食产量20万吨，居全省首位", ["粮食产量 = 20 万吨", "粮食产量排名 = 首位 -"], "首位 of the one before"),
    ("居民消费价格涨幅控制在2.6%", ["居民消费价格涨幅 = 2.6 %"], "控制在 is a level here"),
    ("17个县（市、区）完成改革", ["完成改革的县 = 17 个"], "a place with what it did"),
    ("9项成果获得省级奖励", ["获得省级奖励的成果 = 9 项"], "a broad noun with what it did"),
    ("出台市级规章5部、废止7部", ["市级规章 = 5 部", "市级规章废止 = 7 部"], "an act upon the noun before"),
    ("统筹两个市场、两种资源", [], "a slogan is none in a report either"),
    ("连续12个季度居全省第一", ["排名 = 第一 -"], "how long is no figure"),
    (
        "城乡低保标准分别提高到700元和500元",
        ["城市低保标准 = 700 元", "农村低保标准 = 500 元"],
        "城乡低保 are two",
    ),
    ("举办文旅消费促进活动300场", ["文旅消费促进活动 = 300 场"], "a verb inside a compound"),
    ("先后4次下调存款利率", ["下调存款利率 = 4 次"], "times an act was done"),
    ("从全省第九位跃升到第四位", ["排名 = 四 位"], "the rank that was left"),
]

# what a clause says that leaves its indicator out, the indicator before it, metrics
CARRIED = [
    ("占全国34.5%", "原煤产量增长", ["原煤产量占全国比重 = 34.5 %"]),
    ("十年增加近40万亿元", "国内生产总值增长", ["国内生产总值增加 about 40 万亿元"]),
    ("由每人每年320元提高到380元", "医保补助标准", ["医保补助标准 = 380 元"]),
    ("总量突破9000万户", "经营主体增长", ["经营主体总量 >= 9000 万户"]),
    ("比上年实际增长6%", "居民收入", ["居民收入实际增长 = 6 %"]),
    ("居全省第三", "固定资产投资增长", ["固定资产投资增长排名 = 第三 -"]),
    ("高于全省2个百分点", "工业增加值增长", ["工业增加值增长高于全省 = 2 个百分点"]),
    ("增幅8%", "财政收入增长", ["财政收入增幅 = 8 %"]),
    ("达到126亿元", "生产总值增长", ["生产总值 = 126 亿元"]),
    ("总产量1万吨", "财政收入", ["总产量 = 1 万吨"]),
    ("90%以上村庄达标", "示范带", ["村庄达标 >= 90 %"]),
    ("新建桥梁300座", "农村公路", ["桥梁 = 300 座"]),
    ("失业率5%", "居民收入增长", ["失业率 = 5 %"]),
    ("惠及9000人", "老旧小区", ["惠及人数 = 9000 人"]),
]


@pytest.mark.parametrize(("text", "expected", "trap"), PROMISES, ids=[row[2] for row in PROMISES])
def test_promise(text: str, expected: list[str], trap: str) -> None:
    assert [shown(metric) for metric in metrics(text, Span(0, len(text)))] == expected, trap


@pytest.mark.parametrize(("text", "expected", "trap"), REPORTS, ids=[row[2] for row in REPORTS])
def test_report(text: str, expected: list[str], trap: str) -> None:
    found = metrics(text, Span(0, len(text)), promise=False)
    assert [shown(metric) for metric in found] == expected, trap


@pytest.mark.parametrize(("text", "before", "expected"), CARRIED, ids=[row[0] for row in CARRIED])
def test_indicator_said_before(text: str, before: str, expected: list[str]) -> None:
    found = metrics(text, Span(0, len(text)), promise=False, carried=before)
    assert [shown(metric) for metric in found] == expected


def test_named_after() -> None:
    assert named_after("进出口总额", "增长") == "进出口总额增长"
    assert named_after("粮食播种面积", "总产") == "粮食总产"
    assert named_after("粮食产量", "失业率") == "失业率"
    assert leaves_out("年均增长")
    assert not leaves_out("粮食产量")


def test_tables_are_large() -> None:
    names = [row[2] for row in PROMISES + REPORTS]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


def test_list_of_targets() -> None:
    text = "国内生产总值增长5％左右；城镇调查失业率5.6％左右，城镇新增就业不少于1200万人；居民消费价格涨幅2％左右"
    assert [shown(metric) for metric in metrics(text, Span(0, len(text)))] == [
        "国内生产总值增长 about 5 ％",
        "城镇调查失业率 about 5.6 ％",
        "城镇新增就业 >= 1200 万人",
        "居民消费价格涨幅 about 2 ％",
    ]
    clause = Span(text.index("城镇新增"), text.index("；居民"))
    (jobs,) = metrics(text, clause)
    assert (jobs.number, jobs.base) == (12_000_000, "人")


PIECES = st.sampled_from(
    [
        "增长",
        "达到",
        "不低于",
        "以上",
        "左右",
        "5%",
        "XX户",
        "3至5名",
        "前6名",
        "全覆盖",
        "排名提升",
        "更多",
        "企业",
        "合格率",
        "、",
        "，",
        "；",
        "“",
        "”",
        "（",
        "）",
        "分别",
        "均",
        "四个100％",
        "新增",
        "培育",
        "2万户",
        "和",
        "从",
        "由",
        "到",
        "零事故",
        "比上年",
        "每",
        "等",
        "的",
        "全省",
        "城乡居民",
        "数量增长",
        "个",
        "年",
        "\n",
        " ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25).map("".join), st.booleans())
def test_laws(text: str, promise: bool) -> None:
    found = metrics(text, Span(0, len(text)), promise=promise)
    printed = {figure.value for figure in figures(text, Span(0, len(text)))}
    for metric in found:
        assert 0 < len(metric.name) <= LONGEST_NAME
        assert "\n" not in metric.name
        assert metric.masked == (metric.value is None)
        assert metric.value in printed or metric.value in text
        assert (metric.upper is None) or metric.comparator == "range"


@given(st.text(min_size=1, max_size=80))
def test_never_raises(text: str) -> None:
    metrics(text, Span(0, len(text)))
