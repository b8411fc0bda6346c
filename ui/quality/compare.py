"""Two runs of one set beside each other: `evals.compare`'s figures, and the questions gained and lost. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.compare import Comparison, changed, compare
from evals.judging import summary
from evals.kept import Kept
from evals.measures import MEASURES, Judgement
from evals.page import measure_rows, number
from ui.listing import moment
from ui.quality.list import case_line
from ui.quality.phrases import (
    leader,
    measure_title,
    run_set_label,
    table,
    title,
    where_label,
)
from ui.quality.runs import RunEntry
from ui.render import escape
from ui.words import Language, say


def compare_view(
    before: RunEntry, after: RunEntry, kept_before: Kept, kept_after: Kept, language: Language
) -> str:
    """The whole view; a sentence in its place where the two cannot be compared."""
    back = {"view": "run", "run": after.name}
    heading = title(say(language, "compare_title", set=run_set_label(after, language)), back, language)
    if before.series[:2] != after.series[:2]:
        return heading + _warning("compare_other_sets", language)
    try:
        comparisons = compare(kept_before.judgements, kept_after.judgements)
    except ValueError:
        return heading + _warning("compare_nothing", language)
    common = {judged.case.id for judged in kept_before.judgements}
    count = sum(judged.case.id in common for judged in kept_after.judgements)
    note = ""
    if before.about.get("set_sha256") != after.about.get("set_sha256"):
        note = _warning("compare_changed", language)
    swap = leader(
        say(language, "compare_swap"), {"view": "compare", "before": after.name, "after": before.name}
    )
    gained, lost = changed(kept_before.judgements, kept_after.judgements)
    return (
        heading
        + f'<dl class="pair">{_named("compare_before", before, language)}{_named("compare_after", after, language)}</dl>'
        + f'<div class="acts"><span class="note">{escape(say(language, "compare_common", count=count))}</span>{swap}</div>{note}'
        + _figures(comparisons, kept_after.judgements, language)
        + _changed("compare_gained", gained, before, after, language)
        + _changed("compare_lost", lost, before, after, language)
    )


def _warning(key: str, language: Language) -> str:
    return f'<p class="warning">{escape(say(language, key))}</p>'


def _named(key: str, entry: RunEntry, language: Language) -> str:
    when = moment(str(entry.about.get("started", "")))
    link = leader(
        f"{when} · {where_label(entry.where, language)}", {"view": "run", "run": entry.name}, "link"
    )
    return f"<div><dt>{escape(say(language, key))}</dt><dd>{link}</dd></div>"


def _figures(comparisons: Sequence[Comparison], after: Sequence[Judgement], language: Language) -> str:
    keys = (
        "column_measure",
        "compare_before",
        "compare_after",
        "compare_difference",
        "compare_better",
        "compare_p",
    )
    rows = []
    for row in measure_rows(MEASURES, summary(after), {}, (), comparisons):
        one: Comparison = row["comparison"]
        good = {True: "good", False: "bad", None: ""}[row["good"]]
        difference = "–" if one.difference is None else _signed(one.difference)
        p = f"<strong>{one.p:.4f}</strong>" if one.significant else f"{one.p:.2f}"
        rows.append(
            [
                escape(measure_title(one.measure, language)),
                number(one.before),
                number(one.after),
                f'<span class="{good}">{difference}</span>',
                f"{one.better} / {one.worse}",
                p,
            ]
        )
    caption = say(language, "measures_title")
    shown = table(caption, [say(language, key) for key in keys], rows, kind="compared")
    return f'<section><h3>{escape(caption)}</h3>{shown}<p class="note">{escape(say(language, "compare_p_more"))}</p></section>'


def _signed(difference: float) -> str:
    """A difference with its sign: lengths in whole characters, shares with three digits."""
    return f"{difference:+.0f}" if abs(difference) > 1 else f"{difference:+.3f}"


def _changed(
    key: str, judged: Sequence[Judgement], before: RunEntry, after: RunEntry, language: Language
) -> str:
    items = "".join(
        case_line(one, {"run": after.name, "id": one.case.id, "before": before.name}, language)
        for one in judged
    )
    listed = items or f'<p class="note">{escape(say(language, "compare_none"))}</p>'
    heading = f'{escape(say(language, key))} <span class="count">{len(judged)}</span>'
    return f'<section class="questions"><h3>{heading}</h3>{listed}</section>'
