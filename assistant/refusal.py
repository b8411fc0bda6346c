"""Which sentence answers, and when none does: the refusal.

Right topic, but the wrong year, place, measure or a term that is only named: each is a reason of its own, said to the reader
beside the nearest thing that is there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.abbreviations import parse, spelled_out
from assistant.evidence import LOOKED_AT, Evidence, Unit
from assistant.explaining import explains_itself
from assistant.foremost import explanations_first, responsible_first, with_first
from assistant.mismatches import (
    counts_named,
    of_a_superior,
    of_another_indicator,
    of_another_place,
    of_another_sort,
    of_another_thing,
    only_added,
    only_planned,
    only_reported,
    other_count,
    other_entity,
    other_period,
    other_span,
    other_year,
)
from assistant.particulars import without_measure, without_the_particular, without_time
from assistant.problems import admissions_first
from assistant.question import Question
from assistant.terms import HELD, Term
from assistant.unexplained import asks_for_a_term_only_named, only_counted, only_named
from corpus.text import fold

HOPELESS = 0.055  # confidence below which nothing is quoted as an answer
LEAST_AT_ALL = 0.1  # share of the question that some sentence and its surroundings must hold
DOUBTED = 0.2  # confidence below which things that no passage holds keep a question from being answered
CONVINCED = 0.4  # confidence from which what a sentence shares with the question is not asked again
NEAR = 0.72  # share of the best score down to which a sentence may still be the one that answers
NEAR_IN_MEANING = 0.45  # … when a term is asked, which is named in more sentences than explain it
AS_MUCH = 0.7  # share of the best sentence's coverage that another must have to answer in its stead
SEARCHED = 40  # sentences in whose passages a thing that a question names is looked for
HARDLY = (
    0.25  # share of a question that the best sentence holds below which a confident model is not believed
)
MOSTLY_UNKNOWN = 0.6  # share of the weight of a question's things
HALF_UNKNOWN = 0.5  # … where it is one thing
NOTHING_LIKE_IT = "没有与问题相符的内容"
TELLING = 4  # characters of a word that can hardly be said otherwise
MATTERING = 4  # words of a question that weigh most
LEAST_MATTERING = 0.3  # share of their weight that the passage of an answer holds
LEAST_COVERAGE = 0.2  # share of the question's weight below which no sentence answers it
LEAST_FOLLOW_UP_COVERAGE = 0.45  # … of a follow-up with what it leans on
LEAST_FACT_COVERAGE = 0.31  # … when a figure or a day is asked, which stands in any sentence
_GOVERNMENT_REPORT = re.compile(r"政府(?:工作)?报告|国务院(?:的)?报告")
_GREETS = re.compile(
    r"(?:你好|您好|大家好|早上好|下午好|谢谢|多谢|感谢|再见|好的?|嗯+|哦+|ok|hi|hello|在吗|辛苦了|收到|明白了?|[\s,，。.!！?？~]|[你您]|了|啊|哈)+"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, in words that follow “资料中没有提到：”; nearest is the closest thing that is there."""

    reason: str
    nearest: Unit | None
    confidence: float


def without_document(question: Question, years: Collection[int]) -> str:
    """A report that the question names by a year of which the library has no report; "" when there is none."""
    of_a_report = any("报告" in phrase for phrase in question.named_phrases) and len(years) > 0
    if not (of_a_report or _GOVERNMENT_REPORT.search(question.folded)):
        return ""
    missing = sorted(question.named_years - set(years))
    return (
        f"没有{missing[0]}年的政府工作报告" if missing and len(missing) == len(question.named_years) else ""
    )


def judge(question: Question, evidence: Evidence, places: Collection[str] = ()) -> Evidence | Refusal:
    """The evidence with a sentence that answers `question` first, or a refusal when none of those near the best does.

    places: those that the question names and that no document is about.
    """
    if _GREETS.fullmatch(question.folded):
        return Refusal("没有看出要查的事。请直接写要查的工作、指标或提法", None, 1.0)
    if not evidence.units:
        return Refusal("没有与问题相关的内容", None, 1.0)
    best = evidence.units[0]
    if question.kind == "definition":
        evidence = explanations_first(question, evidence)
        best = evidence.units[0]
    if question.kind == "problem":
        evidence = admissions_first(evidence)
        best = evidence.units[0]
    if question.kind == "responsibility":
        evidence = responsible_first(question, evidence)
        best = evidence.units[0]
    if evidence.alone and not _of_another(question, best, places):
        return evidence
    if evidence.confidence < HOPELESS or max(unit.coverage for unit in evidence.units) < LEAST_AT_ALL:
        return Refusal(_nothing_like_it(evidence), best, 1.0 - evidence.confidence)
    sure = evidence.confidence >= CONVINCED
    least = HELD if evidence.confidence < DOUBTED or question.which or question.across else HARDLY
    doubtful = best.coverage < least and not question.quoted
    unknown = _unknown_things(question, evidence) if doubtful else []
    if unknown:
        return Refusal(_nowhere(unknown), best, 0.8)
    near = NEAR_IN_MEANING if question.kind == "definition" else NEAR
    counts = counts_named(question, evidence)
    reasons = []
    unexplained = asks_for_a_term_only_named(question, evidence)
    for unit in evidence.units[:LOOKED_AT]:
        if unit is not best and unit.score < near * best.score:
            break
        reason = (
            _lacking(question, unit)
            or unexplained
            or other_count(question, counts, unit)
            or of_another_place(question, unit, places, evidence.terms)
            or of_a_superior(question, unit)
            or of_another_indicator(question, unit, evidence.terms)
            or of_another_thing(question, unit, evidence.terms)
            or only_added(question, unit)
            or of_another_sort(question, unit, evidence.terms)
        )
        if not reason and not (sure and unit is best):
            reason = (
                _off_topic(question, unit, evidence.terms)
                or _beside_the_point(question, unit, evidence.terms)
                or _much_less_to_the_point(question, unit, best)
            )
        if not reason:
            return with_first(evidence, unit)
        reasons.append(reason)
    nearest = next((unit for unit in evidence.units[:LOOKED_AT] if not unit.is_title), best)
    reason = _nothing_like_it(evidence) if reasons[0] == NOTHING_LIKE_IT else reasons[0]
    return Refusal(reason, nearest, 0.8)


