"""The review list: thumbs on answers, each with the form that makes a question of it, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from evals.measures import MARKER
from ui.listing import moment
from ui.people import Person
from ui.quality.drafts import CHOICES, LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_QUOTE, Draft, draft_of
from ui.quality.phrases import choice, deleter, doer, kind_label, pager, title
from ui.quality.question import Readable
from ui.render import escape, headline, shorten
from ui.store.feedback import REASONS, STATES, VERDICTS, Entry, State
from ui.words import Language, say

PAGE = 20
SPARE_QUOTES = 1
"""Empty places for quotes beside the filled ones."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """What of the list is shown; "" is any."""

    state: str = "open"
    verdict: str = ""
    reason: str = ""
    page: int = 1


def review_view(
    entries: Sequence[Entry],
    counts: Mapping[State, int],
    sifted: Sifted,
    readable: Readable,
    person: Person,
    language: Language,
) -> str:
    """The whole view. entries: those that fit, newest first; counts: of all, by state."""
    heading = title(say(language, "review_title"), None, language)
    if not any(counts.values()):
        return heading + f'<p class="note">{escape(say(language, "review_none_yet"))}</p>'
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(1, sifted.page), pages)
    shown = entries[(page - 1) * PAGE : page * PAGE]
    items = "".join(_item(entry, readable, person, language) for entry in shown)
    listed = items or f'<p class="note">{escape(say(language, "review_none"))}</p>'
    address = {
        "view": "review",
        "state": sifted.state or "any",
        "verdict": sifted.verdict,
        "reason": sifted.reason,
    }
    return heading + _form(counts, sifted, language) + listed + pager(page, pages, address, language)


def _form(counts: Mapping[State, int], sifted: Sifted, language: Language) -> str:
    any_of_them = say(language, "filter_any")
    fields = [
        choice(
            "state",
            say(language, "filter_state"),
            [
                *((state, f"{say(language, f'state_{state}')} {counts[state]}") for state in STATES),
                ("any", any_of_them),
            ],
            sifted.state or "any",
        ),
        choice(
            "verdict",
            say(language, "filter_verdict"),
            [("", any_of_them), *((verdict, say(language, f"verdict_{verdict}")) for verdict in VERDICTS)],
            sifted.verdict,
        ),
        choice(
            "reason",
            say(language, "filter_reason"),
            [("", any_of_them), *((reason, say(language, f"reason_{reason}")) for reason in REASONS)],
            sifted.reason,
        ),
    ]
    return f'<form class="sifting" data-show="review">{"".join(fields)}</form>'


def _item(entry: Entry, readable: Readable, person: Person, language: Language) -> str:
    verdict = say(language, f"verdict_{entry.verdict}")
    told = f"{verdict} · {say(language, f'reason_{entry.reason}')}" if entry.reason else verdict
    facts = [
        say(language, f"state_{entry.state}"),
        entry.by or say(language, "review_anonymous"),
        moment(entry.at),
    ]
    thumb = "▲" if entry.verdict == "good" else "▼"
    return (
        f'<details class="case entry thumb-{entry.verdict}" data-entry="{entry.id}">'
        f'<summary><span class="judged">{thumb} {escape(told)}</span>'
        f'<span class="asks">{escape(shorten(entry.question, 120))}</span>'
        f'<span class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</span></summary>'
        f'<div class="held">{_content(entry, readable, person, language)}</div></details>'
    )


def _content(entry: Entry, readable: Readable, person: Person, language: Language) -> str:
    asked = ""
    if entry.asked and entry.asked != entry.question:
        asked = f'<p class="note">{escape(say(language, "question_asked", asked=entry.asked))}</p>'
    note = ""
    if entry.note:
        note = f'<section class="part"><h3>{escape(say(language, "review_note"))}</h3><p class="answer">{escape(entry.note)}</p></section>'
    words = escape(entry.answer.get("answer", "")) or escape(say(language, "question_no_answer"))
    cited = "".join(_cited(each, readable, language) for each in entry.citations)
    evidence = ""
    if cited:
        evidence = f'<section class="part evidence"><h3>{escape(say(language, "question_cited"))}</h3>{cited}</section>'
    role = say(language, f"role_{entry.audience}")
    body = {"entry": str(entry.id)}
    acts = [
        doer(say(language, "review_reopen"), "mark", {**body, "state": "open"})
        if entry.state != "open"
        else doer(say(language, "review_done"), "mark", {**body, "state": "done"})
    ]
    if person.role == "admin":
        acts.append(deleter("remove-entry", body, language))
    return (
        f'<p class="whole">{escape(entry.question)}</p>{asked}{note}'
        f'<section class="part given"><h3>{escape(say(language, "question_answer"))}</h3><p class="answer">{words}</p></section>'
        f'{evidence}<div class="acts">{"".join(acts)}'
        f'<span class="note">{escape(say(language, "review_for", role=role))}</span></div>{drafting(entry, readable, person, language)}'
    )


def _cited(cited: Mapping[str, Any], readable: Readable, language: Language) -> str:
    name = str(cited.get("document", ""))
    facts = [
        f"[{cited.get('number', '')}] {name}",
        *(headline(str(above)) for above in list(cited.get("path") or ())[-1:]),
    ]
    link = ""
    if name in readable:
        fields = {key: cited.get(key, "") for key in ("document", "start", "end", "revision")}
        address = escape(f"wennuo/read?{urlencode(fields)}#cited")
        link = f' <a href="{address}" target="wennuo-reader" rel="noopener" data-read="1">{escape(say(language, "open_document"))}</a>'
    listed = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    return f'<blockquote>{escape(cited.get("quote", ""))}<footer><span class="facts">{listed}</span>{link}</footer></blockquote>'


def drafting(entry: Entry, readable: Readable, person: Person, language: Language) -> str:
    """The form that makes a question of the entry, filled in as far as its answer tells.

    data-draft: under which name the page keeps what is typed and not sent, so that nobody else who logs in there finds it.
    """
    draft = draft_of(entry)
    hint = "draft_hint_good" if entry.verdict == "good" else "draft_hint_bad"
    kinds = [(kind, kind_label(kind, language)) for kind in ("?", *CHOICES)]
    checked = " checked" if draft.unanswerable else ""
    return (
        f'<form class="drafting" data-post="adopt" data-fixed-entry="{entry.id}" data-draft="{escape(f"{person.name} {entry.id}")}"'
        f' data-restored="{escape(say(language, "draft_restored"))}" autocomplete="off">'
        f'<h3>{escape(say(language, "draft_title"))}</h3><p class="note">{escape(say(language, hint))}</p>'
        + _area("question", draft.question, 2, LONGEST_QUESTION, language, " required")
        + choice("kind", say(language, "draft_kind"), kinds, draft.kind)
        + f'<label class="tick"><input type="checkbox" name="unanswerable"{checked}> {escape(say(language, "draft_unanswerable"))}</label>'
        + _area("answer", draft.answer, 2, LONGEST_ANSWER, language)
        + '<div class="answerable">'
        + _area("facts", "\n".join(draft.facts), max(2, len(draft.facts)), 4_000, language)
        + "</div>"
        + _area("forbidden", "\n".join(draft.forbidden), 2, 4_000, language)
        + f'<div class="answerable">{_quotes(draft, readable, language)}</div>'
        + f'<p class="ending"><button type="submit" class="act">{escape(say(language, "draft_save"))}</button>'
        f'<button type="reset" class="quiet" data-sure="{escape(say(language, "draft_reset_sure"))}" hidden>'
        f'{escape(say(language, "draft_reset"))}</button><span class="answered" role="status"></span></p></form>'
    )


def _area(name: str, text: str, rows: int, longest: int, language: Language, more: str = "") -> str:
    hint = ""
    if name in ("facts", "forbidden"):
        hint = f"<small>{escape(say(language, f'draft_{name}_hint'))}</small>"
    return (
        f'<label class="field"><span>{escape(say(language, f"draft_{name}"))}{hint}</span>'
        f'<textarea name="{name}" rows="{rows}" maxlength="{longest}"{more}>\n{escape(MARKER.sub("", text))}</textarea></label>'
    )


def _quotes(draft: Draft, readable: Readable, language: Language) -> str:
    places = [(quote.document, quote.text) for quote in draft.quotes] + [("", "")] * SPARE_QUOTES
    items = []
    for n, (document, text) in enumerate(places, 1):
        label = say(language, "draft_quote", number=n)
        blank = ("", say(language, "draft_no_document"))
        known = [blank, *((name, shorten(name, 40)) for name in readable)]
        if document and document not in readable:
            known.append((document, shorten(document, 40)))
        options = choice(
            "doc", f"{label} · {say(language, 'draft_quote_document')}", known, document, ' data-quote="1"'
        )
        items.append(
            f'<div class="quoting">{options}<label class="field"><span>{escape(label)} · {escape(say(language, "draft_quote_text"))}</span>'
            f'<textarea name="text" rows="2" maxlength="{LONGEST_QUOTE}">\n{escape(text)}</textarea></label></div>'
        )
    legend = escape(say(language, "draft_quotes"))
    return f"<fieldset><legend>{legend}</legend>{''.join(items)}</fieldset>"
