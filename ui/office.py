"""What all faces of the web app share: the library as each role sees it, the office's own database, and what is noted of acts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from assistant.assistant import Assistant
from corpus.library import Library
from ui.audit import AuditLog
from ui.limiting import Limits
from ui.people import Person, Role
from ui.settings import OfficeSettings
from ui.shelf import Shelf
from ui.store.accounts import Accounts
from ui.store.schema import Store
from ui.tally import Tally

T = TypeVar("T")
MakeAssistant = Callable[[Library], Assistant]


class Office:
    """One library, served. Safe for several threads.

    library is the whole of it; whatever is shown to a person comes from `library_for` and `assistant_for` instead.
    """

    def __init__(
        self,
        library: Library,
        make_assistant: MakeAssistant,
        settings: OfficeSettings = OfficeSettings(),  # noqa: B008 - a frozen value
        store: Store | None = None,
    ) -> None:
        self.library = library
        self.settings = settings
        self.store = store or Store.open(library.settings.home)
        self.accounts = Accounts(self.store, settings.hours) if settings.accounts else None
        self.limits = Limits(settings.questions)
        self.shelf = Shelf(library)
        self.tally = Tally()
        self._log = AuditLog(library.settings.home)
        self._made: dict[tuple[Role, object], object] = {}
        self._making = threading.Lock()
        self._make_assistant = make_assistant

    def library_for(self, person: Person) -> Library:
        """The library as this person's role sees it."""
        return self._view(person.role)

    def assistant_for(self, person: Person) -> Assistant:
        """An assistant that knows only what this person's role sees."""
        return self.of_view(self._make_assistant)(person)

    def of_view(self, make: Callable[[Library], T]) -> Callable[[Person], T]:
        """What `make` gives for the library as a person sees it: made once a role, and kept."""

        def given(person: Person) -> T:
            key = (person.role, make)
            with self._making:
                if key not in self._made:
                    self._made[key] = make(self._view(person.role))
                return self._made[key]  # type: ignore[return-value]

        return given

    def note(self, person: Person, act: str, subject: str = "", **facts: object) -> None:
        """A line in the audit log; none while log-in is off, since nobody has a name then. Counted either way.

        act "ask" has the answer's status among its facts, "upload" the file's outcome.
        """
        self.tally.add("acts", act)
        for heading, of, name in (("answers", "ask", "status"), ("verdicts", "upload", "outcome")):
            if act == of and name in facts:
                self.tally.add(heading, str(facts[name]))
        if self.accounts is not None:
            self._log.note(person, act, subject, **facts)

    def _view(self, role: Role) -> Library:
        return self.library if role == "admin" else self.library.seen_by(role)
