"""`wennuo describe`: what the library holds a document to be, and a person's corrections of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ui.cli.commands import Settings, connect, home_option, json_option
from ui.cli.console import heard, say_json, say_table

if TYPE_CHECKING:
    from corpus.document import Metadata

FIELDS = ("title", "kind", "issuer", "region", "date", "year", "period", "speaker")
WORDS = tuple(
    click.option(f"--{field}", metavar=metavar, help=text)
    for field, metavar, text in (
        ("title", "TEXT", None),
        ("kind", "KIND", "speech, plan, report, ledger or other."),
        ("issuer", "TEXT", "The body that speaks."),
        ("region", "TEXT", "The place it speaks of."),
        ("date", "YYYY-MM-DD", "The day it was given."),
        ("period", "TEXT", "The stretch of time it speaks of, in words."),
        ("speaker", "TEXT", "The level or post that speaks."),
    )
)


def _options(command: Any) -> Any:
    for option in reversed(WORDS):
        command = option(command)
    return command


@click.command()
@click.argument("name")
@click.option("--year", type=int, help="The year whose work it lays out.")
@_options
@click.option("--alias", "aliases", multiple=True, help="Another name that people use; may be repeated.")
@click.option("--clear", type=click.Choice([*FIELDS[1:], "aliases"]), multiple=True, help="Empty a field.")
@click.option(
    "--undo",
    type=click.Choice([*FIELDS, "aliases"]),
    multiple=True,
    help="Take a correction back: the field is as inferred from the text again.",
)
@json_option
@home_option
@connect
def describe(
    settings: Settings,
    name: str,
    aliases: tuple[str, ...],
    clear: tuple[str, ...],
    undo: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Show what the document NAME is held to be, with the corrections given set first.

    A correction is kept when the same document is ingested again.
    """
    from ingest.describing import describe as describe_document

    name = heard(name)
    corrections = {
        key: heard(value) if isinstance(value, str) else value
        for key, value in options.items()
        if value is not None
    }
    if aliases:
        corrections["aliases"] = tuple(map(heard, aliases))
    if twice := [field for field in clear if field in corrections]:
        raise click.UsageError(f"--clear {twice[0]} and a value for it contradict each other")
    corrections |= dict.fromkeys(clear)
    with settings.library(write=bool(corrections or undo)) as library:
        if corrections or undo:
            try:
                describe_document(library, name, corrections, undo)
            except ValueError as error:
                raise click.UsageError(str(error)) from error
        rows = describe_rows(library.document(name).metadata)
    if as_json:
        say_json({"document": name} | {field: value for field, value, _, _ in rows})
        return
    table = [["", "value", "confidence", "source"]]
    for field, value, confidence, source in rows:
        shown = "、".join(value) if isinstance(value, list) else "" if value is None else str(value)
        table.append([field, shown, "" if confidence is None else f"{confidence:.2f}", source])
    say_table(table, figures=False)


def describe_rows(metadata: Metadata) -> list[tuple[str, Any, float | None, str]]:
    """A row a field: its name, plain value (None where nothing was found), confidence, and the rule that found it."""
    rows: list[tuple[str, Any, float | None, str]] = []
    for field in FIELDS:
        inferred = getattr(metadata, field)
        if inferred is None:
            rows.append((field, None, None, ""))
            continue
        value = inferred.value.isoformat() if field == "date" else inferred.value
        rows.append((field, value, inferred.confidence, inferred.source))
    return [*rows, ("aliases", list(metadata.aliases), None, "")]
