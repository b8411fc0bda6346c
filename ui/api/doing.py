"""What programs may ask for, whichever way they come in: the same acts, limits and notes for REST and for the Model Context Protocol."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from assistant.conversation import Turn
from corpus.commitment import PROMISES
from corpus.errors import DocumentNotFoundError, WenNuoError
from corpus.ledger import LedgerFilter
from corpus.library import Library
from ui.api.shapes import LedgerAsked, Question, Searching
from ui.office import Office
from ui.people import Person

AT_ONCE = 4
"""Requests of programs that are answered at the same time, by each way in."""
OPEN = ("", "not_started", "under_way")
"""Statuses of what may still be overdue."""


class TooOftenError(WenNuoError):
    """Programs of one person ask too often; `seconds`: when they may again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests; try again in {seconds} seconds")
        self.seconds = seconds


class ContradictionError(WenNuoError):
    """What is asked for contradicts itself; the message says how."""


def ask(office: Office, person: Person, sent: Question, via: str) -> dict[str, Any]:
    """The answer, in the command line's shape. Raises TooOftenError, and DocumentNotFoundError for a scope that names none."""
    for _ in range(1 + len(sent.history)):
        _allow(office, person, "question")
    _check(office.library_for(person), sent.scope.documents)
    assistant, scope, turns = office.assistant_for(person), sent.scope.scope(), list[Turn]()
    for before in sent.history:
        turns.append(Turn(before, assistant.answer(before, turns, scope)))
    answer = assistant.answer(sent.question, turns, scope)
    office.note(person, "ask", sent.question, via=via, status=answer.status)
    return answer.to_json()


def search(office: Office, person: Person, sent: Searching, via: str) -> dict[str, Any]:
    """The passages that an answer would be taken from. Raises as `ask`."""
    from ui.cli.ask import passages_json

    _allow(office, person, "question")
    _check(office.library_for(person), sent.scope.documents)
    found = office.assistant_for(person).search(sent.question, k=sent.k, scope=sent.scope.scope())
    office.note(person, "search", sent.question, via=via, found=len(found))
    return {"question": sent.question, "passages": passages_json(found)}


def ledger(office: Office, person: Person, sent: LedgerAsked, via: str) -> dict[str, Any]:
    """The rows asked for and how many there are in all. Raises as `ask`, and ContradictionError."""
    from ui.cli.ledger_rows import row_json

    _allow(office, person, "look")
    library, wanted = office.library_for(person), wanted_by(sent)
    _check(library, sent.document)
    rows = library.commitments(wanted, order=sent.order)
    if sent.overdue:
        rows = tuple(kept for kept in rows if not (kept.progress and kept.progress.percent == 100))
    shown = rows[sent.offset : sent.offset + sent.limit]
    narrowed = sent.model_dump(mode="json", exclude_defaults=True)
    office.note(person, "ledger", "", via=via, narrowed=narrowed, total=len(rows))
    return {"total": len(rows), "rows": [row_json(kept) for kept in shown]}


def documents(office: Office, person: Person, via: str) -> dict[str, Any]:
    """The documents that this person may see, in the command line's shape. Raises TooOftenError."""
    from ui.cli.main import entry_json

    _allow(office, person, "look")
    entries = office.library_for(person).entries()
    office.note(person, "list", "", via=via)
    return {"documents": [entry_json(entry) for entry in entries]}


def wanted_by(sent: LedgerAsked) -> LedgerFilter:
    """The filter that is asked for. Raises ContradictionError where nothing could ever fit."""
    first, last = sent.due_from, sent.due_before
    statuses = tuple("" if status == "none" else status for status in sent.status)
    if first and last and first > last:
        raise ContradictionError(f"nothing is due from {first} on and until {last}")
    if sent.overdue:
        if closed := [status for status in statuses if status not in OPEN]:
            raise ContradictionError(f"overdue and the status {closed[0]} contradict each other")
        until = sent.overdue - datetime.timedelta(1)
        last, statuses = min(last, until) if last else until, statuses or OPEN
    return LedgerFilter(
        documents=tuple(sent.document),
        years=tuple(sent.year),
        issuers=tuple(sent.issuer),
        kinds=tuple(sent.kind) or PROMISES,
        owner=sent.owner,
        due_from=first,
        due_before=last,
        masked=sent.masked,
        words=sent.words,
        statuses=statuses,
    )


def _allow(office: Office, person: Person, kind: Literal["question", "look"]) -> None:
    may = office.limits.question if kind == "question" else office.limits.look
    if not may(person.key):
        office.note(person, "throttled", kind)
        raise TooOftenError(office.limits.wait(person.key, kind))


def _check(library: Library, names: list[str]) -> None:
    """Raises DocumentNotFoundError for a document that this person does not see, whether or not there is one."""
    there = {entry.name for entry in library.entries()} if names else set()
    for name in names:
        if name not in there:
            raise DocumentNotFoundError(name)
