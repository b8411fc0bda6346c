"""What questions ask: trap tables, and that nothing a person types raises."""

from __future__ import annotations

import doctest
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.abbreviations import parse, spelled_out
from assistant.lexicon import alternatives, simplified
from assistant.measures import RANK, counted, figure_in, measure_asked
from assistant.parts import MOST_PARTS, parts_of
from assistant.question import understand

KINDS = [
    ("食品抽检合格率要达到多少？", "target", "a figure to be reached"),
    ("食品抽检合格率达到了多少？", "figure", "a figure that was reached"),
    ("２０２４年目标是多少？", "target", "full-width year"),
    ("示范街建成几条？", "figure", "几 with a unit"),
    ("什么时候完成校园食堂排查？", "deadline", "plain"),
    ("多长时间检查一次？", "deadline", "how often"),
    ("老旧电梯由谁负责？", "responsibility", "谁"),
    ("哪个科室牵头？", "responsibility", "哪个科室 is no list"),
    ("哪几家单位负责？", "responsibility", "units are no figure, though 几家"),
    ("存在哪些问题？", "problem", "哪些 with 问题 is no list"),
    ("“四减”是什么意思？", "definition", "plain"),
    ("什么是“质量门诊”？", "definition", "the term after 什么是"),
    ("为什么是“质量门诊”？", "general", "为什么是 asks no meaning"),
    ("两个局的目标有什么不同？", "comparison", "什么不同 is no definition"),
    ("重点工作有哪些？", "list", "plain"),
    ("几个方面？", "list", "几个方面 asks for them, not for their number"),
    ("怎么压减开办时间？", "measure", "plain"),
    ("无标准生产怎么办？", "measure", "simplified"),
    ("無標準生產怎麼辦？", "measure", "traditional"),
    ("系统上线了没有？", "status", "what came of it"),
    ("今年的口号", "general", "no question word"),
    ("", "general", "nothing"),
]


@pytest.mark.parametrize(("text", "kind"), [row[:2] for row in KINDS], ids=[row[2] for row in KINDS])
def test_kind(text: str, kind: str) -> None:
    assert understand(text).kind == kind


MEASURES = [
    ("移送公安多少件？", "件", "a unit after 多少"),
    ("满意率目标是多少？", "%", "a rate has no other unit"),
    ("增长几个点？", "%", "points are shares"),
    ("全省排第几？", RANK, "a rank"),
    ("第几季度完成？", "", "a quarter is no rank"),
    ("奖励多少万元？", "元", "the scale is no unit"),
    ("赤字安排了多少万亿元？", "元", "the greatest scale is none either"),
    ("规模做到多少万亿？", "万亿", "a scale without a unit"),
    ("投了多少钱？", "元", "money without 元"),
    ("哪几家单位？", "", "哪几 asks which"),
    ("有几个方面？", "", "几个方面 is no count"),
]


@pytest.mark.parametrize(("text", "unit"), [row[:2] for row in MEASURES], ids=[row[2] for row in MEASURES])
def test_measure(text: str, unit: str) -> None:
    assert measure_asked(text) == unit


FIGURES = [
    ("%", "合格率不低于97%", True, "per cent"),
    ("%", "合格率达到百分之九十七", True, "in words"),
    ("%", "提高2个百分点", True, "points"),
    ("%", "完成5200批次", False, "another unit"),
    ("件", "查办xx件", True, "masked"),
    ("件", "达到一千二百件", True, "in words"),
    ("家", "惠及3万户", True, "家 and 户 count alike"),
    (RANK, "位居全省第三名", True, "a rank in words"),
    (RANK, "第三季度", False, "a quarter is no rank"),
    ("名", "聘请xx名监督员", True, "persons"),
    ("元", "罚没款3.5万元", True, "with a scale"),
    ("元", "罚没款3.5万", False, "no unit"),
]


@pytest.mark.parametrize(
    ("unit", "text", "found"), [row[:3] for row in FIGURES], ids=[f"{row[0]} {row[3]}" for row in FIGURES]
)
def test_figure_in(unit: str, text: str, found: bool) -> None:
    assert bool(figure_in(unit).search(text)) == found


NUMERALS = [("3", 3), ("12", 12), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("三十六", 36)]
NO_NUMERALS = [("", 0), ("三3", 0), ("百", 0), ("十十", 0), ("9" * 5000, 0), ("二十三十", 0)]


@pytest.mark.parametrize(("text", "value"), NUMERALS + NO_NUMERALS)
def test_counted(text: str, value: int) -> None:
    assert counted(text) == value


COUNTS = [
    ("抓好哪三个方面？", 3, "words"),
    ("哪十二项任务？", 12, "beyond ten"),
    ("哪3项？", 3, "digits"),
    ("“四减”指什么？", 4, "in a term"),
    ("有哪些？", 0, "no number"),
    ("哪" + "9" * 5000 + "项？", 0, "more digits than a number may have"),
]


@pytest.mark.parametrize(("text", "count"), [row[:2] for row in COUNTS], ids=[row[2] for row in COUNTS])
def test_count(text: str, count: int) -> None:
    assert understand(text).count == count


