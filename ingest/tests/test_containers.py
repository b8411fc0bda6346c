"""Damaged, protected and hostile containers: one clear line each, at once."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import msoffcrypto.format.ooxml
import openpyxl
import pytest
from making import NAMESPACES, p, packed, word

from corpus.errors import UnreadableFileError, UnsupportedFormatError
from ingest.readers import Limits, read_bytes

DOCUMENT = word(p("到2024年末，建成标准化所12个。") * 50)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["任务", "时限"])
    book.active.append(["检查", "6月底前"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def protected(data: bytes) -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt("secret", target)
    return target.getvalue()


def refused(name: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(name, data, limits=limits or Limits())
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_cut_off(share: float) -> None:
    for name, data in (("a.docx", DOCUMENT), ("a.xlsx", workbook())):
        assert "damaged" in refused(name, data[: int(len(data) * share)])


def test_flipped_bytes_never_escape_the_error_tree() -> None:
    reasons = set()
    for at in range(0, len(DOCUMENT), 7):
        damaged = bytearray(DOCUMENT)
        damaged[at] ^= 0xFF
        try:
            read_bytes("a.docx", bytes(damaged))
        except UnreadableFileError as error:
            reasons.add(str(error))
    assert reasons
    assert not any("\n" in reason for reason in reasons)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_password(name: str) -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    plain = buffer.getvalue() if name == "a.docx" else workbook()
    assert refused(name, protected(plain)) == "is protected by a password; save a copy without one"


def test_a_zip_with_a_password() -> None:
    data = bytearray(DOCUMENT)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    assert refused("a.docx", bytes(data)) == "is protected by a password; save a copy without one"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "save it as .docx"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "save it as .xlsx"),
        ("a.docx", b"%PDF-1.4 abc", "is a PDF by content"),
        ("a.docx", "不是文档".encode(), "is no .docx file by content"),
        ("a.docx", b"PK", "damaged"),
        ("a.docx", packed({"readme.txt": "x"}), "no Word document"),
        ("a.docx", workbook(), "no Word document"),
        ("a.xlsx", DOCUMENT, "no Excel workbook"),
        ("a.docx", b"", "is empty"),
        ("a.docx", packed({"word/document.xml": "<w:document>"}), "is no XML"),
        ("a.docx", packed({"word/document.xml": f"<w:document {NAMESPACES}/>"}), "no Word document"),
    ],
)
def test_not_what_the_name_says(name: str, data: bytes, reason: str) -> None:
    assert reason in refused(name, data)


@pytest.mark.parametrize(
    ("name", "better"),
    [("a.doc", ".docx"), ("a.WPS", ".docx"), ("a.xls", ".xlsx"), ("a.et", ".xlsx"), ("a.ppt", ".pdf")],
)
def test_old_formats_by_name(name: str, better: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=f"save it as {better}"):
        read_bytes(name, b"x")


@pytest.mark.parametrize("name", ["a", "a.exe", ".txt", "a.", "a.txt\n", "a.png"])
def test_other_names(name: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"these are( read)?: \.docx"):
        read_bytes(name, b"x")


def bomb(megabytes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(megabytes):
                member.write(b" " * 2**20)
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_zip_bomb(name: str) -> None:
    data = bomb(300)
    started = time.monotonic()
    assert "zip bomb" in refused(name, data)
    assert time.monotonic() - started < 2


def test_a_bomb_that_lies_about_its_size() -> None:
    data = bytearray(bomb(20))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # the directory claims 1,000 bytes unpacked
    assert refused("a.docx", bytes(data))


def test_many_small_bombs_add_up() -> None:
    members = {f"word/part{number}.xml": b"<a>" + bytes(range(65, 91)) * 4000 for number in range(40)}
    members["xl/workbook.xml"] = b"<workbook/>"
    assert "zip bomb" in refused("a.xlsx", packed(members), Limits(unpacked_bytes=2_000_000))


def test_too_many_members() -> None:
    members = {f"word/{number}": "" for number in range(60)}
    assert "members" in refused("a.docx", packed(members), Limits(members=50))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY e0 "ha">{entities}'
        f'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f"<w:document {NAMESPACES}><w:body>{p('&e9;&f;')}</w:body></w:document>"
    )
    assert "entities" in refused("a.docx", word("", extra={"word/document.xml": xml.encode(encoding)}))
    book = {"xl/workbook.xml": xml.encode(encoding), "[Content_Types].xml": "<Types/>"}
    assert "entities" in refused("a.xlsx", packed(book))


def test_entities_behind_a_long_comment_are_refused() -> None:
    xml = f'<!--{"x" * 9000}--><!DOCTYPE d [<!ENTITY e "ha">]><w:document {NAMESPACES}/>'
    assert "entities" in refused("a.docx", word("", extra={"word/document.xml": xml}))
    assert refused("a.xlsx", packed({"xl/workbook.xml": xml, "[Content_Types].xml": "<Types/>"}))


def test_deep_nesting_is_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 5000 + p("底") + "</w:sdtContent></w:sdt>" * 5000
    assert "damaged" in refused("a.docx", word(body))


def test_relations_that_lead_out_of_the_container_lead_nowhere() -> None:
    rels = (
        '<Relationships><Relationship Id="a" Type="x/styles" Target="../../../../etc/passwd"/>'
        '<Relationship Id="b" Type="x/numbering" Target="http://example.com/n.xml" TargetMode="External"/></Relationships>'
    )
    assert read_bytes("a.docx", word(p("甲"), extra={"word/_rels/document.xml.rels": rels})).text == "甲\n"


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("a.txt", Limits(text_bytes=99)),
        ("a.md", Limits(text_bytes=99)),
        ("a.docx", Limits(container_bytes=99)),
        ("a.pdf", Limits(container_bytes=99)),
        ("a.xlsx", Limits(container_bytes=99)),
    ],
)
def test_size(name: str, limits: Limits) -> None:
    assert refused(name, b"a" * 100, limits) == "is too large: 100 bytes, at most 99 are taken; split it"


def test_fifty_megabytes_of_text() -> None:
    assert "is too large: 50,000,000 bytes" in refused("a.txt", b"a" * 50_000_000)


def test_characters() -> None:
    assert "at most 50" in refused("a.docx", word(p("甲" * 60)), Limits(characters=50))
