"""The library's tab: what it lists, what its addresses do and for whom, and that nothing of a document is markup in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_ui_render import harmless, traps

from assistant.bootstrap import make_assistant
from corpus.collections import ROLES, Collection, Revision
from corpus.document import Metadata
from corpus.library import Entry, Library
from corpus.settings import LibrarySettings
from ingest.describing import describe, inferred
from ingest.pipeline import ingest
from ingest.verdict import Verdict
from ui import listing
from ui.access import SESSION, Access
from ui.documents import panel as documents_panel
from ui.documents.panel import Known
from ui.documents.routes import add_documents_routes
from ui.documents.view import LOOSE, ON_PAGE, Listed, View, choices, fits, read, shelf
from ui.documents.words import SOURCES
from ui.guard import Guard
from ui.office import Office
from ui.routes import add_routes
from ui.settings import OfficeSettings
from ui.shelf import FORMATS, MEGABYTES
from ui.tests.ui_fakes import document

SPEECH = "云川市市场监督管理局2024年工作会议讲话\n一、目标\n全年完成食品抽检6000批次，由食品科牵头。\n"
PLAN = "望山县市场监督管理局2023年工作要点\n一、目标\n全年完成食品抽检三千批次，由流通科牵头。\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(LibrarySettings(tmp_path / "home", "hashing"), write=True) as library:
        yield library


@pytest.fixture
def office(library: Library) -> Office:
    """With log-in on, a user of each role, and two documents, one for curators."""
    office = Office(library, make_assistant, OfficeSettings(accounts=True))
    assert office.accounts is not None
    for role in ROLES:
        office.accounts.add(role, None, role)
    folder = library.settings.home / "files"
    folder.mkdir()
    for name, text in (("云川2024.txt", SPEECH), ("望山2023.txt", PLAN)):
        (folder / name).write_text(text, encoding="utf-8")
    assert not ingest(library, [folder], jobs=1, by="张").failed
    library.set_collection("内部", "curator")
    library.assign("望山2023.txt", ["内部"])
    return office


class Desk:
    """The tab's addresses as one role sends to them."""

    def __init__(self, office: Office, role: str = "") -> None:
        app = FastAPI()
        add_documents_routes(app, office)
        add_routes(app, office)
        app.add_middleware(Access, accounts=office.accounts)
        app.add_middleware(Guard)
        headers = {}
        if role:
            assert office.accounts is not None
            headers["cookie"] = f"{SESSION}={office.accounts.begin(role)}"
        self.client = TestClient(app, base_url="http://127.0.0.1", headers=headers)

    def get(self, address: str = "", **query: str) -> Any:
        return self.client.get(f"/wennuo/documents{address}", params=query)

    def post(self, address: str, body: Any) -> Any:
        headers = {"content-type": "application/json"}
        return self.client.post(f"/wennuo/documents/{address}", content=json.dumps(body), headers=headers)

    def upload(self, name: str, text: str, **query: str) -> Any:
        return self.client.post("/wennuo/upload", params={"name": name} | query, content=text.encode())


def names(markup: str) -> list[str]:
    return re.findall(r'<tr data-name="([^"]*)"', markup)


# the list


def entry(name: str, at: str = "2026-01-01T00:00:00+00:00", characters: int = 10, **fields: Any) -> Entry:
    return Entry(name, "r" * 64, document(name, **fields).metadata, characters, 1, at, "", "")


def test_the_query_is_read_and_what_is_no_value_is_as_if_unasked() -> None:
    assert read([]) == View()
    asked = read([("words", " 抽检 "), ("sort", "year"), ("kind", "plan"), ("page", "3"), ("year", "2024")])
    assert asked == View(words="抽检", sort="year", kind="plan", page=3, year="2024")
    assert read([("sort", "drop"), ("kind", "poem"), ("page", "0"), ("x", "y")]) == View()
    for page in ("-1", "²", "1e9", "99999999", ""):
        assert read([("page", page)]).page == 1


NARROWED = [
    (View(), True, "nothing asked"),
    (View(words="云川 讲话"), True, "both words"),
    (View(words="ＴＸＴ"), True, "wide letters of the file name"),
    (View(words="党 组 会"), True, "blanks between the characters of a collection"),
    (View(words="云川 要点"), False, "one word too many"),
    (View(year="2024", kind="speech"), True, "year and kind"),
    (View(year="2023"), False, "another year"),
    (View(collection="党组会议"), True, "its collection"),
    (View(collection="别的"), False, "another collection"),
    (View(collection=LOOSE), False, "in none"),
    (View(issuer="云川市市场监督管理局"), True, "issuer"),
]


