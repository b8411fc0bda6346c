"""Thumbs on answers: kept, listed by role, replaced, marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ui_fakes import citation, document

from assistant.answer import Answer
from ui.people import Person
from ui.store.feedback import LONGEST_NOTE, Feedback
from ui.store.schema import Store

SOURCE = document()
READER, CURATOR, ADMIN = (
    Person("周读", "reader", "周读"),
    Person("李管", "curator", "李管"),
    Person("王主", "admin", "王主"),
)


def answer(question: str = "合格率？", asked: str = "") -> Answer:
    quote = "合格率稳定在98%以上"
    return Answer(
        question, asked or question, f"{quote}[1]。", "answered", citations=(citation(SOURCE, quote),)
    )


@pytest.fixture
def feedback(tmp_path: Path) -> Iterator[Feedback]:
    store = Store.open(tmp_path)
    yield Feedback(store)
    store.close()


def test_a_thumb_is_kept_with_the_answer_as_it_stood(feedback: Feedback) -> None:
    identity = feedback.add(
        READER, answer("那合格率呢？", "2024年合格率？"), "bad", "wrong_figure", "  应为99%  "
    )
    entry = feedback.get("curator", identity)
    assert entry is not None
    assert (entry.question, entry.asked) == ("那合格率呢？", "2024年合格率？")
    assert (entry.verdict, entry.reason, entry.note, entry.state) == (
        "bad",
        "wrong_figure",
        "应为99%",
        "open",
    )
    assert (entry.by, entry.audience) == ("周读", "reader")
    assert entry.answer == answer("那合格率呢？", "2024年合格率？").to_json()
    assert entry.documents == {SOURCE.name}
    assert entry.citations[0]["quote"] == "合格率稳定在98%以上"
    assert entry.at.endswith("+00:00")


def test_an_entry_is_told_to_the_role_whose_view_gave_the_answer_and_above(feedback: Feedback) -> None:
    for person in (READER, CURATOR, ADMIN):
        feedback.add(person, answer(), "good")
    assert [entry.by for entry in feedback.entries("admin")] == ["王主", "李管", "周读"]
    assert [entry.by for entry in feedback.entries("curator")] == ["李管", "周读"]
    assert feedback.get("curator", 3) is None
    assert feedback.get("admin", 3) is not None
    assert feedback.count("curator") == {"open": 2, "done": 0, "question": 0}


def test_a_second_thought_takes_the_place_of_the_first_while_it_is_open(feedback: Feedback) -> None:
    first = feedback.add(READER, answer(), "good")
    second = feedback.add(READER, answer(), "bad", "too_long")
    assert [entry.id for entry in feedback.entries("admin")] == [second]
    assert feedback.mark(second, "done")
    third = feedback.add(READER, answer(), "good")
    assert [entry.id for entry in feedback.entries("admin")] == [third, second]
    assert len({first, second, third}) == 3, "a number is never given twice"


def test_the_list_is_sifted(feedback: Feedback) -> None:
    one = feedback.add(READER, answer("一"), "bad", "other")
    two = feedback.add(READER, answer("二"), "bad", "not_found")
    three = feedback.add(READER, answer("三"), "good")
    feedback.mark(one, "question")
    ids = lambda **wanted: [entry.id for entry in feedback.entries("admin", **wanted)]  # noqa: E731
    assert ids(state="open") == [three, two]
    assert ids(verdict="bad") == [two, one]
    assert ids(reason="other") == [one]
    assert ids(verdict="good", state="question") == []


def test_only_ones_own_open_entry_is_withdrawn(feedback: Feedback) -> None:
    identity = feedback.add(READER, answer(), "good")
    assert not feedback.withdraw(CURATOR, identity)
    assert feedback.withdraw(READER, identity)
    assert not feedback.withdraw(READER, identity)
    done = feedback.add(READER, answer(), "good")
    feedback.mark(done, "done")
    assert not feedback.withdraw(READER, done)
    assert feedback.remove(done)
    assert not feedback.remove(done)
    assert not feedback.mark(done, "open")


@pytest.mark.parametrize(
    ("verdict", "reason", "note"),
    [
        ("fine", None, ""),
        ("bad", None, ""),
        ("good", "too_long", ""),
        ("bad", "'; DROP TABLE feedback; --", ""),
        ("bad", "other", "长" * (LONGEST_NOTE + 1)),
    ],
)
def test_what_cannot_be_kept_is_refused(
    feedback: Feedback, verdict: str, reason: str | None, note: str
) -> None:
    with pytest.raises(ValueError, match=r"verdict|reason|note"):
        feedback.add(READER, answer(), verdict, reason, note)  # type: ignore[arg-type]
    assert feedback.entries("admin") == ()
    with pytest.raises(ValueError, match="state"):
        feedback.mark(1, "gone")  # type: ignore[arg-type]
