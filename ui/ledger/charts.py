"""Bars, columns and a timeline as escaped HTML: each mark is a button that sets fields of the page's form. Pure."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from ui.ledger.lights import LIGHTS, Light
from ui.render import escape
from ui.words import Language, say

SMALLEST_DOT, LARGEST_DOT = 9, 26  # CSS pixels


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or column: fields are what a click sets in the form; None for a mark that is not to be clicked.

    drawn: whether it has a bar; else its count alone is told, since it would dwarf the others.
    """

    label: str
    count: int
    fields: Mapping[str, str] | None = None
    chosen: bool = False
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class DayMark:
    """What is due on one day; light is the most urgent of its rows."""

    day: datetime.date
    count: int
    light: Light
    chosen: bool = False


def most_urgent(lights: Sequence[Light]) -> Light:
    """The first of red, yellow, green and none that is among `lights`."""
    return min(lights, key=LIGHTS.index, default="")


def setter(fields: Mapping[str, str]) -> str:
    """The attribute that names what a click sets."""
    return f' data-set="{escape(json.dumps(dict(fields), ensure_ascii=False))}"'


def _button(mark: Mark, inner: str, language: Language) -> str:
    label = escape(say(language, "chart_bar", label=mark.label, count=mark.count))
    kind = "mark" if mark.drawn else "mark plain"
    if mark.fields is None:
        return f'<div class="{kind}" role="img" aria-label="{label}">{inner}</div>'
    pressed = "true" if mark.chosen else "false"
    return (
        f'<button type="button" class="{kind}" aria-label="{label}" title="{label}" aria-pressed="{pressed}"'
        f' data-key="{escape(json.dumps(dict(mark.fields)))}"{setter(mark.fields)}>{inner}</button>'
    )


def _share(count: int, most: int) -> str:
    return f"{100 * count / most:.1f}%" if most else "0%"


def bars(marks: Sequence[Mark], language: Language) -> str:
    """Lying bars, one under the other, in the given order."""
    most = max((mark.count for mark in marks if mark.drawn), default=0)
    return f'<ol class="bars">{"".join(_bar(mark, most, language) for mark in marks)}</ol>'


def _bar(mark: Mark, most: int, language: Language) -> str:
    width = _share(mark.count, most)
    track = f'<span class="track"><span class="fill" style="width:{width}"></span></span>'
    inner = (
        f'<span class="label">{escape(mark.label)}</span>{track if mark.drawn else ""}'
        f'<span class="count">{mark.count:,}</span>'
    )
    return f"<li>{_button(mark, inner, language)}</li>"


def columns(marks: Sequence[Mark], language: Language) -> str:
    """Standing columns, side by side, in the given order; the words of a label stand one under the other."""
    most = max((mark.count for mark in marks), default=0)
    items = "".join(
        "<li>"
        + _button(
            mark,
            f'<span class="count">{mark.count:,}</span>'
            f'<span class="track"><span class="fill" style="height:{_share(mark.count, most)}"></span></span>'
            f'<span class="label">{_stacked(mark.label)}</span>',
            language,
        )
        + "</li>"
        for mark in marks
    )
    return f'<ol class="pillars">{items}</ol>'


def _stacked(label: str) -> str:
    return "".join(f"<span>{escape(word)}</span>" for word in label.split())


def timeline(marks: Sequence[DayMark], today: datetime.date, language: Language) -> str:
    """A dot for each day on an axis of months; years in which nothing is due are left out."""
    most = max((mark.count for mark in marks), default=0)
    years = sorted({mark.day.year for mark in marks})
    items = "".join(
        _year(year, [mark for mark in marks if mark.day.year == year], most, today, language)
        for year in years
    )
    return f'<ol class="years" tabindex="0" aria-label="{escape(say(language, "chart_days"))}">{items}</ol>'


def _year(year: int, marks: Sequence[DayMark], most: int, today: datetime.date, language: Language) -> str:
    months = "".join(
        f'<span class="month" style="left:{_place(datetime.date(year, month, 1))}">'
        f"{escape(say(language, 'month', month=month))}</span>"
        for month in range(1, 13)
    )
    line = ""
    if today.year == year:
        label = escape(say(language, "today"))
        line = f'<span class="today" style="left:{_place(today)}" title="{label} {today}"><span>{label}</span></span>'
    dots = "".join(_dot(mark, most, language) for mark in sorted(marks, key=lambda mark: -mark.count))
    name = escape(say(language, "year", year=year))
    return (
        f'<li class="year"><span class="name">{name}</span><div class="axis">{months}{line}{dots}</div></li>'
    )


def _place(day: datetime.date) -> str:
    length = (datetime.date(day.year, 12, 31) - datetime.date(day.year, 1, 1)).days
    return f"{100 * (day.timetuple().tm_yday - 1) / length:.2f}%"


def _dot(mark: DayMark, most: int, language: Language) -> str:
    size = SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * sqrt(mark.count / most) if most else SMALLEST_DOT
    day = mark.day.isoformat()
    label = escape(say(language, "chart_dot", day=day, count=mark.count))
    told = escape(say(language, f"light_{mark.light}"))
    pressed = "true" if mark.chosen else "false"
    return (
        f'<button type="button" class="dot {mark.light or "none"}" style="left:{_place(mark.day)};width:{size:.0f}px;height:{size:.0f}px"'
        f' aria-label="{label}, {told}" title="{label}" aria-pressed="{pressed}" data-key="{day}"{setter({"from": day, "to": day})}></button>'
    )
