"""Which documents of a library the others name, in 《》: what many rely on is likelier meant.

A question seldom says of which rank the answer should be, and a regulation of one county says much the same in the same words as the law
that it carries out. The law is the one that the others name. Only the documents themselves tell: where none names another, nothing
changes.
"""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath

from sqlalchemy import bindparam, func, select

from corpus.catalogue import CHUNK, Catalogue
from corpus.schema import documents
from corpus.text import squeeze

_NAMED = re.compile(r"《([^《》]{2,80})》")
_VERSION = re.compile(r"\([^()]*(?:\d{4}|修[正订])[^()]*\)$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零\d]+条(?:之[一二三四五六七八九十]+)?$")
_SIGNS = re.compile(r"[\W_]+")
_STATE = "中华人民共和国"
_TITLES = select(documents.c.number, documents.c.name, func.json_extract(documents.c.metadata, "$.title[0]"))
_TEXTS = select(documents.c.number, documents.c.text).where(
    documents.c.number.in_(bindparam("numbers", expanding=True))
)


@lru_cache(maxsize=1 << 16)
def bare(title: str) -> str:
    """A title as documents that name it spell it: without signs and what else of it they leave out.

    That is the name of the state before it, a version in brackets at its end, and the number where the title is that of one article.

    >>> bare("中华人民共和国产品质量法（2018年修正）"), bare("产品质量法第四十九条")
    ('产品质量法', '产品质量法')
    """
    whole = _VERSION.sub("", squeeze(title))
    return _ARTICLE.sub("", _SIGNS.sub("", whole)).removeprefix(_STATE)


def named_in(text: str) -> frozenset[str]:
    """The titles that a text names, bare.

    >>> sorted(named_in("依照《食品安全法》和《广告法》处理"))
    ['广告法', '食品安全法']
    """
    return frozenset(map(bare, set(_NAMED.findall(text)))) - {""}


def citations(called: Mapping[int, Iterable[str]], named: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """How many others name each document that is named at all. called: the titles of each; named: the bare titles in its text.

    Documents of one title count as one, all are meant by it, and none of them counts for another.
    """
    own = {number: frozenset(map(bare, titles)) - {""} for number, titles in called.items()}
    borne = frozenset[str]().union(*own.values())
    naming: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for number, titles in named.items():
        for title in titles & borne - own[number]:
            naming[title].add(own[number])
    counts = {number: max((len(naming.get(title, ())) for title in own[number]), default=0) for number in own}
    return {number: count for number, count in counts.items() if count}


class Citations:
    """Those of a library. Safe for several threads.

    A document number never stands for another text, so what each names is read once; after a change only of what is new.
    """

    def __init__(self, catalogue: Catalogue, whole: Citations | None = None) -> None:
        """whole: those of the whole library, where `catalogue` is restricted; what it has read is read once for all."""
        self._catalogue = catalogue
        self._whole = whole or self
        self._named: dict[int, frozenset[str]] = {}
        self._lock = threading.Lock()

    def counts(self) -> dict[str, int]:
        """How many other documents that are seen name each, by document name; those that none names are left out."""
        with self._catalogue.reading() as connection:
            rows = [] if connection is None else connection.execute(_TITLES).all()
        names = {number: name for number, name, _ in rows}
        called = {number: (PurePath(name).stem, title or "") for number, name, title in rows}
        cited = citations(called, self._whole._of(names))
        return {names[number]: count for number, count in cited.items()}

    def _of(self, numbers: Collection[int]) -> dict[int, frozenset[str]]:
        with self._lock:
            missing = sorted(set(numbers) - self._named.keys())
            with self._catalogue.reading() as connection:
                for first in range(0, len(missing) if connection is not None else 0, CHUNK):
                    assert connection is not None
                    for number, text in connection.execute(
                        _TEXTS, {"numbers": missing[first : first + CHUNK]}
                    ):
                        self._named[number] = named_in(text)
            return {number: self._named.get(number, frozenset()) for number in numbers}
