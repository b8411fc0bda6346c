"""`wennuo collections`: documents put together under a name, and who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from corpus.collections import ROLES
from ui.cli.commands import Settings, connect, home_option, json_option
from ui.cli.console import complain, harmless, heard, say, say_json, say_table

if TYPE_CHECKING:
    from corpus.library import Library

COMMANDLINE = ParameterSource.COMMANDLINE


@click.group(invoke_without_command=True)
@json_option
@home_option
@connect
def collections(settings: Settings, as_json: bool) -> None:
    """List the collections, or change them.

    A document is seen by a role that is at least the audience of every collection it is in; one in no collection is seen by all.
    """
    context = click.get_current_context()
    if context.invoked_subcommand:
        if any(context.get_parameter_source(name) is COMMANDLINE for name in context.params):
            raise click.UsageError(f"options of `{context.invoked_subcommand}` come after its name")
        return
    with settings.library() as library:
        found = library.collections()
    if as_json:
        for each in found:
            row = {"collection": each.name, "audience": each.audience, "documents": list(each.documents)}
            say_json(row)
        return
    if not found:
        complain("no collections; `wennuo collections set NAME` makes one")
        return
    rows = [[each.name, each.audience, str(len(each.documents))] for each in found]
    say_table([("collection", "audience", "documents"), *rows], figures=False)


@collections.command("set")
@click.argument("name")
@click.option(
    "--audience",
    type=click.Choice(ROLES),
    help="The lowest role that may see its documents.  [default: as it is; reader for a new one]",
)
@click.option("--rename", metavar="NAME", help="Give it another name.")
@click.option("--add", multiple=True, metavar="DOC", help="Put a document into it; may be repeated.")
@click.option("--remove", multiple=True, metavar="DOC", help="Take a document out of it; may be repeated.")
@home_option
@connect
def set_collection(
    settings: Settings,
    name: str,
    audience: str | None,
    rename: str | None,
    add: tuple[str, ...],
    remove: tuple[str, ...],
) -> None:
    """Make the collection NAME, or change it."""
    name = heard(name)
    with settings.library(write=True) as library:
        wanted = [(heard(document), True) for document in add]
        for document, _ in wanted:
            library.document(document)  # one that was removed can be taken out, but not put in by a slip
        wanted += [(heard(document), False) for document in remove]
        there = {collection.name: collection.audience for collection in library.collections()}
        try:
            library.set_collection(name, audience or there.get(name, "reader"))  # type: ignore[arg-type]
            if rename is not None:
                library.rename_collection(name, heard(rename))
                name = heard(rename)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        for document, within in wanted:
            _place(library, document, name, within)
        made = next(collection for collection in library.collections() if collection.name == name)
    say(harmless(f"{made.name}: for {made.audience}, {len(made.documents)} documents"))


@collections.command("delete")
@click.argument("name")
@home_option
@connect
def delete(settings: Settings, name: str) -> None:
    """Take the collection NAME away; its documents stay, and are seen by whom their other collections allow."""
    with settings.library(write=True) as library:
        library.remove_collection(heard(name))
    say(harmless(f"deleted   {heard(name)}"))


def _place(library: Library, document: str, collection: str, within: bool) -> None:
    others = set(library.collections_of(document)) - {collection}
    library.assign(document, others | ({collection} if within else set()))
