"""Folding, sentences, clauses and bigrams."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import Span
from corpus.text import HAN, MASK, bigrams, clauses, fold, sentences, squeeze

PROSE = st.text(
    st.sampled_from("监管一二是要第、，。；：！？…”）》 \n\r\t　3.5%,:;XＸ９Aﬁ㎡İ😀"), max_size=80
)


def cut(pieces: object, text: str) -> list[str]:
    return [text[span.start : span.end] for span in pieces]  # type: ignore[attr-defined]


@settings(deadline=None)
@given(st.text(max_size=60))
@example("…㎡ﬁİß½①㈠ＡＢ")
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded", "trap"),
    [
        ("９８．５％", "98.5%", "full-width figures"),
        ("ＩＰ", "ip", "full-width capitals"),
        ("……", "……", "NFKC would make six dots"),
        ("㎡", "㎡", "NFKC would make two letters"),
        ("（一）", "(一)", "brackets"),
        ("İ", "İ", "lower case of two characters"),
        ("①", "1", "a circled number is one digit"),
        ("质量 强市", "质量 强市", "blanks stay"),
    ],
)
def test_fold(text: str, folded: str, trap: str) -> None:
    assert fold(text) == folded, trap


@pytest.mark.parametrize(
    ("text", "expected", "trap"),
    [
        ("抓检查。抓整改！", ["抓检查。", "抓整改！"], "two sentences"),
        ("他说：“抓紧。”会后", ["他说：“抓紧。”", "会后"], "a closing quote stays with its sentence"),
        ("（见附件。）下一步", ["（见附件。）", "下一步"], "a closing bracket too"),
        ("真的吗？！对。", ["真的吗？！", "对。"], "two marks end one sentence"),
        ("增长3.5%；下降1,200件。", ["增长3.5%；", "下降1,200件。"], "a decimal point ends nothing"),
        ("第一行\n第二行", ["第一行", "第二行"], "a line ends a sentence"),
        ("第一行\r\n\r\n第二行", ["第一行", "第二行"], "Windows lines"),
        ("  \n　\n", [], "only white space"),
        ("　　抓好。  ", ["抓好。"], "indent and trailing blanks"),
        ("待续……下文", ["待续……下文"], "dots may mask a figure"),
        ("", [], "nothing"),
    ],
)
def test_sentences(text: str, expected: list[str], trap: str) -> None:
    assert cut(sentences(text), text) == expected, trap


@pytest.mark.parametrize(
    ("text", "expected", "trap"),
    [
        ("抓检查，抓整改、抓复查。", ["抓检查，", "抓整改、抓复查。"], "、 divides nothing"),
        ("目标：98%。", ["目标：", "98%。"], "a colon"),
        ("共1,234件，8:30开始", ["共1,234件，", "8:30开始"], "figures with comma and colon"),
        ("共1，234件", ["共1，234件"], "a full-width comma inside a figure"),
        ("1,", ["1,"], "a comma at the end"),
    ],
)
def test_clauses(text: str, expected: list[str], trap: str) -> None:
    assert cut(clauses(text), text) == expected, trap


@pytest.mark.parametrize("pieces", [sentences, clauses])
@settings(deadline=None)
@given(text=PROSE, data=st.data())
def test_pieces_are_in_order_apart_and_whole(pieces: object, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    within = Span(start, end) if start < end else None
    first, last = (start, end) if within else (0, len(text))
    spans = list(pieces(text, within))  # type: ignore[operator]
    covered: set[int] = set()
    at = first
    for span in spans:
        assert at <= span.start
        assert span.end <= last
        words = text[span.start : span.end]
        assert words == words.strip()
        at = span.end
        covered |= set(range(span.start, span.end))
    assert [i for i in range(first, last) if not text[i].isspace() and i not in covered] == []


@pytest.mark.parametrize(
    ("text", "expected", "trap"),
    [
        ("监", ["监"], "a run of one"),
        ("监管，到位", ["监管", "到位"], "nothing across punctuation"),
        ("监 管", ["监", "管"], "nothing across white space"),
        ("增长3.5％以上", ["增长", "3.5%", "以上"], "a figure is one gram"),
        ("2023年", ["2023", "年"], "a year"),
        ("OA系统", ["oa", "系统"], "Latin words whole, small"),
        ("𠮷林", ["𠮷林"], "a character beyond the basic plane"),
        ("……。", [], "only marks"),
    ],
)
def test_bigrams(text: str, expected: list[str], trap: str) -> None:
    assert bigrams(text) == expected, trap


@settings(deadline=None)
@given(st.text(max_size=60))
def test_bigrams_are_of_folded_words(text: str) -> None:
    for gram in bigrams(text):
        assert gram in fold(text)
        assert len(gram) <= 2 or not HAN.search(gram)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("XX件", ["XX"]),
        ("××局", ["××"]),
        ("Ｘ月", ["Ｘ"]),
        ("***万元", ["***"]),
        ("……", ["……"]),
        ("○○同志", ["○○"]),
        ("XML文件", []),
        ("结束…", []),
        ("3.5", []),
    ],
)
def test_what_masks_a_figure_or_name(text: str, masked: list[str]) -> None:
    assert MASK.findall(text) == masked


def test_two_spellings_of_one_thing_squeeze_alike() -> None:
    assert squeeze("质量　强市 ９８％\n") == squeeze("质量强市98%")
