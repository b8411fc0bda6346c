"""What a document is. Traps: years, places and names that a text says beside its own, or not at all."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import KINDS, Metadata
from ingest.metadata import infer
from ingest.reading import Reading
from ingest.sections import outline

OPENED = "同志们：\n今天召开全市质量工作会议。\n"


def inferred(text: str, name: str = "003.txt", title: str = "") -> Metadata:
    return infer(name, Reading(text, title=title), outline(text))


@pytest.mark.parametrize(
    ("text", "name", "year", "trap"),
    [
        (
            "云川市局2023年工作要点\n比2022年增长，2022年，2022年。",
            "a.txt",
            2023,
            "the title's, not the most frequent",
        ),
        (OPENED, "云川市局2024年会议讲话.txt", 2024, "the file name's"),
        ("二〇二三年工作要点\n抓好监管。", "a.txt", 2023, "Han digits"),
        ("二○二四年工作要点\n抓好监管。", "a.txt", 2024, "Han digits with a circle for zero"),
        ("２０２３年工作要点\n抓好监管。", "a.txt", 2023, "full-width figures"),
        ("质量工作会议讲话\n（2022年2月8日）\n同志们：\n好。", "a.txt", 2022, "the subtitle's date"),
        (
            OPENED + "一、2021年成绩\n2021年，2021年，2021年。\n二、2022年工作部署\n抓好。",
            "a.txt",
            2022,
            "the plan, not the review",
        ),
        (OPENED + "一、2021年工作回顾\n好。\n二、下一步\n抓好。", "a.txt", 2022, "the year after the review"),
        (OPENED + "深入学习贯彻党的二十大精神。", "a.txt", 2023, "a congress"),
        (OPENED + "以优异成绩迎接党的二十大召开。", "a.txt", 2022, "before a congress"),
        (OPENED + "今年是“十四五”开局之年。", "a.txt", 2021, "a plan's first year"),
        (OPENED + "今年是“十四五”规划收官之年。", "a.txt", 2025, "a plan's last year"),
        (OPENED + "我局获评2021年度考核优秀单位。", "a.txt", 2022, "an honour is given the year after"),
        (OPENED + "2019年建成平台。今年要贯彻党的二十大精神。", "a.txt", 2023, "a year before the congress"),
        ("同志们：\n在2022年度全市质量工作会议上讲几句。", "a.txt", 2022, "the meeting's"),
        (OPENED + "抓好监管，共抽检12023年批次。", "a.txt", None, "figures that are no year"),
        (OPENED, "a.txt", None, "nothing said"),
    ],
)
def test_year(text: str, name: str, year: int | None, trap: str) -> None:
    found = inferred(text, name).year
    assert (found.value if found else None) == year, trap


@pytest.mark.parametrize(
    ("text", "name", "region", "trap"),
    [
        (OPENED + "到济宁市调研，打造样板。", "a.txt", "山东省济宁市", "one mention with suffix"),
        (OPENED + "到株洲调研。", "a.txt", None, "one bare mention"),
        (OPENED + "祝大家平安顺利，平安顺利，平安顺利。", "a.txt", None, "平安顺利 holds 安顺"),
        (
            OPENED + "济宁市要抓好，祝平安顺利，平安顺利。",
            "a.txt",
            "山东省济宁市",
            "one real among chance ones",
        ),
        (OPENED + "联合昆明理工大学、昆明理工大学专家。", "a.txt", None, "昆明理工大学"),
        (OPENED + "学习济宁市、株洲市经验。", "a.txt", None, "two as strong"),
        (
            "济宁市质量工作要点\n学习株洲市、株洲市、株洲市经验。",
            "a.txt",
            "山东省济宁市",
            "the title's comes first",
        ),
        (OPENED, "云川市局2024年会议讲话.txt", "云川市", "a city that no list holds"),
        (
            "政府工作报告\n——2025年1月9日在云川市第三届人民代表大会上\n各位代表：",
            "a.txt",
            "云川市",
            "the subtitle's",
        ),
        (OPENED + "一、学习山东经验\n好。", "a.txt", None, "a heading is no subtitle"),
        ("国务院质量工作报告\n抓好。", "a.txt", "全国", "the whole country"),
    ],
)
def test_region(text: str, name: str, region: str | None, trap: str) -> None:
    found = inferred(text, name).region
    assert (found.value if found else None) == region, trap


@pytest.mark.parametrize(
    ("text", "name", "properties", "title", "trap"),
    [
        ("云川市局2023年工作要点\n抓好。", "a.txt", "", "云川市局2023年工作要点", "the first line"),
        (
            "# 云川市局2023年工作要点\n抓好。",
            "a.md",
            "",
            "云川市局2023年工作要点",
            "without the marks of Markdown",
        ),
        (OPENED, "云川市局2024年会议讲话.txt", "", "云川市局2024年会议讲话", "a telling file name"),
        (
            "工作要点汇编\n抓好。",
            "云川市局2024年工作要点.txt",
            "",
            "云川市局2024年工作要点",
            "the file name tells the year",
        ),
        (OPENED, "7f3a.docx", "云川市局年度会议讲话", "云川市局年度会议讲话", "the document's properties"),
        (
            OPENED + "贯彻党的二十大精神。",
            "7f3a.txt",
            "",
            "2023年全市质量工作会议讲话",
            "made from the meeting",
        ),
        (
            "同志们：\n今天召开全市一季度工作讲评会。\n回顾一季度工作。",
            "7f3a.txt",
            "",
            "全市一季度工作讲评会讲话",
            "the meeting names the quarter already",
        ),
        (
            OPENED + "到济宁市调研。",
            "7f3a.txt",
            "",
            "山东省济宁市全市质量工作会议讲话",
            "made with the place",
        ),
        ("同志们：\n好。", "7f3a.txt", "", "7f3a", "nothing but the file name"),
        ("", "讲话.txt", "", "讲话", "a short file name"),
        ("一、总体要求\n抓好。", "7f3a.txt", "", "7f3a", "a heading is no title"),
    ],
)
def test_title(text: str, name: str, properties: str, title: str, trap: str) -> None:
    assert inferred(text, name, properties).title.value == title, trap


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("云川市局2023年工作要点\n", "a.txt", "plan"),
        ("在质量工作会议上的讲话\n", "a.txt", "speech"),
        ("政府工作报告\n", "a.txt", "report"),
        ("关于上半年工作情况的通报\n", "a.txt", "report"),
        ("云川市局督查任务台账\n", "a.xlsx", "ledger"),
        ("工作要点任务分解表\n", "a.xlsx", "ledger"),
        (OPENED, "a.txt", "speech"),
        ("大家上午好！今天我们召开会议。谈三点意见。", "a.txt", "speech"),
        ("天气晴。\n", "a.txt", None),
    ],
)
def test_kind(text: str, name: str, kind: str | None) -> None:
    found = inferred(text, name).kind
    assert (found.value if found else None) == kind


@pytest.mark.parametrize(
    ("text", "name", "speaker", "aliases"),
    [
        (
            OPENED + "我代表市政府讲三点意见。",
            "a.txt",
            "市政府",
            ("全市质量工作会议", "市领导", "市政府领导"),
        ),
        (
            OPENED + "我代表云川市人民政府讲话。",
            "a.txt",
            "市政府",
            ("全市质量工作会议", "市领导", "市政府领导"),
        ),
        (OPENED + "我代表省人民政府讲话。", "a.txt", "省政府", ("全市质量工作会议", "省领导", "省政府领导")),
        (OPENED + "我代表市局讲话。", "a.txt", "市局", ("全市质量工作会议",)),
        (OPENED, "云川市副市长2024年会议讲话.txt", "市政府", ("全市质量工作会议", "市领导", "市政府领导")),
        (OPENED + "我代表大家感谢。", "a.txt", None, ("全市质量工作会议",)),
    ],
)
def test_speaker(text: str, name: str, speaker: str | None, aliases: tuple[str, ...]) -> None:
    found = inferred(text, name)
    assert (found.speaker.value if found.speaker else None) == speaker
    assert found.aliases == aliases


@pytest.mark.parametrize(
    ("opening", "aliases"),
    [
        ("今天召开质量强市推进会，主要是部署工作。", ("质量强市推进会",)),
        ("我们举行年度务虚会。", ("年度务虚会",)),
        ("在全市质量工作会议上，我讲三点。", ("全市质量工作会议",)),
        ("今天召开会议，讲三点。", ()),
        ("刚才开了个会。", ()),
        ("召开了多少次会议，", ()),
    ],
)
def test_meetings_named_in_the_opening(opening: str, aliases: tuple[str, ...]) -> None:
    assert inferred(f"同志们：\n{opening}").aliases == aliases


def test_meetings_named_later_are_others() -> None:
    assert inferred("同志们：\n" + "抓好监管。" * 300 + "召开质量强市推进会，").aliases == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("云川市局2023年第一季度讲评讲话\n", "一季度"),
        ("2024年上半年工作总结\n", "上半年"),
        ("同志们：\n今天主要是回顾前三季度情况。", "前三季度"),
        (OPENED + "抓好。" * 400 + "一季度工作很好。", None),
        (OPENED, None),
    ],
)
def test_period(text: str, period: str | None) -> None:
    found = inferred(text).period
    assert (found.value if found else None) == period


@pytest.mark.parametrize(
    ("text", "issuer", "trap"),
    [
        ("云川市市场监督管理局2023年工作要点\n", "云川市市场监督管理局", "before the year"),
        ("2023年云川市市场监督管理局工作要点\n", "云川市市场监督管理局", "after the year"),
        ("工作要点汇编\n云川市人民政府办公室\n", "云川市人民政府", "in a line under the title"),
        ("济宁市政府工作报告\n", "山东省济宁市人民政府", "a government's report"),
        (OPENED + "我代表市政府讲话。到济宁市调研。", "山东省济宁市人民政府", "by the speaker"),
        (OPENED + "济宁市市场监管工作。", "山东省济宁市市场监督管理局", "by the subject"),
        (OPENED, None, "nothing said"),
    ],
)
def test_issuer(text: str, issuer: str | None, trap: str) -> None:
    found = inferred(text).issuer
    assert (found.value if found else None) == issuer, trap


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("（2023年4月12日）", datetime.date(2023, 4, 12)),
        ("（２０２３年４月１２日）", datetime.date(2023, 4, 12)),
        ("（2023年2月30日）", None),
        ("（2019年4月12日）", None),
    ],
)
def test_date(line: str, day: datetime.date | None) -> None:
    found = inferred(f"云川市局2023年会议讲话\n{line}\n同志们：\n好。").date
    assert (found.value if found else None) == day


PIECES = st.sampled_from(
    [
        "2021年",
        "二〇二三年",
        "云川市",
        "济宁市",
        "平安顺利",
        "召开",
        "会议",
        "上，",
        "一、",
        "\n",
        "：",
        "。",
        "政府",
        "我代表",
        "市",
        "工作要点",
        "回顾",
        "部署",
        "同志们",
        "99月99日",
        "党的二十大精神",
        "贯彻",
        "#",
        "一季度",
        " ",
        "\ufeff",
    ]
)


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["a.txt", ".txt", "", "云川市2023年讲话.md"])
)
def test_any_document_is_described(text: str, name: str) -> None:
    found = inferred(text, name)
    assert found.title.value
    assert found.kind is None or found.kind.value in KINDS
    assert found.year is None or 1900 <= found.year.value <= 2100


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=12))
def test_any_text_and_name_will_do(text: str, name: str) -> None:
    assert inferred(text, name).title.value
