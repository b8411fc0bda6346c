"""What is refused though the right topic is there: terms only named, parts of a question, levels, years of figures. Trap tables."""

from __future__ import annotations

import pytest

from assistant.abbreviations import parse, spelled_out
from assistant.evidence import Unit
from assistant.explaining import explained, explains
from assistant.measures import thing_counted
from assistant.mismatches import of_a_superior, of_another_thing, only_added, only_planned
from assistant.particulars import without_measure, without_the_particular, without_time
from assistant.parts import parts_of
from assistant.question import understand
from assistant.terms import Term, content_words, joined
from assistant.timeliness import timely_in
from assistant.timing import Tense, tense_of, years_of_clauses
from assistant.unexplained import only_counted, only_named
from corpus.document import Inferred, Metadata, Span
from corpus.passage import Passage
from corpus.text import bigrams


def unit(text: str, passage: str = "", path: tuple[str, ...] = (), tense: Tense | None = None) -> Unit:
    whole = passage or text
    return Unit(
        passage=Passage("讲话.txt", "r1", Span(0, len(whole)), whole, path, "讲话"),
        span=Span(0, len(text)),
        text=text,
        coverage=1.0,
        own=1.0,
        shaped=False,
        affinity=0.0,
        timely=True,
        score=1.0,
        tense=tense or tense_of(text),
    )


SPELLED = [
    ("三医", "深化医疗、医保、医药改革", True, "cores that open"),
    ("四旁", "村旁、宅旁、路旁、水旁", True, "cores that close"),
    (
        "四医",
        "加快国家医学中心、国家中医药综合改革示范区、区域医疗中心、基层医疗机构标准化建设",
        False,
        "a character that comes by chance",
    ),
    ("三品", "增品种、提品质、创品牌", True, "cores in the middle"),
]


@pytest.mark.parametrize(("term", "text", "is_it"), [row[:3] for row in SPELLED], ids=[r[3] for r in SPELLED])
def test_phrases_hold_the_core_of_an_abbreviation_at_one_place(term: str, text: str, is_it: bool) -> None:
    assert spelled_out(parse(term), text) is is_it


EXPLAINED = [
    (
        "两新两重",
        "开展“两新两重”活动，推进试点，创建“强市”、“强县”、“强业”、“强品”典型。",
        False,
        "a list further on",
    ),
    ("三突破", "把握“三条线”、力求“三突破”、实现“三提高”。", False, "a term among its like"),
    (
        "三张图",
        "画出2025年、“十五五”期间和2035年“三张图”。",
        True,
        "members before it, one of them a period",
    ),
    (
        "三个1亿人",
        "解决好“三个1亿人”问题，约1亿人落户，改造约1亿户棚户区，约1亿人就近城镇化。",
        True,
        "a number said again",
    ),
]


@pytest.mark.parametrize(("term", "text", "is_it"), [r[:3] for r in EXPLAINED], ids=[r[3] for r in EXPLAINED])
def test_what_explains_a_coined_term(term: str, text: str, is_it: bool) -> None:
    assert explained(term, unit(text)) is is_it


NAMED = [
    ("“3533”产业集群，3、5、3、3各代表什么？", "打造“3533”产业集群。", "3533", "what numbers stand for"),
    (
        "守住“三条线”、力求“三突破”，具体各是哪三样？",
        "守住“三条线”、力求“三突破”。",
        "三条线",
        "several at once",
    ),
    (
        "“赛场选马机制”具体是怎么选的？",
        "例如难题会诊机制、考评联动机制、赛场选马机制等。",
        "赛场选马机制",
        "how a thing works that is only listed",
    ),
    ("“赛场选马机制”具体是怎么选的？", "赛场选马机制以季度比拼定名次、定奖惩。", "", "how it works is said"),
]


@pytest.mark.parametrize(("question", "text", "reason"), [r[:3] for r in NAMED], ids=[r[3] for r in NAMED])
def test_terms_that_are_only_named(question: str, text: str, reason: str) -> None:
    refusal = only_named(understand(question), unit(text))
    assert (reason in refusal) if reason else not refusal


COUNTED = [
    (
        "六大产业，除了富硒还有哪五个？",
        "激发富硒产业等六大产业、传统产业、毛绒文创产业活力。",
        True,
        "one of six is named",
    ),
    ("三大产业分别是什么？", "发展茶叶、富硒、旅游等三大产业。", False, "all are named"),
]


@pytest.mark.parametrize(("question", "text", "is_it"), [r[:3] for r in COUNTED], ids=[r[3] for r in COUNTED])
def test_things_counted_of_which_some_are_named(question: str, text: str, is_it: bool) -> None:
    assert bool(only_counted(understand(question), unit(text))) is is_it


PARTICULAR = [
    ("工作规范的标准号是多少？", "工作规范通过专家审查。", "标准号", "a number of its own"),
    ("研究院院长是谁？", "与大学联合创建了研究院。", "院长", "a head who is not named"),
    ("平台是哪家公司中标的？", "平台接入重点企业6000家。", "哪一家", "a company"),
    ("平台是哪家公司中标的？", "平台由云帆科技公司承建。", "", "a company that is named"),
    (
        "检验检测中心落在哪个区？",
        "助力检验检测中心申报筹建。",
        "地点",
        "a place that the question itself names",
    ),
    ("检验检测中心落在哪个区？", "检验检测中心落户天元区。", "", "another place"),
    ("专项行动由哪个部门牵头？", "开展专项行动，集中整治乱收费。", "由谁负责", "no body in the sentence"),
    ("讲话里的网址是市局官网吗？", "www.example.com", "", "an address is told by its shape"),
]


