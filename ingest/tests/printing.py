"""Small PDF files made by hand: Chinese words at given places, in a font that every PDF reader knows by name."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

Placed = tuple[float, float, float, str]  # left, bottom, size of type, words
_RESOURCES = (
    "<< /Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
    "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] >> >> >>"
)


def pdf(*pages: Sequence[Placed], title: str = "", encrypted: bool = False) -> bytes:
    """A PDF of A4 pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        stream = "\n".join(
            f"BT /F1 {size} Tf {left} {bottom} Td <{words.encode('utf-16-be').hex()}> Tj ET"
            for left, bottom, size, words in page
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R /Resources {_RESOURCES} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title <{codecs.BOM_UTF16_BE.hex()}{title.encode('utf-16-be').hex()}> >>")
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R /ID [<00> <00>]"
    if encrypted:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>")
        trailer += f" /Encrypt {len(objects)} 0 R"
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        data
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )


def column(
    lines: Sequence[str], *, top: float = 760, left: float = 90, size: float = 12, step: float = 20
) -> list[Placed]:
    """Lines under each other; each full-width space at the start of one moves it to the right, as printers do."""
    return [
        (
            left + size * (len(line) - len(line.lstrip("\u3000"))),
            top - step * index,
            size,
            line.lstrip("\u3000"),
        )
        for index, line in enumerate(lines)
    ]
