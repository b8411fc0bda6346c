from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest
from ui_fakes import SPEECH, citation, document

from assistant.answer import Answer
from assistant.conversation import Turn
from ui import reader, render
from ui.excerpt import Excerpt, Exchange, excerpt

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
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "header",
            "input",
            "label",
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
            assert value.startswith(("wennuo/read?", "#")), value
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
    exchanges = [exchange(text=f"{text}[1]", question=text, warnings=(text,), asked=f"{text}？")]
    seen = harmless(render.conversation(exchanges, "zh-CN"))
    assert seen.text.count(text) >= 4


@traps
def test_questions_starters_and_failures_are_text(text: str, trap: str) -> None:
    assert text in harmless(render.conversation([], "zh-CN", pending=text, failure=text)).text
    growing = Answer("问", "问", text, "answered")
    assert text in harmless(render.conversation([], "zh-CN", pending="问", partial=growing)).text
    starters = harmless(render.welcome([text], "zh-CN"))
    assert ("data-question", text) in starters.attributes
    assert text in starters.text


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
    seen = harmless(render.evidence([found], "zh-CN"))
    assert f"目标{text}完成" in seen.text
    copied = [
        value for name, value in Seen(render.conversation([found], "en")).attributes if name == "data-copy"
    ]
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
    seen = Seen(render.marked(answer, 1, "zh-CN"))
    assert [value for name, value in seen.attributes if name == "data-citation"] == keys
    assert seen.text == shown


def test_an_answer_without_markers_still_leads_to_its_sources() -> None:
    seen = Seen(render.conversation([exchange(text="资料中没有提到。", status="not_found")], "zh-CN"))
    assert ("data-citation", "1-1") in seen.attributes
    assert "最接近" in seen.text


def test_refusals_and_masked_answers_look_different() -> None:
    shown = {
        status: render.conversation([exchange(status=status)], "zh-CN")
        for status in ("answered", "masked", "not_found")
    }
    assert "资料中没有提到" in shown["not_found"]
    assert 'class="reply not_found"' in shown["not_found"]
    assert "原文隐去" in shown["masked"]
    assert 'class="badge"' not in shown["answered"]


def test_only_the_last_turns_cards_are_open() -> None:
    markup = render.evidence([exchange(), exchange()], "zh-CN")
    assert 'data-turn="1" hidden' in markup
    assert 'data-turn="2">' in markup
    assert 'id="card-1-1"' in markup
    assert 'id="card-2-1"' in markup


def test_the_copied_text_names_its_sources() -> None:
    text = render.copied(exchange().answer, "zh-CN")
    assert text.splitlines()[0] == "合格率稳定在98%以上。[1]"
    assert "出处：" in text
    assert (
        "[1] 在云川市市场监管工作会议上的讲话（云川2024讲话.txt，（一）守牢食品安全底线）：合格率稳定在98%以上"
        in text
    )


def test_a_card_tells_when_its_document_has_changed() -> None:
    cited = citation(document(), "98%")
    assert "已更新" in render.card(Excerpt(cited, current=False), 1, "zh-CN")


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
    assert f"<li>{shown}</li>" in render.card(Excerpt(cited), 1, "zh-CN")
    assert render.place(cited, "zh-CN") == shown
