"""Text files: the encoding is found and no character is lost."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFileError
from ingest.readers import read_bytes
from ingest.readers.text import decode

SENTENCE = "到2024年6月底前，新建标准化市场监管所12个，群众满意率达到95％以上。\r\n"
RARE = "镕䶮𠮷㙍喆"
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"

texts = st.builds(
    lambda pieces: "".join(pieces),
    st.lists(
        st.one_of(
            st.text(alphabet=COMMON, min_size=8, max_size=30),
            st.sampled_from(
                ["，", "。\r\n", "\n", "（一）", "98.5％", "……", "——", RARE, "\u3000\u3000", "XX万户", "A类"]
            ),
        ),
        min_size=4,
        max_size=30,
    ),
).filter(lambda text: sum(c in COMMON for c in text) >= 0.7 * len(text))


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "gb18030"),
    ],
)
@settings(max_examples=40, deadline=None)
@given(text=texts)
def test_decoding_is_lossless(mark: bytes, encoding: str, text: str) -> None:
    data = mark + text.encode(encoding)
    assert decode(data) == text
    assert mark + decode(data).encode(encoding) == data


@settings(deadline=None)
@given(data=st.binary(max_size=400))
def test_arbitrary_bytes_give_text_or_one_clear_line(data: bytes) -> None:
    reason, text = "", "text"
    try:
        text = read_bytes("a.txt", data).text
    except UnreadableFileError as error:
        reason = str(error)
    assert "\n" not in reason
    assert text.strip()


@pytest.mark.parametrize("rare", list(RARE))
def test_rare_hanzi_survive_gb18030(rare: str) -> None:
    text = SENTENCE * 3 + rare
    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("工作要点", "gb18030"),
        ("同志们：", "gb18030"),
        ("一一", "gb18030"),  # valid UTF-8 by chance
        ("Привет, как дела", "utf-8"),
        ("façade à l'été", "utf-8"),
        ("Annual plan of the market regulation bureau, 2024", "utf-16-le"),
        ("Annual plan of the bureau: " * 20 + "市场监管", "gb18030"),
        ("市場監督管理局工作報告，請各單位落實。", "big5"),
    ],
)
def test_short_and_mixed_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_line_ends_and_indentation_stay() -> None:
    text = "\u3000\u3000一、\tA\r\n\r\n  二、B\r三、C\n"
    assert read_bytes("a.txt", text.encode()).text == text


def test_a_second_byte_order_mark_stays() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + "市场".encode()) == "\ufeff市场"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (codecs.BOM_UTF8 + "　\n".encode(), "is empty"),
        (b"%PDF-1.7\n" + b"abc" * 50, "is a PDF"),
        (b"PK\x03\x04" + bytes(60), "zip container"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old binary Office"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG"),
        (bytes(range(256)) * 40, "binary or in an unknown encoding"),
        (bytes(4000), "binary"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08" * 40, "control characters"),
        (SENTENCE.encode() * 5 + b"\xff\xfe\xfd", "unknown encoding (not UTF-8 from byte"),
        (codecs.BOM_UTF16_LE + "市场".encode("utf-16-le") + b"\x01", "breaks off at byte 6"),
    ],
)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes("a.txt", data)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_latin_1_is_refused_not_guessed() -> None:
    with pytest.raises(UnreadableFileError, match="unknown encoding"):
        decode(("façon inattendue, où l’été déjà " * 20).replace("’", "'").encode("latin-1"))
