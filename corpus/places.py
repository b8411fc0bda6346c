"""Place names: the prefecture-level divisions of China by province, and names of the shape 云川市 that no list holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_NOT_THE_PLACE = re.compile(
    r"(?:[^，。]{0,2}(?:大学|学院|理工|师范|公司|集团|银行|日报|路|街|舰|战役|精神|奥运|世博|冬奥|地震))"
)
_NAMED_BUREAU = re.compile(
    r"(?<![一-鿿])(?P<place>(?:[一-鿿]{2,3}省)?[一-鿿]{2,4}?[市州盟县区旗](?:[一-鿿]{2,3}?[县区旗])?)"
    r"(?:局|市场监督管理局|市场监管|人民政府|政府|第[一二三四五六七八九十]+届)"
)
_LEADING_PLACE = re.compile(
    r"(?P<place>(?![全我本各某两]|做好|加[强快大]|推[进动]|抓[好实]|提[升高]|促进|规范|开展|深化)"
    r"[一-鿿]{2,4}?(?<![城都超门股上入夜集早菜])[市县])(?=[一-鿿]{3})(?![场域民容级]|政[^府])"
)
# Common words that hold a place name by chance.
_OTHER_WORDS = r"平安[顺庆康阳]|公安阳光|长治[久理水]|[重扩加]大理|经济源|文山会海|来宾(?!市)|大同小异|三明治|阿里巴巴|长白山|普通化|朝阳[产行]业"
_SUFFIX = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|省|市)$")


@lru_cache(maxsize=1)
def divisions() -> dict[str, str]:
    """Short names of prefecture-level divisions and provinces → full region ("株洲" → "湖南省株洲市")."""
    table = json.loads((Path(__file__).parent / "places.json").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for province, cities in table.items():
        names[_SUFFIX.sub("", province)] = province
        for city in cities:
            full = city if city.endswith(("市", "盟", "州")) else f"{city}市"
            names[city] = f"{province}{full}"
    return names


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(divisions(), key=len, reverse=True)
    return re.compile(rf"(?P<other>{_OTHER_WORDS})|{'|'.join(map(re.escape, names))}")


def _named(text: str) -> Iterator[re.Match[str]]:
    for match in _pattern().finditer(text):
        if not match.group("other") and not _NOT_THE_PLACE.match(text, match.end()):
            yield match


def mentions(text: str) -> Counter[str]:
    """How strongly each known place is named in `text`: full region → weight.

    "济宁市" weighs 2, a bare "株洲" 1, since bare names also arise inside other words; the commonest such words (平安顺利
    holds 安顺) do not count, nor do universities, firms and streets. Where a prefecture of it is named, a province does
    not count beside it.
    """
    weights: Counter[str] = Counter()
    for match in _named(text):
        full = divisions()[match.group()]
        suffixed = (
            text[match.start() : match.start() + len(full)].endswith(full[-1])
            and full[-1] in text[match.end() : match.end() + 2]
        )
        weights[full] += 2 if suffixed or text[match.end() : match.end() + 1] in ("市", "省") else 1
    for full in list(weights):
        province = next((name for name in _provinces() if full.startswith(name) and full != name), None)
        if province and weights[full] >= 2:
            weights.pop(province, None)
    return weights


@lru_cache(maxsize=1)
def _provinces() -> tuple[str, ...]:
    return tuple(
        full for name, full in divisions().items() if full.startswith(name) and _SUFFIX.sub("", full) == name
    )


def region_of_name(name: str) -> str | None:
    """The region that a title or file name names, or None.

    >>> region_of_name("2025年浙江省政府工作报告"), region_of_name("在云川市局2023年一季度工作讲评会上的讲话")
    ('浙江省', '云川市')
    """
    known = mentions(name)
    if known:
        return max(known, key=lambda full: (known[full], full))
    plain = re.sub(r"^在|^关于|[日号]在|[0-9]{4}年?", " ", name)
    named = _NAMED_BUREAU.search(plain) or _LEADING_PLACE.match(plain.strip())
    return named.group("place") if named else None


def place_names(text: str) -> Iterator[str]:
    """The short names of known places in `text`, as written there."""
    for match in _named(text):
        yield match.group()
