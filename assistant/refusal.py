"""Which sentence answers, and when none does: the refusal.

Right topic, but the wrong year, place, measure or a term that is only named: each is a reason of its own, said to the reader
beside the nearest thing that is there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant import measures, shapes
from assistant.abbreviations import counted_term, parse, partly_spelled_out, spelled_out
from assistant.evidence import Evidence, Unit
from assistant.explaining import explains
from assistant.measures import figure_in
from assistant.question import Question, figures_of_a_premise
from assistant.shapes import is_row
from assistant.terms import Term
from assistant.timing import asks_outcome
from corpus.text import clauses, fold

HOPELESS = 0.06  # confidence below which nothing is quoted as an answer
LEAST_AT_ALL = 0.1  # share of the question that some sentence and its surroundings must hold
DOUBTED = 0.3  # confidence below which things that no passage holds keep a question from being answered
CONVINCED = 0.5  # confidence from which what a sentence shares with the question is not asked again
NEAR = 0.72  # share of the best score down to which a sentence may still be the one that answers
NEAR_IN_MEANING = 0.45  # … when a term is asked, which is named in more sentences than explain it
LOOKED_AT = 12
AS_MUCH = 0.7  # share of the best sentence's coverage that another must have to answer in its stead
SEARCHED = 40  # sentences in whose passages a thing that a question names is looked for
HELD = 0.5
HARDLY = (
    0.25  # share of a question that the best sentence holds below which a confident model is not believed
)
ALONE_UNKNOWN = 0.4
MOSTLY_UNKNOWN = 0.6  # share of the weight of a question's things
MOSTLY_THE_TERM = 0.6  # share of a question's weight from which it asks for the quoted term itself
MATTERING = 4  # words of a question that weigh most
LEAST_MATTERING = 0.3  # share of their weight that the passage of an answer holds
_ASKS_MEMBERS = re.compile(
    r"提升[啥什]|(?:[一-鿿][啥]、)|是?哪[一二三四五六七八九十两几\d]*[^，。？?]{0,4}[?？]?$|(?:是|指)(?:什么|啥|两个什么)|什么(?:意思|内容)|具体(?:查|指|是)什么|怎么理解|提哪|哪.{1,3}哪"
)
LEAST_COVERAGE = 0.2  # share of the question's weight below which no sentence answers it
LEAST_FOLLOW_UP_COVERAGE = 0.45  # … of a follow-up with what it leans on
LEAST_FACT_COVERAGE = 0.31  # … when a figure or a day is asked, which stands in any sentence
_PARTICULARS = re.compile(r"名字|姓名|电话|手机号|邮箱|号码|网址|校名|店名")
_GOVERNMENT_REPORT = re.compile(r"政府(?:工作)?报告|国务院(?:的)?报告")
_COUNTED = re.compile(r"(?<![\d.年])\d{2,}(?=[台户家件个名所份条项])")
_GREETS = re.compile(
    r"(?:你好|您好|大家好|早上好|下午好|谢谢|多谢|感谢|再见|好的?|嗯+|哦+|ok|hi|hello|在吗|辛苦了|收到|明白了?|[\s,，。.!！?？~]|[你您]|了|啊|哈)+"
)
_ENTITY = re.compile(
    r"(?:^|[^一-鿿]|年|的|和|与)((?![各全我本这那个几哪县市辖城景园社给对向让为把被跟由从到在])[一-鿿](?![市])[一-鿿](?:[县区]|新区|开发区))(?=局|分局|的|\d|[一-鿿])"
    r"|(?:^|[^一-鿿]|年|的|和|与)((?![各全我本这那个几哪])[一-鿿]{2}(?<![大小城超菜夜集门股上地县副])市)(?=局|的|20\d\d)"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not, in words that follow “资料中没有提到：”; nearest is the closest thing that is there."""

    reason: str
    nearest: Unit | None
    confidence: float


