"""documents.toml: what a person says of the files in a folder."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from corpus.document import Inferred, Metadata
from ingest.sidecar import Sidecar, apply_overrides, parse_sidecar, read_sidecar

HERE = Path("documents.toml")


def problems(text: str) -> tuple[str, ...]:
    return parse_sidecar(HERE, text).problems


def test_entries() -> None:
    sidecar = parse_sidecar(
        HERE,
        '# 说明\n["讲话*.docx"]\nissuer = "云川市局"\nyear = 2023\n\n["讲话2024.docx"]\ntitle = "年度  讲话"\nkind = "speech"\n'
        'year = 2024\ndate = 2024-02-21\naliases = ["年会"]\n\n["[2024]1号.txt"]\nperiod = "一季度"\n',
    )
    assert sidecar.problems == ()
    assert sidecar.overrides("讲话2023.docx") == {"issuer": "云川市局", "year": 2023}
    assert sidecar.overrides("讲话2024.docx") == {
        "issuer": "云川市局",
        "year": 2024,
        "title": "年度 讲话",
        "kind": "speech",
        "date": datetime.date(2024, 2, 21),
        "aliases": ("年会",),
    }
    assert sidecar.overrides("[2024]1号.txt") == {"period": "一季度"}
    assert sidecar.overrides("别的.txt") == {}
    assert sidecar.unused(["讲话2023.docx", "讲话2024.docx"]) == (
        "documents.toml: no file here is called '[2024]1号.txt'",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('["a.txt"]\nyear = 2024\nyaer = 2024\n', "line 3: 'yaer' is no field; these are: title, issuer"),
        ('["a.txt"]\n\nyear = "2024"\n', "line 3: year must be a number like 2024, not '2024'"),
        ('["a.txt"]\nyear = 24\n', "line 2: year must be a number like 2024, not 24"),
        ('["a.txt"]\nyear = true\n', "line 2: year must be"),
        (
            '["a.txt"]\nkind = "讲话"\n',
            "line 2: kind must be one of speech, plan, report, ledger, other, not '讲话'",
        ),
        ('["a.txt"]\ndate = "2024年2月"\n', "line 2: date must be written like 2024-02-21"),
        ('["a.txt"]\ntitle = 1\n', "line 2: title must be text in quotes, not 1"),
        ('["a.txt"]\ntitle = "  "\n', "line 2: title must hold 1 to 500 printable characters"),
        ('["a.txt"]\naliases = "年会"\n', "line 2: aliases must be a list of words"),
        ('["b.txt"]\nyear = 2024\n["a.txt"]\nyear = 1\n', "line 4: year"),
        ('year = 2024\n["a.txt"]\n', 'line 1: year stands outside of any ["file name"] entry'),
        ("[a.txt]\nyear = 2024\n", 'line 1: put the file name in quotes: ["a.txt"]'),
        ("[讲话.txt]\nyear = 2024\n", 'line 1, column 2); file names stand in quotes: ["讲话.txt"]'),
        ('["a.txt"]\nyear = \n', "is no TOML: Invalid value (at line 2, column 8)"),
        ('["a.txt"]\n["a.txt"]\n', "is no TOML: Cannot declare"),
    ],
)
def test_mistakes_name_their_line(text: str, problem: str) -> None:
    assert len(problems(text)) == 1
    assert problem in problems(text)[0]


def test_a_mistake_costs_its_entry_only() -> None:
    sidecar = parse_sidecar(HERE, '["a.txt"]\nyear = 1\n["b.txt"]\nyear = 2024\n')
    assert (sidecar.overrides("a.txt"), sidecar.overrides("b.txt")) == ({}, {"year": 2024})


def test_files(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path) == Sidecar(tmp_path / "documents.toml")
    (tmp_path / "documents.toml").write_bytes('\ufeff["a.txt"]\r\nyear = 2024\r\n'.encode())
    assert read_sidecar(tmp_path).overrides("a.txt") == {"year": 2024}
    (tmp_path / "documents.toml").write_bytes('["a.txt"]\n# 市场\n'.encode("gb18030"))
    assert read_sidecar(tmp_path).problems == ("line 2: is not UTF-8; save it as UTF-8",)
    (tmp_path / "documents.toml").write_bytes(b"#" * 1_000_001)
    assert "is larger" in read_sidecar(tmp_path).problems[0]
    (tmp_path / "documents.toml").unlink()
    (tmp_path / "documents.toml").mkdir()
    assert "cannot be opened" in read_sidecar(tmp_path).problems[0]


def test_overrides_are_certain() -> None:
    metadata = Metadata(
        Inferred("题", 0.4), year=Inferred(2021, 0.5), region=Inferred("云川市", 0.3), aliases=("年会",)
    )
    changed = apply_overrides(
        metadata, {"year": 2022, "region": None, "date": "2022-01-05", "aliases": ["务虚会"]}, "sidecar"
    )
    assert changed == Metadata(
        Inferred("题", 0.4),
        year=Inferred(2022, 1.0, "sidecar"),
        date=Inferred(datetime.date(2022, 1, 5), 1.0, "sidecar"),
        aliases=("务虚会",),
    )
    assert apply_overrides(metadata, {"title": "新"}).title == Inferred("新", 1.0, "person")
    assert apply_overrides(metadata, {}) == metadata


@pytest.mark.parametrize(
    "overrides", [{"color": "red"}, {"title": None}, {"title": ""}, {"kind": "x"}, {"year": 1.5}]
)
def test_overrides_that_do_not_fit(overrides: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(overrides))):
        apply_overrides(Metadata(Inferred("题", 0.4)), overrides)
