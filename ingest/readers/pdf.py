"""PDF files that hold text; the canonical text is made here, since a PDF knows only characters at places.

Page numbers and running headers go to the margins, broken lines are joined to paragraphs (layout.py). Kangxi radicals,
which some writers put for the ordinary characters of the same shape (⽤ for 用), are read as those.
"""

from __future__ import annotations

import math
import re
import sys
import threading
import unicodedata
from array import array
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import UnreadableFileError
from ingest.readers.layout import PrintedLine, join, margins
from ingest.readers.limits import DEFAULT, Limits
from ingest.reading import Reading

_NATIVE_UTF16 = f"utf-16-{sys.byteorder[0]}e"
_LOCK = threading.Lock()  # PDFium is one for the process and takes one thread at a time
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]
}
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\u00ad]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_FEW_CHARACTERS = 10  # a page; a scan may carry a stamp's or a scanner's few words
_MOST_PRIVATE = 0.3


def read(data: bytes, limits: Limits = DEFAULT) -> Reading:
    """The text of a PDF with the span of each page.

    Raises UnreadableFileError for what is damaged, protected, too long, or holds pictures of text only.
    """
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFileError("is no PDF by content, or is damaged; save it as .pdf again")
    with _LOCK:
        pages, title = _pages(data, limits)
    outside = margins([lines for _, lines in pages])
    body = [
        (number, [line for index, line in enumerate(lines) if index not in margin])
        for (number, lines), margin in zip(pages, outside, strict=True)
    ]
    text, spans = join(body)
    _refuse_pictures(text, len(pages))
    aside = [
        lines[index].text
        for (_, lines), margin in zip(pages, outside, strict=True)
        for index in sorted(margin)
    ]
    return Reading(text=text, pages=spans, margins=tuple(dict.fromkeys(aside)), title=title)


def _refuse_pictures(text: str, pages: int) -> None:
    words = "".join(text.split())
    if not words or (pages > 1 and len(words) < _FEW_CHARACTERS * pages):
        raise UnreadableFileError("has no text (a scan?); run OCR first")
    if len(_PRIVATE.findall(words)) > _MOST_PRIVATE * len(words):
        raise UnreadableFileError("has fonts that do not say which characters they show; run OCR first")


_NumberedLines = list[tuple[int, list[PrintedLine]]]


def _pages(data: bytes, limits: Limits) -> tuple[_NumberedLines, str]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableFileError("is protected by a password; save a copy without one") from error
        raise UnreadableFileError("is damaged or cut off: no pages can be found; get a whole copy") from error
    with document:
        if len(document) > limits.pages:
            raise UnreadableFileError(
                f"has {len(document):,} pages, at most {limits.pages:,} are taken; split it"
            )
        title = " ".join(document.get_metadata_dict().get("Title", "").split())
        pages, size = [], 0
        for index in range(len(document)):
            lines = _lines_of(document, index)
            size += sum(len(line.text) for line in lines)
            if size > limits.characters:
                raise UnreadableFileError(f"holds more than {limits.characters:,} characters; split it")
            pages.append((index + 1, lines))
    return pages, title


def _lines_of(document: pypdfium2.PdfDocument, index: int) -> list[PrintedLine]:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(
            f"is damaged: page {index + 1} cannot be opened; get a whole copy"
        ) from error
    try:
        return list(_printed_lines(text_page))
    finally:
        text_page.close()
        page.close()


def _printed_lines(text_page: pypdfium2.PdfTextPage) -> Iterator[PrintedLine]:
    """The lines in PDFium's reading order, white space round them taken off."""
    units = [pdfium.FPDFText_GetUnicode(text_page, at) for at in range(text_page.count_chars())]
    start = 0
    for at, unit in enumerate([*units, 10]):
        if unit in (10, 13):
            shown = [place for place in range(start, at) if _is_shown(units[place])]
            if shown:
                first, last = shown[0], shown[-1]
                left, bottom, _, _ = text_page.get_charbox(first)
                right = text_page.get_charbox(last)[2]
                text = _characters(units[first : last + 1])
                yield PrintedLine(text, left, right, bottom, _type_size(text_page, first))
            start = at + 1


def _is_shown(unit: int) -> bool:
    return 0xD800 <= unit < 0xE000 or bool(_characters([unit]).strip())


def _type_size(text_page: pypdfium2.PdfTextPage, at: int) -> float:
    """The size of the type in points on the page. The boxes of characters do not tell it: that of 一 is flat."""
    matrix = pdfium.FS_MATRIX()
    scaled = pdfium.FPDFText_GetMatrix(text_page, at, matrix)
    scale = math.hypot(matrix.c, matrix.d) if scaled else 1.0
    return float(pdfium.FPDFText_GetFontSize(text_page, at) * scale)


def _characters(units: Sequence[int]) -> str:
    """PDFium's UTF-16 units as characters; rare hanzi take two. Half a pair and control characters are none."""
    paired = (
        array("H", [unit & 0xFFFF for unit in units]).tobytes().decode(_NATIVE_UTF16, errors="surrogatepass")
    )
    return "".join(_RADICALS.get(ord(character), character) for character in _NO_CHARACTERS.sub("", paired))