@pytest.mark.parametrize(("view", "expected", "trap"), NARROWED, ids=[row[2] for row in NARROWED])
def test_what_fits(view: View, expected: bool, trap: str) -> None:
    assert fits(Listed(entry("云川2024讲话.txt"), ("党组会议",)), view) is expected


def test_documents_without_a_value_fit_no_value() -> None:
    bare = Listed(entry("甲.txt", year=None), ())
    assert not fits(bare, View(year="2024"))
    assert fits(bare, View(collection=LOOSE))
    assert choices([bare], ()).years == ()


class Many:
    """A library of so many documents, in reverse order of names."""

    def __init__(self, count: int) -> None:
        self.count = count

    def entries(self) -> tuple[Entry, ...]:
        return tuple(
            entry(
                f"{n:03}.txt", f"2026-01-01T00:00:{n % 60:02}+00:00", n, title=f"题{n % 7}", year=2000 + n % 5
            )
            for n in range(self.count)
        )

    def collections(self) -> tuple[Collection, ...]:
        return ()


def test_pages_hold_every_document_once_in_every_order() -> None:
    library: Any = Many(2 * ON_PAGE + 3)
    for sort in ("recent", "title", "year", "long"):
        seen = []
        for page in (1, 2, 3):
            found = shelf(library, View(sort=sort, page=page))  # type: ignore[arg-type]
            assert (found.pages, found.total) == (3, 2 * ON_PAGE + 3)
            seen += [each.entry for each in found.rows]
        assert len({each.name for each in seen}) == 2 * ON_PAGE + 3
        if sort == "long":
            assert [each.characters for each in seen] == sorted((e.characters for e in seen), reverse=True)
        if sort == "recent":
            assert [each.ingested_at for each in seen] == sorted((e.ingested_at for e in seen), reverse=True)
    assert shelf(library, View(page=99)).rows == shelf(library, View(page=3)).rows
    pager = listing.results(shelf(library, View(page=3)), "zh-CN", True)
    assert "第3页，共3页" in pager
    assert 'data-page="4" disabled' in pager


@traps
def test_names_titles_and_collections_are_text(text: str, trap: str) -> None:
    metadata = document(name=text, title=text).metadata
    one = Entry(text, text, metadata, 10, 1, text, text, "")
    collection = Collection(text[:40].strip(), "curator", (text,))
    listed = Listed(one, (collection.name,))
    found = listing.Shelf(
        View(words=text), (listed,), 1, 1, 1, choices([listed], [collection]), (collection,), 10
    )
    seen = harmless(listing.results(found, "zh-CN", True))
    assert ("data-open", text) in seen.attributes
    assert seen.text.count(text) >= 2
    assert ("value", text) in harmless(listing.form(found, "zh-CN")).attributes
    assert text in harmless(listing.verdict(Verdict(text, "failed", text), "zh-CN")).text
    assert collection.name in harmless(listing.upload_box(FORMATS, 1, [collection.name], "zh-CN")).text
    known = Known(one, metadata, {"title": text, "issuer": text}, [collection.name], [collection], [
        Revision(text, text, 1, text + "旧", text)
    ])  # fmt: skip
    for curator in (True, False):
        panel = harmless(documents_panel.panel(known, "en", curator=curator))
        assert text in panel.text
        assert ("data-document", text) in panel.attributes
    managing = harmless(documents_panel.managing([collection], "zh-CN", open_to_all=True))
    assert ("data-delete", collection.name) in managing.attributes


def test_where_a_value_comes_from_is_said(library: Library) -> None:
    found = document("甲.txt", SPEECH).metadata
    one = Entry("甲.txt", "r", found, 1, 1, "", "", "")
    known = Known(one, found, {"speaker": None, "region": "乙市"}, (), (), ())
    assert documents_panel.whence(known, "issuer", "zh-CN") == "自动识别，把握80%，依据：正文"
    assert documents_panel.whence(known, "speaker", "zh-CN") == "人工清空"
    assert documents_panel.whence(known, "region", "zh-CN") == "人工填写"
    assert documents_panel.whence(known, "date", "zh-CN") == "没有识别到"
    assert "inferred, 80 % sure" in documents_panel.whence(known, "issuer", "en")


