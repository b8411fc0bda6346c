"""The sentence that measures what is asked, by the ledger: 海洋生产总值 is no GDP, however many words a question shares with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.draft import LONGEST_QUOTE, searched
from assistant.evidence import LOOKED_AT, Evidence, Unit
from assistant.indicator_table import table
from assistant.lexicon import simplified
from assistant.promised import (
    PART_OF_A_YEAR,
    aims,
    documents_meant,
    is_of,
    measuring,
    said_in,
    widest,
)
from assistant.question import Question, figures_of_a_premise
from assistant.retrieval import Retriever
from corpus.commitment import PROMISES, Commitment
from corpus.ledger import LedgerFilter
from corpus.places import place_names
from corpus.text import fold, squeeze

MEASURED = 0.9  # confidence in a sentence of which the ledger tells that it gives the figure asked
_BEFORE = re.compile(r"(?:^|[年的，,、：:和与及省市区国县州\d\s]|地区|我们|经济)$")
_AFTER = re.compile(
    r"^(?:的)?(?:比重|占比|贡献|用水|排放|排名|位次|排位|第几|在全[国省]|总量在|超过哪|(?:增速|增幅|增长)?(?:排|居|列)|里|中)"
)
_CHANGE = re.compile(r"增长|增速|增幅|涨|上升|提高|增加|下降|降低|减少|百分")
_LEVEL = re.compile(r"总量|总额|达到多少|多少[万亿]|是多少[万亿元]")


def asked_indicator(question: Question) -> str:
    """The one known indicator that a question asks a figure of; "" where it names none, several, or something of it (占GDP的比重)."""
    if question.kind not in ("target", "figure", "status", "comparison") or figures_of_a_premise(question):
        return ""
    groups, pattern, _ = table()
    text = _without_places(question.folded)
    hits = [*pattern.finditer(text)]
    if not hits and question.context:  # 今年想增多少, of what a part before names
        text = _without_places(simplified(fold(question.context)))
        hits = [*pattern.finditer(text)]
    if len({groups[hit.group()].name for hit in hits}) != 1:
        return ""
    (hit, *_) = hits
    plain = _BEFORE.search(text[: hit.start()]) and not _AFTER.match(text[hit.end() :])
    return groups[hit.group()].name if plain else ""


def _without_places(folded: str) -> str:
    """Folded text without known places, which stand right before an indicator (新疆外贸进出口)."""
    for place in dict.fromkeys(place_names(folded)):
        folded = folded.replace(place, "")
    return squeeze(folded)


def measured_first(retriever: Retriever, question: Question, evidence: Evidence) -> Evidence:
    """The evidence with the sentence first that gives the asked indicator's figure for the asked year, where the ledger has such a row.

    The evidence as it is where its first sentence is such a one; where the ledger has none, without the sentences that
    report the indicator of another year.
    """
    name = asked_indicator(question)
    years = question.years or question.named_years
    if not name or len(years) != 1 or PART_OF_A_YEAR.search(question.folded):
        return evidence
    (year,) = years
    rows = [*_rows(retriever, question, evidence, name, year)]
    if not rows:
        # 2025年呢 after a result may well mean what is aimed at; a year that names a report is not that of its figures
        stays = aims(question) or question.context or not question.years
        return evidence if stays else _without_other_years(retriever, evidence, name, year)
    first = next((unit for unit in evidence.units if _row_in(unit, rows)), None)
    if first is None:
        there = retriever.within(question, searched(retriever.library, rows[0]), rows[0].span)
        if not there.units:
            return evidence
        first = there.units[0]
    row = _row_in(first, rows)
    others = (unit for unit in evidence.units if (unit.document, unit.span) != (first.document, first.span))
    if row is not None and len(first.span) > LONGEST_QUOTE:
        # Of a long sentence those clauses are quoted that hold most of the question's words, and they may measure other things.
        first = replace(first, span=row.span, text=row.quote)
    sure = max(evidence.confidence, MEASURED)
    return replace(evidence, units=(first, *others), confidence=sure, alone=True)


def _row_in(unit: Unit, rows: Sequence[Commitment]) -> Commitment | None:
    return next((row for row in rows if said_in(row, unit)), None)


def _rows(
    retriever: Retriever, question: Question, evidence: Evidence, name: str, year: int
) -> Iterator[Commitment]:
    """The rows that give the indicator's figure as it is asked: aimed at in that year, or reported of it."""
    plan = aims(question)
    meant = documents_meant(retriever, question, evidence, year if plan else year + 1)
    wanted = LedgerFilter(documents=meant, kinds=PROMISES if plan else ("report",))
    there = measuring(retriever.library.commitments(wanted) if meant else (), [name])
    for kept, told in widest(retriever, question, there):
        percent = told.figure.sort == "percent"
        as_asked = not (_CHANGE.search(question.folded) and not percent) and not (
            _LEVEL.search(question.folded) and percent
        )
        metric = kept.row.metric
        if metric is not None and metric.value is not None and is_of(kept.row, year) and as_asked:
            yield kept.row


def _without_other_years(retriever: Retriever, evidence: Evidence, name: str, year: int) -> Evidence:
    """The evidence without sentences, among the best, that report the indicator of a whole year, and not of this one."""
    top = evidence.units[:LOOKED_AT]
    documents = tuple(dict.fromkeys(unit.document for unit in top))
    wanted = LedgerFilter(documents=documents, kinds=("report",))
    reported = measuring(retriever.library.commitments(wanted) if documents else (), [name])
    rows = [(kept.row, kept.row.period[1].year) for kept, _ in reported if kept.row.period]

    def elsewhen(unit: Unit) -> bool:
        years = {last for row, last in rows if said_in(row, unit) and is_of(row, last)}
        return bool(years) and year not in years

    return replace(
        evidence, units=tuple(unit for unit in evidence.units if unit not in top or not elsewhen(unit))
    )
