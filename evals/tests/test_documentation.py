"""The documentation against the code: what it names exists, what exists is named, what it shows is what is printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
PAGES = (*READMES, "ARCHITECTURE.md", "CHANGELOG.md")
FLOORS = ("assistant", "corpus", "evals", "ingest", "ui")
SETTING = re.compile(r"\bWENNUO_[A-Z_]*[A-Z]\b")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)


def code(name: str) -> str:
    """All that stands as code: fenced blocks and `spans`, one a line."""
    text = read(name)
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return "\n".join([*fenced, *spans])


@pytest.fixture(scope="module")
def commands() -> dict[str, set[str]]:
    """The options of each command, and of the commands below it ("ledger note")."""
    from ui.cli.main import main

    found = {}
    for name, command in main.commands.items():
        found[name] = options(command)
        for below, inner in getattr(command, "commands", {}).items():
            found[f"{name} {below}"] = options(inner)
    return found


def options(command: click.Command) -> set[str]:
    named = [
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    ]
    return {"--help", *(option for option in named if option.startswith("-"))}


def command_in(line: str, commands: Collection[str]) -> str | None:
    """The command that a line calls, with the one below it where there is such a one."""
    ours = re.search(r"\bwennuo ([a-z]+)(?: ([a-z]+))?", line)
    if ours is None:
        return None
    both = f"{ours[1]} {ours[2]}"
    return both if both in commands else ours[1]


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_named_and_every_named_command_exists(name, commands):
    named = {command_in(call, commands) for call in re.findall(r"\bwennuo [a-z]+(?: [a-z]+)?", code(name))}
    assert named == set(commands)


@pytest.mark.parametrize("name", PAGES)
def test_named_options_exist(name, commands):
    every = set().union(*commands.values())
    ours = re.sub(r"\bcurl (?:[^\n]*\\\n)*[^\n]*", "", code(name))
    for line in ours.splitlines():
        line = line.partition("#")[0]
        words = re.split(r"[\s,；;、]+", line)
        allowed = commands.get(command_in(line, commands) or "", every)
        for word in words:
            option = re.match(r"--?[a-z][a-z-]*", word)
            if option:
                assert option.group() in allowed, f"{name}: {line}"


@pytest.mark.parametrize("name", PAGES)
def test_named_targets_exist(name):
    targets = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code(name))) <= targets


@pytest.mark.parametrize("name", READMES)
def test_settings_are_those_of_the_settings_modules(name):
    modules = [path for floor in FLOORS for path in (ROOT / floor).glob("settings.py")]
    known = set().union(*(SETTING.findall(path.read_text(encoding="utf-8")) for path in modules))
    rows = set(re.findall(r"^\| `(WENNUO_[A-Z_]+)` \|", read(name), re.MULTILINE))
    assert rows == known
    assert set(SETTING.findall(read(name))) <= known


def test_defaults_in_the_settings_table():
    from assistant.settings import EndpointSettings
    from corpus.settings import DEFAULT_ENCODER

    endpoint = EndpointSettings("m", "http://127.0.0.1/v1")
    for name in READMES:
        rows = dict(re.findall(r"^\| `(WENNUO_[A-Z_]+)` \| `([^`]+)` \|", read(name), re.MULTILINE))
        assert rows["WENNUO_ENCODER"] == DEFAULT_ENCODER
        assert rows["WENNUO_LLM_API_KEY"] == endpoint.api_key
        assert float(rows["WENNUO_LLM_TIMEOUT"]) == endpoint.timeout


def test_sidecar_example_is_taken_whole():
    from ingest.sidecar import FIELDS, parse_sidecar

    for name in READMES:
        (example,) = blocks(name, "toml")
        sidecar = parse_sidecar(Path("documents.toml"), example)
        assert sidecar.problems == ()
        assert len(sidecar.entries) == 2
        assert all(field in read(name) for field in FIELDS)


def test_both_readmes_show_the_same_code():
    for language in ("sh", "toml", "python"):
        english, chinese = (
            [re.sub(r"[ \t]*#.*", "", block) for block in blocks(name, language)] for name in READMES
        )
        assert english == chinese


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    for linked, shown in re.findall(r"\]\(([^)#]+)\)|\bsrc=\"([^\"]+)\"", read(name)):
        assert (ROOT / (linked or shown)).exists(), linked or shown


@pytest.mark.parametrize("name", PAGES)
def test_no_machine_and_no_registry_is_named(name):
    text = read(name)
    assert not re.search(r"(?<![\w.])/(?:home|root|work|opt)/", text)
    hosts = set(re.findall(r"https?://([^\s/:`）)]+)", text))
    assert hosts <= {"127.0.0.1"}


def test_architecture_names_every_folder():
    named = set(re.findall(r"`([a-z]+(?:/[a-z]+)*/)`", read("ARCHITECTURE.md")))
    folders = {
        path.parent.relative_to(ROOT).as_posix() + "/"
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*")
        if path.is_file() and not {"tests", "__pycache__"} & set(path.relative_to(ROOT).parts)
    }
    shallow = {"/".join(folder.split("/")[:2]) for folder in folders if folder.count("/") > 1}
    assert {folder for folder in folders if folder.count("/") == 1} <= named
    assert {f"{folder}/" for folder in shallow} <= named


def test_modules_that_architecture_names_exist():
    text = read("ARCHITECTURE.md")
    paths = set(re.findall(rf"`((?:{'|'.join(FLOORS)})/[\w/]+\.\w+)`", text))
    assert len(paths) > 5
    for path in paths - {"evals/baseline.json"}:  # written when the gate is first set
        assert (ROOT / path).exists(), path
    for name in set(re.findall(r"`([a-z_]+\.py)`", text)):
        assert any((ROOT / floor / name).exists() for floor in FLOORS) or (ROOT / name).exists(), name


def test_changelog_tells_of_this_version():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## \[{re.escape(version)}\] - ", read("CHANGELOG.md"), re.MULTILINE)


def test_the_run_for_continuous_integration_is_sound():
    path = ROOT / ".ci" / "run"
    assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", str(path)], check=True)
    text = path.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert text.rstrip().endswith("test")


def examples(name: str) -> Iterator[tuple[str, str]]:
    """The console examples: a command, and what is shown of its output."""
    for block in blocks(name, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def pattern(shown: str) -> re.Pattern[str]:
    """What an output must look like: … stands for anything, a line of … alone for any lines."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in shown.splitlines()
    ]
    return re.compile("".join(lines) + r"\s*")


def wennuo(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli.main", *arguments],
        cwd=ROOT,
        env=os.environ | {"WENNUO_HOME": str(home)},
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", READMES)
def test_examples_print_what_is_shown(name, tmp_path):
    shown = list(examples(name))
    assert shown
    for command, output in shown:
        program, *arguments = shlex.split(command)
        assert program == "wennuo"
        printed = wennuo(tmp_path / "home", *arguments)
        assert pattern(output).fullmatch(printed), f"{name}: $ {command}\nprints\n{printed}"


@pytest.mark.slow
def test_python_example_prints_passages(tmp_path):
    home = tmp_path / "home"
    wennuo(home, "ingest", "corpus/documents")
    for example in blocks("README.md", "python"):
        done = subprocess.run(
            [sys.executable, "-c", example],
            cwd=ROOT,
            env=os.environ | {"WENNUO_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert "经营主体" in done.stdout
        assert len(done.stdout.splitlines()) >= 3
