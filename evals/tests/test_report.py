"""The report: one file, nothing from elsewhere, nothing that runs, and the reason of each miss."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from evals.baseline import Fall
from evals.cases import Case, QuestionSet, Quote
from evals.compare import compare
from evals.diagnosis import Cause, cause, causes, reasons
from evals.judging import judge
from evals.page import write_report
from evals.report import Report
from evals.run import Cited, Found, Record, Run
from evals.sources import Sources

EVIL = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
TEXT = "合格率稳定在98%以上。办公室牵头。" + "其他工作。" * 300
QUOTE = "合格率稳定在98%以上"
CASE = Case(
    "q1",
    "合格率？" + EVIL,
    EVIL,
    EVIL,
    facts=(("98%", EVIL),),
    forbidden=("95%",),
    quotes=(Quote("a.txt", QUOTE),),
)
VOID = {"meta", "input", "br", "img", "link"}


class Page(HTMLParser):
    """Collects tags and checks that they nest."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.attributes = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def judged(record=None, case=CASE):
    [one] = judge(
        QuestionSet("s", ((case,),)),
        Run({}, {case.id: record} if record else {}),
        Sources({"a.txt": TEXT, "b.txt": "办公室负责。"}.get),
    )
    return one


def answer(text="98%[1]", quote=QUOTE, **options):
    start = max(TEXT.find(quote or ""), 0)
    cited = (Cited("a.txt", quote, start, start + len(quote), 1, EVIL, (EVIL,), 3),) if quote else ()
    options = {"passages": (Found("a.txt", 0, 12, TEXT[:12]),), "status": "answered"} | options
    return Record("q1", asked="另一个问法" + EVIL, answer=text, citations=cited, **options)


def test_the_page_is_whole_escaped_and_self_contained(tmp_path):
    one = judged(answer(EVIL, warnings=(EVIL,), elapsed=12.0))
    about = {
        "set": EVIL,
        "documents": {EVIL: "abc"},
        "versions": {EVIL: EVIL},
        "rules": [EVIL],
        "encoder": EVIL,
    }
    report = Report(
        Run(about, {}),
        [one],
        {"correct": 1.0},
        [Fall(EVIL, 1.0, None)],
        [judged()],
        compare([judged()], [one]),
        EVIL,
    )
    write_report(report, tmp_path / "reports" / "r.html")
    text = (tmp_path / "reports" / "r.html").read_text(encoding="utf-8")
    page = Page(text)
    assert not {"script", "img", "link", "iframe", "object"} & set(page.tags)
    assert not [
        name for name, _ in page.attributes if name.startswith("on") or name in ("src", "srcset", "action")
    ]
    assert all(value.startswith("#") for name, value in page.attributes if name == "href")
    assert not re.search(r"https?:|url\(|@import", text)
    assert 'lang="zh-CN"' in text
    assert "Noto Sans CJK SC" in text
    assert "12 毫秒" in text


def test_the_page_shows_question_answer_expectation_reason_and_comparison():
    before, after = judged(answer("不知道", None)), judged(answer("95%", "办公室牵头"))
    text = Report(
        Run({"set": "s"}, {}), [after], {"correct": 0.5}, (), [before], compare([before], [after]), "昨天"
    ).to_html()
    assert "合格率？" in text
    assert "✗ 98%" in text
    assert "没有答到" in text
    assert "出现了错误内容：“95%”" in text
    assert "对照：昨天" in text
    assert "没有题目由错变对" in text
    mended = judged(answer())
    text = Report(Run({}, {}), [mended], {}, (), [before], compare([before], [mended]), "昨天").to_html()
    assert "新答对 1 题" in text
    assert "✓ 应引之文" in text
    assert "为什么没答对" not in text


def test_a_report_without_comparison_baseline_or_records():
    text = Report(Run({}, {}), [judged(), judged(case=Case("n", "天气？"))]).to_html()
    Page(text)
    assert "对照" not in text
    assert "基线" not in text
    assert "没有回答" in text


NOTHING = Case("q1", "天气？")
FAR = Found("a.txt", 20, 1400, TEXT[20:1400])


@pytest.mark.parametrize(
    ("record", "case", "expected"),
    [
        (answer(), CASE, []),
        (answer(abstained=True), NOTHING, []),
        (answer(), NOTHING, ["应当拒答"]),
        (answer("没有", None, abstained=True), CASE, ["却拒答了", "依据已检索到"]),
        (answer("不知", None, passages=()), CASE, ["依据没有检索到", "没有答到", "引到 0 处"]),
        (answer("不知", passages=(FAR, Found("a.txt", 0, 12, "x"))), CASE, ["第 2 个片段", "没有答到"]),
        (answer("不知", passages=(Found("a.txt", 0, 8, "x"),)), CASE, ["只检索到一部分", "没有答到"]),
        (answer("长" * 300 + "98%"), CASE, ["依据已检索到", "没有答到", "1 个要点有，但在前 300 字以后"]),
        (answer("98%", "合格率稳定在89%以上"), CASE, ["不见于所引文件", "引到 0 处"]),
        (
            answer("98%", QUOTE),
            Case("q1", "?", facts=(("98%",),), quotes=(Quote("z.txt", "x"),)),
            ["题集有误"],
        ),
    ],
)
def test_reasons(record, case, expected):
    found = reasons(judged(record, case))
    assert len(found) == len(expected)
    assert all(word in reason for word, reason in zip(expected, found, strict=True))


OTHER = Case("q1", "?", facts=(("办公室",),), quotes=(Quote("b.txt", "办公室负责"),))


@pytest.mark.parametrize(
    ("record", "case", "expected"),
    [
        (answer(), CASE, None),
        (answer(abstained=True), NOTHING, None),
        (answer(), NOTHING, Cause.REFUSAL),
        (answer("没有", None, abstained=True), CASE, Cause.REFUSAL),
        (answer("没有", None, abstained=True, passages=()), CASE, Cause.RETRIEVAL),
        (answer("98%"), OTHER, Cause.SCOPE),
        (answer("牵头", "办公室牵头", passages=(FAR,)), CASE, Cause.RETRIEVAL),
        (answer("牵头", "办公室牵头", passages=None), CASE, Cause.CLAUSE_CHOICE),
        (answer("牵头", "办公室牵头"), CASE, Cause.CLAUSE_CHOICE),
        (answer("稳定"), CASE, Cause.COMPOSITION),
        (answer("98%，不是95%"), CASE, Cause.COMPOSITION),
    ],
)
def test_causes(record, case, expected):
    one = judged(record, case)
    assert cause(one) is expected
    assert sum(causes([one]).values()) == (expected is not None)
    page = Report(Run({}, {}), [one]).to_html()
    assert ("错在哪一步" in page) == (expected is not None)
    assert expected is None or f"为什么没答对（{expected.label}）" in page
