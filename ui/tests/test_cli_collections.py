"""`wennuo collections` on a real library."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from corpus.library import Library
from corpus.settings import LibrarySettings
from ui.cli.main import main
from ui.tests.ledger_fakes import fill


@pytest.fixture
def wennuo(tmp_path):
    fill(tmp_path / "home")

    def run(*arguments):
        result = CliRunner().invoke(main, [*arguments, "--home", str(tmp_path / "home")])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    with Library.open(LibrarySettings(tmp_path / "home")) as library:
        run.names = [entry.name for entry in library.entries()]
    return run


def rows(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_collection_is_made_listed_changed_and_deleted(wennuo):
    assert "no collections" in wennuo("collections").stderr
    first, second, *_ = wennuo.names
    made = wennuo("collections", "set", "党组会议", "--audience", "curator", "--add", first, "--add", second)
    assert made.stdout == "党组会议: for curator, 2 documents\n"
    wennuo("collections", "set", "公开", "--add", first)
    assert rows(wennuo("collections", "--json")) == [
        {"collection": "党组会议", "audience": "curator", "documents": sorted([first, second])},
        {"collection": "公开", "audience": "reader", "documents": [first]},
    ]
    assert "党组会议" in wennuo("collections").stdout
    within = {row["document"]: row["collections"] for row in rows(wennuo("documents", "--json"))}
    assert (within[first], within[second]) == (["党组会议", "公开"], ["党组会议"])
    changed = wennuo("collections", "set", "党组会议", "--rename", "内部", "--remove", second)
    assert changed.stdout == "内部: for curator, 1 documents\n"
    assert wennuo("collections", "delete", "公开").stdout == "deleted   公开\n"
    assert [row["collection"] for row in rows(wennuo("collections", "--json"))] == ["内部"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("set", "x" * 41), 2, "1 to 40 characters"),
        (("set", "甲", "--audience", "boss"), 2, "boss"),
        (("set", "甲", "--add", "没有.txt"), 1, "no document named '没有.txt'"),
        (("delete", "甲"), 1, "no collection named '甲'"),
        (("--json", "delete", "甲"), 2, "come after its name"),
    ],
)
def test_what_cannot_be_done_is_said(wennuo, arguments, code, said):
    result = wennuo("collections", *arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert rows(wennuo("collections", "--json")) == []
