from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_fakes import answered, person
from ui_fakes import citation, document

from assistant.answer import Answer, Listed
from assistant.ledger_questions import LedgerQuestion
from corpus.ledger import LedgerFilter
from ui.store import shares as shares_module
from ui.store.accounts import Accounts
from ui.store.answers import as_json, from_json
from ui.store.conversations import Conversations
from ui.store.schema import Store
from ui.store.shares import Shares
from ui.store.turns import LONGEST_TITLE, Added, KeptScope


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path)
    yield store
    store.close()


@pytest.fixture
def kept(store: Store) -> Conversations:
    return Conversations(store, most=4, longest=3)


def add(
    kept: Conversations,
    owner: str = "甲",
    identity: str = "",
    question: str = "合格率？",
    number: int | None = None,
) -> Added:
    answer = answered(question=question)
    added = kept.add(
        owner, identity, answer, scope=KeptScope(), language="zh-CN", role="reader", number=number
    )
    assert added is not None
    return added


def questions(kept: Conversations, owner: str, identity: str) -> list[tuple[int, str]]:
    found = kept.get(owner, identity)
    assert found is not None
    return [(turn.number, turn.question) for turn in found.turns]


def test_all_of_an_answer_comes_back() -> None:
    source = document()
    due = LedgerFilter(due_before=datetime.date(2024, 12, 31), owner="食品流通科")
    answer = Answer(
        "问",
        "问：全",
        "答[1]",
        "masked",
        "writing",
        (citation(source, "98%"), citation(source, "6000批次", 2)),
        ("请核对",),
        0.37,
        "figure",
        12.5,
        Listed(LedgerQuestion(units=("食品流通科",), years=(2024,)), due, 3, 2),
    )
    assert from_json(as_json(answer)) == answer


@pytest.mark.parametrize(
    "broken", ["", "{}", "[1]", '{"question": "问"}', as_json(answered()).replace("98%", "980%")]
)
def test_what_cannot_be_read_is_no_answer(broken: str) -> None:
    assert from_json(broken) is None


def test_turns_are_kept_in_order_and_found_again_after_a_restart(store: Store, tmp_path: Path) -> None:
    kept = Conversations(store)
    first = add(kept, question="  甲问\n一 ")
    add(kept, identity=first.conversation, question="二")
    scope = KeptScope(("云川.txt",), (2024,), ("局",), ("讲话",))
    kept.add("甲", first.conversation, answered(question="三"), scope=scope, language="en", role="curator")
    again = Conversations(Store.open(tmp_path)).get("甲", first.conversation)
    assert again is not None
    assert (again.title, again.count) == ("甲问 一", 3)
    assert [turn.number for turn in again.turns] == [1, 2, 3]
    assert (again.turns[2].scope, again.turns[2].language, again.turns[2].role) == (scope, "en", "curator")
    assert again.turns[0].answer == answered(question="  甲问\n一 ")
    part = kept.get("甲", first.conversation, last=1, before=3)
    assert part is not None
    assert [turn.question for turn in part.turns] == ["二"]


def test_nobody_elses_conversation_is_found_or_changed(kept: Conversations) -> None:
    mine = add(kept, "甲", question="我的").conversation
    assert kept.get("乙", mine) is None
    assert kept.turn("乙", mine, 1) is None
    assert kept.listed("乙") == ()
    stolen = kept.add(
        "乙", mine, answered(question="插话"), scope=KeptScope(), language="zh-CN", role="reader"
    )
    assert stolen is None
    assert not kept.rename("乙", mine, "改名")
    assert not kept.judge("乙", mine, 1, "good", 1)
    assert not kept.remove("乙", mine)
    found = kept.get("甲", mine)
    assert found is not None
    assert (found.title, found.turns[0].verdict) == ("我的", "")
    assert questions(kept, "甲", mine) == [(1, "我的")]


def test_another_question_takes_the_place_of_a_turn_and_of_what_follows(kept: Conversations) -> None:
    identity = add(kept, question="一").conversation
    add(kept, identity=identity, question="二")
    add(kept, identity=identity, question="三")
    assert add(kept, identity=identity, question="二改", number=2).number == 2
    assert questions(kept, "甲", identity) == [(1, "一"), (2, "二改")]
    assert add(kept, identity=identity, question="一改", number=1).number == 1
    assert questions(kept, "甲", identity) == [(1, "一改")]
    assert add(kept, identity=identity, question="后", number=9).number == 9


