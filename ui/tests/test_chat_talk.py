from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from chat_fakes import HIDDEN, SECRET, asked, office_of, person
from ui_fakes import FakeAssistant, FakeLibrary, asking, document

from assistant.answer import Answer
from assistant.bootstrap import make_assistant
from assistant.conversation import Turn
from assistant.question import Scope
from corpus.errors import EndpointError
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest.pipeline import ingest
from ui.chat.handlers import ChatHandlers
from ui.chat.kept import Eyes
from ui.chat.scope import filter_choices, offered, told, without
from ui.chat.talk import Asking, Talk
from ui.office import Office
from ui.settings import OfficeSettings
from ui.store.conversations import Conversations
from ui.store.turns import KeptScope

RATE, COLD = "食品抽检合格率要稳定在多少？", "冷链仓库抽查发现问题多少起？"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = office_of(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def talk(office: Office) -> Talk:
    return Talk(office)


def test_an_answer_grows_and_is_kept(talk: Talk) -> None:
    first, *_, last = asked(talk, person(), RATE)
    assert 'class="turn growing"' in first["html"]
    assert RATE in first["html"]
    assert (first["start"], first["conversation"]) == (1, "")
    assert 'data-citation="1-1"' in last["html"]
    assert "<mark>" in last["html"]
    kept = talk.conversations.get("甲", last["conversation"])
    assert kept is not None
    assert [turn.question for turn in kept.turns] == [RATE]
    *_, second = asked(talk, person(), "企业开办时间压缩到多少？", last["conversation"])
    assert (second["start"], second["conversation"]) == (2, last["conversation"])
    assert 'id="reply-2"' in second["html"]
    assert 'id="reply-1"' not in second["html"]
    assert len({first["serial"], last["serial"], second["serial"]}) == 3


def test_the_history_of_a_question_is_what_is_kept(office: Office) -> None:
    seen: list[list[str]] = []

    class Listening(FakeAssistant):
        def stream(
            self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()
        ) -> Iterator[Answer]:
            seen.append([turn.question for turn in history])
            yield self.answer(question)

    talk = Talk(Office(office.library, Listening, store=office.store))  # type: ignore[arg-type]
    *_, last = asked(talk, person(), "一")
    asked(talk, person(), "二", last["conversation"])
    again = Talk(Office(office.library, Listening, store=office.store))  # type: ignore[arg-type]
    asked(again, person(), "三", last["conversation"])
    asked(again, person(), "二改", last["conversation"], number=2)
    asked(again, person(), "四", last["conversation"])
    assert seen == [[], ["一"], ["一", "二"], ["一"], ["一", "二改"]]


def test_a_turn_that_is_asked_again_is_replaced_once_there_is_an_answer(talk: Talk) -> None:
    *_, last = asked(talk, person(), RATE)
    identity = last["conversation"]
    asked(talk, person(), COLD, identity)
    telling = talk.ask(person(), Asking("企业开办时间？", identity, KeptScope(), "zh-CN", 1))
    next(telling)
    telling.close()  # type: ignore[attr-defined]  # stopped
    kept = talk.conversations.get("甲", identity)
    assert kept is not None
    assert [turn.question for turn in kept.turns] == [RATE, COLD]
    *_, changed = asked(talk, person(), "企业开办时间？", identity, number=1)
    assert changed["restart"]
    kept = talk.conversations.get("甲", identity)
    assert kept is not None
    assert [turn.question for turn in kept.turns] == ["企业开办时间？"]


def test_another_persons_conversation_is_refused(talk: Talk) -> None:
    *_, last = asked(talk, person(name="甲"), RATE)
    identity = last["conversation"]
    for number in (None, 1):
        (told_,) = asked(talk, person(name="乙"), "插一句", identity, number=number)
        assert "不属于您" in told_["html"]
        assert told_["start"] > 0  # what the page shows stays
    assert talk.opened(person(name="乙"), identity, "zh-CN") is None
    assert talk.asked_again(person(name="乙"), identity, 1) == ""
    assert talk.conversations.get("甲", identity).count == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("error", [EndpointError("http://10.0.0.1 refused"), ValueError("secret")])
def test_a_failure_is_a_sentence_and_the_question_comes_back(office: Office, error: Exception) -> None:
    class Broken(FakeAssistant):
        def stream(self, *arguments: Any, **named: Any) -> Iterator[Answer]:
            raise error

    handlers = ChatHandlers(Office(office.library, Broken, store=office.store))  # type: ignore[arg-type]
    *_, (wire, _) = handlers.ask("抽检？", "", [], [], [], [], "zh-CN", asking())
    shown = json.loads(wire)["html"]
    assert 'role="alert"' in shown
    assert "secret" not in shown
    assert "10.0.0.1" not in shown
    assert json.loads(wire)["box"] == "抽检？"
    assert handlers.talk.conversations.listed("a-browser") == ()


def test_a_growing_answer_is_told_in_steps_and_stored_once(office: Office) -> None:
    class Growing(FakeAssistant):
        def stream(
            self, question: str, history: Sequence[Turn] = (), scope: Scope = Scope()
        ) -> Iterator[Answer]:
            whole = self.answer(question)
            for _ in range(500):
                yield Answer(question, question, whole.text[:3] + "<b>", "answered")
            yield whole

    talk = Talk(Office(office.library, Growing, store=office.store))  # type: ignore[arg-type]
    shown = asked(talk, person(), RATE)
    assert 3 <= len(shown) < 60  # steps of a tenth of a second
    assert "&lt;b&gt;" in shown[1]["html"]
    assert talk.conversations.get("甲", shown[-1]["conversation"]).count == 1  # type: ignore[union-attr]


def test_too_many_questions_are_refused_until_later(office: Office) -> None:
    slow = Office(office.library, FakeAssistant, OfficeSettings(questions=2), office.store)  # type: ignore[arg-type]
    talk = Talk(slow)
    shown = [asked(talk, person(), RATE)[-1]["html"] for _ in range(3)]
    assert ["频繁" in each for each in shown] == [False, False, True]
    assert "频繁" not in asked(talk, person(name="乙"), RATE)[-1]["html"]


def test_collections_narrow_and_an_empty_scope_asks_nothing(talk: Talk) -> None:
    curator = person("curator")
    inside = asked(talk, curator, COLD, scope=KeptScope(collections=("内部",)))[-1]["html"]
    assert HIDDEN in inside
    outside = asked(talk, curator, COLD, scope=KeptScope(collections=("讲话",)))[-1]["html"]
    assert HIDDEN not in outside
    both = KeptScope(documents=("云川2024讲话.txt",), collections=("内部",))
    assert "没有资料" in asked(talk, curator, COLD, scope=both)[-1]["html"]
    reader = asked(talk, person("reader"), COLD, scope=KeptScope(collections=("内部",)))[-1]["html"]
    assert "没有资料" in reader


def words_of(secret: str) -> list[str]:
    return [word for word in ("37起", "12家", HIDDEN, "内部通报") if word in secret + HIDDEN]


def test_a_kept_answer_is_shown_only_while_its_documents_may_be_seen(talk: Talk, office: Office) -> None:
    *_, last = asked(talk, person("curator"), COLD, scope=KeptScope((HIDDEN,), (), (), ("内部",)))
    identity = last["conversation"]
    assert "37起" in last["html"]
    assert "检索范围：内部、云川市内部通报" in last["html"]
    asked(talk, person("curator"), "没有这种事情吗？", identity)
    for role in ("curator", "admin"):
        opened = talk.opened(person(role), identity, "zh-CN")  # type: ignore[arg-type]
        assert opened is not None
        assert "37起" in opened[0].html
    opened = talk.opened(person("reader"), identity, "zh-CN")
    assert opened is not None
    assert not [word for word in words_of(SECRET) if word in opened[0].html]
    assert opened[0].html.count("不再显示") == 2  # the refusal too: it was made with the higher role's eyes
    assert COLD in opened[0].html
    office.library.remove(HIDDEN)
    opened = talk.opened(person("curator"), identity, "zh-CN")
    assert opened is not None
    assert "37起" not in opened[0].html


def test_a_follow_up_does_not_lean_on_what_is_not_seen(talk: Talk, office: Office) -> None:
    *_, last = asked(talk, person("curator"), COLD)
    asked(talk, person("curator"), RATE, last["conversation"])
    kept = talk.conversations.get("甲", last["conversation"])
    assert kept is not None
    hidden, plain = Eyes(office.library_for(person("reader")), "reader").history(kept.turns)
    assert (hidden.question, hidden.answer.text, hidden.answer.citations) == (COLD, "", ())
    assert plain.answer.citations
    office.library.held["云川2024讲话.txt"] = document(text="新的一版\n合格率稳定在99%以上。\n")  # type: ignore[attr-defined]
    _, stale = Eyes(office.library_for(person("reader")), "reader").history(kept.turns)
    assert stale.answer.citations == ()
    opened = talk.opened(person("admin"), last["conversation"], "zh-CN")
    assert opened is not None
    assert "已更新" in opened[0].html


def test_what_no_version_can_read_is_said_to_be_so(
    talk: Talk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, last = asked(talk, person(), RATE)
    monkeypatch.setattr("ui.store.turns.from_json", lambda kept: None)
    opened = talk.opened(person(), last["conversation"], "zh-CN")
    assert opened is not None
    assert "旧版本" in opened[0].html
    assert 'id="reply-2"' in asked(talk, person(), "企业开办？", last["conversation"])[-1]["html"]


def test_old_ones_are_let_go_with_a_word(office: Office) -> None:
    talk = Talk(office, Conversations(office.store, most=1, longest=1))
    *_, last = asked(talk, person(), RATE)
    assert "自动删除" in asked(talk, person(), RATE, last["conversation"])[-1]["html"]
    assert "自动删除" in asked(talk, person(), RATE)[-1]["html"]


def test_while_documents_come_in_it_is_said(talk: Talk, office: Office) -> None:
    assert "正在入库" not in talk.begun(person(), "zh-CN").html
    with office.shelf._writing:
        assert "正在入库" in talk.begun(person(), "zh-CN").html
        assert "正在入库" in asked(talk, person(), RATE)[-1]["html"]


def test_an_empty_library_says_what_to_do(talk: Talk, tmp_path: Path) -> None:
    assert "data-question" in talk.begun(person(), "zh-CN").html
    empty = Talk(Office(FakeLibrary(tmp_path / "other"), FakeAssistant))  # type: ignore[arg-type]
    html = empty.begun(person(), "zh-CN").html
    assert "资料库还是空的" in html
    assert "data-open-library" in html
    assert "data-open-library" not in empty.begun(person("reader"), "zh-CN").html
    empty.office.store.close()


def test_starters_are_made_once_for_each_state_of_the_library(office: Office) -> None:
    made = []

    class Counting(FakeAssistant):
        def starters(self, count: int = 6) -> tuple[str, ...]:
            made.append(count)
            return super().starters(count)

    talk = Talk(Office(office.library, Counting, store=office.store))  # type: ignore[arg-type]
    assert talk.begun(person(), "zh-CN").html == talk.begun(person(), "zh-CN").html
    assert len(made) == 1
    talk.office.library.put(document("新.txt"), ())
    talk.begun(person(), "zh-CN")
    assert len(made) == 2


# ---- the handlers of gradio ----


def clicked(**data: Any) -> Any:
    return SimpleNamespace(**data)


def run(handlers: ChatHandlers, event: Any, conversation: str = "", who: Any = None) -> list[tuple[Any, ...]]:
    return list(handlers.ask_again(conversation, [], [], [], [], "zh-CN", who or asking(), event))


def test_the_box_asks(office: Office) -> None:
    handlers = ChatHandlers(office)
    shown = list(handlers.ask(f"  {RATE}\n", "", [], [2024], None, None, "zh-CN", asking()))  # type: ignore[arg-type]
    assert [json.loads(wire)["box"] for wire, _ in shown] == ["", *[None] * (len(shown) - 1)]
    identity = shown[-1][1]
    kept = handlers.talk.conversations.get("a-browser", identity)
    assert kept is not None
    assert (kept.turns[0].question, kept.turns[0].scope.years) == (RATE, (2024,))
    (nothing,) = handlers.ask("  \n ", "", [], [], [], [], "zh-CN", asking())
    assert nothing == (gr.skip(), gr.skip())
    asked_long = list(handlers.ask("长" * 5000, "", [], [], [], [], "zh-CN", asking()))
    assert json.loads(asked_long[-1][0])["html"].count("长") < 2500


def test_what_is_clicked_is_asked(office: Office) -> None:
    handlers = ChatHandlers(office)
    *_, (wire, identity) = run(handlers, clicked(question=RATE))
    assert RATE in wire
    *_, (wire, _) = run(handlers, clicked(turn=1), identity)
    assert RATE in wire
    *_, (wire, _) = run(handlers, clicked(turn=1, question="企业开办时间？"), identity)
    assert json.loads(wire)["start"] == 1
    kept = handlers.talk.conversations.get("a-browser", identity)
    assert kept is not None
    assert [turn.question for turn in kept.turns] == ["企业开办时间？"]


@pytest.mark.parametrize("turn", [0, -1, 99, True, "1", None, 1.5, [1]])
def test_a_turn_that_is_not_there_is_not_asked_again(office: Office, turn: Any) -> None:
    handlers = ChatHandlers(office)
    *_, (_, identity) = run(handlers, clicked(question=RATE))
    assert all(value == gr.skip() for value in run(handlers, clicked(turn=turn), identity)[0])
    assert handlers.talk.conversations.get("a-browser", identity).count == 1  # type: ignore[union-attr]


def test_handlers_refuse_another_persons_conversation(office: Office) -> None:
    handlers, mine, other = ChatHandlers(office), asking(name="甲"), asking(name="乙")
    *_, (_, identity) = run(handlers, clicked(question=RATE), who=mine)
    assert all(value == gr.skip() for value in run(handlers, clicked(turn=1), identity, other)[0])
    *_, (wire, shown) = run(handlers, clicked(question="插话"), identity, other)
    assert "不属于您" in wire
    assert shown == ""  # so that the next question begins a conversation of their own
    wire, shown, *_ = handlers.open("zh-CN", other, clicked(conversation=identity))
    assert shown == ""
    assert RATE not in json.loads(wire)["html"].replace("data-question", "") or "welcome" in wire
    wire, shown, *_ = handlers.open("zh-CN", mine, clicked(conversation=identity))
    assert shown == identity
    assert 'id="reply-1"' in json.loads(wire)["html"]


@pytest.mark.parametrize(
    "request_", [SimpleNamespace(scope={}), SimpleNamespace(scope={"wennuo.person": "admin"})]
)
def test_handlers_that_nobody_is_known_to_ask_refuse(office: Office, request_: Any) -> None:
    handlers = ChatHandlers(office)
    acts = (
        lambda: list(handlers.ask(RATE, "", [], [], [], [], "zh-CN", request_)),
        lambda: run(handlers, clicked(question=RATE), who=request_),
        lambda: handlers.begin("zh-CN", request_),
        lambda: handlers.open("zh-CN", request_, clicked(conversation="x")),
        lambda: handlers.draw_chips([], [], [], [], "zh-CN", request_),
        lambda: handlers.remove_chip([], [], [], [], request_, clicked(field="all")),
    )
    for act in acts:
        with pytest.raises(PermissionError):
            act()


def test_opening_brings_back_what_was_chosen_as_far_as_it_is_there(office: Office) -> None:
    handlers = ChatHandlers(office)
    chosen: list[Any] = [["云川2024讲话.txt", HIDDEN], [2024], ["云川市市场监督管理局"], ["讲话"]]
    *_, (_, identity) = handlers.ask(RATE, "", *chosen, "zh-CN", asking(name="甲"))
    *_, documents, years, issuers, collections = handlers.open(
        "zh-CN", asking(name="甲"), clicked(conversation=identity)
    )
    assert [documents, years, issuers, collections] == chosen
    reader = asking("reader", "甲")
    *_, documents, years, issuers, collections = handlers.open(
        "zh-CN", reader, clicked(conversation=identity)
    )
    assert documents == ["云川2024讲话.txt"]
    chips = handlers.draw_chips(documents, years, issuers, collections, "zh-CN", reader)
    assert 'data-field="years" data-value="2024"' in chips
    assert HIDDEN not in chips
    assert (
        handlers.remove_chip(
            documents, years, issuers, collections, reader, clicked(field="years", value="2024")
        )[1]
        == []
    )
    assert handlers.remove_chip(documents, years, issuers, collections, reader, clicked(field="all")) == (
        [],
        [],
        [],
        [],
    )


# ---- scope ----


def test_filters_offer_what_the_library_holds(tmp_path: Path) -> None:
    library = FakeLibrary(
        tmp_path, document(), document("乙.txt", year=2023), document("丙.txt", title="要点", year=None)
    )
    documents, years, issuers, collections = filter_choices(
        library.entries(), "zh-CN", {"讲话": ("乙.txt",), "空": ()}
    )
    assert ("要点", "丙.txt") in documents
    assert ("在云川市市场监管工作会议上的讲话（乙.txt）", "乙.txt") in documents
    assert years == [("2024年", 2024), ("2023年", 2023)]
    assert issuers == [("云川市市场监督管理局", "云川市市场监督管理局")]
    assert collections == [("讲话", "讲话")]
    scope = KeptScope(("乙.txt", "无.txt"), (2023, 1999), ("别处",), ("讲话", "空"))
    choices = filter_choices(library.entries(), "zh-CN", {"讲话": ("乙.txt",)})
    assert offered(scope, choices) == KeptScope(("乙.txt",), (2023,), (), ("讲话",))
    words = [each for _, _, each in told(scope, library, "zh-CN")]  # type: ignore[arg-type]
    assert words == ["在云川市市场监管工作会议上的讲话", "1999年", "2023年", "别处"]
    assert without(scope, "years", "1999").years == (2023,)
    assert without(scope, "nonsense", "1999") == scope


# ---- a real library ----


@pytest.mark.slow
def test_a_real_shelf_is_kept_from_a_readers_history(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / HIDDEN).write_text(SECRET, encoding="utf-8")
    (folder / "云川.txt").write_text(
        "云川市2024年要点\n一、目标\n全年完成食品抽检6000批次。\n", encoding="utf-8"
    )
    with Library.open(LibrarySettings(tmp_path / "home"), write=True) as library:
        assert not ingest(library, [folder], jobs=1).failed
        library.set_collection("内部", "curator")
        library.assign(HIDDEN, ("内部",))
        office = Office(library, make_assistant)
        talk = Talk(office)
        *_, last = asked(talk, person("curator"), COLD, scope=KeptScope(collections=("内部",)))
        assert "37起" in last["html"]
        *_, second = asked(talk, person("reader"), "涉及企业多少家？", last["conversation"])
        *_, plain = asked(talk, person("reader"), "全年完成食品抽检多少批次？", last["conversation"])
        assert "6000批次" in plain["html"]
        opened = talk.opened(person("reader"), last["conversation"], "zh-CN")
        assert opened is not None
        for shown in (second["html"], plain["html"], opened[0].html):
            assert not [word for word in ("37起", "12家", HIDDEN, "内部") if word in shown]
        again = talk.opened(person("curator"), last["conversation"], "zh-CN")
        assert again is not None
        assert "37起" in again[0].html
        office.store.close()
