"""The measures of a ledger on rows made by hand, the comparison of two runs, and the page."""

from __future__ import annotations

import pytest

from evals.ledger import Figure, LedgerRow, LedgerSet
from evals.ledger_measures import (
    LEDGER_MEASURES,
    differing,
    grouped,
    ledger_summary,
    same_figure,
    same_name,
)
from evals.ledger_report import LedgerReport
from evals.ledger_run import LedgerRun, compare_ledgers
from evals.matching import judge_ledger
from evals.sources import Sources
from evals.tests.test_report import EVIL, Page

TEXT = "甲局要报齐台账。乙局年底前清零。合格率达到98％。丙局每月讲评。其余照旧。"
WANTED = (
    LedgerRow("w1", "a", "甲局要报齐台账", "task", owner="甲局", cooperating=()),
    LedgerRow("w2", "a", "乙局年底前清零", "target", owner="乙局", due="2024-12-31", cooperating=("丁局", "戊局")),
    LedgerRow("w3", "a", "合格率达到98％", "target", metric=Figure("合格率", ">=", "98", "％"), cooperating=()),
    LedgerRow("w4", "a", "丙局每月讲评", "requirement", owner="丙局", due="monthly", cooperating=()),
)  # fmt: skip
SOURCES = Sources({"a": TEXT}.get)


def found(quote, kind="task", **rest):
    start = TEXT.index(quote)
    return LedgerRow("f", "a", quote, kind, start, start + len(quote), **rest)


def judged(*rows, wanted=WANTED):
    return judge_ledger(LedgerSet("s", wanted), rows, SOURCES)


FOUND = (
    found("甲局要报齐台账", owner="甲局办公室", due="2024-12-31"),
    found("乙局年底前清零", "requirement", due="2024-12-30", cooperating=("丁局办公室", "己局")),
    found("合格率达到98％", "target", metric=Figure("合格率", value="９８")),
    found("合格率", "target"),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("recall", 3 / 4),
        ("precision", 3 / 4),
        ("f1", 6 / 8),
        ("kind_recall", 2 / 4),
        ("kind_precision", 2 / 3),
        ("owner_recall", 1 / 3),
        ("owner_precision", 1),
        ("due_recall", 0),
        ("due_precision", 0),
        ("metric_recall", 1),
        ("metric_precision", 1),
        ("cooperating_recall", 1 / 2),
        ("cooperating_precision", 1 / 2),
        ("verbatim", 1),
    ],
)
def test_measures(name, expected):
    assert ledger_summary(judged(*FOUND))[name] == pytest.approx(expected)


def test_every_measure_is_tried_above():
    assert len(LEDGER_MEASURES) == len(test_measures.pytestmark[0].args[1])


def test_nothing_found_has_no_precision():
    values = ledger_summary(judged())
    assert (values["recall"], values["precision"], values["f1"], values["verbatim"]) == (0, None, 0, None)


def test_a_set_that_says_nothing_of_cooperating_units_is_not_judged_by_them():
    wanted = (LedgerRow("w", "a", "甲局要报齐台账", "task"),)
    values = ledger_summary(judged(found("甲局要报齐台账", cooperating=("乙局",)), wanted=wanted))
    assert values["cooperating_precision"] is None


def test_a_quote_beside_its_words_is_not_verbatim():
    shifted = LedgerRow("f", "a", "甲局要报齐台账", "task", 1, 8)
    assert ledger_summary(judged(shifted))["verbatim"] == 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("办公室", "市局办公室", True),
        ("市局 办公室", "办公室", True),
        ("ＡＢ科", "ab科", True),
        ("甲局", "乙局", False),
    ],
)
def test_same_name(one, other, expected):
    assert same_name(one, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Figure("a", ">=", "98", "％"), Figure("b", "=", "９８", "%"), True),
        (Figure("a", value="98"), Figure("a", value="98.0"), False),
        (Figure("a", masked=True), Figure("a", masked=True), True),
        (Figure("a", masked=True), Figure("a"), False),
        (Figure("a", "cover"), Figure("a", "cover"), True),
    ],
)
def test_same_figure(one, other, expected):
    assert same_figure(one, other) is expected


def test_what_differs_is_said_in_words():
    by_id = {one.id: [str(said) for said in differing(one)] for one in judged(*FOUND)}
    assert by_id["w1"] == ["due: -, found 2024-12-31"]
    assert by_id["w2"] == [
        "kind: target, found requirement",
        "owner: 乙局, found -",
        "due: 2024-12-31, found 2024-12-30",
        "cooperating: 丁局、戊局, found 丁局办公室、己局",
    ]
    assert by_id["w3"] == by_id["w4"] == []


def test_groups_by_kind_count_what_is_too_many_under_its_own():
    groups = grouped(judged(*FOUND), lambda one: one.kind)
    assert [(name, wanted, there) for name, wanted, there, _ in groups] == [
        ("requirement", 1, 0),
        ("target", 2, 3),
        ("task", 1, 1),
    ]


def test_two_runs_are_compared_row_by_row():
    before, after = judged(FOUND[0], FOUND[3]), judged(*FOUND[:3])
    comparisons = {one.measure.name: one for one in compare_ledgers(before, after)}
    recall, precision = comparisons["recall"], comparisons["precision"]
    assert (recall.before, recall.after, recall.better, recall.worse) == (0.5, 0.75, 1, 0)
    assert (precision.before, precision.after) == (1.0, 1.0)
    same = compare_ledgers(after, after)
    assert all(one.p == 1.0 and not one.difference for one in same)


def test_the_page_is_whole_escaped_and_says_what_is_wrong():
    evil = LedgerRow("e", "a", "其余照旧", "task", what=EVIL, path=(EVIL,), owner=EVIL)
    before = judged(wanted=(*WANTED, evil))
    after = judged(*FOUND, wanted=(*WANTED, evil))
    run = LedgerRun({"set": EVIL, "started": "2024"}, ())
    comparisons = compare_ledgers(before, after)
    text = LedgerReport(run, after, {"recall": 0.9}, (), comparisons, EVIL).to_html()
    page = Page(text)
    assert not {"script", "img", "link"} & set(page.tags)
    for words in (
        "应列入台账 5 项",
        "漏掉",
        "多出",
        "有差异",
        "期限：应为 2024-12-31，列为 2024-12-30",
        "对照",
    ):
        assert words in text
    assert "对照" not in LedgerReport(LedgerRun({}, ()), after).to_html()
