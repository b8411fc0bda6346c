"""The tabs of the ledger and of promised versus reported: elements of our own that fill themselves (static/ledger.js)."""

from __future__ import annotations

from typing import Any, Literal

import gradio as gr

from ui.office import Office
from ui.people import Person
from ui.render import escape
from ui.words import CHINESE, Language, say

Desk = Literal["ledger", "reconciliation", "overview", "guide", "documents", "quality"]
ELEMENTS: dict[Desk, str] = {
    "overview": "wennuo-overview",
    "guide": "wennuo-guide",
    "documents": "wennuo-documents",
    "quality": "wennuo-quality",
}
"""The element of a desk where it is not the ledger's."""


def shell(desk: Desk, generation: int, language: Language) -> str:
    """The element; another generation or language makes it load anew."""
    speaker = desk if desk in ("guide", "documents", "quality") else "ledger"
    words = "".join(
        f' data-{name}="{escape(say(language, f"{speaker}_{name}"))}"'
        for name in ("loading", "failed", "retry")
    )
    element = ELEMENTS.get(desk, "wennuo-desk")
    look = desk if desk in ELEMENTS else f"ledger {desk}"
    return (
        f'<{element} class="{look}" data-desk="{desk}" data-generation="{generation}"'
        f' data-spoken="{escape(language)}"{words}></{element}>'
    )


CHANGED = "element.addEventListener('librarychanged', () => trigger('upload', {}));"
"""Passes on that the page itself changed the library, so that its other tabs look again."""


class DeskTab:
    """Built inside an open gr.Tab."""

    def __init__(self, office: Office, desk: Desk) -> None:
        self.office = office
        self.desk = desk
        self.held = gr.HTML(
            shell(desk, 0, CHINESE),
            elem_id=desk,
            js_on_load=CHANGED if desk == "documents" else None,
            apply_default_css=False,
        )

    def refreshed(self, person: Person, language: Language) -> dict[Any, Any]:
        """Updates of all that depends on the library or on the language."""
        # the desk of the documents looks by itself: a change of the page's markup would take uploads and edits away
        generation = 0 if self.desk == "documents" else self.office.library_for(person).generation()
        return {self.held: shell(self.desk, generation, language)}
