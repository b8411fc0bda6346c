"""Refusals for a term that is asked and only named, and for things that are only counted."""

from __future__ import annotations

import re

from assistant import shapes
from assistant.abbreviations import counted_term, spelled_out
from assistant.evidence import LOOKED_AT, Evidence, Unit
from assistant.explaining import explained, explains, explains_itself, is_coined, itemised
from assistant.measures import counted
from assistant.question import Question
from assistant.timing import asks_outcome
from corpus.text import fold

LEAST_COUNTED = 3  # things of which a text that counts them need not name each
MOSTLY_THE_TERM = 0.6  # share of a question's weight from which it asks for the quoted term itself
_ASKS_MEMBERS = re.compile(
    r"提升[啥什]|(?:[一-鿿][啥]、)|是?哪[一二三四五六七八九十两几\d]*[^，。？?]{0,4}[?？]?$|(?:是|指|代表|表示)着?(?:什么|啥|两个什么)|什么(?:意思|内容)|具体(?:查|指|是)什么|怎么理解|提哪|哪.{1,3}哪"
)
_ASKS_WHICH_OF_A_NUMBER = re.compile(
    r"(?:是|指|有|具体)?哪(?P<number>[三四五六七八九十]{1,3}|\d{1,2})(?:个|项|类|大|件|条|张|本|种|方面)?"
)
_ASKS_THEIR_NAMES = re.compile(r"分别(?:是|叫|指|为)|(?:各|都)(?:是|叫)|叫什么|哪[些几]|还有哪|除了")
_ASKS_HOW_IT_WORKS = re.compile(
    r"具体(?:是|要)?(?:怎么|如何|咋)|是?(?:怎么|如何|咋)(?:选|评|运[作转行]|操作|[一-鿿]的)"
)
_COUNTED_THINGS = re.compile(r"(?P<number>[三四五六七八九十]{1,3})(?:大|项)(?=[一-鿿])")
_ASKS_ITS_SORT = re.compile(r"是(?:个|一个|一种|种)?(?:什么|啥)样?的?(?P<sort>[一-鿿]{2,4})[?？]?$")
_IN_QUOTES = re.compile(r"“([^“”]+)”")
_ITEMS = re.compile(r"一是|一要|第一[，,]|（一）|\(一\)")


def only_named(question: Question, unit: Unit) -> str:
    """What a term means or how it works is asked, and neither the sentence nor its passage says it."""
    if question.kind == "measure" and _ASKS_HOW_IT_WORKS.search(question.folded):
        listed = [term for term in question.quoted if _among_its_like(term, fold(unit.text))]
        return f"只提到“{question.as_typed(listed[0])}”，没有具体内容" if listed else ""
    if question.kind not in ("definition", "list", "general", "comparison") or unit.text.rstrip().endswith(
        ("：", ":")
    ):
        return ""
    asked = question.kind == "definition" or _ASKS_MEMBERS.search(question.folded)
    parts = counted_term(question.folded)
    if parts and spelled_out(parts, unit.passage.text):
        return ""
    terms = [term for term in question.quoted if asked and (question.kind == "definition" or is_coined(term))]
    if not terms or any(explained(term, unit) for term in terms):
        return ""
    return f"只提到“{question.as_typed(terms[0])}”这一提法，没有解释它的内容"


def _among_its_like(term: str, text: str) -> bool:
    """Whether a sentence only names a term in a row of its like (重点攻坚机制、督考协同机制、赛场选马机制等)."""
    quoted = rf"[“《]?{re.escape(term)}[”》]?"
    return bool(
        re.search(rf"、{quoted}(?:等|、|和[^，。；;]{{2,12}}等)|{quoted}、[^，。；;]{{2,40}}等", text)
    )