def test_every_rule_that_infers_has_a_name_in_chinese() -> None:
    source = Path(inferred.__code__.co_filename).with_name("metadata.py").read_text(encoding="utf-8")
    named = set(re.findall(r'Inferred\([^()]*(?:\([^()]*\)[^()]*)*, [0-9.]+, "([^"]+)"\)', source))
    named |= set(re.findall(r'\([^()\n]*, 0\.9\d?, "([^"]+)"\)', source))
    assert len(named) > 10
    assert named <= set(SOURCES)


# rights

GETS = ("", "/list", "/one", "/collections")
POSTS: dict[str, tuple[Any, str]] = {
    "describe": ({"document": "云川2024.txt", "values": {"region": "甲市"}}, "curator"),
    "assign": ({"documents": ["云川2024.txt"], "collections": [], "how": "set"}, "curator"),
    "remove": ({"documents": ["云川2024.txt"]}, "curator"),
    "collections": ({"name": "新", "audience": "reader"}, "admin"),
}


def test_nobody_gets_anything(office: Office) -> None:
    desk = Desk(office)
    for address in GETS:
        assert desk.get(address, document="云川2024.txt").status_code == 401
    for address, (body, _) in POSTS.items():
        assert desk.post(address, body).status_code == 401
    assert desk.upload("新.txt", SPEECH).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_it_may(office: Office, role: str) -> None:
    desk = Desk(office, role)
    for address in GETS:
        assert desk.get(address, document="云川2024.txt").status_code == 200
    revision = office.library.document("云川2024.txt").revision
    for address, (body, least) in POSTS.items():
        allowed = ROLES.index(role) >= ROLES.index(least)  # type: ignore[arg-type]
        sent = body | ({"revision": revision} if address == "describe" else {})
        assert desk.post(address, sent).status_code == (200 if allowed else 403), address
    assert desk.upload("新.txt", "另一份。\n").status_code == (403 if role == "reader" else 200)
    there = {each.name for each in office.library.entries()}
    assert ("云川2024.txt" in there) is (role == "reader")
    assert ("新.txt" in there) is (role != "reader")


@pytest.mark.parametrize("role", ROLES)
def test_each_handler_looks_at_the_role_itself(office: Office, role: str) -> None:
    """Where the middleware is not asked first, a handler refuses all the same."""
    desk = Desk(office, role)
    assert office.accounts is not None
    app: Any = desk.client.app
    app.middleware_stack = None
    app.user_middleware = [each for each in app.user_middleware if each.cls is not Access]
    for address in GETS:
        with pytest.raises(PermissionError):
            desk.get(address, document="云川2024.txt")
    for address, (body, _) in POSTS.items():
        with pytest.raises(PermissionError):
            desk.post(address, body)
    with pytest.raises(PermissionError):
        desk.upload("新.txt", SPEECH)


def test_a_reader_sees_no_buttons_and_nothing_restricted(office: Office) -> None:
    reader, curator = Desk(office, "reader"), Desk(office, "curator")
    whole = reader.get().text
    assert names(whole) == ["云川2024.txt"]
    for part in ("望山", "内部", "upload", "data-pick", "managing", 'name="pick"'):
        assert part not in whole, part
    panel = reader.get("/one", document="云川2024.txt").text
    for part in ("<form", "<input", "data-remove"):
        assert part not in panel
    assert "全文" in panel
    assert reader.get("/one", document="望山2023.txt").status_code == 404
    assert names(reader.get("/list", collection="内部").text) == []
    assert reader.client.get("/wennuo/read", params={"document": "望山2023.txt"}).status_code == 404
    assert reader.get("/collections").text == ""
    assert names(curator.get("/list", collection="内部").text) == ["望山2023.txt"]
    assert "data-remove" in curator.get("/one", document="望山2023.txt").text
    assert "managing" not in curator.get().text
    assert "managing" in Desk(office, "admin").get().text


def test_a_curator_cannot_touch_what_only_administrators_see(office: Office) -> None:
    office.library.set_collection("内部", "admin")
    desk = Desk(office, "curator")
    before = office.library.document("望山2023.txt")
    taken = desk.upload("望山2023.txt", "另一版。\n").json()
    assert taken["outcome"] == "failed"
    assert "已有别的资料用了这个文件名" in taken["line"]
    removed = desk.post("remove", {"documents": ["望山2023.txt"]}).json()
    assert removed["failed"] == 1
    assert (
        desk.post("assign", {"documents": ["望山2023.txt"], "collections": [], "how": "set"}).status_code
        == 404
    )
    assert (
        desk.post(
            "assign", {"documents": ["云川2024.txt"], "collections": ["内部"], "how": "add"}
        ).status_code
        == 404
    )
    described = {"document": "望山2023.txt", "revision": before.revision, "values": {"title": "新"}}
    assert desk.post("describe", described).status_code == 404
    assert desk.upload("新.txt", "新的。\n", collection="内部").json()["outcome"] == "failed"
    assert office.library.document("望山2023.txt") == before
    assert office.library.collections_of("望山2023.txt") == ("内部",)


