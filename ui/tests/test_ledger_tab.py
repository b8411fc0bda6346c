"""The ledger's addresses on a real library."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from desk_fakes import PLAN, TODAY, Seen, client_of, commitment, identity_of, library_of, note, plan, rows
from fastapi.testclient import TestClient
from ui_fakes import document

from corpus.commitment import Metric
from corpus.library import Library
from ui.ledger.reading import ROWS


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, plan()) as library:
        yield library


@pytest.fixture
def client(library: Library) -> TestClient:
    return client_of(library)


def page(client: TestClient, query: str = "") -> Seen:
    answer = client.get(f"/wennuo/ledger/results?{query}")
    assert answer.status_code == 200
    return Seen(answer.text)


SHOWN = [
    ("", 5, "all"),
    ("owner=登记", 1, "part of the owner's name"),
    ("quick=overdue", 1, "due before today"),
    ("quick=quarter", 2, "from April to June"),
    ("quick=no_owner", 1, "nobody is named"),
    ("quick=no_figure", 3, "no indicator"),
    ("quick=masked", 1, "figure masked"),
    ("quick=done", 0, "nothing is done"),
    ("kind=requirement", 1, "one kind"),
    ("words=抽检 6000", 1, "two words"),
    ("from=2024-06-30&to=2024-06-30", 1, "one day"),
    ("year=1999", 0, "another year"),
    ("issuer=云川市市场监督管理局", 5, "issuer"),
]


@pytest.mark.parametrize(("query", "count", "trap"), SHOWN, ids=[row[2] for row in SHOWN])
def test_filters(client: TestClient, query: str, count: int, trap: str) -> None:
    assert len(rows(client, query)) == count
    told = page(client, query).text
    assert f"共{count}项" in told
    assert ("没有符合条件的承诺" in told) == (count == 0)


def test_the_order_of_rows(client: TestClient) -> None:
    assert rows(client, "order=due")[:3] == [
        "4月15日前完成校园食堂排查",
        "6月底前实现全程网办",
        "全年完成食品抽检6000批次",
    ]
    assert rows(client, "order=kind")[-1] == "各县区局每季度报送一次进展"
    assert rows(client)[0] == "全年完成食品抽检6000批次"
    sorted_by = [
        each["class"]
        for tag, each in page(client, "order=due").tags
        if tag == "th" and each.get("aria-sort") == "ascending"
    ]
    assert sorted_by == ["deadline"]


def test_the_form_offers_what_the_ledger_holds(client: TestClient) -> None:
    seen = Seen(client.get("/wennuo/ledger?owner=科&year=2024").text)
    offered = [each.get("value") for tag, each in seen.tags if tag == "option"]
    assert {"云川2024要点.txt", "2024", "云川市市场监督管理局", "食品流通科", "target"} <= set(offered)
    chosen = [each.get("value") for tag, each in seen.tags if tag == "option" and "selected" in each]
    assert "2024" in chosen
    assert ("owner", "科") in [
        (each.get("name"), each.get("value")) for tag, each in seen.tags if tag == "input"
    ]


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        client = client_of(library)
        assert "台账还是空的" in client.get("/wennuo/ledger").text
        assert "没有符合条件" in client.get("/wennuo/ledger/results").text
        library.put(document("甲.txt"), ())
        assert "没有找到承诺" in client.get("/wennuo/ledger").text
        assert (
            "No commitment was found"
            in client.get("/wennuo/ledger", headers={"cookie": "wennuo_language=en"}).text
        )


def test_never_more_than_a_page_of_rows(tmp_path: Path) -> None:
    text = "".join(f"第{number}项任务完成。\n" for number in range(2 * ROWS + 7))
    source = document("长.txt", text)
    made = [
        commitment(source, f"第{number}项任务完成", "target" if number % 3 else "task")
        for number in range(2 * ROWS + 7)
    ]
    with library_of(tmp_path, (source, made)) as library:
        client = client_of(library)
        assert [len(rows(client, f"page={number}")) for number in (1, 2, 3, 4, 999)] == [ROWS, ROWS, 7, 7, 7]
        by_kind = [what for number in (1, 2, 3) for what in rows(client, f"order=kind&page={number}")]
        targets = [f"第{number}项任务完成" for number in range(2 * ROWS + 7) if number % 3]
        assert by_kind[: len(targets)] == targets
        assert len(set(by_kind)) == len(by_kind) == 2 * ROWS + 7
        assert "第2页，共3页" in page(client, "page=2").text


def test_a_row_that_is_gone(client: TestClient, library: Library) -> None:
    identity = identity_of(library, "登记注册科")
    library.remove("云川2024要点.txt")
    answer = client.get(f"/wennuo/ledger/row?identity={identity}")
    assert answer.status_code == 404
    assert "已经没有这一项" in answer.text


def test_the_sentence_is_marked_in_its_paragraph(client: TestClient, library: Library) -> None:
    panel = client.get(f"/wennuo/ledger/row?identity={identity_of(library, '食品流通科')}").text
    assert "<mark>全年完成食品抽检6000批次</mark>，合格率稳定在98%以上。" in panel
    Seen(panel)
    link = next(str(each["href"]) for tag, each in Seen(panel).tags if tag == "a")
    start = PLAN.index("全年完成")
    assert f"start={start}&" in link
    assert f"end={start + len('全年完成食品抽检6000批次')}&" in link


TRAPS = [
    ('<img src=x onerror="alert(1)">', "event handler"),
    ("<script>alert(1)</script>", "script element"),
    ("\"'><iframe src=//leak.example>", "breaks out of an attribute"),
    ("</td></tr></table><form action=//leak.example>", "closes our elements"),
    ("</textarea><svg/onload=alert(1)>", "breaks out of the note"),
    ("[点](javascript:alert(1)) ![图](http://leak.example/x.png)", "markdown"),
    ("${alert(1)} {{constructor}}", "template languages"),
    ('=HYPERLINK("http://leak.example",1)', "formula"),
    ("&lt;b&gt;", "entities that must not be decoded twice"),
]


@pytest.mark.parametrize(("words", "trap"), TRAPS, ids=[row[1] for row in TRAPS])
def test_all_words_are_shown_as_text(tmp_path: Path, words: str, trap: str) -> None:
    source = document(
        f"{words.replace('/', '')[:40]}.txt", f"标题{words}\n一、{words}\n全年完成{words}项。\n", title=words
    )
    row = commitment(
        source,
        f"全年完成{words}项",
        "target",
        owner=words,
        due="2024-06-30",
        metric=Metric(words, ">=", words, words),
        what=words[:40],
    )
    with library_of(tmp_path, (source, [row])) as library:
        client = client_of(library)
        identity = library.commitments()[0].row.identity
        assert note(client, {"identity": identity, "note": words, "by": words}).status_code == 200
        query = {"owner": words, "words": words.split()[0], "document": source.name}
        for path in ("/wennuo/ledger", "/wennuo/ledger/results", "/wennuo/ledger/row"):
            answer = client.get(path, params={"identity": identity, **query})
            seen = Seen(answer.text)
            assert words in seen.text or path == "/wennuo/ledger/results"
        sheet = openpyxl.load_workbook(io.BytesIO(client.get("/wennuo/ledger.xlsx").content)).worksheets[0]
        assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
        table = list(csv.reader(io.StringIO(client.get("/wennuo/ledger.csv").content.decode("utf-8-sig"))))
        assert not [cell for line in table for cell in line if cell.startswith("=")]


def test_what_is_shown_is_downloaded(client: TestClient) -> None:
    answer = client.get("/wennuo/ledger.xlsx?order=due&quick=quarter")
    assert answer.headers["content-disposition"].startswith('attachment; filename="ledger.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    found = [str(line[2].value) for line in sheet.iter_rows(min_row=2)]
    assert found == ["4月15日前完成校园食堂排查", "6月底前实现全程网办"]
    answer = client.get("/wennuo/ledger.csv?owner=登记")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == 2
    assert "http://127.0.0.1/wennuo/read?document=" in table[1][-2]


def test_lights_and_charts(client: TestClient) -> None:
    seen = page(client)
    lamps = [
        str(each["class"]) for tag, each in seen.tags if tag == "span" and "lamp" in str(each.get("class"))
    ]
    assert lamps == ["lamp green", "lamp green", "lamp red", "lamp none", "lamp none"]
    assert "逾期35天" in seen.text
    dots = [
        each["aria-label"] for tag, each in seen.tags if tag == "button" and "dot" in str(each.get("class"))
    ]
    assert len(dots) == 3
    assert any("2024-06-30到期1项" in str(dot) for dot in dots)
    narrowed = page(client, "from=2024-06-30&to=2024-06-30")
    pressed = [
        each["data-key"]
        for tag, each in narrowed.tags
        if tag == "button" and each.get("aria-pressed") == "true"
    ]
    assert "2024-06-30" in pressed
    assert TODAY.isoformat() in client.get("/wennuo/ledger").text
