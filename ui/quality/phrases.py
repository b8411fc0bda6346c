"""Phrases of the tab of quality: names of sets, kinds, causes and measures, times, and the buttons that lead on. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from evals.diagnosis import Cause
from evals.measure import Measure
from evals.page import KINDS
from ui.quality.runs import RunEntry, Where
from ui.quality.words import MEASURES
from ui.render import escape
from ui.words import CHINESE, WORDS, Language, say

Address = Mapping[str, str]
"""Fields of a query."""


def measure_title(measure: Measure[Any], language: Language) -> str:
    """The measure's name for a reader."""
    return measure.title if language == CHINESE else MEASURES.get(measure.name, (measure.name, ""))[0]


def measure_says(measure: Measure[Any], language: Language) -> str:
    """What the measure says, for a reader."""
    return measure.says if language == CHINESE else MEASURES.get(measure.name, ("", measure.name))[1]


def kind_label(kind: str, language: Language) -> str:
    """The kind of a question in the reader's words."""
    if kind == "?":
        return say(language, "kind_unsorted")
    return KINDS.get(kind, kind) if language == CHINESE else kind.replace("_", " ")


def cause_label(cause: Cause, language: Language) -> str:
    """The step at which an answer was lost."""
    return cause.label if language == CHINESE else str(cause)


def set_label(name: str, shelf: str, language: Language) -> str:
    """The name of a set: our words for the sets that we name, else the file's."""
    key = f"set_{name}"
    ours = key in WORDS[language] and (
        shelf == "package" or (name == "office" and shelf in ("office", "admin"))
    )
    label = say(language, key) if ours else name
    return say(language, "set_admin", name=label) if shelf == "admin" else label


def where_label(where: Where, language: Language) -> str:
    """What was asked."""
    return say(language, f"where_{where}")


def run_set_label(entry: RunEntry, language: Language) -> str:
    """The name of a run's set."""
    return set_label(entry.set, str(entry.about.get("shelf", "")), language)


def duration(seconds: float, language: Language) -> str:
    """A length of time in whole seconds."""
    whole = round(seconds)
    if whole < 60:
        return say(language, "seconds", seconds=whole)
    return say(language, "minutes", minutes=whole // 60, seconds=whole % 60)


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{share:.0%}"


def query(address: Address) -> str:
    """The query of an address without its empty fields; not yet escaped."""
    return urlencode({name: value for name, value in address.items() if value})


def leader(label: str, address: Address, kind: str = "quiet", more: str = "") -> str:
    """A button that leads to another view. more: attributes as they stand in the markup."""
    return f'<button type="button" class="{kind}" data-go="{escape(query(address))}"{more}>{escape(label)}</button>'


def doer(label: str, act: str, body: Mapping[str, str], *, sure: str = "", kind: str = "quiet") -> str:
    """A button that sends `body` to wennuo/quality/ACT. sure: what it asks first; a second click sends."""
    fields = "".join(f' data-send-{name}="{escape(value)}"' for name, value in body.items())
    asks = f' data-sure="{escape(sure)}"' if sure else ""
    return f'<button type="button" class="{kind}" data-send="{escape(act)}"{fields}{asks}>{escape(label)}</button>'


def deleter(act: str, body: Mapping[str, str], language: Language) -> str:
    """A button that deletes, after it was asked whether it should."""
    sure = say(language, "quality_delete_sure")
    return doer(say(language, "quality_delete"), act, body, sure=sure, kind="quiet delete")


def choice(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str, more: str = "") -> str:
    """A labelled field to choose one of (value, label). more: attributes of the field as they stand in the markup."""
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(told)}</option>'
        for value, told in options
    )
    return (
        f'<label class="field of-{name}"><span>{escape(label)}</span>'
        f'<select name="{name}"{more}>{listed}</select></label>'
    )


def title(text: str, back: Address | None, language: Language) -> str:
    """The heading of a view, which takes the focus, with the way back where there is one."""
    button = leader(say(language, "quality_back"), back, "quiet back") if back is not None else ""
    return f'<header class="title">{button}<h2 tabindex="-1">{escape(text)}</h2></header>'


def table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str = "", left: int = 1
) -> str:
    """A table that scrolls by itself. head: words; rows: HTML, the first cell of each its heading; left: how many columns are no figures."""
    kinds = ["" if n < left else ' class="figure"' for n in range(len(head))]
    heads = "".join(
        f'<th scope="col"{kind_of}>{escape(word)}</th>' for word, kind_of in zip(head, kinds, strict=True)
    )
    body = ""
    for first, *rest in rows:
        cells = "".join(
            f'<td{kind_of} data-label="{escape(word)}">{cell}</td>'
            for cell, word, kind_of in zip(rest, head[1:], kinds[1:], strict=True)
        )
        body += f'<tr><th scope="row">{first}</th>{cells}</tr>'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="{kind}">'
        f'<caption class="unseen">{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def pager(page: int, pages: int, address: Address, language: Language) -> str:
    """The way to the pages before and after; "" where there is one only."""
    if pages < 2:
        return ""

    def turn(key: str, to: int) -> str:
        off = "" if 1 <= to <= pages else " disabled"
        return leader(
            say(language, key),
            {**address, "page": str(to)},
            more=f'{off} data-to="questions" data-focus="{key}"',
        )

    told = escape(say(language, "page_of", page=page, pages=pages))
    return f'<p class="pager">{turn("page_back", page - 1)}<span>{told}</span>{turn("page_on", page + 1)}</p>'
