"""What the metadata of one document say of it: its sort, the rank of its place, who speaks, and what it is called."""

from __future__ import annotations

import re

from corpus.library import Entry
from corpus.places import divisions
from corpus.text import fold

SAME_LEVEL = 0.35
LEVEL_WORDS = {
    "国务院": ("国务院", "国家", "全国"),
    "省政府": ("省政府", "省领导"),
    "市政府": ("市领导", "市政府", "市委"),
    "县政府": ("县领导", "县政府"),
}
_POSTS = {
    "市政府": ("市领导", "市政府领导", "副市长"),
    "县政府": ("县领导", "县政府领导", "副县长"),
    "省政府": ("省领导", "副省长"),
}


def kind_of(entry: Entry) -> str:
    """speech, plan, ledger or report; "" when its sort is unknown."""
    return entry.metadata.kind.value if entry.metadata.kind else ""


def rank_of(entry: Entry) -> str:
    """国, 省, 市 or 县: the rank of the place that a document speaks of; "" when its place is unknown."""
    region = entry.metadata.region.value if entry.metadata.region else ""
    if region == "全国":
        return "国"
    if region.endswith(("省", "自治区")) or region in ("北京市", "上海市", "天津市", "重庆市"):
        return "省"
    return "县" if region.endswith(("县", "区", "旗")) else region[-1:]


def level_of(text: str, entry: Entry) -> float:
    """What a document gains whose speaker is of the level that `text` names; 0 for any other."""
    speaker = entry.metadata.speaker
    for level, words in LEVEL_WORDS.items():
        if any(word in text for word in words):
            return SAME_LEVEL if speaker is not None and speaker.value == level else 0.0
    return 0.0


def spoken_by(text: str, entry: Entry) -> bool:
    """Whether `text` names the post of a document's speaker."""
    speaker = entry.metadata.speaker
    return speaker is not None and any(post in text for post in _POSTS.get(speaker.value, ()))


def is_of(place: str, entry: Entry) -> bool:
    """Whether a document is about `place` itself, not about a county in it."""
    region = entry.metadata.region.value if entry.metadata.region else ""
    if rank_of(entry) == "县":
        return region.removesuffix("市").rstrip("县区旗").endswith(place.rstrip("市县区旗"))
    return place in profile_of(entry)


def profile_of(entry: Entry) -> str:
    """All that a document is called by, folded."""
    metadata = entry.metadata
    values = [metadata.title, metadata.region, metadata.issuer, metadata.period, metadata.speaker]
    words = [str(value.value) for value in values if value is not None]
    year = f"{metadata.year.value}年" if metadata.year else ""
    return fold(" ".join([entry.name, year, *words, *metadata.aliases]))


def short_names(entry: Entry) -> list[str]:
    """The region of a document by its short names, where it is no known division."""
    region = entry.metadata.region
    if region is None:
        return []
    if region.value in divisions().values():
        return []  # place_names finds those
    return [part for part in re.findall(r"[一-鿿]{2,4}?(?=[省市州盟县区旗])", region.value) if len(part) >= 2]
