from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Span
from ingest.numerals import Figure, figures, parse_numeral


def shown(figure: Figure) -> str:
    """value unit number base, with ~upper for a range, ? where masked, + where 余 or 多 follows, and a shape other than number."""
    value = "?" if figure.masked else figure.value or "-"
    value += f"~{figure.upper}" if figure.upper else ""
    number = "-" if figure.number is None else str(figure.number)
    number += f"~{figure.upper_number}" if figure.upper_number is not None else ""
    parts = [
        value,
        figure.unit or "-",
        number,
        figure.base or "-",
        "" if figure.shape == "number" else figure.shape,
    ]
    return " ".join(parts).strip() + ("+" if figure.more else "")


# text, the figures it holds, the trap's name
TRAPS = [
    ("抽检合格率稳定在98％以上", ["98 ％ 98 % percent"], "full-width percent as printed"),
    ("合格率98.5%", ["98.5 % 98.5 % percent"], "decimal percent"),
    ("合格率９８．５％", ["98.5 ％ 98.5 % percent"], "full-width digits"),
    ("合格率为 98 %", ["98 % 98 % percent"], "blank before the sign"),
    ("市场主体达到5.2万户", ["5.2 万户 52000 户"], "scale in the unit"),
    ("粮食产量4.4万亿斤", ["4.4 万亿斤 4400000000000 斤"], "two scales"),
    ("投资1,234万元", ["1,234 万元 12340000 元"], "thousands separator"),
    ("投入3亿2000万元", ["3亿2000 万元 320000000 元"], "composite of digits and scales"),
    ("新增12345户", ["12345 户 12345 户"], "five digits with a unit are no hotline"),
    ("奖励2000家", ["2000 家 2000 家"], "looks like a year, has a unit"),
    ("惠及3万多户", ["3 万户 30000 户+"], "多 between scale and unit"),
    ("走访100余家", ["100 家 100 家+"], "余"),
    ("覆盖20余万人", ["20 万人 200000 人+"], "余 before the scale"),
    ("培训3000多人次", ["3000 人次 3000 人次+"], "多 and 人次"),
    ("服务近百万户", ["百万 户 1000000 户"], "bare scale behind 近"),
    ("产值超千亿元", ["千亿 元 100000000000 元"], "bare scale behind 超"),
    ("占比百分之五", ["五 百分之 5 % percent"], "百分之"),
    ("占比百分之九十八点五", ["九十八点五 百分之 98.5 % percent"], "百分之 with 点"),
    ("费率千分之三", ["三 千分之 3 ‰ percent"], "千分之"),
    ("人口增长率5.1‰", ["5.1 ‰ 5.1 ‰ percent"], "per mille"),
    ("占五成以上", ["五 成 50 % percent"], "成 is ten percent"),
    ("完成三分之二", ["三分之二 - 0.6666666666666666666666666667 -"], "a share"),
    ("提高2个百分点", ["2 个百分点 2 个百分点 points"], "points"),
    ("提高0.3百分点", ["0.3 百分点 0.3 个百分点 points"], "points without 个"),
    ("投入三点二亿元", ["三点二 亿元 320000000 元"], "Chinese decimal with scale"),
    ("投入三亿两千万元", ["三亿两千万 元 320000000 元"], "Chinese composite"),
    ("培训一万二千人", ["一万二千 人 12000 人"], "Chinese number of several places"),
    ("建设二十一个站点", ["二十一 个 21 个"], "Chinese tens"),
    ("建成两百家", ["两百 家 200 家"], "两"),
    ("检查五百余户", ["五百 户 500 户+"], "Chinese with 余"),
    ("增长6.5％-7％", ["6.5~7 ％ 6.5~7 % percent"], "range with the sign twice"),
    ("增长2.5%—3%", ["2.5~3 % 2.5~3 % percent"], "range with a dash"),
    ("增长5至6%", ["5~6 % 5~6 % percent"], "range with the sign once"),
    ("选派3至5名", ["3~5 名 3~5 名"], "range with 至"),
    ("培育3到5家", ["3~5 家 3~5 家"], "range with 到"),
    ("补助8000—10000元", ["8000~10000 元 8000~10000 元"], "range of money"),
    ("新增3至5万户", ["3~5 万户 30000~50000 户"], "the scale belongs to both ends"),
    ("新增8000至1万户", ["8000~1 万户 8000~10000 户"], "the scale belongs to the upper end only"),
    ("建设十到十五家", ["十~十五 家 10~15 家"], "Chinese range"),
    ("打造1-2个亮点", ["1~2 个 1~2 个"], "range with a hyphen"),
    ("选择一至两个镇", ["一~两 个 1~2 个"], "range that begins with 一"),
    ("从60类减到10类", ["60 类 60 类", "10 类 10 类"], "from … to is no range"),
    ("由10家到20家", ["10 家 10 家", "20 家 20 家"], "由 … 到 is no range"),
    ("收入翻一番", ["翻一番 - 2 倍 multiple"], "doubling"),
    ("产值翻两番", ["翻两番 - 4 倍 multiple"], "doubling twice"),
    ("总量翻了一番", ["翻了一番 - 2 倍 multiple"], "doubling with 了"),
    ("规模翻番", ["翻番 - 2 倍 multiple"], "bare 翻番"),
    ("数量翻倍", ["翻倍 - 2 倍 multiple"], "翻倍"),
    ("是五年前的3倍", ["3 倍 3 倍 multiple"], "times"),
    ("增长1.5倍", ["1.5 倍 1.5 倍 multiple"], "times with a decimal"),
    ("增长一倍", ["一 倍 1 倍 multiple"], "一倍 is a figure though 一 is an article elsewhere"),
    ("进入全省前6名", ["6 名 6 名 rank"], "rank"),
    ("进入前五名", ["五 名 5 名 rank"], "rank in Chinese"),
    ("位列前3位", ["3 位 3 名 rank"], "位"),
    ("进入前三至五名", ["三~五 名 3~5 名 rank"], "range of ranks"),
    ("进入全国前50强", ["50 强 50 名 rank"], "强"),
    ("居全省第2，", ["第2 - 2 名 rank"], "rank without 名 keeps 第"),
    ("居全省第2位", ["2 位 2 名 rank"], "rank with 位"),
    ("排名全市第一。", ["第一 - 1 名 rank"], "first"),
    ("分别居全国第五、第三。", ["第五 - 5 名 rank", "第三 - 3 名 rank"], "two ranks"),
    ("总分居全市首位", ["首位 - 1 名 rank"], "首位"),
    ("首位度提高", [], "首位度 is a term"),
    ("把安全放在首位", [], "放在首位 is no rank"),
    ("考核位居前列", ["前列 - - - word"], "前列"),
    ("跨入第一方阵", ["第一方阵 - - - word"], "方阵"),
    ("前列腺疾病", [], "a word with 前列 in it"),
    ("实现全覆盖", ["全覆盖 - 100 % whole"], "全覆盖"),
    ("监管全面覆盖", ["全面覆盖 - 100 % whole"], "全面覆盖"),
    ("健全覆盖城乡的网络", [], "健全 + 覆盖"),
    ("办结率100%", ["100 % 100 % whole"], "100% is a whole"),
    ("建档率百分之百", ["百分之百 - 100 % whole"], "百分之百"),
    ("落实四个100％", ["100 ％ 100 % whole"], "四个100％"),
    ("实现100%全覆盖", ["100 % 100 % whole"], "100%全覆盖 is one"),
    ("确保零扣分", ["零 分 0 分"], "零扣分"),
    ("实现零事故、零投诉", ["零 - 0 -", "零 - 0 -"], "two zeros"),
    ("对违法行为零容忍", [], "零容忍"),
    ("服务零距离", [], "零距离"),
    ("学“零差错”标准", [], "a slogan in quotes"),
    ("实现“零差错”", ["零 - 0 -"], "a target in quotes"),
    ("零售药店", [], "零售"),
    ("核心零部件", [], "零部件"),
    ("保持两位数增长", [], "两位数"),
    ("打造“15分钟生活圈”", [], "a circle named by minutes"),
    ("总量达到XX万户", ["? 万户 - 户"], "masked with scale"),
    ("立案xxx件", ["? 件 - 件"], "masked, small letters"),
    ("获批Ｘ家", ["? 家 - 家"], "masked, full-width letter"),
    ("抽检***批次", ["? 批次 - 批次"], "masked with stars"),
    ("查办……件", ["? 件 - 件"], "masked with dots"),
    ("办理○○件", ["? 件 - 件"], "masked with circles"),
    ("合格率x％", ["? ％ - % percent"], "masked percent"),
    ("数量达到**，", ["? - - -"], "mask without a unit behind 达到"),
    ("进入全省前X名", ["? 名 - 名 rank"], "masked rank"),
    ("居全市第x。", ["? - - 名 rank"], "masked rank without 名"),
    ("选择X到X个县", ["? 个 - 个"], "masked range"),
    ("xx万余台件", ["? 万台件 - 台件+"], "masked with 余"),
    ("在20XX年以来", [], "masked year"),
    ("XX同志讲话", [], "masked name"),
    ("XX市长批示", [], "masked place"),
    ("获评“xx名品”", [], "masked word before 名品"),
    ("推进XX项目建设", [], "masked name before 项目"),
    ("xx部门和XX场所", [], "masked before 部门 and 场所"),
    ("“XX制造”影响力", [], "masked brand"),
    ("到2022年末", [], "year"),
    ("2021—2025年", [], "span of years"),
    ("二〇二二年", [], "year in Chinese digits"),
    ("3月15日前完成", [], "date"),
    ("15日以前", [], "day"),
    ("十二月底前", [], "month in Chinese"),
    ("前三季度", [], "quarters"),
    ("一季度和第四季度", [], "quarter"),
    ("三年行动计划", [], "span of years in a name"),
    ("成立100周年", [], "anniversary"),
    ("20世纪90年代", [], "decade"),
    ("1.目标：提高质量", [], "item number"),
    ("2、措施：加强监管", [], "item number with 、"),
    ("（一）加强领导", [], "bracketed item number"),
    ("一是抓落实，二是抓督查", [], "一是"),
    ("第一，强化学习", [], "第一，"),
    ("12345热线", [], "hotline"),
    ("12315和12365", [], "hotlines"),
    ("“3·15”活动", [], "day with a middle dot"),
    ("做到“四个带头”", [], "slogan"),
    ("落实“两个责任”", [], "slogan of two"),
    ("深化“三个一”活动", [], "slogan of three"),
    ("“双随机、一公开”", [], "双随机"),
    ("“十四五”规划", [], "plan"),
    ("构建5+N体系", [], "5+N"),
    ("狠抓1＋1＋6任务", [], "1+1+6"),
    ("党的20大", [], "congress in digits"),
    ("党的二十大精神", [], "congress"),
    ("〔2022〕3号", [], "document number"),
    ("查处一批案件", [], "一批"),
    ("一系列措施", [], "一系列"),
    ("市委一号文件", [], "一号"),
    ("获评A级", [], "grade"),
    ("一把手亲自抓", [], "一把手"),
    ("第一时间处置", [], "第一时间"),
    ("第一书记", [], "第一书记"),
    ("一体化推进", [], "一体化"),
    ("引入第三方评估", [], "第三方"),
    ("第三产业增速", [], "第三产业"),
    ("第五届代表", [], "届"),
    ("三方协议", [], "三方"),
    ("双边合作", [], "双边"),
    ("十分重要", [], "十分"),
    ("五位一体", [], "五位一体"),
    ("落实八项规定", [], "八项规定"),
    ("建立一项制度", [], "article"),
    ("每村至少建一家", ["一 家 1 家"], "一 behind 至少"),
    ("走访三五家", [], "approximate numeral"),
    ("数十家企业", [], "数十"),
    ("十几个站点", [], "十几"),
    ("24小时在线监控", [], "24小时 of a service"),
    ("在24小时内办结", ["24 小时 24 小时"], "24小时 as a limit"),
    ("PM2.5浓度下降", [], "PM2.5"),
    ("M2增长8%", ["8 % 8 % percent"], "M2 and a figure"),
    ("5G基站3万个", ["3 万个 30000 个"], "5G and a figure"),
    ("获批4A级景区2家", ["2 家 2 家"], "4A and a figure"),
    ("获奖数全省第3.7个试点获批", ["第3 - 3 名 rank", "7 个 7 个"], "lost line break"),
    (
        "分别减少1.6万、3.8万、3.3万亩",
        ["1.6 万 16000 亩", "3.8 万 38000 亩", "3.3 万亩 33000 亩"],
        "shared unit",
    ),
    ("城市指数降至6.08。", ["6.08 - 6.08 -"], "bare number behind 至"),
    ("围绕“231”集群", [], "bare number in quotes"),
    ("压缩至3个工作日", ["3 个工作日 3 工作日"], "working days"),
    ("上午8:30开会", [], "time of day"),
    ("全市召开10次会议", ["10 次 10 次"], "次"),
    ("七次全会精神", [], "plenum"),
    ("二期工程", [], "stage"),
    ("红十字会", [], "red cross"),
    ("培养10000名优秀青年", ["10000 名 10000 名"], "名 before 优秀"),
    ("配备3人制球场", [], "3人制"),
    ("扣0.2分", ["0.2 分 0.2 分"], "score"),
]


