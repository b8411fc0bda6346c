"""The indicators that a clause states: each figure with its name and comparator.

A promise's metric is what its fulfilment can be checked by: 合格率98％以上, 前6名, 新增2万户, 全覆盖, 排名提升. 三张清单 and 六项整治 are
none. A rank's value is the printed number ("6", unit "名"); 更多 and 排名提升 are values without a number.
"""

from __future__ import annotations

import re

from corpus.commitment import Comparator, Metric
from corpus.document import Span
from ingest.indicators import (
    after_figure,
    before_figure,
    clean,
    coordinated,
    is_verb,
    owned,
    shortened,
    starts_with_verb,
)
from ingest.measured import NEW, comparator_of, is_no_metric
from ingest.numerals import Figure, figures
from ingest.wordings import WORDINGS, worded

_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n]")
_GIVEN = re.compile(r"(?:新增|安排|投入|投放|发放|下达|筹集)$")
_OVER = re.compile(r"(?:高于|低于|快于|高出)(?:全[国省市]|[^，。；、\d]{2,6})(?:平均水平|平均)?$")
_REST = re.compile(r"^[\s]*(?:(?:及|或)?以[上下内]|左右|上下)*(?:安排|的目标|的水平)?(?=[、和及与])")


def metrics(text: str, clause: Span, *, promise: bool = True) -> tuple[Metric, ...]:
    """The measurable indicators that the clause states, in order; () where it states none.

    A report's (promise=False) figures are values reached: comparators say what is printed, "=" where nothing is.
    """
    found = figures(text, clause)
    made: list[tuple[int, Metric]] = []
    _bind(text, clause, found, made, promise)
    taken = [(figure.span.start, figure.span.end) for figure in found]
    for wording in WORDINGS.finditer(text, clause.start, clause.end):
        if not any(start < wording.end() and wording.start() < end for start, end in taken):
            made += [
                (wording.start(), metric)
                for metric in worded(
                    text[_segment(text, clause.start, wording.start()) : wording.start()], wording
                )
            ]
    return tuple(metric for _, metric in sorted(made, key=lambda pair: pair[0]))


def _bind(
    text: str, clause: Span, found: tuple[Figure, ...], made: list[tuple[int, Metric]], promise: bool
) -> None:
    stop = clause.start  # where the last bound figure ended
    carried = change = ""
    waiting: list[str] = []  # names of “A、B分别为” whose figures are still to come
    for place, figure in enumerate(found):
        start, end = figure.span.start, figure.span.end
        following = found[place + 1] if place + 1 < len(found) else None
        right = text[end : clause.end]
        here = _segment(text, stop, start)
        left = _REST.sub("", text[here:start]) if here == stop and made else text[here:start]
        if is_no_metric(text, figure, following, left, right, promise):
            continue
        if figure.shape == "whole" and left.count("“") > left.count("”"):
            left = left[: left.rfind("“")]  # “六大提升、全面覆盖”
        name_left, verb = before_figure(left)
        joined = re.fullmatch(r"\s*[、和及与]\s*(?:达到?|为)?", left) is not None
        if waiting and joined:
            names: tuple[str, ...] = (waiting.pop(0),)
        else:
            waiting, change = [], verb
            name = _name(text, clause, figure, name_left, right, carried, following)
            names = coordinated(name, _run(text, found, place) if "分别" in left else 0)
            if len(names) > 1 and "分别" in left:
                waiting = list(names[1:])
                names = names[:1]
            elif name.startswith("城乡居民") or (
                len(names) > 1
                and not re.search(r"均|都|全部|各|达|为|[四三五两]个", left[-12:] + figure.said)
            ):
                names = (name,)
        if figure.said[1:2] == "个" and figure.shape == "whole":
            names = _listed(text, clause, start, figure) or names
        if change and len(change) > 1:
            names = tuple(n if n.endswith(change) else n + change for n in names if n)
            waiting = [n if n.endswith(change) else n + change for n in waiting]
        if carried and (over := _OVER.search(left)):
            names, change = (carried + over[0],), ""
        names = tuple(shortened(n) for n in names if n) or ((change,) if change else ())
        if not names:
            continue
        comparator = comparator_of(
            figure,
            left,
            change,
            _tail(text, found, place, clause, bool(waiting) or joined),
            promise,
            name_left,
        )
        made += [(start, _metric(n, comparator, figure)) for n in names]
        carried = names[-1]
        stop = end


def _segment(text: str, stop: int, start: int) -> int:
    """Where the words that belong to the figure at `start` begin: behind the last mark or figure before it."""
    begin = stop
    for mark in _CLAUSE_END.finditer(text, stop, start):
        begin = mark.end()
    return begin


