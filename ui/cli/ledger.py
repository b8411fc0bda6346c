"""`wennuo ledger`: the commitments of the library, as a table, JSON, CSV or a workbook; and notes on how far they are."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from click.core import ParameterSource

from corpus.commitment import CommitmentKind
from corpus.ledger import LedgerFilter
from ui.cli.commands import Settings, connect
from ui.cli.console import complain, harmless, is_narrow, say, say_json, say_table
from ui.cli.ledger_note import note
from ui.cli.ledger_options import ledger_options, wanted_by
from ui.cli.ledger_rows import NARROW, WHOLE, row_json, summary, table

if TYPE_CHECKING:
    from corpus.ledger import Kept
    from corpus.library import Library


@click.group(invoke_without_command=True)
@ledger_options
@connect
def ledger(settings: Settings, **options: Any) -> None:
    """List the commitments: who is to do what until when, and where it is written."""
    context = click.get_current_context()
    if context.invoked_subcommand:
        given = [
            name
            for name in context.params
            if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        ]
        if given:
            raise click.UsageError(f"options of `{context.invoked_subcommand}` come after its name")
        return
    wanted = wanted_by(options)
    with settings.library() as library:
        rows, why = _rows(library, settings, wanted, options)
    total = len(rows)
    if options["limit"] is not None:
        rows = rows[: options["limit"]]
    if not total:
        complain(why)
    written = _write(rows, total, wanted, options)
    if options["as_json"]:
        for kept in rows:
            say_json(row_json(kept))
    if options["as_json"] or options["csv"] == Path("-"):
        for line in written:
            complain(line)
        return
    if written:
        for line in written:
            say(line)
    elif rows:
        say_table(table(rows, narrow=is_narrow(NARROW)), figures=False, whole=WHOLE, keep="\n")
    if rows:
        say(summary(rows) + (f"; {total - len(rows)} more are not shown" if len(rows) < total else ""))


def _rows(
    library: Library, settings: Settings, wanted: LedgerFilter, options: dict[str, Any]
) -> tuple[tuple[Kept, ...], str]:
    """All rows asked for, and what to say where there are none. Raises DocumentNotFoundError."""
    from corpus.errors import DocumentNotFoundError

    there = {entry.name for entry in library.entries()}
    for name in wanted.documents:
        if name not in there:
            if not there:
                complain(settings.nothing_there)
            raise DocumentNotFoundError(name)
    rows = library.commitments(wanted, order=options["order"])
    if options["overdue"]:
        rows = tuple(kept for kept in rows if not (kept.progress and kept.progress.percent == 100))
    if not there:
        return rows, settings.nothing_there
    every = LedgerFilter(kinds=get_args(CommitmentKind))
    if not rows and not library.count_commitments(every)[""]:
        return (
            rows,
            "no commitment was found in these documents; those of an earlier version: ingest them again",
        )
    return rows, "no commitment fits these options"


def _write(rows: Sequence[Kept], total: int, wanted: LedgerFilter, options: dict[str, Any]) -> list[str]:
    """Write the files asked for; a line for each. Raises WenNuoError for one that cannot be written."""
    written = []
    day, link = options["day"] or datetime.date.today(), options["link"] or ""
    if (path := options["csv"]) is not None:
        from ui.ledger.columns import as_csv

        data = as_csv(rows, day=day, link=link)
        if path == Path("-"):
            click.echo(data, nl=False)
        else:
            written.append(_keep(path, data, "csv"))
    if (path := options["xlsx"]) is not None:
        from ui.ledger.phrases import conditions
        from ui.ledger.workbook import as_xlsx

        said = [*conditions(wanted)]
        if options["overdue"]:
            said.append(f"{options['overdue']}前到期而未完成")
        if len(rows) < total:
            said.append(f"共{total}条，只取前{len(rows)}条")
        written.append(_keep(path, as_xlsx(rows, day=day, link=link, conditions=said), "xlsx"))
    return written


def _keep(path: Path, data: bytes, kind: str) -> str:
    from ui.cli.whole_files import write_whole

    write_whole(path, data)
    return harmless(f"{kind}: {path}")


ledger.add_command(note)