@pytest.mark.parametrize(("text", "expected", "trap"), TRAPS, ids=[row[2] for row in TRAPS])
def test_trap(text: str, expected: list[str], trap: str) -> None:
    found = figures(text, Span(0, len(text)))
    assert [shown(figure) for figure in found] == expected, trap


def test_table_is_large() -> None:
    assert len(TRAPS) >= 120
    assert len({row[2] for row in TRAPS}) == len(TRAPS)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1.2万", 12000),
        ("百分之五", 5),
        ("三点二亿", 320000000),
        ("二十一", 21),
        ("两", 2),
        ("1,234", 1234),
        ("4.4万亿", 4400000000000),
        ("三分之二", Decimal(2) / Decimal(3)),
        ("千分之三", 3),
        ("万分之五", 5),
        ("十", 10),
        ("十五", 15),
        ("一百零五", 105),
        ("一千零一", 1001),
        ("一万二", 12000),
        ("五百八", 580),
        ("一百二十亿", 12000000000),
        ("三亿两千万", 320000000),
        ("两万亿", 2000000000000),
        ("百万", 1000000),
        ("二〇二二", 2022),
        ("１２", 12),
        ("2万4千", 24000),
        ("3亿2000万", 320000000),
        ("零", 0),
        ("万", None),
        ("", None),
        ("一个", None),
        ("十百", None),
        ("2千3万", None),
        ("XX", None),
    ],
)
def test_numeral(said: str, number: int | Decimal | None) -> None:
    assert parse_numeral(said) == (None if number is None else Decimal(number))


