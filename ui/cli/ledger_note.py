"""`wennuo ledger note`: how far a commitment has come, as a person notes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import click

from corpus.commitment import CommitmentKind
from corpus.ledger import STATUSES, LedgerFilter, Status
from ui.cli.commands import Settings, connect, home_option
from ui.cli.console import complain, harmless, heard, say
from ui.cli.ledger_rows import told

if TYPE_CHECKING:
    from corpus.library import Library

DIGITS = 24  # of an identity
FEWEST = 6


@click.command()
@click.argument("identity", metavar="ID")
@click.option("--status", type=click.Choice(STATUSES), help="Where it stands.")
@click.option("--percent", type=click.IntRange(0, 100), help="How much of it is done.")
@click.option("--note", "words", help="A remark; an empty one takes the earlier back.")
@click.option("--by", default="", help="Who notes it.")
@click.option("--clear", is_flag=True, help="Take back all that was noted; the history stays.")
@home_option
@connect
def note(settings: Settings, identity: str, by: str, clear: bool, **options: Any) -> None:
    """Note how far the commitment ID has come; without options, show what was noted, newest first.

    ID is the id that `wennuo ledger` shows, or its first six digits or more. What no option names stays as it was.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if by and not (given or clear):
        raise click.UsageError("--by goes with what is noted")
    if clear and given:
        raise click.UsageError("--clear and a value contradict each other")
    with settings.library(write=bool(given) or clear) as library:
        identity = _whole(library, identity)
        if given or clear:
            _note(library, identity, _Change(clear, given, heard(by)))
        history = library.progress_history(identity)
    if not history:
        complain("nothing was noted on this commitment")
    for progress in history[:1] if given or clear else history:
        told_of = told(progress) or "(taken back)"
        say(
            harmless(f"{identity[:8]}  {progress.at}  {told_of}{f'  ({progress.by})' if progress.by else ''}")
        )


@dataclass(frozen=True, slots=True)
class _Change:
    clear: bool
    given: dict[str, Any]
    by: str


def _note(library: Library, identity: str, change: _Change) -> None:
    latest = next(iter(library.progress_history(identity)), None)
    if latest is None or change.clear:
        status: Status | None = None
        percent, words = None, ""
    else:
        status, percent, words = latest.status, latest.percent, latest.note
    status, percent = change.given.get("status", status), change.given.get("percent", percent)
    words = heard(change.given.get("words", words))
    try:
        library.set_progress(identity, status=status, percent=percent, note=words, by=change.by)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _whole(library: Library, identity: str) -> str:
    """The identity that begins so. Raises CommitmentNotFoundError; wrong usage where several do."""
    from corpus.errors import CommitmentNotFoundError

    identity = identity.strip().lower()
    if not re.fullmatch(rf"[0-9a-f]{{{FEWEST},{DIGITS}}}", identity):
        raise click.UsageError(
            f"ID must be {FEWEST} to {DIGITS} digits 0-9 a-f, as `wennuo ledger` shows them"
        )
    if len(identity) == DIGITS:
        return identity
    every = library.commitments(LedgerFilter(kinds=get_args(CommitmentKind)))
    found = sorted(kept.row.identity for kept in every if kept.row.identity.startswith(identity))
    if not found:
        raise CommitmentNotFoundError(identity)
    if len(found) > 1:
        raise click.UsageError(f"{len(found)} commitments begin with {identity}; give more digits")
    return found[0]
