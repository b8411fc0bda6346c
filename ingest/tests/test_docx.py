"""Word files: what was said is in the text, what was deleted is not."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from making import cells, p, packed, style, table, word

from corpus.errors import UnreadableFileError
from ingest.readers import read_bytes
from ingest.reading import Reading

HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="小节"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="更小"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style>'
)


SHOWN = '<w:vanish w:val="0"/>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def box(text: str) -> str:
    content = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def read(body: str, **parts: str) -> Reading:
    return read_bytes("a.docx", word(body, **parts))


@pytest.mark.parametrize(
    ("body", "text", "trap"),
    [
        (p("甲") + p("乙"), "甲\n乙\n", "a line a paragraph"),
        (p("") + p("甲") + p("  "), "甲\n", "empty paragraphs"),
        (f"<w:p>{run('到6月')}{run('底前')}</w:p>", "到6月底前\n", "a word in several runs"),
        (f"<w:p>{run('甲')}<w:ins>{run('乙')}</w:ins></w:p>", "甲乙\n", "tracked insertion"),
        (
            f"<w:p>{run('甲')}<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>{run('丙')}</w:p>",
            "甲丙\n",
            "tracked deletion",
        ),
        (
            f"<w:p><w:moveFrom>{run('旧')}</w:moveFrom>{run('甲')}<w:moveTo>{run('新')}</w:moveTo></w:p>",
            "甲新\n",
            "tracked move",
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半，')}</w:p>" + p("后半。"),
            "前半，后半。\n",
            "a deleted paragraph mark joins two paragraphs",
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('末尾')}</w:p>",
            "末尾",
            "a deleted mark at the very end",
        ),
        (f"<w:p>{run('甲')}{box('框内')}{run('乙')}</w:p>", "甲乙\n框内\n", "a text box, once"),
        (
            f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>",
            "旧框\n",
            "an old text box",
        ),
        (
            f"<w:p>{run('甲')}<w:r><w:tab/></w:r>{run('乙')}<w:r><w:br/></w:r>{run('丙')}</w:p>",
            "甲\t乙\n丙\n",
            "tab and break",
        ),
        (f"<w:p>{run('甲')}<w:r><w:br w:type='page'/></w:r>{run('乙')}</w:p>", "甲乙\n", "page break"),
        (f"<w:p>{run('甲')}{run('暗', '<w:vanish/>')}{run('明', SHOWN)}</w:p>", "甲明\n", "hidden text"),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('2024年')}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "2024年\n",
            "a field shows its result",
        ),
        (
            f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>",
            "控件\n",
            "content control",
        ),
        (
            f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标')}</w:smartTag></w:p>",
            "链接标\n",
            "links, tags",
        ),
        ("<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "x=1\n", "formula"),
        (
            f"<w:p><w:r><w:ruby><w:rt>{run('yun')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r></w:p>",
            "云\n",
            "reading over a hanzi",
        ),
        (p("甲\n乙"), "甲 乙\n", "a line end inside a run is a blank"),
        (p("𠮷 镕 䶮"), "𠮷 镕 䶮\n", "rare hanzi"),
    ],
)
def test_words(body: str, text: str, trap: str) -> None:
    assert read(body).text == text.rstrip("\n") + "\n", trap


@pytest.mark.parametrize(
    ("body", "text", "trap"),
    [
        (table(cells("任务", "单位"), cells("甲", "乙")), "任务\t单位\n甲\t乙\n", "a row a line"),
        (table(cells("甲", p("乙") + p("丙"))), "甲\t乙 丙\n", "two paragraphs in a cell"),
        (
            table(cells("甲", table(cells("内一", "内二")) + p("外"))),
            "甲\t内一 内二 外\n",
            "a table in a cell",
        ),
        (table(cells(p("一、甲") + p("乙。"))), "一、甲\n乙。\n", "a frame of one cell holds paragraphs"),
        (table(cells("", ""), cells("甲", "")), "甲\t\n", "an empty row"),
        (
            table("<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + p("甲") + "</w:tc>" + cells("乙"))
            + table("<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("甲") + "</w:tc>" + cells("丙")),
            "甲\t乙\n\t丙\n",
            "merged downwards: said once",
        ),
        (
            table("<w:trPr><w:del/></w:trPr>" + cells("删", "删"), cells("留", "下")),
            "留\t下\n",
            "a deleted row",
        ),
        (
            table(f"<w:sdt><w:sdtContent>{cells('甲')}</w:sdtContent></w:sdt>{cells('乙')}"),
            "甲\t乙\n",
            "a cell in a control",
        ),
        (table(cells("甲", f"<w:p>{box('框')}</w:p>")), "甲\t框\n", "a text box in a cell, once"),
    ],
)
def test_tables(body: str, text: str, trap: str) -> None:
    reading = read(body)
    assert reading.text == text, trap
    rows = [reading.text[b.span.start : b.span.end] for b in reading.blocks if b.kind == "row"]
    assert rows == [line.strip() for line in text.splitlines() if "\t" in line], trap


def test_heading_levels() -> None:
    reading = read(
        p("总标题", style("t"))
        + p("一、甲", style("1"))
        + p("　乙", style("b"))
        + p("丙", '<w:outlineLvl w:val="2"/>')
        + p("丁", style("1") + '<w:outlineLvl w:val="9"/>')
        + p("长" * 200, style("1")),
        styles=HEADINGS,
    )
    found = [(reading.text[b.span.start : b.span.end], b.level) for b in reading.blocks]
    assert found == [("一、甲", 1), ("乙", 2), ("丙", 3)]
    assert reading.title == "总标题"


def test_contents_headers_and_notes_go_to_the_margins() -> None:
    reading = read(
        p("一、甲……1", style("c")) + p("一、甲", style("1")),
        styles=HEADINGS,
        header1=p("云川市局文件"),
        footer1=f"<w:p>{run('第')}{run('1')}{run('页')}</w:p>",
        footnotes=f"<w:footnote>{p('注：按常住人口计。')}</w:footnote>",
    )
    assert reading.text == "一、甲\n"
    assert reading.margins == ("云川市局文件", "第1页", "注：按常住人口计。", "一、甲……1")


def test_title_of_the_properties() -> None:
    assert read(p("甲"), core=" 工作\n要点 ").title == "工作 要点"


def test_the_strict_dialect() -> None:
    with zipfile.ZipFile(io.BytesIO(word(p("甲")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_bytes("a.docx", packed(members)).text == "甲\n"


def test_a_document_of_python_docx() -> None:
    document = docx.Document()
    document.core_properties.title = "年度工作会议讲话"
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("坚持稳中求进。")
    document.add_heading("（一）目标", 2)
    made = document.add_table(2, 3)
    for row, words in zip(made.rows, (("任务", "单位", "时限"), ("检查", "食品科", "6月底前")), strict=True):
        for cell, word_ in zip(row.cells, words, strict=True):
            cell.text = word_
    document.sections[0].header.paragraphs[0].text = "内部资料"
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read_bytes("讲话.DOCX", buffer.getvalue())
    assert (
        reading.text == "一、总体要求\n坚持稳中求进。\n（一）目标\n任务\t单位\t时限\n检查\t食品科\t6月底前\n"
    )
    assert [(b.kind, b.level) for b in reading.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("row", 0),
        ("row", 0),
    ]
    assert (reading.title, reading.margins) == ("年度工作会议讲话", ("内部资料",))


def test_no_words_is_an_error() -> None:
    with pytest.raises(UnreadableFileError, match="holds no text"):
        read(p(" "))