def without_document(question: Question, years: Collection[int]) -> str:
    """A report that the question names by a year of which the library has no report; "" when there is none."""
    if not _GOVERNMENT_REPORT.search(question.folded):
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
        evidence = _explanations_first(question, evidence)
        best = evidence.units[0]
    if evidence.confidence < HOPELESS or max(unit.coverage for unit in evidence.units) < LEAST_AT_ALL:
        return Refusal("没有与问题相符的内容", best, 1.0 - evidence.confidence)
    sure = evidence.confidence >= CONVINCED
    least = HELD if evidence.confidence < DOUBTED else HARDLY
    doubtful = best.coverage < least and not question.quoted
    unknown = _unknown_things(evidence) if doubtful else []
    if unknown:
        return Refusal(f"没有一处说到{'、'.join(f'“{word}”' for word in unknown[:3])}", best, 0.8)
    near = NEAR_IN_MEANING if question.kind == "definition" else NEAR
    counts = [
        count
        for count in _COUNTED.findall(question.folded)
        if any(count in fold(u.text) for u in evidence.units)
    ]
    reasons = []
    unexplained = _asks_for_a_term_only_named(question, evidence)
    for unit in evidence.units[:LOOKED_AT]:
        if unit is not best and unit.score < near * best.score:
            break
        reason = (
            lacking(question, unit)
            or unexplained
            or _other_count(question, counts, unit)
            or _of_another_place(question, unit, places)
            or _of_another_indicator(question, unit, evidence.terms)
        )
        if not reason and not (sure and unit is best):
            reason = (
                _off_topic(question, unit)
                or _beside_the_point(question, unit, evidence.terms)
                or _much_less_to_the_point(question, unit, best)
            )
        if not reason:
            others = tuple(other for other in evidence.units if other is not unit)
            return replace(evidence, units=(unit, *others))
        reasons.append(reason)
    nearest = next((unit for unit in evidence.units[:LOOKED_AT] if not unit.is_title), best)
    return Refusal(reasons[0], nearest, 0.8)


def _unknown_things(evidence: Evidence) -> list[str]:
    """The things that a question names and no passage near it holds, when there are two and they weigh most of it."""
    things = [term for term in evidence.terms if term.noun and not term.scope and len(term.word) > 1]
    texts = [fold(unit.passage.searched) for unit in evidence.units[:SEARCHED]]
    unknown = [term for term in things if not any(term.held(text) >= HELD for text in texts)]
    weight = sum(term.weight for term in unknown)
    least = MOSTLY_UNKNOWN if len(unknown) > 1 else ALONE_UNKNOWN
    known = weight < least * sum(term.weight for term in things)
    return [] if known or not unknown else [term.word for term in unknown]


def _explanations_first(question: Question, evidence: Evidence) -> Evidence:
    """The sentences that say what an asked term means before those that only name it.

    Where documents name the term, one that does not is left out, even if it lists as many things of that kind.
    """
    naming = {
        unit.document
        for unit in evidence.units
        if any(term in fold(unit.passage.text) for term in question.quoted)
    }
    units = [unit for unit in evidence.units if unit.document in naming or not naming]
    if any(explains_itself(term, units[0].text) for term in question.quoted):
        return replace(evidence, units=tuple(units))
    explaining = [
        u for u in units[:LOOKED_AT] if any(explains_itself(term, u.text) for term in question.quoted)
    ]
    explaining.sort(key=lambda unit: (unit.document, unit.span.start))
    rest = [unit for unit in units if unit not in explaining]
    return replace(evidence, units=(*explaining, *rest))


def _much_less_to_the_point(question: Question, unit: Unit, best: Unit) -> str:
    """Where the best sentence does not answer, one that hardly speaks of the same thing does not either."""
    if question.kind == "definition" or unit.coverage >= AS_MUCH * best.coverage:
        return ""
    return "没有与问题相符的内容"


def lacking(question: Question, unit: Unit) -> str:
    """What keeps `unit` from answering `question`; "" when nothing does."""
    return (
        _only_a_title(question, unit)
        or _other_year(question, unit)
        or _other_entity(question, unit)
        or _without_the_particular(question, unit)
        or _only_named(question, unit)
        or _only_counted(question, unit)
        or _without_measure(question, unit)
        or _without_time(question, unit)
        or _only_planned(question, unit)
        or _only_reported(question, unit)
        or _other_period(question, unit)
    )


