"""From a thumb to a question of the office's set: what the form is filled with, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.figures import figures, plain, times
from assistant.question import understand
from corpus.document import Document
from corpus.errors import DocumentNotFoundError
from corpus.text import bigrams
from evals.cases import Case, Quote
from evals.measures import MARKER
from evals.page import KINDS
from evals.sources import Sources
from ui.store.feedback import Entry

LONGEST_QUESTION = 1_000  # characters, as the assistant reads them
LONGEST_ANSWER = 2_000
LONGEST_FACT = 200
LONGEST_QUOTE = 1_000
MOST_FACTS = 20
MOST_QUOTES = 8
OR = " / "
"""Between the wordings of one fact, any of which counts."""
UNANSWERABLE = "unanswerable"
CLAUSE_END = re.compile(r"[，；。！？;!?\n]|,(?!\d)")
CHOICES = tuple(kind for kind in KINDS if kind not in ("task", "requirement", UNANSWERABLE))
"""The kinds of a question that documents answer."""


class DraftError(Exception):
    """A question that cannot be kept: why, as a key of the interface's words, with what fills its places."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.told = values


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds. facts and forbidden: one a line; a fact's wordings are parted by OR. quotes: words with their document."""

    question: str
    kind: str = "?"
    unanswerable: bool = False
    answer: str = ""
    facts: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


def identity_of(entry: Entry) -> str:
    """The id of the question that an entry becomes."""
    return f"review-{entry.id}"


def draft_of(entry: Entry) -> Draft:
    """What the form is filled with: of a good answer all that it says and quotes, of a bad one what is known to be wrong with it.

    The figures and times of a good answer's likeliest clause are its facts; where it has none, what it quotes is.
    """
    question = entry.asked or entry.question
    read = understand(question).kind
    kind = read if read in CHOICES else "?"
    refused = bool(entry.answer.get("abstained"))
    words = MARKER.sub("", str(entry.answer.get("answer", ""))).strip()
    if entry.reason == "should_have_refused" or (entry.verdict == "good" and refused):
        return Draft(question, UNANSWERABLE, True)
    if entry.verdict == "bad":
        return Draft(
            question, kind, forbidden=_answering(question, words) if entry.reason == "wrong_figure" else ()
        )
    quotes = tuple(
        Quote(str(cited["document"]), str(cited["quote"])) for cited in entry.citations[:MOST_QUOTES]
    )
    facts = _answering(question, words) or tuple(quote.text[:LONGEST_FACT] for quote in quotes)
    masked = entry.answer.get("status") == "masked"
    return Draft(
        question,
        "redacted" if masked else kind,
        False,
        words[:LONGEST_ANSWER],
        facts[:MOST_FACTS],
        (),
        quotes,
    )


def case_from(identity: str, draft: Draft, sources: Sources) -> Case:
    """The case of a filled form. Raises DraftError where a part is missing, too long, or a quote is not in its document."""
    question = draft.question.strip()
    if not question:
        raise DraftError("draft_no_question")
    facts = tuple(_wordings(fact) for fact in draft.facts if fact.strip())
    forbidden = tuple(said.strip() for said in draft.forbidden if said.strip())
    quotes = tuple(Quote(quote.document, quote.text.strip()) for quote in draft.quotes if quote.text.strip())
    _bounded(question, LONGEST_QUESTION)
    _bounded(draft.answer, LONGEST_ANSWER)
    for said in (*(wording for fact in facts for wording in fact), *forbidden):
        _bounded(said, LONGEST_FACT)
    if max(len(facts), len(forbidden)) > MOST_FACTS or len(quotes) > MOST_QUOTES:
        raise DraftError("draft_many", facts=MOST_FACTS, quotes=MOST_QUOTES)
    if draft.unanswerable:
        return Case(identity, question, UNANSWERABLE, draft.answer.strip(), forbidden=forbidden)
    if not all(facts) or not facts:
        raise DraftError("draft_no_facts")
    if not quotes:
        raise DraftError("draft_no_quotes")
    for quote in quotes:
        _bounded(quote.text, LONGEST_QUOTE)
        if not sources.find(quote.document, quote.text):
            raise DraftError("draft_quote_absent", document=quote.document)
    kind = draft.kind if draft.kind in CHOICES else "?"
    return Case(identity, question, kind, draft.answer.strip(), facts, forbidden, quotes)


def read_draft(found: dict[str, Any]) -> Draft:
    """What a page sent. Raises DraftError for another kind of value."""
    quotes = found.get("quotes", [])
    if not isinstance(quotes, list) or not all(
        isinstance(quote, dict) and all(isinstance(quote.get(key), str) for key in ("doc", "text"))
        for quote in quotes
    ):
        raise DraftError("save_refused")
    texts = {key: found.get(key, "") for key in ("question", "kind", "answer", "facts", "forbidden")}
    quoted = [quote[key] for quote in quotes for key in ("doc", "text")]
    if not all(map(_is_text, (*texts.values(), *quoted))):
        raise DraftError("save_refused")
    return Draft(
        texts["question"],
        texts["kind"],
        found.get("unanswerable") is True,
        texts["answer"],
        tuple(texts["facts"].splitlines()),
        tuple(texts["forbidden"].splitlines()),
        tuple(Quote(quote["doc"], quote["text"]) for quote in quotes),
    )


def sources_of(document: Callable[[str], Document]) -> Sources:
    """The texts that a person may see. document: raises DocumentNotFoundError for any other."""

    def text(name: str) -> str | None:
        try:
            return document(name).text
        except DocumentNotFoundError:
            return None

    return Sources(text)


def _is_text(value: object) -> bool:
    """Whether it is text that can be written to a file: half characters cannot."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _answering(question: str, words: str) -> tuple[str, ...]:
    """The figures and times of the clause that shares most with the question; () where none has any."""
    asked = set(bigrams(question))
    clauses = [clause for clause in CLAUSE_END.split(words) if _told(clause)]
    best = max(clauses, key=lambda clause: len(asked & set(bigrams(clause))), default="")
    return _told(best)


def _told(text: str) -> tuple[str, ...]:
    """The figures with their units and the times of a text, each once, in its own order; as `evals.measure.plain` has them."""
    folded = plain(text)
    quantities = (figure for figure in figures(folded) if figure.unit)
    found: Sequence[Any] = sorted((*quantities, *times(folded)), key=lambda each: int(each.start))
    return _once(folded[each.start : each.end] for each in found)


def _wordings(fact: str) -> tuple[str, ...]:
    return _once(wording.strip() for wording in fact.split(OR) if wording.strip())


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _bounded(text: str, longest: int) -> None:
    if len(text) > longest:
        raise DraftError("draft_long", longest=longest)
