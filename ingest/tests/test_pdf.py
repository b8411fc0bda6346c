"""PDF files: lines become paragraphs again, pages are kept, margins are told."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printing import Placed, column, pdf

from corpus.errors import UnreadableFileError
from ingest.readers import Limits, read_bytes
from ingest.readers.layout import PrintedLine, join
from ingest.reading import Reading

WIDE = "为落实全市工作会议部署要求现就做好今年食品安全监督抽检工作"  # a full line


def read(*pages: list[Placed], **options: str) -> Reading:
    reading = read_bytes("a.pdf", pdf(*pages, **options))  # type: ignore[arg-type]
    for page in reading.pages:
        assert 0 <= page.span.start < page.span.end <= len(reading.text)
    return reading


@pytest.mark.parametrize(
    ("lines", "text", "trap"),
    [
        (["\u3000\u3000" + WIDE[:-2], WIDE, "的事项通知如下。"], "%s%s的事项通知如下。", "one paragraph"),
        ([WIDE[:-1] + "。", "\u3000\u3000另起一段。"], None, "a full line that ends its paragraph"),
        ([WIDE[:-1] + "。", "同段续行。"], "joined", "a full line that ends a sentence only"),
        (["短标题", "正文第一行"], None, "a short line is a title"),
        ([WIDE, "\u3000\u3000一、总体要求"], None, "an indented heading"),
        ([WIDE[:-1] + "。", "（一）目标"], None, "a heading at the edge after a sentence"),
        ([WIDE, "一、二类问题立即整改到位。"], "joined", "a number list that runs over the line"),
        ([WIDE, "12个站所全部达标。"], "joined", "a figure at the start of a line"),
        ([WIDE, "3.5％以上。"], "joined", "a decimal at the start of a line"),
    ],
)
def test_paragraphs(lines: list[str], text: str | None, trap: str) -> None:
    filling = column([WIDE] * 6, top=400)
    plain = [line.strip() for line in lines]
    expected = "\n".join(plain) if text is None else "".join(plain)
    assert read(column(lines) + filling).text.startswith(expected + "\n"), trap


def test_latin_words_keep_a_blank_between_lines() -> None:
    line = WIDE[:-3] + "The"
    assert (
        f"{line} plan of 2024" in read(column([line, "plan of 2024年。"]) + column([WIDE] * 3, top=600)).text
    )


def test_a_change_of_type_size_ends_a_paragraph() -> None:
    page = column(["云川市食品安全工作方案印发全市各县"], size=22, left=90) + column([WIDE] * 2, top=720)
    assert read(page).text == "云川市食品安全工作方案印发全市各县\n" + WIDE * 2


def test_a_centred_date_stands_alone() -> None:
    page = [
        (240.0, 760.0, 12.0, "（2024年2月1日）"),
        *column(["同志们：", "\u3000\u3000" + WIDE[:-2], WIDE], top=740),
    ]
    assert read(page).text == f"（2024年2月1日）\n同志们：\n{WIDE[:-2]}{WIDE}"


def test_pages_and_margins() -> None:
    def page(number: int, *lines: str) -> list[Placed]:
        head: list[Placed] = [(90, 800, 9, "云川市市场监督管理局文件"), (280, 40, 9, f"— {number} —")]
        return head + column([WIDE[number:] + WIDE[:number], *lines])

    first, second, third = (WIDE[number:] + WIDE[:number] for number in (1, 2, 3))
    reading = read(page(1, WIDE), page(2, "\u3000\u3000（二）目标。"), page(3, "完。"), title="工作方案")
    assert reading.text == f"{first}{WIDE}{second}\n（二）目标。\n{third}完。"
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert [reading.text[p.span.start : p.span.end] for p in reading.pages] == [
        first + WIDE,
        f"{second}\n（二）目标。\n",
        f"{third}完。",
    ]
    assert reading.margins == ("云川市市场监督管理局文件", "— 1 —", "— 2 —", "— 3 —")
    assert reading.title == "工作方案"


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "—3—", "第3页", "第 3 页 共 9 页", "3/9", "· 3 ·", "第三页"]
)
def test_page_numbers(number: str) -> None:
    reading = read([*column([WIDE] * 4), (290.0, 40.0, 9.0, number)])
    assert (reading.text, reading.margins) == (WIDE * 4, (number,))


@pytest.mark.parametrize("line", ["2024年", "第3条", "12个", "三、"])
def test_lines_that_are_no_page_numbers(line: str) -> None:
    assert read([*column([WIDE] * 4), (90.0, 600.0, 12.0, line)]).margins == ()


def test_an_empty_page_has_no_span_and_keeps_its_number() -> None:
    assert [page.number for page in read(column([WIDE] * 3), [], column([WIDE[::-1]] * 3)).pages] == [1, 3]


def test_radicals_are_read_as_characters() -> None:
    assert read(column(["⼯作⽤房由各所⾃⾏解决。" * 2])).text == "工作用房由各所自行解决。" * 2


def test_rare_hanzi_of_two_units() -> None:
    lines = list(_printed("𠮷祥街道"))
    assert join([(1, lines)])[0] == "𠮷祥街道"


def _printed(*texts: str) -> list[PrintedLine]:
    return [
        PrintedLine(text, 90, 90 + 12 * len(text), 700 - 20 * index, 12) for index, text in enumerate(texts)
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(alphabet="市场监管。，一、12A", min_size=1, max_size=40), max_size=6), max_size=5
    )
)
def test_every_character_is_kept_and_on_its_page(pages: list[list[str]]) -> None:
    text, spans = join([(number, _printed(*lines)) for number, lines in enumerate(pages, start=1)])
    assert text.replace("\n", "").replace(" ", "") == "".join(line for page in pages for line in page)
    found = {page.number: text[page.span.start : page.span.end] for page in spans}
    for number, lines in enumerate(pages, start=1):
        assert found.get(number, "").replace("\n", "").replace(" ", "") == "".join(lines)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([], []), "has no text (a scan?); run OCR first"),
        (pdf([(280, 40, 9, "— 1 —")]), "has no text (a scan?)"),
        (pdf(*[[(280, 400, 9, "扫描")]] * 5), "has no text (a scan?)"),
        (pdf(column(["\ue001\ue002\ue003\ue004" * 5])), "fonts that do not say"),
        (pdf(column([WIDE]), encrypted=True), "is protected by a password; save a copy without one"),
        (b"%PDF-1.7 garbage", "is damaged or cut off"),
        ("不是".encode() * 50, "is no PDF by content"),
        (pdf(column([WIDE]))[:200], "is damaged or cut off"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes("a.pdf", data)
    assert reason in str(caught.value)


def test_limits() -> None:
    data = pdf(*[column([WIDE] * 3)] * 4)
    with pytest.raises(UnreadableFileError, match="has 4 pages, at most 3"):
        read_bytes("a.pdf", data, limits=Limits(pages=3))
    with pytest.raises(UnreadableFileError, match="more than 100 characters"):
        read_bytes("a.pdf", data, limits=Limits(characters=100))


def test_threads_take_turns() -> None:
    data = pdf(*[column([WIDE] * 20)] * 5)
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(read_bytes("a.pdf", data).text), daemon=True)
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(texts)) == 1
    assert len(texts) == 6