def _of_another(question: Question, unit: Unit, places: Collection[str]) -> str:
    """What makes a sentence one of another place, body or period than is asked, or a plan for what was done; "" when nothing does."""
    return (
        of_another_place(question, unit, places)
        or other_entity(question, unit)
        or of_a_superior(question, unit)
        or other_period(question, unit)
        or only_planned(question, unit)
        or other_span(question, unit)
    )


def _lacking(question: Question, unit: Unit) -> str:
    """What keeps `unit` from answering `question`; "" when nothing does."""
    return (
        _only_a_title(question, unit)
        or other_year(question, unit)
        or other_entity(question, unit)
        or without_the_particular(question, unit)
        or only_named(question, unit)
        or only_counted(question, unit)
        or without_measure(question, unit)
        or without_time(question, unit)
        or only_planned(question, unit)
        or only_reported(question, unit)
        or other_period(question, unit)
        or other_span(question, unit)
    )


def _unknown_things(question: Question, evidence: Evidence) -> list[str]:
    """The things that a question names and no passage near it holds, when they are several and weigh most of it.

    One alone may be the reader's own word for what a document calls otherwise, unless it is a long one and a fact is asked of it.
    """
    unknown, share = _unknown(evidence)
    if len(unknown) == 1 and (len(unknown[0]) < TELLING or not _of_a_fact(question)):
        return []
    return unknown if share >= (MOSTLY_UNKNOWN if len(unknown) > 1 else HALF_UNKNOWN) else []


def _unknown(evidence: Evidence) -> tuple[list[str], float]:
    """The things of a question that no passage near it holds, and their share of the weight of all."""
    things = [term for term in evidence.terms if term.noun and not term.scope and len(term.word) > 1]
    texts = [fold(unit.passage.searched) for unit in evidence.units[:SEARCHED]]
    unknown = [term for term in things if not any(term.held(text) >= HELD for text in texts)]
    share = sum(term.weight for term in unknown) / (sum(term.weight for term in things) or 1.0)
    return [term.word for term in unknown], share


def _nothing_like_it(evidence: Evidence) -> str:
    """Why nothing is near: the things that no passage holds, where they are half of what is asked."""
    unknown, share = _unknown(evidence)
    return _nowhere(unknown) if share >= HALF_UNKNOWN else NOTHING_LIKE_IT


def _nowhere(unknown: Sequence[str]) -> str:
    return f"所查的资料里没有说到{'、'.join(f'“{word}”' for word in unknown[:3])}"


def _of_a_fact(question: Question) -> bool:
    """Whether a question asks for a figure, a day, a body, or which document says something."""
    return bool(
        question.measure
        or question.which
        or question.across
        or question.kind in ("deadline", "responsibility")
    )


def _much_less_to_the_point(question: Question, unit: Unit, best: Unit) -> str:
    """Where the best sentence does not answer, one that hardly speaks of the same thing does not either."""
    if question.kind == "definition" or unit.coverage >= AS_MUCH * best.coverage:
        return ""
    if any(explains_itself(term, unit.text) for term in question.quoted):
        return ""
    return NOTHING_LIKE_IT


def _off_topic(question: Question, unit: Unit, terms: Sequence[Term]) -> str:
    if any(spelled_out(parts, unit.text) for term in question.quoted if (parts := parse(term))):
        return ""
    if question.context and question.measure not in ("", "倍") and unit.coverage < LEAST_FOLLOW_UP_COVERAGE:
        return NOTHING_LIKE_IT
    least = LEAST_FACT_COVERAGE if question.measure or question.kind == "deadline" else LEAST_COVERAGE
    enough = unit.coverage >= least or _share_of_words(unit, terms) >= HELD
    return "" if enough else NOTHING_LIKE_IT


def _share_of_words(unit: Unit, terms: Sequence[Term]) -> float:
    """The share of the question's words that a sentence holds; 在用电梯 and 电梯在用 have all words in common, but not what joins them."""
    folded = fold(unit.text)
    words = [term for term in terms if not term.joint and not term.scope]
    return sum(term.weight * term.held(folded) for term in words) / (
        sum(term.weight for term in words) or 1.0
    )


def _beside_the_point(question: Question, unit: Unit, terms: Sequence[Term]) -> str:
    """For a fact: of the words that matter most, hardly one is said where the figure or day stands."""
    if not (question.measure or question.across or question.kind in ("deadline", "responsibility")):
        return ""
    matter = sorted(
        (term for term in terms if term.noun and not term.scope and len(term.word) > 1),
        key=lambda term: -term.weight,
    )[:MATTERING]
    around = fold(" ".join([*unit.passage.path, unit.passage.text]))
    held = sum(term.weight * term.held(around) for term in matter)
    return (
        NOTHING_LIKE_IT
        if len(matter) >= (1 if question.across else 2)
        and held < LEAST_MATTERING * sum(term.weight for term in matter)
        else ""
    )


def _only_a_title(question: Question, unit: Unit) -> str:
    """A document's own title answers what it is called, and nothing else."""
    if not unit.is_title or re.search(r"会|讲话|文件|题|名称|叫", question.folded):
        return ""
    return NOTHING_LIKE_IT
