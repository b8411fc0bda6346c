"""Whose documents they are: issuers under one name each, and the one that a library is mostly about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from corpus.library import Entry


def one_name(issuers: Iterable[str]) -> dict[str, str]:
    """Each issuer under the shortest name that ends it: 云川市安澜县市场监督管理局 is 安澜县市场监督管理局, where both occur."""
    known = sorted(set(issuers), key=lambda name: (len(name), name))
    return {name: next(short for short in known if name.endswith(short)) for name in known}


def issuer_of(entry: Entry, names: dict[str, str]) -> str:
    """The issuer of a document under its one name; "" where none is known."""
    issuer = entry.metadata.issuer.value if entry.metadata.issuer else ""
    return names.get(issuer, issuer)


def issuers_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The one name of each issuer of these documents."""
    return one_name(entry.metadata.issuer.value for entry in entries if entry.metadata.issuer)


def own_issuer(entries: Iterable[Entry]) -> str:
    """The issuer of most documents, "" where no document names one; of several, the one with the latest, then by name."""
    entries = list(entries)
    names = issuers_of(entries)
    counts = Counter(issuer_of(entry, names) for entry in entries)
    counts.pop("", None)
    latest = {
        issuer: max(year_of(entry) for entry in entries if issuer_of(entry, names) == issuer)
        for issuer in counts
    }
    return min(counts, key=lambda issuer: (-counts[issuer], -latest[issuer], issuer), default="")


def year_of(entry: Entry) -> int:
    """The year whose work the document lays out; 0 where none is known."""
    return entry.metadata.year.value if entry.metadata.year else 0
