"""The encoders: unit rows, the same everywhere, and nothing heavy imported before it is needed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encoder import Encoder, HashingEncoder, SentenceTransformerEncoder, make_encoder
from corpus.errors import SettingsError

TEXTS = ["食品抽检合格率达到98%以上", "", "，。！", "ＩＰ地址", "𠮷野家", "a" * 5000, "X" * 3 + "万元"]


def test_rows_are_units_whatever_the_text() -> None:
    vectors = HashingEncoder().encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 512)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)


@given(st.lists(st.text(st.characters(), max_size=30), max_size=5))
def test_a_text_has_one_vector_in_any_company(texts: list[str]) -> None:
    encoder = HashingEncoder(64)
    together = encoder.encode(texts)
    alone = [encoder.encode([text])[0] for text in texts]
    assert np.array_equal(together, np.array(alone, dtype=np.float32).reshape(len(texts), 64))


def test_more_than_one_part() -> None:
    texts = [f"第{number}条" for number in range(600)]
    encoder = HashingEncoder(64)
    assert np.array_equal(encoder.encode(texts)[590], encoder.encode([texts[590]])[0])


def test_the_vector_is_the_same_on_every_machine() -> None:
    vector = HashingEncoder(64).encode(["到2025年，食品抽检合格率达到98％以上。"])[0]
    digest = hashlib.sha256(np.round(vector * 1000).astype("<i2").tobytes()).hexdigest()[:16]
    assert digest == "3089f39aba9e77e2", (
        "vectors changed: give the encoder a new name (hashing-2), or old libraries mix"
    )


def test_nearness() -> None:
    a, b, c = HashingEncoder().encode(["食品抽检合格率", "提高食品抽检的合格率", "电梯维保单位检查"])
    assert a @ b > 0.5 > 0.2 > abs(a @ c)


def test_punctuation_and_width_do_not_count() -> None:
    a, b, c = HashingEncoder().encode(["合格率98%", "合格率９８％", "“合格率98”"])
    assert np.array_equal(a, b)
    assert a @ c > 0.99


def test_dimensions_are_a_power_of_two() -> None:
    with pytest.raises(ValueError, match="power of two"):
        HashingEncoder(300)


def test_make_encoder() -> None:
    hashing: Encoder = make_encoder("hashing")
    assert (hashing.name, hashing.dimensions, hashing.weight) == ("hashing-1-512", 512, 0.3)
    assert make_encoder("wennuo").name.startswith("wennuo-")
    model = make_encoder("some/model")
    assert (model.name, model.weight) == ("sentence-transformers-some/model", 1.0)


def test_making_an_encoder_imports_no_model_library() -> None:
    program = (
        "import sys; from corpus.encoder import make_encoder; make_encoder('some/model').name; make_encoder('hashing').encode(['a']); make_encoder('wennuo').encode(['a']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_name_of_a_folder_follows_its_content_not_its_place(tmp_path: Path) -> None:
    names = []
    for place, config in (("a", "{}"), ("b", "{}"), ("c", '{"x": 1}')):
        folder = tmp_path / place / "model"
        folder.mkdir(parents=True)
        (folder / "config.json").write_text(config)
        names.append(make_encoder(str(folder)).name)
    assert names[0] == names[1] != names[2]
    assert names[0].startswith("sentence-transformers-model-")


@pytest.mark.slow
def test_folder_of_a_model(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    words = WordLevel({"[UNK]": 0, "食": 1, "品": 2, "电": 3, "梯": 4}, unk_token="[UNK]")
    tokenizer = Tokenizer(words)
    tokenizer.pre_tokenizer = Split("", "isolated")
    weights = np.eye(5, 16, dtype=np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(
        str(tmp_path / "m")
    )
    encoder = SentenceTransformerEncoder(str(tmp_path / "m"))
    assert encoder.dimensions == 16
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(encoder.encode(["食品", "电梯", "食"])))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    vectors = encoder.encode(["食品", "电梯", "食"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3))
    assert vectors[0] @ vectors[2] > 0.6 > vectors[0] @ vectors[1]
    assert encoder.encode([]).shape == (0, 16)


@pytest.mark.slow
def test_model_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="WENNUO_ENCODER"):
        SentenceTransformerEncoder(str(tmp_path / "empty")).encode(["a"])
    with pytest.raises(SettingsError, match="WENNUO_ENCODER"):
        SentenceTransformerEncoder("nobody/no-such-model").encode(["a"])
