"""What a person can do on the tab of quality: start and cancel a run, deal with thumbs, keep and remove sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import QuestionSetError
from ui.people import Person, Role
from ui.posting import RefusedError, text
from ui.quality.desk import CURATOR, QualityDesk
from ui.quality.drafts import DraftError, case_from, identity_of, read_draft, sources_of
from ui.quality.phrases import query, set_label
from ui.quality.runner import BusyError, Order
from ui.quality.sets import Shelf
from ui.store.feedback import State
from ui.words import Language, say

Found = dict[str, Any]
"""What the page sent."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is told of an act, as a key of the interface's words, and the view to show then; None stays where it is."""

    key: str
    go: Mapping[str, str] | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def to_json(self, language: Language) -> dict[str, str]:
        """What the page gets."""
        shape = {"told": say(language, self.key, **self.values)}
        return shape if self.go is None else shape | {"go": query(self.go)}


def start(desk: QualityDesk, person: Person, found: Found, _language: Language) -> Done:
    """Begin a run. Raises RefusedError."""
    entry = desk.set(person, text(found, "set"))
    where = text(found, "where")
    if entry is None:
        raise RefusedError(404, "quality_gone")
    if where == "demonstration" and entry.shelf != "package":
        raise RefusedError(422, "run_demonstration_only")
    chosen = next((each for each in ("demonstration", *desk.wheres(person)) if each == where), None)
    if chosen is None:
        raise RefusedError(422, "save_refused")
    if chosen != "demonstration" and not desk.office.library_for(Person("", chosen, "")).entries():
        raise RefusedError(422, "run_empty_library")
    try:
        desk.runner.start(Order(entry, desk.sets.read(entry), chosen, person.name))
    except QuestionSetError:
        raise RefusedError(422, "run_set_broken") from None
    except BusyError:
        raise RefusedError(409, "run_busy") from None
    desk.office.note(person, "evaluate", entry.key, where=chosen)
    return Done("run_started", {"view": "runs"})


def cancel(desk: QualityDesk, person: Person, _found: Found, _language: Language) -> Done:
    """Give up the run under way. Raises RefusedError."""
    progress = desk.runner.progress()
    if progress is None or not person.may(progress.audience) or not desk.runner.cancel():
        raise RefusedError(404, "quality_gone")
    desk.office.note(person, "cancel evaluation", f"{progress.shelf}/{progress.set}")
    return Done("progress_cancelling")


def remove_run(desk: QualityDesk, person: Person, found: Found, _language: Language) -> Done:
    """Delete a run. Raises RefusedError."""
    name = text(found, "run")
    if desk.run(person, name) is None or not desk.runs.remove(name):
        raise RefusedError(404, "quality_gone")
    desk.office.note(person, "remove evaluation", name)
    return Done("quality_deleted", {"view": "runs"})


def mark(desk: QualityDesk, person: Person, found: Found, _language: Language) -> Done:
    """Say that a thumb has been dealt with, or has not. Raises RefusedError."""
    entry = desk.entry(person, text(found, "entry"))
    wanted = text(found, "state")
    states: dict[str, State] = {"open": "open", "done": "done"}
    if wanted not in states:
        raise RefusedError(422, "save_refused")
    if entry is None or not desk.feedback.mark(entry.id, states[wanted]):
        raise RefusedError(404, "quality_gone")
    desk.office.note(person, "mark feedback", str(entry.id), state=wanted)
    return Done("review_marked", {"view": "review"})


def remove_entry(desk: QualityDesk, person: Person, found: Found, _language: Language) -> Done:
    """Delete a thumb. Raises RefusedError."""
    entry = desk.entry(person, text(found, "entry"))
    if entry is None or not desk.feedback.remove(entry.id):
        raise RefusedError(404, "quality_gone")
    desk.office.note(person, "remove feedback", str(entry.id))
    return Done("quality_deleted", {"view": "review"})


def adopt(desk: QualityDesk, person: Person, found: Found, language: Language) -> Done:
    """Make a question of a thumb. Raises RefusedError.

    It goes into the set for admins where it, or the answer it comes from, quotes a document that curators do not see.
    """
    entry = desk.entry(person, text(found, "entry"))
    if entry is None:
        raise RefusedError(404, "quality_gone")
    library = desk.office.library_for(person)
    try:
        case = case_from(identity_of(entry), read_draft(found), sources_of(library.document))
        quoted = entry.documents | {quote.document for quote in case.quotes}
        shelf: Shelf = "admin" if quoted & desk.hidden(CURATOR) else "office"
        kept = desk.sets.add(case.to_json(), shelf)
    except DraftError as error:
        raise RefusedError(422, error.key, **error.told) from None
    except QuestionSetError:
        raise RefusedError(422, "run_set_broken") from None
    desk.feedback.mark(entry.id, "question")
    desk.office.note(person, "make question", case.id, set=kept.key, entry=entry.id)
    label = set_label(kept.name, kept.shelf, language)
    return Done("draft_saved", {"view": "review"}, {"set": label, "id": case.id})


def remove_set(desk: QualityDesk, person: Person, found: Found, _language: Language) -> Done:
    """Delete a set. Raises RefusedError."""
    entry = desk.set(person, text(found, "set"))
    if entry is None or not desk.sets.remove(entry):
        raise RefusedError(404, "quality_gone")
    desk.office.note(person, "remove set", entry.key)
    return Done("quality_deleted", {"view": "sets"})


def drop(desk: QualityDesk, person: Person, found: Found, _language: Language) -> Done:
    """Take a question out of a set. Raises RefusedError."""
    entry = desk.set(person, text(found, "set"))
    identity = text(found, "id")
    if entry is None or not desk.sets.drop(entry, identity):
        raise RefusedError(404, "quality_gone")
    desk.office.note(person, "drop question", entry.key, id=identity)
    left = desk.set(person, entry.key)
    return Done("quality_deleted", {"view": "set", "set": entry.key} if left else {"view": "sets"})


Act = Callable[[QualityDesk, Person, Found, Language], Done]
ACTS: dict[str, tuple[Role, Act]] = {
    "start": ("curator", start),
    "cancel": ("curator", cancel),
    "mark": ("curator", mark),
    "adopt": ("curator", adopt),
    "remove-run": ("admin", remove_run),
    "remove-entry": ("admin", remove_entry),
    "remove-set": ("admin", remove_set),
    "drop": ("admin", drop),
}
"""By the last part of their address: the lowest role that may, and what it does."""
