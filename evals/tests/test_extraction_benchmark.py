"""The benchmark of extraction: what it turns off, and its table."""

from __future__ import annotations

import pytest

from evals.benchmarks.extraction import _USUAL as USUAL
from evals.benchmarks.extraction import Timing, ingest_once, read_only, table


def test_one_way_finds_commitments_and_the_other_only_reads(tmp_path):
    (tmp_path / "a.txt").write_text("各科室要在2024年底前报齐台账。\n", encoding="utf-8")
    found = [ingest_once(tmp_path, 1, work)[1:] for work in (USUAL, read_only, USUAL)]
    assert [documents for documents, _ in found] == [1, 1, 1]
    assert found[0] == found[2]
    assert found[0][1] > found[1][1] == 0


@pytest.mark.slow
def test_workers_only_read_too(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}各科室要在2024年底前报齐台账。\n", encoding="utf-8")
    assert ingest_once(tmp_path, 2, read_only)[1:] == (2, 0)


def test_table():
    timing = Timing(3, 40, (1.2, 1.5, 1.4), (1.0, 1.0, 0.5))
    assert timing.ratio == pytest.approx(1.4)
    lines = table(timing).splitlines()
    assert lines[0] == "3 documents, 40 commitments and reports"
    assert lines[3].split() == ["1", "1.20", "1.00", "1.20"]
    assert lines[6].split() == ["median", "1.40", "1.00", "1.40"]
    assert lines[-1] == "at most 1.5: yes"
