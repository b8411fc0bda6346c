"""One run: its figures, by kind and by step, and its questions, as escaped HTML. Pure: every figure is that of `evals`."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from evals.baseline import Fall
from evals.diagnosis import Cause, causes
from evals.judging import by_kind, summary
from evals.kept import Kept
from evals.measure import interval
from evals.measures import MEASURES, Judgement
from evals.page import measure_rows, number
from evals.report import KIND_COLUMNS
from ui.listing import moment
from ui.people import Person
from ui.quality.list import Wanted, questions
from ui.quality.phrases import (
    cause_label,
    choice,
    deleter,
    duration,
    kind_label,
    leader,
    measure_says,
    measure_title,
    percent,
    query,
    run_set_label,
    table,
    title,
    where_label,
)
from ui.quality.runs import RunEntry
from ui.render import escape
from ui.words import Language, say

TILES = ("cited_and_correct", "refusal_f1", "verbatim")
_MEASURES = {measure.name: measure for measure in MEASURES}


def run_view(
    entry: RunEntry,
    kept: Kept,
    others: Sequence[RunEntry],
    wanted: Wanted,
    baseline: Mapping[str, float],
    falls: Sequence[Fall],
    person: Person,
    language: Language,
) -> str:
    """The whole view. others: runs to compare with, newest first; baseline: {} where the set's is not meant for this run."""
    judged = kept.judgements
    return (
        _header(entry, others, person, language)
        + _tiles(judged, language)
        + _kinds(entry, judged, language)
        + _causes(entry, judged, language)
        + _measures(judged, baseline, falls, language)
        + questions(entry, judged, wanted, language)
    )


def _header(entry: RunEntry, others: Sequence[RunEntry], person: Person, language: Language) -> str:
    about = entry.about
    when = moment(str(about.get("started", "")))
    facts = [
        where_label(entry.where, language),
        say(language, "run_facts_documents", count=len(about.get("documents", {}))),
        say(language, "run_facts_questions", count=about.get("questions", 0)),
        say(language, "run_facts_took", time=duration(float(about.get("seconds", 0)), language)),
    ]
    if about.get("by"):
        facts.append(say(language, "run_facts_by", by=about["by"]))
    warning = ""
    if about.get("broken"):
        told = escape(say(language, "run_facts_broken", count=about["broken"]))
        warning = f'<p class="warning">{told}</p>'
    acts = [
        f'<a class="quiet" href="wennuo/quality/report?{escape(query({"run": entry.name}))}" download>'
        f"{escape(say(language, 'run_report'))}</a>"
    ]
    if person.role == "admin":
        acts.append(deleter("remove-run", {"run": entry.name}, language))
    if others:
        options = [
            (
                other.name,
                f"{moment(str(other.about.get('started', '')))} · {where_label(other.where, language)}",
            )
            for other in others
        ]
        acts.append(
            f'<form class="comparing" data-show="compare" data-fixed-after="{escape(entry.name)}">'
            f"{choice('before', say(language, 'run_compare_with'), options, '')}"
            f'<button type="submit" class="quiet">{escape(say(language, "run_compare"))}</button></form>'
        )
    heading = say(language, "run_of", set=run_set_label(entry, language), when=when)
    return (
        title(heading, {"view": "runs"}, language)
        + f'<p class="facts">{"".join(f"<span>{escape(fact)}</span>" for fact in facts)}</p>{warning}'
        + f'<div class="acts">{"".join(acts)}</div>'
    )


