"""Questions whether a figure is right that is another one's: the target's where the result is meant, another year's, several years' together.

Both are quoted from the ledger: what is asked about, and where the figure stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, Quote
from assistant.evidence import Evidence
from assistant.fulfilment import PROMISED, documents_meant, promises_meant, quote_of
from assistant.indicator_table import asked_of
from assistant.question import Question, figures_of_a_premise
from assistant.reconciliation import pair
from assistant.retrieval import Retriever
from assistant.told import Told
from corpus.commitment import PROMISES, Commitment
from corpus.ledger import Kept, LedgerFilter
from corpus.text import fold

_FIGURE = re.compile(r"(\d[\d.]*)\s*(万亿|[万亿])?(%|[一-鿿]?)")


def mistaken(retriever: Retriever, question: Question, evidence: Evidence) -> Draft | None:
    """What is asked about, and then what the asked figure belongs to; None where the figure is right, or is found nowhere."""
    figures, known = figures_of_a_premise(question), asked_of(question.folded)
    if len(figures) != 1 or len(known) != 1 or len(question.years) != 1:
        return None
    (figure,), (year,) = figures, question.years
    meant, later = (documents_meant(retriever, question, evidence, when) for when in (year, year + 1))
    library = retriever.library
    rows = (
        library.commitments(LedgerFilter(documents=(*meant, *later), kinds=(*PROMISES, "report")))
        if meant or later
        else ()
    )
    same = [kept for kept in rows if (told := Told.of(kept.row).measured) is not None and told.name in known]
    asked = _asked(retriever, question, meant, rows, same, year)
    if asked is None or _is(asked, figure) or (asked.metric and asked.metric.upper):
        return None
    origin = next((kept.row for kept in same if _is(kept.row, figure)), None)
    if origin is None:
        return None
    quotes = tuple(_quoted(retriever, row) for row in (asked, origin))
    return Draft(quotes, note=f"（所问的“{figure}”在后一句）")


def _asked(
    retriever: Retriever,
    question: Question,
    documents: Sequence[str],
    rows: Sequence[Kept],
    same: Sequence[Kept],
    year: int,
) -> Commitment | None:
    """The row of the indicator that is asked about: the year's target, or what was reported of the year."""
    targets = [
        kept
        for kept in rows
        if kept.row.document in documents and kept.row.kind in PROMISES and kept.row.metric
    ]
    promises, _ = promises_meant(retriever, question, targets, documents) if targets else ([], False)
    if question.tense == "plan" or (question.tense == "either" and PROMISED.search(question.folded)):
        return promises[0].row if promises else None
    reported = next((one.report.row for one in pair(promises, rows) if one.report), None)
    of_the_year = (
        kept.row for kept in same if kept.row.period and {day.year for day in kept.row.period} == {year}
    )
    return reported or next(of_the_year, None)


def _is(row: Commitment, figure: str) -> bool:
    """Whether a row's figure is this one, as printed."""
    found = _FIGURE.match(fold(figure))
    metric = row.metric
    if found is None or metric is None or metric.value is None:
        return False
    scale, unit = found.group(2) or "", fold(metric.unit or "")
    return (
        fold(metric.value) == found.group(1)
        and unit.startswith(scale)
        and (bool(scale) or unit.startswith(found.group(3)))
    )


def _quoted(retriever: Retriever, row: Commitment) -> Quote:
    return quote_of(retriever.library, row, row, _label(row))


def _label(row: Commitment) -> str:
    """Of which year a row is, and whether it was aimed at or reached."""
    if row.kind in PROMISES:
        return f"{row.year}年目标：" if row.year else "目标："
    if row.period is None:
        return "结果："
    first, last = (day.year for day in row.period)
    return f"{first}年结果：" if first == last else f"{first}—{last}年（{last - first + 1}年）结果："
