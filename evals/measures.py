"""The measures of answers, each with its name: what share of what, judged one question at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from evals.cases import Case
from evals.measure import Measure, Share, plain
from evals.ranking import Ranking
from evals.run import Record
from evals.sources import Place, Sources, covered

ANSWER_WINDOW = 300  # a fact counts within this many characters of the answer, white space and markers apart
BUDGET = 1000  # characters of retrieved passages that count as evidence
MARKER = re.compile(r"\[\d+(?:\s*[,，、]\s*\d+)*\]|【\d+】|〔\d+〕")


@dataclass(frozen=True)
class Judgement:
    """One question, what came back, and where both stand in the sources."""

    case: Case
    record: Record
    wanted: tuple[Place, ...]
    cited: tuple[Place | None, ...]
    exact: tuple[bool, ...]
    ranking: Ranking = field(default_factory=Ranking)

    @classmethod
    def of(cls, case: Case, record: Record | None, sources: Sources) -> Judgement:
        """The judgement on a record; one that is missing counts as an empty answer, not as a refusal."""
        record = record or Record(case.id, case.question, passages=())
        found = (sources.find(quote.document, quote.text) for quote in case.quotes)
        return cls(
            case,
            record,
            tuple(place for place in found if place),
            tuple(sources.find(cited.document, cited.quote) for cited in record.citations),
            tuple(sources.holds(c.document, c.start, c.end, c.quote) for c in record.citations),
        )

    @cached_property
    def text(self) -> str:
        """The answer as it is judged: markers gone, `plain`, whole."""
        return plain(MARKER.sub("", self.record.answer))

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """The facts that the first ANSWER_WINDOW characters do not hold."""
        seen = self.text[:ANSWER_WINDOW]
        return tuple(fact for fact in self.case.facts if not any(plain(said) in seen for said in fact))

    @property
    def forbidden(self) -> tuple[str, ...]:
        """What the first ANSWER_WINDOW characters hold of the case's forbidden strings."""
        seen = self.text[:ANSWER_WINDOW]
        return tuple(said for said in self.case.forbidden if plain(said) in seen)

    @property
    def correct(self) -> bool:
        """Answerable: every fact, nothing forbidden, no refusal. Not answerable: a refusal."""
        if not self.case.answerable:
            return self.record.abstained
        return not self.missing and not self.forbidden and not self.record.abstained

    @property
    def supported(self) -> int:
        """How many of the wanted quotes a citation supports."""
        return sum(any(cited and cited.supports(want) for cited in self.cited) for want in self.wanted)

    @property
    def places(self) -> list[Place]:
        """The passages that were retrieved, best first."""
        return [Place(found.document, found.start, found.end) for found in self.record.passages or ()]

    @property
    def searched(self) -> bool:
        """Whether there are quotes to be found, and the passages were kept."""
        return bool(self.wanted) and self.record.passages is not None

    @cached_property
    def evidence(self) -> tuple[float, ...]:
        """For each wanted quote, the share of it that BUDGET characters of passages hold."""
        return tuple(covered(want, self.places, BUDGET) for want in self.wanted)


def _whether(part: bool, applies: bool = True) -> Share:
    return Share(float(part and applies), float(applies))


def _correct(judged: Judgement) -> Share:
    return _whether(judged.correct)


def _correct_answerable(judged: Judgement) -> Share:
    return _whether(judged.correct, judged.case.answerable)


def _correct_follow_up(judged: Judgement) -> Share:
    return _whether(judged.correct, judged.case.turn > 1)


def _cited_and_correct(judged: Judgement) -> Share:
    return _whether(judged.correct and judged.supported > 0, judged.case.answerable)


def _fact_recall(judged: Judgement) -> Share:
    facts = len(judged.case.facts)
    if not facts:
        return Share(0, 0)
    return Share(0.0 if judged.record.abstained else 1 - len(judged.missing) / facts, 1)


def _citation_recall(judged: Judgement) -> Share:
    if not judged.case.answerable or not judged.wanted:
        return Share(0, 0)
    return Share(judged.supported / len(judged.wanted), 1)


