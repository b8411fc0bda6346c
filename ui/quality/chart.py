"""Runs over time as a drawing with lines, and as the table that says the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.render import escape
from ui.words import Language, say

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 26, 14, 34
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: a value (0..1) a run, None where it has none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """moments: what stands under each run. changed: numbers of the runs before which the set was changed."""

    label: str
    moments: tuple[str, ...]
    lines: tuple[Line, ...]
    changed: frozenset[int] = frozenset()


def drawing(chart: Chart, language: Language) -> str:
    """The drawing with its key. Each line has a colour, a shape of its marks and a dash of its own."""
    pieces = [_grid()]
    pieces += [_changed(chart, number, language) for number in sorted(chart.changed)]
    pieces += [_line(chart, number) for number in range(len(chart.lines))]
    pieces += [_moment(chart, number) for number in _labelled(len(chart.moments))]
    key = "".join(
        f'<li class="line-{number}"><svg viewBox="0 0 34 12" width="34" height="12" aria-hidden="true">'
        f'<line class="stroke" x1="1" y1="6" x2="33" y2="6"></line>{_mark(number, 17, 6)}</svg>{escape(line.name)}</li>'
        for number, line in enumerate(chart.lines)
    )
    return (
        f'<figure class="trend"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.label)}">'
        f'{"".join(pieces)}</svg><figcaption><ul class="key">{key}</ul></figcaption></figure>'
    )


def _x(chart: Chart, number: int) -> float:
    runs = len(chart.moments)
    room = WIDTH - LEFT - RIGHT - 24
    return LEFT + 12 + (room / 2 if runs < 2 else room * number / (runs - 1))


def _y(value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(max(value, 0.0), 1.0))


def _grid() -> str:
    return "".join(
        f'<line class="grid" x1="{LEFT}" y1="{_y(share):.1f}" x2="{WIDTH - RIGHT}" y2="{_y(share):.1f}"></line>'
        f'<text class="axis" x="{LEFT - 6}" y="{_y(share) + 4:.1f}" text-anchor="end">{share:.1f}</text>'
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )


def _line(chart: Chart, number: int) -> str:
    line = chart.lines[number]
    points = [
        (_x(chart, run), _y(value), value, chart.moments[run])
        for run, value in enumerate(line.values)
        if value is not None
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, *_ in points)
    marks = "".join(
        f"<g><title>{escape(f'{line.name} {moment}: {value:.3f}')}</title>{_mark(number, x, y)}</g>"
        for x, y, value, moment in points
    )
    return f'<g class="line-{number}"><polyline class="stroke" points="{path}"></polyline>{marks}</g>'


def _mark(number: int, x: float, y: float) -> str:
    match number % 3:
        case 0:
            return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4"></circle>'
        case 1:
            return f'<rect class="mark" x="{x - 3.6:.1f}" y="{y - 3.6:.1f}" width="7.2" height="7.2"></rect>'
    return f'<polygon class="mark" points="{x:.1f},{y - 4.6:.1f} {x + 4.4:.1f},{y + 3.4:.1f} {x - 4.4:.1f},{y + 3.4:.1f}"></polygon>'


def _changed(chart: Chart, number: int, language: Language) -> str:
    x = (_x(chart, number - 1) + _x(chart, number)) / 2
    told = escape(say(language, "trend_changed"))
    return (
        f'<line class="changed" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}"></line>'
        f'<text class="axis" x="{x + 4:.1f}" y="{HEIGHT - BOTTOM - 5}">{told}</text>'
    )


def _labelled(runs: int) -> Sequence[int]:
    """Which runs have their moment written under them: the first, the last, and others at equal steps before it."""
    step = -(-runs // MOST_LABELS)
    if runs <= 2:
        return range(runs)
    return [0, *(number for number in range(step, runs) if (runs - 1 - number) % step == 0)]


def _moment(chart: Chart, number: int) -> str:
    x, ends = _x(chart, number), number in (0, len(chart.moments) - 1)
    return (
        f'<text class="axis{"" if ends else " between"}" x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">'
        f"{escape(chart.moments[number])}</text>"
    )
