"""The sentence that measures what is asked, by the ledger: 海洋生产总值 is no GDP, however many words a question shares with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.evidence import Evidence
from assistant.fulfilment import PROMISED, documents_meant
from assistant.indicator_table import table
from assistant.question import Question
from assistant.retrieval import Retriever
from assistant.told import Told
from corpus.commitment import PROMISES, Commitment
from corpus.ledger import LedgerFilter
from corpus.text import squeeze

_BEFORE = re.compile(r"(?:^|[年的，,、：:和与及省市区国县州\d\s]|地区|我们|经济)$")
_AFTER = re.compile(
    r"^(?:的)?(?:比重|占比|贡献|用水|排放|排名|位次|排位|第几|在全[国省]|总量在|超过哪|(?:增速|增幅|增长)?(?:排|居|列)|里|中)"
)
_CHANGE = re.compile(r"增长|增速|增幅|涨|上升|提高|增加|下降|降低|减少|百分")
_LEVEL = re.compile(r"总量|总额|达到多少|多少[万亿]|是多少[万亿元]")


def asked_indicator(question: Question) -> str:
    """The one known indicator that a question asks a figure of; "" where it names none, several, or something of it (占GDP的比重)."""
    if question.kind not in ("target", "figure", "status") or question.premise:
        return ""
    groups, pattern, _ = table()
    text = squeeze(question.folded)
    hits = [*pattern.finditer(text)]
    if len({groups[hit.group()].name for hit in hits}) != 1:
        return ""
    (hit, *_) = hits
    plain = _BEFORE.search(text[: hit.start()]) and not _AFTER.match(text[hit.end() :])
    return groups[hit.group()].name if plain else ""


def measured_first(retriever: Retriever, question: Question, evidence: Evidence) -> Evidence:
    """The evidence with the sentence first that gives the asked indicator's figure for the asked year, where the ledger has such a row.

    The evidence as it is where its first sentence is such a one, and where the ledger has none.
    """
    name = asked_indicator(question)
    years = question.years or question.named_years
    if not name or len(years) != 1:
        return evidence
    rows = [*_rows(retriever, question, evidence, name, min(years))]
    best = evidence.units[0] if evidence.units else None
    if not rows or (
        best and any(row.document == best.document and row.span.overlap(best.span) for row in rows)
    ):
        return evidence
    ranked = [
        (number, unit)
        for number, unit in enumerate(evidence.units)
        if any(row.document == unit.document and row.span.overlap(unit.span) for row in rows)
    ]
    if ranked:
        first = ranked[0][1]
    else:
        document = retriever.library.document(rows[0].document)
        there = retriever.within(question, document, rows[0].span)
        if document.revision != rows[0].revision or not there.units:
            return evidence
        first = there.units[0]
    return replace(
        evidence,
        units=(
            first,
            *(unit for unit in evidence.units if unit.span != first.span or unit.document != first.document),
        ),
    )


def _rows(
    retriever: Retriever, question: Question, evidence: Evidence, name: str, year: int
) -> Iterator[Commitment]:
    """The rows that give the indicator's figure as it is asked: aimed at in that year, or reported of it."""
    plan = question.tense == "plan" or (question.tense == "either" and bool(PROMISED.search(question.folded)))
    meant = documents_meant(retriever, question, evidence, year if plan else year + 1)
    kinds = PROMISES if plan else ("report",)
    for kept in retriever.library.commitments(LedgerFilter(documents=meant, kinds=kinds)) if meant else ():
        row = kept.row
        told = Told.of(row).measured
        if told is None or told.name != name or row.metric is None or row.metric.value is None:
            continue
        of_the_year = row.year == year if plan else row.period and {day.year for day in row.period} == {year}
        percent = told.figure.sort == "percent"
        as_asked = not (_CHANGE.search(question.folded) and not percent) and not (
            _LEVEL.search(question.folded) and percent
        )
        if of_the_year and as_asked:
            yield row
