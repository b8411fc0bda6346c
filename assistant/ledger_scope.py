"""Which documents a question to the ledger is about: by place, level, year and the name it gives a document."""

from __future__ import annotations

import re

from assistant.ledger_questions import LedgerQuestion
from assistant.profiles import rank_of
from assistant.question import Scope
from assistant.scoping import Scoping
from corpus.text import fold, squeeze

_LEADING = re.compile(r"^(?:20[0-4]\d年(?:度)?|全[省市县]|[省市县]局|我[市县]|今年|去年|明年|年度)+")
_TYPES = re.compile(
    r"(?:工作要点|要点|讲话|方案|报告|务虚会|结账会|工作会议|工作会|大会|推进会|会议|讲评会?|台账)$"
)


def documents_meant(asked: LedgerQuestion, scoping: Scoping, scope: Scope) -> frozenset[str] | None:
    """Names of the documents that the question and the reader's filters leave; None where neither restricts.

    An empty set: the question names a document or a place that is not here.
    """
    allowed = scoping.allowed(scope)
    names = set(scoping.entries if allowed is None else allowed)
    for place in asked.places:
        names &= _at(place, scoping)
    if asked.level:
        of_rank = {
            name for name in names if rank_of(scoping.entries[name]) == asked.level.strip("全我局里级")
        }
        names = of_rank or names
    if asked.documents:
        names = _called(asked, scoping, names)
    if allowed is None and not (asked.places or asked.level or asked.documents):
        return None
    return frozenset(names)


def _at(place: str, scoping: Scoping) -> set[str]:
    """The documents of a place: those of a county in it only where it is the county's own name."""
    found = set()
    for name in scoping.at(place):
        entry = scoping.entries[name]
        region = entry.metadata.region.value if entry.metadata.region else ""
        own = region.removesuffix("市").rstrip("县区旗").endswith(place.rstrip("市县区旗"))
        if rank_of(entry) != "县" or own:
            found.add(name)
    return found


def _called(asked: LedgerQuestion, scoping: Scoping, names: set[str]) -> set[str]:
    """Those of `names` that the question's words for a document name, the most literally named ones first.

    Where a city's and its counties' documents are called alike and no place is named, the city's are meant.
    """
    words = asked.documents
    year = re.search(r"20[0-4]\d", words)
    core = _LEADING.sub("", words)
    found = {name for name in names if year is None or _of_year(name, int(year.group()), scoping)}
    titles = {name: _title(name, scoping) for name in found}
    for wording in (squeeze(fold(words)), squeeze(fold(core))):
        literal = {name for name in found if wording in titles[name]}
        if literal:
            return _of_city(asked, scoping, literal)
    kind = _TYPES.search(core)
    stem = core[: kind.start()] if kind else core
    loose = {
        name for name in found if kind and kind.group() in titles[name] and stem and stem in titles[name]
    }
    return _of_city(asked, scoping, loose)


def _of_city(asked: LedgerQuestion, scoping: Scoping, names: set[str]) -> set[str]:
    if asked.places or asked.level:
        return names
    return {name for name in names if rank_of(scoping.entries[name]) != "县"} or names


def _of_year(name: str, year: int, scoping: Scoping) -> bool:
    of = scoping.entries[name].metadata.year
    return (of is not None and of.value == year) or str(year) in name


def _title(name: str, scoping: Scoping) -> str:
    metadata = scoping.entries[name].metadata
    return squeeze(fold(f"{name} {metadata.title.value} {' '.join(metadata.aliases)}"))
