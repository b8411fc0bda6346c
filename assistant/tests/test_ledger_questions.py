"""Questions to the ledger: which ones it takes, what it makes of them, and that the numbers it says are those of the rows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn
from assistant.question import Scope
from corpus.commitment import Commitment
from corpus.ledger import LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest

TODAY = datetime.date(2025, 8, 20)
EVERY = ("target", "task", "requirement", "report")
TABLES = {year: f"云川市局{year}年督查任务台账.xlsx" for year in (2024, 2025)}
PLANS = {year: f"云川市局{year}年工作要点.md" for year in (2024, 2025)}
COUNTY = (
    "安澜县局2024年工作会议讲话.docx",
    "安澜县局2025年工作要点.txt",
    "安澜县局2025年上半年工作报告.docx",
)
Fits = Callable[[Commitment], bool]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    settings = LibrarySettings(tmp_path_factory.mktemp("demonstration") / "home")
    with Library.open(settings, write=True) as own, as_file(files("corpus") / "documents") as folder:
        ingest(own, [Path(folder)], jobs=1)
        yield own


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    made = make_assistant(library)
    return Assistant(library, made.retriever, made.composer, today=lambda: TODAY)


def _due(first: str, last: str) -> Fits:
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return lambda row: (
        row.deadline is not None and row.deadline.due is not None and days[0] <= row.deadline.due <= days[1]
    )


def _led(*bodies: str) -> Fits:
    """Named whole among the owners: as it stands, after 各 or 市局, or beside another."""
    return lambda row: (
        row.owner is not None
        and any(
            part.removeprefix("各").removeprefix("市局") in bodies
            for part in re.split("[、和与及]|会同", row.owner.name)
        )
    )


def _helped(body: str) -> Fits:
    return lambda row: (
        row.owner is not None
        and not _led(body)(row)
        and any(
            part.removeprefix("各") == body
            for unit in row.owner.cooperating
            for part in re.split("[、和与及]", unit)
        )
    )


def _in(*documents: str) -> Fits:
    return lambda row: row.document in documents


def _promised(row: Commitment) -> bool:
    return row.kind != "report"


def _of(*kinds: str) -> Fits:
    return lambda row: row.kind in kinds


def _year(year: int) -> Fits:
    return lambda row: row.year == year


def _share(least: int, most: int = 1000) -> Fits:
    return lambda row: (
        row.metric is not None
        and row.metric.number is not None
        and row.metric.unit == "％"
        and least <= row.metric.number <= most
    )


def _again(how: str | None) -> Fits:
    return lambda row: row.deadline is not None and row.deadline.recurrence == how


TASKS = _of("target", "task")
ASKED: tuple[tuple[str, tuple[Fits, ...]], ...] = (
    ("哪些任务要在2024年底前完成？", (_promised, _due("2024-01-01", "2024-12-31"))),
    ("2025年6月底前要完成的有几项", (_promised, _due("2025-01-01", "2025-06-30"))),
    ("2024年9月到期的任务有哪些", (_promised, _due("2024-09-01", "2024-09-30"))),
    ("2024年三季度有哪些任务到期", (_promised, _due("2024-07-01", "2024-09-30"))),
    ("本季度到期的有哪些？", (_promised, _due("2025-07-01", "2025-09-30"))),
    ("下个月到期的任务有哪些", (_promised, _due("2025-09-01", "2025-09-30"))),
    ("下半年有哪些任务到期", (_promised, _due("2025-07-01", "2025-12-31"))),
    ("2024年7月1日至8月31日到期的任务有几项？", (_promised, _due("2024-07-01", "2024-08-31"))),
    ("2025年到期的任务有多少项", (_promised, _due("2025-01-01", "2025-12-31"))),
    ("截至2024年9月30日逾期的任务有哪些", (_promised, _due("1900-01-01", "2024-09-29"))),
    ("目前已经逾期的任务有多少项？", (_promised, _due("1900-01-01", "2025-08-19"))),
    ("登记注册科2025年牵头哪些任务？", (_promised, _year(2025), _led("登记注册科"))),
    ("市局登记注册科2024年一共牵头几项任务？", (_promised, _year(2024), _led("登记注册科"))),
    ("信息中心配合哪些任务", (_promised, _helped("信息中心"))),
    ("列出特种设备科的全部任务", (_promised, _led("特种设备科"))),
    ("由药品科牵头的任务有几项", (_promised, _led("药品科"))),
    ("县区局负责什么？", (_promised, _led("县区局"))),
    ("哪些任务没有责任单位？", (TASKS, lambda row: row.owner is None)),
    ("2025年有多少项任务没有明确责任单位", (TASKS, _year(2025), lambda row: row.owner is None)),
    ("有多少项目标没有写明数字？", (_of("target"), lambda row: row.metric is None)),
    ("哪些数字被打码了？", (_of(*EVERY), lambda row: row.metric is not None and row.metric.masked)),
    ("哪些目标的数字被隐去了", (_of("target"), lambda row: row.metric is not None and row.metric.masked)),
    ("每月要做的任务有哪些", (TASKS, _again("monthly"))),
    ("每季度要开展的任务有几项", (TASKS, _again("quarterly"))),
    ("2024年工作要点里有几项指标要求达到100％？", (_of("target"), _in(PLANS[2024]), _share(100, 100))),
    ("2024年督查任务台账里有哪些指标要求不低于80%", (_of("target"), _in(TABLES[2024]), _share(80))),
    ("2025年督查任务台账里9月到期的任务有哪些？", (_promised, _in(TABLES[2025]), _due("2025-09-01", "2025-09-30"))),
    ("安澜县2025年有多少项目标", (_of("target"), _in(*COUNTY), _year(2025))),
    ("安澜县局特种设备股牵头几项任务", (_promised, _in(*COUNTY), _led("特种设备股"))),
    ("2023年有多少项目标", (_of("target"), _year(2023))),
)  # fmt: skip


@pytest.mark.parametrize(("question", "fits"), ASKED, ids=[question for question, _ in ASKED])
def test_the_number_is_that_of_all_rows(
    assistant: Assistant, library: Library, question: str, fits: tuple[Fits, ...]
) -> None:
    rows = [kept.row for kept in library.commitments(LedgerFilter(kinds=EVERY))]
    expected = {row.identity for row in rows if all(fit(row) for fit in fits)}
    answer = assistant.answer(question)
    assert answer.ledger is not None
    left = library.commitments(answer.ledger.wanted)
    assert {kept.row.identity for kept in left} == expected
    assert answer.ledger.count == len(left) == len(expected) > 0
    assert f"共{len(expected)}" in answer.text.split("\n")[0]
    quotes = {(kept.row.document, kept.row.span) for kept in left}
    named_rows = [(citation.document, citation.span) for citation in answer.citations]
    led = answer.ledger.asked.role != "cooperate" and answer.ledger.asked.units
    assert led or quotes.issuperset(named_rows)
    for citation in answer.citations:
        assert library.document(citation.document).quote(citation.span) == citation.quote
        assert f"[{citation.number}]" in answer.text
    assert len(answer.text) <= 330
    assert len(expected) == answer.ledger.shown or "见台账" in answer.text


READ_BY_EYE = (  # in the workbooks and the plan themselves
    ("2024年督查任务台账里特种设备科牵头哪些任务？", 3, ("按需维保", "120台", "一级站")),
    ("2024年督查台账里登记注册科牵头几项任务？", 4, ("46万户", "4小时", "一件事", "1500户")),
    ("2024年督查任务台账里要在6月底前完成的有几项？", 5, ("综合查一次", "暗访", "4小时", "涉企收费")),
    ("2025年督查任务台账里9月到期的任务有哪些？", 4, ("新建8个", "116台", "40件", "30份")),
    ("2025年督查任务台账中信息中心配合哪些任务？", 3, ("同办", "追溯", "明厨亮灶")),
    ("2025年督查任务台账里有几项任务要在6月底前完成？", 7, ("同办", "412户", "完整率", "打通")),
    ("2024年督查任务台账里各县区局配合几项任务？", 10, ("46万户", "1500户", "200家")),
    ("2025年督查任务台账里12月到期的有哪些？", 6, ("48万户", "1600户", "25家", "95％", "431家")),
    ("2024年工作要点里有几项指标要求达到100％？", 4, ("督导完成率", "问题整改率", "零售药店", "建档率")),
)


@pytest.mark.parametrize(("question", "count", "words"), READ_BY_EYE)
def test_the_rows_are_those_that_stand_in_the_document(
    assistant: Assistant, question: str, count: int, words: tuple[str, ...]
) -> None:
    answer = assistant.answer(question)
    assert answer.ledger is not None
    assert answer.ledger.count == count
    assert f"共{count}项" in answer.text
    assert all(word in answer.text[:300] for word in words), answer.text


NOT_FOR_THE_LEDGER = (
    "四个带头是哪四个？",
    "“三清两快”分别是什么？",
    "2024年群众满意率要达到多少？",
    "老旧电梯什么时候改完？",
    "2025年工作要点一共有多少项任务？",  # the document says so itself
    "2023年没完成的五件事是哪五件？",
    "2024年下半年的四项追赶任务",
    "2024年没兑现的四项指标都有哪些？",
    "2024年台账里“一件事”套餐的配合单位有哪些？",
    "2024年工作要点里，全年移送公安的指标是几件？",
    "黑气瓶清剿谁牵头，会同哪些部门？",
    "平台打通12315这活儿是谁的？",
    "2024年上半年涉企收费一共退了多少钱？",
    "企业开办整合了哪几个环节？（2023年要点）",
    "质量考核追分方案涉及哪几个科室要交？2023年",
    "石桥县局2024年的群众满意率目标是多少？",
    "哪几份材料提到了质量奖？",
    "2024年重点任务有哪些",
    "哪些任务逾期了？",  # as of which day is not said
    "2024年质量门诊的任务完成了吗？",
    "2023年经营主体目标完成没有？",
    "2024年放心消费400家的任务兑现没有？",
    "学校食堂出了问题，教育局和市场监管局各担什么责？",
    "省局负责什么",
)


@pytest.mark.parametrize("question", NOT_FOR_THE_LEDGER)
def test_a_question_that_one_passage_answers_is_left_alone(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).ledger is None


def test_follow_ups_change_one_thing(assistant: Assistant) -> None:
    history: list[Turn] = []
    counts = []
    for question in (
        "登记注册科2025年牵头哪些任务？",
        "完整列出来",
        "那2024年呢？",
        "信用监管科呢",
        "那配合单位呢？",
    ):
        answer = assistant.answer(question, history)
        assert answer.ledger is not None, question
        counts.append((answer.ledger.count, answer.ledger.shown))
        history.append(Turn(question, answer))
    assert counts[1] == (counts[0][0], counts[0][0])
    assert counts[2][0] == assistant.answer("登记注册科2024年牵头哪些任务？").ledger.count  # type: ignore[union-attr]
    assert counts[3][0] == assistant.answer("信用监管科2024年牵头哪些任务？").ledger.count  # type: ignore[union-attr]
    assert "配合：" in history[-1].answer.text
    assert assistant.answer("“四色灯”是什么意思？", history).ledger is None
    standing = assistant.answer("还有哪些任务没有明确完成时限", history)  # stands by itself
    assert standing.ledger is not None
    assert standing.ledger.asked.units == ()


def test_numbers_side_by_side(assistant: Assistant, library: Library) -> None:
    answer = assistant.answer("2025年督查任务台账里人事科和特种设备科谁牵头的任务多？")
    assert "人事科牵头2项" in answer.text
    assert "特种设备科牵头3项" in answer.text
    assert answer.text.startswith("特种设备科多1项")
    assert len(answer.citations) == 2
    quarters = assistant.answer("各季度到期的任务有多少项").text
    counts = library.count_commitments(by="quarter")
    assert f"2024年二季度{counts['2024Q2']}项" in quarters
    assert f"共{sum(counts.values())}项" in quarters
    most = assistant.answer("哪个科室牵头的任务最多？").text
    assert re.match(r"最多的是[^，]+科\d+项\[1\]", most)


def test_what_became_of_the_targets_of_a_year(assistant: Assistant, library: Library) -> None:
    answer = assistant.answer("2023年提了多少项目标，完成了几项？")
    assert answer.ledger is not None
    targets = LedgerFilter(kinds=("target",), years=(2023,))
    assert answer.ledger.count == library.count_commitments(targets)[""]
    assert answer.text.startswith(f"2023年的目标共{answer.ledger.count}项")
    assert "未达成" in answer.text
    assert "90.4％" in answer.text  # the first that was missed
    assert len(answer.citations) == 2 * answer.ledger.shown


def test_nothing_found_is_said_and_zero_is_an_answer(assistant: Assistant) -> None:
    nothing = assistant.answer("2025年督查任务台账里2027年到期的任务有哪些？")
    assert nothing.abstained
    assert "台账里没有" in nothing.text
    assert not nothing.citations
    none = assistant.answer("2025年督查任务台账里有几项任务要在2027年6月底前完成？")
    assert none.status == "answered"
    assert "0项" in none.text
    stranger = assistant.answer("食药安办负责什么？")
    assert stranger.abstained
    assert stranger.ledger is not None


def test_the_readers_filters_hold(assistant: Assistant) -> None:
    only = Scope(documents=frozenset({PLANS[2025]}))
    answer = assistant.answer("登记注册科牵头哪些任务？", scope=only)
    assert answer.ledger is not None
    assert answer.ledger.wanted.documents == (PLANS[2025],)
    assert {citation.document for citation in answer.citations} == {PLANS[2025]}


def test_what_a_face_is_told(assistant: Assistant) -> None:
    shape = assistant.answer("2024年9月到期的任务有哪些").to_json("q")
    assert shape["ledger"]["filter"] == {"due_from": "2024-09-01", "due_before": "2024-09-30"}
    assert "ledger" not in assistant.answer("2024年群众满意率要达到多少？").to_json("q")


def test_same_question_same_answer(assistant: Assistant) -> None:
    first, second = (assistant.answer("信息中心配合哪些任务").to_json() for _ in range(2))
    first.pop("elapsed_ms"), second.pop("elapsed_ms")
    assert first == second