@pytest.mark.parametrize(
    ("question", "text", "reason"), [r[:3] for r in PARTICULAR], ids=[r[3] for r in PARTICULAR]
)
def test_particulars(question: str, text: str, reason: str) -> None:
    refusal = without_the_particular(understand(question), unit(text, passage=f"{text}各部门要抓好落实。"))
    assert (reason in refusal) if reason else not refusal


def test_adverbs_with_a_numeral_are_no_figure() -> None:
    question = understand("竞争力指数是多少分？")
    assert without_measure(question, unit("产品质量进一步提高，竞争力指数稳步上升。"))
    assert not without_measure(question, unit("竞争力指数为八十二分，列第三名。"))


def test_from_which_year_to_which_asks_for_both() -> None:
    question = understand("行动计划管的是哪年到哪年？")
    assert without_time(question, unit("全面实施行动计划，确保年内验收。"))
    assert not without_time(question, unit("实施行动计划（2021—2023年）。"))


SUPERIOR = [
    ("省局要求各市2025年维保覆盖率达到多少？", "维保覆盖率达到95%。", True, "the city's own"),
    ("省局要求各市2025年维保覆盖率达到多少？", "省局要求维保覆盖率达到80%以上。", False, "the superior's"),
    ("2025年维保覆盖率达到多少？", "维保覆盖率达到95%。", False, "no superior is asked about"),
    ("省局定的维保覆盖率是不是85%？", "我市自定85%。", False, "a premise shows what is there"),
]


@pytest.mark.parametrize(
    ("question", "text", "is_it"), [r[:3] for r in SUPERIOR], ids=[r[3] for r in SUPERIOR]
)
def test_what_a_superior_demands(question: str, text: str, is_it: bool) -> None:
    assert bool(of_a_superior(understand(question), unit(text))) is is_it


WAS = [
    ("授牌仪式是哪个月举行的？", True, "when something was"),
    ("要求哪个月完成的？", False, "when it was to be"),
    ("授牌仪式哪个月举行？", False, "open"),
]


@pytest.mark.parametrize(("question", "is_it"), [row[:2] for row in WAS], ids=[row[2] for row in WAS])
def test_a_plan_does_not_say_when_something_was(question: str, is_it: bool) -> None:
    plan = unit("年底前主要指标达到创建标准。", tense="plan")
    assert bool(only_planned(understand(question), plan)) is is_it


def test_the_number_of_a_thing_needs_the_thing() -> None:
    question = understand("研究院有几个编制？")
    term = Term("编制", tuple(bigrams("编制")), 4.0)
    assert thing_counted(question.folded) == "编制"
    assert of_another_thing(question, unit("设立了三个高评委，创建了研究院。"), [term])
    assert not of_another_thing(question, unit("研究院核定编制20个。"), [term])
    assert not thing_counted("三年规划想几年干完？")


IN_ALL = [
    ("“小巨人”企业一共有多少家？", "新增单项冠军14家、“小巨人”企业38家。", True, "only what was added"),
    ("“小巨人”企业一共有多少家？", "新增“小巨人”企业38家，总数达到350家。", False, "the total too"),
    ("去年新增“小巨人”企业多少家？", "新增“小巨人”企业38家。", False, "what was added is asked"),
]


@pytest.mark.parametrize(("question", "text", "is_it"), [r[:3] for r in IN_ALL], ids=[r[3] for r in IN_ALL])
def test_what_was_added_is_not_how_many_there_are(question: str, text: str, is_it: bool) -> None:
    assert bool(only_added(understand(question), unit(text))) is is_it


def test_what_a_term_is_for_is_not_what_it_is() -> None:
    assert not explains("十张网", "推进以“十张网”为牵引的基础设施建设。")
    assert explains("十张网", "“十张网”为水网、电网、路网等十张。")


YEARS = [
    ("今年赤字率拟按3.2%安排、比去年有所下调", [{2021}], "what is compared with"),
    ("去年增长5%，今年增长6%", [{2020}, {2021}], "a year each"),
    ("2019年完成改造，增长5%", [{2019}, {2019}], "a year that goes on"),
    ("到2025年达到6%", [set()], "a deadline"),
]


@pytest.mark.parametrize(("text", "years"), [row[:2] for row in YEARS], ids=[row[2] for row in YEARS])
def test_years_of_clauses(text: str, years: list[set[int]]) -> None:
    assert [set(each) for each in years_of_clauses(text, 2021)] == years


def test_a_figure_of_this_year_is_not_that_of_the_last() -> None:
    text = "今年赤字率定为3.2%左右、较去年稍有回落。"
    metadata = Metadata(title=Inferred("政府工作报告", 1.0), year=Inferred(2021, 1.0))
    one = unit(text)
    asked = [understand(f"{year}年赤字率按百分之几安排？") for year in (2020, 2021)]
    assert [timely_in(q, text, one.passage, metadata, "plan", None)[0] for q in asked] == [False, True]


def test_whether_a_report_says_it_is_no_part_of_its_own() -> None:
    assert len(parts_of(understand("疫苗案罚了多少亿？2019年报告里有没有？"))) == 1
    assert len(parts_of(understand("移送多少件？刑拘了多少人？"))) == 2


@pytest.mark.parametrize("text", ["人手配成啥样才算到位", "每条落在一个字上", "那篇没写市名"])
def test_runs_of_single_characters_end_at_adverbs(text: str) -> None:
    words = {word for word, _ in joined(content_words(text), text)}
    assert not words & {"样才算", "每条落", "没写市"}