def _off_topic(question: Question, unit: Unit) -> str:
    if any(spelled_out(parts, unit.text) for term in question.quoted if (parts := parse(term))):
        return ""
    if question.context and question.measure and unit.coverage < LEAST_FOLLOW_UP_COVERAGE:
        return "没有与问题相符的内容"
    least = LEAST_FACT_COVERAGE if question.measure or question.kind == "deadline" else LEAST_COVERAGE
    return "没有与问题相符的内容" if unit.coverage < least else ""


def _of_another_indicator(question: Question, unit: Unit, terms: Sequence[Term]) -> str:
    """Where a sentence names what is asked without a figure, and gives one only of something else (投资提质提效，零售额增长5%)."""
    if not (question.measure and question.numeric and unit.shaped) or question.kind == "deadline":
        return ""
    if is_row(unit.passage.text):
        return ""
    things = [term for term in terms if term.noun and not term.scope and not _OF_ANY_FIGURE.search(term.word)]
    if not things or not any(term.word in fold(unit.text) for term in things):
        return ""
    figure = figure_in(question.measure)
    said = [fold(clause) for clause in clauses_of(unit.text)]
    held = [any(term.held(clause) >= HELD for term in things) for clause in said]
    for at, clause in enumerate(said):
        if not figure.search(clause):
            continue
        beside = any(held[max(at - 1, 0) : at + 2])
        if held[at] or shapes.is_masked(clause) or (beside and not _NAMES_A_THING.search(clause)):
            return ""
    return "没有写明具体数字"


_OF_ANY_FIGURE = re.compile(r"目标|增速|增长|增幅|比例|比重|总量|数量|金额|百分|数字|具体|要求")
_NAMES_A_THING = re.compile(r"(?:总额|总量|生产总值|收入|投资|率|数量|金额|人数|户数|件数|产量|面积|规模)")


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence, as text."""
    return [text[span.start : span.end] for span in clauses(text)]


def _of_another_place(question: Question, unit: Unit, places: Collection[str]) -> str:
    """A figure of the province is not that of one of its cities."""
    around = fold(" ".join([unit.passage.context, unit.text]))
    missing = [place for place in places if place not in around]
    if not missing and question.measure:
        figure = figure_in(question.measure)
        with_figure = [clause for clause in map(fold, clauses_of(unit.text)) if figure.search(clause)]
        missing = [place for place in places if not any(place in clause for clause in with_figure)]
    return f"没有找到{missing[0]}的这项内容" if missing else ""


def _only_a_title(question: Question, unit: Unit) -> str:
    """A document's own title answers what it is called, and nothing else."""
    if not unit.is_title or re.search(r"会|讲话|文件|题|名称|叫", question.folded):
        return ""
    return "没有与问题相符的内容"


def _other_year(question: Question, unit: Unit) -> str:
    if unit.timely or question.named_years:
        return ""
    if question.premise and any(f in fold(unit.text) for f in figures_of_a_premise(question)):
        return ""  # of another year than the question says: the composer shows both
    return f"没有找到{'、'.join(f'{year}年' for year in sorted(question.years))}的这项内容"


def _without_the_particular(question: Question, unit: Unit) -> str:
    """Names and numbers of persons are asked for by word; a sentence without that word does not hold them."""
    for asked in _PARTICULARS.findall(question.folded):
        masked = shapes.MASKED_NAME.search(unit.text) or question.kind != "general"
        named = (asked in ("名字", "姓名") and masked) or (asked == "号码" and shapes.MASK.search(unit.text))
        if asked not in unit.text and not named:
            return f"没有写明{asked}"
    for asked in _ROLES.findall(question.folded):
        if asked not in unit.text and not shapes.MASKED_NAME.search(unit.text):
            return f"没有写明{asked}"
    if _ASKS_A_SECTION.search(question.folded) and not _SECTION_SAID.search(unit.text):
        return "没有写明是哪个科室"
    if _ASKS_A_BODY.search(question.folded) and not _BODY_SAID.search(unit.passage.text):
        return "没有写明由谁负责"
    unnamed = _UNNAMED.search(unit.text) if _ASKS_A_NAME.search(question.folded) else None
    if unnamed and not re.search(r"[“《]", unit.text):
        return f"只写“{unnamed.group()}”，没有写明名称"
    if _ASKS_WHERE.search(question.folded) and not _PLACE_SAID.search(unit.text):
        return "没有写明地点"
    if _ASKS_AN_HOUR.search(question.folded) and not _HOUR_SAID.search(fold(unit.text)):
        return "没有写明几点"
    return ""


