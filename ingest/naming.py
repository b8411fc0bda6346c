"""The name of what a figure measures, from the words beside it and the indicator said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Span
from ingest.counted import counted_noun, told_apart
from ingest.elided import leaves_out, topic
from ingest.indicators import (
    LONGEST_NAME,
    after_figure,
    before_figure,
    clean,
    is_verb,
    owned,
    starts_with_verb,
)
from ingest.measured import NEW
from ingest.numerals import Figure

_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n]")
_GIVEN = re.compile(r"(?:新增|安排|投入|投放|发放|下达|筹集)$")
_SHARE = re.compile(
    r"^(?P<of>[^占]*)占(?![比地有用道领])(?P<whole>[^占，。；、\d]{0,14}?)"
    r"(?:的?(?:比重|比例|份额)[^，。；、占]{0,8}|(?:的|近|约|超过?|达到?|为|将|已|均|分别|提高|提升|上升|下降|突破|到|至|不低于|不少于|高于|仅|高达)*)$"
)
_APART = re.compile(r"[、和及与]$|确定的$|部署的$")
_STEP = re.compile(r"(?:台阶|大关|关口)$")
_REACHING = frozenset(["惠及", "受益", "参保", "带动", "资助", "救助", "覆盖", "服务", "吸引"])
_OWN_ACTS = frozenset(
    [
        "建成",
        "开工",
        "新开工",
        "投产",
        "竣工",
        "完工",
        "淘汰",
        "关停",
        "废止",
        "修订",
        "退出",
        "改造",
        "培训",
        "取消",
        "下放",
    ]
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a figure stands in.

    raw: the words before it; left: the same without what only leads to it; change: the verb of change said there; right: what follows in its clause.
    """

    text: str
    clause: Span
    figure: Figure
    following: Figure | None
    raw: str
    left: str
    change: str
    right: str


def name_of(setting: Setting, carried: str) -> str:
    """The name of what the figure measures; carried: the indicator before it. "" or a bare change where only that can tell."""
    text, figure, right = setting.text, setting.figure, setting.right
    raw, left = setting.raw, setting.left
    if figure.base in ("%", "‰") and (share := _SHARE.search(raw)):
        of = clean(before_figure(share["of"])[0])
        return (of if len(of) > 1 else "") + f"占{share['whole']}比{'重' if share['whole'] else ''}"
    earlier = text[setting.clause.start : figure.span.start]
    if figure.shape == "rank" and (outer := _PARENTHESIS.search(earlier)):
        outer_words = earlier[: outer.start()]
        outer_words = outer_words[segment(outer_words, 0, len(outer_words)) :].translate(_CAPITALS)
        left, _ = before_figure(_GRADE.sub("", outer_words))
    words = owned(clean(left), topic(carried))
    words = words if len(words) > 1 and not _STEP.search(words) else ""
    if figure.value == "零" and len(figure.said) > 1:
        what = figure.said[1:]
        return words if words.endswith(what) else words + what
    noun = (
        ""
        if figure.shape in ("rank", "word") or figure.said.endswith("覆盖")
        else counted_noun(text, figure, right, setting.following)
    )
    counted = figure.shape == "number" and figure.base is not None and "元" not in figure.base
    if words in _REACHING and (
        people := {"人": "人数", "人次": "人次", "户": "户数", "家": "户数"}.get(figure.base or "")
    ):
        return noun or words + people
    if noun and figure.base == "次" and len(noun) > 3:
        return noun
    if (
        counted
        and noun
        and not starts_with_verb(after_figure(right))
        and (words.endswith("等") or not re.match(r"\s*以[上下内]", right))
    ):
        new = NEW.search(left) and not noun.endswith("新增")
        noun = told_apart(noun, "" if new or is_verb(words) or _APART.search(raw) else words, right)
        return noun + ("新增" if new else "")
    if noun and noun != "资金" and _GIVEN.search(left) and not starts_with_verb(after_figure(right)):
        words = ""
    if len(carried) > 2 and words in _OWN_ACTS:
        return re.sub(r"(?:基本|新)?(?:建成|开工|投产)$", "", topic(carried)) + words
    if noun and words.endswith("惠及"):
        return words + noun if 2 < len(words) <= LONGEST_NAME - len(noun) else noun
    if words and not is_verb(words):
        use = (
            re.match(r"(?:以上|左右)?(用于[^，。；、\d]{1,8})", right) if figure.shape == "percent" else None
        )
        return words + use[1] if use else words
    if (
        figure.base in ("%", "‰", "个百分点", "倍")
        and carried
        and raw.strip()
        and not re.match(r"\s*(?:以上|以下)?的", right)
    ):
        noun = ""
    if noun and not is_verb(noun):
        return noun + ("新增" if NEW.search(left) and not noun.endswith("新增") else "")
    ranked = figure.shape in ("rank", "word")
    if carried:
        if setting.change and leaves_out(carried):
            return ""
        if setting.change or figure.base not in ("%", "‰", "个百分点", "倍", "名", None):
            carried = topic(carried)
        return carried + ("排名" if ranked and not carried.endswith(("排名", "指标")) else "")
    return _earlier(earlier) or words or ("排名" if ranked else "")


_PARENTHESIS = re.compile(r"[（(](?:全[省市国区])?$")
_GRADE = re.compile(
    r"(?:进入|达到|为|获|实现)?(?:全[省市国])?(?:[A-E]级|[A-E]等级?|由[A-E]到[A-E]的突破|第一(?:方阵|梯队)|[A-E]类)$"
)
_CAPITALS = {0xFF21 + n: 0x41 + n for n in range(26)}


def _earlier(before: str) -> str:
    """The indicator in the comma clause before the figure's own, where that holds none."""
    parts = [part for part in _CLAUSE_END.split(before)[:-1] if part.strip()]
    return clean(before_figure(parts[-1])[0]) if parts else ""


def thing(figure: Figure, right: str) -> str:
    """What follows a count, whatever it is, where nothing else names it."""
    noun = after_figure(right) if figure.shape == "number" and figure.base is not None else ""
    noun = re.split(r"[\d\n]", noun)[0]
    return noun if len(noun) > 2 and noun[0] not in "、和及与等" else ""


def segment(text: str, stop: int, start: int) -> int:
    """Where the words that belong to the figure at `start` begin: behind the last mark or figure before it."""
    begin = stop
    for mark in _CLAUSE_END.finditer(text, stop, start):
        begin = mark.end()
    return begin
