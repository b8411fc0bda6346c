"""The self-test as escaped HTML: the questions, and what is told of an answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.onboarding.quiz import Question
from corpus.document import Document
from ui.guide import cards
from ui.guide.reading import names
from ui.render import escape
from ui.words import Language, say


def part(questions: Sequence[Question], seed: int, generation: int, language: Language) -> str:
    """The set of that seed, nothing answered yet."""
    another = f'<button type="button" class="quiet" data-new="1">{escape(say(language, "quiz_new"))}</button>'
    if not questions:
        return f'<p class="note">{escape(say(language, "quiz_none"))}</p><p class="ways">{another}</p>'
    items = "".join(
        _question(question, number, seed, generation, language) for number, question in enumerate(questions)
    )
    again = f'<button type="button" class="quiet" data-once-more="1">{escape(say(language, "quiz_again"))}</button>'
    return (
        f'<div class="quiz" data-seed="{seed}" data-count="{len(questions)}" data-score="{escape(say(language, "quiz_score"))}">'
        f'<p class="note">{escape(say(language, "quiz_intro", seed=seed, count=len(questions)))} {escape(say(language, "quiz_repeat"))}</p>'
        f'<ol class="asks">{items}</ol><p class="score" role="status"></p><p class="ways">{again} {another}</p></div>'
    )


def wording(question: Question, language: Language) -> str:
    """The question in words."""
    return say(language, f"quiz_{question.item.sort}", **names(question.item))


def _question(question: Question, number: int, seed: int, generation: int, language: Language) -> str:
    options = "".join(
        f'<label class="option"><input type="radio" name="chosen" value="{each}" required><span lang="zh-CN">{escape(words)}</span></label>'
        for each, words in enumerate(question.options)
    )
    fixed = "".join(
        f'<input type="hidden" name="{name}" value="{value}">'
        for name, value in (("seed", seed), ("question", number), ("generation", generation))
    )
    return (
        f'<li class="question"><form class="answering" data-result="wennuo/guide/answer"><fieldset>'
        f"<legend>{number + 1}. {escape(wording(question, language))}</legend>{options}</fieldset>{fixed}"
        f'<p class="ways"><button type="submit" class="act">{escape(say(language, "quiz_check"))}</button></p>'
        f'</form><div class="result" role="status"></div></li>'
    )


def result(question: Question, picked: int, document: Document | None, language: Language) -> str:
    """What is told of an answer: right or not, the right one, and the sentence that says so."""
    item = question.item
    right = picked == question.right
    told = say(language, "quiz_right") if right else say(language, "quiz_wrong", answer=item.right)
    mark = None
    if document is not None and document.revision == item.revision:
        at = document.text.find(item.right, item.span.start, item.span.end)
        mark = type(item.span)(at, at + len(item.right)) if at >= 0 else None
    return (
        f'<p class="verdict {"right" if right else "wrong"}" data-right="{question.right}">{escape(told)}</p>'
        f"{cards.cited(document, item.document, item.revision, item.span, mark, language)}"
    )


def stale(language: Language) -> str:
    """What is told when the library is no longer the one that the questions were made from."""
    return f'<p class="warning">{escape(say(language, "quiz_stale"))}</p>'