YEARS = [
    ("2023年目标？", {2023}, "plain"),
    ("２０２３年目标？", {2023}, "full-width"),
    ("2023、2024两年", {2023, 2024}, "two"),
    ("1998件案件", set(), "a count that looks like a year"),
    ("12315投诉", set(), "a hotline"),
    ("20231234", set(), "part of a longer number"),
]


@pytest.mark.parametrize(("text", "years"), [row[:2] for row in YEARS], ids=[row[2] for row in YEARS])
def test_years(text: str, years: set[int]) -> None:
    assert understand(text).years == years


def test_a_part_takes_the_year_of_its_whole() -> None:
    assert understand("血压计检定多少台？", context="松泽县2024年专项资金争取多少？").years == {2024}


QUOTED = [
    ("“四减”是什么？", ("四减",), "curled"),
    ('"四减"是什么？', ("四减",), "straight"),
    ("《食品安全法》是什么？", ("食品安全法",), "a title"),
    ("“消费维权、计量惠民”指什么？", ("消费维权", "计量惠民"), "two terms in one quotation"),
    ("“三查、四改”指什么？", ("三查、四改",), "one term with a stop inside"),
    ("“”指什么？", (), "empty"),
    ("“" + "长" * 40 + "”", (), "too long for a term"),
]


@pytest.mark.parametrize(("text", "terms"), [row[:2] for row in QUOTED], ids=[row[2] for row in QUOTED])
def test_quoted(text: str, terms: tuple[str, ...]) -> None:
    assert understand(text).quoted == terms


PARTS = [
    ("食品抽检合格率要达到多少？", 1, "one asking"),
    ("移送多少件？刑拘了多少人？", 2, "two question marks"),
    ("由谁牵头，什么时候完成？", 2, "a comma between two askings"),
    ("2023、2024两年合格率分别是多少？", 2, "once a year"),
    ("2023年和2024年的讲话", 2, "two years named"),
    ("作为牵头单位，要做什么？", 1, "a comma, one asking"),
    ("？？？", 1, "only marks"),
    ("移送了多少件？" * 90, MOST_PARTS, "no more than can be answered"),
]


@pytest.mark.parametrize(("text", "count"), [row[:2] for row in PARTS], ids=[row[2] for row in PARTS])
def test_parts(text: str, count: int) -> None:
    assert len(parts_of(understand(text))) == count


ABBREVIATIONS = [
    ("三会四清", [(3, "会"), (4, "清")], "two parts"),
    ("四个带头", [(4, "带头")], "with a measure word"),
    ("两转", [(2, "转")], "两"),
    ("一码通查", [], "one of a thing abbreviates nothing"),
    ("质量门诊", [], "no number"),
    ("三" * 30, [], "numerals only, however long"),
    ("三查三改" * 20, [], "longer than a term is"),
]


@pytest.mark.parametrize(
    ("term", "parts"), [row[:2] for row in ABBREVIATIONS], ids=[row[2] for row in ABBREVIATIONS]
)
def test_abbreviation(term: str, parts: list[tuple[int, str]]) -> None:
    assert [(part.count, part.core) for part in parse(term)] == parts


SPELLED = [
    ("三提", "提素质、提效能、提形象", True, "in order"),
    ("三提", "提素质、提效能", False, "one too few"),
    ("三提", "提素质、抓落实、提效能、提形象", False, "not neighbours"),
    ("三提", "开展“提素质”“提效能”“提形象”行动", True, "between quotation marks"),
    ("三提", "三提、三提、三提", False, "the term itself"),
    ("四减", "减环节、减材料、减时限、减费用", True, "four"),
]


@pytest.mark.parametrize(("term", "text", "found"), [row[:3] for row in SPELLED], ids=[r[3] for r in SPELLED])
def test_spelled_out(term: str, text: str, found: bool) -> None:
    assert spelled_out(parse(term), text) == found


def test_the_lexicon_knows_both_ways() -> None:
    assert "政务服务热线" in dict(alternatives("热线反映的问题"))["热线"]
    assert alternatives("风和日丽") == ()


@given(st.text(st.characters(), max_size=200))
def test_simplifying_keeps_lengths(text: str) -> None:
    assert len(simplified(text)) == len(text)


ODD = [
    "\ud800",
    "\x00\x07\x1b[31m",
    r"(.*)+[^\\]{3,}$(?P<x>",
    "😀" * 40,
    "<script>alert(1)</script>",
    "“" + "三" * 28 + "x”",
    "多少" * 2500,
    "哪" + "9" * 5000 + "项",
    "第٣条",
    "﷽ﬁ㍿",
]
PIECES = st.sampled_from(
    [
        *"？，。、“”《》和与年率几哪谁吗0129",
        "2023年",
        "多少",
        "什么",
        "第三条",
        "分别",
        "那个市",
        "不低于",
        *ODD,
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)), st.text(max_size=20))
def test_understand_never_raises(text: str, context: str) -> None:
    for part in parts_of(understand(text, context)):
        assert len(part.folded) == len(part.text)
        assert part.count >= 0


@pytest.mark.parametrize("text", ODD)
def test_understand_takes_odd_questions(text: str) -> None:
    assert parts_of(understand(text))


MODULES = (
    "abbreviations answer assistant bootstrap conversation lexicon listing measures question quoting refusal "
    "retrieval scoping shapes starters terms timing"
)


@pytest.mark.parametrize("name", MODULES.split())
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"assistant.{name}")).failed == 0