def _tiles(judged: Sequence[Judgement], language: Language) -> str:
    values, right, count = summary(judged), sum(one.correct for one in judged), len(judged)
    told = say(language, "run_right_of", right=right, count=count)
    tiles = [
        (
            measure_title(_MEASURES["correct"], language),
            number(values["correct"]),
            told + " · " + _interval(right, count, language),
        ),
        *(
            (
                measure_title(_MEASURES[name], language),
                number(values[name]),
                measure_says(_MEASURES[name], language),
            )
            for name in TILES
            if values[name] is not None
        ),
    ]
    times = [one.record.elapsed for one in judged if one.record.elapsed]
    if times:
        speed = say(language, "run_ms", ms=f"{statistics.median(times):.0f}")
        tiles.append((say(language, "run_speed"), speed, ""))
    items = "".join(
        f'<li><span class="name">{escape(name)}</span><b>{escape(value)}</b><small>{escape(more)}</small></li>'
        for name, value, more in tiles
    )
    return f'<ul class="figures">{items}</ul>'


def _interval(right: int, count: int, language: Language) -> str:
    low, high = interval(right, count)
    return (
        f"{say(language, 'interval')} {say(language, 'interval_range', low=percent(low), high=percent(high))}"
    )


def _kinds(entry: RunEntry, judged: Sequence[Judgement], language: Language) -> str:
    head = [
        say(language, "column_kind_of_question"),
        say(language, "column_questions"),
        say(language, "column_right"),
        say(language, "interval"),
        *(measure_title(_MEASURES[name], language) for name in KIND_COLUMNS),
    ]
    rows = []
    for kind, group in by_kind(judged).items():
        values, right = summary(group), sum(one.correct for one in group)
        low, high = interval(right, len(group))
        rows.append(
            [
                _to_questions(kind_label(kind, language), entry, kind=kind),
                str(len(group)),
                str(right),
                escape(say(language, "interval_range", low=percent(low), high=percent(high))),
                *(number(values[name]) for name in KIND_COLUMNS),
            ]
        )
    caption = say(language, "kinds_title")
    return f"<section><h3>{escape(caption)}</h3>{table(caption, head, rows, kind='kinds')}</section>"


def _causes(entry: RunEntry, judged: Sequence[Judgement], language: Language) -> str:
    caption = say(language, "causes_title")
    heading = f"<section><h3>{escape(caption)}</h3>"
    if not any(causes(judged).values()):
        return f'{heading}<p class="note">{escape(say(language, "causes_none"))}</p></section>'
    head = [say(language, "column_kind_of_question"), *(cause_label(step, language) for step in Cause)]
    rows = []
    for kind, group in by_kind(judged).items():
        counts = causes(group)
        if any(counts.values()):
            cells = [
                _to_questions(str(count), entry, kind=kind, cause=str(step)) if count else ""
                for step, count in counts.items()
            ]
            rows.append([escape(kind_label(kind, language)), *cells])
    totals = [
        _to_questions(str(count), entry, cause=str(step)) if count else "0"
        for step, count in causes(judged).items()
    ]
    rows.append([escape(say(language, "causes_all")), *totals])
    return f"{heading}{table(caption, head, rows, kind='causes')}</section>"


def _to_questions(label: str, entry: RunEntry, **wanted: str) -> str:
    return leader(label, {"view": "run", "run": entry.name, **wanted}, "link", ' data-to="questions"')


def _measures(
    judged: Sequence[Judgement], baseline: Mapping[str, float], falls: Sequence[Fall], language: Language
) -> str:
    rows = []
    for row in measure_rows(MEASURES, summary(judged), baseline, falls, ()):
        value = number(row["value"])
        if row["fallen"]:
            value = f'<strong class="bad">{value} {escape(say(language, "below_baseline"))}</strong>'
        name = f'{escape(measure_title(row["measure"], language))} <code class="faint">{escape(row["measure"].name)}</code>'
        says = escape(measure_says(row["measure"], language))
        rows.append([name, value, *([number(row["held"])] if baseline else []), says])
    keys = ["column_measure", "column_value", *(["column_baseline"] if baseline else []), "column_says"]
    caption = say(language, "measures_title")
    shown = table(caption, [say(language, key) for key in keys], rows, kind="measures")
    opened = " open" if falls else ""
    return f'<details class="fold"{opened}><summary>{escape(caption)}</summary>{shown}</details>'
