"""The built-in encoder: its shipped weights, what it gives, and that sentence-transformers reads the same."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from corpus.encoder import Aligner, HashingEncoder, StaticEncoder
from corpus.errors import SettingsError
from corpus.settings import DEFAULT_ENCODER, LibrarySettings

WEIGHTS = Path(str(files("corpus") / "weights"))
TEXTS = [
    "到2022年末，食品抽检合格率达到98%以上。",
    "电梯每季度检验一次",
    "",
    "，。！",
    "ＩＰＯ辅导\ud800备案",
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder()


def test_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENNUO_ENCODER", raising=False)
    assert LibrarySettings.from_environment(tmp_path).encoder == DEFAULT_ENCODER == "wennuo"


def test_rows_are_units_of_single_precision(encoder: StaticEncoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_vector_does_not_depend_on_the_company(encoder: StaticEncoder) -> None:
    many = [f"第{n}项：{text}" for n in range(70) for text in TEXTS]
    alone = np.concatenate([encoder.encode([text]) for text in many])
    assert np.array_equal(encoder.encode(many), alone)


def test_capitals_and_full_width_forms_are_folded(encoder: StaticEncoder) -> None:
    one, other = encoder.encode(["IPO辅导98％", "ｉｐｏ辅导98%"])
    assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("asked", "meant", "other"),
    [
        ("员工辞职", "劳动者离职", "电梯检验"),
        ("饭店卫生", "餐饮服务单位", "专利申请"),
        ("小孩上学", "学生入学", "产品抽检"),
        ("汽车修理", "车辆维修", "婚姻登记"),
    ],
)
def test_other_words_of_one_meaning_are_near(
    encoder: StaticEncoder, asked: str, meant: str, other: str
) -> None:
    one, two, three = encoder.encode([asked, meant, other])
    assert one @ two > one @ three + 0.1


def test_name_follows_the_content(tmp_path: Path, encoder: StaticEncoder) -> None:
    for file in ("tokenizer.json", "model.safetensors"):
        (tmp_path / file).write_bytes((WEIGHTS / file).read_bytes())
    assert StaticEncoder(tmp_path).name == encoder.name
    with (tmp_path / "tokenizer.json").open("a") as stream:
        stream.write(" ")
    assert StaticEncoder(tmp_path).name != encoder.name


def test_weights_are_small_and_come_with_a_card() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.rglob("*")) < 12_000_000
    card = (WEIGHTS / "README.md").read_text(encoding="utf-8")
    assert all(word in card for word in ("CC BY-SA 4.0", "CC BY-SA 3.0", "Limits", "corpus.training.encoder"))


def test_without_its_files_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="WENNUO_ENCODER=hashing"):
        StaticEncoder(tmp_path).encode(["a"])
    with pytest.raises(SettingsError, match=r"tokenizer\.json"):
        _ = StaticEncoder(tmp_path).name


def test_reads_neither_torch_nor_transformers() -> None:
    program = (
        "import sys; from corpus.encoder import StaticEncoder; StaticEncoder().encode(['食品']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


class TestAlignment:
    def test_who_can(self, encoder: StaticEncoder) -> None:
        assert isinstance(encoder, Aligner)
        assert not isinstance(HashingEncoder(), Aligner)

    def test_holds_all_half_and_nothing(self, encoder: StaticEncoder) -> None:
        all_of_it, half, other, none = encoder.alignment(
            "食品抽检合格率", ["全市食品抽检的合格率为98%", "抽检时间", "会议纪律", ""]
        )
        assert all_of_it == pytest.approx(1, abs=1e-4)
        assert all_of_it > half > other > none == 0

    def test_value_does_not_depend_on_the_company(self, encoder: StaticEncoder) -> None:
        together = encoder.alignment("电梯多久检一次", TEXTS)
        assert together.tolist() == [encoder.alignment("电梯多久检一次", [text])[0] for text in TEXTS]

    def test_of_nothing(self, encoder: StaticEncoder) -> None:
        assert encoder.alignment("，", ["食品"]).tolist() == [0.0]
        assert encoder.alignment("食品", []).shape == (0,)


@pytest.mark.slow
def test_sentence_transformers_reads_the_same(encoder: StaticEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [text for text in TEXTS if any(map(str.isalnum, text)) and text.isprintable()]
    theirs = SentenceTransformer(str(WEIGHTS), device="cpu").encode(texts)
    assert theirs == pytest.approx(encoder.encode(texts), abs=1e-4)


def test_the_memory_of_texts_may_be_begun_anew_within_a_call(
    encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.static_encoder.REMEMBERED", 3)
    small = StaticEncoder()
    small.encode(["食品抽检", "电梯检验"])
    texts = ["食品抽检", "计量检定", "广告监测"]  # the first is known, the others do not fit beside it
    assert (small.encode(texts) == encoder.encode(texts)).all()
