"""Small documents, and an encoder that counts its work."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

import numpy as np

from corpus.document import Block, Document, Inferred, Metadata, Page, Section, Span
from corpus.encoder import HashingEncoder, Vectors
from corpus.passage import Passage
from corpus.text import sentences

SPEECH = (
    "临江市市场监管局2022年工作会议讲话\n"
    "一、食品安全\n"
    "全年完成食品抽检四千批次，合格率保持在百分之九十八以上。\n"
    "由食品科牵头，各所配合，六月底前完成。\n"
    "二、特种设备\n"
    "电梯维保单位检查覆盖率达到百分之百。\n"
    "对气瓶充装单位开展一次全面排查。\n"
)
PLAN = (
    "望山县2023年市场监管工作要点\n"
    "培育高价值专利三十件，注册商标净增五百件。\n"
    "知识产权股负责，年底前完成。\n"
    "计量器具强制检定率达到百分之九十六。\n"
)


def made(
    name: str, text: str, *, year: int = 2022, context: str = ""
) -> tuple[Document, tuple[Passage, ...]]:
    """A document of `text` with a passage a sentence."""
    revision = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    metadata = Metadata(title=Inferred(name, 0.5, "name"), year=Inferred(year, 0.8, "text"))
    document = Document(name, revision, text, metadata, source=f"讲话/{name}")
    passages = tuple(
        Passage(name, revision, span, document.quote(span), ("讲话",), context or f"{name} {year}年")
        for span in sentences(text)
    )
    return document, passages


def rich(name: str = "全.docx") -> Document:
    """A document that has everything a document can have."""
    text = "标题\n一、甲\n正文一。\n（一）乙\n正文二。\n"
    return Document(
        name=name,
        revision="r" * 64,
        text=text,
        metadata=Metadata(
            title=Inferred("标题", 1.0, "person"),
            kind=Inferred("speech", 0.9, "words"),
            issuer=Inferred("临江市市场监管局", 0.7, "text"),
            region=Inferred("临江市", 0.6),
            date=Inferred(datetime.date(2022, 3, 1), 0.8, "text"),
            year=Inferred(2022, 0.8),
            period=Inferred("2022年一季度", 0.4),
            speaker=Inferred("市局", 0.3),
            aliases=("年会", "工作会议"),
        ),
        sections=(
            Section(Span(3, len(text)), Span(3, 6), 1, None),
            Section(Span(12, len(text)), Span(12, 16), 2, 0),
        ),
        pages=(Page(1, Span(0, 7)), Page(2, Span(7, len(text)))),
        blocks=(Block("heading", Span(3, 6), 1), Block("paragraph", Span(7, 11))),
        margins=("内部资料", "- 1 -"),
        source="年会/全.docx",
    )


class CountingEncoder(HashingEncoder):
    """Hashing into 64 components under another name; knows how many texts it has encoded."""

    def __init__(self, name: str = "counting", weight: float = 0.3) -> None:
        super().__init__(64)
        self.name = name
        self.weight = weight
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As HashingEncoder, counted."""
        self.encoded += len(texts)
        vectors = super().encode(texts)
        assert np.isfinite(vectors).all()
        return vectors
