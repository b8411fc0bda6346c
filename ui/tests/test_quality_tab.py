"""The addresses of the tab of quality: what they show, do, refuse, and to whom."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import desk_fakes
import pytest
from desk_fakes import TAGS, Seen
from quality_fakes import OPEN, PEOPLE, QUESTIONS, SECRET, World, lines
from ui_fakes import citation, document

from assistant.answer import Answer
from evals.cases import read_set
from evals.compare import changed, compare
from evals.diagnosis import causes
from evals.judging import by_kind, summary
from evals.measures import MEASURES
from evals.page import number
from evals.report import KIND_COLUMNS
from ui.access import needed
from ui.quality.acts import ACTS
from ui.words import WORDS

SVG = frozenset(
    [
        "svg",
        "line",
        "text",
        "g",
        "polyline",
        "circle",
        "rect",
        "polygon",
        "title",
        "figure",
        "figcaption",
        "caption",
        "code",
        "b",
        "sup",
        "strong",
        "h4",
        "ul",
        "i",
    ]
)
HOSTILE = '<img src=x onerror="alert(1)">"\'${alert(2)}'


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    world.desk.sets.take("抽查.jsonl", lines())
    yield world
    world.desk.runner.close()
    world.office.store.close()


@pytest.fixture(autouse=True)
def _more_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_fakes, "TAGS", TAGS | SVG)


def seen(world: World, role: str = "admin", **fields: str) -> Seen:
    answer = world.client(role).get(f"/wennuo/quality?{urlencode(fields)}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return Seen(answer.text)


def thumb(world: World, role: str, verdict: Any = "good", reason: Any = None, **more: Any) -> int:
    source, quote = more.get("source", OPEN), more.get("quote", "合格率稳定在98%以上")
    question = more.get("question", "合格率要稳定在多少？")
    answer = Answer(question, question, f"{quote}[1]。", "answered", citations=(citation(source, quote),))
    return world.desk.feedback.add(world.person(role), answer, verdict, reason, more.get("note", ""))


def post(world: World, act: str, role: str = "admin", **body: Any) -> Any:
    return world.client(role).post(f"/wennuo/quality/{act}", json=body)


# rights


def test_every_address_is_in_the_table_and_refuses_by_role(world: World) -> None:
    run, entry = world.run(), str(thumb(world, "curator"))
    reading = ["", "/progress", f"/question?run={run}&id=q1", f"/report?run={run}", "/set?key=office/抽查"]
    for path in reading:
        address = f"/wennuo/quality{path}"
        assert needed("GET", address.partition("?")[0]) == "curator"
        codes = {role: world.client(role).get(address).status_code for role in ("nobody", *PEOPLE)}
        assert codes == {"nobody": 401, "reader": 403, "curator": 200, "admin": 200}, path
    bodies: dict[str, dict[str, str]] = {"mark": {"entry": entry, "state": "done"}}
    for act, (role, _) in ACTS.items():
        assert needed("POST", f"/wennuo/quality/{act}") == role
        assert post(world, act, "nobody").status_code == 401
        assert post(world, act, "reader", **bodies.get(act, {})).status_code == 403
        if role == "admin":
            assert (
                post(world, act, "curator", run=run, entry=entry, set="office/抽查", id="q1").status_code
                == 403
            )
    assert needed("POST", "/wennuo/quality/upload") == "curator"
    assert (
        world.client("reader").post("/wennuo/quality/upload?name=a.jsonl", content=lines()).status_code == 403
    )
    assert world.desk.runs.entries()
    assert world.desk.entry(world.person("admin"), entry)


def test_the_handlers_look_at_the_role_themselves(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.access.needed", lambda method, path: "reader")
    for path in ("", "/progress", "/question", "/report", "/set"):
        assert world.client("reader").get(f"/wennuo/quality{path}").status_code == 403
    for act in ACTS:
        assert post(world, act, "reader").status_code == 403
    assert post(world, "remove-set", "curator", set="office/抽查").status_code == 403


def test_a_run_over_the_whole_library_is_for_admins(world: World) -> None:
    mine, theirs = world.run(where="admin"), world.run(where="curator", role="curator")
    assert mine in seen_runs(world, "admin")
    assert seen_runs(world, "curator") == [theirs]
    for path in (
        f"?view=run&run={mine}",
        f"?view=compare&before={mine}&after={theirs}",
        f"/question?run={mine}&id=q1",
        f"/report?run={mine}",
    ):
        answer = world.client("curator").get(f"/wennuo/quality{path}")
        assert answer.status_code == 404
        assert "6000" not in answer.text
    before = world.client("curator").get(f"/wennuo/quality/question?run={theirs}&id=q1&before={mine}")
    assert before.status_code == 200
    assert WORDS["zh-CN"]["question_before"] not in before.text
    assert post(world, "start", "curator", set="office/抽查", where="admin").status_code == 422
    assert seen(world, "curator").text.count(WORDS["zh-CN"]["where_admin"]) == 0


def seen_runs(world: World, role: str) -> list[str]:
    return [
        str(one["value"]) for tag, one in seen(world, role).tags if tag == "input" and "data-pick" in one
    ] or [entry.name for entry in world.desk.visible_runs(world.person(role))]


def test_what_quotes_a_withheld_document_is_withheld_from_then_on(world: World) -> None:
    run = world.run(where="curator")
    thumb(world, "reader")
    own = [{"id": "x", "question": "?", "facts": [["a"]], "quotes": [{"doc": OPEN.name, "text": "全年"}]}]
    world.desk.sets.take("另一套.jsonl", lines(own))
    assert world.client("curator").get(f"/wennuo/quality?view=run&run={run}").status_code == 200
    world.library.withheld.add(OPEN.name)
    assert world.client("curator").get(f"/wennuo/quality?view=run&run={run}").status_code == 404
    assert "合格率" not in seen(world, "curator", view="review").text
    assert "另一套" not in seen(world, "curator", view="sets").text
    assert world.client("curator").get("/wennuo/quality/set?key=office/另一套").status_code == 404
    assert world.client("admin").get(f"/wennuo/quality?view=run&run={run}").status_code == 200


def test_a_run_whose_questions_quote_a_withheld_document_is_for_admins(world: World) -> None:
    quotes = [{"doc": SECRET.name, "text": "专项检查共计77家"}]
    row = {"id": "s", "question": "专项检查几家？", "answer": "77家", "facts": [["77家"]], "quotes": quotes}
    world.desk.sets.take("内部.jsonl", lines([row]))
    assert world.desk.set(world.person("curator"), "office/内部") is None
    run = world.run("office/内部", where="curator")
    assert world.desk.run(world.person("admin"), run) is not None
    assert world.desk.run(world.person("curator"), run) is None
    assert "77家" not in world.client("curator").get(f"/wennuo/quality/question?run={run}&id=s").text


def test_an_admins_thumb_is_not_shown_to_curators(world: World) -> None:
    identity = thumb(
        world, "admin", quote="内部安排的专项检查共计77家", source=SECRET, question="专项检查几家？"
    )
    assert "77家" in seen(world, "admin", view="review").text
    page = seen(world, "curator", view="review").text
    assert "77家" not in page
    assert "专项检查" not in page
    assert post(world, "mark", "curator", entry=str(identity), state="done").status_code == 404
    assert post(world, "adopt", "curator", entry=str(identity), **filled()).status_code == 404


def test_a_question_on_a_withheld_document_goes_to_the_admins_set(world: World) -> None:
    entry = thumb(world, "admin")
    quotes = [{"doc": SECRET.name, "text": "专项检查共计77家"}]
    assert post(world, "adopt", entry=str(entry), **filled(facts="77家", quotes=quotes)).status_code == 200
    assert [one.key for one in world.desk.visible_sets(world.person("admin"))][2:] == [
        "office/抽查",
        "admin/office",
    ]
    assert "admin/office" not in world.client("curator").get("/wennuo/quality?view=sets").text
    other = thumb(world, "curator", question="别的？")
    absent = post(world, "adopt", "curator", entry=str(other), **filled(facts="77家", quotes=quotes))
    assert absent.status_code == 422, "a curator cannot try out what stands in a withheld document"


# runs


def test_the_table_shows_the_figures_of_evals(world: World) -> None:
    run = world.run()
    page = seen(world, view="run", run=run)
    judged = world.desk.runs.read(run).judgements
    values = summary(judged)
    for measure in MEASURES:
        if values[measure.name] is not None:
            assert measure.title in page.text
    markup = world.client().get(f"/wennuo/quality?view=run&run={run}").text
    kinds = markup[markup.index('class="kinds"') :].partition("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", kinds)[1:]]
    for row, (_, group) in zip(rows, by_kind(judged).items(), strict=True):
        told = summary(group)
        assert row[1:3] == [str(len(group)), str(sum(one.correct for one in group))]
        assert row[4:] == [number(told[name]) for name in KIND_COLUMNS]
    lost = markup[markup.index('class="causes"') :].partition("</table>")[0]
    totals = re.findall(r">(\d+)<", lost.rpartition("<tr>")[2])
    assert totals == [str(count) for count in causes(judged).values()]
    assert "95%区间" in page.text
    listed = seen(world)
    assert number(values["correct"]) in listed.text


def test_questions_are_sifted_and_opened(world: World) -> None:
    run = world.run()
    assert asked(world, run) == ["q1", "q2", "q3", "d1#1", "d1#2"]
    wrong = asked(world, run, result="wrong")
    assert "q2" in wrong
    assert asked(world, run, result="right") == [each for each in asked(world, run) if each not in wrong]
    assert asked(world, run, kind="figure") == ["d1#1", "d1#2"]
    assert asked(world, run, cause="composition", kind="responsibility") == ["q2"]
    assert asked(world, run, kind="nonsense", page="99999999") == []
    answer = world.client("curator").get(f"/wennuo/quality/question?run={run}&id=q2")
    page = Seen(answer.text)
    for told in (
        "由谁牵头，各县区局怎样配合？",
        "由食品流通科牵头",
        "食品生产科",
        "没答到",
        "出现了错误内容",
        "逐字相符",
        "组织成文",
    ):
        assert told in page.text, told
    links = [str(one["href"]) for tag, one in page.tags if tag == "a"]
    assert any(link.startswith("wennuo/read?document=") and OPEN.revision in link for link in links)
    assert world.client().get(f"/wennuo/quality/question?run={run}&id=nothing").status_code == 404
    turn = Seen(world.client().get(f"/wennuo/quality/question?{urlencode({'run': run, 'id': 'd1#2'})}").text)
    assert "抽检合格率呢？" in turn.text


def asked(world: World, run: str, **fields: str) -> list[str]:
    markup = world.client().get(f"/wennuo/quality?{urlencode({'view': 'run', 'run': run, **fields})}").text
    from html import unescape
    from urllib.parse import parse_qs

    found = re.findall(r'data-question="([^"]*)"', markup)
    return [parse_qs(unescape(each))["id"][0] for each in found]


def test_a_document_that_changed_since_is_opened_as_such(world: World) -> None:
    run = world.run()
    world.library.put(document(text="一、全新的内容。\n"), ())
    page = Seen(world.client().get(f"/wennuo/quality/question?run={run}&id=q1").text)
    (link, *_) = [str(one["href"]) for tag, one in page.tags if tag == "a"]
    assert f"revision={OPEN.revision[:12]}#" in link
    assert "6000批次" in page.text


def test_two_runs_are_compared_as_evals_compares_them(world: World) -> None:
    first = world.run()
    better = [*QUESTIONS[:1], {**QUESTIONS[1], "facts": [["食品流通科"]], "forbidden": []}, *QUESTIONS[2:]]
    world.desk.sets.take("抽查.jsonl", lines(better), replacing=True)
    second = world.run()
    before, after = (world.desk.runs.read(name).judgements for name in (first, second))
    page = seen(world, view="compare", before=first, after=second)
    gained, lost = changed(before, after)
    assert [one.case.id for one in gained] == ["q2"]
    assert lost == ()
    assert WORDS["zh-CN"]["compare_changed"] in page.text
    one = next(each for each in compare(before, after) if each.measure.name == "correct")
    markup = world.client().get(f"/wennuo/quality?view=compare&before={first}&after={second}").text
    row = re.search(r"<tr><th scope=\"row\">正确率</th>(.*?)</tr>", markup)
    assert row is not None
    cells = [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row.group(1))]
    assert cells == [
        number(one.before),
        number(one.after),
        f"{one.after - one.before:+.3f}",  # type: ignore[operator]
        f"{one.better} / {one.worse}",
        f"{one.p:.2f}",
    ]
    both = Seen(world.client().get(f"/wennuo/quality/question?run={second}&id=q2&before={first}").text)
    assert WORDS["zh-CN"]["question_before"] in both.text
    chart = seen(world)
    assert [one["role"] for tag, one in chart.tags if tag == "svg" and "role" in one] == ["img"]
    assert WORDS["zh-CN"]["trend_changed"] in chart.text
    assert WORDS["zh-CN"]["trend_table"] in chart.text


def test_runs_of_different_sets_are_not_compared(world: World) -> None:
    first = world.run()
    world.desk.sets.take("别的.jsonl", lines(QUESTIONS[:1]))
    second = world.run("office/别的")
    assert (
        WORDS["zh-CN"]["compare_other_sets"] in seen(world, view="compare", before=first, after=second).text
    )
    world.desk.sets.take("别的.jsonl", lines([{**QUESTIONS[0], "id": "other"}]), replacing=True)
    third = world.run("office/别的")
    assert WORDS["zh-CN"]["compare_nothing"] in seen(world, view="compare", before=second, after=third).text


def test_a_run_is_watched_and_cancelled(tmp_path: Path) -> None:
    gate = threading.Semaphore(1)
    world = World(tmp_path, gate=gate)
    world.desk.sets.take("抽查.jsonl", lines())
    started = post(world, "start", set="office/抽查", where="admin").json()
    assert started == {"told": "评测已开始", "go": "view=runs"}
    busy = post(world, "start", "curator", set="office/抽查", where="curator")
    assert busy.status_code == 409
    for _ in range(500):
        markup = world.client().get("/wennuo/quality/progress").text
        if 'aria-valuenow="1"' in markup:
            break
        threading.Event().wait(0.01)
    page = Seen(markup)
    bar = next(one for _, one in page.tags if one.get("role") == "progressbar")
    assert (bar["aria-valuemin"], bar["aria-valuemax"], bar["aria-valuenow"]) == ("0", "5", "1")
    assert "1 / 5 题" in page.text
    theirs = world.client("curator").get("/wennuo/quality/progress").text
    assert "抽查" not in theirs
    assert "data-under-way" in theirs
    assert post(world, "cancel", "curator").status_code == 404
    assert post(world, "cancel").status_code == 200
    gate.release(9)
    world.desk.runner.wait(20)
    assert "已取消" in Seen(world.client().get("/wennuo/quality/progress").text).text
    assert world.client("curator").get("/wennuo/quality/progress").text == ""
    assert post(world, "cancel").status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"set": "office/没有", "where": "curator"}, 404),
        ({"set": "office/../抽查", "where": "curator"}, 404),
        ({"set": "office/抽查", "where": "demonstration"}, 422),
        ({"set": "package/demonstration", "where": "moon"}, 422),
        ({"set": ["x"], "where": "curator"}, 422),
        ({}, 404),
    ],
)
def test_what_cannot_be_run_is_refused(world: World, body: dict[str, Any], code: int) -> None:
    assert post(world, "start", **body).status_code == code
    assert world.desk.runner.progress() is None


def test_an_empty_library_and_a_broken_set_are_told(world: World) -> None:
    path = world.desk.sets.path(world.desk.visible_sets(world.person("admin"))[-1])
    path.write_text("broken")
    refused = post(world, "start", set="office/抽查", where="admin")
    assert (refused.status_code, refused.json()["told"]) == (422, WORDS["zh-CN"]["run_set_broken"])
    path.write_bytes(lines())
    world.library.held.clear()
    refused = post(world, "start", set="office/抽查", where="admin")
    assert (refused.status_code, refused.json()["told"]) == (422, WORDS["zh-CN"]["run_empty_library"])


def test_with_log_in_off_there_is_one_view_of_the_library(tmp_path: Path) -> None:
    world = World(tmp_path, accounts=False)
    world.desk.sets.take("抽查.jsonl", lines())
    page = seen(world)
    options = [str(one["value"]) for tag, one in page.tags if tag == "option"]
    assert [each for each in options if "/" not in each] == ["demonstration", "admin"]
    assert world.run(where="admin")
    assert post(world, "start", set="office/抽查", where="curator").status_code == 422


def test_the_report_and_the_set_are_downloaded(world: World) -> None:
    run = world.run()
    report = world.client("curator").get(f"/wennuo/quality/report?run={run}")
    assert report.headers["content-disposition"].startswith("attachment")
    assert "问诺评测：抽查" in report.text
    kept = world.client("curator").get("/wennuo/quality/set?key=office/抽查")
    assert kept.content == lines()
    assert kept.headers["content-disposition"].startswith("attachment")
    for key in ("office/../../office", "moon/x", "office/没有", "", "admin/office"):
        assert (
            world.client("curator").get(f"/wennuo/quality/set?{urlencode({'key': key})}").status_code == 404
        )


def test_an_admin_deletes_runs_sets_questions_and_thumbs(world: World) -> None:
    run, entry = world.run(), thumb(world, "reader")
    assert post(world, "remove-run", run="../../x").status_code == 404
    assert post(world, "remove-run", run=run).json() == {"told": "已删除", "go": "view=runs"}
    assert world.desk.runs.entries() == ()
    assert (
        post(world, "drop", set="office/抽查", id="d1").json()["go"]
        == "view=set&set=office%2F%E6%8A%BD%E6%9F%A5"
    )
    assert [one.id for one in read_set(world.desk.sets._folders["office"] / "抽查.jsonl").cases] == [
        "q1",
        "q2",
        "q3",
    ]
    assert post(world, "drop", set="package/demonstration", id="dm-001").status_code == 404
    assert post(world, "remove-set", set="package/demonstration").status_code == 404
    assert post(world, "remove-set", set="office/抽查").status_code == 200
    assert post(world, "remove-entry", entry=str(entry)).status_code == 200
    assert post(world, "remove-entry", entry=str(entry)).status_code == 404
    acts = [
        json.loads(line)["act"]
        for line in next((world.office.library.settings.home / "audit").glob("*")).read_text().splitlines()
    ]
    assert acts == ["evaluate", "remove evaluation", "drop question", "remove set", "remove feedback"]


# review list


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "question": "合格率要稳定在多少？",
        "kind": "target",
        "unanswerable": False,
        "answer": "98%以上。",
        "facts": "98%",
        "forbidden": "",
        "quotes": [{"doc": OPEN.name, "text": "合格率稳定在98%以上"}],
    } | changes


def test_a_good_answer_becomes_a_question_with_one_click(world: World) -> None:
    identity = thumb(world, "reader", note=HOSTILE)
    page = seen(world, "curator", view="review")
    assert HOSTILE in page.text
    form = [one for tag, one in page.tags if tag == "form" and one.get("data-post") == "adopt"]
    assert [one["data-fixed-entry"] for one in form] == [str(identity)]
    saved = post(world, "adopt", "curator", entry=str(identity), **filled())
    assert saved.json() == {"told": "已收入题集“本单位题集”，编号 review-1", "go": "view=review"}
    path = world.library.settings.home / "questions" / "office.jsonl"
    assert read_set(path).cases[0].facts == (("98%",),)
    assert world.desk.feedback.count("admin") == {"open": 0, "done": 0, "question": 1}
    assert world.run("office/office", role="curator")
    assert "合格率要稳定在多少" in seen(world, "curator", view="set", set="office/office").text


def test_a_bad_answer_needs_the_right_one(world: World) -> None:
    identity = str(thumb(world, "reader", "bad", "wrong_figure"))
    refused = post(world, "adopt", "curator", entry=identity, **filled(facts=""))
    assert (refused.status_code, refused.json()["told"]) == (422, WORDS["zh-CN"]["draft_no_facts"])
    gone = post(
        world, "adopt", "curator", entry=identity, **filled(quotes=[{"doc": OPEN.name, "text": "没有"}])
    )
    assert OPEN.name in gone.json()["told"]
    assert world.desk.feedback.count("admin")["open"] == 1
    assert post(world, "adopt", "curator", entry=identity, **filled(unanswerable=True)).status_code == 200
    case = read_set(world.library.settings.home / "questions" / "office.jsonl").cases[0]
    assert not case.answerable


def test_thumbs_are_sifted_and_marked(world: World) -> None:
    bad = thumb(world, "reader", "bad", "too_long", question="问一？")
    thumb(world, "reader", question="问二？")
    assert "问二？" in seen(world, "curator", view="review").text
    assert "问二？" not in seen(world, "curator", view="review", verdict="bad").text
    assert "问一？" in seen(world, "curator", view="review", reason="too_long", verdict="nonsense").text
    assert post(world, "mark", "curator", entry=str(bad), state="done").status_code == 200
    assert "问一？" not in seen(world, "curator", view="review").text
    assert "问一？" in seen(world, "curator", view="review", state="any").text
    assert post(world, "mark", "curator", entry=str(bad), state="question").status_code == 422
    for entry in ("x", "99", "-1", "１", ""):
        assert post(world, "mark", "curator", entry=entry, state="done").status_code == 404


def test_an_upload_is_judged_and_told(world: World) -> None:
    client = world.client("curator")
    taken = client.post(f"/wennuo/quality/upload?{urlencode({'name': '新题.jsonl'})}", content=lines())
    assert taken.json() == {"told": "已收下“新题”，5题", "go": "view=sets"}
    again = client.post(f"/wennuo/quality/upload?{urlencode({'name': '新题.jsonl'})}", content=lines())
    assert (again.status_code, again.json()["told"]) == (
        422,
        "没有收下：新题.jsonl：已有同名的题集，请换一个名字",
    )
    broken = client.post("/wennuo/quality/upload?name=b.jsonl", content=b'{"id": "a"}')
    assert broken.json()["told"] == "没有收下：b.jsonl第1行：缺少要点 facts（资料里没有答案的写成空列表）"
    large = client.post("/wennuo/quality/upload?name=b.jsonl", content=b"x" * (3 * 1024 * 1024))
    assert large.status_code == 422
    assert (
        client.post(
            "/wennuo/quality/upload?name=c.jsonl", content=lines(), headers={"Origin": "http://evil.example"}
        ).status_code
        == 403
    )


# markup


def test_nothing_of_a_question_a_document_or_a_name_is_markup(tmp_path: Path) -> None:
    world = World(tmp_path)
    name = '资料"><img src=y onerror=alert(3)>.txt'
    source = document(name, f"一、{HOSTILE}\n指标为98%以上{HOSTILE}。\n", title=HOSTILE)
    world.library.put(source, ())
    rows = [
        {
            "id": HOSTILE,
            "question": f"指标为多少{HOSTILE}",
            "kind": HOSTILE,
            "answer": HOSTILE,
            "facts": [[HOSTILE], ["98%"]],
            "forbidden": ["指标"],
            "quotes": [{"doc": name, "text": "指标为98%以上"}],
        }
    ]
    world.desk.sets.take("抽查.jsonl", lines(rows))
    run = world.run()
    thumb(
        world, "curator", "bad", "other", source=source, quote="指标为98%以上", question=HOSTILE, note=HOSTILE
    )
    views = [
        {"view": "runs"},
        {"view": "run", "run": run, "kind": HOSTILE, "cause": HOSTILE, "result": HOSTILE},
        {"view": "run", "run": run},
        {"view": "compare", "before": run, "after": run},
        {"view": "review"},
        {"view": "sets"},
        {"view": "set", "set": "office/抽查"},
    ]
    for fields in views:
        for language in ("zh-CN", "en"):
            client = world.client()
            client.cookies.set("wennuo_language", language)
            Seen(client.get(f"/wennuo/quality?{urlencode(fields)}").text)
    page = Seen(world.client().get(f"/wennuo/quality/question?{urlencode({'run': run, 'id': HOSTILE})}").text)
    assert HOSTILE in page.text
    report = world.client().get(f"/wennuo/quality/report?run={run}").text
    assert "<img" not in report


def test_every_word_is_told_in_the_chosen_language(world: World) -> None:
    run = world.run()
    thumb(world, "reader", "bad", "wrong_document")
    client = world.client()
    client.cookies.set("wennuo_language", "en")
    for query in ("view=runs", f"view=run&run={run}", "view=review", "view=sets"):
        text = Seen(client.get(f"/wennuo/quality?{query}").text).text
        assert not re.findall(r"[\u4e00-\u9fff]{2,}", own_words(text)), query


def own_words(text: str) -> str:
    """The text without what comes from questions, documents and people."""
    for said in (
        *(row.get("question", "") for row in QUESTIONS),
        "新增经营主体多少户？",
        "抽检合格率呢？",
        "抽查",
        *PEOPLE.values(),
        OPEN.name,
    ):
        text = text.replace(str(said), "")
    text = re.sub(r"合格率[^A-Za-z]*", "", text)
    return re.sub(r"云川2024[^A-Za-z]*|（一）[^A-Za-z]*|内部纪要", "", text)


def test_an_unknown_view_and_strange_fields_do_no_harm(world: World) -> None:
    run = world.run()
    assert seen(world, view="moon").text
    seen(world, view="run", run=run, page="-3")
    for fields in (
        {"view": "run"},
        {"view": "run", "run": "../x"},
        {"view": "compare", "before": run},
        {"view": "set", "set": "x"},
    ):
        answer = world.client().get(f"/wennuo/quality?{urlencode(fields)}")
        assert answer.status_code == 404
        assert WORDS["zh-CN"]["quality_gone"] in answer.text
