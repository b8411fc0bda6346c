"""What opens a clause: connective, time, subject, modal, adverbs, verb; and words that only look like these."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import grammar, openings
from ingest.openings import opening

# clause, "subject/modal/verb" with - for what is not there, the trap's name
OPENINGS = [
    ("各县局要大力推进示范创建", "各县局/要/推进", "subject, modal, adverb, verb"),
    ("要全面开展拉网式排查", "-/要/开展", "no subject"),
    ("同时要压实包保责任", "-/要/压实", "connective"),
    ("三是要持续压减申请材料", "-/要/压减", "item mark"),
    ("（三）扎实推进放心消费创建", "-/-/推进", "number in brackets"),
    ("1.制定摸底方案", "-/-/制定", "number with a point"),
    ("特别是乡镇市场监管所要加密巡查", "乡镇市场监管所/要/加密", "connective before a subject"),
    ("今年年底前登记注册科必须完成系统升级", "登记注册科/必须/完成", "time before a subject"),
    ("下半年要启动第二轮评估", "-/要/启动", "time before a modal"),
    ("质量监督科每季度通报一次", "质量监督科/-/通报", "time behind a subject"),
    ("各所要在四季度全面推行信用承诺", "各所/要/推行", "time behind a modal"),
    ("执法支队要严厉打击虚假宣传", "执法支队/要/打击", "a unit named by a verb: 执法"),
    ("登记注册科、信用监管科要加强联动", "登记注册科、信用监管科/要/加强", "two units named by verbs"),
    ("检验检测中心要提升服务能力", "检验检测中心/要/提升", "a centre named by verbs"),
    ("综合执法大队要规范办案程序", "综合执法大队/要/规范", "a brigade named by a verb"),
    ("信用监管科牵头开展抽查", "信用监管科/-/开展", "subject without a modal"),
    ("办公室负责汇总各科室进展", "办公室/-/负责", "subject and 负责"),
    ("科室负责人要亲自抓", "科室负责人/要/抓", "a post"),
    ("各级领导干部要带头学习", "各级领导干部/要/学习", "带头 is an adverb"),
    ("大家一定要沉下心来", "大家/要/沉下", "一定 before 要"),
    ("广大党员干部既要干净又要干事", "广大党员干部/要/干", "既要"),
    ("县委、县政府要统筹推进", "县委、县政府/要/推进", "two bodies"),
    ("有关部门要主动落实任务", "有关部门/要/落实", "有关 is no verb"),
    ("我局将继续做好信访工作", "我局/将/做好", "将 as a plan"),
    ("市局将适时开展督导", "市局/将/开展", "将 and 适时"),
    ("我们要抓紧补齐短板", "-/-/-", "a pronoun is no actor"),
    ("企业要落实主体责任", "企业/要/落实", "enterprises act"),
    ("督促企业要落实主体责任", "-/-/督促", "the object of 督促"),
    ("推动各部门要形成合力", "-/-/推动", "the object of 推动"),
    ("支持商会要发挥作用", "-/-/支持", "the object of 支持"),
    ("引导行业协会要加强自律", "-/-/引导", "the object of 引导"),
    ("对拒不整改的单位要从严处理", "-/-/-", "a unit in a preposition"),
    ("在推进过程中各单位要加强沟通", "-/-/-", "在 before a unit"),
    ("要求各单位立即整改", "-/-/要求", "要求 is no modal"),
    ("全面落实“四个最严”要求", "-/-/落实", "要求 behind the verb"),
    ("重要的是补齐短板", "-/-/-", "重要"),
    ("主要做法有三条", "-/-/-", "主要"),
    ("首要任务是稳增长", "-/-/-", "首要"),
    ("需要指出的是进度偏慢", "-/-/-", "需要"),
    ("只要用心就能办好", "-/-/-", "只要"),
    ("纲要明确了方向", "-/-/-", "纲要"),
    ("要素保障更加有力", "-/-/-", "要素"),
    ("要素质过硬", "-/要/-", "要 + 素质"),
    ("要点已经印发", "-/-/-", "要点"),
    ("要么整改要么关停", "-/-/-", "要么"),
    ("要不断优化流程", "-/要/优化", "要 + 不断"),
    ("要不得的作风", "-/要/-", "要 + 不得"),
    ("将军路市场已完成改造", "-/-/-", "将军"),
    ("将来还会有新情况", "-/-/-", "将来"),
    ("应急预案不断完善", "-/-/-", "应急"),
    ("应对突发事件", "-/-/应对", "应对 is a verb"),
    ("应当向社会公示结果", "-/应当/-", "应当"),
    ("拟组织两次演练", "-/拟/组织", "拟 as a plan"),
    ("拟定实施细则", "-/-/拟定", "拟定 is a verb"),
    ("须报备后实施", "-/须/报备", "须"),
    ("须知事项已公示", "-/-/-", "须知"),
    ("不得擅自降低标准", "-/不得/-", "不得"),
    ("严禁弄虚作假", "-/严禁/-", "严禁"),
    ("一律停业整顿", "-/一律/-", "一律"),
    ("绝不允许走过场", "-/绝不允许/-", "绝不允许"),
    ("不要搞形式主义", "-/不要/-", "不要"),
    ("切实加强队伍建设", "-/-/加强", "adverb and verb"),
    ("坚决守牢安全底线", "-/-/守牢", "坚决 is an adverb here"),
    ("强化源头管控", "-/-/强化", "an adverb that is the verb"),
    ("创新举措", "-/-/创新", "an adverb that is the verb, too"),
    ("进一步创新举措", "-/-/创新", "an adverb before an adverb that is the verb"),
    ("规范办案程序", "-/-/规范", "办 behind 规范 is no verb"),
    ("依法依规从严查处违法行为", "-/-/查处", "three adverbs"),
    ("扎实、深入、持续地推进整治", "-/-/推进", "adverbs with 、 and 地"),
    ("存在短板弱项", "-/-/-", "a verb that does nothing"),
    ("面临新的挑战", "-/-/-", "another"),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [row[:2] for row in OPENINGS],
    ids=[f"{row[2]}: {row[0]}" for row in OPENINGS],
)
def test_openings(words: str, expected: str) -> None:
    opened = opening(words)
    subject = words[slice(*opened.subject)] if opened.subject else "-"
    assert f"{subject}/{opened.modal or '-'}/{opened.verb or '-'}" == expected


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(openings).failed == 0


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("同时要进一步强化要素保障", "强化要素保障"),
        ("二是严格落实晨检制度", "落实晨检制度"),
        ("年内力争建成样板", "力争建成样板"),
        ("各科室要认真对照检查", "对照检查"),
    ],
)
def test_where_the_act_begins(words: str, rest: str) -> None:
    assert words[opening(words).at :] == rest


@given(
    st.lists(
        st.sampled_from(
            ["要", "各县局", "同时", "大力", "将", "推进", "，", "一是", "今年", "（一）", "不得", "的", "１"]
        ),
        max_size=12,
    ).map("".join)
    | st.text(max_size=40)
)
def test_laws(words: str) -> None:
    """Offsets lie inside the clause and in order; the modal and the verb are words of it."""
    opened = opening(words)
    assert 0 <= opened.head <= opened.at <= len(words)
    if opened.subject is not None:
        assert opened.head <= opened.subject[0] < opened.subject[1] <= opened.at
    if opened.verb:
        assert len(opened.verb) <= len(words) - opened.at
    assert not opened.modal or grammar.MODAL.search(opened.modal + "做好")
