"""What the tab of quality works with, and what of it a person may see.

Who sees what. The tab is for curators and admins. A run carries the role of the view that it was made with: one over the whole
library is for admins, one over the curators' view or the demonstration documents for curators as well. Runs, thumbs and sets all
quote documents, so whatever quotes one that has been withheld from a person since is withheld from them too. Documents that were
removed from the library restrict nothing any more: a run that quotes them is to be deleted by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from assistant.assistant import Assistant
from corpus.library import Library
from evals.baseline import falls, read_baseline
from evals.demonstration import demonstration_library
from evals.judging import summary
from evals.kept import Kept
from ui import parts
from ui.office import Office
from ui.people import Person
from ui.quality.compare import compare_view
from ui.quality.list import Wanted
from ui.quality.question import question_view
from ui.quality.render import View, frame, gone, progress_box, runs_view
from ui.quality.review import Sifted, review_view
from ui.quality.run import run_view
from ui.quality.runner import Runner
from ui.quality.runs import RunEntry, Runs, Where
from ui.quality.sets import SetEntry, Sets
from ui.quality.shelf import set_view, sets_view
from ui.store.feedback import REASONS, STATES, VERDICTS, Entry, Feedback, State
from ui.words import Language

CURATOR = Person("", "curator", "")
Fields = Mapping[str, str]
"""The fields of a query."""
Opened = Callable[[Where], AbstractContextManager[tuple[Library, Assistant]]]


class QualityDesk:
    """One office's evaluations."""

    def __init__(self, office: Office, opened: Opened | None = None) -> None:
        """opened: the library to ask and its assistant, for a run; the real ones unless others are given."""
        home = office.library.settings.home
        self.office = office
        self.runs = Runs(home)
        self.sets = Sets(home)
        self.feedback = Feedback(office.store)
        self.runner = Runner(self.runs, opened or self._opened)

    @contextmanager
    def _opened(self, where: Where) -> Iterator[tuple[Library, Assistant]]:
        if where == "demonstration":
            with demonstration_library(jobs=1) as library:
                yield library, parts.make_assistant(library)
            return
        viewer = Person("", where, "")
        yield self.office.library_for(viewer), self.office.assistant_for(viewer)

    # what a person may see

    def hidden(self, person: Person) -> frozenset[str]:
        """The names of the documents that the library holds and this person may not see."""
        if person.role == "admin":
            return frozenset()
        whole, seen = self.office.library.entries(), self.office.library_for(person).entries()
        return frozenset(entry.name for entry in whole) - {entry.name for entry in seen}

    def wheres(self, person: Person) -> tuple[Where, ...]:
        """What of the library this person may have asked; while log-in is off everyone sees all of it."""
        if self.office.accounts is None:
            return ("admin",)
        return ("curator", "admin") if person.role == "admin" else ("curator",)

    def run(self, person: Person, name: str) -> RunEntry | None:
        """The run; None where the person may see none of that name."""
        return next((entry for entry in self.visible_runs(person) if entry.name == name), None)

    def visible_runs(self, person: Person) -> tuple[RunEntry, ...]:
        """All runs that the person may see, newest first."""
        return self.runs.visible(person, self.hidden(person))

    def visible_sets(self, person: Person) -> tuple[SetEntry, ...]:
        """All sets that the person may see."""
        return self.sets.entries(person, self.hidden(person))

    def set(self, person: Person, key: str) -> SetEntry | None:
        """The set; None where the person may see none of that key."""
        return self.sets.entry(person, key, self.hidden(person))

    def entry(self, person: Person, identity: str) -> Entry | None:
        """The thumb; None where the person may see none of that number."""
        found = (
            self.feedback.get(person.role, int(identity))
            if identity.isascii() and identity.isdigit()
            else None
        )
        return None if found is None or found.documents & self.hidden(person) else found

    def readable(self, person: Person) -> dict[str, str]:
        """The documents that the person can open, with their revisions."""
        return {entry.name: entry.revision for entry in self.office.library_for(person).entries()}

    def readable_of(self, entry: RunEntry, person: Person) -> dict[str, str]:
        """The documents of a run that the person can open. One of the demonstration is not a namesake in the office's library."""
        asked = entry.about.get("documents", {})
        found = {}
        for name, revision in self.readable(person).items():
            prefix = asked.get(name)
            if prefix and revision.startswith(prefix):
                found[name] = revision
            elif prefix and entry.where != "demonstration":
                found[name] = prefix  # by which the reader knows that the document is another by now
        return found

    # views

    def progress(self, person: Person, language: Language) -> str:
        """How far the run under way is."""
        return progress_box(self.runner.progress(), person, language)

    def view(self, person: Person, fields: Fields, language: Language) -> tuple[str, int]:
        """The whole tab as the query asks for it, and its status code."""
        waiting = self._counts(person)["open"]
        view, content = self._content(person, fields, language)
        code = 200 if content else 404
        box = ""
        progress = self.runner.progress()
        if progress and (progress.under_way or (view == "runs" and progress.stage != "done")):
            box = progress_box(progress, person, language)
        return frame(view, content or gone(language), box, waiting, language), code

    def question(self, person: Person, fields: Fields, language: Language) -> str | None:
        """One question of a run, beside what was answered in the run before where one is named."""
        entry = self.run(person, fields.get("run", ""))
        if entry is None:
            return None
        judged = self.kept(entry)
        found = next((one for one in judged.judgements if one.case.id == fields.get("id")), None)
        if found is None:
            return None
        earlier = self.run(person, fields.get("before", ""))
        before = None
        if earlier is not None:
            judgements = self.kept(earlier).judgements
            before = next((one for one in judgements if one.case.id == fields.get("id")), None)
        return question_view(found, self.readable_of(entry, person), language, before)

    def kept(self, entry: RunEntry) -> Kept:
        """The run with its judgements. Raises QuestionSetError."""
        return self.runs.read(entry.name)

    def baseline(self, entry: RunEntry) -> dict[str, float]:
        """What the run has to keep: the package's own figures, where its own set was asked over its own documents."""
        ours = entry.where == "demonstration" and entry.about.get("shelf") == "package"
        return read_baseline().get(entry.set, {}) if ours else {}

    def _content(self, person: Person, fields: Fields, language: Language) -> tuple[View, str]:
        match fields.get("view"):
            case "run":
                return "run", self._run(person, fields, language)
            case "compare":
                return "compare", self._compare(person, fields, language)
            case "review":
                return "review", self._review(person, fields, language)
            case "sets":
                return "sets", sets_view(self.visible_sets(person), person, language)
            case "set":
                entry = self.set(person, fields.get("set", ""))
                if entry is None or entry.error:
                    return "set", ""
                questions = self.sets.read(entry)
                return "set", set_view(entry, questions, _page(fields), person, language)
        sets, runs = self.visible_sets(person), self.visible_runs(person)
        return "runs", runs_view(sets, self.wheres(person), runs, person, language)

    def _run(self, person: Person, fields: Fields, language: Language) -> str:
        runs = self.visible_runs(person)
        entry = next((each for each in runs if each.name == fields.get("run")), None)
        if entry is None:
            return ""
        others = [each for each in runs if each.series[:2] == entry.series[:2] and each.name != entry.name]
        kept, held = self.kept(entry), self.baseline(entry)
        fallen = falls(summary(kept.judgements), held)
        wanted = Wanted(
            fields.get("result", ""), fields.get("kind", ""), fields.get("cause", ""), _page(fields)
        )
        return run_view(entry, kept, others, wanted, held, fallen, person, language)

    def _compare(self, person: Person, fields: Fields, language: Language) -> str:
        before = self.run(person, fields.get("before", ""))
        after = self.run(person, fields.get("after", ""))
        if before is None or after is None:
            return ""
        return compare_view(before, after, self.kept(before), self.kept(after), language)

    def _review(self, person: Person, fields: Fields, language: Language) -> str:
        state = fields.get("state", "open")
        sifted = Sifted(
            state if state in STATES else "",
            fields.get("verdict", "") if fields.get("verdict") in VERDICTS else "",
            fields.get("reason", "") if fields.get("reason") in REASONS else "",
            _page(fields),
        )
        entries = [
            entry
            for entry in self._entries(person)
            if sifted.state in ("", entry.state)
            and sifted.verdict in ("", entry.verdict)
            and sifted.reason in ("", entry.reason)
        ]
        return review_view(entries, self._counts(person), sifted, self.readable(person), person, language)

    def _entries(self, person: Person) -> tuple[Entry, ...]:
        hidden = self.hidden(person)
        return tuple(entry for entry in self.feedback.entries(person.role) if not entry.documents & hidden)

    def _counts(self, person: Person) -> dict[State, int]:
        counts = dict.fromkeys(STATES, 0)
        for entry in self._entries(person):
            counts[entry.state] += 1
        return counts


def _page(fields: Fields) -> int:
    value = fields.get("page", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
