"""People with roles, a library with a shelf that not all may see, and conversations in it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from ui_fakes import FakeAssistant, FakeLibrary, citation, document

from assistant.answer import Answer
from corpus.document import Document
from ui.chat.talk import Asking, Talk
from ui.office import Office
from ui.people import Person, Role
from ui.store.turns import KeptScope

SECRET = "云川市内部通报\n一、情况\n冷链仓库抽查发现问题37起，涉及企业12家，暂不公开。\n"
HIDDEN = "内部通报.txt"


@dataclasses.dataclass(frozen=True)
class FakeCollection:
    """A collection with the real one's face."""

    name: str
    audience: Role
    documents: tuple[str, ...]


class ShelvedLibrary(FakeLibrary):
    """A library with one document that readers do not see, and two collections."""

    def __init__(self, home: Path, *documents: Document) -> None:
        super().__init__(home, *(documents or (document(), document(HIDDEN, SECRET))))
        self.restricted = {HIDDEN}

    def seen_by(self, role: Role) -> FakeLibrary:
        return self if role == "admin" else Reading(self, role)

    def collections(self) -> tuple[FakeCollection, ...]:
        return (
            FakeCollection("内部", "curator", tuple(sorted(self.restricted & set(self.held)))),
            FakeCollection("讲话", "reader", ("云川2024讲话.txt",)),
        )


class Reading(FakeLibrary):
    """What a role sees of it, looked up anew each time."""

    def __init__(self, whole: ShelvedLibrary, role: Role) -> None:
        self.whole, self.role = whole, role
        self.settings = whole.settings

    @property
    def held(self) -> dict[str, Document]:  # type: ignore[override]
        hidden = self.whole.restricted if self.role == "reader" else set()
        return {name: each for name, each in self.whole.held.items() if name not in hidden}

    @property
    def changes(self) -> int:  # type: ignore[override]
        return self.whole.changes

    def collections(self) -> tuple[FakeCollection, ...]:
        return tuple(
            each for each in self.whole.collections() if self.role != "reader" or each.audience == "reader"
        )


def person(role: Role = "admin", name: str = "甲") -> Person:
    return Person(name, role, name)


def office_of(home: Path, *documents: Document) -> Office:
    """An office over the shelved library."""
    return Office(ShelvedLibrary(home, *documents), FakeAssistant)  # type: ignore[arg-type]


def asked(
    talk: Talk, who: Person, question: str, conversation: str = "", **more: Any
) -> list[dict[str, Any]]:
    """What the page is told while a question is answered."""
    asking = Asking(question, conversation, more.pop("scope", KeptScope()), "zh-CN", **more)
    return [json.loads(told.wire()) for told in talk.ask(who, asking)]


def answered(text: str = "合格率稳定在98%以上[1]", question: str = "合格率？", **changes: Any) -> Answer:
    """An answer that cites the public document."""
    source = document()
    cited = (citation(source, "合格率稳定在98%以上"),)
    return dataclasses.replace(Answer(question, question, text, "answered", citations=cited), **changes)
