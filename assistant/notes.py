"""What an answer says of its first quote in our words: that the source masks what was asked, or does not write it."""

from __future__ import annotations

import re

from assistant import shapes
from assistant.answer import Status
from assistant.measures import OF_TIME, RANK, figure_in
from assistant.question import Question
from corpus.text import bigrams, clauses, fold

_ASKS_A_PERSON = re.compile(r"谁|名字|姓名|叫什么|哪位")
_ASKS_WHETHER_SAID = re.compile(
    r"(?P<what>具体(?:名次|数字|比例|位次|数量)|日子|日期|时间|期限|名次|比例|金额|数额)(?:定|写|明确|公布|说|给|交代|规定)?(?:了没|了吗|没有|没|吗|有没有)[?？]?$"
)


_THIS_YEAR = re.compile("今年|去年|明年|上年|前年")
_STEPS = {"今年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2}
_YEAR = re.compile(r"(?:19|20)\d\d")


def note_of(question: Question, text: str, this_year: int | None = None) -> tuple[Status, str]:
    """What is to be said of a quote that holds the thing asked without the figure, name or day, or only by 今年.

    this_year: what 今年 is in the quote's document, where that is known.
    """
    if _ASKS_A_PERSON.search(question.folded):
        name = shapes.MASKED_NAME.search(text)
        if name:
            return "masked", f"（原文以“{name.group('name')}”隐去了姓名）"
    unsaid = _asked_whether_said(question)
    if unsaid and not _says(unsaid, text):
        return "answered", f"（没有写明{unsaid}）"
    masked = _masked_answer(question, text) if question.numeric else ""
    year = shapes.MASKED_YEAR.search(text) if question.kind == "deadline" and not _dated(text) else None
    if year:
        return "masked", f"（原文以“{year.group()}”隐去了年份）"
    if masked:
        return "masked", f"（原文以“{masked}”隐去了具体数字）"
    asks_when = question.kind == "deadline" or question.measure in OF_TIME
    vague = shapes.VAGUE_TIME.search(text) if asks_when and not _dated(text) else None
    if vague:
        return (
            "answered",
            f"（原文只说“{vague.group()}”，没有写明具体{'时间' if question.measure else '日期'}）",
        )
    relative = _THIS_YEAR.search(text) if question.kind == "deadline" and this_year else None
    if relative and this_year and not _YEAR.search(fold(text)):
        word = relative.group()
        return "answered", f"（“{word}”指{this_year + _STEPS[word]}年）"
    return "answered", ""


def _asked_whether_said(question: Question) -> str:
    """What a question asks whether the text says (定了具体名次没, 日子定了没); "" when it asks nothing of the kind."""
    found = _ASKS_WHETHER_SAID.search(question.folded)
    return found.group("what") if found else ""


def _says(what: str, text: str) -> bool:
    if re.search(r"日|时间|期限", what):
        return _dated(text)
    return bool(figure_in(RANK if "名次" in what or "位次" in what else "%").search(fold(text)))


def _masked_answer(question: Question, text: str) -> str:
    """The masked figure that `text` gives for an answer, that in the asked unit first; "" where a figure stands open.

    Of several clauses with figures the one most like the question counts (食品合格率97%，药品合格率XX%).
    """
    asked = set(bigrams(question.focus))
    said = [text[span.start : span.end] for span in clauses(text)]
    said = [clause for clause in said if shapes.is_masked(clause) or _open_figure(clause)]
    likest = max(said, key=lambda clause: len(asked.intersection(bigrams(clause))), default=text)
    if _open_figure(likest):
        return ""
    masked = [match.group() for match in shapes.MASKED_FIGURE.finditer(likest)]
    asked_for = (
        figure for figure in masked if question.measure and figure_in(question.measure).search(fold(figure))
    )
    return next(asked_for, masked[0] if masked else "")


def _open_figure(text: str) -> bool:
    return bool(shapes.STRONG_FIGURE.search(shapes.without_years(fold(text))))


def _dated(text: str) -> bool:
    return bool(re.search(r"\d+年|\d+月|季度|年底|年末|年内|月底|每[年月周日季]", fold(text)))
