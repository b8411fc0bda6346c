"""Whether a text says what a term means: a definition after it, a list of its members, the phrases that it abbreviates."""

from __future__ import annotations

import re

from assistant import shapes
from assistant.abbreviations import parse, partly_spelled_out, spelled_out
from assistant.evidence import Unit
from assistant.measures import counted
from corpus.text import fold

_EXPLAINING = re.compile(
    r"[”’』」》]?(?:和?“[^”]{2,8}”)*(?:[^，。；]{0,6}[，,]?(?:即|就是|是指|指的是|也就是|包括|主要是)|为(?=[一-鿿])|[^，。；]{0,6}[：:]|[（(]|——|[^，。；]{0,4}[。，](?:所谓|简单[讲说来]|具体[讲说来]|也就是|就是))"
)
_WITH = re.compile(r"[以把将][“《]?$")
"""Before a term that something is done with (以“十张网”为牵引): what follows says what it is for, not what it is."""
_QUOTED = re.compile(r"“([^“”、]+)”")
LONGEST_ITEM = 14  # characters of a thing in a list
_PERIOD = re.compile(r"[一二三四五六七八九十]+")  # 十四五
_OF_ANY_LIST = frozenset("字 方面 问题 环节 领域 部分 条 点 项 件事 任务 措施 重点".split())  # noqa: SIM905


def explains(word: str, text: str) -> bool:
    """Whether `text` says what `word` means: the word, then 即, 就是, 是指, a colon, a bracket or a list."""
    folded = fold(text)
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        said = _EXPLAINING.match(text[end : end + 24])
        if said and not (said.group().endswith("为") and _WITH.search(text[:at])):
            return True
        at = folded.find(word, end)
    return False


def explains_itself(term: str, text: str) -> bool:
    """Whether a sentence alone says what `term` means, or spells out a part of it."""
    return explains(term, text) or partly_spelled_out(parse(term), text) or _listed_before(term, text)


def _listed_before(term: str, text: str) -> bool:
    """Whether just as many things as a term counts stand right before it (电动汽车、锂电池、光伏产品“新三样”)."""
    number = re.search(r"[二三四五六七八九十]", term)
    before, found, _ = fold(text).partition(term)
    if not number or not found:
        return False
    clause = re.split(r"[，,。；;：:]", before.rstrip("“”‘’等 "))[-1]
    items = re.split(r"[、和与]", clause)
    return len(items) == counted(number.group()) and all(2 <= len(item) <= LONGEST_ITEM for item in items)


def explained(term: str, unit: Unit) -> bool:
    """Whether a sentence or its passage says what `term` means, in any of the ways of official prose."""
    text, said = fold(unit.passage.text), fold(unit.text)
    abbreviation = parse(term)
    if abbreviation and (spelled_out(abbreviation, text) or partly_spelled_out(abbreviation, unit.text)):
        return True
    if term not in text:  # mistyped, perhaps
        return bool(abbreviation) and shapes.enumerated(said) >= max(part.count for part in abbreviation)
    if explains(term, unit.passage.text) or itemised(term, text):
        return True
    number = re.match(r"(?P<count>[二三四五六七八九十])(?:个|大|项|条)?(?P<core>.{2,})", term)
    if number and text.replace(term, "").count(_repeated(number.group("core"))) >= counted(
        number.group("count")
    ):
        return True
    count = sum(part.count for part in abbreviation) or 2
    before, _, after = said.partition(term)
    before = before.rstrip("“”‘’等这 ")
    after = "，".join(re.split(r"[，,]", re.split(r"[。；;：:]", after)[0])[:2])
    clause = re.split(r"[，,。；;：:]", before)[-1]
    beside = _QUOTED.findall(clause + re.split(r"[，,]", after)[0])
    if any(is_coined(other) and not _PERIOD.fullmatch(other) for other in beside):
        return False  # among its like (把握“三条线”、力求“三突破”)
    if count > 2 and shapes.enumerated(after) == count:
        return True
    if "、" not in clause and "”“" not in clause:
        return _strung_together(before)
    clause = re.split(r"[。；;：:]", before)[-1]
    return shapes.enumerated(clause) >= count or clause.count("、") + 2 >= max(count, 4)


def _repeated(core: str) -> str:
    """What the members of a counted term repeat of it: of 1亿人, 约1亿农业转移人口 repeats 1亿."""
    figure = re.match(r"\d+(?:[万亿]|%)+", core)
    return figure.group() if figure else core


def itemised(term: str, text: str) -> bool:
    """Whether items follow the term in its passage (…“三个关键”。一是…二是…)."""
    after = text.partition(term)[2]
    return bool(
        re.match(r"[^。；;]{0,12}[。，,：:；;]?[^。；;]{0,8}(?:一是|第一|一要|首先|其一|1[.．、])", after)
    )


def _strung_together(before: str) -> bool:
    """Whether phrases that each begin with a numeral lead to the term without a mark (一河三山防洪五城防涝“1351工程”)."""
    clause = re.split(r"[，,。；;：:、]", before)[-1]
    return len(re.findall(r"[一二三四五六七八九十]\S", clause)) >= 3


def is_coined(term: str) -> bool:
    """Whether a term is made of numbers and words (三本账, 5+n), so that it says nothing by itself."""
    parts = parse(term)
    if len(parts) == 1 and parts[0].core in _OF_ANY_LIST:
        return False
    return (
        bool(parts) or bool(re.search(r"\d|\+", term)) or bool(re.fullmatch(r"[一二三四五六七八九十]+", term))
    )
