"""Question sets: what is read, and how a broken one is named."""

from __future__ import annotations

import pytest

from corpus.errors import QuestionSetError
from evals.cases import Quote, find_set, read_inquiries, read_set


def write(tmp_path, *lines):
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_question_and_a_dialogue(tmp_path):
    path = write(
        tmp_path,
        '\ufeff{"id":"q1","question":"几月？","kind":"deadline","facts":[["12月","十二月"]],"forbidden":["6月"],'
        '"quotes":[{"doc":"a.txt","text":"12月底前"}],"docs":["a.txt"],"answer":"12月","tags":["x"]}',
        "",
        '{"id":"d1","turns":[{"question":"谁？","facts":[["办公室"]]},{"question":"何时？","facts":[]}]}',
    )
    questions = read_set(path)
    assert questions.name == "set"
    first, second, third = questions.cases
    assert first.facts == (("12月", "十二月"),)
    assert first.quotes == (Quote("a.txt", "12月底前"),)
    assert (first.turn, first.answerable) == (0, True)
    assert [(case.id, case.turn, case.answerable) for case in (second, third)] == [
        ("d1#1", 1, True),
        ("d1#2", 2, False),
    ]
    assert len(questions.exchanges) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id":"a","question":"x"}', 'needs "facts"'),
        ('{"id":"a","question":"x","facts":"y"}', '"facts" must be a list'),
        ('{"id":"a","question":"x","facts":[[]]}', "no alternatives"),
        ('{"id":"a","question":"x","facts":["y"]}', "lists of strings"),
        ('{"id":"a","question":"x","facts":[[" "]]}', "not blank"),
        ('{"id":"a","question":"x","facts":[],"quotes":[{"doc":"a"}]}', '"quotes"'),
        ('{"id":"a","question":"","facts":[]}', 'needs a "question"'),
        ('{"id":3,"question":"x","facts":[]}', 'needs an "id"'),
        ('{"id":"first","question":"x","facts":[]}', "occurs twice"),
        ('{"id":"a","turns":["x"]}', '"turns"'),
        ('{"id":"a","turns":[{"question":"x"}]}', 'needs "facts"'),
        ("nonsense", "is not JSON"),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(tmp_path, line, reason):
    path = write(tmp_path, '{"id":"first","question":"x","facts":[]}', line)
    with pytest.raises(QuestionSetError) as raised:
        read_set(path)
    assert str(raised.value).startswith(f"{path}:2: ")
    assert reason in str(raised.value)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(QuestionSetError, match="holds no question"):
        read_set(write(tmp_path, ""))
    (tmp_path / "gb.jsonl").write_bytes('{"id":"甲"}'.encode("gb18030"))
    with pytest.raises(QuestionSetError, match="is not UTF-8"):
        read_set(tmp_path / "gb.jsonl")
    with pytest.raises(QuestionSetError, match="cannot be read"):
        read_set(tmp_path / "none.jsonl")


def test_a_line_separator_inside_a_string_is_no_line_end(tmp_path):
    path = write(tmp_path, '{"id":"a","question":"x\u2028y","facts":[]}')
    assert read_set(path).cases[0].question == "x\u2028y"


def test_inquiries_need_only_id_and_question(tmp_path):
    first, second = read_inquiries(
        write(tmp_path, '{"id":1,"question":"x"}', '{"id":"1","turns":[{"question":"y"}]}')
    )
    assert (first.id, first.dialogue, second.id, second.dialogue) == (1, False, "1", True)


def test_a_set_is_found_by_path_or_by_name(tmp_path):
    path = write(tmp_path, "")
    assert find_set(str(path)) == path
    with pytest.raises(QuestionSetError, match="no such file"):
        find_set("no-such-set")
