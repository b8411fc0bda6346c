"""The guide's addresses on a real library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from desk_fakes import Seen, commitment, library_of
from fastapi import FastAPI
from fastapi.testclient import TestClient
from ui_fakes import document

from assistant.bootstrap import make_assistant
from corpus.commitment import Commitment, Metric
from corpus.document import Document
from corpus.library import Library
from ui.access import Access
from ui.guard import Guard
from ui.guide.reading import GuideReading
from ui.guide.routes import PARTS, add_guide_routes
from ui.office import Office

PLAN = (
    "云川市2024年工作要点\n"
    "一、目标\n"
    "推行“三上门”服务，就是政策上门、检测上门、指导上门。\n"
    "由登记注册科牵头，6月底前把“三上门”服务推开到全部基层所。\n"
    "开展“铁掌护民”行动，各县区局每季度报送一次进展。\n"
    "实行“四色灯”督办：办结的亮绿灯，推进的亮蓝灯，滞后的亮黄灯，逾期的亮红灯。\n"
    "开展“五进五问”：进企业问需求，进市场问秩序，进学校问安全，进社区问满意，进所里问难处。\n"
    "推行“两懂三清”办案法（懂法条、懂行业，线索清、证据清、文书清）。\n"
)


def plan() -> tuple[Document, list[Commitment]]:
    source = document("云川2024要点.txt", PLAN, year=2024)
    return source, [
        commitment(source, "6月底前把“三上门”服务推开到全部基层所", "task", "登记注册科", "2024-06-30"),
        commitment(source, "各县区局每季度报送一次进展", "task", "各县区局"),
    ]


def client_of(library: Library) -> TestClient:
    app = FastAPI()
    add_guide_routes(app, Office(library, make_assistant))
    app.add_middleware(Access)
    app.add_middleware(Guard)
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, plan()) as library:
        yield library


@pytest.fixture
def client(library: Library) -> TestClient:
    return client_of(library)


def seen(client: TestClient, address: str, code: int = 200, **headers: str) -> Seen:
    answer = client.get(f"/wennuo/guide{address}", headers=headers)
    assert answer.status_code == code, answer.text
    return Seen(answer.text)


def test_the_frame_names_all_parts(client: TestClient) -> None:
    markup = client.get("/wennuo/guide").text
    Seen(markup)
    assert re.findall(r'data-part="(\w+)"', markup) == list(PARTS)
    assert "Getting" not in markup
    assert "Who does what" in seen(client, "", cookie="wennuo_language=en").text


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        client = client_of(library)
        assert "资料库还是空的" in seen(client, "").text
        assert "没有找到提法" in seen(client, "/terms").text
        assert "还没有写明责任单位" in seen(client, "/doers").text
        for part in ("path", "questions", "quiz"):
            assert seen(client, f"/{part}").text


def test_terms_explained_and_only_named(client: TestClient) -> None:
    told = seen(client, "/terms").text
    assert "共5个提法，其中4个在资料里有解释" in told
    assert "“铁掌护民”行动" in seen(client, "/found?which=named").text
    assert "三上门" not in seen(client, "/found?which=named").text
    assert "“三上门”服务" in seen(client, f"/found?words={quote('上门')}").text
    assert "没有找到这样的提法" in seen(client, f"/found?words={quote('上门')}&which=named").text


def test_a_term_with_its_sentence_who_does_it_and_until_when(client: TestClient) -> None:
    markup = client.get(f"/wennuo/guide/term?words={quote('三上门')}").text
    told = Seen(markup)
    assert "<mark>政策上门、检测上门、指导上门</mark>" in markup
    assert "牵头：登记注册科" in told.text
    assert "2024-06-30到期" in told.text
    hrefs = [each["href"] for tag, each in told.tags if tag == "a"]
    start = PLAN.index("推行“三上门”")
    assert any(f"start={start}&" in str(href) for href in hrefs)
    ledger = [each["data-ledger"] for tag, each in told.tags if "data-ledger" in each]
    assert ledger == [f"words={quote('三上门')}"]
    named = seen(client, f"/term?words={quote('铁掌护民')}").text
    assert "只提到这个提法，没有解释" in named
    assert "不再有这个提法" in seen(client, f"/term?words={quote('没有的')}", 404).text


def test_a_unit_with_its_tasks(client: TestClient) -> None:
    told = seen(client, "/doers")
    assert "登记注册科" in told.text
    assert "牵头1项" in told.text
    detail = next(
        str(each["data-detail"])
        for tag, each in told.tags
        if "登记注册科" in unquoted(each.get("data-detail"))
    )
    rows = Seen(client.get("/" + detail).text)
    assert "6月底前把“三上门”服务推开到全部基层所" in rows.text
    assert f"owner={quote('登记注册科')}" in [each.get("data-ledger") for _, each in rows.tags]
    assert "不再有这个单位" in seen(client, "/doer?name=无", 404).text


def unquoted(address: str | None) -> str:
    from urllib.parse import unquote

    return unquote(address or "")


def answers(client: TestClient, seed: int) -> list[tuple[str, list[str]]]:
    markup = client.get(f"/wennuo/guide/quiz?seed={seed}").text
    Seen(markup)
    questions = re.findall(r"<legend>(.*?)</legend>(.*?)</fieldset>", markup)
    return [(asked, re.findall(r'<span lang="zh-CN">(.*?)</span>', options)) for asked, options in questions]


def test_the_same_seed_gives_the_same_questions(client: TestClient, library: Library) -> None:
    drawn = answers(client, 3)
    assert len(drawn) == 4
    assert drawn == answers(client_of(library), 3)
    assert any(answers(client, seed) != drawn for seed in range(4, 9))


def test_an_answer_is_told_with_its_sentence(client: TestClient, library: Library) -> None:
    drawn = answers(client, 3)
    number = next(n for n, (asked, _) in enumerate(drawn) if "三上门" in asked)
    right = drawn[number][1].index("政策上门、检测上门、指导上门")
    address = f"/answer?seed=3&question={number}&generation={library.generation()}&chosen="
    markup = client.get(f"/wennuo/guide{address}{right}").text
    assert "答对了" in markup
    assert "<mark>政策上门、检测上门、指导上门</mark>" in markup
    wrong = seen(client, f"{address}{(right + 1) % 4}").text
    assert "答错了，应当是：政策上门、检测上门、指导上门" in wrong
    assert (
        "已更新"
        in seen(client, f"/answer?seed=3&question=99&generation={library.generation()}&chosen=0", 409).text
    )
    library.remove("云川2024要点.txt")
    assert "已更新" in seen(client, f"{address}{right}", 409).text


@pytest.mark.parametrize("address", ["/quiz?seed=-1", "/quiz?seed=1000000", "/quiz?seed=x", "/answer?seed=1"])
def test_addresses_that_nobody_made(client: TestClient, address: str) -> None:
    assert client.get(f"/wennuo/guide{address}").status_code == 422


def test_what_is_made_is_kept_until_the_library_changes(library: Library) -> None:
    reading = GuideReading(library)
    first = reading.terms()
    assert reading.terms() is first
    library.put(document("乙.txt", "云川市2025年工作要点\n一、重点\n推广“一梯一策”。\n", year=2025), ())
    assert "一梯一策" in {term.words for term in reading.terms()}


TRAPS = [
    ('“三<img src=x onerror="alert(1)">”', "event handler"),
    ("“两<script>alert(1)</script>”", "script element"),
    ("\"'><iframe src=//leak.example>", "breaks out of an attribute"),
    ("</li></ol><form action=//leak.example>", "closes our elements"),
    ("[点](javascript:alert(1)) ![图](http://leak.example/x.png)", "markdown"),
    ("${alert(1)} {{constructor}}", "template languages"),
    ("&lt;b&gt;", "entities that must not be decoded twice"),
]


@pytest.mark.parametrize(("words", "trap"), TRAPS, ids=[row[1] for row in TRAPS])
def test_all_words_are_shown_as_text(tmp_path: Path, words: str, trap: str) -> None:
    text = (
        f"标题{words}\n一、{words}\n“三上门”服务{words}，就是政策上门、检测上门、{words}上门。\n"
        f"推行“一<b>策”做法，“一<b>策”做法，“一<b>策”做法。全年完成{words}项。\n"
    )
    source = document(f"{words.replace('/', '')[:40]}.txt", text, title=words)
    row = commitment(
        source,
        f"全年完成{words}项",
        "target",
        owner="登记科",
        due="2024-06-30",
        metric=Metric(words, ">=", words, words),
        what=words[:40],
    )
    with library_of(tmp_path, (source, [row])) as library:
        client = client_of(library)
        for part in ("", *(f"/{part}" for part in PARTS), f"/found?words={quote(words[:100])}"):
            markup = Seen(client.get(f"/wennuo/guide{part}").text)
            for _, each in markup.tags:
                if detail := each.get("data-detail"):
                    Seen(client.get(f"/{detail}").text)
        assert (
            words
            in seen(client, "/doer?issuer=" + quote("云川市市场监督管理局") + "&name=" + quote("登记科")).text
        )


def test_nothing_of_a_restricted_document_is_shown(library: Library) -> None:
    library.set_collection("内部", "curator")
    library.assign("云川2024要点.txt", ("内部",))
    open_one = document("乙.txt", "云川市2025年工作要点\n一、重点\n推广“一梯一策”。\n", year=2025)
    library.put(open_one, ())
    reading = GuideReading(library.seen_by("reader"))
    assert [term.words for term in reading.terms()] == ["一梯一策"]
    assert reading.term("三上门") is None
    assert reading.naming("三上门") == ()
    assert reading.circles() == ()
    assert [step.document for step in reading.path()] in ([], ["乙.txt"])
    assert GuideReading(library).term("三上门") is not None
