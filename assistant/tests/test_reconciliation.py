"""What becomes of a promise: figures, words, times and places; all sentences are our own."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reckoning import reckon
from assistant.reconciliation import Reckoning, pair, reconcile
from corpus.commitment import Commitment, Deadline, Metric, identified
from corpus.document import Document, Inferred, Metadata, Span
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings

SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
Days = tuple[datetime.date, datetime.date]


def figure(said: str) -> Metric | None:
    """name|comparator|value|unit; 6.5~7 is a range, XX is masked."""
    if not said:
        return None
    name, comparator, value, unit = said.split("|")
    base, factor = unit, 1
    for scale, times in SCALES.items():
        if unit.startswith(scale):
            base, factor = unit.removeprefix(scale), times
            break
    if value == "XX":
        return Metric(name, comparator, None, unit, masked=True, base=base or None)  # type: ignore[arg-type]
    low, _, high = value.partition("~")
    number = Decimal(100) if value == "全覆盖" else Decimal(low) * factor
    return Metric(
        name,
        comparator,  # type: ignore[arg-type]
        low,
        unit or None,
        upper=high or None,
        number=number,
        upper_number=Decimal(high) * factor if high else None,
        base="%" if value == "全覆盖" else base or None,
    )


def promise(quote: str, said: str = "", *, year: int = 2023, due: str = "") -> Commitment:
    deadline = Deadline(due, datetime.date.fromisoformat(due)) if due else None
    kind = "target" if said else "task"
    row = Commitment(
        "要点", "r", Span(0, len(quote)), quote, (), kind, quote[:40], None, deadline, figure(said)
    )  # type: ignore[arg-type]
    return replace(row, year=year, identity="p")


def report(quote: str, said: str = "", *, year: int = 2024, period: Days | str | None = "year") -> Commitment:
    days = (
        (datetime.date(year - 1, 1, 1), datetime.date(year - 1, 12, 31))
        if isinstance(period, str)
        else period
    )
    row = Commitment("讲话", "r", Span(0, len(quote)), quote, (), "report", quote[:40], metric=figure(said))
    return replace(row, year=year, period=days, identity="r")


FIGURES = (
    # floors
    ("粮食总产量达到620万吨以上", "粮食总产量|>=|620|万吨", "粮食产量631万吨", "粮食产量|=|631|万吨", "exceeded figures"),
    ("粮食总产量达到620万吨以上", "粮食总产量|>=|620|万吨", "粮食产量620万吨", "粮食产量|=|620|万吨", "met figures"),
    ("粮食总产量达到620万吨以上", "粮食总产量|>=|620|万吨", "粮食产量608万吨", "粮食产量|=|608|万吨", "missed figures"),
    ("粮食产量稳定在1亿吨以上", "粮食产量|>=|1|亿吨", "粮食产量0.21万亿斤", "粮食产量|=|0.21|万亿斤", "exceeded figures"),
    ("粮食产量稳定在1亿吨以上", "粮食产量|>=|1|亿吨", "粮食产量0.19万亿斤", "粮食产量|=|0.19|万亿斤", "missed figures"),
    ("粮食产量达到1.3亿斤", "粮食产量|=|1.3|亿斤", "粮食产量首次跃上1.4亿斤新台阶", "新台阶|=|1.4|亿斤", "exceeded figures"),
    ("城镇新增就业30万人", "城镇新增就业|increase|30|万人", "新增城镇就业31.2万人", "新增城镇就业|=|31.2|万人", "exceeded figures"),
    ("城镇新增就业不低于30万人", "城镇新增就业|>=|30|万人", "城镇新增就业30万", "城镇新增就业|=|30|万", "met figures"),
    ("地区生产总值增长6%以上", "地区生产总值增长|>=|6|%", "生产总值增长5.4%", "生产总值增长|=|5.4|%", "missed figures"),
    ("地区生产总值增长6%以上", "地区生产总值增长|>=|6|%", "全省生产总值下降0.8%", "生产总值下降|=|0.8|%", "missed figures"),
    ("外贸进出口增长5%", "外贸进出口增长|increase|5|%", "进出口总额下降2.1%", "进出口总额下降|=|2.1|%", "missed figures"),
    ("市场主体总量达到40万户", "市场主体总量|=|40|万户", "年末经营主体41万户", "年末经营主体|=|41|万户", "exceeded figures"),
    ("抽检合格率达到98.5%", "食品抽检合格率|=|98.5|%", "食品安全抽检合格率98.5%", "食品安全抽检合格率|=|98.5|%", "met figures"),
    ("群众满意率不低于92%", "群众满意率|>=|92|%", "群众满意度达到九成多", "群众满意度|>=|90|%", "not_comparable bound"),
    ("进出口增长8%", "进出口增长|increase|8|%", "进出口增长超过8%", "进出口增长|>=|8|%", "exceeded figures"),
    ("进出口增长8%", "进出口增长|increase|8|%", "进出口增长不到6%", "进出口增长|<=|6|%", "missed figures"),
    # caps: never exceeded, also where the words are 左右 or nothing
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "居民消费价格上涨1.2%", "居民消费价格上涨|=|1.2|%", "met figures"),
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "居民消费价格上涨3%", "居民消费价格上涨|=|3|%", "met figures"),
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "居民消费价格上涨3.1%", "居民消费价格上涨|=|3.1|%", "missed figures"),
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "居民消费价格下降0.3%", "居民消费价格下降|=|0.3|%", "met figures"),
    ("城镇调查失业率5.5%左右", "城镇调查失业率|about|5.5|%", "调查失业率平均为5.1%", "调查失业率|=|5.1|%", "met figures"),
    ("城镇登记失业率4.5%以内", "城镇登记失业率|<=|4.5|%", "城镇登记失业率4.6%", "城镇登记失业率|=|4.6|%", "missed figures"),
    ("赤字率按3%安排", "赤字率|=|3|%", "财政赤字率控制在3%", "财政赤字率|<=|3|%", "met figures"),
    ("企业开办时间压缩到4小时", "企业开办时间|=|4|小时", "企业开办平均用时3.5小时", "企业开办平均用时|=|3.5|小时", "met figures"),
    ("企业开办时间压缩到4小时", "企业开办时间|=|4|小时", "企业开办平均用时210分钟", "企业开办平均用时|=|210|分钟", "met figures"),
    ("重复投诉率控制在5%以内", "重复投诉率|<=|5|%", "重复投诉率6.3%", "重复投诉率|=|6.3|%", "missed figures"),
    ("重复投诉率控制在5%以内", "重复投诉率|<=|5|%", "重复投诉率不到5%", "重复投诉率|<=|5|%", "met figures"),
    ("行政复议纠错率为零", "行政复议纠错率|=|0|%", "行政复议纠错率2%", "行政复议纠错率|=|2|%", "missed figures"),
    # 左右: one twentieth either way
    ("生产总值增长6%左右", "生产总值增长|about|6|%", "生产总值增长5.8%", "生产总值增长|=|5.8|%", "met figures"),
    ("生产总值增长6%左右", "生产总值增长|about|6|%", "生产总值增长6.3%", "生产总值增长|=|6.3|%", "met figures"),
    ("生产总值增长6%左右", "生产总值增长|about|6|%", "生产总值增长6.4%", "生产总值增长|=|6.4|%", "exceeded figures"),
    ("生产总值增长6%左右", "生产总值增长|about|6|%", "生产总值增长5.6%", "生产总值增长|=|5.6|%", "missed figures"),
    # ranges
    ("生产总值增长6%－6.5%", "生产总值增长|range|6~6.5|%", "生产总值增长6.2%", "生产总值增长|=|6.2|%", "met figures"),
    ("生产总值增长6%－6.5%", "生产总值增长|range|6~6.5|%", "生产总值增长6.8%", "生产总值增长|=|6.8|%", "exceeded figures"),
    ("生产总值增长6%－6.5%", "生产总值增长|range|6~6.5|%", "生产总值增长5.9%", "生产总值增长|=|5.9|%", "missed figures"),
    # falls
    ("能耗强度下降3%以上", "能耗强度下降|>=|3|%", "单位生产总值能耗降低3.6%", "单位生产总值能耗降低|=|3.6|%", "exceeded figures"),
    ("能源消耗强度要降低3%", "能源消耗强度降低|decrease|3|%", "能耗强度下降2.4%", "能耗强度下降|=|2.4|%", "missed figures"),
    ("单位GDP能耗下降2.5%左右", "单位GDP能耗下降|about|2.5|%", "能耗强度降幅2.6%", "能耗强度降幅|=|2.6|%", "met figures"),
    ("二氧化硫、氮氧化物排放量分别下降3%", "二氧化硫、氮氧化物排放量下降|decrease|3|%", "二氧化硫排放量下降4%", "二氧化硫排放量下降|=|4|%", "exceeded figures"),
    # ranks
    ("质量工作考核进入全省前5名", "质量工作考核|top|5|名", "质量工作考核列全省第5名", "质量工作考核|=|5|名", "met figures"),
    ("质量工作考核进入全省前5名", "质量工作考核|top|5|名", "质量工作考核列全省第3名", "质量工作考核|=|3|名", "exceeded figures"),
    ("质量工作考核进入全省前5名", "质量工作考核|top|5|名", "质量工作考核排第7位", "质量工作考核|=|7|位", "missed figures"),
    # all
    ("零售药店检查覆盖率100％", "零售药店检查覆盖率|=|100|%", "零售药店检查覆盖率100％", "零售药店检查覆盖率|=|100|%", "met figures"),
    ("零售药店检查覆盖率100％", "零售药店检查覆盖率|=|100|%", "零售药店检查覆盖率97%", "零售药店检查覆盖率|=|97|%", "missed figures"),
    ("学校食堂“明厨亮灶”全覆盖", "学校食堂“明厨亮灶”|cover|全覆盖|", "学校食堂“明厨亮灶”覆盖率96%", "学校食堂“明厨亮灶”覆盖率|=|96|%", "missed figures"),
    ("学校食堂“明厨亮灶”全覆盖", "学校食堂“明厨亮灶”|cover|全覆盖|", "学校食堂“明厨亮灶”全覆盖", "学校食堂“明厨亮灶”|cover|全覆盖|", "met figures"),
    # not the same measure
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "居民消费价格年均上涨1.9%", "居民消费价格年均上涨|=|1.9|%", "not_comparable period"),
    ("五年城镇新增就业150万人", "城镇新增就业|=|150|万人", "城镇新增就业32万人", "城镇新增就业|=|32|万人", "not_comparable period"),
    ("城镇调查失业率全年控制在5.5%以内", "城镇调查失业率全年|<=|5.5|%", "年末城镇调查失业率降到5.4%", "年末城镇调查失业率|=|5.4|%", "not_comparable measure"),
    ("生产总值增长6%", "生产总值增长|increase|6|%", "生产总值达到2.1万亿元", "生产总值|=|2.1|万亿元", "not_comparable unit"),
    ("企业开办时间压缩到1个工作日", "企业开办时间|=|1|工作日", "企业开办平均用时6小时", "企业开办平均用时|=|6|小时", "not_comparable unit"),
    ("新建高标准农田20万亩", "高标准农田|=|20|万亩", "新建高标准农田95万亩", "高标准农田|=|95|万亩", "not_comparable magnitude"),
    ("农村贫困人口减少10万人", "农村贫困人口减少|=|10|万人", "贫困人口减少12万人", "贫困人口减少|=|12|万人", "not_comparable wider"),
    ("再为企业和个人减税80亿元", "为企业和个人减税|=|80|亿元", "减税降费130亿元", "减税降费|=|130|亿元", "not_comparable wider"),
    # masked, on either side
    ("新增注册商标XX件", "注册商标新增|increase|XX|件", "新增注册商标120件", "注册商标新增|=|120|件", "not_comparable masked"),
    ("新增注册商标120件", "注册商标新增|increase|120|件", "新增注册商标XX件", "注册商标新增|=|XX|件", "not_comparable masked"),
    ("群众满意率达到XX%", "群众满意率|=|XX|%", "群众满意率93%", "群众满意率|=|93|%", "not_comparable masked"),
    # without a figure
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "居民消费价格涨幅保持较低水平", "", "no_figure words only"),
    ("城镇登记失业率4.5%以内", "城镇登记失业率|<=|4.5|%", "失业率为多年来最低", "", "no_figure words only"),
    ("压减钢铁产能300万吨", "钢铁产能|=|300|万吨", "钢铁、煤炭行业去产能扎实推进", "", "no_figure words only"),
    # another indicator, place or goal
    ("城镇登记失业率4.5%以内", "城镇登记失业率|<=|4.5|%", "城镇调查失业率5%", "城镇调查失业率|=|5|%", "not_reported"),
    ("赤字率按3%安排", "赤字率|=|3|%", "财政赤字1200亿元", "财政赤字|=|1200|亿元", "not_reported"),
    ("生产总值增长6%", "生产总值增长|increase|6|%", "单位国内生产总值能耗下降3%", "单位国内生产总值能耗下降|=|3|%", "not_reported"),
    ("居民消费价格涨幅3%左右", "居民消费价格涨幅|about|3|%", "工业生产者出厂价格上涨2%", "工业生产者出厂价格上涨|=|2|%", "not_reported"),
    ("覆盖企业不少于20家", "企业|>=|20|家", "走访企业260家", "企业|=|260|家", "not_reported"),
    ("中央财政安排100亿元支持再就业", "中央财政|=|100|亿元", "中央财政安排210亿元支持灾区", "中央财政|=|210|亿元", "not_reported"),
    ("培训食品企业检查员200名", "食品企业检查员|=|200|名", "培训药品企业检查员180名", "药品企业检查员|=|180|名", "not_reported"),
    ("群众满意率达到95%", "群众满意率|=|95|%", "松泽县满意率89.6%", "满意率|=|89.6|%", "not_reported"),
    ("经营主体总量达到46万户", "经营主体总量|=|46|万户", "距经营主体46万户的目标差三千户", "经营主体|=|46|万户", "not_reported"),
    ("进出口增长6%左右", "进出口增长|about|6|%", "清理规范进出口环节收费", "", "not_reported"),
)  # fmt: skip
TASKS = (
    ("9月底前打通“松云码”与热线平台", "2023-09-30", "“松云码”与热线平台8月已打通", "met done"),
    ("9月底前打通“松云码”与热线平台", "2023-09-30", "“松云码”与热线平台11月8日打通，已投入运行", "missed late"),
    ("9月底前打通“松云码”与热线平台", "2023-09-30", "“松云码”与热线平台尚未打通", "no_figure nothing promised in figures"),
    ("9月底前打通“松云码”与热线平台", "2023-09-30", "“青云码”与热线平台已打通", "not_reported"),
    ("建立困难商户帮扶名册", "", "建立了困难商户帮扶名册", "no_figure nothing promised in figures"),
    ("制定校园食堂整治方案", "", "校园食堂整治方案印发各县区", "met done"),
    ("国际收支基本平衡", "", "国际收支保持平衡", "no_figure nothing promised in figures"),
    ("开展加油机计量检查", "", "开展高校毕业生招聘服务", "not_reported"),
    ("食品科牵头", "", "食品科牵头组织三次演练，已完成", "not_reported"),
)  # fmt: skip


@pytest.mark.parametrize(("promised", "metric", "reported", "heard", "wanted"), FIGURES)
def test_figures(promised: str, metric: str, reported: str, heard: str, wanted: str) -> None:
    made = reckon(promise(promised, metric), [report(reported, heard)])
    said = f"{made.verdict} {made.reason}" if made.report else made.verdict
    assert said == wanted


@pytest.mark.parametrize(("promised", "due", "reported", "wanted"), TASKS)
def test_tasks(promised: str, due: str, reported: str, wanted: str) -> None:
    made = reckon(promise(promised, due=due), [report(reported)])
    assert (f"{made.verdict} {made.reason}" if made.report else made.verdict) == wanted


def days(first: str, last: str) -> Days:
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)


@pytest.mark.parametrize(
    ("year", "period", "value", "wanted"),
    [
        (2024, days("2023-01-01", "2023-12-31"), "41", "missed figures"),
        (2024, days("2024-01-01", "2024-12-31"), "41", "missed figures"),  # in spring: the year before
        (2024, days("2022-01-01", "2022-12-31"), "41", "not_reported nothing found"),
        (2024, days("2019-01-01", "2023-12-31"), "41", "not_comparable period"),
        (2025, days("2020-01-01", "2024-12-31"), "41", "not_reported nothing found"),
        (2023, days("2023-01-01", "2023-06-30"), "41", "not_comparable early"),
        (2023, days("2023-01-01", "2023-06-30"), "43", "exceeded so far"),
        (2024, None, "43", "exceeded figures"),
        (2025, None, "43", "not_reported nothing found"),
    ],
)
def test_times(year: int, period: Days | None, value: str, wanted: str) -> None:
    row = report(f"经营主体{value}万户", f"经营主体|=|{value}|万户", year=year, period=period)
    made = reckon(promise("经营主体总量达到42万户", "经营主体总量|=|42|万户"), [row])
    assert f"{made.verdict} {made.reason}" == wanted


def test_a_cap_may_not_yet_be_broken_and_a_sum_may_still_grow() -> None:
    half = days("2023-01-01", "2023-06-30")
    spent = report("安排三公经费80万元", "三公经费支出|=|80|万元", year=2023, period=half)
    assert (
        reckon(promise("三公经费支出控制在100万元以内", "三公经费支出|<=|100|万元"), [spent]).reason
        == "early"
    )
    rate = report("重复投诉率4%", "重复投诉率|=|4|%", year=2023, period=half)
    assert reckon(promise("重复投诉率控制在5%以内", "重复投诉率|<=|5|%"), [rate]).reason == "so far"


def test_the_figure_of_the_whole_year_goes_before_words_and_half_years() -> None:
    wanted = report("群众满意率91%", "群众满意率|=|91|%")
    half = report("群众满意率93%", "群众满意率|=|93|%", year=2023, period=days("2023-01-01", "2023-06-30"))
    words = report("群众满意率稳步上升")
    made = reckon(promise("群众满意率达到92%", "群众满意率|=|92|%"), [words, half, wanted])
    assert (made.verdict, made.report, made.others) == ("missed", wanted, (half, words))


numbers = st.decimals("0.1", "90", places=1)
SHAPES = ("城镇调查失业率|<=|{}|%", "城镇调查失业率|=|{}|%", "居民消费价格涨幅|about|{}|%", "赤字率|=|{}|%")


@settings(deadline=None)
@given(st.sampled_from(SHAPES), numbers, numbers)
def test_a_cap_is_never_exceeded(shape: str, wanted: Decimal, got: Decimal) -> None:
    said = shape.format(wanted)
    name = said.partition("|")[0]
    made = reckon(promise(f"{name}{wanted}%", said), [report(f"{name}{got}%", f"{name}|=|{got}|%")])
    assert made.verdict in ("met", "missed", "not_comparable")
    assert (made.verdict == "met") == (got <= wanted)


@settings(deadline=None)
@given(numbers, st.booleans(), st.sampled_from([">=", "=", "about", "<=", "increase"]))
def test_a_masked_figure_is_never_compared(value: Decimal, promised: bool, comparator: str) -> None:
    ours, its = ("XX", value) if promised else (value, "XX")
    made = reckon(
        promise(f"群众满意率{ours}%", f"群众满意率|{comparator}|{ours}|%"),
        [report(f"群众满意率{its}%", f"群众满意率|=|{its}|%")],
    )
    assert (made.verdict, made.reason) == ("not_comparable", "masked")


@settings(deadline=None)
@given(st.lists(numbers, max_size=5))
def test_the_order_of_reports_does_not_matter(values: list[Decimal]) -> None:
    rows = [report(f"群众满意率{value}%", f"群众满意率|=|{value}|%") for value in values]
    rows = [replace(row, document=f"讲话{at}") for at, row in enumerate(rows)]
    told = promise("群众满意率达到92%", "群众满意率|=|92|%")
    assert reckon(told, rows) == reckon(told, rows[::-1])


def document(
    name: str, year: int, issuer: str, rows: list[Commitment], kind: str = "plan", month: int = 2
) -> tuple[Document, tuple[Commitment, ...]]:
    """A document whose text is the rows' quotes, a line each."""
    text = "".join(f"{row.quote}\n" for row in rows)
    metadata = Metadata(
        title=Inferred(name, 1.0),
        kind=Inferred(kind, 1.0),  # type: ignore[arg-type]
        issuer=Inferred(issuer, 1.0),
        date=Inferred(datetime.date(year, month, 20), 1.0),
        year=Inferred(year, 1.0),
    )
    made = Document(name, hashlib.sha256(text.encode()).hexdigest(), text, metadata)
    at, placed = 0, []
    for row in rows:
        span = Span(at, at + len(row.quote))
        placed.append(replace(row, document=name, revision=made.revision, span=span))
        at = span.end + 1
    return made, identified(placed)