def _citation_precision(judged: Judgement) -> Share:
    if not judged.case.answerable:
        return Share(0, 0)
    if not judged.cited:
        return Share(
            0, 0 if judged.record.abstained else 1
        )  # an answer without a citation has none that is right
    right = sum(cited is not None and any(map(cited.supports, judged.wanted)) for cited in judged.cited)
    return Share(right / len(judged.cited), 1)


def _verbatim(judged: Judgement) -> Share:
    if not judged.cited:
        return Share(0, 0)
    return Share(sum(place is not None for place in judged.cited) / len(judged.cited), 1)


def _exact_span(judged: Judgement) -> Share:
    return Share(sum(judged.exact) / len(judged.exact), 1) if judged.exact else Share(0, 0)


def _refusal_precision(judged: Judgement) -> Share:
    return _whether(not judged.case.answerable, judged.record.abstained)


def _refusal_recall(judged: Judgement) -> Share:
    return _whether(judged.record.abstained, not judged.case.answerable)


def _refusal_f1(judged: Judgement) -> Share:
    said, should = judged.record.abstained, not judged.case.answerable
    return Share(2.0 * (said and should), float(said) + float(should))


def _forbidden(judged: Judgement) -> Share:
    return _whether(bool(judged.forbidden))


def _evidence_recall(judged: Judgement) -> Share:
    return Share(sum(judged.evidence), len(judged.evidence)) if judged.searched else Share(0, 0)


def _mrr(judged: Judgement) -> Share:
    return Share(judged.ranking.reciprocal_rank, 1) if judged.searched else Share(0, 0)


def _ndcg(judged: Judgement) -> Share:
    return Share(judged.ranking.ndcg, 1) if judged.searched else Share(0, 0)


def _length(judged: Judgement) -> Share:
    return Share(len(judged.text), 1) if judged.case.answerable else Share(0, 0)


MEASURES: tuple[Measure[Judgement], ...] = (
    Measure("correct", "正确率", "每个要点都答到、没有错误内容；无据可答的以拒答为正确", _correct),
    Measure("correct_answerable", "正确率（有据可答）", "只看文件里有答案的问题", _correct_answerable),
    Measure("correct_follow_up", "追问正确率", "只看对话的第二轮及以后", _correct_follow_up),
    Measure("cited_and_correct", "正确且有据", "答对，并且至少引到一处应引的原文", _cited_and_correct),
    Measure("fact_recall", "要点召回", f"前 {ANSWER_WINDOW} 字里答到的要点所占比例；拒答计 0", _fact_recall),
    Measure("citation_recall", "引用召回", "应引的原文中，被引用到的比例", _citation_recall),
    Measure("citation_precision", "引用准确", "给出的引用中，引到应引原文的比例", _citation_precision),
    Measure("verbatim", "引文逐字", "引文逐字见于所引文件的比例", _verbatim),
    Measure("exact_span", "引文定位", "起止位置上的文字与引文完全一致的比例", _exact_span),
    Measure("refusal_precision", "拒答准确", "拒答的问题中，确实无据可答的比例", _refusal_precision),
    Measure("refusal_recall", "拒答召回", "无据可答的问题中，拒答了的比例", _refusal_recall),
    Measure("refusal_f1", "拒答 F1", "拒答准确与拒答召回的调和平均", _refusal_f1),
    Measure(
        "forbidden",
        "错误内容",
        "出现了特定错误的回答所占比例（越低越好）",
        _forbidden,
        higher_is_better=False,
    ),
    Measure(
        f"evidence_recall@{BUDGET}", "依据召回", f"检索结果前 {BUDGET} 字盖住应引原文的比例", _evidence_recall
    ),
    Measure("mrr", "首个依据排名", "第一个含依据片段的排名倒数的平均（MRR）", _mrr),
    Measure("ndcg@10", "排序质量", "每条应引原文首次出现位置的 nDCG@10", _ndcg),
    Measure(
        "length",
        "回答长度",
        "有据可答问题的回答字数中位数（越短越好）",
        _length,
        higher_is_better=False,
        gated=False,
        median=True,
    ),
)
