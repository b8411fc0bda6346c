"""What stands around a time: quotation marks and titles, whether the sentence reports, what the time is an attribute of."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from ingest.time_values import Role

_STOP = "。;!?\n"
_QUOTED = re.compile(r"“[^”“。;\n]{1,20}”|‘[^’‘。;\n]{1,20}’|「[^」。;\n]{1,20}」|\"[^\"。;\n]{1,20}\"")
_TITLED = re.compile(r"《[^》\n]{1,80}》|〈[^〉\n]{1,60}〉|【[^】\n]{1,30}】")
_REPORTED = re.compile(r"了(?![解望])|已(?!经?[要将])|同比|环比|才(?![能干会可华])|未发生")
_PLANNED = re.compile(
    r"要(?![求素点闻件道害])|将|力争|确保|争取|拟|预计|目标|必须|务必|应当|不低于|不少于|不超过|前完成|完成时限|启动|出台|到位"
)
_MEETING = re.compile(
    r"[^,。;、\n]{0,14}(?:工作会议|工作要点|工作总结|工作报告|部署会|远景目标|政府工作报告|工作回顾)"
)
_SUBJECT = re.compile(r" ?[,，]?(?:正?是(?!要)|恰逢|适逢|正值)")
_ATTRIBUTE = re.compile(
    r"的?(?:度)?(?:考核|总结|述职|考评|绩效|奖|评优|决算|督查考核|汇报会|述法|民主测评|目标考核|排名|结算|水平|一次性)"
)
_COMPARED = re.compile(r"(?:比|较|同|与|高于|低于|超过|好于|快于|优于|按)$")
_SHORTENED = re.compile(r"(?:压缩|缩短|控制|压减|减少|降)[^,。;\n]{0,8}[到至在为](?:目前)?的?(?:平均)?$")
_PLAN_NAMED = re.compile(r"(?:规划|计划|目标|任务)")
_TASK_AFTER = re.compile(r"[^,。;、\n]{0,10}(?:任务|目标(?!考核|责任|管理)|指标|投资|计划)")
_TASK_BEFORE = re.compile(r"(?:完成|实现|确保|达到|达成|超额|兑现|办好|落实)(?:好|了)?[^,。;\n]{0,10}$")
_CAMPAIGN_BEFORE = re.compile(r"(?:行动|计划|规划|方案|纲要|工程)[^,。;\n]{0,6}[(（]$")
_RATE_AFTER = re.compile(r" ?(?:不?低于|最高|最低|约)?\d[\d.,]* ?(?:余|多)?[万亿]?元")
_RATE_BEFORE = re.compile(r"均$")
_RATE_EACH = re.compile(r"每[人户]$")
_RATE_NEAR = re.compile(r"[^,。;\n]{0,6}\d[\d.,]* ?(?:余|多)?[万亿]?元")
_SYSTEM_AFTER = re.compile(r"(?:制|机制|工作法|例会|平台|系统|表)")
_SERIES = re.compile(r"(?:日|周|月度?|季度?|半年|年度?|旬)[一-龥]{2}")


@dataclass(slots=True)
class Surroundings:
    """A folded window of text around a stretch, and what was read of it so far.

    year and day are the document's, assumed is the year of words that name none. spent holds the year and month that an earlier expression of the same sentence said, for one that goes on from it.
    """

    text: str
    day: datetime.date | None
    year: int | None
    assumed: int | None
    stretch: tuple[int, int]
    titles: list[tuple[int, int]] = field(init=False)
    names: list[tuple[int, int]] = field(init=False)
    spent: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.titles = (
            [found.span() for found in _TITLED.finditer(self.text)]
            if "《" in self.text or "【" in self.text or "〈" in self.text
            else []
        )
        self.names = [found.span() for found in _QUOTED.finditer(self.text)]

    def in_title(self, start: int, end: int) -> bool:
        """Whether [start, end) lies in 《…》."""
        return any(first <= start and end <= last for first, last in self.titles)

    def in_name(self, start: int, end: int) -> bool:
        """Whether [start, end) is a part of something in quotation marks that is more than it: “作风建设年2023”."""
        return any(
            first < start and end < last and (last - first) > (end - start) + 2 for first, last in self.names
        )

    def _rest(self, end: int, most: int) -> str:
        rest = self.text[end : end + most]
        return rest[: min((at for at in map(rest.find, _STOP) if at >= 0), default=len(rest))]

    def _lead(self, start: int, most: int) -> str:
        lead = self.text[max(0, start - most) : start]
        return lead[max(map(lead.rfind, _STOP)) + 1 :]

    def reported(self, end: int) -> bool:
        """Whether what follows tells of what was done."""
        rest = self._rest(end, 30)
        return bool(_REPORTED.search(rest)) and not _PLANNED.search(rest)

    def planned(self, start: int, end: int) -> bool:
        """Whether the words around tell of what is to be done."""
        around = self._lead(start, 12) + self._rest(end, 30)
        return bool(_PLANNED.search(around)) and not _REPORTED.search(self._rest(end, 30))

    def names_meeting(self, end: int) -> bool:
        """Whether the year is a meeting's or a document's, or is spoken of itself: 2022年全市工作会议, 今年是开局之年."""
        return bool(_MEETING.match(self.text, end) or _SUBJECT.match(self.text, end))

    def attributive(self, end: int) -> bool:
        """Whether the time only says which: 年终考核, 2020年水平."""
        return bool(_ATTRIBUTE.match(self.text, end))

    def compared(self, start: int) -> bool:
        """Whether the time is what something is measured against: 比上年."""
        return bool(_COMPARED.search(self.text[max(0, start - 2) : start]))

    def is_measured(self, start: int) -> bool:
        """Whether a term is how long something takes, no time to do it in: 办理时间压缩至3个工作日内."""
        return bool(_SHORTENED.search(self.text[max(0, start - 18) : start]))

    def names_plan(self, end: int) -> bool:
        """Whether the plan itself is spoken of: “十四五”规划."""
        return bool(_PLAN_NAMED.match(self.text, end))

    def has_task(self, start: int, end: int) -> bool:
        """Whether 年度 stands with a task that is to be completed: 完成年度抽检任务."""
        task = _TASK_AFTER.match(self.text, end)
        if task is None:
            return False
        word = task.group()
        return not word.endswith("计划") or bool(_TASK_BEFORE.search(self.text[max(0, start - 14) : start]))

    def names_campaign(self, start: int) -> bool:
        """Whether a bracket before the time belongs to a plan's name: 三年行动计划（2023—2025年）."""
        return bool(_CAMPAIGN_BEFORE.search(self.text[max(0, start - 12) : start]))

    def is_rate(self, start: int, end: int) -> bool:
        """Whether 每月 is the measure of a sum: 每人每月50元."""
        before = self.text[max(0, start - 3) : start]
        each = _RATE_EACH.search(before) and _RATE_NEAR.match(self.text, end)
        return bool(each or _RATE_AFTER.match(self.text, end) or _RATE_BEFORE.search(before))

    def is_mechanism(self, start: int, end: int) -> bool:
        """Whether 月调度 is one of a series or the name of a system: 日管控、周排查、月调度; 月调度机制."""
        return bool(
            _SYSTEM_AFTER.match(self.text, end)
            or (self.text[end : end + 1] == "、" and _SERIES.match(self.text, end + 1))
            or (
                self.text[start - 1 : start] == "、"
                and _SERIES.fullmatch(self.text[max(0, start - 4) : start - 1][-3:])
            )
        )

    def role_of_interval(self, start: int, end: int, last: datetime.date) -> Role:
        """The role of an interval without a word that binds: past or reported is a period, else a time to act in."""
        if (self.year is not None and last.year < self.year) or self.reported(end):
            return "period"
        if self.day is not None and last < self.day:
            return "period"
        return "point" if self.names_campaign(start) else "deadline"

    def opens_line(self, start: int) -> bool:
        """Whether nothing but blanks stands before `start` in its line, so that a number there may be a heading's."""
        return not self.text[:start].rpartition("\n")[2].strip()

    @property
    def whole(self) -> str:
        """The stretch itself."""
        return self.text[self.stretch[0] : self.stretch[1]]
