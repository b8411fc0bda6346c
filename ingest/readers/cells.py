"""The value of an Excel cell as words."""

from __future__ import annotations

import datetime
import re

from openpyxl.cell.cell import Cell, MergedCell

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def display(cell: Cell | MergedCell) -> str:
    """What a cell says, in one line: numbers without floating-point dust, percentages as shown, dates as ISO.

    "" for an empty cell, an error value (#REF!) and the covered cells of a merged range.
    """
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime.datetime):
        return _moment(value, cell.number_format or "")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return " ".join(_NOT_SHOWN.sub("", str(value)).split())


def _number(value: float, shape: str) -> str:
    """A number with at most 15 significant digits; with the decimals of the format where that is a percentage."""
    percent = _PERCENT.search(_QUOTED.sub("", shape))
    if percent:
        return f"{value * 100:.{len(percent.group(1) or '')}f}%"
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.15g}"


def _moment(value: datetime.datetime, shape: str) -> str:
    """A date, with the time where there is one; only year and month where the format shows no day."""
    letters = _QUOTED.sub("", shape).lower()
    if value.time() != datetime.time():
        return value.isoformat(" ", "minutes")
    if "y" in letters and "d" not in letters:
        return value.strftime("%Y-%m") if "m" in letters else value.strftime("%Y")
    return value.date().isoformat()
