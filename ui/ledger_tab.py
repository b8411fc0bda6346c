"""The tab of the ledger: an element of our own that fills itself from the ledger's addresses (static/ledger.js)."""

from __future__ import annotations

from typing import Any

import gradio as gr

from corpus.library import Library
from ui.render import escape
from ui.words import CHINESE, Language, say


def shell(tag: str, generation: int, language: Language) -> str:
    """The element; another generation or language makes it load anew."""
    words = "".join(
        f' data-{name}="{escape(say(language, f"ledger_{name}"))}"' for name in ("loading", "failed", "retry")
    )
    return f'<{tag} class="ledger" data-generation="{generation}" data-spoken="{escape(language)}"{words}></{tag}>'


class LedgerTab:
    """Built inside an open gr.Tab."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.held = gr.HTML(
            shell("wennuo-ledger", self._generation(), CHINESE),
            elem_id="ledger",
            js_on_load=None,
            apply_default_css=False,
        )

    def _generation(self) -> int:
        return self.library.generation()

    def refreshed(self, language: Language) -> dict[Any, Any]:
        """Updates of all that depends on the library or on the language."""
        return {self.held: shell("wennuo-ledger", self._generation(), language)}
