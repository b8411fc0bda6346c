"""Lists as documents number them."""

from __future__ import annotations

import pytest
from own_library import QINGLAN_2023, QINGLAN_2024

from assistant.groups import groups
from corpus.document import Document
from ingest.pipeline import build


def document(text: str) -> Document:
    return build("讲话.txt", text.encode())[0]


def lists(text: str) -> list[tuple[str, ...]]:
    read = document(text)
    return [tuple(read.quote(item) for item in group.items) for group in groups(read)]


LISTS = [
    ("一、甲\n（一）丙\n做事。\n（二）丁\n做事。\n二、乙\n做事。\n", [("一、甲", "二、乙"), ("（一）丙", "（二）丁")], "nested"),
    ("一、甲\n重点是：一是丙丙。二是丁丁。三是戊戊。\n", [("一是丙丙", "二是丁丁", "三是戊戊")], "within a paragraph"),
    ("一、甲\n（一）丙\n做事。\n二、乙\n（一）戊\n做事。\n（二）己\n做事。\n", [("一、甲", "二、乙"), ("（一）戊", "（二）己")], "one item is no list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[:2] for row in LISTS], ids=[row[2] for row in LISTS])
def test_lists(text: str, expected: list[tuple[str, ...]]) -> None:
    found = lists("青澜市市场监督管理局2023年工作要点\n" + text)
    shown = [tuple(item.rstrip("。") for item in items) for items in found]
    assert shown == expected


def test_a_number_printed_twice_loses_no_item() -> None:
    found = lists(
        "青澜市市场监督管理局工作要点\n一、甲\n做事。\n二、乙\n做事。\n二、丙\n做事。\n三、丁\n做事。\n"
    )
    assert ("一、甲", "二、乙", "二、丙", "三、丁") in found


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [(QINGLAN_2023, "重点抓好三个方面", 3), (QINGLAN_2024, "要做到以下几点", 3)],
    ids=["in a paragraph", "under a line"],
)
def test_what_leads_a_list_in(text: str, lead: str, items: int) -> None:
    [group] = [group for group in groups(document(text)) if lead in group.about]
    assert len(group.items) == items
