"""Whether a text says what a term means: a definition after it, a list of its members, the phrases that it abbreviates."""

from __future__ import annotations

import re

from corpus.text import fold

_EXPLAINING = re.compile(
    r"[”’』」》]?(?:和?“[^”]{2,8}”)*(?:[^，。；]{0,6}[，,]?(?:即|就是|是指|指的是|也就是|包括|主要是)|为(?=[一-鿿])|[^，。；]{0,6}[：:]|[（(]|——|[^，。；]{0,4}[。，](?:所谓|简单[讲说来]|具体[讲说来]|也就是|就是))"
)


def explains(word: str, text: str) -> bool:
    """Whether `text` says what `word` means: the word, then 即, 就是, 是指, a colon, a bracket or a list."""
    folded = fold(text)
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        if _EXPLAINING.match(text[end : end + 24]):
            return True
        at = folded.find(word, end)
    return False
