"""Why a question set cannot be taken, in Chinese. `evals.cases` tells it in English; this table knows it by its words."""

from __future__ import annotations

import re

from ui.words import CHINESE, Language

# The first pattern that is found decides; \1 stands for what its group caught.
_CHINESE: tuple[tuple[str, str], ...] = (
    (r"cannot be read", "文件读不出来"),
    (r"is not UTF-8", "文件不是 UTF-8 编码，请另存为 UTF-8"),
    (r"is not JSON \(.*column (\d+)\)", r"不是合格的 JSON（第\1列附近）"),
    (r"must be a JSON object", "每一行应是一个 JSON 对象"),
    (r'needs an "id"', "缺少编号 id（文字）"),
    (r"the id '(.*)' occurs twice", r"编号“\1”重复"),
    (r"holds no question", "文件里没有题目"),
    (r'"turns" must be', "turns 应是对象的列表，至少一个"),
    (r'needs a "question"', "缺少问题 question（文字，不能为空）"),
    (r'a fact in "facts"', "facts 里有一个要点没有任何写法"),
    (r'needs "facts"', "缺少要点 facts（资料里没有答案的写成空列表）"),
    (r'"(\w+)" must be a list', r"\1 应是列表"),
    (r'"(\w+)" must hold lists', r"\1 应是不为空的文字的列表"),
    (r'each of "quotes"', "quotes 的每一项应写明 doc（文件名）和 text（原文）"),
    (r"is a ledger set", "这是台账题集，这里只评问答题集"),
    (r"holds more than (\d+) questions", r"题目超过\1道，请拆分"),
    (r"is larger than (\d+) MB", r"文件超过 \1 MB，请拆分"),
    (r"one set too many; remove one of (\d+)", r"题集已有\1个，请先删去不用的"),
    (r"is there already", "已有同名的题集，请换一个名字"),
    (r"has a name that cannot be taken", "文件名只能用文字、数字、横线和括号，不超过60字"),
)
_OTHERWISE = "题集读不出来"
_PLACE = re.compile(r"^(?P<file>.*?\.jsonl)(?::(?P<line>\d+))?: ")


def set_reason(said: str, language: Language) -> str:
    """What a QuestionSetError says of a set, for a reader of `language`: the file, the line where there is one, what is wrong."""
    if language != CHINESE:
        return said
    place = _PLACE.match(said)
    rest = said[place.end() :] if place else said
    told = _OTHERWISE
    for pattern, chinese in _CHINESE:
        found = re.search(pattern, rest)
        if found:
            told = found.expand(chinese)
            break
    if not place:
        return told
    line = f"第{place['line']}行" if place["line"] else ""
    return f"{place['file']}{line}：{told}"