def _other_count(question: Question, counts: Sequence[str], unit: Unit) -> str:
    """A count that the question names (116台) and some sentence holds tells the thing asked from others of its kind."""
    if question.premise:
        return ""
    missing = [count for count in counts if count not in fold(unit.passage.text)]
    return f"没有找到{missing[0]}的这项内容" if missing else ""


def _other_entity(question: Question, unit: Unit) -> str:
    around = fold(" ".join([unit.passage.context, unit.text]))
    for entity in map("".join, _ENTITY.findall(question.folded)):
        if entity[:2] not in around:
            return f"没有找到{entity}的这项内容"
    return ""


def _only_named(question: Question, unit: Unit) -> str:
    if question.kind not in ("definition", "list", "general") or unit.text.rstrip().endswith(("：", ":")):
        return ""
    asked = question.kind == "definition" or _ASKS_MEMBERS.search(question.folded)
    counted = counted_term(question.folded)
    if counted and spelled_out(counted, unit.passage.text):
        return ""
    terms = [
        term for term in question.quoted if asked and (question.kind == "definition" or _is_coined(term))
    ]
    if not terms or any(_explained(term, unit) for term in terms):
        return ""
    return f"只提到“{question.as_typed(terms[0])}”这一提法，没有解释它的内容"


def _only_counted(question: Question, unit: Unit) -> str:
    """Things that a text counts (八项行动) and does not name are no answer to which they are."""
    found = _ASKS_WHICH_OF_A_NUMBER.search(question.folded)
    if not found or question.count < 3 or question.kind not in ("list", "general", "definition", "figure"):
        return ""
    if any(_explained(term, unit) for term in question.quoted):
        return ""
    text = fold(unit.passage.text)
    number = found.group("number")
    counted_there = re.search(rf"{number}(?:个|项|类|大|件|条|张|本|种|方面)", text)
    if not counted_there or _itemised(counted_there.group(), text) or explains(counted_there.group(), text):
        return ""
    members = max(map(shapes.enumerated, re.split(r"[。；;]", text)))
    if members >= question.count - 1 or _ITEMS.search(text):
        return ""
    return f"只提到“{counted_there.group()}”，没有逐一列出"


_ASKS_WHICH_OF_A_NUMBER = re.compile(
    r"(?:是|指|有|具体)?哪(?P<number>[三四五六七八九十]{1,3}|\d{1,2})(?:个|项|类|大|件|条|张|本|种|方面)?"
)
_ITEMS = re.compile(r"一是|一要|第一[，,]|（一）|\(一\)")


def _is_coined(term: str) -> bool:
    """Whether a term is made of numbers and words (三本账, 5+n), so that it says nothing by itself."""
    parts = parse(term)
    if len(parts) == 1 and parts[0].core in _OF_ANY_LIST:
        return False
    return (
        bool(parts) or bool(re.search(r"\d|\+", term)) or bool(re.fullmatch(r"[一二三四五六七八九十]+", term))
    )


_OF_ANY_LIST = frozenset("字 方面 问题 环节 领域 部分 条 点 项 件事 任务 措施 重点".split())  # noqa: SIM905


def explains_itself(term: str, text: str) -> bool:
    """Whether a sentence alone says what `term` means, or spells out a part of it."""
    return explains(term, text) or partly_spelled_out(parse(term), text)


