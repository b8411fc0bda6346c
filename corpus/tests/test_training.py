"""The training of the built-in encoder, on a hundred made-up texts."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from corpus.encoder import StaticEncoder
from corpus.training.encoder import Recipe, main, make
from corpus.training.pairs import KINDS, make_pairs
from corpus.training.sources import Asked, read_sources
from corpus.training.vocabulary import train_tokenizer

SUBJECTS = ("食品抽检", "电梯检验", "专利申请", "广告监测", "价格检查", "计量检定", "药品流通", "企业登记")


def write_sources(folder: Path) -> Path:
    folder.mkdir()
    text = "{0}工作由市局负责。\n各单位应当按季度开展{0}；发现问题的，及时整改。{0}结果向社会公布。"
    titled = [
        {"title": f"{subject}条例 第一章 总则 第{n}条", "text": text.format(subject)}
        for subject in SUBJECTS
        for n in "一二三四五六"
    ]
    asked = [
        {"question": f"{s}由谁負責？", "passage": text.format(s), "answer": "市局负责"} for s in SUBJECTS
    ]
    rows = {
        "cmrc2018_train": asked,
        "drcd_traditional": asked,
        "law_articles": titled,
        "news_title_body": titled,
        "news_documents": [{"text": row["text"]} for row in titled],
    }
    for name, found in rows.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        if name == "law_articles":
            (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
        else:
            (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_sources_are_folded_and_simplified(tmp_path: Path) -> None:
    sources = read_sources(write_sources(tmp_path / "data"))
    assert len(sources.articles) == len(sources.documents) == 48
    assert isinstance(sources.questions[0], Asked)
    assert sources.questions[0].question == "食品抽检由谁負責?"  # as it is: only the second file is converted
    assert sources.questions[len(SUBJECTS)].question == "食品抽检由谁负责?"


def test_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "cmrc2018_train.jsonl.xz" in capsys.readouterr().err


def test_pairs(tmp_path: Path) -> None:
    sources = read_sources(write_sources(tmp_path / "data"))
    pairs = make_pairs(sources, 1)
    assert pairs.keys() == KINDS.keys()
    assert pairs == make_pairs(sources, 1) != make_pairs(sources, 2)
    assert pairs["title of a law, article"][0][0].split() == ["食品抽检条例", "总则"]
    clause, rest = pairs["clause, rest of its article"][0]
    assert clause not in rest
    assert ("食品抽检由谁负责?", "食品抽检工作由市局负责。\n") in pairs["question, sentence with the answer"]
    assert all(one != other for one, other in pairs["sentence, sentences around it"])


def test_tokenizer_folds_and_drops_punctuation() -> None:
    tokenizer = train_tokenizer(["食品抽检合格率达到98%以上，ab 2025年。"] * 9, 40)
    pieces = tokenizer.encode("食品抽检，合格率９８％ＡＢ，龘", add_special_tokens=False).tokens
    assert "".join(pieces) == "食品抽检合格率98%ab龘"
    assert "食品" in pieces


@pytest.mark.slow
def test_trained_folder_is_read_by_both_and_made_again_alike(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    sources = read_sources(write_sources(tmp_path / "data"))
    recipe = Recipe(pieces=60, dimensions=16, steps=30, batch=16)
    for name in ("one", "two"):
        make(sources, recipe, tmp_path / name)
    encoder = StaticEncoder(tmp_path / "one")
    assert encoder.name == StaticEncoder(tmp_path / "two").name
    texts = ["电梯检验由谁负责", "专利申请", "市局"]
    theirs = SentenceTransformer(str(tmp_path / "one"), device="cpu").encode(texts)
    assert theirs == pytest.approx(encoder.encode(texts), abs=1e-3)
    one, same, other = encoder.encode(["电梯检验", "电梯检验结果公布", "专利申请结果公布"])
    assert one @ same > one @ other
    assert np.isfinite(encoder.encode(texts)).all()
