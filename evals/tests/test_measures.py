"""Each measure on answers whose value can be worked out in the head."""

from __future__ import annotations

import pytest

from evals.cases import Case, QuestionSet, Quote
from evals.judging import by_kind, judge, summary, unplaced
from evals.measures import MEASURES
from evals.run import Cited, Found, Record, Run
from evals.sources import Sources

TEXT = "全市抽检合格率稳定在98％以上。群众满意度达到85％。市食药安办牵头协调。"
RATE, SATISFACTION, OFFICE = "全市抽检合格率稳定在98％以上", "群众满意度达到85％", "市食药安办牵头协调"
CASE = Case(
    "q1",
    "两个指标各是多少？",
    "target",
    facts=(("98%", "百分之九十八"), ("85%",)),
    forbidden=("95%",),
    quotes=(Quote("a.txt", RATE), Quote("a.txt", SATISFACTION)),
)
NOTHING = Case("q0", "明天天气怎么样？", "unanswerable")


def cite(quote, document="a.txt"):
    start = max(TEXT.find(quote), 0)
    return Cited(document, quote, start, start + len(quote))


def passage(quote):
    start = TEXT.find(quote)
    return Found("a.txt", start, start + len(quote), quote)


def values(*pairs):
    cases = tuple((case,) for case, _ in pairs)
    records = {case.id: record for case, record in pairs if record}
    sources = Sources({"a.txt": TEXT}.get)
    return summary(judge(QuestionSet("s", cases), Run({}, records), sources))


def record(answer="", *citations, case=CASE, abstained=False, passages=()):
    return Record(
        case.id, case.question, answer=answer, abstained=abstained, citations=citations, passages=passages
    )


@pytest.mark.parametrize(
    ("answer", "facts", "correct", "trap"),
    [
        ("合格率98％[1]，满意度85％[2]", 1.0, 1.0, "full-width signs are the same fact"),
        ("百分之九十八；8 5 %", 1.0, 1.0, "an alternative, and white space"),
        ("98[1]%、85%", 1.0, 1.0, "a marker inside a figure"),
        ("只有98%", 0.5, 0.0, "half of the facts"),
        ("98%、85%，不是95%", 1.0, 0.0, "something forbidden"),
        ("啊" * 300 + "98%、85%", 0.0, 0.0, "beyond the first 300 characters"),
        ("啊" * 292 + "[1]98%、85%", 1.0, 1.0, "markers do not count towards the 300"),
        ("", 0.0, 0.0, "nothing"),
    ],
)
def test_facts_and_correctness(answer, facts, correct, trap):
    found = values((CASE, record(answer)))
    assert (found["fact_recall"], found["correct"]) == (facts, correct), trap


def test_a_refusal_has_no_facts_even_where_it_names_them():
    found = values((CASE, record("98%、85%", abstained=True)))
    assert (found["fact_recall"], found["correct"], found["citation_precision"]) == (0.0, 0.0, None)


@pytest.mark.parametrize(
    ("citations", "recall", "precision", "verbatim", "exact", "trap"),
    [
        ((cite(RATE), cite(SATISFACTION)), 1.0, 1.0, 1.0, 1.0, "all"),
        ((cite(RATE), cite(OFFICE)), 0.5, 0.5, 1.0, 1.0, "one right, one beside the point"),
        ((cite("群众满意度达到58％"),), 0.0, 0.0, 0.0, 0.0, "a quote that stands nowhere"),
        ((cite(RATE, "b.txt"),), 0.0, 0.0, 0.0, 0.0, "a document that is not there"),
        ((Cited("a.txt", RATE, 3, 3 + len(RATE)),), 0.5, 1.0, 1.0, 0.0, "the right words at the wrong place"),
        ((cite(TEXT),), 1.0, 1.0, 1.0, 1.0, "the whole text supports everything"),
        ((), 0.0, 0.0, None, None, "an answer without citations"),
    ],
)
def test_citations(citations, recall, precision, verbatim, exact, trap):
    found = values((CASE, record("98%、85%", *citations)))
    seen = tuple(found[name] for name in ("citation_recall", "citation_precision", "verbatim", "exact_span"))
    assert seen == (recall, precision, verbatim, exact), trap
    assert found["cited_and_correct"] == float(recall > 0)


def test_refusals():
    right = (NOTHING, record("没有", case=NOTHING, abstained=True))
    found = values(right, (CASE, record("98%、85%")))
    assert [found[f"refusal_{name}"] for name in ("precision", "recall", "f1")] == [1.0, 1.0, 1.0]
    found = values(right, (CASE, record("没有", abstained=True)))
    assert [found[f"refusal_{name}"] for name in ("precision", "recall", "f1")] == [
        0.5,
        1.0,
        pytest.approx(2 / 3),
    ]
    found = values((NOTHING, record("晴", case=NOTHING)), (CASE, record("98%、85%")))
    assert [found[f"refusal_{name}"] for name in ("precision", "recall", "f1")] == [None, 0.0, 0.0]
    assert found["correct"] == 0.5


def test_a_missing_record_is_wrong_and_no_refusal():
    found = values((NOTHING, None), (CASE, None))
    assert (found["correct"], found["refusal_recall"], found["citation_precision"]) == (0.0, 0.0, 0.0)


def test_evidence_and_rank():
    found = values((CASE, record(passages=(passage(OFFICE), passage(RATE)))))
    assert found["evidence_recall@1000"] == 0.5
    assert found["mrr"] == 0.5
    assert found["ndcg@10"] == pytest.approx(0.6309 / 1.6309, abs=1e-3)
    assert values((CASE, record()))["mrr"] == 0.0
    assert values((CASE, record(passages=None)))["mrr"] is None, "passages that were not kept are not judged"
    assert values((CASE, None))["evidence_recall@1000"] == 0.0
    assert values((CASE, record(passages=(passage(TEXT),))))["ndcg@10"] == pytest.approx(1.0)


def test_follow_ups_are_turns_after_the_first():
    first = Case("d#1", "?", facts=(("98%",),), turn=1)
    second = Case("d#2", "?", facts=(("85%",),), turn=2)
    found = values((first, record("不知", case=first)), (second, record("85%", case=second)))
    assert (found["correct_follow_up"], found["correct"]) == (1.0, 0.5)
    assert values((CASE, record()))["correct_follow_up"] is None


def test_length_is_a_median_over_answerable_questions_without_markers():
    one, two = (Case(f"q{n}", "?", facts=(("x",),)) for n in "12")
    found = values(
        (one, record("四个 字符[1]", case=one)),
        (two, record("六六六六六六", case=two)),
        (NOTHING, record("长" * 99, case=NOTHING)),
    )
    assert found["length"] == 5


def test_forbidden_and_kinds():
    assert values((CASE, record("95%")))["forbidden"] == 1.0
    judged = judge(QuestionSet("s", ((CASE,), (NOTHING,))), Run({}, {}), Sources({"a.txt": TEXT}.get))
    assert {kind: len(group) for kind, group in by_kind(judged).items()} == {"target": 1, "unanswerable": 1}


def test_wanted_quotes_that_stand_nowhere_are_named():
    judged = judge(QuestionSet("s", ((CASE,),)), Run({}, {}), Sources({}.get))
    assert unplaced(judged) == ("q1",)
    assert judged[0].evidence == ()


def test_names_are_unique_and_every_measure_says_what_it_is():
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    assert all(measure.title and measure.says for measure in MEASURES)
