"""One turn of a conversation as escaped HTML: while it grows, when it is there, and where it cannot be shown. Pure.

A turn carries its evidence in a <template>, which the page lays into the panel and the card beside a marker.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.answer import Answer
from ui.chat.cards import evidence, no_evidence
from ui.chat.marks import chip, cites, copied, marked, plain
from ui.excerpt import Exchange
from ui.render import escape
from ui.words import Language, say


def turn(
    exchange: Exchange,
    number: int,
    language: Language,
    *,
    conversation: str = "",
    scope: str = "",
    verdict: str = "",
    notices: Sequence[str] = (),
) -> str:
    """A question with its answer.

    scope: the words for what it was restricted to. verdict: the reader's thumb. notices: sentences that hold for this turn now
    and are not kept with it.
    """
    answer = exchange.answer
    restricted = f'<p class="note">{escape(say(language, "turn_scope", chosen=scope))}</p>' if scope else ""
    told = "".join(f'<p class="note notice">{escape(notice)}</p>' for notice in notices)
    return (
        f'<article class="turn" data-turn="{number}">{asked(answer.question, language)}{restricted}'
        f'<div class="reply {escape(answer.status)}" id="reply-{number}">{_status(answer, language)}'
        f'<div class="words">{marked(answer, number, language)}</div>{_chips(answer, number, language)}'
        f"{_notes(answer, language)}{told}"
        f"{_acts(answer, number, conversation, verdict, language)}</div>"
        f'<template class="sources">{evidence(exchange, number, language)}</template></article>'
    )


def growing(question: str, number: int, language: Language, partial: Answer | None = None) -> str:
    """A question whose answer is being made, with what there is of it."""
    words = f'<div class="words">{plain(partial.text)}</div>' if partial is not None and partial.text else ""
    return (
        f'<article class="turn growing" data-turn="{number}">{asked(question, language)}'
        f'<div class="reply growing">{words}<p class="note waiting">{escape(say(language, "pending"))}</p></div></article>'
    )


def failed(question: str, number: int, language: Language, failure: str) -> str:
    """A question that got no answer, and the sentence that says why."""
    return (
        f'<article class="turn failed" data-turn="{number}">{asked(question, language)}'
        f'<div class="reply error" role="alert"><span class="badge">{escape(say(language, "status_error"))}</span>'
        f'<div class="words"><p>{escape(failure)}</p></div></div></article>'
    )


def hidden(question: str, number: int, language: Language, key: str = "turn_hidden") -> str:
    """A question whose answer the reader may not see any more; no word of it."""
    return (
        f'<article class="turn withheld" data-turn="{number}">{asked(question, language)}'
        f'<div class="reply hidden-answer" id="reply-{number}"><p class="note">{escape(say(language, key))}</p>'
        f'<div class="acts">{_again(number, language)}</div></div>'
        f'<template class="sources">{no_evidence(language, "evidence_none")}</template></article>'
    )


def asked(question: str, language: Language) -> str:
    """The question."""
    return (
        f'<div class="asked"><span class="who">{escape(say(language, "you"))}</span>'
        f'<p class="question">{escape(question)}</p></div>'
    )


def _status(answer: Answer, language: Language) -> str:
    if answer.status == "answered":
        return ""
    return f'<span class="badge">{escape(say(language, "status_" + answer.status))}</span>'


def _chips(answer: Answer, number: int, language: Language) -> str:
    """The sources of an answer that carries no marker of its own."""
    if not answer.citations or cites(answer):
        return ""
    buttons = "".join(chip(number, citation.number, language) for citation in answer.citations)
    key = "nearest" if answer.abstained else "sources"
    return f'<p class="note">{escape(say(language, key))} {buttons}</p>'


def _notes(answer: Answer, language: Language) -> str:
    notes = []
    if answer.asked and answer.asked != answer.question:
        notes.append(f'<p class="note">{escape(say(language, "asked_as", asked=answer.asked))}</p>')
    if answer.mode == "writing":
        notes.append(f'<p class="note">{escape(say(language, "mode_writing"))}</p>')
    notes += [f'<p class="warning">{escape(warning)}</p>' for warning in answer.warnings]
    return "".join(notes)


def near(questions: Sequence[str], language: Language) -> str:
    """Questions that the documents do answer, to be laid beside a refusal; "" where there are none."""
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" class="starter" data-question="{escape(question)}">{escape(question)}</button>'
        for question in questions
    )
    return f'<div class="near"><p class="note">{escape(say(language, "near_questions"))}</p>{buttons}</div>'


def _acts(answer: Answer, number: int, conversation: str, verdict: str, language: Language) -> str:
    """What can be done with the answer; what changes the conversation is shown for its last turn only."""
    sources = ""
    if answer.citations:
        label = say(language, "turn_sources", count=len(answer.citations))
        sources = (
            f'<button type="button" class="quiet sheet" data-sources="{number}">{escape(label)}</button>'
        )
    copy = (
        f'<button type="button" class="quiet" title="{escape(say(language, "copy_all"))}"'
        f' data-copy="{escape(copied(answer, language))}">'
        f"{escape(say(language, 'copy'))}</button>"
    )
    kept = ""
    if conversation:
        query = urlencode({"conversation": conversation, "turn": number})
        kept = (
            f'<a class="quiet" href="wennuo/export/answer?{escape(query)}" download>{escape(say(language, "act_word"))}</a>'
            f'<button type="button" class="quiet" data-share="{number}">{escape(say(language, "act_share"))}</button>'
            f"{_again(number, language)}{_edit(number, language)}"
            f'<span class="thumbs">{_thumb("good", number, verdict, language)}{_thumb("bad", number, verdict, language)}</span>'
        )
    return f'<div class="acts">{sources}{copy}{kept}</div>'


def _again(number: int, language: Language) -> str:
    label = escape(say(language, "act_again"))
    return f'<button type="button" class="quiet of-last" data-again="{number}">{label}</button>'


def _edit(number: int, language: Language) -> str:
    label = escape(say(language, "act_edit"))
    return f'<button type="button" class="quiet of-last" data-edit="{number}">{label}</button>'


def _thumb(verdict: str, number: int, chosen: str, language: Language) -> str:
    label = escape(say(language, f"opinion_{verdict}"))
    pressed = "true" if verdict == chosen else "false"
    return (
        f'<button type="button" class="quiet thumb {verdict}" data-verdict="{verdict}" data-of="{number}"'
        f' aria-pressed="{pressed}">{label}</button>'
    )
