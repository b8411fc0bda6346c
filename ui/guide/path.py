"""What to read and what to ask, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.onboarding.path import Step
from assistant.onboarding.questions import Asked
from ui.guide import cards
from ui.render import escape, headline
from ui.words import Language, say

TERMS = 5  # names of terms that a step lists


def path(steps: Sequence[Step], language: Language) -> str:
    """The documents in the order in which to read them, each with the reason."""
    if not steps:
        return f'<p class="note">{escape(say(language, "path_none"))}</p>'
    total = sum(step.minutes for step in steps)
    items = "".join(_step(step, language) for step in steps)
    return f'<p class="note">{escape(say(language, "path_intro", minutes=total))}</p><ol class="steps">{items}</ol>'


def _step(step: Step, language: Language) -> str:
    facts = [say(language, "guide_year", year=step.year)] if step.year else []
    facts.append(say(language, "guide_minutes", minutes=step.minutes))
    whole = cards.anchor("wennuo/read?" + urlencode({"document": step.document}), say(language, "path_whole"))
    return (
        f'<li class="step"><h3>{escape(step.title)}</h3><p class="why">{escape(say(language, f"path_why_{step.why}"))}</p>'
        f'<p class="from">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)} {whole}</p>'
        f"{_explains(step, language)}{_parts(step, language)}</li>"
    )


def _explains(step: Step, language: Language) -> str:
    if not step.explains:
        return ""
    between = "、" if language == "zh-CN" else ", "
    told = between.join(f"“{term}”" for term in step.explains[:TERMS])
    if len(step.explains) > TERMS:
        told = say(language, "path_explains_more", terms=told, count=len(step.explains))
    return f'<p class="explains">{escape(say(language, "path_explains", terms=told))}</p>'


def _parts(step: Step, language: Language) -> str:
    if not step.parts:
        return ""
    items = "".join(
        f"<li>{cards.link(step.document, step.revision, part.heading_span, language, headline(part.heading))}"
        f' <span class="minutes">{escape(say(language, "guide_minutes", minutes=part.minutes))}</span></li>'
        for part in step.parts
    )
    return f'<p class="label">{escape(say(language, "path_parts"))}</p><ol class="parts">{items}</ol>'


def questions(asked: Sequence[Asked], language: Language) -> str:
    """Questions by theme; each is asked in the chat when it is clicked."""
    if not asked:
        return f'<p class="note">{escape(say(language, "questions_none"))}</p>'
    themes = "".join(
        f'<section class="theme"><h3>{escape(say(language, f"questions_{each.theme}"))}</h3><ol>'
        + "".join(
            f'<li><button type="button" class="starter" data-ask="{escape(question)}" lang="zh-CN">{escape(question)}</button></li>'
            for question in each.questions
        )
        + "</ol></section>"
        for each in asked
    )
    return f'<p class="note">{escape(say(language, "questions_intro"))}</p><div class="themes">{themes}</div>'
