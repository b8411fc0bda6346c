"""Terms of the trade: what counts as one, and when a text tells what one means."""

from __future__ import annotations

from pathlib import Path

import pytest
from own_library import stored

from assistant.onboarding.coinages import is_made, is_term, quoted
from assistant.onboarding.meanings import told
from assistant.onboarding.terms import TradeTerm, terms_of
from corpus.document import Document, Inferred, Metadata, Span
from corpus.library import Library
from corpus.text import fold

MADE = [
    ("三上门", True, "a number and a word"),
    ("一梯一策", True, "one of each"),
    ("双随机、一公开", True, "steps with their numbers"),
    ("三清两快", True, "two parts"),
    ("5+N", True, "figures with a plus"),
    ("双百工程", True, "a double"),
    ("十四五", False, "a planning period"),
    ("2024", False, "a year"),
    ("一百", False, "a number"),
    ("质量", False, "a word"),
    ("6个文件", False, "things that are counted"),
]


@pytest.mark.parametrize(("words", "made", "trap"), MADE, ids=[row[2] for row in MADE])
def test_how_a_term_is_made(words: str, made: bool, trap: str) -> None:
    assert is_made(fold(words)) == made


TERMS = [
    ("推行“三上门”服务。", ["三上门"], "made like a term"),
    ("开展“铁掌护民”专项行动。", ["铁掌护民"], "the noun after it"),
    ("开展“护苗餐”行动方案起草。", ["护苗餐"], "the noun right after it, not the next"),
    (
        "学校食堂“明厨亮灶”覆盖率提高，“明厨亮灶”再扩面，“明厨亮灶”全覆盖。",
        ["明厨亮灶"],
        "said again and again",
    ),
    ("推广“小满工作法”。", ["小满工作法"], "the noun in it"),
    ("大家都说“好”。", [], "a single word"),
    ("基层同志说“人在跑，数据不跑”。", [], "speech"),
    ("被授予“先进集体”称号。", [], "an honour"),
    ("获评“五星政务服务窗口”等称号。", [], "an honour before and after"),
    ("坚持“守底线、促发展”。", [], "a slogan said once"),
    ("“XX名品”活动、“*优品”工程。", [], "masked names"),
    ("“怎么办”是个问题，“怎么办”要问群众，“怎么办”要想清楚。", [], "a question"),
    ("落实“十四五”规划。", [], "a period"),
    ("深化“五四三”模式。", ["五四三"], "figures alone, with what they name"),
    ("编号“543”。", [], "figures alone"),
]


@pytest.mark.parametrize(("text", "words", "trap"), TERMS, ids=[row[2] for row in TERMS])
def test_what_counts_as_a_term(text: str, words: list[str], trap: str) -> None:
    found: dict[str, list] = {}
    for each in quoted(text):
        found.setdefault(each.words, []).append(each)
    assert [term for term, places in found.items() if is_term(places, 1)] == words