def test_the_oldest_turns_make_room_and_are_counted(kept: Conversations) -> None:
    identity = add(kept, question="一").conversation
    gone = [add(kept, identity=identity, question=each).turns_gone for each in "二三四五"]
    assert gone == [0, 0, 1, 1]
    assert questions(kept, "甲", identity) == [(3, "三"), (4, "四"), (5, "五")]


def test_the_oldest_conversations_make_room_and_only_the_owners(kept: Conversations) -> None:
    other = add(kept, "乙").conversation
    made = [add(kept, question=each) for each in "一二三四五"]
    assert [each.conversations_gone for each in made] == [0, 0, 0, 0, 1]
    assert [each.title for each in kept.listed("甲")] == list("五四三二")
    assert kept.get("乙", other) is not None
    assert kept.get("甲", made[0].conversation) is None


def test_the_list_is_by_change_and_searched_in_titles_and_questions(kept: Conversations) -> None:
    first = add(kept, question="食品抽检合格率").conversation
    add(kept, question="企业开办时间100%_网办")
    add(kept, identity=first, question="由谁牵头")
    assert [each.title for each in kept.listed("甲")] == ["食品抽检合格率", "企业开办时间100%_网办"]
    assert [each.count for each in kept.listed("甲")] == [2, 1]
    assert [each.id for each in kept.listed("甲", "牵头")] == [first]
    assert [each.title for each in kept.listed("甲", "100%_网")] == ["企业开办时间100%_网办"]
    assert kept.listed("甲", "%") == kept.listed("甲", "开办")
    assert kept.listed("甲", "没有这个") == ()


def test_titles(kept: Conversations) -> None:
    identity = add(kept, question="长" * 200).conversation
    assert len(kept.listed("甲")[0].title) == LONGEST_TITLE
    assert kept.rename("甲", identity, " <b>新\u202e\n名</b> ")
    assert kept.listed("甲")[0].title == "<b>新名</b>"
    for empty in ("", "  ", "\u202e\n"):
        with pytest.raises(ValueError, match="title"):
            kept.rename("甲", identity, empty)


def test_removal_takes_the_turns_along(kept: Conversations) -> None:
    identity = add(kept).conversation
    assert kept.judge("甲", identity, 1, "bad", 7)
    turn = kept.turn("甲", identity, 1)
    assert turn is not None
    assert (turn.verdict, turn.opinion) == ("bad", 7)
    assert kept.remove("甲", identity)
    assert kept.turn("甲", identity, 1) is None
    assert not kept.remove("甲", identity)


def test_links_end_are_taken_back_and_make_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    shares = Shares(store, days=90, most=3)
    clock = itertools.count()
    begun = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    later = datetime.timedelta()
    monkeypatch.setattr(shares_module, "now", lambda: begun + later + datetime.timedelta(seconds=next(clock)))
    made = [shares.make(person(), "reader", title, (answered(),)) for title in "一二三四"]
    assert len({share.id for share in made}) == 4
    assert all(len(share.id) == 22 for share in made)
    assert [share.title for share in shares.of("甲")] == list("四三二")
    assert shares.get(made[0].id) is None
    found = shares.get(made[3].id)
    assert found is not None
    assert found.answers == (answered(),)
    assert not shares.revoke("乙", made[3].id)
    assert shares.revoke("甲", made[3].id)
    assert shares.get(made[3].id) is None
    later = datetime.timedelta(days=89)
    assert shares.get(made[2].id) is not None
    later = datetime.timedelta(days=91)
    assert shares.get(made[2].id) is None
    assert shares.of("甲") == ()


def test_the_next_account_of_a_name_does_not_find_what_the_last_one_left(store: Store) -> None:
    accounts, kept, shares = Accounts(store), Conversations(store), Shares(store)
    accounts.add("管理员", "a long password", "admin")
    accounts.add("甲", "a long password", "reader")
    identity = add(kept).conversation
    link = shares.make(person(), "reader", "一", (answered(),))
    accounts.remove("甲")
    accounts.add("甲", "a long password", "reader")
    assert kept.listed("甲") == ()
    assert kept.get("甲", identity) is None
    assert shares.get(link.id) is None


def test_values_are_values() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        KeptScope().years = (2024,)  # type: ignore[misc]
    assert not KeptScope()
    assert KeptScope(collections=("讲话",)).narrowed(["a", "b"]).documents == {"a", "b"}
    assert KeptScope(documents=("a", "c"), collections=("讲话",)).narrowed(["a", "b"]).documents == {"a"}
