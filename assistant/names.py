"""Persons, places, bodies and things that a claim names: those that its quotes do not name are none of its business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from assistant.statements import Source, Text
from corpus.places import place_names

_QUOTED = re.compile(r"[“‘「『\"《]([^“”‘’「」『』\"《》]{1,60})[”’」』\"》]")
_QUOTES = re.compile(r"[“”‘’「」『』\"《》]")
_LATIN = re.compile(r"[a-z][a-z0-9.+_/-]*")
_MASK = re.compile(r"(?<![a-z])x{1,6}(?![a-z])")
_BODY = re.compile(r"[局厅委办科处所院队组]$|办公室$|中心$|公司$|政府$|协会$|学会$|部门$|专班$")
_LEVEL = re.compile(r"(?<![城区县州])(省|市|县|区|国家|总)(市场监|局|政府|委(?![员托]))")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾韦夏付方"
    "白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_NOUN_TAGS = ("n", "vn", "j", "l")
_FRAME = re.compile(  # what an answer may say of a text in its own words
    r"讲话|原文|资料|材料|文件|会议|目标|要求|任务|内容|方面|部分|工作|情况|时间|时限|期限|日期|单位|部门|措施|责任|主体|数量|比例|指标|"
    r"做法|问题|原因|结果|成绩|数字|数值|名称|名次|个数|姓名|领导|总结|部署|安排|意见|对策|说法|后文|前者|后者|年度|牵头|配合|主要|重点"
)


def names_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether all that is quoted, Latin words, places, persons and bodies of a claim are in its quotes or headings."""
    around = [one.words for one in sources]
    bare = [_QUOTES.sub("", text) for text in around]
    names = (*_QUOTED.findall(said.plain), *place_names(said.plain), *proper_names(said.plain))
    latin = _LATIN.findall(_MASK.sub(" ", said.plain))
    return (
        all(any(name in text for text in bare) for name in names)
        and all(any(word in text for text in around) for word in latin)
        and _levels_agree(said.plain, [one.quote.plain for one in sources])
    )


def nouns_agree(said: Text, sources: Sequence[Source]) -> bool:
    """Whether every noun of a claim is in its quotes or headings: 食品抽检 is not 药品抽检. Words about the text may be added."""
    bare = [_QUOTES.sub("", one.words) for one in sources]
    return all(any(noun in text for text in bare) for noun in _nouns(_QUOTES.sub("", said.plain)))


def _levels_agree(text: str, quotes: Sequence[str]) -> bool:
    """Whether no 省局 is told as 县局: a level before a body that the quotes know under another level only."""
    for match in _LEVEL.finditer(text):
        levels = {found[1] for words in quotes for found in _LEVEL.finditer(words) if found[2] == match[2]}
        if levels and match[1] not in levels:
            return False
    return True


def proper_names(text: str) -> tuple[str, ...]:
    """The persons, places and organisations that the segmenter finds in a plain text; a person only by a common surname."""
    found: list[str] = []
    last, kind = "", ""
    for word, tag in words_of(text):
        if kind == "nr" and last in _SURNAMES:
            found.append(last + word)
        elif (tag.startswith("nr") and word[0] in _SURNAMES and len(word) in (2, 3)) or (
            tag.startswith(("ns", "nt")) and len(word) > 1
        ):
            found.append(word)
        elif tag.startswith(("n", "j")) and _BODY.search(word):
            found.append(last + word if len(word) == 1 or kind[:1] == "n" or kind == "vn" else word)
        last, kind = word, tag
    return tuple(found)


def _nouns(text: str) -> Iterator[str]:
    return (word for word, tag in words_of(text) if is_noun(word, tag))


def is_noun(word: str, tag: str) -> bool:
    """Whether a word names a thing of the text, not a part of speaking about it."""
    return tag.startswith(_NOUN_TAGS) and len(word) > 1 and not word.isascii() and not _FRAME.fullmatch(word)


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a plain text with their parts of speech."""
    return tuple(_segmenter().tag(text))


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    import rjieba

    return rjieba.Jieba()
