"""The command line `wennuo`: the entry, and the commands that keep a library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import WenNuoError
from corpus.settings import silence_telemetry
from ui.cli.ask import ask, search
from ui.cli.collections import collections
from ui.cli.commands import Settings, connect, home_option, json_option
from ui.cli.console import complain, harmless, progress, say, say_json, say_table, speak_utf8
from ui.cli.describe import describe
from ui.cli.eval import evaluate
from ui.cli.ledger import ledger
from ui.cli.users import users
from ui.parts import Parts

if TYPE_CHECKING:
    from corpus.library import Entry
    from ingest.pipeline import Verdict

OUTCOMES = ("added", "replaced", "unchanged", "removed", "failed")


class Commands(click.Group):
    """A group whose commands report whatever a user can mend in one line and with exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; WenNuoError and OSError become a line on standard error."""
        speak_utf8()
        silence_telemetry()
        context.ensure_object(Parts)
        try:
            return super().invoke(context)
        except WenNuoError as error:
            raise click.ClickException(harmless(str(error))) from error
        except BrokenPipeError:
            raise  # click ends quietly: the reader has seen enough
        except OSError as error:
            raise click.ClickException(harmless(str(error))) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="wennuo", prog_name="wennuo")
def main() -> None:
    """问诺: ask speeches and work plans what was promised, and see where it is written."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read files."
)
@click.option("--prune", is_flag=True, help="Remove documents whose file is gone from the folders given.")
@home_option
@connect
def ingest(settings: Settings, paths: tuple[Path, ...], jobs: int, prune: bool) -> None:
    """Take files and folders (recursively) into the library; one verdict a file."""
    outcomes: Counter[str] = Counter()

    def report(verdict: Verdict) -> None:
        outcomes[verdict.outcome] += 1
        say(verdict.line())

    with settings.library(write=True) as library, progress("ingest") as step:
        summary = settings.parts.ingest(
            library, list(paths), jobs=jobs, prune=prune, on_verdict=report, on_progress=step
        )
    for warning in summary.warnings:
        complain(warning)
    say(", ".join(f"{outcomes[name]} {name}" for name in OUTCOMES if outcomes[name]) or "no files found")
    if outcomes["failed"] or not outcomes:
        raise click.exceptions.Exit(1)


@main.command()
@json_option
@home_option
@connect
def documents(settings: Settings, as_json: bool) -> None:
    """List the documents of the library."""
    with settings.library() as library:
        entries = library.entries()
        within = {entry.name: library.collections_of(entry.name) for entry in entries} if as_json else {}
    if as_json:
        for entry in entries:
            say_json(entry_json(entry) | {"collections": list(within[entry.name])})
        return
    if not entries:
        complain(settings.nothing_there)
        return
    columns = ("document", "year", "issuer", "title", "characters", "passages")
    rows = [[str(row[key] or "") for key in columns] for row in map(entry_json, entries)]
    say_table([columns, *rows], figures=False)
    say(f"{len(entries)} documents")


@main.command()
@click.argument("name")
@home_option
@connect
def remove(settings: Settings, name: str) -> None:
    """Remove the document NAME (a file name, as `wennuo documents` shows it)."""
    with settings.library(write=True) as library:
        library.remove(name)
    say(harmless(f"removed   {name}"))


@main.command()
@home_option
@connect
def reindex(settings: Settings) -> None:
    """Build both indexes again from the catalogue, with the encoder configured now."""
    with settings.library(reindexing=True) as library, progress("reindex") as step:
        count = library.reindex(step)
    say(f"{count} passages indexed")


@main.command()
@home_option
@connect
def doctor(settings: Settings) -> None:
    """Check that catalogue and indexes agree; exit code 1 with findings."""
    with settings.library() as library:
        findings = library.doctor()
    for finding in findings:
        say(harmless(finding))
    if findings:
        raise click.exceptions.Exit(1)
    say("consistent")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True)
@click.option("--demonstration", is_flag=True, help="Fill an empty library with the demonstration corpus.")
@home_option
@connect
def serve(settings: Settings, host: str, port: int, demonstration: bool) -> None:
    """Serve the web app until interrupted."""
    settings.parts.serve(settings.library_settings, host, port, demonstration)


def entry_json(entry: Entry) -> dict[str, Any]:
    """The document list's row: the metadata's values (null where nothing was found) beside the entry's own."""
    metadata = entry.metadata
    row: dict[str, Any] = {"document": entry.name, "title": metadata.title.value}
    for field in ("kind", "issuer", "region", "date", "year", "period", "speaker"):
        inferred = getattr(metadata, field)
        row[field] = None if inferred is None else inferred.value
    row["date"] = row["date"] and row["date"].isoformat()
    row |= {"aliases": list(metadata.aliases), "revision": entry.revision, "characters": entry.characters}
    return row | {"passages": entry.passages, "ingested_at": entry.ingested_at, "source": entry.source}


main.add_command(ask)
main.add_command(search)
main.add_command(evaluate)
main.add_command(describe)
main.add_command(ledger)
main.add_command(collections)
main.add_command(users)

if __name__ == "__main__":
    main(prog_name="wennuo")
