"""`wennuo eval`: a set of questions asked, or a ledger held against a set; judged, compared, reported and held to its baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.cli.commands import Settings, connect, home_option
from ui.cli.console import complain, say, say_table

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.compare import Comparison
    from evals.judging import Values
    from evals.measure import Measure

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("eval")
@click.argument("name", metavar="SET")
@click.option(
    "--compare",
    "earlier",
    type=FILE,
    help="A run kept by --out (or answers of `wennuo ask --batch`, rows of `wennuo ledger --json`).",
)
@click.option("--report", type=FILE, help="Write a report as one HTML file.")
@click.option("--out", type=FILE, help="Keep the run (JSONL).")
@click.option("--misses", is_flag=True, help="List what is not right, and why.")
@click.option(
    "--demonstration", is_flag=True, help="Ask the demonstration corpus, not the library at --home."
)
@click.option("--baseline", type=FILE, help="The baseline to hold.  [default: the one of the package]")
@click.option("--update-baseline", is_flag=True, help="Make this run the baseline of its set.")
@home_option
@connect
def evaluate(
    settings: Settings,
    name: str,
    earlier: Path | None,
    report: Path | None,
    out: Path | None,
    misses: bool,
    demonstration: bool,
    baseline: Path | None,
    update_baseline: bool,
) -> None:
    """Measure the answers to SET, or the ledger where its rows are commitments.

    SET is a JSONL file, or the name of a set of the package (demonstration, demonstration_ledger). Exit code 1 when a measure is
    worse than the set's baseline.
    """
    from evals.baseline import BASELINE
    from evals.cases import find_set
    from evals.ledger import is_ledger
    from ui.cli.eval_answers import evaluate_answers
    from ui.cli.eval_ledger import evaluate_ledger

    wish = Wish(find_set(name), earlier, report, out, misses, baseline or BASELINE, update_baseline)
    judges = evaluate_ledger if is_ledger(wish.path) else evaluate_answers
    judges(wish, settings, lambda: _library(settings, demonstration))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be measured, and what is wanted besides the tables."""

    path: Path
    earlier: Path | None
    report: Path | None
    out: Path | None
    misses: bool
    baseline: Path
    update_baseline: bool

    def held(self, name: str) -> dict[str, float]:
        """The baseline of a set that a run has to keep; {} while it is being set."""
        from evals.baseline import read_baseline

        return {} if self.update_baseline else read_baseline(self.baseline).get(name, {})

    def settle(self, name: str, values: Values, measures: Sequence[Measure[Any]]) -> None:
        """Set the baseline where that is wanted; else exit with 1 where a measure is worse than it."""
        from evals.baseline import falls, write_baseline

        if self.update_baseline:
            write_baseline(name, values, self.baseline, measures)
            say(f"baseline: {self.baseline}")
        fallen = falls(values, self.held(name), measures)
        for fall in fallen:
            complain(f"below the baseline: {fall}")
        if fallen:
            raise click.exceptions.Exit(1)


@contextmanager
def _library(settings: Settings, demonstration: bool) -> Iterator[Library]:
    if demonstration:
        with settings.parts.demonstration() as library:
            yield library
        return
    with settings.library() as library:
        if not library.entries():
            complain(settings.nothing_there)
        yield library


def say_measures(
    heading: str, values: Values, comparisons: Sequence[Comparison], held: dict[str, float]
) -> None:
    """A table of the measures that have a value, or should have one."""
    from evals.page import number

    rows = [[heading, "value"]]
    rows[0] += ["baseline"] if held else []
    rows[0] += ["before", "difference", "better/worse", "p"] if comparisons else []
    by_name = {comparison.measure.name: comparison for comparison in comparisons}
    for name, value in values.items():
        if value is None and name not in held:
            continue
        row = [name, number(value)]
        row += [number(held.get(name))] if held else []
        if comparisons:
            one = by_name[name]
            difference = "–" if one.difference is None else f"{one.difference:+.3f}"
            row += [number(one.before), difference, f"{one.better}/{one.worse}"]
            row += [f"{one.p:.4f}" + (" *" if one.significant else "")]
        rows.append(row)
    say_table(rows)
    say()
