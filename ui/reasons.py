"""Why a file was not taken in, in Chinese. The readers give their reasons in English; this table knows them by their words."""

from __future__ import annotations

import re

from ui.words import CHINESE, Language

# The first pattern that is found decides; \1 stands for what its group caught.
_CHINESE: tuple[tuple[str, str], ...] = (
    (r"has the same content as (.+), which failed", r"与未能入库的“\1”内容相同"),
    (r"has the same content as (.+)", r"与资料库里的“\1”内容相同"),
    (r"the name is taken", "已有别的资料用了这个文件名，请改名后再传"),
    (r"took the place of", "取代了原来的同名资料"),
    (r"^is empty", "文件是空的"),
    (r"password|encrypted", "文件有密码，请另存一份不加密的再上传"),
    (r"zip bomb|far more than", "文件解压后异常庞大，不予接收"),
    (r"XML entities", "文件含有不应有的内容，不予接收"),
    (r"damaged|cut off|broken|breaks off", "文件损坏或不完整，请换一份完整的"),
    (r"(?:binary|control characters|no writing has|true file ending).*", "文件内容不是文字，或与后缀不符"),
    (r"save it as (\.?\w+)", r"请另存为 \1 格式再上传"),
    (r"\bencoding\b|UTF-8", "文字编码认不出来，请另存为 UTF-8 编码再上传"),
    (r"no Word document|no Excel workbook|is no PDF", "文件内容与后缀不符"),
    (r"has the ending|has no file ending|not read yet", "不支持这种文件格式"),
    (r"no text|scan|OCR", "文件里没有文字；如是扫描件，请先做文字识别"),
    (r"at most|too large|too long|more than|cells", "文件过大，请拆分后再上传"),
    (r"permission|cannot be opened|does not exist|no regular file", "文件打不开"),
)
_OTHERWISE = "文件读不出来，请换一种格式另存后再试"


def reason(said: str, language: Language) -> str:
    """`said` by a reader or the pipeline, for a reader of `language`; "" stays ""."""
    if not said or language != CHINESE:
        return said
    for pattern, chinese in _CHINESE:
        found = re.search(pattern, said)
        if found:
            return found.expand(chinese)
    return _OTHERWISE
