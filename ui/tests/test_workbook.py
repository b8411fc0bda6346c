"""The ledger as .xlsx and CSV, opened again by openpyxl, the csv module and, where it is there, LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from corpus.commitment import Commitment, Deadline, Metric, Owner
from corpus.document import Span
from corpus.errors import WenNuoError
from corpus.ledger import LedgerFilter
from ui.ledger import workbook as workbooks
from ui.ledger.columns import COLUMNS, HEADINGS, as_csv, clean, is_risky
from ui.ledger.phrases import address, conditions, figure
from ui.ledger.sheet_text import CUT, MOST_CHARACTERS, columns, fitting, lines_of
from ui.ledger.workbook import as_xlsx
from ui.tests.ledger_fakes import kept, plan

DAY = date(2024, 6, 30)
APP = "http://127.0.0.1:7860"
RISKY = [
    "=1+1",
    '=HYPERLINK("http://127.0.0.1/x","点我")',
    "=cmd|' /C calc'!A0",
    "+86 10 1234",
    "-3名",
    "@SUM(A1:A9)",
    "\t=1+1",
    "  =1+1",
    "＝1＋1",
    "－5％",
]
HARMLESS = ["#N/A", "#REF!", "TRUE", "007", "2024-06-30", "1E9", "全年98％", "'引号", "<b>&amp;"]


def quoted(text: str, **fields: object) -> Commitment:
    made = Commitment(
        "甲.txt", "r" * 64, Span(0, len(text)), text, (), "task", clean(text).strip()[:40] or "空"
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def cell(sheet, heading: str, row: int = 2):
    return sheet.cell(row, HEADINGS.index(heading) + 1)


@pytest.fixture(scope="module")
def book():
    rows = list(kept(plan()[1], status="under_way", percent=60, note="按计划"))
    return opened(as_xlsx(rows, day=DAY, link=APP + "/", conditions=["年份：2024"]))


def test_the_sheet_of_the_plan(book):
    sheet = book["承诺台账"]
    assert book.sheetnames == ["承诺台账", "统计", "说明"]
    assert [heading.value for heading in sheet[1]] == list(HEADINGS)
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:R7"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for number, column in enumerate(COLUMNS):
        assert sheet.column_dimensions[chr(65 + number)].width == column.width
    assert all(sheet.cell(2, at).alignment.wrap_text for at in range(1, len(COLUMNS) + 1))


def test_values_of_the_first_rows(book):
    sheet = book["承诺台账"]
    first = {heading: cell(sheet, heading).value for heading in HEADINGS}
    assert first["序号"] == 1
    assert first["类别"] == "目标"
    assert first["量化指标"] == "抽检合格率 ≥98%"
    assert first["完成时限"] == "6月底前"
    assert first["到期日"] == datetime(2024, 6, 30)
    assert cell(sheet, "到期日").number_format == "yyyy-mm-dd"
    assert cell(sheet, "到期日").is_date
    assert (first["完成情况"], first["进度％"], first["备注"]) == ("进行中", 60, "按计划")
    assert first["红黄绿灯"] == "红"  # due today, 40 of 100 points behind
    assert first["任务来源"] == "《云川2024要点》云川市局"
    assert first["所在章节"] == "一、重点工作 › （一）安全"
    assert re.fullmatch(r"[0-9a-f]{24}", first["编号"])
    assert first["原文依据"] == plan()[1][0].quote
    assert [cell(sheet, "类别", at).value for at in range(2, 8)] == [
        "目标",
        "任务",
        "目标",
        "要求",
        "实绩",
        "任务",
    ]
    assert (cell(sheet, "牵头单位", 3).value, cell(sheet, "配合单位", 3).value) == ("食品流通科", "各县区局")
    assert (cell(sheet, "完成时限", 3).value, cell(sheet, "到期日", 3).value) == ("每季度", "每季度")
    assert (cell(sheet, "量化指标", 4).value, cell(sheet, "页码", 4).value) == ("投诉办结率 原文打码", 3)


def test_lights_are_words_with_colours(book):
    sheet = book["承诺台账"]
    lamps = [cell(sheet, "红黄绿灯", at) for at in range(2, 8)]
    assert [lamp.value for lamp in lamps] == ["红", None, None, None, None, "绿"]
    assert lamps[0].fill.fgColor.rgb.endswith("F8CBAD")
    assert lamps[1].fill.fgColor.rgb.endswith("EDEDED")
    assert lamps[5].fill.fgColor.rgb.endswith("C6E0B4")
    [(where, rules)] = [(str(area.sqref), area.rules) for area in sheet.conditional_formatting]
    assert where == "K2:K7"
    assert {rule.formula[0] for rule in rules} == {'"红"', '"黄"', '"绿"', '""'}


def test_choices_of_status(book):
    sheet = book["承诺台账"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["I2:I7"] == '"未开始,进行中,已完成,已中止"'
    assert lists["K2:K7"] == '"红,黄,绿"'
    assert lists["J2:J7"] == "0"


def test_links_lead_to_the_sentence(book):
    shown = cell(book["承诺台账"], "链接")
    assert shown.value == plan()[0].name
    assert shown.hyperlink.target == address(plan()[1][0], APP)
    assert shown.hyperlink.target.startswith(f"{APP}/wennuo/read?document=%E4%BA%91")
    assert f"&revision={plan()[0].revision}#cited" in shown.hyperlink.target


def test_without_an_address_the_file_name_is_plain():
    shown = cell(opened(as_xlsx(list(kept(plan()[1])), day=DAY))["承诺台账"], "链接")
    assert (shown.value, shown.hyperlink) == (plan()[0].name, None)


def test_counts(book):
    lines = [[value.value for value in line] for line in book["统计"].iter_rows()]
    blocks = [line[0] for line in lines if line[1] == "合计"]
    assert blocks == ["牵头单位", "类别", "到期季度"]
    assert lines[0] == [
        *["牵头单位", "合计", "目标", "任务", "要求", "实绩"],
        *["红", "黄", "绿", "不亮灯", "有到期日", "原文打码"],
    ]
    by_name = {line[0]: line[1:] for line in lines}
    assert by_name["（未写明）"] == [4, 1, 1, 1, 1, 1, 0, 1, 2, 2, 0]
    assert by_name["执法大队"] == [1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1]
    assert by_name["2024年第2季度"][0] == 1
    assert by_name["（周期性）"][0] == 1
    assert by_name["合计"] == [6, 2, 2, 1, 1, 1, 0, 1, 4, 2, 1]
    assert [line[0] for line in lines[-5:]] == [
        "2024年第2季度",
        "2024年第4季度",
        "（周期性）",
        "（无到期日）",
        "合计",
    ]


def test_meaning_names_day_filter_and_every_column(book):
    lines = {line[0].value: line[1].value for line in book["说明"].iter_rows()}
    assert lines["依据日"] == datetime(2024, 6, 30)
    assert (lines["条数"], lines["筛选条件"]) == (6, "年份：2024")
    assert set(HEADINGS) <= set(lines)
    assert all(lines[heading] for heading in HEADINGS)


@pytest.mark.parametrize("text", RISKY + HARMLESS)
def test_untrusted_text_is_never_a_formula(text):
    row = quoted(text, owner=Owner(text, "explicit", (text,)), path=(text,), document=text)
    data = as_xlsx(list(kept([row], title=text, note=text, status="done")), day=DAY, link=APP)
    sheet = opened(data)["承诺台账"]
    for heading in ("原文依据", "牵头单位", "配合单位", "备注", "链接"):
        shown = cell(sheet, heading)
        assert (shown.data_type, shown.value) == ("s", clean(text))
        assert shown.quotePrefix == (text in RISKY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)


@pytest.mark.parametrize("text", RISKY + HARMLESS)
def test_csv_is_safe_and_comes_back(text):
    row = quoted(text, document=text)
    [line] = csv_rows(as_csv(list(kept([row], note=text)), day=DAY))
    assert line["原文依据"] == ("'" if text in RISKY else "") + clean(text)
    assert line["备注"] == line["链接"] == line["原文依据"]


def csv_rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_the_columns_of_the_sheet_in_order():
    rows = list(kept(plan()[1], status="under_way", percent=60))
    data = as_csv(rows, day=DAY, link=APP)
    lines = csv_rows(data)
    assert list(lines[0]) == list(HEADINGS)
    assert (lines[0]["到期日"], lines[0]["进度％"], lines[0]["页码"]) == ("2024-06-30", "60", "")
    assert lines[1]["到期日"] == "每季度"
    assert lines[0]["链接"] == address(rows[0].row, APP)
    assert data.count(b"\r\n") == len(rows) + 1


@pytest.mark.parametrize(
    ("text", "expected", "trap"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁", "line ends of three systems"),
        ("甲\x0c乙\u2028丙", "甲\n乙\n丙", "form feed of a PDF, line separator"),
        ("甲\x00乙\x1b[2J", "甲\ufffd乙\ufffd[2J", "zero and escape"),
        ("甲\ud83d乙", "甲\ufffd乙", "half a character"),
        ("甲\ufffe乙\uffff", "甲\ufffd乙\ufffd", "no characters"),
        ("𠮷野家\t1", "𠮷野家\t1", "beyond the basic plane, and a tab"),
        ('他说："行",', '他说："行",', "quotes and commas"),
    ],
)
def test_characters_that_no_sheet_takes(text, expected, trap):
    assert clean(text) == expected, trap
    row = quoted(text)
    rows = list(kept([row]))
    assert cell(opened(as_xlsx(rows, day=DAY))["承诺台账"], "原文依据").value == expected, trap
    assert csv_rows(as_csv(rows, day=DAY))[0]["原文依据"] == expected, trap


def test_a_cell_holds_no_more_than_a_sheet_allows():
    for text in ("长" * 40_000, "𠮷" * 20_000, "a" + "𠮷" * 20_000):
        held = fitting(text)
        assert len(held.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
        assert held.endswith(CUT)
        assert text.startswith(held.removesuffix(CUT))
        shown = cell(opened(as_xlsx(list(kept([quoted(text)])), day=DAY))["承诺台账"], "原文依据").value
        assert shown == held
    assert fitting("短" * MOST_CHARACTERS) == "短" * MOST_CHARACTERS


def test_a_day_before_the_calendar_of_sheets_is_text():
    rows = list(kept([quoted("早", deadline=Deadline("光绪年间", date(1899, 12, 31)))]))
    assert cell(opened(as_xlsx(rows, day=DAY))["承诺台账"], "到期日").value == "1899-12-31"


def test_an_empty_ledger_is_a_sheet_with_its_heading():
    book = opened(as_xlsx([], day=DAY))
    assert book["承诺台账"].max_row == 1
    assert {line[0].value: line[1].value for line in book["说明"].iter_rows()}["筛选条件"] == "无，全部承诺"
    assert csv_rows(as_csv([], day=DAY)) == []


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 5)
    with pytest.raises(WenNuoError, match="5 rows, not 6"):
        as_xlsx(list(kept(plan()[1])), day=DAY)


def test_links_end_where_a_sheet_holds_no_more(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_LINKS", 2)
    sheet = opened(as_xlsx(list(kept(plan()[1])), day=DAY, link=APP))["承诺台账"]
    assert [bool(cell(sheet, "链接", at).hyperlink) for at in range(2, 8)] == [True, True, *[False] * 4]


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (None, ""),
        (Metric("合格率", ">=", "85", "％", number=Decimal(85)), "合格率 ≥85％"),
        (Metric("失业率", "<=", "5.5", "%", number=Decimal("5.5")), "失业率 ≤5.5%"),
        (Metric("产值", "about", "60", "亿元", number=Decimal(6_000_000_000)), "产值 约60亿元"),
        (Metric("考核", "top", "6", "名", number=Decimal(6)), "考核 前6名"),
        (Metric("考核", "top", "前列", None), "考核 前列"),
        (Metric("增速", "range", "6", "%", upper="6.5", number=Decimal(6)), "增速 6—6.5%"),
        (Metric("经营主体", "increase", "2", "万户", number=Decimal(20000)), "经营主体 增加2万户"),
        (Metric("产值增长", "increase", "8", "％", number=Decimal(8)), "产值增长 8％"),
        (Metric("能耗", "decrease", "3", "%", number=Decimal(3)), "能耗 下降3%"),
        (Metric("积案", "decrease", "20", "件", number=Decimal(20)), "积案 减少20件"),
        (Metric("基层所", "cover", "31", "个", number=Decimal(31)), "基层所 全部31个"),
        (Metric("追溯", "cover", "全覆盖", None), "追溯 全覆盖"),
        (Metric("产值", "increase", "翻一番", None), "产值 翻一番"),
        (Metric("轮次", ">=", "两", "轮", number=Decimal(2)), "轮次 ≥两轮"),
        (Metric("办结率", ">=", None, "%", masked=True), "办结率 原文打码"),
        (Metric("办结率", None, None, None), "办结率"),
        (Metric("批次", None, "6000", "批次", number=Decimal(6000)), "批次 6000批次"),
    ],
)
def test_figures_in_words(metric, expected):
    assert figure(metric) == expected


def test_filters_in_words():
    assert conditions(LedgerFilter()) == ()
    wanted = LedgerFilter(
        documents=("甲.txt",),
        years=(2023, 2024),
        kinds=("report",),
        owner=" 市局 ",
        due_before=DAY,
        masked=True,
        has_due=False,
        statuses=("", "done"),
        identities=("a", "b"),
    )
    assert conditions(wanted) == (
        *(
            "类别：实绩",
            "资料：甲.txt",
            "年份：2023、2024",
            "完成情况：未填写、已完成",
            "牵头或配合单位含“市局”",
        ),
        *("到期日不晚于2024-06-30", "无到期日", "指标数字原文打码", "选定的2条"),
    )


def test_what_might_be_a_formula():
    assert all(map(is_risky, RISKY))
    assert not any(map(is_risky, [*HARMLESS, ""]))


def test_widths_and_lines():
    assert columns("abc汉字（") == 9
    assert lines_of("汉" * 20, 21) == 2
    assert lines_of("汉" * 21, 21) == 3
    assert lines_of("甲\n\n乙", 10) == 3
    assert lines_of("", 10) == lines_of(None, 10) == lines_of(7, 10) == 1


def many(count: int):
    rows = plan()[1]
    return list(kept([rows[at % 6] for at in range(count)], status="under_way", percent=50))


def test_five_thousand_rows_are_written_in_seconds(record_property):
    rows = many(5000)
    started = time.process_time()
    data = as_xlsx(rows, day=DAY, link=APP)
    seconds = time.process_time() - started
    record_property("seconds", seconds)
    print(f"5,000 rows: {seconds:.2f} s of processor time, {len(data) / 1e6:.1f} MB")
    assert opened(data)["承诺台账"].max_row == 5001
    assert seconds < 10  # of processor time; about 3 on a machine that has nothing else to do


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_reads_the_same(tmp_path):
    texts = [*RISKY, *HARMLESS, "_x0041_b", "甲\n乙"]
    rows = list(kept([quoted(text) for text in texts], status="done"))
    (tmp_path / "台账.xlsx").write_bytes(as_xlsx(rows, day=DAY, link=APP))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    form = "csv:Text - txt - csv (StarCalc):44,34,76"
    subprocess.run(
        [*command, form, "--outdir", tmp_path, tmp_path / "台账.xlsx"],
        check=True,
        timeout=120,
        capture_output=True,
    )
    lines = csv_rows(b"\xef\xbb\xbf" + (tmp_path / "台账.csv").read_bytes().removeprefix(b"\xef\xbb\xbf"))
    shown = {line["原文依据"] for line in lines}
    assert shown == {clean(text) for text in texts}
