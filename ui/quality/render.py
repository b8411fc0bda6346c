"""The tab's frame, the progress of a run, and the view of all runs, as escaped HTML. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from evals.measures import MEASURES
from evals.page import number
from ui.listing import moment
from ui.people import Person
from ui.quality.chart import Chart, Line, drawing
from ui.quality.phrases import (
    choice,
    deleter,
    doer,
    duration,
    leader,
    measure_title,
    run_set_label,
    set_label,
    table,
    title,
    where_label,
)
from ui.quality.runner import Progress
from ui.quality.runs import MOST_RUNS, RunEntry, Where
from ui.quality.sets import SetEntry
from ui.render import escape
from ui.words import Language, say

View = Literal["runs", "run", "compare", "review", "sets", "set"]
SHOWN = ("correct", "cited_and_correct", "refusal_f1")
"""The measures of the list of runs and of the charts, by name."""
_MEASURES = {measure.name: measure for measure in MEASURES}
_WAYS: tuple[tuple[View, tuple[View, ...], str], ...] = (
    ("runs", ("runs", "run", "compare"), "quality_runs"),
    ("review", ("review",), "quality_review"),
    ("sets", ("sets", "set"), "quality_sets"),
)


def frame(view: View, content: str, progress: str, waiting: int, language: Language) -> str:
    """The whole tab. waiting: entries of the review list that nobody has dealt with."""
    ways = []
    for first, views, key in _WAYS:
        here = ' aria-current="page"' if view in views else ""
        count = f' <span class="count">{waiting}</span>' if first == "review" and waiting else ""
        label = escape(say(language, key))
        ways.append(f'<button type="button" data-go="view={first}"{here}>{label}{count}</button>')
    failed = escape(say(language, "quality_post_failed"))
    return (
        f'<div class="quality-frame" data-view="{view}" data-post-failed="{failed}">'
        f'<nav class="ways" aria-label="{escape(say(language, "quality_ways"))}">{"".join(ways)}</nav>'
        f'<div class="progress-held">{progress}</div><p class="told" role="status"></p>'
        f'<div class="view {view}">{content}</div></div>'
    )


def gone(language: Language) -> str:
    """What stands in place of what is not there, or not for this person."""
    return title(say(language, "quality_gone"), {"view": "runs"}, language)


def progress_box(progress: Progress | None, person: Person, language: Language) -> str:
    """How far the run under way is, or how the last one ended; "" where there is nothing to tell."""
    if progress is None:
        return ""
    if not person.may(progress.audience):
        if not progress.under_way:
            return ""
        return (
            f'<p class="note progress-box" data-under-way="1">{escape(say(language, "progress_other"))}</p>'
        )
    name = escape(
        f"{set_label(progress.set, progress.shelf, language)} · {where_label(progress.where, language)}"
    )
    stage = escape(say(language, f"stage_{progress.stage}"))
    if not progress.under_way:
        act = ""
        if progress.run:
            act = leader(say(language, "progress_open"), {"view": "run", "run": progress.run})
        kind = "warning" if progress.stage in ("failed", "interrupted") else "note"
        return f'<div class="progress-box {kind}" data-ended="{stage}"><p><strong>{name}</strong> {stage}</p>{act}</div>'
    facts = [
        say(language, "progress_count", done=progress.done, total=progress.total),
        say(language, "progress_elapsed", time=duration(progress.seconds, language)),
    ]
    if progress.done >= 5:
        left = progress.seconds / progress.done * (progress.total - progress.done)
        facts.append(say(language, "progress_left", time=duration(left, language)))
    if progress.broken:
        facts.append(say(language, "progress_broken", count=progress.broken))
    bar = (
        f'<div class="progress-bar" role="progressbar" aria-label="{escape(say(language, "progress_bar"))}" aria-valuemin="0"'
        f' aria-valuemax="{progress.total}" aria-valuenow="{progress.done}" aria-valuetext="{escape(facts[0])}">'
        f'<span style="width:{100 * progress.done / max(1, progress.total):.1f}%"></span></div>'
    )
    cancel = doer(say(language, "progress_cancel"), "cancel", {})
    return (
        f'<section class="progress-box" data-under-way="1"><p><strong>{name}</strong> {stage}</p>{bar}'
        f'<p class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</p>{cancel}</section>'
    )


def runs_view(
    sets: Sequence[SetEntry],
    wheres: Sequence[Where],
    runs: Sequence[RunEntry],
    person: Person,
    language: Language,
) -> str:
    """The form that starts a run, the runs so far, and their charts. wheres: what of the office's library may be asked."""
    return (
        _starting(sets, wheres, language)
        + title(say(language, "runs_title"), None, language)
        + _listed(runs, person, language)
        + trends(runs, language)
    )


