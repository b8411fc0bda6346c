"""What the ledger says of one commitment, cell by cell, as escaped HTML. Pure."""

from __future__ import annotations

import datetime

from corpus.commitment import Deadline, Metric, Owner
from corpus.ledger import Kept, Progress
from ui.ledger.lights import light_of
from ui.ledger.phrases import measure
from ui.render import escape, headline, shorten
from ui.words import Language, say

SOURCE_LENGTH = 30  # characters


def cells(kept: Kept, day: datetime.date, language: Language) -> dict[str, str]:
    """The cells by the column's name."""
    row = kept.row
    return {
        "light": lamp(kept, day, language),
        "kind": kind(kept, language),
        "what": f'<button type="button" class="opener" data-key="row-{escape(row.identity)}">{escape(row.what)}</button>',
        "metric": metric(row.metric, language),
        "owner": owner(row.owner, language),
        "deadline": deadline(row.deadline, language) + late(kept, day, language),
        "status": status(kept.progress, language),
        "source": source(kept, language),
    }


def lamp(kept: Kept, day: datetime.date, language: Language) -> str:
    """A traffic light with its meaning in words."""
    shining = light_of(kept, day)
    told = escape(say(language, f"light_{shining}"))
    return f'<span class="lamp {shining or "none"}" role="img" aria-label="{told}" title="{told}"></span>'


def kind(kept: Kept, language: Language) -> str:
    """Target, task or requirement."""
    name = kept.row.kind
    return f'<span class="badge kind-{escape(name)}">{escape(say(language, f"kind_{name}"))}</span>'


def metric(metric: Metric | None, language: Language) -> str:
    """The indicator and its figure."""
    if metric is None:
        return f'<span class="faint">{escape(say(language, "metric_bare"))}</span>'
    masked = ' class="masked"' if metric.masked else ""
    figure = measure(metric, say(language, "metric_masked"))
    return f"{escape(metric.name)} <b{masked}>{escape(figure)}</b>"


def owner(owner: Owner | None, language: Language) -> str:
    """Who is to act, with the units that take part."""
    if owner is None:
        return f'<span class="faint">{escape(say(language, "owner_none"))}</span>'
    told = escape(owner.name)
    if owner.scope == "inherited":
        told += f' <span class="faint">{escape(say(language, "owner_inherited"))}</span>'
    if owner.cooperating:
        units = ("、" if language == "zh-CN" else ", ").join(owner.cooperating)
        told += f"<small>{escape(say(language, 'with_units', units=shorten(units, 60)))}</small>"
    return told


def deadline(deadline: Deadline | None, language: Language) -> str:
    """By when as said, and below it the day or the recurrence it was resolved to."""
    if deadline is None:
        return f'<span class="faint">{escape(say(language, "unknown"))}</span>'
    resolved = ""
    if deadline.due:
        resolved = deadline.due.isoformat()
    elif deadline.recurrence:
        resolved = say(language, f"recurrence_{deadline.recurrence}")
    below = f"<small>{escape(resolved)}</small>" if resolved and resolved != deadline.said else ""
    return escape(deadline.said) + below


def late(kept: Kept, day: datetime.date, language: Language) -> str:
    """By how many days an open commitment is overdue; "" for one that is not."""
    due = kept.row.deadline.due if kept.row.deadline else None
    closed = kept.progress is not None and (
        kept.progress.status in ("done", "stopped") or kept.progress.percent == 100
    )
    if due is None or due >= day or closed:
        return ""
    return f'<small class="late">{escape(say(language, "days_late", days=(day - due).days))}</small>'


def status(progress: Progress | None, language: Language) -> str:
    """The status that a person set, with the percentage."""
    if progress is None or (progress.status is None and progress.percent is None):
        return f'<span class="faint">{escape(say(language, "progress_none"))}</span>'
    percent = "" if progress.percent is None else f" {progress.percent}%"
    name = progress.status or "none"
    told = say(language, f"progress_{name}") if progress.status else ""
    return f'<span class="badge status-{name}">{escape((told + percent).strip())}</span>'


def source(kept: Kept, language: Language) -> str:
    """The document's title and the heading right above."""
    above = kept.row.path[-1] if kept.row.path else ""
    below = [headline(above, SOURCE_LENGTH)] if above else []
    if kept.row.page is not None:
        below.append(say(language, "page", page=kept.row.page))
    small = f"<small>{escape(' · '.join(below))}</small>" if below else ""
    return f'<span title="{escape(kept.title)}">{escape(shorten(kept.title, SOURCE_LENGTH))}</span>{small}'
