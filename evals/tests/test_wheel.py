"""The wheel holds every module and every file that the code reads at run time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("assistant", "corpus", "evals", "ingest", "ui")
APART = {"tests", "screenshots", "__pycache__"}
BUILD = "import sys, setuptools.build_meta as backend; backend.build_wheel(sys.argv[1])"

pytestmark = pytest.mark.slow


def shipped() -> set[str]:
    """The files of the five packages, tests, pictures of the documentation and what Python leaves behind apart."""
    files = (
        path.relative_to(ROOT) for floor in FLOORS for path in (ROOT / floor).rglob("*") if path.is_file()
    )
    return {path.as_posix() for path in files if not APART & set(path.parts)}


def test_the_wheel_holds_all_that_the_packages_hold(tmp_path):
    source, output = tmp_path / "source", tmp_path / "output"
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, source / floor, ignore=shutil.ignore_patterns(*APART))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    output.mkdir()
    subprocess.run([sys.executable, "-c", BUILD, str(output)], cwd=source, check=True, capture_output=True)
    (wheel,) = output.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "wennuo = ui.cli.main:main" in archive.read(entry).decode()
    assert held == shipped()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert wheel.name == f"wennuo-{version}-py3-none-any.whl"