# changes


def audited(office: Office) -> list[tuple[str, str, str]]:
    lines = [
        json.loads(line)
        for path in sorted((office.library.settings.home / "audit").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [(line["who"], line["act"], line["subject"]) for line in lines]


def test_corrections_are_kept_emptied_and_taken_back(office: Office) -> None:
    desk, library, name = Desk(office, "curator"), office.library, "云川2024.txt"
    revision = library.document(name).revision
    found = library.document(name).metadata

    def sent(values: dict[str, str], undo: tuple[str, ...] = ()) -> Any:
        body = {"document": name, "revision": revision, "values": values, "undo": list(undo)}
        return desk.post("describe", body)

    answer = sent({"issuer": "", "year": "2031", "date": "2031-02-03", "aliases": "年会、工作会，"})
    assert answer.status_code == 200
    assert "已保存" in answer.text
    assert "人工清空" in answer.text
    assert "自动识别为：2024" in answer.text
    metadata = library.document(name).metadata
    assert (metadata.issuer, metadata.year.value if metadata.year else 0) == (None, 2031)
    assert metadata.aliases == ("年会", "工作会")
    assert library.commitments()[0].row.year == 2031
    assert sent({}, ("year", "issuer", "aliases")).status_code == 200
    assert set(library.overrides(name)) == {"date"}
    back = library.document(name).metadata
    assert (back.year, back.issuer, back.aliases) == (found.year, found.issuer, found.aliases)
    assert ("curator", "describe", name) in audited(office)
    office.shelf.take(name, (SPEECH + "新的一行。\n").encode(), "zh-CN")
    assert set(library.overrides(name)) == {"date"}
    assert library.doctor() == ()


REFUSED = [
    ({"values": {"title": "  "}}, 422, "标题不能为空"),
    ({"values": {"kind": "poem"}}, 422, "类别不对"),
    ({"values": {"year": "twenty"}}, 422, "年份应是"),
    ({"values": {"year": "1066"}}, 422, "年份应是"),
    ({"values": {"date": "2024-02-30"}}, 422, "日期应写成"),
    ({"values": {"issuer": "长" * 501}}, 422, "太长"),
    ({"values": {"issuer": "a\x00b"}}, 422, "看不见的字符"),
    ({"values": {"text": "x"}}, 422, "没有保存"),
    ({"values": {"year": 2024}}, 422, "没有保存"),
    ({"values": []}, 422, "没有保存"),
    ({"undo": ["text"]}, 422, "没有保存"),
    ({"undo": "year"}, 422, "没有保存"),
    ({"document": 3}, 422, "没有保存"),
    ({"document": "没有.txt"}, 404, "没有这份资料"),
    ({"revision": "0" * 64, "values": {"year": "2024"}}, 409, "已被更新"),
]


@pytest.mark.parametrize(("body", "code", "told"), REFUSED, ids=[str(row[0])[:40] for row in REFUSED])
def test_what_cannot_be_kept_is_told(office: Office, body: Any, code: int, told: str) -> None:
    name = "云川2024.txt"
    whole = {"document": name, "revision": office.library.document(name).revision} | body
    answer = Desk(office, "curator").post("describe", whole)
    assert (answer.status_code, told in answer.json()["told"]) == (code, True), answer.text
    assert office.library.overrides(name) == {}


def test_documents_are_put_into_collections(office: Office) -> None:
    desk, library = Desk(office, "curator"), office.library
    library.set_collection("年度", "reader")
    both = ["云川2024.txt", "望山2023.txt"]
    assert desk.post("assign", {"documents": both, "collections": ["年度"], "how": "add"}).status_code == 200
    assert library.collections_of("望山2023.txt") == ("内部", "年度")
    assert desk.post("assign", {"documents": both[1:], "collections": [], "how": "set"}).status_code == 200
    assert library.collections_of("望山2023.txt") == ()
    assert ("curator", "assign", "云川2024.txt") in audited(office)
    for body, code in (
        ({"documents": both, "collections": ["没有"], "how": "add"}, 404),
        ({"documents": ["没有.txt"], "collections": ["年度"], "how": "add"}, 404),
        ({"documents": [], "collections": ["年度"], "how": "add"}, 422),
        ({"documents": both, "collections": ["年度"], "how": "maybe"}, 422),
        ({"documents": "x", "collections": ["年度"], "how": "add"}, 422),
        ({"documents": [str(n) for n in range(1001)], "collections": [], "how": "add"}, 422),
    ):
        assert desk.post("assign", body).status_code == code


def test_collections_are_managed_by_administrators(office: Office) -> None:
    desk, library = Desk(office, "admin"), office.library
    made = desk.post("collections", {"name": "年度", "audience": "reader", "before": ""})
    assert made.status_code == 200
    assert 'data-name="年度"' in made.text
    assert (
        desk.post("collections", {"name": "年报", "audience": "admin", "before": "年度"}).status_code == 200
    )
    assert {each.name: each.audience for each in library.collections()} == {
        "内部": "curator",
        "年报": "admin",
    }
    for body, code, told in (
        ({"name": "内部", "audience": "reader", "before": ""}, 409, "已经有叫“内部”的分组"),
        ({"name": "", "audience": "reader", "before": ""}, 422, "1到40个字"),
        ({"name": "长" * 41, "audience": "reader", "before": ""}, 422, "1到40个字"),
        ({"name": "x", "audience": "boss", "before": ""}, 422, "没有保存"),
        ({"name": "x", "audience": "reader", "before": "没有"}, 404, "没有叫“没有”的分组"),
        ({"before": "没有", "delete": True}, 404, "没有叫“没有”的分组"),
    ):
        answer = desk.post("collections", body)
        assert (answer.status_code, told in answer.json()["told"]) == (code, True), answer.text
    assert desk.post("collections", {"before": "年报", "delete": True}).status_code == 200
    assert [each.name for each in library.collections()] == ["内部"]
    acts = [act for _, act, _ in audited(office)]
    assert acts[-3:] == ["create collection", "change collection", "delete collection"]


def test_documents_are_removed_and_what_was_not_is_named(office: Office) -> None:
    answer = Desk(office, "curator").post("remove", {"documents": ["云川2024.txt", "没有.txt"]}).json()
    assert answer["told"] == "已移除1份，1份没有移除：没有.txt"
    assert answer["failed"] == 1
    assert 'class="verdict removed"' in answer["lines"]
    assert [entry.name for entry in office.library.entries()] == ["望山2023.txt"]
    assert Desk(office, "curator").post("remove", {"documents": []}).status_code == 422


def test_an_upload_is_in_its_collection_from_the_start(office: Office) -> None:
    desk = Desk(office, "curator")
    assert desk.upload("新.txt", "新的一份。\n", collection="内部").json()["outcome"] == "added"
    assert office.library.collections_of("新.txt") == ("内部",)
    assert [each.by for each in office.library.revisions("新.txt")] == ["curator"]
    panel = desk.get("/one", document="新.txt").text
    assert "curator上传" in panel
    assert "现行版本" in panel
    assert Desk(office, "reader").get("/one", document="新.txt").status_code == 404


def test_an_upload_that_is_too_large_or_nameless_is_told(office: Office) -> None:
    desk = Desk(office, "curator")
    answer = desk.client.post(
        "/wennuo/upload?name=大.txt", content=b"x" * (MEGABYTES * 1024 * 1024 + 1)
    ).json()
    assert "文件超过 40 MB" in answer["line"]
    assert "文件没有名字" in desk.client.post("/wennuo/upload?name=/", content=b"x").json()["line"]


def test_an_empty_library_says_what_to_do(library: Library) -> None:
    office = Office(library, make_assistant, OfficeSettings(accounts=True))
    assert office.accounts is not None
    for role in ("reader", "curator"):
        office.accounts.add(role, None, role)  # type: ignore[arg-type]
    assert "请资料管理员上传" in Desk(office, "reader").get().text
    whole = Desk(office, "curator").get().text
    assert "拖到上面的框里" in whole
    assert 'type="search"' not in whole


def test_only_json_is_taken(office: Office) -> None:
    client = Desk(office, "admin").client
    answer = client.post(
        "/wennuo/documents/remove", content=b'{"documents": ["x"]}', headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 415


# taking corrections back


def test_undoing_and_setting_the_same_field_contradict(office: Office) -> None:
    with pytest.raises(ValueError, match="contradict"):
        describe(office.library, "云川2024.txt", {"year": 2020}, ["year"])
    with pytest.raises(ValueError, match="no field"):
        describe(office.library, "云川2024.txt", {}, ["text"])
    assert isinstance(inferred(office.library.document("云川2024.txt")), Metadata)
