"""The commands that ask: `wennuo ask` and `wennuo search`, one question or a file of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.cli.commands import Settings, connect, home_option, json_option
from ui.cli.console import as_json as to_json
from ui.cli.console import complain, harmless, heard, progress, say, say_json

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation
    from assistant.assistant import Assistant
    from assistant.question import Scope
    from corpus.library import Library, Scored
    from evals.cases import Inquiry

SCOPE_OPTIONS = (
    click.option(
        "--year", "years", type=int, multiple=True, help="Only documents of this year; may be repeated."
    ),
    click.option("--document", "documents", multiple=True, help="Only this document; may be repeated."),
    click.option("--issuer", "issuers", multiple=True, help="Only documents of this body; may be repeated."),
)
BATCH_OPTIONS = (
    click.option(
        "--batch",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A JSONL file of questions.",
    ),
    click.option(
        "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the batch's rows there."
    ),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed((*BATCH_OPTIONS, *SCOPE_OPTIONS, json_option, home_option)):
        command = option(command)
    return command


@click.command()
@click.argument("question", required=False)
@_options
@connect
def ask(
    settings: Settings, question: str | None, batch: Path | None, out: Path | None, **options: Any
) -> None:
    """Answer QUESTION from the library, with citations; or every question of --batch (JSONL).

    A row of the file is {"id", "question"}, or {"id", "turns": [{"question"}, …]} for a dialogue, whose turns are answered one by one.
    """
    _check(question, batch, out)
    inquiries = _inquiries(batch)
    with settings.library() as library:
        assistant = settings.parts.make_assistant(library)
        scope = _scope(library, settings, options)
        if question is not None:
            _show(assistant.answer(heard(question), scope=scope), options["as_json"])
        else:
            with _rows(out) as write, progress("ask") as step:
                for number, inquiry in enumerate(inquiries, 1):
                    write(answer_row(assistant, inquiry, scope))
                    step(number, len(inquiries))


@click.command()
@click.argument("question", required=False)
@click.option(
    "-k", "count", type=click.IntRange(1, 1000), default=20, show_default=True, help="Passages a question."
)
@_options
@connect
def search(
    settings: Settings, question: str | None, count: int, batch: Path | None, out: Path | None, **options: Any
) -> None:
    """Show the passages that an answer to QUESTION would be taken from, best first; or for every one of --batch."""
    _check(question, batch, out)
    inquiries = _inquiries(batch)
    with settings.library() as library:
        assistant = settings.parts.make_assistant(library)
        scope = _scope(library, settings, options)
        if question is not None:
            found = assistant.search(heard(question), k=count, scope=scope)
            if options["as_json"]:
                say_json({"question": heard(question), "passages": passages_json(found)})
            else:
                _show_passages(found)
        else:
            with _rows(out) as write, progress("search") as step:
                for number, inquiry in enumerate(inquiries, 1):
                    for row in search_rows(assistant, inquiry, count, scope):
                        write(row)
                    step(number, len(inquiries))


def answer_row(assistant: Assistant, inquiry: Inquiry, scope: Scope) -> dict[str, Any]:
    """The row of one inquiry: an answer, or the answers to a dialogue's turns, each with those before it as history."""
    answers = converse(assistant, inquiry.questions, scope)
    if inquiry.dialogue:
        return {"id": inquiry.id, "turns": [answer.to_json() for answer in answers]}
    return {"id": inquiry.id} | next(answers).to_json()


def converse(assistant: Assistant, questions: Sequence[str], scope: Scope) -> Iterator[Answer]:
    """The answers to the questions of one conversation, in order."""
    from assistant.conversation import Turn

    history: list[Turn] = []
    for question in questions:
        answer = assistant.answer(question, history, scope)
        history.append(Turn(question, answer))
        yield answer


def search_rows(assistant: Assistant, inquiry: Inquiry, count: int, scope: Scope) -> Iterator[dict[str, Any]]:
    """The row of one inquiry; a dialogue gives a row a turn, named ID#1, ID#2, …, searched in its self-contained form."""
    if not inquiry.dialogue:
        found = assistant.search(inquiry.questions[0], k=count, scope=scope)
        yield {"id": inquiry.id, "passages": passages_json(found)}
        return
    for number, answer in enumerate(converse(assistant, inquiry.questions, scope), 1):
        found = assistant.search(answer.asked, k=count, scope=scope)
        yield {"id": f"{inquiry.id}#{number}", "passages": passages_json(found)}


def passages_json(found: Sequence[Scored]) -> list[dict[str, Any]]:
    """The contract's shape of passages, best first."""
    return [
        {
            "document": scored.passage.document,
            "start": scored.passage.span.start,
            "end": scored.passage.span.end,
            "text": scored.passage.text,
            "path": list(scored.passage.path),
            "score": round(scored.score, 6),
        }
        for scored in found
    ]


def _check(question: str | None, batch: Path | None, out: Path | None) -> None:
    if (question is None) == (batch is None):
        raise click.UsageError("give one QUESTION, or --batch FILE")
    if question is not None and not question.strip():
        raise click.UsageError("QUESTION is blank")
    if out is not None and batch is None:
        raise click.UsageError("--out goes with --batch")


def _inquiries(batch: Path | None) -> tuple[Inquiry, ...]:
    if batch is None:
        return ()
    from evals.cases import read_inquiries

    return read_inquiries(batch)


def _scope(library: Library, settings: Settings, options: dict[str, Any]) -> Scope:
    """The scope the options name. Raises DocumentNotFoundError for a document that is not there."""
    from assistant.question import Scope
    from corpus.errors import DocumentNotFoundError

    if library.generation() == 0:
        complain(settings.nothing_there)
    names = frozenset(map(heard, options["documents"]))
    for name in sorted(names - {entry.name for entry in library.entries()} if names else ()):
        raise DocumentNotFoundError(name)
    return Scope(names, frozenset(options["years"]), frozenset(map(heard, options["issuers"])))


@contextmanager
def _rows(out: Path | None) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Where a batch's rows go: the file, or standard output."""
    if out is None:
        yield say_json
        return
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield lambda row: print(to_json(row), file=file)


def _show(answer: Answer, as_json: bool) -> None:
    if as_json:
        say_json(answer.to_json())
        return
    say(answer.text)
    for citation in answer.citations:
        say()
        say(harmless(f"[{citation.number}] {_place(citation)}"))
        say(f"    “{citation.quote.strip()}”")
    for warning in answer.warnings:
        print(file=sys.stderr)
        complain(f"注意：{warning}")


def _place(citation: Citation) -> str:
    """Document, title, headings and page of a citation, in one line."""
    page = [f"第{citation.page}页"] if citation.page is not None else []
    title = [f"《{citation.title}》"] if citation.title and citation.title != citation.document else []
    path = [" › ".join(citation.path)] if citation.path else []
    return " · ".join([citation.document, *title, *path, *page])


def _show_passages(found: Sequence[Scored]) -> None:
    for number, scored in enumerate(found, 1):
        passage = scored.passage
        place = " · ".join([passage.document, *passage.path])
        say(harmless(f"{number}. {scored.score:.3f}  {place}  [{passage.span.start}, {passage.span.end})"))
        say(f"    {passage.text.strip()}")
    if not found:
        complain("nothing found")
