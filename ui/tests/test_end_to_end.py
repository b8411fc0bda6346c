"""The command line as a user starts it: real processes, the real library, the demonstration corpus, the network refused."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from importlib.resources import files
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
DOCUMENTS = Path(str(files("corpus"))) / "documents"
WENNUO = [sys.executable, "-m", "ui.cli.main"]
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "gradio",
    "langchain",
    "langchain_openai",
    "openai",
    "scipy",
)


def wennuo(*arguments, home, check=0, **options):
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 120} | options
    result = subprocess.run([*WENNUO, *map(str, arguments), "--home", str(home)], check=False, **options)
    if check is not None:
        assert result.returncode == check, result.stderr
    return result


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("library") / "home"
    result = wennuo("ingest", DOCUMENTS, home=home)
    assert "failed" not in result.stdout
    return home


def test_a_second_ingest_finds_everything_unchanged(home):
    verdicts = wennuo("ingest", DOCUMENTS, home=home).stdout.splitlines()
    assert all(line.startswith("unchanged ") for line in verdicts[:-1])
    assert verdicts[-1] == f"{len(verdicts) - 1} unchanged"
    assert wennuo("doctor", home=home).stdout == "consistent\n"


def test_an_answer_cites_what_stands_in_the_file(home):
    row = json.loads(wennuo("ask", "2023年底全市经营主体总量要达到多少户？", "--json", home=home).stdout)
    assert row["status"] == "answered"
    assert "42万户" in row["answer"]
    assert "[1]" in row["answer"]
    cited = row["citations"][0]
    assert "42万户" in cited["quote"]
    assert cited["document"] == "云川市局2023年工作会议讲话.txt"
    text = (DOCUMENTS / cited["document"]).read_bytes().decode("utf-8-sig")
    assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_the_same_question_gives_the_same_answer(home):
    def ask():
        row = json.loads(wennuo("ask", "特种设备专项行动由谁牵头？", "--json", home=home).stdout)
        return row | {"elapsed_ms": 0}

    assert ask() == ask()


def test_what_is_not_there_is_refused(home):
    row = json.loads(wennuo("ask", "火星基地的食堂几点开门？", "--json", home=home).stdout)
    assert row["abstained"]
    assert row["status"] == "not_found"


def test_nothing_heavy_is_imported_to_answer(home):
    code = (
        "import sys\nfrom ui.cli.main import main\n"
        f"main(['ask', '2023年的目标', '--home', {str(home)!r}], standalone_mode=False)\n"
        f"sys.exit('imported: ' + ', '.join(n for n in {HEAVY!r} if n in sys.modules) if any(n in sys.modules for n in {HEAVY!r}) else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("ask", "--help"), ("eval", "--help"), ("--version",)])
def test_help_starts_fast_and_imports_next_to_nothing(arguments):
    code = (
        "import sys, time\nstart = time.perf_counter()\nfrom ui.cli.main import main\n"
        f"try: main({list(arguments)!r})\nexcept SystemExit: pass\n"
        "names = ('numpy', 'rich', 'sqlalchemy', 'jinja2', 'tantivy', 'chromadb')\n"
        "sys.exit(f'imported {[n for n in names if n in sys.modules]}' if any(n in sys.modules for n in names) else 0)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_utf8_whatever_the_locale(home, locale):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))
    } | locale
    result = wennuo("ask", "2023年底全市经营主体总量要达到多少户？", "--json", home=home, env=environment)
    assert "42万户" in json.loads(result.stdout)["answer"]


def test_a_reader_that_leaves_early_is_no_error(home):
    command = " ".join([*WENNUO, "documents", "--json", "--home", str(home)])
    result = subprocess.run(["sh", "-c", f"{command} | head -c 1"], capture_output=True, check=False)
    assert result.stderr == b""


def test_an_interrupt_ends_without_a_traceback_and_leaves_a_sound_library(tmp_path):
    process = subprocess.Popen(
        [*WENNUO, "ingest", str(DOCUMENTS), "--home", str(tmp_path / "home")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert "Traceback" not in errors
    assert process.returncode in (0, 1, -signal.SIGINT)
    wennuo("ingest", DOCUMENTS, home=tmp_path / "home")
    wennuo("doctor", home=tmp_path / "home")


def test_the_life_of_a_document(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    (folder / "讲话.txt").write_text(
        "在2031年全区工作会议上的讲话\n一、目标\n年底前建成共享农机站12个。\n", encoding="gb18030"
    )
    (folder / "坏.txt").touch()
    result = wennuo("ingest", folder, home=home, check=1)
    assert "added     讲话.txt" in result.stdout
    assert [line for line in result.stdout.splitlines() if line.startswith("failed    坏.txt: ")]
    row = json.loads(wennuo("ask", "共享农机站年底前建成多少个？", "--json", home=home).stdout)
    assert "12个" in row["answer"]
    wennuo("describe", "讲话.txt", "--issuer", "某区农机局", "--year", "2031", home=home)
    (folder / "讲话.txt").write_text(
        "在2031年全区工作会议上的讲话\n一、目标\n年底前建成共享农机站15个。\n", encoding="utf-16"
    )
    assert "replaced  讲话.txt" in wennuo("ingest", folder, home=home, check=1).stdout
    described = json.loads(wennuo("describe", "讲话.txt", "--json", home=home).stdout)
    assert (described["issuer"], described["year"]) == ("某区农机局", 2031)
    row = json.loads(wennuo("ask", "共享农机站年底前建成多少个？", "--json", home=home).stdout)
    assert "15个" in row["answer"]
    wennuo("reindex", home=home)
    wennuo("remove", "讲话.txt", home=home)
    row = json.loads(wennuo("ask", "共享农机站年底前建成多少个？", "--json", home=home).stdout)
    assert row["abstained"]
    assert row["citations"] == []
    wennuo("doctor", home=home)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_the_bar_is_drawn_on_a_terminal_and_standard_output_stays_clean(tmp_path):
    (tmp_path / "a.txt").write_text("一、目标\n年底前建成农机站12个。\n", encoding="utf-8")
    ours, theirs = os.openpty()
    drawn = []

    def watch():
        with contextlib.suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 4096):
                drawn.append(piece)

    watcher = threading.Thread(target=watch)
    watcher.start()
    streams = {"capture_output": False, "stdout": subprocess.PIPE, "stderr": theirs}
    result = wennuo("ingest", tmp_path / "a.txt", home=tmp_path / "home", **streams)
    os.close(theirs)
    watcher.join(timeout=10)
    os.close(ours)
    drawn = b"".join(drawn).decode()
    assert "ingest" in drawn
    assert "1/1" in drawn
    assert result.stdout.splitlines() == ["added     a.txt", "1 added"]


def test_metadata_that_cannot_be_is_wrong_usage_and_a_field_can_be_emptied(tmp_path):
    home = tmp_path / "home"
    (tmp_path / "a.txt").write_text(
        "在2031年全区工作会议上的讲话\n年底前建成农机站12个。\n", encoding="utf-8"
    )
    wennuo("ingest", tmp_path / "a.txt", home=home)
    assert "kind must be one of" in wennuo("describe", "a.txt", "--kind", "poem", home=home, check=2).stderr
    wennuo("describe", "a.txt", "--year", "2030", "--clear", "year", home=home, check=2)
    wennuo("describe", "none.txt", "--year", "2030", home=home, check=1)
    described = json.loads(
        wennuo("describe", "a.txt", "--clear", "year", "--alias", "农机会", "--json", home=home).stdout
    )
    assert (described["year"], described["aliases"]) == (None, ["农机会"])


def test_an_output_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "q.jsonl").write_text('{"id":"q","question":"谁？"}\n', encoding="utf-8")
    result = wennuo(
        "ask", "--batch", tmp_path / "q.jsonl", "--out", tmp_path / "none" / "a.jsonl", home=tmp_path, check=1
    )
    assert len(result.stderr.splitlines()) == 1 + ("is empty" in result.stderr)
    assert "No such file or directory" in result.stderr


def test_a_library_that_is_not_there_is_empty_and_not_made(tmp_path):
    result = wennuo("ask", "谁？", "--json", home=tmp_path / "none")
    assert json.loads(result.stdout)["abstained"]
    assert not (tmp_path / "none").exists()


def test_a_cold_answer_comes_soon(home):
    start = time.perf_counter()
    wennuo("ask", "2023年的目标是什么？", home=home)
    assert time.perf_counter() - start < 6  # the aim is 2; a busy machine is no failure
