"""The views of question sets, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import QuestionSet
from ui.people import Person
from ui.quality.phrases import deleter, kind_label, leader, pager, query, set_label, table, title
from ui.quality.reasons import set_reason
from ui.quality.sets import LARGEST, MOST_QUESTIONS, SetEntry
from ui.render import escape
from ui.words import Language, say

PAGE = 100  # questions


def sets_view(sets: Sequence[SetEntry], person: Person, language: Language) -> str:
    """All sets and the field to upload one."""
    rows = [_row(entry, person, language) for entry in sets]
    keys = ("column_set", "column_origin", "column_questions", "column_act")
    listed = table(
        say(language, "sets_caption"), [say(language, key) for key in keys], rows, kind="sets", left=2
    )
    hint = say(language, "set_upload_hint", size=LARGEST // 1024 // 1024, most=MOST_QUESTIONS)
    upload = (
        f'<form class="uploading" data-upload="wennuo/quality/upload"><h3>{escape(say(language, "set_upload"))}</h3>'
        f'<label class="choose"><input type="file" name="file" accept=".jsonl"'
        f' aria-label="{escape(say(language, "set_upload_file"))}"><span>{escape(say(language, "set_upload_file"))}</span></label>'
        f'<p class="note">{escape(hint)}</p><p class="answered" role="status"></p></form>'
    )
    return title(say(language, "sets_title"), None, language) + listed + upload


def _row(entry: SetEntry, person: Person, language: Language) -> list[str]:
    label = set_label(entry.name, entry.shelf, language)
    name = escape(label)
    count = str(entry.questions)
    acts = []
    if entry.error:
        why = escape(set_reason(entry.error, language))
        name += f'<small class="bad">{escape(say(language, "set_broken"))}：{why}</small>'
        count = "–"
    else:
        acts.append(leader(say(language, "set_open"), {"view": "set", "set": entry.key}))
    address = escape(query({"key": entry.key}))
    acts.append(
        f'<a class="quiet" href="wennuo/quality/set?{address}" download>{escape(say(language, "set_download"))}</a>'
    )
    if person.role == "admin" and entry.shelf != "package":
        acts.append(deleter("remove-set", {"set": entry.key}, language))
    return [
        name,
        escape(say(language, f"sets_from_{entry.shelf}")),
        count,
        f'<span class="acts">{"".join(acts)}</span>',
    ]


def set_view(entry: SetEntry, questions: QuestionSet, page: int, person: Person, language: Language) -> str:
    """The questions of one set."""
    removable = person.role == "admin" and entry.shelf != "package"
    pages = max(1, -(-len(questions.cases) // PAGE))
    page = min(max(1, page), pages)
    rows = []
    for case in questions.cases[(page - 1) * PAGE : page * PAGE]:
        key = "set_answerable" if case.answerable else "set_to_refuse"
        row = [
            escape(case.id),
            escape(case.question),
            escape(kind_label(case.kind, language)),
            escape(say(language, key)),
        ]
        if removable:
            whole = case.id.rpartition("#")[0] if case.turn else case.id
            row.append(deleter("drop", {"set": entry.key, "id": whole}, language) if case.turn < 2 else "")
        rows.append(row)
    keys = ("column_id", "column_question", "column_kind_of_question", "column_answerable")
    head = [say(language, key) for key in keys] + ([say(language, "column_act")] if removable else [])
    name = say(
        language, "set_questions", name=set_label(entry.name, entry.shelf, language), count=entry.questions
    )
    listed = table(name, head, rows, kind="set-questions", left=len(head))
    turning = pager(page, pages, {"view": "set", "set": entry.key}, language)
    return title(name, {"view": "sets"}, language) + listed + turning