def _explained(term: str, unit: Unit) -> bool:
    text, said = fold(unit.passage.text), fold(unit.text)
    abbreviation = parse(term)
    if abbreviation and (spelled_out(abbreviation, text) or partly_spelled_out(abbreviation, unit.text)):
        return True
    if term not in text:  # mistyped, perhaps
        return bool(abbreviation) and shapes.enumerated(said) >= max(part.count for part in abbreviation)
    if explains(term, unit.passage.text) or _itemised(term, text):
        return True
    number = re.match(r"(?P<count>[二三四五六七八九十])(?:个|大|项|条)?(?P<core>.{2,})", term)
    if number and text.replace(term, "").count(number.group("core")) >= measures.counted(
        number.group("count")
    ):
        return True
    count = sum(part.count for part in abbreviation) or 2
    before, _, after = said.partition(term)
    before = before.rstrip("“”‘’等这 ")
    if count > 2 and shapes.enumerated(re.split(r"[。；;：:]", after)[0]) == count:
        return True
    clause = re.split(r"[，,。；;：:]", before)[-1]
    if "、" not in clause and "”“" not in clause:
        return _strung_together(before)
    clause = re.split(r"[。；;：:]", before)[-1]
    return shapes.enumerated(clause) >= count or clause.count("、") + 2 >= max(count, 4)


def _itemised(term: str, text: str) -> bool:
    """Whether items follow the term in its passage (…“三个关键”。一是…二是…)."""
    after = text.partition(term)[2]
    return bool(
        re.match(r"[^。；;]{0,12}[。，,：:；;]?[^。；;]{0,8}(?:一是|第一|一要|首先|其一|1[.．、])", after)
    )


def _strung_together(before: str) -> bool:
    """Whether phrases that each begin with a numeral lead to the term without a mark (一河三山防洪五城防涝“1351工程”)."""
    clause = re.split(r"[，,。；;：:、]", before)[-1]
    return len(re.findall(r"[一二三四五六七八九十]\S", clause)) >= 3


def _without_measure(question: Question, unit: Unit) -> str:
    if not (question.numeric and question.measure) or unit.shaped:
        return ""
    return "没有写明时间" if question.kind == "deadline" else "没有写明具体数字"


def _without_time(question: Question, unit: Unit) -> str:
    if question.kind != "deadline" or question.premise:
        return ""
    folded = fold(unit.text)
    if shapes.VAGUE_TIME.search(folded) or shapes.MASKED_YEAR.search(folded):
        return ""
    grain = next((said for asked, said in _GRAINS if asked.search(question.folded)), shapes.TIME)
    return "" if grain.search(folded) else "没有写明时间"


_GRAINS = (
    (
        re.compile(r"多久(?!一|开|报|查|来|通)|多长时间(?!一|开|报)"),
        re.compile(r"[一二两三四五六七八九十半\dxX*]+(?:年|个月|天|周|个?小时|分钟|季度)|每|[年月季]|长期"),
    ),
    (
        re.compile(r"哪一?天|几号|几日|何日"),
        re.compile(r"\d日|\d号|[xX*]{1,2}日|\d{1,2}月\d|[初末底]前|今天|当[天日]"),
    ),
    (re.compile(r"哪个月|几月|哪月"), re.compile(r"\d月|[xX*]{1,2}月|[年季]底|年末|今天")),
    (
        re.compile(r"哪一?年|几几年"),
        re.compile(r"(?:19|20)\d\d|今年|去年|明年|[xX]{2,4}年|十[三四五]五|当年|年内"),
    ),
    (re.compile(r"季度"), re.compile(r"季")),
)
"""What a question about a day, a month, a year or a quarter must find, finest first."""


def _only_planned(question: Question, unit: Unit) -> str:
    if (
        asks_outcome(question.folded)
        and unit.tense == "plan"
        and not _ASKS_WHETHER_DECIDED.search(question.folded)
    ):
        return "只有要求和目标，没有写完成情况"
    return ""


_ASKS_WHETHER_DECIDED = re.compile(r"(?:定|写|明确|说|规定)(?:了没|了吗)")


