"""`wennuo ledger` over a real library: what is listed, written and refused."""

from __future__ import annotations

import csv
import io
import json
import os
import stat

import openpyxl
import pytest
from click.testing import CliRunner

from corpus.settings import LibrarySettings
from ui.cli import ledger as cli_ledger
from ui.cli.console import is_narrow
from ui.cli.ledger_rows import table
from ui.cli.main import main
from ui.ledger.columns import HEADINGS
from ui.parts import open_library
from ui.tests.ledger_fakes import CALL, LINES, PLAN, PLATFORM, SPEECH, fill

CONTRACT = [
    *("document", "start", "end", "quote", "path", "kind"),
    *("what", "owner", "owner_scope", "deadline", "due", "metric"),
]
EXTRAS = [
    *("id", "title", "issuer", "year", "page", "cooperating", "period", "status", "percent", "note"),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    home = tmp_path_factory.mktemp("library") / "home"
    fill(home)
    return home


def run(home, *arguments):
    result = CliRunner().invoke(main, [*map(str, arguments), "--home", str(home)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def ledger(filled):
    return lambda *arguments: run(filled, "ledger", *arguments)


def rows(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def quotes(result):
    return [row["quote"] for row in rows(result)]


def test_json_has_the_keys_of_the_contract_first(ledger):
    found = rows(ledger("--json"))
    assert all(list(row) == CONTRACT + EXTRAS for row in found)
    rate = found[1]
    assert (rate["document"], rate["quote"], rate["kind"], rate["due"]) == (
        PLAN,
        LINES[0],
        "target",
        "2024-06-30",
    )
    assert rate["metric"] == {
        "name": "抽检合格率",
        "comparator": ">=",
        "value": "98",
        "unit": "%",
        "masked": False,
    }
    assert rate["path"] == ["一、重点工作", "# （一）安全"]
    assert (rate["issuer"], rate["title"], rate["year"]) == ("云川市局", "云川2024要点", 2024)
    assert (found[2]["owner"], found[2]["owner_scope"], found[2]["cooperating"]) == (
        *("食品流通科", "explicit"),
        ["各县区局"],
    )
    assert (found[2]["deadline"], found[2]["due"]) == ("每季度", "quarterly")
    assert found[3]["metric"]["masked"] is True
    assert found[3]["metric"]["value"] is None


def test_a_quote_stands_where_the_row_says(ledger, filled):
    with open_library(LibrarySettings(filled)) as library:
        for row in rows(ledger("--json")):
            assert library.document(row["document"]).text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], [CALL, LINES[0], LINES[1], LINES[2], LINES[3], LINES[5]]),
        (["--document", SPEECH], [CALL]),
        (["--document", SPEECH, "--document", PLAN, "--kind", "requirement"], [LINES[3]]),
        (["--kind", "target"], [LINES[0], LINES[2]]),
        (["--kind", "target", "--kind", "requirement"], [LINES[0], LINES[2], LINES[3]]),
        (["--kind", "report"], [LINES[4]]),
        (["--owner", "流通"], [LINES[1]]),
        (["--owner", "县区局"], [LINES[1]]),
        (["--due-before", "2024-06-30"], [CALL, LINES[0]]),
        (["--due-before", "2024-06-29"], [CALL]),
        (["--due-from", "2024-06-30"], [LINES[0], LINES[5]]),
        (["--due-from", "2024-07-01", "--due-before", "2024-12-31"], [LINES[5]]),
        (["--year", "2023"], [CALL]),
        (["--year", "2023", "--year", "2024", "--masked"], [LINES[2]]),
        (["--issuer", "丁山县局"], [CALL]),
        (["--words", "建成 平台"], [PLATFORM]),
        (["--not-masked", "--kind", "target"], [LINES[0]]),
        (["--status", "none", "--kind", "requirement"], [LINES[3]]),
        (["--status", "done"], []),
        (["--overdue", "2024-06-30"], [CALL]),
        (["--overdue", "2024-07-01"], [CALL, LINES[0]]),
        (["--overdue", "2024-07-01", "--due-before", "2023-12-31"], [CALL]),
        (["--order", "due", "--limit", "3"], [CALL, LINES[0], LINES[5]]),
        (["--order", "owner", "--limit", "1"], [LINES[2]]),
    ],
)
def test_options_narrow(ledger, arguments, expected):
    found = quotes(ledger("--json", *arguments))
    assert found == expected