TOLD = [
    ("三上门", "“三上门”服务，就是政策上门、检测上门、指导上门。", "政策上门、检测上门、指导上门", "就是"),
    ("质量门诊", "建一批“质量门诊”。简单讲，就是专家坐诊，把服务凑到一起。", "专家坐诊，把服务凑到一起", "told in the next sentence"),
    ("五进五问", "开展“五进五问”：进企业问需求，进市场问秩序，进学校问安全，进社区问满意，进所里问难处。",
     "进企业问需求，进市场问秩序，进学校问安全，进社区问满意，进所里问难处", "spelled out after a colon"),
    ("四色灯", "实行“四色灯”督办：办结的亮绿灯，推进的亮蓝灯，滞后的亮黄灯，逾期的亮红灯。",
     "办结的亮绿灯，推进的亮蓝灯，滞后的亮黄灯，逾期的亮红灯", "clauses that end alike"),
    ("一图一码", "推行“一图一码”管理：“一图”是风险点位图，“一码”是信息公示码。",
     "“一图”是风险点位图，“一码”是信息公示码", "part by part"),
    ("三条线", "去年查出“三条线”问题。\n一是登记线不畅。\n二是检查线不密。\n三是处置线不快。\n下一步整改。",
     "一是登记线不畅。\n二是检查线不密。\n三是处置线不快", "numbered, over paragraphs"),
    ("四步走", "建立排查、会商、分类和闭环管理“四步走”模式。", "建立排查、会商、分类和闭环管理", "listed before it"),
    ("两懂三清", "推行“两懂三清”办案法（懂法条、懂行业，线索清、证据清、文书清），少走弯路。",
     "懂法条、懂行业，线索清、证据清、文书清", "in brackets"),
    ("三张网", "二是织密“三张网”，即：宣传网、监测网、处置网；三是加强保障，配齐人员。", "宣传网、监测网、处置网",
     "the next item of the list around it is none of it"),
    ("数智工厂", "20.“数智工厂”：全流程数字化转型的示范工厂。", "全流程数字化转型的示范工厂", "an entry of a glossary"),
    ("三上门", "白杨所探索的“三上门”服务得到市局肯定。", "", "only named"),
    ("双随机、一公开", "统筹“双随机、一公开”、分级监管、智慧监管。", "", "one of a list of others"),
    ("三落实", "守住“三道关”、做到“三提前”、办好“三落实”。", "", "other quoted terms are no members"),
    ("三农", "强化农业银行、发展银行和储蓄银行为“三农”服务的功能。", "", "a list that has nothing to do with it"),
    ("两新", "深化“两新”工作，创新机制、创新办法，争取资金95亿元。", "", "words that hold its character by chance"),
    ("三通", "推动全面、直接、双向“三通”进程。", "", "qualities, not members"),
    ("铁拳", "开展“铁拳”行动，立即部署，立即落实。", "", "即 as a part of another word"),
    ("两节", "做好“两节”“两会”（元旦春节）期间检查。", "", "brackets of another term"),
    ("一件事", "上线“一件事”套餐（详见附件）。", "", "brackets that only refer"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "meaning", "trap"), TOLD, ids=[row[3] for row in TOLD])
def test_what_a_text_tells(term: str, text: str, meaning: str, trap: str) -> None:
    source = Document("甲.txt", "0", text, Metadata(Inferred("甲", 1.0)))
    found = told(fold(term), source, fold(text), fold(text).index(fold(term)))
    assert (source.quote(found.meaning) if found else "") == meaning
    if found:
        assert found.span.covers(found.meaning)


def _terms(tmp_path: Path, **texts: str) -> dict[str, tuple[TradeTerm, Library]]:
    documents = {f"{name}.txt": text.encode() for name, text in texts.items()}
    with stored(tmp_path / "home", documents) as library:
        return {term.words: (term, library) for term in terms_of(library)}


def test_a_term_with_its_uses_and_since_when(tmp_path: Path) -> None:
    found = _terms(
        tmp_path,
        乙="松泽县市场监督管理局2024年工作要点\n一、重点\n推广“三上门”服务。开展“铁掌”行动。\n",
        甲="在松泽县市场监督管理局2023年工作会议上的讲话\n一、重点\n“三上门”服务，就是政策上门、检测上门、指导上门。开展“铁掌行动”。\n",
    )
    term, _ = found["三上门"]
    assert term.noun == "服务"
    assert term.since == 2023
    assert term.documents == ("甲.txt", "乙.txt")
    assert term.explanation is not None
    assert term.explanation.document == "甲.txt"
    assert found["铁掌"][0].documents == ("甲.txt", "乙.txt")
    assert "铁掌行动" not in found
    assert next(iter(found)) == "三上门"  # what is explained comes first


def test_parts_of_a_term_are_no_terms_of_their_own(tmp_path: Path) -> None:
    found = _terms(
        tmp_path,
        甲="松泽县2024年工作要点\n一、重点\n推行“一图一码”管理：“一图”是风险点位图，“一码”是信息公示码。\n",
    )
    assert set(found) == {"一图一码"}


def test_terms_are_the_documents_own_words(library: Library) -> None:
    terms = terms_of(library)
    assert terms == terms_of(library)
    assert {"三提", "质量门诊", "四减"} <= {term.words for term in terms if term.explanation}
    assert {"三查三改", "五心服务"} <= {term.words for term in terms if term.explanation is None}
    for term in terms:
        for use in term.uses:
            assert term.words in library.document(use.document).quote(use.span)
        if term.explanation and term.meaning:
            assert isinstance(term.meaning, Span)
            assert term.explanation.span.covers(term.meaning)
