"""The questions of a run as a list: which are shown, and one line for each that can be opened, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.diagnosis import Cause, cause
from evals.judging import by_kind
from evals.measures import Judgement
from ui.quality.phrases import Address, cause_label, choice, kind_label, pager, query
from ui.quality.runs import RunEntry
from ui.render import escape, shorten
from ui.words import Language, say

PAGE = 50  # questions
RESULTS = ("wrong", "right", "broken")
QUESTION_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions are listed; "" is any."""

    result: str = ""
    kind: str = ""
    cause: str = ""
    page: int = 1

    def takes(self, judged: Judgement) -> bool:
        """Whether the question is one of them."""
        if self.kind and judged.case.kind != self.kind:
            return False
        if self.cause and str(cause(judged)) != self.cause:
            return False
        match self.result:
            case "wrong":
                return not judged.correct
            case "right":
                return judged.correct
            case "broken":
                return broke(judged)
        return True


def broke(judged: Judgement) -> bool:
    """Whether the assistant failed at the question."""
    return not judged.record.answer and not judged.record.abstained


def questions(entry: RunEntry, judged: Sequence[Judgement], wanted: Wanted, language: Language) -> str:
    """The questions that are wanted, a page of them, below the form that says which."""
    found = [one for one in judged if wanted.takes(one)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, wanted.page), pages)
    any_of_them = ("", say(language, "filter_any"))
    fields = [
        choice(
            "result",
            say(language, "filter_result"),
            [any_of_them, *((result, say(language, f"result_{result}")) for result in RESULTS)],
            wanted.result,
        ),
        choice(
            "kind",
            say(language, "filter_question_kind"),
            [any_of_them, *((kind, kind_label(kind, language)) for kind in by_kind(judged))],
            wanted.kind,
        ),
        choice(
            "cause",
            say(language, "filter_cause"),
            [any_of_them, *((str(step), cause_label(step, language)) for step in Cause)],
            wanted.cause,
        ),
    ]
    form = (
        f'<form class="sifting" data-show="run" data-fixed-run="{escape(entry.name)}" data-to="questions">{"".join(fields)}'
        f'<span class="found">{escape(say(language, "questions_found", count=len(found)))}</span></form>'
    )
    address: dict[str, str] = {"view": "run", "run": entry.name}
    address |= {"result": wanted.result, "kind": wanted.kind, "cause": wanted.cause}
    shown = found[(page - 1) * PAGE : page * PAGE]
    items = "".join(case_line(one, {"run": entry.name, "id": one.case.id}, language) for one in shown)
    listed = items or f'<p class="note">{escape(say(language, "questions_none"))}</p>'
    return (
        f'<section class="questions" id="quality-questions"><h3 tabindex="-1">{escape(say(language, "questions_title"))}</h3>'
        f"{form}{listed}{pager(page, pages, address, language)}</section>"
    )


def case_line(judged: Judgement, address: Address, language: Language) -> str:
    """One question that can be opened; what stands in it is fetched from `address` then."""
    case, step = judged.case, cause(judged)
    facts: list[Any] = [case.id, kind_label(case.kind, language)]
    if case.turn:
        facts.append(say(language, "question_turn", turn=case.turn))
    if step:
        facts.append(cause_label(step, language))
    right = "right" if judged.correct else "wrong"
    waiting = escape(say(language, "question_loading"))
    return (
        f'<details class="case {right}" data-question="{escape(query(address))}" data-failed="{escape(say(language, "question_failed"))}">'
        f'<summary><span class="judged">{"✓" if judged.correct else "✗"} {escape(say(language, right))}</span>'
        f'<span class="asks">{escape(shorten(case.question, QUESTION_LENGTH))}</span>'
        f'<span class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</span></summary>'
        f'<div class="held"><p class="note">{waiting}</p></div></details>'
    )
