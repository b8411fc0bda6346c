from __future__ import annotations

import dataclasses
import datetime
import re
from html.parser import HTMLParser

import pytest
from ui_fakes import SPEECH, citation, document

from assistant.answer import Answer
from assistant.conversation import Turn
from ui import reader, render
from ui.chat import cards as chat_cards
from ui.chat import frame, history, marks, turns
from ui.excerpt import Excerpt, Exchange, excerpt
from ui.store.turns import Conversation

TRAPS = [
    ("<script>alert(1)</script>", "script element"),
    ('<img src=x onerror="alert(1)">', "event handler"),
    ("<svg/onload=alert(1)>", "svg without a blank"),
    ("[点这里](javascript:alert(1))", "markdown link with code"),
    ("![图](http://leak.example/x.png)", "markdown image that would be fetched"),
    ('"><img src=x onerror=alert(1)>', "breaks out of an attribute in double quotes"),
    ("'><img src=x onerror=alert(1)>", "breaks out of an attribute in single quotes"),
    ("</mark></blockquote><iframe src=//leak.example>", "closes our elements"),
    ('<a href="javascript:alert(1)" style="position:fixed;inset:0">满屏</a>', "overlay link"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", "entities that must not be decoded twice"),
    ("${alert(1)} {{constructor}} @children", "template languages of the HTML component"),
    ("<!--<textarea></title><style>*{display:none}", "raw text elements"),
]
ALLOWED = {
    *(
        [
            "a",
            "article",
            "blockquote",
            "button",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "header",
            "input",
            "kbd",
            "label",
            "legend",
            "li",
            "mark",
            "nav",
            "ol",
            "option",
            "p",
            "progress",
            "section",
            "select",
            "small",
            "span",
            "strong",
            "summary",
            "time",
            "ul",
            "wennuo-upload",
        ]
    ),
    *(["template", "textarea"]),
    *(["table", "tbody", "td", "th", "thead", "tr"]),
}
traps = pytest.mark.parametrize(("text", "trap"), TRAPS, ids=[trap for _, trap in TRAPS])


class Seen(HTMLParser):
    """What a browser would make of it: elements, attributes, text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def harmless(markup: str) -> Seen:
    seen = Seen(markup)
    assert seen.elements <= ALLOWED
    for name, value in seen.attributes:
        assert not name.startswith("on"), name
        assert name != "style"
        if name in ("href", "src"):
            assert value.startswith(("wennuo/read?", "wennuo/export/", "#")), value
    return seen


def exchange(
    text: str = "合格率稳定在98%以上。[1]", question: str = "合格率？", **changes: object
) -> Exchange:
    source = document()
    cited = citation(source, "合格率稳定在98%以上")
    answer = Answer(question, question, text, "answered", citations=(cited,))
    answer = dataclasses.replace(answer, **changes)
    found = tuple(excerpt(source, each) for each in answer.citations)
    return Exchange(Turn(question, answer), found)


@traps
def test_answers_show_what_they_are_given_as_text(text: str, trap: str) -> None:
    shown = exchange(text=f"{text}[1]", question=text, warnings=(text,), asked=f"{text}？")
    seen = harmless(turns.turn(shown, 1, "zh-CN", conversation=text, scope=text, notices=(text,)))
    assert seen.text.count(text) >= 6  # and once more, shortened, above the cards


@traps
def test_questions_starters_and_failures_are_text(text: str, trap: str) -> None:
    assert seen_text(turns.failed(text, 1, "zh-CN", text)).count(text) == 2
    growing = Answer("问", "问", text, "answered")
    assert text in seen_text(turns.growing("问", 1, "zh-CN", growing))
    assert text in seen_text(turns.hidden(text, 1, "zh-CN"))
    for markup in (frame.welcome([text], "zh-CN"), turns.near([text], "zh-CN")):
        starters = harmless(markup)
        assert ("data-question", text) in starters.attributes
        assert text in starters.text
    assert text in seen_text(frame.bar("zh-CN", text, text))
    chips = harmless(frame.chips([("issuers", text, text)], "zh-CN"))
    assert ("data-value", text) in chips.attributes
    listed = Conversation(text, text, text, "2026-11-26T01:00:00+00:00", "2026-11-26T01:00:00+00:00", 1)
    today = datetime.date(2026, 11, 26)
    assert text in seen_text(history.history([listed], "zh-CN", today))
    assert text in seen_text(history.listed([], "zh-CN", today, text))


def seen_text(markup: str) -> str:
    return harmless(markup).text


@traps
def test_cards_show_documents_as_text(text: str, trap: str) -> None:
    source = document(name=f"{text}.txt", text=f"{text}\n一、{text}\n目标{text}完成。\n", title=text)
    source = dataclasses.replace(
        source,
        metadata=dataclasses.replace(
            source.metadata, issuer=dataclasses.replace(source.metadata.issuer, value=text)
        ),
    )
    cited = citation(source, f"目标{text}完成")
    answer = Answer(text, text, "见[1]", "answered", citations=(cited,))
    found = Exchange(Turn(text, answer), (excerpt(source, cited),))
    seen = harmless(chat_cards.evidence(found, 1, "zh-CN"))
    assert f"目标{text}完成" in seen.text
    turn = Seen(turns.turn(found, 1, "en"))
    copied = [value for name, value in turn.attributes if name == "data-copy"]
    assert text in copied[0]


@traps
def test_the_reader_shows_documents_as_text(text: str, trap: str) -> None:
    source = document(name=f"{text}.txt", text=f"{text}\n一、{text}\n目标{text}完成。\n", title=text)
    cited = citation(source, f"目标{text}完成")
    for span in (None, cited.span):
        seen = harmless(reader.fragment(source, span, "zh-CN"))
        assert f"目标{text}完成。" in seen.text


MARKERS = [
    ("合格率98%[1]。", ["1-1"], "合格率98%1。", "one"),
    ("甲[1][2]乙[2]", ["1-1", "1-2", "1-2"], "甲12乙2", "neighbours and repetition"),
    ("[1]在句首", ["1-1"], "1在句首", "at the start"),
    ("没有[3]这条", [], "没有[3]这条", "no such citation"),
    ("零[0]不是", [], "零[0]不是", "numbers count from 1"),
    ("文号〔2024〕5号[1]", ["1-1"], "文号〔2024〕5号1", "a document number is no marker"),
    ("见[1][9]", ["1-1"], "见1[9]", "one good, one bad"),
]


@pytest.mark.parametrize(("text", "keys", "shown", "trap"), MARKERS, ids=[row[3] for row in MARKERS])
def test_markers_become_buttons(text: str, keys: list[str], shown: str, trap: str) -> None:
    source = document()
    cited = tuple(
        citation(source, quote, number) for number, quote in enumerate(("98%", "6000批次"), start=1)
    )
    answer = Answer("问", "问", text, "answered", citations=cited)
    seen = Seen(marks.marked(answer, 1, "zh-CN"))
    assert [value for name, value in seen.attributes if name == "data-citation"] == keys
    assert seen.text == shown


def test_brackets_of_a_quoted_sentence_are_the_documents_own() -> None:
    source = document(text="达到98%[1]的要求。\n")
    answer = Answer(
        "问", "问", "达到98%[1]的要求[1]", "answered", citations=(citation(source, "达到98%[1]的要求"),)
    )
    seen = Seen(marks.marked(answer, 1, "zh-CN"))
    assert [value for name, value in seen.attributes if name == "data-citation"] == ["1-1"]
    assert seen.text == "达到98%[1]的要求1"
    assert marks.cites(answer)
    assert not marks.cites(dataclasses.replace(answer, text="达到98%[1]的要求"))


def test_an_answer_without_markers_still_leads_to_its_sources() -> None:
    seen = Seen(turns.turn(exchange(text="资料中没有提到。", status="not_found"), 1, "zh-CN"))
    assert ("data-citation", "1-1") in seen.attributes
    assert "最接近" in seen.text


def test_refusals_and_masked_answers_look_different() -> None:
    shown = {
        status: turns.turn(exchange(status=status), 1, "zh-CN")
        for status in ("answered", "masked", "not_found")
    }
    assert "资料中没有提到" in shown["not_found"]
    assert 'class="reply not_found"' in shown["not_found"]
    assert "原文隐去" in shown["masked"]
    assert 'class="badge"' not in shown["answered"]


def test_a_turn_carries_its_cards() -> None:
    markup = turns.turn(exchange(), 2, "zh-CN")
    shown, _, carried = markup.partition("<template")
    assert 'id="card-2-1"' in carried
    assert 'data-turn="2"' in carried
    assert "<mark>" not in shown
    assert 'id="marker-2-1"' in shown


def test_what_changes_a_conversation_needs_one() -> None:
    alone = turns.turn(exchange(), 1, "zh-CN")
    kept = turns.turn(exchange(), 1, "zh-CN", conversation="abc", verdict="good")
    acts = (
        "data-again",
        "data-edit",
        "data-share",
        "wennuo/export/answer?conversation=abc&amp;turn=1",
        'aria-pressed="true"',
    )
    assert [act for act in acts if act in alone] == []
    assert [act for act in acts if act in kept] == list(acts)


def test_a_long_list_is_cut_with_a_word() -> None:
    at = "2026-11-26T04:00:00+00:00"
    many = [Conversation(str(number), "甲", "题", at, at, 1) for number in range(history.SHOWN + 5)]
    markup = history.listed(many, "zh-CN", datetime.date(2026, 11, 26))
    assert markup.count("data-conversation") == history.SHOWN
    assert "可以搜索" in markup
    assert "可以搜索" not in history.listed(many[:3], "zh-CN", datetime.date(2026, 11, 26))


def test_conversations_stand_under_their_days() -> None:
    today = datetime.datetime(2026, 11, 26, 12).astimezone().date()
    days = (0, 1, 3, 6, 7, 40)
    listed = [
        Conversation(
            str(day),
            "甲",
            f"第{day}天前",
            "",
            (datetime.datetime(2026, 11, 26, 12).astimezone() - datetime.timedelta(days=day)).isoformat(),
            1,
        )
        for day in days
    ]
    found = re.findall(r"<h3>(.+?)</h3>|title=\"(第\d+天前)", history.listed(listed, "zh-CN", today))
    order = [heading or title for heading, title in found]
    assert order == [
        "今天",
        "第0天前",
        "昨天",
        "第1天前",
        "近7天",
        "第3天前",
        "第6天前",
        "更早",
        "第7天前",
        "第40天前",
    ]


def test_the_copied_text_names_its_sources() -> None:
    text = marks.copied(exchange().answer, "zh-CN")
    assert text.splitlines()[0] == "合格率稳定在98%以上。[1]"
    assert "出处：" in text
    assert (
        "[1] 在云川市市场监管工作会议上的讲话（云川2024讲话.txt，（一）守牢食品安全底线）：合格率稳定在98%以上"
        in text
    )


def test_a_card_tells_when_its_document_has_changed() -> None:
    cited = citation(document(), "98%")
    assert "已更新" in chat_cards.card(Excerpt(cited, current=False), 1, "zh-CN")


def test_the_reader_marks_the_cited_words_once_by_name() -> None:
    source = document()
    start = SPEECH.index("全年完成")
    end = SPEECH.index("企业开办")
    span = type(citation(source, "98%").span)(start, end)
    markup = reader.fragment(source, span, "zh-CN")
    assert markup.count('id="cited"') == 1
    assert markup.count("<mark") == 2
    assert 'href="#section-1"' in markup
    assert 'id="section-1"' in markup


def test_the_reader_does_not_mark_in_another_revision() -> None:
    source = document()
    assert reader.located(source, 3, 9, source.revision) is not None
    assert reader.located(source, 3, 9, "0" * 64) is None
    assert reader.located(source, 3, 10**9, source.revision) is None
    assert reader.located(source, -1, -1, "") is None


def test_lines_are_told_apart_as_the_text_has_them() -> None:
    text = "甲\r\n\n　乙 \u2028丙"
    assert [text[span.start : span.end] for span in reader.lines(text)] == ["甲", "　乙 ", "丙"]


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("## 一、目标", "一、目标"),
        ("#  在松岭县工作会议上的讲话", "在松岭县工作会议上的讲话"),
        ("#1号文件", "#1号文件"),
        ("####### 七", "####### 七"),
        ("（一）C# 语言", "（一）C# 语言"),
    ],
)
def test_headings_stand_without_the_marks_of_markdown(heading: str, shown: str) -> None:
    assert render.headline(heading) == shown
    cited = dataclasses.replace(citation(document(), "全年完成食品抽检6000批次"), path=(heading,))
    assert f"<li>{shown}</li>" in chat_cards.card(Excerpt(cited), 1, "zh-CN")
    assert marks.place(cited, "zh-CN") == shown
