"""What a reader gives: canonical text with the layout that the file itself marks."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Block, Page


@dataclass(frozen=True, slots=True)
class Reading:
    """text is canonical: in a text file as decoded, byte order mark apart; elsewhere body paragraphs, a line each.

    pages: PDF only. blocks: what the format marks (docx and md headings, table rows); spans into text. margins: page headers
    and footers, kept out of text. title and author-set properties are hints for the metadata ("" when absent).
    """

    text: str
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    margins: tuple[str, ...] = ()
    title: str = ""
