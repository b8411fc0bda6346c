"""Why an answer missed: the step on the way from question to answer at which it was lost, and what is wrong in words for the report's reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from evals.measure import plain
from evals.measures import ANSWER_WINDOW, BUDGET, Judgement

ENOUGH = 0.95  # of a wanted quote: a mark of punctuation at its ends may be missing


class Cause(StrEnum):
    """The first step that went wrong, in the order of the way."""

    REFUSAL = "refusal"
    """Answered where nothing answers, or refused although the evidence was there."""
    SCOPE = "scope"
    """Only documents are cited that are not meant."""
    RETRIEVAL = "retrieval"
    """Evidence is not among the passages."""
    CLAUSE_CHOICE = "clause choice"
    """The evidence was there, and other sentences are quoted."""
    COMPOSITION = "composition"
    """All evidence is cited, and yet a fact is missing or something wrong is said."""

    @property
    def label(self) -> str:
        """Its name in Chinese."""
        return _LABELS[self]


_LABELS = {
    Cause.REFUSAL: "拒答判断",
    Cause.SCOPE: "文件范围",
    Cause.RETRIEVAL: "检索",
    Cause.CLAUSE_CHOICE: "选句",
    Cause.COMPOSITION: "组织成文",
}


def cause(judged: Judgement) -> Cause | None:
    """Why the question is not answered correctly; None where it is. Without kept passages, retrieval is not blamed."""
    if judged.correct:
        return None
    if not judged.case.answerable:
        return Cause.REFUSAL
    found = [any(place.supports(want) for place in judged.places) for want in judged.wanted]
    if judged.record.abstained:
        return Cause.RETRIEVAL if judged.searched and not any(found) else Cause.REFUSAL
    if judged.wanted and judged.supported == len(judged.wanted):
        return Cause.COMPOSITION
    cited = {place.document for place in judged.cited if place}
    if judged.wanted and not cited & {want.document for want in judged.wanted}:
        return Cause.SCOPE
    return Cause.RETRIEVAL if judged.searched and not all(found) else Cause.CLAUSE_CHOICE


def causes(judgements: Sequence[Judgement]) -> dict[Cause, int]:
    """How many questions were lost at each step; every step has its entry."""
    counts = Counter(cause(judged) for judged in judgements)
    return {step: counts[step] for step in Cause}


def reasons(judged: Judgement) -> tuple[str, ...]:
    """What is wrong with the answer, the first cause first; empty where nothing is."""
    if not judged.case.answerable:
        return () if judged.record.abstained else ("文件里没有答案，应当拒答，却给出了回答",)
    found = []
    if len(judged.wanted) < len(judged.case.quotes):
        found.append("题目所引的原文在库中找不到：题集有误，或文件没有入库")
    if judged.record.abstained:
        found.append("文件里有答案，却拒答了")
    if not judged.correct and judged.searched:
        found.append(_retrieval(judged))
    found += _answer(judged)
    found += _citations(judged)
    return tuple(found)


def _retrieval(judged: Judgement) -> str:
    """Whether the evidence was there to be answered from."""
    full = sum(share >= ENOUGH for share in judged.evidence)
    if full == len(judged.evidence):
        return f"依据已检索到（前 {BUDGET} 字内），回答没有用好"
    if full or any(judged.evidence):
        return f"依据只检索到一部分（前 {BUDGET} 字内 {full}/{len(judged.evidence)} 处完整）"
    if judged.ranking.reciprocal_rank:
        return f"依据排在第 {round(1 / judged.ranking.reciprocal_rank)} 个片段，落在前 {BUDGET} 字以外"
    return "依据没有检索到"


def _answer(judged: Judgement) -> list[str]:
    """What the answer lacks, and what it should not hold."""
    found = []
    if judged.missing and not judged.record.abstained:
        late = [fact for fact in judged.missing if any(plain(said) in judged.text for said in fact)]
        missing = "、".join(f"“{fact[0]}”" for fact in judged.missing)
        found.append(f"没有答到：{missing}")
        if late:
            found.append(f"其中 {len(late)} 个要点有，但在前 {ANSWER_WINDOW} 字以后")
    if judged.forbidden:
        found.append("出现了错误内容：" + "、".join(f"“{said}”" for said in judged.forbidden))
    return found


def _citations(judged: Judgement) -> list[str]:
    """What is wrong with the citations."""
    found = []
    if any(place is None for place in judged.cited):
        found.append("有引文不见于所引文件")
    elif not all(judged.exact):
        found.append("有引文的起止位置与原文不符")
    if not judged.record.abstained and judged.wanted and judged.supported < len(judged.wanted):
        found.append(f"应引的原文 {len(judged.wanted)} 处，引到 {judged.supported} 处")
    return found