def test_a_table_and_its_count_line(ledger):
    result = ledger()
    heading, _, *lines, last = result.stdout.splitlines()
    assert heading.split() == ["id", "due", "kind", "what", "owner", "figure", "document"]
    assert len(lines) == 6
    assert last == "6 commitments: 2 targets, 3 tasks, 1 requirement; 3 with a day, 1 masked"
    assert "≥98%" in result.stdout
    assert "masked" in lines[3]
    assert "quarterly" in lines[2]


def test_one_document_needs_no_column_and_one_row_no_plural(ledger):
    result = ledger("--document", SPEECH)
    assert "document" not in result.stdout.splitlines()[0]
    assert result.stdout.splitlines()[-1] == "1 commitment: 1 task; 1 with a day, 0 masked"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--kind", "report"], "1 report; 0 with a day, 0 masked"),
        (["--kind", "report", "--kind", "task"], "4 rows: 3 tasks, 1 report; 2 with a day, 0 masked"),
        (
            ["--limit", "2"],
            "2 commitments: 1 target, 1 task; 2 with a day, 0 masked; 4 more are not shown",
        ),
    ],
)
def test_count_lines(ledger, arguments, line):
    assert ledger(*arguments).stdout.splitlines()[-1] == line


def test_a_narrow_table_puts_the_rest_below(filled):
    with open_library(LibrarySettings(filled)) as library:
        made = table(library.commitments(), narrow=True)
    assert made[0] == ["id", "due", "kind", "what"]
    assert made[1][3] == f"{CALL}\n特种设备股 · {SPEECH}"
    assert not is_narrow(10_000)  # no terminal is there


def test_csv_on_standard_output_is_nothing_else(ledger):
    result = ledger("--csv", "-")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))
    assert list(found[0]) == list(HEADINGS)
    assert [line["原文依据"] for line in found] == quotes(ledger("--json"))
    assert result.stderr == ""


def test_files_are_written_and_named(ledger, tmp_path):
    sheet, plain = tmp_path / "台账.xlsx", tmp_path / "台账.csv"
    arguments = ("--xlsx", sheet, "--csv", plain, "--link", "http://127.0.0.1:7860", "--day", "2024-06-30")
    result = ledger(*arguments, "--overdue", "2024-07-01", "--limit", "1")
    assert result.stdout.splitlines()[:2] == [f"csv: {plain}", f"xlsx: {sheet}"]
    assert result.stdout.splitlines()[2].startswith("1 commitment: ")
    book = openpyxl.load_workbook(sheet)
    link = book["承诺台账"].cell(2, HEADINGS.index("链接") + 1)
    assert link.hyperlink.target.startswith("http://127.0.0.1:7860/wennuo/read?document=")
    said = {line[0].value: line[1].value for line in book["说明"].iter_rows()}["筛选条件"]
    assert said.endswith("2024-07-01前到期而未完成；共2条，只取前1条")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["台账.csv", "台账.xlsx"]


def test_json_beside_a_file_is_alone_on_standard_output(ledger, tmp_path):
    result = ledger("--json", "--xlsx", tmp_path / "a.xlsx")
    assert len(rows(result)) == 6
    assert result.stderr == f"xlsx: {tmp_path / 'a.xlsx'}\n"


def test_nothing_found_is_said_and_still_written(ledger, tmp_path):
    result = ledger("--words", "火星", "--xlsx", tmp_path / "a.xlsx")
    assert result.exit_code == 0
    assert result.stderr == "no commitment fits these options\n"
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["承诺台账"].max_row == 1


