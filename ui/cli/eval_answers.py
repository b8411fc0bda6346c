"""`wennuo eval` of a question set: what was answered, by measure and by kind of question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ui.cli.commands import Settings
from ui.cli.console import complain, progress, say, say_table
from ui.cli.eval import Wish, say_measures

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.measures import Judgement


def evaluate_answers(
    wish: Wish, settings: Settings, library: Callable[[], AbstractContextManager[Library]]
) -> None:
    """Ask the questions of the set, and show how well they were answered."""
    from evals.baseline import falls
    from evals.cases import read_set
    from evals.compare import compare
    from evals.judging import judge, summary, unplaced
    from evals.measures import MEASURES
    from evals.page import write_report
    from evals.report import Report
    from evals.run import read_run, run_set, write_run
    from evals.sources import Sources

    questions = read_set(wish.path)
    before = read_run(wish.earlier) if wish.earlier else None
    held = wish.held(questions.name)
    with library() as opened, progress(questions.name) as step:
        run = run_set(questions, opened, settings.parts.make_assistant(opened), step)
        sources = Sources.of(opened)
        judged = judge(questions, run, sources)
        judged_before = judge(questions, before, sources) if before else ()
    if wish.out:
        write_run(run, wish.out)
    values = summary(judged)
    comparisons = compare(judged_before, judged) if before else ()
    say_measures(f"{questions.name}, {len(questions.cases)} questions", values, comparisons, held)
    say_table(_kinds(judged))
    say_table(_causes(judged))
    if wish.misses:
        _say_misses(judged)
    for identity in unplaced(judged):
        complain(f"{identity}: its quotes do not all stand in this library's documents")
    if wish.report:
        earlier_name = before.name if before else ""
        fallen = falls(values, held)
        write_report(Report(run, judged, held, fallen, judged_before, comparisons, earlier_name), wish.report)
        say(f"report: {wish.report}")
    wish.settle(questions.name, values, MEASURES)


def _kinds(judged: Sequence[Judgement]) -> list[list[str]]:
    """A row a kind of question, under its heading."""
    from evals.judging import by_kind, summary
    from evals.page import number
    from evals.report import KIND_COLUMNS

    rows = [["kind", "n", *KIND_COLUMNS]]
    for kind, group in by_kind(judged).items():
        values = summary(group)
        rows.append([kind, str(len(group)), *(number(values[column]) for column in KIND_COLUMNS)])
    return rows


def _causes(judged: Sequence[Judgement]) -> list[list[str]]:
    """How many answers were lost at each step, a row a kind of question and one for all, under its heading."""
    from evals.diagnosis import Cause, causes
    from evals.judging import by_kind

    rows = [["lost at", *(str(step) for step in Cause)]]
    for kind, group in [*by_kind(judged).items(), ("all", judged)]:
        counts = causes(group)
        if any(counts.values()):
            rows.append([kind, *(str(count) for count in counts.values())])
    return rows


def _say_misses(judged: Sequence[Judgement]) -> None:
    """A line a question that was not answered correctly, by the step at which it was lost: its id, the question, what is wrong."""
    from evals.diagnosis import Cause, cause, reasons

    say()
    for step in Cause:
        for one in judged:
            if cause(one) is step:
                say("\t".join([str(step), one.case.id, one.case.question, *reasons(one)]))
