"""The options of `wennuo ledger`, and the filter that they ask for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import click

from corpus.commitment import PROMISES, CommitmentKind
from corpus.ledger import STATUSES, LedgerFilter, Order
from ui.cli.commands import home_option, json_option
from ui.cli.console import harmless, heard

NONE = "none"
"""The word of --status for rows whose status nobody noted."""
OPEN = ("", "not_started", "under_way")


def day_of(value: str) -> datetime.date:
    """The day of YYYY-MM-DD, or today; wrong usage for anything else."""
    if value == "today":
        return datetime.date.today()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        with suppress(ValueError):
            return datetime.date.fromisoformat(value)
    raise click.BadParameter(f"{harmless(heard(value))!r} is no day; write it as 2022-12-31, or today")


def address_of(value: str) -> str:
    """Where the web app is served: http:// or https://, a host, and what it may be behind; wrong usage for anything else."""
    if re.fullmatch(r"https?://[^\s/?#\"<>]+(?:/[^\s?#\"<>]*)?", value):
        return value
    raise click.BadParameter(
        f"{harmless(heard(value))!r} is no address of the app; write it as http://127.0.0.1:7860"
    )


FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
FILTERS = (
    click.option("--document", "documents", multiple=True, help="Only this document; may be repeated."),
    click.option(
        "--kind",
        "kinds",
        type=click.Choice(get_args(CommitmentKind)),
        multiple=True,
        help="Only this kind; may be repeated. Reports of what was done are listed only with `report`.",
    ),
    click.option("--owner", help="Only where the name of the owner, or of a cooperating unit, holds this."),
    click.option("--due-from", type=day_of, metavar="DATE", help="Only what is due on this day or later."),
    click.option(
        "--due-before", type=day_of, metavar="DATE", help="Only what is due on this day or earlier."
    ),
    click.option(
        "--overdue", type=day_of, metavar="DATE", help="Only what was due before this day and is not done."
    ),
    click.option("--year", "years", type=int, multiple=True, help="Only of this year; may be repeated."),
    click.option("--issuer", "issuers", multiple=True, help="Only of this body; may be repeated."),
    click.option("--words", help="Only where sentence, owner or headings hold each of these words."),
    click.option(
        "--masked/--not-masked", default=None, help="Only where the source masks the figure, or does not."
    ),
    click.option(
        "--status",
        "statuses",
        type=click.Choice([*STATUSES, NONE]),
        multiple=True,
        help="Only of this status; may be repeated.",
    ),
)
OUTPUT = (
    click.option(
        "--order",
        type=click.Choice(get_args(Order)),
        default="document",
        show_default=True,
        help="What has no day, owner or year comes last.",
    ),
    click.option("--limit", type=click.IntRange(min=1), help="The first rows only."),
    click.option("--xlsx", type=FILE, help="Write a workbook."),
    click.option("--csv", type=FILE, help="Write CSV; - is standard output."),
    click.option(
        "--day", type=day_of, metavar="DATE", help="The day of the traffic lights in files.  [default: today]"
    ),
    click.option(
        "--link", type=address_of, metavar="URL", help="Where the web app is served, for links in files."
    ),
)


def ledger_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command all options of `wennuo ledger`."""
    for option in reversed((*FILTERS, *OUTPUT, json_option, home_option)):
        command = option(command)
    return command


def wanted_by(options: dict[str, Any]) -> LedgerFilter:
    """The filter that the options ask for; wrong usage where they contradict each other."""
    csv, xlsx = options["csv"], options["xlsx"]
    if xlsx == Path("-"):
        raise click.UsageError("--xlsx needs a file; only --csv can go to standard output")
    if csv == Path("-") and options["as_json"]:
        raise click.UsageError("--json and --csv - cannot share standard output")
    if csv is not None and xlsx is not None and csv.absolute() == xlsx.absolute():
        raise click.UsageError("--xlsx and --csv name the same file")
    if csv is None and xlsx is None and (options["link"] or options["day"]):
        raise click.UsageError("--link and --day go with --xlsx or --csv")
    for name in ("owner", "words"):
        if options[name] is not None and not options[name].strip():
            raise click.UsageError(f"--{name} is blank")
    first, last, overdue = options["due_from"], options["due_before"], options["overdue"]
    if first and last and first > last:
        raise click.UsageError(f"nothing is due from {first} on and until {last}")
    statuses = tuple("" if status == NONE else status for status in options["statuses"])
    if overdue:
        if closed := [status for status in statuses if status not in OPEN]:
            raise click.UsageError(f"--overdue and --status {closed[0]} contradict each other")
        statuses = statuses or OPEN
        if overdue == datetime.date.min:
            raise click.UsageError("nothing is due before the first of all days")
        until = overdue - datetime.timedelta(1)
        last = min(last, until) if last else until
    return LedgerFilter(
        documents=tuple(map(heard, options["documents"])),
        years=options["years"],
        issuers=tuple(map(heard, options["issuers"])),
        kinds=options["kinds"] or PROMISES,
        owner=heard(options["owner"] or ""),
        due_from=first,
        due_before=last,
        masked=options["masked"],
        words=heard(options["words"] or ""),
        statuses=statuses,
    )
