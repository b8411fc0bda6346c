"""The terminal: UTF-8 whatever the locale, text that cannot move the cursor, progress on a terminal only."""

from __future__ import annotations

import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import click

MOST_COLUMNS = 10_000
Progress = Callable[[int, int], None]


def speak_utf8() -> None:
    """Make standard output and error UTF-8, also under LANG=C; what UTF-8 cannot hold (a lone surrogate) is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def heard(argument: str) -> str:
    """An argument of the command line as UTF-8, where the locale could not decode it."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def harmless(text: str, *, keep: str = "") -> str:
    r"""The text with its control and direction characters written out, those in `keep` apart.

    >>> print(harmless("a\nb\x1b[2J"))
    a\nb\x1b[2J
    """
    return "".join(
        character
        if character in keep or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else character.encode("unicode_escape").decode()
        for character in text
    )


def say(text: str = "") -> None:
    """Write a line, or lines, to standard output."""
    click.echo(harmless(text, keep="\n\t"))


def complain(text: str) -> None:
    """Write a line to standard error."""
    click.echo(harmless(text), err=True)


def say_json(value: Any) -> None:
    """Write one JSON object as one line to standard output."""
    click.echo(as_json(value))


def as_json(value: Any) -> str:
    """One line of JSON in plain characters."""
    return json.dumps(value, ensure_ascii=False)


def say_table(
    rows: Sequence[Sequence[str]], figures: bool = True, *, whole: Collection[str] = (), keep: str = ""
) -> None:
    """Write rows as a table, the first as its heading: as wide as its words, so that a pipe gets whole lines.

    figures: all columns but the first hold figures, set to the right and never folded; else a terminal gets folded cells, but
    none in the columns whose headings are in `whole`. keep: as in `harmless`.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for at, heading in enumerate(rows[0]):
        side: Literal["right", "left"] = "right" if figures and at else "left"
        unfolded = figures or heading in whole
        table.add_column(Text(harmless(heading)), justify=side, no_wrap=unfolded, overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Text(harmless(cell, keep=keep)) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=Console(width=MOST_COLUMNS).measure(table).maximum)
    console.print(table)


def is_narrow(columns: int) -> bool:
    """Whether standard output is a terminal of fewer columns."""
    return sys.stdout.isatty() and shutil.get_terminal_size().columns < columns


@contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A bar on standard error while it is a terminal; nothing elsewhere. Give it (done, total)."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Lines of standard output are lifted above the bar, but only where both are the same terminal:
    # output that goes to a file must never be taken to the bar's stream.
    console = Console(stderr=True)
    with Bar(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
