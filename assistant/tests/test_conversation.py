"""Follow-ups made self-contained: trap table."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation
from assistant.conversation import Turn, resolve
from corpus.document import Span

QUOTE = "不低于97%"
CITED = (Citation(1, "要点.txt", "0" * 64, "要点", ("一、目标",), Span(0, len(QUOTE)), QUOTE),)


def places(text: str) -> Collection[str]:
    return [place for place in ("青澜", "松泽", "株洲") if place in text]


def turns(*questions: str) -> list[Turn]:
    return [Turn(q, Answer(q, q, f"{QUOTE}[1]。", "answered", citations=CITED)) for q in questions]


RATE = "青澜市2023年抽检合格率目标是多少？"
FOLLOWED = [
    ((RATE,), "2024年呢？", "青澜市2024年抽检合格率目标是多少？", "another year"),
    ((RATE,), "那松泽县呢？", "松泽县2023年抽检合格率目标是多少？", "another place for a city that no list holds"),
    ((RATE,), "株洲呢？", "株洲2023年抽检合格率目标是多少？", "a bare name for one with 市"),
    (("全市抽检合格率是多少？",), "松泽县呢？", "松泽县抽检合格率是多少？", "a place for a rank"),
    (("抽检合格率是多少？",), "2024年呢？", "2024年抽检合格率是多少？", "a year where none was"),
    (("抽检合格率是多少？",), "松泽县呢？", "松泽县抽检合格率是多少？", "a place where none was"),
    (("青澜市2023年和2024年目标？",), "2025年呢？", "青澜市2025年和2025年目标？", "all years are replaced"),
    ((RATE,), "“三提”是什么意思？", "“三提”是什么意思？", "a quoted term stands by itself"),
    ((RATE,), "电梯维保单位检查覆盖率要达到多少才行？", "电梯维保单位检查覆盖率要达到多少才行？", "a subject of its own"),
    ((), "2024年呢？", "2024年呢？", "nothing went before"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "question", "asked"), [row[:3] for row in FOLLOWED], ids=[row[3] for row in FOLLOWED]
)
def test_stands_by_itself(before: tuple[str, ...], question: str, asked: str) -> None:
    found = resolve(question, turns(*before), places)
    assert (found.text, found.context, found.asked) == (asked, "", asked)


LEANING = [
    ((RATE,), "由谁牵头？", RATE, 0, "what is asked changes"),
    ((RATE,), "第二条是什么？", RATE, 2, "an item"),
    ((RATE,), "第十二项呢？", RATE, 12, "an item beyond ten"),
    ((RATE,), "第三3项呢？", RATE, 0, "no number"),
    ((RATE, "由谁牵头？"), "什么时候完成？", RATE, 0, "the subject is the first question's"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "question", "context", "ordinal"),
    [row[:4] for row in LEANING],
    ids=[row[4] for row in LEANING],
)
def test_leans_on_what_went_before(
    before: tuple[str, ...], question: str, context: str, ordinal: int
) -> None:
    found = resolve(question, turns(*before), places)
    assert (found.text, found.context, found.ordinal) == (question, context, ordinal)
    assert found.anchors == CITED
    assert found.asked == f"{context.rstrip('？')}：{question}"


def test_a_changed_scope_stays() -> None:
    found = resolve("由谁牵头？", turns(RATE, "松泽县呢？"), places)
    assert found.context == "松泽县2023年抽检合格率目标是多少？"
    found = resolve("2024年呢？", turns(RATE, "松泽县呢？"), places)
    assert found.asked == "松泽县2024年抽检合格率目标是多少？"


def test_what_was_asked_last_is_asked_of_another_scope() -> None:
    found = resolve("2024年呢？", turns(RATE, "由谁牵头？", "松泽县呢？"), places)
    assert found.text == "2024年松泽县由谁牵头？"
    assert found.context == "松泽县2024年抽检合格率目标是多少？"


ANY = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(["那", "2024年", "松泽", "县", "呢", "？", "第", "九", "99", "条", "\\1", "(?"]), max_size=8).map("".join))  # fmt: skip


@given(st.lists(ANY, max_size=3), ANY)
def test_resolve_never_raises(before: list[str], question: str) -> None:
    assert resolve(question, turns(*before), places).ordinal >= 0