PLAN = document(
    "青澜市局2023年要点",
    2023,
    "青澜市市场监督管理局",
    [promise("群众满意率达到92%", "群众满意率|=|92|%"), promise("筹建计量科普馆")],
)
SPEECH = document(
    "青澜市局2024年讲话",
    2024,
    "临江省青澜市市场监督管理局",
    [report("群众满意率93.1%", "群众满意率|=|93.1|%"), promise("群众满意率达到94%", "群众满意率|=|94|%", year=2024)],
)  # fmt: skip
OTHER = document(
    "松泽县局2024年讲话",
    2024,
    "松泽县市场监督管理局",
    [report("计量科普馆建成开馆"), report("群众满意率99%", "群众满意率|=|99|%")],
)
DOCUMENTS = (PLAN, SPEECH, OTHER)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with Library.open(LibrarySettings(tmp_path), write=True) as made:
        made.put_many((document, (), "", rows) for document, rows in DOCUMENTS)
        yield made


def outcomes(made: tuple[Reckoning, ...]) -> list[tuple[str, str, str | None]]:
    return [(one.promise.row.what, one.verdict, one.report.row.quote if one.report else None) for one in made]


def test_reports_of_the_same_body_or_of_the_whole_library(library: Library) -> None:
    wanted = LedgerFilter(years=(2023,))
    assert outcomes(reconcile(library, wanted)) == [
        ("群众满意率达到92%", "exceeded", "群众满意率93.1%"),
        ("筹建计量科普馆", "not_reported", None),
    ]
    assert ("筹建计量科普馆", "met", "计量科普馆建成开馆") in outcomes(
        reconcile(library, wanted, scope="library")
    )
    assert {one.verdict for one in reconcile(library, wanted, year_to=2023)} == {"not_reported"}
    assert reconcile(library, LedgerFilter(kinds=("report",))) == ()


