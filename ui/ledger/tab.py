"""The tabs of the ledger and of promised versus reported: elements of our own that fill themselves (static/ledger.js)."""

from __future__ import annotations

from typing import Literal

import gradio as gr

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


def shell(desk: Desk, language: Language) -> str:
    """The element; another language makes it load anew. It hears from the masthead that the library changed.

    A change of its own markup would take away what stands in it: rows that are open, words that are half typed, uploads.
    """
    speaker = desk if desk in ("guide", "documents", "quality") else "ledger"
    words = "".join(
        f' data-{name}="{escape(say(language, f"{speaker}_{name}"))}"'
        for name in ("loading", "failed", "retry")
    )
    element = ELEMENTS.get(desk, "wennuo-desk")
    look = desk if desk in ELEMENTS else f"ledger {desk}"
    return (
        f'<{element} class="{look}" data-desk="{desk}" data-spoken="{escape(language)}"{words}></{element}>'
    )


CHANGED = "element.addEventListener('librarychanged', () => trigger('upload', {}));"
"""Passes on that the page itself changed the library, so that its other tabs look again."""


class DeskTab:
    """Built inside an open gr.Tab."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.held = gr.HTML(
            shell(desk, CHINESE),
            elem_id=desk,
            js_on_load=CHANGED if desk == "documents" else None,
            apply_default_css=False,
        )

    def shell(self, language: Language) -> str:
        """The element in that language."""
        return shell(self.desk, language)
