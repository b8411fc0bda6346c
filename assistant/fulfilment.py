"""What became of a figure that was promised: for questions that ask whether a target was reached, or for both figures.

The promise is found in the ledger of the year asked about, the report by `reconciliation`: of the same body, indicator and time.
A report that cannot be held against the promise is not shown as its outcome, and where a later document may tell it in other
words, nothing is said to be missing: the question goes the way of all others.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from assistant.draft import LONGEST_QUOTE, Draft, Quote, distinct
from assistant.evidence import Evidence
from assistant.indicator_table import asked_of
from assistant.lexicon import simplified
from assistant.promised import (
    CLAUSE_END,
    PART_OF_A_YEAR,
    PROMISED,
    Measured,
    documents_meant,
    followed_up,
    is_of,
    measuring,
    place,
    quote_of,
    said_in,
    widest,
)
from assistant.question import Question, understand
from assistant.reconciliation import Reckoning, pair
from assistant.refusal import Refusal
from assistant.retrieval import Retriever
from corpus.commitment import PROMISES, Commitment
from corpus.document import Span
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from corpus.text import fold, sentences

LEAST_WEIGHT = 5.0  # of what is asked about: 重点 alone is no task
LEAST_SHARE = 0.6  # of the weight of what is asked about, in the promise's words
MOST = 3  # figures of one question
_REACHED = r"(?:完成|实现|达成|兑现|达到|达标|做到|办到|落实)"
_OUTCOME = re.compile(
    rf"{_REACHED}(?:得|了)*(?:没有?(?!写|提|说)|吗|么|怎么样|怎样|如何|情况|率)|(?:是否|有没有|有无)(?:都|已经?|按时|如期|全部)*{_REACHED}|"
    r"实际(?!工作|情况|问题|行动|出发|需要|成效|效果|控制|困难)|(?:最后|最终)(?:是|有)?(?:多少|怎么样|如何)|(?:最后|最终|结果|实际)(?:也|都|真|就)+(?:是|有)?(?:涨|增长?|降|达到|完成|实现)了?|结果(?:呢|如何|怎么?样|是|差|各|[?？]|$)|"
    r"(?:离|距|比)[^，,。？?]{0,8}(?:目标|计划|任务)[^，,。？?]{0,4}差|^还?差了?多少[?？]?$|超额|兑现"
)
_PLAINLY = re.compile(
    rf"{_REACHED}了?(?:没有?|吗|么|没)[?？]?$|(?:完成|落实)(?:得怎么样|情况)(?:如何|怎么样|呢)?[?？]?$"
)
_ASKING = re.compile(
    rf"(?:都|已经?|最后|最终|后来|当年|全年|年底|年初|到底|是否|有没有|按时|如期)*{_REACHED}(?:得|了)*(?:没有?|吗|么|怎么样|怎样|如何|情况|率)?|"
    r"(?:预期|预定|预计|原定|既定|实际|最后|最终|年初|定下?的|定了)(?:的)?(?:目标|任务|指标|结果|增速|水平)?|目标|任务|计划|指标|结果|差(?:了|距)*(?:是)?(?:多少|多大|几)|超额|兑现"
)
_ASKS_THE_PROMISE = re.compile(r"多少|几|什么|分别|各")
_SEVERAL = re.compile(r"(?:多少|几).*(?:多少|几)|[、和与跟及].*(?:各|分别)")
_SAID = re.compile(
    r"(?:没有|未能?|未)(?:如期|全面)?(?:完成|达到|实现)|(?:完成|实现|达到|超过|超额)[^，。；]{0,8}(?:目标|任务|计划)|目标[^，。；]{0,6}(?:完成|实现|达到)"
)
"""A report that says in words what became of a target."""
_VERDICTS = {"met": "达成", "exceeded": "超额达成", "missed": "未达成"}
_EARLY = ("early", "so far")
"""Reasons of a report that was made before the promise was due."""
_FAR = 0.9  # of a figure with 左右: one below is not said to meet it, even where low is good
_OF_PROMISE, _OF_OUTCOME = "目标：", "结果："
_UNREPORTED = "只有要求和目标，没有找到完成情况"


def asks_fulfilment(question: Question) -> bool:
    """Whether a question of one whole year asks what became of a promise."""
    if len(question.years or question.named_years) != 1 or not _OUTCOME.search(question.folded):
        return False
    if PART_OF_A_YEAR.search(_whole(question)):
        return False
    return bool(PROMISED.search(_whole(question)) or _PLAINLY.search(question.folded))


def _whole(question: Question) -> str:
    """What a question says, with what set its subject before it."""
    return "，".join(filter(None, [simplified(fold(question.context)), question.folded]))


def fulfilment(retriever: Retriever, question: Question, evidence: Evidence) -> Draft | Refusal | None:
    """The promise and what a later document reports of it, both quoted; None where the ledger does not surely tell both.

    Where the library has no later document of the body, the promise with a note that says so if it was asked for, too, else
    a refusal. evidence: for the question as asked, from which the documents meant are known.
    """
    if not asks_fulfilment(question):
        return None
    (year,) = question.years or question.named_years
    library = retriever.library
    meant = documents_meant(retriever, question, evidence, year)
    rows = library.commitments(LedgerFilter(documents=meant, kinds=PROMISES, years=(year,))) if meant else ()
    measured = [
        kept
        for kept in rows
        if kept.row.metric and kept.kind_of_document != "ledger" and is_of(kept.row, year)
    ]
    groups = _promises(retriever, question, measured, meant)
    if len(groups) == 1 and _asks_several(question):
        groups = _of_the_sentence(library, groups[0][0], measured)
    if not groups:
        return None
    wanted = LedgerFilter(
        kinds=(*PROMISES, "report"), years=(year, year + 1), documents=tuple(evidence.within or ())
    )
    promises = [kept for group in groups for kept in group]
    reckoned = pair(promises, library.commitments(wanted), rulings=library.rulings())
    of_each = {one.promise.row.identity: one for one in reckoned}
    told = _told([[of_each[kept.row.identity] for kept in group] for group in groups])
    if told:
        return Draft(tuple(distinct([*_quotes(library, told)])), note=_verdicts(told))
    rows_meant = [group[0].row for group in groups]
    if any(followed_up(retriever, row.document, year) for row in rows_meant):
        return None
    if _ASKS_THE_PROMISE.search(question.folded):
        quoted = tuple(quote_of(library, row, row) for row in rows_meant)
        return Draft(quoted, note="（资料中没有找到完成情况）")
    nearest = next(
        (unit for row in rows_meant for unit in evidence.units if said_in(row, unit)),
        None,
    )
    return Refusal(_UNREPORTED, nearest, 0.9) if nearest else None


def _promises(
    retriever: Retriever, question: Question, rows: Sequence[Kept], documents: Sequence[str]
) -> list[list[Kept]]:
    """For each known indicator that a question names, the promises that may be meant, likeliest first; else the one nearest in words."""
    if not rows:
        return []
    known = asked_of(question.folded) or asked_of(question.context)
    subject = question.text if asked_of(question.folded) or not question.context else _whole(question)
    target = understand(_ASKING.sub(" ", subject) + "的目标是多少")
    evidence = retriever.evidence(target, documents=documents)
    if known:
        found: dict[str, list[Measured]] = {}
        for kept, measured in sorted(measuring(rows, known), key=lambda each: place(each[0].row, evidence)):
            found.setdefault(measured.name, []).append((kept, measured))
        return [[kept for kept, _ in widest(retriever, question, group)] for group in found.values()][:MOST]
    terms = [term for term in evidence.terms if not term.scope]
    total = sum(term.weight for term in terms)
    shares = [sum(term.weight * term.held(fold(kept.row.quote)) for term in terms) for kept in rows]
    best = max(range(len(rows)), key=lambda index: shares[index])
    return [] if total < LEAST_WEIGHT or shares[best] < LEAST_SHARE * total else [[rows[best]]]


def _asks_several(question: Question) -> bool:
    """Whether more than one promise is asked for, whatever is asked of the outcome."""
    parts = CLAUSE_END.split(question.folded)
    return bool(_SEVERAL.search("，".join(part for part in parts if not _OUTCOME.search(part))))


def _of_the_sentence(library: Library, promise: Kept, rows: Sequence[Kept]) -> list[list[Kept]]:
    """The promises with a figure that stand in the same sentence, each by itself."""
    document, span = library.document(promise.row.document), promise.row.span
    around = Span(max(0, span.start - LONGEST_QUOTE), min(len(document.text), span.end + LONGEST_QUOTE))
    sentence = next((each for each in sentences(document.text, around) if each.covers(span)), span)
    there = [kept for kept in rows if kept.row.document == document.name and sentence.covers(kept.row.span)]
    return [[kept] for kept in there[:MOST] or [promise]]


def _told(reckoned: Sequence[Sequence[Reckoning]]) -> list[Reckoning]:
    """Of each group the first promise with an outcome, and those whose outcome stands in the very words of another's."""
    told = [next((one for one in group if _tells(one)), None) for group in reckoned]
    reports = [one.report.row for one in told if one and one.report]
    return [
        one
        for sure, group in zip(told, reckoned, strict=True)
        if (
            one := sure
            or next((each for each in group if each.report and _stands_in(each.report.row, reports)), None)
        )
    ]


