"""提法: which of the words that official prose puts in quotation marks are terms of the trade.

Quotes also hold slogans, speech, honours and irony. A term is told by its make (三上门, 一梯一策, 5+N), by the noun that it
names (“铁拳”行动, “五四三”模式), or by coming again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.explaining import is_coined
from corpus.document import Span
from corpus.text import fold

LONGEST = 14  # characters of a term
LONGEST_NUMBERED = 10  # of one that is told by its figures
OFTEN = 3  # times in one document from which words in quotes count as a name
_QUOTE = re.compile(r"“([^“”\n]{2,16})”")
_NAMED = (
    "模式|机制|专项行动|行动|专项整治|专项|工程|制度|工作法|做法|经验|改革|套餐|平台|计划|规划|体系|品牌|原则|理念|战略|"
    "监管|管理|活动|清单|试点|服务|系统|工作室|项目|文化|标准|方案"
)
_BEFORE_NOUN = re.compile(rf"(?:[一-鿿]{{0,2}}?)(?P<noun>{_NAMED})")
_OWN_NOUN = re.compile(
    r"(?:模式|机制|行动|工程|制度|工作法|经验|改革|计划|清单|套餐|救援圈|门诊|问诊周|提升季|突破年|建设年)$"
)
_ONE_EACH = re.compile(r"(?:[一两三双][一-鿿]{1,3}){2,4}")
_IN_STEPS = re.compile(r"[一双两三四五六七八九十][一-鿿]{1,5}(?:、[一双两三四五六七八九十][一-鿿]{1,6})+")
_DOUBLE = re.compile(r"双[一-鿿]{1,4}")
_PERIOD = re.compile(r"(?:十[一二三四五六]|[一二三四五六七八九])五|.*年|.*(?:世纪|时期)")
_NUMBER = re.compile(r"\d+[个项条件].*|[\d.,+\-%％一二三四五六七八九十百千万a-z]+")
_FOOTNOTE = re.compile(r"[\[［〔]\d+[\]］〕]$")
_NUMERALS = re.compile(r"[一二三四五六七八九]{3,6}|\d{3,4}")  # 五四三, 1351
_OF_NUMERALS = ("模式", "机制", "工程", "工作法", "行动", "体系", "计划", "战略")
_SPOKEN = re.compile(
    r"[，。！？,!?…；：]|怎么|什么|不是|就是|都是|如何|我们|他们|自己|大家|[了吗呢吧]$|^[要把让对为在是有不]"
)
_MASKED = re.compile(r"[*＊×○〇]|(?<![a-z])x{2,}", re.IGNORECASE)
_HONOUR_BEFORE = re.compile(
    r"(?:荣?获评?|评为|授予|荣膺|命名为|认定为|入选|夺得|称为是?)[^，。；”]{0,20}(?:“[^”]*”[、和]?)*$"
)
_HONOUR_AFTER = re.compile(
    r"(?:“[^”]*”|[、和及等]){0,8}等?[^，。；“]{0,4}(?:称号|荣誉|奖项|奖$|奖[，。；]|先进)"
)
_SPEECH_BEFORE = re.compile(r"(?:说|讲|问|指出|强调|常言道|俗话|道|喊|写着)[：:，,]?$")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: folded, and where they stand, without the marks.

    noun: what they name, as the text calls it right after (行动, 模式), "" where it calls it nothing; near: such a word follows a
    character or two later. honour: a title or prize, or somebody's words.
    """

    words: str
    span: Span
    noun: str
    near: bool
    honour: bool

    @property
    def is_made(self) -> bool:
        """Whether the words themselves show a coinage."""
        return is_made(self.words)


def quoted(text: str) -> Iterator[Quoted]:
    """All that could be a term of the trade in a document's text, in order: short words in quotation marks."""
    for match in _QUOTE.finditer(text):
        printed = _FOOTNOTE.sub("", match.group(1))
        words = fold(printed)
        if len(words) < 2 or len(words) > LONGEST or _SPOKEN.search(words) or _MASKED.search(words):
            continue
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
        noun = _BEFORE_NOUN.match(after)
        honour = bool(
            _HONOUR_BEFORE.search(before) or _HONOUR_AFTER.match(after) or _SPEECH_BEFORE.search(before)
        )
        yield Quoted(
            words,
            Span(match.start(1), match.start(1) + len(printed)),
            noun.group("noun") if noun and noun.start("noun") == 0 else "",
            noun is not None,
            honour,
        )


def is_made(words: str) -> bool:
    """Whether words are made as terms are: numbers with words (三上门), one of each (一梯一策), steps (双随机、一公开), a double (双百).

    >>> [is_made(each) for each in ("三上门", "一梯一策", "双随机、一公开", "十四五", "一把手")]
    [True, True, True, False, False]
    """
    if _PERIOD.fullmatch(words) or _NUMBER.fullmatch(words):
        return words.count("+") > 0
    return (
        (is_coined(words) and len(words) <= LONGEST_NUMBERED)
        or bool(_ONE_EACH.fullmatch(words) and len(words) <= LONGEST_NUMBERED)
        or bool(_IN_STEPS.fullmatch(words))
        or bool(_DOUBLE.fullmatch(words))
    )


def names_a_thing(words: str) -> bool:
    """Whether the words end with what they name (双百工程, 小满工作法)."""
    return bool(_OWN_NOUN.search(words)) and not _PERIOD.fullmatch(words)


def stem(words: str) -> str:
    """A name without the noun at its end (铁拳行动 → 铁拳); the words themselves where hardly anything would be left."""
    bare = re.sub(rf"(?:{_NAMED})$", "", words)
    return bare if len(bare) >= 2 else words


def is_term(found: list[Quoted], documents: int) -> bool:
    """Whether words that stand in quotes at these places, in so many documents, are a term of the trade."""
    words = found[0].words
    plain = [each for each in found if not each.honour]
    if not plain:
        return False
    if found[0].is_made or names_a_thing(words):
        return True
    if _NUMERALS.fullmatch(words):
        return any(each.noun in _OF_NUMERALS for each in plain)
    if _PERIOD.fullmatch(words) or _NUMBER.fullmatch(words) or "、" in words:
        return False
    if any(each.near for each in plain):
        return True
    return len(words) >= 3 and (documents > 1 or len(plain) >= OFTEN)
