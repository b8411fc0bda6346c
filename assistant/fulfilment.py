"""What became of a figure that was promised: for questions that ask whether a target was reached, or for both figures.

The promise is found in the ledger of the year asked about, the report by `reconciliation`: of the same body, indicator and time.
Where the library holds no such promise there is no draft, and the question goes the way of all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.draft import LONGEST_QUOTE, Draft, Quote, distinct
from assistant.evidence import Evidence
from assistant.indicator_table import asked_of
from assistant.lexicon import simplified
from assistant.question import Question, understand
from assistant.reconciliation import Reckoning, pair
from assistant.refusal import Refusal
from assistant.retrieval import Retriever
from assistant.told import Told
from corpus.commitment import PROMISES, Commitment
from corpus.document import Span
from corpus.errors import StaleCitationError
from corpus.ledger import Kept, LedgerFilter
from corpus.library import Library
from corpus.text import bigrams, fold, sentences

LEAST_WEIGHT = 5.0  # of what is asked about: 重点 alone is no task
LEAST_SHARE = 0.6  # of the weight of what is asked about, in the promise's words
SURE_SHARE = 0.8
CLOSE = 0.05  # documents that are as likely meant as the likeliest
MOST = 3  # figures of one question
_REACHED = r"(?:完成|实现|达成|兑现|达到|达标|做到|办到|落实)"
_OUTCOME = re.compile(
    rf"{_REACHED}(?:得|了)*(?:没有?(?!写|提|说)|吗|么|怎么样|怎样|如何|情况|率)|(?:是否|有没有|有无)(?:都|已经?|按时|如期|全部)*{_REACHED}|"
    r"实际(?!工作|情况|问题|行动|出发|需要|成效|效果|控制|困难)|(?:最后|最终)(?:是|有)?(?:多少|怎么样|如何)|结果(?:呢|如何|怎么?样|是|差|各|[?？]|$)|"
    r"差(?:了|距)*(?:是)?(?:多少|多大|几)|超额|兑现"
)
PROMISED = re.compile(r"目标|任务|计划|预期|预计|指标|原定|定的|定了|年初|承诺")
_PLAINLY = re.compile(
    rf"{_REACHED}了?(?:没有?|吗|么|没)[?？]?$|(?:完成|落实)(?:得怎么样|情况)(?:如何|怎么样|呢)?[?？]?$"
)
_ASKING = re.compile(
    rf"(?:都|已经?|最后|最终|后来|当年|全年|年底|年初|到底|是否|有没有|按时|如期)*{_REACHED}(?:得|了)*(?:没有?|吗|么|怎么样|怎样|如何|情况|率)?|"
    r"(?:预期|预定|预计|原定|既定|实际|最后|最终|年初|定下?的|定了)(?:的)?(?:目标|任务|指标|结果|增速|水平)?|目标|任务|计划|指标|结果|差(?:了|距)*(?:是)?(?:多少|多大|几)|超额|兑现"
)
_ASKS_THE_PROMISE = re.compile(r"多少|几|什么|分别|各")
_SEVERAL = re.compile(r"(?:多少|几).*(?:多少|几)|[、和与跟及].*(?:各|分别)")
_CHANGE = re.compile(r"增长|增速|上涨|涨幅|增幅|提高|增加|提升|下降|降低|减少|降幅")
_PART = re.compile(r"[，,：:。；;！!？?]\s*")
_NUMBER = re.compile(
    r"(?:\d{1,2}[.．、]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|[一二三四五六七八九十]{1,2}[是、])\s*"
)
_VERDICTS = {"met": "达成", "exceeded": "超额达成", "missed": "未达成"}
_OF_PROMISE, _OF_OUTCOME = "目标：", "结果："
_UNREPORTED = "只有要求和目标，没有写完成情况"


def asks_fulfilment(question: Question) -> bool:
    """Whether a question of one year asks what became of a promise."""
    if len(question.years or question.named_years) != 1 or not _OUTCOME.search(question.folded):
        return False
    return bool(PROMISED.search(_whole(question)) or _PLAINLY.search(question.folded))


def _whole(question: Question) -> str:
    """What a question says, with what set its subject before it."""
    return "，".join(filter(None, [simplified(fold(question.context)), question.folded]))


def fulfilment(retriever: Retriever, question: Question, evidence: Evidence) -> Draft | Refusal | None:
    """The promise and what a later document reports of it, both quoted; None where the library holds no such promise.

    Where nothing was reported, the promise with a note that says so if it was asked for, too, else a refusal. evidence: for
    the question as asked, from which the documents meant are known.
    """
    if not asks_fulfilment(question):
        return None
    (year,) = question.years or question.named_years
    library = retriever.library
    meant = documents_meant(retriever, question, evidence, year)
    rows = library.commitments(LedgerFilter(documents=meant, kinds=PROMISES, years=(year,))) if meant else ()
    measured = [kept for kept in rows if kept.row.metric]
    promises, sure = promises_meant(retriever, question, measured, meant)
    if not promises:
        return None
    if len(promises) == 1 and _asks_several(question):
        promises = _of_the_sentence(library, promises[0], measured)
    there = library.commitments(LedgerFilter(kinds=(*PROMISES, "report"), years=(year, year + 1)))
    reckoned = pair(promises, there, rulings=library.rulings())
    if any(one.report for one in reckoned):
        quotes = distinct([*_quotes(library, [one for one in reckoned if one.report])])
        return Draft(tuple(quotes), note=_verdicts(reckoned))
    if not sure:
        return None
    if _ASKS_THE_PROMISE.search(question.folded):
        quoted = tuple(quote_of(library, kept.row, kept.row) for kept in promises)
        return Draft(quoted, note="（资料中没有写完成情况）")
    row = promises[0].row
    nearest = next(
        (unit for unit in evidence.units if unit.document == row.document and unit.span.overlap(row.span)),
        None,
    )
    return Refusal(_UNREPORTED, nearest, 0.9) if nearest else None


def documents_meant(
    retriever: Retriever, question: Question, evidence: Evidence, year: int
) -> tuple[str, ...]:
    """The documents of a year whose promises are likeliest meant: of the place that is named, else among those searched."""
    scoping = retriever.scoping()
    searched = {scored.passage.document for scored in evidence.passages}
    pinned = (
        scoping.named(question)
        if scoping.places_of(question)
        else scoping.pinned(replace(question, named_years=frozenset()))
    )
    of_year = [
        name
        for name, entry in scoping.entries.items()
        if entry.metadata.year and entry.metadata.year.value == year and name in (pinned or searched)
    ]
    best = max((evidence.affinity.get(name, 0.0) for name in of_year), default=0.0)
    return tuple(name for name in of_year if evidence.affinity.get(name, 0.0) >= best - CLOSE)


def promises_meant(
    retriever: Retriever, question: Question, rows: Sequence[Kept], documents: Sequence[str]
) -> tuple[list[Kept], bool]:
    """The promises among some rows that a question is about, and whether they surely are.

    One for each known indicator that it names, else the one whose words hold most of what is asked about. Of several the one
    whose sentence answers best what the target is.
    """
    known = asked_of(question.folded) or asked_of(question.context)
    subject = question.text if asked_of(question.folded) or not question.context else _whole(question)
    target = understand(_ASKING.sub(" ", subject) + "的目标是多少")
    evidence = retriever.evidence(target, documents=documents)

    def place(kept: Kept) -> int:
        span = kept.row.span
        return min(
            (
                number
                for number, unit in enumerate(evidence.units)
                if unit.document == kept.row.document and unit.span.overlap(span)
            ),
            default=len(evidence.units),
        )

    if known:
        found: dict[str, Kept] = {}
        for kept in sorted(rows, key=lambda kept: (kept.kind_of_document == "ledger", place(kept))):
            measured = Told.of(kept.row).measured
            if measured is not None and measured.name in known:
                found.setdefault(measured.name, kept)
        return list(found.values())[:MOST], True
    terms = [term for term in evidence.terms if not term.scope]
    total = sum(term.weight for term in terms)
    shares = [sum(term.weight * term.held(fold(kept.row.quote)) for term in terms) for kept in rows]
    best = max(range(len(rows)), key=lambda index: shares[index], default=None)
    if best is None or total < LEAST_WEIGHT or shares[best] < LEAST_SHARE * total:
        return [], False
    return [rows[best]], shares[best] >= SURE_SHARE * total


def _asks_several(question: Question) -> bool:
    """Whether more than one promise is asked for, whatever is asked of the outcome."""
    parts = _PART.split(question.folded)
    return bool(_SEVERAL.search("，".join(part for part in parts if not _OUTCOME.search(part))))


def _of_the_sentence(library: Library, promise: Kept, rows: Sequence[Kept]) -> list[Kept]:
    """The promises with a figure that stand in the same sentence."""
    document, span = library.document(promise.row.document), promise.row.span
    around = Span(max(0, span.start - LONGEST_QUOTE), min(len(document.text), span.end + LONGEST_QUOTE))
    sentence = next((each for each in sentences(document.text, around) if each.covers(span)), span)
    there = [kept for kept in rows if kept.row.document == document.name and sentence.covers(kept.row.span)]
    return there[:MOST] or [promise]


def _quotes(library: Library, reckoned: Sequence[Reckoning]) -> Iterator[Quote]:
    """The promises, then what became of them."""
    for number, one in enumerate(reckoned):
        yield quote_of(library, one.promise.row, one.promise.row, "" if number else _OF_PROMISE)
    for number, one in enumerate(reckoned):
        if one.report is not None:
            yield quote_of(library, one.report.row, one.promise.row, "" if number else _OF_OUTCOME)


def quote_of(library: Library, row: Commitment, promise: Commitment, label: str = "") -> Quote:
    """The words of a row, with the subject of `promise`'s figure. Raises StaleCitationError when its document was replaced since."""
    document = library.document(row.document)
    if document.revision != row.revision:
        raise StaleCitationError(f"{row.document} was replaced while it was being read; ask again")
    span = _with_its_subject(document.text, row.span, promise)
    number = _NUMBER.match(document.text, span.start, span.end - 1)
    return Quote(document, Span(number.end(), span.end) if number else span, label)


