"""One question of a run: what was asked, expected and answered, on what evidence, and how each measure judges it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from evals.diagnosis import cause, reasons
from evals.measures import MARKER, MEASURES, Judgement
from evals.page import number
from evals.run import Cited
from evals.sources import Place
from ui.quality.list import broke
from ui.quality.phrases import cause_label, measure_title, percent, table
from ui.render import escape, headline
from ui.words import Language, say

PASSAGES = 8

Readable = Mapping[str, str]
"""The documents that the reader can open: their names, with the revision to open them at."""


def question_view(
    judged: Judgement, readable: Readable, language: Language, before: Judgement | None = None
) -> str:
    """All of it. before: the judgement on the same question in the run that this one is compared with."""
    case, record = judged.case, judged.record
    parts = [f'<p class="whole">{escape(case.question)}</p>']
    if record.asked and record.asked != case.question:
        parts.append(f'<p class="note">{escape(say(language, "question_asked", asked=record.asked))}</p>')
    if before is not None:
        parts.append(_answer(before, language, "question_before") + _reasons(before, language))
    parts += [
        _answer(judged, language),
        _reasons(judged, language),
        _expected(judged, language),
        _citations(judged, readable, language),
        _wanted(judged, readable, language),
        _measures(judged, language),
        _passages(judged, readable, language),
    ]
    return "".join(parts)


def _part(heading: str, content: str, kind: str = "") -> str:
    return f'<section class="part {kind}"><h4>{escape(heading)}</h4>{content}</section>'


def _answer(judged: Judgement, language: Language, key: str = "question_answer") -> str:
    record = judged.record
    status = record.status if record.status in ("answered", "masked", "not_found") else ""
    facts = [say(language, f"answer_{'' if broke(judged) else status}")]
    if record.answer:
        facts.append(say(language, "question_characters", count=len(judged.text)))
    if record.elapsed:
        facts.append(say(language, "run_ms", ms=f"{record.elapsed:.0f}"))
    if broke(judged) and record.warnings:
        words = f'<p class="warning">{escape(say(language, "question_broke", error=record.warnings[0]))}</p>'
    elif not record.answer:
        words = f'<p class="faint">{escape(say(language, "question_no_answer"))}</p>'
    else:
        words = f'<p class="answer">{_marked(record.answer)}</p>'
    listed = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    return _part(say(language, key), f'<p class="facts">{listed}</p>{words}', "given")


def _marked(answer: str) -> str:
    """The answer with its markers set apart."""
    pieces, at = [], 0
    for marker in MARKER.finditer(answer):
        pieces += [escape(answer[at : marker.start()]), f'<sup class="marker">{escape(marker.group())}</sup>']
        at = marker.end()
    return "".join(pieces) + escape(answer[at:])


def _reasons(judged: Judgement, language: Language) -> str:
    found = reasons(judged)
    if not found:
        return ""
    step = cause(judged)
    heading = (
        say(language, "question_reasons", cause=cause_label(step, language))
        if step
        else say(language, "question_remarks")
    )
    items = "".join(f"<li>{escape(reason)}</li>" for reason in found)
    return _part(heading, f'<ul lang="zh-CN">{items}</ul>', "why")


def _expected(judged: Judgement, language: Language) -> str:
    case = judged.case
    key = "question_no_reference" if case.answerable else "question_unanswerable"
    words = escape(case.answer) if case.answer else f'<span class="faint">{escape(say(language, key))}</span>'
    content = f"<p>{words}</p>"
    missing = set(judged.missing)
    facts = "".join(
        f'<li class="{"missing" if fact in missing else "said"}">{"✗" if fact in missing else "✓"} {escape(" / ".join(fact))}'
        f" <small>{escape(say(language, 'question_fact_missing' if fact in missing else 'question_fact_said'))}</small></li>"
        for fact in case.facts
    )
    if facts:
        content += f'<ul class="tags" aria-label="{escape(say(language, "question_facts"))}">{facts}</ul>'
    if judged.forbidden:
        told = escape("、".join(judged.forbidden))
        content += f'<p class="warning">{escape(say(language, "question_forbidden"))}：{told}</p>'
    return _part(say(language, "question_expected"), content)


def _quote(text: str, facts: list[str], place: Place | None, readable: Readable, language: Language) -> str:
    link = ""
    if place is not None and place.document in readable:
        link = f' <a href="{escape(_address(place, readable))}" target="wennuo-reader" rel="noopener" data-read="1">{escape(say(language, "open_document"))}</a>'
    listed = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    return (
        f'<blockquote>{escape(text)}<footer><span class="facts">{listed}</span>{link}</footer></blockquote>'
    )


def _address(place: Place, readable: Readable) -> str:
    """The reader at the place, relative to the page; not yet escaped."""
    fields = {
        "document": place.document,
        "start": place.start,
        "end": place.end,
        "revision": readable[place.document],
    }
    return f"wennuo/read?{urlencode(fields)}#cited"


def _cited_facts(cited: Cited, language: Language) -> list[str]:
    facts = [f"[{cited.number}] {cited.document}", *(headline(above) for above in cited.path[-1:])]
    return facts + ([say(language, "page", page=cited.page)] if cited.page is not None else [])


def _citations(judged: Judgement, readable: Readable, language: Language) -> str:
    heading = say(language, "question_cited")
    if not judged.record.citations:
        return _part(heading, f'<p class="faint">{escape(say(language, "question_no_citations"))}</p>')
    quotes = []
    for cited, place in zip(judged.record.citations, judged.cited, strict=True):
        facts = _cited_facts(cited, language)
        if place is None:
            facts.append("✗ " + say(language, "question_not_verbatim"))
        else:
            facts.append("✓ " + say(language, "question_verbatim"))
            if any(map(place.supports, judged.wanted)):
                facts.append("✓ " + say(language, "question_supports"))
        quotes.append(_quote(cited.quote, facts, place, readable, language))
    return _part(heading, "".join(quotes), "evidence")


def _wanted(judged: Judgement, readable: Readable, language: Language) -> str:
    if not judged.case.quotes:
        return ""
    whole = len(judged.wanted) == len(judged.case.quotes)
    quotes = []
    for n, quote in enumerate(judged.case.quotes):
        place = judged.wanted[n] if whole else None
        facts = [quote.document]
        if not whole:
            facts.append(say(language, "question_absent"))
        elif judged.record.passages is not None:
            facts.append(say(language, "question_share", share=percent(judged.evidence[n])))
        quotes.append(_quote(quote.text, facts, place, readable, language))
    return _part(say(language, "question_wanted"), "".join(quotes))


def _measures(judged: Judgement, language: Language) -> str:
    """What every measure that applies says of this question alone."""
    rows = []
    for measure in MEASURES:
        share = measure.of(judged)
        if share.whole:
            rows.append([escape(measure_title(measure, language)), number(measure.value([judged]))])
    caption = say(language, "question_measures")
    head = [say(language, "column_measure"), say(language, "column_value")]
    return f'<details class="fold part"><summary>{escape(caption)}</summary>{table(caption, head, rows)}</details>'


def _passages(judged: Judgement, readable: Readable, language: Language) -> str:
    found = (judged.record.passages or ())[:PASSAGES]
    if not found:
        return ""
    items = []
    for passage, place in zip(found, judged.places, strict=False):
        facts = [passage.document]
        if any(map(place.supports, judged.wanted)):
            facts.append("✓ " + say(language, "question_supports"))
        items.append(f"<li>{_quote(passage.text, facts, place, readable, language)}</li>")
    caption = escape(say(language, "question_passages", count=len(found)))
    return f'<details class="fold part"><summary>{caption}</summary><ol>{"".join(items)}</ol></details>'
