"""Who is to act: labels, brackets, 由…负责, hopes; and units that a clause only speaks of."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import owners

# words, "lead + cooperating units", the trap's name
LABELS = [
    ("牵头单位：质量科；配合单位：计量科、标准科", "质量科 + 计量科、标准科", "lead and cooperating"),
    ("牵头单位：质量科，配合单位：计量科", "质量科 + 计量科", "a comma between labels"),
    ("牵头单位: 食品科", "食品科", "half-width colon and a blank"),
    ("责任科室：办公室", "办公室", "科室"),
    ("责任部门：各分局。", "各分局", "full stop behind"),
    ("责任人：李主任", "李主任", "a person"),
    ("主办单位：食品科；协办：药品科；参与单位：特设科", "食品科 + 药品科、特设科", "three roles"),
    ("责任单位：执法支队、登记注册科", "执法支队、登记注册科", "units named by verbs"),
    ("配合单位：药品科", "- + 药品科", "nobody leads"),
    ("牵头领导：副局长；牵头科室：信用科", "副局长", "the first label leads"),
    ("完成时限：6月底前；责任单位：综合科", "综合科", "a label of another kind before"),
    ("牵头单位：", "-", "a label without names"),
    ("（广告科牵头，网监科配合）", "广告科 + 网监科", "brackets"),
    ("（各县局负责）", "各县局", "负责 in brackets"),
    ("（甲科、乙科牵头，丙科、丁所配合）", "甲科、乙科 + 丙科、丁所", "two lead, two cooperate"),
    ("(价格科牵头)", "价格科", "half-width brackets"),
    ("质量科牵头，计量科配合", "质量科 + 计量科", "no brackets"),
    ("落实“谁主管谁负责”", "-", "a saying"),
    ("请各单位负责落实", "-", "负责 as a verb in front"),
    ("加强部门配合", "-", "配合 as a noun"),
    ("督促企业负责", "-", "the object of 督促"),
    ("没有标签", "-", "no label"),
]


@pytest.mark.parametrize(
    ("words", "expected"), [row[:2] for row in LABELS], ids=[f"{row[2]}: {row[0]}" for row in LABELS]
)
def test_labels(words: str, expected: str) -> None:
    lead, helping = owners.labelled(words)
    assert (lead or "-") + (f" + {'、'.join(helping)}" if helping else "") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("由价格科负责统计口径", "价格科"),
        ("由各县局牵头建立联络员制度", "各县局"),
        ("检查由执法支队、登记注册科组织实施", "执法支队、登记注册科"),
        ("由于人手不足", None),
        ("理由充分", None),
        ("由此可见", None),
    ],
)
def test_entrusted(words: str, expected: str | None) -> None:
    assert owners.entrusted(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("希望各位同志珍惜荣誉", "各位同志"),
        ("希望大家再接再厉", "大家"),
        ("希望有关企业主动整改", "有关企业"),
        ("要求各单位对照检查", "各单位"),
        ("请各科室负责人会后认真研究", "各科室负责人"),
        ("希望早日见效", None),
        ("申请材料齐全", None),
    ],
)
def test_addressed(words: str, expected: str | None) -> None:
    found = owners.addressed(words)
    assert (words[slice(*found)] if found else None) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("市场监管部门作为行业主管部门", "市场监管部门"),
        ("办公室作为综合部门", "办公室"),
        ("作为主管部门", None),
        ("质量作为企业的生命", None),
        ("推动协会作为纽带发挥作用", None),
        ("质量是企业的生命", None),
    ],
)
def test_named(words: str, expected: str | None) -> None:
    assert owners.named(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("全系统要深入开展练兵", "全系统"),
        ("全市市场监管系统聚焦主业", "全市市场监管系统"),
        ("各级市场监管部门严格落实", "各级市场监管部门"),
        ("广大干部职工奋勇争先", "广大干部职工"),
        ("市场监管部门的职责很重", None),
        ("市场监管部门作为主管部门", None),
        ("推动全系统练兵", None),
    ],
)
def test_system(words: str, expected: str | None) -> None:
    found = owners.system(words)
    assert (words[slice(*found)] if found else None) == expected


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("建台账。牵头单位：质量科；配合单位：计量科", ["牵头单位：质量科", "配合单位：计量科"]),
        ("建台账（质量科牵头，计量科配合）", ["（质量科牵头，计量科配合）"]),
        ("建台账（各县局负责）", ["（各县局负责）"]),
        ("建台账（含直属单位，会后由专人负责）", []),
        ("建台账（六月前）", []),
    ],
)
def test_label_spans(words: str, spans: list[str]) -> None:
    assert [words[start:end] for start, end in owners.label_spans(words)] == spans


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(owners).failed == 0


@given(
    st.lists(
        st.sampled_from(
            [
                "牵头单位：",
                "甲科",
                "、",
                "；",
                "（",
                "）",
                "牵头",
                "配合",
                "由",
                "希望",
                "大家",
                "负责",
                "，",
                "\n",
                "作为",
            ]
        ),
        max_size=14,
    ).map("".join)
    | st.text(max_size=60)
)
def test_laws(words: str) -> None:
    """Names are words of the text; spans lie inside it, in order and apart."""
    lead, helping = owners.labelled(words)
    assert all(name and name in words for name in [*helping, *([lead] if lead else [])])
    at = 0
    for start, end in owners.label_spans(words):
        assert at <= start < end <= len(words)
        at = end
    for found in (owners.addressed(words), owners.system(words)):
        assert found is None or 0 <= found[0] < found[1] <= len(words)
    for name in (owners.entrusted(words), owners.named(words)):
        assert name is None or name in words
