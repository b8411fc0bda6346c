"""What a document is, inferred from its name and text, each value with the confidence of the rule that found it.

Speeches name their city or year once, or not at all: a year is then read from a congress, a plan period, or from the
report of the year before ("2021年…成绩" beside "2022年…部署"). A person may override every value.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from corpus.document import Inferred, Kind, Metadata, Section
from corpus.places import mentions, region_of_name
from corpus.text import fold
from ingest.reading import Reading
from ingest.sections import lines

_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_HAN_YEAR = re.compile(r"(?<![〇○零一二三四五六七八九])二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|\D*工作要点)")
_SALUTATION = re.compile(r"^(?:各位|同志们|女士们|尊敬的)|^.{0,6}[：:]$")
_MEETING = re.compile(
    r"(?:召开|举行|参加|开)(?:了|的)?(?P<name>[^，。；：“”*＊…\s]{2,28}?(?:会议|大会|座谈会|务虚会|推进会|部署会|动员会|调度会|讲评会|总结会|例会|会))(?=[，。；：的上]|$)"
)
_NAMED_MEETING = re.compile(r"在(?P<name>[^，。；：“”\s]{2,40}?(?:会议|会))上")
_PLAN_WORDS = re.compile(r"部署|安排|谋划|计划|目标|重点工作|要点|奋力|做好|打算")
_PAST_WORDS = re.compile(r"回顾|总结|成绩|成效|过去|完成情况")
_PERIODS = re.compile(r"(?:第?[一二三四]季度|上半年|下半年|前[一二三]季度)")
_KIND_NAMES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("ledger", re.compile(r"台账|任务分解|任务表|督查表|清单|分解表|督办")),
    ("report", re.compile(r"工作报告|工作总结|情况的?(?:报告|通报)|总结")),
    ("speech", re.compile(r"讲话|致辞|发言|讲评|述职")),
    (
        "plan",
        re.compile(r"工作要点|工作计划|工作方案|实施方案|行动方案|行动计划|规划|要点|方案|计划|意见|通知"),
    ),
)
_SPEAKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("国务院", re.compile(r"我代表国务院")),
    ("省政府", re.compile(r"我代表(?:[^，。]{0,8}省|自治区)(?:人民)?政府")),
    ("市政府", re.compile(r"我代表(?:[^，。]{0,8}市)?(?:市委、?)?市?(?:人民)?政府")),
    ("县政府", re.compile(r"我代表(?:[^，。]{0,8}县)?(?:县委、?)?县?(?:人民)?政府")),
    ("省局", re.compile(r"我代表省局")),
    ("市局", re.compile(r"我代表市局")),
    ("县局", re.compile(r"我代表县局|我代表区局")),
)
_LEVELS = {
    "国务院": ("国家", "全国"),
    "省政府": ("省领导", "省政府领导"),
    "市政府": ("市领导", "市政府领导"),
    "县政府": ("县领导", "县政府领导"),
}
# Events that date a text: pattern, earliest year in which it is said so. Public record.
_EVENTS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"迎接党的十九大"), 2017),
    (re.compile(r"(?:贯彻|落实|学习)[^。]{0,12}党的十九大精神"), 2018),
    (re.compile(r"“?十三五”?(?:规划)?收官"), 2020),
    (re.compile(r"“?十四五”?(?:规划)?开局之年"), 2021),
    (re.compile(r"迎接党的二十大"), 2022),
    (re.compile(r"(?:贯彻|落实|学习)[^。]{0,12}党的二十大(?:和[^。]{0,8})?精神"), 2023),
    (re.compile(r"二十届三中全会"), 2024),
    (re.compile(r"“?十四五”?(?:规划)?收官"), 2025),
)
OPENING = 900  # characters in which a document says what it is


def infer(name: str, reading: Reading, sections: Sequence[Section] = ()) -> Metadata:
    """The metadata of the file called `name` with this text; what no rule finds is None."""
    text = reading.text
    stem = PurePath(name).stem
    headings = [
        text[section.heading.start : section.heading.end] for section in sections if section.level <= 2
    ]
    front = _front(text)
    title = _title(stem, reading, front)
    place = _region(stem, title.value, front, text)
    speaker = _speaker(text) or _post(title.value, stem)
    year = _year(stem, title.value, front, headings, text)
    period = _period(title.value, stem, text[:OPENING])
    date = _date(front, year)
    aliases = [*_meetings(text[:OPENING]), *(_LEVELS.get(speaker.value, ()) if speaker else ())]
    if len(title.value) < 4 or not re.search(r"[一-鿿]", title.value):
        title = _made_title(place, year, period, aliases, stem)
    return Metadata(
        title=title,
        kind=_kind(stem, title.value, text),
        issuer=_issuer(title.value, front, text, place, speaker),
        region=place,
        date=date,
        year=year,
        period=period,
        speaker=speaker,
        aliases=tuple(dict.fromkeys(aliases)),
    )


def _front(text: str) -> list[str]:
    """The short lines before the text proper: title, subtitle, speaker."""
    front: list[str] = []
    for span in lines(text[:OPENING]):
        line = text[span.start : span.end].strip("　 \ufeff#*—-")
        if len(line) > 60 or line.endswith(("。", "；")) or len(front) == 6:
            break
        front.append(line)
    return front


def _title(stem: str, reading: Reading, front: list[str]) -> Inferred[str]:
    for line in front:
        if _SALUTATION.search(line) or re.match(r"[一二三四五六七八九十]+、|（", line):
            break
        if 5 <= len(line) <= 50 and re.search(r"[一-鿿]{3}", line) and not line.startswith("来源"):
            if _telling(stem) and not re.search(r"\d{4}", line) and re.search(r"\d{4}", stem):
                return Inferred(stem, 0.8, "file name")
            return Inferred(line, 0.9, "first line")
    if _telling(stem):
        return Inferred(stem, 0.8, "file name")
    if len(reading.title) >= 5 and re.search(r"[一-鿿]{3}", reading.title):
        return Inferred(reading.title[:60], 0.6, "document properties")
    return Inferred("", 0.0, "")


def _telling(stem: str) -> bool:
    return len(re.findall(r"[一-鿿]", stem)) >= 4


def _made_title(
    place: Inferred[str] | None,
    year: Inferred[int] | None,
    period: Inferred[str] | None,
    aliases: list[str],
    stem: str,
) -> Inferred[str]:
    meeting = next((alias for alias in aliases if alias.endswith(("会", "会议"))), "")
    when = "" if year is None or str(year.value) in meeting else f"{year.value}年"
    quarter = period.value.split("年")[-1] if period and period.value not in meeting else ""
    where = place.value if place and place.value not in meeting else ""
    speaker = next((alias for alias in aliases if alias.endswith("领导")), "")
    words = "".join([where, when, quarter, meeting or f"{speaker}工作", "讲话"])
    return (
        Inferred(words, 0.5, "made from the text")
        if (meeting or when or where)
        else Inferred(stem or "无题", 0.1, "file name")
    )


def _kind(stem: str, title: str, text: str) -> Inferred[Kind] | None:
    for source in (title, stem):
        for kind, shape in _KIND_NAMES:
            if shape.search(source):
                return Inferred(kind, 0.9, "title")
    if re.search(r"同志们[：:]|我讲[一二三四五六七八九十几]+点|各位代表", text[: 2 * OPENING]):
        return Inferred("speech", 0.8, "salutation")
    if re.search(r"谈[一二三四五六七八九十几]+点意见|今天.{0,4}召开", text[:OPENING]):
        return Inferred("speech", 0.7, "opening")
    return None


def _speaker(text: str) -> Inferred[str] | None:
    for level, shape in _SPEAKERS:
        if shape.search(text):
            return Inferred(level, 0.9, "我代表…")
    return None


def _post(title: str, stem: str) -> Inferred[str] | None:
    """The level that a post in the title speaks for."""
    for source in (title, stem):
        for level, shape in (("市政府", "市长"), ("县政府", "县长|区长"), ("省政府", "省长")):
            if re.search(shape, source):
                return Inferred(level, 0.8, "post in the title")
    return None


def _region(stem: str, title: str, front: list[str], text: str) -> Inferred[str] | None:
    dated = [line for line in front if re.search("[0-9〇]年", fold(line))]  # subtitles, not headings
    for source, confidence in ((title, 0.95), (stem, 0.9), *((line, 0.85) for line in dated)):
        found = region_of_name(source)
        if found:
            return Inferred(found, confidence, "title")
    if "国务院" in title or "国务院" in stem:
        return Inferred("全国", 0.95, "title")
    weights = mentions(text)
    if not weights:
        return None
    place = max(weights, key=lambda name: (weights[name], name))
    second = max((weight for name, weight in weights.items() if name != place), default=0)
    if weights[place] < 2 or weights[place] == second:
        return None
    return Inferred(place, min(0.9, 0.4 + 0.1 * (weights[place] - second)), "place names in the text")


def _issuer(
    title: str, front: list[str], text: str, place: Inferred[str] | None, speaker: Inferred[str] | None
) -> Inferred[str] | None:
    body = re.compile(r"[一-鿿]{2,12}?(?:市场监督管理局|市场监管局|人民政府|国务院|办公室|委员会)")
    for line in [title, *front]:
        found = body.search(re.sub(r"^在|^关于|(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年", " ", fold(line)))
        if found:
            return Inferred(found.group(), 0.85, "title lines")
    if "国务院" in title or (speaker and speaker.value == "国务院"):
        return Inferred("国务院", 0.9, "title")
    where = place.value if place else ""
    if speaker and speaker.value.endswith("政府"):
        return Inferred(f"{where}人民政府" if where else speaker.value, 0.7, "speaker")
    if "政府工作报告" in title and where:
        return Inferred(f"{where}人民政府", 0.8, "title")
    if "市场监管" in text and (where or speaker):
        return Inferred(
            f"{where}市场监督管理局" if where else str(speaker.value if speaker else ""), 0.6, "subject"
        )
    return None


def _year(stem: str, title: str, front: list[str], headings: list[str], text: str) -> Inferred[int] | None:
    for source, confidence, label in (
        (title, 0.95, "title"),
        (stem, 0.9, "file name"),
        (" ".join(front), 0.9, "title lines"),
    ):
        years = _years(source)
        if years:
            return Inferred(max(years), confidence, label)
    planned = [
        int(year)
        for heading in headings
        if _PLAN_WORDS.search(heading)
        for year in _YEAR.findall(fold(heading))
    ]
    if planned:
        return Inferred(max(planned), 0.85, "heading of the plan")
    opening = fold(text[:OPENING])
    named = re.search(r"(20\d\d)年(?:度)?[^，。；]{0,12}(?:会议|会)", opening)
    if named:
        return Inferred(int(named.group(1)), 0.85, "name of the meeting")
    events = [year for shape, year in _EVENTS if shape.search(text)]
    after = [
        int(year) + 1
        for year in re.findall(r"(20\d\d)年度[^。；]{0,14}(?:优秀|先进|第一|考核|述职)", fold(text))
    ]
    bound = max([*events, *after], default=None)
    counted = Counter(int(year) for year in _YEAR.findall(fold(text)))
    reviewed = [
        int(y) for heading in headings if _PAST_WORDS.search(heading) for y in _YEAR.findall(fold(heading))
    ]
    if reviewed:
        return Inferred(max(reviewed) + 1, 0.7, "heading of the review")
    likely = max(counted, key=lambda year: (counted[year], year), default=None)
    if likely is not None and (bound is None or likely >= bound):
        later = [
            year
            for year in counted
            if likely < year <= likely + 1
            and re.search(rf"[把将]?{year}年(?:作为|是|工作|重点|，)", fold(text))
        ]
        return Inferred(max(later, default=likely), 0.6, "years in the text")
    return Inferred(bound, 0.55, "events in the text") if bound is not None else None


def _years(source: str) -> list[int]:
    """The years named in a title or heading, also in the digits 二〇二三."""
    plain = _HAN_YEAR.sub(lambda match: match.group().translate(_HAN_DIGITS), fold(source))
    return [int(year) for year in _YEAR.findall(plain)]


def _period(title: str, stem: str, opening: str) -> Inferred[str] | None:
    for source in (title, stem):
        found = _PERIODS.search(source)
        if found:
            return Inferred(found.group().removeprefix("第"), 0.9, "title")
    reviewed = re.search(
        rf"(?:盘点|总结|回顾|通报|过去的)[^，。；]{{0,6}}?({_PERIODS.pattern})|({_PERIODS.pattern})工作",
        opening,
    )
    if reviewed:
        return Inferred((reviewed.group(1) or reviewed.group(2)).removeprefix("第"), 0.7, "opening")
    return None


def _date(front: list[str], year: Inferred[int] | None) -> Inferred[datetime.date] | None:
    for line in front:
        for match in _DATE.finditer(fold(line)):
            try:
                day = datetime.date(*map(int, match.groups()))
            except ValueError:
                continue
            if year is None or abs(day.year - year.value) <= 1:
                return Inferred(day, 0.9, "title lines")
    return None


def _meetings(opening: str) -> Iterator[str]:
    for shape in (_MEETING, _NAMED_MEETING):
        for match in shape.finditer(opening):
            name = match.group("name")
            if not re.match(r"了|过|的|多少|这次|本次", name) and len(name) >= 4 and "…" not in name:
                yield name
