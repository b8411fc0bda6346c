"""Refusals for the right topic beside what is asked: another year, period, place, body, count or indicator; a plan for what was done."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant import shapes
from assistant.conversation import OF_ANY_SUBJECT
from assistant.evidence import Evidence, Unit
from assistant.indicator_table import named, wider
from assistant.measures import figure_in, thing_counted
from assistant.question import Question, figures_of_a_premise
from assistant.shapes import is_row
from assistant.terms import HELD, Term
from assistant.timing import asks_outcome, says_several_years, span_asked
from corpus.text import clauses, fold

_ENTITY = re.compile(
    r"(?:^|[^一-鿿]|年|的|和|与)((?![年各全我本这那个几哪县市辖城景园社给对向让为把被跟由从到在])[一-鿿](?![市地社园景城山片牧灾老辖校库矿小厂])[一-鿿](?:[县区]|新区|开发区))(?=局|分局|的|\d|[一-鿿])"
    r"|(?:^|[^一-鿿]|年|的|和|与)((?![各全我本这那个几哪给对向让为把被跟由从到在])[一-鿿]{2}(?<![区县大小城超菜夜集门股上地县副])市)(?=局|的|20\d\d)"
)
_COUNTED = re.compile(r"(?<![\d.年])\d{2,}(?=[台户家件个名所份条项])")
_OF_ANY_FIGURE = re.compile(r"目标|增速|增长|增幅|比例|比重|总量|数量|金额|百分|数字|具体|要求")
_NAMES_A_THING = re.compile(r"(?:总额|总量|生产总值|收入|投资|率|数量|金额|人数|户数|件数|产量|面积|规模)")
_ASKS_WHETHER_DECIDED = re.compile(r"(?:定|写|明确|说|规定|变|改|调整?)(?:了没|了吗)")
_DEMANDED_BY = re.compile(
    r"(?P<who>省局|国家局|总局|省里)(?:20\d\d年?)?(?:[给对向要][^，。？?]{0,8})?(?:要求|下达|规定|[下定]的?)"
)
_DEMANDS = re.compile(r"要求|[提定说讲]|部署|安排|布置|计划|目标")
_ASKS_WHEN_IT_WAS = re.compile(
    r"(?:哪一?年|哪一?天|哪个月|几月|几号|何时|[什啥]么?时候)[^，。？?]{1,10}的[?？]?$"
)
"""“是哪个月举行的”: the cleft with 的 asks when something was, never when it is to be."""
_ASKS_IN_ALL = re.compile(r"一共|总共|共有|总数|总量(?!增)|现有|目前有|累计")
_ADDED = re.compile(r"新增|净增|新[建设认培登]|增加")
_IN_ALL = re.compile(r"总数|总量|累计|共|达到?|超过|突破")
_PERIOD_OF_A_PAPER = re.compile(r"(?:季度|半年)[^，,。？?]{0,8}(?:讲话|讲评|会|报告|通报|总结)")
_BETWEEN = r"(?:评价性?|监督|抽检|抽查|抽样|检验|产品|质量|安全|总体|的)*"
"""What may stand between a thing and a share of it (药品评价性抽检合格率)."""
_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}


def other_year(question: Question, unit: Unit) -> str:
    """A sentence that does not speak of the asked year, unless the question names its document by year."""
    if unit.timely or question.named_years:
        return ""
    if question.premise and any(f in fold(unit.text) for f in figures_of_a_premise(question)):
        return ""  # of another year than the question says: the composer shows both
    return f"没有找到{'、'.join(f'{year}年' for year in sorted(question.years))}的这项内容"


def other_span(question: Question, unit: Unit) -> str:
    """Several years together are asked (2013到2017年一共), and the sentence tells of one."""
    span = span_asked(question.folded)
    around = fold(" ".join([*unit.passage.path, unit.text]))
    if not span or not question.numeric or says_several_years(around):
        return ""
    return f"没有找到{span.strip('“”')}合计的内容"


def other_period(question: Question, unit: Unit) -> str:
    """A figure of the fourth quarter is not that of the third."""
    if question.kind == "deadline" or question.compares:
        return ""
    names_a_paper = _PERIOD_OF_A_PAPER.search(question.folded)
    naming = _periods(fold(unit.passage.context)) if names_a_paper else frozenset[str]()
    asked, said = _periods(question.folded) - naming, _periods(fold(unit.text))
    around = fold(" ".join([unit.passage.context, unit.passage.text]))
    if not asked or asked & said or (not said and (not question.numeric or asked & _periods(around))):
        return ""
    if not said and not any("季度" in one for one in asked):
        return ""
    return f"没有找到{'、'.join(sorted(asked))}的这项内容"


def _periods(folded: str) -> frozenset[str]:
    """The quarters and half-years that folded text names, in one spelling."""
    quarters = {f"{_QUARTERS.get(q, q)}季度" for q in re.findall(r"([一二三四1-4])季度", folded)}
    return frozenset(quarters | set(re.findall(r"[上下]半年|全年", folded)))


def other_entity(question: Question, unit: Unit) -> str:
    """A county or a city that the question names and that stands neither in the sentence nor in what its passage is called."""
    around = fold(" ".join([unit.passage.context, unit.text]))
    for entity in map("".join, _ENTITY.findall(question.folded)):
        if entity[:2] not in around:
            return f"没有找到{entity}的这项内容"
    return ""


def of_another_place(
    question: Question, unit: Unit, places: Collection[str], terms: Sequence[Term] = ()
) -> str:
    """A figure of the province is not that of one of its cities, whatever else of the city the sentence tells."""
    around = fold(" ".join([unit.passage.context, unit.text]))
    missing = [place for place in places if place not in around]
    if not missing and (question.measure or question.kind in ("target", "figure")):
        figure = figure_in(question.measure) if question.measure else shapes.STRONG_FIGURE
        with_figure = [clause for clause in map(fold, _clauses_of(unit.text)) if figure.search(clause)]
        nouns = [term for term in terms if term.noun and not term.scope]
        of_it = [clause for clause in with_figure if any(term.held(clause) >= HELD for term in nouns)]
        with_figure = of_it or with_figure
        called = fold(unit.passage.context)
        missing = [
            place
            for place in places
            if place not in called and not any(place in clause for clause in with_figure)
        ]
    return f"没有找到{missing[0]}的这项内容" if missing else ""


def counts_named(question: Question, evidence: Evidence) -> list[str]:
    """The counts of a question (116台) that stand in some sentence found."""
    return [
        count
        for count in _COUNTED.findall(question.folded)
        if any(count in fold(u.text) for u in evidence.units)
    ]


def other_count(question: Question, counts: Sequence[str], unit: Unit) -> str:
    """A count that the question names (116台) and some sentence holds tells the thing asked from others of its kind."""
    if question.premise:
        return ""
    missing = [count for count in counts if count not in fold(unit.passage.text)]
    return f"没有找到{missing[0]}的这项内容" if missing else ""


def of_another_indicator(question: Question, unit: Unit, terms: Sequence[Term]) -> str:
    """Where a sentence names what is asked without a figure, and gives one only of something else (投资提质提效，零售额增长5%)."""
    if not (question.numeric and unit.shaped) or question.kind == "deadline" or is_row(unit.passage.text):
        return ""
    asked = named(question.text)
    told = named(unit.text)
    if asked and told and not asked & (told | wider(told)):
        return "没有写明具体数字"
    if not question.measure:
        return ""
    things = [term for term in terms if term.noun and not term.scope and not _OF_ANY_FIGURE.search(term.word)]
    if not things or not any(term.word in fold(unit.text) for term in things):
        return ""
    figure = figure_in(question.measure)
    said = [fold(clause) for clause in _clauses_of(unit.text)]
    held = [any(term.held(clause) >= HELD for term in things) for clause in said]
    for at, clause in enumerate(said):
        if not figure.search(clause):
            continue
        beside = any(held[max(at - 1, 0) : at + 2])
        if (
            held[at]
            or asked & named(clause)
            or shapes.is_masked(clause)
            or (beside and not _NAMES_A_THING.search(clause))
        ):
            return ""
    return "没有写明具体数字"


def of_a_superior(question: Question, unit: Unit) -> str:
    """What a superior demands is asked (省局要求各市…), and the sentence, its headings and its document are not of that superior."""
    asked = _DEMANDED_BY.search(question.folded)
    around = fold(" ".join([unit.passage.context, *unit.passage.path, unit.text]))
    if (
        question.premise
        or not asked
        or asked.group("who") in around
        or asked.group("who")[0] + "级" in around
    ):
        return ""
    return f"没有找到{asked.group('who')}的这项要求"


def only_added(question: Question, unit: Unit) -> str:
    """How many there are in all is asked, and the sentence says only how many came to be (新增38家)."""
    if not question.measure or not _ASKS_IN_ALL.search(question.folded):
        return ""
    figure = figure_in(question.measure)
    clauses_said = [fold(clause) for clause in _clauses_of(unit.text)]
    said = [at for at, clause in enumerate(clauses_said) if figure.search(clause)]
    # 新增甲超1.5万家，乙超4500家: what is added is said once
    added = [
        any(_ADDED.search(clause) for clause in clauses_said[: at + 1])
        and not _IN_ALL.search(clauses_said[at])
        for at in said
    ]
    return "只写了新增的数，没有写总数" if said and all(added) else ""


def of_another_thing(question: Question, unit: Unit, terms: Sequence[Term]) -> str:
    """The number of a thing is asked (有几个编制), and neither the sentence nor its headings name it, or what begins alike (案子, 案件)."""
    thing = thing_counted(question.folded)
    words = [term for term in terms if thing.endswith(term.word) and len(term.word) > 1 and not term.joint]
    around = fold(
        " ".join([*unit.passage.path, unit.passage.text if is_row(unit.passage.text) else unit.text])
    )
    if not words or any(term.held(around) > 0 or term.word[0] in around for term in words):
        return ""
    return "没有写明具体数字"


def of_another_sort(question: Question, unit: Unit, terms: Sequence[Term]) -> str:
    """A share of one thing is asked (药品抽检合格率), and the sentence and its headings give it of others only."""
    if question.kind not in ("target", "figure", "status") or question.premise:
        return ""
    around = fold(" ".join([*unit.passage.path, unit.text]))
    if is_row(unit.passage.text):
        around = fold(unit.passage.searched)
    called = fold(unit.passage.context)
    nouns = [
        term
        for term in terms
        if term.noun
        and len(term.word) > 1
        and not (term.scope or term.word in OF_ANY_SUBJECT or term.held(called) >= HELD)
    ]
    for share in (term for term in nouns if term.word.endswith(("率", "满意度")) and term.word in around):
        for thing in nouns:
            beside = re.search(rf"{re.escape(thing.word)}{_BETWEEN}{re.escape(share.word)}", question.folded)
            if thing is not share and beside and thing.held(around) < HELD:
                return f"没有写明{thing.word}的{share.word}"
    return ""


def _clauses_of(text: str) -> list[str]:
    """The clauses of a sentence, as text."""
    return [text[span.start : span.end] for span in clauses(text)]


def only_planned(question: Question, unit: Unit) -> str:
    """What was done is asked, and the sentence only plans."""
    was = _ASKS_WHEN_IT_WAS.search(question.folded) and not _DEMANDS.search(question.folded)
    if (
        (asks_outcome(question.folded) or was)
        and unit.tense == "plan"
        and not _ASKS_WHETHER_DECIDED.search(question.folded)
    ):
        return "只有要求和目标，没有找到完成情况"
    return ""


def only_reported(question: Question, unit: Unit) -> str:
    """A target of a year is no figure that the same speech reports of the year before."""
    if question.tense != "plan" or question.kind not in ("target", "figure", "deadline"):
        return ""
    if not (
        question.years or question.named_years or "今年" in question.folded or "下半年" in question.folded
    ):
        return ""
    return "只有已经完成的情况，没有写目标" if unit.tense == "report" else ""