def _run(text: str, found: tuple[Figure, ...], place: int) -> int:
    """How many figures from `place` on are joined by 、 or 和: of 5%、6%和7%以内 there are three."""
    count = 1
    while place + count < len(found):
        before, after = found[place + count - 1], found[place + count]
        if not re.fullmatch(r"\s*[、和及与]\s*", text[before.span.end : after.span.start]):
            break
        count += 1
    return count


def _tail(text: str, found: tuple[Figure, ...], place: int, clause: Span, shared: bool) -> str:
    """What follows the figure; of figures that share what follows (分别控制在5%和3%以内) what follows the last."""
    last = place + (_run(text, found, place) - 1 if shared else 0)
    return text[found[last].span.end : clause.end]


def _name(
    text: str,
    clause: Span,
    figure: Figure,
    left: str,
    right: str,
    carried: str,
    following: Figure | None,
) -> str:
    earlier = text[clause.start : figure.span.start]
    if figure.shape == "rank" and (outer := _PARENTHESIS.search(earlier)):
        outer_words = earlier[: outer.start()]
        outer_words = outer_words[_segment(outer_words, 0, len(outer_words)) :].translate(_CAPITALS)
        left, _ = before_figure(_GRADE.sub("", outer_words))
    words = owned(clean(left), carried)
    if figure.value == "零" and len(figure.said) > 1:
        what = figure.said[1:]
        return words if words.endswith(what) else words + what
    noun = (
        ""
        if figure.shape in ("rank", "word") or figure.said.endswith("覆盖")
        else _counted_noun(text, figure, right, following)
    )
    counted = figure.shape == "number" and figure.base is not None and not figure.base.endswith("元")
    if (
        counted
        and len(noun) >= 2
        and not starts_with_verb(after_figure(right))
        and not re.match(r"\s*以[上下内]", right)
    ):
        new = NEW.search(left) and not noun.endswith("新增")
        return noun + ("新增" if new else "")
    if noun and _GIVEN.search(left) and not starts_with_verb(after_figure(right)):
        words = ""
    if words and not is_verb(words):
        use = (
            re.match(r"(?:以上|左右)?(用于[^，。；、\d]{1,8})", right) if figure.shape == "percent" else None
        )
        return words + use[1] if use else words
    if (
        figure.base in ("%", "‰", "个百分点", "倍")
        and carried
        and not re.match(r"\s*(?:以上|以下)?的", right)
    ):
        noun = ""
    if noun and not is_verb(noun):
        return noun + ("新增" if NEW.search(left) and not noun.endswith("新增") else "")
    ranked = figure.shape in ("rank", "word")
    if carried:
        return carried + ("排名" if ranked and not carried.endswith(("排名", "指标")) else "")
    return _earlier(earlier) or words or ("排名" if ranked else "")


def _counted_noun(text: str, figure: Figure, right: str, following: Figure | None) -> str:
    """The noun after the figure, up to the next figure; in 11个国家级、10个省级试点 the first is 国家级试点."""
    between = right[: following.span.start - figure.span.end] if following else right
    noun = clean(after_figure(between))
    if following and noun.endswith("级") and between == noun + "、":
        whole = re.match(r".{1,3}级(.+)", after_figure(text[following.span.end :][:40]))
        noun += whole[1] if whole else ""
    return noun


_PARENTHESIS = re.compile(r"[（(](?:全[省市国区])?$")
_GRADE = re.compile(
    r"(?:进入|达到|为|获|实现)?(?:全[省市国])?(?:[A-E]级|[A-E]等级?|由[A-E]到[A-E]的突破|第一(?:方阵|梯队)|[A-E]类)$"
)
_CAPITALS = {0xFF21 + n: 0x41 + n for n in range(26)}


def _earlier(before: str) -> str:
    """The indicator in the comma clause before the figure's own, where that holds none."""
    parts = [part for part in _CLAUSE_END.split(before)[:-1] if part.strip()]
    return clean(before_figure(parts[-1])[0]) if parts else ""


def _listed(text: str, clause: Span, start: int, figure: Figure) -> tuple[str, ...]:
    """The indicators enumerated before “四个100％”, when there are as many."""
    wanted = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}.get(figure.said[0], 0)
    before = text[clause.start : start]
    before = re.split(r"[。；：:]", before)[-1]
    parts = [clean(part) for part in re.split(r"[、，,和及]", before.rstrip("等"))]
    parts = [part for part in parts if part][-wanted:] if wanted else []
    return (
        tuple(parts)
        if len(parts) == wanted and all(re.search(r"[率度量数比]$", part) for part in parts)
        else ()
    )


def _metric(name: str, comparator: Comparator, figure: Figure) -> Metric:
    return Metric(
        name,
        comparator,
        figure.value,
        figure.unit,
        figure.masked,
        figure.upper,
        figure.number,
        figure.upper_number,
        figure.base,
    )