def _with_its_subject(text: str, span: Span, promise: Commitment) -> Span:
    """A row's words with the clauses before them that name what is measured, where they do not themselves (广义货币M2…，增长11.3%)."""
    subject = set(bigrams(_CHANGE.sub(" ", promise.metric.name))) if promise.metric else set()
    begin = span.start
    while subject and not subject & set(bigrams(text[begin : span.end])):
        ends = [end.end() for end in _PART.finditer(text, max(0, begin - LONGEST_QUOTE), begin)]
        if not ends or (ends[-1] == begin and text[begin - 1] not in "，,：:"):
            return span
        ends = [end for end in ends if end < begin]
        if not ends or span.end - ends[-1] > LONGEST_QUOTE:
            return span
        begin = ends[-1]
    return Span(begin, span.end)


def _verdicts(reckoned: Sequence[Reckoning]) -> str:
    """What the figures come to, for those that can be compared; "" where none can."""
    told = [(one.promise.row, _VERDICTS[one.settled]) for one in reckoned if one.settled in _VERDICTS]
    if not told:
        return ""
    if len(reckoned) == 1:
        return f"（按所引数字：{told[0][1]}）"
    names = "，".join(f"{row.metric.name if row.metric else row.what}{verdict}" for row, verdict in told)
    return f"（按所引数字：{names}）"
