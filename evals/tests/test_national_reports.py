"""The annotated pairs of the national reports: what they are, and how many are paired and judged alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.reconciliation import annotated, main, read, report, score

NATIONAL = Path(__file__).parents[3] / "shared" / "corpus" / "national"
REACHED = 0.86
VERDICTS = {"met", "exceeded", "missed", "reported_without_figure", "not_reported", "not_comparable"}


def test_the_pairs_hold_together() -> None:
    pairs = annotated()
    assert len(pairs) >= 90
    assert len({one.id for one in pairs}) == len(pairs)
    assert {one.verdict for one in pairs} == VERDICTS
    assert all((one.reported is None) == (one.verdict == "not_reported") for one in pairs)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not NATIONAL.exists(), reason="../shared is absent")
def test_pairs_of_the_national_reports(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = annotated()
    names = {one.promised.document for one in pairs} | {
        one.reported.document for one in pairs if one.reported
    }
    _, rows = read(NATIONAL, names)
    scored = score(pairs, rows)
    right = sum(one.right for one in scored) / len(scored)
    assert right >= REACHED, report(scored)
    wrong = [one for one in scored if one.made and one.made.report and not one.judged]
    assert len(wrong) <= 0.03 * len(scored), report(scored)


def test_files_that_are_not_the_annotated_ones_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--corpus", str(tmp_path)]) == 2
    assert "not the annotated files" in capsys.readouterr().err
