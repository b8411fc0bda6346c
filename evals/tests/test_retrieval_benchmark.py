"""The benchmark of retrieval: its measures, its ways, and the whole on made-up sets."""

from __future__ import annotations

import json
import lzma
import math

import numpy as np
import pytest

from corpus.encoder import HashingEncoder
from corpus.scoring import K1, B, bm25, inverse_frequency, pack_terms, term_number
from corpus.text import bigrams
from evals.benchmarks.retrieval import public_sets
from evals.benchmarks.retrieval.__main__ import main
from evals.benchmarks.retrieval.figures import MEASURES, Figures, judge, p_value, table
from evals.benchmarks.retrieval.methods import Fused, Meaning, Words, cited, top

TEXTS = (
    "食品抽检合格率达到98%以上。",
    "电梯检验由特种设备科负责。",
    "专利申请量增长一成，申请人满意。",
    "会议纪律。",
)


@pytest.mark.parametrize(
    ("ranking", "relevant", "expected"),
    [
        ([3, 1, 2], {3}, (1.0, 1.0, 1.0)),
        ([3, 1, 2], {1}, (1 / math.log2(3), 0.5, 1.0)),
        ([3, 1, 2], {3, 9}, (1 / (1 + 1 / math.log2(3)), 1.0, 0.5)),
        ([], {3}, (0.0, 0.0, 0.0)),
        ([*range(100), 500], {500}, (0.0, 0.0, 0.0)),
        ([*range(20)], {10}, (0.0, 1 / 11, 1.0)),
    ],
)
def test_judge(ranking, relevant, expected):
    assert judge(ranking, relevant) == pytest.approx(expected)


def test_p_value():
    worse, better = np.zeros(40), np.ones(40)
    assert p_value(worse, better) < 0.01
    assert p_value(worse, worse) == 1.0
    assert p_value(np.array([0.0, 1.0] * 20), np.array([1.0, 0.0] * 20)) > 0.5


def test_top_gives_equals_in_order():
    assert top(np.array([1.0, 3.0, 1.0, 3.0, 0.0]), 3).tolist() == [1, 3, 0]
    assert top(np.array([]), 3).tolist() == []


def test_words_are_scored_as_the_product_does():
    question = "食品抽检与电梯检验的申请"
    cut = [bigrams(text) for text in TEXTS]
    frequency = {term: sum(term in terms for terms in cut) for term in dict.fromkeys(bigrams(question))}
    weights = {term_number(t): inverse_frequency(len(TEXTS), n) for t, n in frequency.items() if n}
    lengths = [len(terms) for terms in cut]
    expected = bm25(weights, [pack_terms(terms) for terms in cut], lengths, sum(lengths) / len(lengths))
    assert Words(TEXTS).scores(question) == pytest.approx(expected)
    assert (K1, B) == (1.2, 0.75)


def test_ways_find_what_is_there():
    words, meaning = Words(TEXTS), Meaning(TEXTS, HashingEncoder())
    for way in (words, meaning, Fused(words, meaning, "abcd", aligned=True)):
        assert way.best("电梯检验归谁")[0] == 1
    assert words.best("无关").tolist() == []


def test_the_document_that_others_name_comes_first():
    texts = ("公开加工过程。", "公开加工过程。", "按《乙条例》办理。")
    documents = ("甲规定", "乙条例", "通知")
    assert cited(texts, documents) == [0, 1, 0]
    words, meaning = Words(texts), Meaning(texts, HashingEncoder())
    assert Fused(words, meaning, documents).best("加工过程")[0] == 0
    assert Fused(words, meaning, documents, cited=cited(texts, documents)).best("加工过程")[0] == 1


def test_table_has_a_column_a_measure():
    values = {measure: np.array([0.0, 1.0]) for measure in MEASURES}
    lines = table("a set", [Figures("one", values, 1.0), Figures("other", values, 2.5)]).splitlines()
    assert lines[0] == "a set"
    assert lines[2].split() == ["one", "0.500", "0.500", "0.500", "1.0"]
    assert lines[3].split() == ["other", "0.500", "1.0000", "0.500", "1.0000", "0.500", "1.0000", "2.5"]


def write_sets(folder):
    def write(name, rows):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress(lines.encode()))

    write("stard_corpus", [{"id": f"某法第{n}条", "text": text} for n, text in enumerate(TEXTS)])
    write("stard_queries", [{"qid": 0, "question": "电梯检验谁管？", "answer": "", "pos": ["某法第1条"]}])
    asked = [
        {"question": "合格率多少？", "passage": TEXTS[0] + TEXTS[3], "answer": "98%"},
        {"question": "跨句的", "passage": TEXTS[1] + TEXTS[2], "answer": "负责。专利"},
    ]
    write("cmrc2018_dev", asked)
    write("dureader_robust_dev", asked)


def test_sets(tmp_path):
    write_sets(tmp_path)
    laws = public_sets.articles_of_law(tmp_path, 5)
    assert (laws.texts[1][:5], laws.relevant) == ("某法第1条", (frozenset({1}),))
    sentences = public_sets.sentences_of_wikipedia(tmp_path, 5)
    assert sentences.texts == (TEXTS[0], TEXTS[3], TEXTS[1], TEXTS[2])
    assert (sentences.questions, sentences.relevant) == (("合格率多少？",), (frozenset({0}),))
    assert len(public_sets.passages_of_the_web(tmp_path, 5).texts) == 2


@pytest.mark.slow
def test_command(tmp_path, capsys):
    write_sets(tmp_path)
    (tmp_path / "speeches").mkdir()
    (tmp_path / "speeches" / "讲话.txt").write_text("某市局2024年讲话\n" + "\n".join(TEXTS), encoding="utf-8")
    quote = {"doc": "讲话.txt", "text": TEXTS[1]}
    row = {
        "id": "a",
        "question": "电梯检验由谁负责？",
        "kind": "responsibility",
        "answer": "特种设备科",
        "facts": [["特种设备科"]],
        "forbidden": [],
        "quotes": [quote],
    }
    (tmp_path / "set.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    gold = ["--questions", str(tmp_path / "set.jsonl"), "--documents", str(tmp_path / "speeches")]
    assert main(["--data", str(tmp_path), *gold]) == 0
    printed = capsys.readouterr().out
    for line in ("STARD (4 articles), 1 questions", "BM25, char bigrams", "wennuo, also citations"):
        assert line in printed
    assert printed.splitlines()[-1].split() == ["assistant", "1.000"]


def test_missing_set_is_named(tmp_path, capsys):
    assert main(["--data", str(tmp_path), "--encoder", "hashing"]) == 1
    assert "stard_corpus.jsonl.xz" in capsys.readouterr().err
