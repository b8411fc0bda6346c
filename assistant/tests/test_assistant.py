"""Questions to a library of our own: what is answered, what is refused, what follows, what the reader's filters leave."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_library import DOCUMENTS, stored

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn
from assistant.question import Scope
from corpus.library import Library

CITY_2023, CITY_2024, COUNTY_2023, COUNTY_2024, TABLE = DOCUMENTS


def lawful(answer: Answer, library: Library) -> None:
    """The laws that hold of every answer: verbatim citations, and markers that name all of them and no other."""
    for citation in answer.citations:
        document = library.document(citation.document)
        assert document.quote(citation.span) == citation.quote
        assert document.revision == citation.revision
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", without_quotes(answer))]
    assert markers == [citation.number for citation in answer.citations]
    assert answer.abstained == answer.text.startswith("资料中没有提到")
    if not answer.abstained:
        assert answer.citations


def without_quotes(answer: Answer) -> str:
    text = answer.text
    for citation in answer.citations:
        text = text.replace(" ".join(citation.quote.split()), "")
    return text


ANSWERED = [
    ("青澜市2023年食品抽检合格率目标是多少？", "不低于97%", CITY_2023, "the plan's year, not the review's"),
    ("青澜市2024年食品抽检合格率目标是多少？", "98%以上", CITY_2024, "the same thing a year later"),
    ("2023年青澜市食品抽检合格率实际达到了多少？", "97.6%", CITY_2024, "the outcome stands in the next year's speech"),
    ("松泽县2023年食品抽检合格率目标是多少？", "96.5%", COUNTY_2023, "the other place, among other figures"),
    ("松澤縣2024年食品抽檢合格率不低於多少？", "97.2%", COUNTY_2024, "traditional characters"),
    ("松泽县２０２４年食品抽检合格率不低于多少？", "97.2%", COUNTY_2024, "full-width year"),
    ("放心消费示范街2023年计划建成多少条？", "12条", CITY_2023, "what was planned"),
    ("放心消费示范街2023年建成了多少条？", "9条", CITY_2024, "what was built"),
    ("青澜市校园食堂排查什么时候完成？", "6月底前", CITY_2023, "a day"),
    ("气瓶充装单位多久检查一次？", "每季度", CITY_2023, "a recurrence"),
    ("老旧电梯更新改造由谁负责？", "特设科", CITY_2023, "an owner before 负责"),
    ("“百日攻坚”行动由哪个单位牵头？", "执法大队", COUNTY_2024, "an owner in the sentence after"),
    ("“四减”改革是什么意思？", "减环节、减材料、减时限、减费用", CITY_2024, "即 and a list"),
    ("什么是“质量门诊”？", "开出整改方案", CITY_2024, "a term said in the next sentence"),
    ("“三提”行动是哪三提？", "提素质、提效能、提形象", COUNTY_2023, "a term spelled out beside it"),
    ("青澜市2024年存在的主要问题有哪些？", "执法力量不足", CITY_2024, "problems"),
    ("外卖食安封签示范店建成了多少家？", "已建成41家", TABLE, "a row of a table: its progress"),
    ("外卖食安封签示范店由哪个科室牵头？", "牵头单位：餐饮科", TABLE, "a row of a table: its owner"),
    ("修订行政处罚裁量基准什么时候完成？", "2024年12月底", TABLE, "a row of a table: its day"),
    ("松泽县2024年专项资金争取多少？血压计检定多少台？", "2000台", COUNTY_2024, "two questions in one"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said", "where"), [row[:3] for row in ANSWERED], ids=[row[3] for row in ANSWERED]
)
def test_answers(assistant: Assistant, library: Library, question: str, said: str, where: str) -> None:
    answer = assistant.answer(question)
    assert answer.status == "answered"
    assert said in answer.text[:300]
    assert where in {citation.document for citation in answer.citations}
    lawful(answer, library)


REFUSED = [
    ("青澜市2025年食品抽检合格率目标是多少？", "2025年", "a later year"),
    ("青澜市2022年食品抽检合格率是多少？", "2022年", "an earlier year"),
    ("松泽县2024年农贸市场快检室建成了几个？", "2024年", "the year before has it"),
    ("苏州市2024年食品抽检合格率目标是多少？", "苏州", "a known city that is not there"),
    ("苏州食品抽检合格率目标是多少？", "苏州", "its bare name"),
    ("白洋市2024年食品抽检合格率目标是多少？", "白洋市", "a city that no list knows"),
    ("白洋县2024年食品抽检合格率目标是多少？", "白洋县", "a county that no list knows"),
    ("青澜市2024年个体工商户总量达到多少户？", "", "the other place has it"),
    ("松泽县高价值专利有多少件？", "", "the other place has it, without a year"),
    ("青澜市2024年化妆品备案多少件？", "", "another subject"),
    ("松泽县2024年“百日攻坚”行动查办案件多少件？", "具体数字", "the subject without such a figure"),
    ("“五心服务”是什么意思？", "五心服务", "a term only named"),
    ("“三查三改”工作法具体指什么？", "三查三改", "an abbreviation only named"),
    ("“一码通查”系统上线了没有？", "完成情况", "only the plan is there"),
    ("松泽县2023年农贸市场快检室建成了几个？", "完成情况", "a planned figure is no outcome"),
    ("松泽县2023年质押融资额完成了多少？", "完成情况", "a figure striven for is no outcome"),
    ("松泽县2024年抓好落实要做到哪几点？", "", "only its title is like it"),
    ("青澜市2024年三季度食品抽检合格率是多少？", "三季度", "another period"),
    ("市长质量奖企业的联系人是谁？", "联系人", "a role that nobody is named for"),
    ("放心消费示范街是哪个科室牵头的？", "科室", "a section that is not named"),
    ("校园食堂几点开门？", "几点", "an hour where a month is said"),
    ("今天股票涨了吗？", "股票", "a thing that no passage holds"),
    ("天气怎么样？", "", "another world"),
    ("", "", "nothing asked"),
]


@pytest.mark.parametrize(
    ("question", "reason"), [row[:2] for row in REFUSED], ids=[row[2] for row in REFUSED]
)
def test_refusals(assistant: Assistant, library: Library, question: str, reason: str) -> None:
    answer = assistant.answer(question)
    assert answer.status == "not_found", answer.text
    assert reason in answer.text.partition("最接近的内容")[0]
    lawful(answer, library)


MASKED = [
    ("青澜市2024年药品抽检合格率要达到多少？", "XX%", "a rate"),
    ("2023年青澜市查办侵权假冒案件多少件？", "XX件", "a count"),
    ("2023年青澜市罚没款多少万元？", "*万元", "the second mask of a sentence"),
]


@pytest.mark.parametrize(("question", "mask"), [row[:2] for row in MASKED], ids=[row[2] for row in MASKED])
def test_masked_figures_are_said_to_be_masked(
    assistant: Assistant, library: Library, question: str, mask: str
) -> None:
    answer = assistant.answer(question)
    assert answer.status == "masked"
    assert mask in answer.citations[0].quote
    assert re.search(rf"原文以“[^”]*{re.escape(mask)}”隐去", answer.text)
    lawful(answer, library)


REPORT = """白洋省2025年政府工作报告
一、预期目标
地区生产总值增长5.5%左右，城镇新增就业40万人以上，居民消费价格涨幅2%左右。
二、重点任务
按规定调整最低工资标准，让低收入者多得实惠。
实施县域经济八大行动，支持各县错位发展。
拿出最严格的检查、最严厉的惩戒、最严肃的追责，守住“舌尖上的安全”。
"""
BESIDE = [
    ("白洋省2025年社会消费品零售总额计划增长多少？", "not_found", "", "figures of other indicators only"),
    ("白洋省2025年最低工资标准要涨到每月多少？", "not_found", "具体数字", "no figure at all, and no unit asked"),
    ("白洋省2025年GDP目标？", "answered", "5.5%左右", "a word in Latin letters"),
    ("白洋省县域经济八大行动分别叫什么？", "not_found", "八大", "counted, not named"),
    ("白洋省2025年地区生产总值目标增长多少？", "answered", "5.5%左右", "the indicator itself; 地区 is no district"),
    ("守住“舌尖上的安全”，提了哪三个“最”？", "answered", "最严肃的追责", "things called by another word"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "status", "said"), [row[:3] for row in BESIDE], ids=[row[3] for row in BESIDE]
)
def test_beside_what_is_asked(
    tmp_path_factory: pytest.TempPathFactory, question: str, status: str, said: str
) -> None:
    with stored(tmp_path_factory.mktemp("report"), {"白洋省报告.txt": REPORT.encode()}) as library:
        answer = make_assistant(library).answer(question)
    assert answer.status == status, answer.text
    assert said in answer.text


def test_a_figure_beside_a_masked_one_is_not_masked(assistant: Assistant) -> None:
    answer = assistant.answer("青澜市2024年食品抽检合格率稳定在多少？")
    assert answer.status == "answered"
    assert "98%" in answer.text


MIXED = [
    ("食品抽检合格率是多少？", "answered", "the open one is asked"),
    ("药品抽检合格率是多少？", "masked", "the masked one is asked"),
    ("化妆品抽检了多少批次？", "masked", "masked in another unit"),
]


@pytest.mark.parametrize(("question", "status"), [row[:2] for row in MIXED], ids=[row[2] for row in MIXED])
def test_masked_and_open_figures_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, question: str, status: str
) -> None:
    text = "青澜市市场监督管理局2023年工作总结\n一、成绩\n食品抽检合格率97.5%，药品抽检合格率XX%，化妆品抽检XX批次。\n"
    with stored(tmp_path_factory.mktemp("mixed"), {"总结.txt": text.encode()}) as library:
        assert make_assistant(library).answer(question).status == status


def test_a_vague_day_is_said_to_be_vague(assistant: Assistant) -> None:
    assert "没有写明具体日期" in assistant.answer("对投诉举报较多的商户什么时候整改完？").text


LISTS = [
    ("青澜市2024年抓落实要做到哪几点？", ["第一，领导带头抓", "第二，上下联动抓", "第三，典型引路抓"], "after a colon"),
    ("青澜市2023年工作要点重点抓好哪三个方面？", ["一是压实责任", "二是严格时限", "三是强化督查"], "within one paragraph"),
    ("松泽县2024年重点工作有哪些？", ["百日攻坚", "一码通查", "计量惠民"], "under a heading"),
    ("青澜市2023年重点任务有哪些？", ["守牢食品安全底线", "管好特种设备", "放心消费城市"], "headings under a heading"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "members"), [row[:2] for row in LISTS], ids=[row[2] for row in LISTS])
def test_lists(assistant: Assistant, library: Library, question: str, members: Sequence[str]) -> None:
    answer = assistant.answer(question)
    places = [answer.text.find(member) for member in members]
    assert -1 not in places, answer.text
    assert places == sorted(places)
    lawful(answer, library)


IN_PARTS = [
    ("2023年和2024年青澜市食品抽检合格率目标分别是多少？", ["不低于97%", "98%以上"], "two years"),
    ("青澜市放心消费示范街原定多少条，后来建成多少条？", ["12条", "9条"], "what was planned, and what came of it"),
    ("青澜市2024年食品抽检合格率目标是95%吧？", ["98%以上"], "a premise that the text does not bear out"),
    ("哪份文件提到了“质量门诊”？", ["青澜市："], "which document"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said"), [row[:2] for row in IN_PARTS], ids=[row[2] for row in IN_PARTS]
)
def test_parts(assistant: Assistant, library: Library, question: str, said: Sequence[str]) -> None:
    answer = assistant.answer(question)
    places = [answer.text.find(part) for part in said]
    assert -1 not in places, answer.text
    assert places == sorted(places)
    lawful(answer, library)


LISTING = "青澜市2024年抓落实要做到哪几点？"
POINTED = [
    ((LISTING,), "第二条是什么？", "上下联动抓。市局县局一盘棋", "an item"),
    ((LISTING, "第二条是什么？"), "最后一条呢？", "每季度通报一批典型案例", "the last one, after another"),
    ((LISTING,), "典型引路那一条具体怎么做？", "每季度通报一批典型案例", "an item by its name"),
    (("松泽县2024年重点工作有哪些？", "一码通查呢？"), "什么时候完成？", "10月底前", "what was singled out"),
    (("青澜市2024年食品抽检合格率目标是多少？",), "去年呢？", "不低于97%", "the year before"),
    (("青澜市2023年食品抽检合格率目标是多少？",), "松泽县呢？", "不低于96.5%", "another place"),
]  # fmt: skip


def told(assistant: Assistant, questions: Sequence[str]) -> Answer:
    """The answer to the last question of a conversation."""
    history: list[Turn] = []
    for question in questions:
        history.append(Turn(question, assistant.answer(question, history)))
    return history[-1].answer


@pytest.mark.parametrize(
    ("before", "question", "said"), [row[:3] for row in POINTED], ids=[row[3] for row in POINTED]
)
def test_what_is_pointed_to(
    assistant: Assistant, library: Library, before: Sequence[str], question: str, said: str
) -> None:
    answer = told(assistant, [*before, question])
    assert said in answer.text
    assert answer.status == "answered"
    lawful(answer, library)


def test_an_item_that_a_list_does_not_have(assistant: Assistant) -> None:
    answer = told(assistant, [LISTING, "那第五条呢？"])
    assert answer.status == "not_found"
    assert "只列出3条" in answer.text


@pytest.mark.parametrize("question", [row[0] for row in ANSWERED])
def test_what_is_quoted_is_found_first(assistant: Assistant, question: str) -> None:
    cited = assistant.answer(question).citations[0]
    first = assistant.search(question, 5)[0].passage
    assert (first.document, bool(first.span.overlap(cited.span))) == (cited.document, True)


def test_two_places_are_compared(assistant: Assistant, library: Library) -> None:
    answer = assistant.answer("青澜市和松泽县2024年食品抽检合格率目标分别是多少？")
    assert [c.document for c in answer.citations] == [CITY_2024, COUNTY_2024]
    assert answer.text.startswith("青澜市：")
    assert "松泽县：" in answer.text
    lawful(answer, library)


def test_which_documents_say_so(assistant: Assistant) -> None:
    answer = assistant.answer("哪几份材料提到了食品抽检合格率？")
    assert {c.document for c in answer.citations} == {CITY_2023, CITY_2024, COUNTY_2023, COUNTY_2024}


SCOPES = [
    (Scope(documents=frozenset({COUNTY_2023})), {COUNTY_2023}, "a document"),
    (Scope(years=frozenset({2024})), {CITY_2024, COUNTY_2024, TABLE}, "a year"),
    (Scope(issuers=frozenset({"松泽县市场监督管理局"})), {COUNTY_2023, COUNTY_2024}, "an issuer"),
    (
        Scope(years=frozenset({2024}), issuers=frozenset({"松泽县市场监督管理局"})),
        {COUNTY_2024},
        "two filters",
    ),
    (Scope(documents=frozenset({CITY_2023}), years=frozenset({2024})), set(), "filters that leave nothing"),
    (Scope(documents=frozenset({"没有.txt"})), set(), "a document that is not there"),
]
SCOPED = (
    "食品抽检合格率目标是多少？",
    "青澜市和松泽县食品抽检合格率目标分别是多少？",
    "哪几份材料提到了食品抽检合格率？",
    "“三提”行动是哪三提？",
    "2023、2024两年食品抽检合格率分别是多少？",
)


@pytest.mark.parametrize("question", SCOPED)
@pytest.mark.parametrize(("scope", "left"), [row[:2] for row in SCOPES], ids=[row[2] for row in SCOPES])
def test_filters_restrict(
    assistant: Assistant, library: Library, scope: Scope, left: set[str], question: str
) -> None:
    answer = assistant.answer(question, scope=scope)
    assert {citation.document for citation in answer.citations} <= left
    assert {scored.passage.document for scored in assistant.search(question, scope=scope)} <= left
    assert answer.abstained or left
    lawful(answer, library)


def dialogue(assistant: Assistant, *questions: str) -> Answer:
    history: list[Turn] = []
    for question in questions:
        history.append(Turn(question, assistant.answer(question, history)))
    return history[-1].answer


RATE = "青澜市2024年食品抽检合格率目标是多少？"
POINTS = "青澜市2024年抓落实要做到哪几点？"
DIALOGUES = [
    ((RATE, "松泽县呢？"), "97.2%", COUNTY_2024, "another place that no list knows"),
    ((RATE, "那2023年呢？"), "97%", CITY_2023, "another year"),
    ((RATE, "松泽县呢？", "2023年呢？"), "96.5%", COUNTY_2023, "another place, then another year"),
    ((RATE, "那药品呢？"), "XX%", CITY_2024, "another thing of the same kind"),
    ((POINTS, "第二点是什么？"), "第二，上下联动抓", CITY_2024, "an item by its number"),
    ((POINTS, "第一点具体怎么做？"), "每月至少下沉一次", CITY_2024, "what an item says"),
    (("老旧电梯更新改造由谁负责？", "什么时候完成？"), "11月底前", CITY_2023, "its day"),
    ((RATE, "“百日攻坚”行动由哪个单位牵头？"), "执法大队", COUNTY_2024, "a new subject"),
    ((RATE, "外卖食安封签示范店由哪个科室牵头？"), "餐饮科", TABLE, "a new subject without a quotation"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("questions", "said", "where"), [row[:3] for row in DIALOGUES], ids=[row[3] for row in DIALOGUES]
)
def test_follow_ups(
    assistant: Assistant, library: Library, questions: Sequence[str], said: str, where: str
) -> None:
    answer = dialogue(assistant, *questions)
    assert said in answer.text
    assert where in {citation.document for citation in answer.citations}
    assert answer.question == questions[-1]
    lawful(answer, library)


@pytest.mark.parametrize("ordinal", ["第十二条", "第99条", "第0条", "第三3条", "第" + "9" * 900 + "条"])
def test_ordinals_beyond_the_list(assistant: Assistant, library: Library, ordinal: str) -> None:
    lawful(dialogue(assistant, POINTS, f"{ordinal}是什么？"), library)


def test_the_asked_form_stands_by_itself(assistant: Assistant) -> None:
    assert "2023" in dialogue(assistant, RATE, "那2023年呢？").asked
    assert "电梯" in dialogue(assistant, "老旧电梯更新改造由谁负责？", "什么时候完成？").asked


ENDS = [
    ("加强监管的主要措施包括：", "加强监管的主要措施有哪些？", "a list led in by the last colon"),
    ("建设一批“质量门诊”。简单讲，就是开方子", "“质量门诊”是什么意思？", "an explanation at the very end"),
    ("建设一批“质量门诊”。简单讲，就是开方子。”", "“质量门诊”是什么意思？", "and a closing mark"),
]


@pytest.mark.parametrize(("text", "question"), [row[:2] for row in ENDS], ids=[row[2] for row in ENDS])
def test_texts_that_just_end(tmp_path_factory: pytest.TempPathFactory, text: str, question: str) -> None:
    head = "青澜市市场监督管理局2024年工作要点\n一、目标\n合格率不低于97%。\n"
    with stored(tmp_path_factory.mktemp("end"), {"要点.txt": (head + text).encode()}) as library:
        lawful(make_assistant(library).answer(question), library)


def test_an_empty_library(tmp_path_factory: pytest.TempPathFactory) -> None:
    with stored(tmp_path_factory.mktemp("empty"), {}) as library:
        empty = make_assistant(library)
        answer = empty.answer(RATE)
        assert answer.status == "not_found"
        assert answer.citations == ()
        assert empty.search(RATE) == ()
        assert empty.starters() == ()


def test_starters_are_answered(assistant: Assistant) -> None:
    questions = assistant.starters(4)
    assert questions
    assert questions == assistant.starters(4)
    assert len(set(questions)) == len(questions) <= 4
    assert not any(assistant.answer(question).abstained for question in questions)


def test_search_is_best_first(assistant: Assistant) -> None:
    found = assistant.search(RATE, k=3)
    assert found[0].passage.document == CITY_2024
    assert len(found) == 3
    assert [scored.score for scored in found] == sorted((scored.score for scored in found), reverse=True)
    assert len({scored.passage.identity for scored in found}) == 3


def test_a_stream_without_a_model_is_one_answer(assistant: Assistant) -> None:
    (answer,) = assistant.stream(RATE)
    assert answer.mode == "quoting"


def test_new_documents_are_answered_from_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    from ingest.passages import RULES
    from ingest.pipeline import build

    home = tmp_path_factory.mktemp("growing")
    with stored(home, {COUNTY_2023: DOCUMENTS[COUNTY_2023]}) as library:
        growing = make_assistant(library)
        assert growing.answer(RATE).abstained
        library.put(*build(CITY_2024, DOCUMENTS[CITY_2024]), RULES)
        assert "98%" in growing.answer(RATE).text
        library.remove(CITY_2024)
        assert growing.answer(RATE).abstained


ODD = [
    ("😀🎉食品抽检合格率😀是多少👍🏽", "emoji"),
    ("食品抽检合格率是多少" * 500, "5,000 characters"),
    ("食品\x00\x01抽检\x1b[31m合格率\x7f是多少", "control characters"),
    (r"(.*)+[\d]{3,}$^|\\ 食品(?P<x>", "regex metacharacters"),
    ('"食品" AND body:* OR (合格率~2) \\', "a search engine's syntax"),
    ("'; DROP TABLE documents; --", "SQL"),
    ("<script>alert(1)</script>食品抽检合格率是多少", "HTML"),
    ("食品\ud800抽检合格率\udfff是多少", "half surrogate pairs"),
    ("食品[1]抽检[99]合格率", "markers in the question"),
    ("“" + "三" * 28 + "。”", "a term of numerals"),
    ("".join(f"“{'三' * 27}{n}。”" for n in range(30)), "many terms of numerals"),
    ("谁？" * 400, "many parts"),
    ("青澜市和松泽县" * 140 + "有什么不同", "many sides"),
    ("哪" + "9" * 900 + "项", "a huge number"),
    ("   \n\t　", "blank"),
    ("？？？", "only marks"),
    ("​‮食品抽检合格率", "invisible characters"),
]  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("question", [row[0] for row in ODD], ids=[row[1] for row in ODD])
def test_odd_questions(assistant: Assistant, library: Library, question: str) -> None:
    answer = assistant.answer(question)
    lawful(answer, library)
    json.dumps(answer.to_json(), ensure_ascii=False).encode()
    assistant.search(question)


ANYTHING = st.text(st.characters(), max_size=60)
PIECES = st.sampled_from(
    ["青澜市", "松泽县", "苏州", "2023年", "2024年", "食品抽检合格率", "“四减”", "“五心服务”", "示范街", "电梯", "和", "与", "，", "？", "哪几份材料",
     "是多少", "分别", "有什么不同", "是什么意思", "由谁牵头", "什么时候完成", "有哪些", "哪三个方面", "完成了没有", "怎么做", "那个市", "第三条", "呢", "吗"]
)  # fmt: skip
QUESTIONS = st.one_of(ANYTHING, st.lists(PIECES, max_size=8).map("".join))
SCOPINGS = st.builds(
    Scope,
    documents=st.frozensets(st.sampled_from(sorted(DOCUMENTS)), max_size=2),
    years=st.frozensets(st.sampled_from([2023, 2024]), max_size=1),
)
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@CALM
@given(QUESTIONS, SCOPINGS)
def test_any_question_is_answered_lawfully(
    assistant: Assistant, library: Library, question: str, scope: Scope
) -> None:
    answer = assistant.answer(question, scope=scope)
    lawful(answer, library)
    if scope.documents:
        assert {citation.document for citation in answer.citations} <= scope.documents


@CALM
@given(QUESTIONS, QUESTIONS)
def test_any_follow_up_is_answered_lawfully(
    assistant: Assistant, library: Library, first: str, second: str
) -> None:
    lawful(dialogue(assistant, first, second), library)


@CALM
@given(QUESTIONS)
def test_the_same_question_has_the_same_answer(library: Library, question: str) -> None:
    first, second = (make_assistant(library).answer(question).to_json("q") for _ in range(2))
    first.pop("elapsed_ms")
    second.pop("elapsed_ms")
    assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


@pytest.mark.parametrize(
    "question",
    ["青澜市2023年对投诉举报较多的商户要求几天内整改？", "青澜市2023年投诉举报较多的商户，整改期限是几天？"],
)
def test_a_time_that_is_only_said_vaguely_is_quoted_and_told(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert not answer.abstained
    assert "限期整改[1]" in answer.text
    assert "（原文只说“限期”，没有写明具体" in answer.text


def test_admitted_problems_go_before_those_that_are_dealt_with(tmp_path: Path) -> None:
    text = """在丁山市2024年工作会议上的讲话
同志们：
一年来，我们积极应对各种困难和问题，全面完成任务，帮助企业解决困难和问题320件。
在肯定成绩的同时，我们也清醒看到面临的困难。基层力量仍然不足，监管手段比较单一。个别单位作风漂浮。
下一步要直面困难和问题，敢于攻坚。
"""
    with stored(tmp_path / "home", {"丁山市2024年会议讲话.txt": text.encode()}) as library:
        answer = make_assistant(library).answer("丁山市2024年讲话承认有哪些困难和问题？")
    assert answer.text.startswith("在肯定成绩的同时，我们也清醒看到面临的困难。基层力量仍然不足")
    assert "个别单位作风漂浮" in answer.text