def _starting(sets: Sequence[SetEntry], wheres: Sequence[Where], language: Language) -> str:
    options = "".join(
        f'<option value="{escape(entry.key)}" data-shelf="{entry.shelf}">'
        f"{escape(set_label(entry.name, entry.shelf, language))}"
        f"{escape(f'（{entry.questions}）' if language == 'zh-CN' else f' ({entry.questions})')}</option>"
        for entry in sets
        if not entry.error
    )
    keys: list[tuple[str, str]] = [("demonstration", where_label("demonstration", language))]
    for where in wheres:
        more = where == "admin" and len(wheres) > 1
        keys.append((where, say(language, "where_admin_more") if more else where_label(where, language)))
    return (
        f'<form class="starting" data-post="start"><h2>{escape(say(language, "run_start_title"))}</h2>'
        f'<label class="field"><span>{escape(say(language, "run_set"))}</span><select name="set">{options}</select></label>'
        f"{choice('where', say(language, 'run_where'), keys, 'demonstration')}"
        f'<button type="submit" class="act">{escape(say(language, "run_start"))}</button></form>'
    )


def _listed(runs: Sequence[RunEntry], person: Person, language: Language) -> str:
    if not runs:
        return f'<p class="note">{escape(say(language, "runs_none"))}</p>'
    keys = ("column_when", "column_set", "column_where", "column_questions")
    named = any(entry.about.get("by") for entry in runs)
    head = [
        *(say(language, key) for key in keys),
        *(measure_title(_MEASURES[name], language) for name in SHOWN),
        say(language, "column_took"),
        *([say(language, "column_by")] if named else []),
        say(language, "column_pick"),
        *([say(language, "column_act")] if person.role == "admin" else []),
    ]
    rows = [_row(entry, named, person, language) for entry in runs]
    listed = table(say(language, "runs_caption"), head, rows, kind="runs-listed", left=3)
    picking = (
        f'<p class="picking"><button type="button" class="quiet" data-compare="1"'
        f' data-two="{escape(say(language, "runs_pick_two"))}">{escape(say(language, "runs_compare"))}</button>'
        f'<span class="note">{escape(say(language, "runs_kept", most=MOST_RUNS))}</span></p>'
    )
    return listed + (picking if len(runs) > 1 else "")


def _row(entry: RunEntry, named: bool, person: Person, language: Language) -> list[str]:
    when = moment(str(entry.about.get("started", "")))
    open_label = escape(say(language, "run_open", when=when))
    pick_label = escape(say(language, "run_pick", when=when))
    row = [
        leader(when, {"view": "run", "run": entry.name}, "link", f' aria-label="{open_label}"'),
        escape(run_set_label(entry, language)),
        escape(where_label(entry.where, language)),
        escape(entry.about.get("questions", "")),
        *(number(entry.value(name)) for name in SHOWN),
        escape(duration(_seconds(entry), language)),
        *([escape(entry.about.get("by", ""))] if named else []),
        f'<input type="checkbox" value="{escape(entry.name)}" data-pick="1" aria-label="{pick_label}">',
    ]
    if person.role == "admin":
        row.append(deleter("remove-run", {"run": entry.name}, language))
    return row


def _seconds(entry: RunEntry) -> float:
    value = entry.about.get("seconds")
    return float(value) if isinstance(value, int | float) else 0.0


def trends(runs: Sequence[RunEntry], language: Language) -> str:
    """A chart for each set and view that was run at least twice, oldest run first, each with its table."""
    series: dict[tuple[str, str, Where], list[RunEntry]] = {}
    for entry in reversed(runs):
        series.setdefault(entry.series, []).append(entry)
    charts = [_trend(entries, language) for entries in series.values() if len(entries) > 1]
    if not charts:
        return ""
    return (
        f'<section class="trends"><h2>{escape(say(language, "trends_title"))}</h2>{"".join(charts)}</section>'
    )


def _trend(entries: Sequence[RunEntry], language: Language) -> str:
    first = entries[0]
    names = {"set": run_set_label(first, language), "where": where_label(first.where, language)}
    moments = tuple(moment(str(entry.about.get("started", ""))) for entry in entries)
    digests = [entry.about.get("set_sha256") for entry in entries]
    lines = tuple(
        Line(measure_title(_MEASURES[name], language), tuple(entry.value(name) for entry in entries))
        for name in SHOWN
    )
    told = ("、" if language == "zh-CN" else ", ").join(line.name for line in lines)
    chart = Chart(
        say(language, "trend_label", **names, lines=told),
        tuple(when[5:] for when in moments),
        lines,
        frozenset(n for n in range(1, len(entries)) if digests[n] != digests[n - 1]),
    )
    caption = say(language, "trend_of", **names)
    rows = [[escape(when), *(number(line.values[n]) for line in lines)] for n, when in enumerate(moments)]
    head = [say(language, "column_when"), *(line.name for line in lines)]
    return (
        f'<section class="series"><h3>{escape(caption)}</h3>{drawing(chart, language)}'
        f"<details><summary>{escape(say(language, 'trend_table'))}</summary>{table(caption, head, rows)}</details></section>"
    )