def _tells(one: Reckoning) -> bool:
    """Whether a report is the outcome of a promise: comparable with it, so far at least, or it says in words what became of it."""
    if one.report is None:
        return False
    if one.reason in _EARLY:
        return _until(one.report.row) != ""
    in_words = one.reason == "words only" and _SAID.search(one.report.row.quote)
    return one.settled in _VERDICTS or bool(in_words)


def _until(report: Commitment) -> str:
    """Up to when a report speaks that was made within the year (截至6月末：); "" where it does not say."""
    end = report.period[1] if report.period else None
    if end is None or (end.month, end.day) == (12, 31):
        return ""
    whole = (end + datetime.timedelta(days=1)).day == 1
    return f"截至{end.month}月末：" if whole else f"截至{end.month}月{end.day}日："


def _stands_in(row: Commitment, others: Sequence[Commitment]) -> bool:
    return any(row.document == other.document and row.span.overlap(other.span) for other in others)


def _quotes(library: Library, reckoned: Sequence[Reckoning]) -> Iterator[Quote]:
    """The promises, then what became of them."""
    for number, one in enumerate(reckoned):
        yield quote_of(library, one.promise.row, one.promise.row, "" if number else _OF_PROMISE)
    for number, one in enumerate(reckoned):
        if one.report is not None:
            label = _until(one.report.row) if one.reason in _EARLY else "" if number else _OF_OUTCOME
            yield quote_of(library, one.report.row, one.promise.row, label)


def _verdicts(reckoned: Sequence[Reckoning]) -> str:
    """What the figures come to, for those of which it can be said; "" for none."""
    told = [
        (one.promise.row, _VERDICTS[one.settled])
        for one in reckoned
        if one.settled in _VERDICTS and one.reason not in _EARLY and not _far_below(one)
    ]
    if not told:
        return ""
    if len(reckoned) == 1:
        return f"（按所引数字：{told[0][1]}）"
    names = "，".join(f"{row.metric.name if row.metric else row.what}{verdict}" for row, verdict in told)
    return f"（按所引数字：{names}）"


def _far_below(one: Reckoning) -> bool:
    """Whether a figure with 左右 is said to be met by one far below it, as for prices, where low is good."""
    promised, got = one.promise.row.metric, one.report.row.metric if one.report else None
    if promised is None or got is None or promised.number is None or got.number is None:
        return False
    return (
        promised.comparator == "about"
        and one.settled != "missed"
        and float(got.number) < _FAR * float(promised.number)
    )