def test_an_empty_library_says_how_to_fill_it(tmp_path):
    result = run(tmp_path / "none", "ledger", "--json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "`wennuo ingest PATH` fills it" in result.stderr
    assert not (tmp_path / "none").exists()


def test_documents_without_commitments_say_so(tmp_path):
    from ui.tests.ledger_fakes import plan

    with open_library(LibrarySettings(tmp_path), write=True) as library:
        library.put(plan()[0], ())
    assert "no commitment was found in these documents" in run(tmp_path, "ledger").stderr


def test_an_unknown_document_is_named(ledger):
    result = ledger("--document", "无.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no document named '无.txt'" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--due-before", "2024-13-01"),
        ("--due-before", "20240101"),
        ("--due-before", "2024年底"),
        ("--due-from", ""),
        ("--due-from", "2024-07-01", "--due-before", "2024-06-30"),
        ("--overdue", "0001-01-01"),
        ("--overdue", "2024-01-01", "--status", "done"),
        ("--kind", "promise"),
        ("--status", "later"),
        ("--order", "size"),
        ("--limit", "0"),
        ("--year", "二〇二四"),
        ("--owner", " "),
        ("--words", ""),
        ("--xlsx", "-"),
        ("--json", "--csv", "-"),
        ("--xlsx", "a", "--csv", "./a"),
        ("--link", "http://127.0.0.1:7860"),
        ("--day", "today"),
        ("--xlsx", "a", "--link", "javascript:alert(1)"),
        ("--xlsx", "a", "--link", "http://127.0.0.1/?a=1"),
        ("unheard",),
        ("--json", "note", "abcdef"),
    ],
)
def test_wrong_usage_exits_2(ledger, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ledger(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_today_is_a_day(ledger):
    assert CALL in quotes(ledger("--json", "--overdue", "today"))


@pytest.mark.parametrize("option", ["--xlsx", "--csv"])
def test_what_cannot_be_written_is_told_in_a_line(ledger, tmp_path, option):
    result = ledger(option, tmp_path / "none" / "a")
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "cannot write" in result.stderr
    assert ".draft" not in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_pipe_is_not_replaced_by_a_file(ledger, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    result = ledger("--csv", tmp_path / "pipe")
    assert result.exit_code == 1
    assert "no ordinary file" in result.stderr
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_what_stood_there_stands_until_the_new_file_is_whole(ledger, tmp_path):
    target = tmp_path / "real.csv"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    assert ledger("--csv", link).exit_code == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    before = target.read_bytes()
    assert ledger("--csv", target, "--document", "无.txt").exit_code == 1
    assert target.read_bytes() == before


def test_notes_are_kept_and_listed(tmp_path):
    fill(tmp_path)
    first = rows(run(tmp_path, "ledger", "--json"))[0]["id"]

    def note(*arguments):
        return run(tmp_path, "ledger", "note", first[:8], *arguments)

    assert note().stderr == "nothing was noted on this commitment\n"
    assert note("--status", "under_way", "--percent", "40", "--by", "王").exit_code == 0
    assert note("--note", "已过半\n").stdout.endswith("  under_way 40% 已过半\\n\n")
    row = rows(run(tmp_path, "ledger", "--json"))[0]
    assert (row["status"], row["percent"], row["note"]) == ("under_way", 40, "已过半\n")
    assert "under_way 40%" in run(tmp_path, "ledger").stdout
    assert "progress" in run(tmp_path, "ledger").stdout.splitlines()[0]
    assert quotes(run(tmp_path, "ledger", "--json", "--status", "under_way")) == [CALL]
    assert quotes(run(tmp_path, "ledger", "--json", "--overdue", "2023-12-31")) == [CALL]
    note("--percent", "100")
    assert quotes(run(tmp_path, "ledger", "--json", "--overdue", "2023-12-31")) == []
    assert note("--clear").stdout.endswith("(taken back)\n")
    assert rows(run(tmp_path, "ledger", "--json"))[0]["status"] is None
    assert len(note().stdout.splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("note",), 2),
        (("note", "abc"), 2),
        (("note", "xyzxyzxyz"), 2),
        (("note", "ffffffffffff", "--status", "done"), 1),
        (("note", "f" * 24, "--status", "done"), 1),
        (("note", "f" * 24, "--percent", "101"), 2),
        (("note", "f" * 24, "--clear", "--percent", "1"), 2),
        (("note", "f" * 24, "--by", "王"), 2),
        (("note", "f" * 24, "--note", "长" * 2001), 2),
    ],
)
def test_notes_that_are_refused(ledger, arguments, code):
    result = ledger(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")


def test_help_names_every_option():
    result = CliRunner().invoke(main, ["ledger", "--help"])
    assert result.exit_code == 0
    for parameter in cli_ledger.ledger.params:
        assert parameter.opts[0] in result.stdout