def _only_reported(question: Question, unit: Unit) -> str:
    """A target of a year is no figure that the same speech reports of the year before."""
    if question.tense != "plan" or question.kind not in ("target", "figure", "deadline"):
        return ""
    if not (
        question.years or question.named_years or "今年" in question.folded or "下半年" in question.folded
    ):
        return ""
    return "只有已经完成的情况，没有写目标" if unit.tense == "report" else ""


def _other_period(question: Question, unit: Unit) -> str:
    """A figure of the fourth quarter is not that of the third."""
    if question.kind == "deadline" or question.compares:
        return ""
    asked, said = periods(question.folded), periods(fold(unit.text))
    around = fold(" ".join([unit.passage.context, unit.passage.text]))
    if not asked or asked & said or (not said and (not question.numeric or asked & periods(around))):
        return ""
    if not said and not any("季度" in one for one in asked):
        return ""
    return f"没有找到{'、'.join(sorted(asked))}的这项内容"


def periods(folded: str) -> frozenset[str]:
    """The quarters and half-years that folded text names, in one spelling."""
    quarters = {f"{_QUARTERS.get(q, q)}季度" for q in re.findall(r"([一二三四1-4])季度", folded)}
    return frozenset(quarters | set(re.findall(r"[上下]半年|全年", folded)))


_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}
_ROLES = re.compile(
    r"(?:副?组长|联系人|联络员|牵头领导|分管领导|主任|主席|会长|秘书长)(?=(?:分别|各|都)?(?:是|由|叫)?(?:谁|哪位))"
)
_ASKS_A_SECTION = re.compile(r"哪个(?:科室|处室|科|处)|(?:科室|处室)(?:是|为)(?:哪|谁)")
_SECTION_SAID = re.compile(r"[一-鿿＊*xX](?:科|处|室|股|队|中心|办|所)(?![技研学理分级普于在置罚理])")
_ASKS_A_BODY = re.compile(r"哪个(?:部门|厅|单位|委|局)|由谁牵头|谁牵头|哪家单位")
_BODY_SAID = re.compile(
    r"局|厅|委|办公室|办(?=[，、牵负])|科(?![技学研普])|处(?![理罚置于在])|部门|政府|小组|专班|中心|院|协会|单位|大队|支队"
)
_ASKS_A_NAME = re.compile(r"名叫什么|叫什么名|名称是|是哪[家所个]|[校厂店]名")
_UNNAMED = re.compile(r"某[一-鿿]{1,4}")
_ASKS_WHERE = re.compile(r"哪个(?:区|县|镇|街道|园区|会场|地方|村)(?!局|都|各)|何处|什么地方|落户哪")
_PLACE_SAID = re.compile(
    r"[一-鿿xX*＊Ｘｘ](?:省|市|县|区|镇|街道|村|园|基地|中心|会场|厅|馆|楼|路|城|乡|港|湾|州|盟|旗|湖|山|岛)"
)


_ASKS_AN_HOUR = re.compile(r"几点(?:钟|半|[开关上下到出集结举起散])|几时")
_HOUR_SAID = re.compile(r"\d[点时:]|[一二两三四五六七八九十]点[钟半整]|[上下中]午")


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
        "没有与问题相符的内容"
        if len(matter) >= (1 if question.across else 2)
        and held < LEAST_MATTERING * sum(term.weight for term in matter)
        else ""
    )


def _asks_for_a_term_only_named(question: Question, evidence: Evidence) -> str:
    """A question that is hardly more than a quoted term asks what it is, whatever its words; a term only named is no answer."""
    if question.kind not in ("list", "general", "definition") or question.measure or question.premise:
        return ""
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
        if any(quoted in fold(unit.passage.text) for unit in near):
            near = tuple(
                unit
                for unit in near
                if quoted in fold(unit.passage.text) or explains_itself(quoted, unit.text)
            )
        if weight >= MOSTLY_THE_TERM * whole and not any(_explained(quoted, unit) for unit in near):
            return f"只提到“{question.as_typed(quoted)}”这一提法，没有解释它的内容"
    return ""
