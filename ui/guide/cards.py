"""What all parts of the guide share: a cited sentence, the way to its place, and buttons that lead to other tabs. Pure."""

from __future__ import annotations

from urllib.parse import urlencode

from corpus.document import Document, Span
from corpus.ledger import Kept
from corpus.text import squeeze
from ui.ledger import cells
from ui.ledger.phrases import address
from ui.render import escape, headline
from ui.words import Language, say

PATH_SHOWN = 2  # headings above a sentence, the innermost


def link(document: str, revision: str, span: Span, language: Language, words: str = "") -> str:
    """The way to a place in a document, opened in the reader."""
    query = {
        "document": document.encode("utf-8", "replace").decode(),
        "start": span.start,
        "end": span.end,
        "revision": revision,
    }
    return anchor(f"wennuo/read?{urlencode(query)}#cited", words or say(language, "guide_source"))


def anchor(href: str, words: str) -> str:
    """A link that the page opens in its reader."""
    return f'<a href="{escape(href)}" target="wennuo-reader" rel="noopener" data-read="1">{escape(words)}</a>'


def asking(question: str, language: Language, words: str = "") -> str:
    """A button that asks a question in the chat."""
    told = escape(say(language, "guide_ask_this", question=question))
    return (
        f'<button type="button" class="quiet" data-ask="{escape(question)}" title="{told}" aria-label="{told}">'
        f"{escape(words or say(language, 'guide_ask'))}</button>"
    )


def to_ledger(label: str, **fields: object) -> str:
    """A button that opens the tab of the ledger, filtered."""
    query = urlencode({name: value for name, value in fields.items() if value})
    return f'<button type="button" class="quiet" data-ledger="{escape(query)}">{escape(label)}</button>'


def cited(
    document: Document | None, name: str, revision: str, span: Span, mark: Span | None, language: Language
) -> str:
    """A sentence with the words of `mark` in it marked, its document, the headings above, and the way there.

    document: None, or of another revision, where it has changed meanwhile; then there is nothing to show.
    """
    if document is None or document.revision != revision or span.end > len(document.text):
        return f'<p class="warning">{escape(say(language, "reader_moved"))}</p>'
    marked = mark if mark is not None and span.covers(mark) else None
    if marked is None:
        words = escape(document.quote(span))
    else:
        before, after = document.text[span.start : marked.start], document.text[marked.end : span.end]
        words = f"{escape(before)}<mark>{escape(document.quote(marked))}</mark>{escape(after)}"
    facts = [document.metadata.title.value, *map(headline, document.path(span.start)[-PATH_SHOWN:])]
    return (
        f'<div class="cited"><blockquote>{words}</blockquote><p class="from">'
        f"{''.join(f'<span>{escape(fact)}</span>' for fact in facts)} {link(name, revision, span, language)}</p></div>"
    )


def promise(kept: Kept, language: Language, *, owner: bool) -> str:
    """A row of the ledger: what, how much, by when, who, and its sentence."""
    row = kept.row
    facts = [cells.metric(row.metric, language)] if row.metric else []
    if row.deadline is not None:
        said = escape(say(language, "doers_said", said=row.deadline.said))
        day = (
            f" <b>{escape(say(language, 'doers_due_on', day=row.deadline.due))}</b>"
            if row.deadline.due
            else ""
        )
        facts.append(said + day)
    if owner and row.owner is not None:
        inherited = f" {say(language, 'doers_inherited')}" if row.owner.scope == "inherited" else ""
        facts.append(escape(say(language, "doers_led_by", name=row.owner.name) + inherited))
    year = say(language, "guide_year", year=row.year) if row.year else say(language, "guide_no_year")
    way = anchor(address(row, "").lstrip("/"), say(language, "guide_source"))
    what = "" if squeeze(row.what) == squeeze(row.quote) else f'<p class="what">{escape(row.what)}</p>'
    told = "".join(f"<span>{fact}</span>" for fact in (f'<span class="badge">{escape(year)}</span>', *facts))
    return (
        f'<li class="promise"><p class="facts">{told}</p>{what}'
        f'<blockquote>{escape(row.quote)}</blockquote><p class="from"><span>{escape(kept.title)}</span> {way}</p></li>'
    )


def opener(target: str, detail: str, words: str, facts: str) -> str:
    """A line that opens below itself: target is the element's id, detail the address of what it shows, facts are HTML."""
    return (
        f'<li class="line"><h3><button type="button" class="opens" aria-expanded="false" aria-controls="{target}"'
        f' data-detail="{escape(detail)}"><span class="name">{escape(words)}</span>'
        f'<span class="about">{facts}</span></button></h3><div class="detail" id="{target}" hidden></div></li>'
    )
