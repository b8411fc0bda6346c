"""The ledger's values in the words of a Chinese supervision ledger. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from corpus.commitment import PROMISES, Commitment, CommitmentKind, Metric, Recurrence
from corpus.ledger import LedgerFilter, Status
from ui.ledger.lights import Light

KINDS: dict[CommitmentKind, str] = {"target": "目标", "task": "任务", "requirement": "要求", "report": "实绩"}
STATUSES: dict[Status, str] = {
    "not_started": "未开始",
    "under_way": "进行中",
    "done": "已完成",
    "stopped": "已中止",
}
LIGHTS: dict[Light, str] = {"red": "红", "yellow": "黄", "green": "绿", "": ""}
RECURRENCES: dict[Recurrence, str] = {
    "daily": "每日",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "semimonthly": "每半月",
    "bimonthly": "每两个月",
    "semiannual": "每半年",
    "annual": "每年",
}
MASKED = "原文打码"
_SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "about": "约", "top": "前"}
_RISES, _FALLS = "增升涨", "降减缩少"
_SHARES = ("%", "％", "‰", "个百分点", "倍")


def measure(metric: Metric, masked: str = MASKED) -> str:
    """The figure without its name: ≥85％, 前6名, 增长8％, 6—6.5％, 全覆盖; `masked` where the source masks it.

    What is printed without a number (全覆盖, 前列, 翻一番) stands as it is printed.
    """
    if metric.masked:
        return masked
    if metric.value is None:
        return ""
    unit = metric.unit or ""
    if not any(character.isdecimal() for character in metric.value) and (metric.number is None or not unit):
        return metric.value + unit
    if metric.upper is not None:
        return f"{metric.value}—{metric.upper}{unit}"
    sign = _SIGNS.get(metric.comparator or "", "")
    if metric.comparator == "increase" and not set(_RISES) & set(metric.name):
        sign = "增长" if unit in _SHARES else "增加"
    elif metric.comparator == "decrease" and not set(_FALLS) & set(metric.name):
        sign = "下降" if unit in _SHARES else "减少"
    elif metric.comparator == "cover":
        sign = "全部"
    return f"{sign}{metric.value}{unit}"


def figure(metric: Metric | None) -> str:
    """The indicator and its figure; "" for None."""
    return "" if metric is None else f"{metric.name} {measure(metric)}".strip()


def address(row: Commitment, base: str) -> str:
    """The address of the app's reader at the row's sentence; base: where the app is served (http://127.0.0.1:7860)."""
    query = {
        "document": row.document.encode("utf-8", "replace").decode(),
        "start": row.span.start,
        "end": row.span.end,
        "revision": row.revision,
    }
    return f"{base.rstrip('/')}/wennuo/read?{urlencode(query)}#cited"


def conditions(wanted: LedgerFilter) -> tuple[str, ...]:
    """What the filter keeps, a phrase a field; () where it keeps every promise."""
    return tuple(_conditions(wanted))


def _conditions(wanted: LedgerFilter) -> Iterator[str]:
    if set(wanted.kinds) != set(PROMISES):
        yield f"类别：{'、'.join(KINDS[kind] for kind in wanted.kinds)}"
    for label, values in (
        ("资料", wanted.documents),
        ("年份", wanted.years),
        ("发文单位", wanted.issuers),
        ("完成情况", tuple(STATUSES.get(status, "未填写") for status in wanted.statuses)),  # type: ignore[call-overload]
    ):
        if values:
            yield f"{label}：{'、'.join(map(str, values))}"
    for label, text in (("牵头或配合单位含", wanted.owner), ("内容含", wanted.words)):
        if text.strip():
            yield f"{label}“{text.strip()}”"
    if wanted.due_from:
        yield f"到期日不早于{wanted.due_from}"
    if wanted.due_before:
        yield f"到期日不晚于{wanted.due_before}"
    for flag, yes, no in (
        (wanted.recurrence, "周期性工作", "非周期性工作"),
        (wanted.has_owner, "写明单位", "未写明单位"),
        (wanted.has_due, "有到期日", "无到期日"),
        (wanted.has_metric, "有量化指标", "无量化指标"),
        (wanted.masked, "指标数字原文打码", "指标数字未打码"),
    ):
        if flag is not None:
            yield yes if flag else no
    if wanted.identities:
        yield f"选定的{len(wanted.identities)}条"