def test_only_what_lies_inside() -> None:
    text = "增长5%，达到30家，居第2位"
    found = figures(text, Span(5, 11))
    assert [figure.said for figure in found] == ["30家"]
    assert found[0].span == Span(7, 10)


PIECES = st.sampled_from(
    [
        *list(
            "0123456789零一二两三四五六七八九十百千万亿点第前名个家户％%‰，。、至到-—年月日XxＸ*…“”分之翻番倍全覆盖余多 \n（）."
        ),
        *["百分之", "个百分点", "达到", "以上", "零事故", "万亿", "前X名", "100%"],
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.data())
def test_laws(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    within = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = figures(text, within)
    for figure in found:
        assert within.covers(figure.span)
        assert figure.said == text[figure.span.start : figure.span.end]
        assert not figure.masked or (figure.value is None and figure.number is None)
        assert figure.value is None or figure.masked is False
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@given(st.text(max_size=60))
def test_never_raises(text: str) -> None:
    parse_numeral(text)
    if text:
        figures(text, Span(0, len(text)))


@given(st.integers(1, 99_999_999), st.sampled_from(["%", "万户", "家", "个百分点", "亿元"]))
def test_number_is_read_back(number: int, unit: str) -> None:
    text = f"达到{number}{unit}，"
    (figure,) = figures(text, Span(0, len(text)))
    assert (figure.value, figure.unit) == (str(number), unit)
