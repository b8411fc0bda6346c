"""Chinese official prose as characters: folding, sentences, clauses, bigrams. Nothing here changes a length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.document import Span

SENTENCE_END = "。！？；!?;"
CLAUSE_END = SENTENCE_END + "，,：:"
CLOSING = "”’」』）)》】〕\"'"
MASK = re.compile(r"[XxＸｘ×]{1,6}(?=[^A-Za-z]|$)|[*＊]+|…{2,}|\.{4,}|[○〇]{2,}")
HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿𠀀-𯨟]")


class _Folds(dict[str, str]):
    """What each character folds to; filled as characters are met."""

    def __missing__(self, character: str) -> str:
        folded = unicodedata.normalize("NFKC", character).lower()
        self[character] = folded if len(folded) == 1 else character
        return self[character]


_FOLDS = _Folds()
_MAY_CHANGE = re.compile(r"[^一-鿿0-9a-z \t\r\n“”‘’—…·%、。《》]")
"""All but the commonest of the characters that fold to themselves. What a character folds to folds to itself."""


def fold(text: str) -> str:
    """Length-preserving fold: full-width forms become half-width, capitals small. len(fold(t)) == len(t).

    NFKC as a whole would not do: it turns … into three dots, which moves every offset after it.

    >>> fold("９８％以上…ＩＰ")
    '98%以上…ip'
    """
    # replacing the few kinds that change beats looking at each character
    for character in dict.fromkeys(_MAY_CHANGE.findall(text)):
        text = text.replace(character, _FOLDS[character])
    return text


def _ends(text: str, marks: str, start: int, end: int) -> Iterator[int]:
    """Offsets after each closing mark within [start, end); closing quotes and brackets stay with their sentence."""
    at = start
    while at < end:
        character = text[at]
        at += 1
        if character == "\n":
            yield at
        elif character in marks:
            if (
                character in ",，:："
                and at < end
                and at >= 2
                and text[at - 2].isdigit()
                and text[at].isdigit()
            ):
                continue  # 1,234 and 8:30 are one thing
            while at < end and (text[at] in marks or text[at] in CLOSING):
                at += 1
            yield at


def _pieces(text: str, marks: str, within: Span | None) -> Iterator[Span]:
    start, end = (within.start, within.end) if within else (0, len(text))
    for stop in [*_ends(text, marks, start, end), end]:
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield Span(first, last)
        start = stop


def sentences(text: str, within: Span | None = None) -> Iterator[Span]:
    """Spans of the sentences in `text` (or within a span of it), without surrounding white space.

    A line end and each of 。！？； end a sentence; closing quotes and brackets stay with it.
    """
    return _pieces(text, SENTENCE_END, within)


def clauses(text: str, within: Span | None = None) -> Iterator[Span]:
    """Spans of the clauses: like `sentences`, but commas and colons end them too (、does not)."""
    return _pieces(text, CLAUSE_END, within)


def bigrams(text: str) -> list[str]:
    """What the words index holds: character bigrams of each Han run, whole Latin words and numbers.

    A Han run of one character gives that character. White space and punctuation separate.

    >>> bigrams("抽检合格率98％")
    ['抽检', '检合', '合格', '格率', '98%']
    """
    grams: list[str] = []
    for run in _RUNS.finditer(fold(text)):
        word = run.group()
        if run.lastgroup == "han" and len(word) > 1:
            grams.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            grams.append(word)
    return grams


_RUNS = re.compile(rf"(?P<han>(?:{HAN.pattern})+)|(?P<number>\d+(?:\.\d+)?%?)|(?P<latin>[a-z]+)")


def squeeze(text: str) -> str:
    """Folded and without white space: what two spellings of one thing share. Does not keep lengths."""
    return re.sub(r"\s+", "", fold(text))
