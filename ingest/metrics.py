"""The indicators that a clause states: each figure with its name and comparator.

A promise's metric is what its fulfilment can be checked by: 合格率98％以上, 前6名, 新增2万户, 全覆盖, 排名提升. 三张清单 and 六项整治 are
none. A rank's value is the printed number ("6", unit "名"); 更多 and 排名提升 are values without a number.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.commitment import Comparator, Metric
from corpus.document import Span
from ingest.elided import named_after
from ingest.indicators import before_figure, clean, coordinated, shortened
from ingest.measured import comparator_of, is_no_metric
from ingest.naming import Setting, name_of, segment, thing
from ingest.numerals import Figure, figures
from ingest.wordings import WORDINGS, worded

_OVER = re.compile(r"(?:高于|低于|快于|高出)(?:全[国省市]|[^，。；、\d]{2,6})(?:平均水平|平均)?$")
_REACHED = re.compile(
    r"(提高|增加|增长|扩大|上升|提升|降低|下降|减少|压缩|缩短|升|增|降|减)了?(?:到|至|为)[^，。；]{0,12}$"
)
_BOUND = re.compile(r"^(?:[及或]?以[上下内]|左右|余|多)")
_PER = re.compile(r"每(立方米|平方公里|公里|吨|千瓦时|升)(?:不超过|约|为|仅)?$")
_REST = re.compile(r"^[\s]*(?:(?:及|或)?以[上下内]|左右|上下)*(?:安排|的目标|的水平)?(?=[、和及与])")


def metrics(
    text: str, clause: Span, *, promise: bool = True, carried: str | None = None
) -> tuple[Metric, ...]:
    """The measurable indicators that the clause states, in order; () where it states none.

    A report's (promise=False) figures are values reached: comparators say what is printed, "=" where nothing is.
    carried: the indicator of the last metric before this clause in its sentence; a clause that leaves its own out
    (增长5%, 占全国34.5%, 由320元提高到380元) is named after it.
    """
    found = figures(text, clause)
    made: list[tuple[int, Metric]] = []
    _bind(text, clause, found, made, promise, carried or "")
    taken = [(figure.span.start, figure.span.end) for figure in found]
    for wording in WORDINGS.finditer(text, clause.start, clause.end):
        if not any(start < wording.end() and wording.start() < end for start, end in taken):
            made += [
                (wording.start(), metric)
                for metric in worded(
                    text[segment(text, clause.start, wording.start()) : wording.start()], wording
                )
            ]
    return tuple(metric for _, metric in sorted(made, key=lambda pair: pair[0]))


def _bind(
    text: str,
    clause: Span,
    found: tuple[Figure, ...],
    made: list[tuple[int, Metric]],
    promise: bool,
    carried: str,
) -> None:
    stop = clause.start  # where the last bound figure ended
    change = ""
    waiting: list[str] = []  # names of “A、B分别为” whose figures are still to come
    for place, figure in enumerate(found):
        start, end = figure.span.start, figure.span.end
        following = found[place + 1] if place + 1 < len(found) else None
        right = text[end : clause.end]
        here = segment(text, stop, start)
        left = _REST.sub("", text[here:start]) if here == stop and made else text[here:start]
        counted, _, behind = left.partition("、")
        if behind and here == stop and (own := _BOUND.sub("", counted)) and own in carried:
            left = behind  # 3个产业集群、总数达13个: the noun belongs to the figure before it
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
            name = name_of(Setting(text, clause, figure, following, left, name_left, verb, right), carried)
            names = coordinated(name.replace("分别", ""), _run(text, found, place) if "分别" in left else 0)
            if len(names) > 1 and "分别" in left:
                waiting = list(names[1:])
                names = names[:1]
            elif name.startswith(("城乡居民", "城乡低保")) or (
                len(names) > 1
                and not re.search(r"均|都|全部|各|达|为|[四三五两]个", left[-12:] + figure.said)
            ):
                names = (name,)
        if figure.said[1:2] == "个" and figure.shape == "whole":
            names = _listed(text, clause, start, figure) or names
        if change and len(change) > 1:
            names = tuple(n if n.endswith(change) else n + change for n in names if n)
            waiting = [n if n.endswith(change) else n + change for n in waiting]
        if over := _OVER.search(left):
            own = clean(left[: over.start()])
            names, change = ((own if len(own) > 1 else carried) + over[0],), ""
        if not any(names):
            said = change or (reached[1] if (reached := _REACHED.search(left)) else "")
            names = (said or thing(figure, right),)
        names = tuple(shortened(named_after(carried, n)) for n in names if n)
        if not names:
            stop = end
            continue
        comparator = comparator_of(
            figure,
            left,
            change,
            _tail(text, found, place, clause, bool(waiting) or joined),
            promise,
            name_left,
        )
        each = _per(figure, left)
        made += [(start, _metric(n, comparator, each)) for n in names]
        carried = names[-1]
        stop = end


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


def _per(figure: Figure, left: str) -> Figure:
    """The figure with what it is per, where that stands before it: 每立方米30微克."""
    per = _PER.search(left)
    if per is None or figure.base is None or not figure.base.endswith("克") or figure.unit is None:
        return figure
    return replace(figure, unit=f"{figure.unit}/{per[1]}", base=f"{figure.base}/{per[1]}")


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