def only_counted(question: Question, unit: Unit) -> str:
    """Things that a text counts (八项行动) and does not name are no answer to which they are."""
    if question.kind not in ("list", "general", "definition", "figure"):
        return ""
    if any(explained(term, unit) for term in question.quoted):
        return ""
    text = fold(unit.passage.text)
    members = max(map(shapes.enumerated, re.split(r"[。；;]", text)))
    for number in _numbers_of_members(question.folded):
        least = counted(number)
        partly = _partly_named(number, text)
        if partly:
            return f"只举了“{partly}”中的几个，没有逐一列出"
        counted_there = re.search(rf"{number}(?:个|项|类|大|件|条|张|本|种|方面)", text)
        if least < LEAST_COUNTED or not counted_there or members >= least - 1 or _ITEMS.search(text):
            continue
        if not itemised(counted_there.group(), text) and not explains(counted_there.group(), text):
            return f"只提到“{counted_there.group()}”，没有逐一列出"
    return ""


def _partly_named(number: str, text: str) -> str:
    """The count of a text that names fewer things than it counts, and says so; "" where none does.

    富硒产业等六大产业、… names one of six: what follows stands beside them.
    """
    for named, count in re.findall(rf"([^，,。；;：:]+)等({number}(?:大|个|项|类|种)[一-鿿]{{2}})", text):
        if len(re.split(r"[、和与]", named)) < counted(number):
            return str(count)
    return ""


def _numbers_of_members(folded: str) -> list[str]:
    """The numbers of things of which a question asks which they are (哪八项; 六大产业有哪些), as printed."""
    found = [match.group("number") for match in _ASKS_WHICH_OF_A_NUMBER.finditer(folded)]
    if _ASKS_THEIR_NAMES.search(folded):
        found += [match.group("number") for match in _COUNTED_THINGS.finditer(folded)]
    return found


def asks_for_a_term_only_named(question: Question, evidence: Evidence) -> str:
    """A question that is hardly more than a quoted term asks what it is, whatever its words; a term only named is no answer."""
    if question.kind not in ("list", "general", "definition") or question.measure or question.premise:
        return ""
    if asks_outcome(question.folded):
        return ""
    sort = _ASKS_ITS_SORT.search(question.folded)
    for quoted in question.quoted:
        others = [
            term
            for term in evidence.terms
            if len(term.word) > 1 and not term.scope and term.word not in quoted
        ]
        whole = (
            sum(term.weight for term in evidence.terms if term.word == quoted)
            + sum(term.weight for term in others)
            or 1.0
        )
        weight = sum(term.weight for term in evidence.terms if term.word == quoted)
        near = evidence.units[:LOOKED_AT]
        if any(fold(unit.text).count(quoted) > 1 for unit in near):
            continue  # words that a sentence repeats are no name of a thing
        words = [word for word in _IN_QUOTES.findall(question.folded) if word != quoted]
        if any(fold(unit.text).count(word) >= max(question.count, 2) for unit in near for word in words):
            continue  # what is asked are things called by another word (三个“最”)
        if any(quoted in fold(unit.passage.text) for unit in near):
            near = tuple(
                unit
                for unit in near
                if quoted in fold(unit.passage.text) or explains_itself(quoted, unit.text)
            )
        said = any(
            explained(quoted, unit)
            or _headed(quoted, unit)
            or (sort and _of_a_sort(quoted, sort.group("sort"), unit))
            for unit in near
        )
        if weight >= MOSTLY_THE_TERM * whole and not said:
            return f"只提到“{question.as_typed(quoted)}”这一提法，没有解释它的内容"
    return ""


def _of_a_sort(term: str, sort: str, unit: Unit) -> bool:
    """Whether a sentence says what sort of thing a term is, where that is asked (是个什么平台: “互联网1+12”监管平台)."""
    return bool(re.search(rf"{re.escape(term)}[”》]?[^，。；;]{{1,20}}{sort}", fold(unit.text)))


def _headed(term: str, unit: Unit) -> bool:
    """Whether a term that says something by itself is the whole of a heading, under which its section follows."""
    heading = re.sub(r"^[（(]?[一二三四五六七八九十\d]+(?:[）)、.．]|[是要])", "", fold(unit.text)).strip(
        " “”。：:"
    )
    return heading == term and not is_coined(term) and len(unit.passage.text) > 2 * len(unit.text)
