"""`wennuo eval`: a question set asked, judged, compared, reported and held to its baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands import Settings, connect, home_option
from ui.console import complain, progress, say, say_table

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.compare import Comparison
    from evals.judging import Values
    from evals.measures import Judgement
    from evals.run import Run

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("eval")
@click.argument("name", metavar="SET")
@click.option(
    "--compare", "earlier", type=FILE, help="A run kept by --out (or answers of `wennuo ask --batch`)."
)
@click.option("--report", type=FILE, help="Write a report as one HTML file.")
@click.option("--out", type=FILE, help="Keep the run (JSONL).")
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
    demonstration: bool,
    baseline: Path | None,
    update_baseline: bool,
) -> None:
    """Measure the answers to SET: a JSONL file, or the name of a set of the package (demonstration).

    Exit code 1 when a measure is worse than the set's baseline.
    """
    from evals import baseline as baselines
    from evals.cases import find_set, read_set
    from evals.compare import compare
    from evals.judging import judge, summary, unplaced
    from evals.report import Report, write_report
    from evals.run import read_run, run_set, write_run
    from evals.sources import Sources

    questions = read_set(find_set(name))
    before = read_run(earlier) if earlier else None
    held_in = baseline or baselines.BASELINE
    held = {} if update_baseline else baselines.read_baseline(held_in).get(questions.name, {})
    with _library(settings, demonstration) as library, progress(questions.name) as step:
        run = run_set(questions, library, settings.parts.make_assistant(library), step)
        sources = Sources.of(library)
        judged = judge(questions, run, sources)
        judged_before = judge(questions, before, sources) if before else ()
    if out:
        write_run(run, out)
    values = summary(judged)
    falls = baselines.falls(values, held)
    comparisons = compare(judged_before, judged) if before else ()
    show(run, judged, comparisons, held)
    for identity in unplaced(judged):
        complain(f"{identity}: its quotes do not all stand in this library's documents")
    if report:
        earlier_name = before.name if before else ""
        write_report(Report(run, judged, held, falls, judged_before, comparisons, earlier_name), report)
        say(f"report: {report}")
    if update_baseline:
        baselines.write_baseline(questions.name, values, held_in)
        say(f"baseline: {held_in}")
    for fall in falls:
        complain(f"below the baseline: {fall}")
    if falls:
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


def show(
    run: Run, judged: Sequence[Judgement], comparisons: Sequence[Comparison], held: dict[str, float]
) -> None:
    """The measures, and the kinds of question, as tables on standard output."""
    from evals.judging import summary

    say_table(_measures(run, summary(judged), comparisons, held))
    say()
    say_table(_kinds(judged))


def _measures(
    run: Run, values: Values, comparisons: Sequence[Comparison], held: dict[str, float]
) -> list[list[str]]:
    """A row a measure that has a value, under its heading."""
    from evals.report import number

    rows = [[f"{run.about['set']}, {run.about['questions']} questions", "value"]]
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
    return rows


def _kinds(judged: Sequence[Judgement]) -> list[list[str]]:
    """A row a kind of question, under its heading."""
    from evals.judging import by_kind, summary
    from evals.report import KIND_COLUMNS, number

    rows = [["kind", "n", *KIND_COLUMNS]]
    for kind, group in by_kind(judged).items():
        values = summary(group)
        rows.append([kind, str(len(group)), *(number(values[column]) for column in KIND_COLUMNS)])
    return rows
