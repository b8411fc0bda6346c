"""The command line over stand-ins: what is printed where, and with which exit code."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from corpus.errors import LibraryBusyError
from evals.tests.fakes import FakeAssistant, FakeLibrary, fake_ingest
from ui.cli.main import main
from ui.parts import Parts

TEXT = "全市抽检合格率稳定在98%以上。\n市局办公室牵头督查。\n"


@pytest.fixture
def library():
    return FakeLibrary({"a.txt": TEXT})


@pytest.fixture
def wennuo(library, tmp_path):
    asked = []

    def run(*arguments, parts=None):
        assistant = FakeAssistant(library, asked)
        given = parts or Parts(
            open_library=lambda settings, **_: library, make_assistant=lambda _: assistant, ingest=fake_ingest
        )
        result = CliRunner().invoke(main, [*map(str, arguments), "--home", str(tmp_path / "home")], obj=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    run.asked = asked
    return run


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


def test_ask_prints_answer_citation_and_place(wennuo):
    result = wennuo("ask", "抽检合格率是多少")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "全市抽检合格率稳定在98%以上。[1]"
    assert "[1] a.txt" in result.stdout
    assert "“全市抽检合格率稳定在98%以上。”" in result.stdout


def test_ask_json_is_one_object_and_nothing_else(wennuo):
    result = wennuo("ask", "抽检合格率是多少", "--json")
    [row] = rows(result.stdout)
    assert row["status"] == "answered"
    assert TEXT[row["citations"][0]["start"] : row["citations"][0]["end"]] == row["citations"][0]["quote"]


def test_a_refusal_is_an_answer_with_exit_code_0_and_its_warning_on_stderr(wennuo):
    result = wennuo("ask", "天气")
    assert result.exit_code == 0
    assert "资料中没有提到" in result.stdout
    assert "注意：没有找到" in result.stderr
    assert "注意" not in result.stdout


def test_ask_batch_answers_rows_and_dialogues_and_ignores_other_keys(wennuo, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id":"q1","question":"抽检合格率是多少","kind":"figure","facts":[["98%"]]}\n\n'
        '{"id":7,"turns":[{"question":"抽检合格率是多少"},{"question":"谁牵头督查？","kind":"x"}]}\n',
        encoding="utf-8",
    )
    out = tmp_path / "a.jsonl"
    result = wennuo("ask", "--batch", questions, "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    first, dialogue = rows(out.read_text(encoding="utf-8"))
    assert first["id"] == "q1"
    assert first["citations"][0]["document"] == "a.txt"
    assert dialogue["id"] == 7
    assert [turn["question"] for turn in dialogue["turns"]] == ["抽检合格率是多少", "谁牵头督查？"]
    assert [history for _, history, _ in wennuo.asked] == [0, 0, 1]


def test_batch_without_out_goes_to_stdout(wennuo, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id":"q1","question":"抽检合格率"}\n', encoding="utf-8")
    assert [row["id"] for row in rows(wennuo("ask", "--batch", questions).stdout)] == ["q1"]
    [found] = rows(wennuo("search", "--batch", questions, "-k", 1).stdout)
    assert found["id"] == "q1"
    assert set(found["passages"][0]) == {"document", "start", "end", "text", "path", "score"}


def test_search_batch_gives_a_dialogue_a_row_a_turn(wennuo, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id":"d","turns":[{"question":"抽检"},{"question":"谁？"}]}\n', encoding="utf-8")
    assert [row["id"] for row in rows(wennuo("search", "--batch", questions).stdout)] == ["d#1", "d#2"]


def test_search_prints_best_first(wennuo):
    result = wennuo("search", "谁牵头督查", "-k", "2")
    assert result.exit_code == 0
    assert result.stdout.startswith("1. ")
    assert "市局办公室牵头督查。" in result.stdout.splitlines()[1]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"id":"q1"}', 'needs a "question"'),
        ('{"question":"谁"}', 'needs an "id"'),
        ('{"id":"q1","question":"谁"', "is not JSON"),
        ('["q1"]', "must be a JSON object"),
        ('{"id":"q1","turns":[]}', '"turns" must be a list'),
        ('{"id":"q1","question":"  "}', 'needs a "question"'),
    ],
)
def test_a_bad_batch_names_file_and_line(wennuo, tmp_path, row, reason):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id":"q0","question":"谁"}\n' + row + "\n", encoding="utf-8")
    result = wennuo("ask", "--batch", questions)
    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert "q.jsonl:2: " in line
    assert reason in line


def test_scope_options_reach_the_assistant(wennuo):
    result = wennuo("ask", "抽检", "--year", 2022, "--year", 2023, "--document", "a.txt", "--issuer", "市局")
    assert result.exit_code == 0
    scope = wennuo.asked[0][2]
    assert (scope.years, scope.documents, scope.issuers) == ({2022, 2023}, {"a.txt"}, {"市局"})


def test_an_unknown_document_in_the_scope_is_named(wennuo):
    result = wennuo("ask", "抽检", "--document", "b.txt")
    assert result.exit_code == 1
    assert "'b.txt'" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "  "),
        ("ask", "谁", "--batch", "q"),
        ("ask", "谁", "--out", "a"),
        ("ingest",),
        ("nothing",),
    ],
)
def test_wrong_usage_exits_2(wennuo, arguments):
    assert wennuo(*arguments).exit_code == 2


def test_ingest_prints_one_verdict_a_file_and_a_summary(wennuo, tmp_path, library):
    (tmp_path / "b.txt").write_text("市局办公室牵头督查。", encoding="utf-8")
    (tmp_path / "c.txt").touch()
    result = wennuo("ingest", tmp_path)
    assert result.exit_code == 1
    assert [line.split() for line in result.stdout.splitlines()[:2]] == [
        ["added", "b.txt"],
        ["failed", "c.txt:", "the", "file", "is", "empty"],
    ]
    assert result.stdout.splitlines()[-1] == "1 added, 1 failed"
    assert result.stderr == ""
    assert library.closed


def test_a_name_cannot_forge_a_line_or_move_the_cursor(wennuo, tmp_path):
    (tmp_path / "b\nadded  x.txt").write_text("x", encoding="utf-8")
    result = wennuo("ingest", tmp_path / "b\nadded  x.txt")
    assert len(result.stdout.splitlines()) == 2
    assert "b\\nadded" in result.stdout


def test_documents_as_lines_and_as_json(wennuo):
    assert "a.txt" in wennuo("documents").stdout
    [row] = rows(wennuo("documents", "--json").stdout)
    assert (row["document"], row["year"], row["issuer"], row["passages"]) == ("a.txt", 2022, None, 2)
    assert row["collections"] == []


def test_remove_and_its_unknown_name(wennuo, library):
    assert wennuo("remove", "a.txt").exit_code == 0
    assert library.texts == {}
    result = wennuo("remove", "a.txt")
    assert result.exit_code == 1
    assert result.stderr == "Error: no document named 'a.txt' in the library; `wennuo documents` lists them\n"


def test_an_empty_library_says_how_to_fill_it(wennuo, library):
    library.texts.clear()
    result = wennuo("ask", "抽检", "--json")
    assert result.exit_code == 0
    assert "`wennuo ingest PATH` fills it" in result.stderr
    assert rows(result.stdout)[0]["abstained"]


def test_reindex_and_doctor(wennuo, library):
    assert wennuo("reindex").stdout == "2 passages indexed\n"
    assert wennuo("doctor").exit_code == 0
    library.findings = ("words: 1 passage too many",)
    result = wennuo("doctor")
    assert (result.exit_code, result.stdout) == (1, "words: 1 passage too many\n")


def test_an_error_of_the_library_is_one_line(wennuo):
    def busy(settings, **_):
        raise LibraryBusyError("another process\nis writing")

    result = wennuo("remove", "a.txt", parts=Parts(open_library=busy))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_serve_hands_on_what_it_is_given(wennuo, tmp_path):
    calls = []
    parts = Parts(serve=lambda *arguments: calls.append(arguments))
    assert wennuo("serve", "--port", "8080", "--demonstration", parts=parts).exit_code == 0
    [(settings, host, port, demonstration)] = calls
    assert settings.home == tmp_path / "home"
    assert (host, port, demonstration) == ("127.0.0.1", 8080, True)