def test_new_goals_in_the_words_of_the_old_are_no_reports(library: Library) -> None:
    made = reconcile(library, LedgerFilter(years=(2024,)))
    assert [one.verdict for one in made] == ["not_reported"]


def test_a_ruling_settles_what_was_reckoned(library: Library) -> None:
    [first, second] = reconcile(library, LedgerFilter(years=(2023,)))
    assert (first.ruling, first.settled) == (None, "exceeded")
    library.set_ruling(second.promise.row.identity, verdict="met", why="现场已核", by="督查科")
    [first, second] = reconcile(library, LedgerFilter(years=(2023,)))
    assert (second.verdict, second.settled, second.ruling is not None) == ("not_reported", "met", True)
    library.set_ruling(second.promise.row.identity, verdict="", why="", by="督查科")
    assert reconcile(library, LedgerFilter(years=(2023,)))[1].settled == "not_reported"


def kept(rows: tuple[Commitment, ...], kind: str, day: datetime.date) -> list[Kept]:
    return [Kept(row, "青澜市市场监督管理局", row.document, None, kind, day) for row in rows]  # type: ignore[arg-type]


def test_a_ledger_says_its_own_progress() -> None:
    words = "任务：电梯评估；指标：60台；时限：9月底；进展：已评估XX台，红灯"
    goal = replace(promise(words, "电梯评估|=|60|台", due="2023-09-30"), document="台账", identity="a")
    for progress, wanted in [
        ("41", "not_comparable early"),
        ("66", "exceeded so far"),
        ("XX", "not_comparable masked"),
    ]:
        said = report(
            "已评估XX台", f"已评估|=|{progress}|台", year=2023, period=days("2023-08-31", "2023-08-31")
        )
        at = words.index("已评估")
        said = replace(said, document="台账", span=Span(at, at + len(said.quote)), identity="b")
        rows = kept((goal, said), "ledger", datetime.date(2023, 8, 31))
        [made] = pair(rows[:1], rows)
        assert f"{made.verdict} {made.reason}" == wanted
    late = replace(said, quote="已评估XX台，红灯", span=Span(at, at + 9), metric=figure("已评估|=|60|台"))
    rows = kept((goal, late), "ledger", datetime.date(2023, 9, 30))
    [made] = pair(rows[:1], rows)
    assert (made.verdict, made.reason) == ("missed", "late")


def test_a_bare_growth_belongs_to_what_stands_before_it() -> None:
    goal = replace(promise("生产总值增长6%", "生产总值增长|increase|6|%"), identity="p")
    level = report("生产总值达到2.1万亿元", "生产总值|=|2.1|万亿元")
    growth = replace(
        report("增长6.7%", "增长|=|6.7|%"),
        span=Span(len(level.quote) + 1, len(level.quote) + 7),
        identity="g",
    )
    rows = kept((goal,), "plan", datetime.date(2023, 2, 1))
    rows += kept((level, growth), "speech", datetime.date(2024, 2, 1))
    [made] = pair(rows[:1], rows)
    assert (made.verdict, made.report) == ("exceeded", rows[2])
