"""`wennuo eval` of a ledger set: what was found of it, by measure, by document and by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ui.cli.commands import Settings
from ui.cli.console import complain, say, say_table
from ui.cli.eval import Wish, say_measures

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.matching import Outcome


def evaluate_ledger(
    wish: Wish,
    settings: Settings,  # noqa: ARG001
    library: Callable[[], AbstractContextManager[Library]],
) -> None:
    """Hold the library's ledger against the set, and show how far they agree."""
    from evals.baseline import falls
    from evals.ledger import read_ledger
    from evals.ledger_measures import LEDGER_MEASURES, ledger_summary
    from evals.ledger_report import LedgerReport
    from evals.ledger_run import compare_ledgers, read_ledger_run, run_ledger, write_ledger_run
    from evals.matching import judge_ledger, unplaced_rows
    from evals.page import write_report
    from evals.sources import Sources

    wanted = read_ledger(wish.path)
    before = read_ledger_run(wish.earlier) if wish.earlier else None
    held = wish.held(wanted.name)
    with library() as opened:
        run = run_ledger(wanted, opened)
        sources = Sources.of(opened)
        outcomes = judge_ledger(wanted, run.rows, sources)
        earlier = judge_ledger(wanted, before.rows, sources) if before else ()
        unplaced = unplaced_rows(wanted, sources)
        unread = set(opened.without_ledger()) & set(wanted.documents)
    if wish.out:
        write_ledger_run(run, wish.out)
    values = ledger_summary(outcomes)
    comparisons = compare_ledgers(earlier, outcomes) if before else ()
    say_measures(f"{wanted.name}, {len(wanted.rows)} commitments", values, comparisons, held)
    say_table(_groups("document", outcomes, lambda outcome: outcome.document))
    say()
    say_table(_groups("kind", outcomes, lambda outcome: outcome.kind))
    if wish.misses:
        _say_misses(outcomes)
    for identity in unplaced:
        complain(f"{identity}: its quote does not stand in this library's documents")
    for name in sorted(unread):
        complain(f"{name}: was taken in before libraries had a ledger; `wennuo ingest` reads it again")
    if wish.report:
        earlier_name = before.name if before else ""
        report = LedgerReport(run, outcomes, held, falls(values, held), comparisons, earlier_name)
        write_report(report, wish.report)
        say(f"report: {wish.report}")
    wish.settle(wanted.name, values, LEDGER_MEASURES)


def _groups(heading: str, outcomes: Sequence[Outcome], by: Callable[[Outcome], str]) -> list[list[str]]:
    """A row a group, under its heading."""
    from evals.ledger_measures import COLUMNS, grouped
    from evals.page import number

    rows = [[heading, "wanted", "found", *COLUMNS]]
    for name, wanted, found, values in grouped(outcomes, by):
        rows.append([name, str(wanted), str(found), *(number(values[column]) for column in COLUMNS)])
    return rows


def _say_misses(outcomes: Sequence[Outcome]) -> None:
    """A line a row that was missed, is one too many, or differs: the word for it, its id, quote, and the differences."""
    from evals.ledger_measures import differing

    say()
    for outcome in outcomes:
        differences = [str(one) for one in differing(outcome)]
        if outcome.found is None:
            word = "missed"
        elif outcome.wanted is None:
            word = "extra"
        else:
            word = "differs" if differences else ""
        if word:
            say("\t".join([word, outcome.id, outcome.quote.replace("\n", " "), *differences]))
