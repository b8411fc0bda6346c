"""Which item of a list a thing belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from baiyu_library import DOCUMENTS
from own_library import stored

from assistant.assistant import Assistant
from assistant.bootstrap import make_assistant
from assistant.membership import placed
from assistant.question import understand


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return make_assistant(stored(tmp_path_factory.mktemp("membership") / "home", DOCUMENTS))


def items(assistant: Assistant, asked: str) -> list[str] | None:
    """What is quoted of a list for the place of something in it."""
    question = understand(asked)
    draft = placed(assistant.retriever, question, assistant.retriever.evidence(question))
    return None if draft is None else [quote.document.quote(quote.span) for quote in draft.quotes]


CANTEEN = ["（一）校园食堂清源行动", "对学校食堂开展全覆盖检查，推行食材公开招标"]
LIFTS = ["（二）电梯安心行动", "老旧电梯安全评估做到应评尽评，加装物联网装置300台"]
MEASURING = ["（三）计量惠民行动", "免费检定血压计2000台，农贸市场电子秤逐台贴码"]
BRANDS = ["（四）商标培育行动", "指导企业申请地理标志商标12件"]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("电梯物联网装置在五大行动里是第几项？", LIFTS),
        ("电梯评估在五大行动里排第几？", LIFTS),
        ("电梯评估在5大行动里排第几？", LIFTS),
        ("五大行动里电梯评估是哪个？", LIFTS),
        ("血压计检定属于五大行动里的第几项？", MEASURING),
        ("五大行动中信用修复属于哪一项？", ["（五）信用修复行动"]),  # the heading says it all
        ("信用修复在五大行动中，属于第几项？", ["（五）信用修复行动"]),
        ("三个方面里考核是第几条？", ["三是严格考核"]),
    ],
)
def test_the_item_that_holds_it(assistant: Assistant, question: str, quoted: list[str]) -> None:
    assert items(assistant, question) == quoted


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("学校食堂、商标申请在五大行动里分别是第几项？", [*CANTEEN, *BRANDS]),
        ("商标申请、学校食堂在五大行动里分别是第几项？", [*BRANDS, *CANTEEN]),
        ("学校食堂、电梯评估和商标申请在五大行动里各是第几项？", [*CANTEEN, *LIFTS, *BRANDS]),
    ],
)
def test_several_things_each_have_their_item(assistant: Assistant, question: str, quoted: list[str]) -> None:
    assert items(assistant, question) == quoted
    assert [citation.quote for citation in assistant.answer(question).citations] == quoted


@pytest.mark.parametrize(
    "question",
    [
        "药店处方审核在五大行动里是第几项？",  # no item holds it
        "学校食堂、药店处方在五大行动里分别是第几项？",  # one of two is in none
        "六大行动里电梯评估是第几项？",  # no list of six
        "三个方面里增长最快的是哪个？",
    ],
)
def test_none_where_no_item_holds_it(assistant: Assistant, question: str) -> None:
    assert items(assistant, question) is None


@pytest.mark.parametrize(
    "question",
    [
        "五大行动里，信用修复工作在全市第几？",  # a rank among cities
        "五大行动推进得怎么样，在全省第几？",
        "五大行动里信用修复是第几季度完成？",  # a time
        "五大行动里信用修复是第几年开展的？",
        "五大行动里信用修复排第几名？",
        "五大行动里食堂检查是哪个县局抓的？",  # a body
        "五大行动里食堂检查在哪个月开展？",
        "2025年行动里电梯评估是第几项？",  # a year counts no items
        "三个行业里，零售额增长得最快的是哪个？",
        "信用修复是第几项？",  # of no list that is named
        "五大行动里第几项投入最大？",
    ],
)
def test_another_thing_is_asked(assistant: Assistant, question: str) -> None:
    assert items(assistant, question) is None


def test_a_rank_among_provinces_is_no_place_in_a_list(assistant: Assistant) -> None:
    assert items(assistant, "五大行动里，信用修复在全省排第几？") is None


@pytest.mark.parametrize("question", ["三个行业里考核最严的是哪个？", "三个方面里经费增长最快的是哪个？"])
def test_the_most_of_several_is_no_place_in_a_list(assistant: Assistant, question: str) -> None:
    assert items(assistant, question) is None


def test_of_two_sentences_that_hold_a_thing_the_one_that_begins_with_it(tmp_path: Path) -> None:
    text = "白屿市市场监督管理局2025年方案\n一、重点任务\n抓好三项整治。\n（一）计量整治\n对加油机开展检查。\n（二）食品整治\n会同教育部门检查学校食堂。学校食堂逐家建档。\n（三）价格整治\n对景区停车开展检查。\n"
    with stored(tmp_path / "home", {"白屿市局2025年方案.txt": text.encode()}) as library:
        quoted = items(make_assistant(library), "学校食堂在三项整治里是第几项？")
    assert quoted == ["（二）食品整治", "学校食堂逐家建档"]


def test_an_item_keeps_within_what_an_answer_holds(tmp_path: Path) -> None:
    """Of a long sentence under an item those clauses are quoted that tell."""
    said = "会同教育部门对学校食堂从业人员健康证明、进货查验、留样记录、陪餐制度逐项核查，对供餐单位延伸检查，建立问题清单，明确整改时限，公布检查结果"
    text = f"白屿市市场监督管理局2025年方案\n一、重点任务\n抓好两个专项三项整治。\n（一）计量整治\n对加油机开展检查。\n（二）食品整治\n{said}。\n（三）价格整治\n对景区停车收费开展检查。\n"
    with stored(tmp_path / "home", {"白屿市局2025年方案.txt": text.encode()}) as library:
        quoted = items(make_assistant(library), "学校食堂留样记录在三项整治里是第几项？")
    assert quoted is not None
    assert quoted[0] == "（二）食品整治"
    assert "留样记录" in quoted[1]
    assert len(quoted[1]) < len(said)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("五大行动第二项是什么？", "电梯安心行动"),
        ("五大行动里第四项是什么？", "商标培育行动"),
        ("五大行动的最后一项是什么？", ""),  # the number goes before
    ],
)
def test_the_item_of_a_number_is_that_of_the_list_so_called(
    assistant: Assistant, question: str, heading: str
) -> None:
    answer = assistant.answer(question)
    assert heading in answer.text
    assert len(answer.citations) == 1 or not heading
