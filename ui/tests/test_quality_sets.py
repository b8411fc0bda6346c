"""The shelves of question sets, and the way from a thumb to a question that `wennuo eval` reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from quality_fakes import OPEN, PEOPLE, lines
from ui_fakes import citation

from assistant.answer import Answer
from corpus.errors import QuestionSetError
from evals.cases import Quote, read_set
from ui.cli.main import main
from ui.people import Person
from ui.quality.drafts import (
    DraftError,
    case_from,
    draft_of,
    identity_of,
    read_draft,
    sources_of,
)
from ui.quality.reasons import set_reason
from ui.quality.sets import LARGEST, MOST_QUESTIONS, Sets
from ui.store.feedback import Entry, Feedback
from ui.store.schema import Store

ADMIN = Person(PEOPLE["admin"], "admin", "a")
CURATOR = Person(PEOPLE["curator"], "curator", "c")
ONE = {
    "id": "q1",
    "question": "几月？",
    "facts": [["12月"]],
    "quotes": [{"doc": "a.txt", "text": "12月底前"}],
}


def test_the_package_brings_two_sets_and_the_office_its_own(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    assert [entry.key for entry in sets.entries(CURATOR)] == [
        "package/demonstration",
        "package/demonstration_dialogues",
    ]
    assert all(entry.questions > 50 and not entry.error for entry in sets.entries(CURATOR))
    taken = sets.take("抽查.jsonl", lines())
    assert (taken.key, taken.questions) == ("office/抽查", 5)
    assert sets.read(taken) == read_set(tmp_path / "questions" / "抽查.jsonl")
    sets.add(ONE, "admin")
    assert [entry.key for entry in sets.entries(CURATOR)][2:] == ["office/抽查"]
    assert [entry.key for entry in sets.entries(ADMIN)][2:] == ["office/抽查", "admin/office"]
    assert sets.entry(CURATOR, "admin/office") is None


def test_a_set_that_quotes_what_is_withheld_is_withheld(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    sets.add(ONE)
    assert sets.entry(CURATOR, "office/office", {"b.txt"}) is not None
    assert sets.entry(CURATOR, "office/office", {"a.txt"}) is None


BROKEN = [
    (b'{"id": "a"\n', "第1行", "JSON"),
    (b'{"id": "a", "question": "x"}\n', "第1行", "facts"),
    (b"\n[1]\n", "第2行", "JSON 对象"),
    (b'{"question": "x", "facts": []}\n', "第1行", "编号"),
    (b'{"id": "a", "facts": []}\n', "第1行", "question"),
    (b'{"id": "a", "question": "x", "facts": [[]]}\n', "第1行", "写法"),
    (b'{"id": "a", "question": "x", "facts": "y"}\n', "第1行", "列表"),
    (b'{"id": "a", "question": "x", "facts": [], "quotes": [3]}\n', "第1行", "quotes"),
    (b'{"id": "a", "turns": []}\n', "第1行", "turns"),
    (b'{"id": "a", "question": "x", "facts": []}\n' * 2, "第2行", "重复"),
    (b'{"id": "a", "question": "\\ud800", "facts": []}\n', "", "JSON"),
    (b'{"id": "a", "question": "x", "facts": [], "n": ' + b"9" * 5000 + b"}\n", "", "JSON"),
    (b"[" * 100_000, "", "JSON"),
    ("题".encode("gb18030"), "", "UTF-8"),
    (b"\n", "", "没有题目"),
    (b'{"id": "a", "doc": "a.txt", "quote": "x"}\n', "", "台账"),
    (b"x" * (LARGEST + 1), "", "MB"),
    (
        lines([{"id": str(n), "question": "x", "facts": []} for n in range(MOST_QUESTIONS + 1)]),
        "",
        "超过2000道",
    ),
]


@pytest.mark.parametrize(("data", "line", "told"), BROKEN)
def test_a_broken_set_is_not_taken_and_named(tmp_path: Path, data: bytes, line: str, told: str) -> None:
    sets = Sets(tmp_path)
    with pytest.raises(QuestionSetError) as raised:
        sets.take("坏.jsonl", data)
    said = str(raised.value)
    assert str(tmp_path) not in said
    assert "/" not in said.replace("https://", "")
    assert set_reason(said, "en") == said
    chinese = set_reason(said, "zh-CN")
    assert chinese.startswith("坏.jsonl" + line)
    assert told in chinese
    assert "读不出来" not in chinese
    assert not list((tmp_path / "questions").glob("**/*.jsonl"))


@pytest.mark.parametrize("name", ["", ".jsonl", "..", "a" * 61, " ", "a:b", ".hidden", "a;b"])
def test_a_name_that_cannot_be_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuestionSetError) as raised:
        Sets(tmp_path).take(name, lines())
    assert "文件名" in set_reason(str(raised.value), "zh-CN")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc.jsonl", "etc"),
        ("admin/x.txt", "x.txt"),
        ("C:\\a\\抽查（一）.jsonl", "抽查（一）"),
        ("a\x00b.jsonl", "ab"),
    ],
)
def test_a_name_cannot_lead_elsewhere(tmp_path: Path, name: str, kept: str) -> None:
    sets = Sets(tmp_path)
    taken = sets.take(name, lines())
    assert taken.name == kept
    assert sets.path(taken).parent == tmp_path / "questions"


def test_only_who_may_replaces_and_removes(tmp_path: Path) -> None:
    sets = Sets(tmp_path)
    sets.take("a.jsonl", lines())
    with pytest.raises(QuestionSetError, match="already"):
        sets.take("a.jsonl", lines([ONE]))
    assert sets.take("a.jsonl", lines([ONE]), replacing=True).questions == 1
    packaged = sets.entries(ADMIN)[0]
    assert not sets.remove(packaged)
    assert not sets.drop(packaged, "dm-001")
    own = sets.entry(ADMIN, "office/a")
    assert own is not None
    assert not sets.drop(own, "nothing")
    assert sets.drop(own, "q1"), "with its last question the set goes"
    assert sets.entry(ADMIN, "office/a") is None


def test_a_set_that_somebody_broke_is_listed_with_its_error(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "坏.jsonl").write_text("nothing", encoding="utf-8")
    entry = Sets(tmp_path).entries(CURATOR)[-1]
    assert entry.error.startswith("坏.jsonl:1: is not JSON")


# from a thumb to a question


def entry_of(tmp_path: Path, answer: Answer, verdict: Any, reason: Any = None) -> Entry:
    store = Store.open(tmp_path)
    feedback = Feedback(store)
    found = feedback.get("admin", feedback.add(ADMIN, answer, verdict, reason))
    store.close()
    assert found is not None
    return found


def quoting(quote: str, question: str = "合格率要稳定在多少？", **more: Any) -> Answer:
    return Answer(
        question,
        question,
        f"{quote}[1]。",
        more.pop("status", "answered"),
        citations=(citation(OPEN, quote),),
        **more,
    )


def test_a_good_answer_fills_the_form_with_what_it_says(tmp_path: Path) -> None:
    quote = "全年完成食品抽检6000批次，合格率稳定在98%以上"
    draft = draft_of(entry_of(tmp_path, quoting(quote), "good"))
    assert draft.question == "合格率要稳定在多少？"
    assert draft.facts == ("98%",)
    assert draft.answer == f"{quote}。"
    assert draft.quotes == (Quote(OPEN.name, quote),)
    assert not draft.unanswerable
    without = draft_of(entry_of(tmp_path, quoting("守牢食品安全底线"), "good"))
    assert without.facts == ("守牢食品安全底线",)


def test_a_refusal_and_a_bad_answer_fill_it_with_what_is_known(tmp_path: Path) -> None:
    refusal = Answer("足球？", "足球？", "资料中没有提到。", "not_found")
    assert draft_of(entry_of(tmp_path, refusal, "good")).unanswerable
    assert draft_of(
        entry_of(tmp_path, quoting("合格率稳定在98%以上"), "bad", "should_have_refused")
    ).unanswerable
    wrong = draft_of(entry_of(tmp_path, quoting("合格率稳定在98%以上"), "bad", "wrong_figure"))
    assert (wrong.facts, wrong.quotes, wrong.forbidden) == ((), (), ("98%",))
    missed = draft_of(entry_of(tmp_path, refusal, "bad", "should_have_answered"))
    assert not missed.unanswerable
    masked = draft_of(entry_of(tmp_path, quoting("投诉办结率XX%", status="masked"), "good"))
    assert masked.kind == "redacted"


SOURCES = sources_of(lambda name: {OPEN.name: OPEN}[name] if name == OPEN.name else _gone(name))


def _gone(name: str) -> Any:
    from corpus.errors import DocumentNotFoundError

    raise DocumentNotFoundError(name)


def sent(**changes: Any) -> dict[str, Any]:
    return {
        "question": " 合格率？ ",
        "kind": "target",
        "unanswerable": False,
        "answer": "98%以上",
        "facts": "98% / 百分之九十八\n\n以上\n",
        "forbidden": "97%\n",
        "quotes": [{"doc": OPEN.name, "text": "合格率稳定在98%\n以上"}, {"doc": "", "text": " "}],
    } | changes


def test_a_filled_form_becomes_a_case_that_wennuo_eval_reads(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, quoting("合格率稳定在98%以上"), "good")
    case = case_from(identity_of(entry), read_draft(sent()), SOURCES)
    assert (case.question, case.kind, case.facts) == (
        "合格率？",
        "target",
        (("98%", "百分之九十八"), ("以上",)),
    )
    assert case.forbidden == ("97%",)
    assert [quote.document for quote in case.quotes] == [OPEN.name]
    refusing = case_from("review-9", read_draft(sent(unanswerable=True)), SOURCES)
    assert (refusing.kind, refusing.facts, refusing.quotes) == ("unanswerable", (), ())
    sets = Sets(tmp_path)
    sets.add(case.to_json())
    sets.add(refusing.to_json())
    sets.add(case.to_json())  # again, after a correction
    path = tmp_path / "questions" / "office.jsonl"
    assert [one.id for one in read_set(path).cases] == ["review-9", "review-1"]
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1]) == case.to_json()
    result = CliRunner().invoke(main, ["eval", str(path), "--home", str(tmp_path / "none")])
    assert result.exit_code == 0, result.output
    assert "office, 2 questions" in result.output


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"question": "  "}, "draft_no_question"),
        ({"facts": " \n"}, "draft_no_facts"),
        ({"facts": " / "}, "draft_no_facts"),
        ({"quotes": []}, "draft_no_quotes"),
        ({"quotes": [{"doc": OPEN.name, "text": "没有这句话"}]}, "draft_quote_absent"),
        ({"quotes": [{"doc": "内部纪要.txt", "text": "77家"}]}, "draft_quote_absent"),
        ({"question": "长" * 1001}, "draft_long"),
        ({"facts": "长" * 201}, "draft_long"),
        ({"facts": "\n".join(str(n) for n in range(21))}, "draft_many"),
        ({"quotes": "x"}, "save_refused"),
        ({"quotes": [{"doc": 3, "text": "x"}]}, "save_refused"),
        ({"answer": ["x"]}, "save_refused"),
        ({"answer": "\ud800"}, "save_refused"),
    ],
)
def test_what_is_no_question_is_refused(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(DraftError) as raised:
        case_from("x", read_draft(sent(**changes)), SOURCES)
    assert raised.value.key == key
